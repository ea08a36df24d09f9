import { describe, expect, it } from "vitest";

import { lintProject } from "../../support/lint-project.js";
import type { Files } from "../../support/project.js";

const manifest: Files = { "package.json": { name: "shop", dependencies: { "@prisma/client": "^6.0.0", express: "^5.0.0" }, scripts: { start: "node server/index.js" } } };

const db = 'import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n';

describe("require-query-limit", () => {
  const list = (files: Files): string[] => lintProject({ ...manifest, "server/db.ts": db, ...files }, "server/accruals.ts", "require-query-limit");
  const accruals = { "server/accruals.ts": 'import { prisma } from "./db.js";\nexport const accruing = () => prisma.accrual.findMany({ select: { userId: true } });\n' };
  const job = { "server/jobs/nightly.ts": 'import { accruing } from "../accruals.js";\nexport const nightly = async () => { for (const { userId } of await accruing()) await pay(userId); };\n' };
  const page = { "server/page.ts": 'import { accruing } from "./accruals.js";\nexport const page = async (request, response) => response.json(await accruing());\n' };

  it("leaves alone what only a job reads", () => expect(list({ ...accruals, ...job })).toEqual([]));
  it("reports what a page reads as well", () => expect(list({ ...accruals, ...job, ...page })).toHaveLength(1));

  const schema = (...columns: string[]): Files => ({
    "server/accruals.ts": 'import { prisma } from "./db.js";\nexport const towns = () => prisma.town.findMany();\n',
    "prisma/schema.prisma": `datasource db {\n  provider = "postgresql"\n}\nmodel Town {\n  id String @id\n  name String\n${columns.map((column) => `  ${column}\n`).join("")}}\n`,
  });

  it.each<[string, string[]]>([
    ["people put in order by hand", ["sortOrder Int @default(0)", "createdAt DateTime @default(now())"]],
    ["came with the app", ["country String"]],
  ])("leaves alone a table whose rows %s", (_, columns) => expect(list(schema(...columns))).toEqual([]));

  it.each<[string, string[]]>([
    ["come one after the other", ["createdAt DateTime @default(now())"]],
    ["belong to somebody, in an order that each makes", ["ownerId String", "sortOrder Int"]],
  ])("reports a table whose rows %s", (_, columns) => expect(list(schema(...columns))).toHaveLength(1));
});

describe("no-deep-include", () => {
  const tables = ["users", "shops", "towns", "regions", "lands", "carriers", "vats"];
  const schema = `import { pgTable, text } from "drizzle-orm/pg-core";\n${[...tables, "orders"].map((name) => `export const ${name} = pgTable("${name}", { id: text("id").primaryKey(), otherId: text("other_id") });\n`).join("")}`;
  const found = (condition: (table: string) => string): string[] =>
    lintProject(
      {
        "package.json": { name: "shop", dependencies: { "drizzle-orm": "^0.40.0" } },
        "src/db/schema.ts": schema,
        "server/orders.ts": `import { drizzle } from "drizzle-orm/node-postgres";\nimport { eq } from "drizzle-orm";\nimport { ${tables.join(", ")}, orders } from "../src/db/schema";\nconst db = drizzle(url);\nexport const list = () => db.select().from(orders)${tables.map((table) => `.leftJoin(${table}, ${condition(table)})`).join("")};\n`,
      },
      "server/orders.ts",
      "no-deep-include",
    );
  it("leaves alone joins that bring a label each", () => expect(found((table) => `eq(orders.otherId, ${table}.id)`)).toEqual([]));
  it("reports joins that bring several rows", () => expect(found((table) => `eq(orders.id, ${table}.otherId)`)).toHaveLength(1));
});

describe("no-n-plus-one", () => {
  const found = (key: string, found: string): string[] =>
    lintProject(
      {
        "package.json": { name: "shop", dependencies: { "drizzle-orm": "^0.40.0", express: "^5.0.0", pg: "^8.0.0" } },
        "server/schema.ts": `import { pgTable, text, unique } from "drizzle-orm/pg-core";\nexport const labels = pgTable("labels", { id: text("id").primaryKey(), orderId: text("order_id").notNull(), name: text("name").notNull(), byId: text("by_id") }, (table) => [${key}]);\nexport const people = pgTable("people", { id: text("id").primaryKey() });\n`,
        "server/labels.ts": `import { and, eq } from "drizzle-orm";\nimport { drizzle } from "drizzle-orm/node-postgres";\nimport * as schema from "./schema.js";\nconst { labels, people } = schema;\nconst db = drizzle(process.env.DATABASE_URL, { schema });\nexport async function drop(orderId: string, name: string) {\n  const old = await ${found};\n  for (const label of old) label.by = await db.query.people.findFirst({ where: eq(people.id, label.byId) });\n  return old;\n}\n`,
      },
      "server/labels.ts",
      "no-n-plus-one",
    );
  const both = 'unique("labels_order_name").on(table.orderId, table.name)';

  it("leaves alone a list that a unique key keeps at one row", () => expect(found(both, "db.select().from(labels).where(and(eq(labels.orderId, orderId), eq(labels.name, name)))")).toEqual([]));
  it("reports a list by a part of the key", () => expect(found(both, "db.select().from(labels).where(eq(labels.orderId, orderId))")).toHaveLength(1));
  it("reports a list where nothing keeps it at one row", () => expect(found("", "db.select().from(labels).where(and(eq(labels.orderId, orderId), eq(labels.name, name)))")).toHaveLength(1));
});
