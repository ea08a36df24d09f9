/**
 * Runs the rules of other plugins on schema files, as they are run for whoever configures them without `files`: none may throw.
 *
 *     npm run neighbours -- <folder with plugins in its node_modules>
 *
 * In the folder stand ESLint and every `eslint-plugin-*` or `@scope/eslint-plugin` that its package.json depends on. Each of their
 * rules, and each of ESLint's own, is switched on alone and without options, for every file, beside `recommended`; then all of a plugin together.
 * Rules that throw on a file of code as well are counted apart, and so are those that our presets switch off for schema files.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { ESLint, Linter as LinterType } from "eslint";

import hardening from "../src/index.js";

const [given] = process.argv.slice(2);
if (given === undefined) throw new Error("Say in which folder the plugins are installed.");
const folder = resolve(given);
const require = createRequire(join(folder, "package.json"));

const load = async (name: string): Promise<Record<string, unknown>> => (await import(pathToFileURL(require.resolve(name)).href)) as Record<string, unknown>;

const samples: Readonly<Record<string, string>> = {
  "schema.prisma": `datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}

/// Somebody who buys
model Customer {
  id     Int     @id @default(autoincrement())
  email  String  @unique // as typed
  orders Order[]
  tags   String[] @default([])

  @@map("customers")
}

model Order {
  id         Int      @id
  customer   Customer @relation(fields: [customerId], references: [id])
  customerId Int
  state      State    @default(OPEN)

  @@index([customerId])
}

enum State {
  OPEN
  PAID
}
`,
  "migrations/0001_init.sql": `-- Somebody who buys
CREATE TYPE state AS ENUM ('open', 'paid');
CREATE TABLE customers (
  id int PRIMARY KEY,
  email text UNIQUE, /* as typed */
  state state DEFAULT 'open'
);
ALTER TABLE customers ADD COLUMN note text, ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON customers USING (id = 1);
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
DO $$ BEGIN
  ALTER TABLE customers ADD CONSTRAINT one UNIQUE (email);
END $$;
INSERT INTO customers VALUES (1, 'a');
`,
};

const isPlugin = (name: string): boolean => /^(?:eslint-plugin-|@[^/]+\/eslint-plugin(?:-|$))/.test(name);

/** What a config calls a plugin: `@scope/eslint-plugin` is `@scope`. */
const prefixOf = (name: string): string => name.replace(/\/eslint-plugin$/, "").replace(/(^|\/)eslint-plugin-/, "$1");

const { Linter } = (await load("eslint")) as { Linter: typeof LinterType };
const { builtinRules } = (await load("eslint/use-at-your-own-risk")) as { builtinRules: Map<string, unknown> };

interface Neighbour {
  readonly name: string;
  readonly prefix: string;
  readonly plugin: ESLint.Plugin | null;
  readonly rules: readonly string[];
}

async function neighbourOf(name: string): Promise<Neighbour> {
  const module = await load(name);
  const plugin = (module["default"] ?? module) as ESLint.Plugin;
  return { name, prefix: `${prefixOf(name)}/`, plugin, rules: Object.keys(plugin.rules ?? {}) };
}

const { dependencies = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { dependencies?: Record<string, string> };
const neighbours: Neighbour[] = [{ name: "eslint", prefix: "", plugin: null, rules: [...builtinRules.keys()] }];
for (const name of Object.keys(dependencies).filter(isPlugin)) neighbours.push(await neighbourOf(name));

const code = { "app.js": "export const one = 1;\n" };

/** What goes wrong on files with some rules switched on for every file. */
function faultsWith(ids: readonly string[], { prefix, plugin }: Neighbour, preset: readonly LinterType.Config[], files: Readonly<Record<string, string>> = samples): string[] {
  const theirs: LinterType.Config = { ...(plugin && { plugins: { [prefix.slice(0, -1)]: plugin } }), rules: Object.fromEntries(ids.map((id) => [id, "error" as const])) };
  return Object.entries(files).flatMap(([file, text]) => {
    try {
      const messages = new Linter({ cwd: folder }).verify(text, [theirs, ...preset], { filename: join(folder, file) });
      return messages.filter(({ ruleId }) => ruleId === null || ids.includes(ruleId)).map(({ ruleId, message }) => `${file}: ${ruleId ?? "fatal"} reports: ${message}`);
    } catch (error) {
      return [`${file}: ${ids.length === 1 ? (ids[0] ?? "") : "all together"} throws: ${(error as Error).message.split("\n")[0] ?? ""}`];
    }
  });
}

const presets = hardening.configs.recommended as readonly LinterType.Config[];
const off = new Set(presets.flatMap(({ rules = {} }) => Object.entries(rules).flatMap(([rule, entry]) => (entry === "off" ? [rule] : []))));
const bare = presets.map((block): LinterType.Config => ({ ...block, rules: {} }));
let failures = 0;

for (const neighbour of neighbours) {
  const all = neighbour.rules.map((rule) => neighbour.prefix + rule);
  const byRule = new Map(all.map((id) => [id, faultsWith([id], neighbour, presets)] as const).filter(([, found]) => found.length > 0));
  const broken = [...byRule.keys()].filter((id) => faultsWith([id], neighbour, [], code).some((fault) => fault.includes(" throws: ")));
  const ids = all.filter((id) => !broken.includes(id));
  const faults = ids.flatMap((id) => byRule.get(id) ?? []);
  const withoutUs = ids.filter((id) => off.has(id) && faultsWith([id], neighbour, bare).length > 0);
  const together = faultsWith(ids, neighbour, presets);
  failures += faults.length + together.length;
  const { version = "" } = neighbour.plugin?.meta ?? {};
  console.log(`${neighbour.name} ${version}: ${all.length} rules, ${faults.length} faults, ${together.length} with all together${broken.length > 0 ? `; throw on code as well: ${broken.join(", ")}` : ""}${withoutUs.length > 0 ? `; switched off by us, and would fall: ${withoutUs.join(", ")}` : ""}`);
  for (const fault of [...faults, ...together]) console.log(`  ${fault}`);
}

console.log(`ESLint ${Linter.version}: ${failures === 0 ? "none throws" : `${failures} faults`}`);
if (failures > 0) process.exitCode = 1;
