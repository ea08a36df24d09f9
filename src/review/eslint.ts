import { createRequire } from "node:module";
import type * as Eslint from "eslint";

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
