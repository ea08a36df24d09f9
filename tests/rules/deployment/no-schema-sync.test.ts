import rule from "../../../src/rules/deployment/no-schema-sync.js";
import { type Invalid, ruleTester, type Valid } from "../../support/rule-tester.js";

type Options = [{ creation: boolean }];
type MessageId = "on" | "onUnless" | "drops" | "dropsUnless" | "changes" | "rebuilds" | "creates" | "pushed" | "turnOff" | "migrate";

const nest = { filename: "src/app.module.ts", project: "nest-with-typeorm" } as const;
const express = { filename: "server/db.ts", project: "with-databases" } as const;

/** A module of Nest whose connection has an option. */
const module = (synchronize: string, more = ""): string => `import { Module } from "@nestjs/common";
import { ConfigService } from "@nestjs/config";
import { TypeOrmModule } from "@nestjs/typeorm";
${more}
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [ConfigService],
      useFactory: (config: ConfigService) => ({
        type: "postgres" as const,
        url: config.get<string>("DATABASE_URL"),
        autoLoadEntities: true,
        synchronize: ${synchronize},
      }),
    }),
  ],
})
export class AppModule {}
`;

const dataSource = (synchronize: string, before = ""): string =>
  `import { DataSource } from "typeorm";\n${before}\nexport const db = new DataSource({ type: "postgres", url: process.env.DATABASE_URL, entities: [User], synchronize: ${synchronize} });\n`;

const sequelize = `import { Sequelize } from "sequelize";\nconst db = new Sequelize(process.env.DATABASE_URL!);\n`;

const typeormValid: Valid<Options>[] = [
  { name: "it is off", code: module("false") },
  { name: "it is on in development", code: module(`process.env.NODE_ENV === "development"`) },
  { name: "it is off in production", code: module(`config.get("NODE_ENV") !== "production"`) },
  { name: "it is off in production, by a name", code: module("isDevelopment", `const isDevelopment = process.env.APP_ENV === "dev";`) },
  { name: "it is off until somebody sets a variable", code: module(`config.get("DB_SYNC") === "true"`) },
  { name: "it is off until somebody sets a variable of the process", code: module(`process.env.DB_SYNC === "true"`) },
  { name: "a fallback that says off", code: module(`config.get("DB_SYNC", "false") === "true"`) },
  { name: "what the settings say is not known", code: module("settings.database.synchronize", `import { settings } from "./settings";`) },
  { name: "half a line", code: module("") .replace("synchronize: ,", "synchronize,") },
].map((test) => ({ ...nest, ...test }));

const elsewhereValid: Valid<Options>[] = [
  { ...express, name: "a database in memory", code: `import { DataSource } from "typeorm";\nexport const db = new DataSource({ type: "sqlite", database: ":memory:", synchronize: true });` },
  { ...express, name: "a database in the app on a phone", code: `import { DataSource } from "typeorm";\nexport const db = new DataSource({ type: "expo", database: "shop", synchronize: true });` },
  { ...express, name: "only for developers", code: `import { DataSource } from "typeorm";\nexport const db = process.env.NODE_ENV === "production" ? connect() : new DataSource({ type: "postgres", synchronize: true });` },
  { ...express, filename: "server/dev-config.ts", name: "a file for developers", code: dataSource("true") },
  { ...express, filename: "tests/database.ts", name: "a test", code: dataSource("true") },
  { ...express, name: "options that are taken for developers only", code: `import { DataSource } from "typeorm";\nconst local = { type: "sqlite", database: "shop.db", synchronize: true };\nconst live = { type: "postgres", url: process.env.DATABASE_URL, synchronize: false };\nexport const db = new DataSource(process.env.NODE_ENV === "production" ? live : local);` },
  { ...express, name: "something else that is kept in step", code: `import { Calendar } from "./calendar";\nexport const calendar = new Calendar({ type: "team", synchronize: true });` },
  { project: "express", filename: "server/db.ts", name: "a project without TypeORM", code: `export const options = { type: "postgres", synchronize: true };\nexport const start = () => open(options);` },
];

const callsValid: Valid<Options>[] = [
  { ...express, name: "tables that follow the code on developers' machines", code: `import { DataSource } from "typeorm";\nconst db = new DataSource({ type: "postgres", url: process.env.DATABASE_URL });\nif (process.env.NODE_ENV !== "production") await db.synchronize();\nexport { db };` },
  { ...express, filename: "scripts/reset.ts", name: "a script that makes the tables anew", code: `import { MikroORM } from "@mikro-orm/postgresql";\nconst orm = await MikroORM.init({ dbName: "shop" });\nawait orm.schema.refresh();` },
  { ...express, name: "another thing that is kept in step", code: `import { calendar } from "./calendar";\nawait calendar.synchronize();\nexport { calendar };` },
  { ...express, name: "tables that are dropped for tests alone", code: `import { DataSource } from "typeorm";\nexport const db = new DataSource({ type: "postgres", url: process.env.DATABASE_URL, dropSchema: process.env.NODE_ENV === "test" });` },
];

const callsInvalid: Invalid<MessageId, Options>[] = [
  {
    ...express,
    name: "every table is dropped at each start",
    code: `import { DataSource } from "typeorm";\nexport const db = new DataSource({ type: "postgres", url: process.env.DATABASE_URL, dropSchema: true });`,
    errors: [{ messageId: "drops", data: { option: "dropSchema", library: "TypeORM" }, line: 2, column: 97, suggestions: [{ messageId: "turnOff", data: { option: "dropSchema" }, output: `import { DataSource } from "typeorm";\nexport const db = new DataSource({ type: "postgres", url: process.env.DATABASE_URL, dropSchema: false });` }] }],
  },
  {
    ...express,
    name: "every table is dropped where a variable is not set",
    code: `import { DataSource } from "typeorm";\nexport const db = new DataSource({ type: "postgres", url: process.env.DATABASE_URL, dropSchema: process.env.KEEP_TABLES !== "true" });`,
    errors: [{ messageId: "dropsUnless", data: { option: "dropSchema", library: "TypeORM", variable: "KEEP_TABLES" }, suggestions: [{ messageId: "turnOff", data: { option: "dropSchema" }, output: `import { DataSource } from "typeorm";\nexport const db = new DataSource({ type: "postgres", url: process.env.DATABASE_URL, dropSchema: false });` }] }],
  },
  {
    ...express,
    remains: true,
    name: "TypeORM changes the tables when it is told to",
    code: `import { DataSource } from "typeorm";\nconst db = new DataSource({ type: "postgres", url: process.env.DATABASE_URL });\nawait db.initialize();\nawait db.synchronize();\nexport { db };`,
    errors: [{ messageId: "changes", data: { call: "db.synchronize" }, line: 4, column: 10 }],
  },
  {
    ...express,
    remains: true,
    name: "MikroORM changes the tables when it is told to",
    code: `import { MikroORM } from "@mikro-orm/postgresql";\nconst orm = await MikroORM.init({ dbName: "shop" });\nawait orm.schema.update();\nexport { orm };`,
    errors: [{ messageId: "changes", data: { call: "orm.schema.update" }, line: 3, column: 18 }],
  },
];

const sequelizeValid: Valid<Options>[] = [
  { name: "only what is missing is made", code: `${sequelize}await db.sync();\nexport { db };` },
  { name: "tables change on developers' machines", code: `${sequelize}await db.sync({ alter: process.env.NODE_ENV === "development" });\nexport { db };` },
  { name: "tables change on developers' machines, behind a test", code: `${sequelize}if (process.env.NODE_ENV !== "production") await db.sync({ force: true });\nexport { db };` },
  { name: "options that come from elsewhere", code: `${sequelize}import { options } from "./options";\nawait db.sync(options);\nexport { db };` },
  { name: "another thing that has a sync", code: `import { Calendar } from "./calendar";\nconst calendar = new Calendar();\nawait calendar.sync({ force: true });\nexport { calendar };` },
  { name: "a call that is half typed", code: `${sequelize}await db.sync({ force });\nexport { db };` },
  { filename: "scripts/reset.ts", name: "a script", code: `${sequelize}await db.sync({ force: true });` },
].map((test) => ({ ...express, ...test }));

const typeormInvalid: Invalid<MessageId, Options>[] = [
  {
    ...nest,
    name: "on unless a variable says otherwise, through the settings of Nest",
    code: module(`config.get<string>("DB_SYNC", "true") === "true"`),
    errors: [
      {
        messageId: "onUnless",
        line: 13,
        column: 22,
        endColumn: 70,
        data: { option: "synchronize", library: "TypeORM", variable: "DB_SYNC" },
        suggestions: [{ messageId: "turnOff", data: { option: "synchronize" }, output: module("false") }],
      },
    ],
  },
  {
    ...nest,
    name: "on unless a variable of the process says otherwise",
    code: module(`process.env.DB_SYNC !== "false"`),
    errors: [
      {
        messageId: "onUnless",
        data: { option: "synchronize", library: "TypeORM", variable: "DB_SYNC" },
        suggestions: [{ messageId: "turnOff", data: { option: "synchronize" }, output: module("false") }],
      },
    ],
  },
  {
    ...express,
    name: "simply on",
    code: dataSource("true"),
    errors: [
      {
        messageId: "on",
        line: 3,
        data: { option: "synchronize", library: "TypeORM" },
        suggestions: [{ messageId: "turnOff", data: { option: "synchronize" }, output: dataSource("false") }],
      },
    ],
  },
  {
    ...express,
    name: "options that one of two connections takes wherever it runs",
    code: `import { DataSource } from "typeorm";\nconst options = { type: "postgres", url: process.env.DATABASE_URL, synchronize: true };\nexport const db = process.env.NODE_ENV === "production" ? new DataSource(options) : new DataSource({ ...options, logging: true });`,
    errors: [
      {
        messageId: "on",
        data: { option: "synchronize", library: "TypeORM" },
        suggestions: [
          {
            messageId: "turnOff",
            data: { option: "synchronize" },
            output: `import { DataSource } from "typeorm";\nconst options = { type: "postgres", url: process.env.DATABASE_URL, synchronize: false };\nexport const db = process.env.NODE_ENV === "production" ? new DataSource(options) : new DataSource({ ...options, logging: true });`,
          },
        ],
      },
    ],
  },
  {
    ...express,
    name: "on, by a constant",
    code: dataSource("keepInStep", "const keepInStep = true;"),
    errors: [
      {
        messageId: "on",
        data: { option: "synchronize", library: "TypeORM" },
        suggestions: [{ messageId: "turnOff", data: { option: "synchronize" }, output: dataSource("false", "const keepInStep = true;") }],
      },
    ],
  },
  {
    ...express,
    name: "on with a fallback that is always taken",
    code: dataSource("process.env.DB_SYNC === 'off' ? false : true"),
    errors: [
      {
        messageId: "onUnless",
        data: { option: "synchronize", library: "TypeORM", variable: "DB_SYNC" },
        suggestions: [{ messageId: "turnOff", data: { option: "synchronize" }, output: dataSource("false") }],
      },
    ],
  },
];

const sequelizeInvalid: Invalid<MessageId, Options>[] = [
  {
    ...express,
    name: "all tables are dropped at the start",
    code: `${sequelize}await db.sync({ force: true });\nexport { db };`,
    errors: [
      {
        messageId: "rebuilds",
        line: 3,
        column: 17,
        endColumn: 28,
        data: { call: "db.sync", option: "force", effect: "drops every table and makes it again" },
        suggestions: [{ messageId: "turnOff", data: { option: "force" }, output: `${sequelize}await db.sync({ force: false });\nexport { db };` }],
      },
    ],
  },
  {
    ...express,
    name: "tables follow the models, with Sequelize's own decorators",
    code: `import { Sequelize } from "sequelize-typescript";\nconst db = new Sequelize({ dialect: "postgres" });\nexport const ready = db.sync({ alter: true });`,
    errors: [
      {
        messageId: "rebuilds",
        data: { call: "db.sync", option: "alter", effect: "changes every table to what its model says, and drops columns that it does not name" },
        suggestions: [
          {
            messageId: "turnOff",
            data: { option: "alter" },
            output: `import { Sequelize } from "sequelize-typescript";\nconst db = new Sequelize({ dialect: "postgres" });\nexport const ready = db.sync({ alter: false });`,
          },
        ],
      },
    ],
  },
  {
    ...express,
    name: "missing tables are made at the start",
    options: [{ creation: true }],
    code: `${sequelize}await db.sync();\nexport { db };`,
    errors: [{ messageId: "creates", line: 3, column: 10, endColumn: 14, data: { call: "db.sync" } }],
  },
];

ruleTester.run("no-schema-sync", rule, {
  valid: [...typeormValid, ...callsValid, ...elsewhereValid, ...sequelizeValid],
  invalid: [...typeormInvalid, ...callsInvalid, ...sequelizeInvalid.map((test) => ({ remains: true as const, ...test }))],
});
