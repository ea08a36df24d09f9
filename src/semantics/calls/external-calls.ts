import type { TSESTree } from "@typescript-eslint/utils";

import { askingFurther, clientMakers, type Sdk, sdks } from "../../knowledge/sdks.js";
import { fileFacts } from "../../project/file.js";
import { leadsTo, packagesFor } from "../../project/packages-behind.js";
import { packageName } from "../../project/package-name.js";
import { resolveSpecifier } from "../../project/resolve.js";
import { variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { rootOf, unwrap } from "../../syntax/value.js";
import { type HttpCall, httpCallAt, nameOf } from "./http-calls.js";
import { originOf, stepsText } from "../program/provenance.js";
import { type Query, queryAt, takesCallback } from "../queries/queries.js";

/** A call of a vendor's package that leaves the process. Their clients come with deadlines of their own. */
interface SdkCall {
  readonly kind: "sdk";
  readonly sdk: Sdk;
  readonly node: TSESTree.CallExpression;
  readonly name: string;
  readonly failure: Sdk["failure"];
  readonly deadline: "unknown";
}

/** A query to a database. How long it may take is decided by its client. */
interface DatabaseCall {
  readonly kind: "database";
  readonly node: Query["node"];
  readonly name: string;
  readonly failure: Query["failure"];
  readonly deadline: "unknown";
  readonly query: Query;
}

export type ExternalCall = HttpCall | SdkCall | DatabaseCall;

const isModule = (module: string, pattern: string): boolean => (pattern.endsWith("*") ? module.startsWith(pattern.slice(0, -1)) : module === pattern);

/** What is called on a client: `checkout.sessions.create` of `Stripe().checkout.sessions.create`. */
function methodOn(client: string, steps: string): string | null {
  const pattern = new RegExp(`^${client.replaceAll(/[()]/g, "\\$&").replace("*", "\\w+")}(?:${client === "" ? "" : "\\."})(.*[^)\\]])$`);
  return pattern.exec(steps)?.[1] ?? null;
}

/** Whether a method is of a client, and not of what a call of the client has given: `create().content[].text.trim`. */
function isOfClient(method: string): boolean {
  const path = method.split(/\(\)(?:\[\])*\./);
  const last = path.pop()?.split(".").at(-1) ?? "";
  return askingFurther.test(last) || path.every((part) => clientMakers.has(part.split(".").at(-1) ?? ""));
}

const knownModules = new Map<string, boolean>();

function isSdkModule(name: string): boolean {
  let known = knownModules.get(name);
  if (known === undefined) knownModules.set(name, (known = sdks.some(({ module }) => isModule(name, module))));
  return known;
}

/** Whether an import may bring a vendor's client. A cheap look at texts, before anything is parsed. */
function leadsToSdk(specifier: string, source: Source): boolean {
  const filename = fileFacts(source)?.filename;
  const target = filename === undefined ? null : resolveSpecifier(specifier, filename);
  if (!target) return isSdkModule(packageName(specifier));
  return "package" in target ? isSdkModule(target.package) : leadsTo(target.file, isSdkModule);
}

/** Whether a file can have a vendor's client at all. */
const reachesSdk = (source: Source): boolean => packagesFor(source, isSdkModule).size > 0;

/** Whether a callee can be a vendor's: what it begins at is no global, and an import of it leads to one of their packages. */
function mayBeSdk(callee: TSESTree.Node, source: Source): boolean {
  const root = rootOf(callee);
  if (root.type !== "Identifier") return reachesSdk(source);
  const definition = variableOf(root, source)?.defs[0];
  if (!definition) return root.name === "require" || root.name === "globalThis";
  return definition.type === "ImportBinding" && definition.parent.type === "ImportDeclaration" ? leadsToSdk(definition.parent.source.value, source) : reachesSdk(source);
}

/** The functions of vendors' packages that call out without a client. */
const bareCalls = new Set(sdks.flatMap(({ clients, sends }) => (clients.includes("") ? (sends ?? []) : [])));

/** A bare name that a file declares for itself is no vendor's, unless it was imported as one of theirs. */
function mayCallVendor(callee: TSESTree.Node, source: Source): boolean {
  if (callee.type !== "Identifier" || bareCalls.has(callee.name)) return true;
  const definition = variableOf(callee, source)?.defs[0]?.node;
  return definition?.type === "ImportSpecifier" && definition.imported.type === "Identifier" && bareCalls.has(definition.imported.name);
}

function sdkCallAt(node: TSESTree.CallExpression, source: Source): SdkCall | null {
  if (!mayCallVendor(unwrap(node.callee), source) || !mayBeSdk(node.callee, source)) return null;
  const origin = originOf(node.callee, source);
  const sdk = origin && sdks.find(({ module }) => isModule(origin.module, module));
  if (!sdk) return null;
  const steps = stepsText(origin.steps);
  for (const client of sdk.clients) {
    const method = methodOn(client, steps);
    if (method === null || sdk.local?.includes(method)) continue;
    if (sdk.sends ? !sdk.sends.includes(method.split(".").at(-1) ?? "") : !isOfClient(method)) continue;
    return { kind: "sdk", sdk, node, name: nameOf(node.callee, source), failure: sdk.failure, deadline: "unknown" };
  }
  return null;
}

/** Whether a call of a vendor's package is one that does its work on the spot: the signature of a webhook, an address to send somebody to. */
export function staysLocal(node: TSESTree.CallExpression, source: Source): boolean {
  if (!mayCallVendor(unwrap(node.callee), source) || !mayBeSdk(node.callee, source)) return false;
  const origin = originOf(node.callee, source);
  const sdk = origin && sdks.find(({ module }) => isModule(origin.module, module));
  return origin !== null && (sdk?.clients.some((client) => sdk.local?.includes(methodOn(client, stepsText(origin.steps)) ?? "")) ?? false);
}

function databaseCallAt(node: TSESTree.Node, source: Source): DatabaseCall | null {
  const query = queryAt(node, source);
  if (!query) return null;
  const { node: operation } = query.calls.find(({ name }) => name === query.operation) ?? query;
  const name = nameOf(operation.type === "CallExpression" ? operation.callee : operation.tag, source);
  return { kind: "database", node: query.node, name, failure: query.failure, deadline: "unknown", query };
}

/** The call at a node that leaves the process, if it is one: by an HTTP client, a database's client or a vendor's package. */
export function externalCallAt(node: TSESTree.Node, source: Source): ExternalCall | null {
  const http = httpCallAt(node, source);
  if (http) return http.does === "sends" ? http : null;
  return (node.type === "CallExpression" ? sdkCallAt(node, source) : null) ?? databaseCallAt(node, source);
}

/** Databases in the same process, whose queries are done when they return. */
const synchronous = /better-sqlite3|bun-sqlite|bun:sqlite|expo-sqlite|op-sqlite|durable-sqlite/;

/** Whether a call tells of its failure by rejecting a promise, and in no other way. */
export function rejects(call: ExternalCall, source: Source): boolean {
  if (call.failure !== "rejects" || takesCallback(call.node, source)) return false;
  // A file that is deployed with the app is there, or the app was never built.
  if (call.kind === "http") return call.address !== "bundled" && (call.client.gives === undefined || call.client.gives === "lazy promise");
  return call.kind === "sdk" || !(synchronous.test(call.query.client.module) || call.query.calls.at(-1)?.name === "stream");
}

/** Whether a call only describes what is to be done: nothing is sent until it is awaited, or told to run. */
export const waitsToBeRun = (call: ExternalCall): boolean => (call.kind === "http" ? call.client.gives === "lazy promise" : call.kind === "database" && call.query.lazy);
