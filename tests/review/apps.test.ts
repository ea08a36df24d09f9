import { expect, test } from "vitest";

import { figures } from "../../src/review/formats/said.js";
import { appWith, type Files } from "../support/app.js";

const json = (value: object): string => JSON.stringify(value);
const checked = "on: [push]\njobs:\n  check:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm ci\n      - run: npm test\n";

/** What the owner of an app is told: each issue with its bucket and places, and the order of the work. */
async function toldTo(files: Files): Promise<string[]> {
  const { issues, findings, plan, good } = await appWith(files).review();
  const placeOf = (id: string): string => findings.filter((finding) => finding.id === id).map(({ file, line, source }) => (source === "check" ? file : `${file}:${line}`))[0] ?? "";
  return [
    ...issues.filter(({ bucket }) => bucket !== "wait").map((issue) => `${issue.bucket}: ${issue.title} (${issue.findings.map(placeOf).join(", ")}; ${figures(issue)})`),
    `wait: ${issues.filter(({ bucket }) => bucket === "wait").map(({ rule }) => rule).join(", ")}`,
    `plan: ${plan.map(({ issues: [id] }) => issues.find((issue) => issue.id === id)?.rule ?? "").join(", ")}`,
    `good: ${good.map(({ topic, found, total }) => `${topic} ${found}/${total}`).join(", ")}`,
  ];
}

/** Written in a weekend: pages, a database behind the key that every page has, functions that believe everybody. */
const weekend: Files = {
  "package.json": json({ name: "studio", private: true, dependencies: { "@supabase/supabase-js": "^2.50.0", react: "^19.0.0" }, scripts: { build: "vite build" } }),
  "package-lock.json": "{}",
  ".github/CODEOWNERS": "* @studio\n",
  "supabase/migrations/1_tables.sql": `create table public.customers (id uuid primary key default gen_random_uuid(), name text not null, email text not null);
create table public.bookings (id uuid primary key default gen_random_uuid(), customer_id uuid not null references public.customers (id), starts_at timestamptz not null);
alter table public.bookings enable row level security;
create policy "Everybody" on public.bookings for all using (true) with check (true);
create index on public.bookings (customer_id);
`,
  "supabase/functions/payment-webhook/index.ts": `import { createClient } from "https://esm.sh/@supabase/supabase-js@2";

Deno.serve(async (request) => {
  const supabase = createClient(Deno.env.get("SUPABASE_URL")!, Deno.env.get("SUPABASE_SERVICE_ROLE_KEY")!);
  const event = await request.json();
  // TODO: verify the signature
  if (event.type === "checkout.session.completed") {
    await supabase.from("bookings").update({ starts_at: event.data.object.metadata.starts_at }).eq("id", event.data.object.metadata.booking);
  }
  return new Response("ok");
});
`,
  "src/customers.ts": `import { createClient } from "@supabase/supabase-js";

const supabase = createClient(import.meta.env.VITE_SUPABASE_URL, import.meta.env.VITE_SUPABASE_ANON_KEY);

export async function customers() {
  const { data, error } = await supabase.from("customers").select("id, name").limit(50);
  if (error) throw error;
  return data;
}
`,
};

test("an app that was written in a weekend", async () => {
  expect(await toldTo(weekend)).toMatchInlineSnapshot(`
    [
      "now: Policies that let everybody change every row (supabase/migrations/1_tables.sql:4; score 9.50: somebody gets at what is not theirs · reachable without signing in · true in at least 95 of 100 cases · due now)",
      "now: Supabase serves tables to everybody, without row level security (supabase/migrations/1_tables.sql:1; score 9.50: somebody gets at what is not theirs · reachable without signing in · true in at least 95 of 100 cases · due now)",
      "now: Payment events that anybody can send (supabase/functions/payment-webhook/index.ts:8; score 9.50: somebody gets at what is not theirs · reachable without signing in · true in at least 95 of 100 cases · due now)",
      "now: No workflow checks a change before it goes live (package.json; score 4.87: something breaks and nobody hears of it · a matter of the whole app · true in at least 95 of 100 cases · due now)",
      "next: Failed calls to the database that nobody notices (supabase/functions/payment-webhook/index.ts:8; score 4.48: data is lost or contradicts itself · in code that answers requests · true in at least 90 of 100 cases · due next)",
      "wait: ",
      "plan: require-ci-checks, no-permissive-rls-policy, require-rls, require-webhook-signature, no-unchecked-result-error",
      "good: Entry points that ask who is calling 0/1, Entry points that ask what the caller may do 0/1, Tables with a primary key 2/2, Columns that code names 5/6, The environment is checked at the start 0/1, Errors reach a tracker 0/1, Response times are recorded 0/1",
    ]
  `);
});

/** A server that does most things well, and a few not. */
const server: Files = {
  "package.json": json({ name: "orders", private: true, type: "module", dependencies: { express: "^5.1.0", pino: "^9.0.0", "pino-http": "^10.0.0", "@sentry/node": "^9.0.0", "@prisma/client": "^6.0.0" }, scripts: { test: "vitest run" } }),
  "package-lock.json": "{}",
  ".github/workflows/ci.yml": checked,
  "prisma/schema.prisma": `datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}

model Account {
  id      Int     @id @default(autoincrement())
  email   String  @unique
  balance Int
  orders  Order[]
}

model Order {
  id        Int     @id @default(autoincrement())
  accountId Int
  account   Account @relation(fields: [accountId], references: [id])
  lines     Line[]

  @@index([accountId])
}

model Line {
  id      Int   @id @default(autoincrement())
  orderId Int
  order   Order @relation(fields: [orderId], references: [id])
  amount  Int

  @@index([orderId])
}
`,
  "prisma/migrations/1_init/migration.sql": 'create table "Account" (id serial primary key, email text not null unique, balance int not null);\n',
  "server/app.js": `import * as Sentry from "@sentry/node";
import express from "express";
import pino from "pino";
import { orders } from "./orders.js";

export const logger = pino();
export const app = express();

app.use("/orders", orders);
app.get("/health", (request, response) => response.end());
Sentry.setupExpressErrorHandler(app);
`,
  "server/orders.js": `import { PrismaClient } from "@prisma/client";
import { Router } from "express";
import { rate } from "./rates.js";
import { signedIn } from "./signed-in.js";

const prisma = new PrismaClient();
export const orders = Router();

orders.post("/", signedIn, async (request, response) => {
  const order = await prisma.order.create({ data: { accountId: request.user.id } });
  await prisma.line.create({ data: { orderId: order.id, amount: request.body.amount * (await rate()) } });
  response.status(201).json({ id: order.id });
});

orders.post("/pay", signedIn, async (request, response) => {
  const account = await prisma.account.findUniqueOrThrow({ where: { id: request.user.id } });
  await prisma.account.update({ where: { id: account.id }, data: { balance: account.balance - request.body.amount } });
  response.status(204).end();
});
`,
  "server/rates.js": `export async function rate() {
  const response = await fetch("https://rates.example.com/latest");
  if (!response.ok) throw new Error("no rate");
  return Number(await response.text());
}
`,
  "server/signed-in.js": `import jwt from "jsonwebtoken";

export function signedIn(request, response, next) {
  try {
    request.user = jwt.verify(request.headers.authorization?.slice(7) ?? "", process.env.JWT_SECRET);
    next();
  } catch {
    response.status(401).end();
  }
}
`,
};

test("a server that does most things well", async () => {
  expect(await toldTo(server)).toMatchInlineSnapshot(`
    [
      "next: Writing back a number that was read and changed in the code (server/orders.js:17; score 4.48: data is lost or contradicts itself · in code that answers requests · true in at least 90 of 100 cases · due next)",
      "next: Calls to other services wait for too long (server/rates.js:2; score 3.65: requests fail or hang · in code that request handlers use · true in at least 90 of 100 cases · due now)",
      "next: No transaction around writes that are only right together (server/orders.js:11; score 3.58: data is lost or contradicts itself · in code that answers requests · true in at least 90 of 100 cases · due next · nothing that was there is lost)",
      "wait: ",
      "plan: no-read-modify-write, require-request-timeout, require-transaction",
      "good: Entry points that ask who is calling 2/3, Entry points that ask what the caller may do 0/1, Tables with a primary key 3/3, Columns that code names 5/5, Calls to other services with a deadline 0/1, The environment is checked at the start 0/1, Errors reach a tracker 1/1, Response times are recorded 1/1",
    ]
  `);
});

/** What a team has looked after: nothing is urgent. */
const kept: Files = {
  ...server,
  "server/orders.js": `import { PrismaClient } from "@prisma/client";
import { Router } from "express";
import { rate } from "./rates.js";
import { signedIn } from "./signed-in.js";

const prisma = new PrismaClient();
export const orders = Router();

orders.post("/", signedIn, async (request, response) => {
  const amount = request.body.amount * (await rate());
  const order = await prisma.order.create({ data: { accountId: request.user.id, lines: { create: { amount } } } });
  response.status(201).json({ id: order.id });
});
`,
  "server/rates.js": `export async function rate() {
  const response = await fetch("https://rates.example.com/latest", { signal: AbortSignal.timeout(5_000) });
  if (!response.ok) throw new Error("no rate");
  return Number(await response.text());
}
`,
};

test("an app that is looked after has nothing urgent", async () => {
  expect(await toldTo(kept)).toMatchInlineSnapshot(`
    [
      "wait: ",
      "plan: ",
      "good: Entry points that ask who is calling 1/2, Entry points that ask what the caller may do 0/1, Tables with a primary key 3/3, Columns that code names 2/2, Calls to other services with a deadline 1/1, The environment is checked at the start 0/1, Errors reach a tracker 1/1, Response times are recorded 1/1",
    ]
  `);
});
