import type { TSESTree } from "@typescript-eslint/utils";

import { clearedValue, cookieMethods, cookieSetters, offForNow, offOnPurpose, otherCookie, pageReads, requestGuards, sessionCookie, sessionValue } from "../../knowledge/cookies.js";
import { fileFacts } from "../../project/file.js";
import { dependsOn, packageOf } from "../../project/package-json.js";
import { textQuestion } from "../../project/source-texts.js";
import { workspaceRoot } from "../../project/workspace.js";
import { addOption, addProperty, type Edit } from "../../syntax/edit.js";
import { isGlobal, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, numberValue, propertyOf, resolveConst, stringValue, unwrap } from "../../syntax/value.js";
import { isDevelopmentOnly } from "../program/guards.js";
import { optionPresence, optionsLiteral } from "../program/options.js";
import { originOf, stepsText } from "../program/provenance.js";
import { areLogins, namesSessionLibrary, type SessionLibrary, sessionLibraryOf } from "./sessions.js";

export type CookieFlag = "httpOnly" | "secure" | "sameSite";

const flags: readonly CookieFlag[] = ["httpOnly", "secure", "sameSite"];

/** A cookie that lets its holder in, as it is set. */
export interface SessionCookie {
  readonly name: string;
  readonly node: TSESTree.Node;
  /** What protects it and is left out. */
  readonly missing: readonly CookieFlag[];
  /** What protects it and is switched off in so many words. */
  readonly off: readonly CookieFlag[];
  /** Adds flags, as code; `null` where there is no place for them. */
  readonly add: (text: string) => Edit | null;
  /** What is written for `secure`, where the library has a word for "as the connection is". */
  readonly secure?: string | undefined;
}

/** Whether a file's text names cookies, or what keeps sessions in one. */
export const namesCookies = (source: Source): boolean => source.text.includes("ookie") || namesSessionLibrary(source);

/** What stands for a part of a text that is not written out. */
const hole = "…";

/** Whether a cookie of that name lets its holder in. */
function isSessionCookie(name: string): boolean {
  const words = name.replaceAll(/([a-z\d])([A-Z])/g, "$1-$2").toLowerCase();
  return sessionCookie.test(words) && !words.split(/[-_.]/).some((word) => new RegExp(`^(?:${otherCookie.source})`).test(word));
}

interface Setter {
  readonly name: number;
  readonly options: number;
  readonly byDefault: readonly string[];
  readonly securedBy?: string;
}

/** Whether an expression is what a handler is given, or a part of it. */
function isGiven(node: TSESTree.Node, source: Source): boolean {
  let current = unwrap(node);
  while (current.type === "MemberExpression" || current.type === "CallExpression") current = unwrap(current.type === "MemberExpression" ? current.object : current.callee);
  return current.type === "Identifier" && variableOf(current, source)?.defs[0]?.type === "Parameter";
}

const setUps = new Map(cookieMethods.flatMap(({ setUp }) => (setUp ? [[setUp, textQuestion(setUp)] as const] : [])));

/** Whether some file of the project gives all cookies their flags. */
function isSetUp(setUp: RegExp | undefined, filename: string): boolean {
  const dir = packageOf(filename)?.dir;
  return setUp !== undefined && dir !== undefined && setUps.get(setUp)?.(dir) === true;
}

function methodOf(callee: TSESTree.MemberExpression, source: Source): Setter | null {
  const last = memberName(callee);
  const object = unwrap(callee.object);
  const before = object.type === "MemberExpression" ? memberName(object) : null;
  const found = cookieMethods.find(({ method }) => method === last || method === `${before ?? ""}.${last ?? ""}`);
  const filename = fileFacts(source)?.filename;
  if (!found || filename === undefined || !found.packages.some((name) => dependsOn(filename, name)) || isSetUp(found.setUp, filename)) return null;
  return isGiven(object, source) || (object.type === "Identifier" && isGlobal(object, source)) ? found : null;
}

const setterWords = new Set([...cookieSetters.flatMap(({ calls }) => calls), ...cookieMethods.map(({ method }) => method)].map((call) => call.slice(call.lastIndexOf(".") + 1)));

function setterOf(call: TSESTree.CallExpression, source: Source): Setter | null {
  const callee = unwrap(call.callee);
  const last = callee.type === "MemberExpression" ? memberName(callee) : callee.type === "Identifier" ? callee.name : null;
  if (callee.type === "MemberExpression" && !setterWords.has(last ?? "")) return null;
  const origin = originOf(callee, source);
  const path = origin && stepsText(origin.steps);
  const known = cookieSetters.find(({ module, calls }) => origin?.module === module && calls.includes(path ?? ""));
  return known ?? (callee.type === "MemberExpression" ? methodOf(callee, source) : null);
}

const literalOf = (node: TSESTree.Node, source: Source): TSESTree.Literal["value"] | undefined => {
  const value = resolveConst(node, source);
  return value.type === "Literal" ? value.value : undefined;
};

/** Whether a comment above a setting, or beside it, says why it is off. */
const isOnPurpose = ({ loc }: TSESTree.Node, { ast }: Source): boolean =>
  (ast.comments ?? []).some(({ loc: place, value }) => (place.end.line === loc.start.line - 1 || place.start.line === loc.end.line) && offOnPurpose.test(value) && !offForNow.test(value));

/** The most milliseconds that a cookie lives which only writes over another. */
const moment = 60_000;

/** In how many milliseconds a date is: `new Date(Date.now() + 10 * 1000)`; `null` for any other. */
function untilDate(node: TSESTree.Node, source: Source): number | null {
  const date = resolveConst(node, source);
  const [given] = date.type === "NewExpression" && date.callee.type === "Identifier" && date.callee.name === "Date" ? date.arguments : [];
  if (given?.type !== "BinaryExpression" || !/^[-+]$/.test(given.operator) || !/^Date\.now\(\)$/.test(source.text.slice(...given.left.range))) return null;
  const distance = numberValue(given.right, source);
  return distance !== null && given.operator === "-" ? -distance : distance;
}

/** What options say under a name, also where it comes from a constant that is spread into them. */
function settingOf(options: TSESTree.ObjectExpression, name: string, source: Source): TSESTree.Node | null {
  const own = propertyOf(options, name, source);
  if (own !== "unknown") return own;
  for (const part of options.properties) {
    const spread = part.type === "SpreadElement" ? optionsLiteral(part.argument, source) : null;
    const brought = spread && propertyOf(spread, name, source);
    if (brought && brought !== "unknown") return brought;
  }
  return null;
}

/** Whether options take a cookie away: it is over at once, or writes a word that stands for none over it and is over in a moment. */
function isRemoval(value: TSESTree.Node | undefined, options: TSESTree.ObjectExpression | null, source: Source): boolean {
  const text = value ? stringValue(resolveConst(value, source)) : null;
  if (text === "") return true;
  const age = options && (settingOf(options, "maxAge", source) ?? settingOf(options, "expires", source));
  if (!age) return false;
  const number = numberValue(age, source) ?? untilDate(age, source);
  if (number !== null && number <= moment && text !== null && clearedValue.test(text)) return true;
  return (number !== null && number <= 0) || /new Date\(\s*(?:0\s*)?\)/.test(source.text.slice(...age.range));
}

/** Which flags options leave out, and which they switch off. What comes from elsewhere is taken for all of them. */
function faultsOf(options: TSESTree.Node | null | undefined, { byDefault, securedBy }: Pick<Setter, "byDefault" | "securedBy">, source: Source): Pick<SessionCookie, "missing" | "off"> {
  const literal = optionsLiteral(options, source);
  const missing: CookieFlag[] = [];
  const off: CookieFlag[] = [];
  for (const flag of flags) {
    const names = flag === "secure" && securedBy !== undefined ? [flag, securedBy] : [flag];
    const presence = optionPresence(options, names, source);
    if (presence === "missing" && !byDefault.includes(flag)) missing.push(flag);
    const value = presence === "found" && literal ? propertyOf(literal, flag, source) : null;
    if (value && value !== "unknown" && literalOf(value, source) === false && !isOnPurpose(value, source)) off.push(flag);
  }
  return { missing, off };
}

/** What a member of options is set to later on: `options.cookie.secure = true`; `undefined` when it is not. */
function setLater(options: TSESTree.Node, flag: CookieFlag, source: Source): TSESTree.Node | undefined {
  const variable = options.type === "Identifier" ? variableOf(options, source) : null;
  for (const { identifier } of variable?.references ?? []) {
    let node: TSESTree.Identifier | TSESTree.JSXIdentifier | TSESTree.MemberExpression = identifier;
    while (node.parent.type === "MemberExpression" && node.parent.object === node) node = node.parent;
    const { parent } = node;
    if (node.type === "MemberExpression" && memberName(node) === flag && parent.type === "AssignmentExpression" && parent.left === node) return parent.right;
  }
  return undefined;
}

/** The options of the cookie among those of the sessions: an object that is written out, `null` where there is none, or `unknown`. */
function flagsOptions(options: TSESTree.Node | undefined, { flags: { under } }: SessionLibrary, source: Source): TSESTree.ObjectExpression | "unknown" | null {
  if (!options) return null;
  const literal = optionsLiteral(options, source);
  if (!literal) return "unknown";
  const own = under === null ? literal : propertyOf(literal, under, source);
  if (own === null || own === "unknown" || own === literal) return own;
  return optionsLiteral(own, source) ?? "unknown";
}

/** The cookie of a library that keeps sessions, where its options are written out. */
function keptBy(call: TSESTree.CallExpression | TSESTree.NewExpression, source: Source): SessionCookie | null {
  const library = namesSessionLibrary(source) ? sessionLibraryOf(call, source) : null;
  if (!library || call.arguments.some(({ type }) => type === "SpreadElement") || !areLogins(source)) return null;
  const options = library.options < 0 ? call.arguments.at(-1) : call.arguments[library.options];
  const own = flagsOptions(options, library, source);
  const literal = optionsLiteral(options, source);
  if (!options || !literal || own === "unknown") return null;
  const missing: CookieFlag[] = [];
  const off: CookieFlag[] = [];
  for (const flag of flags) {
    const later = setLater(unwrap(options), flag, source);
    const presence = later ? "found" : optionPresence(own, [flag], source);
    const value = later ?? (own && presence === "found" ? propertyOf(own, flag, source) : null);
    if (value && value !== "unknown" && literalOf(value, source) === false) {
      if (!isOnPurpose(value, source)) off.push(flag);
    } else if (presence === "missing" && !library.flags.byDefault.includes(flag)) missing.push(flag);
  }
  const named = propertyOf(literal, library.flags.name, source);
  const name = named && named !== "unknown" ? stringValue(resolveConst(named, source)) : null;
  const add = (text: string): Edit => (own ? addProperty(own, text, source) : addProperty(literal, `${library.flags.under ?? ""}: { ${text} }`, source));
  return { name: name ?? library.flags.otherwise, node: call.callee, missing, off, add, secure: library.flags.secure };
}

/** `cookies().set({ name, value, … })`, `stringifySetCookie({ name, value, … })` */
function setAsOne(call: TSESTree.CallExpression, source: Source): SessionCookie | null {
  const options = optionsLiteral(call.arguments[0], source);
  const given = options && propertyOf(options, "name", source);
  const name = given && given !== "unknown" ? stringValue(resolveConst(given, source)) : null;
  const value = options && propertyOf(options, "value", source);
  if (!options || name === null || !isSessionCookie(name) || isRemoval(value && value !== "unknown" ? value : undefined, options, source)) return null;
  return { name, node: given as TSESTree.Node, ...faultsOf(options, { byDefault: [] }, source), add: (text) => addOption(call, 0, text, source) };
}

/** Whether a value that a cookie is set to lets in whoever brings it, by what it is called: `sessionToken`, `session.token`. */
function isSessionValue(node: TSESTree.Node | undefined, source: Source): boolean {
  const inner = node && unwrap(node);
  if (inner?.type !== "Identifier" && inner?.type !== "MemberExpression") return false;
  const words = source.text
    .slice(...inner.range)
    .replaceAll(/([a-z\d])([A-Z])/g, "$1-$2")
    .replaceAll(/[^A-Za-z\d]+/g, "-")
    .toLowerCase();
  return sessionValue.test(words) && !words.split("-").some((word) => new RegExp(`^(?:${otherCookie.source})`).test(word));
}

/** The name of a cookie as it is written out, or as its author calls it where it is made of parts; `null` where neither it nor its value says that it lets somebody in. */
function nameOfSession(name: TSESTree.Node | undefined, value: TSESTree.Node | undefined, source: Source): string | null {
  if (!name) return null;
  const written = resolveConst(name, source);
  const text = stringValue(written);
  if (text !== null) return isSessionCookie(text) ? text : null;
  return written.type === "TemplateLiteral" && isSessionValue(value, source) ? written.quasis.map(({ value: { raw } }) => raw).join(hole) : null;
}

const takesOneObject = new Set(["set", "serialize", "stringifySetCookie"]);

/** A first look at what is set, before anything is followed to where it comes from: the name stands first or second, or in one object with the rest. */
const mayName = ({ callee, arguments: given }: TSESTree.CallExpression, source: Source): boolean =>
  given.length === 1 ? takesOneObject.has((callee.type === "MemberExpression" ? memberName(callee) : callee.type === "Identifier" ? callee.name : null) ?? "") && optionsLiteral(given[0], source) !== null : given.slice(0, 2).some((argument, index) => nameOfSession(argument, given[index + 1], source) !== null);

function setBy(call: TSESTree.CallExpression, source: Source): SessionCookie | null {
  if (!mayName(call, source)) return null;
  const setter = setterOf(call, source);
  if (!setter || call.arguments.some(({ type }) => type === "SpreadElement")) return null;
  if (call.arguments.length === 1) return setAsOne(call, source);
  const first = call.arguments[setter.name];
  const name = nameOfSession(first, call.arguments[setter.name + 1], source);
  const given = call.arguments[setter.options];
  if (!first || name === null || isRemoval(call.arguments[setter.name + 1], optionsLiteral(given, source), source)) return null;
  return { name, node: first, ...faultsOf(given, setter, source), add: (text) => addOption(call, setter.options, text, source) };
}

/** The text of a header, as far as it is written out; and whether something after the value comes from elsewhere. */
function headerText(node: TSESTree.Node, source: Source): { readonly text: string; readonly isOpen: boolean } | null {
  const inner = resolveConst(node, source);
  const text = stringValue(inner);
  if (text !== null) return { text, isOpen: false };
  if (inner.type === "TemplateLiteral") {
    const parts = inner.quasis.map(({ value }) => value.raw);
    const before = parts.findIndex((_, index) => parts.slice(0, index + 1).join(hole).includes(";"));
    return { text: parts.join(hole), isOpen: before >= 0 && before < parts.length - 1 };
  }
  if (inner.type !== "BinaryExpression" || inner.operator !== "+") return null;
  const [left, right] = [headerText(inner.left, source), headerText(inner.right, source)];
  if (!left) return null;
  return { text: `${left.text}${right?.text ?? hole}`, isOpen: left.isOpen || (right?.isOpen ?? false) || (!right && left.text.includes(";")) };
}

function writtenOut(node: TSESTree.Node, source: Source): SessionCookie | null {
  const header = headerText(node, source);
  const [, name = ""] = /^\s*([\w.…-]+)=/.exec(header?.text ?? "") ?? [];
  if (!header || !isSessionCookie(name) || /max-age\s*=\s*(?:0|-\d)|expires=Thu, 01 Jan 1970|^[^=]+=\s*(?:;|deleted)/i.test(header.text)) return null;
  const missing = header.isOpen ? [] : flags.filter((flag) => !new RegExp(`;\\s*${flag}\\b`, "i").test(header.text));
  return { name, node, missing, off: [], add: () => null };
}

const isSetCookie = (node: TSESTree.Node | undefined, source: Source): boolean => node !== undefined && stringValue(resolveConst(node, source))?.toLowerCase() === "set-cookie";

/** The values that are given for a header: one, or a list. */
const valuesOf = (node: TSESTree.Node, source: Source): TSESTree.Node[] => {
  const inner = resolveConst(node, source);
  return inner.type === "ArrayExpression" ? inner.elements.flatMap((element) => (element && element.type !== "SpreadElement" ? [element] : [])) : [node];
};

function headersAt(node: TSESTree.Node, source: Source): TSESTree.Node[] {
  if (node.type === "CallExpression" && node.callee.type === "MemberExpression" && /^(?:setHeader|append|set|header|appendHeader)$/.test(memberName(node.callee) ?? "")) {
    const [name, value] = node.arguments;
    return value && isSetCookie(name, source) ? valuesOf(value, source) : [];
  }
  if (node.type === "Property") return keyName(node.key, node.computed)?.toLowerCase() === "set-cookie" ? valuesOf(node.value, source) : [];
  // What a page sets itself, every script of the page can read.
  const isDocument = node.type === "AssignmentExpression" && node.left.type === "MemberExpression" && memberName(node.left) === "cookie" && node.left.object.type === "Identifier";
  return isDocument && (node.left as TSESTree.MemberExpression).object.type === "Identifier" && ((node.left as TSESTree.MemberExpression).object as TSESTree.Identifier).name === "document" ? [node.right] : [];
}

const questions = new Map<string, (folder: string) => boolean | null>();

/** Whether a page of the project reads a cookie by its name: it is made for that, and the page would not work without. */
function isReadByPage(name: string, source: Source): boolean {
  const filename = fileFacts(source)?.filename;
  const dir = filename === undefined ? undefined : packageOf(filename)?.dir;
  if (dir === undefined || !/^[\w-]+$/.test(name)) return false;
  const known = questions.get(name) ?? textQuestion(pageReads(name));
  questions.set(name, known);
  // The page may be another package of the same repository.
  return known(dir) === true || known(workspaceRoot(dir)) === true;
}

/** Whether the app tells the requests of other pages by itself. */
const tellsRequests = (source: Source): boolean => {
  const filename = fileFacts(source)?.filename;
  return filename !== undefined && requestGuards.some((name) => dependsOn(filename, name));
};

/** The cookies that a node sets and that let their holder in, where real users meet them. */
export function sessionCookiesAt(node: TSESTree.Node, source: Source): SessionCookie[] {
  const found = headersAt(node, source).flatMap((value) => writtenOut(value, source) ?? []);
  const isCall = node.type === "CallExpression" || node.type === "NewExpression";
  const set = found.length === 0 && isCall ? ((node.type === "CallExpression" ? setBy(node, source) : null) ?? keptBy(node, source)) : null;
  const all = (set ? [set] : found)
    .filter(({ name, missing, off }) => !(missing.includes("httpOnly") || off.includes("httpOnly")) || !isReadByPage(name, source))
    .map((cookie) => (cookie.missing.includes("sameSite") && tellsRequests(source) ? { ...cookie, missing: cookie.missing.filter((flag) => flag !== "sameSite") } : cookie));
  return all.length > 0 && isDevelopmentOnly(node, source) ? [] : all;
}
