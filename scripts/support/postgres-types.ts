const names: Readonly<Record<string, string>> = {
  int: "int4",
  integer: "int4",
  bigint: "int8",
  smallint: "int2",
  real: "float4",
  float: "float8",
  "double precision": "float8",
  boolean: "bool",
  decimal: "numeric",
  dec: "numeric",
  character: "bpchar",
  char: "bpchar",
  "character varying": "varchar",
  "timestamp with time zone": "timestamptz",
  "timestamp without time zone": "timestamp",
  "time with time zone": "timetz",
  "time without time zone": "time",
  "bit varying": "varbit",
};

const counters: Readonly<Record<string, string>> = { serial: "int4", serial4: "int4", bigserial: "int8", serial8: "int8", smallserial: "int2", serial2: "int2" };

/** What Postgres's parser calls a type, however it is written. */
export const parsedType = (type: string): string => names[type] ?? type;

/** Whether a type is a number that a sequence counts. */
export const isCounter = (type: string): boolean => Object.hasOwn(counters, type);

/** What Postgres calls a type in its catalogue. */
export const storedType = (type: string): string => counters[type] ?? parsedType(type);
