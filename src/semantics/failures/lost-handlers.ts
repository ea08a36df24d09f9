import type { TSESTree } from "@typescript-eslint/utils";

import { type LosingFramework, losingFrameworks } from "../../knowledge/lost-handlers.js";
import { fileFacts } from "../../project/file.js";
import { dependsOn, majorOf, packageOf } from "../../project/package-json.js";
import { textQuestion } from "../../project/source-texts.js";
import type { Source } from "../../syntax/source.js";
import { memberName, unwrap } from "../../syntax/value.js";
import { type FunctionNode, isFunction, walk } from "../../syntax/walk.js";
import { registrationAt } from "../entries/entries.js";
import { definitionOf } from "../program/provenance.js";
import { type OpenWait, openWaitIn } from "./rejections.js";

/** A handler whose framework calls it without a look at the promise that it gives, and whose promise may reject. */
export interface LostHandler {
  readonly fn: FunctionNode;
  /** The module that the function stands in. */
  readonly source: Source;
  /** The place where it is registered. */
  readonly at: TSESTree.Node;
  readonly wait: OpenWait;
  /** The framework, as messages name it. */
  readonly framework: string;
}

const rows = losingFrameworks.map((framework) => ({ framework, isMended: textQuestion(framework.mended) }));

/** The framework of a file's project that looks at no promises, in the version that it has and without anything that mends it. */
export function losingFrameworkOf(source: Source): LosingFramework | null {
  const filename = fileFacts(source)?.filename;
  if (filename === undefined) return null;
  const found = losingFrameworks.find(({ module, since, patches }) => {
    if (!source.text.includes(module)) return false;
    const major = majorOf(filename, module);
    return major !== null && major < since && !patches.some((patch) => dependsOn(filename, patch));
  });
  return found ?? null;
}

interface Handler {
  readonly fn: FunctionNode;
  readonly source: Source;
}

/** The one function that a function gives back, if that is all that it does with one: `() => async (req, res) => …`. */
function returnedBy(fn: FunctionNode, source: Source): FunctionNode | null {
  if (fn.body.type !== "BlockStatement") return isFunction(fn.body) ? fn.body : null;
  const returned: (TSESTree.Node | null)[] = [];
  walk(fn.body, source, (node) => {
    if (node.type === "ReturnStatement") returned.push(node.argument && unwrap(node.argument));
    return !isFunction(node);
  });
  const [only] = returned;
  return returned.length === 1 && isFunction(only) ? only : null;
}

const isPlain = (node: TSESTree.Node): boolean => node.type === "Literal" || node.type === "TemplateLiteral" || node.type === "ObjectExpression";

/** The function behind a handler that is called for (`login()`), or bound (`users.list.bind(users)`). What takes a function may be a wrapper. */
function ofCall(call: TSESTree.CallExpression, source: Source): Handler | null {
  const callee = unwrap(call.callee);
  if (callee.type === "MemberExpression" && memberName(callee) === "bind") return handlerOf(callee.object, source);
  const maker = call.arguments.every(isPlain) ? definitionOf(callee, source) : null;
  const fn = maker?.kind === "definition" && isFunction(maker.node) ? returnedBy(maker.node, maker.source) : null;
  return fn && maker?.kind === "definition" ? { fn, source: maker.source } : null;
}

/** The function that answers, where an argument is one by itself: neither wrapped, nor unknown. */
function handlerOf(argument: TSESTree.Node, source: Source): Handler | null {
  const inner = unwrap(argument);
  if (isFunction(inner)) return { fn: inner, source };
  if (inner.type === "CallExpression") return ofCall(inner, source);
  if (inner.type !== "Identifier" && inner.type !== "MemberExpression") return null;
  const value = definitionOf(inner, source);
  return value?.kind === "definition" && isFunction(value.node) ? { fn: value.node, source: value.source } : null;
}

/** Whether a call is one of what the framework hands to its handlers to answer or go on with: `next()`, `res.json(…)`. */
function isAnswer(fn: FunctionNode, { callee }: TSESTree.CallExpression): boolean {
  let root = unwrap(callee);
  while (root.type === "MemberExpression" || root.type === "CallExpression") root = unwrap(root.type === "MemberExpression" ? root.object : root.callee);
  const answering = fn.params.slice(fn.params.length === 4 ? 2 : 1);
  return root.type === "Identifier" && answering.some((parameter) => parameter.type === "Identifier" && parameter.name === root.name);
}

/** Whether the code of the project makes a framework look at promises. It reads the code of the package, so ask for it last. */
function isMended(framework: LosingFramework, source: Source): boolean {
  const filename = fileFacts(source)?.filename;
  const own = filename === undefined ? null : packageOf(filename);
  return own !== null && rows.find((row) => row.framework === framework)?.isMended(own.dir) === true;
}

/** The handlers that a call registers with such a framework. */
export function lostHandlersAt(call: TSESTree.CallExpression, losing: LosingFramework, source: Source): LostHandler[] {
  const { framework, said } = losing;
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression" || call.arguments.length === 0 || registrationAt(call, source)?.framework.name !== framework) return [];
  const given = call.arguments.flatMap((argument) => (argument.type === "ArrayExpression" ? argument.elements.filter((element) => element !== null) : [argument]));
  return given.flatMap((at) => {
    const handler = handlerOf(at, source);
    if (!handler?.fn.async || handler.fn.generator) return [];
    const wait = openWaitIn(handler.fn, handler.source, (waited) => isAnswer(handler.fn, waited));
    return wait && !isMended(losing, source) ? [{ ...handler, at, wait, framework: said }] : [];
  });
}
