import { get_dmmf as getDmmf } from "@prisma/prisma-schema-wasm";
import { describe, expect, test } from "vitest";

import { parsePrisma } from "../../../src/languages/prisma/parse.js";
import { readPrisma } from "../../../src/semantics/schema/prisma.js";
import { dmmfFacts, ourFacts } from "../../../scripts/support/prisma-facts.js";

const datasource = (provider: string, more = ""): string => `datasource db {\n  provider = "${provider}"\n  url = env("DATABASE_URL")${more}\n}\n`;

/** Schemas as apps have them, each of one or several files. Prisma's own engine says what they mean. */
const schemas: Record<string, string[]> = {
  "a shop": [
    `${datasource("postgresql")}
/// Somebody who buys
model Customer {
  id        String    @id @default(cuid())
  email     String    @unique @db.Citext
  name      String?   @map("full_name") // as on the card
  tags      String[]  @default([])
  balance   Decimal   @default(0) @db.Decimal(10, 2)
  settings  Json      @default("{ \\"news\\": true }")
  photo     Bytes?
  createdAt DateTime  @default(now()) @map("created_at") @db.Timestamptz(3)
  updatedAt DateTime  @updatedAt
  orders    Order[]   @relation("buyer")
  gifts     Order[]   @relation("receiver")
  profile   Profile?

  @@index([name, createdAt(sort: Desc)], map: "by_name")
  @@map("customers")
}

model Profile {
  customerId String   @id
  customer   Customer @relation(fields: [customerId], references: [id], onDelete: Cascade, onUpdate: NoAction)
}`,
    `model Order {
  id         Int        @id @default(autoincrement())
  number     BigInt     @unique(map: "one_number")
  state      OrderState @default(OPEN)
  buyerId    String     @map("buyer_id")
  receiverId String?
  buyer      Customer   @relation("buyer", fields: [buyerId], references: [id], onDelete: Restrict)
  receiver   Customer?  @relation("receiver", fields: [receiverId], references: [id])
  lines      Line[]

  @@unique([buyerId, number(sort: Desc)], name: "one_per_buyer")
  @@index(fields: [state], type: Hash)
}

model Line {
  orderId  Int
  position Int
  text     String  @db.VarChar(80)
  weight   Float   @default(1.5)
  isGift   Boolean @default(false)
  order    Order   @relation(fields: [orderId], references: [id], onDelete: Cascade)

  @@id([orderId, position])
}

enum OrderState {
  OPEN
  PAID @map("paid")
  SENT

  @@map("order_state")
}`,
  ],
  "a schema for MySQL that keeps its relations itself": [
    `${datasource("mysql", '\n  relationMode = "prisma"')}
generator client {
  provider        = "prisma-client-js"
  previewFeatures = ["fullTextIndex"]
}

model Post {
  id       Int    @id
  slug     String @unique(length: 100) @db.Text
  body     String @db.LongText
  authorId Int
  author   User   @relation(fields: [authorId], references: [id])
  tags     Tag[]

  @@index([authorId])
  @@fulltext([body])
}

model User {
  id    Int    @id
  posts Post[]
}

model Tag {
  id    Int    @id
  posts Post[]
}`,
  ],
  "one for SQLite, with a table that leads to itself": [
    `${datasource("sqlite")}
model Folder {
  id       String   @id @default(uuid(7))
  parentId String?
  parent   Folder?  @relation("tree", fields: [parentId], references: [id], onDelete: SetNull)
  children Folder[] @relation("tree")
  random   String   @default(dbgenerated("(lower(hex(randomblob(16))))"))
}`,
  ],
};

describe.for(Object.entries(schemas))("%s means to us what it means to Prisma", ([, texts]) => {
  const named = texts.map((text, index) => [`${index}.prisma`, text] as const);

  test("in all that a model says", () => {
    const files = named.map(([file, text]) => ({ file, schema: parsePrisma(text) }));
    expect(files.flatMap(({ schema }) => schema.faults)).toEqual([]);
    expect(ourFacts(readPrisma(files))).toEqual(dmmfFacts(getDmmf(JSON.stringify({ prismaSchema: named }))));
  });
});
