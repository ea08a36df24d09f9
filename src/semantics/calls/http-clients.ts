import type { TSESTree } from "@typescript-eslint/utils";

import { type HttpClient, httpClients, type OptionsAt } from "../../knowledge/http-clients.js";
import { fileFacts, type FileFacts, settingsOf } from "../../project/file.js";
import { specifiersOf } from "../../project/named-packages.js";
import { packageName } from "../../project/package-name.js";
import { resolveSpecifier } from "../../project/resolve.js";
import { reachesOut, usesGlobal } from "../../syntax/outside.js";
import { variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, unwrap } from "../../syntax/value.js";
import { GLOBAL, originOf } from "../program/provenance.js";

export type { HttpClient } from "../../knowledge/http-clients.js";

/** A client that was made with options of its own: `axios.create({ timeout })`. */
export interface ClientInstance {
  /** Where it was made, in whichever file that is; `null` when it came ready-made. */
  readonly creation: TSESTree.CallExpression | TSESTree.NewExpression | null;
  readonly source: Source;
  /** Which argument of the creation has the options that hold for all calls; `null` when they cannot be seen. */
  readonly optionsAt: number | null;
}

/** What a callee is, to an HTTP client. */
export type HttpRole =
  | { readonly kind: "send"; readonly client: HttpClient; readonly call: string; readonly optionsAt: OptionsAt; readonly addressAt: number; readonly instance: ClientInstance | null }
  | { readonly kind: "maker"; readonly client: HttpClient; readonly optionsAt: number | null };

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every((item) => typeof item === "string");

/** An entry of the settings is used when it has what an entry must have; anything else in it is the user's affair. */
function isClient(entry: unknown): entry is HttpClient {
  if (!isRecord(entry) || !isRecord(entry["from"]) || !isRecord(entry["sends"]) || !isRecord(entry["deadline"])) return false;
  const { from, deadline } = entry as { from: Record<string, unknown>; deadline: Record<string, unknown> };
  return (typeof from["module"] === "string" || typeof from["global"] === "string") && isTexts(deadline["options"]) && typeof deadline["write"] === "string";
}

const clientsBySettings = new WeakMap<FileFacts["settings"], readonly HttpClient[]>();

/** The clients of the settings, which come first, and those that are known to everybody. */
function clientsFor(source: Source): readonly HttpClient[] {
  const settings = settingsOf(source);
  if (!settings) return httpClients;
  let clients = clientsBySettings.get(settings);
  if (!clients) {
    const configured = settings["httpClients"];
    clients = Array.isArray(configured) ? [...(configured as unknown[]).filter(isClient), ...httpClients] : httpClients;
    clientsBySettings.set(settings, clients);
  }
  return clients;
}

/** The last word of a client's name. */
const wordOf = ({ from }: HttpClient): string => ("global" in from ? from.global : (from.module.split("/").at(-1) ?? from.module));

const patternOf = (client: HttpClient): string => `(?:^|[/:@])${wordOf(client).replaceAll(/\W/g, "\\$&")}\\b`;

/** What is asked of a callee's spelling before it is followed: most calls of a file are of no concern. */
interface Names {
  /** What a specifier has in it that leads to a client: its package's, or that of a module which is called like it. */
  readonly specifier: RegExp;
  /** `window.fetch` */
  readonly member: RegExp;
  readonly members: ReadonlySet<string>;
  readonly globals: ReadonlySet<string>;
  readonly modules: ReadonlySet<string>;
  /** The names of calls that give a response for a refusal as well, where they stand on an object. */
  readonly refused: ReadonlySet<string>;
}

const names = new WeakMap<readonly HttpClient[], Names>();

const lastOf = (step: string): string => step.replace("()", "").split(".").at(-1) ?? "";

function namesOf(clients: readonly HttpClient[]): Names {
  let known = names.get(clients);
  if (!known) {
    const globals = clients.flatMap(({ from }) => ("global" in from ? [from.global] : []));
    const called = clients.flatMap(({ sends, instances = {}, exports = [] }) => [...Object.keys(sends), ...Object.keys(instances), ...exports].map(lastOf));
    known = {
      specifier: new RegExp([...new Set(clients.filter(({ from }) => "module" in from).map(patternOf))].join("|")),
      member: new RegExp(`\\.(?:${globals.join("|")})\\b`),
      members: new Set([...called, ...globals]),
      globals: new Set(globals),
      modules: new Set(clients.flatMap(({ from }) => ("module" in from ? [from.module] : []))),
      refused: new Set([...globals, ...clients.flatMap(({ refused = [] }) => refused.map(lastOf))]),
    };
    names.set(clients, known);
  }
  return known;
}

/** Whether a file names an HTTP client: a cheap first look. Clients that were made in other files stay unnamed. */
export function namesHttpClient(source: Source): boolean {
  const { globals, specifier, member } = namesOf(clientsFor(source));
  for (const name of globals) if (usesGlobal(name, source)) return true;
  if (!reachesOut(source)) return false;
  for (const name of specifiersOf(source)) if (specifier.test(name)) return true;
  return member.test(source.text);
}

/** Whether a callee may be a client's, by its spelling and by the module that a bare name is imported from. */
function mayBeClients(callee: TSESTree.Node, clients: readonly HttpClient[], source: Source): boolean {
  const { members, globals, modules } = namesOf(clients);
  const node = unwrap(callee);
  if (node.type === "MemberExpression") return members.has(memberName(node) ?? "");
  if (node.type !== "Identifier") return false;
  const [definition] = variableOf(node, source)?.defs ?? [];
  if (!definition) return globals.has(node.name);
  if (definition.type !== "ImportBinding") return definition.type === "Variable" || definition.type === "Parameter";
  const { parent } = definition;
  return clients !== httpClients || parent.type !== "ImportDeclaration" || modules.has(packageName(parent.source.value));
}

/** Whether a callee may be a client's that gives a response for a refusal as well, by its spelling: a cheap look, before it is followed. */
export function mayBeRefused(callee: TSESTree.Node, source: Source): boolean {
  const clients = clientsFor(source);
  const node = unwrap(callee);
  return node.type === "MemberExpression" ? namesOf(clients).refused.has(memberName(node) ?? "") : mayBeClients(node, clients, source);
}

const stepsOf = (maker: string): string[] => (maker.endsWith("()") ? [maker.slice(0, -2), "()"] : [maker]);

function roleIn(client: HttpClient, module: string, steps: readonly string[], made: Omit<ClientInstance, "optionsAt">): HttpRole | null {
  let rest = steps;
  if ("global" in client.from) {
    if (module !== GLOBAL || steps[0] !== client.from.global) return null;
    rest = steps.slice(1);
  } else {
    if (module !== client.from.module) return null;
    const [first = ""] = steps;
    if (first === "default" || first === "*" || client.exports?.includes(first)) rest = steps.slice(1);
  }
  const makers = Object.entries(client.instances ?? {});
  let instance: ClientInstance | null = null;
  for (let next = makers.find(([maker]) => stepsOf(maker).every((step, index) => rest[index] === step)); next; ) {
    const [maker, optionsAt] = next;
    // Of several makers in a row, only the last is at hand.
    instance = { ...made, optionsAt: instance ? null : optionsAt };
    rest = rest.slice(stepsOf(maker).length);
    next = makers.find(([candidate]) => stepsOf(candidate).every((step, index) => rest[index] === step));
  }
  const key = rest.length === 0 ? "()" : rest.join(".");
  const optionsAt = Object.hasOwn(client.sends, key) ? client.sends[key] : undefined;
  if (optionsAt !== undefined) return { kind: "send", client, call: key, optionsAt, addressAt: client.addresses?.[key] ?? 0, instance };
  const maker = client.instances?.[`${key}()`];
  return maker === undefined ? null : { kind: "maker", client, optionsAt: maker };
}

/** The import that a callee begins with, and what is read from it: for clients of the project's own, which no package brings. */
function importOf(callee: TSESTree.Node, source: Source): { specifier: string; steps: string[] } | null {
  const steps: string[] = [];
  let node = unwrap(callee);
  for (; node.type === "MemberExpression"; node = unwrap(node.object)) {
    const name = memberName(node);
    if (name === null) return null;
    steps.unshift(name);
  }
  const [definition] = (node.type === "Identifier" && variableOf(node, source)?.defs) || [];
  if (definition?.type !== "ImportBinding" || definition.parent.type !== "ImportDeclaration") return null;
  const specifier = definition.node as TSESTree.ImportClause;
  if (specifier.type === "ImportSpecifier") steps.unshift(specifier.imported.type === "Identifier" ? specifier.imported.name : specifier.imported.value);
  else if (specifier.type === "ImportDefaultSpecifier" && steps.length === 0) steps.unshift("default");
  return { specifier: definition.parent.source.value, steps };
}

/** Whether two specifiers mean the same module: as they stand, or as they resolve from the file. */
function isSameModule(specifier: string, wanted: string, source: Source): boolean {
  if (packageName(specifier) === wanted) return true;
  const filename = fileFacts(source)?.filename;
  if (filename === undefined) return false;
  const [own, other] = [resolveSpecifier(specifier, filename), resolveSpecifier(wanted, filename)];
  return own !== null && other !== null && "file" in own && "file" in other && own.file === other.file;
}

/** What a callee is to the HTTP clients of the tables and the settings: a call that sends, one that makes a client, or neither. */
export function httpRoleOf(callee: TSESTree.Node, source: Source): HttpRole | null {
  const clients = clientsFor(source);
  if (!mayBeClients(callee, clients, source)) return null;
  const origin = originOf(callee, source);
  if (origin) {
    const creation = origin.creation?.type === "TaggedTemplateExpression" ? null : origin.creation;
    for (const client of clients) {
      const role = roleIn(client, origin.module, origin.steps, { creation, source: origin.createdIn ?? source });
      if (role) return role;
    }
    return null;
  }
  if (clients === httpClients) return null;
  const imported = importOf(callee, source);
  if (!imported) return null;
  for (const client of clients) {
    if (!("module" in client.from) || !isSameModule(imported.specifier, client.from.module, source)) continue;
    return roleIn(client, client.from.module, imported.steps, { creation: null, source });
  }
  return null;
}
