const known = new Map<string, readonly string[]>();

const split = (name: string): string[] =>
  name
    .replaceAll(/(\d[A-Z])([A-Z][a-z])/g, "$1_$2")
    .replaceAll(/([a-z\d])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter(Boolean);

/** The words of a name: `serviceTicketId`, `service_ticket_id`. */
export function wordsOf(name: string): readonly string[] {
  const words = known.get(name) ?? split(name);
  known.set(name, words);
  return words;
}

const plurals: readonly (readonly [RegExp, string])[] = [
  [/ies$/, "y"],
  [/(s|x|z|ch|sh)es$/, "$1"],
  [/([^s])s$/, "$1"],
];

/** A word in the singular, as far as English lets itself be told: what a table and a column that leads to it have in common. */
function singular(word: string): string {
  const [pattern, ending] = plurals.find(([each]) => each.test(word)) ?? [];
  return pattern && ending !== undefined ? word.replace(pattern, ending) : word;
}

/** A table's name in one word, in the singular: `order_lines` and `OrderLine` are the same. */
export const stemOf = (name: string): string => singular(wordsOf(name).join(""));

/** A table's name as SQL has it: with its schema, where that is not the usual one. */
export const qualifiedName = ({ schema, name }: { readonly schema: string | null; readonly name: string }): string => (schema === null ? name : `${schema}.${name}`);

/** A table's name from a model's, as English has it. */
export const pluralOf = (name: string): string =>
  /[^aeiou]y$/i.test(name) ? `${name.slice(0, -1)}ies` : /(?:s|x|z|ch|sh)$/i.test(name) ? (/[^s]s$/i.test(name) ? name : `${name}es`) : `${name}s`;
