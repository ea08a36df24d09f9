import type { TSESTree } from "@typescript-eslint/utils";

import { fileFacts } from "../../project/file.js";
import { pathInProject } from "../../project/path.js";
import { isGlobal, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, resolveConst, unwrap } from "../../syntax/value.js";
import { isFunction, isWithin, walk } from "../../syntax/walk.js";
import { askedByHandler } from "./asked.js";
import { accessOf } from "./authentication.js";
import { type Entry, entriesIn, entryAt, nameOfEntryAt } from "../entries/entries.js";
import { isForAdmins, isPersonKey, isPrivilege, isSignUpName, mayAuthorise } from "./policies.js";
import { identityAt, usesOf } from "./principals.js";
import { reachOf, type Reach } from "../entries/reach.js";
import { tieOf } from "../entries/request-keys.js";

/** A write that believes the sender of a request about who they are, or what they may do. */
export interface ClaimedPrincipal {
  readonly kind: "owner" | "privilege";
  /** The value, where it is written. */
  readonly node: TSESTree.Node;
  /** The column. */
  readonly column: string;
  /** The table, or what is written to. */
  readonly subject: string;
  /** The name under which the handler holds who is asking. */
  readonly principal: string | null;
}

/** Who is asking, where all that the handler wants to know is that somebody does. */
function testedIdentity(reach: Reach): string | null {
  let name: string | null = null;
  for (const { node, run } of reach.calls) {
    const { source } = run.frame;
    const found = identityAt(node, source);
    if (found === "unknown") return null;
    if (found) {
      const uses = usesOf(node, found, source, () => true);
      if (!uses.onlyTested) return null;
      name ??= uses.name ?? "session";
    } else if (mayAuthorise(node, source)) {
      return null;
    }
  }
  return name;
}

/** `/register` and its like: the caller is nobody yet. */
function signsUp(entry: Entry, source: Source): boolean {
  const registered = entry.registration === null ? "" : source.text.slice(entry.registration.callee.range[1], entry.node.range[0]);
  const facts = fileFacts(source);
  return isSignUpName(`${nameOfEntryAt(entry.node, source)} ${registered} ${facts ? pathInProject(facts) : ""}`);
}

/** `isAdmin: body.role === "admin"`: what was sent is the role, and who mends this has to look there. */
function decidingColumn(column: string, value: TSESTree.Node | null): string {
  const inner = value && unwrap(value);
  if (inner?.type !== "BinaryExpression") return column;
  for (const side of [inner.left, inner.right]) {
    const name = side.type === "MemberExpression" ? memberName(side) : null;
    if (name !== null && isPrivilege(name)) return name;
  }
  return column;
}

function inEntry(entry: Entry, source: Source): ClaimedPrincipal[] {
  if (entry.by === "type" || entry.kind === "middleware" || entry.kind === "error-handler") return [];
  const reach = reachOf(entry, source);
  const writes = reach.sent.filter(({ query }) => query.effect === "write" && query.data !== null && query.model !== null);
  if (writes.length === 0) return [];
  const isSignUp = signsUp(entry, source);
  let principal: string | null | undefined;
  return writes.flatMap(({ query, run, through }): ClaimedPrincipal[] => {
    const claimed = query.data?.keys.find(({ name, value }) => {
      if (value === null || tieOf(value, run) !== "request") return false;
      // Who is asked for, or may be, is somebody already: an administrator who adds others.
      if (isPrivilege(name)) return isSignUp && (entry.by === "decorator" || (askedByHandler(entry.node, source).presence === "missing" && accessOf(entry, source).authentication.presence !== "found"));
      return isPersonKey(name) && query.kind !== "read-one";
    });
    if (!claimed) return [];
    const kind = isPrivilege(claimed.name) ? "privilege" : "owner";
    if (kind === "owner") principal ??= testedIdentity(reach);
    if (kind === "owner" && principal === null) return [];
    // What stands in another file is reported where it is called.
    const node = run.frame.source === source ? claimed.node : (through?.callee ?? entry.node);
    return [{ kind, node, column: kind === "privilege" ? decidingColumn(claimed.name, claimed.value) : claimed.name, subject: query.model ?? "", principal: principal ?? null }];
  });
}

/** `req.body.role`, through const hops: what the sender of a request has put there. */
function isSent(node: TSESTree.Node, source: Source): boolean {
  const inner = resolveConst(node, source);
  if (inner.type !== "MemberExpression") return false;
  const part = unwrap(inner.object);
  if (part.type !== "MemberExpression" || !/^(?:body|query|params|headers)$/.test(memberName(part) ?? "")) return false;
  const request = unwrap(part.object);
  if (request.type !== "Identifier" || !/^(?:req|request)$/.test(request.name)) return false;
  return isGlobal(request, source) || variableOf(request, source)?.defs[0]?.type === "Parameter";
}

const grants = /^(?:update|set|assign|change|grant|add|revoke|remove|create|register)\w*(?:Roles?|Permissions?|Admin|Privileges?|Access|User|Account)$/;

interface Granted {
  readonly value: TSESTree.Node;
  readonly column: string;
  readonly subject: TSESTree.Node;
}

/** The values by which a node gives somebody a role, a permission and the like. */
function grantedBy(node: TSESTree.Node): readonly Granted[] {
  if (node.type === "AssignmentExpression" && node.operator === "=" && node.left.type === "MemberExpression") {
    const column = memberName(node.left) ?? "";
    return isPrivilege(column) ? [{ value: node.right, column, subject: node.left.object }] : [];
  }
  if (node.type !== "CallExpression") return [];
  const callee = unwrap(node.callee);
  const name = callee.type === "MemberExpression" ? (memberName(callee) ?? "") : callee.type === "Identifier" ? callee.name : "";
  if (!grants.test(name)) return [];
  return node.arguments.flatMap((argument): Granted[] => {
    const object = unwrap(argument);
    if (object.type !== "ObjectExpression") return /User$|Account$/.test(name) ? [] : [{ value: argument, column: "role", subject: callee }];
    return object.properties.flatMap((property) =>
      property.type === "Property" && property.key.type === "Identifier" && isPrivilege(property.key.name) ? [{ value: property.value, column: property.key.name, subject: callee }] : []);
  });
}

const isTopmost = (node: TSESTree.Node): TSESTree.Node => {
  let top: TSESTree.Node = node;
  for (let current: TSESTree.Node | undefined = node; current; current = current.parent) if (isFunction(current)) top = current;
  return top;
};

/** Whether something around a place asks what somebody may do, or may. */
function isAskedAround(node: TSESTree.Node, source: Source): boolean {
  const top = isTopmost(node);
  const entry = entryAt(node, source);
  if (entry && (entry.wrapper || entry.framework === "nest" || accessOf(entry, source).authentication.presence === "unknown")) return true;
  const around = top === node ? source.ast : top;
  return walk(around, source, (current) => (current.type === "CallExpression" && current !== node && mayAuthorise(current, source) ? "stop" : undefined));
}

/** Roles and the like that are taken from a request, wherever nothing around asks who may give them. */
function grantsIn(source: Source): ClaimedPrincipal[] {
  const found: ClaimedPrincipal[] = [];
  walk(source.ast, source, (node) => {
    for (const { value, column, subject } of grantedBy(node)) {
      if (!isSent(value, source) || isAskedAround(node, source)) continue;
      found.push({ kind: "privilege", node: value, column, subject: source.text.slice(...subject.range), principal: null });
    }
  });
  return found;
}

/** The writes of a file that believe the sender of a request about who they are, or what they may do. */
export function claimedPrincipalsIn(source: Source, everywhere: boolean): ClaimedPrincipal[] {
  const facts = fileFacts(source);
  if (facts && isForAdmins(pathInProject(facts))) return [];
  const claimed = entriesIn(source).flatMap((entry) => inEntry(entry, source));
  return everywhere ? [...claimed, ...grantsIn(source).filter(({ node }) => !claimed.some((one) => isWithin(node, one.node)))] : claimed;
}

const claimText = /\b(?:user|owner|author|creator|created_?by|sender|uploader|reporter)(?:_?id)?\s*[,:}]/i;
const privilegeText = /\b(?:roles?|user_?role|is_?admin|is_?super_?admin|is_?staff|admin|permissions?|privileges?|access_?level)\b/i;
const requestText = /\b(?:body|query|params|headers|json|formData|parsedInput|input)\b/;
const entryText = /["']use server["']|\bserve\s*\(|@(?:Controller|Resolver)\b|\.(?:get|post|put|patch|delete|all)\s*\(\s*["'`/\w]|\.(?:route|query|mutation|action|handler)\s*\(|\bexport\s+(?:default|\{|(?:async\s+)?(?:function|const)\s+(?:GET|POST|PUT|PATCH|DELETE|action|loader|handler)\b)|\bexports\b/;
const writeText = /(?:create|insert|update|upsert|save|set|add|replace|build)\w*\s*(?:<[^()]*>)?\(|sql`|\b(?:insert|update)\s|@Controller/i;

/** Whether a file's name and text have what such a write needs; cheap. */
export function mayClaimPrincipals(source: Source, everywhere: boolean): boolean {
  const { text } = source;
  if (!requestText.test(text) || (!everywhere && !(entryText.test(text) && writeText.test(text)))) return false;
  if (claimText.test(text)) return true;
  return privilegeText.test(text) && (everywhere || isSignUpName(text) || isSignUpName(fileFacts(source)?.filename ?? ""));
}
