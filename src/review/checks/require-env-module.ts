import { environmentTools } from "../../knowledge/project-tools.js";
import { packagesBehind } from "../app.js";
import { among, counted } from "../titles.js";
import { toolOf } from "../tools.js";
import type { Check } from "./check.js";

const reads = /\b(?:process\.env|Deno\.env\.get\(\s*["'`])\.?([A-Z][A-Z\d_]+)|process\.env\[\s*["'`]([A-Z][A-Z\d_]+)/g;

/** A validator that is handed the environment, or a module of one's own that stops the start where something is missing. */
const validated =
  /(?:parse|safeParse|validate\w*|cleanEnv|createEnv|envsafe|convict|parseEnv|check|Value\.\w+|from|decode\w*|assert\w*)\s*\(\s*(?:\w+\s*,\s*)?(?:\{\s*\.\.\.)?(?:process\.env|import\.meta\.env|Bun\.env|Deno\.env)|validationSchema\s*:|validate\s*:\s*\w*[eE]nv|\bgetRequired\w*\(|requiredEnv|requireEnv|requiredVars|REQUIRED_(?:ENV|VARS)|getOrThrow\s*\(|missing\w*\s*(?:environment|env)|(?:environment|env)\w*\s+(?:variable)?s?\s*(?:is|are)?\s*(?:missing|required|not set)/i;

/** What every platform or tool sets. */
const given = /^(?:NODE_ENV|CI|PORT|HOST|VERCEL\w*|NETLIFY\w*|npm_\w+|HOME|PATH|TZ|NEXT_PUBLIC_VERCEL\w*|NEXT_RUNTIME|ANALYZE|DEBUG|npm_package_version|FORCE_COLOR)$/;

const least = 5;

export const requireEnvModule: Check = {
  name: "require-env-module",
  title: "Nothing checks the environment at the start",
  description: "Require the variables of the environment to be checked once, at the start",
  concern: "deployment",
  impact: "outage",
  urgency: "next",
  certainty: 0.9,
  *run(app) {
    for (const own of app.packages) {
      if (own.entries.length === 0 || toolOf(own, app, environmentTools) !== null) continue;
      const names = new Set<string>();
      let files = 0;
      for (const file of own.files) {
        const role = app.surveyOf(file)?.role;
        if (role !== "server" && role !== "unknown") continue;
        const found = [...(app.read(file) ?? "").matchAll(reads)].map(([, dotted, quoted]) => dotted ?? quoted ?? "").filter((name) => !given.test(name));
        if (found.length > 0) files += 1;
        for (const name of found) names.add(name);
      }
      if (names.size < least || app.says(validated, packagesBehind(own, app).flatMap((each) => each.files))) continue;
      yield {
        file: own.file,
        line: 1,
        message: `${names.size} variables of the environment are read in ${counted(files, "file")} (${among([...names].sort().map((name) => `\`${name}\``), 3)}), and nothing checks at the start that they are there: a missing one shows when a user needs it. ${own.dependencies.has("@nestjs/config") ? "Hand `ConfigModule.forRoot` a `validationSchema`" : "Read them in one module that validates them (t3-env, envalid, a Zod schema)"}.`,
      };
    }
  },
};
