import { describe, expect, test } from "vitest";

import type { Schema, Table } from "../../../src/semantics/schema/model.js";
import { schemaOf } from "../../../src/semantics/schema/tables.js";
import { makeProject, type Files } from "../../support/project.js";

const manifest = { name: "shop", dependencies: { typeorm: "^0.3.20" } };

const base = `import { BaseEntity, CreateDateColumn, DeleteDateColumn, PrimaryGeneratedColumn } from "typeorm";
export abstract class Model extends BaseEntity {
  @PrimaryGeneratedColumn("uuid") id: string;
  @CreateDateColumn({ name: "created_at" }) createdAt: Date;
  @DeleteDateColumn() deletedAt?: Date;
}
`;

const customer = `import { Column, Entity, Index, OneToMany, Unique } from "typeorm";
import { IsEmail } from "class-validator";
import { Model } from "./model";
import { Order } from "./order.entity";

@Entity({ name: "customers", schema: "sales" })
@Unique("one_name", ["firstName", "lastName"])
@Index(["mail", "tier"], { unique: true, where: "deletedAt IS NULL" })
@Index((customer: Customer) => [customer.lastName])
export class Customer extends Model {
  @IsEmail() @Index({ unique: true }) @Column({ name: "email_address", length: 200 }) mail: string;
  @Column("varchar") firstName: string;
  @Column({ nullable: true, unique: true }) lastName: string | null;
  @Column({ type: "enum", enum: ["free", "paid"], default: "free" }) tier: string;
  @Column("simple-array") tags: string[];
  @Column({ type: "decimal", precision: 10, scale: 2, default: 0 }) credit: number;
  @Column() visits: number;
  @Column() isOpen: boolean;
  @Column({ type: "jsonb", nullable: true }) extra: object;
  @OneToMany(() => Order, (order) => order.customer) orders: Order[];
  total: number;
}
`;

const order = `import { Column, Entity, Index, JoinColumn, ManyToMany, JoinTable, ManyToOne, OneToOne, PrimaryColumn, PrimaryGeneratedColumn } from "typeorm";
import { Customer } from "./customer.entity";

@Entity()
export class ShopOrder {
  @PrimaryGeneratedColumn() id: number;
  @ManyToOne(() => Customer, (customer) => customer.orders, { onDelete: "CASCADE", nullable: false })
  @JoinColumn({ name: "customer_id" })
  customer: Customer;
  @Column({ name: "customer_id" }) customerId: string;
  @ManyToOne("ShopOrder") parent: ShopOrder;
  @OneToOne(() => Invoice) @JoinColumn() invoice: Invoice;
  @OneToOne(() => Customer, { onDelete: "SET NULL" }) other: Customer;
  @ManyToMany(() => Customer) @JoinTable() guests: Customer[];
}

@Entity("invoices")
export class Invoice {
  @PrimaryColumn() number: string;
  @PrimaryColumn() year: number;
}
`;

const read = (files: Files): Schema => {
  const schema = schemaOf(makeProject({ "package.json": manifest, ...files }).open("src/app.ts"));
  if (!schema) throw new Error("no schema");
  return schema;
};

const called = (model: string, { tables }: Schema): Table => {
  const found = tables.find((table) => table.model === model);
  if (!found) throw new Error(`no ${model}`);
  return found;
};

const shop: Files = { "src/model.ts": base, "src/customer.entity.ts": customer, "src/order.entity.ts": order };

describe("tables that are classes", () => {
  test("have columns, those of the classes that they extend first", () => {
    const { columns } = called("Customer", read(shop));
    expect(columns.map(({ name, field, family, isNullable, isList, isGenerated, default: value }) => [name, field, family, isNullable, isList, isGenerated, value])).toEqual([
      ["id", "id", "uuid", false, false, true, null],
      ["created_at", "createdAt", "time", false, false, true, null],
      ["deletedAt", "deletedAt", "time", true, false, false, null],
      ["email_address", "mail", "text", false, false, false, null],
      ["firstName", "firstName", "text", false, false, false, null],
      ["lastName", "lastName", "text", true, false, false, null],
      ["tier", "tier", "enum", false, false, false, "free"],
      ["tags", "tags", "text", false, true, false, null],
      ["credit", "credit", "decimal", false, false, false, "0"],
      ["visits", "visits", "integer", false, false, false, null],
      ["isOpen", "isOpen", "boolean", false, false, false, null],
      ["extra", "extra", "json", true, false, false, null],
    ]);
  });

  test("have keys", () => {
    const table = called("Customer", read(shop));
    expect(table).toMatchObject({ name: "customers", schema: "sales", primaryKey: { columns: ["id"] }, isComplete: true, isWritten: false });
    expect(table.uniques).toMatchObject([
      { name: null, columns: ["email_address"] },
      { columns: ["lastName"] },
      { name: "one_name", columns: ["firstName", "lastName"] },
      { columns: ["email_address", "tier"], isPartial: true },
    ]);
    expect(table.indexes).toMatchObject([{ columns: ["lastName"] }]);
  });

  test("have foreign keys, whose columns may be declared beside them or nowhere", () => {
    const table = called("ShopOrder", read(shop));
    expect(table.name).toBe("shop_order");
    expect(table.columns.map(({ name }) => name)).toEqual(["id", "customer_id", "parentId", "invoiceId"]);
    expect(table.foreignKeys).toMatchObject([
      { columns: ["customer_id"], table: "customers", schema: "sales", targets: ["id"], onDelete: "cascade" },
      { columns: ["parentId"], table: "shop_order", targets: ["id"], onDelete: null },
      { columns: ["invoiceId"], table: "invoices" },
    ]);
    expect(table.uniques).toMatchObject([{ columns: ["invoiceId"] }]);
    expect(called("Invoice", read(shop))).toMatchObject({ primaryKey: { columns: ["number", "year"] } });
  });

  test("stand where their names do", () => {
    const { at, columns } = called("Customer", read(shop));
    expect(customer.slice(...at.range)).toBe("Customer");
    expect(customer.slice(...(columns[3]?.at.range ?? [0, 0]))).toBe("mail");
    expect(columns[0]?.at.file).toMatch(/model\.ts$/);
  });

  test("whose names become columns in another way have it for relations, too", () => {
    const code = `import { Column, Entity, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from "typeorm";
      @Entity() class Cart { @PrimaryGeneratedColumn() id: number; @ManyToOne(() => Cart) @JoinColumn({ name: "parent_id" }) parent: Cart; @Column() parentId: number; }`;
    expect(read({ "cart.entity.ts": code }).tables[0]).toMatchObject({ columns: [{ name: "id" }, { name: "parentId" }], foreignKeys: [{ columns: ["parentId"] }] });
  });
});

describe("a table of which something cannot be told is not complete", () => {
  const complete = (body: string): boolean | undefined =>
    read({ "a.entity.ts": `import { ChildEntity, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, TableInheritance } from "typeorm"; import { Own, Far, options } from "./own"; import { Base } from "far"; ${body}` }).tables[0]?.isComplete;

  test.for([
    ["a class that nobody knows", "@Entity() export class A extends Base { @PrimaryColumn() id: number; }"],
    ["a class that is made", "@Entity() export class A extends Own(Base) { @PrimaryColumn() id: number; }"],
    ["a decorator of its own", "@Entity() export class A { @Own() id: number; }"],
    ["columns of another class", "@Entity() export class A { @PrimaryColumn() id: number; @Column(() => Far) far: Far; }"],
    ["options that come from elsewhere", "@Entity() export class A { @PrimaryColumn() id: number; @Column({ ...options }) b: string; }"],
    ["a table for several classes", "@TableInheritance() @Entity() export class A { @PrimaryColumn() id: number; }"],
    ["a key that comes from elsewhere", "@Index(options) @Entity() export class A { @PrimaryColumn() id: number; }"],
    ["a relation without a foreign key", "@Entity() export class A { @PrimaryColumn() id: number; @ManyToOne(() => A, { createForeignKeyConstraints: false }) a: A; }"],
    ["half typed", "@Entity() export class A { @ManyToOne() @JoinColumn() b; @Column( c: string; }"],
  ] as const)("%s", ([, body]) => expect(complete(body)).not.toBe(true));

  test("but for one without anything odd", () => expect(complete("@Entity() export class A { @PrimaryColumn() id: number; other: string; }")).toBe(true));
});

describe("tables that are classes of Sequelize", () => {
  const files: Files = {
    "package.json": { name: "shop", dependencies: { "sequelize-typescript": "^2.1.6", sequelize: "^6.37.0" } },
    "src/base.ts": `import { Column, DataType, Default, Model as Base, PrimaryKey } from "sequelize-typescript";
      export default abstract class Model extends Base { @PrimaryKey @Default(DataType.UUIDV4) @Column(DataType.UUID) id: string; }`,
    "src/customer.ts": `import { AllowNull, Column, DataType, Default, ForeignKey, BelongsTo, Index, Table, Unique } from "sequelize-typescript";
      import Model from "./base"; import Team from "./team"; import { Length } from "./validators";
      @Table({ tableName: "customers", paranoid: true })
      export class Customer extends Model {
        @Unique @AllowNull(false) @Length({ max: 200 }) @Column({ type: DataType.STRING(200), field: "email_address" }) mail: string;
        @Column name: string;
        @Index @Column(DataType.ARRAY(DataType.STRING)) tags: string[];
        @Column(DataType.VIRTUAL) full: string;
        @BelongsTo(() => Team, "teamId") team: Team;
        @ForeignKey(() => Team) @Column(DataType.INTEGER) teamId: number;
      }`,
    "src/team.ts": 'import { Model, Table } from "sequelize-typescript"; @Table export default class Team extends Model {}',
  };

  test("have columns and keys, and those that come by themselves", () => {
    const schema = schemaOf(makeProject(files).open("src/app.ts"));
    const [customers, teams] = schema?.tables ?? [];
    expect(customers).toMatchObject({
      name: "customers",
      primaryKey: { columns: ["id"] },
      uniques: [{ columns: ["email_address"] }],
      indexes: [{ columns: ["tags"] }],
      foreignKeys: [{ columns: ["teamId"], table: "Team", targets: ["id"] }],
      isComplete: true,
    });
    expect(customers?.columns.map(({ name, family, isNullable, isList }) => [name, family, isNullable, isList])).toEqual([
      ["id", "uuid", false, false],
      ["email_address", "text", false, false],
      ["name", "text", true, false],
      ["tags", "other", true, true],
      ["teamId", "integer", true, false],
      ["createdAt", "time", false, false],
      ["updatedAt", "time", false, false],
      ["deletedAt", "time", true, false],
    ]);
    expect(teams).toMatchObject({ name: "Team", columns: [{ name: "id" }, { name: "createdAt" }, { name: "updatedAt" }], isComplete: true });
  });

  test("are not known to be whole where migrations may give them keys", () => {
    const schema = schemaOf(makeProject({ ...files, "migrations/1.js": "module.exports = { up: (queryInterface) => queryInterface.addConstraint(table, key) };" }).open("src/app.ts"));
    expect(schema?.tables.map(({ isComplete }) => isComplete)).toEqual([false, false]);
  });
});
