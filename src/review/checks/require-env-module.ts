import { environmentTools } from "../../knowledge/project-tools.js";
import { packagesBehind } from "../app.js";
import { among } from "../../semantics/wording.js";
import { counted } from "../titles.js";
import { toolOf } from "../tools.js";
import type { Check } from "./check.js";

/** Reads that tell the compiler that a variable is there. */
const reads = /\bprocess\.env(?:\.([A-Z][A-Z\d_]+)|\[\s*["'`]([A-Z][A-Z\d_]+)["'`]\s*\])(?:!|\s+as\s+(?:string|any)\b)|\bDeno\.env\.get\(\s*["'`]([A-Z][A-Z\d_]+)["'`]\s*\)(?:!|\s+as\s+string\b)/g;

/** Variables that are read through Nest's service: https://docs.nestjs.com/techniques/configuration#using-the-configservice */
const served = /\bconfig(?:Service)?\.get\s*(?:<[^>()]*>)?\(\s*["'`]([A-Z][A-Z\d_]+)["'`]\s*\)(?!\s*(?:\|\||\?\?))/gi;

/** A validator that is handed the environment, or a module of one's own that stops the start where something is missing. */
const validated =
  /(?:parse|safeParse|validate\w*|cleanEnv|createEnv|envsafe|convict|parseEnv|check|Value\.\w+|from|decode\w*|assert\w*)\s*\(\s*(?:\w+\s*,\s*)?(?:\{\s*\.\.\.)?(?:process\.env|import\.meta\.env|Bun\.env|Deno\.env)|validationSchema\s*:|validate\s*:\s*\w*[eE]nv|\bgetRequired\w*\(|requiredEnv|requireEnv|requiredVars|REQUIRED_(?:ENV|VARS)|getOrThrow\s*\(|missing\w*\s*(?:environment|env)|(?:environment|env)\w*\s(?:\s*(?:variables?|is|are)\b)*\s*(?:missing|required|not set)/i;

/** What every platform or tool sets. */
const given = /^(?:NODE_ENV|CI|PORT|HOST|VERCEL\w*|NETLIFY\w*|npm_\w+|HOME|PATH|TZ|NEXT_PUBLIC_VERCEL\w*|NEXT_RUNTIME|GITHUB_\w+|RUNNER_\w+|ANALYZE|DEBUG|npm_package_version|FORCE_COLOR)$/;

const least = 5;

/** @param files those that read variables */
function todoOf(hasService: boolean, files: readonly string[]): string {
  const validator = "t3-env, envalid, a Zod schema";
  if (hasService) return "Hand `ConfigModule.forRoot` a `validationSchema`";
  return files.length === 1 ? `Validate them in \`${files[0] ?? ""}\`, where they are read (${validator})` : `Read them in one module that validates them (${validator})`;
}

export const requireEnvModule: Check = {
  name: "require-env-module",
  title: "Nothing checks the environment at the start",
  description: "Require the variables of the environment to be checked once, at the start",
  concern: "deployment",
  impact: "outage",
  urgency: "next",
  read: { true: 1, doubtful: 8, wrong: 0, mended: 0 },
  silentOn: ["training", "product"],
  *run(app) {
    for (const own of app.packages) {
      if (own.entries.length === 0 || toolOf(own, app, environmentTools) !== null) continue;
      const hasService = own.dependencies.has("@nestjs/config");
      const places = new Map<string, ReadonlySet<string>>();
      for (const file of own.files) {
        const role = app.surveyOf(file)?.role;
        if (role !== "server" && role !== "unknown") continue;
        const text = app.read(file) ?? "";
        const matches = [...text.matchAll(reads), ...(hasService ? text.matchAll(served) : [])];
        const found = matches.map(([, dotted, quoted, asked]) => dotted ?? quoted ?? asked ?? "").filter((name) => !given.test(name));
        if (found.length > 0) places.set(file, new Set(found));
      }
      const names = new Set([...places.values()].flatMap((found) => [...found]));
      if (names.size < least || app.says(validated, packagesBehind(own, app).flatMap((each) => each.files))) continue;
      yield {
        file: own.file,
        line: 1,
        message: `${names.size} variables of the environment are taken for granted in ${counted(places.size, "file")} (${among([...names].sort().map((name) => `\`${name}\``), 3)}), and nothing checks at the start that they are there: a missing one shows when a user needs it. ${todoOf(hasService, [...places.keys()])}.`,
      };
    }
  },
};
