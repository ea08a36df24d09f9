import { describe, expect, test } from "vitest";

import { parsePrisma } from "../../../src/languages/prisma/parse.js";
import { visitorKeys, type PrismaField, type PrismaModel } from "../../../src/languages/prisma/syntax.js";
import { eachChild, locationsIn, type Node } from "../../../src/languages/tree.js";

const shop = `// The shop's own database
datasource db {
  provider   = "postgresql"
  url        = env("DATABASE_URL")
  extensions = [citext, postgis(version: "3.4")]
}

generator client {
  provider        = "prisma-client-js"
  previewFeatures = ["views"]
}

/// Somebody who buys
model Customer {
  id        String   @id @default(cuid())
  email     String   @unique @db.VarChar(255) // as typed
  name      String?
  tags      String[] @default(["new", "eu"])
  balance   Decimal  @default(-0.5) @db.Decimal(10, 2)
  place     Unsupported("point")?
  createdAt DateTime @default(now()) @map("created_at")
  orders    Order[]

  @@index([name, createdAt(sort: Desc)], map: "by_name", type: BTree)
  @@map("customers")
}

model Order {
  id         Int         @id @default(autoincrement())
  state      OrderState  @default(OPEN)
  customerId String
  customer   Customer    @relation(
    fields: [customerId],
    references: [id],
    onDelete: Restrict
  )

  @@unique([customerId, state], name: "one_open")
}

enum OrderState {
  OPEN
  PAID @map("paid")

  @@map("order_state")
}

view Sales { day DateTime @unique
  total Int }

type Address {
  street String
}
`;

const textOf = (text: string, node: Node): string => text.slice(...node.range);

const modelOf = (text: string): PrismaModel => {
  const [block] = parsePrisma(text).blocks;
  if (block?.type !== "PrismaModel") throw new Error("no model");
  return block;
};

const fieldOf = (line: string): PrismaField => {
  const [field] = modelOf(`model A {\n  ${line}\n}`).members;
  if (field?.type !== "PrismaField") throw new Error("no field");
  return field;
};

describe("a schema", () => {
  const schema = parsePrisma(shop);

  test("is read without a fault", () => {
    expect(schema.faults).toEqual([]);
    expect(schema.blocks.map(({ type, name }) => [type, name?.text])).toEqual([
      ["PrismaDatasource", "db"],
      ["PrismaGenerator", "client"],
      ["PrismaModel", "Customer"],
      ["PrismaModel", "Order"],
      ["PrismaEnum", "OrderState"],
      ["PrismaView", "Sales"],
      ["PrismaType", "Address"],
    ]);
  });

  test("keeps the place of each node", () => {
    const found = new Map<string, string[]>();
    const visit = (node: Node): void => {
      found.set(node.type, [...(found.get(node.type) ?? []), textOf(shop, node)]);
      eachChild(node, visitorKeys, (child) => {
        expect(child.range[0]).toBeGreaterThanOrEqual(node.range[0]);
        expect(child.range[1]).toBeLessThanOrEqual(node.range[1]);
        visit(child);
      });
    };
    visit(schema);
    expect(found.get("PrismaSchema")).toEqual([shop]);
    expect(found.get("PrismaField")).toContain('email     String   @unique @db.VarChar(255)');
    expect(found.get("PrismaFieldType")).toEqual(expect.arrayContaining(["String?", "String[]", 'Unsupported("point")?', "Customer"]));
    expect(found.get("PrismaAttribute")).toEqual(expect.arrayContaining(["@id", "@db.VarChar(255)", '@map("created_at")', "@default(-0.5)"]));
    expect(found.get("PrismaBlockAttribute")).toContain('@@index([name, createdAt(sort: Desc)], map: "by_name", type: BTree)');
    expect(found.get("PrismaArgument")).toEqual(expect.arrayContaining(["fields: [customerId]", "onDelete: Restrict", 'map: "by_name"']));
    expect(found.get("PrismaCall")).toEqual(['env("DATABASE_URL")', 'postgis(version: "3.4")', "cuid()", "now()", "createdAt(sort: Desc)", "autoincrement()"]);
    expect(found.get("PrismaSetting")).toContain('url        = env("DATABASE_URL")');
    expect(found.get("PrismaEnumValue")).toEqual(["OPEN", 'PAID @map("paid")']);
  });

  test("keeps lines and columns for the linter", () => {
    const text = "model A {\r\n  id Int\r\n}\r\n";
    const [block] = parsePrisma(text).blocks as PrismaModel[];
    expect(block?.members.map(locationsIn(text))).toEqual([{ start: { line: 2, column: 2 }, end: { line: 2, column: 8 } }]);
  });

  test("keeps its comments, and knows which are documentation", () => {
    expect(schema.comments.map(({ value, documents }) => [value, documents])).toEqual([
      [" The shop's own database", false],
      ["/ Somebody who buys", true],
      [" as typed", false],
    ]);
  });
});

describe("a field", () => {
  test("has a type, a list or optional", () => {
    expect(fieldOf("names String[]").fieldType).toMatchObject({ name: "String", isList: true, isOptional: false });
    expect(fieldOf("name String?").fieldType).toMatchObject({ name: "String", isList: false, isOptional: true });
    expect(fieldOf('at Unsupported("point")').fieldType).toMatchObject({ name: "Unsupported", unsupported: { value: "point" } });
  });

  test("may be called like a block", () => {
    expect(modelOf("model A {\n  model String\n  type Kind\n  enum Int\n}").members).toHaveLength(3);
  });

  test("has attributes with positional and named arguments", () => {
    const [relation] = fieldOf('author User @relation("written", fields: [authorId], onDelete: SetNull)').attributes;
    expect(relation?.name.text).toBe("relation");
    expect(relation?.arguments.map(({ name, value }) => [name?.text, value?.type])).toEqual([
      [undefined, "PrismaString"],
      ["fields", "PrismaList"],
      ["onDelete", "PrismaReference"],
    ]);
  });
});

describe("half-typed text costs what it stands in", () => {
  /** The models and their fields, and how many faults there are. */
  const outline = (text: string): { models: (string | undefined)[][]; faults: number } => {
    const { blocks, faults } = parsePrisma(text);
    const models = blocks.flatMap((block) => (block.type === "PrismaModel" ? [[block.name?.text, ...block.members.map(({ name }) => name.text)]] : []));
    return { models, faults: faults.length };
  };
  const after = "\nmodel B {\n  id Int @id\n}\n";

  test.for<[string, string, (string | undefined)[]]>([
    ["a field without a type", "model A {\n  id Int\n  name\n  at DateTime\n}", ["A", "id", "name", "at"]],
    ["an attribute without a name", "model A {\n  id Int @\n  at DateTime\n}", ["A", "id", "at"]],
    ["an attribute that is not closed", "model A {\n  id Int @default(\n  at DateTime\n}", ["A", "id", "at"]],
    ["a list that is not closed", "model A {\n  id Int\n  @@index([id\n  @@map(\"a\")\n}", ["A", "id", "index", "map"]],
    ["a list that is not closed on its line", "model A {\n  id Int @relation(fields: [id)\n  at DateTime\n}", ["A", "id", "at"]],
    ["an argument without a value", "model A {\n  id Int @relation(fields: )\n  at DateTime\n}", ["A", "id", "at"]],
    ["a string that is not closed", 'model A {\n  id Int @map("id)\n  at DateTime\n}', ["A", "id", "at"]],
    ["a type after a dot", "model A {\n  id Int @db.\n  at DateTime\n}", ["A", "id", "at"]],
    ["a stray mark", "model A {\n  ? Int\n  at DateTime\n}", ["A", "at"]],
    ["a stray sign", "model A {\n  id Int #\n  at DateTime\n}", ["A", "id", "at"]],
    ["words too many", "model A {\n  id Int Int\n  at DateTime\n}", ["A", "id", "at"]],
    ["a block that is not closed", "model A {\n  id Int", ["A", "id"]],
    ["a block without a beginning", "model A\n", ["A"]],
    ["a block without a name", "model {\n  id Int\n}", [undefined, "id"]],
    ["something else", "modle X {\n}\nmodel A {\n}", ["A"]],
  ])("%s", ([, text, expected]) => {
    const { models, faults } = outline(text + after);
    expect(models).toEqual([expected, ["B", "id"]]);
    expect(faults).toBeGreaterThan(0);
  });

  test("whatever the text is cut off at, there is a tree whose nodes lie within it", () => {
    for (let length = 0; length <= shop.length; length += 1) {
      const text = shop.slice(0, length);
      const schema = parsePrisma(text);
      const visit = (node: Node): void => {
        expect(node.range[0]).toBeLessThanOrEqual(node.range[1]);
        expect(node.range[1]).toBeLessThanOrEqual(length);
        eachChild(node, visitorKeys, visit);
      };
      visit(schema);
      for (const { range } of schema.faults) expect(range[1]).toBeLessThanOrEqual(length);
    }
  });

  test("and so it is whatever character is missing", () => {
    for (let index = 0; index < shop.length; index += 1) {
      const { blocks } = parsePrisma(shop.slice(0, index) + shop.slice(index + 1));
      expect(blocks.length).toBeGreaterThanOrEqual(6);
    }
  });
});

test("a long schema is read quickly", () => {
  const text = Array.from({ length: 100 }, (_, index) => shop.slice(shop.indexOf("/// Somebody")).replaceAll("Order", `Order${index}`)).join("\n");
  expect(text.split("\n").length).toBeGreaterThan(4000);
  parsePrisma(text);
  const started = performance.now();
  expect(parsePrisma(text).faults).toEqual([]);
  expect(performance.now() - started).toBeLessThan(400);
});
