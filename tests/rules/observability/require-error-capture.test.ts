import rule from "../../../src/rules/observability/require-error-capture.js";
import { ruleTester } from "../../support/rule-tester.js";

const actions = { filename: "app/orders/actions.ts", project: "next-with-sentry" } as const;
const route = { filename: "app/api/orders/route.ts", project: "next-with-sentry" } as const;

const head = `"use server";\nimport { PrismaClient } from "@prisma/client";\n`;
const client = `const prisma = new PrismaClient();\n`;
const save = "await prisma.order.create({ data });";

/** A server action whose catch has these statements. */
const action = (statements: string, binding = "(error) ", block = save, imports = ""): string => `${head}${imports}${client}export async function createOrder(data) {
  try {
    ${block}
    return { ok: true };
  } catch ${binding}{
    ${statements}
  }
}`;

const failed = `return { error: "Could not create the order" };`;
const sentry = `import * as Sentry from "@sentry/nextjs";\n`;

ruleTester.run("require-error-capture", rule, {
  valid: [
    { name: "the error is reported", code: action(`Sentry.captureException(error); ${failed}`, "(error) ", save, sentry), ...actions },
    { name: "the error is logged", code: action(`console.error(error); ${failed}`), ...actions },
    { name: "something is logged", code: action(`console.error("Could not create the order"); ${failed}`, ""), ...actions },
    { name: "the error is thrown on", code: action(`if (isKnown(error)) { ${failed} } throw error;`), ...actions },
    { name: "a function of the project may report it", code: action(`noteFailure(); ${failed}`, ""), ...actions },
    { name: "a function of the project makes an answer of it", code: action("return failure(error);"), ...actions },
    { name: "no tracker in the project", code: action(failed), filename: "app/orders/actions.ts", project: "next" },
    { name: "nothing but the input can be wrong", code: action(failed, "", "const order = schema.parse(data);"), ...actions },
    { name: "a function that is no entry", code: `import { PrismaClient } from "@prisma/client";\n${client}async function find(id) { try { return await prisma.order.findFirst({ where: { id } }); } catch { return null; } }`, filename: "src/server/orders.ts", project: "next-with-sentry" },
    { name: "the client may not have it", code: `import { PrismaClient } from "@prisma/client";\n${client}export async function GET() { try { return Response.json(await prisma.order.findFirstOrThrow()); } catch { return Response.json({ error: "Not found" }, { status: 404 }); } }`, ...route },
    { name: "the failure is the answer", code: `import { PrismaClient } from "@prisma/client";\n${client}export async function GET() { try { const orders = await prisma.order.count(); return Response.json({ orders }); } catch { return Response.json({ orders: 0 }); } }`, ...route },
    { name: "an error that a 5xx answer loses has a rule of its own", code: `import { PrismaClient } from "@prisma/client";\n${client}export async function GET() { try { return Response.json(await prisma.order.findMany()); } catch { return Response.json({ error: "Failed" }, { status: 500 }); } }`, ...route },
    { name: "one step of several", code: `${head}${client}export async function createOrder(data) { try { ${save} } catch (error) { return { error: "Failed" }; } await tell(data); }`, ...actions },
    { name: "half-typed code", code: action("return", ""), ...actions },
  ],
  invalid: [
    {
      name: "a server action that answers for a database",
      code: action(failed),
      ...actions,
      errors: [
        {
          messageId: "unheard",
          data: { tracker: "Sentry" },
          line: 8,
          column: 5,
          endColumn: 18,
          suggestions: [
            { messageId: "report", data: { tracker: "Sentry" }, output: action(`Sentry.captureException(error);\n    ${failed}`, "(error) ", save, sentry) },
            { messageId: "logError", output: action(`console.error("createOrder failed", error);\n    ${failed}`) },
          ],
        },
      ],
    },
    {
      name: "the client alone gets the message",
      code: action("return { error: error instanceof Error ? error.message : String(error) };"),
      ...actions,
      errors: [
        {
          messageId: "unheard",
          data: { tracker: "Sentry" },
          suggestions: [
            { messageId: "report", data: { tracker: "Sentry" }, output: action("Sentry.captureException(error);\n    return { error: error instanceof Error ? error.message : String(error) };", "(error) ", save, sentry) },
            { messageId: "logError", output: action(`console.error("createOrder failed", error);\n    return { error: error instanceof Error ? error.message : String(error) };`) },
          ],
        },
      ],
    },
    {
      name: "a file that reports already, and an error without a name",
      code: action(failed, "", save, sentry),
      ...actions,
      errors: [
        {
          messageId: "unheard",
          data: { tracker: "Sentry" },
          suggestions: [
            { messageId: "report", data: { tracker: "Sentry" }, output: action(`Sentry.captureException(error);\n    ${failed}`, "(error) ", save, sentry) },
            { messageId: "logError", output: action(`console.error("createOrder failed", error);\n    ${failed}`, "(error) ", save, sentry) },
          ],
        },
      ],
    },
    {
      name: "the client is blamed for whatever fails",
      code: `import { PrismaClient } from "@prisma/client";\n${client}export async function POST(request) { try { ${save.replace("data", "data: await request.json()")} return Response.json({ ok: true }); } catch { return Response.json({ error: "Invalid" }, { status: 400 }); } }`,
      ...route,
      errors: [
        {
          messageId: "unheard",
          data: { tracker: "Sentry" },
          suggestions: [
            {
              messageId: "report",
              data: { tracker: "Sentry" },
              output: `import { PrismaClient } from "@prisma/client";\n${sentry}${client}export async function POST(request) { try { ${save.replace("data", "data: await request.json()")} return Response.json({ ok: true }); } catch (error) { Sentry.captureException(error); return Response.json({ error: "Invalid" }, { status: 400 }); } }`,
            },
            {
              messageId: "logError",
              output: `import { PrismaClient } from "@prisma/client";\n${client}export async function POST(request) { try { ${save.replace("data", "data: await request.json()")} return Response.json({ ok: true }); } catch (error) { console.error("POST request failed", error); return Response.json({ error: "Invalid" }, { status: 400 }); } }`,
            },
          ],
        },
      ],
    },
  ],
});
