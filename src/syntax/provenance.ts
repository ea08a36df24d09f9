import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import { exportsNamed } from "./exports.js";
import { variableNamed, variableOf } from "./scope.js";
import type { Source } from "./source.js";
import { keyName, memberName, propertyOf, stringValue, unwrap } from "./value.js";
import { ancestor, type FunctionNode, isClass, isFunction, walk } from "./walk.js";

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
  /** Opens the module behind a specifier, names the package that it belongs to, or answers `null` for what cannot be known. */
  follow(specifier: string, from: Source): Followed | null;
  /** The argument that a call of this package function gives back (a memoizer returns its first), or `null`. */
  passesThrough(origin: Origin): number | null;
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
const deepest = 64;

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
function pathTo(name: TSESTree.Node, pattern: TSESTree.Node): string[] | null {
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
  const memos = new WeakMap<Source["ast"], { pass: number; values: Map<TSESTree.Node, Value | null> }>();

  function memoOf(source: Source): Map<TSESTree.Node, Value | null> {
    const pass = hooks.pass();
    const known = memos.get(source.ast);
    if (known?.pass === pass) return known.values;
    const values = new Map<TSESTree.Node, Value | null>();
    memos.set(source.ast, { pass, values });
    return values;
  }

  let depth = 0;

  function evaluate(node: TSESTree.Node, source: Source): Value | null {
    const memo = memoOf(source);
    const known = memo.get(node);
    if (known !== undefined) return known;
    if (depth >= deepest) return null;
    memo.set(node, null); // a circle ends here
    depth += 1;
    try {
      const value = compute(node, source);
      memo.set(node, value);
      return value;
    } finally {
      depth -= 1;
    }
  }

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
    if (depth >= deepest) return null;
    depth += 1;
    try {
      const fromPackages: Value[] = [];
      for (const candidate of exportsNamed(name, source)) {
        if (candidate.kind === "own") {
          const value = evaluate(candidate.node, source);
          if (value) return value;
          continue;
        }
        const target = hooks.follow(candidate.specifier, source);
        const value = target && fromModule(target, candidate.name);
        if (value && (!candidate.star || "source" in target)) return value;
        if (value) fromPackages.push(value);
      }
      // `export *` of a package may or may not bring the name: only what nothing else brings is taken from there.
      return fromPackages.length === 1 ? (fromPackages[0] as Value) : null;
    } finally {
      depth -= 1;
    }
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
      const value = evaluate(reference.writeExpr, source);
      if (value) values.push(value);
    }
    const value = agreed(values);
    const followed = value && along(value, path);
    if (followed && followed.kind !== "definition") return followed;
    return (annotated && along(annotated, path)) ?? followed;
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
    const value = typed ?? (fallback && evaluate(fallback, source)) ?? ofCallbackParameter(fn, index, source);
    return value && along(value, path);
  }

  /** What a package hands to the function that it is given: `(0)` of `$transaction`, for its first parameter. */
  function ofCallbackParameter(fn: FunctionNode, index: number, source: Source): Value | null {
    let node: TSESTree.Node = fn;
    while (node.parent && unwrap(node.parent) === fn) node = node.parent;
    const call = node.parent;
    if (call?.type !== "CallExpression" && call?.type !== "NewExpression") return null;
    if (!call.arguments.includes(node as TSESTree.CallExpressionArgument)) return null;
    const callee = evaluate(call.callee, source);
    return callee?.kind === "external" ? external(callee.module, stepsFrom(callee.steps, `(${index})`), { creation: callee.creation, createdIn: callee.createdIn }) : null;
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
      if (target.module === GLOBAL && target.steps.length === 1 && target.steps[0] === "Proxy" && first) return evaluate(first, source);
      const index = hooks.passesThrough(target);
      const passed = index === null ? undefined : node.arguments[index];
      if (passed) return evaluate(passed, source);
      return external(target.module, stepsFrom(target.steps, "()"), { creation: node, createdIn: source });
    }
    const result = target && (node.type === "NewExpression" ? made(target) : called(target));
    return result ?? remembered(node, source);
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
      for (const result of resultsOf(node, source)) {
        const found = evaluate(result, source);
        if (found && (found.kind === "external" || found.kind === "instance")) return found;
        if (found && !declaredType) return found;
      }
    }
    return declaredType;
  }

  function resultsOf(fn: FunctionNode, source: Source): TSESTree.Node[] {
    if (fn.body.type !== "BlockStatement") return [fn.body];
    const results: TSESTree.Node[] = [];
    walk(fn.body, source, (node) => {
      if (isFunction(node) || isClass(node)) return false;
      if (node.type === "ReturnStatement" && node.argument) results.push(node.argument);
      return true;
    });
    return results;
  }

  /** `remember("db", () => new Client())`: a function of the project's own that is given a factory gives back what that makes. */
  function remembered(node: TSESTree.CallExpression | TSESTree.NewExpression, source: Source): Value | null {
    for (const argument of node.arguments) {
      const factory = unwrap(argument);
      if (!isFunction(factory) || factory.params.length > 0) continue;
      const value = called({ kind: "definition", node: factory, source });
      const made = value?.kind === "external" && value.steps.at(-1) === "()" && value.module !== GLOBAL;
      if (made && value.creation?.type === "NewExpression") return value;
    }
    return null;
  }

  function member(value: Value, name: string): Value | null {
    switch (value.kind) {
      case "external":
        return external(value.module, stepsFrom(value.steps, name), value);
      case "instance":
        return ofInstanceMember(value.node, name, value.source);
      case "typed":
        return ofTypeMember(value.node, name, value.source);
      case "definition":
        return ofOwnMember(value.node, name, value.source);
    }
  }

  function ofOwnMember(node: TSESTree.Node, name: string, source: Source): Value | null {
    if (node.type === "Program") return exported(name, source);
    if (node.type === "ObjectExpression") {
      const property = propertyOf(node, name);
      if (property === null) return null;
      if (property !== "unknown") return evaluate(property, source);
      for (const candidate of node.properties) {
        if (candidate.type !== "SpreadElement") continue;
        const spread = evaluate(candidate.argument, source);
        const found = spread && member(spread, name);
        if (found) return found;
      }
      return null;
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
        if (typed ?? value) return typed ?? value;
      }
    }
    const base = parentOf(owner, source);
    return base && member(base, name);
  }

  /** A field that the constructor declares as a parameter, or sets. */
  function ofConstructed(constructor: TSESTree.MethodDefinition, name: string, source: Source): Value | null {
    for (const parameter of constructor.value.params) {
      if (parameter.type !== "TSParameterProperty") continue;
      const target = (parameter.parameter.type === "AssignmentPattern" ? parameter.parameter.left : parameter.parameter);
      if (target.name === name) return evaluate(target, source) ?? (target.typeAnnotation ? ofType(target.typeAnnotation.typeAnnotation, source) : null);
    }
    const body = constructor.value.body;
    for (const statement of body?.body ?? []) {
      if (statement.type !== "ExpressionStatement" || statement.expression.type !== "AssignmentExpression") continue;
      const { left, right } = statement.expression;
      if (left.type === "MemberExpression" && left.object.type === "ThisExpression" && memberName(left) === name) return evaluate(right, source);
    }
    return null;
  }

  function ofType(type: TSESTree.TypeNode, source: Source): Value | null {
    if (depth >= deepest) return null;
    depth += 1;
    try {
      return computeType(type, source);
    } finally {
      depth -= 1;
    }
  }

  function computeType(type: TSESTree.TypeNode, source: Source): Value | null {
    switch (type.type) {
      case "TSTypeReference":
        return ofTypeReference(type, source);
      case "TSTypeQuery":
        return type.exprName.type === "TSImportType" ? null : ofEntity(type.exprName, source);
      case "TSUnionType":
      case "TSIntersectionType":
        for (const part of type.types) {
          const value = ofType(part, source);
          if (value && (type.type === "TSUnionType" || value.kind !== "typed")) return value;
        }
        return type.type === "TSIntersectionType" ? { kind: "typed", node: type, source } : null;
      case "TSTypeLiteral":
      case "TSFunctionType":
        return { kind: "typed", node: type, source };
      default:
        return null;
    }
  }

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
      const outer = value?.kind === "instance" ? baseOf(value.node, value.source) : value;
      return outer?.kind === "external" ? outer : null;
    },
  };
}

/** The parts of an origin as one text, for look-ups in tables: `PrismaClient().user.findMany`. */
export const stepsText = (steps: readonly string[]): string => steps.reduce((text, step) => (text === "" || step.startsWith("(") || step.startsWith("[") ? text + step : `${text}.${step}`), "");

