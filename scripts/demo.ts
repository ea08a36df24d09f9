/**
 * Lints the demo app and prints what there is to harden. The app is meant to have findings, so they are no failure here.
 *
 *     npm run demo
 */
import { join } from "node:path";
import { ESLint } from "eslint";

import { root } from "./support/rules.js";

const cwd = join(root, "examples/shop");
const eslint = new ESLint({ cwd, overrideConfigFile: join(cwd, "eslint.config.js") });
const formatter = await eslint.loadFormatter("stylish");
console.log(await formatter.format(await eslint.lintFiles(".")));
