import rule from "../../../src/rules/data-integrity/require-foreign-key.js";
import { ruleTester } from "../../support/rule-tester.js";

const prisma = "prisma/schema.prisma";
const sql = "supabase/migrations/20260101000000_init.sql";

/** Customers, with what belongs to them, so that the schema has relations. */
const shop = `model Customer {
  id      String   @id
  orders  Order[]
  refunds Refund[]
}
model Order {
  id         Int      @id
  customerId String
  customer   Customer @relation(fields: [customerId], references: [id])
}
model Refund {
  id         Int      @id
  customerId String
  customer   Customer @relation(fields: [customerId], references: [id])
}
`;

const tables = "CREATE TABLE customers (id uuid PRIMARY KEY);\nCREATE TABLE orders (id uuid PRIMARY KEY, customer_id uuid REFERENCES customers); CREATE TABLE refunds (id uuid PRIMARY KEY, customer_id uuid REFERENCES customers);\n";

const drizzle = "src/db/schema.ts";

const drizzleShop = `import { integer, pgTable, primaryKey, serial, text, uuid } from "drizzle-orm/pg-core";
export const customers = pgTable("customers", { id: uuid("id").primaryKey() });
export const orders = pgTable("orders", { id: serial("id").primaryKey(), customerId: uuid("customer_id").references(() => customers.id) }); export const refunds = pgTable("refunds", { id: serial("id").primaryKey(), customerId: uuid("customer_id").references(() => customers.id) });
`;

/** The kinds of a tax, by which goods and shelves are found. */
const taxes = `model Tax {\n  id String @id\n  @@map("categories")\n}\n${["Shelf", "Page"].map((name) => `model ${name} {\n  id Int @id\n  taxId String\n  tax Tax @relation(fields: [taxId], references: [id])\n}\n`).join("")}`;

const typeorm = "src/shop.entity.ts";

const typeormShop = `import { Column, Entity, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from "typeorm";
@Entity() export class Customer { @PrimaryGeneratedColumn("uuid") id: string; }
@Entity() export class Order { @PrimaryGeneratedColumn() id: number; @ManyToOne(() => Customer) @JoinColumn({ name: "customer_id" }) customer: Customer; @Column() customerId: string; } @Entity() export class Refund { @PrimaryGeneratedColumn() id: number; @ManyToOne(() => Customer) @JoinColumn({ name: "customer_id" }) customer: Customer; @Column() customerId: string; }
`;

const sequelize = "src/models.js";

const sequelizeShop = `import { DataTypes, Sequelize } from "sequelize";
const sequelize = new Sequelize("sqlite::memory:");
const Customer = sequelize.define("customer", { id: { type: DataTypes.UUID, primaryKey: true } });
const Order = sequelize.define("order", { customerId: DataTypes.UUID });
Order.belongsTo(Customer, { foreignKey: "customerId" }); const Refund = sequelize.define("refund", { customerId: DataTypes.UUID }); Refund.belongsTo(Customer, { foreignKey: "customerId" });
`;

const classes = "src/shop.model.ts";

const classShop = `import { BelongsTo, Column, DataType, ForeignKey, Model, PrimaryKey, Table } from "sequelize-typescript";
@Table export class Customer extends Model { @PrimaryKey @Column(DataType.UUID) id: string; }
@Table export class Order extends Model { @ForeignKey(() => Customer) @Column(DataType.UUID) customerId: string; @BelongsTo(() => Customer) customer: Customer; } @Table export class Refund extends Model { @ForeignKey(() => Customer) @Column(DataType.UUID) customerId: string; }
`;

ruleTester.run("require-foreign-key", rule, {
  valid: [
    { project: "with-shop", name: "the number that somebody has for their taxes", filename: prisma, code: `${taxes}model Client {\n  id Int @id\n  email String\n  taxId String?\n}` },
    { name: "a row that no code deletes", filename: prisma, code: `${shop}model Cart {\n  id Int @id\n  customerId String\n}` },
    { project: "with-shop", name: "a row that is only marked as deleted", filename: prisma, code: `${shop.replace("  refunds", "  deletedAt DateTime?\n  refunds")}model Cart {\n  id Int @id\n  customerId String\n}` },
    { project: "with-shop", name: "Prisma keeps its relations itself", filename: prisma, code: `datasource db {\n  provider = "mysql"\n  relationMode = "prisma"\n}\n${shop}model Cart {\n  id Int @id\n  customerId String\n}` },
    { project: "with-shop", name: "a row that goes with another of the same customer", filename: prisma, code: `${shop}model Line {\n  id Int @id\n  orderId Int\n  order Order @relation(fields: [orderId], references: [id], onDelete: Cascade)\n  customerId String\n}` },
    { project: "with-shop", name: "one other table keeps it, which may be chance", filename: prisma, code: `${shop.slice(0, shop.indexOf("model Refund"))}model Cart {\n  id Int @id\n  customerId String\n}` },
    { project: "with-shop", name: "a table that names several others, and keeps none of them", filename: prisma, code: `${shop}model Charge {\n  id Int @id\n  customerId String\n  orderId Int\n}` },
    { project: "with-shop", name: "a view, as its author says", filename: prisma, code: `${shop}/// @view\n\nmodel Spending {\n  id Int @id\n  customerId String\n}` },
    { project: "with-shop", name: "SQL: a foreign key that a later migration takes away", filename: sql, code: `${tables}CREATE TABLE carts (id uuid PRIMARY KEY, customer_id uuid REFERENCES customers);\nALTER TABLE carts DROP CONSTRAINT carts_customer_id_fkey;` },
    { project: "with-shop", name: "what another service has numbers for as well", filename: prisma, code: `${shop.replace("  orders", "  stripeCustomerId String\n  orders")}model Cart {\n  id Int @id\n  customerId String\n}` },
    { project: "with-shop", name: "Prisma: a relation", filename: prisma, code: shop },
    { project: "with-shop", name: "a name of no table", filename: prisma, code: `${shop}model Cart {\n  id Int @id\n  stripeCustomerId String\n  providerAccountId String\n}` },
    { project: "with-shop", name: "a key of another type: it counts by something else", filename: prisma, code: `${shop}model Cart {\n  id Int @id\n  customerId Int\n}` },
    { project: "with-shop", name: "a list of keys", filename: prisma, code: `${shop}model Cart {\n  id Int @id\n  customerId String[]\n}` },
    { project: "with-shop", name: "a record of what was", filename: prisma, code: `${shop}model AuditLog {\n  id Int @id\n  customerId String\n}` },
    { project: "with-shop", name: "one of several tables", filename: prisma, code: `${shop}model Comment {\n  id Int @id\n  customerType String\n  customerId String\n}` },
    { project: "with-shop", name: "what lives for a moment", filename: prisma, code: `${shop}model Session {\n  id String @id\n  customerId String\n}\nmodel Cart {\n  id Int @id\n  sessionId String\n}` },
    { project: "with-shop", name: "a number of its own", filename: prisma, code: `${shop}model Invoice {\n  id Int @id\n  invoiceId Int\n}` },
    { project: "with-shop", name: "a part of a compound relation", filename: prisma, code: `${shop}model Seat {\n  customerId String\n  row Int\n  guests Guest[]\n  @@id([customerId, row])\n}\nmodel Guest {\n  id Int @id\n  customerId String\n  row Int\n  seat Seat @relation(fields: [customerId, row], references: [customerId, row])\n}`.replace("model Seat {\n  customerId String", "model Seat {\n  customerId String\n  customer Customer @relation(fields: [customerId], references: [id])") },
    { project: "with-shop", name: "a schema without any relation is meant to be so", filename: prisma, code: "model Customer {\n  id String @id\n}\nmodel Order {\n  id Int @id\n  customerId String\n}" },
    {
      project: "with-shop",
      name: "most tables do without",
      filename: prisma,
      code: `model Customer {\n  id String @id\n  seat Seat[]\n}\nmodel Seat {\n  id String @id\n  customerId String\n  customer Customer @relation(fields: [customerId], references: [id])\n}\n${["Cart", "Wish", "Note"].map((name) => `model ${name} {\n  id String @id\n  customerId String\n}`).join("\n")}`,
    },
    { project: "with-shop", name: "half typed", filename: prisma, code: `${shop}model Cart {\n  id Int @id\n  customerId\n` },
    { project: "with-shop", name: "SQL: a foreign key", filename: sql, code: tables },
    { project: "with-shop", name: "SQL: a foreign key that a later statement adds", filename: sql, code: `${tables}CREATE TABLE carts (id uuid PRIMARY KEY, customer_id uuid);\nALTER TABLE carts ADD FOREIGN KEY (customer_id) REFERENCES customers (id);` },
    { project: "with-shop", name: "SQL: a foreign key that is added in a block", filename: sql, code: `${tables}CREATE TABLE carts (id uuid PRIMARY KEY, customer_id uuid);\nDO $$ BEGIN ALTER TABLE carts ADD CONSTRAINT c FOREIGN KEY (customer_id) REFERENCES customers; EXCEPTION WHEN duplicate_object THEN null; END $$;` },
    { project: "with-shop", name: "SQL: a table of another schema", filename: sql, code: `${tables}CREATE TABLE billing.carts (id uuid PRIMARY KEY, customer_id uuid);` },
    { project: "with-shop", name: "SQL: a table whose columns come from elsewhere", filename: sql, code: `${tables}CREATE TABLE carts AS SELECT 1 AS id;\nALTER TABLE carts ADD COLUMN customer_id uuid;` },
    { project: "with-shop", name: "Drizzle: a reference", filename: drizzle, code: drizzleShop },
    {
      project: "with-shop",
      name: "Drizzle: a foreign key of the table",
      filename: drizzle,
      code: `${drizzleShop}import { foreignKey } from "drizzle-orm/pg-core";\nexport const carts = pgTable("carts", { id: serial().primaryKey(), customerId: uuid() }, (t) => [foreignKey({ columns: [t.customerId], foreignColumns: [customers.id] })]);`,
    },
    { project: "with-shop", name: "Drizzle: a key of another type", filename: drizzle, code: `${drizzleShop}export const carts = pgTable("carts", { id: serial().primaryKey(), customerId: integer() });` },
    { project: "with-shop", name: "Drizzle: keys that come from elsewhere", filename: drizzle, code: `${drizzleShop}export const carts = pgTable("carts", { id: serial().primaryKey(), customerId: uuid() }, keys);` },
    { project: "with-shop", name: "Drizzle: columns that come from elsewhere", filename: drizzle, code: `${drizzleShop}export const carts = pgTable("carts", { ...own, customerId: uuid() });` },
    { project: "with-shop", name: "Drizzle: a column of a type of the project's own", filename: drizzle, code: `${drizzleShop}export const carts = pgTable("carts", { id: serial().primaryKey(), customerId: customerKey() });` },
    { project: "with-shop", name: "somebody else's tables", filename: drizzle, code: `${drizzleShop.replace('"drizzle-orm/pg-core"', '"./tables"')}export const carts = pgTable("carts", { id: serial(), customerId: uuid() });` },
    { project: "with-shop", name: "Drizzle: half typed", filename: drizzle, code: `${drizzleShop}export const carts = pgTable("carts", { customerId: uuid().references(), id: serial().primaryKey().references() }, (t) => [primaryKey(), primaryKey({})]);` },
    { project: "with-shop", name: "the name by which another service knows the app", filename: prisma, code: `${shop.replaceAll("Customer", "Client").replaceAll("customer", "client")}model Provider {\n  id Int @id\n  clientId String\n  clientSecret String\n}` },
    { project: "with-shop", name: "TypeORM: a relation", filename: typeorm, code: typeormShop },
    { project: "with-shop", name: "TypeORM: a key of another type", filename: typeorm, code: `${typeormShop}@Entity() export class Cart { @PrimaryGeneratedColumn() id: number; @Column() customerId: number; }` },
    { project: "with-shop", name: "TypeORM: a relation that does without on purpose", filename: typeorm, code: `${typeormShop}@Entity() export class Cart { @PrimaryGeneratedColumn() id: number; @Column() customerId: string; @ManyToOne(() => Customer, { createForeignKeyConstraints: false }) customer: Customer; }` },
    { project: "with-shop", name: "TypeORM: a class whose base nobody knows", filename: typeorm, code: `${typeormShop}import { Base } from "far";\n@Entity() export class Cart extends Base { @Column() customerId: string; }` },
    { project: "with-shop", name: "TypeORM: a class that is no table", filename: typeorm, code: `${typeormShop}export class Cart { @Column() customerId: string; }` },
    { project: "with-shop", name: "TypeORM: half typed", filename: typeorm, code: `${typeormShop}@Entity() export class Cart { @Column customerId; @ManyToOne() @JoinColumn customer; @ManyToOne }`.replace("; @ManyToOne }", " }") },
    { project: "with-shop", name: "Sequelize: a link", filename: sequelize, code: sequelizeShop },
    { project: "with-shop", name: "Sequelize: a link from the other side", filename: sequelize, code: `${sequelizeShop}const Cart = sequelize.define("cart", { customerId: DataTypes.UUID });\nCustomer.hasMany(Cart);` },
    { project: "with-shop", name: "Sequelize: a reference", filename: sequelize, code: `${sequelizeShop}sequelize.define("cart", { customerId: { type: DataTypes.UUID, references: { model: Customer, key: "id" } } });` },
    { project: "with-shop", name: "Sequelize: a link that does without on purpose", filename: sequelize, code: `${sequelizeShop}const Cart = sequelize.define("cart", { customerId: DataTypes.UUID });\nCart.belongsTo(Customer, { constraints: false });` },
    { project: "with-shop", name: "Sequelize: a link of who knows what", filename: sequelize, code: `${sequelizeShop}const Cart = sequelize.define("cart", { customerId: DataTypes.UUID });\nmodels().belongsTo(Customer); unknown.belongsTo(Customer);` },
    { project: "with-shop", name: "Sequelize: a key of another type", filename: sequelize, code: `${sequelizeShop}sequelize.define("cart", { customerId: DataTypes.INTEGER });` },
    { project: "with-shop", name: "Sequelize: half typed", filename: sequelize, code: `${sequelizeShop}sequelize.define(); sequelize.define("cart"); Order.belongsTo(); Order.init({}); sequelize.define("cart", { customerId: {} });` },
    { project: "with-shop", name: "Sequelize's classes: a foreign key", filename: classes, code: classShop },
    { project: "with-shop", name: "Sequelize's classes: a class whose base nobody knows", filename: classes, code: `${classShop}import { Base } from "far";\n@Table export class Cart extends Base { @Column(DataType.UUID) customerId: string; }` },
    { project: "with-shop", name: "Sequelize's classes: half typed", filename: classes, code: `${classShop}@Table() export class Cart extends Model { @Column() @ForeignKey() customerId; @Column({}) other; @AllowNull() more; }` },
  ],
  invalid: [
    {
      project: "with-shop",
      name: "Prisma: what goes with the other row in all other tables",
      filename: prisma,
      code: `${shop.replaceAll("references: [id])", "references: [id], onDelete: Cascade)")}model Cart {\n  id Int @id\n  customerId String\n}`,
      errors: [{ messageId: "looseField", data: { column: "customerId", target: "Customer", key: "id", action: ", onDelete: Cascade" } }],
    },
    {
      project: "with-shop",
      name: "Prisma: what goes with the other row in all other tables, and may do without it here",
      filename: prisma,
      code: `${shop.replaceAll("references: [id])", "references: [id], onDelete: Cascade)")}model Cart {\n  id Int @id\n  customerId String?\n}`,
      errors: [{ messageId: "looseField", data: { column: "customerId", target: "Customer", key: "id", action: "" } }],
    },
    {
      project: "with-shop",
      name: "Prisma: what goes with the other row in one of the tables",
      filename: prisma,
      code: `${shop.replace("references: [id])", "references: [id], onDelete: Cascade)")}model Cart {\n  id Int @id\n  customerId String\n}`,
      errors: [{ messageId: "looseField", data: { column: "customerId", target: "Customer", key: "id", action: "" } }],
    },
    {
      project: "with-shop",
      name: "SQL: what is emptied in all other tables, and may be empty here",
      filename: sql,
      code: `${tables.replaceAll("REFERENCES customers", "REFERENCES customers ON DELETE SET NULL")}CREATE TABLE carts (\n  id uuid PRIMARY KEY,\n  customer_id uuid\n);`,
      errors: [{ messageId: "loose", data: { column: "customer_id", target: "customers", action: " ON DELETE SET NULL" } }],
    },
    {
      project: "with-shop",
      name: "SQL: what is emptied in all other tables, and may not be empty here",
      filename: sql,
      code: `${tables.replaceAll("REFERENCES customers", "REFERENCES customers ON DELETE SET NULL")}CREATE TABLE carts (\n  id uuid PRIMARY KEY,\n  customer_id uuid NOT NULL\n);`,
      errors: [{ messageId: "loose", data: { column: "customer_id", target: "customers", action: "" } }],
    },
    {
      project: "with-shop",
      name: "Drizzle: what goes with the other row in all other tables",
      filename: drizzle,
      code: `${drizzleShop.replaceAll("customers.id)", "customers.id, { onDelete: \"cascade\" })")}export const carts = pgTable("carts", { id: serial("id").primaryKey(), customerId: uuid("customer_id").notNull() });`,
      errors: [{ messageId: "looseInCode", data: { column: "customerId", target: "customers", reference: ".references(() => customers.id, { onDelete: \"cascade\" })" } }],
    },
    {
      project: "with-shop",
      name: "a category by the name of a register, of a row without an address",
      filename: prisma,
      code: `${taxes}model Line {\n  id Int @id\n  taxId String\n}`,
      errors: [{ messageId: "looseField", data: { column: "taxId", target: "Tax", key: "id", action: "" } }],
    },
    {
      project: "with-shop",
      name: "an app of a partner",
      filename: prisma,
      code: `${shop.replaceAll("Customer", "Client").replaceAll("customer", "client")}model Provider {\n  id Int @id\n  clientId String\n}`,
      errors: [{ messageId: "looseField", data: { column: "clientId", target: "Client", key: "id", action: "" } }],
    },
    {
      project: "with-shop",
      name: "what another service has numbers for as well, but no number is kept here",
      filename: prisma,
      code: `${shop.replace("  orders", "  stripeCustomerId String\n  orders")}model Cart {\n  id Int @id\n  customerId String @db.Uuid\n}`,
      errors: [{ messageId: "looseField", data: { column: "customerId", target: "Customer", key: "id", action: "" } }],
    },
    {
      project: "with-shop",
      name: "Sequelize's classes: a column, and nothing else",
      filename: classes,
      code: `${classShop}@Table\nexport class Cart extends Model {\n  @Column(DataType.UUID) customerId: string;\n}`,
      errors: [{ messageId: "looseInCode", data: { column: "customerId", target: "Customer", reference: "@ForeignKey(() => Customer)" }, line: 6, column: 26, endLine: 6, endColumn: 36 }],
    },
    {
      project: "with-shop",
      name: "Sequelize: a column, and nothing else",
      filename: sequelize,
      code: `${sequelizeShop}const Cart = sequelize.define("cart", {\n  customerId: { type: DataTypes.UUID, allowNull: false },\n});`,
      errors: [
        { messageId: "looseInCode", data: { column: "customerId", target: "customer", reference: 'references: { model: "customers", key: "id" }' }, line: 7, column: 3, endLine: 7, endColumn: 13 },
      ],
    },
    {
      project: "with-shop",
      name: "TypeORM: a column, and nothing else",
      filename: typeorm,
      code: `${typeormShop}@Entity()\nexport class Cart {\n  @PrimaryGeneratedColumn() id: number;\n  @Column({ nullable: true })\n  customerId: string | null;\n}`,
      errors: [
        { messageId: "looseInCode", data: { column: "customerId", target: "Customer", reference: '@ManyToOne(() => Customer) @JoinColumn({ name: "customerId" })' }, line: 8, column: 3, endLine: 8, endColumn: 13 },
      ],
    },
    {
      project: "with-shop",
      name: "Drizzle: a column, and nothing else",
      filename: drizzle,
      code: `${drizzleShop}export const carts = pgTable("carts", {\n  id: serial("id").primaryKey(),\n  customerId: uuid("customer_id").notNull(),\n});`,
      errors: [{ messageId: "looseInCode", data: { column: "customerId", target: "customers", reference: ".references(() => customers.id)" }, line: 6, column: 3, endLine: 6, endColumn: 13 }],
    },
    {
      project: "with-shop",
      name: "Drizzle: relations, which the database knows nothing of",
      filename: drizzle,
      code: `${drizzleShop}import { relations } from "drizzle-orm";\nexport const carts = pgTable("carts", { id: serial().primaryKey(), customerId: uuid() });\nexport const cartRelations = relations(carts, ({ one }) => ({ customer: one(customers, { fields: [carts.customerId], references: [customers.id] }) }));`,
      errors: [{ messageId: "looseInCode", data: { column: "customerId", target: "customers", reference: ".references(() => customers.id)" }, line: 5, column: 68 }],
    },
    {
      project: "with-shop",
      name: "Prisma: a column, and nothing else",
      filename: prisma,
      code: `${shop}model Cart {\n  id Int @id\n  customerId String? @map("customer_id")\n}`,
      errors: [{ messageId: "looseField", data: { column: "customerId", target: "Customer", key: "id", action: "" }, line: 18, column: 3, endLine: 18, endColumn: 13 }],
    },
    {
      project: "with-shop",
      name: "Prisma: a table by another name in the database, and a key by another name",
      filename: prisma,
      code: `${shop}model Category {\n  code String @id\n  @@map("categories")\n}\n${["Shelf", "Page"].map((name) => `model ${name} {\n  id Int @id\n  category_id String\n  category Category @relation(fields: [category_id], references: [code])\n}\n`).join("")}model Product {\n  id Int @id\n  category_id String\n}`,
      errors: [{ messageId: "looseField", data: { column: "category_id", target: "Category", key: "code", action: "" }, line: 32, column: 3 }],
    },
    {
      project: "with-shop",
      name: "SQL: a column, and nothing else",
      filename: sql,
      code: `${tables}CREATE TABLE carts (\n  id uuid PRIMARY KEY,\n  customer_id uuid NOT NULL\n);`,
      errors: [{ messageId: "loose", data: { column: "customer_id", target: "customers", action: "" }, line: 5, column: 3, endLine: 5, endColumn: 14 }],
    },
    {
      project: "with-shop",
      name: "SQL: a foreign key that was given another name before, and is gone with the column that had it",
      filename: sql,
      code: `${tables}CREATE TABLE carts (id uuid PRIMARY KEY, buyer_id uuid REFERENCES customers);\nALTER TABLE carts DROP COLUMN buyer_id;\nALTER TABLE carts ADD COLUMN customer_id uuid;`,
      errors: [{ messageId: "loose", data: { column: "customer_id", target: "customers", action: "" }, line: 5, column: 30 }],
    },
  ],
});
