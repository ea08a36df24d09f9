import type { TSESTree } from "@typescript-eslint/utils";

import { falseValues, guessableWords, keeping, scriptNonces, sessionNumbers, standInText, unguessable } from "../../knowledge/passwords.js";
import { calledName } from "../../syntax/nodes.js";
import { isGlobal, readsOf, soleValueOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, lastNameOf, memberName, outermost, stringValue, unwrapAwait } from "../../syntax/value.js";
import { ancestor, contains, enclosingFunction, type FunctionNode, isFunction, returnsOf, walk } from "../../syntax/walk.js";
import { definitionOf } from "../program/provenance.js";
import { holds, isRehearsalName, wordsOf } from "./secrets.js";

/** A value that must not be guessed, and is made of what can be. */
export interface GuessableValue {
  readonly name: string;
  /** Whether the name is that of the function which makes it. */
  readonly isMaker: boolean;
  readonly by: "random" | "time";
  /** Whether it is a code of a few digits, rather than a text that is long enough by itself. */
  readonly isCode: boolean;
}

const patterns = unguessable.flatMap(({ words }) => words);

const known = new Map<string, boolean>();

/** Whether a name is that of a value which lets in whoever guesses it: `resetToken`, `generateOTP`. */
function isUnguessable(name: string): boolean {
  let answer = known.get(name);
  if (answer === undefined) {
    const all = wordsOf(name.replace(/s$/, ""));
    const after = all.findIndex((word) => word === "FOR" || word === "OF");
    // An id for a token is an id.
    const words = after > 0 && !holds(` ^ ${all.slice(0, after).join(" ")} $ `, patterns) ? all.slice(0, after) : all;
    answer = !words.some((word) => guessableWords.has(word)) && !isRehearsalName(name) && holds(` ^ ${words.join(" ")} $ `, patterns);
    if (known.size > 5_000) known.clear();
    known.set(name, answer);
  }
  return answer;
}

/** What is known of a value on its way from a random number to its name. */
interface Way {
  readonly isText: boolean;
  /** The variables that it has been through: those of a packed file have one letter, and are read everywhere. */
  readonly seen: Set<unknown>;
}

const numeric = /^(?:floor|ceil|round|trunc|abs)$/;

/** The names that a value ends up under: of a variable, a key, a field, or the function that gives it back. */
function* namesOf(node: TSESTree.Node, way: Way, source: Source, left = 6): Generator<{ name: string; way: Way }> {
  if (left === 0) return;
  let current = outermost(node);
  let { isText } = way;
  const { seen } = way;
  for (;;) {
    const { parent } = current;
    if (!parent || isBesideSecret(parent, current, source)) return;
    if (parent.type === "MemberExpression") {
      if (parent.object === current) {
        if (/^(?:toString|toFixed|slice|substr|substring|padStart|padEnd|toUpperCase|replace|charAt|join|concat)$/.test(memberName(parent) ?? "")) isText = true;
      } else isText = true; // charset[index]
    } else if (parent.type === "CallExpression") {
      if (parent.callee !== current) {
        const callee = parent.callee.type === "MemberExpression" ? memberName(parent.callee) : parent.callee.type === "Identifier" ? parent.callee.name : null;
        if (callee === "String" || callee === "charAt" || callee === "push" || callee === "from") isText = true;
        else if (!numeric.test(callee ?? "") && callee !== "Number" && callee !== "btoa") return;
        if (callee === "push" && parent.callee.type === "MemberExpression" && parent.callee.object.type === "Identifier") {
          yield* ofVariable(parent.callee.object, { isText: true, seen }, source, left);
          return;
        }
      }
    } else if (parent.type === "TemplateLiteral" || (parent.type === "BinaryExpression" && parent.operator === "+" && isTextBeside(parent, current))) {
      isText = true;
    } else if (parent.type === "BinaryExpression") {
      if (!/^[-+*/%|]|<<|>>$/.test(parent.operator)) return;
    } else if (isFunction(parent) && parent.body === current) {
      yield* ofFunction(parent, { isText, seen }, source, left);
      return;
    } else if (!/^(?:LogicalExpression|ConditionalExpression|ArrayExpression|AwaitExpression|SpreadElement)$/.test(parent.type) || (parent.type === "ConditionalExpression" && parent.test === current)) {
      break;
    }
    current = outermost(parent);
  }
  yield* ofPlace(current, { isText, seen }, source, left);
}

const isTextBeside = ({ left, right }: TSESTree.BinaryExpression, own: TSESTree.Node): boolean => stringValue(left === own ? right : left) !== null || [left, right].some((side) => side.type === "TemplateLiteral" || side.type === "BinaryExpression");

function* ofPlace(current: TSESTree.Node, way: Way, source: Source, left: number): Generator<{ name: string; way: Way }> {
  const { parent } = current;
  if (parent?.type === "VariableDeclarator" && parent.id.type === "Identifier") yield* ofVariable(parent.id, way, source, left);
  else if (parent?.type === "AssignmentExpression" && parent.right === current) {
    const isText = way.isText || parent.operator === "+=";
    if (parent.left.type === "Identifier") yield* ofVariable(parent.left, { isText, seen: way.seen }, source, left);
    else if (parent.left.type === "MemberExpression") yield { name: memberName(parent.left) ?? "", way: { isText, seen: way.seen } };
  } else if (parent?.type === "Property" || parent?.type === "PropertyDefinition") {
    yield { name: keyName(parent.key, parent.computed) ?? "", way };
  } else if (parent?.type === "ReturnStatement") {
    const fn = enclosingFunction(parent);
    if (fn) yield* ofFunction(fn, way, source, left);
  }
}

/** What a function is called that gives a value back; a callback gives it to the call that it is handed to. */
function* ofFunction(fn: FunctionNode, way: Way, source: Source, left: number): Generator<{ name: string; way: Way }> {
  const { parent } = fn;
  if (fn.id) yield { name: fn.id.name, way };
  else if (parent.type === "VariableDeclarator" && parent.id.type === "Identifier") yield { name: parent.id.name, way };
  else if (parent.type === "MethodDefinition" || parent.type === "Property" || parent.type === "PropertyDefinition") yield { name: keyName(parent.key, parent.computed) ?? "", way };
  // What shuffles letters has no part in which there are.
  else if (parent.type === "CallExpression" && parent.arguments.includes(fn as TSESTree.FunctionExpression) && !/sort$/i.test(source.text.slice(...parent.callee.range))) yield* namesOf(parent, way, source, left - 1);
}

function* ofVariable(id: TSESTree.Identifier, way: Way, source: Source, left: number): Generator<{ name: string; way: Way }> {
  yield { name: id.name, way };
  // What only has to be new is not made to be a secret by what it is put into.
  if (isRehearsalName(id.name) || holds(` ${wordsOf(id.name).join(" ")} $ `, scriptNonces)) return;
  const variable = variableOf(id, source);
  if (!variable || isUnguessable(id.name) || way.seen.size === way.seen.add(variable).size) return;
  for (const read of readsOf(variable).slice(0, 8)) {
    if (read.parent.type === "AssignmentExpression" && read.parent.left === read) continue;
    yield* namesOf(read, way, source, left - 1);
  }
}

/** What gives a value that nobody can guess, or that only who holds a key can make. */
const secure = /^(?:randomUUID|randomBytes|randomInt|getRandomValues|nanoid|uuid\w*|v4|createHmac|cuid|createId)$/;

/** Whether a value is made of what nobody can guess: by itself, through a name, or by what a function gives back. */
function isSecure(node: TSESTree.Node, source: Source, left = 6): boolean {
  const value = unwrapAwait(node);
  const goesOn = (part: TSESTree.Node): boolean => isSecure(part, source, left - 1);
  if (left === 0) return false;
  switch (value.type) {
    case "TemplateLiteral":
      return value.expressions.some(goesOn);
    case "BinaryExpression":
      return value.operator === "+" && [value.left, value.right].some(goesOn);
    case "NewExpression":
      return value.arguments.some(goesOn);
    case "Identifier": {
      const variable = variableOf(value, source);
      const init = variable && soleValueOf(variable);
      // `crypto.getRandomValues(bytes)` fills what it is given.
      return variable !== null && ((init !== null && goesOn(init)) || readsOf(variable).some(({ parent }) => parent.type === "CallExpression" && lastNameOf(parent.callee) === "getRandomValues"));
    }
    case "CallExpression": {
      const { callee } = value;
      const name = lastNameOf(callee);
      if (secure.test(name) || (name === "sign" && stringValue(value.arguments[0]) === "HMAC")) return true;
      const made = definitionOf(callee, source);
      if (made?.kind === "definition" && isFunction(made.node)) return returnsOf(made.node, made.source).some((given) => isSecure(given, made.source, left - 1));
      return (callee.type === "MemberExpression" && goesOn(callee.object)) || value.arguments.some(goesOn);
    }
    default:
      return false;
  }
}

/** Whether a value is put together with another part that nobody can guess: who knows the one does not know the whole. */
function isBesideSecret(whole: TSESTree.Node, own: TSESTree.Node, source: Source): boolean {
  const parts = whole.type === "TemplateLiteral" ? whole.expressions : whole.type === "ArrayExpression" ? whole.elements : whole.type === "BinaryExpression" && whole.operator === "+" ? [whole.left, whole.right] : [];
  return parts.some((part) => part !== null && part !== own && isSecure(part, source));
}

/** Whether an expression asks for anything that nobody can guess beside. */
const hasBetter = (node: TSESTree.Node, source: Source): boolean =>
  walk(node, source, (part) => (part.type === "Identifier" && secure.test(part.name) ? "stop" : true));

function isHostCall(node: TSESTree.CallExpression, object: string, method: string, source: Source): boolean {
  const { callee } = node;
  return callee.type === "MemberExpression" && callee.object.type === "Identifier" && callee.object.name === object && memberName(callee) === method && isGlobal(callee.object, source);
}

/** The statement or field around an expression. */
function wholeOf(node: TSESTree.Node): TSESTree.Node {
  let current = node;
  while (current.parent && !/Statement$|Declaration$|^Property$|^PropertyDefinition$/.test(current.type) && !isFunction(current)) current = current.parent;
  return current;
}

/** Whether a value is made where a lock is taken: its token need only be its own. */
function isForLock(node: TSESTree.Node, source: Source): boolean {
  const fn = enclosingFunction(node);
  return fn !== null && (wordsOf(fn.id?.name ?? "").includes("LOCK") || /\bnx\b/i.test(source.text.slice(...fn.range)));
}

/** What sends a cookie to a browser, or names the header that says which scripts may run there. */
const sendsCookie = /\.cookie\(|\bsetCookie\(|\bcookies(?:\(\)\)?)?\.set\(|["'`]set-cookie["'`]/i;
const scriptPolicy = /content-security-policy|contentSecurityPolicy/i;

/** Whether the file makes a value unguessable by what it does with it: a session's number that a cookie carries, a nonce by which scripts may run. */
function isUnguessableHere(name: string, source: Source): boolean {
  const words = ` ${wordsOf(name).join(" ")} $ `;
  return (holds(words, sessionNumbers) && sendsCookie.test(source.text)) || (holds(words, scriptNonces) && scriptPolicy.test(source.text));
}

/** Whether a value is one of sample data, as the object around it is called: `{ key: "$randomPassword", value: () => … }`. */
const isSample = (node: TSESTree.Node): boolean =>
  ancestor(node, (current) => current.type === "ObjectExpression" && current.properties.some((property) => property.type === "Property" && /^\W*random[A-Z_]\w*$/.test(stringValue(property.value) ?? ""))) !== null;

/** What `set` and `append` write into an address or a header, and keep nowhere. */
const ofMessage = /(?:searchParams|headers|params|url)$/i;

/** Whether a call may keep a value, or make it hold. */
function mayKeep(node: TSESTree.Node, source: Source): boolean {
  if (node.type !== "CallExpression" || !keeping.test(calledName(node) ?? "")) return false;
  return node.callee.type !== "MemberExpression" || !ofMessage.test(source.text.slice(...node.callee.object.range));
}

/** Whether a value says itself that it only stands in for the real one, and nothing around keeps it or holds another against it: it opens nothing. */
function opensNothing(whole: TSESTree.Node, fn: FunctionNode | null, source: Source): boolean {
  if (fn === null || (whole.type !== "VariableDeclaration" && whole.type !== "Property") || !standInText.test(source.text.slice(...whole.range))) return false;
  const names = whole.type === "VariableDeclaration" ? whole.declarations.flatMap(({ id }) => (id.type === "Identifier" ? [id.name] : [])) : [];
  const isNamed = (node: TSESTree.Node): boolean => node.type === "Identifier" && names.includes(node.name);
  return !contains(fn.body, source, (node) => mayKeep(node, source) || (node.type === "BinaryExpression" && /^[!=]==?$/.test(node.operator) && (isNamed(node.left) || isNamed(node.right))));
}

const maker = /^(?:build|create|gen|generate|get|issue|make|new|random)(?=[A-Z_])/;

/** What a call of `Math.random` or `Date.now` ends up as, where that must not be guessed. */
export function guessableValueAt(node: TSESTree.CallExpression, source: Source): GuessableValue | null {
  const isRandom = isHostCall(node, "Math", "random", source);
  if (!isRandom && !isHostCall(node, "Date", "now", source)) return null;
  const whole = wholeOf(node);
  const fn = enclosingFunction(node);
  // What a function falls back on where the host has nothing better is seldom run.
  if (hasBetter(whole, source) || (isRandom && fn !== null && hasBetter(fn, source)) || (!isRandom && /\bMath\.random\b|[+*/-]\s*\d|\d\s*[+*]/.test(source.text.slice(...whole.range)))) return null;
  if (isSample(node) || opensNothing(whole, fn, source) || falseValues.test(source.text.slice(...whole.range))) return null;
  for (const { name, way } of namesOf(node, { isText: false, seen: new Set() }, source)) {
    if ((isUnguessable(name) || isUnguessableHere(name, source)) && (way.isText || (isRandom && isCode(name)) || isForReset(name))) return isForLock(node, source) && !isCode(name) ? null : { name, isMaker: maker.test(name), by: isRandom ? "random" : "time", isCode: /otp|code|pin/i.test(name) };
  }
  return null;
}

/** Whether a value of that name lets in whoever has it, whatever it is made of: the token of a link that is sent by mail. */
const isForReset = (name: string): boolean => /(?:reset|forgot|recover|verification|verify|magic|invite|invitation).*token$/i.test(name);

/** Whether a value of that name is a number at times, and still let in with: a code that is sent by mail. */
const isCode = (name: string): boolean => /otp|code|pin|password|secret/i.test(name);
