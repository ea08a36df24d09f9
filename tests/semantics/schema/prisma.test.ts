import { describe, expect, test } from "vitest";

import { parsePrisma } from "../../../src/languages/prisma/parse.js";
import type { Schema } from "../../../src/semantics/schema/model.js";
import { readPrisma } from "../../../src/semantics/schema/prisma.js";

const schemaOf = (...texts: string[]): Schema => readPrisma(texts.map((text, index) => ({ file: `${index}.prisma`, schema: parsePrisma(text) })));

const shop = `datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}

model Customer {
  id     String  @id @default(uuid()) @db.Uuid
  email  String  @unique(map: "one_mail")
  name   String?
  tags   String[]
  extra  Json    @default("{}")
  place  Unsupported("point")?
  at     DateTime @updatedAt @map("changed_at")
  orders Order[]

  @@map("customers")
}
`;

const orders = `model Order {
  id         Int       @id @default(autoincrement())
  customerId String    @map("customer_id")
  state      State     @default(OPEN)
  total      Float
  customer   Customer  @relation("orders", fields: [customerId], references: [id], onDelete: SetNull, map: "of_customer")
  half

  @@unique([customerId, state(sort: Desc)], name: "one_open")
  @@index(state)
}

enum State {
  OPEN
  PAID
}
`;

describe("a schema of several files", () => {
  const { tables, enums, ...rest } = schemaOf(shop, orders);
  const [customer, order] = tables;

  test("is for a database", () => expect(rest).toEqual({ dialect: "postgresql", hasForeignKeys: true }));

  test("has tables by both names", () => {
    expect(tables.map(({ name, model, at }) => [name, model, at.file])).toEqual([
      ["customers", "Customer", "0.prisma"],
      ["Order", "Order", "1.prisma"],
    ]);
    expect(shop.slice(...(customer?.at.range ?? [0, 0]))).toBe("Customer");
  });

  test("has columns, which relations are not, nor what has no type yet", () => {
    expect(customer?.columns.map(({ name, field, family, isList, isNullable, default: value, isGenerated }) => [name, field, family, isList, isNullable, value, isGenerated])).toEqual([
      ["id", "id", "uuid", false, false, "uuid()", true],
      ["email", "email", "text", false, false, null, false],
      ["name", "name", "text", false, true, null, false],
      ["tags", "tags", "text", true, false, null, false],
      ["extra", "extra", "json", false, false, "{}", false],
      ["place", "place", "other", false, true, null, false],
      ["changed_at", "at", "time", false, false, null, true],
    ]);
    expect(order?.columns.map(({ field, family }) => [field, family])).toEqual([
      ["id", "integer"],
      ["customerId", "text"],
      ["state", "enum"],
      ["total", "float"],
    ]);
  });

  test("has keys", () => {
    expect(customer).toMatchObject({ primaryKey: { columns: ["id"] }, uniques: [{ name: "one_mail", columns: ["email"] }] });
    expect(order?.uniques).toMatchObject([{ name: "one_open", columns: ["customer_id", "state"] }]);
    expect(order?.indexes).toMatchObject([{ columns: ["state"] }]);
    expect(order?.foreignKeys).toMatchObject([{ name: "of_customer", columns: ["customer_id"], table: "customers", targets: ["id"], onDelete: "set null", onUpdate: null }]);
    expect(enums).toMatchObject([{ name: "State", values: ["OPEN", "PAID"] }]);
  });
});

test("Prisma can be told to keep foreign keys itself", () => {
  expect(schemaOf('datasource db {\n  provider     = "mysql"\n  relationMode = "prisma"\n}')).toMatchObject({ dialect: "mysql", hasForeignKeys: false });
});

test("a compound primary key", () => {
  expect(schemaOf("model A {\n  b Int\n  c Int\n  @@id([b, c])\n}").tables[0]?.primaryKey).toMatchObject({ columns: ["b", "c"] });
});

test("JSON of a shape, by the comment above its field", () => {
  const schema = schemaOf("model Order {\n  id Int @id\n  /// What the customer chose\n  /// [OrderData]\n  data Json\n  /// anything\n  extra Json\n}");
  expect(schema.tables[0]?.columns.map(({ field, isShaped }) => [field, isShaped])).toEqual([
    ["id", false],
    ["data", true],
    ["extra", false],
  ]);
});
