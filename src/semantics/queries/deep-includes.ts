import type { TSESTree } from "@typescript-eslint/utils";

import { includes } from "../../knowledge/includes.js";
import type { Source } from "../../syntax/source.js";
import { keyName, stringValue, unwrap } from "../../syntax/value.js";
import { settledNode } from "./columns.js";
import { queriesIn, type Query } from "./queries.js";
import { schemaOf, tableCalled } from "../schema/tables.js";

/** How far a query goes from its own table. */
export interface Inclusion {
  readonly query: Query;
  /** The names of the relations of the longest way. */
  readonly way: readonly string[];
  /** Where the last of them stands. */
  readonly node: TSESTree.Node;
  /** How many of them are lists that nothing bounds, the query's own included. */
  readonly lists: number;
  /** How many tables are joined by calls. */
  readonly joins: number;
}

interface Way {
  readonly names: readonly string[];
  readonly node: TSESTree.Node;
  /** The names among them of relations that are asked for a part of their rows only. */
  readonly bounded: readonly string[];
}

/** Options of a relation by which only some of its rows are asked for. */
const bounds = /\b(?:take|limit|where|first|distinct)\b\s*:/;

/** Whether a relation is one of many rows, as far as English lets its name tell. */
const isMany = (name: string): boolean => /[^s]s$|(?:people|children)$/i.test(name);

const longest = (ways: readonly Way[], otherwise: Way): Way => ways.reduce((best, way) => (way.names.length > best.names.length ? way : best), otherwise);

type Properties = readonly { readonly name: string; readonly value: TSESTree.Node; readonly node: TSESTree.Node }[];

function propertiesOf(node: TSESTree.Node, source: Source): Properties {
  const object = settledNode(node, source);
  if (object.type === "ArrayExpression") return object.elements.flatMap((element) => (element && element.type !== "SpreadElement" ? propertiesOfItem(element, source) : []));
  if (object.type !== "ObjectExpression") return [];
  return object.properties.flatMap((property) => {
    const name = property.type === "Property" ? keyName(property.key, property.computed) : null;
    return property.type === "Property" && name !== null ? [{ name, value: property.value, node: property.key }] : [];
  });
}

/** `{ model: Line, include: […] }`, `{ path: "lines", populate: … }`. */
function propertiesOfItem(node: TSESTree.Node, source: Source): Properties {
  const named = propertiesOf(node, source).find(({ name }) => name === "model" || name === "association" || name === "path" || name === "as");
  return named ? [{ name: stringValue(named.value) ?? source.text.slice(...named.value.range), value: node, node: named.value }] : [];
}

/** The longest way through options within options: `include: { lines: { include: { product: true } } }`. */
function nestedWay(options: TSESTree.Node, words: readonly string[], source: Source, way: Way, left = 12): Way {
  if (left === 0) return way;
  const opened = propertiesOf(options, source).filter(({ name }) => words.includes(name));
  const relations = opened.flatMap(({ value }) => propertiesOf(value, source).filter(({ name }) => name !== "_count"));
  return longest(
    relations.map(({ name, value, node }) => {
      const isBounded = propertiesOf(value, source).some((property) => bounds.test(`${property.name}:`));
      return nestedWay(value, words, source, { names: [...way.names, name], node, bounded: isBounded ? [...way.bounded, name] : way.bounded }, left - 1);
    }),
    way,
  );
}

/** `relations: { lines: { product: true } }`, `relations: ["lines.product"]`. */
function pathWay(value: TSESTree.Node, source: Source, way: Way, left = 12): Way {
  const node = settledNode(value, source);
  if (node.type === "ArrayExpression") {
    return longest(node.elements.flatMap((element) => (element && stringValue(element) !== null ? [{ names: (stringValue(element) ?? "").split("."), node: element, bounded: [] }] : [])), way);
  }
  if (left === 0) return way;
  return longest(propertiesOf(node, source).map((relation) => pathWay(relation.value, source, { names: [...way.names, relation.name], node: relation.node, bounded: [] }, left - 1)), way);
}

/** `id, lines(product(id, maker(name)))`. */
function textWay(text: string, node: TSESTree.Node): Way {
  let best: string[] = [];
  const open: string[] = [];
  for (const [, name = "", mark] of text.matchAll(/([\w:!.]*)\s*([(),])/g)) {
    if (mark === "(") {
      open.push(name.replace(/!.*$/, ""));
      if (open.length > best.length) best = [...open];
    } else if (mark === ")") open.pop();
  }
  return { names: best, node, bounded: [] };
}

/** Whether a join brings at most one row for each, by the other table's key: `.leftJoin(users, eq(orders.userId, users.id))`. */
function isLookup(node: TSESTree.CallExpression | TSESTree.TaggedTemplateExpression, source: Source): boolean {
  const [joined, ...conditions] = node.type === "CallExpression" ? node.arguments : [];
  const schema = joined && conditions.length > 0 ? schemaOf(source) : null;
  const [written = "", alias = written] = (joined && (stringValue(joined) ?? source.text.slice(...joined.range)))?.split(/\s+as\s+/i) ?? [];
  const table = schema && tableCalled(written.split(".").at(-1) ?? "", schema);
  const [key, ...more] = table?.primaryKey?.columns ?? [];
  const column = more.length === 0 ? table?.columns.find(({ name }) => name === key) : undefined;
  const text = conditions.map(({ range }) => source.text.slice(...range)).join(" ");
  const names = new Set(text.match(/[\w.]+\.\w+/g));
  return column !== undefined && !/\bor\b/i.test(text) && [column.field, column.name].some((name) => names.has(`${alias}.${name}`));
}

function inclusionOf(query: Query, source: Source): Inclusion | null {
  const known = includes.find(({ library }) => library === query.orm);
  if (!known) return null;
  const none: Way = { names: [], node: query.node, bounded: [] };
  const ways = query.calls.flatMap(({ name, node }) => {
    const argumentsOf = node.type === "CallExpression" ? node.arguments : [];
    const [first] = argumentsOf;
    const text = first && known.text?.includes(name) ? stringValue(settledNode(first, source)) : null;
    if (text !== null && first) return [textWay(text, first)];
    return argumentsOf.flatMap((argument) => {
      if (argument.type === "SpreadElement" || unwrap(argument).type === "Identifier") return [];
      const paths = propertiesOf(argument, source).filter((property) => known.paths?.includes(property.name));
      return [...(known.nested ? [nestedWay(argument, known.nested, source, none)] : []), ...paths.map(({ value }) => pathWay(value, source, none))];
    });
  });
  const { names, node, bounded } = longest(ways, none);
  const own = query.kind === "read-many" && query.limit === "missing" ? 1 : 0;
  const lists = own + names.filter((name) => isMany(name) && !bounded.includes(name)).length;
  return { query, way: names, node, lists, joins: query.calls.filter((call) => known.joins?.test(call.name) && !isLookup(call.node, source)).length };
}

/** How far the queries of a file go. */
export const inclusionsIn = (source: Source): Inclusion[] => queriesIn(source).flatMap((query) => (query.effect === "read" ? (inclusionOf(query, source) ?? []) : []));
