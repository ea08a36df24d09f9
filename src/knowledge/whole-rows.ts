/** Which queries come to whole rows, and what makes them come to some of the columns only. */
export interface WholeRows {
  /** By its name in messages. */
  readonly library: string;
  /** Calls that come to rows by themselves. */
  readonly gives?: RegExp;
  /** Calls in the chain that ask for all columns where they are given none, or `"*"`. */
  readonly asks?: RegExp;
  /** Keys of the options by which columns are chosen or left out. */
  readonly options?: readonly string[];
  /** The key of the options that brings rows of other tables, which may be chosen from in the same way. */
  readonly brings?: string;
  /** Calls in the chain by which columns are chosen, or after which nothing can be told. */
  readonly chooses?: RegExp;
  /** How many arguments a call that gives rows takes before those that choose. */
  readonly before?: number;
  /** How to leave columns out, in code: `{each:# as it is said of one|what stands between two}`, with a comma where nothing is said. */
  readonly instead: string;
  /** The same, where calls ask for columns; those of what was written are asked for by their own call. */
  readonly otherwise?: string;
  /** The same for a row that was just made, where the call that makes it takes no such options. */
  readonly created?: string;
  readonly source: string;
}

export const wholeRows: readonly WholeRows[] = [
  {
    library: "Prisma",
    gives: /^(?:find(?:Unique|First)(?:OrThrow)?|findMany|create|update|upsert|delete|(?:create|update)ManyAndReturn)$/,
    options: ["select", "omit"],
    brings: "include",
    instead: "omit: { {each:#: true} }",
    source: "https://www.prisma.io/docs/orm/prisma-client/queries/excluding-fields",
  },
  {
    library: "Drizzle",
    gives: /^find(?:Many|First)$/,
    asks: /^(?:select(?:Distinct)?|returning)$/,
    options: ["columns"],
    brings: "with",
    instead: "columns: { {each:#: false} }",
    otherwise: "select({ … })",
    source: "https://orm.drizzle.team/docs/guides/include-or-exclude-columns",
  },
  {
    library: "TypeORM",
    gives: /^(?:find|findBy|findOne|findOneBy|findOneOrFail|findOneByOrFail|findAndCount)$/,
    options: ["select"],
    brings: "relations",
    // What signs people in by it asks for it by name then: https://typeorm.io/docs/query-builder/select-query-builder#hidden-columns
    instead: "@Column({ select: false })`, and where code compares it `addSelect(…)",
    source: "https://typeorm.io/docs/working-with-entity-manager/find-options",
  },
  {
    library: "Sequelize",
    gives: /^(?:findAll|findAndCountAll|findOne|findByPk|create)$/,
    options: ["attributes"],
    brings: "include",
    chooses: /^(?:scope|unscoped)$/,
    instead: 'attributes: { exclude: [{each:"#"}] }',
    created: "const { {each:#}, ...rest } = row.get()",
    source: "https://sequelize.org/docs/v6/core-concepts/model-querying-basics/",
  },
  {
    library: "Mongoose",
    gives: /^(?:find|findOne|findById|findOneAndUpdate|findByIdAndUpdate|findOneAndDelete|findByIdAndDelete|create)$/,
    options: ["select", "fields", "projection"],
    chooses: /^(?:select|projection|transform)$/,
    before: 1,
    instead: '.select("{each:-#| }")',
    created: "const { {each:#}, ...rest } = row.toObject()",
    source: "https://mongoosejs.com/docs/api/query.html",
  },
  {
    library: "MongoDB",
    gives: /^(?:find|findOne)$/,
    options: ["projection", "fields"],
    chooses: /^(?:project|map)$/,
    instead: "projection: { {each:#: 0} }",
    source: "https://www.mongodb.com/docs/drivers/node/current/crud/query/project/",
  },
  {
    library: "Supabase",
    asks: /^select$/,
    chooses: /^(?:csv|returns)$/,
    instead: '.select("…")',
    source: "https://supabase.com/docs/reference/javascript/select",
  },
  {
    library: "Kysely",
    gives: /^(?:selectFrom|insertInto|updateTable|deleteFrom)$/,
    asks: /^(?:selectAll|returningAll)$/,
    instead: ".select([…])",
    source: "https://kysely-org.github.io/kysely-apidoc/interfaces/SelectQueryBuilder.html",
  },
  {
    library: "Knex",
    asks: /^(?:first|select|returning)$/,
    chooses: /^(?:column|columns|pluck|clearSelect|modify|as)$/,
    instead: ".select(…)",
    source: "https://knexjs.org/guide/query-builder.html#select",
  },
];

/**
 * Ends of names of columns whose value lets somebody in, or is what a password can be found out from. Where `ofPeople` is said, they count in a table
 * of people only: links, meetings and documents have passwords that their owner may look up.
 */
export const secretColumns: readonly { readonly words: readonly string[]; readonly ofPeople?: true; readonly source: string }[] = [
  {
    words: ["PASSWORD $", "PASSWD $", "PASS $", "PWD $"],
    ofPeople: true,
    source: "https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html",
  },
  {
    words: ["PASSWORD HASH $", "HASHED PASSWORD $", "PASS HASH $", "PASSWORD DIGEST $", "ENCRYPTED PASSWORD $", "PASSWORD SALT $"],
    source: "https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html",
  },
  {
    words: ["RESET TOKEN $", "RESET PASSWORD TOKEN $", "PASSWORD RESET TOKEN $", "RESET CODE $", "RESET TOKEN HASH $", "FORGOT PASSWORD TOKEN $", "RECOVERY TOKEN $"],
    source: "https://cheatsheetseries.owasp.org/cheatsheets/Forgot_Password_Cheat_Sheet.html",
  },
  {
    words: ["TWO FACTOR SECRET $", "TOTP SECRET $", "MFA SECRET $", "OTP SECRET $", "TFA SECRET $", "BACKUP CODES $", "RECOVERY CODES $", "TWO FACTOR BACKUP CODES $"],
    source: "https://cheatsheetseries.owasp.org/cheatsheets/Multifactor_Authentication_Cheat_Sheet.html",
  },
  {
    words: ["ACCESS TOKEN $", "REFRESH TOKEN $"],
    source: "https://cheatsheetseries.owasp.org/cheatsheets/OAuth2_Cheat_Sheet.html",
  },
];

/** Ends of names of columns that are as little for everybody, told where a row has one of the above: shared links have tokens that are meant to be sent. */
export const alsoSecretColumns: readonly { readonly words: readonly string[]; readonly source: string }[] = [
  {
    words: ["TOKEN $", "TOKEN HASH $", "HASHED TOKEN $", "SECRET $", "SECRET HASH $", "PASSPHRASE $", "PASSPHRASE HASH $", "PIN HASH $", "API KEY $"],
    source: "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",
  },
];

/**
 * What the declaration of a column, or the file of a model, says when a row does not show all that it has: whoever writes that has
 * thought of it.
 */
export const hidesColumns: readonly { readonly where: "column" | "file"; readonly text: RegExp; readonly source: string }[] = [
  { where: "column", text: /\bselect\s*:\s*(?:false|0)\b|@Exclude\b|@HideField\b|\bprivate\s*:\s*true|\bhidden\s*:\s*true/, source: "https://typeorm.io/docs/entity/entities#column-options" },
  { where: "file", text: /\btoJSON\b|\bdefaultScope\b|\btoObject\b|\bomitPrivate\b|@Expose\b|\bpost(?:Load|Find)\b/, source: "https://mongoosejs.com/docs/api/document.html#Document.prototype.toJSON()" },
];

/** Frameworks whose handlers answer with what they return, as it is. Where a schema or a class says what the answer looks like, nothing can be told. */
export const answersByReturning: readonly { readonly framework: string; readonly unless: RegExp | null; readonly source: string }[] = [
  { framework: "server-action", unless: null, source: "https://nextjs.org/docs/app/getting-started/updating-data" },
  { framework: "next-safe-action", unless: /\boutputSchema\s*\(/, source: "https://next-safe-action.dev/docs/define-actions/create-the-client" },
  { framework: "trpc", unless: /\.output\s*\(/, source: "https://trpc.io/docs/server/validators#output-validators" },
  { framework: "react-router", unless: null, source: "https://reactrouter.com/start/framework/data-loading" },
  { framework: "nest", unless: /@(?:UseInterceptors|SerializeOptions|Serialize|ZodSerializerDto|TransformPlainToInstance|Render)\b/, source: "https://docs.nestjs.com/techniques/serialization" },
  { framework: "nuxt", unless: null, source: "https://nuxt.com/docs/guide/directory-structure/server" },
  { framework: "fastify", unless: /\bresponse\s*:/, source: "https://fastify.dev/docs/latest/Reference/Validation-and-Serialization/#serialization" },
];

/** Whether the code of a project turns all answers into something else on their way out: nothing can be told of what is left of a row then. */
export const turnsAnswers = {
  text: /\buseGlobalInterceptors\s*\(|\bAPP_INTERCEPTOR\b|\bplainTo(?:Instance|Class)\b/,
  source: "https://docs.nestjs.com/interceptors#binding-interceptors",
};
