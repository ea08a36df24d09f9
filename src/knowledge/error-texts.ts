/** Functions that make text or plain data of what they are given: where they are given an error, the result tells what is named. */
export interface ErrorText {
  readonly module: string;
  readonly call: string;
  /** What the result tells of an error: its message, with its stack, or whatever fields it has. */
  readonly tells: "message" | "stack" | "error";
  readonly source: string;
}

export const errorTexts: readonly ErrorText[] = [
  { module: "(global)", call: "String", tells: "message", source: "https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/Error/toString" },
  { module: "(global)", call: "JSON.stringify", tells: "error", source: "https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/JSON/stringify" },
  { module: "(global)", call: "Object.assign", tells: "error", source: "https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/Object/assign" },
  { module: "(global)", call: "structuredClone", tells: "stack", source: "https://developer.mozilla.org/en-US/docs/Web/API/Web_Workers_API/Structured_clone_algorithm#error_types" },
  { module: "(global)", call: "Deno.inspect", tells: "stack", source: "https://docs.deno.com/api/deno/~/Deno.inspect" },
  { module: "util", call: "inspect", tells: "stack", source: "https://nodejs.org/api/util.html#utilinspectobject-options" },
  { module: "util", call: "format", tells: "stack", source: "https://nodejs.org/api/util.html#utilformatformat-args" },
  { module: "serialize-error", call: "serializeError", tells: "stack", source: "https://www.npmjs.com/package/serialize-error" },
];

/** Words of an answer that say why something failed, where only one thing was tried. */
export const namedCauses = /\b(?:is|are|was)(?: not|n't) (?:configured|set(?: up)?|installed|enabled|reachable|available)\b|\bmissing (?:api )?(?:key|config\w*|credentials?)\b|\bunreachable\b/i;
