import type { TSESTree } from "@typescript-eslint/utils";

import { parseSqlIn } from "../../../languages/sql/parse.js";
import type { SqlStatement } from "../../../languages/sql/syntax.js";
import { variableOf } from "../../../syntax/scope.js";
import type { Source } from "../../../syntax/source.js";
import { keyName, memberName, stringValue, unwrap } from "../../../syntax/value.js";
import { isFunction, walk, type FunctionNode } from "../../../syntax/walk.js";
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

const exported = (node: TSESTree.Node): TSESTree.Node => (node.type === "ExportNamedDeclaration" && node.declaration ? node.declaration : node);

/** The functions of a name that a module exports, in whichever way, or that its classes have. */
function* functionsCalled(name: string, { ast }: Source): Generator<FunctionNode> {
  for (const each of ast.body) {
    const statement = exported(each);
    if (statement.type === "FunctionDeclaration" && statement.id?.name === name) yield statement;
    if (statement.type === "VariableDeclaration") {
      for (const { id, init } of statement.declarations) if (id.type === "Identifier" && id.name === name && isFunction(init)) yield init;
    }
    if (statement.type !== "ExpressionStatement" || statement.expression.type !== "AssignmentExpression") continue;
    const { left, right } = statement.expression;
    if (left.type === "MemberExpression" && memberName(left) === name && isFunction(right)) yield right;
    if (right.type !== "ObjectExpression") continue;
    for (const property of right.properties) {
      if (property.type === "Property" && keyName(property.key, property.computed) === name && isFunction(property.value)) yield property.value;
    }
  }
}

/** What a migration runs. */
export const upIn = (source: Source): FunctionNode | null => [...functionsCalled("up", source)][0] ?? null;

/** The statements in a text of SQL; what is put together as it runs cannot be told. */
export function statementsIn(node: TSESTree.Node | undefined, source: Source): readonly SqlStatement[] {
  if (!node) return [];
  const template = node.type === "TaggedTemplateExpression" ? node.quasi : node;
  const isWhole = template.type === "TemplateLiteral" ? template.expressions.length === 0 : stringValue(template) !== null;
  const [start, end] = template.range;
  return isWhole && template.type !== "Identifier" ? parseSqlIn(source.text, start + 1, end - 1) : [unknownAt(node, source.text.slice(...node.range))];
}
