import { isAbsolute, join } from "node:path";
import { parseForESLint } from "@typescript-eslint/parser";
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import { openFile } from "../../src/project/file.js";
import type { Source } from "../../src/syntax/source.js";
import { childrenOf, walk } from "../../src/syntax/walk.js";
import { projectFolder } from "./projects.js";

interface Place {
  /** Relative to the folder that the linter runs in. */
  filename?: string;
  /** The folder that the linter runs in, a project of `tests/fixtures/projects` if left out. */
  cwd?: string;
  /** `settings.hardening`. */
  settings?: Record<string, unknown>;
}

/** Parses code as a file of a project, for the questions of the syntax, project and semantic layers. JSX goes by the file name. */
export function openText(text: string, { filename = "file.ts", cwd = projectFolder(), settings = {} }: Place = {}): Source {
  const { ast, scopeManager, visitorKeys } = parseForESLint(text, {
    range: true,
    loc: true,
    comment: true,
    tokens: true,
    sourceType: "module",
    filePath: filename,
    ecmaFeatures: { jsx: filename.endsWith("x") },
  });
  const source = { ast, text, scopeManager, visitorKeys } as unknown as Source;
  walk(source.ast, source, (node) => {
    for (const child of childrenOf(node, source)) child.parent = node;
  });
  openFile({
    sourceCode: source as TSESLint.SourceCode,
    filename: isAbsolute(filename) ? filename : join(cwd, filename),
    cwd,
    settings: { hardening: settings },
    languageOptions: {} as never,
  });
  return source;
}

/** The first node that passes a test, in the order of the text. */
export function find(source: Source, test: (node: TSESTree.Node) => boolean): TSESTree.Node {
  let found: TSESTree.Node | undefined;
  walk(source.ast, source, (node) => {
    if (!test(node)) return true;
    found = node;
    return "stop";
  });
  if (!found) throw new Error("no such node in the program");
  return found;
}

/** The expression in the marked place: `__(expression)`. */
export function marked(source: Source): TSESTree.Node {
  const call = find(source, (node) => node.type === "CallExpression" && node.callee.type === "Identifier" && node.callee.name === "__") as TSESTree.CallExpression;
  const [argument] = call.arguments;
  if (!argument) throw new Error("mark an expression with __( )");
  return argument;
}
