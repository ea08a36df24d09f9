import { posix } from "node:path";

import { secretsInText, type SecretText } from "../../semantics/auth/secret-texts.js";
import { among } from "../../semantics/program/wording.js";
import { isBeside } from "../app.js";
import { counted } from "../titles.js";
import type { Check } from "./check.js";

/** What people write and machines read beside code; what shows how to fill in a form is read as well, for keys end up there. */
const written = /\.(?:json|jsonc|json5|ya?ml|toml|ini|conf|cfg|properties|xml|tf|tfvars|sh|bash|ps1|bat|py|rb|php|go|http|rest|txt|mdx?|sql|html?|ipynb|pem|key)$|(?:^|\/)(?:Dockerfile|Procfile|Makefile|\.npmrc|\.replit)[\w.-]*$|(?:^|[./])env(?:$|[.-])[\w.-]*$/i;

/** Written by tools, or too large to be written by hand. */
const generated = /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|composer\.lock|[\w.-]*\.lock|pnpm-lock\.yaml|dist|build|vendor|node_modules|__snapshots__|cassettes?|recordings?|mocks?|__mocks__|locales?|translations?|i18n)(?:\/|$)|\.min\.|\.map$|openapi|swagger|schema\.json/i;

function saidOf(secret: SecretText): string {
  switch (secret.fault) {
    case "token":
      return `a key of ${secret.service}`;
    case "address":
      return `the password of a database or service at \`${secret.host.replace(/:\d+$/, "")}\``;
    case "privateKey":
      return "a private key";
    case "serviceRole":
      return "the service key of a Supabase project, which passes by all policies,";
  }
}

export const noCommittedSecret: Check = {
  name: "no-committed-secret",
  title: "Keys and passwords in files that git keeps",
  description: "Disallow keys and passwords in files that are committed, beside the code",
  concern: "deployment",
  impact: "takeover",
  urgency: "now",
  read: { true: 9, doubtful: 0, wrong: 0, gone: 0 },
  silentOn: ["training"],
  *run(app) {
    const files = app.files.filter((file) => written.test(file) && !generated.test(file) && !isBeside(file) && !/test|spec|mock|fixture|\bci\b|local-?stack|localhost/i.test(posix.basename(file)) && (app.tracked?.has(file) ?? true));
    const groups = new Map<string, { file: string; line: number }[]>();
    for (const file of files) {
      for (const { line, secret } of secretsInText(app.read(file) ?? "")) {
        const said = saidOf(secret);
        groups.set(said, [...(groups.get(said) ?? []), { file, line }]);
      }
    }
    for (const [said, places] of groups) {
      const [first] = places;
      if (!first) continue;
      const others = [...new Set(places.map(({ file }) => file))].filter((file) => file !== first.file);
      const where = others.length > 0 ? `, and ${among(others.map((file) => `\`${file}\``), 3)} ${others.length === 1 ? "has" : "have"} one as well` : "";
      yield {
        file: first.file,
        line: first.line,
        message: `git keeps ${said} in this file${places.length > 1 ? ` (${counted(places.length, "place")} in all${where})` : ""}: whoever has ever seen the repository can use it. Make a new one where it was made, which ends this one, and read it from the environment.`,
      };
    }
  },
};
