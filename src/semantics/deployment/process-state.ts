import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import { instanceCounts, type SharedState, sharedStates, sharedStores } from "../../knowledge/process-state.js";
import { readText } from "../../project/disk.js";
import { fileFacts, settingsOf } from "../../project/file.js";
import { loadModule } from "../../project/modules.js";
import { packageOf } from "../../project/package-json.js";
import { workspaceRoot } from "../../project/workspace.js";
import { readsOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, outermost, rootOf, unwrap } from "../../syntax/value.js";
import { ancestor, contains, enclosingFunction, type FunctionNode, isClass, isWithin, returnsOf, walk } from "../../syntax/walk.js";
import { callersOf, filesThatUse } from "../program/callers.js";
import { isServerSide } from "../program/file-role.js";
import { isDevelopmentOnly } from "../program/guards.js";
import { isForTrial } from "../program/trial-files.js";
import { isUncalledAt } from "../program/uncalled.js";
import { isFastPath } from "./fast-paths.js";

/** State that lives in the memory of one process, and that all of them have to agree on. */
export interface ProcessState {
  readonly name: string;
  /** The name, where it is declared. */
  readonly node: TSESTree.Node;
  readonly purpose: SharedState["purpose"];
  /** Where it is written. */
  readonly places: readonly TSESTree.Node[];
  /** Where it is asked. */
  readonly asked: readonly TSESTree.Node[];
}

const collections: ReadonlySet<string> = new Set(["Map", "Set"]);

/** Whether a variable begins as a count of nothing: `let attempts = 0`. */
const isCounter = ({ parent }: TSESTree.VariableDeclarator, init: TSESTree.Node): boolean => parent.kind === "let" && init.type === "Literal" && init.value === 0;

/** Whether a value begins as an empty collection: `new Map()`, `{}`, `[]`. */
function isEmptyCollection(node: TSESTree.Node): boolean {
  const value = unwrap(node);
  switch (value.type) {
    case "NewExpression":
      return value.callee.type === "Identifier" && collections.has(value.callee.name) && value.arguments.length === 0;
    case "ObjectExpression":
      return value.properties.length === 0;
    case "ArrayExpression":
      return value.elements.length === 0;
    default:
      return false;
  }
}

/** What has no copy elsewhere: a connection, a process, a promise. */
const ownThings = /\b(?:Promise|WebSocket|Socket|\w*Transport|\w*Stream|\w*Connection|\w*Client|\w*Server|Browser\w*|Page|ChildProcess|Timeout|AbortController|\w*Emitter|Worker|\w*Session(?:Manager|Handle))\b/;

/** The names of the types that a type is made of, those of the same file with what they are made of in turn. */
function typesIn(type: TSESTree.Node, source: Source, left = 2): string[] {
  const found: string[] = [];
  walk(type, source, (node) => {
    if (node.type !== "TSTypeReference" || node.typeName.type !== "Identifier") return;
    const { name } = node.typeName;
    found.push(name);
    if (left === 0) return;
    for (const statement of source.ast.body) {
      const declared = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
      if ((declared?.type === "TSInterfaceDeclaration" || declared?.type === "TSTypeAliasDeclaration") && declared.id.name === name) found.push(...typesIn(declared.type === "TSInterfaceDeclaration" ? declared.body : declared.typeAnnotation, source, left - 1));
    }
  });
  return found;
}

/** Whether a collection, by its name, its types or what it is given at first, is of things that have no copy elsewhere. */
function keepsOwnThings(declaration: TSESTree.VariableDeclarator | TSESTree.PropertyDefinition, name: string, source: Source): boolean {
  if (ownThings.test(source.text.slice(...declaration.range).replace(name, ""))) return true;
  const value = declaration.type === "VariableDeclarator" ? declaration.init : declaration.value;
  const annotation = declaration.type === "VariableDeclarator" ? declaration.id.typeAnnotation : declaration.typeAnnotation;
  const types = [value?.type === "NewExpression" ? value.typeArguments : null, annotation];
  return types.some((type) => type && typesIn(type, source).some((each) => ownThings.test(each)));
}

const setters: ReadonlySet<string> = new Set(["set", "add", "push"]);
const getters: ReadonlySet<string> = new Set(["get", "has", "includes", "find", "some", "size"]);

/** What is done at one place with a collection: something is put into it, or asked of it. */
interface Use {
  readonly writes: boolean;
  readonly asks: boolean;
  /** What is kept. */
  readonly value: TSESTree.Node | null;
}

/** What is done with a number: it is raised, or held against another. */
function useOfCounter(whole: TSESTree.Node): Use | null {
  const { parent } = whole;
  const writes = parent?.type === "UpdateExpression" || (parent?.type === "AssignmentExpression" && parent.left === whole);
  const asks = parent?.type === "BinaryExpression" && /^[<>]=?$/.test(parent.operator);
  return writes || asks ? { writes, asks, value: null } : null;
}

function useOf(reference: TSESTree.Node): Use | null {
  const whole = outermost(reference);
  const member = whole.parent;
  if (enclosingFunction(whole) && member?.type !== "MemberExpression") return useOfCounter(whole);
  if (!enclosingFunction(whole) || member?.type !== "MemberExpression" || member.object !== whole) return null;
  const { parent } = outermost(member);
  const name = memberName(member);
  if (parent?.type === "CallExpression" && outermost(member) === parent.callee && name !== null) {
    return { writes: setters.has(name), asks: getters.has(name), value: setters.has(name) ? (parent.arguments.at(-1) ?? null) : null };
  }
  if (parent?.type === "AssignmentExpression" && parent.left === member) return { writes: member.computed, asks: false, value: parent.right };
  return { writes: parent?.type === "UpdateExpression", asks: member.computed || name === "size" || name === "length", value: null };
}

/** Whether what is kept can be written down, and so be kept elsewhere. */
function isPlainData(value: TSESTree.Node | null, source: Source): boolean {
  if (!value) return true;
  const kept = unwrap(value);
  if (kept.type === "NewExpression") return kept.callee.type === "Identifier" && kept.callee.name === "Date";
  if (kept.type === "AwaitExpression" || kept.type === "ArrowFunctionExpression" || kept.type === "FunctionExpression") return false;
  return (kept.type !== "ObjectExpression" || !ownThings.test(source.text.slice(...kept.range))) && !holdsLiveThing(kept, source);
}

/** What is called on things that are connected, listened to or let go of; nothing that can be written down has these. */
const ofLiveThings: ReadonlySet<string> = new Set(["on", "once", "addListener", "addEventListener", "connect", "disconnect", "close", "destroy", "terminate", "kill", "quit"]);

const isLiveCall = (object: TSESTree.Node): boolean => {
  const { parent } = outermost(object);
  return parent?.type === "MemberExpression" && parent.object === outermost(object) && ofLiveThings.has(memberName(parent) ?? "") && outermost(parent).parent?.type === "CallExpression";
};

/** Whether a class comes from another module. */
function isBrought(callee: TSESTree.Node, source: Source): boolean {
  const root = rootOf(callee);
  const definition = root.type === "Identifier" ? variableOf(root, source)?.defs[0] : undefined;
  if (definition?.type === "ImportBinding") return true;
  return definition?.type === "Variable" && definition.node.init !== null && /^(?:await\s+import|require)\s*\(/.test(source.text.slice(...definition.node.init.range));
}

/** What a variable is ever given. */
const valuesOf = ({ references }: TSESLint.Scope.Variable): TSESTree.Node[] => references.flatMap(({ writeExpr }) => (writeExpr ? [unwrap(writeExpr)] : []));

/** Whether a name holds a client, socket or process: made of a class of another module, or handed in, and something is called on it as on these only. */
function isLiveThing(node: TSESTree.Node, source: Source): boolean {
  const value = unwrap(node);
  const variable = value.type === "Identifier" ? variableOf(value, source) : null;
  if (!variable || !readsOf(variable).some(isLiveCall)) return false;
  return variable.defs[0]?.type === "Parameter" || valuesOf(variable).some((given) => given.type === "NewExpression" && isBrought(given.callee, source));
}

/** Whether what is kept under a name is such a thing, or an object that has one, from the start or later: `entry.client = client`. */
function holdsLiveThing(kept: TSESTree.Node, source: Source): boolean {
  const value = unwrap(kept);
  if (value.type === "ObjectExpression") return value.properties.some((property) => property.type === "Property" && isLiveThing(property.value, source));
  if (isLiveThing(value, source)) return true;
  const variable = value.type === "Identifier" ? variableOf(value, source) : null;
  if (!variable) return false;
  const isGivenOne = (read: TSESTree.Node): boolean => {
    const { parent: member } = outermost(read);
    const target = member?.type === "MemberExpression" && member.object === outermost(read) ? member.parent : null;
    return target?.type === "AssignmentExpression" && target.left === member && isLiveThing(target.right, source);
  };
  return readsOf(variable).some(isGivenOne) || valuesOf(variable).some((given) => given.type === "ObjectExpression" && holdsLiveThing(given, source));
}

/** Names of what is for developers, and of what is kept elsewhere as well. */
const isOther = /^_*(?:dev|test|mock|debug)(?![a-z])|[cC]ache/;

function purposeOf(name: string): SharedState["purpose"] | null {
  return isOther.test(name) ? null : (sharedStates.find((entry) => entry.name.test(name))?.purpose ?? null);
}

/** Whether a platform's file says that one instance of the app is started, and none says that there are more. */
function isDeployedOnce(source: Source): boolean {
  const filename = fileFacts(source)?.filename;
  const own = filename === undefined ? null : packageOf(filename);
  if (!own) return false;
  const counts = [...new Set([own.dir, workspaceRoot(own.dir)])].flatMap((folder) =>
    instanceCounts.flatMap(({ files, count }) => files.flatMap((file) => [...(readText(`${folder}/${file}`) ?? "").matchAll(count)].map(([, number = ""]) => number))),
  );
  return counts.length > 0 && counts.every((number) => number === "1");
}

/** Whether the app says that there will ever be one process of it only. */
const isSingleInstance = (source: Source): boolean => settingsOf(source)?.["singleInstance"] === true || isDeployedOnce(source);

/** The names that are of interest, as a search in a text: most files have none. */
export const mayKeepState = ({ text }: Source): boolean => /new\s+(?:Map|Set)\b|=\s*(?:\{\s*\}|\[\s*\]|0\b)/.test(text) && /limit|lock|throttl|attempt|request|session|list|revoked|blacklisted|invalidated|denied|otp|code|token|link|processed|handled|seen|recent|idempot|nonce/i.test(text);

function stateOf(name: string, node: TSESTree.Node, places: readonly TSESTree.Node[], source: Source): ProcessState | null {
  const purpose = purposeOf(name);
  if (purpose === null) return null;
  const known = places.map(useOf).filter((use) => use !== null);
  // Who sweeps it tells nothing of who is served by it.
  const writing = places.filter((place) => useOf(place)?.writes === true);
  const isKept = known.some(({ writes }) => writes) && known.some(({ asks }) => asks) && known.every(({ value }) => isPlainData(value, source));
  return isKept ? { name, node, purpose, places: writing, asked: places.filter((place) => useOf(place)?.asks === true) } : null;
}

/** The state of a module that a variable is. */
export function moduleStateAt(node: TSESTree.VariableDeclarator, source: Source): ProcessState | null {
  const { id, init } = node;
  if (id.type !== "Identifier" || !init || purposeOf(id.name) === null || (!isEmptyCollection(init) && !isCounter(node, init)) || enclosingFunction(node)) return null;
  if (keepsOwnThings(node, id.name, source)) return null;
  const variable: TSESLint.Scope.Variable | null = variableOf(id, source);
  const uses = variable?.references.filter(({ init: isFirst }) => isFirst !== true).map(({ identifier }) => identifier) ?? [];
  return stateOf(id.name, id, uses, source);
}

const isInjectable = (node: TSESTree.ClassDeclaration | TSESTree.ClassExpression): boolean =>
  node.decorators.some(({ expression }) => expression.type === "CallExpression" && expression.callee.type === "Identifier" && expression.callee.name === "Injectable" && expression.arguments.length === 0);

/** The state of a service that a field is, where one of its class serves all requests. */
export function fieldStateAt(node: TSESTree.PropertyDefinition, uses: readonly TSESTree.MemberExpression[], source: Source): ProcessState | null {
  const name = keyName(node.key, node.computed);
  const owner = node.parent.parent;
  if (name === null || !node.value || purposeOf(name) === null || !isEmptyCollection(node.value)) return null;
  if (!isClass(owner) || (!node.static && !isInjectable(owner)) || keepsOwnThings(node, name, source)) return null;
  return stateOf(name, node.key, uses.filter((use) => memberName(use) === name), source);
}

/** Whether the code of a file speaks of a store that instances share. A comment that speaks of one says that it is still to come. */
const usesSharedStore = ({ ast, text }: Source): boolean =>
  sharedStores.test(text) && sharedStores.test((ast.comments ?? []).reduceRight((rest, { range: [start, end] }) => rest.slice(0, start) + rest.slice(end), text));

const isInClass = (node: TSESTree.Node): boolean => enclosingFunction(node) !== null && ancestor(node, isClass) !== null;

/**
 * Whether requests of users come to the state: apps keep helpers that nobody calls any more, and a helper that imports nothing is a
 * server's where all that import it are.
 */
function isServed(places: readonly TSESTree.Node[], source: Source): boolean {
  // One service is handed to all that ask for it.
  if (places.some(isInClass)) return isServerSide(source);
  const { isOfEntry, isRunOnLoad, files } = callersOf(places, source);
  if (isServerSide(source)) return isOfEntry || isRunOnLoad || files.length > 0;
  return files.length > 0 && files.every((file) => {
    const user = loadModule(file, source);
    return user !== null && isServerSide(user);
  });
}

/** The keys under which a function says yes or no: `allowed` of `return { allowed: false, remaining: 0 }`. */
function verdictsOf(fn: FunctionNode, source: Source): ReadonlySet<string> {
  const given = returnsOf(fn, source).map(unwrap).flatMap((value) => (value.type === "ObjectExpression" ? value.properties : []));
  const keys = given.map((property) => (property.type === "Property" && property.value.type === "Literal" && typeof property.value.value === "boolean" ? keyName(property.key, property.computed) : null));
  return new Set(keys.filter((key) => key !== null));
}

/** Whether all that is made of an answer is to put parts of it beside others, and none of them is its verdict. */
function isShown(read: TSESTree.Node, verdicts: ReadonlySet<string>, source: Source): boolean {
  const call = outermost(read).parent;
  const asked = call?.type === "CallExpression" && call.callee === outermost(read) ? outermost(call) : null;
  const answer = asked?.parent?.type === "AwaitExpression" ? outermost(asked.parent) : asked;
  const holder = answer?.parent?.type === "VariableDeclarator" ? answer.parent.id : null;
  const variable = holder?.type === "Identifier" ? variableOf(holder, source) : null;
  return variable !== null && readsOf(variable).every((name) => {
    const { parent } = outermost(name);
    if (parent?.type !== "MemberExpression" || parent.object !== outermost(name) || verdicts.has(memberName(parent) ?? "")) return false;
    return /^(?:Property|TemplateLiteral)$/.test(outermost(parent).parent?.type ?? "");
  });
}

/** Whether nobody acts on what a limiter says: nobody calls what asks it, or what does only shows how much is left, as a page for the operator. */
function isOnlyShown({ purpose, places }: ProcessState, source: Source): boolean {
  const [fn, ...others] = new Set(places.map((place) => ancestor(place, (around) => around.type === "FunctionDeclaration")));
  if (purpose !== "limit" || others.length > 0 || fn?.type !== "FunctionDeclaration" || !fn.id) return false;
  const verdicts = verdictsOf(fn, source);
  const variable = variableOf(fn.id, source);
  if (verdicts.size === 0 || !variable || contains(fn.body, source, ({ type }) => type === "ThrowStatement") || filesThatUse(new Set([fn.id.name]), source).length > 0) return false;
  const uses = readsOf(variable).filter((read) => read.parent.type !== "ExportSpecifier" && !isWithin(read, fn) && !isUncalledAt(read.range[0], source));
  return uses.length > 0 && uses.every((read) => isShown(read, verdicts, source));
}

/** Whether what a file keeps in memory may be all that there is: no shared store is spoken of, and users are served by it. */
export const isAllThereIs = (state: ProcessState, source: Source): boolean =>
  !usesSharedStore(source) && !isSingleInstance(source) && !isForTrial(source) && !isDevelopmentOnly(state.node, source) && isServed(state.places, source) && !isOnlyShown(state, source) && !isFastPath(state.asked, state.purpose, source);
