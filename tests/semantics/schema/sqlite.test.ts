import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "sql.js";

import { differencesOf, migrateSqlite, modelFacts, openSqlite, sqliteFacts } from "../../../scripts/support/sqlite.js";
import { parseSql } from "../../../src/languages/sql/parse.js";
import { replaySql } from "../../../src/semantics/schema/sql.js";

/** Migrations for SQLite as tools write them, one after the other. A real SQLite says what they make. */
const histories: Record<string, string[]> = {
  "what Prisma writes": [
    `-- CreateTable
CREATE TABLE "Customer" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "email" TEXT NOT NULL,
    "name" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateTable
CREATE TABLE "Order" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "total" REAL NOT NULL DEFAULT 0,
    "isPaid" BOOLEAN NOT NULL DEFAULT false,
    "customerId" INTEGER NOT NULL,
    CONSTRAINT "Order_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "_OrderToTag" (
    "A" TEXT NOT NULL,
    "B" INTEGER NOT NULL,
    CONSTRAINT "_OrderToTag_A_fkey" FOREIGN KEY ("A") REFERENCES "Order" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "Customer_email_key" ON "Customer"("email");

-- CreateIndex
CREATE UNIQUE INDEX "_OrderToTag_AB_unique" ON "_OrderToTag"("A", "B");

-- CreateIndex
CREATE INDEX "_OrderToTag_B_index" ON "_OrderToTag"("B");
`,
    `/*
  Warnings:

  - You are about to drop the column \`name\` on the \`Customer\` table. All the data in the column will be lost.
*/
-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Customer" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "email" TEXT NOT NULL,
    "phone" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "managerId" INTEGER,
    CONSTRAINT "Customer_managerId_fkey" FOREIGN KEY ("managerId") REFERENCES "Customer" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
INSERT INTO "new_Customer" ("createdAt", "email", "id") SELECT "createdAt", "email", "id" FROM "Customer";
DROP TABLE "Customer";
ALTER TABLE "new_Customer" RENAME TO "Customer";
CREATE UNIQUE INDEX "Customer_email_key" ON "Customer"("email");
CREATE INDEX "Customer_phone_idx" ON "Customer"("phone");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- AlterTable
ALTER TABLE "Order" ADD COLUMN "note" TEXT DEFAULT '';

-- DropIndex
DROP INDEX "Customer_phone_idx";
`,
  ],
  "what drizzle-kit writes": [
    `CREATE TABLE \`customer\` (
	\`id\` integer PRIMARY KEY NOT NULL,
	\`email\` text NOT NULL,
	\`tier\` text DEFAULT 'free' NOT NULL,
	\`created_at\` integer DEFAULT (strftime('%s', 'now'))
);
--> statement-breakpoint
CREATE TABLE \`membership\` (
	\`customer_id\` integer NOT NULL,
	\`team_id\` text NOT NULL,
	\`role\` text,
	PRIMARY KEY(\`customer_id\`, \`team_id\`),
	FOREIGN KEY (\`customer_id\`) REFERENCES \`customer\`(\`id\`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (\`team_id\`) REFERENCES \`team\`(\`id\`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE \`team\` (\`id\` text PRIMARY KEY NOT NULL, \`slug\` text(256) NOT NULL, \`limits\` text DEFAULT '{}' NOT NULL);
--> statement-breakpoint
CREATE UNIQUE INDEX \`customer_email_unique\` ON \`customer\` (\`email\`);--> statement-breakpoint
CREATE INDEX \`team_slug_idx\` ON \`team\` (lower(\`slug\`));`,
    `PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE \`__new_membership\` (
	\`customer_id\` integer NOT NULL,
	\`team_id\` text NOT NULL,
	\`role\` text DEFAULT 'guest' NOT NULL,
	PRIMARY KEY(\`customer_id\`, \`team_id\`),
	FOREIGN KEY (\`customer_id\`) REFERENCES \`customer\`(\`id\`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
INSERT INTO \`__new_membership\`("customer_id", "team_id", "role") SELECT "customer_id", "team_id", "role" FROM \`membership\`;--> statement-breakpoint
DROP TABLE \`membership\`;--> statement-breakpoint
ALTER TABLE \`__new_membership\` RENAME TO \`membership\`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
ALTER TABLE \`customer\` ADD \`team_id\` text REFERENCES team(id);--> statement-breakpoint
ALTER TABLE \`customer\` RENAME COLUMN "tier" TO "plan";--> statement-breakpoint
ALTER TABLE \`team\` DROP COLUMN \`limits\`;--> statement-breakpoint
CREATE UNIQUE INDEX \`one_plan\` ON \`customer\` (\`plan\`) WHERE "customer"."plan" <> 'free';`,
  ],
  "what Knex writes": [
    "create table `customers` (`id` integer not null primary key autoincrement, `email` varchar(255) not null, `credit` float default '0', `is_active` boolean not null default '1', `created_at` datetime not null default CURRENT_TIMESTAMP);\ncreate unique index `customers_email_unique` on `customers` (`email`);",
    "create table `orders` (`id` char(36) not null, `customer_id` integer not null, `total` decimal(10, 2), `meta` json, foreign key(`customer_id`) references `customers`(`id`) on delete CASCADE, primary key (`id`));\ncreate index `orders_customer_id_index` on `orders` (`customer_id`);\nalter table `customers` add column `phone` varchar(20) null;\nalter table `orders` rename to `purchases`;",
  ],
  "what people write": [
    `CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY, email TEXT UNIQUE COLLATE NOCASE, age INT CHECK (age > 0), data, UNIQUE (email, age) ON CONFLICT REPLACE);
CREATE TABLE posts (id INTEGER PRIMARY KEY AUTOINCREMENT, user_id INTEGER NOT NULL REFERENCES users ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED, title TEXT NOT NULL DEFAULT 'x', slug TEXT GENERATED ALWAYS AS (lower(title)) VIRTUAL) STRICT;
CREATE TABLE tags (post_id INTEGER, tag TEXT, PRIMARY KEY (post_id, tag)) WITHOUT ROWID;
CREATE TRIGGER touch AFTER UPDATE ON posts BEGIN UPDATE users SET age = age + 1 WHERE id = NEW.user_id; DELETE FROM tags WHERE post_id = 0; END;
CREATE VIEW names AS SELECT email FROM users;
CREATE INDEX IF NOT EXISTS posts_user ON posts (user_id DESC, title COLLATE NOCASE);`,
    `ALTER TABLE posts RENAME title TO headline;
DROP INDEX posts_user;
DROP TABLE IF EXISTS tags;
ALTER TABLE Posts ADD COLUMN parent_id INTEGER REFERENCES POSTS(ID);
CREATE TABLE "Lines" ("Id" integer PRIMARY KEY, post_id integer, user_id integer, FOREIGN KEY (post_id) REFERENCES Posts(id) FOREIGN KEY (user_id) REFERENCES users);
CREATE INDEX lines_id ON lines (ID, post_id);`,
  ],
};

describe("SQLite agrees with our model of migrations", () => {
  let db: Database;
  beforeEach(async () => {
    db = await openSqlite();
  });
  afterEach(() => db.close());

  test.each(Object.entries(histories))("%s", (_name, texts) => {
    const run = migrateSqlite(
      db,
      texts.map((text, index) => ({ file: `${String(index)}.sql`, text, script: parseSql(text) })),
    );
    expect(run.refusals.map(({ text, message }) => `${message}: ${text}`)).toEqual([]);
    const found = differencesOf(modelFacts(replaySql(run.files, false)), sqliteFacts(db));
    expect(found.lines).toEqual([]);
    expect(found.facts).toBeGreaterThan(10);
  });
});
