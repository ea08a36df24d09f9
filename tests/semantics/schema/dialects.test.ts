import { expect, test } from "vitest";

import { dialectOf } from "../../../src/semantics/schema/dialects.js";
import { familyOf, type Column } from "../../../src/semantics/schema/model.js";

const at = { file: "schema.sql", range: [0, 1] } as const;

const column = (type: string): Column => ({
  name: "a",
  field: "a",
  type,
  family: familyOf(type),
  isList: false,
  isNullable: true,
  default: null,
  isGenerated: false,
  at,
  whole: at,
});

const tables = (...types: string[]): Parameters<typeof dialectOf>[0] => [{ columns: types.map(column) }];

test.each([
  ["types of Postgres", ["int", "timestamptz"], "postgresql"],
  ["types of MySQL", ["bigint unsigned", "text"], "mysql"],
  ["types that many have", ["int", "text", "varchar"], null],
  ["types of both", ["uuid", "longtext"], null],
])("%s", (_name, types, dialect) => expect(dialectOf(tables(...types))).toBe(dialect));
