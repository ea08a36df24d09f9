import type { TSESTree } from "@typescript-eslint/utils";

import { decoratorComposers, globalGuards, guardDecorators, guards, plainDecorators, plainParameters, readParameters, requestScopes, tokenChecks } from "../../knowledge/auth-guards.js";
import { readText } from "../../project/disk.js";
import { fileFacts } from "../../project/file.js";
import { loadModule } from "../../project/modules.js";
import { filesAround } from "../../project/nearby.js";
import { readsOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, propertyOf, stringValue, unwrap } from "../../syntax/value.js";
import { ancestor, isClass, isFunction, walk } from "../../syntax/walk.js";
import { askedBy } from "./asked.js";
import { decoratorsOf, type Entry } from "../entries/entries.js";
import { speaksOfPolicy } from "./policies.js";
import { definitionOf, originOf, stepsText } from "../program/provenance.js";

type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

/** What stands before a handler: a question who asks and nothing more, nothing at all, or something that may know what they may do. */
export type Gate = "authentication" | "open" | "unknown";

type Kind = "authentication" | "neutral" | "other";

/** Strategies by which other programs say who they are. */
const machineStrategy = /key|basic|hmac|webhook|internal|service/i;

function kindOfExpression(node: TSESTree.Node, source: Source, left = 4): Kind {
  const inner = unwrap(node);
  if (left === 0) return "other";
  if (inner.type === "NewExpression") return kindOfExpression(inner.callee, source, left - 1);
  const value = definitionOf(inner, source);
  if (value?.kind === "external") {
    const path = stepsText(value.steps);
    const guard = guards.find((entry) => entry.module === value.module && entry.path === path);
    return guard && !isForMachines(inner) ? guard.kind : "other";
  }
  return value?.kind === "definition" && isClass(value.node) ? kindOfClass(value.node, value.source, left - 1) : "other";
}

const isForMachines = (node: TSESTree.Node): boolean => node.type === "CallExpression" && node.arguments.some((argument) => machineStrategy.test(stringValue(argument) ?? ""));

function kindOfClass(node: ClassNode, source: Source, left: number): Kind {
  if (speaksOfPolicy(source.text.slice(...node.body.range))) return "other";
  if (node.superClass) return kindOfExpression(node.superClass, source, left);
  return walk(node.body, source, (current) => (current.type === "CallExpression" && isTokenCheck(current, source) ? "stop" : undefined)) ? "authentication" : "other";
}

function isTokenCheck(call: TSESTree.CallExpression, source: Source): boolean {
  const origin = originOf(call.callee, source) ?? definitionOf(call.callee, source);
  return origin !== null && "steps" in origin && tokenChecks.some(({ module, calls }) => origin.module === module && calls.includes(stepsText(origin.steps)));
}

interface Decorated {
  readonly decorators?: readonly TSESTree.Decorator[] | undefined;
}

const expressionsOf = ({ decorators = [] }: Decorated): TSESTree.Expression[] => decorators.map(({ expression }) => expression);

/** The guards that decorators bind, or `null` where one of them is none that we know. */
const boundGuards = (node: Decorated, source: Source): Kind[] | null => guardsAmong(expressionsOf(node), source);

/** What a decorator of the project's own is composed of: `const Auth = () => applyDecorators(UseGuards(JwtGuard), ApiBearerAuth())`. */
function composedOf(expression: TSESTree.Node, source: Source): { readonly parts: TSESTree.Node[]; readonly source: Source } | null {
  const value = definitionOf(expression.type === "CallExpression" ? expression.callee : expression, source);
  if (value?.kind !== "definition" || !isFunction(value.node)) return null;
  const { body } = value.node;
  const only = body.type === "BlockStatement" ? body.body[0] : undefined;
  const result = body.type === "BlockStatement" ? (only?.type === "ReturnStatement" ? only.argument : null) : body;
  const call = result && unwrap(result);
  if (call?.type !== "CallExpression") return null;
  const origin = originOf(call.callee, value.source);
  const isComposer = origin !== null && decoratorComposers.some(({ module, name }) => origin.module === module && stepsText(origin.steps) === name);
  return isComposer ? { parts: call.arguments, source: value.source } : null;
}

function guardsAmong(expressions: readonly TSESTree.Node[], source: Source, left = 3): Kind[] | null {
  const found: Kind[] = [];
  for (const expression of expressions) {
    const composed = left > 0 ? composedOf(expression, source) : null;
    if (composed) {
      const inner = guardsAmong(composed.parts, composed.source, left - 1);
      if (!inner) return null;
      found.push(...inner);
      continue;
    }
    const origin = originOf(expression.type === "CallExpression" ? expression.callee : expression, source);
    const name = origin && stepsText(origin.steps);
    if (origin && name !== null && guardDecorators.some((entry) => entry.module === origin.module && entry.name === name)) {
      if (expression.type === "CallExpression") found.push(...expression.arguments.map((argument) => kindOfExpression(argument, source)));
    } else if (!origin || name === null || !isPlain(origin.module, name)) {
      return null;
    }
  }
  return found;
}

const isPlain = (module: string, name: string): boolean => plainDecorators.some((entry) => entry.module === module && (entry.names === "any" || entry.names.includes(name)));

/** Whether a handler does anything with a parameter. */
function isRead(parameter: TSESTree.Parameter, source: Source): boolean {
  const variable = parameter.type === "Identifier" ? variableOf(parameter, source) : null;
  return variable === null || readsOf(variable).length > 0;
}

/** Whether all parameters of a handler bring what was sent, and none who sent it. */
function takesInputOnly({ node }: Entry, source: Source): boolean {
  return node.params.every((parameter) => {
    const known = isRead(parameter, source) ? plainParameters : [...plainParameters, ...readParameters];
    const names = known.flatMap(({ module, names: among }) => decoratorsOf(parameter as Decorated, module, source).filter((name) => among.includes(name)));
    return names.length > 0 && names.length === expressionsOf(parameter).length;
  });
}

/** Whether a class is made anew for each request, or is given a store that travels with it. */
export function knowsRequest(owner: ClassNode, source: Source): boolean {
  if (owner.superClass) return true;
  const constructor = owner.body.body.find((element) => element.type === "MethodDefinition" && element.kind === "constructor");
  const fields = owner.body.body.filter((element) => element.type === "PropertyDefinition");
  return [...(constructor ? [constructor] : []), ...fields].some((element) => walk(element, source, (node) => (isRequestScope(node, source) ? "stop" : node.type !== "BlockStatement")));
}

function isRequestScope(node: TSESTree.Node, source: Source): boolean {
  if (node.type !== "Identifier" && node.type !== "TSTypeReference") return false;
  if (node.type === "Identifier" && !/^[A-Z]/.test(node.name)) return false;
  const origin = originOf(node, source);
  return origin !== null && requestScopes.some(({ module, names }) => module === origin.module && names.includes(stepsText(origin.steps)));
}

/** The guards that an application puts before all handlers. */
function applicationGuards(source: Source): Kind[] {
  const facts = fileFacts(source);
  return facts ? filesAround(facts.filename, registering).flatMap((file) => guardsIn(file, source)) : [];
}

const registering = /\.module\.[cm]?[jt]s$|^main\.[cm]?[jt]s$/;

function guardsIn(file: string, source: Source): Kind[] {
  const text = readText(file);
  if (text === null || !globalGuards.some(({ token, method }) => text.includes(token) || text.includes(method))) return [];
  const module = loadModule(file, source);
  const found: Kind[] = [];
  if (!module) return ["other"];
  walk(module.ast, module, (node) => {
    if (node.type === "CallExpression" && node.callee.type === "MemberExpression" && globalGuards.some(({ method }) => keyName((node.callee as TSESTree.MemberExpression).property, false) === method)) {
      found.push(...node.arguments.map((argument) => kindOfExpression(argument, module)));
    }
    if (node.type !== "ObjectExpression") return;
    const token = propertyOf(node, "provide");
    if (token === null || token === "unknown" || token.type !== "Identifier" || !globalGuards.some((entry) => entry.token === token.name)) return;
    const provided = propertyOf(node, "useClass");
    found.push(provided && provided !== "unknown" ? kindOfExpression(provided, module) : "other");
  });
  return found;
}

/** Whether a module has middleware run before its handlers that asks something of the request, or may. */
function hasAskingMiddleware(source: Source): boolean {
  const facts = fileFacts(source);
  return facts !== null && filesAround(facts.filename, registering).some((file) => {
    const module = readText(file)?.includes(".forRoutes(") === true ? loadModule(file, source) : null;
    return module !== null && walk(module.ast, module, (node) => {
      const isApplied = node.type === "CallExpression" && node.callee.type === "MemberExpression" && keyName(node.callee.property, false) === "apply";
      return isApplied && node.arguments.some((argument) => askedBy(argument, module).presence !== "missing") ? "stop" : undefined;
    });
  });
}

/** What stands before a handler of a decorated class. */
export function gateOf(entry: Entry, source: Source): Gate {
  const method = entry.node.parent as TSESTree.MethodDefinition;
  const owner = ancestor(method, isClass);
  if (!owner || knowsRequest(owner, source) || !takesInputOnly(entry, source)) return "unknown";
  const [onClass, onMethod] = [boundGuards(owner, source), boundGuards(method, source)];
  if (!onClass || !onMethod) return "unknown";
  const own = [...onClass, ...onMethod];
  if (own.includes("other")) return "unknown";
  const all = [...own, ...applicationGuards(source)];
  if (all.includes("other")) return "unknown";
  if (all.includes("authentication")) return "authentication";
  return hasAskingMiddleware(source) ? "unknown" : "open";
}
