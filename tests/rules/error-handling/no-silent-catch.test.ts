import rule from "../../../src/rules/error-handling/no-silent-catch.js";
import { ruleTester } from "../../support/rule-tester.js";

const server = { filename: "src/server/orders.ts", project: "express" } as const;
const all = { options: [{ around: "everything" }] } as const;

const prisma = `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\n`;

/** A function of the server that tries something. */
const tried = (body: string, clause = "catch {}", before = ""): string => `${prisma}${before}export async function close(id: string) {
  try {
    ${body}
  } ${clause}
}`;

const save = "await prisma.order.update({ where: { id }, data: { closed: true } });";

const change = (call = "prisma.order.update") => ({ messageId: "change", data: { call } }) as const;

ruleTester.run("no-silent-catch", rule, {
  valid: [
    { name: "the error is logged", code: tried(save, "catch (error) { console.error(error); }"), ...server },
    { name: "the author says why", code: tried(save, "catch {\n    // closed by somebody else in the meantime\n  }"), ...server },
    { name: "the author says why, behind it", code: tried(save, "catch {} // best effort"), ...server },
    { name: "the author says why, above it", code: `${prisma}export async function close(id: string) {\n  // Best effort: the nightly job closes what is left.\n  try { ${save} } catch {}\n}`, ...server },
    { name: "the author says why, above the condition", code: `${prisma}export async function close(id: string) {\n  // Best effort, the nightly job closes what is left.\n  if (id) {\n    await prisma.order.delete({ where: { id } }).catch(() => {});\n  }\n}`, ...server },
    { name: "a look-up with a default", code: tried("await prisma.order.findFirst({ where: { id } });"), ...server },
    { name: "a value that may not be there", code: `export async function read(text: string) { let value = null; try { value = JSON.parse(text); } catch {} return value; }`, ...server, ...all },
    { name: "an address that may not be one", code: `export function isUrl(text: string) { try { new URL(text); return true; } catch {} return false; }`, ...server, ...all },
    { name: "what a browser may not allow", code: `export function remember(id: string) { try { localStorage.setItem("id", id); } catch {} }`, ...server, ...all },
    { name: "a value that is given back and not waited for", code: `export function read(text) { try { return JSON.parse(text); } catch {} return null; }`, ...server, ...all },
    { name: "what may never come", code: `export async function open(page) { try { await page.waitForLoadState("networkidle"); } catch {} await page.waitForSelector("main").catch(() => {}); }`, ...server, ...all },
    { name: "what keeps its failure already", code: `export async function open(page) { try { await page.press("Escape").catch(report); } catch {} }`, ...server, ...all },
    { name: "clean-up", code: `import { Pool } from "pg"; const pool = new Pool(); export async function stop() { try { await pool.end(); } catch {} }`, ...server, ...all },
    { name: "clean-up of a promise", code: `import puppeteer from "puppeteer"; export async function shoot() { const browser = await puppeteer.launch(); await browser.close().catch(() => {}); }`, ...server, ...all },
    { name: "what is done about another failure", code: tried("await bill(id);", `catch (error) { try { ${save} } catch {} throw error; }`), ...server },
    { name: "a value tells that it failed", code: `${prisma}export async function close(id: string) { let isClosed = false; try { ${save} isClosed = true; } catch {} return isClosed; }`, ...server },
    { name: "what is given back tells that it failed", code: tried(`return ${save}`), ...server },
    { name: "it is tried again", code: `${prisma}export async function close(id: string) { for (let i = 0; i < 3; i += 1) { try { ${save} break; } catch {} } }`, ...server },
    { name: "the query keeps its failure", code: tried("await prisma.order.update({ where: { id }, data: {} }).catch(report);"), ...server },
    { name: "none of them rejects", code: tried("await Promise.allSettled([prisma.order.delete({ where: { id } })]);"), ...server },
    { name: "a client that returns its errors", code: `import { createClient } from "@supabase/supabase-js"; const supabase = createClient("u", "k"); export async function close(id: string) { try { await supabase.from("orders").update({ closed: true }).eq("id", id); } catch {} }`, ...server },
    { name: "a cache", code: tried("await prisma.quoteCache.create({ data: { id } });"), ...server },
    { name: "an HTTP call that asks", code: tried("await fetch(`https://example.com/orders/${id}`);"), ...server },
    { name: "an answer that may have something in its stead", code: tried("const answer = await fetch(`https://example.com/summary`, { method: 'POST' }); show(await answer.json());"), ...server },
    { name: "a browser", code: `"use client"; export async function close(id) { try { await fetch("/api/orders", { method: "DELETE" }); } catch {} }`, filename: "components/order.tsx", project: "next" },
    { name: "a test", code: tried(save), filename: "tests/orders.test.ts", project: "express" },
    { name: "a request that is left open has a rule of its own", code: `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport default async function handler(req, res) { try { res.json(await prisma.order.create({ data: req.body })); } catch {} }`, filename: "pages/api/orders.ts", project: "next" },
    { name: "a promise that nobody waits for, by default", code: `import { chromium } from "playwright"; export const press = async (page) => { page.press("Escape").catch(() => {}); };`, ...server },
    { name: "half-typed code", code: "export async function f() { try { await } catch {} }".replace("await }", "await 0; }"), ...server, ...all },
  ],
  invalid: [
    {
      name: "a write to the database",
      code: tried(save),
      ...server,
      errors: [{ ...change(), line: 6, column: 5, endColumn: 10, suggestions: [{ messageId: "logError", output: tried(save, `catch (error) { console.error("prisma.order.update failed", error); }`) }] }],
    },
    {
      name: "an error with a name",
      code: tried(save, "catch (e) {}"),
      ...server,
      errors: [{ ...change(), column: 5, endColumn: 14, suggestions: [{ messageId: "logError", output: tried(save, `catch (e) { console.error("prisma.order.update failed", e); }`) }] }],
    },
    {
      name: "one of several writes",
      code: tried("await Promise.all([prisma.order.findFirst(), prisma.order.delete({ where: { id } })]);"),
      ...server,
      errors: [{ ...change("prisma.order.delete"), suggestions: [{ messageId: "logError", output: tried("await Promise.all([prisma.order.findFirst(), prisma.order.delete({ where: { id } })]);", `catch (error) { console.error("prisma.order.delete failed", error); }`) }] }],
    },
    {
      name: "a request that changes something",
      code: tried("await fetch(`https://example.com/orders/${id}`, { method: 'DELETE' });"),
      ...server,
      errors: [{ ...change("fetch"), suggestions: [{ messageId: "logError", output: tried("await fetch(`https://example.com/orders/${id}`, { method: 'DELETE' });", `catch (error) { console.error("fetch failed", error); }`) }] }],
    },
    {
      name: "an answer that is only looked at",
      code: `import axios from "axios"; export async function tell(id: string) { try { const answer = await axios.post("https://example.com/hook", { id }); if (answer.status !== 200) throw new Error("refused"); } catch {} }`,
      ...server,
      errors: [
        {
          ...change("axios.post"),
          suggestions: [
            {
              messageId: "logError",
              output: `import axios from "axios"; export async function tell(id: string) { try { const answer = await axios.post("https://example.com/hook", { id }); if (answer.status !== 200) throw new Error("refused"); } catch (error) { console.error("axios.post failed", error); } }`,
            },
          ],
        },
      ],
    },
    {
      name: "an e-mail",
      code: `import nodemailer from "nodemailer"; const mails = nodemailer.createTransport({}); export async function tell(to: string) { try { await mails.sendMail({ to }); } catch {} }`,
      ...server,
      errors: [
        {
          ...change("mails.sendMail"),
          suggestions: [
            {
              messageId: "logError",
              output: `import nodemailer from "nodemailer"; const mails = nodemailer.createTransport({}); export async function tell(to: string) { try { await mails.sendMail({ to }); } catch (error) { console.error("mails.sendMail failed", error); } }`,
            },
          ],
        },
      ],
    },
    {
      name: "a function of the project that writes",
      code: tried("await cancel(id);", "catch {}", "const cancel = async (id: string) => { await prisma.order.delete({ where: { id } }); };\n"),
      ...server,
      errors: [
        {
          ...change("cancel"),
          suggestions: [
            {
              messageId: "logError",
              output: tried("await cancel(id);", `catch (error) { console.error("cancel failed", error); }`, "const cancel = async (id: string) => { await prisma.order.delete({ where: { id } }); };\n"),
            },
          ],
        },
      ],
    },
    {
      name: "an empty callback",
      code: `${prisma}export async function close(id: string) { await prisma.order.delete({ where: { id } }).catch(() => {}); }`,
      ...server,
      errors: [
        {
          ...change("prisma.order.delete"),
          suggestions: [
            {
              messageId: "logError",
              output: `${prisma}export async function close(id: string) { await prisma.order.delete({ where: { id } }).catch((error) => { console.error("prisma.order.delete failed", error); }); }`,
            },
          ],
        },
      ],
    },
    {
      name: "whatever is awaited, where everything is asked for",
      code: tried("await prisma.order.findFirst({ where: { id } });"),
      ...server,
      ...all,
      errors: [
        {
          messageId: "call",
          data: { call: "prisma.order.findFirst" },
          suggestions: [{ messageId: "logError", output: tried("await prisma.order.findFirst({ where: { id } });", `catch (error) { console.error("prisma.order.findFirst failed", error); }`) }],
        },
      ],
    },
    {
      name: "in a browser, where everything is asked for",
      code: `"use client"; export async function copy(text) { try { await navigator.locks.request(text); } catch {} }`,
      filename: "components/copy.tsx",
      project: "next",
      ...all,
      errors: [
        {
          messageId: "call",
          data: { call: "navigator.locks.request" },
          suggestions: [
            {
              messageId: "logError",
              output: `"use client"; export async function copy(text) { try { await navigator.locks.request(text); } catch (error) { console.error("navigator.locks.request failed", error); } }`,
            },
          ],
        },
      ],
    },
  ],
});
