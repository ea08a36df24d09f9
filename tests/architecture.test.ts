import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

import { root } from "../scripts/support/rules.js";

/**
 * Who may lean on whom, besides on itself.
 *
 * - knowledge is tables: with nothing to import there is no logic to hide in them;
 * - syntax knows the language, not the project, so that it answers the same for a text without a file;
 * - languages turn a schema file's text into a tree, for ESLint and for the model of the database alike, and read no file themselves;
 * - project is the only part that reads files;
 * - semantics has the nouns that rules speak;
 * - rules speak in those nouns alone: a library's name in a rule is a column that knowledge does not have yet, and what two
 *   rules share is a noun that semantics does not have yet;
 * - review is a program around the plugin: it runs ESLint, asks the project and the nouns what a file is to the app, and is known to no rule.
 */
const layers: Record<string, readonly string[]> = {
  "src/knowledge": [],
  "src/syntax": ["@typescript-eslint/utils"],
  "src/languages": ["@eslint/plugin-kit", "node:module"],
  "src/project": [
    "src/syntax",
    "@typescript-eslint/utils",
    "node:",
    "@typescript-eslint/parser",
    "jsonc-parser",
    "picomatch",
    "resolve.exports",
    "tinyglobby",
    "yaml",
  ],
  "src/semantics": ["src/knowledge", "src/syntax", "src/languages", "src/project", "@typescript-eslint/utils", "picomatch"],
  "src/rules": ["src/create-rule", "src/semantics", "src/syntax", "@typescript-eslint/utils"],
  "src/concerns": [],
  "src/settings": ["src/knowledge"],
  "src/rule-options": ["eslint"],
  "src/create-rule": ["src/concerns", "src/settings", "src/semantics/program/file-role", "src/semantics/program/left-over", "src/project", "src/syntax", "@typescript-eslint/utils", "package.json"],
  "src/plugin": ["src/languages", "src/rules/index", "package.json"],
  "src/preset": ["src/concerns", "src/create-rule", "src/plugin", "eslint"],
  "src/index": ["src/concerns", "src/plugin", "src/preset", "src/rule-options", "src/settings", "configs", "eslint"],
  "src/review": [
    "src/concerns",
    "src/create-rule",
    "src/plugin",
    "src/knowledge/deploy-scripts",
    "src/knowledge/migrations",
    "src/knowledge/project-tools",
    "src/project",
    "src/semantics",
    "src/syntax",
    "configs",
    "package.json",
    "@typescript-eslint/utils",
    "@typescript-eslint/parser",
    "node:",
    "eslint",
    "diff",
    "dockerfile-ast",
    "escape-html",
    "ignore",
    "jsonc-parser",
    "node-sarif-builder",
    "yaml",
  ],
  configs: ["src/preset"],
};

interface Import {
  /** A path in the project without its ending, or a module's name. */
  target: string;
  typeOnly: boolean;
}

const isTypeOnly = (node: ts.ImportDeclaration | ts.ExportDeclaration): boolean => {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  const clause = node.importClause;
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  return !clause.name && clause.namedBindings !== undefined && ts.isNamedImports(clause.namedBindings) && clause.namedBindings.elements.every((element) => element.isTypeOnly);
};

/** Everything that a file imports, in whichever way. */
function importsOf(path: string): Import[] {
  const file = ts.createSourceFile(path, readFileSync(join(root, path), "utf8"), ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean): void => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) throw new Error(`${path} imports what cannot be told`);
    const target = specifier.text.startsWith(".") ? join(dirname(path), specifier.text).replace(/\.js$/, "") : specifier.text;
    found.push({ target, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeOnly(node));
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node)) add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    else if (ts.isCallExpression(node) && (node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText(file) === "require")) add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const within = (path: string, part: string): boolean => path === part || path.startsWith(part.endsWith(":") ? part : `${part}/`);

const layerOf = (path: string): string | undefined => Object.keys(layers).find((layer) => within(path, layer));

/** Why an import may not be, or `null`. */
function fault(path: string, { target, typeOnly }: Import): string | null {
  const layer = layerOf(path);
  if (layer === undefined) return "the file belongs to no layer";
  if (target === "@typescript-eslint/utils" && !typeOnly) return "at run time this loads ESLint itself";
  if (target === "eslint" && !typeOnly && path !== "src/review/eslint") return "the host brings ESLint, if it is ESLint at all";
  if (layer === "src/rules" && within(target, layer) && path !== "src/rules/index") return "a rule leans on another rule";
  if (within(target, layer) || layers[layer]?.some((part) => within(target, part))) return null;
  return `${layer} may not lean on it`;
}

const files = ["src", "configs"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name))),
);

test("every file leans on its own layer and those below it", () => {
  const stray = files.flatMap((file) =>
    importsOf(file).flatMap((each) => {
      const why = fault(file.replace(/\.ts$/, ""), each);
      return why === null ? [] : [`${file} imports ${each.target}: ${why}`];
    }),
  );
  expect(stray).toEqual([]);
});

describe("a stray import is seen", () => {
  const stray: [path: string, target: string, typeOnly?: boolean][] = [
    ["src/knowledge/orms", "src/syntax/value", true],
    ["src/knowledge/orms", "node:fs"],
    ["src/syntax/value", "node:path"],
    ["src/syntax/value", "src/project/file"],
    ["src/project/modules", "src/semantics/environment/env"],
    ["src/semantics/environment/env", "node:fs"],
    ["src/languages/prisma/parse", "node:fs"],
    ["src/languages/prisma/parse", "src/project/file"],
    ["src/rules/auth/require-guard", "src/knowledge/auth-guards"],
    ["src/rules/auth/require-guard", "src/project/modules"],
    ["src/rules/auth/require-guard", "src/rules/auth/require-session"],
    ["src/rules/auth/require-guard", "picomatch"],
    ["src/rules/auth/require-guard", "@typescript-eslint/utils"],
    ["configs/auth", "src/plugin"],
    ["src/utils", "src/syntax/value"],
    ["src/rules/auth/require-guard", "src/review/review"],
    ["src/plugin", "src/review/review"],
    ["src/review/lint", "eslint"],
  ];
  test.for(stray)("%s on %s", ([path, target, typeOnly = false]) => {
    expect(fault(path, { target, typeOnly })).not.toBeNull();
  });

  const fine: [path: string, target: string, typeOnly?: boolean][] = [
    ["src/rules/auth/require-guard", "src/semantics/environment/env"],
    ["src/rules/auth/require-guard", "@typescript-eslint/utils", true],
    ["src/rules/auth/require-guard", "@typescript-eslint/utils/ast-utils"],
    ["src/rules/index", "src/rules/auth/require-guard"],
    ["src/project/modules", "node:fs"],
  ];
  test.for(fine)("but not %s on %s", ([path, target, typeOnly = false]) => {
    expect(fault(path, { target, typeOnly })).toBeNull();
  });
});
