import { describe, expect, it } from "vitest";

import { addressOf } from "../../../src/semantics/calls/addresses.js";
import { type ExternalCall, externalCallAt } from "../../../src/semantics/calls/external-calls.js";
import { httpCallAt } from "../../../src/semantics/calls/http-calls.js";
import { type Files, makeProject } from "../../support/project.js";
import { find, marked, openText } from "../../support/source.js";

/** The first external call of a text; with files, the text is one of a project on disk. */
function callIn(text: string, files?: Files, settings?: Record<string, unknown>): ExternalCall | null {
  const project = files && makeProject({ "package.json": {}, ...files });
  const source = openText(text, project ? { filename: project.path("src/orders.ts"), cwd: project.dir, ...(settings && { settings }) } : { ...(settings && { settings }) });
  let call: ExternalCall | null = null;
  try {
    find(source, (node) => (call = externalCallAt(node, source)) !== null);
  } catch {
    return null;
  }
  return call;
}

const deadlineOf = (text: string, files?: Files): string | undefined => callIn(text, files)?.deadline;

describe("what leaves the process", () => {
  it.each([
    [`await fetch(url)`, { kind: "http", name: "fetch", failure: "rejects" }],
    [`await globalThis.fetch(url)`, { kind: "http", name: "globalThis.fetch" }],
    [`import axios from "axios"; await axios.post(url, {})`, { kind: "http", name: "axios.post" }],
    [`import { request } from "undici"; await request(url)`, { kind: "http", name: "request" }],
    [`import { PrismaClient } from "@prisma/client"; const db = new PrismaClient(); await db.user.findMany()`, { kind: "database", name: "db.user.findMany", failure: "rejects" }],
    [`import { createClient } from "@supabase/supabase-js"; const db = createClient(); await db.from("users").insert({})`, { kind: "database", failure: "returns-error" }],
    [`import Stripe from "stripe"; const stripe = new Stripe(key); await stripe.checkout.sessions.create({})`, { kind: "sdk", name: "stripe.checkout.sessions.create", failure: "rejects" }],
    [`import OpenAI from "openai"; const openai = new OpenAI(); await openai.withOptions({ timeout }).responses.create({})`, { kind: "sdk", failure: "rejects" }],
    [`import { Resend } from "resend"; const resend = new Resend(key); await resend.emails.send({})`, { kind: "sdk", failure: "returns-error" }],
    [`import { S3Client } from "@aws-sdk/client-s3"; const s3 = new S3Client({}); await s3.send(command)`, { kind: "sdk", name: "s3.send" }],
    [`import mail from "@sendgrid/mail"; await mail.send({})`, { kind: "sdk" }],
    [`import twilio from "twilio"; const client = twilio(sid, token); await client.messages.create({})`, { kind: "sdk" }],
    [`import { generateText } from "ai"; await generateText({})`, { kind: "sdk" }],
  ])("%s", (text, expected) => expect(callIn(text)).toMatchObject(expected));

  it.each([
    ["somebody's own fetch", `import { fetch } from "./api"; await fetch(url)`],
    ["a parameter called fetch", `export const get = (fetch) => fetch(url)`],
    ["a method called fetch", `await repository.fetch(url)`],
    ["a webhook's signature, which is checked in the process", `import Stripe from "stripe"; const stripe = new Stripe(key); stripe.webhooks.constructEvent(body, signature, secret)`],
    ["another client of a vendor's", `import OpenAI from "openai"; const openai = new OpenAI(); export const patient = openai.withOptions({ timeout })`],
    ["another function of a mail package", `import mail from "@sendgrid/mail"; mail.setApiKey(key)`],
    ["half-typed code", `fetch`],
  ])("leaves %s alone", (_, text) => expect(callIn(text)).toBeNull());

  it("makes clients", () => {
    const source = openText(`import axios from "axios"; export const api = axios.create({ baseURL })`);
    expect(httpCallAt(find(source, (node) => node.type === "CallExpression"), source)).toMatchObject({ does: "makes-client", name: "axios.create", deadline: "missing" });
  });
});

describe("a deadline is found", () => {
  it.each([
    ["in the options", `await fetch(url, { signal: AbortSignal.timeout(1_000) })`],
    ["in a constant", `const options = { signal }; await fetch(url, options)`],
    ["in a spread constant", `const base = { signal }; await fetch(url, { ...base, method: "POST" })`],
    ["written to the options later", `const options = { method }; options.signal = controller.signal; await fetch(url, options)`],
    ["on both sides of a condition", `await fetch(url, a ? { signal } : { signal, method })`],
    ["in a request", `await fetch(new Request(url, { signal }))`],
    ["in an instance's options", `import axios from "axios"; const api = axios.create({ timeout: 1_000 }); await api.get("/orders")`],
    ["in an instance's defaults", `import axios from "axios"; const api = axios.create(); api.defaults.timeout = 1_000; await api.get("/orders")`],
    ["in the defaults of all", `import axios from "axios"; axios.defaults.timeout = 1_000; await axios.get(url)`],
    ["in the client itself", `import ky from "ky"; await ky.get(url)`],
    ["under the name that a framework's cache goes by", `await fetch(url, { next: { revalidate: 60 } })`],
    ["in the first argument, where that has the options", `import axios from "axios"; await axios({ url, timeout: 1_000 })`],
  ])("%s", (_, text) => expect(deadlineOf(text)).toBe("found"));

  it("in an instance that another file makes", () =>
    expect(deadlineOf(`import { api } from "./api"; await api.get("/orders")`, { "src/api.ts": `import axios from "axios"; export const api = axios.create({ timeout: 1_000 });` })).toBe("found"));
  it("in the module that configures what is injected", () =>
    expect(
      deadlineOf(`import { HttpService } from "@nestjs/axios"; class S { constructor(private http: HttpService) {} m() { return this.http.get(url) } }`, {
        "src/orders.module.ts": `import { HttpModule } from "@nestjs/axios"; @Module({ imports: [HttpModule.register({ timeout: 5000 })] }) export class OrdersModule {}`,
      }),
    ).toBe("found"));
});

describe("a deadline is missing", () => {
  it.each([
    ["without options", `await fetch(url)`],
    ["with others", `await fetch(url, { method: "POST", body })`],
    ["with undefined ones", `await fetch(url, undefined)`],
    ["through a constant", `const options = { method: "POST" }; await fetch(url, options)`],
    ["with a spread that can be followed", `const headers = { headers: {} }; await fetch(url, { ...headers, ...(body ? { body } : {}) })`],
    ["from an instance without", `import axios from "axios"; const api = axios.create({ baseURL }); await api.get("/orders")`],
    ["among promises that all are waited for", `await Promise.all([fetch(url)])`],
    ["in a callback for each", `await Promise.all(urls.map(async (url) => { const r = await fetch(url); return r.json() }))`],
    ["in a list that is filled", `promises.push(fetch(url))`],
    ["with a callback in place of the options", `import https from "https"; https.get("https://example.com", (response) => {})`],
    ["with the options first", `import https from "node:https"; https.request({ host, path }, callback)`],
    ["in a chain without it", `import request from "superagent"; await request.get(url).set("a", "b")`],
    ["with the body tested and read whole", `const response = await fetch(url); if (!response.body) throw e; await response.json()`],
    ["with data that is not streamed", `await fetch(url, { body: JSON.stringify({ stream: false }) })`],
    ["in a function that somebody calls", `async function get() { await fetch(url) } await get();`],
    ["in what is turned into a promise", `import { HttpService } from "@nestjs/axios"; import { firstValueFrom, map } from "rxjs"; import axios from "axios"; await firstValueFrom(axios.get(url).pipe(map(f)))`],
  ])("%s", (_, text) => expect(deadlineOf(text)).toBe("missing"));

  it("where the module brings the client in bare", () =>
    expect(
      deadlineOf(`import { HttpService } from "@nestjs/axios"; class S { constructor(private http: HttpService) {} m() { return this.http.get(url) } }`, {
        "src/orders.module.ts": `import { HttpModule } from "@nestjs/axios"; @Module({ imports: [HttpModule] }) export class OrdersModule {}`,
      }),
    ).toBe("missing"));
  it("with an option that the version has given up", () => {
    const text = `import fetch from "node-fetch"; await fetch(url, { timeout: 1_000 })`;
    expect(deadlineOf(text, { "package.json": { dependencies: { "node-fetch": "^3.3.0" } } })).toBe("missing");
    expect(deadlineOf(text, { "package.json": { dependencies: { "node-fetch": "^2.6.0" } } })).toBe("found");
    expect(deadlineOf(text)).toBe("found");
  });
});

describe("a deadline is unknown", () => {
  it.each([
    ["with options from elsewhere", `export const get = (url, init) => fetch(url, init)`],
    ["with a spread of something", `await fetch(url, { ...init })`],
    ["with arguments that are spread", `export const get = (...args) => fetch(...args)`],
    ["with options that are built", `await fetch(url, optionsFor(user))`],
    ["with options that others are added to", `const options = {}; Object.assign(options, more); await fetch(url, options)`],
    ["on one side of a condition", `await fetch(url, a ? { signal } : { method })`],
    ["for a request that comes in", `export function handler(request: Request) { return fetch(request) }`],
    ["for a request that a framework hands over", `Deno.serve(async (request) => await fetch(request))`],
    ["for an instance that is handed over", `import type { AxiosInstance } from "axios"; class S { constructor(private api: AxiosInstance) {} m() { return this.api.get(url) } }`],
    ["in a race", `await Promise.race([fetch(url), timer])`],
    ["in a race, by its name", `const response = fetch(url); await Promise.race([response, timer])`],
    ["in a race, from within", `await Promise.race([(async () => { const r = await fetch(url); return r.json() })(), timer])`],
    ["in a race, in a function of the file", `const work = async () => { await fetch(url) }; await Promise.race([work(), timer])`],
    ["handed to a function that may end it", `await limited(fetch(url), 1_000)`],
    ["in a callback of a function that says so", `await withTimeout(() => fetch(url), 1_000)`],
    ["in a callback of a function that does so", `async function bounded(work) { return Promise.race([work(), timer()]) } await bounded(async () => fetch(url))`],
    ["with an operator that ends it", `import { HttpService } from "@nestjs/axios"; import { timeout } from "rxjs"; import axios from "axios"; axios.get(url).pipe(timeout(1_000))`],
    ["while the answer is read as a stream", `const response = await fetch(url); const reader = response.body.getReader()`],
    ["while the answer is passed on", `const response = await fetch(url); return new Response(response.body, { status: 200 })`],
    ["while a handler answers with the response itself", `Deno.serve(async () => { const response = await fetch(url); return response; })`],
    ["while a handler answers with what it asks for", `Deno.serve(() => fetch(url))`],
    ["while a model talks", `const response = await fetch(url, { method: "POST", body: JSON.stringify({ model, stream: true }) })`],
    ["while events come", `const response = await fetch(url, { headers: { Accept: "text/event-stream" } })`],
    ["while a body goes through", `await fetch(url, { method, body: request.body, duplex: "half" })`],
    ["while a file is downloaded as a stream", `import axios from "axios"; await axios.get(url, { responseType: "stream" })`],
    ["while a file goes to an address made for it", `await fetch(address, { method: "PUT", body: file })`],
    ["while a file goes to an address for uploads", `await fetch(data.uploadUrl, { method: "POST", body: file })`],
    ["in a job that its runner ends", `import { task } from "@trigger.dev/sdk/v3"; export const job = task({ id: "a", run: async () => { await fetch(url) } })`],
    ["in a chain that has one", `import request from "superagent"; await request.get(url).timeout(1_000)`],
    ["for a request that is ended by hand", `import http from "http"; const request = http.get(url, callback); request.setTimeout(1_000, () => request.destroy())`],
    ["for a request that is given back", `import http from "http"; export function get(url) { return http.get(url) }`],
  ])("%s", (_, text) => expect(deadlineOf(text)).toBe("unknown"));
});

describe("a team's own clients", () => {
  const httpClients = [{ name: "http", from: { module: "@/lib/http" }, sends: { request: 1 }, deadline: { options: ["within"], write: "within: {ms}" }, source: "https://example.com" }];
  it("are known by the settings", () => {
    expect(callIn(`import { request } from "@/lib/http"; await request(url, {})`, undefined, { httpClients })).toMatchObject({ kind: "http", name: "request", deadline: "missing" });
    expect(callIn(`import { request } from "@/lib/http"; await request(url, { within: 1_000 })`, undefined, { httpClients })?.deadline).toBe("found");
    expect(callIn(`import { request } from "@/lib/other"; await request(url, {})`, undefined, { httpClients })).toBeNull();
  });
  it("are known by a namespace, and by whatever path leads to their module", () => {
    const files = { "src/lib/http.ts": "export const request = () => {};", "tsconfig.json": { compilerOptions: { paths: { "@/*": ["./src/*"] } } } };
    expect(callIn(`import * as http from "./lib/http"; await http.request(url)`, files, { httpClients })?.deadline).toBe("missing");
  });
  it("are left out when the entry is none", () => {
    expect(callIn(`import { request } from "@/lib/http"; await request(url)`, undefined, { httpClients: [{ name: "http" }, null, 3] })).toBeNull();
    expect(callIn(`import { request } from "@/lib/http"; await request(url)`, undefined, { httpClients: "http" })).toBeNull();
  });
});

describe("addresses", () => {
  const address = (expression: string, before = "", files: Files = {}): string => {
    const project = makeProject({ "package.json": {}, ...files });
    const source = openText(`${before}; __(${expression})`, { filename: project.path("src/orders.ts"), cwd: project.dir });
    return addressOf(marked(source), source);
  };
  it.each([
    ["own", `"/api/orders"`],
    ["own", "`/api/orders/${id}`"],
    ["own", "`${process.env.NEXTAUTH_URL}/api/orders`"],
    ["own", "`https://${process.env.VERCEL_URL}/api`"],
    ["own", `process.env.NEXT_PUBLIC_APP_URL + "/api"`],
    ["own", `new URL("/api", request.nextUrl.origin)`],
    ["own", `new URL("/api", request.url).toString()`],
    ["own", "`${getBaseUrl()}/api`"],
    ["own", "`${config.siteUrl}/api`"],
    ["own", "`http://${req.headers.host}/api`"],
    ["local", `"http://localhost:3000/api"`],
    ["browser", "`${import.meta.env.VITE_API_URL}/orders`"],
    ["browser", `process.env.REACT_APP_API_URL || "http://localhost:4000"`],
    ["configured", `process.env.PAYMENTS_URL || "http://localhost:4000"`],
    ["own", "`${Deno.env.get('SUPABASE_URL')}/functions/v1/send-email`"],
    ["own", `process.env.APP_URL ?? "https://example.com"`],
    ["bundled", `new URL("../font.ttf", import.meta.url)`],
    ["bundled", `"data:text/plain,a"`],
    ["written", `"https://api.example.com/orders"`],
    ["written", "`https://api.example.com/orders/${id}`"],
    ["written", `new URL("https://api.example.com")`],
    ["written", `new URL("/orders", "https://api.example.com").href`],
    ["written", "`//cdn.example.com/a`"],
    ["configured", "`${process.env.PAYMENTS_URL}/charge`"],
    ["configured", `process.env.PAYMENTS_URL!`],
    ["configured", `process.env.PAYMENTS_URL ?? ""`],
    ["configured", `Deno.env.get("PAYMENTS_URL")`],
    ["configured", "`https://${process.env.PAYMENTS_HOST}/charge`"],
    ["unknown", "`${process.env.NEXT_PUBLIC_API_URL}/orders`"],
    ["unknown", `url`],
    ["unknown", "`${this.baseUrl}/orders`"],
    ["unknown", `url || "https://example.com"`],
    ["unknown", `addressFor(order)`],
  ])("%s: %s", (expected, expression) => expect(address(expression)).toBe(expected));

  it.each([
    ["a constant", "`${BASE}/orders`", `const BASE = "https://api.example.com"`],
    ["a constant of another file", "`${BASE}/orders`", `import { BASE } from "./base"`],
    ["a constant that is exported on", "`${BASE}/orders`", `import { BASE } from "./barrel"`],
  ])("are followed through %s", (_, expression, before) =>
    expect(address(expression, before, { "src/base.ts": `export const BASE = "https://api.example.com";`, "src/barrel.ts": `export * from "./base";` })).toBe("written"),
  );
  it("are followed to a field", () => {
    const source = openText("class Api { private readonly baseUrl = 'https://api.example.com'; get() { __(`${this.baseUrl}/orders`) } }");
    expect(addressOf(marked(source), source)).toBe("written");
  });
  it("are followed to what is taken from the environment", () => expect(address("`${APP_URL}/a`", "const { APP_URL } = process.env")).toBe("own"));
});
