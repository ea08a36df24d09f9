import * as parser from "@typescript-eslint/parser";
import type { TSESTree } from "@typescript-eslint/utils";

import type { Source } from "../../src/syntax/source.js";
import { walk } from "../../src/syntax/walk.js";

/** A change of the text, and what it is called in the counts. */
export interface Mutation {
  kind: string;
  range: readonly [start: number, end: number];
  text: string;
}

export const mutated = (text: string, { range: [start, end], text: replacement }: Mutation): string => text.slice(0, start) + replacement + text.slice(end);

/** Numbers from 0 up to 1 that the seed decides (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of a list without some: `[a, b, c]` without `b`, the commas right. */
const withoutEach = (kind: string, nodes: readonly (TSESTree.Node | null)[]): Mutation[] =>
  nodes.flatMap((node, index) => {
    if (!node) return [];
    const [before, after] = [nodes[index - 1], nodes[index + 1]];
    if (after) return [{ kind, range: [node.range[0], after.range[0]] as const, text: "" }];
    return [{ kind, range: [before ? before.range[1] : node.range[0], node.range[1]] as const, text: "" }];
  });

type Mutator = (node: TSESTree.Node, text: string, names: readonly string[], random: () => number) => Mutation[];

const source = (node: TSESTree.Node, text: string): string => text.slice(...node.range);

const mutators: Mutator[] = [
  (node) => (node.type === "CallExpression" || node.type === "NewExpression" ? withoutEach("an argument less", node.arguments) : []),
  (node) => ("params" in node && Array.isArray(node.params) ? withoutEach("a parameter less", node.params) : []),
  (node) => (node.type === "BlockStatement" && node.body.length > 0 ? [{ kind: "an empty body", range: node.range, text: "{}" }] : []),
  (node) => (node.type === "BlockStatement" ? withoutEach("a statement less", node.body) : []),
  (node) => (node.type === "ObjectExpression" || node.type === "ObjectPattern" ? withoutEach("a property less", node.properties) : []),
  (node) => (node.type === "ArrayExpression" || node.type === "ArrayPattern" ? withoutEach("an element less", node.elements) : []),
  (node, text) => (node.type === "Property" && !node.shorthand && !node.method && node.kind === "init" ? [{ kind: "a key less", range: node.range, text: `...${source(node.value, text)}` }] : []),
  (node, text) =>
    node.type === "BinaryExpression" || node.type === "LogicalExpression"
      ? [{ kind: "operands swapped", range: node.range, text: `(${source(node.right, text)}) ${node.operator} (${source(node.left, text)})` }]
      : [],
  (node, _text, names, random) => (node.type === "Identifier" && node.range[1] - node.range[0] === node.name.length ? [{ kind: "another name", range: node.range, text: names[Math.floor(random() * names.length)] ?? "undefined" }] : []),
  (node, text) => (node.type === "AwaitExpression" ? [{ kind: "no await", range: node.range, text: source(node.argument, text) }] : []),
  (node, text) => (node.type === "MemberExpression" ? [{ kind: "a member less", range: node.range, text: source(node.object, text) }] : []),
  (node) => (node.type === "VariableDeclarator" && node.init ? [{ kind: "no initial value", range: [node.id.range[1], node.init.range[1]], text: "" }] : []),
  (node) => (node.type === "ReturnStatement" && node.argument ? [{ kind: "nothing returned", range: node.range, text: "return;" }] : []),
  (node) => (node.type === "CatchClause" && node.param ? [{ kind: "nothing caught", range: [node.range[0], node.body.range[0]], text: "catch " }] : []),
  (node) => (node.type === "TSTypeAnnotation" ? [{ kind: "no type", range: node.range, text: "" }] : []),
  (node) => (node.type === "Literal" ? [{ kind: "another literal", range: node.range, text: "null" }] : []),
  (node, text) => (node.type === "Program" ? node.body.map((statement): Mutation => ({ kind: "truncated", range: [statement.range[1], text.length], text: "" })) : []),
];

type Tree = Pick<Source, "ast" | "visitorKeys">;

/** A parsed text, or `null` when it does not parse. */
export function parse(text: string, filename: string): Tree | null {
  try {
    return parser.parseForESLint(text, { filePath: filename, range: true });
  } catch {
    return null;
  }
}

/** All changes that we know for a text, by kind. Not each of them leaves code that parses. */
export function mutationsOf(text: string, tree: Tree, random: () => number): Map<string, Mutation[]> {
  const nodes: TSESTree.Node[] = [];
  walk(tree.ast, tree, (node) => void nodes.push(node));
  const names = nodes.flatMap((node) => (node.type === "Identifier" ? [node.name] : []));
  const byKind = new Map<string, Mutation[]>();
  for (const mutation of nodes.flatMap((node) => mutators.flatMap((mutator) => mutator(node, text, names, random)))) {
    const others = byKind.get(mutation.kind);
    if (others) others.push(mutation);
    else byKind.set(mutation.kind, [mutation]);
  }
  return byKind;
}

function statementsOf({ ast, visitorKeys }: Tree): TSESTree.Node[] {
  const statements: TSESTree.Node[] = [];
  walk(ast, { visitorKeys }, (node) => {
    if (node.type === "Program" || node.type === "BlockStatement") statements.push(...node.body);
  });
  return statements;
}

/** Leaves out whatever statement can go while the text still does what is looked for, the outer ones first. */
export function smallest(text: string, filename: string, stillDoes: (text: string) => boolean): string {
  let current = text;
  for (let index = 0; ; ) {
    const tree = parse(current, filename);
    const statement = tree && statementsOf(tree)[index];
    if (!statement) return current;
    const candidate = mutated(current, { kind: "", range: statement.range, text: "" });
    if (stillDoes(candidate)) current = candidate;
    else index += 1;
  }
}
