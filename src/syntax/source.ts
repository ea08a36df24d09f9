import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

/**
 * A parsed file: ESLint's own `SourceCode` for the file that is linted, or what the module resolver has parsed by itself.
 * The questions of the syntax layer need no more than this, so they work on both.
 */
export interface Source {
  readonly ast: TSESTree.Program;
  readonly text: string;
  readonly scopeManager: TSESLint.Scope.ScopeManager | null;
  readonly visitorKeys: Readonly<Record<string, readonly string[] | undefined>>;
}
