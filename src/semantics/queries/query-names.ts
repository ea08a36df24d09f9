import type { TSESTree } from "@typescript-eslint/utils";

import type { Source } from "../../syntax/source.js";
import { memberName } from "../../syntax/value.js";
import type { Query } from "./queries.js";

/** What is called to do the operation of a query: `prisma.user.update`, `supabase.from("users").insert`. The smallest node that tells of it. */
export function operationIn(query: Query): TSESTree.Node {
  const { node } = query.calls.find(({ name }) => name === query.operation) ?? query;
  return node.type === "CallExpression" ? node.callee : node.tag;
}

const longest = 60;

/** A callee as its author wrote it, in one line, or the end of it. */
export function calleeText(callee: TSESTree.Node, source: Source): string {
  const text = source.text.slice(...callee.range).replaceAll(/\s*\n\s*/g, "");
  const last = callee.type === "MemberExpression" ? memberName(callee) : null;
  return text.length <= longest || last === null ? text.slice(0, longest) : `….${last}`;
}

/** A query as messages name it: `prisma.user.update`, `supabase.from("users").insert`. */
export const nameOfQuery = (query: Query, source: Source): string => calleeText(operationIn(query), source);
