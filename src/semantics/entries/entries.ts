import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import { jobRunners } from "../../knowledge/job-runners.js";
import { type EntryKind, type FileConvention, type HandlerShape, type Registration, type Responder, type Role, type WebFramework, webFrameworks } from "../../knowledge/web-frameworks.js";
import { currentPass, fileFacts } from "../../project/file.js";
import { dependsOn } from "../../project/package-json.js";
import { pathInProject } from "../../project/path.js";
import { variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { functionsIn } from "../../syntax/nodes.js";
import { keyName, memberName, outermost, unwrap } from "../../syntax/value.js";
import { ancestor, type FunctionNode, isClass, isFunction } from "../../syntax/walk.js";
import { originOf, stepsText } from "../program/provenance.js";

/** A function that answers requests, or that a queue or a clock runs: where the outside world comes in. */
export interface Entry {
  readonly framework: string;
  readonly kind: EntryKind;
  /** In capitals; `null` where one function answers several. */
  readonly method: string | null;
  readonly node: FunctionNode;
  /** How we know: what it is registered with, exported as, decorated or typed with. A helper that merely takes `(req, res)` is typed, or named so in plain JavaScript. */
  readonly by: "registration" | "file" | "decorator" | "directive" | "type";
  /** The call that it is handed to on its way (`withAuth(async (req) => …)`): who knows what that call does before and after. */
  readonly wrapper: TSESTree.CallExpression | null;
  readonly params: Readonly<Partial<Record<Role, TSESTree.Parameter>>>;
  /** The call that registers it, where one does: what stands before it there is run first. */
  readonly registration: TSESTree.CallExpression | null;
}

/** A place that a function's value reaches. */
type Standing = { readonly wrapper: TSESTree.CallExpression | null } & (
  | { readonly kind: "registered"; readonly framework: WebFramework; readonly shape: HandlerShape; readonly call: TSESTree.CallExpression | null }
  | { readonly kind: "exported"; readonly name: string; readonly key: string | null }
);

const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined => (Object.hasOwn(record, key) ? record[key] : undefined);

const stepsOf = (text: string): string[] => text.split(/\.|(?=\()/);

const registrations = new Map<string, { framework: WebFramework; registration: Registration; prefixes: string[][] }[]>();
for (const framework of [...webFrameworks, ...jobRunners]) {
  for (const registration of framework.registrations ?? []) {
    const row = { framework, registration, prefixes: (registration.on ?? []).map(stepsOf) };
    for (const module of registration.modules) registrations.set(module, [...(registrations.get(module) ?? []), row]);
  }
}

function isChain(steps: readonly string[], { methods, through = [] }: Registration): boolean {
  if (through === "any") return true;
  return steps.every((step, index) => {
    if (step === "()") return true;
    // What a plugin callback is given is the same object: `app.register((app) => …)`.
    if (step === "(0)") return through.includes(steps[index - 1] ?? "");
    return own(methods, step) !== undefined || through.includes(step);
  });
}

function shapeFor(steps: readonly string[], registration: Registration, prefixes: readonly string[][]): HandlerShape | undefined {
  if (prefixes.length === 0) return own(registration.methods, stepsText(steps));
  const shape = own(registration.methods, steps.at(-1) ?? "");
  const starts = (prefix: readonly string[]): boolean => prefix.length < steps.length && prefix.every((step, index) => steps[index] === step);
  return shape && prefixes.some((prefix) => starts(prefix) && isChain(steps.slice(prefix.length, -1), registration)) ? shape : undefined;
}

const methodNames = new Set([...registrations.values()].flatMap((rows) => rows.flatMap(({ registration: { methods } }) => Object.keys(methods).map((steps) => stepsOf(steps).at(-1)))));

/** A cheap look at a callee before it is followed: most callbacks are given to `map`, `then` and the like. */
function mayRegister(callee: TSESTree.Node): boolean {
  const method = callee.type === "MemberExpression" ? memberName(callee) : null;
  return method === null || methodNames.has(method);
}

/** The framework that a call registers handlers with, and the shape of these. */
export function registrationAt(call: TSESTree.CallExpression | TSESTree.NewExpression, source: Source): { framework: WebFramework; registration: Registration; shape: HandlerShape } | null {
  if (!mayRegister(call.callee)) return null;
  const origin = originOf(call.callee, source);
  for (const { framework, registration, prefixes } of (origin && registrations.get(origin.module)) ?? []) {
    const shape = shapeFor(origin?.steps ?? [], registration, prefixes);
    if (shape) return { framework, registration, shape };
  }
  return null;
}

/** A longer way from a function to where it is used is none that we would follow. */
const mostHops = 5;

/** Keys under which wrappers take the handler itself in an options object. */
const handlerKeys = /^(?:handler|resolve|GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/;

interface Way {
  readonly wrapper: TSESTree.CallExpression | null;
  readonly key: string | null;
  readonly hops: number;
}

/** Where the value of an expression goes: into a call, under a name, out of the module. */
function* standings(node: TSESTree.Node, source: Source, way: Way): Generator<Standing> {
  if (way.hops > mostHops) return;
  const on: Way = { ...way, hops: way.hops + 1 };
  const value = outermost(node);
  const parent = value.parent;
  switch (parent?.type) {
    case "CallExpression":
      if (parent.callee !== value) yield* inCall(parent, source, on);
      break;
    case "NewExpression":
      if (parent.callee !== value) yield* inConstruction(parent, source, on);
      break;
    case "ArrayExpression":
      yield* standings(parent, source, on);
      break;
    case "LogicalExpression":
    case "ConditionalExpression":
      yield* standings(parent, source, on);
      break;
    case "Property":
      if (parent.value === value && parent.parent.type === "ObjectExpression") yield* underKey(parent, parent.parent, source, on);
      break;
    case "VariableDeclarator":
      if (parent.id.type === "Identifier") yield* underName(parent.id, parent.parent.parent, source, on);
      break;
    case "ExportDefaultDeclaration":
    case "TSExportAssignment":
      yield { kind: "exported", name: "default", key: way.key, wrapper: way.wrapper };
      break;
    case "ExportSpecifier":
      yield { kind: "exported", name: parent.exported.type === "Identifier" ? parent.exported.name : parent.exported.value, key: way.key, wrapper: way.wrapper };
      break;
    case "AssignmentExpression":
      yield* assigned(parent, way);
      break;
  }
}

function* inCall(call: TSESTree.CallExpression, source: Source, way: Way): Generator<Standing> {
  const found = registrationAt(call, source);
  if (found) {
    const option = way.key === null ? "same" : own(found.registration.options ?? {}, way.key);
    const shape = option === "same" ? found.shape : option;
    if (shape) yield { kind: "registered", framework: found.framework, shape, call, wrapper: way.wrapper };
    // A definer such as `defineEventHandler` may stand in a file that says more.
    if (found.framework.files) yield* standings(call, source, { ...way, key: null });
    return;
  }
  yield* standings(call, source, { ...way, wrapper: way.wrapper ?? call, key: way.key !== null && !handlerKeys.test(way.key) ? way.key : null });
}

/** `new Worker("mails", async (job) => …)` */
function* inConstruction(construction: TSESTree.NewExpression, source: Source, { key, wrapper }: Way): Generator<Standing> {
  const found = registrationAt(construction, source);
  const option = key === null ? "same" : own(found?.registration.options ?? {}, key);
  const shape = option === "same" ? found?.shape : option;
  if (found && shape) yield { kind: "registered", framework: found.framework, shape, call: null, wrapper };
}

function* underKey(property: TSESTree.Property, object: TSESTree.ObjectExpression, source: Source, way: Way): Generator<Standing> {
  const key = keyName(property.key, property.computed);
  if (key === null) return;
  const target = outermost(object).parent;
  if (target?.type === "NewExpression") {
    yield* standings(object, source, { ...way, key });
  } else if (target?.type === "CallExpression") {
    if (handlerKeys.test(key) || registrationAt(target, source)) yield* standings(object, source, { ...way, key });
  } else if (target?.type === "AssignmentExpression" && isModuleExports(target.left)) {
    yield { kind: "exported", name: key, key: null, wrapper: way.wrapper };
  } else {
    yield* standings(object, source, { ...way, key });
  }
}

function* underName(name: TSESTree.Identifier, around: TSESTree.Node, source: Source, way: Way): Generator<Standing> {
  if (around.type === "ExportNamedDeclaration") yield { kind: "exported", name: name.name, key: way.key, wrapper: way.wrapper };
  const variable = variableOf(name, source);
  for (const reference of variable?.references ?? []) {
    if (reference.isRead()) yield* standings(reference.identifier, source, way);
  }
}

const isModuleExports = (node: TSESTree.Node): boolean =>
  node.type === "MemberExpression" && node.object.type === "Identifier" && node.object.name === "module" && memberName(node) === "exports";

function* assigned({ left }: TSESTree.AssignmentExpression, { wrapper, key }: Way): Generator<Standing> {
  if (isModuleExports(left)) yield { kind: "exported", name: "default", key, wrapper };
  if (left.type !== "MemberExpression") return;
  const name = memberName(left);
  const onExports = isModuleExports(left.object) || (left.object.type === "Identifier" && left.object.name === "exports");
  if (onExports && name !== null) yield { kind: "exported", name, key, wrapper };
}

function* standingsOf(fn: FunctionNode, source: Source): Generator<Standing> {
  const way: Way = { wrapper: null, key: null, hops: 0 };
  if (fn.type !== "FunctionDeclaration") {
    yield* standings(fn, source, way);
    return;
  }
  if (fn.parent.type === "ExportDefaultDeclaration") yield { kind: "exported", name: "default", key: null, wrapper: null };
  // `export default function () {}` has no name.
  const { id }: { id: TSESTree.Identifier | null } = fn;
  if (id) yield* underName(id, fn.parent, source, way);
}

interface File {
  readonly pass: number;
  readonly conventions: readonly { framework: WebFramework; convention: FileConvention }[];
  readonly isServerActions: boolean;
}

const files = new WeakMap<Source["ast"], File>();

function fileOf(source: Source): File {
  const known = files.get(source.ast);
  if (known?.pass === currentPass()) return known;
  const facts = fileFacts(source);
  const path = facts ? pathInProject(facts) : "";
  const conventions = webFrameworks.flatMap((framework) =>
    (framework.files ?? [])
      .filter((convention) => facts && convention.path.test(path) && (convention.dependencies?.some((name) => dependsOn(facts.filename, name)) ?? true))
      .map((convention) => ({ framework, convention })),
  );
  const file = { pass: currentPass(), conventions, isServerActions: hasDirective(source.ast.body, "use server") };
  files.set(source.ast, file);
  return file;
}

function hasDirective(statements: readonly TSESTree.Node[], directive: string): boolean {
  for (const statement of statements) {
    if (statement.type !== "ExpressionStatement" || statement.expression.type !== "Literal") return false;
    if (statement.expression.value === directive) return true;
  }
  return false;
}

function conventionFor(name: string, key: string | null, source: Source): { framework: WebFramework; shape: HandlerShape } | null {
  for (const { framework, convention } of fileOf(source).conventions) {
    const shape = own(convention.exports, name);
    const inPlace = convention.keys === undefined ? key === null : key !== null && (convention.keys === "any" || convention.keys.includes(key));
    if (shape && inPlace) return { framework, shape };
  }
  return null;
}

const parameterOf = (parameter: TSESTree.Parameter): TSESTree.Node => {
  const inner = parameter.type === "TSParameterProperty" ? parameter.parameter : parameter;
  return inner.type === "AssignmentPattern" ? inner.left : inner;
};

const typeOf = (parameter: TSESTree.Parameter): TSESTree.TypeNode | null => {
  const node = parameterOf(parameter);
  return "typeAnnotation" in node && node.typeAnnotation?.type === "TSTypeAnnotation" ? node.typeAnnotation.typeAnnotation : null;
};

/** The framework whose exported type stands here, and what that framework says about it. */
function typed<T>(type: TSESTree.TypeNode, source: Source, table: (framework: WebFramework) => { modules: readonly string[]; names: Readonly<Record<string, T>> } | null): { framework: WebFramework; found: T } | null {
  const origin = originOf(type, source);
  if (!origin || origin.steps.at(-1) !== "()") return null;
  const name = stepsText(origin.steps.slice(0, -1));
  for (const framework of webFrameworks) {
    const rows = table(framework);
    const found = rows?.modules.includes(origin.module) ? own(rows.names, name) : undefined;
    if (found !== undefined) return { framework, found };
  }
  return null;
}

/** Roles by the declared types of the parameters. */
function rolesByType(fn: FunctionNode, source: Source): { framework: WebFramework | null; params: Partial<Record<Role, TSESTree.Parameter>> } {
  const params: Partial<Record<Role, TSESTree.Parameter>> = {};
  let framework: WebFramework | null = null;
  for (const parameter of fn.params) {
    const type = typeOf(parameter);
    const role = type && typed(type, source, ({ types }) => (types ? { modules: types.modules, names: types.roles } : null));
    if (!role) continue;
    params[role.found] ??= parameter;
    framework ??= role.framework;
  }
  return { framework, params };
}

function rolesByPosition(fn: FunctionNode, { kind, params }: HandlerShape): { kind: EntryKind; params: Partial<Record<Role, TSESTree.Parameter>> } {
  // Express tells an error handler by its four parameters.
  const takesError = kind === "middleware" && params[0] === "request" && params.length === 3 && fn.params.length === 4;
  const roles: readonly Role[] = takesError ? ["error", ...params] : params;
  const found: Partial<Record<Role, TSESTree.Parameter>> = {};
  for (const [index, role] of roles.entries()) {
    const parameter = fn.params[index];
    if (parameter) found[role] = parameter;
  }
  return { kind: takesError ? "error-handler" : kind, params: found };
}

function entryFrom(fn: FunctionNode, framework: WebFramework, shape: HandlerShape, by: Entry["by"], wrapper: TSESTree.CallExpression | null, source: Source, registration: Entry["registration"] = null): Entry {
  const { kind, params } = rolesByPosition(fn, shape);
  return { framework: framework.name, kind, method: shape.method ?? null, node: fn, by, wrapper, params: { ...params, ...rolesByType(fn, source).params }, registration };
}

function decorated(fn: FunctionNode, source: Source): Entry | null {
  const method = fn.parent;
  if (method.type !== "MethodDefinition" || method.kind !== "method") return null;
  const owner = ancestor(method, isClass);
  if (!owner || !isDecorated(owner)) return null;
  for (const framework of webFrameworks) {
    for (const { module, onClass, onMethod, methods } of framework.decorations ?? []) {
      if (!decoratorsOf(owner, module, source).includes(onClass)) continue;
      const name = keyName(method.key, method.computed);
      const shape = onMethod ? decoratorsOf(method, module, source).map((decorator) => own(onMethod, decorator)).find(Boolean) : own(methods ?? {}, name ?? "");
      if (shape) return entryFrom(fn, framework, shape, "decorator", null, source);
    }
  }
  return null;
}

/** Some parsers of plain JavaScript leave the list out. */
export interface MayBeDecorated {
  readonly decorators?: readonly TSESTree.Decorator[] | undefined;
}

export const isDecorated = ({ decorators }: MayBeDecorated): boolean => decorators !== undefined && decorators.length > 0;

/** The decorators of a module that stand on a class, method or parameter. */
export function decoratorsOf({ decorators = [] }: MayBeDecorated, module: string, source: Source): string[] {
  return decorators.flatMap(({ expression }) => {
    const origin = originOf(expression.type === "CallExpression" ? expression.callee : expression, source);
    return origin?.module === module ? [stepsText(origin.steps)] : [];
  });
}

function byStanding(fn: FunctionNode, source: Source): Entry | null {
  const isAction = fileOf(source).isServerActions;
  for (const standing of standingsOf(fn, source)) {
    if (standing.kind === "registered") return entryFrom(fn, standing.framework, standing.shape, "registration", standing.wrapper, source, standing.call);
    const convention = conventionFor(standing.name, standing.key, source);
    if (convention) return entryFrom(fn, convention.framework, convention.shape, "file", standing.wrapper, source);
    if (isAction && standing.key === null && (fn.async || standing.wrapper)) return action(fn, standing.wrapper);
  }
  return null;
}

const action = (fn: FunctionNode, wrapper: TSESTree.CallExpression | null): Entry => ({
  framework: "server-action",
  kind: "action",
  method: null,
  node: fn,
  by: "directive",
  wrapper,
  params: {},
  registration: null,
});

/** `const handler: RequestHandler = (req, res) => …`, and `satisfies` and `as` of the same. */
function byHandlerType(fn: FunctionNode, source: Source): Entry | null {
  const parent = fn.parent;
  const type =
    parent.type === "VariableDeclarator" ? parent.id.typeAnnotation?.typeAnnotation : parent.type === "TSSatisfiesExpression" || parent.type === "TSAsExpression" ? parent.typeAnnotation : undefined;
  const found = type && typed(type, source, ({ handlerTypes }) => (handlerTypes ? { modules: handlerTypes.modules, names: handlerTypes.shapes } : null));
  return found ? entryFrom(fn, found.framework, found.found, "type", null, source) : null;
}

function byParameterTypes(fn: FunctionNode, source: Source): Entry | null {
  const { framework, params } = rolesByType(fn, source);
  if (!framework || !(params.response ?? params.context ?? params.request)) return null;
  const [first] = fn.params;
  const takesError = first !== undefined && fn.params.length === 4 && params.request === fn.params[1];
  return {
    framework: framework.name,
    kind: takesError ? "error-handler" : "route",
    method: null,
    node: fn,
    by: "type",
    wrapper: null,
    params: takesError ? { ...params, error: first } : params,
    registration: null,
  };
}

/** `(req, res) => res.json(…)` in plain JavaScript: a function whose parameters are called as a framework's are, and which answers as that does. */
function byParameterNames(fn: FunctionNode, source: Source): Entry | null {
  const filename = fileFacts(source)?.filename;
  const names = fn.params.map((parameter) => (parameter.type === "Identifier" && !parameter.typeAnnotation ? parameter.name : ""));
  for (const { name: framework, named, responder } of filename === undefined || names.length < 2 ? [] : webFrameworks) {
    const order = named?.orders.find((roles) => roles.length === names.length && roles.every((role, index) => own(named.roles, names[index] ?? "") === role));
    const response = fn.params[order?.indexOf("response") ?? -1];
    if (!named || !responder || !order || !response || filename === undefined || !dependsOn(filename, named.dependency) || !answersWith(response, responder, source)) continue;
    return {
      framework,
      kind: order[0] === "error" ? "error-handler" : "route",
      method: null,
      node: fn,
      by: "type",
      wrapper: null,
      params: Object.fromEntries(order.map((role, index) => [role, fn.params[index]])),
      registration: null,
    };
  }
  return null;
}

/** Whether something is sent through a parameter, or a status set. */
const answersWith = (parameter: TSESTree.Parameter, { send, status }: Responder, source: Source): boolean =>
  parameter.type === "Identifier" &&
  variableOf(parameter, source)?.references.some(({ identifier: { parent } }) => {
    const method = parent.type === "MemberExpression" && parent.parent.type === "CallExpression" ? memberName(parent) : null;
    return method !== null && (own(send, method) !== undefined || status.includes(method));
  }) === true;

const hasOwnDirective = (fn: FunctionNode): boolean => fn.async && fn.body.type === "BlockStatement" && hasDirective(fn.body.body, "use server");

const entries = new WeakMap<FunctionNode, { readonly pass: number; readonly entry: Entry | null }>();

/** The entry that a function is, or `null`. */
export function entryOf(fn: FunctionNode, source: Source): Entry | null {
  const known = entries.get(fn);
  if (known?.pass === currentPass()) return known.entry;
  const entry = decorated(fn, source) ?? (hasOwnDirective(fn) ? action(fn, null) : null) ?? byStanding(fn, source) ?? byHandlerType(fn, source) ?? byParameterTypes(fn, source) ?? byParameterNames(fn, source);
  entries.set(fn, { pass: currentPass(), entry });
  return entry;
}

/** The entry whose body a node runs in, through the callbacks and local functions that stand within it. */
export function entryAt(node: TSESTree.Node, source: Source): Entry | null {
  for (let current: TSESTree.Node | undefined = node; current; current = current.parent) {
    const entry = isFunction(current) ? entryOf(current, source) : null;
    if (entry) return entry;
  }
  return null;
}

/** What to call the entry, or else the function, that a node runs in: by its name where it has a telling one, or by the method that it answers. */
export function nameOfEntryAt(node: TSESTree.Node, source: Source): string {
  const entry = entryAt(node, source);
  const fn = entry?.node ?? ancestor(node, isFunction);
  const holder = fn && outermost(fn).parent;
  const id = fn && "id" in fn && fn.id ? fn.id : holder?.type === "VariableDeclarator" ? holder.id : null;
  const name = id?.type === "Identifier" ? id.name : holder?.type === "MethodDefinition" ? keyName(holder.key, holder.computed) : null;
  if (name !== null && !/^handler?$/.test(name)) return entry?.method === name ? `${name} request` : name;
  return entry?.method ? `${entry.method} request` : "Request";
}

const inFiles = new WeakMap<Source["ast"], { readonly pass: number; readonly entries: readonly Entry[] }>();

/** All entries of a file. */
export function entriesIn(source: Source): readonly Entry[] {
  const known = inFiles.get(source.ast);
  if (known?.pass === currentPass()) return known.entries;
  const found: Entry[] = [];
  inFiles.set(source.ast, { pass: currentPass(), entries: found });
  for (const fn of functionsIn(source)) {
    const entry = entryOf(fn, source);
    if (entry) found.push(entry);
  }
  return found;
}

/** The entry whose parameter a name is, and the role that it has there. */
export function roleOfName(name: TSESTree.Identifier, source: Source): { entry: Entry; role: Role } | null {
  const variable: TSESLint.Scope.Variable | null = variableOf(name, source);
  const definition = variable?.defs[0];
  if (definition?.type !== "Parameter") return null;
  const fn = definition.node as TSESTree.Node;
  const entry = isFunction(fn) ? entryOf(fn, source) : null;
  if (!entry) return null;
  for (const [role, parameter] of Object.entries(entry.params) as [Role, TSESTree.Parameter][]) {
    if (unwrap(parameterOf(parameter)) === definition.name) return { entry, role };
  }
  return null;
}
