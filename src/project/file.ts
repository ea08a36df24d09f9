import { isAbsolute, resolve } from "node:path";
import { setImmediate } from "node:timers";

import type { TSESLint } from "@typescript-eslint/utils";

import type { Source } from "../syntax/source.js";

export type RuleContext<MessageId extends string = string, Options extends readonly unknown[] = readonly unknown[]> = TSESLint.RuleContext<MessageId, Options>;

/** What a rule sees of the file that is linted. */
export type LintedFile<MessageId extends string = string, Options extends readonly unknown[] = readonly unknown[]> = Readonly<
  Pick<RuleContext<MessageId, Options>, "sourceCode" | "filename" | "report">
>;

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

type Host = Readonly<Pick<RuleContext, "sourceCode" | "filename" | "cwd" | "settings" | "languageOptions">>;

const facts = new WeakMap<Source["ast"], FileFacts>();

/** The file that was opened last. Most files raise no question, so its facts are gathered when the first one comes. */
let opened: { readonly ast: Source["ast"]; readonly host: Host } | null = null;

/** A pause between two files, in milliseconds, in which somebody may have changed another one; and how long to go on without one. */
const pause = 250;
const longestRun = 60_000;

const run = { number: 0, began: 0, ended: 0 as number | null, isAwaited: false };
const pass = { number: 0, files: new Set<string>() };

/**
 * Counts the runs: files that are linted one right after the other. A question that takes a look at a whole project is asked once per run.
 */
export const currentRun = (): number => run.number;

/**
 * Counts the passes over the files of a run. A file on disk is looked at once per pass, and what was found out about other files holds
 * for as long. A run over a repository is one pass: it must not look at all that is around a file again for each file. When a file is
 * linted that this pass has linted, as an editor does, the next pass begins.
 */
export const currentPass = (): number => pass.number;

/** A host lints a file in one go, however long that takes: whatever waits for its turn gets it at the end, after one file or several. */
function awaitEnd(): void {
  if (run.isAwaited) return;
  run.isAwaited = true;
  run.ended = null;
  setImmediate(() => {
    run.isAwaited = false;
    run.ended = Date.now();
  });
}

function enterPass(filename: string): void {
  const now = Date.now();
  const isNewRun = (run.ended !== null && Math.abs(now - run.ended) > pause) || Math.abs(now - run.began) > longestRun;
  awaitEnd();
  if (isNewRun) {
    run.number += 1;
    run.began = now;
  }
  if (isNewRun || pass.files.has(filename)) {
    pass.number += 1;
    pass.files.clear();
  }
  pass.files.add(filename);
}

/** Makes a file known to the questions of the project and semantic layers. The first call per parsed file counts. */
export function openFile(host: Host): void {
  const { ast } = host.sourceCode;
  if (opened?.ast === ast) return;
  enterPass(host.filename);
  opened = { ast, host };
}

const none: FileFacts["settings"] = {};

const settingsFrom = ({ settings: { hardening } }: Host): FileFacts["settings"] =>
  typeof hardening === "object" && hardening !== null ? (hardening as Record<string, unknown>) : none;

function factsFrom(host: Host): FileFacts {
  const { filename, cwd, languageOptions } = host;
  return {
    filename: isAbsolute(filename) || filename.startsWith("<") ? filename : resolve(cwd, filename),
    cwd,
    settings: settingsFrom(host),
    parser: languageOptions.parser,
  };
}

/** `settings.hardening` for a file; `null` for a source that nobody opened. All the facts cost more than a first look may. */
export const settingsOf = ({ ast }: Source): FileFacts["settings"] | null => (opened?.ast === ast ? settingsFrom(opened.host) : (facts.get(ast)?.settings ?? null));

/** Makes a module that the resolver parsed known under its own name, with everything else as in the file that led to it. */
export function openModule(source: Source, filename: string, from: FileFacts): void {
  facts.set(source.ast, { ...from, filename });
}

/** The facts of an opened file, or `null` for a source that nobody opened. */
export function fileFacts({ ast }: Source): FileFacts | null {
  const known = facts.get(ast);
  if (known || opened?.ast !== ast) return known ?? null;
  const own = factsFrom(opened.host);
  facts.set(ast, own);
  return own;
}
