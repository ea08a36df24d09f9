import fc from "fast-check";
import { Linter } from "eslint";
import * as parser from "@typescript-eslint/parser";
import { describe, expect, test } from "vitest";

import hardening from "../src/index.js";
import { parsePrisma } from "../src/languages/prisma/parse.js";
import { visitorKeys as prismaKeys } from "../src/languages/prisma/syntax.js";
import { parseSql } from "../src/languages/sql/parse.js";
import { visitorKeys as sqlKeys } from "../src/languages/sql/syntax.js";
import { eachChild, type Node, type Root, type VisitorKeys } from "../src/languages/tree.js";
import { queriesIn } from "../src/semantics/queries/queries.js";
import { settingsFault } from "../src/settings.js";
import { projectFolder } from "./support/projects.js";
import { openText } from "./support/source.js";

// The same cases each time, so that a change is what makes it fail. `SEED=2 RUNS=20` tries others, and more of them.
const { SEED = "1", RUNS = "1" } = process.env;
fc.configureGlobal({ seed: Number(SEED) });
const runs = (number: number): { numRuns: number } => ({ numRuns: number * Number(RUNS) });

const prismaWords = ["model", "enum", "datasource", "User", "Order", "id", "String", "Int?", "Order[]", "@id", "@default(", "@relation(", "fields:", "[", "]", ")", "(", "{", "}", "@@unique([", '"', "\\", "//", "///", ",", "\n", " ", "=", ".", "é", "\u{1F4A5}"];
const sqlWords = ["CREATE TABLE", "ALTER TABLE", "orders", '"Order"', "(", ")", ",", ";", "id", "integer", "PRIMARY KEY", "REFERENCES", "NOT NULL", "DEFAULT", "'", "''", "$$", "$fn$", "--", "/*", "*/", "\n", " ", "CREATE POLICY", "USING", "DO", "BEGIN", "END", "E'\\'", "é", "\u{1F4A5}"];

const written = (words: readonly string[]): fc.Arbitrary<string> => fc.array(fc.constantFrom(...words), { maxLength: 60 }).chain((parts) => fc.constantFrom(" ", "").map((between) => parts.join(between)));

/** Every node lies within the text, and within the one that it belongs to. */
function expectWithin(node: Node, keys: VisitorKeys, [from, to]: Node["range"]): void {
  const [start, end] = node.range;
  expect([from <= start, start <= end, end <= to]).toEqual([true, true, true]);
  eachChild(node, keys, (child) => {
    expectWithin(child, keys, node.range);
  });
}

function expectRead(root: Root, keys: VisitorKeys, text: string): void {
  expectWithin(root, keys, [0, text.length]);
  for (const { range } of [...root.comments, ...root.faults]) expect([0 <= range[0], range[0] <= range[1], range[1] <= text.length]).toEqual([true, true, true]);
}

describe("whatever is typed is read, and every place lies within it", () => {
  test("Prisma", () => {
    fc.assert(fc.property(written(prismaWords), (text) => { expectRead(parsePrisma(text), prismaKeys, text); }), runs(500));
  });

  test("SQL", () => {
    fc.assert(fc.property(written(sqlWords), (text) => { expectRead(parseSql(text), sqlKeys, text); }), runs(500));
  });
});

/** Ways from one name of a client to the next, none of which makes another client of it. */
const hops: readonly ((name: string, next: string) => string)[] = [
  (name, next) => `const ${next} = ${name};`,
  (name, next) => `const ${next} = ${name} as typeof ${name};`,
  (name, next) => `const { ${next} } = { ${next}: ${name} };`,
  (name, next) => `const ${next} = (${name}!);`,
  (name, next) => `const kept_${next} = { db: ${name} };\nconst ${next} = kept_${next}.db;`,
];

const imports: readonly string[] = [
  'import { PrismaClient } from "@prisma/client";\nconst c0 = new PrismaClient();',
  'import * as prisma from "@prisma/client";\nconst c0 = new prisma.PrismaClient();',
  'import { PrismaClient as Client } from "@prisma/client";\nconst c0 = new Client({ log: ["error"] });',
  'const { PrismaClient } = require("@prisma/client");\nconst c0 = new PrismaClient();',
];

const chains = fc.tuple(fc.constantFrom(...imports), fc.array(fc.constantFrom(...hops), { maxLength: 4 })).map(([start, steps]) => {
  const lines = steps.map((step, index) => step(`c${String(index)}`, `c${String(index + 1)}`));
  return { code: [start, ...lines].join("\n"), client: `c${String(steps.length)}` };
});

test("a client stays the client by whatever name it goes", () => {
  fc.assert(
    fc.property(chains, ({ code, client }) => {
      const found = queriesIn(openText(`${code}\nexport const run = async () => ${client}.order.findMany();`));
      expect(found.map(({ orm, model, operation }) => [orm, model, operation])).toEqual([["Prisma", "order", "findMany"]]);
    }),
    runs(200),
  );
});

const columns = fc.uniqueArray(fc.constantFrom("id", "userId", "status", "tenantId", "createdAt"), { minLength: 1, maxLength: 4 });

test("a filter has the keys that are written, wherever it is put together", () => {
  fc.assert(
    fc.property(chains, columns, fc.constantFrom("inline", "before", "spread"), ({ code, client }, names, form) => {
      const entries = names.map((name) => `${name}: input.${name}`).join(", ");
      const [before, where] = form === "inline" ? ["", `{ ${entries} }`] : form === "before" ? [`const where = { ${entries} };`, "where"] : [`const some = { ${entries} };`, "{ ...some }"];
      const [query] = queriesIn(openText(`${code}\nexport async function run(input) { ${before}\n  return ${client}.order.findMany({ where: ${where} }); }`));
      expect(query?.filter?.keys.map(({ name }) => name).sort()).toEqual([...names].sort());
    }),
    runs(200),
  );
});

const said = fc.array(
  fc.oneof(
    fc.string({ maxLength: 12 }).map((text) => JSON.stringify(text)),
    fc.constantFrom("order.id", "error", "{ id: order.id }", "`order ${order.id} is late`", "order", "1", "...rest", "['a', 'b'].length", "/* why */ order"),
  ),
  { maxLength: 4 },
);

test("a fix leaves code that parses, and that the next run leaves as it is", () => {
  const linter = new Linter({ cwd: projectFolder() });
  const config: Linter.Config[] = hardening.configs["code-strict"].map((block): Linter.Config => ({ ...block, languageOptions: { parser } }));
  fc.assert(
    fc.property(said, fc.constantFrom("log", "error", "warn", "info"), (parts, level) => {
      const code = `import express from "express";\nconst app = express();\napp.get("/orders/:id", async (req, res, ...rest) => {\n  const order = await load(req.params.id);\n  try {\n    await send(order);\n  } catch (error) {\n    console.${level}(${parts.join(", ")});\n    res.status(500).end();\n  }\n});\n`;
      const filename = `${projectFolder()}/src/server/orders.ts`;
      const once = linter.verifyAndFix(code, config, { filename });
      expect(once.messages.filter(({ fatal }) => fatal)).toEqual([]);
      expect(linter.verifyAndFix(once.output, config, { filename }).output).toBe(once.output);
    }),
    runs(60),
  );
});

test("settings of any kind are accepted, or it is said why they are not", () => {
  fc.assert(
    fc.property(fc.anything(), (settings) => {
      expect([null, "string"]).toContain(settingsFault(settings) === null ? null : typeof settingsFault(settings));
    }),
    runs(500),
  );
});
