import type { TSESTree } from "@typescript-eslint/utils";

import { environmentValidators } from "../../knowledge/configuration.js";
import { environmentTools } from "../../knowledge/project-tools.js";
import { fileFacts } from "../../project/file.js";
import { functionName } from "../../syntax/function-name.js";
import { callsNamed } from "../../syntax/nodes.js";
import { variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { lastNameOf, memberName, outermost, stringValue, unwrap, unwrapAwait } from "../../syntax/value.js";
import { ancestor, enclosingFunction, type FunctionNode, isFunction, isWithin, walk } from "../../syntax/walk.js";
import { envReadAt, isEnvironment } from "./env.js";

/** What a file asks of the environment before anything else runs. */
export interface StartChecks {
  /** What loading the file asks for: the environment as a whole, or variables one by one; `null` for nothing. */
  readonly onLoad: "whole" | "single" | null;
  /** Functions of the file that ask for the whole when they are called. */
  readonly checkers: readonly string[];
  /** What it calls when it is loaded that may be such a function of another file. */
  readonly calls: readonly string[];
}

export const nothingChecked: StartChecks = { onLoad: null, checkers: [], calls: [] };

/** How many variables are asked for by a helper, one by one, for them to be more than those of one service. */
const many = 5;

/** How many make an object of variables. */
const few = 3;

const validators = new Set(environmentValidators.map(({ module }) => module));

/** Calls that take a schema, or are one, and the environment. */
const validating = /^(?:parse|safeParse|parseAsync|decode\w*|validate\w*|check\w*|assert\w*|cleanEnv|parseEnv|from|Parse|Decode|Check)$/;

/** Calls of validators that read the environment by themselves. */
const reading = /^(?:createEnv|cleanEnv|parseEnv|envsafe|convict)$/;

/** Callbacks that run where they stand, or when the app is up. */
const runsInPlace = /^(?:map|flatMap|forEach|filter|find|some|every|reduce|then|catch|finally|listen|whenReady)$/;

/** The call that runs a function on the spot; `null` where it has to be called. */
function runner(fn: FunctionNode): TSESTree.CallExpression | null {
  const whole = outermost(fn);
  const { parent } = whole;
  if (parent?.type !== "CallExpression") return null;
  return parent.callee === whole || runsInPlace.test(lastNameOf(parent.callee)) ? parent : null;
}

/** Whether code runs when its file is loaded: at its top, or in a function that is called there. */
function runsOnLoad(node: TSESTree.Node, source: Source, left = 3): boolean {
  const fn = enclosingFunction(node);
  if (!fn) return true;
  const call = runner(fn);
  if (call) return runsOnLoad(call, source, left);
  const name = functionName(fn);
  if (name === null || left === 0) return false;
  // https://nextjs.org/docs/app/api-reference/file-conventions/instrumentation
  if (name === "register" && /(?:^|\/)instrumentation\.[cm]?[jt]s$/.test(fileFacts(source)?.filename ?? "")) return true;
  return callsNamed(source, (called) => called === name).some((each) => !isWithin(each, fn) && runsOnLoad(each, source, left - 1));
}

const isExit = (node: TSESTree.Node): boolean => node.type === "ThrowStatement" || (node.type === "CallExpression" && /^(?:exit|fail|abort)$/.test(lastNameOf(node.callee)));

const endsIn = (node: TSESTree.Node, source: Source): boolean => walk(node, source, (current) => (isExit(current) ? "stop" : undefined));

/** What runs together with a node: the function around it that is called, or the statements of the file. */
function aroundOf(node: TSESTree.Node): FunctionNode | TSESTree.Program | null {
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) if (!runner(fn)) return fn;
  return ancestor(node, ({ type }) => type === "Program") as TSESTree.Program | null;
}

/** Whether the app is stopped after a node for what it found. */
function mayStop(node: TSESTree.Node, source: Source): boolean {
  const around = aroundOf(node);
  if (!around) return false;
  if (around.type !== "Program") return endsIn(around.body, source);
  // At the top of a file: in the same statement, or in the one after it that asks.
  const at = around.body.findIndex((statement) => isWithin(node, statement));
  return around.body.slice(at, at + 4).some((statement, index) => (index === 0 || statement.type === "IfStatement") && endsIn(statement, source));
}

/** The name that a variable of the environment is asked for by, where it is none that is written out: `process.env[name]`. */
function nameGiven(node: TSESTree.Node, source: Source): TSESTree.Identifier | null {
  if (node.type === "MemberExpression") return node.computed && node.property.type === "Identifier" && isEnvironment(node.object, source) ? node.property : null;
  if (node.type !== "CallExpression" || lastNameOf(node.callee) !== "get") return null;
  const [name] = node.arguments;
  const callee = unwrap(node.callee);
  const isDeno = callee.type === "MemberExpression" && unwrap(callee.object).type === "MemberExpression" && memberName(unwrap(callee.object) as TSESTree.MemberExpression) === "env";
  return isDeno && name?.type === "Identifier" ? name : null;
}

/** A helper that ends the app where the variable is missing that it is asked for: `required("DATABASE_URL")`. */
function helperAround(name: TSESTree.Identifier, source: Source): FunctionNode | null {
  const definition = variableOf(name, source)?.defs[0];
  const fn = definition?.type === "Parameter" && isFunction(definition.node) ? definition.node : null;
  return fn && !runner(fn) && endsIn(fn.body, source) ? fn : null;
}

/** How many variables are asked for by calls of a helper when the file is loaded. */
function askedBy(helper: FunctionNode, source: Source): number {
  const name = functionName(helper);
  const calls = name === null ? [] : callsNamed(source, (called) => called === name);
  return new Set(calls.flatMap((call) => (call.type === "CallExpression" && runsOnLoad(call, source) ? (stringValue(call.arguments[0]) ?? []) : []))).size;
}

/** `{ DATABASE_URL: process.env.DATABASE_URL, … }`. */
function gathersEnvironment(node: TSESTree.Node, source: Source): boolean {
  const inner = unwrap(node);
  if (inner.type !== "ObjectExpression" || inner.properties.length < few) return false;
  return inner.properties.every((property) => property.type === "Property" && envReadAt(property.value, source) !== null);
}

function isWholeCheck(node: TSESTree.Node, source: Source): boolean {
  if (node.type === "CallExpression") {
    const name = lastNameOf(node.callee);
    if (validating.test(name) && node.arguments.some((argument) => isEnvironment(argument, source) || gathersEnvironment(argument, source))) return true;
    return reading.test(name) && importsValidator(source);
  }
  // `ConfigModule.forRoot({ validationSchema })`: https://docs.nestjs.com/techniques/configuration#schema-validation
  if (node.type !== "Property" || node.key.type !== "Identifier" || !/^(?:validationSchema|validate)$/.test(node.key.name)) return false;
  const call = node.parent.parent;
  return call.type === "CallExpression" && /^forRoot/.test(lastNameOf(call.callee)) && source.text.includes("@nestjs/config");
}

const imported = ({ ast }: Source): string[] => ast.body.flatMap((node) => (node.type === "ImportDeclaration" && node.importKind !== "type" ? [node.source.value] : []));

const packageOf = (specifier: string): string => specifier.split("/").slice(0, specifier.startsWith("@") ? 2 : 1).join("/");

const importsValidator = (source: Source): boolean => imported(source).some((specifier) => validators.has(specifier) || environmentTools.some(({ packages }) => packages.test(packageOf(specifier)))) || /\brequire\(\s*["'](?:envalid|convict|@t3-oss)/.test(source.text);

/** Packages that look at the environment as soon as they are loaded. */
const isLoading = (specifier: string): boolean => /^(?:dotenv-safe\/config|varlock\/auto-load|encore\.dev|@adonisjs\/env)/.test(specifier);

const mayCheck = /\benv\b|Env|\bvalidationSchema\b/;

/** The functions around a node and around their calls, by their names: who calls one of them asks what the node asks. */
function namesAround(node: TSESTree.Node, source: Source, left = 3): string[] {
  const fn = enclosingFunction(node);
  if (!fn || left === 0) return [];
  const name = functionName(fn);
  const calls = name === null ? [] : callsNamed(source, (called) => called === name).filter((call) => !isWithin(call, fn));
  return [...(name === null ? [] : [name]), ...namesAround(fn, source, left), ...calls.flatMap((call) => namesAround(call, source, left - 1))];
}

type Asked = { readonly node: TSESTree.Node; readonly of: "whole" | "single" };

/** What a node asks of the environment, and the place from which on it is asked. */
function askedAt(node: TSESTree.Node, source: Source): Asked | null {
  if (isWholeCheck(node, source)) return { node, of: "whole" };
  const name = nameGiven(node, source);
  const helper = name && helperAround(name, source);
  if (helper) {
    const count = askedBy(helper, source);
    return count === 0 ? null : { node: source.ast, of: count >= many ? "whole" : "single" };
  }
  if (name && mayStop(node, source)) return { node, of: "whole" };
  return node.type === "IfStatement" && endsIn(node.consequent, source) && asksVariable(node.test, source) ? { node, of: "single" } : null;
}

/** `if (!process.env.API_KEY)`; a comparison asks which one it is. */
const asksVariable = (test: TSESTree.Node, source: Source): boolean =>
  walk(test, source, (node) => (node.type === "MemberExpression" && node.parent.type !== "BinaryExpression" && envReadAt(node, source) !== null ? "stop" : undefined));

/** Whether a call is of what another file has. */
function isBrought(call: TSESTree.CallExpression, source: Source): boolean {
  const callee = unwrap(call.callee);
  if (callee.type !== "Identifier") return false;
  const definition = variableOf(callee, source)?.defs[0];
  if (definition?.type !== "Variable") return definition?.type === "ImportBinding";
  const init = definition.node.init && unwrapAwait(definition.node.init);
  return init?.type === "ImportExpression" || (init?.type === "CallExpression" && lastNameOf(init.callee) === "require");
}

/** What a file asks of the environment before anything else runs. */
export function startChecksIn(source: Source): StartChecks {
  if (!mayCheck.test(source.text)) return nothingChecked;
  const asked: Asked[] = imported(source).some(isLoading) ? [{ node: source.ast, of: "whole" }] : [];
  const calls = new Set<string>();
  walk(source.ast, source, (node) => {
    const found = askedAt(node, source);
    if (found) asked.push(found);
    if (node.type === "CallExpression" && isBrought(node, source) && runsOnLoad(node, source)) calls.add(lastNameOf(node.callee));
  });
  const onLoad = asked.filter(({ node }) => runsOnLoad(node, source)).map(({ of }) => of);
  return {
    onLoad: onLoad.includes("whole") ? "whole" : (onLoad[0] ?? null),
    checkers: [...new Set(asked.flatMap(({ node, of }) => (of === "whole" ? namesAround(node, source) : [])))],
    calls: [...calls],
  };
}
