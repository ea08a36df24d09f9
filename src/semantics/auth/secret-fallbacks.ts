import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import { ciphers, madeGroups, madeRuns, sampleSecret } from "../../knowledge/hardcoded.js";
import { fileFacts } from "../../project/file.js";
import { conditionsAt } from "../../syntax/conditions.js";
import { reachesOut, usesGlobal } from "../../syntax/outside.js";
import { readsOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, outermost, propertyOf, resolveConst, stringValue, unwrap } from "../../syntax/value.js";
import { ancestor, contains, enclosingFunction, isClass, isFunction, isWithin, walk } from "../../syntax/walk.js";
import { isAskedSomewhere } from "./asked-values.js";
import { type ConfigDefault, configDefaultAt, isReadOf } from "../environment/config-defaults.js";
import { consoleCallAt } from "../logging/console-calls.js";
import { entryAt } from "../entries/entries.js";
import { isEnvironment } from "../environment/env.js";
import { isRequiredAtStart } from "../environment/env-required.js";
import { isForToolAlone } from "../program/callers.js";
import { isServerSide, roleOf } from "../program/file-role.js";
import { isDevelopmentOnly } from "../program/guards.js";
import { loggerCallAt } from "../logging/logging.js";
import { meansMissing } from "../program/missing.js";
import { throwsOnEmpty } from "./key-sinks.js";
import { endsOf, isComparison, type SecretEnd } from "./secret-ends.js";
import { secretIn } from "./secret-texts.js";
import { hasForeignPassword, isConnectionName, isGivenByPlatform, isPlaceholder, isRehearsalName, mayServeAs, secretNamed, type SecretUse, wordsOf } from "./secrets.js";

type OwnUse = Exclude<SecretUse, "salt" | "master"> | "gate";

/** A secret that the code itself holds for the case that nobody has set one. */
export interface SecretFallback extends ConfigDefault {
  readonly use: OwnUse;
  /** What is signed with it, where it is for signing. */
  readonly signs: "sessions" | "other";
  /** There is no secret in it: it is empty, or only fills the place of one. */
  readonly filler: "empty" | "placeholder" | null;
  /** It looks like a key that a service has made: whoever reads the code has it, whether the code runs or not. */
  readonly isMadeKey: boolean;
  /** It looks as if a machine had made it, so that somebody may use it. */
  readonly isMade: boolean;
  /** The call that takes an empty text for a key as any other, so that everybody has it. */
  readonly openTo: string | null;
}

const exempt = new Set(["test", "seed", "script", "migration", "generated", "client"]);

/** What a file names that has a secret to fall back from: the words of secrets in the manner of the environment, and what reads it. */
const hints = ["SECRET", "KEY", "TOKEN", "PASS", "PWD", "SALT", "PEPPER", "JWT", "_UR", "DATABASE", "MONGO", "DSN", "process.env", "ConfigService"];

const runtimes = ["process", "Deno", "Bun"];

/** Whether a file's text makes it worth looking for secrets with a fallback. */
export const mayHaveSecretFallbacks = (source: Source): boolean =>
  (reachesOut(source) || runtimes.some((name) => usesGlobal(name, source))) && hints.some((hint) => source.text.includes(hint));

const isWanted = (name: string): boolean => secretNamed(name) !== null || isConnectionName(name);

/** What a text would be used as, under its name; `null` for what is no secret at all. */
function useOf({ name, text }: ConfigDefault): SecretUse | null {
  const use = secretNamed(name);
  if (use) return text.trim() === "" || mayServeAs(use, text) ? use : null;
  return hasForeignPassword(text) ? "password" : null;
}

const placeKeys = new Set(["development", "dev", "local", "test", "testing", "e2e"]);

/** Whether a file has the settings of one environment without real users: `config/development.ts`, `environment.local.ts`. */
function isRehearsalFile(source: Source): boolean {
  const [, name = ""] = /([^\\/.]+)\.[cm]?[jt]sx?$/.exec(fileFacts(source)?.filename ?? "") ?? [];
  return placeKeys.has(name.toLowerCase());
}

/** `development`, and `staging` beside a `production` that is set up by itself. */
const isRehearsalKey = (key: string, { parent }: TSESTree.Property): boolean =>
  placeKeys.has(key) || (key === "staging" && parent.type === "ObjectExpression" && propertyOf(parent, "production") !== null);

/** Whether the code around says by its name that it is not for real users: `{ development: … }`, `function devConfig()`. */
function isInRehearsal(node: TSESTree.Node, source: Source): boolean {
  return (
    isRehearsalFile(source) ||
    ancestor(node, (current) => {
      if (current.type === "Property") return isRehearsalKey((keyName(current.key, current.computed) ?? "").toLowerCase(), current);
      if (current.type === "FunctionDeclaration" || current.type === "VariableDeclarator") return current.id?.type === "Identifier" && isRehearsalName(current.id.name);
      return false;
    }) !== null
  );
}

/** Whether the value is only put into a message: `console.log(process.env.API_KEY || "none")`. */
function isForDisplay(node: TSESTree.Node): boolean {
  for (let current = outermost(node); current.parent; current = outermost(current.parent)) {
    const { parent } = current;
    if (parent.type === "CallExpression" && parent.arguments.includes(current as TSESTree.CallExpressionArgument)) {
      const callee = unwrap(parent.callee);
      if (callee.type !== "MemberExpression") return false;
      const object = unwrap(callee.object);
      const name = object.type === "Identifier" ? object.name : object.type === "MemberExpression" ? memberName(object) : null;
      return name !== null && /^console$|log(?:ger)?$/i.test(name);
    }
    const isPart = /^(?:TemplateLiteral|BinaryExpression|LogicalExpression|ConditionalExpression|MemberExpression|CallExpression)$/.test(parent.type);
    if (!isPart) return parent.type === "JSXExpressionContainer";
  }
  return false;
}

/** Where a value with its fallback is kept: a variable, a key in an object of one, or a field. */
interface Keep {
  readonly variable: TSESLint.Scope.Variable | null;
  readonly key: string | null;
}

const nowhere: Keep = { variable: null, key: null };

function keptIn({ value }: ConfigDefault, source: Source): Keep {
  let key: string | null = null;
  for (let { parent }: TSESTree.Node = value; parent; parent = parent.parent) {
    if (parent.type === "VariableDeclarator") return parent.id.type === "Identifier" ? { variable: variableOf(parent.id, source), key } : nowhere;
    if (parent.type === "PropertyDefinition") return { variable: null, key: keyName(parent.key, parent.computed) };
    if (parent.type === "AssignmentExpression") {
      const isField = parent.left.type === "MemberExpression" && parent.left.object.type === "ThisExpression";
      return isField ? { variable: null, key: memberName(parent.left as TSESTree.MemberExpression) } : nowhere;
    }
    if (parent.type === "Property") key ??= keyName(parent.key, parent.computed);
    if (isFunction(parent) || parent.type.endsWith("Statement")) return nowhere;
  }
  return nowhere;
}

/** Whether an expression reads what was kept there: `secret`, `config.jwt.secret`, `this.secret`. */
function isRead(node: TSESTree.Node, { variable, key }: Keep, source: Source): boolean {
  if (key === null) return node.type === "Identifier" && variable !== null && variableOf(node, source) === variable;
  if (node.type !== "MemberExpression" || memberName(node) !== key) return false;
  let root: TSESTree.Node = unwrap(node.object);
  if (variable === null) return root.type === "ThisExpression";
  while (root.type === "MemberExpression") root = unwrap(root.object);
  return root.type === "Identifier" && variableOf(root, source) === variable;
}

/** Whether a list names the variable: `["JWT_SECRET", …]`, `[{ key: "JWT_SECRET" }, …]`. */
const isListed = (name: string, source: Source): boolean =>
  source.text.split(name).length > 2 &&
  walk(source.ast, source, (node) => {
    if (node.type !== "ArrayExpression") return true;
    const named = node.elements.some((element) => {
      if (element?.type !== "ObjectExpression") return stringValue(element) === name;
      return element.properties.some((property) => property.type === "Property" && stringValue(property.value) === name);
    });
    return named ? "stop" : true;
  });

/** Whether control does not get past a node: it throws, ends the process, refuses the request, or makes the validation fail. */
function refuses(node: TSESTree.Node, { value }: ConfigDefault): boolean {
  if (node.type === "ThrowStatement") return true;
  if (node.type === "ReturnStatement") {
    const answer = node.argument && unwrap(node.argument);
    return answer === null || (answer !== value && /^(?:Call|New|Object|Await)/.test(answer.type));
  }
  return isExit(node) || (node.type === "CallExpression" && node.callee.type === "MemberExpression" && /^(?:addIssue|push)$/.test(memberName(node.callee) ?? ""));
}

/** `process.exit(1)`, `Deno.exit(1)`. */
const isExit = (node: TSESTree.Node): boolean => node.type === "CallExpression" && node.callee.type === "MemberExpression" && /^(?:exit|abort)$/.test(memberName(node.callee) ?? "");

/** Whether an expression reads the variable itself, wherever it has it from. */
function isVariableNamed(node: TSESTree.Node, name: string): boolean {
  if (node.type === "Identifier") return node.name === name;
  if (node.type === "CallExpression") return stringValue(node.arguments[0]) === name;
  return node.type === "MemberExpression" && memberName(node) === name;
}

/** The condition that a variable has the answer of: `const isForgotten = !secret && process.env.NODE_ENV !== "test"`. */
function namedTest(test: TSESTree.Node, source: Source): TSESTree.Node {
  const value = resolveConst(test, source);
  return /^(?:Logical|Unary|Binary)Expression$/.test(value.type) ? value : test;
}

/**
 * Whether the file itself sees to it that production never runs on the fallback: it throws, exits or refuses when the variable is not
 * set, when the value is the one written here, or over a list of required names that has this one. What it only does in development
 * or tests stops nobody else.
 */
function isRefused(found: ConfigDefault, source: Source): boolean {
  const { name, text, value } = found;
  const keep = keptIn(found, source);
  const listed = isListed(name, source);
  // A variable of a function has the value there alone: in another it may be any other's.
  const isHeldFor = (node: TSESTree.Node): boolean => isWithin(value, enclosingFunction(node) ?? source.ast) && isReadOf(name, node, source);
  const isSubject = (node: TSESTree.Node): boolean => isRead(node, keep, source) || isVariableNamed(node, name) || (node.type === "Identifier" && isHeldFor(node));
  const isFallback = (node: TSESTree.Node): boolean => text !== "" && node.range[0] !== value.range[0] && stringValue(resolveConst(node, source)) === text;
  return walk(source.ast, source, (node) => {
    if (!refuses(node, found)) return true;
    const upTo = node.type === "ReturnStatement" ? enclosingFunction(node) : null;
    for (const condition of conditionsAt(node, upTo ?? undefined)) {
      if (condition.kind !== "test") continue;
      const { test, holds } = condition;
      const isAsked = meansMissing(test, holds, isSubject) || meansMissing(namedTest(test, source), holds, isSubject) || contains(test, source, isFallback);
      if (isAsked || (listed && (node.type === "ThrowStatement" || isExit(node)))) return isDevelopmentOnly(node, source) ? true : "stop";
    }
    return true;
  });
}

/** Whether a variable is asked for its truth: what it is for is an option then, off where it is not set. */
const isTested = (variable: TSESLint.Scope.Variable): boolean =>
  readsOf(variable).some((read) => {
    const node = outermost(read);
    const { parent } = node;
    if (parent?.type === "UnaryExpression") return parent.operator === "!";
    if (parent?.type === "LogicalExpression") return parent.left === node;
    return (parent?.type === "IfStatement" || parent?.type === "ConditionalExpression") && parent.test === node;
  });

/**
 * Whether a text that only fills the place of another service's credential gets to where it is used. In a table of settings it may stand
 * for what is switched off.
 */
function isUsed({ host, value }: ConfigDefault, source: Source): boolean {
  if (host === "schema") return false;
  let inTable = false;
  for (let current = outermost(value); current.parent; current = outermost(current.parent)) {
    const { parent } = current;
    if (parent.type === "CallExpression" || parent.type === "NewExpression") return true;
    if (parent.type === "VariableDeclarator") {
      const variable = parent.id.type === "Identifier" ? variableOf(parent.id, source) : null;
      return !inTable && !(variable && isTested(variable));
    }
    if (parent.type === "Property" || parent.type === "PropertyDefinition") inTable = true;
    else if (parent.type.endsWith("Statement") || parent.type.startsWith("Export") || isFunction(parent)) break;
  }
  return !inTable;
}

type Subject = (node: TSESTree.Node) => boolean;

/** Whether an expression comes to no more than whether there is a value: `!!this.key`, `Boolean(key)`, `key !== "" && url !== ""`. */
function isAnswerAbout(node: TSESTree.Node, isSubject: Subject, source: Source): boolean {
  const inner = unwrap(node);
  switch (inner.type) {
    case "LogicalExpression":
      return inner.operator === "&&" && (isAnswerAbout(inner.left, isSubject, source) || isAnswerAbout(inner.right, isSubject, source));
    case "UnaryExpression":
      return inner.operator === "!" && contains(inner.argument, source, isSubject);
    case "BinaryExpression":
      return /^(?:[!=]==?|>)$/.test(inner.operator) && contains(inner, source, isSubject);
    case "CallExpression":
      return inner.callee.type === "Identifier" && inner.callee.name === "Boolean" && contains(inner, source, isSubject);
    default:
      return false;
  }
}

/** Whether the file knows that there may be none: it writes so into the log when it is loaded, or has a function that tells whether there is one. */
function isTold(found: ConfigDefault, source: Source): boolean {
  const isSubject: Subject = (node) => isVariableNamed(node, found.name);
  return walk(source.ast, source, (node) => {
    if (node.type === "ReturnStatement" || node.type === "ArrowFunctionExpression") {
      const given = node.type === "ReturnStatement" ? node.argument : node.body;
      return given && isAnswerAbout(given, isSubject, source) ? "stop" : true;
    }
    if (node.type !== "CallExpression" || !(consoleCallAt(node, source) || loggerCallAt(node, source))) return true;
    for (const condition of conditionsAt(node, enclosingFunction(node) ?? undefined)) if (condition.kind === "test" && meansMissing(condition.test, condition.holds, isSubject)) return "stop";
    return true;
  });
}

/** Whether a value is read within a request: nothing starts on it, the service refuses, and the request fails as it would by an error of our own. */
function failsInRequest({ value }: ConfigDefault, source: Source): boolean {
  if (entryAt(value, source) === null) return false;
  return ancestor(value, (around) => around.type === "TryStatement" && around.handler?.body.body.length === 0) === null;
}

const isPrivate = (member: TSESTree.ClassElement, name: string): boolean =>
  member.type === "PropertyDefinition" && member.accessibility === "private" && keyName(member.key, member.computed) === name;

/** Whether a value goes into a client of another service, and nobody asks that client for anything. */
function isForUnusedClient({ value }: ConfigDefault, source: Source): boolean {
  const made = ancestor(value, ({ type }) => !/^(?:LogicalExpression|ConditionalExpression|ObjectExpression|Property|TS\w+)$/.test(type));
  const holder = made?.type === "NewExpression" ? outermost(made).parent : null;
  if (holder?.type !== "VariableDeclarator" || holder.id.type !== "Identifier" || holder.parent.parent.type === "ExportNamedDeclaration") return false;
  const variable = variableOf(holder.id, source);
  return variable !== null && readsOf(variable).length === 0;
}

/** Whether a value is kept in a private field of a class that never reads it. */
function isInUnreadField(found: ConfigDefault, source: Source): boolean {
  const { key } = keptIn(found, source);
  const owner = key === null ? null : ancestor(found.value, isClass);
  const field = owner?.body.body.find((member) => isPrivate(member, key as string));
  if (!owner || !field) return false;
  const isGivenThere = contains(field, source, (node) => node === found.value);
  const mentions = source.text.slice(...owner.range).match(new RegExp(`\\b${key as string}\\b`, "g")) ?? [];
  return mentions.length === (isGivenThere ? 1 : 2);
}

/** Whether a value is put into the environment itself, in a file that may prepare it for a test or a tool. */
function preparesEnvironment({ value }: ConfigDefault, source: Source): boolean {
  const assignment = ancestor(value, ({ type }) => type === "AssignmentExpression" || type.endsWith("Statement"));
  if (assignment?.type !== "AssignmentExpression" || assignment.left.type !== "MemberExpression") return false;
  return isEnvironment(assignment.left.object, source) && !isServerSide(source);
}

/** Whether control gives nothing, or throws, at the end of a list of statements. */
function endsInFailure(statements: readonly TSESTree.Node[]): boolean {
  const last = statements.at(-1);
  if (last?.type === "BlockStatement") return endsInFailure(last.body);
  if (last?.type === "ThrowStatement") return true;
  const given = last?.type === "ReturnStatement" && last.argument ? unwrap(last.argument) : null;
  return given !== null && ((given.type === "Literal" && (given.value === null || given.value === false)) || (given.type === "Identifier" && given.name === "undefined"));
}

/** `if (mode() !== "live") return "…"; return null;`: only in some mode, by its name, and in every other there is no secret. */
function isOfOneMode({ value }: ConfigDefault): boolean {
  const branch = ancestor(value, ({ type, parent }) => parent?.type === "IfStatement" || /Function/.test(type));
  const choice = branch?.parent;
  if (!branch || choice?.type !== "IfStatement" || choice.consequent !== branch || choice.parent.type !== "BlockStatement") return false;
  const test = unwrap(choice.test);
  const isOfName = test.type === "BinaryExpression" && /^[!=]==?$/.test(test.operator) && [test.left, test.right].some((side) => (stringValue(side) ?? "") !== "");
  return isOfName && endsInFailure(choice.alternate ? [choice.alternate] : choice.parent.body);
}

/** What is signed with it: what lets people in, as its name says, or anything else. */
function signs({ name, value }: ConfigDefault): "sessions" | "other" {
  const call = outermost(ancestor(value, ({ type }) => type === "LogicalExpression" || type === "ConditionalExpression") ?? value).parent;
  const callee = call?.type === "CallExpression" ? unwrap(call.callee) : null;
  const called = callee?.type === "Identifier" ? callee.name : callee?.type === "MemberExpression" ? memberName(callee) : null;
  return called !== "createHmac" && /jwt|session|cookie|auth|token|access|refresh/i.test(name) ? "sessions" : "other";
}

/** Whether an expression is made of what a function was given: `request.headers["x-token"] || request.query.token`. */
const isOfParameter = (node: TSESTree.Node, source: Source): boolean =>
  contains(resolveConst(node, source), source, (part) => part.type === "Identifier" && variableOf(part, source)?.defs[0]?.type === "Parameter");

/** Whether what somebody sends is held against the value: then it is a password of this app, and no credential for another service. */
function isCompared(node: TSESTree.Node, found: ConfigDefault, source: Source): boolean {
  const keep = keptIn(found, source);
  const isOfValue = (side: TSESTree.Node): boolean => contains(side, source, (part) => part === node || isRead(part, keep, source));
  return walk(source.ast, source, (part) => {
    const sides = part.type === "BinaryExpression" && /^[!=]==?$/.test(part.operator) ? [part.left, part.right] : part.type === "CallExpression" && isComparison(part) ? part.arguments : [];
    const [one, other] = sides;
    if (!one || !other) return true;
    return (isOfValue(one) && isOfParameter(other, source)) || (isOfValue(other) && isOfParameter(one, source)) ? "stop" : true;
  });
}

/** What a fallback fills the place of a secret with. One that lets people in has no placeholders: any text does. */
function fillerOf({ text }: ConfigDefault, use: SecretFallback["use"]): SecretFallback["filler"] {
  if (text.trim() === "") return "empty";
  return use !== "gate" && isPlaceholder(use, text) ? "placeholder" : null;
}

/**
 * Whether nothing comes of an empty secret: all that is done with it is to hand it to calls that throw then, to send it, and to compare it
 * with a header behind words, which no header equals: the blanks at its end are taken away. https://fetch.spec.whatwg.org/#concept-header-value-normalize
 */
function isRefusedEmpty(ends: readonly SecretEnd[], source: Source): boolean {
  return ends.length > 0 && ends.every((end) => end.as === "header" || end.as === "sent" || (end.as === "key" && throwsOnEmpty(end.sink, source)));
}

/**
 * Whether a filler does no harm. An empty credential is refused by whoever it is for; an empty secret with which the app itself signs,
 * encrypts or compares is a state where somebody asks for it, or where nothing comes of it.
 */
function isHarmless(node: TSESTree.Node, found: ConfigDefault, { use, filler }: Pick<SecretFallback, "use" | "filler">, source: Source): boolean {
  if (filler === "empty") return use === "credential" || use === "password" || isAskedSomewhere(defaultedBy(node, found), source) || isRefusedEmpty(endsOf(node, source), source);
  return filler === "placeholder" && (!isUsed(found, source) || failsInRequest(found, source) || isTold(found, source));
}

/** The expression that has the value; of a schema, all that stands under the variable's name. */
function defaultedBy(node: TSESTree.Node, { host, name }: ConfigDefault): TSESTree.Node {
  const property = host === "schema" ? ancestor(node, (around) => around.type === "Property" && keyName(around.key, around.computed) === name) : null;
  return property?.type === "Property" ? property.value : node;
}

/** Who has made a text, by its looks: a service where it begins as that one's keys do, a machine where it is long and makes no words. */
function madeBy({ text }: ConfigDefault, use: OwnUse): Pick<SecretFallback, "isMadeKey" | "isMade"> {
  const secret = secretIn(text);
  const hasRun = madeGroups.test(text) || (text.match(madeRuns) ?? []).some((run) => /\d/.test(run) && /[A-Za-z]/.test(run));
  const isMade = secret !== null || (hasRun && !/\s/.test(text) && !sampleSecret.test(text) && new Set(text).size >= 10);
  return { isMade, isMadeKey: use === "credential" ? isMade : secret !== null && secret.fault !== "address" };
}

/** What a name that only may be a secret's is for, by where its value goes; `null` where it is none. */
function settledUse(use: SecretUse, node: TSESTree.Node, { value }: ConfigDefault, source: Source): OwnUse | null {
  if (use !== "salt" && use !== "master") return use;
  const keys = endsOf(node, source).flatMap((end) => (end.as === "key" ? [end.sink.use] : []));
  if (keys.length > 0) return keys.includes("data") ? "encryption" : "signing";
  if (use === "salt") return null;
  if (ciphers.test(source.text)) return "encryption";
  const property = ancestor(value, ({ type }) => type === "Property" || type.endsWith("Statement"));
  return property?.type === "Property" && secretNamed(keyName(property.key, property.computed) ?? "") === "credential" ? "credential" : "shared";
}

/** Whether a text is no more than a word of the variable's name, for a client that wants a key where the service is run without one: `LITELLM_MASTER_KEY || "litellm"`. */
const isServiceName = ({ name, text }: ConfigDefault): boolean => {
  const words = wordsOf(text);
  return words.length > 0 && words.every((word) => wordsOf(name).includes(word));
};

/** The call that signs with an empty text, or believes what was signed with one. */
function openTo(node: TSESTree.Node, source: Source): string | null {
  const open = endsOf(node, source).find((end) => end.as === "key" && (end.sink.use === "messages" || end.sink.use === "webhooks") && !throwsOnEmpty(end.sink, source));
  return open?.as === "key" ? open.callee : null;
}

/** The secret that a node falls back on when the environment has none. What real users never meet is none. */
export function secretFallbackAt(node: TSESTree.Node, source: Source): SecretFallback | null {
  const found = configDefaultAt(node, source, isWanted);
  const wanted = found && useOf(found);
  if (!found || !wanted || exempt.has(roleOf(source)) || isForToolAlone(source) || isGivenByPlatform(found.host, found.name)) return null;
  if (isInRehearsal(found.value, source) || isForDisplay(found.value) || isDevelopmentOnly(found.value, source) || isOfOneMode(found)) return null;
  const named = settledUse(wanted, node, found, source);
  const use = named === "credential" && isCompared(node, found, source) ? "gate" : named;
  if (use === null || (wanted === "master" && use === "credential" && isServiceName(found))) return null;
  const filler = fillerOf(found, use);
  if (preparesEnvironment(found, source) || isHarmless(node, found, { use, filler }, source)) return null;
  if ((use === "credential" && isForUnusedClient(found, source)) || isInUnreadField(found, source) || isRefused(found, source)) return null;
  if ([found.name, ...(found.others ?? [])].some((name) => isRequiredAtStart(name, source))) return null;
  return { ...found, use, signs: signs(found), filler, ...madeBy(found, use), openTo: filler === "empty" ? openTo(node, source) : null };
}
