import { describe, expect, test } from "vitest";

import { parseSql } from "../../../src/languages/sql/parse.js";
import { visitorKeys, type SqlStatement } from "../../../src/languages/sql/syntax.js";
import { eachChild, type Node } from "../../../src/languages/tree.js";
import { ourFacts } from "../../../scripts/support/sql-facts.js";

const factsOf = (text: string): string[] => ourFacts(parseSql(text).statements);

const shop = `-- The shop's own tables
create type state as enum ('open', 'paid');

CREATE TABLE IF NOT EXISTS public.orders (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  customer_id uuid NOT NULL REFERENCES customers (id) ON DELETE CASCADE, /* who pays */
  state state DEFAULT 'open',
  CONSTRAINT one UNIQUE (customer_id, state)
);
--> statement-breakpoint
CREATE UNIQUE INDEX one_open ON orders (customer_id) WHERE state = 'open';
ALTER TABLE orders ENABLE ROW LEVEL SECURITY, ADD COLUMN note text;
CREATE POLICY "Own orders" ON orders FOR ALL TO authenticated USING (auth.uid() = customer_id);
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_constraint) THEN
    ALTER TABLE orders ADD CONSTRAINT c CHECK (id IS NOT NULL);
  END IF;
  EXECUTE 'DROP TABLE old';
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
END $$;
`;

describe("a script", () => {
  const script = parseSql(shop);
  const texts = new Map<string, string[]>();
  const visit = (node: Node): void => {
    texts.set(node.type, [...(texts.get(node.type) ?? []), shop.slice(...node.range)]);
    eachChild(node, visitorKeys, (child) => {
      expect(child.range[0]).toBeGreaterThanOrEqual(node.range[0]);
      expect(child.range[1]).toBeLessThanOrEqual(node.range[1]);
      visit(child);
    });
  };
  visit(script);

  test("keeps the place of each node", () => {
    expect(script.faults).toEqual([]);
    expect(texts.get("SqlColumn")).toContain("customer_id uuid NOT NULL REFERENCES customers (id) ON DELETE CASCADE");
    expect(texts.get("SqlReference")).toEqual(["REFERENCES customers (id) ON DELETE CASCADE"]);
    expect(texts.get("SqlConstraint")).toEqual(expect.arrayContaining(["PRIMARY KEY", "DEFAULT gen_random_uuid()", "NOT NULL", "CONSTRAINT one UNIQUE (customer_id, state)"]));
    expect(texts.get("SqlDataType")).toEqual(["uuid", "uuid", "state", "text"]);
    expect(texts.get("SqlAction")).toEqual(["ENABLE ROW LEVEL SECURITY", "ADD COLUMN note text", "ADD CONSTRAINT c CHECK (id IS NOT NULL)"]);
    expect(texts.get("SqlCreatePolicy")?.[0]).toMatch(/^CREATE POLICY.*customer_id\)$/s);
    expect(texts.get("SqlExpression")).toEqual(expect.arrayContaining(["gen_random_uuid()", "'open'", "state = 'open'", "auth.uid() = customer_id"]));
    expect(texts.get("SqlName")).toEqual(expect.arrayContaining(["public.orders", '"Own orders"', "customers"]));
  });

  test("reads what a block does, and what it executes as far as it is written out", () => {
    const block = script.statements.at(-1);
    if (block?.type !== "SqlBlock") throw new Error("no block");
    expect(block.statements.map(({ type }) => type)).toEqual(["SqlAlterTable", "SqlExecute", "SqlExecute"]);
    expect(texts.get("SqlDrop")).toEqual(["DROP TABLE old"]);
    expect(block.statements.at(-1)).toMatchObject({ statements: [], text: "EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t)" });
  });

  test("keeps its comments", () => {
    expect(script.comments.map(({ type, value }) => [type, value])).toEqual([
      ["Line", " The shop's own tables"],
      ["Block", " who pays "],
      ["Line", "> statement-breakpoint"],
    ]);
  });
});

describe("what the tools for MySQL and SQLite write", () => {
  test("Prisma for MySQL", () => {
    const sql = `CREATE TABLE \`User\` (
    \`id\` INTEGER UNSIGNED NOT NULL AUTO_INCREMENT,
    \`email\` VARCHAR(191) NOT NULL COMMENT 'it\\'s; theirs',
    \`role\` ENUM('USER', 'ADMIN') NOT NULL DEFAULT 'USER',
    \`at\` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
    UNIQUE INDEX \`User_email_key\`(\`email\`),
    INDEX \`User_at_idx\`(\`at\`),
    FULLTEXT INDEX \`User_text\`(\`email\`),
    KEY \`beginning\` (\`email\`(10)),
    PRIMARY KEY (\`id\`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci; # as Prisma does`;
    expect(parseSql(sql).faults).toEqual([]);
    expect(factsOf(sql)).toEqual([
      "table User false false",
      "column User id integer unsigned",
      "column User id not null - () - - -",
      "column User id identity - () - - -",
      "column User email varchar",
      "column User email not null - () - - -",
      "column User role enum",
      "column User role not null - () - - -",
      "column User role default - () - - true",
      "column User at datetime",
      "column User at not null - () - - -",
      "column User at default - () - - true",
      "table User unique User_email_key (email) - - -",
      "table User index User_at_idx (at) - - -",
      "table User index User_text (email) - - -",
      "table User index beginning (expression) - - -",
      "table User primary key - (id) - - -",
    ]);
  });

  test("changes in MySQL", () => {
    const sql =
      "ALTER TABLE `a` ADD COLUMN `b` INT NULL AFTER `c`, MODIFY `d` VARCHAR(20) NOT NULL, CHANGE COLUMN `e` `f` TEXT, DROP FOREIGN KEY `g`, DROP INDEX `h`, DROP PRIMARY KEY, ADD UNIQUE INDEX `i`(`j`), RENAME INDEX `k` TO `l`, ENGINE = InnoDB; RENAME TABLE `a` TO `m`;";
    expect(parseSql(sql).faults).toEqual([]);
    expect(factsOf(sql)).toEqual([
      "add column a",
      "column a b int4",
      "replace column a",
      "column a d varchar",
      "column a d not null - () - - -",
      "replace column a",
      "column a f text",
      "drop constraint a g - - false",
      "drop index a h - - false",
      "drop primary key a - - - false",
      "add constraint a unique i (j) - - -",
      "rename index a k l - false",
      "rename table a m",
    ]);
  });

  test("a table that is made anew in SQLite", () => {
    const sql = `PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Post" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "title" , at DATETIME DEFAULT CURRENT_TIMESTAMP, UNIQUE ("title") ON CONFLICT IGNORE) STRICT;
INSERT INTO "new_Post" SELECT * FROM "Post";
DROP TABLE "Post";
ALTER TABLE "new_Post" RENAME TO "Post";
CREATE TRIGGER t AFTER INSERT ON Post BEGIN UPDATE a SET b = 1; DELETE FROM c; END;
CREATE UNIQUE INDEX "Post_at" ON "Post"("at");`;
    expect(parseSql(sql).faults).toEqual([]);
    expect(factsOf(sql)).toEqual([
      "table new_Post false false",
      "column new_Post id int4",
      "column new_Post id not null - () - - -",
      "column new_Post id primary key - () - - -",
      "column new_Post title -",
      "column new_Post at datetime",
      "column new_Post at default - () - - true",
      "table new_Post unique - (title) - - -",
      "drop table Post -",
      "rename table new_Post - Post - false",
      "index Post_at Post true (at) false",
    ]);
  });

  test("drizzle-kit, which ends statements with a comment", () => {
    const sql = "CREATE TABLE `a` (\n\t`id` text PRIMARY KEY NOT NULL\n)\n--> statement-breakpoint\nALTER TABLE `a` ADD `b` integer--> statement-breakpoint\nCREATE INDEX `c` ON `a` (`b`);";
    expect(parseSql(sql).faults).toEqual([]);
    expect(factsOf(sql)).toEqual(["table a false false", "column a id text", "column a id primary key - () - - -", "column a id not null - () - - -", "add column a", "column a b int4", "index c a false (b) false"]);
  });

  test("a dump with rows, and commands of psql", () => {
    const sql = "\\restrict abc\nCOPY a (b) FROM stdin;\n1\tCREATE TABLE x (y int);\n\\.\nCREATE TABLE z (y int);";
    expect(factsOf(sql)).toEqual(["table z false false", "column z y int4"]);
  });
});

describe("what cannot be read costs what it stands in", () => {
  const after = "\nCREATE TABLE b (c int);";
  const intact = ["table b false false", "column b c int4"];

  test.for<[string, string, string[]]>([
    ["a column that is being typed", "CREATE TABLE a (id int, name text DEFAULT , at date);", ["table a false false", "column a id int4", "column a at date"]],
    ["a constraint that is being typed", "CREATE TABLE a (id int, CONSTRAINT x, at date);", ["table a false false", "column a id int4", "column a at date"]],
    ["words that no column has", "CREATE TABLE a (id int sometimes, at date);", ["table a false false", "column a id int4", "column a at date"]],
    ["an action that is being typed", "ALTER TABLE a ADD COLUMN, DROP COLUMN d;", ["drop column a d - - false"]],
    ["a bracket that nothing opened", "CREATE TABLE a (id int, ], at date);", ["table a false false", "column a id int4", "column a at date"]],
    ["a table without an end", "CREATE TABLE a (id int,", []],
    ["a table without a semicolon", "CREATE TABLE a (id int)", ["table a false false", "column a id int4"]],
    ["an index that is being typed", "CREATE INDEX i ON a (", []],
    ["a policy that is being typed", "CREATE POLICY p ON a FOR", []],
    ["a statement that is being typed", "CREATE", []],
    ["no SQL at all", "# Read me\n\nThis is text;", []],
  ])("%s", ([, text, before]) => {
    expect(factsOf(text + after)).toEqual([...before, ...intact]);
  });

  test("and says where", () => {
    const text = "CREATE TABLE a (id int sometimes);";
    expect(parseSql(text).faults.map(({ message, range }) => [message, text.slice(...range)])).toEqual([['"sometimes" was not expected here.', "sometimes"]]);
  });

  test("whatever the text is cut off at, there is a tree whose nodes lie within it", () => {
    for (let length = 0; length <= shop.length; length += 1) {
      const check = (node: Node): void => {
        expect(node.range[0]).toBeLessThanOrEqual(node.range[1]);
        expect(node.range[1]).toBeLessThanOrEqual(length);
        eachChild(node, visitorKeys, check);
      };
      const script = parseSql(shop.slice(0, length));
      check(script);
      for (const { range } of script.faults) expect(range[1]).toBeLessThanOrEqual(length);
    }
  });

  test("whatever stands where a word should, reading ends", () => {
    for (const { index, 0: word } of shop.matchAll(/[\w.]+/g)) {
      for (const mark of [")", "]", "(", "[", ",", ";", "'", '"', "$$", "/*"]) parseSql(shop.slice(0, index) + mark + shop.slice(index + word.length));
    }
  });

  test("and whatever word is missing, the other statements are there", () => {
    const count = (statements: readonly SqlStatement[]): number => statements.filter(({ type }) => type !== "SqlOther").length;
    const words = [...shop.matchAll(/[\w.]+/g)];
    for (const { index, 0: word } of words) expect(count(parseSql(shop.slice(0, index) + shop.slice(index + word.length)).statements)).toBeGreaterThanOrEqual(4);
  });
});
