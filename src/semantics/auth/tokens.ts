import type { TSESTree } from "@typescript-eslint/utils";

import { addedSigners, keyWords, lifetimeClaims, lookupClaims, personalClaim, personalValue, revocableValue, tokenBuilders, tokenSigners } from "../../knowledge/tokens.js";
import { fileFacts } from "../../project/file.js";
import { loadModule } from "../../project/modules.js";
import { dependsOn, packageOf } from "../../project/package-json.js";
import { textSearch } from "../../project/source-texts.js";
import { askedOnce } from "../../syntax/asked-once.js";
import { addOption, addProperty, type Edit } from "../../syntax/edit.js";
import { readsOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, outermost, resolveConst, unwrap } from "../../syntax/value.js";
import { isFunction, walk } from "../../syntax/walk.js";
import { nameOf } from "../calls/http-calls.js";
import { optionPresence, optionsLiteral } from "../program/options.js";
import type { Presence } from "../program/presence.js";
import { originOf, stepsText } from "../program/provenance.js";
import { wordsOf } from "./secrets.js";

type Signer = (typeof tokenSigners)[number];
type Builder = (typeof tokenBuilders)[number];
type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** A signed token that the code gives away. */
interface IssuedToken {
  /** The callee, as its author wrote it: `jwt.sign`. */
  readonly name: string;
  /** The part that says what is made. */
  readonly node: TSESTree.Node;
  /** Whether the token ends by itself. */
  readonly expiry: Presence;
  /** Whether it says who somebody is to the app itself: its claims name a person, and its key is no other service's. */
  readonly isIdentity: boolean;
  /** What a person would add, as code, and the edit that adds it. */
  readonly remedy: string;
  readonly edit: Edit | null;
}

const hints = ["jwt", "JWT", "Jwt", "jsonwebtoken"];

/** Whether a file's text names signed tokens at all. */
export const namesTokens = askedOnce(({ text }) => hints.some((hint) => text.includes(hint)));

/** The last word of a callee. */
function lastWord(callee: TSESTree.Node): string | null {
  const inner = unwrap(callee);
  return inner.type === "MemberExpression" ? memberName(inner) : inner.type === "Identifier" ? inner.name : null;
}

const signWords = new Set(tokenSigners.flatMap(({ calls }) => calls.map((call) => call.split(".").at(-1))));

/** The signer that a call goes to; a name that was given to it on import may be any. */
function signerOf(call: TSESTree.CallExpression, source: Source): Signer | null {
  const callee = unwrap(call.callee);
  const word = lastWord(callee);
  if (callee.type === "MemberExpression" && !signWords.has(word ?? "")) return addedSignerOf(callee, source);
  const origin = originOf(callee, source);
  const path = origin && stepsText(origin.steps);
  return tokenSigners.find(({ module, calls }) => origin?.module === module && calls.includes(path ?? "")) ?? addedSignerOf(callee, source);
}

/** `reply.jwtSign(…)`, `app.jwt.sign(…)`, in a package that has the plugin. */
function addedSignerOf(callee: TSESTree.Node, source: Source): Signer | null {
  if (callee.type !== "MemberExpression") return null;
  const written = source.text.slice(...callee.range);
  const filename = fileFacts(source)?.filename;
  return addedSigners.find(({ module, path }) => path.test(written) && filename !== undefined && dependsOn(filename, module)) ?? null;
}

const searches = new Map<Signer, (folder: string) => readonly string[]>();

/** The files of the project that may set a library up. */
function setUpFiles(signer: Signer, pattern: RegExp, source: Source): readonly Source[] {
  const filename = fileFacts(source)?.filename;
  const dir = filename === undefined ? undefined : packageOf(filename)?.dir;
  if (dir === undefined) return [];
  let search = searches.get(signer);
  if (!search) searches.set(signer, (search = textSearch(pattern)));
  const others = search(dir).filter((file) => file !== filename);
  return [...(pattern.test(source.text) ? [source] : []), ...others.flatMap((file) => loadModule(file, source) ?? [])];
}

/** The calls of a file that set a library up: `JwtModule.register({ … })`, `app.register(fastifyJwt, { … })`. */
function setUpsIn(file: Source, { module, setUp }: Signer): Call[] {
  const found: Call[] = [];
  walk(file.ast, file, (node) => {
    if (node.type !== "CallExpression" && node.type !== "NewExpression") return;
    const [given] = node.arguments;
    const origin = setUp?.calls ? originOf(node.callee, file) : given && originOf(given, file);
    if (origin?.module === module && (!setUp?.calls || setUp.calls.includes(stepsText(origin.steps)))) found.push(node);
  });
  return found;
}

/** How many folders two files have in common: a repository may hold several apps, and the nearest place counts. */
function nearness(file: Source, source: Source): number {
  const [one = [], other = []] = [file, source].map((each) => fileFacts(each)?.filename.split(/[\\/]/));
  const apart = one.findIndex((part, index) => part !== other[index]);
  return apart === -1 ? one.length : apart;
}

/** Whether the places of the project that set a library up end all its tokens. They may take what they say from elsewhere. */
function setUpOf(signer: Signer, source: Source): Presence {
  if (!signer.setUp) return "missing";
  const all = setUpFiles(signer, signer.setUp.text, source).flatMap((file) => setUpsIn(file, signer).map(({ range }) => ({ text: file.text.slice(...range), near: nearness(file, source) })));
  const nearest = Math.max(...all.map(({ near }) => near));
  const texts = all.filter(({ near }) => near === nearest).map(({ text }) => text);
  const isOpen = (text: string): boolean => !/secret|key/i.test(text) || /\.\.\.|expiresIn|\buse(?:Class|Existing)\b|\bsignOptions\b|\bsign\b/.test(text);
  return texts.length > 0 && !texts.some(isOpen) ? "missing" : "unknown";
}

/** Whether a claim changes with the password, so that a token counts no more after that: `{ h: hash(user.password) }`. */
const isRevocable = (payload: TSESTree.Node, source: Source): boolean =>
  optionsLiteral(payload, source)?.properties.some((property) => property.type === "Property" && revocableValue.test(source.text.slice(...property.value.range))) ?? false;

/** Whether the claims end a token, or let whoever checks it tell its age, look it up, or find it withdrawn. */
function claimsPresence(payload: TSESTree.Node | undefined, source: Source): Presence {
  if (!payload) return "missing";
  return isRevocable(payload, source) ? "found" : optionPresence(payload, [...lifetimeClaims, ...lookupClaims], source);
}

const both = (one: Presence, other: Presence): Presence => (one === "found" || other === "found" ? "found" : one === "missing" && other === "missing" ? "missing" : "unknown");

/** Whether the claims are an object whose properties can be seen: a text or a number as payload has none to begin with. */
const isSeen = (payload: TSESTree.Node | undefined, source: Source): boolean => payload !== undefined && optionsLiteral(payload, source) !== null;

function signedBy(call: TSESTree.CallExpression, source: Source): IssuedToken | null {
  const signer = signerOf(call, source);
  if (!signer || call.arguments.some(({ type }) => type === "SpreadElement")) return null;
  const payload = call.arguments[signer.payload];
  const given = signer.options === null ? undefined : call.arguments[signer.options];
  const options = given && isFunction(unwrap(given)) ? undefined : given;
  let expiry = both(isSeen(payload, source) ? claimsPresence(payload, source) : "unknown", optionPresence(options, [...signer.expiresBy, "jwtid"], source));
  if (expiry === "missing") expiry = setUpOf(signer, source);
  const { at, text } = signer.write;
  const literal = optionsLiteral(payload, source);
  const edit = at === "options" ? addOption(call, signer.options ?? 0, text, source) : literal && addProperty(literal, text, source);
  const isIdentity = namesPerson(payload, source) && !(signer.key !== null && isForeignKey(call.arguments[signer.key], source));
  return { name: nameOf(call.callee, source), node: call.callee, expiry, isIdentity, remedy: text, edit };
}

/** Whether the claims name a person: `{ sub }`, `{ id: user.id }`. */
function namesPerson(payload: TSESTree.Node | undefined, source: Source): boolean {
  const literal = optionsLiteral(payload, source);
  return (
    literal?.properties.some((property) => {
      if (property.type === "SpreadElement") return false;
      return personalClaim.test(keyName(property.key, property.computed) ?? "") || personalValue.test(source.text.slice(...property.value.range));
    }) ?? false
  );
}

/** Whether a key is named for somebody else, who decides how long a token may live: `ZENDESK_SSO_KEY`. */
function isForeignKey(node: TSESTree.Node | undefined, source: Source): boolean {
  if (!node) return false;
  const named = [node, resolveConst(node, source)].map(({ range }) => source.text.slice(...range)).join(" ");
  return wordsOf(named).some((word) => !keyWords.has(word));
}

/** The outermost call of a chain, and the methods on the way: `builder.a().b()`. */
function chainFrom(start: TSESTree.Node): { readonly methods: readonly string[]; readonly end: TSESTree.Node; readonly calls: ReadonlyMap<string, TSESTree.MemberExpression> } {
  const calls = new Map<string, TSESTree.MemberExpression>();
  let current = outermost(start);
  for (;;) {
    const member = current.parent;
    if (member?.type !== "MemberExpression" || member.object !== current) break;
    const called = outermost(member).parent;
    if (called?.type !== "CallExpression") break;
    const name = memberName(member);
    if (name !== null) calls.set(name, member);
    current = outermost(called);
  }
  return { methods: [...calls.keys()], end: current, calls };
}

/** What is done to a builder: in its own chain, and by the statements that follow where it is kept in a variable. */
function builtBy(node: Call, builder: Builder, source: Source): { readonly expiry: Presence; readonly signs: TSESTree.MemberExpression | null } {
  const { methods, end, calls } = chainFrom(node);
  const signs = calls.get(builder.ends) ?? null;
  if (methods.includes(builder.expiresBy)) return { expiry: "found", signs };
  if (signs) return { expiry: "missing", signs };
  const declarator = end.parent;
  const variable = declarator?.type === "VariableDeclarator" && declarator.id.type === "Identifier" ? variableOf(declarator.id, source) : null;
  if (!variable) return { expiry: "unknown", signs: null };
  let signed: TSESTree.MemberExpression | null = null;
  for (const read of readsOf(variable)) {
    const chain = chainFrom(read);
    if (chain.methods.length === 0 || chain.methods.includes(builder.expiresBy)) return { expiry: chain.methods.length === 0 ? "unknown" : "found", signs: null };
    signed ??= chain.calls.get(builder.ends) ?? null;
  }
  return { expiry: signed ? "missing" : "unknown", signs: signed };
}

function builtToken(node: TSESTree.NewExpression, source: Source): IssuedToken | null {
  const origin = originOf(node, source);
  const builder = tokenBuilders.find(({ module, made }) => origin?.module === module && stepsText(origin.steps) === made);
  if (!builder) return null;
  const payload = node.arguments[builder.payload];
  const { expiry, signs } = builtBy(node, builder, source);
  const claims = payload && !isSeen(payload, source) ? "unknown" : claimsPresence(payload, source);
  const isNamed = signs !== null && chainFrom(node).methods.includes("setJti");
  const edit: Edit | null = signs && ((fixer) => [fixer.insertTextAfter(signs.object, builder.write)]);
  const key = signs && outermost(signs).parent;
  const isIdentity = namesPerson(payload, source) && !(key?.type === "CallExpression" && isForeignKey(key.arguments[0], source));
  return { name: nameOf(node.callee, source), node: node.callee, expiry: isNamed ? "unknown" : both(expiry, claims), isIdentity, remedy: builder.write, edit };
}

/** The token that a call signs, or the builder that it makes of one. */
export const issuedTokenAt = (node: Call, source: Source): IssuedToken | null => (node.type === "NewExpression" ? builtToken(node, source) : signedBy(node, source));
