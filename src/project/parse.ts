import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { createRequire } from "node:module";
import { extname } from "node:path";

import type { Source } from "../syntax/source.js";
import { childrenOf } from "../syntax/walk.js";
import { lazily, require } from "./lazy.js";

type Parsed = Pick<TSESLint.Parser.ParseResult, "ast" | "scopeManager" | "visitorKeys">;

interface Parser {
  readonly parseForESLint: (text: string, options: object) => Parsed;
}

const largest = 1_000_000;

const name = "@typescript-eslint/parser";

// Loading it takes a quarter of a second, and the host has most often loaded one already.
const ownParser = lazily(() => require("@typescript-eslint/parser") as Parser);

function isTypeScriptParser(parser: unknown): parser is Parser {
  if (typeof parser !== "object" || parser === null) return false;
  const { meta, parseForESLint } = parser as { meta?: { name?: unknown }; parseForESLint?: unknown };
  return typeof parseForESLint === "function" && typeof meta?.name === "string" && meta.name.startsWith("typescript-eslint");
}

/** What typescript-eslint's parser is made of. By itself, it gives a list of all tokens as well, and nothing asks for those of a module. */
interface Parts {
  readonly parse: (text: string, options: object) => TSESTree.Program;
  readonly analyze: (ast: TSESTree.Program, options: object) => TSESLint.Scope.ScopeManager;
  readonly visitorKeys: TSESLint.SourceCode.VisitorKeys;
}

const ownParts = lazily((): Parts => {
  const part = createRequire(require.resolve(name));
  const { parse } = part("@typescript-eslint/typescript-estree") as Pick<Parts, "parse">;
  const { analyze } = part("@typescript-eslint/scope-manager") as Pick<Parts, "analyze">;
  const { visitorKeys } = part("@typescript-eslint/visitor-keys") as Pick<Parts, "visitorKeys">;
  return { parse, analyze, visitorKeys };
});

const loadedParser = lazily(() => require.cache[require.resolve(name)]?.exports as Parser | undefined);

/** The parts of a parser, where it is the one that we would load ourselves: of another one nobody knows where its parts are. */
const partsOf = ({ parseForESLint }: Parser): Parts | null => (loadedParser()?.parseForESLint === parseForESLint ? ownParts() : null);

function parsedBy(parser: Parser, text: string, file: string): Parsed {
  const jsx = /x$/.test(extname(file));
  const options = { filePath: file, sourceType: "module", range: true, loc: true, jsDocParsingMode: "none" };
  // The names of TypeScript's libraries are a thousand variables for each module, and nothing asks for them.
  const lib: readonly string[] = [];
  const parts = partsOf(parser);
  if (!parts) return parser.parseForESLint(text, { ...options, lib, ecmaFeatures: { jsx }, preserveNodeMaps: false, warnOnUnsupportedTypeScriptVersion: false });
  const parse = (comment: boolean): TSESTree.Program => parts.parse(text, { ...options, jsx, comment, onUnsupportedTypeScriptVersion: "ignore", loggerFn: false });
  const ast = parse(false);
  ast.sourceType = "module";
  // To find the comments means to go through all tokens, which takes as long as the rest. Of few modules anybody asks for them.
  Object.defineProperty(ast, "comments", { get: lazily(() => parse(true).comments) });
  return { ast, scopeManager: parts.analyze(ast, { sourceType: "module", lib }), visitorKeys: parts.visitorKeys };
}

/** Parsers leave the parents to ESLint, which never sees these files. */
function addParents(source: Source): void {
  const stack: TSESTree.Node[] = [source.ast];
  for (let node = stack.pop(); node; node = stack.pop()) {
    for (const child of childrenOf(node, source)) {
      child.parent = node;
      stack.push(child);
    }
  }
}

/**
 * Parses a module that a file leads to.
 *
 * @param hosts the parser of the host's configuration, which counts for the module as well where it reads TypeScript.
 * @returns `null` for what is too large, and where there is no parser.
 * @throws for what does not parse.
 */
export function parseModule(text: string, file: string, hosts: unknown): Source | null {
  const parser = isTypeScriptParser(hosts) ? hosts : ownParser();
  if (!parser || text.length > largest) return null;
  const { ast, scopeManager, visitorKeys } = parsedBy(parser, text, file);
  if (!scopeManager || !visitorKeys) return null;
  const source: Source = { ast, text, scopeManager, visitorKeys };
  source.ast.tokens = [];
  addParents(source);
  return source;
}
