/** Globals of the host whose functions work on what they are given, and say nothing but what is wrong with that. */
export const plainGlobals: ReadonlySet<string> = new Set([
  ...["Array", "BigInt", "Boolean", "Buffer", "Date", "Error", "Headers", "Intl", "JSON", "Map", "Math", "Number", "Object", "RegExp", "Set", "String", "Symbol", "TextDecoder", "TextEncoder", "URL", "URLSearchParams"],
  ...["atob", "btoa", "decodeURIComponent", "encodeURIComponent", "isFinite", "isNaN", "parseFloat", "parseInt", "performance", "structuredClone"],
]);

/** Functions of the host of the same kind, beside others that leave the process. */
export const plainCalls: ReadonlySet<string> = new Set([
  ...["Deno.env.get", "Deno.env.has", "crypto.randomUUID", "crypto.getRandomValues"],
  ...["process.cpuUsage", "process.hrtime", "process.hrtime.bigint", "process.memoryUsage", "process.memoryUsage.rss", "process.resourceUsage", "process.uptime"],
]);

/** Functions of the host that wait for what they are given, and add no failure of their own. */
export const gatheringCalls: ReadonlySet<string> = new Set(["Promise.all", "Promise.allSettled", "Promise.resolve"]);

/** Methods of texts, lists, dates and numbers that nothing else has which could leave the process. */
export const plainMethods: ReadonlySet<string> = new Set([
  ...["charAt", "charCodeAt", "codePointAt", "endsWith", "includes", "indexOf", "lastIndexOf", "localeCompare", "padEnd", "padStart", "repeat", "replace", "replaceAll", "slice", "split", "startsWith", "substr", "substring"],
  ...["toLocaleLowerCase", "toLocaleUpperCase", "toLowerCase", "toString", "toUpperCase", "trim", "trimEnd", "trimStart"],
  ...["at", "concat", "entries", "every", "filter", "findIndex", "findLast", "flat", "flatMap", "forEach", "join", "keys", "map", "pop", "push", "reduce", "reverse", "shift", "some", "sort", "toSorted", "unshift", "values"],
  ...["getDate", "getDay", "getFullYear", "getHours", "getMinutes", "getMonth", "getTime", "setDate", "setHours", "toFixed", "toISOString", "toLocaleDateString", "toLocaleString", "toLocaleTimeString"],
]);

/** Methods of lists that call what they are given. */
export const callingMethods: ReadonlySet<string> = new Set(["every", "filter", "findIndex", "findLast", "flatMap", "forEach", "map", "reduce", "some", "sort", "toSorted"]);

/** Methods of promises that add what their callbacks do. */
export const promiseMethods: ReadonlySet<string> = new Set(["catch", "finally", "then"]);

/** What a request is asked, and the parts of it that are: each answers with what its sender said. */
export const requestReads: ReadonlySet<string> = new Set(["accepts", "arrayBuffer", "blob", "formData", "get", "getAll", "has", "header", "is", "json", "param", "parseBody", "query", "text"]);
export const requestParts: ReadonlySet<string> = new Set(["body", "cookies", "headers", "nextUrl", "params", "query", "req", "searchParams"]);

/** Fields under which a failure says what it is, in errors as in results that bring one. */
export const failureFields: ReadonlySet<string> = new Set(["cause", "description", "detail", "details", "error", "errorMessage", "errors", "hint", "message", "reason", "response", "stack", "stderr"]);
