import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "@typescript-eslint/parser";
import type { TSESTree } from "@typescript-eslint/utils";

import manifest from "../../../package.json" with { type: "json" };
import { isObject, type JsonObject } from "../../project/json.js";
import { filesOf } from "../files.js";
import { flatConfigIn, nodesIn } from "../flat-ignores.js";
import type { Outcome } from "./change.js";

const legacyNames = [".eslintrc", ".eslintrc.js", ".eslintrc.cjs", ".eslintrc.mjs", ".eslintrc.json", ".eslintrc.yml", ".eslintrc.yaml"];

/** What a project is built with, as far as its configuration depends on it. */
export interface Stack {
  readonly json: JsonObject | null;
  readonly isTypeScript: boolean;
  readonly hasTypescriptEslint: boolean;
  readonly isModule: boolean;
  /** The major version of ESLint that it asks for; `null` without one. */
  readonly eslint: number | null;
}

export function stackOf(root: string): Stack {
  let json: unknown = null;
  try {
    json = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  } catch {
    // A project without a package.json, or with a broken one, gets the plainest configuration.
  }
  const manifestJson = isObject(json) ? json : null;
  const all: Record<string, unknown> = {};
  for (const kind of ["dependencies", "devDependencies"]) if (isObject(manifestJson?.[kind])) Object.assign(all, manifestJson[kind]);
  const range = typeof all["eslint"] === "string" ? /\d+/.exec(all["eslint"]) : null;
  return {
    json: manifestJson,
    isTypeScript: "typescript" in all || existsSync(join(root, "tsconfig.json")) || filesOf(root).all.some((file) => /\.[cm]?tsx?$/.test(file)),
    hasTypescriptEslint: "typescript-eslint" in all,
    isModule: manifestJson?.["type"] === "module",
    eslint: range ? Number(range[0]) : null,
  };
}

/** What a new configuration says. */
function fresh({ isTypeScript }: Stack): string {
  const lines = ['import hardening from "eslint-plugin-hardening";'];
  if (isTypeScript) lines.push('import tseslint from "typescript-eslint";');
  lines.push("", "export default [");
  if (isTypeScript) lines.push('  { files: ["**/*.{ts,tsx,mts,cts}"], languageOptions: { parser: tseslint.parser } },');
  lines.push('  { files: ["**/*.{js,jsx,mjs,cjs}"], languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } },');
  lines.push("  ...hardening.configs.recommended,", "];", "");
  return lines.join("\n");
}

/** The list that a configuration exports: `[…]`, `defineConfig([…])`, `tseslint.config(…)`. */
function listIn(node: TSESTree.Node | null | undefined, program: TSESTree.Program): { readonly items: readonly (TSESTree.Node | null)[]; readonly end: number } | null {
  if (!node) return null;
  if (node.type === "ArrayExpression") return { items: node.elements, end: node.range[1] - 1 };
  if (node.type === "TSSatisfiesExpression" || node.type === "TSAsExpression") return listIn(node.expression, program);
  if (node.type === "Identifier") {
    for (const statement of program.body) {
      if (statement.type !== "VariableDeclaration") continue;
      for (const { id, init } of statement.declarations) if (id.type === "Identifier" && id.name === node.name) return listIn(init, program);
    }
    return null;
  }
  if (node.type !== "CallExpression") return null;
  const name = node.callee.type === "Identifier" ? node.callee.name : node.callee.type === "MemberExpression" && node.callee.property.type === "Identifier" ? node.callee.property.name : "";
  const [only, ...others] = node.arguments;
  if (name === "defineConfig" && only?.type === "ArrayExpression" && others.length === 0) return listIn(only, program);
  // Both take their parts one by one.
  if (name === "defineConfig" || (name === "config" && node.callee.type === "MemberExpression")) return { items: node.arguments, end: node.range[1] - 1 };
  return null;
}

function exportedBy(program: TSESTree.Program): TSESTree.Node | null {
  for (const statement of program.body) {
    if (statement.type === "ExportDefaultDeclaration") return statement.declaration;
    if (statement.type !== "ExpressionStatement" || statement.expression.type !== "AssignmentExpression") continue;
    const { left, right } = statement.expression;
    if (left.type === "MemberExpression" && left.object.type === "Identifier" && left.object.name === "module") return right;
  }
  return null;
}

/** Spaces and comments. */
const blank = /(?:\s|\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*\*\/)*/y;

/** A comment that ends a line, and what stands before it there. */
const comment = /[^\S\n]*(?:\/\/[^\n]*|\/\*(?:[^*\n]|\*(?!\/))*\*\/[^\S\n]*(?=\n))/y;

/** Where what a pattern matches from a place on ends. */
function after(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : from;
}

const isOf = (name: unknown, text: string): boolean => typeof name === "string" && (name === text || name.startsWith(`${text}/`));

/** Whether a configuration loads a package. What is only said in a comment loads nothing. */
export function loads(text: string, name: string): boolean {
  try {
    return [...nodesIn(parse(text, { range: true, sourceType: "module" }).body)].some((node) => node.type === "Literal" && isOf(node.value, name));
  } catch {
    return text.includes(`"${name}"`) || text.includes(`'${name}'`);
  }
}

/** A configuration with the plugin at the end of its list; `null` where the list cannot be found. */
function withPlugin(text: string, preset: string): string | null {
  let program: TSESTree.Program;
  try {
    program = parse(text, { range: true, sourceType: "module" });
  } catch {
    return null;
  }
  const list = listIn(exportedBy(program), program);
  if (!list) return null;
  const isCommonJs = !program.body.some(({ type }) => type === "ImportDeclaration" || type === "ExportDefaultDeclaration");
  const imports = program.body.filter(({ type }) => type === "ImportDeclaration");
  const bring = isCommonJs ? 'const hardening = require("eslint-plugin-hardening");' : 'import hardening from "eslint-plugin-hardening";';
  const last = imports.at(-1);
  const entry = `...hardening.configs${/^\w+$/.test(preset) ? `.${preset}` : `["${preset}"]`}`;
  const before = list.items.at(-1);
  const tail = before ? text.slice(before.range[1], list.end) : text.slice(list.end, list.end);
  const isMultiline = before ? /\n/.test(text.slice(before.range[0] - 2, list.end)) || tail.includes("\n") : false;
  const indent = before ? (/(?:^|\n)([ \t]*)$/.exec(text.slice(0, before.range[0]))?.[1] ?? "  ") : "  ";
  let changed = `${text.slice(0, list.end)}${entry}${text.slice(list.end)}`;
  if (before) {
    const [, end] = before.range;
    const comma = after(blank, text, end);
    const hasComma = text[comma] === ",";
    // What is said about the last item at the end of its line stays with it.
    const insertAt = after(comment, text, hasComma ? comma + 1 : end);
    changed = `${text.slice(0, end)}${hasComma ? "" : ","}${text.slice(end, insertAt)}${isMultiline || insertAt > (hasComma ? comma + 1 : end) ? `\n${indent}` : " "}${entry}${hasComma ? "," : ""}${text.slice(insertAt)}`;
  }
  if (last) return `${changed.slice(0, last.range[1])}\n${bring}${changed.slice(last.range[1])}`;
  // A directive is one only as long as nothing stands before it.
  const directives = program.body.filter((node) => node.type === "ExpressionStatement" && node.directive !== undefined);
  const lastDirective = directives.at(-1);
  if (lastDirective) return `${changed.slice(0, lastDirective.range[1])}\n\n${bring}${changed.slice(lastDirective.range[1])}`;
  const at = program.body[0]?.range[0] ?? 0;
  return `${changed.slice(0, at)}${bring}\n${isCommonJs ? "" : "\n"}${changed.slice(at)}`;
}

const byHand = (file: string, preset: string): string =>
  `${file} builds its list in a way that is better left to you. Add to it:\n\n    import hardening from "${manifest.name}";\n    …\n    ...hardening.configs.${preset},\n`;

/** Adds the plugin to the configuration that a project has, or writes one. */
export function eslintConfig(root: string, stack: Stack): Outcome {
  const name = flatConfigIn(root);
  const preset = stack.eslint !== null && stack.eslint < 9 ? "code-recommended" : "recommended";
  if (name !== null) {
    const before = readFileSync(join(root, name), "utf8");
    if (loads(before, manifest.name)) return { done: `${name} has the plugin already.` };
    const changed = withPlugin(before, preset);
    return changed === null ? { todo: byHand(name, preset) } : { change: { file: name, before, after: changed } };
  }
  const legacy = legacyNames.find((each) => existsSync(join(root, each))) ?? (stack.json && "eslintConfig" in stack.json ? "`eslintConfig` in package.json" : null);
  if (legacy !== null) {
    const migrates = legacy.startsWith(".") ? `npx @eslint/migrate-config ${legacy}` : "npx @eslint/migrate-config package.json";
    return {
      todo: `ESLint is set up in ${legacy} here, a format that ESLint 9 no longer reads by itself and ESLint 10 not at all; schemas and migrations can only be linted with a flat configuration. Turn it into one, then run this again:\n\n    ${migrates}\n\nUntil then the review needs none of it: npx ${manifest.name}\n`,
    };
  }
  const file = stack.isModule ? "eslint.config.js" : "eslint.config.mjs";
  return { change: { file, before: null, after: fresh(stack) } };
}
