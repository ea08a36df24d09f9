import rule from "../../../src/rules/data-integrity/require-unique-constraint.js";
import { ruleTester } from "../../support/rule-tester.js";

const prisma = "prisma/schema.prisma";
const sql = "supabase/migrations/20260101000000_init.sql";

/** People, teams, and what joins them. */
const teams = (member: string, name = "TeamMember"): string => `model User {
  id      String @id
  members ${name}[]
}
model Team {
  id      String @id
  members ${name}[]
}
model ${name} {
  id     String @id
  team   Team   @relation(fields: [teamId], references: [id])
  teamId String
  user   User   @relation(fields: [userId], references: [id])
  userId String
${member}}
`;

const tables = "CREATE TABLE posts (id uuid PRIMARY KEY);\nCREATE TABLE tags (id uuid PRIMARY KEY);\n";

const join = (more: string): string => `${tables}CREATE TABLE post_tags (id uuid PRIMARY KEY, post_id uuid NOT NULL REFERENCES posts, tag_id uuid NOT NULL REFERENCES tags${more});`;

const model = (name: string, fields: string): string => `model ${name} {\n  id Int @id\n${fields.replaceAll(/^/gm, "  ")}\n}`;

const drizzle = "src/db/schema.ts";

const inDrizzle = (tables: string): string =>
  `import { boolean, index, integer, jsonb, numeric, pgTable, real, text, timestamp, unique } from "drizzle-orm/pg-core";\n${tables}`;

ruleTester.run("require-unique-constraint", rule, {
  valid: [
    { name: "Prisma: each pair once", filename: prisma, code: teams("  role String\n\n  @@unique([userId, teamId])\n") },
    { name: "one team for each user", filename: prisma, code: teams("").replace("userId String\n", "userId String @unique\n") },
    { name: "a row that says more than that the two belong together", filename: prisma, code: teams("  quantity Int\n") },
    { name: "a row for each day", filename: prisma, code: teams("  startsAt DateTime\n") },
    { name: "what may happen twice", filename: prisma, code: teams("", "TeamBooking") },
    { name: "a row that may have one of the two only", filename: prisma, code: teams("").replace("userId String\n", "userId String?\n").replace("user   User  ", "user   User? ") },
    { name: "several ask for one address", filename: prisma, code: model("PublishRequest", "slug String") },
    { name: "a record of what was", filename: prisma, code: teams("", "TeamVisit") },
    { name: "two of one kind", filename: prisma, code: model("Friend", "aId Int\nbId Int\na Friend @relation(\"a\", fields: [aId], references: [id])\nb Friend @relation(\"b\", fields: [bId], references: [id])") },
    { name: "Prisma: an address of its own", filename: prisma, code: model("Post", "slug String @unique") },
    { name: "an address in each team", filename: prisma, code: model("Post", "teamId Int\nslug String\n@@unique([teamId, slug])") },
    { name: "the address of what it belongs to", filename: prisma, code: model("Registration", "domainId Int? @unique\ndomain Domain? @relation(fields: [domainId], references: [id])\nslug String") + "\n" + model("Domain", "slug String @unique\nregistration Registration?") },
    { name: "an address that is free again when its row is deleted", filename: prisma, code: model("Post", "slug String\ndeletedAt DateTime?") },
    { name: "Prisma: a key that is found by its beginning", filename: prisma, code: model("ApiKey", "prefix String @unique\nhashedKey String") },
    { name: "a key that is found by an index", filename: prisma, code: model("ApiKey", "hashedKey String\n@@index([hashedKey])") },
    { name: "somebody else's key", filename: prisma, code: model("Integration", "apiKey String\naccessToken String") },
    { name: "an address that nothing asks for", project: "with-addresses", filename: prisma, code: model("Article", "title String\nslug String") },
    { name: "SQL: an address that nothing asks for", project: "with-addresses", filename: sql, code: "CREATE TABLE articles (id int PRIMARY KEY, title text, slug text);" },
    { name: "SQL: a name with signs that mean something in patterns", project: "with-addresses", filename: sql, code: 'CREATE TABLE articles (id int PRIMARY KEY, title text, "slug(" text, "api_key[" text);' },
    { name: "half typed", filename: prisma, code: "model Post {\n  id Int @id\n  slug\n" },
    { name: "SQL: each pair once", filename: sql, code: join(", UNIQUE (post_id, tag_id)") },
    { name: "SQL: each pair once, as its key", filename: sql, code: `${tables}CREATE TABLE post_tags (post_id uuid REFERENCES posts, tag_id uuid REFERENCES tags, PRIMARY KEY (post_id, tag_id));` },
    { name: "SQL: each pair once, by an index of a later migration", filename: sql, code: `${join("")}\nCREATE UNIQUE INDEX ON post_tags (tag_id, post_id);` },
    {
      name: "SQL: a table without any key, which is another defect",
      filename: sql,
      code: `${tables}CREATE TABLE post_tags (post_id uuid NOT NULL REFERENCES posts, tag_id uuid NOT NULL REFERENCES tags);`,
    },
    { name: "SQL: an address in lower case", filename: sql, code: "CREATE TABLE pages (id int PRIMARY KEY, slug text);\nCREATE UNIQUE INDEX ON pages (lower(slug));" },
    { name: "SQL: indexes that are made in a loop", filename: sql, code: `${join("")}\nDO $$ BEGIN EXECUTE format('CREATE UNIQUE INDEX ON %I (post_id, tag_id)', t); END $$;` },
    {
      name: "Drizzle: each pair once",
      filename: drizzle,
      code: inDrizzle(
        'export const users = pgTable("users", { id: integer().primaryKey() });\nexport const teams = pgTable("teams", { id: integer().primaryKey() });\nexport const members = pgTable("members", { id: integer().primaryKey(), userId: integer().notNull().references(() => users.id), teamId: integer().notNull().references(() => teams.id) }, (t) => [unique().on(t.teamId, t.userId)]);',
      ),
    },
  ],
  invalid: [
    {
      name: "Drizzle: a member of a team twice",
      filename: drizzle,
      code: inDrizzle(
        'export const users = pgTable("users", { id: integer().primaryKey() });\nexport const teams = pgTable("teams", { id: integer().primaryKey() });\nexport const members = pgTable("members", { id: integer().primaryKey(), userId: integer().notNull().references(() => users.id), teamId: integer().notNull().references(() => teams.id) });',
      ),
      errors: [{ messageId: "pair", data: { table: "members", columns: "`userId` and `teamId`", remedy: "Make `userId, teamId` unique." }, line: 4 }],
    },
    {
      name: "Prisma: a member of a team twice",
      filename: prisma,
      code: teams('  role String @default("member")\n  createdAt DateTime @default(now())\n'),
      errors: [
        {
          messageId: "pair",
          data: { table: "TeamMember", columns: "`teamId` and `userId`", remedy: "Add `@@unique([teamId, userId])`." },
          line: 12,
          column: 3,
          endLine: 12,
          endColumn: 9,
          suggestions: [
            {
              messageId: "makeUnique",
              data: { unique: "@@unique([teamId, userId])" },
              output: teams('  role String @default("member")\n  createdAt DateTime @default(now())\n\n  @@unique([teamId, userId])\n'),
            },
          ],
        },
      ],
    },
    {
      name: "SQL: an address that code asks for",
      project: "with-addresses",
      filename: sql,
      code: "CREATE TABLE pages (id int PRIMARY KEY, slug text);",
      errors: [{ messageId: "address", data: { table: "pages", columns: "`slug`", remedy: "Add a migration with `CREATE UNIQUE INDEX ON pages (slug);`." } }],
    },
    {
      name: "Prisma: two pages at one address",
      filename: prisma,
      code: model("Post", "slug String"),
      errors: [
        {
          messageId: "address",
          data: { table: "Post", columns: "`slug`", remedy: "Add `@@unique([slug])`." },
          line: 3,
          suggestions: [{ messageId: "makeUnique", data: { unique: "@@unique([slug])" }, output: "model Post {\n  id Int @id\n  slug String\n\n  @@unique([slug])\n}" }],
        },
      ],
    },
    {
      name: "Prisma: two pages of a team at one address",
      filename: prisma,
      code: `${model("Team", "posts Post[]")}\n${model("Post", "teamId Int\nteam Team @relation(fields: [teamId], references: [id])\nslug String\n@@index([slug])")}`,
      errors: [{ messageId: "address", data: { table: "Post", columns: "`slug`", remedy: "Add `@@unique([teamId, slug])`, or without `teamId` where the address does not say whose it is." }, line: 9 }],
    },
    {
      name: "Prisma: a key that is looked for in all rows",
      filename: prisma,
      code: model("PersonalAccessToken", "tokenHash String"),
      errors: [
        {
          messageId: "secret",
          data: { table: "PersonalAccessToken", columns: "`tokenHash`", remedy: "Add `@@unique([tokenHash])`." },
          suggestions: [
            { messageId: "makeUnique", data: { unique: "@@unique([tokenHash])" }, output: "model PersonalAccessToken {\n  id Int @id\n  tokenHash String\n\n  @@unique([tokenHash])\n}" },
          ],
        },
      ],
    },
    {
      name: "SQL: a tag twice",
      filename: sql,
      code: join(", created_at timestamptz DEFAULT now()"),
      errors: [
        {
          messageId: "pair",
          data: { table: "post_tags", columns: "`post_id` and `tag_id`", remedy: "Add a migration with `CREATE UNIQUE INDEX ON post_tags (post_id, tag_id);`." },
          line: 3,
          column: 46,
        },
      ],
    },
    {
      name: "SQL: an address that is unique until a later migration",
      filename: sql,
      code: "CREATE TABLE pages (id int PRIMARY KEY, slug text UNIQUE);\nALTER TABLE pages DROP CONSTRAINT pages_slug_key;",
      errors: [{ messageId: "address", data: { table: "pages", columns: "`slug`", remedy: "Add a migration with `CREATE UNIQUE INDEX ON pages (slug);`." }, line: 1 }],
    },
  ],
});
