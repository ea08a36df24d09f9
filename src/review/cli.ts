#!/usr/bin/env node
import { renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";

import manifest from "../../package.json" with { type: "json" };
import { type FormatName, formatNames, formats, isFormat } from "./formats/index.js";
import { init } from "./init/init.js";
import { ReviewError } from "./model.js";
import { quoted } from "./plan.js";
import { progressOn } from "./progress.js";
import { hasUrgent, review } from "./review.js";

/** What the process ends with. */
const exit = { fine: 0, urgent: 1, failed: 2, interrupted: 130 } as const;

const help = `eslint-plugin-hardening ${manifest.version}: is this app ready for production?

  npx eslint-plugin-hardening [review] [path]   reviews the app in a folder, "." if none is given
  npx eslint-plugin-hardening init [path]       sets ESLint, VS Code and CI up to keep it that way

A review needs no configuration and no installation in the app, and runs nothing of it.

Options of a review
  --format <name>         ${formatNames.join(", ")}; terminal if none is given
  --output <file>         writes the review there, in the format of its ending if no other is given, and the summary
                          to the terminal
  --fail-on <now|next>    ends with 1 when there is anything to fix now (or next)
  --only <rule>           one rule or project check; can be given several times
  --since <git ref>       lists what is in files that changed since a commit, branch or tag
  --compare <file>        says what is fixed, new and unchanged since a review in JSON
  --config                uses the project's own ESLint configuration, which is run for that

Options of init
  --dry-run               shows what would be written, and writes nothing
  --yes                   writes without asking

  --help, --version

Ends with 0 when the review or the setup is done, 1 when --fail-on found something, 2 when there could be no review or init leaves
something about ESLint to you, 130 when interrupted.
`;

const options = {
  format: { type: "string" },
  output: { type: "string", short: "o" },
  "fail-on": { type: "string" },
  only: { type: "string", multiple: true },
  since: { type: "string" },
  compare: { type: "string" },
  config: { type: "boolean" },
  "dry-run": { type: "boolean" },
  yes: { type: "boolean", short: "y" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
} as const;

type Values = ReturnType<typeof parse>["values"];

const parse = (args: readonly string[]) => parseArgs({ args: [...args], options, allowPositionals: true });

/** The whole file, or none: an interrupted run leaves nothing that could be taken for a review. */
function writeWhole(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new ReviewError(`${path} cannot be written: ${(error as Error).message.replaceAll(temporary, path)}`, { cause: error });
  }
}

/** What an ending says about the format. */
const endings: readonly (readonly [ending: RegExp, format: FormatName])[] = [
  [/\.html?$/i, "html"],
  [/\.(?:md|markdown)$/i, "markdown"],
  [/\.sarif(?:\.json)?$/i, "sarif"],
  [/\.json$/i, "json"],
];

function formatFrom({ output = "", format = endings.find(([ending]) => ending.test(output))?.[1] ?? "terminal" }: Values): FormatName {
  if (!isFormat(format)) throw new ReviewError(`There is no format called \`${format}\`. There are ${formatNames.join(", ")}.`);
  return format;
}

function limitFrom({ "fail-on": limit }: Values): "now" | "next" | null {
  if (limit === undefined || limit === "now" || limit === "next") return limit ?? null;
  throw new ReviewError(`\`--fail-on\` takes now or next, and not \`${limit}\`.`);
}

/** Says before the work begins where nothing could be written after it. */
function requirePlace(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new ReviewError(`${path} cannot be written: it is a folder. Name a file in it.`);
  if (!statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory()) throw new ReviewError(`${path} cannot be written: there is no folder ${dirname(path)}.`);
}

/** The command that writes all that a review with these options found. */
const commandFor = (path: string, { only = [], since, config }: Values): string =>
  ["npx eslint-plugin-hardening", quoted(path), ...(config ? ["--config"] : []), ...only.map((name) => `--only ${name}`), ...(since === undefined ? [] : [`--since ${quoted(since)}`]), "--format html --output review.html"].join(" ");

async function runReview(path: string, values: Values): Promise<number> {
  const format = formatFrom(values);
  const limit = limitFrom(values);
  if (values.output !== undefined) requirePlace(values.output);
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  const progress = progressOn(process.stderr);
  try {
    const result = await review({
      path,
      ownConfig: values.config ?? false,
      only: values.only ?? [],
      since: values.since ?? null,
      compare: values.compare ?? null,
      onProgress: progress.show,
      signal: stop.signal,
    });
    progress.end();
    const style = { colour: process.stdout.isTTY && !process.env["NO_COLOR"], width: process.stdout.columns || 100, isPartial: (values.only ?? []).length > 0, whole: commandFor(path, values) };
    const text = formats[format](result, { ...style, colour: style.colour && values.output === undefined });
    stop.signal.throwIfAborted();
    if (values.output === undefined) process.stdout.write(text);
    else {
      writeWhole(values.output, text);
      if (format !== "terminal") process.stdout.write(formats.terminal(result, { ...style, whole: format === "json" || format === "sarif" ? style.whole : null }));
      process.stderr.write(`The review is in ${values.output}.\n`);
    }
    return limit !== null && hasUrgent(result, limit) ? exit.urgent : exit.fine;
  } catch (error) {
    progress.end();
    if (!stop.signal.aborted) throw error;
    process.stderr.write("Interrupted: there is no review, and nothing was written.\n");
    return exit.interrupted;
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
}

/** Runs a command line, and says what the process is to end with. */
async function run(args: readonly string[]): Promise<number> {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    throw new ReviewError(`${(error as Error).message}\nWhat there is: npx eslint-plugin-hardening --help`, { cause: error });
  }
  const { values, positionals } = parsed;
  if (values.help) {
    process.stdout.write(help);
    return exit.fine;
  }
  if (values.version) {
    process.stdout.write(`${manifest.version}\n`);
    return exit.fine;
  }
  const [first, ...rest] = positionals;
  const paths = first === "review" || first === "init" ? rest : positionals;
  if (paths.length > 1) throw new ReviewError(`One folder at a time: what to do with ${paths.slice(1).join(", ")}?`);
  if (first === "init") return (await init({ path: paths[0] ?? ".", dryRun: values["dry-run"] ?? false, yes: values.yes ?? false })) ? exit.fine : exit.failed;
  return runReview(paths[0] ?? ".", values);
}

// Whoever reads only the first lines wants no more of them.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

// The review respects `.eslintignore` itself, whatever ESLint says about the file.
const printing = process.listeners("warning");
process.removeAllListeners("warning").on("warning", (warning) => {
  if (warning.name !== "ESLintIgnoreWarning") for (const print of printing) print(warning);
});

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  process.exitCode = exit.failed;
  const isExpected = error instanceof ReviewError;
  process.stderr.write(isExpected ? `${error.message}\n` : `The review failed, which it should not. Please report this:\n${(error as Error).stack ?? String(error)}\n`);
}
