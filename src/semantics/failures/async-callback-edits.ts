import type { TSESTree } from "@typescript-eslint/utils";

import { type Edit, together } from "../../syntax/edit.js";
import type { Source } from "../../syntax/source.js";
import { outermost, unwrap } from "../../syntax/value.js";
import { contains, enclosingFunction, isFunction, walk } from "../../syntax/walk.js";
import type { AsyncCallback } from "./async-callbacks.js";

const isInAsync = (call: TSESTree.Node): boolean => enclosingFunction(call)?.async === true;

/** Whether a call is left out where what it is called on is missing: `items?.forEach(…)`. */
const isOptional = (call: TSESTree.CallExpression): boolean => outermost(call).type === "ChainExpression";

/** The expression of the statement that a call is, its `await` included; `null` where it is part of something else. */
function statementOf(call: TSESTree.CallExpression): TSESTree.ExpressionStatement | null {
  const { parent } = call;
  const holder = parent.type === "AwaitExpression" ? parent.parent : parent;
  return holder.type === "ExpressionStatement" ? holder : null;
}

const insertAround = (node: TSESTree.Node, before: string, after: string): Edit => (fixer) => [fixer.insertTextBefore(node, before), fixer.insertTextAfter(node, after)];

/** Waits for what the callback gives for all of the items at once: `await Promise.all(items.map(…))`. */
export function waitedForAtOnce({ call, callee, list, takes }: AsyncCallback): Edit | null {
  if (!isInAsync(call) || isOptional(call) || callee.computed || takes === "answers" || takes === "order" || list === "iterable") return null;
  const name: Edit = takes === "nothing" ? (fixer) => [fixer.replaceText(callee.property, "map")] : together();
  if (call.parent.type === "AwaitExpression") return together(insertAround(call, "Promise.all(", ")"), name);
  return statementOf(call) && together(insertAround(call, "await Promise.all(", ")"), name);
}

/** Waits for the answers, and then asks them: `(await Promise.all(items.map(…))).some(Boolean)`. */
export function answeredFirst({ call, callee, method }: AsyncCallback): Edit | null {
  if (!isInAsync(call) || isOptional(call) || callee.computed || (method !== "some" && method !== "every")) return null;
  return together(insertAround(call, "(await Promise.all(", `)).${method}(Boolean)`), (fixer) => [fixer.replaceText(callee.property, "map")]);
}

const loops = new Set(["ForStatement", "ForInStatement", "ForOfStatement", "WhileStatement", "DoWhileStatement"]);

/** The plain returns of a callback's body, which a loop has `continue` for; `null` where one gives a value or ends an inner loop. */
function returnsIn(body: TSESTree.Node, source: Source): TSESTree.ReturnStatement[] | null {
  const found: TSESTree.ReturnStatement[] = [];
  const isStopped = walk(body, source, (node) => {
    if (isFunction(node)) return false;
    if (loops.has(node.type) && contains(node, source, ({ type }) => type === "ReturnStatement", { nestedFunctions: false })) return "stop";
    if (node.type !== "ReturnStatement") return true;
    found.push(node);
    return node.argument ? "stop" : true;
  });
  return isStopped ? null : found;
}

/** What a loop's `const` has of a callback's parameter: it takes no type and no default. */
function patternText(parameter: TSESTree.Parameter, { text }: Source): string | null {
  if (parameter.type !== "Identifier" && parameter.type !== "ObjectPattern" && parameter.type !== "ArrayPattern") return null;
  return text.slice(parameter.range[0], parameter.typeAnnotation?.range[0] ?? parameter.range[1]);
}

/** Whether two pieces of code have a name in common, so that one cannot stand within the scope of the other. */
function shareName(one: TSESTree.Node, other: TSESTree.Node, source: Source): boolean {
  const names = new Set<string>();
  walk(one, source, (node) => {
    if (node.type === "Identifier") names.add(node.name);
  });
  return contains(other, source, (node) => node.type === "Identifier" && names.has(node.name));
}

/** One item after the other: `for (const item of items) { … }`. */
export function asLoop({ call, callee, fn, takes }: AsyncCallback, source: Source): Edit | null {
  const statement = statementOf(call);
  const [item] = fn.params;
  if (!statement || !isInAsync(call) || isOptional(call) || takes === "answers" || takes === "order") return null;
  if (fn.type !== "ArrowFunctionExpression" || unwrap(call.arguments[0] as TSESTree.Node) !== fn || fn.params.length !== 1 || call.arguments.length !== 1) return null;
  const pattern = item ? patternText(item, source) : null;
  const returns = returnsIn(fn.body, source);
  if (!item || pattern === null || !returns || shareName(item, callee.object, source)) return null;
  const [before, after] = [[statement.range[0], fn.body.range[0]], [fn.body.range[1], statement.range[1]]] as const;
  const isLost = ({ range }: TSESTree.Comment): boolean => [before, after].some(([start, end]) => range[0] >= start && range[1] <= end);
  if (source.ast.comments?.some(isLost)) return null;
  const head = `for (const ${pattern} of ${source.text.slice(...callee.object.range)}) `;
  const isBlock = fn.body.type === "BlockStatement";
  const awaits = fn.body.type === "AwaitExpression";
  return together(
    (fixer) => [fixer.replaceTextRange(before, isBlock ? head : `${head}${awaits ? "" : "await "}`), fixer.replaceTextRange(after, isBlock ? "" : ";")],
    (fixer) => returns.map(({ range }) => fixer.replaceTextRange([range[0], range[0] + "return".length], "continue")),
  );
}
