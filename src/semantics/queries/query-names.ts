import type { TSESTree } from "@typescript-eslint/utils";

import { calleeText } from "../../syntax/callee-text.js";
import type { Source } from "../../syntax/source.js";
import type { Query } from "./queries.js";

/** What is called to do the operation of a query: `prisma.user.update`, `supabase.from("users").insert`. The smallest node that tells of it. */
export function operationIn(query: Query): TSESTree.Node {
  const { node } = query.calls.find(({ name }) => name === query.operation) ?? query;
  return node.type === "CallExpression" ? node.callee : node.tag;
}

/** A query as messages name it: `prisma.user.update`, `supabase.from("users").insert`. */
export const nameOfQuery = (query: Query, source: Source): string => calleeText(operationIn(query), source);
