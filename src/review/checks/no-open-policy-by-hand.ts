import { join, posix } from "node:path";

import { looseSqlBelow } from "../../project/loose-sql.js";
import { tablesNamedIn } from "../../semantics/schema/by-hand.js";
import { type OpenPolicy, openPoliciesIn } from "../../semantics/schema/open-policies.js";
import { among } from "../../semantics/program/wording.js";
import { type App, isBeside, pageKey } from "../app.js";
import type { Check } from "./check.js";

/** SQL that is run together: one file, or migrations one after the other. */
interface Script {
  readonly files: readonly string[];
  readonly isLoose: boolean;
}

/** What the tool of Supabase runs: https://supabase.com/docs/guides/deployment/database-migrations */
const ofTool = /(?:^|\/)supabase\/migrations\//;

const isForTrial = (file: string): boolean => /(?:^|\/)(?:tests?|__tests__|fixtures|seeds?|node_modules)\/|[._-](?:test|spec|seed)\.sql$|(?:^|\/)seed[\w.-]*\.sql$/i.test(file);

/** The SQL of an app that the tool of Supabase does not run. */
function scriptsOf({ root, files }: App): Script[] {
  const sql = files.filter((file) => file.endsWith(".sql") && !ofTool.test(file) && !isForTrial(file));
  const loose = new Set(looseSqlBelow(root));
  const isLoose = (file: string): boolean => loose.has(join(root, file)) || isBeside(file);
  const folders = new Map<string, string[]>();
  for (const file of sql.filter((each) => !isLoose(each))) folders.set(posix.dirname(file), [...(folders.get(posix.dirname(file)) ?? []), file]);
  const inOrder = new Intl.Collator("en", { numeric: true }).compare;
  return [...sql.filter(isLoose).map((file) => ({ files: [file], isLoose: true })), ...[...folders.values()].map((own) => ({ files: own.sort(inOrder), isLoose: false }))];
}

/** The tables whose policies a text may speak of, in small letters; a placeholder stands for any. */
function tablesIn(text: string): ReadonlySet<string> {
  return /\bpolicy\b|row\s+level\s+security/i.test(text) ? tablesNamedIn(text) : new Set();
}

const running = /(?:^|\/)(?:package\.json|Makefile|Justfile|Dockerfile[\w.-]*|(?:docker-)?compose[\w.-]*)$|\.(?:sh|bash|ya?ml|toml|[cm]?[jt]s|tsx)$/;

const instruction = /\b(?:run|runs|execute|apply|paste|copy|psql|import)\b|SQL editor/i;

/** What runs a file of SQL, or says that it is to be run; `null` where nothing does. */
function runnerOf(file: string, app: App): string | null {
  const name = posix.basename(file);
  const isNamed = (other: string): boolean => app.read(other)?.includes(name) === true;
  const runner = app.files.find((other) => running.test(other) && app.surveyOf(other)?.role !== "test" && isNamed(other));
  if (runner !== undefined) return `\`${runner}\` runs it`;
  const manual = app.files.find((other) => /\.mdx?$/i.test(other) && (app.read(other) ?? "").split("\n").some((line) => line.includes(name) && instruction.test(line)));
  return manual === undefined ? null : `\`${manual}\` says to run it`;
}

const deeds = { all: "add, change and delete rows", update: "change every row", delete: "delete every row" } as const;

function saidOf(policies: readonly OpenPolicy[]): string {
  const tables = among([...new Set(policies.map(({ table }) => `\`${table}\``))], 4);
  const commands = new Set(policies.map(({ command }) => command));
  const [only] = commands;
  const deed = deeds[commands.size === 1 && (only === "update" || only === "delete") ? only : "all"];
  const who = policies.some(({ isAnonymous }) => isAnonymous) ? "whoever has the key that is in the page" : "whoever signs in";
  return `${who} can ${deed} of ${tables}`;
}

const isOnSupabase = (app: App): boolean =>
  app.packages.some(({ dependencies, devDependencies }) => [...dependencies.keys(), ...devDependencies.keys()].some((name) => /^@supabase\/(?:supabase-js|ssr|auth-helpers)/.test(name))) && app.says(pageKey);

const isAskedFor = (table: string, app: App): boolean => app.says(new RegExp(`\\bfrom\\s*(?:<[^>]*>)?\\(\\s*["'\`]${table}["'\`]`));

/** The SQL that opens tables to everybody, with the policies that nothing else here may have shut. */
function openedIn(app: App): (Script & { readonly policies: readonly OpenPolicy[] })[] {
  const scripts = scriptsOf(app);
  const opened = scripts.map((script) => ({ ...script, policies: openPoliciesIn(script.files.map((file) => ({ file, text: app.read(file) ?? "" }))) })).filter(({ policies }) => policies.length > 0);
  if (opened.length === 0) return [];
  const ofTheTool = app.files.filter((file) => ofTool.test(file) && file.endsWith(".sql"));
  const speaking = [...scripts.map(({ files }) => files), ...ofTheTool.map((file) => [file])].map((files) => ({ files, tables: new Set(files.flatMap((file) => [...tablesIn(app.read(file) ?? "")])) }));
  const opens = (files: readonly string[], table: string): boolean => opened.some((each) => each.files[0] === files[0] && each.policies.some((policy) => policy.table === table));
  const isSettled = (table: string): boolean => speaking.some(({ files, tables }) => (tables.has(table.toLowerCase()) || [...tables].some((name) => name.includes("%"))) && !opens(files, table));
  return opened.map((script) => ({ ...script, policies: script.policies.filter(({ table }) => !isSettled(table)) }));
}

export const noOpenPolicyByHand: Check = {
  name: "no-open-policy-by-hand",
  title: "SQL beside the migrations opens tables to everybody",
  description: "Disallow SQL outside of Supabase's migrations whose policies let everybody change every row",
  concern: "data-integrity",
  impact: "takeover",
  urgency: "next",
  read: null,
  silentOn: ["training"],
  *run(app) {
    if (!isOnSupabase(app)) return;
    const reported = new Set<string>();
    for (const { isLoose, policies } of openedIn(app)) {
      const own = policies.filter(({ table }) => !reported.has(table) && isAskedFor(table, app));
      const [first] = own;
      if (!first) continue;
      const { file, range } = first.at;
      const runner = runnerOf(file, app) ?? (isLoose ? null : "it is one of the migrations");
      if (isBeside(file) && runner === null) continue;
      for (const { table } of own) reported.add(table);
      const line = (app.read(file) ?? "").slice(0, range[0]).split("\n").length;
      const cure = "Say in the policies whose rows they are for (`USING ((SELECT auth.uid()) = …)`), or who may (`TO service_role`)";
      yield runner === null
        ? {
            file,
            line,
            exposure: "schema",
            message: `Where somebody has run this file by hand, ${saidOf(own)}: its policies ask for nothing, and nothing else here has any for ${new Set(own.map(({ table }) => table)).size === 1 ? "that table" : "those tables"}. Ask the database which ones it has (\`select * from pg_policies\`). ${cure}.`,
          }
        : { file, line, exposure: "public", message: `The policies in this file ask for nothing, and ${runner}: ${saidOf(own)}. ${cure}.` };
    }
  },
};
