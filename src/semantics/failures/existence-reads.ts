import type { TSESTree } from "@typescript-eslint/utils";

import { irrevocableAddresses, irrevocableFunctions } from "../../knowledge/sdks.js";
import type { Source } from "../../syntax/source.js";
import { resolveConst, stringValue, unwrap } from "../../syntax/value.js";
import { isFunction, walk } from "../../syntax/walk.js";
import { pathsOfAbsence } from "../program/absence.js";
import { externalCallAt } from "../calls/external-calls.js";
import { mayBeQuery, type Query, queryAt } from "../queries/queries.js";
import { nameOfQuery } from "../queries/query-names.js";
import { answeredReadAt, type IgnoredResult } from "./results.js";
import { schemaOf, tableCalled } from "../schema/tables.js";
import { isKeptByHand, uniquenessOf } from "../schema/uniqueness.js";
import { isSideRow } from "../queries/side-rows.js";

/** A read whose failure passes for "there is none", and what is done then that cannot be taken back. */
export interface ExistenceRead {
  readonly read: IgnoredResult;
  /** The name that takes the row, or the number of them. */
  readonly name: TSESTree.Identifier;
  /** Whether it is a number, which is held against a limit. */
  readonly isCount: boolean;
  /** What is done, as messages name it. */
  readonly act: string;
}

const firstText = (node: TSESTree.CallExpression, source: Source): string => {
  const [first] = node.arguments;
  const inner = first && resolveConst(first, source);
  return (inner && (stringValue(inner) ?? (inner.type === "TemplateLiteral" ? inner.quasis[0]?.value.cooked : null))) ?? "";
};

/** What was computed before can be computed again. */
const isCache = (model: string | null): boolean => model !== null && /cache/i.test(model);

/** Whether the database turns a second row down that is like the one which was asked for. */
function isTurnedDown(create: Query, asked: Query | null, source: Source): boolean {
  const { model } = create;
  const fields = asked?.filter?.complete && asked.model === model ? asked.filter.keys.filter(({ operator, always }) => operator === "equals" && always).map(({ name }) => name) : [];
  if (model === null || fields.length === 0) return false;
  const schema = schemaOf(source);
  const table = schema && tableCalled(model, schema);
  return (table !== null && uniquenessOf(fields, [], table) === "found") || isKeptByHand(model, fields, [], table, source);
}

function actOfQuery(query: Query, asked: Query | null, source: Source): string | null {
  const creates = query.kind === "create" || query.kind === "create-many";
  if (creates && isTurnedDown(query, asked, source)) return null;
  if (creates) return query.operation === "upsert" || isSideRow(query.model) || isCache(query.model) ? null : nameOfQuery(query, source);
  const call = query.calls.find(({ name }) => name === query.operation)?.node;
  const isSending = query.operation === "invoke" && call?.type === "CallExpression" && irrevocableFunctions.test(firstText(call, source));
  return isSending ? nameOfQuery(query, source) : null;
}

function actAt(node: TSESTree.CallExpression, asked: Query | null, source: Source): string | null {
  const query = mayBeQuery(node, source) ? queryAt(node, source) : null;
  if (query) return actOfQuery(query, asked, source);
  const callee = unwrap(node.callee);
  if (callee.type === "Identifier" ? callee.name !== "fetch" : callee.type !== "MemberExpression") return null;
  const call = externalCallAt(node, source);
  if (call?.kind === "http") return irrevocableAddresses.test(firstText(node, source)) ? call.name : null;
  return call?.kind === "sdk" && call.sdk.irrevocable === true ? call.name : null;
}

function actIn(paths: readonly TSESTree.Node[], asked: Query | null, source: Source): string | null {
  let act: string | null = null;
  for (const path of paths) {
    const isFound = walk(path, source, (node) => {
      if (node !== path && isFunction(node)) return false;
      if (node.type === "CallExpression") act = actAt(node, asked, source);
      return act === null ? true : "stop";
    });
    if (isFound) return act;
  }
  return null;
}

/** The names that take a result's rows, or their number. */
const namesOf = ({ taken }: IgnoredResult): Pick<ExistenceRead, "name" | "isCount">[] =>
  taken.fields.flatMap(({ name, target }) => ((name === "data" || name === "count") && target.type === "Identifier" ? [{ name: target, isCount: name === "count" }] : []));

/** The read at a node whose failure makes the app create or send something, as if there had been none. */
export function existenceReadAt(node: TSESTree.CallExpression, source: Source): ExistenceRead | null {
  const read = answeredReadAt(node, source);
  if (!read) return null;
  for (const { name, isCount } of namesOf(read)) {
    const act = actIn(pathsOfAbsence(name, source), queryAt(read.call.node, source), source);
    if (act !== null) return { read, name, isCount, act };
  }
  return null;
}
