import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import { exportsNamed } from "./exports.js";
import { variableNamed, variableOf } from "./scope.js";
import type { Source } from "./source.js";
import { keyName, memberName, propertyOf, stringValue, unwrap } from "./value.js";
import { ancestor, type FunctionNode, isClass, isFunction, isWithin, returnsOf, walk } from "./walk.js";

type Variable = TSESLint.Scope.Variable;
type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

/** The module name under which the host's globals (`fetch`, `process`, `Deno`) are known. */
export const GLOBAL = "(global)";

/**
 * Where a value comes from: a module's export (or a global), and what was done to it on the way.
 *
 * Steps are member names, `"()"` for a call, a `new` or "an instance of this declared type", `"(0)"` for the first
 * parameter of a callback given to what stands before, and `"[0]"` for the first element. So `prisma.user.findMany` is
 * `PrismaClient`, `()`, `user`, `findMany` of `@prisma/client`, whichever way the client came here. A default export is
 * named only where nothing follows it: `axios.get` is `get` of `axios`, as is `import { get } from "axios"`.
 */
export interface Origin {
  readonly module: string;
  readonly steps: readonly string[];
  /** The last call or `new` on the way: for a client instance, the place where it was made and configured. */
  readonly creation: TSESTree.CallExpression | TSESTree.NewExpression | TSESTree.TaggedTemplateExpression | null;
  /** The file that `creation` stands in. */
  readonly createdIn: Source | null;
  /** The type annotation that the origin was read from, for its type arguments (`Repository<Order>`). */
  readonly declaredAs: TSESTree.TypeNode | null;
}

/** What an expression is, as far as it can be followed: something from outside, or a definition in the project's own code. */
export type Value =
  | ({ readonly kind: "external" } & Origin)
  | { readonly kind: "definition"; readonly node: TSESTree.Node; readonly source: Source }
  | { readonly kind: "instance"; readonly node: ClassNode; readonly source: Source }
  | { readonly kind: "typed"; readonly node: TSESTree.Node; readonly source: Source };

/** What an import leads to: a module of the project, or a package. */
type Followed = { readonly source: Source } | { readonly package: string };

export interface ProvenanceHooks {
  /**
   * Opens the module behind a specifier, names the package that it belongs to, or answers `null` for what cannot be known.
   *
   * @param sought the name that an `export *` is followed for: a module that cannot have it need not be opened.
   */
  follow(specifier: string, from: Source, sought?: string): Followed | null;
  /** What a call of this package function gives back of its first argument: a memoizer the function, a hook what the function makes. */
  passesThrough(origin: Pick<Origin, "module" | "steps">): { gives: "argument" | "result"; under?: string } | null;
  /** Whether an origin is a client, which is made once and kept, and no result of one. */
  isClient?(origin: Origin): boolean;
  /** A number that grows whenever what was followed before may have changed. */
  pass(): number;
}

export interface Provenance {
  /** What an expression, a type or a declared name is; `null` when it cannot be known. */
  valueOf(node: TSESTree.Node, source: Source): Value | null;
  /** Where an expression comes from, when that is a package or the host; `null` otherwise. */
  originOf(node: TSESTree.Node, source: Source): Origin | null;
}

/** A chain longer than this is no code that a person wrote. */
const deepest = 128;

/** What has been answered about a file: what its expressions and types are, and what is found under names in its modules, objects and classes. */
interface Answers {
  readonly pass: number;
  readonly values: Map<TSESTree.Node, Value | null>;
  readonly types: Map<TSESTree.Node, Value | null>;
  readonly named: Map<TSESTree.Node, Map<string, Value | null>>;
}

const external = (module: string, steps: readonly string[], from?: Partial<Origin>): Value => ({
  kind: "external",
  module,
  steps,
  creation: from?.creation ?? null,
  createdIn: from?.createdIn ?? null,
  declaredAs: from?.declaredAs ?? null,
});

/** `default.get` of a package is its `get`, and so is `*.get` of its namespace. */
function stepsFrom(steps: readonly string[], next: string): readonly string[] {
  const [first] = steps;
  if (steps.length !== 1 || (first !== "default" && first !== "*")) return [...steps, next];
  return next.startsWith("(") ? ["default", next] : [next];
}

const transparentTypes = new Set(["Promise", "PromiseLike", "Awaited", "Readonly", "Partial", "Required", "NonNullable", "Omit", "Pick"]);

const hostObjects = new Set(["globalThis", "window", "self", "global"]);

/** The way from a pattern down to the name that it binds: `["data", "[0]"]`; `null` for what a pattern does not name. */
export function pathTo(name: TSESTree.Node, pattern: TSESTree.Node): string[] | null {
  const path: string[] = [];
  for (let node = name; node !== pattern; node = node.parent) {
    const parent = node.parent;
    if (!parent) return null;
    switch (parent.type) {
      case "Property": {
        const key = keyName(parent.key, parent.computed);
        if (key === null) return null;
        path.unshift(key);
        break;
      }
      case "ArrayPattern":
        path.unshift(`[${parent.elements.indexOf(node as never)}]`);
        break;
      case "AssignmentPattern":
      case "ObjectPattern":
        break;
      default:
        return null;
    }
  }
  return path;
}

/** Follows expressions to where they come from. Nothing is guessed from a name. */
export function createProvenance(hooks: ProvenanceHooks): Provenance {
  const memos = new WeakMap<Source["ast"], Answers>();

  function answersFor(source: Source): Answers {
    const pass = hooks.pass();
    const known = memos.get(source.ast);
    if (known?.pass === pass) return known;
    const answers: Answers = { pass, values: new Map(), types: new Map(), named: new Map() };
    memos.set(source.ast, answers);
    return answers;
  }

  let depth = 0;

  /** Answers a question once. One that leads back to itself, or too far, has no answer. */
  function once<Key>(answers: Map<Key, Value | null>, key: Key, find: () => Value | null): Value | null {
    const known = answers.get(key);
    if (known !== undefined) return known;
    if (depth >= deepest) return null;
    answers.set(key, null); // a circle ends here
    depth += 1;
    try {
      const value = find();
      answers.set(key, value);
      return value;
    } finally {
      depth -= 1;
    }
  }

  /** As {@link once}, for what a module, an object, a class or a type has under a name. */
  function onceNamed(node: TSESTree.Node, name: string, source: Source, find: () => Value | null): Value | null {
    const { named } = answersFor(source);
    let answers = named.get(node);
    if (!answers) named.set(node, (answers = new Map<string, Value | null>()));
    return once(answers, name, find);
  }

  const evaluate = (node: TSESTree.Node, source: Source): Value | null => once(answersFor(source).values, node, () => compute(node, source));

  function compute(node: TSESTree.Node, source: Source): Value | null {
    switch (node.type) {
      case "Identifier":
        return ofName(node, source);
      case "ThisExpression":
        return ofThis(node, source);
      case "MemberExpression": {
        const name = memberName(node);
        if (name === null) return null;
        if (node.object.type === "Identifier" && hostObjects.has(node.object.name)) {
          const variable = variableOf(node.object, source);
          if (!variable || variable.defs.length === 0) return external(GLOBAL, [name]);
        }
        const object = node.object.type === "Super" ? superOf(node, source) : evaluate(node.object, source);
        return object && member(object, name);
      }
      case "CallExpression":
      case "NewExpression":
        return ofCall(node, source);
      case "TaggedTemplateExpression": {
        const tag = evaluate(node.tag, source);
        return tag?.kind === "external" ? external(tag.module, stepsFrom(tag.steps, "()"), { creation: node, createdIn: source }) : null;
      }
      case "MetaProperty":
        return node.meta.name === "import" ? external(GLOBAL, ["import", node.property.name]) : null;
      case "ImportExpression": {
        const specifier = stringValue(node.source);
        return specifier === null ? null : imported(specifier, "*", source);
      }
      case "AwaitExpression":
        return evaluate(node.argument, source);
      case "ChainExpression":
      case "TSNonNullExpression":
      case "TSInstantiationExpression":
        return evaluate(node.expression, source);
      case "TSAsExpression":
      case "TSTypeAssertion":
      case "TSSatisfiesExpression": {
        const value = evaluate(node.expression, source);
        if (value && value.kind !== "definition") return value;
        return ofType(node.typeAnnotation, source) ?? value;
      }
      case "LogicalExpression":
        return either(evaluate(node.left, source), () => evaluate(node.right, source));
      case "ConditionalExpression":
        return either(evaluate(node.consequent, source), () => evaluate(node.alternate, source));
      case "AssignmentExpression":
        return evaluate(node.right, source);
      case "SequenceExpression": {
        const last = node.expressions.at(-1);
        return last ? evaluate(last, source) : null;
      }
      case "ObjectExpression":
      case "FunctionExpression":
      case "ArrowFunctionExpression":
      case "FunctionDeclaration":
      case "ClassDeclaration":
      case "ClassExpression":
      case "TSDeclareFunction":
        return { kind: "definition", node, source };
      default:
        return node.type.startsWith("TS") ? ofType(node as TSESTree.TypeNode, source) : null;
    }
  }

  /** `global.client ?? new Client()`: the side that can be followed to a package. */
  function either(first: Value | null, second: () => Value | null): Value | null {
    if (first && !(first.kind === "external" && first.module === GLOBAL) && first.kind !== "typed") return first;
    return second() ?? first;
  }

  function ofName(node: TSESTree.Identifier, source: Source): Value | null {
    if (node.name === "undefined") return null;
    const variable = variableOf(node, source);
    if (!variable || variable.defs.length === 0) return external(GLOBAL, [node.name]);
    return ofVariable(variable, source);
  }

  function ofVariable(variable: Variable, source: Source): Value | null {
    for (const definition of variable.defs) {
      const value = ofDefinition(definition, variable, source);
      if (value) return value;
    }
    return null;
  }

  function ofDefinition(definition: TSESLint.Scope.Definition, variable: Variable, source: Source): Value | null {
    switch (definition.type) {
      case "ImportBinding":
        return ofImport(definition.node, source);
      case "FunctionName":
      case "ClassName":
        return { kind: "definition", node: definition.node as TSESTree.Node, source };
      case "Type":
        return { kind: "typed", node: definition.node as TSESTree.Node, source };
      case "Variable":
        return ofDeclarator(definition.node, definition.name, variable, source);
      case "Parameter":
        return ofParameter(definition.node as FunctionNode, definition.name as TSESTree.Identifier, source);
      default:
        return null;
    }
  }

  function ofImport(node: TSESTree.Node, source: Source): Value | null {
    if (node.type === "TSImportEqualsDeclaration") {
      const specifier = node.moduleReference.type === "TSExternalModuleReference" ? stringValue(node.moduleReference.expression) : null;
      return specifier === null ? null : imported(specifier, "default", source);
    }
    const declaration = node.parent;
    if (declaration?.type !== "ImportDeclaration") return null;
    const specifier = declaration.source.value;
    if (node.type === "ImportDefaultSpecifier") return imported(specifier, "default", source);
    if (node.type === "ImportNamespaceSpecifier") return imported(specifier, "*", source);
    if (node.type !== "ImportSpecifier") return null;
    return imported(specifier, node.imported.type === "Identifier" ? node.imported.name : node.imported.value, source);
  }

  function imported(specifier: string, name: string, from: Source): Value | null {
    const target = hooks.follow(specifier, from);
    return target && fromModule(target, name);
  }

  const fromModule = (target: Followed, name: string): Value | null => ("package" in target ? external(target.package, [name]) : exported(name, target.source));

  /** What `require` gives: the namespace of a module with exports of its own, else what a CommonJS module was set to. */
  function required(specifier: string, from: Source): Value | null {
    const target = hooks.follow(specifier, from);
    if (!target) return null;
    if ("package" in target) return external(target.package, ["default"]);
    const isModule = target.source.ast.body.some(({ type }) => type.startsWith("Export"));
    return (isModule ? null : exported("default", target.source)) ?? exported("*", target.source);
  }

  function exported(name: string, source: Source): Value | null {
    if (name === "*") return { kind: "definition", node: source.ast, source };
    return onceNamed(source.ast, name, source, () => {
      const fromPackages: Value[] = [];
      for (const candidate of exportsNamed(name, source)) {
        if (candidate.kind === "own") {
          const value = evaluate(candidate.node, source);
          if (value) return value;
          continue;
        }
        const target = hooks.follow(candidate.specifier, source, candidate.star ? name : undefined);
        const value = target && fromModule(target, candidate.name);
        if (value && (!candidate.star || "source" in target)) return value;
        if (value) fromPackages.push(value);
      }
      // `export *` of a package may or may not bring the name: only what nothing else brings is taken from there.
      return fromPackages.length === 1 ? (fromPackages[0] as Value) : null;
    });
  }

  function ofDeclarator(declarator: TSESTree.VariableDeclarator, name: TSESTree.Identifier, variable: Variable, source: Source): Value | null {
    const path = pathTo(name, declarator.id);
    if (!path) return null;
    const annotated = declarator.id.typeAnnotation ? ofType(declarator.id.typeAnnotation.typeAnnotation, source) : null;
    const values = declarator.init ? [evaluate(declarator.init, source)] : [];
    for (const reference of variable.references) {
      if (!reference.isWrite() || reference.init || !reference.writeExpr) continue;
      // What a destructuring assignment writes is a part of its right side.
      if (reference.identifier.parent.type !== "AssignmentExpression") return annotated && along(annotated, path);
      if (isMadeFrom(variable, reference.writeExpr, source)) continue;
      const value = evaluate(reference.writeExpr, source);
      if (value) values.push(value);
    }
    const value = agreed(values);
    const followed = value && along(value, path);
    if (followed && followed.kind !== "definition") return followed;
    return (annotated && along(annotated, path)) ?? followed;
  }

  /** `query = query.limit(5)`: a builder stays what it is. */
  function isMadeFrom(variable: Variable, value: TSESTree.Node, source: Source): boolean {
    let node = unwrap(value);
    if (node.type !== "CallExpression") return false;
    while (node.type === "CallExpression" || node.type === "MemberExpression") node = unwrap(node.type === "CallExpression" ? node.callee : node.object);
    return node.type === "Identifier" && node.name === variable.name && variableOf(node, source) === variable;
  }

  /** The one value of several, when those that can be told are the same. */
  function agreed(values: (Value | null)[]): Value | null {
    const known = values.filter((value) => value !== null);
    const [first] = known;
    if (!first) return null;
    const same = known.every(
      (value) => value.kind === first.kind && (value.kind === "external" && first.kind === "external" ? value.module === first.module && value.steps.join() === first.steps.join() : "node" in value && "node" in first && value.node === first.node),
    );
    return same ? first : null;
  }

  function along(value: Value, path: readonly string[]): Value | null {
    let current: Value | null = value;
    for (const name of path) current = current && member(current, name);
    return current;
  }

  function ofParameter(fn: FunctionNode, name: TSESTree.Identifier, source: Source): Value | null {
    const index = fn.params.findIndex((parameter) => parameter.range[0] <= name.range[0] && name.range[1] <= parameter.range[1]);
    let parameter: TSESTree.Node | undefined = fn.params[index];
    if (parameter?.type === "TSParameterProperty") parameter = parameter.parameter;
    if (!parameter || parameter.type === "RestElement") return null;
    const fallback = parameter.type === "AssignmentPattern" ? parameter.right : null;
    const pattern = parameter.type === "AssignmentPattern" ? parameter.left : parameter;
    const path = pathTo(name, pattern);
    if (!path) return null;
    const annotation = "typeAnnotation" in pattern ? pattern.typeAnnotation?.typeAnnotation : undefined;
    const typed = annotation ? ofType(annotation, source) : null;
    const value = typed ?? (fallback && evaluate(fallback, source)) ?? ofCallbackParameter(fn, index, source) ?? parameterOf(expectedOf(fn, source), index);
    return (value && along(value, path)) ?? ofArguments(fn, index, path, source);
  }

  /** What a function is handed by the one that it is given to: `(0)` of `$transaction`, for its first parameter. */
  function ofCallbackParameter(fn: FunctionNode, index: number, source: Source): Value | null {
    let node: TSESTree.Node = fn;
    while (node.parent && unwrap(node.parent) === fn) node = node.parent;
    const call = node.parent;
    if (call?.type !== "CallExpression" && call?.type !== "NewExpression") return null;
    const position = call.arguments.indexOf(node as TSESTree.CallExpressionArgument);
    if (position === -1) return null;
    const callee = evaluate(call.callee, source);
    return callee && handedBy(callee, position, index);
  }

  /** What a function hands, as its parameter `index`, to the callback that it takes as its argument `position`. */
  function handedBy(callee: Value, position: number, index: number): Value | null {
    if (callee.kind === "external") return external(callee.module, stepsFrom(callee.steps, `(${index})`), { creation: callee.creation, createdIn: callee.createdIn });
    const declared = parameterOf(parameterOf(callee, position), index);
    if (declared || callee.kind !== "definition" || !isFunction(callee.node)) return declared;
    const { source } = callee;
    const parameter = callee.node.params[position];
    const variable = parameter?.type === "Identifier" ? variableOf(parameter, source) : null;
    if (!parameter || !variable) return null;
    return onceNamed(parameter, `(${index})`, source, () => handedTo(variable, index, source));
  }

  /** What the project's own function hands to a callback: what it calls it with, or what the function hands out that it passes it on to. */
  function handedTo(callback: Variable, index: number, source: Source): Value | null {
    const values = callback.references.map(({ identifier }) => {
      const call = identifier.parent;
      if (call.type !== "CallExpression") return null;
      if (call.callee === identifier) return call.arguments[index] ? evaluate(call.arguments[index], source) : null;
      const position = call.arguments.indexOf(identifier as TSESTree.Identifier);
      const callee = position === -1 ? null : evaluate(call.callee, source);
      return callee && handedBy(callee, position, index);
    });
    return agreed(values);
  }

  /** A parameter of a function, by its type. */
  function parameterOf(fn: Value | null, index: number): Value | null {
    if (!fn || fn.kind === "instance") return null;
    if (fn.kind === "external") return fn.steps.at(-1) === "()" ? external(fn.module, stepsFrom(fn.steps, `(${index})`)) : null;
    const { node } = fn;
    if (!isFunction(node) && node.type !== "TSFunctionType" && node.type !== "TSMethodSignature" && node.type !== "TSDeclareFunction") return null;
    const parameter = node.params[index];
    const pattern = parameter?.type === "AssignmentPattern" ? parameter.left : parameter;
    const annotation = pattern && "typeAnnotation" in pattern ? pattern.typeAnnotation?.typeAnnotation : undefined;
    return annotation ? ofType(annotation, fn.source) : null;
  }

  /** The type that is expected of an expression by what is around it: `const job: Job = { run: (context) => … }`. */
  function expectedOf(node: TSESTree.Node, source: Source): Value | null {
    const { parent } = node;
    switch (parent?.type) {
      case "VariableDeclarator":
        return parent.init === node && parent.id.typeAnnotation ? ofType(parent.id.typeAnnotation.typeAnnotation, source) : null;
      case "PropertyDefinition":
        return parent.value === node && parent.typeAnnotation ? ofType(parent.typeAnnotation.typeAnnotation, source) : null;
      case "TSSatisfiesExpression":
      case "TSAsExpression":
        return ofType(parent.typeAnnotation, source) ?? expectedOf(parent, source);
      case "Property": {
        const name = parent.value === node && parent.parent.type === "ObjectExpression" ? keyName(parent.key, parent.computed) : null;
        const object = name === null ? null : expectedOf(parent.parent, source);
        return object && name !== null ? member(object, name) : null;
      }
      case "ArrowFunctionExpression":
        return parent.body === node && parent.returnType ? ofType(parent.returnType.typeAnnotation, source) : null;
      case "ReturnStatement": {
        const fn = ancestor(parent, isFunction);
        return fn?.returnType ? ofType(fn.returnType.typeAnnotation, source) : null;
      }
      default:
        return null;
    }
  }

  /** The variable that a function is known by in its file, and by nothing else. */
  function nameOfFunction(fn: FunctionNode, source: Source): Variable | null {
    const holder = fn.type === "FunctionDeclaration" ? fn : fn.parent;
    const name = holder.type === "FunctionDeclaration" ? holder.id : holder.type === "VariableDeclarator" && holder.init === fn ? holder.id : null;
    const statement = holder.type === "VariableDeclarator" ? holder.parent : holder;
    return name?.type === "Identifier" && !statement.parent?.type.startsWith("Export") ? variableOf(name, source) : null;
  }

  /** What a function of the file gets from its callers, when they are all there to be seen and say the same. */
  function ofArguments(fn: FunctionNode, index: number, path: readonly string[], source: Source): Value | null {
    const variable = nameOfFunction(fn, source);
    const values: (Value | null)[] = [];
    for (const reference of variable?.references ?? []) {
      if (reference.isWrite()) continue;
      const { identifier } = reference;
      const call = identifier.parent;
      if (call.type !== "CallExpression" || call.callee !== identifier) return null;
      const argument = call.arguments.slice(0, index + 1).some(({ type }) => type === "SpreadElement") ? undefined : call.arguments[index];
      if (!argument) return null;
      // A function that calls itself passes on what it was given.
      if (isWithin(call, fn) && isGiven(argument, fn, source)) continue;
      const value = evaluate(argument, source);
      values.push(value && along(value, path));
    }
    return values.includes(null) ? null : agreed(values);
  }

  function isGiven(argument: TSESTree.Node, fn: FunctionNode, source: Source): boolean {
    const root = unwrap(argument);
    return root.type === "Identifier" && variableOf(root, source)?.defs[0]?.node === fn;
  }

  function ofThis(node: TSESTree.Node, source: Source): Value | null {
    const owner = ancestor(node, (candidate) => isClass(candidate) || candidate.type === "FunctionDeclaration" || (candidate.type === "FunctionExpression" && candidate.parent.type !== "MethodDefinition"));
    return isClass(owner) ? { kind: "instance", node: owner, source } : null;
  }

  function superOf(node: TSESTree.Node, source: Source): Value | null {
    const owner = ancestor(node, isClass);
    return owner && parentOf(owner, source);
  }

  /** An instance of the class that a class extends. */
  function parentOf(owner: ClassNode, source: Source): Value | null {
    const parent = owner.superClass ? evaluate(owner.superClass, source) : null;
    return parent && made(parent);
  }

  /** The instance of a package's class that an instance of the project's own class is as well. */
  function baseOf(owner: ClassNode, source: Source): Value | null {
    let parent = parentOf(owner, source);
    for (let left = deepest; parent?.kind === "instance" && left > 0; left -= 1) parent = parentOf(parent.node, parent.source);
    return parent;
  }

  function ofCall(node: TSESTree.CallExpression | TSESTree.NewExpression, source: Source): Value | null {
    const callee = unwrap(node.callee);
    if (callee.type === "Super") return null;
    if (callee.type === "Identifier" && callee.name === "require" && node.type === "CallExpression") {
      const specifier = stringValue(node.arguments[0]);
      const variable = variableNamed("require", node, source);
      if (specifier !== null && (!variable || variable.defs.length === 0)) return required(specifier, source);
    }
    const [first] = node.arguments;
    const target = evaluate(node.callee, source);
    if (target?.kind === "external") {
      if (target.module === GLOBAL && target.steps.length === 1 && target.steps[0] === "Proxy" && first) return proxied(node, source) ?? evaluate(first, source);
      const passed = hooks.passesThrough(target);
      if (passed && passed.under === undefined && first) return kept(first, passed.gives, source);
      return external(target.module, stepsFrom(target.steps, "()"), { creation: node, createdIn: source });
    }
    const result = target && (node.type === "NewExpression" ? made(target) : called(target));
    return result ?? remembered(node, source);
  }

  /** `new Proxy({}, { get: (_, name) => client()[name] })`: what a proxy of nothing reads from. */
  function proxied({ arguments: [target, handler] }: TSESTree.CallExpression | TSESTree.NewExpression, source: Source): Value | null {
    const [nothing, traps] = [target && unwrap(target), handler && unwrap(handler)];
    if (nothing !== target || nothing?.type !== "ObjectExpression" || nothing.properties.length > 0 || traps?.type !== "ObjectExpression") return null;
    const get = propertyOf(traps, "get");
    const name = isFunction(get as TSESTree.Node | null) ? (get as FunctionNode).params[1] : undefined;
    if (get === null || get === "unknown" || name?.type !== "Identifier") return null;
    const read: TSESTree.Node[] = [];
    walk(get, source, (node) => {
      if (node.type === "MemberExpression" && node.computed && node.property.type === "Identifier" && node.property.name === name.name) read.push(node.object);
      if (node.type === "CallExpression" && node.callee.type === "MemberExpression" && node.callee.object.type === "Identifier" && node.callee.object.name === "Reflect") read.push(...node.arguments.slice(0, 1));
    });
    return read[0] ? evaluate(read[0], source) : null;
  }

  /** What a memoizer or a hook keeps of its argument. */
  function kept(argument: TSESTree.Node, gives: "argument" | "result", source: Source): Value | null {
    const value = evaluate(argument, source);
    return gives === "result" && value?.kind === "definition" && isFunction(value.node) ? called(value) : value;
  }

  /** `useRef(client).current`: what a hook keeps under a name. */
  function keptUnder(name: string, { module, steps, creation, createdIn }: Origin): Value | null {
    if (steps.at(-1) !== "()" || creation?.type !== "CallExpression" || !createdIn || !creation.arguments[0]) return null;
    const passed = hooks.passesThrough({ module, steps: steps.slice(0, -1) });
    return passed?.under === name ? kept(creation.arguments[0], passed.gives, createdIn) : null;
  }

  /** An instance of a class, or of what a type names. */
  function made(value: Value): Value | null {
    if (value.kind === "external") return external(value.module, stepsFrom(value.steps, "()"), value);
    if (value.kind === "definition" && isClass(value.node)) return { kind: "instance", node: value.node, source: value.source };
    return null;
  }

  /** What a call of the project's own function gives back. */
  function called(value: Value): Value | null {
    if (value.kind === "typed") {
      const { node } = value;
      if (node.type === "TSMethodSignature" || node.type === "TSFunctionType") return node.returnType ? ofType(node.returnType.typeAnnotation, value.source) : null;
      return null;
    }
    if (value.kind !== "definition") return null;
    const { node, source } = value;
    if (!isFunction(node)) return null;
    const declaredType = node.returnType ? ofType(node.returnType.typeAnnotation, source) : null;
    if (!node.generator) {
      for (const result of returnsOf(node, source)) {
        const found = evaluate(result, source);
        if (found && (found.kind === "external" || found.kind === "instance")) return found;
        if (found && !declaredType) return found;
      }
    }
    return declaredType;
  }

  /** `remember("db", () => new Client())`: a function of the project's own that is given a factory gives back what that makes. */
  function remembered(node: TSESTree.CallExpression | TSESTree.NewExpression, source: Source): Value | null {
    for (const argument of node.arguments) {
      const factory = unwrap(argument);
      if (!isFunction(factory) || factory.params.length > 0) continue;
      const value = called({ kind: "definition", node: factory, source });
      const made = value?.kind === "external" && value.steps.at(-1) === "()" && value.module !== GLOBAL;
      if (made && (value.creation?.type === "NewExpression" || hooks.isClient?.(value))) return value;
    }
    return null;
  }

  function member(value: Value, name: string): Value | null {
    if (value.kind === "external") return keptUnder(name, value) ?? external(value.module, stepsFrom(value.steps, name), value);
    const { node, source } = value;
    if (node.type === "Program") return exported(name, source);
    return onceNamed(node, `${value.kind} ${name}`, source, () => {
      switch (value.kind) {
        case "instance":
          return ofInstanceMember(value.node, name, source);
        case "typed":
          return ofTypeMember(node, name, source);
        case "definition":
          return ofOwnMember(node, name, source);
      }
    });
  }

  /** What an object has from another that is spread into it. */
  function ofSpread(object: TSESTree.ObjectExpression, name: string, source: Source): Value | null {
    for (const candidate of object.properties) {
      const spread = candidate.type === "SpreadElement" ? evaluate(candidate.argument, source) : null;
      const found = spread && member(spread, name);
      if (found) return found;
    }
    return null;
  }

  function ofOwnMember(node: TSESTree.Node, name: string, source: Source): Value | null {
    if (node.type === "ObjectExpression") {
      const property = propertyOf(node, name);
      if (property === null) return null;
      if (property !== "unknown") return evaluate(property, source);
      return ofSpread(node, name, source);
    }
    if (!isClass(node)) return null;
    const own = node.body.body.find((candidate) => "key" in candidate && "static" in candidate && candidate.static && keyName(candidate.key, candidate.computed) === name);
    if (own?.type === "MethodDefinition") return ofMethod(own, source);
    if (own?.type === "PropertyDefinition") return own.value ? evaluate(own.value, source) : null;
    const parent = node.superClass ? evaluate(node.superClass, source) : null;
    return parent && member(parent, name);
  }

  function ofMethod(method: TSESTree.MethodDefinition, source: Source): Value | null {
    if (!isFunction(method.value)) return null;
    const definition: Value = { kind: "definition", node: method.value, source };
    return method.kind === "get" ? called(definition) : definition;
  }

  function ofInstanceMember(owner: ClassNode, name: string, source: Source): Value | null {
    let declared: Value | null = null;
    for (const element of owner.body.body) {
      if (element.type === "MethodDefinition" && element.kind === "constructor") {
        const found = ofConstructed(element, name, source);
        if (found) return found;
        continue;
      }
      if (!("key" in element) || element.static || keyName(element.key, element.computed) !== name) continue;
      if (element.type === "MethodDefinition") return ofMethod(element, source);
      if (element.type === "PropertyDefinition" || element.type === "AccessorProperty") {
        const value = element.value ? evaluate(element.value, source) : null;
        if (value && value.kind !== "definition") return value;
        const typed = element.typeAnnotation ? ofType(element.typeAnnotation.typeAnnotation, source) : null;
        if (typed && typed.kind !== "typed") return typed;
        declared ??= typed ?? value;
      }
    }
    const assigned = ofAssigned(owner, name, source);
    if (assigned ?? declared) return assigned ?? declared;
    const base = parentOf(owner, source);
    return base && member(base, name);
  }

  /** A field that the constructor declares as a parameter. */
  function ofConstructed(constructor: TSESTree.MethodDefinition, name: string, source: Source): Value | null {
    for (const parameter of constructor.value.params) {
      if (parameter.type !== "TSParameterProperty") continue;
      const target = parameter.parameter.type === "AssignmentPattern" ? parameter.parameter.left : parameter.parameter;
      if ("name" in target && target.name === name) return evaluate(target, source) ?? (target.typeAnnotation ? ofType(target.typeAnnotation.typeAnnotation, source) : null);
    }
    return null;
  }

  const assignments = new WeakMap<ClassNode, Map<string, TSESTree.Expression[]>>();

  /** What the methods of a class set its fields to. */
  function assignmentsIn(owner: ClassNode, source: Source): Map<string, TSESTree.Expression[]> {
    const known = assignments.get(owner);
    if (known) return known;
    const found = new Map<string, TSESTree.Expression[]>();
    walk(owner.body, source, (node) => {
      if (isClass(node) || node.type === "FunctionDeclaration" || (node.type === "FunctionExpression" && node.parent.type !== "MethodDefinition")) return false;
      if (node.type !== "AssignmentExpression" || node.left.type !== "MemberExpression" || node.left.object.type !== "ThisExpression") return true;
      const name = memberName(node.left);
      if (name !== null) found.set(name, [...(found.get(name) ?? []), node.right]);
      return true;
    });
    assignments.set(owner, found);
    return found;
  }

  /** A field that a method sets, when all that do agree. */
  const ofAssigned = (owner: ClassNode, name: string, source: Source): Value | null =>
    agreed((assignmentsIn(owner, source).get(name) ?? []).map((value) => evaluate(value, source)));

  const ofType = (type: TSESTree.TypeNode, source: Source): Value | null => once(answersFor(source).types, type, () => computeType(type, source));

  function computeType(type: TSESTree.TypeNode, source: Source): Value | null {
    switch (type.type) {
      case "TSTypeReference":
        return ofTypeReference(type, source);
      case "TSTypeQuery":
        return type.exprName.type === "TSImportType" ? null : ofEntity(type.exprName, source);
      case "TSUnionType":
        return ofUnion(type, source);
      case "TSIntersectionType":
        for (const part of type.types) {
          const value = ofType(part, source);
          if (value && value.kind !== "typed") return value;
        }
        return { kind: "typed", node: type, source };
      case "TSTypeLiteral":
      case "TSFunctionType":
        return { kind: "typed", node: type, source };
      case "TSIndexedAccessType":
        return ofIndexedAccess(type, source);
      default:
        return null;
    }
  }

  /** Of a client or the handle of its transaction, the handle: the part that has come the longest way. */
  function ofUnion(type: TSESTree.TSUnionType, source: Source): Value | null {
    let best: Value | null = null;
    for (const part of type.types) {
      const value = ofType(part, source);
      const isLonger = value?.kind === "external" && best?.kind === "external" && value.module === best.module && value.steps.length > best.steps.length;
      if (!best || isLonger) best = value;
    }
    return best;
  }

  /** `Client["user"]`, `Parameters<typeof send>[0]`, and `Parameters<Parameters<typeof db.transaction>[0]>[0]` for what a callback is handed. */
  function ofIndexedAccess(type: TSESTree.TSIndexedAccessType, source: Source): Value | null {
    const index = type.indexType.type === "TSLiteralType" && type.indexType.literal.type === "Literal" ? type.indexType.literal.value : null;
    if (typeof index === "string") {
      const object = ofType(type.objectType, source);
      return object && member(object, index);
    }
    const of = typeof index === "number" ? parametersOf(type.objectType) : null;
    if (!of || typeof index !== "number") return null;
    const inner = of.type === "TSIndexedAccessType" ? parametersOf(of.objectType) : null;
    const position = of.type === "TSIndexedAccessType" && of.indexType.type === "TSLiteralType" && of.indexType.literal.type === "Literal" ? of.indexType.literal.value : null;
    if (!inner || typeof position !== "number") return parameterOf(ofType(of, source), index);
    const callee = ofType(inner, source);
    return callee && handedBy(callee, position, index);
  }

  /** The function in `Parameters<…>`. */
  const parametersOf = (type: TSESTree.TypeNode): TSESTree.TypeNode | null =>
    type.type === "TSTypeReference" && type.typeName.type === "Identifier" && type.typeName.name === "Parameters" ? (type.typeArguments?.params[0] ?? null) : null;

  function ofEntity(name: TSESTree.EntityName, source: Source): Value | null {
    if (name.type === "Identifier") return evaluate(name, source);
    if (name.type === "ThisExpression") return ofThis(name, source);
    const left = ofEntity(name.left, source);
    return left && member(left, name.right.name);
  }

  function ofTypeReference(type: TSESTree.TSTypeReference, source: Source): Value | null {
    const { typeName } = type;
    const [argument] = type.typeArguments?.params ?? [];
    if (typeName.type === "Identifier" && argument && (variableOf(typeName, source)?.defs.length ?? 0) === 0) {
      if (transparentTypes.has(typeName.name)) return ofType(argument, source);
      if (typeName.name === "InstanceType") {
        const value = ofType(argument, source);
        return value && made(value);
      }
      if (typeName.name === "ReturnType") {
        const value = ofType(argument, source);
        return value && (value.kind === "external" ? external(value.module, stepsFrom(value.steps, "()"), value) : called(value));
      }
    }
    const value = ofEntity(typeName, source);
    if (!value) return null;
    if (value.kind === "external") return external(value.module, stepsFrom(value.steps, "()"), { declaredAs: type });
    if (value.kind === "definition" && isClass(value.node)) return { kind: "instance", node: value.node, source: value.source };
    if (value.kind === "typed" && value.node.type === "TSTypeAliasDeclaration") return ofType(value.node.typeAnnotation, value.source);
    return value.kind === "typed" ? value : null;
  }

  function ofTypeMember(node: TSESTree.Node, name: string, source: Source): Value | null {
    if (node.type === "TSIntersectionType") {
      for (const part of node.types) {
        const value = ofType(part, source);
        const found = value && member(value, name);
        if (found) return found;
      }
      return null;
    }
    const members = node.type === "TSTypeLiteral" ? node.members : node.type === "TSInterfaceDeclaration" ? node.body.body : [];
    for (const candidate of members) {
      if (candidate.type === "TSPropertySignature" && keyName(candidate.key, candidate.computed) === name) {
        return candidate.typeAnnotation ? ofType(candidate.typeAnnotation.typeAnnotation, source) : null;
      }
      if (candidate.type === "TSMethodSignature" && keyName(candidate.key, candidate.computed) === name) return { kind: "typed", node: candidate, source };
    }
    if (node.type !== "TSInterfaceDeclaration") return null;
    for (const heritage of node.extends) {
      const base = evaluate(heritage.expression, source);
      const value = base && (base.kind === "external" ? made(base) : base);
      const found = value && member(value, name);
      if (found) return found;
    }
    return null;
  }

  return {
    valueOf: evaluate,
    originOf(node, source) {
      const value = evaluate(node, source);
      if (value?.kind === "external") return value;
      const base = value?.kind === "instance" ? baseOf(value.node, value.source) : null;
      // An error of the project's own is not just any error.
      return base?.kind === "external" && base.module !== GLOBAL ? base : null;
    },
  };
}

/** The parts of an origin as one text, for look-ups in tables: `PrismaClient().user.findMany`. */
export const stepsText = (steps: readonly string[]): string => steps.reduce((text, step) => (text === "" || step.startsWith("(") || step.startsWith("[") ? text + step : `${text}.${step}`), "");

