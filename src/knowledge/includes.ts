/** How a query of a library brings rows of other tables with it. */
export const includes: readonly {
  /** By its name in messages. */
  readonly library: string;
  /** Options whose keys are relations, and which may stand again within each of them. */
  readonly nested?: readonly string[];
  /** Options whose keys are relations one within the other, or texts with dots between them. */
  readonly paths?: readonly string[];
  /** Calls that join one table each. */
  readonly joins?: RegExp;
  /** Calls whose text names relations with what is wanted of each in parentheses. */
  readonly text?: readonly string[];
  readonly source: string;
}[] = [
  { library: "Prisma", nested: ["include"], source: "https://www.prisma.io/docs/orm/prisma-client/queries/relation-queries#nested-reads" },
  { library: "Drizzle", nested: ["with"], joins: /^(?:left|right|inner|full|cross)Join/, source: "https://orm.drizzle.team/docs/joins" },
  { library: "TypeORM", paths: ["relations"], joins: /^(?:left|inner)Join/, source: "https://typeorm.io/docs/working-with-entity-manager/find-options" },
  { library: "Supabase", text: ["select"], source: "https://supabase.com/docs/guides/database/joins-and-nesting" },
  { library: "Kysely", joins: /Join(?:Lateral)?$/, source: "https://kysely.dev/docs/recipes/relations" },
  { library: "Knex", joins: /[jJ]oin$/, source: "https://knexjs.org/guide/query-builder.html#join-methods" },
  { library: "Sequelize", nested: ["include"], source: "https://sequelize.org/docs/v6/advanced-association-concepts/eager-loading/" },
  { library: "Mongoose", nested: ["populate"], source: "https://mongoosejs.com/docs/populate.html#deep-populate" },
];
