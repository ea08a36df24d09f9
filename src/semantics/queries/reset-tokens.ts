import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import { asksAge, columnOfTable, endsToken, grantedColumn, timeColumn, tokenColumn, tokenTable, usedColumn } from "../../knowledge/reset-tokens.js";
import { askedOnce } from "../../syntax/asked-once.js";
import { variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { lastNameOf, memberName, outermost, unwrap } from "../../syntax/value.js";
import { ancestor, type FunctionNode, isFunction, isWithin, walk } from "../../syntax/walk.js";
import { type Column, queriesIn, type Query } from "./queries.js";
import { schemaOf, tableCalled } from "../schema/tables.js";

/** A mailed token that works too long: again after it was used, or for ever. */
export interface LooseToken {
  readonly fault: "reusable" | "ageless" | "endless";
  readonly node: TSESTree.Node;
  /** The column that holds the token. */
  readonly column: string;
  /** What is let through by it. */
  readonly granted: string;
}

/** Whether a file's text names a mailed token. */
export const namesResetTokens = askedOnce(({ text }) => /token|code/i.test(text) && /reset|verif|magic|activation|recovery|confirm/i.test(text));

const isToken = (name: string, model: string | null): boolean => tokenColumn.test(name) || (model !== null && tokenTable.test(model) && columnOfTable.test(name));

/** The column of a token that a query finds its row by. */
const tokenOf = ({ filter, model }: Query): Column | undefined => filter?.keys.find(({ name, path, operator }) => path.length === 0 && operator === "equals" && isToken(name, model));

/** The outermost function around a node: a transaction's callback belongs to what opens it. */
function wholeFunction(node: TSESTree.Node): FunctionNode | null {
  let found: FunctionNode | null = null;
  for (let current = ancestor(node, isFunction); current; current = ancestor(current, isFunction)) {
    // A function that makes others, or registers them, is not what they do.
    if (found && !current.async) break;
    found = current;
  }
  return found;
}

/** The variable that the row of a query is in. */
function rowOf({ node }: Query, source: Source): TSESLint.Scope.Variable | null {
  let current = outermost(node);
  if (current.parent?.type === "AwaitExpression") current = outermost(current.parent);
  const { parent } = current;
  if (parent?.type === "VariableDeclarator" && parent.id.type === "Identifier") return variableOf(parent.id, source);
  return parent?.type === "AssignmentExpression" && parent.left.type === "Identifier" ? variableOf(parent.left, source) : null;
}

/** What a function does with a token after it has found its row. */
interface Redeeming {
  readonly granted: { readonly node: TSESTree.Node; readonly name: string } | null;
  readonly isEnded: boolean;
  /** Whether the row goes to a function that may do anything with it. */
  readonly isHandedOn: boolean;
}

const harmless = /^(?:log|info|warn|error|debug|json|send|String|Boolean|compare|compareSync|hash|stringify)$/;

function redeemed(lookup: Query, fn: FunctionNode, source: Source): Redeeming {
  const row = rowOf(lookup, source);
  const token = tokenOf(lookup)?.name ?? "";
  const queries = queriesIn(source).filter(({ node }) => isWithin(node, fn));
  let granted: Redeeming["granted"] = null;
  let isEnded = false;
  let isHandedOn = row === null && lookup.effect === "read";
  for (const query of queries) {
    if (query.effect === "unknown") isEnded = true;
    if (query.effect !== "write") continue;
    const names = query.data?.keys.map(({ name }) => name) ?? [];
    const found = names.find((name) => grantedColumn.test(name));
    if (found !== undefined) granted ??= { node: query.node, name: found };
    if (query.data && !query.data.complete) isEnded = true;
    if (names.some((name) => isToken(name, query.model) || usedColumn.test(name))) isEnded = true;
    if (query.kind.startsWith("delete") && (query.model === lookup.model || tokenTable.test(query.model ?? ""))) isEnded = true;
  }
  walk(fn, source, (node) => {
    if (node.type === "AssignmentExpression" && node.left.type === "MemberExpression" && row) {
      const object = unwrap(node.left.object);
      const name = object.type === "Identifier" && variableOf(object, source) === row ? memberName(node.left) : null;
      if (name !== null && grantedColumn.test(name)) granted ??= { node: node.left, name };
      if (name === token || (name !== null && usedColumn.test(name))) isEnded = true;
    }
    if (node.type === "UnaryExpression" && node.operator === "delete") isEnded = true;
    if (node.type !== "CallExpression") return true;
    if (endsToken.test(lastNameOf(node.callee))) isEnded = true;
    const takesRow = node.arguments.some((argument) => {
      const inner = unwrap(argument);
      return inner.type === "Identifier" && row !== null && variableOf(inner, source) === row;
    });
    if (takesRow && !harmless.test(lastNameOf(node.callee))) isHandedOn = true;
    return true;
  });
  return { granted, isEnded, isHandedOn };
}

/** Whether anything in a function asks how old a token is: its query, or a comparison. */
const isAgeAsked = ({ filter }: Query, fn: FunctionNode, source: Source): boolean =>
  filter === null || !filter.complete || filter.keys.some(({ name }) => timeColumn.test(name)) || asksAge.test(source.text.slice(...fn.range));

/** The time that a table keeps of its tokens: `missing` when it has none, `null` when nobody knows. */
function hasTime(model: string | null, source: Source): boolean | null {
  const schema = model === null ? null : schemaOf(source);
  const table = schema && model !== null ? tableCalled(model, schema) : null;
  return table ? table.columns.some(({ field, name }) => timeColumn.test(field) || timeColumn.test(name)) : null;
}

/** The tokens that are written without any time, into a table that has no column for one. */
function writtenEndless(query: Query, source: Source): LooseToken | null {
  if (query.effect !== "write" || !query.data?.complete || query.data.keys.some(({ name }) => timeColumn.test(name))) return null;
  const column = query.data.keys.find(({ name, value }) => isToken(name, query.model) && value !== null && !/^(?:null|undefined|"")$/.test(source.text.slice(...value.range)));
  return column && hasTime(query.model, source) === false ? { fault: "endless", node: column.node, column: column.name, granted: "" } : null;
}

/** The mailed tokens of a file that work too long. */
export function looseTokensIn(source: Source): readonly LooseToken[] {
  const found: LooseToken[] = [];
  const queries = queriesIn(source);
  const seen = new Set<FunctionNode>();
  for (const query of queries) {
    // What a token is deleted by is no lookup.
    const column = query.kind.startsWith("delete") ? undefined : tokenOf(query);
    const fn = column ? wholeFunction(query.node) : null;
    if (!column || !fn || seen.size === seen.add(fn).size) continue;
    const { granted, isEnded, isHandedOn } = redeemed(query, fn, source);
    if (!granted || isHandedOn) continue;
    if (!isEnded) found.push({ fault: "reusable", node: granted.node, column: column.name, granted: granted.name });
    if (!isAgeAsked(query, fn, source)) found.push({ fault: "ageless", node: column.node, column: column.name, granted: granted.name });
  }
  const asked = new Set(found.filter(({ fault }) => fault === "ageless").map(({ column }) => column));
  for (const query of queries) {
    const endless = writtenEndless(query, source);
    if (endless && !asked.has(endless.column)) found.push(endless);
  }
  return found;
}

/** How many queries of a file find a row by a token that was mailed, or write one. */
export const tokenPlacesIn = (source: Source): number =>
  namesResetTokens(source) ? queriesIn(source).filter((query) => tokenOf(query) !== undefined || (query.effect === "write" && query.data?.keys.some(({ name }) => isToken(name, query.model)))).length : 0;
