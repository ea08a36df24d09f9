import rule from "../../../src/rules/deployment/require-env-validation.js";
import { type Invalid, ruleTester, type Valid } from "../../support/rule-tester.js";

type MessageId = "asserted" | "text" | "number" | "option" | "askForIt";

const server = { filename: "src/server/mail.ts", project: "express" } as const;
const nest = { filename: "src/mail/mail.service.ts", project: "nest" } as const;
const route = { filename: "app/api/mail/route.ts", project: "with-env" } as const;
const edge = { filename: "supabase/functions/mail/index.ts", project: "plain" } as const;

const remedy = "Check it before it is used, with a schema or a `throw` that names it.";

const service = (body: string, given = ""): string => `import { Injectable } from "@nestjs/common";
import { ConfigService } from "@nestjs/config";

@Injectable()
export class MailService {
  constructor(private readonly config: ConfigService) {}

  link(id: string) {
    ${body}
  }
${given}}
`;

const settingText = { name: "SITE_ADDRESS", read: `this.config.get("SITE_ADDRESS")`, remedy };

const valid: Valid<[]>[] = [
  { ...nest, project: "nest-with-start-checks", name: "a setting without which a provider of the app throws when it is made", code: service("return sign(id, this.config.get<string>(\"LINK_SECRET\")!);") },
  { ...nest, project: "nest-with-start-checks", name: "a setting without which the app does not start outside development", code: service("return sign(id, process.env.JWT_SECRET!);") },
  { ...server, name: "a variable that is checked on the next line", code: `const secret = process.env.LINK_SECRET!;\nif (!secret) throw new Error("LINK_SECRET is not set");\nsign(secret);` },
  { ...server, name: "a variable that another read of the file asks for", code: `if (!process.env.LINK_SECRET) throw new Error("LINK_SECRET is not set");\nsign(process.env.LINK_SECRET!);` },
  { ...server, name: "a fallback", code: `sign((process.env.LINK_SECRET ?? "none") as string);` },
  { ...server, name: "a variable that a list of the file names", code: `const needed = ["LINK_SECRET"].filter((name) => !process.env[name]);\nif (needed.length > 0) throw new Error(needed.join());\nsign(process.env.LINK_SECRET!);` },
  { ...server, name: "an assertion that leaves the question open", code: `sign(process.env.LINK_SECRET as string | undefined);` },
  { ...server, name: "a read that trusts nothing", code: `sign(process.env.LINK_SECRET);` },
  { ...server, name: "a variable of the platform", code: `send(process.env.PORT!, process.env.NODE_ENV!);` },
  { ...server, name: "a client of a package, which looks by itself", code: `import Stripe from "stripe";\nexport const stripe = new Stripe(process.env.STRIPE_SECRET_KEY!);` },
  { ...server, name: "a client that is made by a function", code: `import { createClient } from "@supabase/supabase-js";\nexport const db = createClient(process.env.DB_ADDRESS!, process.env.DB_KEY as string);` },
  { ...server, name: "where a request goes, which fails at once", code: "export const f = (id: string) => fetch(`${process.env.BILLING_ADDRESS}/orders/${id}`);" },
  { ...server, name: "a text for a reader", code: "logger.info(`listening at ${process.env.SITE_ADDRESS}/home`);" },
  { ...server, name: "a text of nothing but a variable, which is no key", code: "send(`${process.env.SHOP_NAME}`);" },
  { ...server, name: "a text that is no address", code: "send(`Orders of ${process.env.SHOP_NAME}`);" },
  { ...server, name: "a number that is looked at", code: `const most = Number(process.env.MOST_ORDERS);\nsend(Number.isFinite(most) ? most : 10, isNaN(Number(process.env.MOST_ORDERS)));` },
  { ...server, name: "a part that is switched on", code: `if (process.env.BILLING_ENABLED) sign(process.env.BILLING_KEY!);` },
  { ...server, name: "a part that is left out elsewhere in the file", code: "const link = process.env.SHOP_ADDRESS && `${process.env.SHOP_ADDRESS}/orders`;\nsend(link, process.env.SHOP_ADDRESS!);" },
  { ...server, filename: "src/integrations/slack.ts", name: "what the app can be connected with", code: `export const id = () => sign(process.env.SLACK_CLIENT_ID!);` },
  { ...server, name: "a way to sign in", code: `import { betterAuth } from "better-auth";\nexport const auth = betterAuth({ socialProviders: { github: { clientId: process.env.GITHUB_CLIENT_ID as string } } });` },
  { ...server, filename: "src/config/mail.ts", name: "a module for settings", code: `export const secret = process.env.LINK_SECRET!;` },
  { ...server, filename: "scripts/send.ts", name: "a script", code: `sign(process.env.LINK_SECRET!);` },
  { ...server, filename: "examples/server/mail.ts", name: "an example", code: `import express from "express";\nsign(express, process.env.LINK_SECRET!);` },
  { ...server, name: "a secret in a constant, which a client of a package looks at", code: `import { Webhook } from "svix";\nconst secret = process.env.MAIL_HOOK_SECRET!;\nexport const verify = (text: string) => new Webhook(secret).verify(text);` },
  { ...server, name: "one of two keys, for a client of a package", code: `import { createClient } from "@supabase/supabase-js";\nexport function connect(isAdmin: boolean) {\n  const key = isAdmin ? process.env.DB_SECRET_KEY! : process.env.DB_PUBLIC_KEY!;\n  return createClient(process.env.DB_ADDRESS!, key);\n}` },
  { ...server, name: "a method that has a case for anything else", code: `class Mails {\n  constructor() {\n    this.provider = this.choose(process.env.MAIL_PROVIDER!);\n  }\n  choose(name: string) {\n    switch (name) {\n      case "smtp":\n        return new Smtp();\n      default:\n        return new Silent();\n    }\n  }\n}` },
  { ...server, name: "a function that asks for it", code: `const link = (base: string) => (base ? base + "/orders" : "/orders");\nsend(link(process.env.SITE_ADDRESS!));` },
  { ...server, name: "a credential whose refusal is looked at", code: "export async function f() {\n  const response = await fetch(\"https://api.example.com\", { headers: { authorization: `Bearer ${process.env.API_KEY}` } });\n  if (!response.ok) throw new Error(`refused: ${response.status}`);\n}" },
  { ...server, name: "a credential that a client fails for when it is refused", code: "import axios from \"axios\";\nexport const f = () => axios.get(\"https://api.example.com\", { headers: { authorization: `Bearer ${process.env.API_KEY}` } });" },
  { ...server, name: "what a service gives an app that it is connected with", code: `export const f = () => exchange({ client_id: process.env.CALENDAR_CLIENT_ID!, client_secret: process.env.CALENDAR_CLIENT_SECRET! });` },
  { ...server, name: "a name by which something is looked up that has a default", code: `import { typedLookup } from "./lookup";\nconst name = process.env.MAIL_MANAGER!;\nexport const Manager = typedLookup(managers, name) ?? PlainManager;` },
  { ...server, name: "the key of an object, with a default", code: `const name = process.env.MAIL_MANAGER!;\nexport const Manager = managers[name] ?? PlainManager;` },
  { ...server, name: "a write", code: `process.env.LINK_SECRET = "x";` },
  { ...server, name: "in development", code: `if (process.env.NODE_ENV !== "production") sign(process.env.LINK_SECRET!);` },
  { ...route, name: "a variable that the project's schema has", code: `import { cookies } from "next/headers";\nexport const POST = async () => sign(process.env.PAYMENT_KEY!, await cookies());` },
  { ...edge, name: "what Supabase gives its functions", code: `Deno.serve(() => connect(Deno.env.get("SUPABASE_URL")!));` },
  { ...nest, name: "a setting with a fallback", code: service("return `${this.config.get(\"SITE_ADDRESS\", \"https://example.com\")}/mails/${id}`;") },
  { ...nest, name: "a setting that must be there", code: service("return `${this.config.getOrThrow(\"SITE_ADDRESS\")}/mails/${id}`;") },
  { ...nest, name: "a setting of the project's own object", code: service("return `${this.config.get(\"site.address\")}/mails/${id}`;") },
  { ...server, name: "half a read", code: "sign(process.env.!);".replace(".!", "!") },
];

const invalid: Invalid<MessageId, []>[] = [
  { ...server, name: "a name by which something is looked up that has no default", code: `const name = process.env.MAIL_MANAGER!;\nexport const manager = new managers[name]();`, errors: [{ messageId: "asserted", data: { name: "MAIL_MANAGER", read: "process.env.MAIL_MANAGER!", remedy } }] },
  {
    ...server,
    name: "a variable that is said to be there",
    code: `export const token = (id: string) => sign(id, process.env.LINK_SECRET!);`,
    errors: [{ messageId: "asserted", line: 1, column: 47, endColumn: 71, data: { name: "LINK_SECRET", read: "process.env.LINK_SECRET!", remedy } }],
  },
  {
    ...server,
    name: "a variable that is said to be a text, once for the file",
    code: `export const token = (id: string) => sign(id, process.env.LINK_SECRET as string);\nexport const other = () => sign("", process.env.LINK_SECRET as string);`,
    errors: [{ messageId: "asserted", line: 1, column: 47, endColumn: 80, data: { name: "LINK_SECRET", read: "process.env.LINK_SECRET as string", remedy } }],
  },
  {
    ...server,
    name: "a function that hands it on as if it were there",
    code: `export const secret = () => process.env["LINK_SECRET"]!;`,
    errors: [{ messageId: "asserted", line: 1, column: 29, data: { name: "LINK_SECRET", read: `process.env["LINK_SECRET"]!`, remedy } }],
  },
  {
    ...server,
    name: "a credential in a text",
    code: "export const f = () => fetch(\"https://api.example.com\", { headers: { authorization: `Bearer ${process.env.API_KEY}` } });",
    errors: [{ messageId: "text", line: 1, column: 95, endColumn: 114, data: { name: "API_KEY", read: "process.env.API_KEY", remedy } }],
  },
  {
    ...server,
    name: "a constant that goes elsewhere as well",
    code: `import { Webhook } from "svix";\nconst secret = process.env.MAIL_HOOK_SECRET!;\nexport const verify = (text: string) => new Webhook(secret).verify(text);\nexport const key = () => sign(secret);`,
    errors: [{ messageId: "asserted", line: 2, column: 16, data: { name: "MAIL_HOOK_SECRET", read: "process.env.MAIL_HOOK_SECRET!", remedy } }],
  },
  {
    ...server,
    name: "a link in what is sent, whatever the answer is",
    code: "export async function f(id: string) {\n  const response = await fetch(\"https://mail.example.com\", { body: JSON.stringify({ html: `${process.env.SITE_ADDRESS}/orders/${id}` }) });\n  return response.ok;\n}",
    errors: [{ messageId: "text", line: 2, data: { name: "SITE_ADDRESS", read: "process.env.SITE_ADDRESS", remedy } }],
  },
  {
    ...server,
    name: "a key that is the word undefined",
    code: "import { createHmac } from \"node:crypto\";\nexport const f = (text: string) => createHmac(\"sha256\", `${process.env.HOOK_SECRET}`).update(text).digest(\"hex\");",
    errors: [{ messageId: "text", line: 2, data: { name: "HOOK_SECRET", read: "process.env.HOOK_SECRET", remedy } }],
  },
  {
    ...server,
    name: "a link in a mail",
    code: "export const mail = (id: string) => ({ html: `${process.env.SITE_ADDRESS}/orders/${id}` });",
    errors: [{ messageId: "text", line: 1, column: 49, data: { name: "SITE_ADDRESS", read: "process.env.SITE_ADDRESS", remedy } }],
  },
  {
    ...server,
    name: "a number that nobody looks at",
    code: `export const f = (orders: string[]) => take(orders, Number(process.env.MOST_ORDERS));`,
    errors: [{ messageId: "number", line: 1, column: 53, endColumn: 84, data: { name: "MOST_ORDERS", read: "Number(process.env.MOST_ORDERS)", remedy } }],
  },
  {
    ...server,
    name: "a secret that a package takes as it comes",
    code: `import session from "express-session";\nexport const sessions = session({ secret: process.env.SESSION_SECRET, resave: false });`,
    errors: [{ messageId: "option", line: 2, column: 43, endColumn: 69, data: { name: "SESSION_SECRET", read: "process.env.SESSION_SECRET", remedy } }],
  },
  {
    ...edge,
    name: "in an edge function",
    code: `Deno.serve(() => exchange({ client_secret: Deno.env.get("PAYMENT_SIGN_SECRET")! }));`,
    errors: [{ messageId: "asserted", line: 1, column: 44, data: { name: "PAYMENT_SIGN_SECRET", read: `Deno.env.get("PAYMENT_SIGN_SECRET")!`, remedy } }],
  },
  {
    ...server,
    name: "read by Bun, and by Vite's server",
    code: `import express from "express";\nsign(express, Bun.env.LINK_SECRET!, import.meta.env.PAYMENT_SECRET!);`,
    errors: [
      { messageId: "asserted", line: 2, column: 15, data: { name: "LINK_SECRET", read: "Bun.env.LINK_SECRET!", remedy } },
      { messageId: "asserted", line: 2, column: 37, data: { name: "PAYMENT_SECRET", read: "import.meta.env.PAYMENT_SECRET!", remedy } },
    ],
  },
  {
    ...route,
    name: "a variable that the project's schema does not have",
    code: `import { cookies } from "next/headers";\nexport const POST = async () => sign(process.env.SHIPPING_TOKEN!, await cookies());`,
    errors: [{ messageId: "asserted", line: 2, column: 38, data: { name: "SHIPPING_TOKEN", read: "process.env.SHIPPING_TOKEN!", remedy: "Add it to the schema in `lib/env.ts`, and read it from there." } }],
  },
  {
    ...nest,
    name: "a setting in an address",
    code: service("return `${this.config.get(\"SITE_ADDRESS\")}/mails/${id}`;"),
    errors: [
      {
        messageId: "text",
        line: 9,
        column: 15,
        data: settingText,
        suggestions: [{ messageId: "askForIt", data: { code: `this.config.getOrThrow("SITE_ADDRESS")` }, output: service("return `${this.config.getOrThrow(\"SITE_ADDRESS\")}/mails/${id}`;") }],
      },
    ],
  },
  {
    ...nest,
    name: "a setting that is said to be there",
    code: service("return sign(id, this.config.get<string>(\"LINK_SECRET\")!);"),
    errors: [
      {
        messageId: "asserted",
        line: 9,
        column: 21,
        data: { name: "LINK_SECRET", read: `this.config.get<string>("LINK_SECRET")!`, remedy },
        suggestions: [{ messageId: "askForIt", data: { code: `this.config.getOrThrow<string>("LINK_SECRET")` }, output: service("return sign(id, this.config.getOrThrow<string>(\"LINK_SECRET\"));") }],
      },
    ],
  },
];

ruleTester.run("require-env-validation", rule, { valid, invalid });
