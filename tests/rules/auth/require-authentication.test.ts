import rule from "../../../src/rules/auth/require-authentication.js";
import { ruleTester } from "../../support/rule-tester.js";

const edge = { filename: "supabase/functions/tasks/index.ts" };
const client = `import { createClient } from "https://esm.sh/@supabase/supabase-js@2";`;
const service = `const supabase = createClient(Deno.env.get("SUPABASE_URL")!, Deno.env.get("SUPABASE_SERVICE_ROLE_KEY")!);`;
const removing = (before = ""): string => `${client}
Deno.serve(async (req) => {
  ${service}
  const { taskId } = await req.json();
  ${before}
  await supabase.from("tasks").delete().eq("id", taskId);
  return new Response("ok");
});`;

const nest = { filename: "src/tenants/tenants.controller.ts", project: "nest" };
const tenants = (decorators: string, others = `@UseGuards(AuthGuard("jwt")) @Get() all() { return this.tenants.find(); }`): string => `import { Body, Controller, Get, Param, Patch, UseGuards } from "@nestjs/common";
import { AuthGuard } from "@nestjs/passport";
import { Repository } from "typeorm";
import { Tenant } from "./tenant.entity";
@Controller("tenants")
export class TenantsController {
  constructor(private readonly tenants: Repository<Tenant>) {}
  ${others}
  ${decorators}
  @Patch(":id")
  update(@Param("id") id: string, @Body() body: { name: string }) {
    return this.tenants.update(id, body);
  }
}`;

const actions = { filename: "app/notes/actions.ts", project: "next", options: [{ everywhere: true }] as [{ everywhere: boolean }] };
const asked = `"use server";
import { PrismaClient } from "@prisma/client";
import { auth } from "@clerk/nextjs/server";
const prisma = new PrismaClient();
export async function rename(id: string, title: string) { const { userId } = await auth(); if (!userId) throw new Error("Sign in"); await prisma.note.updateMany({ where: { id, userId }, data: { title } }); }`;

const server = { filename: "server/app.ts", project: "plain" };
const guard = `function signedIn(req, res, next) { if (!req.user) return res.status(401).end(); next(); }`;
const express = (handler: string, others = `app.get("/mine", signedIn, (req, res) => res.json(req.user));`, first = ""): string => `import express from "express";
import { PrismaClient } from "@prisma/client";
const prisma = new PrismaClient();
const app = express();
${guard}
${first}
${others}
${handler}`;
const emptying = `app.post("/notes/empty", async (req, res) => { await prisma.note.deleteMany(); res.end(); });`;

ruleTester.run("require-authentication", rule, {
  valid: [
    { ...server, name: "a route that empties a table, in an app that asks nobody", code: express(emptying, "") },
    { ...server, name: "a route behind what the whole app asks", code: express(emptying, undefined, "app.use(signedIn);") },
    { ...server, name: "a route that asks itself", code: express(`app.delete("/notes/:id", async (req, res) => { if (!req.user) return res.status(401).end(); await prisma.note.delete({ where: { id: req.params.id } }); res.end(); });`) },
    { ...server, name: "a route that adds a row, which strangers may", code: express(`app.post("/notes", async (req, res) => { await prisma.note.create({ data: req.body }); res.end(); });`) },
    { ...server, name: "a route whose rows are found by a secret", code: express(`app.post("/orders/cancel", async (req, res) => { await prisma.order.updateMany({ where: { cancelToken: req.body.token }, data: { state: "gone" } }); res.end(); });`) },
    { ...server, name: "a route by which an account is confirmed", code: express(`app.post("/verify", async (req, res) => { await prisma.account.update({ where: { id: req.body.id }, data: { ok: true } }); res.end(); });`) },
    { ...server, name: "a route behind middleware that cannot be seen", code: express(emptying.replace('empty", ', 'empty", whoever, ')) },
    { ...server, name: "a route of an app that is made elsewhere", code: `${guard}\nimport { PrismaClient } from "@prisma/client"; const prisma = new PrismaClient(); export const routes = (app) => { app.get("/mine", signedIn, (req, res) => res.json(req.user)); ${emptying} };` },
    { ...edge, name: "the caller's token is asked about", code: removing(`const { data: { user } } = await supabase.auth.getUser(req.headers.get("Authorization")!.replace("Bearer ", "")); if (!user) return new Response(null, { status: 401 });`) },
    { ...edge, name: "a header of the caller is read, for whatever it is", code: removing(`if (!isOurs(req.headers.get("x-cron-secret"))) return new Response(null, { status: 401 });`) },
    { ...edge, name: "a secret is compared", code: removing(`if (req.headers.get("x-key") !== Deno.env.get("KEY")) return new Response(null, { status: 401 });`) },
    { ...edge, name: "a function that nobody can see is given the request", code: removing(`await guard(req);`) },
    { ...edge, name: "a signature is checked by a function of the file", code: `${removing(`const parsed = await parse(await req.text());`)}\nasync function parse(text) { const hmac = await crypto.subtle.importKey("raw", key, "HMAC", false, ["verify"]); return hmac; }` },
    { ...edge, name: "the user's own client, whom the database watches", code: removing().replace("SUPABASE_SERVICE_ROLE_KEY", "SUPABASE_ANON_KEY") },
    { ...edge, name: "nothing of the request picks the rows", code: removing().replace(`.eq("id", taskId)`, `.lt("expires_at", new Date().toISOString())`) },
    { ...edge, name: "whoever knows the token was given it", code: removing(`const { data: link } = await supabase.from("links").select().eq("token", taskId).single();`) },
    { ...edge, filename: "supabase/functions/stripe-webhook/index.ts", name: "a webhook is another rule's", code: removing() },
    { ...edge, filename: "supabase/functions/submit-contact/index.ts", name: "a form for everybody", code: removing() },
    { ...edge, filename: "supabase/functions/report/index.ts", name: "a row that strangers add", code: removing().replace(`.from("tasks").delete().eq("id", taskId)`, `.from("feedback").insert({ business_id: taskId })`) },
    { ...nest, name: "a guard on the handler", code: tenants(`@UseGuards(AuthGuard("jwt"))`) },
    { ...nest, name: "a decorator that may be anything", code: tenants(`@Auth()`) },
    { ...nest, project: "plain", name: "nobody else is guarded in the app", code: tenants("", "") },
    { ...actions, name: "an action that asks", code: asked },
    { ...actions, name: "an action that does what everybody may", code: `${asked}\nexport async function subscribe(email: string) { await prisma.reader.create({ data: { email } }); }` },
    { ...actions, options: [{ everywhere: false }], name: "an action that does not ask, outside of strict", code: `${asked}\nexport async function remove(id: string) { await prisma.note.delete({ where: { id } }); }` },
    { name: "a handler that does not ask, outside of strict", filename: "app/api/notes/route.ts", project: "next", code: `import { PrismaClient } from "@prisma/client"; const prisma = new PrismaClient(); export async function POST(request: Request) { await prisma.note.create({ data: await request.json() }); return new Response(); }` },
    { name: "half a function", ...edge, code: `${client} Deno.serve(async (req) => { ${service} await supabase.from("tasks").delete() });` },
  ],
  invalid: [
    { ...server, name: "a route that empties a table, beside those that ask", code: express(emptying), errors: [{ messageId: "route", data: { act: "delete", subject: "note", key: "key" }, line: 8, column: 54 }] },
    { ...server, name: "a route that changes any row, beside those that ask", code: express(`app.put("/notes/:id", async (req, res) => { await prisma.note.update({ where: { id: req.params.id }, data: { text: req.body.text } }); res.end(); });`), errors: [{ messageId: "route", data: { act: "change", subject: "note", key: "key" }, line: 8, column: 51 }] },
    {
      ...server,
      name: "a route behind middleware that only looks who is there",
      code: express(emptying, undefined, `app.use((req, res, next) => { res.set("X-User", req.user?.id ?? "nobody"); next(); });`),
      errors: [{ messageId: "route", data: { act: "delete", subject: "note", key: "key" } }],
    },
    {
      ...server,
      name: "a route that asks which environment it is in",
      code: express(emptying.replace("await prisma", `if (process.env.NODE_ENV === "development") console.log(req.body); await prisma`)),
      errors: [{ messageId: "route", data: { act: "delete", subject: "note", key: "key" } }],
    },
    { ...edge, name: "rows by a key of the body", code: removing(), errors: [{ messageId: "service", data: { act: "delete", subject: "tasks", key: "id" }, line: 6, column: 9, endColumn: 38 }] },
    {
      ...edge,
      name: "the header is only passed on to the browser",
      code: removing(`const cors = { "Access-Control-Allow-Headers": "authorization, apikey" };`),
      errors: [{ messageId: "service", data: { act: "delete", subject: "tasks", key: "id" }, line: 6 }],
    },
    {
      ...edge,
      name: "rows that were found by a key of the body",
      code: removing(`const { data: parts } = await supabase.from("parts").select("id").eq("task_id", taskId); const ids = parts.map((part) => part.id);`).replace(`.eq("id", taskId)`, `.in("id", ids)`),
      errors: [{ messageId: "service", data: { act: "delete", subject: "tasks", key: "task_id" }, line: 6 }],
    },
    {
      ...edge,
      name: "a row for an owner of the caller's choice",
      code: removing().replace(`.from("tasks").delete().eq("id", taskId)`, `.from("tasks").insert({ business_id: taskId, title: "x" })`),
      errors: [{ messageId: "service", data: { act: "add to", subject: "tasks", key: "business_id" }, line: 6 }],
    },
    {
      ...edge,
      name: "mail to an address of the caller's choice",
      code: `${client} import { Resend } from "npm:resend"; const resend = new Resend(Deno.env.get("RESEND_KEY"));
Deno.serve(async (req) => { ${service} const { to, html } = await req.json();
await resend.emails.send({ from: "us@example.com", to, html });
await supabase.from("mails").insert({ html }); return new Response(); });`,
      errors: [{ messageId: "sends", data: { act: "send by", subject: "resend.emails.send", key: "to" }, line: 3, column: 7 }],
    },
    {
      ...edge,
      name: "a client that is handed to a function",
      code: `import { createClient, SupabaseClient } from "npm:@supabase/supabase-js@2";
async function remove(db: SupabaseClient, id: string) { await db.from("tasks").delete().eq("id", id); }
Deno.serve(async (req) => { ${service} const { id } = await req.json(); await remove(supabase, id); return new Response(); });`,
      errors: [{ messageId: "service", data: { act: "delete", subject: "tasks", key: "id" }, line: 2, column: 63 }],
    },
    { ...nest, name: "a handler beside a guarded one", code: tenants(""), errors: [{ messageId: "unguarded", data: { act: "write to", subject: "Tenant", key: "key" }, line: 12, column: 12 }] },
    {
      ...actions,
      name: "an action whose siblings ask",
      code: `${asked}\nexport async function remove(id: string) { await prisma.note.delete({ where: { id } }); }`,
      errors: [{ messageId: "sibling", data: { act: "write to", subject: "note", key: "key" }, line: 6, column: 50 }],
    },
    {
      name: "strict: a route that writes and asks nobody",
      filename: "app/api/notes/route.ts",
      project: "next",
      options: [{ everywhere: true }],
      code: `import { PrismaClient } from "@prisma/client"; const prisma = new PrismaClient();\nexport async function POST(request: Request) { await prisma.note.create({ data: await request.json() }); return new Response(); }`,
      errors: [{ messageId: "open", data: { act: "write to", subject: "note", key: "key" }, line: 2, column: 54 }],
    },
    {
      name: "strict: a route of Express with nothing before it",
      filename: "src/app.ts",
      options: [{ everywhere: true }],
      code: `import express from "express"; import { PrismaClient } from "@prisma/client"; const prisma = new PrismaClient(); const app = express(); app.use(express.json());\napp.delete("/notes/:id", async (req, res) => { await prisma.note.delete({ where: { id: req.params.id } }); res.end(); });`,
      errors: [{ messageId: "open", data: { act: "write to", subject: "note", key: "key" }, line: 2, column: 54 }],
    },
  ],
});
