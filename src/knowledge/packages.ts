/**
 * The packages whose clients, instances and loggers real apps make in one file and use in many. Only a module that leads to one
 * of them is opened to find out what it exports.
 */
export const clientPackages: ReadonlySet<string> = new Set([
  "axios",
]);

/** Package functions that give back what they are given: memoizers, and wrappers that add nothing but a name. */
export const passThroughs: readonly { module: string; calls: readonly string[]; source: string }[] = [
  { module: "react", calls: ["cache"], source: "https://react.dev/reference/react/cache" },
  { module: "lodash", calls: ["once", "memoize"], source: "https://lodash.com/docs/#once" },
];
