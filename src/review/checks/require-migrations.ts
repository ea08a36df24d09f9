import { posix } from "node:path";

import { type App, isBeside, lineOf } from "../app.js";
import type { Check, CheckReport } from "./check.js";

const provider = /datasource\s+\w+\s*\{[^}]*provider\s*=\s*"(postgresql|postgres|mysql|sqlite|sqlserver|cockroachdb)"/;

const isMigration = (file: string): boolean => /(?:^|\/)(?:migrations?|drizzle)\/.*\.(?:sql|[cm]?[jt]s)$/i.test(file) || /(?:^|\/)\d{4}\S*\.sql$/.test(file);

function* prisma(app: App): Generator<CheckReport> {
  for (const file of app.files.filter((each) => each.endsWith(".prisma") && !isBeside(each) && !/(?:^|\/)(?:generated|dist|build)\//.test(each))) {
    const text = app.read(file) ?? "";
    const [, database] = provider.exec(text) ?? [];
    // PlanetScale has branches instead: https://planetscale.com/docs/vitess/tutorials/prisma-quickstart
    if (database === undefined || /relationMode\s*=\s*"prisma"/.test(text)) continue;
    const folder = posix.dirname(file).replace(/\/?(?:schema|prisma)$/, "");
    if (app.files.some((each) => isMigration(each) && (folder === "" || folder === "." || each.startsWith(`${folder}/`)))) continue;
    yield { file, line: lineOf(text, /datasource\s/), message: "This schema has no migrations that git keeps: nobody can tell what a database in use looks like, and `prisma db push` may drop what it does not know. Make the first one with `prisma migrate dev --name init`, commit it, and tell databases that are in use that they have it (`prisma migrate resolve --applied`)." };
  }
}

function* drizzle(app: App): Generator<CheckReport> {
  for (const file of app.files.filter((each) => /(?:^|\/)drizzle\.config\.[cm]?[jt]s$/.test(each) && !isBeside(each))) {
    if (app.files.some((each) => /\.sql$/.test(each) || /meta\/_journal\.json$/.test(each))) continue;
    yield { file, message: "Drizzle has a schema here, and no migrations that git keeps: nobody can tell what a database in use looks like. Write them with `drizzle-kit generate`, and commit them." };
  }
}

function* entities(app: App): Generator<CheckReport> {
  for (const own of app.packages) {
    if (!own.dependencies.has("typeorm") || own.dependencies.has("mongodb") || !own.files.some((file) => /\.entity\.[jt]s$|(?:^|\/)entit(?:y|ies)\//.test(file))) continue;
    if (own.files.some((file) => /migration/i.test(file))) continue;
    yield { file: own.file, message: "TypeORM has entities here, and no migrations that git keeps: the tables follow the code by themselves, data and all. Write the first one with `typeorm migration:generate`, and commit it." };
  }
}

export const requireMigrations: Check = {
  name: "require-migrations",
  title: "A database schema without migrations",
  description: "Require the migrations of a database schema to be committed",
  concern: "data-integrity",
  impact: "data-loss",
  urgency: "next",
  read: { true: 1, doubtful: 0, wrong: 0, gone: 0 },
  silentOn: ["training"],
  *run(app) {
    yield* prisma(app);
    yield* drizzle(app);
    yield* entities(app);
  },
};
