import type { SqlKeyPart, SqlName } from "../../../languages/sql/syntax.js";
import type { Node } from "../../../languages/tree.js";
import type { Column, Enum, ForeignKey, Place, Policy, Table } from "../model.js";

export type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

export type MutableTable = Omit<Mutable<Table>, "columns" | "foreignKeys" | "policies" | "freed"> & {
  freed: string[];
  columns: Mutable<Column>[];
  foreignKeys: Mutable<ForeignKey>[];
  policies: Mutable<Policy>[];
};

/** A name without its place. */
export type Name = Pick<SqlName, "schema" | "text">;

/** Where Postgres puts what is not said to belong elsewhere. */
export const usualSchema = "public";

/** The schema of a table by its name; `null` for the usual one. */
export const schemaOf = ({ schema }: Name): string | null => (schema === usualSchema ? null : schema);

export const keyOf = (name: Name): string => `${schemaOf(name) ?? usualSchema}.${name.text}`;

/** A column of a table by its name: in the same letters, else in others, as MySQL and SQLite take it. */
export const nameIn = ({ columns }: Pick<MutableTable, "columns">, name: string): string =>
  columns.some((column) => column.name === name) ? name : (columns.find((column) => column.name.toLowerCase() === name.toLowerCase())?.name ?? name);

/** The columns of a key; `null` for what is calculated. */
export const columnsOf = (parts: readonly SqlKeyPart[], table: Pick<MutableTable, "columns">): (string | null)[] => parts.map(({ column }) => column && nameIn(table, column.text));

/** The tables and types that are there after the statements that have run. */
export class Database {
  readonly #tables = new Map<string, MutableTable>();
  /** What tables are called, by their names in small letters. */
  readonly #letters = new Map<string, string>();
  readonly enums = new Map<string, Mutable<Enum>>();
  readonly #isWritten: boolean;
  /** The migration that is being read. */
  file = "";
  /** Columns whose default is still a value of a type that they are no longer of. */
  readonly castDefaults = new Map<Column, string>();
  /** Whatever keys have been called. */
  readonly keyNames = new Set<string>();
  /** Tables that statements may have given a key which nobody can read; `null` among them: any table. */
  readonly doubts = new Set<string | null>();
  /** Tables that have been dropped, by schema and name, with the files that did. */
  readonly dropped = new Map<string, string>();
  /** Policies that have been dropped, with the files that did. */
  readonly droppedPolicies = new Map<string, string[]>();
  /** Whether a trigger does something to each table that is made. */
  hasTrigger = false;

  constructor(isWritten: boolean) {
    this.#isWritten = isWritten;
  }

  get tables(): MutableTable[] {
    return [...this.#tables.values()];
  }

  place({ range }: Node): Place {
    return { file: this.file, range };
  }

  /** A table by its name, in the same letters. */
  exactly(name: Name): MutableTable | undefined {
    return this.#tables.get(keyOf(name));
  }

  /** A table by its name: in the same letters, else in others, as SQLite takes it. */
  find(name: Name): MutableTable | undefined {
    return this.exactly(name) ?? this.#tables.get(this.#letters.get(keyOf(name).toLowerCase()) ?? "");
  }

  /** Whether another migration is of the same version as the one that is being read: which of them runs first cannot be told. */
  isUnordered(file: string): boolean {
    const [one, other] = [file, this.file].map((each) => /^[Vv]?(\d[\d.]*)/.exec(each.split(/[\\/]/).at(-1) ?? "")?.[1]);
    return file !== this.file && one !== undefined && one === other;
  }

  #put(name: Name, table: MutableTable): void {
    this.#tables.set(keyOf(name), table);
    this.dropped.delete(keyOf(name));
    this.#letters.set(keyOf(name).toLowerCase(), keyOf(name));
  }

  /** The table that a foreign key leads to. */
  targetOf({ table, schema }: Pick<ForeignKey, "table" | "schema">): MutableTable | undefined {
    return this.find({ schema, text: table });
  }

  /** A table by its name, made up where the statement that makes it is not in our hands. */
  tableOf(name: SqlName): MutableTable {
    return this.find(name) ?? this.add(name, false);
  }

  add(name: SqlName, isComplete: boolean): MutableTable {
    const table: MutableTable = {
      name: name.text,
      schema: schemaOf(name),
      model: name.text,
      columns: [],
      primaryKey: null,
      uniques: [],
      indexes: [],
      foreignKeys: [],
      freed: [],
      rowSecurity: isComplete ? "off" : "unknown",
      policies: [],
      at: this.place(name),
      createdAt: isComplete && !this.#isWritten ? this.place(name) : null,
      isComplete,
      isWritten: this.#isWritten,
    };
    this.#put(name, table);
    return table;
  }

  remove({ schema, name }: Pick<Table, "schema" | "name">): void {
    this.#tables.delete(keyOf({ schema, text: name }));
  }

  /** Foreign keys that lead to a table. */
  keysTo(table: MutableTable): Mutable<ForeignKey>[] {
    const isTo = (key: ForeignKey): boolean => key.schema === table.schema && (key.table === table.name || this.targetOf(key) === table);
    return this.tables.flatMap(({ foreignKeys }) => foreignKeys.filter(isTo));
  }

  /** Gives a table another name, with the keys that lead to it. */
  move(table: MutableTable, to: Name): void {
    const keys = this.keysTo(table);
    this.remove(table);
    Object.assign(table, { name: to.text, model: to.text, schema: schemaOf(to) });
    this.#put(to, table);
    for (const key of keys) Object.assign(key, { table: table.name, schema: table.schema });
  }
}
