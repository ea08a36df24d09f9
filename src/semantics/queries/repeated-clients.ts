import type { TSESTree } from "@typescript-eslint/utils";

import { type ConnectionPool, connectionPools } from "../../knowledge/connection-pools.js";
import { fileFacts } from "../../project/file.js";
import { namesModule } from "../../project/named-packages.js";
import { packageOf } from "../../project/package-json.js";
import type { Edit } from "../../syntax/edit.js";
import { variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, outermost, propertyOf } from "../../syntax/value.js";
import { ancestor, enclosingFunction, type FunctionNode, isFunction, isWithin, walk } from "../../syntax/walk.js";
import { type Entry, entriesIn } from "../entries/entries.js";
import { originOf, stepsText } from "../program/provenance.js";

type Maker = TSESTree.CallExpression | TSESTree.NewExpression;

/** A client with connections of its own that is made anew for each request. */
export interface RepeatedClient {
  readonly node: Maker;
  /** Whether the handler ends it again: then each request waits for a new connection, and else they stay open. */
  readonly isEnded: boolean;
  /** Makes it once, where the module begins; `null` where it takes something of the request. */
  readonly hoist: { readonly name: string; readonly edit: Edit } | null;
}

const modules: ReadonlySet<string> = new Set(connectionPools.map(({ module }) => module));

/** A cheap look at a file: whether it names a package whose clients keep connections. */
export const namesConnectionPool = (source: Source): boolean => namesModule(modules, source);

const makerNames = new Set(connectionPools.flatMap(({ makers }) => makers.map((maker) => maker.replace(/\(\)$/, "").split(".").at(-1) ?? "")));

/** Whether a call or `new` may make a client, by its name or by the package that the file has it from: a cheap first look. */
export function mayMakeClient({ callee }: Maker, source: Source): boolean {
  if (callee.type === "MemberExpression") return makerNames.has(memberName(callee) ?? "");
  if (callee.type !== "Identifier") return false;
  if (makerNames.has(callee.name)) return true;
  const definition = variableOf(callee, source)?.defs[0];
  return definition?.type === "ImportBinding" && definition.parent.type === "ImportDeclaration" && modules.has(definition.parent.source.value);
}

function poolMadeAt(node: Maker, source: Source): ConnectionPool | null {
  const origin = mayMakeClient(node, source) ? originOf(node, source) : null;
  if (!origin || origin.creation !== node) return null;
  const steps = stepsText(origin.steps);
  if (/^[A-Z]/.test(steps) && node.type !== "NewExpression") return null;
  return connectionPools.find(({ module, makers }) => module === origin.module && makers.includes(steps)) ?? null;
}

/** The variable of the function's own that holds a client, or `null` where somebody else may keep it. */
function holderOf(node: Maker): TSESTree.VariableDeclarator | null {
  let value = outermost(node);
  while (value.parent?.type === "AwaitExpression") value = outermost(value.parent);
  const declarator = value.parent;
  return declarator?.type === "VariableDeclarator" && declarator.id.type === "Identifier" ? declarator : null;
}

const keepers = /\b(?:globalThis|global|cache[ds]?|instances?|singleton|clients?)\s*[.[(]/i;

/** The handler that makes a client each time it is called: the innermost function around it is the handler itself, or runs within it at once. */
function handlerAround(node: Maker, entries: readonly Entry[]): FunctionNode | null {
  const fn = enclosingFunction(node);
  return entries.find((entry) => entry.node === fn)?.node ?? null;
}

function isEnded(declarator: TSESTree.VariableDeclarator, { ends }: ConnectionPool, source: Source): boolean {
  const variable = declarator.id.type === "Identifier" ? variableOf(declarator.id, source) : null;
  return (
    variable?.references.some(({ identifier }) => {
      const { parent } = identifier;
      return parent.type === "MemberExpression" && parent.object === identifier && ends.includes(memberName(parent) ?? "");
    }) ?? false
  );
}

/** Whether a client goes where it is kept: returned, put into something, or given away under a key. */
function isKept(declarator: TSESTree.VariableDeclarator, source: Source): boolean {
  const variable = declarator.id.type === "Identifier" ? variableOf(declarator.id, source) : null;
  return (
    variable?.references.some(({ identifier, init }) => {
      if (init === true) return false;
      const { parent } = identifier;
      if (parent.type === "AssignmentExpression") return parent.right === identifier;
      if (parent.type === "Property" || parent.type === "ReturnStatement") return true;
      return parent.type === "CallExpression" && keepers.test(source.text.slice(...parent.callee.range) + "(");
    }) ?? true
  );
}

function hoisted(declarator: TSESTree.VariableDeclarator, handler: FunctionNode, source: Source): RepeatedClient["hoist"] {
  const declaration = declarator.parent;
  if (declaration.declarations.length > 1 || declarator.id.type !== "Identifier" || !declarator.init || declarator.init.type === "AwaitExpression") return null;
  const { name } = declarator.id;
  const takesLocal = walk(declarator.init, source, (node) => {
    if (node.type === "AwaitExpression" || node.type === "ThisExpression") return "stop";
    if (node.type !== "Identifier") return undefined;
    const definition = variableOf(node, source)?.defs[0];
    return definition && isWithin(definition.name, handler) ? "stop" : undefined;
  });
  const isTaken = source.scopeManager?.scopes.some((scope) => (scope.type === "module" || scope.type === "global") && (scope.set.get(name)?.defs.length ?? 0) > 0) ?? true;
  const top = ancestor(handler, ({ parent }) => parent?.type === "Program") ?? handler;
  if (takesLocal || isTaken || source.ast.comments?.some((comment) => comment.range[0] > declaration.range[0] && comment.range[1] < declaration.range[1])) return null;
  const text = source.text.slice(...declaration.range);
  const before = source.text.slice(0, declaration.range[0]);
  const indent = /[ \t]*$/.exec(before)?.[0].length ?? 0;
  const after = /^[ \t]*\n/.exec(source.text.slice(declaration.range[1]))?.[0].length ?? 0;
  return {
    name,
    edit: (fixer) => [fixer.insertTextBefore(top, `${text}\n\n`), fixer.removeRange([declaration.range[0] - (after > 0 ? indent : 0), declaration.range[1] + after])],
  };
}

/** The client with connections of its own that a handler makes at a node, each time it is called. */
export function repeatedClientAt(node: Maker, source: Source): RepeatedClient | null {
  const pool = enclosingFunction(node) ? poolMadeAt(node, source) : null;
  if (!pool) return null;
  const handler = handlerAround(node, entriesIn(source));
  const declarator = handler && holderOf(node);
  if (!handler || !declarator || isKept(declarator, source)) return null;
  const ended = isEnded(declarator, pool, source);
  return { node, isEnded: ended, hoist: ended ? null : hoisted(declarator, handler, source) };
}

const guards = /\bglobalThis\b|\bglobal\b|NODE_ENV/;

/** Whether a package's own manifest names Next: that a workspace has an app on it says nothing of its other packages. */
function isOfNext(filename: string): boolean {
  const own = packageOf(filename)?.json["dependencies"];
  return typeof own === "object" && own !== null && "next" in own;
}

/** Whether a client is made where its module begins, and a framework that loads modules anew in development makes another each time. */
export function isMadeOnReload(node: Maker, source: Source): boolean {
  if (isWithinFunction(node) || guards.test(source.text)) return false;
  const [options] = node.arguments;
  // An adapter may speak HTTP, and keep no connection.
  if (options && (options.type !== "ObjectExpression" || propertyOf(options, "adapter") !== null)) return false;
  const filename = fileFacts(source)?.filename;
  if (filename === undefined || !isOfNext(filename) || poolMadeAt(node, source)?.reloads !== true) return false;
  // Whether anything that runs imports a module cannot be told from there.
  return entriesIn(source).length > 0;
}

const isWithinFunction = (node: TSESTree.Node): boolean => {
  for (let current = node.parent; current; current = current.parent) if (isFunction(current)) return true;
  return false;
};
