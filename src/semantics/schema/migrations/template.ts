import type { TSESTree } from "@typescript-eslint/utils";

import type { TemplateMigrations } from "../../../knowledge/code-migrations.js";
import type { SqlStatement } from "../../../languages/sql/syntax.js";
import type { Source } from "../../../syntax/source.js";
import { memberName, unwrap } from "../../../syntax/value.js";
import { walk } from "../../../syntax/walk.js";
import { statementsIn, upIn } from "./chains.js";

/** `sql`, `sql.raw` by its last word. */
const lastName = (node: TSESTree.Node): string | null => {
  const inner = unwrap(node);
  return inner.type === "Identifier" ? inner.name : inner.type === "MemberExpression" ? memberName(inner) : null;
};

/** What a migration does that is nothing but SQL, in templates and texts. */
export function readTemplates({ raw }: TemplateMigrations, source: Source): readonly SqlStatement[] {
  const up = upIn(source);
  const statements: SqlStatement[] = [];
  if (!up) return statements;
  walk(up.body, source, (node) => {
    const text = node.type === "TaggedTemplateExpression" ? node : node.type === "CallExpression" ? node.arguments[0] : undefined;
    const name = node.type === "TaggedTemplateExpression" ? lastName(node.tag) : node.type === "CallExpression" ? lastName(node.callee) : null;
    if (!text || name === null || !raw.includes(name)) return true;
    statements.push(...statementsIn(text, source));
    return false;
  });
  return statements;
}
