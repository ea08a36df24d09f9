/** Libraries that leave a condition out of a filter when its value is undefined, and what makes them refuse it instead. */
export const droppingLibraries: readonly {
  /** By its name in messages. */
  readonly library: string;
  readonly module: string;
  /** From this major on it throws. */
  readonly until?: number;
  /** In the code or the schema of a project that has it throw. */
  readonly refused: RegExp;
  readonly source: readonly string[];
}[] = [
  {
    library: "Prisma",
    module: "@prisma/client",
    refused: /strictUndefinedChecks/,
    source: ["https://www.prisma.io/docs/orm/prisma-client/special-fields-and-types/null-and-undefined"],
  },
  { library: "TypeORM", module: "typeorm", until: 1, refused: /invalidWhereValuesBehavior/, source: ["https://typeorm.io/docs/data-source/null-and-undefined-handling"] },
];

/** Words, at the beginning of a column's name, of those who must not see each other's rows. */
export const tenantColumns = /^(?:tenant|organi[sz]ation|org|workspace|team|company|account|business|restaurant|store|shop|merchant|environment|project)_?(?:id|uuid)$/i;

/** The same, and the people who rows belong to. */
export const ownerColumns = /^(?:tenant|organi[sz]ation|org|workspace|team|company|account|business|restaurant|store|shop|merchant|user|owner|author|member|customer|profile|created_?by)_?(?:id|uuid)$/i;

/** Calls after which a value is there. */
export const insistingCalls = /^(?:assert|invariant|ensure|require|check|validate|verify|expect|must|throwIf)/i;

/** Names, by a part of them, of what holds who asks, or what they belong to. */
export const whoAsks = /session|user|auth|ctx|context|^req|account|workspace|team|org|tenant|member|claims|payload|principal/i;
