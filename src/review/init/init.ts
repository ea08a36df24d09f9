import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { createTwoFilesPatch } from "diff";

import manifest from "../../../package.json" with { type: "json" };
import { isObject } from "../../project/json.js";
import { flatConfigIn } from "../flat-ignores.js";
import { ReviewError } from "../model.js";
import type { Change, Outcome } from "./change.js";
import { ciStep } from "./ci.js";
import { editorSettings } from "./editor.js";
import { eslintConfig, loads, type Stack, stackOf } from "./eslint-config.js";

/** The configuration that a project has, or would have. */
function configTextOf(root: string, config: Outcome): string {
  if ("change" in config) return config.change.after;
  const name = flatConfigIn(root);
  return name === null ? "" : readFileSync(join(root, name), "utf8");
}

/** What to install, in the words of the project's package manager; `null` when it is all there. */
function installation(root: string, { json, hasTypescriptEslint, eslint }: Stack, config: string): string | null {
  const declared = new Set(["dependencies", "devDependencies"].flatMap((kind) => (isObject(json?.[kind]) ? Object.keys(json[kind]) : [])));
  const wanted = [eslint === null && "eslint", !declared.has(manifest.name) && manifest.name, loads(config, "typescript-eslint") && !hasTypescriptEslint && "typescript-eslint"].filter((name) => name !== false);
  if (wanted.length === 0) return null;
  const managers = [
    ["pnpm-lock.yaml", "pnpm add --save-dev"],
    ["yarn.lock", "yarn add --dev"],
    ["bun.lock", "bun add --dev"],
    ["bun.lockb", "bun add --dev"],
  ] as const;
  const add = managers.find(([file]) => existsSync(join(root, file)))?.[1] ?? "npm install --save-dev";
  return `${add} ${wanted.join(" ")}`;
}

const patchOf = ({ file, before, after }: Change): string => createTwoFilesPatch(before === null ? "/dev/null" : file, file, before ?? "", after, undefined, undefined, { context: 3 });

/** Writes a file only as long as it is what the diff was made from. */
function write(root: string, { file, before, after }: Change): void {
  const path = join(root, file);
  const now = existsSync(path) ? readFileSync(path, "utf8") : null;
  if (now !== before) throw new ReviewError(`${file} has changed meanwhile, so it was left alone. Run this again.`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, after, { flag: before === null ? "wx" : "w" });
}

async function agreed(): Promise<boolean> {
  const questions = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(?:es)?$/i.test((await questions.question("Write this? [y/N] ")).trim());
  } finally {
    questions.close();
  }
}

export interface InitOptions {
  readonly path: string;
  readonly dryRun: boolean;
  /** Writes without asking. */
  readonly yes: boolean;
}

/**
 * Sets ESLint, VS Code and CI up for the plugin. Shows what would change before anything is written.
 *
 * @returns whether the project is set up now, but for what was only shown.
 */
export async function init({ path, dryRun, yes }: InitOptions): Promise<boolean> {
  const root = resolve(path);
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) throw new ReviewError(`There is no folder at ${path}.`);
  const stack = stackOf(root);
  const config = eslintConfig(root, stack);
  const outcomes: Outcome[] = [config, editorSettings(root), ciStep(root)];
  const say = (text: string): void => void process.stdout.write(`${text}\n`);

  const changes = outcomes.flatMap((outcome) => ("change" in outcome ? [outcome.change] : []));
  for (const change of changes) say(patchOf(change));
  for (const outcome of outcomes) {
    if ("done" in outcome) say(outcome.done);
    if ("todo" in outcome) say(outcome.todo);
  }
  const isSetUp = !("todo" in config);
  if (changes.length > 0) {
    if (dryRun) say("A dry run: nothing was written.");
    else if (!yes && !process.stdin.isTTY) say("Nothing was written, for nobody could be asked. `--yes` writes it without asking.");
    else if (yes || (await agreed())) {
      for (const change of changes) write(root, change);
      say(`Written: ${changes.map(({ file }) => file).join(", ")}.`);
    } else say("Nothing was written.");
  }
  const install = installation(root, stack, configTextOf(root, config));
  if (changes.length === 0 && isSetUp) say(install === null ? "There is nothing to do." : "There is nothing to write.");
  if (isSetUp && install !== null) say(`To install:\n\n    ${install}\n`);
  return isSetUp;
}
