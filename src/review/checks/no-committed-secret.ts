import { secretsInText, type SecretText } from "../../semantics/auth/secret-texts.js";
import { among } from "../../semantics/program/wording.js";
import { isBeside } from "../app.js";
import { hasVariables, isEnvFile } from "./no-committed-env-file.js";
import { counted } from "../titles.js";
import type { Check } from "./check.js";

/** What people write and machines read beside code; what shows how to fill in a form is read as well, for keys end up there. */
const written = /\.(?:json|jsonc|json5|ya?ml|toml|ini|conf|cfg|properties|xml|tf|tfvars|sh|bash|ps1|bat|py|rb|php|go|http|rest|txt|mdx?|sql|html?|ipynb|pem|key)$|(?:^|\/)(?:Dockerfile|Procfile|Makefile|\.npmrc|\.replit)[\w.-]*$|(?:^|[./])env(?:$|[.-])[\w.-]*$/i;

/** Written by tools, or too large to be written by hand. */
const generated = /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|composer\.lock|[\w.-]*\.lock|pnpm-lock\.yaml|dist|build|vendor|node_modules|__snapshots__|cassettes?|recordings?|mocks?|__mocks__|locales?|translations?|i18n)(?:\/|$)|\.min\.|\.map$|openapi|swagger|schema\.json/i;

/** Folders and files with what an app is shown or tried out with. */
const rehearsal = /(?:^|\/)(?:[\w-]*fixtures?|test-?(?:data|results?|utils?)|specs?|cypress|playwright|stor(?:y|ies)book|stubs?|seeds?|sandbox)\/|(?:^|[\/._-])(?:tests?|specs?|mocks?|fixtures?|stubs?|dummy|ci|local-?stack|localhost)(?:[._-][^/]*)?$/i;

/** What shows how to fill something in; with a real key in it, an example of variables is read all the same. */
const sample = /(?:^|[\/._-])(?:samples?|examples?|demo)(?:[._-][^/]*)?$/i;

const isForTrial = (file: string): boolean => isBeside(file) || rehearsal.test(file) || (sample.test(file) && !/(?:^|[./])env(?:$|[.-])/i.test(file));

function saidOf(secret: SecretText, file: string): string {
  switch (secret.fault) {
    case "token":
      return `a key of ${secret.service}`;
    case "address":
      return `the password of a database or service${hasVariables(file) ? "" : ` at \`${secret.host.replace(/:\d+$/, "")}\``}`;
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
  read: { true: 11, doubtful: 0, wrong: 0, gone: 0 },
  silentOn: ["training"],
  *run(app) {
    const files = app.files.filter((file) => written.test(file) && !generated.test(file) && !isForTrial(file) && !isEnvFile(file) && (app.tracked?.has(file) ?? true));
    // Files with the same kinds of secrets are one report, and each file is in one.
    const groups = new Map<string, { file: string; line: number; count: number }[]>();
    for (const file of files) {
      const found = secretsInText(app.read(file) ?? "");
      const [first] = found;
      if (!first) continue;
      const said = among([...new Set(found.map(({ secret }) => saidOf(secret, file)))], 4);
      groups.set(said, [...(groups.get(said) ?? []), { file, line: first.line, count: found.length }]);
    }
    for (const [said, places] of groups) {
      const [first, ...others] = places;
      if (!first) continue;
      const count = places.reduce((sum, place) => sum + place.count, 0);
      const where = others.length > 0 ? `; ${among(others.map(({ file }) => `\`${file}\``), 3)} ${others.length === 1 ? "has" : "have"} the same` : "";
      const one = count === 1;
      yield {
        file: first.file,
        line: first.line,
        exposure: "known",
        message: `Git keeps ${said} in this file${one ? "" : ` (${counted(count, "place")} in all${where})`}: whoever has ever seen the repository can use ${one ? "it" : "them"}. Make ${one ? "a new one where it was made, which ends this one" : "new ones where they were made, which ends these"}, and read ${one ? "it" : "them"} from the environment.`,
      };
    }
  },
};
