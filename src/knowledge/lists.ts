/** How a library asks for a bounded number of rows: what to write, in a sentence. */
export const limits: readonly { library: string; write: string; source: string }[] = [
  { library: "Prisma", write: "`take: 100`", source: "https://www.prisma.io/docs/orm/prisma-client/queries/pagination" },
  { library: "Drizzle", write: "`.limit(100)`", source: "https://orm.drizzle.team/docs/select#limit--offset" },
  { library: "TypeORM", write: "`take: 100`", source: "https://typeorm.io/docs/working-with-entity-manager/find-options" },
  { library: "Kysely", write: "`.limit(100)`", source: "https://kysely-org.github.io/kysely-apidoc/interfaces/SelectQueryBuilder.html" },
  { library: "Knex", write: "`.limit(100)`", source: "https://knexjs.org/guide/query-builder.html#limit" },
  { library: "Sequelize", write: "`limit: 100`", source: "https://sequelize.org/docs/v6/core-concepts/model-querying-basics/#limits-and-pagination" },
  { library: "Mongoose", write: "`.limit(100)`", source: "https://mongoosejs.com/docs/api/query.html" },
];

/** Libraries whose service gives no more rows than a number of its own, and says nothing of the rest. */
export const silentLimits: readonly { library: string; rows: string; write: string; source: string }[] = [
  { library: "Supabase", rows: "1,000", write: "`.range(from, to)`", source: "https://supabase.com/docs/reference/javascript/select" },
];

/** Words, anywhere in a table's name, of what an app has a few of, however many people use it. */
export const fewWords: ReadonlySet<string> = new Set([
  ...["category", "categories", "role", "roles", "permission", "permissions", "plan", "plans", "setting", "settings", "config", "configs", "configuration"],
  ...["country", "countries", "currency", "currencies", "language", "languages", "locale", "locales", "timezone", "status", "statuses", "type", "types", "kind"],
  ...["feature", "features", "flag", "flags", "template", "templates", "provider", "providers", "integration", "integrations", "model", "models", "theme"],
  ...["preset", "presets", "option", "options", "policy", "policies", "rule", "rules", "tier", "tiers", "level", "levels", "region", "regions", "unit", "units"],
  ...["badge", "badges", "achievement", "achievements", "faq", "faqs", "menu", "page", "pages", "banner", "banners", "migration", "migrations", "admin", "admins"],
  ...["cron", "server", "servers", "connection", "connections", "channel", "channels", "department", "departments", "store", "stores", "branch", "branches", "widget", "tag", "tags", "platform", "platforms", "tax", "taxes", "health", "property", "properties", "price", "prices", "service", "services"],
]);

/** Calls of a builder after which it gives a row for each group, by the words of all libraries. */
export const groupingCalls: ReadonlySet<string> = new Set(["groupBy", "groupByRaw", "groupByRollup", "addGroupBy"]);

/** How builders are named that are a part of another query. https://knexjs.org/guide/query-builder.html#as, https://orm.drizzle.team/docs/select#select-from-subquery, https://kysely.dev/docs/examples/select/complex-selections */
export const subqueryName = "as";

/** Columns, by name without underscores, by which people put the rows of a table in order by hand: nobody does so with many. */
export const handOrders: ReadonlySet<string> = new Set(["sortorder", "displayorder", "position", "sortindex", "orderindex", "sort", "rank", "priority"]);

/** Words, in the name of a function or file, of what needs all rows: a limit would make it wrong. */
export const wholeNames = /report|export|csv|sitemap|dashboard|statistic|analytic|summary|feed|backup/i;

/** Functions, by the beginning of their name, that an app runs once when it starts. */
export const startNames = /^(?:seed|init(?:ialize|ialise)?|bootstrap|migrate|warm|preload|on_?(?:module_?init|application_?bootstrap|start|boot))(?![a-z])/;

/** Methods that a condition in a query can stand for, on the text of a column, on a list of values, on a moment. */
export const queryableCalls: ReadonlySet<string> = new Set(["startsWith", "endsWith", "includes", "split", "toLowerCase", "toUpperCase", "toLocaleLowerCase", "trim", "getTime", "valueOf", "toString", "equals", "has"]);
