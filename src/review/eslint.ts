import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type * as Eslint from "eslint";

import { flatConfigIn } from "./flat-ignores.js";
import { ReviewError } from "./model.js";

type EslintModule = typeof Eslint;

/** The first version whose languages can read schemas. */
const oldest = [9, 15] as const;

const isOldEnough = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
};

/** ESLint, as npm installed it beside this package. */
export async function loadEslint(): Promise<EslintModule & { version: string }> {
  let eslint: EslintModule;
  try {
    eslint = await import("eslint");
  } catch (error) {
    throw new ReviewError(
      "The review runs on ESLint, and there is none beside this package. npm installs one by itself (`npx eslint-plugin-hardening`); with other package managers, add it: `npm install --save-dev eslint`.",
      { cause: error },
    );
  }
  const { version } = eslint.ESLint;
  if (!isOldEnough(version)) {
    throw new ReviewError(
      `The review needs ESLint ${oldest.join(".")} or later, and the one beside this package is ${version}. Run it outside of the project's installation: \`npx -p eslint@latest -p eslint-plugin-hardening eslint-plugin-hardening review <path>\`.`,
    );
  }
  return Object.assign({ ...eslint }, { version });
}

/** Whether a package can be loaded from here. */
export function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}

/** Says where there is no configuration that ESLint would find for any file of an app. */
export function requireConfig(root: string, files: readonly string[]): void {
  const above: string[] = [root];
  while (dirname(above.at(-1) ?? root) !== above.at(-1)) above.push(dirname(above.at(-1) ?? root));
  const below = new Set(files.map((file) => dirname(join(root, file))));
  if ([...above, ...below].some((folder) => flatConfigIn(folder) !== null)) return;
  throw new ReviewError("There is no eslint.config here, which `--config` would use: a flat configuration, as `npx eslint-plugin-hardening init` writes it. Without `--config` the review needs none.");
}

/** What stopped ESLint with a project's own configuration, in words for whoever has it. */
export function configError(error: unknown, file: string): ReviewError {
  const { message, stack = "" } = error as Error;
  const [said = ""] = message.split("\n");
  const rule = /\nRule: "([^"]+)"/.exec(message)?.[1];
  if (rule !== undefined) return new ReviewError(`The rule ${rule} of your configuration threw on ${file}: ${said}`, { cause: error });
  const [, name, at = ""] = /(eslint\.config\.[cm]?[jt]s)(?:\?[\w=.-]*)?(:\d+:\d+)?/.exec(stack) ?? [];
  return new ReviewError(`Your ESLint configuration threw: ${said}${name === undefined ? "" : ` (${name}${at})`}`, { cause: error });
}
