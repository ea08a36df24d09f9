import type { TSESTree } from "@typescript-eslint/utils";

import type { ColumnWord } from "../../../knowledge/code-migrations.js";
import type { SqlConstraint } from "../../../languages/sql/syntax.js";
import type { Source } from "../../../syntax/source.js";
import { stringValue } from "../../../syntax/value.js";
import type { Link } from "./chains.js";
import { constraintAt, expressionAt, nameAt, referenceAt } from "./nodes.js";

/** What calls make of a column, beside its type. */
export interface ColumnFacts {
  readonly constraints: readonly SqlConstraint[];
  readonly isIndexed: boolean;
  /** Whether it is a column that was there already. */
  readonly isReplaced: boolean;
  /** Whether a call is among them of which nothing is known. */
  readonly isWhole: boolean;
}

/** The words of a default, as SQL has them. */
function valueOf(node: TSESTree.Node | undefined, source: Source): string {
  if (!node) return "";
  const text = stringValue(node);
  return text === null ? source.text.slice(...node.range) : `'${text}'`;
}

/** The table and the columns that a reference names: `references("users.id")`, `references("id")` with `inTable("users")`. */
function referenceIn(links: readonly Link[], wordOf: (name: string) => ColumnWord | undefined): SqlConstraint | null {
  const textOf = (word: ColumnWord): string | null => stringValue(links.find(({ name }) => wordOf(name) === word)?.arguments[0]);
  const link = links.find(({ name }) => wordOf(name) === "references");
  const target = textOf("references");
  if (!link || target === null) return null;
  const named = textOf("references table");
  const at = target.lastIndexOf(".");
  const table = named ?? (at > 0 ? target.slice(0, at) : null);
  if (table === null) return null;
  const actions = { onDelete: textOf("on delete")?.toLowerCase() ?? null, onUpdate: textOf("on update")?.toLowerCase() ?? null };
  return constraintAt("foreign key", link.node, { references: referenceAt(nameAt(table, link.node), [named === null ? target.slice(at + 1) : target], link.node, actions) });
}

const isFalse = (node: TSESTree.Node | undefined): boolean => node?.type === "Literal" && node.value === false;

/** What the calls behind a column's own make of it. */
export function columnFacts(links: readonly Link[], words: Readonly<Record<string, ColumnWord>>, source: Source): ColumnFacts {
  const wordOf = (name: string): ColumnWord | undefined => (Object.hasOwn(words, name) ? words[name] : undefined);
  const constraints: SqlConstraint[] = [];
  for (const { name, node, arguments: given } of links) {
    const word = wordOf(name);
    const isOff = isFalse(given[0]);
    if (word === "null" && isOff) constraints.push(constraintAt("not null", node));
    else if (word === "not null" || word === "primary key" || word === "unique" || word === "identity" || word === "generated") constraints.push(constraintAt(word, node));
    else if (word === "default") constraints.push(constraintAt("default", node, { expression: expressionAt(valueOf(given[0], source), node) }));
  }
  const reference = referenceIn(links, wordOf);
  const isReference = links.some(({ name }) => wordOf(name) === "references");
  return {
    constraints: reference ? [...constraints, reference] : constraints,
    isIndexed: links.some(({ name }) => wordOf(name) === "index"),
    isReplaced: links.some(({ name }) => wordOf(name) === "replace"),
    isWhole: !isReference || reference !== null,
  };
}
