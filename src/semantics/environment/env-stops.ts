import type { TSESTree } from "@typescript-eslint/utils";

import { madeAtStart, runAtStart } from "../../knowledge/environment.js";
import { conditionsAt, conditionsOf } from "../../syntax/conditions.js";
import { functionName } from "../../syntax/function-name.js";
import { callsNamed } from "../../syntax/nodes.js";
import type { Source } from "../../syntax/source.js";
import { keyName, lastNameOf, memberName, outermost, resolveConst, rootOf, stringValue } from "../../syntax/value.js";
import { ancestor, contains, enclosingFunction, type FunctionNode, isFunction, isWithin } from "../../syntax/walk.js";
import { isEnvironment } from "./env.js";
import { isOfProduction } from "../program/guards.js";
import { meansMissing } from "../program/missing.js";
import { isFrom, originOf } from "../program/provenance.js";

/** Whether an expression holds a variable as it is set: `process.env.A`, `config.get("A")` of whatever reads settings by their names, a constant of it. */
function isVariable(node: TSESTree.Node, name: string, source: Source): boolean {
  const read = resolveConst(node, source);
  if (read.type === "CallExpression") return lastNameOf(read.callee) === "get" && stringValue(read.arguments[0]) === name && read.arguments.length === 1;
  return read.type === "MemberExpression" && memberName(read) === name && isEnvironment(read.object, source);
}

/** `process.exit(1)` */
function isExit(node: TSESTree.Node): boolean {
  if (node.type !== "CallExpression" || lastNameOf(node.callee) !== "exit") return false;
  const root = rootOf(node.callee);
  return root.type === "Identifier" && root.name === "process";
}

const isStop = (node: TSESTree.Node): boolean => node.type === "ThrowStatement" || isExit(node);

/** Whether a statement ends with an error or with the process. */
function endsInStop(node: TSESTree.Node | undefined): boolean {
  if (node?.type === "BlockStatement") return node.body.some(endsInStop);
  return node !== undefined && isStop(node.type === "ExpressionStatement" ? node.expression : node);
}

/** Whether an error at a node stays in the function around it, which may go on. */
const isCaught = (node: TSESTree.Node, fn: TSESTree.Node | null): boolean =>
  ancestor(node, (around) => around === fn || (around.type === "TryStatement" && around.handler !== null && isWithin(node, around.block) && !endsInStop(around.handler.body))) !== fn;

/** Whether code comes to a node wherever there are real users, but for what `isGranted` says of the tests on the way. */
function isComeTo(node: TSESTree.Node, source: Source, isGranted: (test: TSESTree.Node, holds: boolean) => boolean = () => false): boolean {
  const fn = enclosingFunction(node);
  if (!isExit(node) && isCaught(node, fn)) return false;
  return [...conditionsAt(node, fn ?? undefined)].every((condition) => {
    if (condition.kind !== "test") return isOfProduction(condition, source);
    const { test, holds } = condition;
    const choice = ancestor(test, ({ type }) => type === "IfStatement");
    // What stops for another reason lets nobody by.
    if (choice?.type === "IfStatement" && !isWithin(node, choice) && endsInStop(choice.consequent)) return true;
    if (isGranted(test, holds)) return true;
    const parts = [...conditionsOf(resolveConst(test, source), holds)];
    return parts.every((part) => (part.kind === "test" && isGranted(part.test, part.holds)) || isOfProduction(part, source)) || isOfProduction(condition, source);
  });
}

type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

const isScope = (node: TSESTree.Node): boolean => node.type === "Property" && keyName(node.key, node.computed) === "scope";

/** Whether a framework makes the one instance of a class when the app starts. */
const isMadeAtStart = ({ decorators }: ClassNode, source: Source): boolean =>
  decorators.some(({ expression }) => {
    const origin = expression.type === "CallExpression" ? originOf(expression.callee, source) : null;
    return madeAtStart.some(({ module, name }) => isFrom(origin, module, name)) && !contains(expression, source, isScope);
  });

const isNamedForStart = ({ key, computed }: TSESTree.MethodDefinition | TSESTree.Property): boolean => runAtStart.has(keyName(key, computed) ?? "");

/** Whether a node is run when its file is loaded or the app starts: by a call there, in what a framework makes then, or in a factory of that. */
function isRunAtStart(node: TSESTree.Node, source: Source, left = 3): boolean {
  const frame = ancestor(node, (around) => isFunction(around) || (around.type === "PropertyDefinition" && !around.static));
  if (!frame) return true;
  const holder = isFunction(frame) ? outermost(frame).parent : frame;
  switch (holder?.type) {
    case "Property":
      return isNamedForStart(holder);
    case "PropertyDefinition":
      return holder === frame && isMadeAtStart(holder.parent.parent, source);
    case "MethodDefinition":
      return (holder.kind === "constructor" || isNamedForStart(holder)) && isMadeAtStart(holder.parent.parent, source);
    default: {
      const name = functionName(frame as FunctionNode);
      const isCalledHere = holder?.type === "CallExpression" && holder.callee === outermost(frame);
      const calls = isCalledHere ? [holder] : name === null || left === 0 ? [] : callsNamed(source, (called) => called === name).filter((call) => !isWithin(call, frame));
      return calls.some((call) => isComeTo(call, source) && isRunAtStart(call, source, left - 1));
    }
  }
}

/** Whether code stops at a node where a variable is missing: `if (!process.env.A) throw …`, `config.getOrThrow("A")`. */
function stopsWithout(name: string, node: TSESTree.Node, source: Source): boolean {
  if (node.type === "CallExpression" && lastNameOf(node.callee) === "getOrThrow") return stringValue(node.arguments[0]) === name && node.arguments.length === 1 && isComeTo(node, source);
  if (!isStop(node)) return false;
  let isAsked = false;
  const isMissing = (test: TSESTree.Node, holds: boolean): boolean => {
    const isOfIt = meansMissing(test, holds, (part) => isVariable(part, name, source));
    isAsked ||= isOfIt;
    return isOfIt;
  };
  return isComeTo(node, source, isMissing) && isAsked;
}

/** Whether the app does not start where a variable is missing, for what stands at a node: there it throws, or ends the process. */
export const stopsAtStartWithout = (name: string, node: TSESTree.Node, source: Source): boolean => stopsWithout(name, node, source) && isRunAtStart(node, source);
