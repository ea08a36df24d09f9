import type { TSESTree } from "@typescript-eslint/utils";

import { parseSqlIn } from "../../../languages/sql/parse.js";
import type { SqlStatement } from "../../../languages/sql/syntax.js";
import { variableOf } from "../../../syntax/scope.js";
import type { Source } from "../../../syntax/source.js";
import { keyName, memberName, resolveConst, stringValue, unwrap } from "../../../syntax/value.js";
import { isClass, isFunction, walk, type FunctionNode } from "../../../syntax/walk.js";
import { unknownAt } from "./nodes.js";

/** A call of a chain, by what is called. */
export interface Link {
  readonly name: string;
  readonly node: TSESTree.CallExpression;
  readonly arguments: readonly TSESTree.Node[];
}

/** Calls that follow one another: `knex.schema.createTable("a", …)`. */
export interface Chain {
  readonly root: TSESTree.Identifier;
  readonly links: readonly Link[];
  readonly node: TSESTree.CallExpression;
}

/** The chain that ends in a call; `null` where it begins with something else than a name. */
export function chainOf(node: TSESTree.CallExpression): Chain | null {
  const links: Link[] = [];
  let current: TSESTree.Node = node;
  for (;;) {
    current = unwrap(current);
    if (current.type === "Identifier") return links.length > 0 ? { root: current, links: links.reverse(), node } : null;
    if (current.type === "MemberExpression") current = current.object;
    else if (current.type === "CallExpression") {
      const callee = unwrap(current.callee);
      if (callee.type !== "MemberExpression") return null;
      links.push({ name: memberName(callee) ?? "", node: current, arguments: current.arguments.map(unwrap) });
      current = callee.object;
    } else return null;
  }
}

type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

/** Visits the chains of a function that begin with one of its parameters, in order, each once, and whatever else is handed that parameter. */
export function eachChain(body: FunctionNode, source: Source, visit: (chain: Chain) => void, elsewhere: (node: TSESTree.CallExpression) => void): void {
  const [parameter] = body.params;
  const inner = parameter?.type === "AssignmentPattern" ? parameter.left : parameter;
  const own = inner?.type === "Identifier" ? variableOf(inner, source) : null;
  const isOwn = (node: TSESTree.Node | undefined): boolean => own !== null && node?.type === "Identifier" && variableOf(node, source) === own;
  const seen = new Set<TSESTree.Node>();
  walk(body.body, source, (node) => {
    if (node.type !== "CallExpression" || seen.has(node)) return;
    const chain = chainOf(node);
    if (chain) for (const link of chain.links) seen.add(link.node);
    if (chain && isOwn(chain.root)) visit(chain);
    else if (node.arguments.some((argument) => isOwn(argument))) elsewhere(node);
  });
}

const exported = (node: TSESTree.Node): TSESTree.Node =>
  (node.type === "ExportNamedDeclaration" || node.type === "ExportDefaultDeclaration") && node.declaration ? node.declaration : node;

function* methodsCalled(name: string, { body }: ClassNode): Generator<FunctionNode> {
  for (const member of body.body) {
    if (member.type === "MethodDefinition" && keyName(member.key, member.computed) === name && isFunction(member.value)) yield member.value;
    if (member.type === "PropertyDefinition" && keyName(member.key, member.computed) === name && isFunction(member.value)) yield member.value;
  }
}

function* valuesCalled(name: string, { properties }: TSESTree.ObjectExpression): Generator<FunctionNode> {
  for (const property of properties) if (property.type === "Property" && keyName(property.key, property.computed) === name && isFunction(property.value)) yield property.value;
}

/** The functions of a name that a module exports, in whichever way, or that its classes and objects have. */
function* functionsCalled(name: string, { ast }: Source): Generator<FunctionNode> {
  for (const each of ast.body) {
    const statement = exported(each);
    if (statement.type === "FunctionDeclaration" && statement.id?.name === name) yield statement;
    if (isClass(statement)) yield* methodsCalled(name, statement);
    if (statement.type === "VariableDeclaration") {
      for (const { id, init } of statement.declarations) {
        const value = init && unwrap(init);
        if (id.type === "Identifier" && id.name === name && isFunction(value)) yield value;
        if (value?.type === "ObjectExpression") yield* valuesCalled(name, value);
      }
    }
    const written = unwrap(statement);
    if (written.type === "ObjectExpression") yield* valuesCalled(name, written);
    if (statement.type !== "ExpressionStatement" || statement.expression.type !== "AssignmentExpression") continue;
    const { left, right } = statement.expression;
    if (left.type === "MemberExpression" && memberName(left) === name && isFunction(right)) yield right;
    if (isClass(right)) yield* methodsCalled(name, right);
    if (right.type === "ObjectExpression") yield* valuesCalled(name, right);
  }
}

/** What a migration runs. */
export const upIn = (source: Source): FunctionNode | null => [...functionsCalled("up", source)][0] ?? null;

/** The text of a template with what its holes are, as far as the file tells; what it does not stays as it is written. */
function filled(node: TSESTree.TemplateLiteral, source: Source): { readonly text: string; readonly isWhole: boolean } {
  const values = node.expressions.map((each) => stringValue(resolveConst(each, source)));
  const parts = node.quasis.map(({ value }, index) => {
    const hole = node.expressions[index];
    return `${value.cooked ?? value.raw}${hole ? (values[index] ?? `\${${source.text.slice(...hole.range)}}`) : ""}`;
  });
  return { text: parts.join(""), isWhole: values.every((value) => value !== null) };
}

/** The same statements, at the place that their text is put together. */
function placedAt<T>(value: T, range: readonly [number, number]): T {
  if (Array.isArray(value)) return value.map((each: unknown) => placedAt(each, range)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, name === "range" ? range : placedAt(each, range)])) as T;
}

/** The statements in a text of SQL; what is put together as it runs cannot be told. */
export function statementsIn(node: TSESTree.Node | undefined, source: Source): readonly SqlStatement[] {
  if (!node) return [];
  const given = node.type === "TaggedTemplateExpression" ? node.quasi : node;
  const template = given.type === "Identifier" ? resolveConst(given, source) : given;
  const [start, end] = template.range;
  const whole = stringValue(template);
  const isPlain = whole !== null && source.text.slice(start + 1, end - 1) === whole;
  if (isPlain) return parseSqlIn(source.text, start + 1, end - 1);
  // What is escaped is shorter than it is written.
  if (whole !== null) return placedAt(parseSqlIn(whole, 0, whole.length), template.range);
  if (template.type !== "TemplateLiteral") return [unknownAt(node, source.text.slice(...node.range))];
  const { text, isWhole } = filled(template, source);
  return isWhole ? placedAt(parseSqlIn(text, 0, text.length), template.range) : [unknownAt(node, text)];
}
