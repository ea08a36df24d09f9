import type { TSESTree } from "@typescript-eslint/utils";

import { webhookEvents, webhookPaths } from "../knowledge/webhooks.js";
import { fileFacts } from "../project/file.js";
import { pathInProject } from "../project/path.js";
import type { Source } from "../syntax/source.js";
import { stringValue } from "../syntax/value.js";
import { walk } from "../syntax/walk.js";
import { accessOf } from "./authentication.js";
import { type Entry, entriesIn } from "./entries.js";
import { speaksOfProof } from "./policies.js";
import { operationIn } from "./query-names.js";
import { type Reach, reachOf } from "./reach.js";
import { tieOf } from "./request-keys.js";

/** A webhook that believes whatever it is sent. */
export interface UnsignedWebhook {
  /** What it does first. */
  readonly node: TSESTree.Node;
  readonly table: string;
  /** Whose events it waits for, where that can be told. */
  readonly provider: (typeof webhookEvents)[number] | null;
}

/** Whose webhook it is: by the events that it tells apart, or by its path. */
function providerOf(path: string, { functions }: Reach): UnsignedWebhook["provider"] {
  return (
    webhookEvents.find(({ path: name, events }) => {
      if (name.test(path)) return true;
      return functions.some(({ node, source }) => walk(node.body, source, (current) => (current.type === "Literal" && events.test(stringValue(current) ?? "") ? "stop" : undefined)));
    }) ?? null
  );
}

/** Words for something shared that a sender is known by, wherever in the request it comes. */
const shared = /\b(?:secret|token|signature|api_?key|passphrase|hash)\b|["'](?:x-)?[\w-]*(?:secret|token|signature|api-?key)["']/i;

const asksForProof = ({ functions }: Reach): boolean => functions.some(({ node, source }) => {
  const text = source.text.slice(...node.range);
  return speaksOfProof(text) || shared.test(text.replaceAll(/["']Access-Control-Allow-Headers["']\s*:\s*(["'])[^"']*\1/g, ""));
});

/** Frameworks whose handlers are found by where their file stands. */
const byFile: ReadonlySet<string> = new Set(["next-route", "next-api", "deno", "server-action"]);

function unsigned(entry: Entry, source: Source): UnsignedWebhook | null {
  if (entry.kind !== "route" || entry.by === "type" || entry.method === "GET") return null;
  const facts = fileFacts(source);
  const file = facts ? pathInProject(facts) : "";
  if (byFile.has(entry.framework) && !webhookPaths.test(file)) return null;
  const { path, authentication } = accessOf(entry, source);
  const where = `${path ?? ""} ${file}`;
  if (!webhookPaths.test(where) || /\btests?\b/i.test(path ?? "") || authentication.presence !== "missing") return null;
  const reach = reachOf(entry, source);
  const write = reach.sent.find(({ query }) => query.effect === "write" && query.model !== null);
  if (!write || asksForProof(reach)) return null;
  // What is written is what was sent, or is picked by it.
  const isMoved = reach.sent.some(({ query, run }) => [...(query.filter?.keys ?? []), ...(query.data?.keys ?? [])].some(({ value }) => value !== null && tieOf(value, run) === "request"));
  if (!isMoved) return null;
  // What stands in another file is reported where it is called.
  return { node: write.run.frame.source === source ? operationIn(write.query) : (write.through?.callee ?? entry.node), table: write.query.model ?? "", provider: providerOf(where, reach) };
}

/** Whether a file's text has what such a webhook needs; cheap. */
export const mayHaveWebhooks = (source: Source): boolean => webhookPaths.test(fileFacts(source)?.filename ?? "") || /(?<!\bfrom\s*|\bimport(?:\s*\()?\s*|\brequire\s*\(\s*)["'`][\w/:-]*webhooks?\b/i.test(source.text);

/** The webhooks of a file that act on what they are sent and never ask who has sent it. */
export const unsignedWebhooksIn = (source: Source): UnsignedWebhook[] => entriesIn(source).flatMap((entry) => unsigned(entry, source) ?? []);
