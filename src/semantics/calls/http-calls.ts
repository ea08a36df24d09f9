import type { TSESTree } from "@typescript-eslint/utils";

import { files, requests, slowHosts } from "../../knowledge/http-clients.js";
import { fileFacts } from "../../project/file.js";
import { majorOf, packageOf } from "../../project/package-json.js";
import { loadModule } from "../../project/modules.js";
import { textSearch } from "../../project/source-texts.js";
import { calleeText } from "../../syntax/callee-text.js";
import { addOption, type Edit } from "../../syntax/edit.js";
import { readsOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, outermost, propertyOf, resolveConst, stringValue, unwrap } from "../../syntax/value.js";
import { isFunction } from "../../syntax/walk.js";
import { type Address, addressOf } from "./addresses.js";
import { definesLimitedJob, isContinuedBy, isEndedFromOutside, leavesSight, writtenMembers } from "./deadlines.js";
import { type ClientInstance, type HttpClient, type HttpRole, httpRoleOf } from "./http-clients.js";
import { configuredOptions } from "../entries/nest-modules.js";
import { optionPresence, optionsLiteral } from "../program/options.js";
import type { Presence } from "../program/presence.js";
import { GLOBAL, originOf, stepsText } from "../program/provenance.js";
import { roleOf } from "../program/file-role.js";
import { isStreamed } from "./streams.js";
import { movesFile } from "./transfers.js";

type Call = TSESTree.CallExpression | TSESTree.NewExpression;
type Send = Extract<HttpRole, { kind: "send" }>;

/** An HTTP client's call that sends a request, or one that makes a client whose calls do. */
export interface HttpCall {
  readonly kind: "http";
  readonly does: "sends" | "makes-client";
  readonly node: Call;
  /** The callee, as its author wrote it. */
  readonly name: string;
  readonly client: HttpClient;
  /** The instance that the call is sent by, where that was made with options for all its calls. */
  readonly instance: ClientInstance | null;
  readonly failure: "rejects";
  /** Whether the call ends by itself: by an option, its client's options, a race, or somebody who takes it over. */
  readonly deadline: Presence;
  readonly address: Address;
  /** Whether a whole file is sent, or comes back. */
  readonly movesFile: boolean;
  /** The deadline to write, as code, and the edit that writes it; `null` where there is no place for it. */
  withDeadline(milliseconds: number): { readonly text: string; readonly edit: Edit | null };
}

/** A callee as messages name it: `fetch`, `api.get`, `….get`. */
export const nameOf = (callee: TSESTree.Node, source: Source): string => calleeText(callee, source, 40);

const readable = (milliseconds: number): string => milliseconds.toString().replaceAll(/\B(?=(\d{3})+$)/g, "_");

/** Whether an argument can only be an address, and so no options. */
function isAddress(node: TSESTree.Node, source: Source): boolean {
  const inner = resolveConst(node, source);
  if (stringValue(inner) !== null || inner.type === "TemplateLiteral" || inner.type === "BinaryExpression") return true;
  if (inner.type === "NewExpression") return inner.callee.type === "Identifier" && inner.callee.name === "URL";
  if (inner.type === "Identifier") return typeNamed(inner, source, /^(?:string|URL)$/);
  return inner.type === "MemberExpression" && addressOf(inner, source) !== "unknown";
}

function typeNamed(node: TSESTree.Identifier, source: Source, wanted: RegExp): boolean {
  const name = variableOf(node, source)?.defs[0]?.name;
  const annotation = name?.type === "Identifier" ? name.typeAnnotation?.typeAnnotation : undefined;
  return annotation !== undefined && wanted.test(source.text.slice(...annotation.range));
}

const positionsOf = (at: number | readonly number[]): readonly number[] => (typeof at === "number" ? [at] : at);

/** The arguments that may hold a call's options; `null` where that cannot be told. */
function optionsOf(call: Call, at: number | readonly number[], source: Source): TSESTree.Node[] | null {
  const positions = positionsOf(at);
  const last = positions.at(-1) ?? 0;
  if (call.arguments.slice(0, last + 1).some(({ type }) => type === "SpreadElement")) return null;
  const earlier = positions.slice(0, -1).map((position) => call.arguments[position]);
  const literal = earlier.find((argument) => optionsLiteral(argument, source));
  if (literal) return [literal];
  const given = call.arguments[last];
  if (given && !isFunction(unwrap(given))) return [given];
  return earlier.filter((argument) => argument !== undefined && !isFunction(unwrap(argument)) && !isAddress(argument, source)) as TSESTree.Node[];
}

/** The options that end a call, in the version of the client that the file gets. */
function endingOptions({ deadline, from }: HttpClient, source: Source): readonly string[] {
  if (!deadline.until || !("module" in from)) return deadline.options;
  const facts = fileFacts(source);
  const major = facts && majorOf(facts.filename, from.module);
  return major !== null && major >= deadline.until.major ? deadline.options : [...deadline.options, ...deadline.until.options];
}

const searches = new Map<HttpClient, ReturnType<typeof textSearch>>();

/** Whether the app gives all calls of a client a deadline, in whichever file of the package: `axios.defaults.timeout = 30_000`. */
function hasSharedDeadline(client: HttpClient, source: Source): boolean {
  const { name, defaults, deadline } = client;
  const filename = fileFacts(source)?.filename;
  const own = filename === undefined ? null : packageOf(filename);
  if (defaults === undefined || !own) return false;
  const search = searches.get(client) ?? textSearch(new RegExp(`\\b${name}\\.${defaults}\\.(?:${deadline.options.join("|")})\\s*=(?!=)(?!\\s*(?:0\\b|undefined|null))`));
  searches.set(client, search);
  return search(own.dir).some((file) => {
    const writer = loadModule(file, source);
    return writer !== null && !/^(?:client|test|script)$/.test(roleOf(writer));
  });
}

/** A request that is given in place of an address may carry a signal. */
function inRequest(argument: TSESTree.Node | undefined, source: Source): Presence {
  if (!argument) return "missing";
  const inner = resolveConst(argument, source);
  if (inner.type === "ObjectExpression") return "missing";
  const origin = originOf(inner, source);
  if (!origin) return "missing";
  const steps = stepsText(origin.steps);
  const isRequest = requests.some(({ module, name }) => (module ?? GLOBAL) === origin.module && (steps === `${name}()` || steps === `${name}().clone()`));
  if (isRequest && inner.type === "NewExpression") return optionPresence(inner.arguments[1], ["signal"], source);
  // What a framework hands to a handler is a request, or holds one.
  return isRequest || (/\(\d\)$|\.raw$/.test(steps) && !/\b(?:map|flatMap|forEach|filter|reduce|then)\(\d\)$/.test(steps)) ? "unknown" : "missing";
}

function ofInstance(instance: ClientInstance, client: HttpClient): Presence {
  const { creation, optionsAt, source } = instance;
  const options = endingOptions(client, source);
  if (client.configuredBy !== undefined && optionsAt === null) return configuredOptions(client, options, source);
  if (!creation || optionsAt === null || creation.arguments.some(({ type }) => type === "SpreadElement")) return "unknown";
  const given = optionPresence(creation.arguments[optionsAt], options, source);
  return given === "missing" && options.some((option) => writtenMembers(source).has(option)) ? "found" : given;
}

/** Of two places that may bring the same thing, either is enough. */
const oneOf = (one: Presence, other: () => Presence): Presence => {
  if (one === "found") return one;
  const second = other();
  return second === "missing" ? one : second;
};

/** A file that is sent to an address made for it (`PUT` to a signed URL) takes as long as it takes. */
function isUpload(call: Call, { optionsAt: at, addressAt }: Send, source: Source): boolean {
  const address = call.arguments[addressAt];
  if (!address || addressOf(address, source) !== "unknown") return false;
  if (/upload_?url|signed_?url/i.test(source.text.slice(...address.range))) return true;
  const last = positionsOf(at).at(-1) ?? 0;
  if (call.callee.type === "MemberExpression" && memberName(call.callee) === "put") return true;
  const options = optionsLiteral(call.arguments[last], source);
  const method = options && propertyOf(options, "method", source);
  return options !== null && method !== null && method !== "unknown" && stringValue(method)?.toUpperCase() === "PUT" && propertyOf(options, "body", source) !== null;
}

function deadlineOfSend(call: Call, send: Send, source: Source): Presence {
  const { client, instance, optionsAt: at } = send;
  const { deadline } = client;
  if (deadline.default !== undefined) return "found";
  const given = optionsOf(call, at, source);
  if (!given) return "unknown";
  const options = endingOptions(client, source);
  let presence: Presence = "missing";
  for (const argument of given) presence = oneOf(presence, () => optionPresence(argument, [...options, ...(client.leaves ?? [])], source));
  if (presence !== "missing") return presence;
  if ("global" in client.from) presence = inRequest(call.arguments[0], source);
  if (instance) presence = oneOf(presence, () => ofInstance(instance, client));
  else if (options.some((option) => option !== "signal" && writtenMembers(source).has(option))) presence = "found";
  if (presence !== "missing") return presence;
  if (deadline.chain && (isContinuedBy(call, deadline.chain, source) || leavesSight(call))) return "unknown";
  if (hasSharedDeadline(client, source)) return instance ? "unknown" : "found";
  const isTheirs = call.arguments.length === 0 || isUpload(call, send, source) || isStreamed(call, call.arguments, source);
  return isTheirs || isEndedFromOutside(call, source) || definesLimitedJob(source) ? "unknown" : "missing";
}

/** What the options say that a relative address is added to. */
const baseIn = (options: TSESTree.ObjectExpression, { base = [] }: HttpClient): ReturnType<typeof propertyOf> =>
  [base].flat().reduce<ReturnType<typeof propertyOf>>((found, name) => found ?? propertyOf(options, name), null);

/** Where a call goes: by its address, by the `url` of its options, or by what its client adds to a relative one. */
function addressOfSend(call: Call, { client, instance, addressAt }: Send, source: Source): Address {
  const first = call.arguments[addressAt];
  if (!first || first.type === "SpreadElement") return "unknown";
  const options = optionsLiteral(first, source);
  const written = options ? propertyOf(options, "url", source) : first;
  const address = written === null || written === "unknown" ? "unknown" : addressOf(written, source);
  if (address !== "own" || client.base === undefined) return address;
  const own = optionsLiteral(call.arguments.at(-1), source);
  const base = own && baseIn(own, client);
  if (base && base !== "unknown") return addressOf(base, source);
  return instance ? addressOfInstance(instance, client) : address;
}

function addressOfInstance({ creation, optionsAt, source }: ClientInstance, client: HttpClient): Address {
  if (!creation || optionsAt === null || client.base === undefined) return "unknown";
  const options = optionsLiteral(creation.arguments[optionsAt], source);
  const base = options && baseIn(options, client);
  return base && base !== "unknown" ? addressOf(base, source) : "unknown";
}

/** Whether the other side is known to work for a while before it answers. */
function isSlow(call: Call, source: Source): boolean {
  return call.arguments.some((argument) => {
    const text = source.text.slice(...resolveConst(argument, source).range);
    return slowHosts.text.test(text);
  });
}

/** Writes a client's own deadline: as a call on the result, or as an option, into a literal where one of the places has it. */
function writeDeadline(call: Call, client: HttpClient, at: number | readonly number[], milliseconds: number, ofFile: boolean, source: Source): ReturnType<HttpCall["withDeadline"]> {
  const least = Math.max(ofFile ? files.milliseconds : 0, isSlow(call, source) ? slowHosts.milliseconds : 0);
  const text = client.deadline.write.replaceAll("{ms}", readable(Math.max(milliseconds, least)));
  // How long a file may take is for its author to say.
  if (ofFile) return { text, edit: null };
  if (text.startsWith(".")) return { text, edit: (fixer) => [fixer.insertTextAfter(call, text)] };
  const positions = positionsOf(at);
  const literal = positions.find((position) => call.arguments[position] && unwrap(call.arguments[position]).type === "ObjectExpression");
  return { text, edit: addOption(call, literal ?? positions.at(-1) ?? 0, text, source) };
}

/** The sends of a client that a file gives a name to and keeps for itself. */
function sendsWith(creation: Call, source: Source): TSESTree.CallExpression[] {
  const declarator = outermost(creation).parent;
  if (declarator?.type !== "VariableDeclarator" || declarator.id.type !== "Identifier") return [];
  const variable = variableOf(declarator.id, source);
  return (variable ? readsOf(variable) : []).flatMap((read) => {
    const callee = read.parent.type === "MemberExpression" && read.parent.object === read ? read.parent : read;
    const { parent } = callee;
    return parent.type === "CallExpression" && parent.callee === callee && httpRoleOf(callee, source)?.kind === "send" ? [parent] : [];
  });
}

function deadlineOfClient(call: Call, client: HttpClient, optionsAt: number, source: Source): Presence {
  if (client.deadline.default !== undefined) return "found";
  const presence = ofInstance({ creation: call, optionsAt, source }, client);
  if (presence !== "missing") return presence;
  // It holds for an instance that is made after it was written.
  if (hasSharedDeadline(client, source)) return "unknown";
  const sends = sendsWith(call, source).map((send) => httpCallAt(send, source));
  return sends.length > 0 && sends.every((send) => send?.deadline === "found") ? "found" : "missing";
}

/** The HTTP client's call at a node: one that sends a request, or one that makes a client with options for all its requests. */
export function httpCallAt(node: TSESTree.Node, source: Source): HttpCall | null {
  if (node.type !== "CallExpression" && node.type !== "NewExpression") return null;
  const role = httpRoleOf(node.callee, source);
  if (!role) return null;
  const { client } = role;
  const common = { kind: "http", node, name: nameOf(node.callee, source), client, failure: "rejects" } as const;
  if (role.kind === "maker") {
    const { optionsAt } = role;
    if (optionsAt === null) return null;
    return {
      ...common,
      does: "makes-client",
      instance: null,
      get deadline() {
        return deadlineOfClient(node, client, optionsAt, source);
      },
      get address() {
        return addressOfInstance({ creation: node, optionsAt, source }, client);
      },
      movesFile: false,
      withDeadline: (milliseconds) => writeDeadline(node, client, optionsAt, milliseconds, false, source),
    };
  }
  if (node.type === "NewExpression") return null;
  const { instance, optionsAt } = role;
  return {
    ...common,
    does: "sends",
    instance: instance?.optionsAt === null ? null : instance,
    get deadline() {
      return deadlineOfSend(node, role, source);
    },
    get address() {
      return addressOfSend(node, role, source);
    },
    get movesFile() {
      return movesFile(node, source);
    },
    withDeadline(milliseconds) {
      return writeDeadline(node, client, optionsAt, milliseconds, this.movesFile, source);
    },
  };
}

