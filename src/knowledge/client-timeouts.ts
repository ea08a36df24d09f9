/** A wait of a client that nothing ends, or nothing for a very long time, unless somebody says so. */
export interface Limit {
  /** The options that end the wait: one of them is enough, and the first is the one to write. */
  readonly options: readonly string[];
  /** When the wait begins, as messages say it. */
  readonly when: string;
  /** How long it is when nothing is said; `null` for a wait that never ends. */
  readonly patience: string | null;
  /** The default is a sane one, and only these values, written out, make the wait endless. */
  readonly onlyWhen?: null | 0;
  /** Whether only the stricter preset asks for it. */
  readonly strict: boolean;
  /** Whether an address (`postgres://…?statement_timeout=…`) may carry the limit as well. */
  readonly inAddress: boolean;
  /** Parameters of an address that make the wait endless when they are 0, in seconds, each with what to write. */
  readonly offInAddress?: Readonly<Record<string, string>>;
  /** Packages that want their connections so. */
  readonly exceptFor?: readonly string[];
  readonly write: string;
  /** The page that tells the default. */
  readonly source: string;
}

/** Something that is built once and keeps connections: a driver, a pool, a transport. */
export interface PatientClient {
  readonly name: string;
  readonly module: string;
  /** What builds it, by what stands after the module; `"default"` is the module's default export. */
  readonly makers: readonly string[];
  /** Where its options stand: the place of an argument, the last of the arguments, or what a factory in the first one returns. */
  readonly optionsAt: number | "last" | "factory";
  /** The option that holds what is said here, where the client is given it in place of the driver's own options. */
  readonly under?: string;
  /** It is this kind of client only when one of these options is given, or has the value. */
  readonly only?: { readonly options: readonly string[]; readonly value?: string };
  /** The options that hold an address, as paths. */
  readonly addresses: readonly string[];
  /** The argument that is an address, where one is. */
  readonly addressAt?: number;
  readonly limits: readonly Limit[];
}

const noConnection = "When no connection is free, or the database does not answer";

const pgConnection: Limit = {
  options: ["connectionTimeoutMillis"],
  when: noConnection,
  patience: null,
  strict: false,
  inAddress: false,
  write: "connectionTimeoutMillis: {ms}",
  source: "https://node-postgres.com/apis/pool",
};

const pgQuery: Limit = {
  options: ["statement_timeout", "query_timeout"],
  when: "When a query hangs on a lock, or the database stops in the middle of it",
  patience: null,
  strict: true,
  inAddress: true,
  write: "statement_timeout: {ms}",
  source: "https://node-postgres.com/apis/client",
};

const typeormConnection: Limit = {
  options: ["connectTimeoutMS"],
  when: noConnection,
  patience: null,
  strict: false,
  inAddress: false,
  write: "connectTimeoutMS: {ms}",
  source: "https://typeorm.io/docs/drivers/postgres",
};

const typeormPostgres = { only: { options: ["type"], value: "postgres" }, addresses: ["url"], limits: [typeormConnection] } as const;

const mailServer: Limit = {
  options: ["connectionTimeout", "socketTimeout", "greetingTimeout"],
  when: "When the mail server does not answer",
  patience: "two minutes for a connection, and ten for each answer",
  strict: true,
  inAddress: true,
  write: "connectionTimeout: {ms}, socketTimeout: {ms}",
  source: "https://nodemailer.com/smtp",
};

const mongoQuery: Limit = {
  options: ["socketTimeoutMS", "timeoutMS"],
  when: "When MongoDB takes a query and never answers",
  patience: null,
  strict: true,
  inAddress: true,
  write: "socketTimeoutMS: {ms}",
  source: "https://mongoosejs.com/docs/connections.html#options",
};

/** Prisma's own engine, before version 7: its defaults are five seconds to connect, and ten for a connection of the pool. */
const prismaEngine: Limit = {
  options: ["pool_timeout", "connect_timeout"],
  when: noConnection,
  patience: null,
  onlyWhen: 0,
  strict: false,
  inAddress: false,
  offInAddress: { pool_timeout: "pool_timeout=10", connect_timeout: "connect_timeout=5" },
  write: "pool_timeout=10",
  source: "https://www.prisma.io/docs/orm/v6/prisma-client/setup-and-configuration/databases-connections/connection-pool",
};

/** Queues hold on to a connection for as long as it takes, and ask for clients that wait. */
const queues = ["bullmq", "bull", "bee-queue"];

const redisRetries: Limit = {
  options: ["maxRetriesPerRequest"],
  when: "While Redis is away",
  patience: null,
  onlyWhen: null,
  strict: false,
  inAddress: false,
  exceptFor: queues,
  write: "maxRetriesPerRequest: 20",
  source: "https://github.com/redis/ioredis#auto-reconnect",
};

const redisCommands: Limit = {
  options: ["commandTimeout", "socketTimeout"],
  when: "When Redis takes a command and never answers",
  patience: null,
  strict: true,
  inAddress: true,
  exceptFor: queues,
  write: "commandTimeout: {ms}",
  source: "https://redis.github.io/ioredis/interfaces/CommonRedisOptions.html#commandTimeout",
};

/**
 * Clients with a wait that their defaults do not end. Left out, because their defaults are sane: postgres.js (30 s to connect), mysql2 (10 s),
 * Knex and Sequelize (60 s for a connection), node-redis (5 s). The MongoDB driver and Mongoose give up on finding a server (30 s), not on
 * an answer.
 */
export const patientClients: readonly PatientClient[] = [
  { name: "pg", module: "pg", makers: ["Pool", "Client", "native.Pool", "native.Client"], optionsAt: 0, addresses: ["connectionString"], limits: [pgConnection, pgQuery] },
  {
    // Builds the pool of pg that it works with.
    name: "Drizzle",
    module: "drizzle-orm/node-postgres",
    makers: ["drizzle"],
    optionsAt: 0,
    under: "connection",
    addresses: ["connectionString"],
    limits: [pgConnection],
  },
  {
    // Builds the pool of pg that it works with, whose default it has: before version 7, Prisma's own engine gave up after five seconds.
    name: "Prisma",
    module: "@prisma/adapter-pg",
    makers: ["PrismaPg"],
    optionsAt: 0,
    addresses: ["connectionString"],
    limits: [{ ...pgConnection, source: "https://www.prisma.io/docs/orm/prisma-client/setup-and-configuration/databases-connections/connection-pool" }],
  },
  { name: "Prisma", module: "@prisma/client", makers: ["PrismaClient"], optionsAt: 0, addresses: ["datasourceUrl", "datasources.db.url"], limits: [prismaEngine] },
  { name: "Mongoose", module: "mongoose", makers: ["connect", "createConnection"], optionsAt: 1, addresses: [], addressAt: 0, limits: [mongoQuery] },
  {
    name: "TypeORM",
    module: "typeorm",
    makers: ["DataSource", "createConnection"],
    optionsAt: 0,
    ...typeormPostgres,
    // Nest makes the one that the app works with; any other is that of the command line.
    limits: [{ ...typeormConnection, exceptFor: ["@nestjs/typeorm"] }],
  },
  { name: "TypeORM", module: "@nestjs/typeorm", makers: ["TypeOrmModule.forRoot"], optionsAt: 0, ...typeormPostgres },
  { name: "TypeORM", module: "@nestjs/typeorm", makers: ["TypeOrmModule.forRootAsync"], optionsAt: "factory", ...typeormPostgres },
  { name: "ioredis", module: "ioredis", makers: ["default", "Redis"], optionsAt: "last", addresses: [], limits: [redisRetries, redisCommands] },
  {
    name: "Nodemailer",
    module: "nodemailer",
    makers: ["createTransport"],
    optionsAt: 0,
    only: { options: ["host", "service"] },
    addresses: ["url"],
    limits: [mailServer],
  },
];
