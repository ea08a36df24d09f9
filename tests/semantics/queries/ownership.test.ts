import { describe, expect, it } from "vitest";

import { type Ownership, ownershipOf } from "../../../src/semantics/queries/ownership.js";
import { queriesIn } from "../../../src/semantics/queries/queries.js";
import { makeProject } from "../../support/project.js";
import { openText } from "../../support/source.js";

const prismaSchema = `
datasource db { provider = "postgresql" }
model User { id String @id }
model Team { id String @id }
model Link { id String @id, teamId String
  team Team @relation(fields: [teamId], references: [id])
  ownerId String
}
model Room { id String @id
  teamId String
}
model Folder { id String @id
  roomId String
  room Room @relation(fields: [roomId], references: [id])
}
model Board { id String @id }
model BoardMember { id String @id
  boardId String
  userId String
  board Board @relation(fields: [boardId], references: [id])
}
model Profile { id String @id
  name String
}
model Badge { id String @id
  holderId String
  holder Profile @relation(fields: [holderId], references: [id])
}
model Country { id String @id
  name String
}
model City { id String @id
  countryId String
  country Country @relation(fields: [countryId], references: [id])
}
`;

const found = (column: string | null, of: string | null = null, isPerson = false): Ownership => ({ presence: "found", column, of, isPerson });
const missing: Ownership = { presence: "missing", column: null, of: null, isPerson: false };
const unknown: Ownership = { presence: "unknown", column: null, of: null, isPerson: false };

function ownership(code: string, files: Readonly<Record<string, string>>): Ownership | null {
  const project = makeProject({ "package.json": { dependencies: { "@prisma/client": "6.0.0", typeorm: "0.3.0" } }, ...files });
  const source = openText(code, { filename: project.path("src/orders.ts"), cwd: project.dir });
  const [query] = queriesIn(source);
  return query ? ownershipOf(query, source) : null;
}

describe("tables of a schema", () => {
  it.each([
    ["a user's column before a team's", "link", found("ownerId")],
    ["the column of a parent", "folder", found("teamId", "Room")],
    ["a table that owns others", "team", found(null)],
    ["a table with members", "board", found(null)],
    ["a person", "profile", found(null, null, true)],
    ["a table whose rows point at a person by another name", "badge", found(null, "Profile", true)],
    ["nobody's", "country", missing],
    ["nobody's, nor its parent's", "city", missing],
    ["a table that the schema has not", "ghost", unknown],
  ])("%s", (_, model, expected) => {
    const code = `import { PrismaClient } from "@prisma/client"; const prisma = new PrismaClient(); await prisma.${model}.findUnique({ where: { id } });`;
    expect(ownership(code, { "prisma/schema.prisma": prismaSchema.replaceAll(", ", "\n  ").replaceAll("{ ", "{\n  ").replaceAll(/ \}$/gm, "\n}") })).toEqual(expected);
  });

  it("knows nothing without one", () => {
    const code = `import { PrismaClient } from "@prisma/client"; const prisma = new PrismaClient(); await prisma.link.findUnique({ where: { id } });`;
    expect(ownership(code, {})).toEqual(unknown);
  });
});

describe("entities that are classes", () => {
  const files = {
    "src/entities.ts": `import { ManyToOne, OneToMany } from "typeorm"; import { Gone } from "gone";
      export class Base { id: string; tenantId: string; }
      export class Tenant { id: string; }
      export class Order { id: string; tenantId: string; }
      export class Line { id: string; @ManyToOne(() => Order, (order) => order.lines) order: Order; }
      export class Invoice extends Base { total: number; }
      export class Ghost extends Gone { total: number; }
      export class Country { id: string; name: string; @OneToMany(() => Order, (order) => order.country) orders: Order[]; }`,
  };

  it.each([
    ["a column", "Order", found("tenantId")],
    ["the column of the row that it points at", "Line", found("tenantId", "Order")],
    ["a column of the class above", "Invoice", found("tenantId")],
    ["a class above that nobody can see", "Ghost", unknown],
    ["one that owns others", "Tenant", found(null)],
    ["nobody's", "Country", missing],
  ])("%s", (_, entity, expected) => {
    const code = `import { Repository } from "typeorm"; import { ${entity} } from "./entities"; class S { constructor(private rows: Repository<${entity}>) {} find(id) { return this.rows.findOneBy({ id }); } }`;
    expect(ownership(code, files)).toEqual(expected);
  });
});
