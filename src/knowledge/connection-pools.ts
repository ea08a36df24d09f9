/** Something that keeps connections open, and is meant to be made once. */
export interface ConnectionPool {
  readonly module: string;
  /** What makes it, by what stands after the module. */
  readonly makers: readonly string[];
  /** The methods that end it. */
  readonly ends: readonly string[];
  /** Whether a framework's reload of modules in development makes another each time, and the documentation says what to do about it. */
  readonly reloads?: true;
  readonly source: string;
}

const prismaEnds = ["$disconnect"] as const;

export const connectionPools: readonly ConnectionPool[] = [
  {
    module: "@prisma/client",
    makers: ["PrismaClient()"],
    ends: prismaEnds,
    reloads: true,
    source: "https://www.prisma.io/docs/orm/prisma-client/setup-and-configuration/databases-connections",
  },
  { module: "@prisma/client/edge", makers: ["PrismaClient()"], ends: prismaEnds, source: "https://www.prisma.io/docs/orm/prisma-client/setup-and-configuration/databases-connections" },
  { module: "pg", makers: ["Pool()"], ends: ["end"], source: "https://node-postgres.com/features/pooling" },
  { module: "mysql2/promise", makers: ["createPool()"], ends: ["end"], source: "https://sidorares.github.io/node-mysql2/docs#using-connection-pools" },
  { module: "mysql2", makers: ["createPool()"], ends: ["end"], source: "https://sidorares.github.io/node-mysql2/docs#using-connection-pools" },
  { module: "postgres", makers: ["default()"], ends: ["end"], source: "https://www.npmjs.com/package/postgres" },
  { module: "knex", makers: ["default()", "knex()"], ends: ["destroy"], source: "https://knexjs.org/guide/#configuration-options" },
  { module: "sequelize", makers: ["Sequelize()", "default()"], ends: ["close"], source: "https://sequelize.org/docs/v6/other-topics/connection-pool/" },
  { module: "typeorm", makers: ["DataSource()"], ends: ["destroy"], source: "https://typeorm.io/docs/data-source/data-source" },
  { module: "mongodb", makers: ["MongoClient()"], ends: ["close"], source: "https://www.mongodb.com/docs/drivers/node/current/connect/connection-options/connection-pools/" },
  { module: "mongoose", makers: ["createConnection()"], ends: ["close"], source: "https://mongoosejs.com/docs/connections.html" },
  { module: "ioredis", makers: ["default()", "Redis()", "Cluster()"], ends: ["quit", "disconnect"], source: "https://github.com/redis/ioredis#connect-to-redis" },
  { module: "redis", makers: ["createClient()", "createCluster()"], ends: ["quit", "disconnect", "close", "destroy"], source: "https://redis.io/docs/latest/develop/clients/nodejs/connect/" },
];
