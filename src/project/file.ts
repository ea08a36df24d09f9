import { isAbsolute, resolve } from "node:path";

import type { TSESLint } from "@typescript-eslint/utils";

import type { Source } from "../syntax/source.js";

export type RuleContext<MessageId extends string = string, Options extends readonly unknown[] = readonly unknown[]> = TSESLint.RuleContext<MessageId, Options>;

/** What is known about a file from outside its text. */
export interface FileFacts {
  /** Absolute path, or the name that the host gives to text without a file. */
  readonly filename: string;
  /** The folder that the host runs in. */
  readonly cwd: string;
  /** `settings.hardening`, as the user wrote it. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The parser of the host's configuration, for the files that this one leads to. */
  readonly parser: unknown;
}

const facts = new WeakMap<Source["ast"], FileFacts>();

let pass = 0;

/** Counts the files that were opened. Whatever is read from disk is checked for freshness once per pass. */
export const currentPass = (): number => pass;

/** Makes a file known to the questions of the project and semantic layers. The first call per parsed file counts. */
export function openFile(context: Readonly<Pick<RuleContext, "sourceCode" | "filename" | "cwd" | "settings" | "languageOptions">>): void {
  const { ast } = context.sourceCode;
  if (facts.has(ast)) return;
  pass += 1;
  const settings: unknown = context.settings["hardening"];
  facts.set(ast, {
    filename: isAbsolute(context.filename) || context.filename.startsWith("<") ? context.filename : resolve(context.cwd, context.filename),
    cwd: context.cwd,
    settings: typeof settings === "object" && settings !== null ? (settings as Record<string, unknown>) : {},
    parser: context.languageOptions.parser,
  });
}

/** Makes a module that the resolver parsed known under its own name, with everything else as in the file that led to it. */
export function openModule(source: Source, filename: string, from: FileFacts): void {
  facts.set(source.ast, { ...from, filename });
}

/** The facts of an opened file, or `null` for a source that nobody opened. */
export const fileFacts = (source: Source): FileFacts | null => facts.get(source.ast) ?? null;
