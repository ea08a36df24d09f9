import { posix } from "node:path";

import { hasForeignPassword, isPlaceholder, mayServeAs, secretNamed } from "../../semantics/auth/secrets.js";
import { secretIn } from "../../semantics/auth/secret-texts.js";
import { among } from "../../semantics/program/wording.js";
import { type App, isBeside } from "../app.js";
import type { Check } from "./check.js";

/** Files that show what to fill in, and those for tests and a developer's own machine. */
const shown = /example|sample|template|default|dist|schema|test|\bci\b|docker|dev|vault|encrypted|keys/i;

/** Whether a file has variables of an environment, by its name and by any tool's habit: `.envrc`, `prod.env`, `env.local.example`. */
export const hasVariables = (file: string): boolean => {
  const name = posix.basename(file);
  return /^\.env/i.test(name) || (/(?:^|[._-])env(?:[._-]|$)/i.test(name) && !/\.(?:[cm]?[jt]sx?|vue|svelte|astro|prisma|sql)$/.test(name));
};

/** Whether a file has the variables of an app that runs for others. */
export const isEnvFile = (file: string): boolean => /^\.env(?:$|\.)/.test(posix.basename(file)) && !shown.test(posix.basename(file)) && !isBeside(file);

/** A value that nobody would type as an example: long, and of letters and digits. */
const looksReal = (value: string): boolean => value.length >= 16 && /\d/.test(value) && /[a-z]/i.test(value) && !/\s|your|change|example|xxx|placeholder|localhost|secret|password|123456|<|\$\{/i.test(value);

/** What stands between quotes, where a value begins with one. */
function unquoted(raw: string): string {
  const [quote = ""] = raw;
  const end = /["'`]/.test(quote) ? raw.lastIndexOf(quote) : 0;
  return end > 0 ? raw.slice(1, end) : raw;
}

/** The names of the secrets that a file of variables holds. Their values stay here. */
function secretsIn(text: string): string[] {
  const names: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [, name = "", raw = ""] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(\S.*)?$/.exec(line) ?? [];
    const value = unquoted(raw).split(/\s#/)[0]?.trim() ?? "";
    if (name === "" || value === "") continue;
    const use = secretNamed(name);
    if (hasForeignPassword(value) || secretIn(value) !== null || (use !== null && looksReal(value) && mayServeAs(use, value) && !isPlaceholder(use, value))) names.push(name);
  }
  return names;
}

export const noCommittedEnvFile: Check = {
  name: "no-committed-env-file",
  title: "Secrets in a file that git keeps",
  description: "Disallow secrets in files of variables that are committed",
  concern: "deployment",
  impact: "takeover",
  urgency: "now",
  read: { true: 1, doubtful: 0, wrong: 0, gone: 0 },
  *run(app: App) {
    for (const file of app.files.filter((each) => isEnvFile(each) && (app.tracked?.has(each) ?? true))) {
      const names = secretsIn(app.read(file) ?? "");
      if (names.length === 0) continue;
      const said = among(names.map((name) => `\`${name}\``), 4);
      yield {
        file,
        exposure: "known",
        message: `Git keeps ${said}, and everybody who has ever seen the repository has ${names.length === 1 ? "it" : "them"}. Make new ones where they were made, take the file out of git (\`git rm --cached\`), and add it to \`.gitignore\`.`,
      };
    }
  },
};
