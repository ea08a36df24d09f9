import rule from "../../../src/rules/data-integrity/no-read-modify-write.js";
import { ruleTester } from "../../support/rule-tester.js";

const client = `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\n`;
const drizzle = `import { drizzle } from "drizzle-orm/node-postgres";\nimport { eq, sql } from "drizzle-orm";\nimport { products } from "./schema";\nconst db = drizzle(url);\n`;
const supabase = `import { createClient } from "@supabase/supabase-js";\nconst supabase = createClient(url, key);\n`;

/** A service of an app on TypeORM. */
const service = (body: string): string => `import { Repository, DataSource } from "typeorm";
import { Stock } from "./entities";
export class StockService {
  constructor(private readonly stocks: Repository<Stock>, private readonly dataSource: DataSource) {}
  async findOne(id: string) {
    const stock = await this.stocks.findOne({ where: { id } });
    if (!stock) throw new NotFoundException();
    return stock;
  }
  async take(id: string, amount: number) {
${body}
  }
}`;

const filename = "server/stock.ts";
const pay = (body: string): string => `${client}export async function pay(id, amount) {\n${body}\n}`;
const enough = (condition: string): string => `, only where there is enough (\`${condition}\`), and look at how many rows that changed`;
const increment = (column: string, name: "increment" | "decrement"): string => `Write the change: \`${column}: { ${name}: … }\``;

ruleTester.run("no-read-modify-write", rule, {
  valid: [
    { name: "the change itself is written", filename, code: pay(`await prisma.wallet.update({ where: { id }, data: { balance: { decrement: amount } } });`) },
    { name: "the write asks for enough of it", filename, code: pay(`const wallet = await prisma.wallet.findUnique({ where: { id } }); await prisma.wallet.updateMany({ where: { id, balance: { gte: amount } }, data: { balance: wallet.balance - amount } });`) },
    { name: "the write asks for the row as it was read", filename, code: pay(`const wallet = await prisma.wallet.findUnique({ where: { id } }); await prisma.wallet.updateMany({ where: { id, version: wallet.version }, data: { balance: wallet.balance - amount, version: wallet.version + 1 } });`) },
    {
      name: "one value that was read and is changed guards the others",
      filename,
      code: `${supabase}export async function use(id, cost) { const { data: credit } = await supabase.from("credits").select("*").eq("id", id).single(); const used = Number(credit.used) + cost; const { data } = await supabase.from("credits").update({ balance: credit.balance - cost, used }).eq("id", id).eq("balance", credit.balance).select().single(); if (!data) throw new Error("too late"); }`,
    },
    { name: "the row is locked", filename, code: pay("return prisma.$transaction(async (tx) => { await tx.$queryRaw`SELECT 1 FROM wallet WHERE id = ${id} FOR UPDATE`; const wallet = await tx.wallet.findUnique({ where: { id } }); await tx.wallet.update({ where: { id }, data: { balance: wallet.balance - amount } }); });") },
    { name: "the transaction is serializable", filename, code: pay(`return prisma.$transaction(async (tx) => { const wallet = await tx.wallet.findUnique({ where: { id } }); await tx.wallet.update({ where: { id }, data: { balance: wallet.balance - amount } }); }, { isolationLevel: "Serializable" });`) },
    { name: "the transaction is somebody else's", filename, code: `import type { Prisma } from "@prisma/client"; export async function pay(tx: Prisma.TransactionClient, id, amount) { const wallet = await tx.wallet.findUnique({ where: { id } }); await tx.wallet.update({ where: { id }, data: { balance: wallet.balance - amount } }); }` },
    { name: "another row is written", filename, code: pay(`const last = await prisma.wallet.findFirst({ where: { owner: 1 } }); await prisma.wallet.update({ where: { id }, data: { balance: last.balance + amount } });`) },
    { name: "another column is written", filename, code: pay(`const wallet = await prisma.wallet.findUnique({ where: { id } }); await prisma.wallet.update({ where: { id }, data: { paid: wallet.balance - amount } });`) },
    { name: "a row of another table is written", filename, code: pay(`const wallet = await prisma.wallet.findUnique({ where: { id } }); await prisma.booking.update({ where: { id }, data: { balance: wallet.balance - amount } });`) },
    { name: "a text is added to", filename, code: pay("const wallet = await prisma.wallet.findUnique({ where: { id } }); await prisma.wallet.update({ where: { id }, data: { note: wallet.note + `, paid ${amount}` } });") },
    { name: "a job counts its own attempts", filename, code: pay(`const job = await prisma.job.findUnique({ where: { id } }); await prisma.job.update({ where: { id }, data: { attempts: job.attempts + 1 } });`) },
    { name: "what a caller says is written", filename, code: pay(`await prisma.wallet.update({ where: { id }, data: { balance: amount + 1 } });`) },
    { name: "a migration runs alone", filename: "prisma/seed.ts", code: pay(`const wallet = await prisma.wallet.findUnique({ where: { id } }); await prisma.wallet.update({ where: { id }, data: { balance: wallet.balance - amount } });`) },
    { name: "SQL makes the number", filename, code: `${drizzle}async function take(id, n) { await db.update(products).set({ stock: sql\`\${products.stock} - \${n}\` }).where(eq(products.id, id)); }` },
    { name: "TypeORM locks the row", filename, code: service(`await this.dataSource.transaction(async (manager) => { const stock = await manager.findOne(Stock, { where: { id }, lock: { mode: "pessimistic_write" } }); stock.quantity -= amount; await manager.save(stock); });`) },
    { name: "the number after that of the last row, for a new one", filename, code: service(`const stock = await this.findOne(id); const last = await this.stocks.findOne({ order: { quantity: "DESC" } }); stock.quantity = (last?.quantity || 0) + 1; await this.stocks.save(stock);`) },
    { name: "an entity is given a number of its own", filename, code: service(`const stock = await this.findOne(id); stock.quantity = amount; await this.stocks.save(stock);`) },
    { name: "Mongoose adds by itself", filename, code: `import mongoose from "mongoose"; const Wallet = mongoose.model("Wallet", new mongoose.Schema({ balance: Number })); export const pay = (id, amount) => Wallet.updateOne({ id }, { $inc: { balance: -amount } });` },
    { name: "half-typed code", filename, code: pay(`const wallet = await prisma.wallet.findUnique(); await prisma.wallet.update({ data: { balance: wallet. balance - } });`.replace(". balance - }", ".balance }")) },
  ],
  invalid: [
    {
      name: "a balance is read, and written back",
      filename,
      code: pay(`  const wallet = await prisma.wallet.findUnique({ where: { id } });\n  await prisma.wallet.update({ where: { id }, data: { balance: wallet.balance - amount } });`),
      errors: [
        {
          messageId: "lost",
          line: 5,
          column: 64,
          endColumn: 87,
          data: { columns: "`balance`", instead: increment("balance", "decrement") + enough("where: { balance: { gte: … } }") },
        },
      ],
    },
    {
      name: "a sum is read, and written back",
      filename,
      code: pay(`  const wallet = await prisma.wallet.findUnique({ where: { id } });\n  await prisma.wallet.update({ where: { id }, data: { spent: wallet.spent + amount } });`),
      errors: [
        {
          messageId: "lost",
          line: 5,
          data: { columns: "`spent`", instead: increment("spent", "increment") },
          suggestions: [
            {
              messageId: "writeChange",
              data: { value: "{ increment: amount }" },
              output: pay(`  const wallet = await prisma.wallet.findUnique({ where: { id } });\n  await prisma.wallet.update({ where: { id }, data: { spent: { increment: amount } } });`),
            },
          ],
        },
      ],
    },
    {
      name: "a filter by what was read, which the write does not change",
      filename,
      code: pay(`  const wallet = await prisma.wallet.findUnique({ where: { id } });\n  await prisma.wallet.updateMany({ where: { id: wallet.id, owner: wallet.owner }, data: { spent: Number(wallet.spent) + amount } });`),
      errors: [{ messageId: "lost", line: 5, data: { columns: "`spent`", instead: increment("spent", "increment") } }],
    },
    {
      name: "a transaction alone does not keep two apart",
      filename,
      code: pay(`return prisma.$transaction(async (tx) => {\n  const wallet = await tx.wallet.findUnique({ where: { id } });\n  const balance = (wallet.balance ?? 0) + amount;\n  await tx.wallet.update({ where: { id: wallet.id }, data: { balance } });\n});`),
      errors: [{ messageId: "lost", line: 7, data: { columns: "`balance`", instead: increment("balance", "increment") } }],
    },
    {
      name: "no less than none, of Drizzle",
      filename,
      code: `${drizzle}async function take(id, n) {\n  const [product] = await db.select().from(products).where(eq(products.id, id));\n  await db.update(products).set({ stock: Math.max(0, product.stock - n) }).where(eq(products.id, id));\n}`,
      errors: [{ messageId: "lost", line: 7, data: { columns: "`stock`", instead: "Write the change: ``stock: sql`${table.stock} - …` ``" + enough("stock >= …") } }],
    },
    {
      name: "an entity that another method reads, changed and saved; one report for a row",
      filename,
      code: service(`    const stock = await this.findOne(id);\n    stock.quantity -= amount;\n    stock.taken++;\n    await this.stocks.save(stock);`),
      errors: [{ messageId: "lost", line: 12, column: 5, data: { columns: "`quantity` and `taken`", instead: 'Write the change: `.decrement(where, "quantity", …)`' + enough("quantity: MoreThanOrEqual(…)") } }],
    },
    {
      name: "Supabase",
      filename,
      code: `${supabase}async function sent(id, n) {\n  const { data: campaign } = await supabase.from("campaigns").select("total").eq("id", id).single();\n  await supabase.from("campaigns").update({ total: (campaign?.total || 0) + n }).eq("id", id);\n}`,
      errors: [{ messageId: "lost", line: 5, data: { columns: "`total`", instead: "Move the change into a database function (`SET total = total + …`), and call it with `.rpc(…)`" } }],
    },
    {
      name: "a row of Mongoose that saves itself",
      filename,
      code: `import mongoose from "mongoose";\nconst Wallet = mongoose.model("Wallet", new mongoose.Schema({ balance: Number }));\nexport async function pay(id, amount) {\n  const wallet = await Wallet.findOne({ id });\n  wallet.balance -= amount;\n  await wallet.save();\n}`,
      errors: [{ messageId: "lost", line: 5, data: { columns: "`balance`", instead: "Write the change: `{ $inc: { balance: -… } }`" + enough("balance: { $gte: … }") } }],
    },
    {
      name: "a row of Sequelize that updates itself",
      filename,
      code: `import { DataTypes, Sequelize } from "sequelize";\nconst sequelize = new Sequelize(url);\nconst Wallet = sequelize.define("Wallet", { balance: DataTypes.INTEGER });\nexport async function pay(id, amount) {\n  const wallet = await Wallet.findByPk(id);\n  await wallet.update({ balance: wallet.balance - amount });\n}`,
      errors: [{ messageId: "lost", line: 6, data: { columns: "`balance`", instead: 'Write the change: `.decrement("balance", { by: … })`' + enough("balance >= …") } }],
    },
    {
      name: "a number that is an object",
      filename,
      code: pay(`  const goal = await prisma.goal.findFirst({ where: { id } });\n  await prisma.goal.update({ where: { id }, data: { saved: goal.saved.add(amount) } });`),
      errors: [{ messageId: "lost", line: 5, data: { columns: "`saved`", instead: increment("saved", "increment") } }],
    },
  ],
});
