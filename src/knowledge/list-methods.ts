const mdn = "https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/Array";

/**
 * What a list's method makes of what its callback returns: nothing, a list of it, a yes or no, an order. None of them waits for a
 * promise, and a promise counts as yes.
 */
export interface ListMethod {
  readonly takes: "nothing" | "values" | "answers" | "order";
  /** What comes of a callback whose answer is always a promise, in a sentence. */
  readonly outcome: string;
  readonly source: string;
}

const answers = (name: string, outcome: string): ListMethod => ({ takes: "answers", outcome, source: `${mdn}/${name}` });

export const listMethods: Readonly<Record<string, ListMethod>> = {
  forEach: { takes: "nothing", outcome: "", source: `${mdn}/forEach` },
  map: { takes: "values", outcome: "", source: `${mdn}/map` },
  flatMap: { takes: "values", outcome: "", source: `${mdn}/flatMap` },
  filter: answers("filter", "every item stays"),
  some: answers("some", "the first item decides that there is one"),
  every: answers("every", "all items pass"),
  find: answers("find", "the first item is found"),
  findIndex: answers("findIndex", "the first item is found"),
  findLast: answers("findLast", "the last item is found"),
  findLastIndex: answers("findLastIndex", "the last item is found"),
  sort: { takes: "order", outcome: "the items stay in the order that they had", source: `${mdn}/sort` },
  toSorted: { takes: "order", outcome: "the items stay in the order that they had", source: `${mdn}/toSorted` },
};

/** Functions of the host that give a list. */
export const hostLists: ReadonlySet<string> = new Set(["Object.keys", "Object.values", "Object.entries", "Array.from", "Array.of", "Array"]);

/** Calls of packages that give a list: package to names. */
export const packageLists: Readonly<Record<string, readonly string[]>> = {
  fs: ["readdirSync", "promises.readdir"],
  "fs/promises": ["readdir"],
};

/** Types of lists whose methods wait for nothing. */
export const listTypes: ReadonlySet<string> = new Set(["Array", "ReadonlyArray", "Set", "ReadonlySet", "Map", "ReadonlyMap", "NodeListOf", "FileList"]);

/** Methods that make a list of the list that they are called on. */
export const listKeepers: ReadonlySet<string> = new Set([
  ...["filter", "map", "flatMap", "slice", "splice", "concat", "flat", "sort", "reverse", "fill"],
  ...["toSorted", "toReversed", "toSpliced", "with"],
]);

/** Globals through which data comes that may be a list: what a server answers, what was kept as text, the elements of a page. */
export const dataGlobals: ReadonlySet<string> = new Set(["fetch", "JSON", "document", "localStorage", "sessionStorage", "structuredClone", "process"]);
