import type { TSESTree } from "@typescript-eslint/utils";

import type { SqlStatement } from "../../../languages/sql/syntax.js";
import type { Source } from "../../../syntax/source.js";
import { eachChain, upIn, type Chain } from "./chains.js";
import { unknownAt } from "./nodes.js";

/** Reads what one migration does, as statements of SQL. */
export abstract class MigrationReader<Entry> {
  protected readonly entry: Entry;
  protected readonly source: Source;
  protected readonly statements: SqlStatement[] = [];

  constructor(entry: Entry, source: Source) {
    this.entry = entry;
    this.source = source;
  }

  read(): readonly SqlStatement[] {
    const up = upIn(this.source);
    if (up) {
      eachChain(
        up,
        this.source,
        (chain) => this.chain(chain),
        (node) => this.elsewhere(node),
      );
    }
    return this.statements;
  }

  /** Calls on what the migration is handed. */
  protected abstract chain(chain: Chain): void;

  /** A call that is handed it: a function of the project's own, which does what it does. */
  protected elsewhere(node: TSESTree.CallExpression): void {
    this.statements.push(unknownAt(node, "constraint"));
  }
}
