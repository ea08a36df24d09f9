import type { TSESTree } from "@typescript-eslint/utils";

import { asksSession, guardsByToken, ownLifetime, sessionBorrowers, sessionless, sessionLibraries, sessionUse } from "../../knowledge/sessions.js";
import { fileFacts } from "../../project/file.js";
import { namesPackage } from "../../project/named-packages.js";
import { dependsOn, packageOf } from "../../project/package-json.js";
import { textQuestion } from "../../project/source-texts.js";
import { addProperty, type Edit } from "../../syntax/edit.js";
import { reachesOut } from "../../syntax/outside.js";
import type { Source } from "../../syntax/source.js";
import { propertyOf, resolveConst, stringValue, unwrap } from "../../syntax/value.js";
import { isDevelopmentOnly } from "../program/guards.js";
import { nameOf } from "../calls/http-calls.js";
import { optionPresence, optionsLiteral } from "../program/options.js";
import type { Presence } from "../program/presence.js";
import { originOf, stepsText } from "../program/provenance.js";

export type SessionLibrary = (typeof sessionLibraries)[number];
type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** A place where the sessions of an app are set up. */
interface SessionSetUp {
  /** The callee, as its author wrote it. */
  readonly name: string;
  readonly node: TSESTree.Node;
  /** Whether a session ends by itself. */
  readonly expiry: Presence;
  /** Whether the sessions are kept anywhere but in the memory of the process: `null` where the cookie holds them. */
  readonly store: Presence | null;
  /** What a person would add to end a session, as code, and the edit that adds it. */
  readonly remedy: string;
  readonly edit: Edit | null;
}

const sessionPackages: ReadonlySet<string> = new Set(sessionLibraries.map(({ module }) => module));

/** Whether a file imports one of the libraries that keep sessions. */
export const namesSessionLibrary = (source: Source): boolean => reachesOut(source) && namesPackage(sessionPackages, source);

/** The library of sessions that a call sets up; `null` for any other call. */
export function sessionLibraryOf(node: Call, source: Source): SessionLibrary | null {
  const origin = originOf(node.callee, source);
  const path = origin && stepsText(origin.steps);
  const direct = sessionLibraries.find(({ module, calls }) => calls && origin?.module === module && calls.includes(path ?? ""));
  if (direct) return direct;
  const [first] = node.arguments;
  const given = first && first.type !== "SpreadElement" && node.callee.type === "MemberExpression" ? originOf(first, source) : null;
  return given && stepsText(given.steps) === "default" ? (sessionLibraries.find(({ module, calls }) => !calls && module === given.module) ?? null) : null;
}

const setsOwnLifetime = textQuestion(ownLifetime);

/** Whether some code of the project sets the life of sessions one by one. */
function isSetElsewhere(source: Source): boolean {
  if (ownLifetime.test(source.text)) return true;
  const filename = fileFacts(source)?.filename;
  const dir = filename === undefined ? undefined : packageOf(filename)?.dir;
  return dir === undefined || setsOwnLifetime(dir) !== false;
}

const hasSessionless = textQuestion(sessionless);

const hasTokenGuards = textQuestion(guardsByToken);

const asksSessions = textQuestion(asksSession);

const usesSessions = textQuestion(sessionUse);

/** Whether nothing in a project takes a session in hand but a strategy for signing in elsewhere, which keeps a state in it. */
function isBorrowed(filename: string, dir: string, source: Source): boolean {
  return sessionBorrowers.some(({ module }) => dependsOn(filename, module)) && !sessionUse.test(source.text) && usesSessions(dir) === false;
}

/** Whether the sessions of a project may say who is signed in: some only carry a visitor to a provider and back. */
export function areLogins(source: Source): boolean {
  const filename = fileFacts(source)?.filename;
  const dir = filename === undefined ? undefined : packageOf(filename)?.dir;
  if (sessionless.test(source.text)) return false;
  return filename === undefined || dir === undefined || (hasSessionless(dir) !== true && !isBorrowed(filename, dir, source) && !(hasTokenGuards(dir) === true && asksSessions(dir) === false));
}

/** The options of the cookie among those of the sessions; `null` where none are given. */
function cookieOptions(options: TSESTree.Node | undefined, { cookie }: SessionLibrary, source: Source): TSESTree.Node | "unknown" | null {
  if (cookie === null || !options) return options ?? null;
  const literal = optionsLiteral(options, source);
  return literal ? propertyOf(literal, cookie, source) : "unknown";
}

function expiryOf(options: TSESTree.Node | undefined, library: SessionLibrary, source: Source): Presence {
  const literal = optionsLiteral(options, source);
  const isEndless = library.endless.some(({ option, value }) => {
    const given = literal && propertyOf(literal, option, source);
    if (!given || given === "unknown") return false;
    const written = resolveConst(given, source);
    return stringValue(written) === value || (written.type === "Literal" && written.value === value);
  });
  if (isEndless) return "missing";
  if (library.expiresByDefault) return "found";
  const cookie = cookieOptions(options, library, source);
  if (cookie === "unknown") return "unknown";
  const given = optionPresence(cookie, library.expiresBy, source);
  if (given === "found" && cookie && isNothing(cookie, library, source)) return "missing";
  return given;
}

/** `maxAge: null` */
function isNothing(cookie: TSESTree.Node, { expiresBy }: SessionLibrary, source: Source): boolean {
  const literal = optionsLiteral(cookie, source);
  const values = literal ? expiresBy.flatMap((name) => propertyOf(literal, name, source) ?? []) : [];
  return values.length > 0 && values.every((value) => value !== "unknown" && unwrap(value).type === "Literal" && (unwrap(value) as TSESTree.Literal).value === null);
}

function storeOf(options: TSESTree.Node | undefined, { store, memoryStore, module }: SessionLibrary, source: Source): Presence | null {
  if (store === null) return null;
  const given = optionPresence(options, [store], source);
  const literal = optionsLiteral(options, source);
  const value = given === "found" && literal ? propertyOf(literal, store, source) : null;
  if (!value || value === "unknown" || memoryStore === null) return given;
  if (unwrap(value).type === "Identifier" && (unwrap(value) as TSESTree.Identifier).name === "undefined") return "missing";
  const origin = originOf(value, source);
  return origin?.module === module && stepsText(origin.steps) === `${memoryStore}()` ? "missing" : given;
}

/** The sessions that a call sets up, where real users meet them. */
export function sessionSetUpAt(node: Call, source: Source): SessionSetUp | null {
  const library = sessionLibraryOf(node, source);
  if (!library || node.arguments.some(({ type }) => type === "SpreadElement") || isDevelopmentOnly(node, source)) return null;
  const options = library.options < 0 ? node.arguments.at(-1) : node.arguments[library.options];
  const store = storeOf(options, library, source);
  let expiry = expiryOf(options, library, source);
  // All stores that are made for it end a session after some time of their own.
  if (expiry === "missing" && (store === "found" || store === "unknown")) expiry = "unknown";
  if (expiry === "missing" && library.endless.length === 0 && isSetElsewhere(source)) expiry = "unknown";
  const cookie = cookieOptions(options, library, source);
  const [literal, cookieLiteral] = [optionsLiteral(options, source), cookie === "unknown" ? null : optionsLiteral(cookie, source)];
  const isReplaced = library.endless.length > 0 || expiry !== "missing" || (cookieLiteral && optionPresence(cookieLiteral, library.expiresBy, source) === "found");
  const whole = library.cookie === null ? library.write : `${library.cookie}: { ${library.write} }`;
  const edit = isReplaced ? null : cookieLiteral ? addProperty(cookieLiteral, library.write, source) : literal && cookie === null ? addProperty(literal, whole, source) : null;
  return { name: nameOf(node.callee, source), node: node.callee, expiry, store, remedy: cookieLiteral ? library.write : whole, edit };
}

/**
 * What is wrong with how sessions are set up. A store ends them as well, so that where both are missing there is one defect: they never end.
 */
export function sessionDefectOf({ expiry, store }: SessionSetUp): "endless" | "in-memory" | null {
  if (expiry === "missing") return "endless";
  return store === "missing" ? "in-memory" : null;
}
