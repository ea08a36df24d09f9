import rule from "../../../src/rules/data-integrity/no-io-in-transaction.js";
import { ruleTester } from "../../support/rule-tester.js";

const filename = "src/server/orders.ts";

const prisma = `import { PrismaClient } from "@prisma/client";\nimport Stripe from "stripe";\nconst prisma = new PrismaClient();\nconst stripe = new Stripe(key);\n`;
const within = (text: string): string => `${prisma}export const f = (id) => prisma.$transaction(async (tx) => {\n  ${text}\n});`;
const sequelize = `import { Sequelize } from "sequelize";\nconst sequelize = new Sequelize(url);\n`;
const pg = `import { Pool } from "pg";\nconst pool = new Pool();\n`;
const between = (text: string): string => `${pg}export async function f(id) { const client = await pool.connect(); await client.query("BEGIN"); ${text} await client.query("COMMIT"); client.release(); }`;

ruleTester.run("no-io-in-transaction", rule, {
  valid: [
    {
      name: "the transaction holds a lock of the app's own, so that one at a time does it",
      filename: "server/orders.ts",
      code: `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport const pay = (id) => prisma.$transaction(async (tx) => { await tx.$queryRaw\`SELECT pg_advisory_xact_lock(\${id})\`; const order = await tx.order.findUnique({ where: { id } }); await fetch("https://pay.example.com/charges"); await tx.order.update({ where: { id }, data: { state: "paid" } }); });`,
    },
    { name: "queries alone", filename, code: within(`await tx.order.update({ where: { id }, data: { paid: true } });`) },
    { name: "before the transaction begins", filename, code: `${prisma}export async function f(id) { const charge = await stripe.charges.create({}); await prisma.$transaction(async (tx) => { await tx.order.update({ where: { id }, data: { charge: charge.id } }); }); }` },
    { name: "after it has committed", filename, code: `${prisma}export async function f(id) { const order = await prisma.$transaction(async (tx) => tx.order.create({ data: { id } })); await fetch("https://example.com/hook", { method: "POST" }); return order; }` },
    { name: "after COMMIT", filename, code: `${pg}export async function f(id) { const client = await pool.connect(); await client.query("BEGIN"); await client.query("DELETE FROM orders"); await client.query("COMMIT"); await fetch(url); }` },
    { name: "where the transaction has failed", filename, code: between(`try { await client.query("DELETE FROM orders"); } catch (error) { await fetch("https://example.com/alert"); throw error; }`) },
    { name: "in a callback for later", filename, code: within(`setTimeout(async () => { await fetch(url); }, 10);`) },
    { name: "a call that nobody waits for", filename, code: within(`void stripe.charges.create({});`) },
    { name: "a list of queries", filename, code: `${prisma}export const f = (id) => prisma.$transaction([prisma.order.delete({ where: { id } })]);` },
    { name: "a function that is handed a client that may be the handle", filename, code: `import { Prisma, PrismaClient } from "@prisma/client";\nexport async function f(db: PrismaClient | Prisma.TransactionClient) { await fetch(url); await db.order.count(); }` },
    { name: "what stays in the process", filename, code: within(`const event = stripe.webhooks.constructEvent(body, signature, secret); await tx.order.create({ data: { event } });`) },
    { name: "somebody else's transaction", filename, code: `import { ledger } from "./ledger";\nexport const f = () => ledger.transaction(async () => { await fetch(url); });` },
    { name: "a promise that is no timer", filename, code: within(`await new Promise((resolve) => emitter.once("ready", resolve));`) },
    { name: "a seed", filename: "prisma/seed.ts", code: within(`await fetch(url);`) },
    { name: "half-typed code", filename, code: `${prisma}export const f = () => { prisma.$transaction(); prisma.$transaction(async (tx) => { await stripe; await tx.order; }); };` },
  ],
  invalid: [
    {
      name: "a row is changed before, beside a lock of the app's own",
      filename: "server/orders.ts",
      code: `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport const pay = (id) => prisma.$transaction(async (tx) => { await tx.$queryRaw\`SELECT pg_advisory_xact_lock(\${id})\`; await tx.order.update({ where: { id }, data: { state: "paying" } }); await fetch("https://pay.example.com/charges"); });`,
      errors: [{ messageId: "service", data: { call: "fetch" } }],
    },
    {
      name: "a charge",
      filename,
      code: within(`await stripe.charges.create({ amount: 100 });`),
      errors: [{ messageId: "service", data: { call: "stripe.charges.create" }, line: 6, column: 9, endColumn: 30 }],
    },
    { name: "several calls, told once", filename, code: within(`await fetch("https://rates.example.com"); await fetch("https://hooks.example.com");`), errors: [{ messageId: "service", data: { call: "fetch" }, column: 9 }] },
    { name: "an HTTP call", filename, code: within(`const rate = await fetch("https://rates.example.com");`), errors: [{ messageId: "service", data: { call: "fetch" } }] },
    { name: "an HTTP call that the callback returns", filename, code: `${prisma}export const f = () => prisma.$transaction((tx) => fetch("https://rates.example.com"));`, errors: [{ messageId: "service", data: { call: "fetch" } }] },
    { name: "calls that are waited for together", filename, code: within(`await Promise.all([tx.order.count(), fetch("https://rates.example.com")]);`), errors: [{ messageId: "service", data: { call: "fetch" } }] },
    {
      name: "a function of the project",
      filename,
      code: `${prisma}async function notify(id) { await fetch("https://hooks.example.com/" + id); }\nexport const f = (id) => prisma.$transaction(async (tx) => { await tx.order.delete({ where: { id } }); await notify(id); });`,
      errors: [{ messageId: "behind", data: { call: "notify", within: "fetch" }, line: 6, column: 110, endColumn: 116 }],
    },
    { name: "a timer", filename, code: within(`await new Promise((resolve) => setTimeout(resolve, 1000));`), errors: [{ messageId: "timer", line: 6, column: 9 }] },
    { name: "a timer of Node", filename, code: `import { setTimeout } from "node:timers/promises";\n${within(`await setTimeout(1000);`)}`, errors: [{ messageId: "timer" }] },
    { name: "between BEGIN and COMMIT", filename, code: between(`await fetch("https://rates.example.com");`), errors: [{ messageId: "service", data: { call: "fetch" } }] },
    {
      name: "a transaction of Sequelize that is ended by hand",
      filename,
      code: `${sequelize}export async function f() { const t = await sequelize.transaction(); await fetch("https://rates.example.com"); await t.commit(); }`,
      errors: [{ messageId: "service", data: { call: "fetch" } }],
    },
  ],
});
