import rule from "../../../src/rules/error-handling/require-client-timeout.js";
import { type Invalid, ruleTester, type Valid } from "../../support/rule-tester.js";

type Options = [{ milliseconds: number; every: boolean }];
type MessageId = "endless" | "patient" | "told" | "addLimit";

const server = { filename: "src/server/db.ts" } as const;
const every: Options = [{ milliseconds: 10_000, every: true }];

const pg = `import { Pool, Client } from "pg";\n`;
const drizzle = `import { drizzle } from "drizzle-orm/node-postgres";\n`;
const prisma = `import { PrismaPg } from "@prisma/adapter-pg";\n`;
const typeorm = `import { DataSource } from "typeorm";\n`;
const nest = `import { TypeOrmModule } from "@nestjs/typeorm";\n`;
const redis = `import Redis from "ioredis";\n`;
const mail = `import nodemailer from "nodemailer";\n`;

const limited: Valid<Options>[] = [
  { name: "a pool that gives up", code: `${pg}export const pool = new Pool({ connectionString: process.env.DATABASE_URL, connectionTimeoutMillis: 5_000 });` },
  { name: "a limit from the configuration", code: `${pg}export const pool = new Pool({ max: 10, connectionTimeoutMillis: config.timeout });` },
  { name: "options from elsewhere", code: `${pg}import { options } from "./config";\nexport const pool = new Pool(options);` },
  { name: "a spread may bring it", code: `${pg}export const pool = new Pool({ ...config.pool, max: 10 });` },
  { name: "options that a constant holds", code: `${pg}const options = { max: 10, connectionTimeoutMillis: 5_000 };\nexport const pool = new Pool(options);` },
  { name: "options that are completed later", code: `${pg}const options = { max: 10 };\noptions.connectionTimeoutMillis = 5_000;\nexport const pool = new Pool(options);` },
  { name: "Drizzle with a pool of ours", code: `${drizzle}${pg}const pool = new Pool({ connectionTimeoutMillis: 5_000 });\nexport const db = drizzle(pool);\nexport const other = drizzle({ client: pool });` },
  { name: "Drizzle with a limit", code: `${drizzle}export const db = drizzle({ connection: { connectionString: process.env.DATABASE_URL, connectionTimeoutMillis: 5_000 } });` },
  { name: "Prisma with a limit", code: `${prisma}export const adapter = new PrismaPg({ connectionString: process.env.DATABASE_URL, connectionTimeoutMillis: 5_000 });` },
  { name: "Prisma with a pool", code: `${prisma}${pg}const pool = new Pool({ connectionTimeoutMillis: 5_000 });\nexport const adapter = new PrismaPg(pool);` },
  { name: "TypeORM with a limit", code: `${typeorm}export const source = new DataSource({ type: "postgres", url: process.env.DATABASE_URL, connectTimeoutMS: 5_000 });` },
  { name: "TypeORM that hands the limit to the driver", code: `${typeorm}export const source = new DataSource({ type: "postgres", extra: { connectionTimeoutMillis: 5_000 } });` },
  { name: "TypeORM with a driver that gives up", code: `${typeorm}export const source = new DataSource({ type: "mysql", host: "db" });` },
  { name: "TypeORM with who knows what", code: `${typeorm}export const source = new DataSource({ type: process.env.DB_TYPE, host: "db" });` },
  { name: "Nest with a limit", code: `${nest}export const imports = [TypeOrmModule.forRootAsync({ useFactory: () => ({ type: "postgres", connectTimeoutMS: 5_000 }) })];` },
  { name: "Nest with a class for the options", code: `${nest}export const imports = [TypeOrmModule.forRootAsync({ useClass: OrmOptions })];` },
  { name: "ioredis as it comes", code: `${redis}export const redis = new Redis(process.env.REDIS_URL);` },
  { name: "ioredis with a number of tries", code: `${redis}export const redis = new Redis(process.env.REDIS_URL, { maxRetriesPerRequest: 3 });` },
  { name: "a connection for queues, which want it so", code: `${redis}import { Worker } from "bullmq";\nexport const worker = new Worker("mail", run, { connection: new Redis({ maxRetriesPerRequest: null }) });`, options: every },
  { name: "Nodemailer, by default", code: `${mail}export const transport = nodemailer.createTransport({ host: "smtp.example.com" });` },
  { name: "queries, by default", code: `${pg}export const pool = new Pool({ host: "db", connectionTimeoutMillis: 5_000 });` },
  { name: "a pool with all limits", code: `${pg}export const pool = new Pool({ host: "db", connectionTimeoutMillis: 5_000, statement_timeout: 10_000 });`, options: every },
  { name: "an address that may carry the limit of queries", code: `${pg}export const pool = new Pool({ connectionString: process.env.DATABASE_URL, connectionTimeoutMillis: 5_000 });`, options: every },
  { name: "Nodemailer with limits", code: `${mail}export const transport = nodemailer.createTransport({ host: "smtp.example.com", socketTimeout: 20_000 });`, options: every },
  { name: "Nodemailer with another way to send", code: `${mail}export const transport = nodemailer.createTransport({ SES: ses });\nexport const other = nodemailer.createTransport(options);`, options: every },
  { name: "ioredis with a limit for commands", code: `${redis}export const redis = new Redis(process.env.REDIS_URL, { commandTimeout: 5_000 });`, options: every },
  { name: "Mongoose with an address that nobody sees here", code: `import mongoose from "mongoose";\nexport const connect = () => mongoose.connect(process.env.MONGODB_URI, { maxPoolSize: 20 });`, options: every },
  { name: "Mongoose with a limit", code: `import mongoose from "mongoose";\nexport const connect = () => mongoose.connect("mongodb://db/shop", { socketTimeoutMS: 30_000 });\nexport const other = mongoose.createConnection("mongodb://db/shop?socketTimeoutMS=30000");`, options: every },
  { name: "Mongoose, by default", code: `import mongoose from "mongoose";\nexport const connect = () => mongoose.connect("mongodb://db/shop");` },
  { name: "Prisma with its own limits", code: `import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient({ datasourceUrl: \`\${process.env.DATABASE_URL}?pool_timeout=20&connect_timeout=05\` });\nexport const other = new PrismaClient();`, options: every },
  { name: "postgres.js gives up by itself", code: `import postgres from "postgres";\nexport const sql = postgres(process.env.DATABASE_URL);`, options: every },
  { name: "mysql2 gives up by itself", code: `import mysql from "mysql2/promise";\nexport const pool = mysql.createPool(process.env.DATABASE_URL);`, options: every },
].map((test) => ({ ...server, ...test }));

const others: Valid<Options>[] = [
  { ...server, name: "behind an error in production", code: `${pg}const isProduction = () => process.env.NODE_ENV === "production";\nexport function connect() { try { return open(); } catch (error) { if (isProduction()) throw error; return new Pool({ host: "localhost", max: 1 }); } }` },
  { ...server, name: "somebody else's pool", code: `import { Pool } from "./pool";\nexport const pool = new Pool({ host: "pg" });` },
  { ...server, name: "a type of the package", code: `import type { Pool } from "pg";\nexport const use = (pool: Pool) => pool.query("select 1");` },
  { name: "a script", filename: "scripts/backfill.ts", code: `${pg}export const pool = new Pool({ host: "db" });` },
  { name: "a seed", filename: "prisma/seed.ts", code: `${prisma}const adapter = new PrismaPg({ connectionString: process.env.DATABASE_URL });` },
  { name: "a test", filename: "src/db.test.ts", code: `${pg}const pool = new Pool({ host: "db" });` },
];

const halfTyped: Valid<Options>[] = [
  `${pg}Pool;`,
  `${pg}new Pool(...options);`,
  `${drizzle}drizzle();\ndrizzle({});\ndrizzle({ connection });`,
  `${nest}TypeOrmModule.forRootAsync();\nTypeOrmModule.forRootAsync({ useFactory });\nTypeOrmModule.forRoot();`,
  `${typeorm}new DataSource();\nnew DataSource({ type });`,
  `${mail}nodemailer.createTransport();\nnodemailer.createTransport;`,
].map((code, index) => ({ ...server, name: `half-typed ${index}`, code, options: every }));

const connection = "When no connection is free, or the database does not answer";

interface Finding {
  name: string;
  before: string;
  code: (limit: string) => string;
  limit: string;
  call: string;
  when?: string;
  place?: object;
  given?: string;
}

/** The code without and with the limit, which the suggestion writes. */
const endless = ({ name, before, code, limit, call, when = connection, place = {}, given = "" }: Finding, options?: Options): Invalid<MessageId, Options> => ({
  ...server,
  name,
  code: before + code(given),
  ...(options ? { options } : {}),
  errors: [{ messageId: "endless", data: { when, call, limit }, suggestions: [{ messageId: "addLimit", data: { limit }, output: before + code(limit) }], ...place }],
});

const pgLimit = "connectionTimeoutMillis: 10_000";

const inRecommended: Invalid<MessageId, Options>[] = [
  ...[
    { name: "Prisma that is told in its address to wait", options: (off: string) => `datasources: { db: { url: process.env.DATABASE_URL + "?connection_limit=5" } }, datasourceUrl: \`\${process.env.DATABASE_URL}?connection_limit=5&${off}\``, off: "pool_timeout=0", on: "pool_timeout=10" },
    { name: "Prisma that is told by a data source to wait", options: (off: string) => `datasources: { db: { url: "postgresql://db/shop?${off}&schema=public" } }`, off: "connect_timeout=0", on: "connect_timeout=5" },
  ].map(({ name, options, off, on }): Invalid<MessageId, Options> => {
    const code = (parameter: string): string => `import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient({ ${options(parameter)} });`;
    return { ...server, name, code: code(off), errors: [{ messageId: "told", line: 2, data: { when: connection, call: "PrismaClient", option: off, limit: on }, suggestions: [{ messageId: "addLimit", data: { limit: on }, output: code(on) }] }] };
  }),
  endless({
    name: "a pool of pg",
    before: pg,
    code: (limit) => `export const pool = new Pool({ connectionString: process.env.DATABASE_URL${limit && `, ${limit}`} });`,
    limit: pgLimit,
    call: "Pool",
    place: { line: 2, column: 25, endColumn: 29 },
  }),
  endless({ name: "a pool without options", before: pg, code: (limit) => `export const pool = new Pool(${limit && `{ ${limit} }`});`, limit: pgLimit, call: "Pool" }),
  endless({ name: "a client of pg", before: `import pg from "pg";\n`, code: (limit) => `export const client = new pg.Client({ host: "db"${limit && `, ${limit}`} });`, limit: pgLimit, call: "pg.Client" }),
  endless({ name: "a pool that is required", before: `const { Pool } = require("pg");\n`, code: (limit) => `exports.pool = new Pool({ max: 20${limit && `, ${limit}`} });`, limit: pgLimit, call: "Pool" }),
  endless({
    name: "the pool that Prisma works with",
    before: prisma,
    code: (limit) => `export const adapter = new PrismaPg({ connectionString: process.env.DATABASE_URL${limit && `, ${limit}`} }, { schema: "app" });`,
    limit: pgLimit,
    call: "PrismaPg",
  }),
  endless({
    name: "the pool that Drizzle works with",
    before: drizzle,
    code: (limit) => `export const db = drizzle({ connection: { connectionString: process.env.DATABASE_URL${limit && `, ${limit}`} }, schema });`,
    limit: pgLimit,
    call: "drizzle",
  }),
  {
    ...server,
    name: "Drizzle with an address, where there is no place for a limit",
    code: `${drizzle}export const db = drizzle(process.env.DATABASE_URL!);`,
    errors: [{ messageId: "endless", data: { when: connection, call: "drizzle", limit: pgLimit }, suggestions: [] }],
  },
  endless({
    name: "TypeORM on Postgres",
    before: typeorm,
    code: (limit) => `export const source = new DataSource({ type: "postgres", url: process.env.DATABASE_URL${limit && `, ${limit}`} });`,
    limit: "connectTimeoutMS: 10_000",
    call: "DataSource",
  }),
  endless({
    name: "TypeORM in Nest",
    before: nest,
    code: (limit) => `export const imports = [TypeOrmModule.forRoot({ type: "postgres", host: "db"${limit && `, ${limit}`} })];`,
    limit: "connectTimeoutMS: 10_000",
    call: "TypeOrmModule.forRoot",
  }),
  endless({
    name: "TypeORM in Nest, by a factory",
    before: nest,
    code: (limit) =>
      `export const imports = [TypeOrmModule.forRootAsync({ inject: [Config], useFactory: (config) => { return { type: "postgres", host: config.host${limit && `, ${limit}`} }; } })];`,
    limit: "connectTimeoutMS: 10_000",
    call: "TypeOrmModule.forRootAsync",
  }),
  {
    ...server,
    name: "a limit that is none",
    code: `${pg}export const pool = new Pool({ max: 10, connectionTimeoutMillis: 0 });`,
    options: [{ milliseconds: 5_000, every: false }],
    errors: [
      {
        messageId: "told",
        data: { when: connection, call: "Pool", option: "connectionTimeoutMillis", limit: "connectionTimeoutMillis: 5_000" },
        line: 2,
        column: 66,
        endColumn: 67,
        suggestions: [{ messageId: "addLimit", data: { limit: "connectionTimeoutMillis: 5_000" }, output: `${pg}export const pool = new Pool({ max: 10, connectionTimeoutMillis: 5_000 });` }],
      },
    ],
  },
  {
    ...server,
    name: "commands that wait for Redis to come back",
    code: `${redis}export const redis = new Redis(process.env.REDIS_URL, { maxRetriesPerRequest: null });`,
    errors: [
      {
        messageId: "told",
        data: { when: "While Redis is away", call: "Redis", option: "maxRetriesPerRequest", limit: "maxRetriesPerRequest: 20" },
        suggestions: [{ messageId: "addLimit", data: { limit: "maxRetriesPerRequest: 20" }, output: `${redis}export const redis = new Redis(process.env.REDIS_URL, { maxRetriesPerRequest: 20 });` }],
      },
    ],
  },
];

const inStrict: Invalid<MessageId, Options>[] = [
  endless(
    {
      name: "queries of Mongoose that hang",
      before: `import mongoose from "mongoose";\n`,
      code: (limit) => `export const connect = () => mongoose.connect("mongodb://db/shop"${limit && `, { ${limit} }`});`,
      limit: "socketTimeoutMS: 10_000",
      call: "mongoose.connect",
      when: "When MongoDB takes a query and never answers",
    },
    every,
  ),
  endless(
    {
      name: "queries that hang",
      before: pg,
      code: (limit) => `export const pool = new Pool({ host: "db", connectionTimeoutMillis: 5_000${limit && `, ${limit}`} });`,
      limit: "statement_timeout: 10_000",
      call: "Pool",
      when: "When a query hangs on a lock, or the database stops in the middle of it",
    },
    every,
  ),
  endless(
    {
      name: "commands that hang",
      before: redis,
      code: (limit) => `export const redis = new Redis({ host: "cache"${limit && `, ${limit}`} });`,
      limit: "commandTimeout: 10_000",
      call: "Redis",
      when: "When Redis takes a command and never answers",
    },
    every,
  ),
  {
    ...server,
    name: "a mail server that takes its time",
    code: `${mail}export const transport = nodemailer.createTransport({ host: "smtp.example.com" });`,
    options: every,
    errors: [
      {
        messageId: "patient",
        data: {
          when: "When the mail server does not answer",
          call: "nodemailer.createTransport",
          patience: "two minutes for a connection, and ten for each answer",
          limit: "connectionTimeout: 10_000, socketTimeout: 10_000",
        },
        suggestions: [
          {
            messageId: "addLimit",
            data: { limit: "connectionTimeout: 10_000, socketTimeout: 10_000" },
            output: `${mail}export const transport = nodemailer.createTransport({ host: "smtp.example.com", connectionTimeout: 10_000, socketTimeout: 10_000 });`,
          },
        ],
      },
    ],
  },
];

ruleTester.run("require-client-timeout", rule, {
  valid: [...limited, ...others, ...halfTyped],
  invalid: [...inRecommended, ...inStrict],
});
