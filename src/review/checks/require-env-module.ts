import { environmentTools } from "../../knowledge/project-tools.js";
import { isConnectionName, secretNamed } from "../../semantics/auth/secrets.js";
import { among } from "../../semantics/program/wording.js";
import { type App, deployedPackages, isBeside, isLibrary } from "../app.js";
import { counted } from "../titles.js";
import { startCheckOf, toolOf } from "../tools.js";
import type { Check } from "./check.js";

/** How many variables that nothing asks about make it a habit, and how many entry points a service. */
const least = { variables: 5, entries: 3 } as const;

/** Functions by which apps ask for variables that have to be there. */
const asking = /\b(?:safeParse|parse|validate|assert\w*|check\w*)\(\s*process\.env\b|\b(?:require|must|need|ensure|validate|assert|check|get|read|load)\w*Env\w*\s*\(|\b(?:createEnv|cleanEnv|envsafe|getOrThrow|validationSchema)\b|\bprocess\.env\[(?!["'`])/;

/** What is there without anybody's doing, or is put into the page when it is built. */
const given = /^(?:NODE_ENV|PORT|HOST|HOSTNAME|HOME|PATH|PWD|USER|TZ|CI|DEBUG|LOG_LEVEL|npm_\w+|NEXT_RUNTIME|(?:VERCEL|RAILWAY|RENDER|FLY|AWS|NETLIFY|CF|REPL)_?\w*|(?:NEXT_PUBLIC|VITE|REACT_APP|PUBLIC|EXPO_PUBLIC|NUXT_PUBLIC)_\w+)$/;

const read = /(!\s*|typeof\s+)?\bprocess\.env(?:\.([A-Z]\w*)|\[["'`]([A-Z]\w*)["'`]\])(!?)(\s*(?:\?\?|\|\||&&|[!=]==?|\?(?!\.)|\?\.))?/g;

const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\/|(?<![:"'`])\/\/.*$/gm, "");

/** Whether what a variable was put into is asked about in the same file. */
function isAskedAbout(text: string, before: string): boolean {
  const line = before.slice(before.lastIndexOf("\n") + 1);
  const name = line.trimEnd().endsWith("=") ? /^\s*(?:export\s+)?(?:const|let|var)\s+(\w+)/.exec(line)?.[1] : undefined;
  return name !== undefined && new RegExp(`!\\s*${name}\\b|\\b${name}\\s*(?:\\?\\?|\\|\\||&&|[!=]==?|\\?)|\\(\\s*${name}\\s*\\)\\s*\\{`).test(text);
}

/** The variables that files rely on and nothing asks for: what is said to be there, and secrets and addresses, without which nothing works. */
function reliedOnIn(files: readonly string[], app: App): { readonly names: string[]; readonly files: string[] } {
  const blind = new Map<string, Set<string>>();
  const asked = new Set<string>();
  for (const file of files) {
    const text = withoutComments(app.read(file) ?? "");
    for (const { 1: before, 2: dotted, 3: quoted, 4: asserted, 5: after, index } of text.matchAll(read)) {
      const name = dotted ?? quoted ?? "";
      if (given.test(name)) continue;
      if (before !== undefined || after !== undefined || isAskedAbout(text, text.slice(Math.max(0, index - 80), index))) asked.add(name);
      else if (asserted === "!" || secretNamed(name) !== null || isConnectionName(name)) blind.set(name, (blind.get(name) ?? new Set()).add(file));
    }
  }
  const names = [...blind.keys()].filter((name) => !asked.has(name));
  return { names, files: [...new Set(names.flatMap((name) => [...(blind.get(name) ?? [])]))] };
}

export const requireEnvModule: Check = {
  name: "require-env-module",
  title: "Nothing looks at the environment when the app starts",
  description: "Require one place that checks the variables of the environment when a server starts",
  concern: "deployment",
  impact: "outage",
  urgency: "later",
  read: null,
  silentOn: ["training", "product"],
  *run(app) {
    const { whole, single } = startCheckOf(app);
    if (whole !== null || single !== null) return;
    for (const { own, entries, files } of deployedPackages(app)) {
      if (entries < least.entries || isLibrary(own) || toolOf(own, app, environmentTools) !== null || app.says(asking, files)) continue;
      const server = files.filter((file) => /^(?:server|edge)$/.test(app.surveyOf(file)?.role ?? "") && !app.surveyOf(file)?.isLeftover && !isBeside(file));
      const relied = reliedOnIn(server, app);
      const [first] = relied.files;
      if (relied.names.length < least.variables || first === undefined) continue;
      yield {
        file: first,
        message: `The server relies on ${among(relied.names.map((name) => `\`${name}\``), 4)} (${counted(relied.files.length, "file")}), and nothing asks whether ${relied.names.length === 1 ? "it is" : "they are"} set, at the start or where they are read: a deployment without one of them starts well, and fails for whoever needs it first. Read them in one module that the start loads and that throws when one is missing (a schema of Zod, envalid …).`,
      };
    }
  },
};
