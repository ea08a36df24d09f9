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
