/**
 * The packages whose clients, instances and loggers real apps make in one file and use in many. Only a module that leads to one
 * of them is opened to find out what it exports.
 */
export const clientPackages: ReadonlySet<string> = new Set([
  "axios",
]);

/** Package functions that give back what they are given, or what comes of calling it: memoizers, wrappers, hooks that keep a value. */
export interface PassThrough {
  readonly module: string;
  readonly calls: readonly string[];
  /** The first argument itself, or its result where it is a function. */
  readonly gives: "argument" | "result";
  /** Where it is found in what the call gives back, if that is not it. */
  readonly under?: string;
  readonly source: string;
}

export const passThroughs: readonly PassThrough[] = [
  { module: "react", calls: ["cache", "useCallback"], gives: "argument", source: "https://react.dev/reference/react/cache" },
  { module: "react", calls: ["useMemo"], gives: "result", source: "https://react.dev/reference/react/useMemo" },
  { module: "react", calls: ["useState"], gives: "result", under: "[0]", source: "https://react.dev/reference/react/useState" },
  { module: "react", calls: ["useRef"], gives: "argument", under: "current", source: "https://react.dev/reference/react/useRef" },
  { module: "lodash", calls: ["once", "memoize"], gives: "argument", source: "https://lodash.com/docs/#once" },
];
