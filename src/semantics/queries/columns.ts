import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import type { Conditions, Orm, Place } from "../../knowledge/orms.js";
import { soleValueOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, propertyOf, stringValue, unwrap } from "../../syntax/value.js";
import { isFunction } from "../../syntax/walk.js";
import { originOf } from "../program/provenance.js";

/** A column that a query filters by, or writes. */
export interface Column {
  readonly name: string;
  /** The relations that lead to it from the query's own table, or the parts of a compound key. */
  readonly path: readonly string[];
  /** `"equals"`, or the library's own word for another comparison; in data `"set"`, or the word for another change; `"unknown"` where it depends. */
  readonly operator: string;
  /** What it is compared with, or set to; `null` where the operator needs nothing. */
  readonly value: TSESTree.Node | null;
  /** Whether it holds on every way through the query: not below an `OR` or a `NOT`, and not put in under a condition. */
  readonly always: boolean;
  /** The property, call or argument that names it. */
  readonly node: TSESTree.Node;
}

export interface Columns {
  readonly keys: readonly Column[];
  /** The expression that they were read from. */
  readonly node: TSESTree.Node;
  /** Whether these are all. */
  readonly complete: boolean;
}

const changing = new Set(["push", "unshift", "splice", "set", "assign"]);

/** Whether something is done to the object in a variable that changes what it holds. */
const isChanged = (variable: TSESLint.Scope.Variable): boolean =>
  variable.references.some(({ identifier }) => {
    let node: TSESTree.Identifier | TSESTree.JSXIdentifier | TSESTree.MemberExpression = identifier;
    while (node.parent.type === "MemberExpression" && node.parent.object === node) node = node.parent;
    const { parent } = node;
    if (parent.type === "AssignmentExpression") return parent.left === node && node !== identifier;
    if (parent.type === "UpdateExpression" || (parent.type === "UnaryExpression" && parent.operator === "delete")) return true;
    if (parent.type !== "CallExpression") return false;
    const name = parent.callee.type === "MemberExpression" ? (memberName(parent.callee) ?? "") : "";
    return changing.has(name) && (parent.callee === node || parent.arguments[0] === node);
  });

/** What an expression is once const hops are taken away, and whether it still holds what it was made with. */
function settled(node: TSESTree.Node, source: Source): { node: TSESTree.Node; sealed: boolean } {
  let inner = unwrap(node);
  let sealed = true;
  for (let hops = 5; inner.type === "Identifier" && hops > 0; hops -= 1) {
    const variable = variableOf(inner, source);
    const value = variable && soleValueOf(variable);
    if (!value) break;
    sealed &&= !isChanged(variable);
    inner = unwrap(value);
  }
  return { node: inner, sealed };
}

const isUndefined = (node: TSESTree.Node): boolean => node.type === "Identifier" && node.name === "undefined";

const isNothing = (node: TSESTree.Node): boolean => isUndefined(node) || (node.type === "Literal" && node.value === null);

/** The argument, or the property of one, that stands in a place of a call; `"unknown"` for what a spread may bring. */
export function at(call: TSESTree.CallExpression, place: Place, source: Source): TSESTree.Node | "unknown" | null {
  const [index = "0", property] = place.split(".");
  const argument = call.arguments[Number(index)];
  if (call.arguments.slice(0, Number(index) + 1).some(({ type }) => type === "SpreadElement")) return "unknown";
  if (!argument || property === undefined) return argument ?? null;
  const { node, sealed } = settled(argument, source);
  if (isNothing(node)) return null;
  if (node.type !== "ObjectExpression") return "unknown";
  const value = propertyOf(node, property, source);
  return value ?? (sealed ? null : "unknown");
}

function isFromOrm(module: string, { parts }: Orm): boolean {
  const modules = Object.values(parts).flatMap((part) => Object.keys(part.from ?? {}));
  return modules.some((known) => (known.endsWith("/*") ? module.startsWith(known.slice(0, -1)) : known === module));
}

/** The name under which the library exports the function that is called, or that it hands to the callback around. */
function exportedName(callee: TSESTree.Node, orm: Orm, source: Source): string | null {
  const inner = unwrap(callee);
  if (inner.type !== "Identifier" && inner.type !== "MemberExpression") return null;
  const origin = originOf(inner, source);
  if (origin) return isFromOrm(origin.module, orm) ? (origin.steps.at(-1) ?? null) : null;
  return inner.type === "Identifier" && variableOf(inner, source)?.defs[0]?.type === "Parameter" ? inner.name : null;
}

/** A condition nested deeper than this is no code that a person wrote; most likely it contains itself. */
const deepest = 20;

class Reader {
  readonly keys: Column[] = [];
  complete = true;
  private depth = 0;

  constructor(
    private readonly orm: Orm,
    private readonly source: Source,
    private readonly operator: "equals" | "set" = "equals",
  ) {}

  private add(name: string, path: readonly string[], operator: string, value: TSESTree.Node | null, always: boolean, node: TSESTree.Node): void {
    this.keys.push({ name, path, operator, value, always, node });
  }

  /** Goes on into what a condition is made of. */
  private into(step: () => void): void {
    if (this.depth >= deepest) {
      this.complete = false;
      return;
    }
    this.depth += 1;
    step();
    this.depth -= 1;
  }

  /** `{ column: value }`, and what it is made of: other objects, spreads, conditions. */
  object(node: TSESTree.Node, path: readonly string[], always: boolean): void {
    this.into(() => this.objectHere(node, path, always));
  }

  private objectHere(node: TSESTree.Node, path: readonly string[], always: boolean): void {
    const { node: inner, sealed } = settled(node, this.source);
    this.complete &&= sealed;
    switch (inner.type) {
      case "ObjectExpression":
        this.properties(inner, path, always);
        return;
      case "ArrayExpression":
        for (const element of inner.elements) if (element) this.object(element, path, always && (inner.elements.length === 1 || this.operator === "set"));
        return;
      case "SpreadElement":
        this.object(inner.argument, path, always);
        return;
      case "ConditionalExpression":
        this.object(inner.consequent, path, false);
        this.object(inner.alternate, path, false);
        return;
      case "LogicalExpression":
        if (inner.operator !== "&&") this.object(inner.left, path, false);
        this.object(inner.right, path, false);
        return;
      default:
        this.complete &&= isNothing(inner);
    }
  }

  private properties(object: TSESTree.ObjectExpression, path: readonly string[], always: boolean): void {
    const before = this.keys.length;
    for (const property of object.properties) this.property(property, path, always, before);
  }

  private property(property: TSESTree.ObjectExpression["properties"][number], path: readonly string[], always: boolean, before: number): void {
    if (property.type === "SpreadElement") {
      this.object(property.argument, path, always);
      return;
    }
    const { and, or, not, through, without, sets, changes } = this.orm.conditions;
    const { value } = property;
    const name = this.keyOf(property);
    // What a spread has brought under this name goes.
    if (name !== null) this.forget(name, path.length, before);
    if (name === null) this.complete = false;
    else if (isUndefined(value)) return;
    else if (this.operator === "set" && sets?.includes(name)) this.object(value, path, always);
    else if (this.operator === "set" && changes?.includes(name)) this.changes(name, value, path, always);
    else if (this.operator === "set") this.add(name, path, "set", value, always, property);
    else if (and.includes(name)) this.each(value, path, always);
    else if (or.includes(name)) this.object(value, path, always && this.isSingle(value));
    else if (not.includes(name) || without.includes(name)) this.object(value, path, false);
    else if (through.includes(name)) this.object(value, path, always);
    else this.column(name, value, path, always, property);
  }

  /** The name of a property; `[Op.gt]` goes by the name of the member. */
  private keyOf({ key, computed }: TSESTree.Property): string | null {
    const { symbols } = this.orm.conditions;
    if (!computed || key.type !== "MemberExpression" || symbols === undefined) return keyName(key, computed);
    const origin = originOf(key, this.source);
    return origin && isFromOrm(origin.module, this.orm) && origin.steps.at(-2) === symbols ? (origin.steps.at(-1) ?? null) : null;
  }

  /** `{ $inc: { stock: -1 } }`. */
  private changes(word: string, node: TSESTree.Node, path: readonly string[], always: boolean): void {
    const { node: inner, sealed } = settled(node, this.source);
    this.complete &&= sealed && inner.type === "ObjectExpression";
    for (const property of inner.type === "ObjectExpression" ? inner.properties : []) {
      const name = property.type === "Property" ? this.keyOf(property) : null;
      if (name === null || property.type !== "Property") this.complete = false;
      else this.add(name, path, word, property.value, always, property);
    }
  }

  private forget(name: string, depth: number, from: number): void {
    const kept = this.keys.splice(from).filter((key) => (key.path[depth] ?? key.name) !== name);
    this.keys.push(...kept);
  }

  /** A list, or one, of conditions that all hold. */
  private each(node: TSESTree.Node, path: readonly string[], always: boolean): void {
    const { node: inner, sealed } = settled(node, this.source);
    if (inner.type === "ArrayExpression") {
      this.complete &&= sealed;
      for (const element of inner.elements) if (element) this.object(element, path, always);
    } else {
      this.object(node, path, always);
    }
  }

  private isSingle(node: TSESTree.Node): boolean {
    const { node: inner, sealed } = settled(node, this.source);
    return sealed && inner.type === "ArrayExpression" && inner.elements.length === 1 && inner.elements[0]?.type !== "SpreadElement";
  }

  private column(name: string, value: TSESTree.Node, path: readonly string[], always: boolean, node: TSESTree.Node): void {
    const { node: inner } = settled(value, this.source);
    const word = inner.type === "CallExpression" ? this.nameOf(inner.callee) : null;
    if (inner.type === "CallExpression" && word !== null && this.compares(word)) {
      this.add(name, path, this.wordFor(word), inner.arguments[0] ?? null, always, node);
    } else if (inner.type === "ObjectExpression") {
      this.comparisons(name, inner, path, always, node);
    } else {
      this.add(name, path, this.isPlain(inner) ? "equals" : "unknown", value, always, node);
    }
  }

  /** `{ gte: from, lt: to }` for a column, or the columns of a relation. */
  private comparisons(name: string, object: TSESTree.ObjectExpression, path: readonly string[], always: boolean, node: TSESTree.Node): void {
    const nameOf = (property: TSESTree.ObjectExpression["properties"][number]): string => (property.type === "Property" ? (this.keyOf(property) ?? "") : "");
    const found = object.properties.filter((property) => this.compares(nameOf(property)));
    for (const property of found) if (property.type === "Property") this.add(name, path, this.wordFor(nameOf(property)), property.value, always, node);
    if (found.length === 0) this.object(object, [...path, name], always);
  }

  private nameOf(callee: TSESTree.Node): string | null {
    return exportedName(callee, this.orm, this.source);
  }

  private compares(word: string): boolean {
    return this.orm.conditions.compare.includes(word);
  }

  private wordFor(word: string): string {
    return this.orm.conditions.equal.includes(word) ? "equals" : word;
  }

  /** Whether a value is one to be equal to, and not perhaps an object of comparisons. */
  private isPlain(node: TSESTree.Node): boolean {
    if (node.type !== "ConditionalExpression" && node.type !== "LogicalExpression") return true;
    const sides = node.type === "ConditionalExpression" ? [node.consequent, node.alternate] : [node.left, node.right];
    return !sides.some((side) => settled(side, this.source).node.type === "ObjectExpression");
  }

  /** `and(eq(users.id, id), …)`. */
  expression(node: TSESTree.Node, always: boolean): void {
    this.into(() => this.expressionHere(node, always));
  }

  private expressionHere(node: TSESTree.Node, always: boolean): void {
    const { node: inner, sealed } = settled(node, this.source);
    this.complete &&= sealed;
    switch (inner.type) {
      case "CallExpression":
        this.call(inner, always);
        break;
      case "ArrowFunctionExpression":
        if (inner.body.type === "BlockStatement") this.complete = false;
        else this.expression(inner.body, always);
        break;
      case "SpreadElement":
        this.expression(inner.argument, always);
        break;
      case "ArrayExpression":
        for (const element of inner.elements) if (element) this.expression(element, always);
        break;
      case "ConditionalExpression":
        this.expression(inner.consequent, false);
        this.expression(inner.alternate, false);
        break;
      case "LogicalExpression":
        if (inner.operator !== "&&") this.expression(inner.left, false);
        this.expression(inner.right, false);
        break;
      case "ObjectExpression":
        this.object(inner, [], always);
        break;
      default:
        this.complete &&= isNothing(inner);
    }
  }

  private call(call: TSESTree.CallExpression, always: boolean): void {
    const word = this.nameOf(call.callee);
    const { and, or, not } = this.orm.conditions;
    const [first, second] = call.arguments;
    const column = first ? columnName(first) : null;
    if (word !== null && (and.includes(word) || or.includes(word) || not.includes(word))) {
      const holds = and.includes(word) || (or.includes(word) && call.arguments.length === 1 && first?.type !== "SpreadElement");
      for (const argument of call.arguments) this.expression(argument, always && holds);
    } else if (word !== null && this.compares(word) && column !== null) {
      this.add(column, [], this.wordFor(word), second ?? null, always, call);
    } else {
      this.complete = false;
    }
  }

  /** `.eq("id", id)`, `.where("team.id", "=", id)`. */
  pair(call: TSESTree.CallExpression, conditions: Extract<Conditions, { as: "pair" }>, always: boolean): void {
    const name = stringValue(call.arguments[0]);
    const word = "operator" in conditions ? conditions.operator : stringValue(call.arguments[conditions.operatorAt]);
    if (name === null || word === null) {
      this.complete = false;
      return;
    }
    const path = name.split(".");
    this.add(path.at(-1) as string, path.slice(0, -1), this.wordFor(word), call.arguments[conditions.value ?? 1] ?? null, always, call);
  }

  /** `.where({ id })`, `.where("id", id)`, `.where("age", ">", 18)`. */
  columns(call: TSESTree.CallExpression, always: boolean): void {
    const [first, second, third] = call.arguments;
    const inner = first && settled(first, this.source).node;
    if (!first || !inner || isFunction(inner) || call.arguments.some(({ type }) => type === "SpreadElement")) this.complete = false;
    else if (second === undefined) this.object(first, [], always);
    else this.pair(call, third ? { as: "pair", operatorAt: 1, value: 2 } : { as: "pair", operator: "equals" }, always);
  }

  /** SQL keeps its secrets; what it compares with a named parameter can be read. */
  text(call: TSESTree.CallExpression, { at: place, parameters }: Extract<Conditions, { as: "text" }>): void {
    this.complete = false;
    const node = at(call, place, this.source);
    const text = node && node !== "unknown" ? stringValue(settled(node, this.source).node) : null;
    const values = parameters ? at(call, parameters, this.source) : null;
    const object = values && values !== "unknown" ? settled(values, this.source).node : null;
    if (text === null || node === null || node === "unknown") return;
    for (const [, name = "", operator, parameter = ""] of text.matchAll(/(\w+)["`\]]?\s*(=|<>|!=|>=|<=|>|<|\bI?LIKE\b|\bIN\b)\s*(?:\(\s*)?:(?:\.\.\.)?(\w+)/gi)) {
      const value = object?.type === "ObjectExpression" ? propertyOf(object, parameter, this.source) : null;
      this.add(name, [], operator === "=" ? "equals" : (operator as string).toLowerCase(), value === "unknown" ? null : value, !/\b(?:or|not)\b/i.test(text), node);
    }
  }
}

/** The column that `users.id`, or a variable of its own, stands for. */
function columnName(node: TSESTree.Node): string | null {
  const inner = unwrap(node);
  if (inner.type === "MemberExpression") return memberName(inner);
  return inner.type === "Identifier" ? inner.name : null;
}

const opaque = (node: TSESTree.Node): Columns => ({ keys: [], node, complete: false });

/**
 * Reads the conditions that one call of a query puts on the rows.
 *
 * @returns `null` when it puts none.
 */
export function conditionsOf(call: TSESTree.CallExpression, conditions: Conditions, orm: Orm, source: Source): Columns | null {
  const reader = new Reader(orm, source);
  const done = (node: TSESTree.Node): Columns => ({ keys: reader.keys, node, complete: reader.complete });
  if (conditions.as === "pair" || conditions.as === "columns") {
    if (conditions.as === "pair") reader.pair(call, conditions, true);
    else reader.columns(call, true);
    return done(call);
  }
  const node = at(call, conditions.at, source);
  if (node === "unknown") return opaque(call.arguments[0] ?? call);
  if (node === null || isNothing(unwrap(node))) return null;
  if (conditions.as === "text") {
    reader.text(call, conditions);
    return done(node);
  }
  if (conditions.as === "expression") {
    reader.expression(node, true);
    return done(node);
  }
  const { node: inner } = settled(node, source);
  if (conditions.bare !== undefined && inner.type !== "ObjectExpression" && inner.type !== "ArrayExpression") {
    return { keys: [{ name: conditions.bare, path: [], operator: "equals", value: node, always: true, node }], node, complete: false };
  }
  reader.object(node, [], true);
  return done(node);
}

/** The object that a callback gives back at once: `items.map((item) => ({ … }))`. */
function mappedObject(node: TSESTree.Node): TSESTree.Node | null {
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression" || memberName(node.callee) !== "map") return null;
  const [callback] = node.arguments;
  if (!isFunction(callback)) return null;
  if (callback.body.type !== "BlockStatement") return unwrap(callback.body);
  const [only] = callback.body.body;
  return callback.body.body.length === 1 && only?.type === "ReturnStatement" && only.argument ? unwrap(only.argument) : null;
}

/** Reads the columns that data sets: of an object, of each object in a list, or of what a list is mapped to. */
export function dataOf(node: TSESTree.Node, orm: Orm, source: Source): Columns {
  const { node: inner, sealed } = settled(node, source);
  const element = mappedObject(inner);
  if (!element && inner.type !== "ObjectExpression" && inner.type !== "ArrayExpression") return opaque(node);
  const reader = new Reader(orm, source, "set");
  reader.object(element ?? inner, [], true);
  return { keys: reader.keys, node, complete: sealed && reader.complete };
}

/** `count(*)`, `coalesce(sum(amount), 0)`: a function of SQL that makes one row of all of them. */
const aggregateSql = /^\s*(?:(?:coalesce|ifnull|round|cast|floor|ceil)\s*\(\s*)*(?:count|sum|avg|min|max)\s*\(/i;

/** Whether all fields of an object are aggregates: `{ total: count() }`, or SQL that begins with one. */
export function isAggregated(node: TSESTree.Node, orm: Orm, source: Source): boolean {
  const { node: object } = settled(node, source);
  if (object.type !== "ObjectExpression" || object.properties.length === 0) return false;
  return object.properties.every((property) => {
    let value: TSESTree.Node = property.type === "Property" ? unwrap(property.value) : property;
    // sql`count(*)`.mapWith(Number)
    while (value.type === "CallExpression" && value.callee.type === "MemberExpression") value = unwrap(value.callee.object);
    if (value.type === "TaggedTemplateExpression") return aggregateSql.test(value.quasi.quasis[0]?.value.raw ?? "");
    const name = value.type === "CallExpression" ? exportedName(value.callee, orm, source) : null;
    return name !== null && (orm.aggregates?.includes(name) ?? false);
  });
}

/** Several readings as one. */
export function joined(parts: readonly Columns[]): Columns | null {
  const [first] = parts;
  if (!first || parts.length === 1) return first ?? null;
  return { keys: parts.flatMap(({ keys }) => keys), node: first.node, complete: parts.every(({ complete }) => complete) };
}

/** What the expression in a call resolves to, const hops taken away. */
export const settledNode = (node: TSESTree.Node, source: Source): TSESTree.Node => settled(node, source).node;
