import { lastResorts } from "../../knowledge/last-resorts.js";
import { fileFacts } from "../../project/file.js";
import { dependsOn, packageOf } from "../../project/package-json.js";
import { textCollection } from "../../project/source-texts.js";
import type { Source } from "../../syntax/source.js";
import { roleOf, serverSide } from "../program/file-role.js";

/**
 * What becomes of a rejection that nothing handles: Node ends the process, a handler of the project does or only hears of it, or it cannot be told.
 */
export type UnhandledFate = "ends" | "ended" | "heard" | "unknown";

const listener = /["'`]unhandledRejection["'`]\s*,/g;
const isWritten = /^\s*(?:async\b\s*)?(?:function\b|\([^()]*\)\s*(?::[^=]*)?=>|[\w$]+\s*=>)/;
const endsIt = /\bprocess\.(?:exit|abort|kill)\s*\(/;
const mayEndIt = /\bthrow\b|(?:exit|shut_?down|stop|close|die|terminate|kill|abort|fail|panic)\w*\s*\(/i;

/** The rest of the arguments of a call, from a place among them. */
function argumentsFrom(text: string, start: number): string {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    if (text[at] === "(") depth++;
    else if (text[at] === ")" && --depth === 0) return text.slice(start, at);
  }
  return text.slice(start);
}

function* listenersIn(text: string): Generator<UnhandledFate> {
  for (const { index, 0: { length } } of text.matchAll(listener)) {
    const handler = argumentsFrom(text, index + length);
    yield endsIt.test(handler) ? "ended" : isWritten.test(handler) && !mayEndIt.test(handler) ? "heard" : "unknown";
  }
  if (/["'`]unhandledRejection["'`](?!\s*,)/.test(text)) yield "unknown";
}

const listenersBelow = textCollection(listenersIn, true);

/** What becomes of a rejection that nothing handles, in the process that a file runs in. */
export function unhandledFate(source: Source): UnhandledFate {
  const filename = fileFacts(source)?.filename;
  const own = filename === undefined ? null : packageOf(filename);
  if (filename === undefined || !own || roleOf(source) === "edge") return "unknown";
  const fates = listenersBelow(own.dir) as ReadonlySet<UnhandledFate> | null;
  if (!fates) return "unknown";
  for (const fate of ["ended", "unknown", "heard"] as const) if (fates.has(fate)) return fate;
  return lastResorts.some(({ module }) => dependsOn(filename, module)) ? "unknown" : "ends";
}

const failures: Record<UnhandledFate, string> = {
  ends: "ends the process",
  ended: "ends the process, by the project's handler of `unhandledRejection`",
  heard: "comes to the project's handler of `unhandledRejection` alone",
  unknown: "comes to nobody",
};

/** What a failure does, or where it comes to, that nothing handles: what is to be said of it beside "a failure in it". */
export const unhandledFailure = (source: Source): string => failures[serverSide.has(roleOf(source)) ? unhandledFate(source) : "unknown"];
