import type { TSESTree } from "@typescript-eslint/utils";

import { backgroundDecorators, backgroundWords } from "../../knowledge/side-work.js";
import { fileFacts } from "../../project/file.js";
import { loadModule } from "../../project/modules.js";
import { pathInProject } from "../../project/path.js";
import { fateOf } from "../../syntax/fate.js";
import type { Source } from "../../syntax/source.js";
import { readsOf, variableOf } from "../../syntax/scope.js";
import { memberName, outermost } from "../../syntax/value.js";
import { ancestor, enclosingFunction, type FunctionNode, isClass } from "../../syntax/walk.js";
import { callersOf } from "../program/callers.js";
import { entryAt, entryOf } from "./entries.js";
import { isAppCode, roleOf } from "../program/file-role.js";
import { originOf } from "../program/provenance.js";

/** Whether the code of a file, as a word of its path says, runs by a clock or from a queue: nobody waits for it. */
export function isBackgroundFile(source: Source): boolean {
  const facts = fileFacts(source);
  const words = facts ? pathInProject(facts).toLowerCase().split(/[^a-z\d]+/) : [];
  return words.some((word) => backgroundWords.has(word));
}

/** Whether a node stands in a function that a clock or a queue runs, by the call that it is given to or by a decorator of its method or class. */
export function isBackgroundWork(node: TSESTree.Node, source: Source): boolean {
  if (entryAt(node, source)?.kind === "job") return true;
  const method = ancestor(node, (candidate) => candidate.type === "MethodDefinition");
  const owner = method && ancestor(method, isClass);
  return [method, owner].some((holder) => holder !== null && "decorators" in holder && holder.decorators.some((decorator) => isBackgroundDecorator(decorator, source)));
}

/** Functions of the host that run what they are given when its time has come. */
const postponing = new Set(["setTimeout", "setInterval", "setImmediate", "queueMicrotask"]);

/** Whether nobody waits for what stands at a node: `void (async () => { … })()`, `setImmediate(async () => { … })`. */
export function isSetAside(node: TSESTree.Node): boolean {
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) {
    const value = outermost(fn);
    const call = value.parent;
    if (call?.type !== "CallExpression") continue;
    if (call.callee === value ? isDropped(call) : call.arguments[0] === value && call.callee.type === "Identifier" && postponing.has(call.callee.name)) return true;
  }
  return false;
}

/** Whether a promise goes nowhere, also behind `.catch(…)`. */
function isDropped(node: TSESTree.Node): boolean {
  const fate = fateOf(node);
  const call = fate === "chained" ? outermost(node).parent?.parent : null;
  return fate === "dropped" || (call?.type === "CallExpression" && isDropped(call));
}

/** Whether what stands at a place is run by background work alone: every file of the app that leads to it is there for that. */
export function isForBackgroundWork(place: TSESTree.Node, source: Source): boolean {
  const { isOfEntry, isRunOnLoad, files } = callersOf([place], source);
  if (isOfEntry || isRunOnLoad) return false;
  const users = files.flatMap((file) => loadModule(file, source) ?? []).filter(isAppCode);
  return users.length > 0 && users.every(isBackgroundFile);
}

function isBackgroundDecorator({ expression }: TSESTree.Decorator, source: Source): boolean {
  const origin = originOf(expression.type === "CallExpression" ? expression.callee : expression, source);
  return origin !== null && origin.steps.length === 1 && (backgroundDecorators[origin.module]?.includes(origin.steps[0] as string) ?? false);
}

/**
 * Whether a node runs in a function that is told nothing, and tells nothing back: a method without parameters whose type says that
 * it gives no result, or a function on the edge that asks no more of the request than its method. A clock starts these.
 */
export function isWithoutInput(node: TSESTree.Node, source: Source): boolean {
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) {
    if (fn.parent.type === "MethodDefinition" && fn.params.length === 0 && givesNothing(fn)) return true;
    const request = roleOf(source) === "edge" ? entryOf(fn, source)?.params.request : undefined;
    if (request?.type === "Identifier") return isAskedForMethodOnly(request, source);
  }
  return false;
}

function givesNothing({ returnType }: FunctionNode): boolean {
  const type = returnType?.typeAnnotation;
  const [inner = type] = type?.type === "TSTypeReference" ? (type.typeArguments?.params ?? []) : [];
  return inner?.type === "TSVoidKeyword";
}

function isAskedForMethodOnly(request: TSESTree.Identifier, source: Source): boolean {
  const variable = variableOf(request, source);
  return variable !== null && readsOf(variable).every(({ parent }) => parent.type === "MemberExpression" && memberName(parent) === "method");
}
