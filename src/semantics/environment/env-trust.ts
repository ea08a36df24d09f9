import type { TSESTree } from "@typescript-eslint/utils";

import { neededOptions, optionalNames, optionalParts, switches } from "../../knowledge/environment.js";
import { fileFacts } from "../../project/file.js";
import { pathInProject } from "../../project/path.js";
import { conditionsAt } from "../../syntax/conditions.js";
import { readsOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, outermost, unwrap } from "../../syntax/value.js";
import { ancestor, enclosingFunction, type FunctionNode, isClass, isFunction } from "../../syntax/walk.js";
import { calledName, isTested } from "./env-uses.js";
import { GLOBAL, originOf } from "../program/provenance.js";

/**
 * How code takes a variable for granted: it tells the compiler that it is there, writes it into an address or a credential, makes a
 * number of it, or hands it to a package as something without which that cannot work.
 */
export interface EnvTrust {
  readonly kind: "asserted" | "text" | "number" | "option";
  /** The expression that does: the read with its `!`, or the read itself. */
  readonly node: TSESTree.Node;
}

const isText = ({ type }: TSESTree.TypeNode): boolean => type === "TSStringKeyword";

/** The read with the `!` or `as string` around it. */
function assertedBy(node: TSESTree.Node): TSESTree.Node | null {
  for (let current = node; ; ) {
    const { parent } = current;
    if (parent?.type === "TSNonNullExpression" && parent.expression === current) return parent;
    if (parent?.type === "TSAsExpression" || parent?.type === "TSTypeAssertion") return isText(parent.typeAnnotation) ? parent : null;
    if (parent?.type !== "ChainExpression") return null;
    current = parent;
  }
}

export const isAsserted = (node: TSESTree.Node): boolean => assertedBy(node) !== null;

/** Whether a template is an address or a credential, in which `undefined` is another one. */
function isAddressed(template: TSESTree.TemplateLiteral, whole: TSESTree.Node, name: string): boolean {
  // A key of the text `undefined`, which anybody can sign with: `${process.env.HOOK_SECRET}`.
  if (template.expressions.length === 1 && template.quasis.every(({ value }) => value.raw === "")) return /SECRET|_KEY$|PASSWORD|TOKEN/.test(name);
  const at = template.expressions.indexOf(whole as TSESTree.Expression);
  const [before = "", after = ""] = [template.quasis[at]?.value.raw, template.quasis[at + 1]?.value.raw];
  return /(?:\bBearer |\bBasic |:\/\/[^/\s]*|[?&]\w+=)$/.test(before) || (before === "" && at === 0 && /^\/\w/.test(after));
}

const speaking = /^(?:log|info|warn|error|debug|trace|write|print\w*|Error|\w*Error|\w*Exception)$/;

/** Whether text is only for a reader: a log, or an error. */
const isForReader = (node: TSESTree.Node): boolean =>
  ancestor(node, (outer) => {
    if (outer.type !== "CallExpression" && outer.type !== "NewExpression") return false;
    return speaking.test(calledName(outer.callee) ?? "");
  }) !== null;

const isNumber = (node: TSESTree.Node, source: Source): boolean => {
  if (node.type === "UnaryExpression") return node.operator === "+";
  if (node.type !== "CallExpression") return false;
  const origin = originOf(node.callee, source);
  return origin?.module === GLOBAL && /^(?:Number(?:\.parse(?:Int|Float))?|parseInt|parseFloat|BigInt)$/.test(origin.steps.join("."));
};

/** Whether a value is handed on where it stands: what has a name may still be looked at. */
function isUsedAtOnce(node: TSESTree.Node): boolean {
  const whole = outermost(node);
  const { parent } = whole;
  if (parent?.type === "Property") return parent.value === whole && parent.parent.type === "ObjectExpression" && outermost(parent.parent).parent?.type !== "VariableDeclarator";
  return (parent?.type === "CallExpression" || parent?.type === "NewExpression") && parent.callee !== whole && !looking.test(calledName(parent.callee) ?? "");
}

const looking = /^(?:is\w*|max|min|clamp\w*|finite\w*|positive\w*|valid\w*)$/i;

/** Whether an object is handed to a function or class of a package. */
function isForPackage(object: TSESTree.Node, source: Source): boolean {
  const whole = outermost(object);
  const { parent } = whole;
  if (parent?.type === "Property" && parent.value === whole) return isForPackage(parent.parent, source);
  if ((parent?.type !== "CallExpression" && parent?.type !== "NewExpression") || !parent.arguments.some((argument) => argument === whole)) return false;
  const origin = originOf(parent.callee, source);
  return origin !== null && origin.module !== GLOBAL;
}

/**
 * Whether a value is handed to what a package makes a client with, or shown by a component: clients look at the start whether they have
 * what they need, and a part of a page may be without it.
 */
function isLookedAt(value: TSESTree.Node, source: Source): boolean {
  for (let current: TSESTree.Node = value; current.parent; current = current.parent) {
    const { parent } = current;
    if (parent.type === "VariableDeclarator") return parent.init === current && parent.id.type === "Identifier" && areAllLookedAt(parent.id, source);
    if (parent.type === "JSXExpressionContainer") return true;
    if (parent.type === "Property" && optionalParts.test((keyName(parent.key, parent.computed) ?? "").replace(/Providers$/, "/"))) return true;
    if (parent.type === "NewExpression" || parent.type === "CallExpression") return makesClient(parent, source) || isAskedByCallee(parent, current, source);
    if (!/^(?:Property|ObjectExpression|ArrayExpression|ConditionalExpression|TS\w+)$/.test(parent.type) || (parent.type === "ConditionalExpression" && parent.test === current)) return false;
  }
  return false;
}

/** Whether all that is done with a constant is to make a client with it, or to hand it to what looks at it. */
function areAllLookedAt(name: TSESTree.Identifier, source: Source): boolean {
  const variable = variableOf(name, source);
  const reads = variable && !variable.defs.some(({ parent }) => parent?.parent.type === "ExportNamedDeclaration") ? readsOf(variable) : [];
  return reads.length > 0 && reads.every((read) => outermost(read).parent?.type !== "VariableDeclarator" && isLookedAt(outermost(read), source));
}

/** Whether a function of the file's own, or a method of its class, asks of a parameter what it is: a `switch`, or a test. */
function isAskedByCallee(call: TSESTree.CallExpression | TSESTree.NewExpression, value: TSESTree.Node, source: Source): boolean {
  const at = call.arguments.findIndex((argument) => argument === value);
  const fn = at === -1 ? null : ownCallee(call.callee, source);
  const parameter = fn?.params[at];
  const variable = parameter?.type === "Identifier" ? variableOf(parameter, source) : null;
  return variable !== null && readsOf(variable).some((read) => isTested(outermost(read)) || outermost(read).parent?.type === "SwitchStatement");
}

function ownCallee(callee: TSESTree.Node, source: Source): FunctionNode | null {
  const inner = unwrap(callee);
  if (inner.type === "Identifier") {
    const definition = variableOf(inner, source)?.defs[0]?.node;
    const value = definition?.type === "VariableDeclarator" ? definition.init : definition;
    return value && isFunction(value) ? value : null;
  }
  if (inner.type !== "MemberExpression" || inner.object.type !== "ThisExpression") return null;
  const owner = ancestor(inner, isClass);
  const method = owner && isClass(owner) ? owner.body.body.find((member) => member.type === "MethodDefinition" && keyName(member.key, member.computed) === memberName(inner)) : null;
  return method?.type === "MethodDefinition" && isFunction(method.value) ? method.value : null;
}

function makesClient({ type, callee }: TSESTree.CallExpression | TSESTree.NewExpression, source: Source): boolean {
  const origin = originOf(callee, source);
  if (!origin || origin.module === GLOBAL) return false;
  return type === "NewExpression" || /^(?:create|init|make|connect|neon|drizzle|postgres)|Provider$/i.test(calledName(callee) ?? "");
}

/** Whether an address is what a request is sent to: no client takes one that begins with `undefined`. */
function isAddressOfCall(template: TSESTree.TemplateLiteral): boolean {
  const whole = outermost(template);
  const { parent } = whole;
  if ((parent?.type !== "CallExpression" && parent?.type !== "NewExpression") || parent.arguments[0] !== whole || template.quasis[0]?.value.raw !== "") return false;
  return /^(?:fetch|URL|Request|axios|get|post|put|patch|delete|request|got|ky|\w*[fF]etch\w*)$/.test(calledName(parent.callee) ?? "");
}

/** Packages that fail for an answer of 401 by themselves. */
const failsForStatus: ReadonlySet<string> = new Set(["axios", "got", "ky", "ofetch"]);

/** Whether a credential is sent with a request of which code looks at the status: what comes back names the cause. */
function isAnswerLookedAt(template: TSESTree.TemplateLiteral, source: Source): boolean {
  return /\b(?:Bearer|Basic) $/.test(template.quasis[0]?.value.raw ?? "") && isOfRequestLookedAt(template, source);
}

/** Whether something is part of a request of which code looks at the status. */
function isOfRequestLookedAt(node: TSESTree.Node, source: Source): boolean {
  const call = ancestor(node, ({ type }) => type === "CallExpression");
  if (call?.type !== "CallExpression") return false;
  if (failsForStatus.has(originOf(call.callee, source)?.module ?? "")) return true;
  const fn = /^(?:fetch|\w*Fetch|request)$/.test(calledName(call.callee) ?? "") ? enclosingFunction(call) : null;
  return fn !== null && /\.(?:ok|status)\b/.test(source.text.slice(...fn.range));
}

/** Whether a file, or a branch of it, is for a part of the app that an operator may leave out. */
function isOptional(node: TSESTree.Node, source: Source): boolean {
  const facts = fileFacts(source);
  if (facts && optionalParts.test(pathInProject(facts))) return true;
  for (const condition of conditionsAt(node)) {
    const { range } = condition.kind === "test" ? condition.test : condition.subject;
    if (switches.test(source.text.slice(...range))) return true;
  }
  return false;
}

/**
 * Whether a read is of something that may be missing, or that another looks at: part of what an operator may leave out, given to what a
 * package makes a client with, or shown by a component.
 */
export const isLeftToOthers = (node: TSESTree.Node, name: string, source: Source): boolean =>
  optionalNames.test(name) || isOfRequestLookedAt(node, source) || isLookedAt(assertedBy(node) ?? outermost(node), source) || isOptional(node, source);

/** How a read of a variable takes it for granted, if it does. */
export function trustOf(node: TSESTree.Node, name: string, source: Source): EnvTrust | null {
  const trust = optionalNames.test(name) ? null : takenForGranted(node, name, source);
  return trust && !isOptional(node, source) ? trust : null;
}

/** `typedLookup(managers, name)`, `managers.get(name)` */
const lookups = /^(?:get|lookup|pick|\w*(?:Lookup|ByName|ByKey))$/;

/** Whether something is looked up by a value, and another taken where there is none: `managers[name] ?? standard`. A constant is followed to its reads. */
function isKeyWithDefault(value: TSESTree.Node, source: Source, hops = 1): boolean {
  const whole = outermost(value);
  const { parent } = whole;
  if (parent?.type === "VariableDeclarator" && parent.init === whole && parent.id.type === "Identifier" && hops > 0) {
    const variable = variableOf(parent.id, source);
    const reads = variable && !variable.defs.some(({ parent: declaration }) => declaration?.parent.type === "ExportNamedDeclaration") ? readsOf(variable) : [];
    return reads.length > 0 && reads.every((read) => isKeyWithDefault(read, source, hops - 1));
  }
  const isKey = (parent?.type === "MemberExpression" && parent.computed && parent.property === whole) || (parent?.type === "CallExpression" && parent.callee !== whole && lookups.test(calledName(parent.callee) ?? ""));
  const found = isKey ? outermost(parent) : null;
  return found?.parent?.type === "LogicalExpression" && found.parent.operator !== "&&" && found.parent.left === found;
}

function takenForGranted(node: TSESTree.Node, name: string, source: Source): EnvTrust | null {
  const asserted = assertedBy(node);
  if (asserted) return isLookedAt(asserted, source) || isKeyWithDefault(asserted, source) ? null : { kind: "asserted", node: asserted };
  if (node.type === "Property") return null;
  const whole = outermost(node);
  const { parent } = whole;
  if (!parent) return null;
  if (parent.type === "TemplateLiteral") return isAddressed(parent, whole, name) && !isForReader(parent) && !isAddressOfCall(parent) && !isAnswerLookedAt(parent, source) ? { kind: "text", node } : null;
  if (isNumber(parent, source)) return isUsedAtOnce(parent) ? { kind: "number", node: parent } : null;
  if (parent.type !== "Property" || parent.value !== whole || parent.parent.type !== "ObjectExpression") return null;
  const key = keyName(parent.key, parent.computed);
  return key !== null && neededOptions.test(key) && isForPackage(parent.parent, source) && !isLookedAt(whole, source) ? { kind: "option", node } : null;
}
