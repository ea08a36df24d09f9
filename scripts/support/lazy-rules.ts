import { isDeepStrictEqual } from "node:util";
import type { Rolldown } from "tsdown";
import { tsImport } from "tsx/esm/api";

const id = "\0lazy-rules";

type Rules = Readonly<Record<string, { readonly name: string; readonly meta: object }>>;

/** @throws Error where what a rule says of itself is more than data, and would be lost. */
function asData(name: string, meta: object): string {
  const text = JSON.stringify(meta);
  if (!isDeepStrictEqual(JSON.parse(text), meta)) throw new Error(`the meta of ${name} is no plain data`);
  return text;
}

const moduleOf = (rules: Rules): string => `import { createRequire } from "node:module";

const read = createRequire(import.meta.url);
function lazy(name, meta) {
  const rule = {
    name,
    meta,
    create(context) {
      // ESLint asks a rule for each file: from the second on, it asks the body itself.
      rule.create = read("./rules.js").rules[name].create;
      return rule.create(context);
    },
  };
  return rule;
}

export const rules = {
${Object.entries(rules)
  .map(([name, { meta }]) => `  ${JSON.stringify(name)}: lazy(${JSON.stringify(name)}, ${asData(name, meta)}),`)
  .join("\n")}
};
`;

/**
 * Builds the plugin without the bodies of its rules, which are read with the first file that is linted: a config that only names the
 * plugin loads in a fraction of the time. What the rules say of themselves is there from the start, as ESLint needs it.
 *
 * The bodies stand beside what is built of this. They are read synchronously, as ESLint creates rules, and share all modules with the rest.
 */
export const lazyRules = (index: URL): Rolldown.Plugin => ({
  name: "lazy-rules",
  resolveId: { filter: { id: /\/rules\/index\.js$/ }, handler: (source, importer) => (importer?.endsWith("/src/plugin.ts") ? id : null) },
  load: {
    filter: { id: /lazy-rules/ },
    async handler(asked) {
      if (asked !== id) return null;
      const { rules } = (await tsImport(index.href, import.meta.url)) as { rules: Rules };
      return moduleOf(rules);
    },
  },
});
