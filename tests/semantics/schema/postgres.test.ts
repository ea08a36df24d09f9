import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { migrate, openDatabase, prelude, type Run } from "../../../scripts/support/postgres.js";
import { root } from "../../../scripts/support/rules.js";
import { compare } from "../../../scripts/support/schema-facts.js";
import { parseSql } from "../../../src/languages/sql/parse.js";
import { replaySql } from "../../../src/semantics/schema/sql.js";

/** Migrations as people and tools write them, one after the other. A real Postgres says what they make. */
const histories: Record<string, string[]> = {
  "a Supabase project": [
    `CREATE EXTENSION IF NOT EXISTS "uuid-ossp";
CREATE TYPE public.member_role AS ENUM ('owner', 'guest');
CREATE TABLE IF NOT EXISTS public.teams (id UUID NOT NULL DEFAULT uuid_generate_v4() PRIMARY KEY, name TEXT NOT NULL, slug TEXT UNIQUE, created_at TIMESTAMP WITH TIME ZONE DEFAULT now());
CREATE TABLE public.members (
  team_id uuid NOT NULL REFERENCES public.teams (id) ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES auth.users ON DELETE CASCADE,
  role public.member_role NOT NULL DEFAULT 'guest',
  PRIMARY KEY (team_id, user_id)
);
ALTER TABLE public.teams ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.members ENABLE ROW LEVEL SECURITY;
CREATE OR REPLACE FUNCTION public.is_member(team uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT EXISTS (SELECT 1 FROM public.members WHERE team_id = team AND user_id = auth.uid());
$$;
CREATE POLICY "Members see their team" ON public.teams FOR SELECT TO authenticated USING (public.is_member(id));
CREATE POLICY "Anybody may found a team" ON public.teams FOR INSERT WITH CHECK (true);
CREATE POLICY "Own seat" ON members USING (auth.uid() = user_id) WITH CHECK (auth.uid() = user_id);
INSERT INTO storage.buckets (id, name, public) VALUES ('logos', 'logos', true) ON CONFLICT DO NOTHING;
CREATE POLICY "Members write logos" ON storage.objects AS RESTRICTIVE FOR UPDATE TO authenticated, service_role USING (bucket_id = 'logos');`,
    `DROP POLICY IF EXISTS "Anybody may found a team" ON public.teams;
ALTER POLICY "Own seat" ON public.members TO authenticated;
ALTER POLICY "Members see their team" ON public.teams RENAME TO "Members see it";
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_policies WHERE policyname = 'Owners change it') THEN
    CREATE POLICY "Owners change it" ON public.teams FOR UPDATE USING (public.is_member(id));
  END IF;
  CREATE INDEX members_user_idx ON public.members (user_id);
END $$;
ALTER TABLE public.members ADD COLUMN IF NOT EXISTS note text DEFAULT NULL, ADD COLUMN weight numeric(4, 3) DEFAULT NULL, ADD joined_at timestamptz NOT NULL DEFAULT now();
ALTER PUBLICATION supabase_realtime ADD TABLE public.members;
GRANT ALL ON public.members TO service_role;`,
    `BEGIN;
CREATE SCHEMA IF NOT EXISTS private;
ALTER TABLE public.teams SET SCHEMA private;
ALTER TYPE public.member_role RENAME TO seat_role;
ALTER TYPE public.seat_role ADD VALUE 'admin';
CREATE TABLE seats (LIKE public.members INCLUDING ALL);
DROP TABLE seats;
COMMIT;`,
  ],
  "what Prisma writes": [
    `-- CreateEnum
CREATE TYPE "State" AS ENUM ('OPEN', 'PAID');

-- CreateTable
CREATE TABLE "Customer" (
    "id" SERIAL NOT NULL,
    "email" TEXT NOT NULL,
    "tags" TEXT[],
    "balance" DECIMAL(10,2) NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Customer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Order" ("id" TEXT NOT NULL, "customerId" INTEGER NOT NULL, "state" "State" NOT NULL DEFAULT 'OPEN', CONSTRAINT "Order_pkey" PRIMARY KEY ("id"));

-- CreateTable
CREATE TABLE "_CustomerToOrder" ("A" INTEGER NOT NULL, "B" TEXT NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "Customer_email_key" ON "Customer"("email");

-- CreateIndex
CREATE UNIQUE INDEX "_CustomerToOrder_AB_unique" ON "_CustomerToOrder"("A", "B");

-- CreateIndex
CREATE INDEX "_CustomerToOrder_B_index" ON "_CustomerToOrder"("B");

-- AddForeignKey
ALTER TABLE "Order" ADD CONSTRAINT "Order_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;`,
    `-- AlterEnum
BEGIN;
CREATE TYPE "State_new" AS ENUM ('OPEN', 'SETTLED');
ALTER TABLE "Order" ALTER COLUMN "state" DROP DEFAULT;
ALTER TABLE "Order" ALTER COLUMN "state" TYPE "State_new" USING ("state"::text::"State_new");
ALTER TYPE "State" RENAME TO "State_old";
ALTER TYPE "State_new" RENAME TO "State";
DROP TYPE "State_old";
ALTER TABLE "Order" ALTER COLUMN "state" SET DEFAULT 'OPEN';
COMMIT;

-- DropForeignKey
ALTER TABLE "Order" DROP CONSTRAINT "Order_customerId_fkey";

-- AlterTable
ALTER TABLE "Customer" DROP CONSTRAINT "Customer_pkey",
ALTER COLUMN "id" DROP DEFAULT,
ALTER COLUMN "id" SET DATA TYPE TEXT,
ADD CONSTRAINT "Customer_pkey" PRIMARY KEY ("id");
DROP SEQUENCE "Customer_id_seq";

-- AlterTable
ALTER TABLE "_CustomerToOrder" ADD CONSTRAINT "_CustomerToOrder_AB_pkey" PRIMARY KEY USING INDEX "_CustomerToOrder_AB_unique";

-- RenameIndex
ALTER INDEX "Customer_email_key" RENAME TO "one_email";`,
  ],
  "what drizzle-kit writes": [
    `CREATE TABLE IF NOT EXISTS "users" (
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"serial" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "users_serial_seq" INCREMENT BY 1 START WITH 1)
);`,
    `CREATE TABLE IF NOT EXISTS "posts" ("id" serial PRIMARY KEY NOT NULL, "author" integer NOT NULL, "title" varchar(256), "slug" text GENERATED ALWAYS AS (lower(title)) STORED, CONSTRAINT "posts_slug_unique" UNIQUE("slug"));
--> statement-breakpoint
DO $$ BEGIN
 ALTER TABLE "posts" ADD CONSTRAINT "posts_author_users_serial_fk" FOREIGN KEY ("author") REFERENCES "public"."users"("serial") ON DELETE cascade ON UPDATE no action;
EXCEPTION
 WHEN duplicate_object THEN null;
END $$;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "posts_title_idx" ON "posts" USING btree (lower("title"), "author" DESC NULLS LAST) WHERE "title" is not null;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "views" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "posts" RENAME COLUMN "author" TO "user";--> statement-breakpoint
ALTER TABLE "posts" DROP COLUMN IF EXISTS "views";`,
  ],
  "names that nobody gave": [
    `CREATE TABLE content_analytics_daily (id int PRIMARY KEY, business_id int, content_identifier int, date date, platform_name text, UNIQUE (business_id, content_identifier, date, platform_name));
CREATE TABLE a_table_whose_name_is_as_long_as_the_names_of_tables_may_become (a_column_of_a_long_name_as_well int UNIQUE);
CREATE TABLE twice (a int UNIQUE, b int REFERENCES twice (a), FOREIGN KEY (b) REFERENCES twice (a));
ALTER TABLE twice ADD UNIQUE (a);
CREATE INDEX ON twice (b);
CREATE INDEX ON twice (b);
CREATE INDEX ON twice (lower('x'), (a + b), b);
CREATE TABLE orders (id int PRIMARY KEY);
ALTER TABLE orders RENAME TO old_orders;
CREATE TABLE orders (id int PRIMARY KEY, old int REFERENCES old_orders);`,
  ],
  "what is changed by hand": [
    `CREATE TABLE customers (id bigint GENERATED BY DEFAULT AS IDENTITY, mail varchar(20), phone text, city text, CONSTRAINT customers_pk PRIMARY KEY (id));
CREATE TABLE notes (id serial, customer bigint, body text, kind text CHECK (kind <> ''), FOREIGN KEY (customer) REFERENCES customers ON DELETE SET NULL);
CREATE UNIQUE INDEX by_mail ON customers (mail);
CREATE INDEX by_city ON customers (city, phone) INCLUDE (mail);`,
    `ALTER TABLE ONLY customers ADD CONSTRAINT one_mail UNIQUE USING INDEX by_mail;
ALTER TABLE customers RENAME mail TO email;
ALTER TABLE customers ALTER email SET NOT NULL, ALTER COLUMN phone TYPE varchar(30), ALTER phone SET DEFAULT '', ALTER city SET NOT NULL, ALTER city DROP NOT NULL;
ALTER TABLE customers RENAME CONSTRAINT one_mail TO one_email;
ALTER TABLE notes DROP COLUMN kind, ADD PRIMARY KEY (id), ALTER COLUMN body SET DEFAULT 'none';
ALTER TABLE notes ALTER COLUMN body DROP DEFAULT;
ALTER TABLE customers RENAME TO clients;
CREATE TYPE mood AS ENUM ('calm');
ALTER TABLE notes ADD COLUMN mood mood, ADD COLUMN other mood, ADD COLUMN once mood DEFAULT 'calm', ADD COLUMN still mood DEFAULT 'calm';
ALTER TABLE notes ALTER COLUMN once TYPE text, ALTER COLUMN still TYPE text;
ALTER TABLE notes ALTER COLUMN still SET DEFAULT 'calm';
DROP TYPE mood CASCADE;
DROP INDEX IF EXISTS by_city;
CREATE TABLE lines (note int, number int, PRIMARY KEY (note, number), EXCLUDE USING btree (number WITH =));
ALTER TABLE lines ADD FOREIGN KEY (note) REFERENCES notes (id) ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;
DROP TABLE clients CASCADE;`,
  ],
  "the demo's": [readFileSync(join(root, "examples/shop/supabase/migrations/20250304101500_receipts.sql"), "utf8")],
};

let db: PGlite;

beforeAll(async () => {
  db = await openDatabase();
}, 120_000);

afterAll(() => db.close());

beforeEach(() => db.exec("BEGIN"));

afterEach(() => db.exec("ROLLBACK"));

const run = (texts: readonly string[]): Promise<Run> => migrate(db, texts.map((text, index) => ({ file: `${index}.sql`, text, script: parseSql(text) })));

describe("the model of migrations is what Postgres makes of them", () => {
  test.for(Object.entries(histories))("%s", async ([, texts]) => {
    const { files, refusals, facts } = await run(texts);
    expect(refusals.map(({ text, message }) => `${message}: ${text}`)).toEqual([]);
    const agreement = compare(replaySql([prelude, ...files], false), facts, replaySql([prelude], false));
    expect(agreement.differences).toEqual([]);
    expect(agreement.unknown.all).toBe(0);
    expect(agreement.tables.agreed).toBe(facts.size);
    expect(facts.size).toBeGreaterThan(0);
  });

  test("not of statements that it does not run", async () => {
    await db.exec("ROLLBACK");
    const { refusals, statements } = await run(["CREATE TABLE a (b no_such_type()); SELECT 1"]);
    expect(statements).toBe(2);
    expect(refusals).toMatchObject([{ file: "0.sql", statement: { type: "SqlCreateTable" } }]);
  });
});

describe("the referee", () => {
  const text = "CREATE TABLE a (b int PRIMARY KEY, c text UNIQUE)";

  test.each([
    ["a column", text.replace("text", "varchar"), "public.a: we have column c varchar"],
    ["what may be null", text.replace("text", "text NOT NULL"), "public.a: we have column c text not null"],
    ["a key", text.replace(" UNIQUE", ""), "public.a: Postgres has unique a_c_key (c)"],
    ["a table", `${text}; CREATE TABLE d (e int)`, "public.d: we have column e int4"],
    ["row level security", `${text}; ALTER TABLE a ENABLE ROW LEVEL SECURITY`, "public.a: we have row security on"],
    ["a policy", `${text}; CREATE POLICY p ON a USING (true)`, "public.a: we have policy p permissive all (public) using"],
  ])("sees that %s is not the same", async (_name, other, difference) => {
    const { facts } = await run([text]);
    expect(compare(replaySql([{ file: "0.sql", script: parseSql(other) }], false), facts, replaySql([], false)).differences).toContain(difference);
  });

  test("puts something in the place of what a repository does not have", async () => {
    await db.exec("ROLLBACK");
    const { refusals, standIns, facts } = await run(["ALTER TABLE people ADD COLUMN team uuid REFERENCES teams; CREATE POLICY own ON people USING (is_owner(id)); CREATE INDEX ON people (owner_id);"]);
    expect(refusals).toEqual([]);
    expect(standIns).toBe(4);
    expect(facts.get("public.people")).toContain("column owner_id uuid");
    await db.exec("DROP TABLE people, teams; DROP FUNCTION is_owner");
  });
});
