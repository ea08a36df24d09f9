import type { TSESTree } from "@typescript-eslint/utils";

import { webhookEvents, webhookPaths, type WebhookSender } from "../../knowledge/webhooks.js";
import { fileFacts } from "../../project/file.js";
import { pathInProject } from "../../project/path.js";
import { askedOnce } from "../../syntax/asked-once.js";
import type { Source } from "../../syntax/source.js";
import { memberName, stringValue, unwrap } from "../../syntax/value.js";
import { walk } from "../../syntax/walk.js";
import { accessOf } from "./authentication.js";
import { type Entry, entriesIn } from "../entries/entries.js";
import { envReadAt } from "../environment/env.js";
import { speaksOfProof } from "./policies.js";
import { operationIn } from "../queries/query-names.js";
import { type Reach, reachOf } from "../entries/reach.js";
import { type Run, tieOf } from "../entries/request-keys.js";

const isEquality = /^[!=]==?$/;

/** A webhook that believes whatever it is sent. */
export interface UnsignedWebhook {
  /** What it does first. */
  readonly node: TSESTree.Node;
  readonly table: string;
  /** Whose events it waits for, where that can be told. */
  readonly provider: WebhookSender | null;
}

const payments = webhookEvents.filter(({ isPayment }) => isPayment);

/** A text that may be the name of a payment's event. */
const paymentName = new RegExp(`["'\`](?:${payments.map(({ events }) => events.source.replaceAll(/^\^|\$$/g, "")).join("|")})`);

const namesPayments = askedOnce(({ text }) => paymentName.test(text));

/** The texts that a value is held against, as in `event.type === "invoice.paid"` and `switch (event.type)`. */
function comparedIn(node: TSESTree.Node): { readonly value: TSESTree.Node; readonly texts: readonly string[] } | null {
  if (node.type === "SwitchStatement") return { value: node.discriminant, texts: node.cases.flatMap(({ test }) => stringValue(test) ?? []) };
  if (node.type !== "BinaryExpression" || !isEquality.test(node.operator)) return null;
  const [left, right] = [stringValue(node.left), stringValue(node.right)];
  if (left !== null) return { value: node.right, texts: [left] };
  return right === null || node.left.type === "PrivateIdentifier" ? null : { value: node.left, texts: [right] };
}

/** Who says that somebody has paid, where a handler tells such events apart in what it was sent. */
function payerIn({ functions }: Reach): WebhookSender | null {
  const senderAt = (node: TSESTree.Node, source: Source, run: Run): WebhookSender | undefined => {
    const compared = comparedIn(node);
    if (!compared || compared.texts.length === 0 || tieOf(compared.value, run) !== "request") return undefined;
    return payments.find(({ events, own, path }) => compared.texts.some((text) => own?.test(text) === true || (events.test(text) && path.test(source.text))));
  };
  for (const { node, source, run } of functions) {
    const found: WebhookSender[] = [];
    walk(node.body, source, (current) => {
      found.push(...[senderAt(current, source, run)].filter((sender) => sender !== undefined));
      return found.length > 0 ? "stop" : undefined;
    });
    if (found[0]) return found[0];
  }
  return null;
}

/** Whether the code of a file names a sender: in an import, a header, an address, a variable of the environment. Comments do not count. */
const isNamedIn = (name: RegExp, source: Source): boolean =>
  walk(source.ast, source, (node) => (name.test(node.type === "Identifier" ? node.name : node.type === "TemplateElement" ? node.value.raw : (stringValue(node) ?? "")) ? "stop" : undefined));

/** Whose webhook it is: by the events that it tells apart, or by its path. */
function providerOf(path: string, { functions }: Reach, source: Source): UnsignedWebhook["provider"] {
  return (
    webhookEvents.find(({ path: name, medium, events }) => {
      if (name.test(path) || (medium?.test(path) === true && isNamedIn(name, source))) return true;
      return functions.some(({ node, source: own }) => walk(node.body, own, (current) => (events.test(current.type === "Identifier" ? current.name : current.type === "Literal" ? (stringValue(current) ?? "") : "") ? "stop" : undefined)));
    }) ?? null
  );
}

/** Words for something shared that a sender is known by, wherever in the request it comes. */
const shared = /\b(?:secret|token|signature|api_?key|passphrase|hash)\b|["'](?:x-)?[\w-]*(?:secret|token|signature|api-?key)["']/i;

/** A text that asks for nothing: the name of a variable of the environment, of a field or header that is sent out, what browsers may send along, and what an error's text is looked through for. */
function isAside(node: TSESTree.Literal): boolean {
  const { parent } = node;
  if (/^[A-Z][A-Z\d_]+$/.test(stringValue(node) ?? "")) return true;
  if (parent.type === "Property" && parent.parent.type === "ObjectExpression") return parent.key === node || /^Access-Control-/i.test(stringValue(parent.key) ?? "");
  return parent.type === "CallExpression" && parent.callee.type === "MemberExpression" && memberName(parent.callee) === "includes";
}

/** What a function does, in words: without comments, which may say what it should have done, and without texts that ask for nothing. */
function wordsOf(node: TSESTree.Node, source: Source): string {
  const [start, end] = node.range;
  const out = (source.ast.comments ?? []).map(({ range }) => range).filter((range) => start <= range[0] && range[1] <= end);
  walk(node, source, (current) => {
    if (current.type === "Literal" && isAside(current)) out.push(current.range);
  });
  const parts: string[] = [];
  let from = start;
  for (const [first, last] of out.sort((one, other) => one[0] - other[0])) {
    parts.push(source.text.slice(from, first));
    from = Math.max(from, last);
  }
  return [...parts, source.text.slice(from, end)].join(" ");
}

/** Whether a value comes from the environment, by itself or within a text. */
function isConfigured(node: TSESTree.Node, source: Source): boolean {
  const inner = unwrap(node);
  if (inner.type === "TemplateLiteral") return inner.expressions.some((hole) => isConfigured(hole, source));
  return envReadAt(inner, source) !== null;
}

/** `sent !== process.env.HOOK_KEY`: what was sent is held against what only the two sides know. */
const comparesWithEnvironment = (node: TSESTree.Node, source: Source): boolean =>
  walk(node, source, (current) => {
    if (current.type !== "BinaryExpression" || !isEquality.test(current.operator)) return;
    const [left, right] = [unwrap(current.left), unwrap(current.right)];
    if (left.type === "Literal" || right.type === "Literal") return;
    return isConfigured(left, source) || isConfigured(right, source) ? "stop" : undefined;
  });

const asksForProof = ({ functions }: Reach): boolean =>
  functions.some(({ node, source }) => {
    const words = wordsOf(node, source);
    return speaksOfProof(words) || shared.test(words) || comparesWithEnvironment(node, source);
  });

/** Frameworks whose handlers are found by where their file stands. */
const byFile: ReadonlySet<string> = new Set(["next-route", "next-api", "deno", "server-action"]);

function unsigned(entry: Entry, source: Source): UnsignedWebhook | null {
  if (entry.kind !== "route" || entry.by === "type" || entry.method === "GET") return null;
  const facts = fileFacts(source);
  const file = facts ? pathInProject(facts) : "";
  const mayBePaid = namesPayments(source);
  if (byFile.has(entry.framework) && !webhookPaths.test(file) && !mayBePaid) return null;
  const { path, authentication } = accessOf(entry, source);
  const where = `${path ?? ""} ${file}`;
  const isNamed = webhookPaths.test(where);
  if (!(isNamed || mayBePaid) || /\btests?\b/i.test(path ?? "") || authentication.presence !== "missing") return null;
  const reach = reachOf(entry, source);
  // What no path calls a webhook is one by the events that it tells apart.
  const payer = mayBePaid ? payerIn(reach) : null;
  if (!isNamed && !payer) return null;
  const write = reach.sent.find(({ query }) => query.effect === "write" && query.model !== null);
  if (!write || asksForProof(reach)) return null;
  // An address of its own for each sender, which is looked up, may be a secret between the two.
  if (reach.sent.some(({ query }) => query.effect === "read" && /hook|endpoint/i.test(query.model ?? ""))) return null;
  // What is written is what was sent, or is picked by it.
  const isMoved = reach.sent.some(({ query, run }) => [...(query.filter?.keys ?? []), ...(query.data?.keys ?? [])].some(({ value }) => value !== null && tieOf(value, run) === "request"));
  if (!isMoved) return null;
  // What stands in another file is reported where it is called.
  return { node: write.run.frame.source === source ? operationIn(write.query) : (write.through?.callee ?? entry.node), table: write.query.model ?? "", provider: payer ?? providerOf(where, reach, source) };
}

/** Whether a file's text has what such a webhook needs; cheap. */
export const mayHaveWebhooks = (source: Source): boolean =>
  namesPayments(source) || webhookPaths.test(fileFacts(source)?.filename ?? "") || (/webhook/i.test(source.text) && /(?<!\bfrom\s*|\bimport(?:\s*\()?\s*|\brequire\s*\(\s*)["'`][\w/:-]*webhooks?\b/i.test(source.text));

/** The webhooks of a file that act on what they are sent and never ask who has sent it. */
export const unsignedWebhooksIn = (source: Source): UnsignedWebhook[] => entriesIn(source).flatMap((entry) => unsigned(entry, source) ?? []);
