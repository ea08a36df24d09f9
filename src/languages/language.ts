import { createSourceCode, type SchemaSourceCode } from "./source-code.js";
import { locationsIn, type Root, type VisitorKeys } from "./tree.js";

/** An ESLint language (`Language` of `@eslint/core`), as far as schema files need one. */
interface SchemaLanguage {
  readonly fileType: "text";
  readonly lineStart: 1;
  readonly columnStart: 0;
  readonly nodeTypeKey: "type";
  readonly visitorKeys: VisitorKeys;
  readonly defaultLanguageOptions: Readonly<Record<string, unknown>>;
  validateLanguageOptions(options: unknown): void;
  parse(file: { body: string | Uint8Array }): { ok: true; ast: Root };
  createSourceCode(file: { body: string | Uint8Array }, parsed: { ast: Root }): SchemaSourceCode;
}

const textOf = (body: string | Uint8Array): string => (typeof body === "string" ? body : new TextDecoder().decode(body));

interface Linted<T extends Root> {
  readonly language: SchemaLanguage;
  /** Reads a file that is looked up: what is being linted is read already. */
  readonly read: (text: string) => T;
}

/** Makes an ESLint language of a reader that can make something of any text: no schema file ever fails to parse. */
export function schemaLanguage<T extends Root>(readText: (text: string) => T, visitorKeys: VisitorKeys): Linted<T> {
  let linted: { readonly text: string; readonly ast: T } | null = null;
  const language: SchemaLanguage = {
    fileType: "text",
    lineStart: 1,
    columnStart: 0,
    nodeTypeKey: "type",
    visitorKeys,
    // What rules for code read from it without asking whether it is there.
    defaultLanguageOptions: { ecmaVersion: 2025, sourceType: "module", globals: {}, parserOptions: {} },
    // Options that a user's config without `files` has for code reach schema files too.
    validateLanguageOptions: () => undefined,
    parse({ body }) {
      const text = textOf(body);
      const ast = readText(text);
      linted = { text, ast };
      const locationOf = locationsIn(text);
      // Rules for code ask the root and the comments themselves for their places; those that walk the tokens or statements find none.
      for (const node of [ast, ...ast.comments]) Object.assign(node, { loc: locationOf(node) });
      return { ok: true, ast: Object.assign(ast, { body: [], tokens: [] }) };
    },
    createSourceCode: ({ body }, { ast }) => createSourceCode({ text: textOf(body), ast, visitorKeys }),
  };
  return { language, read: (text) => (linted?.text === text ? linted.ast : readText(text)) };
}
