import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** ESLint's own helpers for languages. ESLint has them in memory by the time that a schema file is linted; whoever lints none goes without. */
export const pluginKit = (): typeof import("@eslint/plugin-kit") => require("@eslint/plugin-kit") as typeof import("@eslint/plugin-kit");
