import rule from "../../../src/rules/data-model/no-client-per-request.js";
import { ruleTester } from "../../support/rule-tester.js";

const filename = "src/app/api/orders/route.ts";
const reloads = [{ reloads: true }] as [{ reloads: boolean }];

const prisma = `import { PrismaClient } from "@prisma/client";\n`;
const express = `import express from "express";\nimport { Pool } from "pg";\nconst app = express();\n`;

ruleTester.run("no-client-per-request", rule, {
  valid: [
    { name: "a client that is made once", filename, code: `${prisma}const prisma = new PrismaClient();\nexport async function GET() { return Response.json(await prisma.order.findMany()); }` },
    { name: "a client that is made when it is first needed", filename, code: `${prisma}let prisma;\nexport async function GET() { prisma ??= new PrismaClient(); return Response.json(await prisma.order.findMany()); }` },
    { name: "a client that is kept on the global object", filename, code: `${prisma}export async function GET() { const prisma = globalThis.prisma ?? new PrismaClient(); globalThis.prisma = prisma; return Response.json(await prisma.order.findMany()); }` },
    { name: "a client that is put where it is kept", filename, code: `${express}const pools = {};\napp.get("/", async (req, res) => { const pool = new Pool(); pools[req.tenant] = pool; res.json(await pool.query("SELECT 1")); });` },
    { name: "a client that a cache takes", filename, code: `${express}const cache = new Map();\napp.get("/", async (req, res) => { const pool = new Pool(); cache.set(req.tenant, pool); res.json(await pool.query("SELECT 1")); });` },
    { name: "a helper that is no handler", filename: "src/server/db.ts", code: `${prisma}export function connect() { const prisma = new PrismaClient(); return prisma; }` },
    { name: "a client of Supabase, which has no connections", filename, code: `import { createClient } from "@supabase/supabase-js";\nexport async function GET() { const supabase = createClient(url, key); return Response.json(await supabase.from("orders").select()); }` },
    { name: "one connection, which has no pool", filename, code: `import { Client } from "pg";\nexport async function GET() { const client = new Client(); await client.connect(); return Response.json(await client.query("SELECT 1")); }` },
    { name: "somebody else's PrismaClient", filename, code: `import { PrismaClient } from "./fake";\nexport async function GET() { const prisma = new PrismaClient(); return Response.json(await prisma.order.findMany()); }` },
    { name: "a seed", filename: "prisma/seed.ts", code: `${prisma}async function main() { const prisma = new PrismaClient(); await prisma.order.create({ data: {} }); }\nmain();` },
    { name: "half-typed code", filename, code: `${prisma}export async function GET() { const prisma = PrismaClient(; }`.replace("(;", "();") },
    { name: "a client that is kept on the global object outside of production", options: reloads, project: "next", filename: "src/db.ts", code: `${prisma}const kept = globalThis as { prisma?: PrismaClient };\nexport const prisma = kept.prisma ?? new PrismaClient();\nif (process.env.NODE_ENV !== "production") kept.prisma = prisma;` },
    { name: "a module that nothing may load", options: reloads, project: "next", filename: "src/db.ts", code: `${prisma}export const prisma = new PrismaClient();` },
    { name: "a server that is not loaded anew", options: reloads, project: "express", filename: "src/db.ts", code: `${prisma}export const prisma = new PrismaClient();` },
    { name: "a client that a reload makes again, where that is not asked for", project: "next", filename: "src/db.ts", code: `${prisma}export const prisma = new PrismaClient();` },
  ],
  invalid: [
    {
      name: "a client that each reload of Next makes again, where asked for",
      options: reloads,
      project: "next",
      filename,
      code: `${prisma}const prisma = new PrismaClient();\nexport async function GET() { return Response.json(await prisma.order.findMany()); }`,
      errors: [{ messageId: "reloaded", data: { call: "PrismaClient" }, line: 2, column: 20, endColumn: 32 }],
    },
    {
      name: "a client of Prisma in a route of Next",
      filename,
      code: `${prisma}export async function GET() {\n  const prisma = new PrismaClient();\n  return Response.json(await prisma.order.findMany());\n}`,
      errors: [
        {
          messageId: "open",
          data: { call: "PrismaClient" },
          line: 3,
          column: 22,
          endColumn: 34,
          suggestions: [
            {
              messageId: "hoist",
              data: { name: "prisma" },
              output: `${prisma}const prisma = new PrismaClient();\n\nexport async function GET() {\n  return Response.json(await prisma.order.findMany());\n}`,
            },
          ],
        },
      ],
    },
    {
      name: "a pool in a handler of Express that takes something of the request",
      filename: "src/server/app.ts",
      code: `${express}app.get("/", async (req, res) => { const pool = new Pool({ database: req.query.db }); res.json(await pool.query("SELECT 1")); });`,
      errors: [{ messageId: "open", data: { call: "Pool" } }],
    },
    {
      name: "a client that the handler ends",
      filename,
      code: `${prisma}export async function GET() { const prisma = new PrismaClient(); const orders = await prisma.order.findMany(); await prisma.$disconnect(); return Response.json(orders); }`,
      errors: [{ messageId: "ended", data: { call: "PrismaClient" } }],
    },
    {
      name: "a client of Redis",
      filename: "src/server/app.ts",
      code: `import express from "express";\nimport Redis from "ioredis";\nconst app = express();\napp.get("/", async (req, res) => { const redis = new Redis(); res.json(await redis.get("a")); });`,
      errors: [
        {
          messageId: "open",
          data: { call: "Redis" },
          suggestions: [
            {
              messageId: "hoist",
              data: { name: "redis" },
              output: `import express from "express";\nimport Redis from "ioredis";\nconst app = express();\nconst redis = new Redis();\n\napp.get("/", async (req, res) => {  res.json(await redis.get("a")); });`,
            },
          ],
        },
      ],
    },
  ],
});
