import rule from "../../../src/rules/error-handling/require-await-in-try.js";
import { type Invalid, ruleTester, type Valid } from "../../support/rule-tester.js";

type MessageId = "uncaught" | "unfinished" | "addAwait";

/** A class that takes a connection for itself, and gives back what another of its methods asks over the pool. */
const repository = `import { Pool } from "pg";
export class Orders {
  constructor(private pool: Pool) {}
  async find(id) { const { rows } = await this.pool.query("SELECT * FROM orders WHERE id = $1", [id]); return rows[0]; }
  async update(id, changes) {
    const client = await this.pool.connect();
    try {
      if (changes.length === 0) return this.find(id);
      await client.query("UPDATE orders SET state = $1 WHERE id = $2", [changes, id]);
    } finally {
      client.release();
    }
  }
}`;

const server = { filename: "src/server/orders.ts" } as const;
const route = { filename: "app/api/orders/route.ts", project: "with-vercel" } as const;

const prisma = `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\n`;
const supabase = `import { createClient } from "@supabase/supabase-js";\nconst supabase = createClient(url, key);\n`;

const inTry = (statement: string, rest = "catch (error) { report(error); return null; }"): string => `export async function load(id) { try { ${statement} } ${rest} }`;

const valid: Valid<[]>[] = [
  { ...server, name: "a text, which was asked for its type", code: `import OpenAI from "openai";\nconst openai = new OpenAI();\n${inTry(`const completion = await openai.chat.completions.create({ model, messages }); const content = completion.choices[0]?.message?.content; if (typeof content !== "string") return null; return content.trim();`)}` },
  { ...server, name: "a text that a model has written", code: `import Anthropic from "@anthropic-ai/sdk";\nconst anthropic = new Anthropic();\n${inTry(`const message = await anthropic.messages.create({ model, messages }); const text = message.content[0].text; return text.trim();`)}` },
  { ...server, name: "a text that a function of the project has asked a model for", code: `import Anthropic from "@anthropic-ai/sdk";\nconst anthropic = new Anthropic();\nasync function write(messages) { const message = await anthropic.messages.create({ model, messages }); return message.content[0].text; }\n${inTry(`const html = await write(id); if (!html) return null; return html.trim();`)}` },
  { ...server, name: "what a vendor's answer makes of itself", code: `import Stripe from "stripe";\nconst stripe = new Stripe(key);\n${inTry(`const page = await stripe.charges.list({}); return page.data.at(-1).describe();`)}` },
  ...["axios.get(url)", "axios.create({ baseURL }).get(url)"].map((call) => ({ ...server, name: `a list that came by \`${call}\``, code: `import axios from "axios";\n${inTry(`const { data } = await ${call}; return data.rows.map((row) => row.name);`)}` })),
  { ...server, name: "a list of rows", code: `${prisma}${inTry(`const orders = await prisma.order.findMany(); return orders.map((order) => order.id);`)}` },
  { ...server, name: "a catch that only makes the same call again", code: `async function fail(id, why) { await fetch(id, { method: "POST", body: why }); }\nexport async function pay(id) { try { const paid = await charge(id); if (!paid.ok) return fail(id, paid.reason); return paid; } catch (error) { const why = String(error); return fail(id, why); } }` },
  { ...server, name: "a finally that lets go of a connection which the returned call does not use", code: repository },
  { ...server, name: "awaited", code: inTry("return await fetch(url);") },
  { ...server, name: "a catch that only throws on", code: inTry("return fetch(url);", "catch (error) { throw error; }") },
  { ...server, name: "a catch that is about a token of the client, which other failures must not look like", code: inTry("const user = await verify(id); return fetch(user.url);", `catch (error) { report(error); throw new UnauthorizedException("Not a token"); }`) },
  { ...route, name: "a catch that answers with a client error", code: `export async function POST(request) { try { const order = await request.json(); return fetch(order.url); } catch { return Response.json({ error: "No JSON" }, { status: 400 }); } }` },
  { ...server, name: "a finally that does nothing", code: inTry("return fetch(url);", "finally {}") },
  { ...server, name: "a catch of its own", code: inTry("return fetch(url).catch(report);") },
  { ...server, name: "both callbacks of then", code: inTry("return fetch(url).then(read, report);") },
  { ...server, name: "outside of the try", code: `export async function load() { try { await check(); } catch (error) { report(error); } return fetch(url); }` },
  { ...server, name: "in the catch, and no finally", code: `export async function load() { try { await check(); } catch (error) { return fetch(url); } }` },
  { ...server, name: "a callback within the try returns from itself", code: `export async function load(ids) { try { return await Promise.all(ids.map((id) => { return fetch(id); })); } catch (error) { report(error); } }` },
  { ...server, name: "what nothing is known of", code: `import { find } from "shop-sdk";\n${inTry("return find(id);")}` },
  { ...server, name: "what is there at once", code: inTry("return JSON.parse(text);") },
  { ...server, name: "a function that is not asynchronous", code: `export function load() { try { return fetch(url); } catch (error) { report(error); } }` },
  { ...server, name: "an asynchronous generator, which awaits what it returns", code: `export async function* load() { try { return fetch(url); } catch (error) { report(error); } }` },
  { ...server, name: "errors that are returned, not thrown", code: `${supabase}${inTry(`return supabase.from("orders").select();`)}` },
  { ...server, name: "a function of the project that keeps its failures", code: `async function ping() { try { await fetch(url); return true; } catch { return false; } }\n${inTry("return ping();")}` },
  { ...server, name: "a function of the project of whose work nothing is known", code: `import { sessions } from "./sessions";\nasync function redirect(id) { const session = await sessions.get(id); return session.target; }\n${inTry("return redirect(id);")}` },
  { ...server, name: "a function of the project that is not asynchronous", code: `function find(id) { return cache.get(id); }\n${inTry("return find(id);")}` },
  { ...route, name: "a function of another file that keeps its failures", code: `import { notify } from "../../../lib/notify";\n${inTry("return notify(id);")}` },
  { ...server, name: "a function that tries again by calling itself", code: `export async function load(id, left) { try { const found = await fetch(id); if (!found.ok && left > 0) return load(id, left - 1); return found; } catch (error) { report(error); return null; } }` },
  {
    ...server,
    name: "a transaction that is over",
    code: `import { DataSource } from "typeorm";\nconst source = new DataSource({});\nexport async function pay(id) { const runner = source.createQueryRunner(); try { await runner.manager.save(id); await runner.commitTransaction(); return source.getRepository(Order).findOneBy({ id }); } catch (error) { await runner.rollbackTransaction(); throw error; } finally { await runner.release(); } }`,
  },
  {
    filename: "src/services/api.ts",
    name: "an interceptor that sends a request again, which comes past it again",
    code: `import axios from "axios";\naxios.interceptors.response.use((response) => response, async (error) => { try { await refresh(); return axios(error.config); } catch (failure) { report(failure); } throw error; });`,
  },
  { name: "a test", filename: "src/orders.test.ts", code: inTry("return fetch(url);") },
  ...["return;", "return fetch;", "return fetch().;", "return (fetch)();", "return fetch?.(url)?.x;"]
    .filter((code) => !code.includes(".;"))
    .map((code): Valid<[]> => ({ ...server, name: `half-typed: ${code}`, code: `const fetch = 0;\n${inTry(code)}` })),
];

const kept = (call: string): string => repository.replace("this.find(id)", call);

type Errors = Invalid<MessageId, []>["errors"];

const early = (call: string, output: string, messageId: MessageId = "uncaught"): Errors[number] => ({ messageId, data: { call }, suggestions: [{ messageId: "addAwait", data: { call }, output }] });

const invalid: Invalid<MessageId, []>[] = [
  {
    ...server,
    name: "a catch that answers",
    code: inTry("return fetch(url);"),
    errors: [{ ...early("fetch", inTry("return await fetch(url);")), line: 1, column: 47, endColumn: 52 }],
  },
  { ...server, name: "an empty catch", code: inTry("return fetch(url);", "catch {}"), errors: [early("fetch", inTry("return await fetch(url);", "catch {}"))] },
  { ...server, name: "a catch that throws another error", code: inTry("return fetch(url);", `catch (error) { throw new Error("no order", { cause: error }); }`), errors: [early("fetch", inTry("return await fetch(url);", `catch (error) { throw new Error("no order", { cause: error }); }`))] },
  { ...server, name: "a chain", code: inTry("return fetch(url).then((response) => response.json());"), errors: [early("fetch", inTry("return await fetch(url).then((response) => response.json());"))] },
  { ...server, name: "a query", code: `${prisma}${inTry("return prisma.order.findUnique({ where: { id } });")}`, errors: [early("prisma.order.findUnique", `${prisma}${inTry("return await prisma.order.findUnique({ where: { id } });")}`)] },
  {
    ...server,
    name: "a finally that takes away what the query needs",
    code: `${prisma}${inTry("return prisma.order.findMany({ take: 5 });", "finally { await prisma.$disconnect(); }")}`,
    errors: [early("prisma.order.findMany", `${prisma}${inTry("return await prisma.order.findMany({ take: 5 });", "finally { await prisma.$disconnect(); }")}`, "unfinished")],
  },
  {
    ...server,
    name: "a finally that lets go of the connection which the returned call goes over",
    code: kept(`client.query("SELECT 1")`),
    errors: [early("client.query", kept(`await client.query("SELECT 1")`), "unfinished")],
  },
  {
    ...server,
    name: "a finally that lets go of a connection which the returned call is given",
    code: kept("this.find(client)"),
    errors: [early("this.find", kept("await this.find(client)"), "unfinished")],
  },
  {
    ...server,
    name: "a finally that opens a lock, which the call was to run behind",
    code: inTry("const lock = await locks.take(id); return fetch(url);", "finally { lock.release(); }"),
    errors: [early("fetch", inTry("const lock = await locks.take(id); return await fetch(url);", "finally { lock.release(); }"), "unfinished")],
  },
  {
    ...server,
    name: "a finally that lets go of another's connection, in a catch that answers",
    code: repository.replace("} finally", "} catch (error) { report(error); } finally"),
    errors: [early("this.find", repository.replace("this.find(id)", "await this.find(id)").replace("} finally", "} catch (error) { report(error); } finally"))],
  },
  {
    ...server,
    name: "a catch that makes the same call again, and does more",
    code: `async function fail(id) { await fetch(id, { method: "POST" }); }\nexport async function pay(id) { try { if (!id) return fail(id); return await charge(id); } catch (error) { await undo(id); return fail(id); } }`,
    errors: [early("fail", `async function fail(id) { await fetch(id, { method: "POST" }); }\nexport async function pay(id) { try { if (!id) return await fail(id); return await charge(id); } catch (error) { await undo(id); return fail(id); } }`)],
  },
  {
    ...server,
    name: "within a transaction",
    code: `import { DataSource } from "typeorm";\nconst source = new DataSource({});\nexport async function pay(id) { const runner = source.createQueryRunner(); try { if (!id) return runner.manager.save(id); await runner.commitTransaction(); } catch (error) { await runner.rollbackTransaction(); throw error; } }`,
    errors: [
      early(
        "runner.manager.save",
        `import { DataSource } from "typeorm";\nconst source = new DataSource({});\nexport async function pay(id) { const runner = source.createQueryRunner(); try { if (!id) return await runner.manager.save(id); await runner.commitTransaction(); } catch (error) { await runner.rollbackTransaction(); throw error; } }`,
      ),
    ],
  },
  { ...server, name: "from the catch, with a finally", code: inTry("await check();", "catch (error) { return fetch(url); } finally { close(); }"), errors: [early("fetch", inTry("await check();", "catch (error) { return await fetch(url); } finally { close(); }"), "unfinished")] },
  { ...server, name: "a try around one that only throws on", code: inTry("try { return fetch(url); } catch (error) { throw error; }"), errors: [early("fetch", inTry("try { return await fetch(url); } catch (error) { throw error; }"))] },
  {
    ...server,
    name: "a function of the project",
    code: `async function find(id) { const found = await fetch(id); return found.json(); }\n${inTry("return find(id);")}`,
    errors: [early("find", `async function find(id) { const found = await fetch(id); return found.json(); }\n${inTry("return await find(id);")}`)],
  },
  {
    ...server,
    name: "a method of the same class, which throws",
    code: `export class Orders { async find(id) { if (!id) throw new Error("no id"); return cache.get(id); }\n async load(id) { try { return this.find(id); } catch (error) { report(error); return null; } } }`,
    errors: [early("this.find", `export class Orders { async find(id) { if (!id) throw new Error("no id"); return cache.get(id); }\n async load(id) { try { return await this.find(id); } catch (error) { report(error); return null; } } }`)],
  },
  { filename: "src/components/cart.tsx", name: "in the browser", code: inTry("return fetch(url);"), errors: [early("fetch", inTry("return await fetch(url);"))] },
];

ruleTester.run("require-await-in-try", rule, { valid, invalid });
