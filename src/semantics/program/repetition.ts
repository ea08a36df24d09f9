import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import { soleValueOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, numberValue, outermost, resolveConst, unwrap } from "../../syntax/value.js";
import { ancestor, type FunctionNode, isFunction, isWithin, walk } from "../../syntax/walk.js";

type Variable = TSESLint.Scope.Variable;

/** Code that runs once for each item of a list. */
export interface Repetition {
  /** A loop runs one item after the other, a callback may run all at once. */
  readonly form: "loop" | "callback";
  /** The loop, or the call that is given the callback. */
  readonly node: TSESTree.Node;
  /** What runs for each item. */
  readonly body: TSESTree.Node;
  readonly list: TSESTree.Node;
  /** The variables that hold the item, or what it is taken apart into. */
  readonly variables: readonly Variable[];
}

const perItem = new Set(["map", "flatMap", "forEach"]);

/** The names that a pattern binds. */
function variablesIn(pattern: TSESTree.Node, source: Source): Variable[] {
  const found: Variable[] = [];
  walk(pattern, source, (node) => {
    if (node.type === "Identifier") {
      const variable = variableOf(node, source);
      if (variable?.defs.some(({ name }) => name === node)) found.push(variable);
    }
    return true;
  });
  return found;
}

function ofStatement(node: TSESTree.ForOfStatement, source: Source): Repetition | null {
  if (node.left.type !== "VariableDeclaration") return null;
  const [{ id }] = node.left.declarations;
  return { form: "loop", node, body: node.body, list: node.right, variables: variablesIn(id, source) };
}

/** `for (let i = 0; i < items.length; i++)`: steps of one, up to the length of a list. */
function ofCounter(node: TSESTree.ForStatement, source: Source): Repetition | null {
  const { init, test, update, body } = node;
  if (init?.type !== "VariableDeclaration" || test?.type !== "BinaryExpression" || update?.type !== "UpdateExpression" || test.left.type === "PrivateIdentifier") return null;
  const length = unwrap(test.right);
  const counter = init.declarations[0]?.id;
  if (length.type !== "MemberExpression" || memberName(length) !== "length" || counter?.type !== "Identifier") return null;
  return { form: "loop", node, body, list: length.object, variables: variablesIn(counter, source) };
}

/** The call that runs a function for each item of a list: `items.map(fn)`. */
function ofCallback(fn: FunctionNode, source: Source): Repetition | null {
  const call = outermost(fn).parent;
  if (call?.type !== "CallExpression" || call.arguments[0] !== outermost(fn)) return null;
  const callee = unwrap(call.callee);
  const [item] = fn.params;
  if (callee.type !== "MemberExpression" || !item || !perItem.has(memberName(callee) ?? "")) return null;
  return { form: "callback", node: call, body: fn.body, list: callee.object, variables: variablesIn(item, source) };
}

const isEndless = ({ type }: TSESTree.Node): boolean => type === "WhileStatement" || type === "DoWhileStatement" || type === "ForStatement" || type === "ForInStatement";

/**
 * What a node is repeated by, the innermost first; up to the function that it belongs to, through the callbacks that are run per item.
 *
 * @returns `"open"` when a loop around it has no list (`while (true)`, steps through batches): it ends by its own rules.
 */
export function repetitionsAround(node: TSESTree.Node, source: Source): readonly Repetition[] | "open" {
  const found: Repetition[] = [];
  for (let child = node, current = node.parent; current; child = current, current = current.parent) {
    if (isFunction(current)) {
      const repetition = ofCallback(current, source);
      if (!repetition) return found;
      found.push(repetition);
    } else if (current.type === "ForOfStatement") {
      const repetition = child === current.body ? ofStatement(current, source) : null;
      if (repetition) found.push(repetition);
    } else if (isEndless(current) && "body" in current && child === current.body) {
      const repetition = current.type === "ForStatement" ? ofCounter(current, source) : null;
      if (!repetition) return "open";
      found.push(repetition);
    }
  }
  return found;
}

/** Methods whose result has no more items than what they are called on. */
const keepers = new Set(["filter", "map", "slice", "sort", "reverse", "toSorted", "toReversed", "entries", "values", "keys"]);

const objectLists = new Set(["Object.keys", "Object.values", "Object.entries", "Array.from"]);

/** More items than these are taken for many. */
const few = 10;

/** Whether a list holds no more items than are written out in the code: a literal, what is made of one, a short slice. */
export function isShortList(list: TSESTree.Node, source: Source, hops = 6): boolean {
  const node = resolveConst(list, source);
  if (hops === 0) return false;
  if (node.type === "ArrayExpression") {
    return node.elements.every((element) => element?.type !== "SpreadElement" || isShortList(element.argument, source, hops - 1));
  }
  if (node.type === "ObjectExpression") return node.properties.every(({ type }) => type === "Property");
  if (node.type === "NewExpression") return node.arguments[0] !== undefined && isShortList(node.arguments[0], source, hops - 1);
  if (node.type === "ConditionalExpression") return isShortList(node.consequent, source, hops - 1) && isShortList(node.alternate, source, hops - 1);
  if (node.type === "MemberExpression") return isEnum(node, source);
  if (node.type === "Identifier") return isEnum(node, source);
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return false;
  const { callee } = node;
  const name = memberName(callee) ?? "";
  const [first, second] = node.arguments;
  if (callee.object.type === "Identifier" && objectLists.has(`${callee.object.name}.${name}`)) return first !== undefined && isShortList(first, source, hops - 1);
  if (name === "slice" && first && second) {
    const [from, to] = [numberValue(first, source), numberValue(second, source)];
    if (from !== null && to !== null && to >= 0 && to - from <= few) return true;
  }
  return keepers.has(name) && isShortList(callee.object, source, hops - 1);
}

/** Whether a name stands for an enum, or for a constant of the module by the custom of writing these in capitals. */
function isEnum(node: TSESTree.Identifier | TSESTree.MemberExpression, source: Source): boolean {
  const root = node.type === "Identifier" ? node : node.object;
  if (root.type !== "Identifier") return false;
  const definition = variableOf(root, source)?.defs[0];
  if (definition?.type === "TSEnumName") return true;
  return /^[A-Z][A-Z\d_]+$/.test(root.name) && (definition?.type === "ImportBinding" || definition?.type === "Variable");
}

/**
 * Whether an expression is made from what is different for each item: it reads one of the variables, or a const that is computed
 * from them without waiting for anything.
 */
export function comesFrom(node: TSESTree.Node, variables: readonly Variable[], source: Source, hops = 4): boolean {
  return walk(node, source, (current) => {
    if (current.type === "AwaitExpression" || isFunction(current)) return false;
    if (current.type === "MemberExpression" && !current.computed) return comesFrom(current.object, variables, source, hops) ? "stop" : false;
    if (current.type !== "Identifier") return true;
    const variable = variableOf(current, source);
    if (!variable) return false;
    if (variables.includes(variable)) return "stop";
    const value = hops > 0 ? initOf(variable) : null;
    return value && comesFrom(value, variables, source, hops - 1) ? "stop" : false;
  });
}

/** What a variable is made of: its value, or what it is taken out of (`const { id } = item`). */
function initOf(variable: Variable): TSESTree.Expression | null {
  const value = soleValueOf(variable);
  if (value) return value;
  const [definition] = variable.defs;
  if (variable.defs.length !== 1 || definition?.type !== "Variable" || definition.node.id.type === "Identifier") return null;
  return definition.node.parent.kind === "const" ? definition.node.init : null;
}

/** The variables that an expression's value ends up in once it is awaited. */
export function resultsOf(node: TSESTree.Node, source: Source): Variable[] {
  let value = outermost(node);
  while (value.parent?.type === "AwaitExpression") value = outermost(value.parent);
  const parent = value.parent;
  return parent?.type === "VariableDeclarator" && parent.init === value ? variablesIn(parent.id, source) : [];
}

/** Whether a result, once it is there, ends the repetition: a search that stops at the first match. */
export function endsEarly(repetition: Repetition, results: readonly Variable[], source: Source): boolean {
  if (repetition.form !== "loop") return false;
  return walk(repetition.body, source, (node) => {
    if (isFunction(node)) return false;
    if (node.type !== "ReturnStatement" && node.type !== "BreakStatement") return true;
    const test = ancestor(node, (candidate): candidate is TSESTree.IfStatement => candidate.type === "IfStatement" && isWithin(candidate, repetition.body));
    if (!test || !comesFrom(test.test, results, source)) return false;
    return asksForAbsence(test.test) === isWithin(node, test.consequent) ? false : "stop";
  });
}

/** `!found`, `found === null`, `!a || !b.active`: a test that holds where nothing was found. */
function asksForAbsence(test: TSESTree.Node): boolean {
  const node = unwrap(test);
  if (node.type === "LogicalExpression") return asksForAbsence(node.left) || (node.operator === "||" && asksForAbsence(node.right));
  if (node.type === "UnaryExpression") return node.operator === "!";
  return node.type === "BinaryExpression" && (node.operator === "==" || node.operator === "===") && /^(?:null|undefined)$/.test(textOf(node.right));
}

const textOf = (node: TSESTree.Node): string => (node.type === "Identifier" ? node.name : node.type === "Literal" ? String(node.value) : "");
