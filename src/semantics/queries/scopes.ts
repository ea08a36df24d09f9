import { auditColumns } from "../../knowledge/policies.js";
import { fileFacts } from "../../project/file.js";
import { packageOf } from "../../project/package-json.js";
import { textCollection } from "../../project/source-texts.js";
import type { Source } from "../../syntax/source.js";

const plain = (name: string): string => name.replaceAll("_", "").toLowerCase().replace(/s$/, "");

const keyOf = (model: string, column: string): string => `${plain(model)}.${plain(column)}`;

/** `prisma.order.findMany({ where: { … } })`, `orders.find({ where: … })`: what is asked, and the filter. */
const filtered = /\b(\w+)\s*\.\s*(?:find\w*|update\w*|delete\w*|count|aggregate|groupBy)\s*\(\s*\{[^;]{0,300}?\bwhere\s*:\s*\{([^;]{0,300})/g;
/** `eq(orders.createdBy, …)` */
const equal = /\b(?:eq|inArray)\(\s*(\w+)\.(\w+)/g;
/** `.from("orders")….eq("created_by", …)` */
const chained = /\.from\(\s*["'`](\w+)["'`][^;]{0,600}?\.(?:eq|match|in)\(\s*(?:\{\s*)?["'`]?(\w+)/g;
/** `order.createdById !== session.user.id`, in either order. */
const compared = /(?:\.(\w+)\s*[!=]==?\s*[\w.?!]*(?:user|session|auth|member|me)\b|\b(?:user|session|auth|member|me)\b[\w.?!]*\s*[!=]==?\s*[\w.?!]+\.(\w+))/gi;
const asked = /\.\s*(\w+)\s*\.\s*(?:find\w*|update\w*|delete\w*)\s*\(/g;

const caller = /user|session|auth|ctx|member|viewer|principal|account|\bme\b/i;

function* scopesIn(text: string): Generator<string> {
  if (!/(?:ed_?by|creator)/i.test(text)) return;
  for (const [, model = "", filter = ""] of text.matchAll(filtered)) {
    for (const [, column = "", value = ""] of filter.matchAll(/\b(\w+)\s*:\s*([^,}\n]+)/g)) if (auditColumns.test(column) && caller.test(value)) yield keyOf(model, column);
  }
  for (const pattern of [equal, chained]) for (const [, model = "", column = ""] of text.matchAll(pattern)) if (auditColumns.test(column)) yield keyOf(model, column);
  for (const [, one, other] of text.matchAll(compared)) {
    const column = one ?? other ?? "";
    if (auditColumns.test(column)) for (const [, model = ""] of text.matchAll(asked)) yield keyOf(model, column);
  }
}

const scopesBelow = textCollection(scopesIn);

/** Whether the project itself goes by a column where it asks for rows of a model, or decides who may have one; where nobody can tell, it may. */
export function isScopedBy(column: string, model: string, source: Source): boolean {
  const filename = fileFacts(source)?.filename;
  const own = filename === undefined ? null : packageOf(filename);
  if (!own) return true;
  const scopes = scopesBelow(own.dir);
  return scopes === null || scopes.has(keyOf(model, column)) || [...scopesIn(source.text)].includes(keyOf(model, column));
}
