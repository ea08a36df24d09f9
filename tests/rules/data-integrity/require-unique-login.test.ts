import rule from "../../../src/rules/data-integrity/require-unique-login.js";
import { ruleTester } from "../../support/rule-tester.js";

const prisma = "prisma/schema.prisma";
const sql = "supabase/migrations/20260101000000_init.sql";

const index = (table: string, column = "email"): string => `Add a migration: \`CREATE UNIQUE INDEX ON ${table} (lower(${column}));\``;

const drizzle = "src/db/schema.ts";

const users = (columns: string, extra = ""): string =>
  `import { index, pgTable, serial, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";\nexport const users = pgTable("users", {\n  id: serial().primaryKey(),\n  ${columns}\n}${extra});`;

const typeorm = "src/user.entity.ts";

const entity = (fields: string, decorators = ""): string =>
  `import { Column, Entity, Index, PrimaryGeneratedColumn, Unique } from "typeorm";\n${decorators}@Entity()\nexport class User {\n  @PrimaryGeneratedColumn() id: number;\n  ${fields}\n}`;

const sequelize = "src/user.js";

const model = (columns: string, options = ""): string =>
  `import { DataTypes, Model } from "sequelize";\nclass User extends Model {}\nUser.init({\n  ${columns}\n}, { sequelize${options} });`;

const mongoose = "src/models/user.ts";

const documents = (fields: string, more = ""): string =>
  `import { model, Schema } from "mongoose";\nconst userSchema = new Schema({\n  ${fields}\n});\n${more}export const User = model("User", userSchema);`;

ruleTester.run("require-unique-login", rule, {
  valid: [
    { name: "Mongoose: unique where it is declared", filename: mongoose, code: documents("email: { type: String, unique: true }") },
    { name: "Mongoose: a unique index", filename: mongoose, code: documents("email: String", "userSchema.index({ tenant: 1, email: 1 }, { unique: true });\n") },
    { name: "Mongoose: a plugin may make it unique", filename: mongoose, code: documents("email: String", "userSchema.plugin(passportLocalMongoose);\n") },
    { name: "Mongoose: half typed", filename: mongoose, code: documents("email: { type: String, index: true }").replace("const userSchema = ", "const userSchema; ") },
    { name: "Prisma: an address of its own", filename: prisma, code: "model User {\n  id Int @id\n  email String @unique\n}" },
    { name: "Prisma: one account per address and tenant", filename: prisma, code: "model User {\n  id Int @id\n  tenantId Int\n  email String\n  @@unique([tenantId, email])\n}" },
    { name: "Prisma: the address is the key", filename: prisma, code: "model User {\n  email String @id\n}" },
    { name: "people sign in with their name, and write letters to their address", filename: prisma, code: "model User {\n  id Int @id\n  username String @unique\n  email String\n}" },
    { name: "an address of somebody who never signs in", filename: prisma, code: "model Contact {\n  id Int @id\n  email String\n}" },
    { name: "an invitation may be sent twice", filename: prisma, code: "model Invitation {\n  id Int @id\n  email String\n}" },
    {
      name: "an account with another service",
      filename: prisma,
      code: "model Account {\n  id Int @id\n  provider String\n  providerAccountId String\n  email String?\n}",
    },
    {
      name: "a member of a team is a user of the app",
      filename: prisma,
      code: "model User {\n  id Int @id\n  email String @unique\n}\nmodel Member {\n  id Int @id\n  email String\n  userId Int\n  user User @relation(fields: [userId], references: [id])\n}",
    },
    { name: "another service signs them in", filename: prisma, code: "model User {\n  id Int @id\n  clerkId String @unique\n  email String\n}" },
    { name: "a list of addresses", filename: prisma, code: "model User {\n  id Int @id\n  email String[]\n}" },
    { name: "half typed", filename: prisma, code: "model User {\n  id Int @id\n  email\n" },
    { name: "SQL: unique where it is declared", filename: sql, code: "CREATE TABLE users (id int PRIMARY KEY, email text UNIQUE NOT NULL);" },
    { name: "SQL: unique later on", filename: sql, code: "CREATE TABLE users (id int PRIMARY KEY, email text); CREATE UNIQUE INDEX ON users (email);" },
    { name: "SQL: unique whatever its case", filename: sql, code: 'CREATE TABLE users (id int, "email" text); CREATE UNIQUE INDEX ON users (lower("email"));' },
    { name: "SQL: unique among those that are left", filename: sql, code: "CREATE TABLE users (id int, email text); CREATE UNIQUE INDEX ON users (email) WHERE deleted_at IS NULL;" },
    { name: "SQL: a profile of somebody whom Supabase signs in", filename: sql, code: "CREATE TABLE users (id uuid PRIMARY KEY REFERENCES auth.users (id), email text);" },
    { name: "SQL: a table whose columns come from elsewhere", filename: sql, code: "CREATE TABLE users AS SELECT 1 AS id; ALTER TABLE users ADD COLUMN email text;" },
    { name: "SQL: a table that is gone", filename: sql, code: "CREATE TABLE users (id int, email text); DROP TABLE users;" },
    { name: "SQL: a script that is no migration", filename: "scripts/fix.sql", code: "CREATE TABLE users (id int, email text);" },
    { name: "Drizzle: unique where it is declared", filename: drizzle, code: users("email: text().notNull().unique(),") },
    { name: "Drizzle: unique among the keys", filename: drizzle, code: users("mail: text('mail_address'), email: text('e_mail'),", ", (t) => [unique().on(t.email)]") },
    { name: "Drizzle: unique whatever its case", filename: drizzle, code: users("email: text('e_mail'),", ", (t) => ({ one: uniqueIndex('one').on(sql`lower(${t.email})`) })") },
    { name: "Drizzle: unique whatever its case, by a helper", filename: drizzle, code: users("email: text(),", ", (user) => [uniqueIndex('one').on(lower(user.email))]") },
    { name: "Drizzle: another service signs them in", filename: drizzle, code: users("email: text(), clerkId: text().unique(),") },
    {
      name: "Drizzle: Supabase signs them in",
      filename: drizzle,
      code: `import { authUsers } from "drizzle-orm/supabase";\n${users("userId: uuid().references(() => authUsers.id), email: text(),")}`,
    },
    {
      name: "Drizzle: Supabase signs them in, as a policy tells",
      filename: drizzle,
      code: `import { pgPolicy } from "drizzle-orm/pg-core";\n${users("email: text(),", ", (t) => [pgPolicy('own', { for: 'select', to: ['public'], using: sql`(auth.uid() = id)` })]")}`,
    },
    { name: "Drizzle: keys that come from elsewhere", filename: drizzle, code: users("email: text(),", ", keys") },
    { name: "Drizzle: a call of nobody knows what", filename: drizzle, code: "export const users = pgTable('users', { email: text() });" },
    { name: "TypeORM: unique where it is declared", filename: typeorm, code: entity("@Column({ unique: true }) email: string;") },
    { name: "TypeORM: unique with a tenant", filename: typeorm, code: entity("@Column() email: string; @Column() tenant: string;", '@Unique(["email", "tenant"])\n') },
    { name: "TypeORM: a unique index", filename: typeorm, code: entity("@Index({ unique: true }) @Column() email: string;") },
    { name: "TypeORM: options that come from elsewhere", filename: typeorm, code: entity("@Column({ ...text }) email: string;") },
    { name: "Sequelize: unique where it is declared", filename: sequelize, code: model("email: { type: DataTypes.STRING, unique: true },") },
    { name: "Sequelize: unique with a tenant", filename: sequelize, code: model("email: { type: DataTypes.STRING, unique: 'one' }, tenant: { type: DataTypes.INTEGER, unique: 'one' },") },
    { name: "Sequelize: a unique index", filename: sequelize, code: model("email: DataTypes.STRING,", ", indexes: [{ unique: true, fields: ['email'] }]") },
    { name: "Sequelize: a unique index whatever its case", filename: sequelize, code: model("email: DataTypes.STRING,", ", indexes: [{ unique: true, fields: [fn('lower', col('email'))] }]") },
    { name: "Sequelize: indexes that come from elsewhere", filename: sequelize, code: model("email: DataTypes.STRING,", ", indexes") },
  ],
  invalid: [
    {
      project: "with-shop",
      name: "people sign in with their name, and get a new password by their address",
      filename: prisma,
      code: "model Member {\n  id Int @id\n  username String @unique\n  email String\n}",
      errors: [
        {
          messageId: "sought",
          data: { table: "Member", column: "email", remedy: "Make it `@unique`." },
          line: 4,
          suggestions: [{ messageId: "makeUnique", data: { unique: "@unique" }, output: "model Member {\n  id Int @id\n  username String @unique\n  email String @unique\n}" }],
        },
      ],
    },
    {
      name: "Mongoose: an index is not enough",
      filename: mongoose,
      code: documents("email: { type: String, required: true, index: true }"),
      errors: [{ messageId: "shared", data: { table: "User", column: "email", remedy: "Make it `unique: true`." }, line: 3, column: 3, endColumn: 8 }],
    },
    {
      name: "Sequelize: an index is not enough",
      filename: sequelize,
      code: model("email: { type: DataTypes.STRING, allowNull: false },", ", indexes: [{ fields: ['email'] }]"),
      errors: [{ messageId: "shared", data: { table: "User", column: "email", remedy: "Make it `unique: true`." }, line: 4, column: 3, endLine: 4, endColumn: 8 }],
    },
    {
      name: "TypeORM: an index is not enough",
      filename: typeorm,
      code: entity("@Index() @Column() email: string;"),
      errors: [{ messageId: "shared", data: { table: "User", column: "email", remedy: "Make it `@Column({ unique: true })`." }, line: 5, column: 22, endLine: 5, endColumn: 27 }],
    },
    {
      name: "Drizzle: an index is not enough",
      filename: drizzle,
      code: users("email: text().notNull(),", ", (t) => [index().on(t.email)]"),
      errors: [
        {
          messageId: "shared",
          data: { table: "users", column: "email", remedy: "Make it `.unique()`." },
          line: 4,
          column: 3,
          endLine: 4,
          endColumn: 8,
          suggestions: [{ messageId: "makeUnique", data: { unique: ".unique()" }, output: users("email: text().notNull().unique(),", ", (t) => [index().on(t.email)]") }],
        },
      ],
    },
    {
      name: "Prisma: two accounts with one address",
      filename: prisma,
      code: "model User {\n  id    Int     @id\n  email String? @map(\"mail\") // of the owner\n}",
      errors: [
        {
          messageId: "shared",
          data: { table: "User", column: "email", remedy: "Make it `@unique`." },
          line: 3,
          column: 3,
          endLine: 3,
          endColumn: 8,
          suggestions: [{ messageId: "makeUnique", data: { unique: "@unique" }, output: "model User {\n  id    Int     @id\n  email String? @map(\"mail\") @unique // of the owner\n}" }],
        },
      ],
    },
    {
      name: "Prisma: an index is not enough",
      filename: prisma,
      code: "model Admin {\n  id Int @id\n  username String\n  @@index([username])\n  @@map(\"staff\")\n}",
      errors: [
        {
          messageId: "shared",
          data: { table: "Admin", column: "username", remedy: "Make it `@unique`." },
          line: 3,
          column: 3,
          suggestions: [{ messageId: "makeUnique", data: { unique: "@unique" }, output: "model Admin {\n  id Int @id\n  username String @unique\n  @@index([username])\n  @@map(\"staff\")\n}" }],
        },
      ],
    },
    {
      name: "SQL: two accounts with one address",
      filename: sql,
      code: "CREATE TABLE public.users (\n  id uuid PRIMARY KEY,\n  email text NOT NULL\n);",
      errors: [{ messageId: "shared", data: { table: "users", column: "email", remedy: index("users") }, line: 3, column: 3, endLine: 3, endColumn: 8 }],
    },
    {
      name: "SQL: unique until a later migration",
      filename: sql,
      code: "CREATE TABLE users (id uuid PRIMARY KEY, email text UNIQUE);\nALTER TABLE users DROP CONSTRAINT users_email_key;",
      errors: [{ messageId: "shared", data: { table: "users", column: "email", remedy: index("users") }, line: 1, column: 42 }],
    },
    {
      name: "SQL: unique in another column only",
      filename: sql,
      code: "CREATE TABLE members (id int PRIMARY KEY, login_name varchar(20), badge int UNIQUE);",
      errors: [{ messageId: "shared", data: { table: "members", column: "login_name", remedy: index("members", "login_name") }, line: 1, column: 43 }],
    },
  ],
});
