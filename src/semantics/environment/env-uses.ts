import type { TSESTree } from "@typescript-eslint/utils";

import { conditionsAt } from "../../syntax/conditions.js";
import { readsOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, outermost, stringValue, unwrap } from "../../syntax/value.js";

/**
 * What code makes of a variable of the environment: it asks whether there is one, stops when there is none, says what becomes of that,
 * makes something else of the text, or takes it where another value is missing.
 */
export type EnvUse = "question" | "demand" | "answered" | "converted and answered" | "conversion" | "last resort";

/** What code makes of a read, where that is all that it does with it. */
export function useOf(node: TSESTree.Node, name: string, source: Source): EnvUse | null {
  const whole = outermost(node);
  const { parent } = whole;
  if (isDemanded(whole, "nothing", source)) return "demand";
  if (isTested(whole)) return "question";
  if (isLastResort(whole, name, source)) return "last resort";
  const isDeclared = parent?.type === "VariableDeclarator" && parent.init === whole && parent.id.type === "Identifier";
  const use = isConverted(whole) ? "conversion" : isDeclared ? useOfReads(parent.id as TSESTree.Identifier, source) : null;
  if (use === "question" || !(isAnswered(whole, source) || isUnderTest(whole, source))) return use;
  return use === "conversion" || isMadeIntoOther(whole, source) ? "converted and answered" : "answered";
}

/** The same for a name that a pattern gives to the variable. */
export function useOfName(name: TSESTree.Identifier, source: Source): EnvUse | null {
  if ((variableOf(name, source)?.references ?? []).some(({ identifier }) => isDemanded(identifier, "nothing", source))) return "demand";
  const use = useOfReads(name, source);
  if (use === "question" || !areReadsAnswered(name, source, 2)) return use;
  return use === "conversion" ? "converted and answered" : "answered";
}

function useOfReads(name: TSESTree.Identifier, source: Source): EnvUse | null {
  const variable = variableOf(name, source);
  const isExported = variable?.defs.some(({ parent }) => parent?.parent.type === "ExportNamedDeclaration") ?? true;
  const reads = variable && !isExported ? readsOf(variable).map(outermost) : [];
  if (reads.length === 0) return null;
  if (reads.every(isTested)) return "question";
  return reads.every((read) => isTested(read) || isConverted(read)) ? "conversion" : null;
}

const isUndefined = (node: TSESTree.Node): boolean => node.type === "Identifier" && node.name === "undefined";
const isNull = (node: TSESTree.Node): boolean => node.type === "Literal" && node.raw === "null";

/** `MODE.QUEUE`, `Mode.Queue` */
const isMemberOfTable = ({ object, property, computed }: TSESTree.MemberExpression): boolean => !computed && object.type === "Identifier" && /^[A-Z]/.test(object.name) && property.type === "Identifier" && /^[A-Z]/.test(property.name);

/** A value that is written down. */
export const isConstant = (node: TSESTree.Node): boolean => {
  const inner = unwrap(node);
  if (inner.type === "MemberExpression") return isMemberOfTable(inner);
  return inner.type === "Literal" || inner.type === "TemplateLiteral" || isUndefined(inner);
};

const isComparison = ({ operator }: TSESTree.BinaryExpression): boolean => /^[!=]==?$/.test(operator);

const otherSide = ({ left, right }: TSESTree.BinaryExpression, side: TSESTree.Node): TSESTree.Node => unwrap(left === side ? right : left);

/** The text that a value is held against where it stands: `process.env.MODE === "live"`. */
export function textComparedWith(node: TSESTree.Node): string | null {
  const whole = outermost(node);
  const { parent } = whole;
  return parent?.type === "BinaryExpression" && isComparison(parent) ? stringValue(otherSide(parent, whole)) : null;
}

/** Whether code asks of a value whether there is one: `!value`, `if (value)`, `Boolean(value)`, `value !== undefined`. */
export function isTested(whole: TSESTree.Node): boolean {
  const { parent } = whole;
  switch (parent?.type) {
    case "UnaryExpression":
      return parent.operator === "!" || parent.operator === "typeof";
    case "BinaryExpression": {
      const other = otherSide(parent, whole);
      return isComparison(parent) && (isUndefined(other) || isNull(other) || stringValue(other) === "");
    }
    case "IfStatement":
    case "ConditionalExpression":
    case "WhileStatement":
      return parent.test === whole;
    case "LogicalExpression":
      if (parent.operator === "&&" && parent.left === whole) return true;
      return parent.operator !== "??" && isTested(parent);
    case "CallExpression":
      return parent.callee.type === "Identifier" && parent.callee.name === "Boolean";
    // `value?.startsWith("https://")`: without a text, the answer is no.
    case "MemberExpression":
      return parent.object === whole && parent.optional && /^(?:startsWith|endsWith|includes)$/.test(memberName(parent) ?? "");
    default:
      return false;
  }
}

const operandsOf = (node: TSESTree.Node): TSESTree.Node[] => {
  const inner = unwrap(node);
  return inner.type === "LogicalExpression" && inner.operator !== "&&" ? [...operandsOf(inner.left), ...operandsOf(inner.right)] : [inner];
};

/** Whether a value is taken where another one is missing, or has the validated one beside it: `given ?? process.env.URL`. */
function isLastResort(whole: TSESTree.Node, name: string, source: Source): boolean {
  const { parent } = whole;
  switch (parent?.type) {
    case "LogicalExpression": {
      if (parent.operator === "&&") return false;
      return parent.right === whole || operandsOf(parent.right).some((operand) => operand.type === "MemberExpression" && memberName(operand) === name);
    }
    case "AssignmentExpression":
      return parent.right === whole && /^(?:\?\?|\|\|)=$/.test(parent.operator);
    case "AssignmentPattern":
      return parent.right === whole;
    case "ConditionalExpression":
      return parent.alternate === whole && source.text.slice(...parent.test.range) === source.text.slice(...parent.consequent.range);
    default:
      return false;
  }
}

/** Whether a test decides what is done: `if (!value)`, `value ? on : off`, `value && …`. */
function decides(whole: TSESTree.Node): boolean {
  const { parent } = whole;
  switch (parent?.type) {
    case "IfStatement":
    case "ConditionalExpression":
    case "WhileStatement":
      return parent.test === whole;
    case "UnaryExpression":
    case "BinaryExpression":
    case "CallExpression":
      return isTested(whole) && decides(parent);
    case "LogicalExpression":
      return parent.operator !== "??" && ((parent.operator === "&&" && parent.left === whole) || decides(parent));
    default:
      return false;
  }
}

/** Whether a read stands where a test of the same text has come out: `if (!process.env.KEY) return null; use(process.env.KEY)`. */
function isUnderTest(whole: TSESTree.Node, source: Source): boolean {
  const text = source.text.slice(...whole.range).replace(/!$/, "");
  return [...conditionsAt(whole)].some((condition) => condition.kind === "test" && source.text.slice(...condition.test.range).includes(text));
}

/** A value that stands for none: `null`, `undefined`, `""`. */
const isEmpty = (node: TSESTree.Node): boolean => isUndefined(node) || isNull(node) || stringValue(node) === "";

/** Whether code says on the spot, or in the next lines, what becomes of a missing value: another one, or another way. */
function isAnswered(node: TSESTree.Node, source: Source, hops = 2): boolean {
  const whole = outermost(node);
  const { parent } = whole;
  if (!parent) return false;
  if (decides(whole)) return true;
  switch (parent.type) {
    case "LogicalExpression":
      if (parent.operator === "&&") return isAnswered(parent, source, hops);
      return (parent.left === whole && !isEmpty(unwrap(parent.right))) || isAnswered(parent, source, hops);
    case "ConditionalExpression":
      return isAnswered(parent, source, hops);
    case "MemberExpression":
      return parent.object === whole && isAnswered(parent, source, hops);
    case "CallExpression":
      return (parent.callee === whole || converters.test(calledName(parent.callee) ?? "")) && isAnswered(parent, source, hops);
    case "VariableDeclarator":
      return parent.init === whole && parent.id.type === "Identifier" && areReadsAnswered(parent.id, source, hops);
    case "AssignmentExpression":
      return parent.right === whole && (parent.left.type === "Identifier" ? areReadsAnswered(parent.left, source, hops) : isFieldTested(parent.left, source));
    case "PropertyDefinition":
      return isFieldTested(parent, source);
    default:
      return false;
  }
}

/** Whether one test decides for all the reads of a variable, or each of them is answered by itself. */
function areReadsAnswered(name: TSESTree.Identifier, source: Source, hops: number): boolean {
  const variable = hops > 0 ? variableOf(name, source) : null;
  const reads = variable ? readsOf(variable).map(outermost) : [];
  return reads.some(decides) || (reads.length > 0 && reads.every((read) => isAnswered(read, source, hops - 1)));
}

/** Whether the methods of a class ask for what its field holds: `if (!this.token) throw …`. */
export function isFieldTested(target: TSESTree.Node, { text }: Source): boolean {
  const name = target.type === "PropertyDefinition" ? keyName(target.key, target.computed) : target.type === "MemberExpression" ? memberName(target) : null;
  if (name === null) return true;
  const field = `this\\.${name.replace(/\$/g, "\\$&")}`;
  return new RegExp(`!\\s*${field}\\b|\\bif\\s*\\(\\s*${field}\\b|${field}\\s*(?:\\?|&&|\\|\\||[!=]==?)`).test(text);
}

/** Whether something else is made of a text where the default stands: `(process.env.LIST ?? "a").split(",")`. */
function isMadeIntoOther(node: TSESTree.Node, source: Source): boolean {
  const whole = outermost(node);
  if (isConverted(whole)) return true;
  const { parent } = whole;
  if (parent?.type === "VariableDeclarator" && parent.id.type === "Identifier") return useOfReads(parent.id, source) === "conversion";
  return (parent?.type === "LogicalExpression" || (parent?.type === "ConditionalExpression" && parent.test !== whole)) && isMadeIntoOther(parent, source);
}

const converters = /^(?:Number|BigInt|Boolean|parse\w*|safeParse\w*|to(?:Bool|Num|Int|Float)\w*)$/;
const textMethods: ReadonlySet<string> = new Set(["trim", "trimStart", "trimEnd", "split", "toLowerCase", "toUpperCase", "replace", "replaceAll"]);

/** The name under which something is called: `parse` of `schema.parse(…)`. */
export const calledName = (callee: TSESTree.Node): string | null => {
  const inner = unwrap(callee);
  if (inner.type === "MemberExpression") return memberName(inner);
  return inner.type === "Identifier" ? inner.name : null;
};

/** Whether code makes a number, a truth value or another text of a text, right where it has it: `Number(value)`, `value === "on"`. */
function isConverted(whole: TSESTree.Node): boolean {
  const { parent } = whole;
  switch (parent?.type) {
    case "CallExpression":
      return parent.callee !== whole && converters.test(calledName(parent.callee) ?? "");
    case "UnaryExpression":
      return parent.operator === "+";
    case "BinaryExpression":
      return isComparison(parent) && isConstant(otherSide(parent, whole));
    case "MemberExpression":
      return parent.object === whole && textMethods.has(memberName(parent) ?? "");
    // `Number(value ?? "10")`
    case "LogicalExpression":
      return parent.operator !== "&&" && parent.left === whole && isConverted(outermost(parent));
    default:
      return false;
  }
}

/** What an expression comes to when there is no value: nothing, the type of nothing, or the answer to a test. */
type Missing = "nothing" | "type of nothing" | "true" | "false";

/** Functions that throw when what they are given is not so. */
const assertions = /^(?:assert\w*|invariant|ensure\w*|must\w*|require\w+|nonNull\w*)$/;
const throwers = /^(?:throw|fail|panic|raise|die|abort|exit|invariant)(?![a-z])/;

const not = { true: "false", false: "true", nothing: "true", "type of nothing": "false" } as const;

function comparedWith(other: TSESTree.Node, isSame: boolean, missing: Missing): Missing | null {
  const answer = (isEqual: boolean): Missing => (isEqual === isSame ? "true" : "false");
  if (missing === "type of nothing") return stringValue(other) === null ? null : answer(stringValue(other) === "undefined");
  if (missing === "nothing" && isConstant(other)) return answer(isUndefined(other) || isNull(other));
  return null;
}

function joinedWith({ operator }: TSESTree.LogicalExpression, missing: Missing): Missing | null {
  if (operator === "??") return null;
  if (missing === "true") return "true";
  return operator === "&&" && missing !== "type of nothing" ? "false" : null;
}

const isThrowing = (node: TSESTree.Node): boolean => {
  const inner = unwrap(node);
  return inner.type === "CallExpression" && throwers.test(calledName(inner.callee) ?? "");
};

/** Whether code never gets past a statement, and somebody hears of it. */
function stops(statement: TSESTree.Statement | null | undefined): boolean {
  switch (statement?.type) {
    case "ThrowStatement":
      return true;
    case "ExpressionStatement":
      return isThrowing(statement.expression);
    case "BlockStatement":
      return statement.body.some(stops);
    default:
      return false;
  }
}

/** Whether code stops when there is no value: `if (!value) throw …`, `assert(value)`, `invariant(typeof value === "string")`. */
function isDemanded(node: TSESTree.Node, missing: Missing, source: Source, hops = 2): boolean {
  const whole = outermost(node);
  const { parent } = whole;
  const goOn = (to: TSESTree.Node, next: Missing | null): boolean => next !== null && isDemanded(to, next, source, hops);
  switch (parent?.type) {
    case "IfStatement":
      return parent.test === whole && stops(missing === "true" || missing === "type of nothing" ? parent.consequent : parent.alternate);
    case "UnaryExpression":
      return goOn(parent, parent.operator === "!" ? not[missing] : parent.operator === "typeof" && missing === "nothing" ? "type of nothing" : null);
    case "BinaryExpression":
      return isComparison(parent) && goOn(parent, comparedWith(otherSide(parent, whole), parent.operator.startsWith("="), missing));
    case "LogicalExpression":
      if (missing === "nothing" && parent.left === whole && parent.operator !== "&&" && isThrowing(parent.right)) return true;
      return goOn(parent, joinedWith(parent, missing));
    case "MemberExpression":
      return parent.object === whole && goOn(parent, missing === "nothing" ? missing : null);
    case "CallExpression":
      if (parent.callee === whole) return goOn(parent, missing === "nothing" ? missing : null);
      // A schema of the author's own: `count.parse(process.env.COUNT)`.
      if (missing === "nothing" && parent.callee.type === "MemberExpression" && calledName(parent.callee) === "parse") return true;
      if (calledName(parent.callee) === "Boolean") return goOn(parent, missing === "nothing" ? "false" : null);
      return (missing === "nothing" || missing === "false") && isAssertion(parent.callee);
    case "VariableDeclarator": {
      const variable = parent.init === whole && parent.id.type === "Identifier" && hops > 0 ? variableOf(parent.id, source) : null;
      return variable !== null && readsOf(variable).some((read) => isDemanded(read, missing, source, hops - 1));
    }
    default:
      return false;
  }
}

function isAssertion(callee: TSESTree.Node): boolean {
  const inner = unwrap(callee);
  if (assertions.test(calledName(inner) ?? "")) return true;
  return inner.type === "MemberExpression" && inner.object.type === "Identifier" && assertions.test(inner.object.name);
}
