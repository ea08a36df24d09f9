import type { Range } from "../../languages/tree.js";

/** Where something is declared. */
export interface Place {
  readonly file: string;
  readonly range: Range;
}

/** What kind of values a column holds, in whichever words the schema says so. */
export type Family = "text" | "integer" | "decimal" | "float" | "boolean" | "time" | "json" | "uuid" | "binary" | "enum" | "other";

export interface Column {
  /** In the database. */
  readonly name: string;
  /** In the code. */
  readonly field: string;
  /** In the schema's own word, in lower case for SQL. */
  readonly type: string;
  readonly family: Family;
  readonly isList: boolean;
  readonly isNullable: boolean;
  /** As it is written. */
  readonly default: string | null;
  /** The database, or the ORM, gives it a value by itself. */
  readonly isGenerated: boolean;
  /** The schema says which shape its JSON has. */
  readonly isShaped?: boolean;
  /** Its name. */
  readonly at: Place;
  /** The whole of its declaration. */
  readonly whole: Place;
}

/** A primary key, a unique constraint or an index. */
export interface Key {
  readonly name: string | null;
  /** In the database; `null` for something calculated. */
  readonly columns: readonly (string | null)[];
  /** As they are written, in lower case where without quotes. */
  readonly parts: readonly string[];
  /** Holds for some rows only. */
  readonly isPartial: boolean;
  readonly at: Place;
}

export interface ForeignKey {
  readonly name: string | null;
  readonly columns: readonly string[];
  readonly table: string;
  readonly schema: string | null;
  /** Of the other table: its primary key, where the schema does not say. */
  readonly targets: readonly string[];
  /** `cascade`, `set null` …; `null` where the schema does not say. */
  readonly onDelete: string | null;
  readonly onUpdate: string | null;
  readonly at: Place;
}

export interface Policy {
  readonly name: string;
  readonly command: "all" | "select" | "insert" | "update" | "delete";
  readonly roles: readonly string[];
  readonly isPermissive: boolean;
  readonly using: string | null;
  readonly check: string | null;
  readonly at: Place;
}

export interface Table {
  /** In the database. */
  readonly name: string;
  /** `null` for the one that everything is in by default. */
  readonly schema: string | null;
  /** In the code, the model's name. */
  readonly model: string;
  readonly columns: readonly Column[];
  readonly primaryKey: Key | null;
  readonly uniques: readonly Key[];
  readonly indexes: readonly Key[];
  readonly foreignKeys: readonly ForeignKey[];
  /** Columns whose foreign key a migration has taken away. */
  readonly freed?: readonly string[];
  /** Row level security, as hand-written SQL leaves it; `unknown` where nothing that we read can tell. */
  readonly rowSecurity: "on" | "off" | "unknown";
  readonly policies: readonly Policy[];
  /** Its name, where it is declared: the source of truth. */
  readonly at: Place;
  /** Its name in the statement that makes it, in migrations that people write. */
  readonly createdAt: Place | null;
  /** All of its columns and keys are known. */
  readonly isComplete: boolean;
  /** A tool writes the file that it is declared in, from what we do not read: there is nothing to say to a person there. */
  readonly isWritten: boolean;
  /** Its database keeps what it is given: no foreign keys, and nothing from being null. */
  readonly holdsDocuments?: true;
  /** A module of the database keeps its rows, and takes neither keys nor constraints. */
  readonly isVirtual?: true;
  /** The ORM whose words it is declared in, where that is code. */
  readonly declaredWith?: string;
}

export interface Enum {
  readonly name: string;
  readonly values: readonly string[];
  readonly at: Place;
}

export interface Schema {
  readonly tables: readonly Table[];
  readonly enums: readonly Enum[];
  readonly dialect: Dialect | null;
  /** Whether the database keeps foreign keys at all: Prisma can be told to keep them itself. */
  readonly hasForeignKeys: boolean;
  /** Tables by name that migrations may have given a key which nobody can read; `null` among them: any table. */
  readonly doubts?: ReadonlySet<string | null>;
  /** Tables that migrations have dropped and not made again, by schema and name, with the file that did. */
  readonly dropped?: ReadonlyMap<string, string>;
}

export type Dialect = "postgresql" | "mysql" | "sqlite" | "sqlserver" | "cockroachdb" | "mongodb";

const families: readonly (readonly [Family, RegExp])[] = [
  ["uuid", /^(?:uuid|uniqueidentifier)$/],
  ["integer", /^(?:(?:tiny|small|medium|big)?int(?:eger)?|int[248]|(?:small|big)?serial|serial[248])(?: unsigned| zerofill| signed)*$/],
  ["decimal", /^(?:decimal|numeric|dec|money)(?: unsigned)?$/],
  ["float", /^(?:float[48]?|double(?: precision)?|real)(?: unsigned)?$/],
  ["boolean", /^bool(?:ean)?$/],
  ["time", /^(?:date|datetime|time|timestamp|timestamptz|timetz|interval|year)(?: with(?:out)?(?: local)? time zone)?$/],
  ["json", /^jsonb?$/],
  ["binary", /^(?:bytea|bytes|(?:tiny|medium|long)?blob|(?:var)?binary|bit varying|bit|varbit)$/],
  ["text", /^(?:text|string|(?:tiny|medium|long)text|n?varchar|(?:national )?character(?: varying)?|n?char|bpchar|citext|name)$/],
  ["enum", /^enum$/],
];

const familiesByType = new Map<string, Family>();

/** The family of a type by its name, in whichever language. */
export function familyOf(type: string): Family {
  const known = familiesByType.get(type);
  if (known !== undefined) return known;
  const name = type.toLowerCase();
  const family = families.find(([, names]) => names.test(name))?.[0] ?? "other";
  familiesByType.set(type, family);
  return family;
}
