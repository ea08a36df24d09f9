import { describe, expect, it } from "vitest";

import rule from "../../../src/rules/error-handling/require-request-timeout.js";
import { lintProject } from "../../support/lint-project.js";
import type { Files } from "../../support/project.js";
import { type Invalid, ruleTester, type Valid } from "../../support/rule-tester.js";

type Options = [{ milliseconds: number }];
type MessageId = "endless" | "endlessClient" | "slow" | "untilKilled" | "addDeadline";
type Case = Invalid<MessageId, Options>;

/** A route handler of Next, which runs in Node. */
const inRoute = { filename: "app/api/orders/route.ts" } as const;
/** A function in an edge runtime. */
const onEdge = { filename: "supabase/functions/send-mail/index.ts" } as const;
/** A file that a server and a browser may both import. */
const shared = { filename: "src/lib/rates.ts" } as const;

const signal = "signal: AbortSignal.timeout(10_000)";

/** One report on the callee, with what the suggestion makes of the code; `null` for none. */
function finding(messageId: MessageId, call: string, deadline: string, output: string | null, place: object = {}): Case["errors"][number] {
  const suggestions = output === null ? null : [{ messageId: "addDeadline" as const, data: { deadline }, output }];
  return { messageId, data: { call, deadline, enough: "" }, suggestions, ...place };
}

const slow = (output: string | null, place: object = {}): Case["errors"][number] => finding("slow", "fetch", signal, output, place);

const roles: Valid<Options>[] = [
  { name: "code of a browser, where the user can go away", filename: "components/cart.tsx", code: `"use client";\nexport const load = () => fetch("https://api.example.com/cart");` },
  { name: "a test", filename: "src/orders.test.ts", code: `await fetch("https://api.example.com/orders");` },
  { name: "a script", filename: "scripts/backfill.ts", code: `await fetch("https://api.example.com/orders");` },
  { name: "a seed", filename: "prisma/seed.ts", code: `await fetch("https://api.example.com/orders");` },
  { name: "a file that may run anywhere, with an address that does not tell", ...shared, code: `export const get = (url) => fetch(url);` },
  { name: "a file that may run anywhere, with an address made for browsers", ...shared, code: "export const get = () => fetch(`${process.env.NEXT_PUBLIC_API_URL}/rates`);" },
  { name: "a component that may run anywhere", filename: "src/widgets/rates.tsx", code: `export const get = () => fetch("https://api.example.com/rates");` },
];

const addresses: Valid<Options>[] = [
  { ...inRoute, name: "the app's own address", code: "export const POST = async () => { await fetch(`${process.env.NEXTAUTH_URL}/api/revalidate`); };" },
  { ...inRoute, name: "the address that the request came to", code: `export const POST = async (request) => { await fetch(new URL("/api/revalidate", request.nextUrl.origin)); };` },
  { ...inRoute, name: "a path", code: `export const POST = async () => { await fetch("/api/revalidate"); };` },
  { ...inRoute, name: "a font that is bundled with the app", code: `export const GET = async () => { const font = await fetch(new URL("./inter.ttf", import.meta.url)); };` },
  { ...inRoute, name: "a data address", code: `export const GET = async () => { await fetch("data:text/plain,hello"); };` },
  { ...onEdge, name: "another function of the same project", code: "Deno.serve(async () => { await fetch(`${Deno.env.get('SUPABASE_URL')}/functions/v1/send-mail`); });" },
];

const ended: Valid<Options>[] = [
  { ...inRoute, name: "a call in development only", code: `export const GET = async () => { if (process.env.NODE_ENV === "development") await fetch("https://tunnel.example.com"); };` },
  { ...inRoute, name: "a deadline", code: `export const GET = async () => { await fetch(url, { ${signal} }); };` },
  { ...inRoute, name: "a controller that is passed on", code: `export const GET = async () => { const controller = new AbortController(); const options = { method: "POST", signal: controller.signal }; await fetch(url, options); };` },
  { ...inRoute, name: "options that come from elsewhere may carry one", code: `export const get = (url, init) => fetch(url, init);` },
  { ...inRoute, name: "options that are spread may carry one", code: `export const get = (url, init) => fetch(url, { ...init, method: "POST" });` },
  { ...inRoute, name: "a deadline before a part that depends", code: `import axios from "axios"; export const POST = async () => { await axios.post(hook.url, body, { timeout: limit, ...(allowed ? {} : { httpsAgent, proxy: false }) }); };` },
  { ...inRoute, name: "a race against a timer", code: `export const GET = async () => { await Promise.race([fetch(url), timer(1_000)]); };` },
  { ...inRoute, name: "the project's own wrapper", code: `import { fetchWithTimeout } from "./http"; export const GET = async () => { await fetchWithTimeout(url); };` },
  { ...inRoute, name: "the project's own fetch", code: `import fetch from "./http"; export const GET = async () => { await fetch(url); };` },
  { ...inRoute, name: "a call in a wrapper that ends it", code: `export const GET = async () => { await withTimeout(async () => { const response = await fetch(url); return response.json(); }, 1_000); };` },
  { ...inRoute, name: "Next's data cache", code: `export const GET = async () => { await fetch("https://api.example.com/rates", { next: { revalidate: 600 } }); };` },
  { ...inRoute, name: "a client with a deadline of its own", code: `import ky from "ky"; export const GET = async () => { await ky.get("https://api.example.com/rates").json(); };` },
  { ...inRoute, filename: "src/trigger/orders.ts", name: "a task that its runner ends", code: `import { task } from "@trigger.dev/sdk"; import axios from "axios"; export const sync = task({ id: "sync", run: async () => { await axios.get("https://api.example.com/orders"); } });` },
  { ...inRoute, name: "an instance with a deadline", code: `import axios from "axios"; const api = axios.create({ baseURL: "https://api.example.com", timeout: 5_000 }); export const GET = async () => { await api.get("/rates"); };` },
  { ...inRoute, name: "an instance whose calls all have one", code: `import axios from "axios"; const api = axios.create({ baseURL: "https://api.example.com" }); export const GET = async () => { await api.get("/rates", { timeout: 5_000 }); };` },
  { ...inRoute, name: "an instance with a deadline in its defaults", code: `import axios from "axios"; const api = axios.create(); api.defaults.timeout = 5_000; export const GET = async () => { await api.get("https://api.example.com"); };` },
  { ...inRoute, name: "an instance that another file makes, and is reported there", code: `import { api } from "@/lib/api"; export const GET = async () => { await api.get("/rates"); };` },
  { ...inRoute, name: "a chain with a deadline", code: `import request from "superagent"; export const GET = async () => { await request.get("https://api.example.com").timeout(5_000); };` },
  { ...inRoute, name: "a job that its runner ends", code: `import { task } from "@trigger.dev/sdk/v3"; export const job = task({ id: "rates", run: async () => { await fetch("https://api.example.com/rates"); } });` },
];

const streams: Valid<Options>[] = [
  { ...inRoute, name: "a handler that answers with the response itself", code: `export const GET = async () => { const response = await fetch("https://files.example.com/a"); return response; };` },
  { ...inRoute, name: "a model's answer, word by word", code: `export const POST = async () => { const response = await fetch("https://api.example.com/chat", { method: "POST", body: JSON.stringify({ messages, stream: true }) }); };` },
  { ...inRoute, name: "an answer that is passed on as it comes", code: `export const GET = async () => { const response = await fetch("https://files.example.com/a"); return new Response(response.body); };` },
  { ...inRoute, name: "an answer that is read piece by piece", code: `export const GET = async () => { const response = await fetch("https://files.example.com/a"); const reader = response.body?.getReader(); };` },
  { ...inRoute, name: "server-sent events", code: `export const GET = async () => { await fetch("https://api.example.com/events", { headers: { Accept: "text/event-stream" } }); };` },
  { ...inRoute, name: "a file that goes to an address signed for it", code: `export const upload = async (address, file) => { await fetch(address, { method: "PUT", body: file }); };` },
  { ...inRoute, name: "a request that is passed on", code: `export const GET = async (request: Request) => fetch(request);` },
];

const halfTyped: Valid<Options>[] = [`fetch;`, `fetch();`, `fetch(...args);`, `fetch?.();`, `new fetch;`, `import axios from "axios"; axios.create(...args); axios.get(); axios[method]();`].map((code) => ({
  ...inRoute,
  name: `half-typed: ${code}`,
  code,
}));

const invalidFetch: Case[] = [
  {
    ...inRoute,
    name: "no options at all",
    code: `export const GET = async () => { await fetch("https://api.example.com/rates"); };`,
    errors: [slow(`export const GET = async () => { await fetch("https://api.example.com/rates", { ${signal} }); };`, { line: 1, column: 40, endLine: 1, endColumn: 45 })],
  },
  {
    ...inRoute,
    name: "a model, which works for a while before it answers",
    code: `const endpoint = "https://api.openai.com/v1/responses";\nexport const POST = async () => { await fetch(endpoint, { method: "POST" }); };`,
    errors: [
      {
        messageId: "slow",
        data: { call: "fetch", deadline: "signal: AbortSignal.timeout(60_000)", enough: "" },
        suggestions: [{ messageId: "addDeadline", data: { deadline: "signal: AbortSignal.timeout(60_000)" }, output: `const endpoint = "https://api.openai.com/v1/responses";\nexport const POST = async () => { await fetch(endpoint, { method: "POST", signal: AbortSignal.timeout(60_000) }); };` }],
      },
    ],
  },
  {
    ...inRoute,
    name: "options over several lines",
    code: `export const POST = async () => {\n  await fetch(process.env.PAYMENTS_URL!, {\n    method: "POST",\n    body,\n  });\n};`,
    errors: [slow(`export const POST = async () => {\n  await fetch(process.env.PAYMENTS_URL!, {\n    method: "POST",\n    body,\n    ${signal},\n  });\n};`)],
  },
  {
    ...inRoute,
    name: "empty options",
    code: `export const GET = async () => { await fetch(url, {}); };`,
    errors: [slow(`export const GET = async () => { await fetch(url, { ${signal} }); };`)],
  },
  {
    ...inRoute,
    name: "options in a constant, which is for its author to mend",
    code: `export const GET = async () => { const options = { method: "POST" }; await fetch(url, options); };`,
    errors: [slow(null)],
  },
  {
    ...inRoute,
    name: "another deadline",
    code: `export const GET = async () => { await fetch(url); };`,
    options: [{ milliseconds: 2500 }],
    errors: [finding("slow", "fetch", "signal: AbortSignal.timeout(2_500)", "export const GET = async () => { await fetch(url, { signal: AbortSignal.timeout(2_500) }); };")],
  },
  {
    ...inRoute,
    name: "each of several calls",
    remains: true,
    code: `export const GET = async () => { await Promise.all([fetch("https://a.example.com"), fetch("https://b.example.com")]); };`,
    errors: [
      slow(`export const GET = async () => { await Promise.all([fetch("https://a.example.com", { ${signal} }), fetch("https://b.example.com")]); };`),
      slow(`export const GET = async () => { await Promise.all([fetch("https://a.example.com"), fetch("https://b.example.com", { ${signal} })]); };`),
    ],
  },
  {
    ...inRoute,
    name: "a wrapper that does not end what it is given",
    code: `const retry = async (work) => { try { return await work(); } catch { return work(); } }; export const GET = async () => { await retry(() => fetch(url)); };`,
    errors: [slow(`const retry = async (work) => { try { return await work(); } catch { return work(); } }; export const GET = async () => { await retry(() => fetch(url, { ${signal} })); };`)],
  },
  {
    ...inRoute,
    name: "data that comes at once",
    code: `export const POST = async () => { const response = await fetch(url, { body: JSON.stringify({ stream: false }) }); if (!response.body) throw new Error(); return response.json(); };`,
    errors: [slow(`export const POST = async () => { const response = await fetch(url, { body: JSON.stringify({ stream: false }), ${signal} }); if (!response.body) throw new Error(); return response.json(); };`)],
  },
  {
    ...inRoute,
    name: "a body that is put to an address of an API",
    code: `export const PUT = async () => { await fetch("https://api.example.com/orders/1", { method: "PUT", body }); };`,
    errors: [slow(`export const PUT = async () => { await fetch("https://api.example.com/orders/1", { method: "PUT", body, ${signal} }); };`)],
  },
  {
    ...onEdge,
    name: "a function in an edge runtime",
    code: `Deno.serve(async () => { const response = await fetch("https://api.example.com/mails"); return new Response(await response.text()); });`,
    errors: [
      finding("untilKilled", "fetch", signal, `Deno.serve(async () => { const response = await fetch("https://api.example.com/mails", { ${signal} }); return new Response(await response.text()); });`),
    ],
  },
  {
    ...shared,
    name: "a file that may run anywhere, with somebody else's address",
    code: `export const rates = async () => (await fetch("https://api.example.com/rates")).json();`,
    errors: [slow(`export const rates = async () => (await fetch("https://api.example.com/rates", { ${signal} })).json();`)],
  },
  {
    ...shared,
    name: "a file that may run anywhere, with an address that only the server knows",
    code: "export const rates = async () => (await fetch(`${process.env.RATES_URL}/v1`)).json();",
    errors: [slow(`export const rates = async () => (await fetch(\`\${process.env.RATES_URL}/v1\`, { ${signal} })).json();`)],
  },
];

const inGet = (imports: string, call: string): string => `${imports}\nexport const GET = async () => { await ${call}; };`;
const libraries: Case[] = (
  [
    [`import axios from "axios";`, `axios.get("https://api.example.com")`, "endless", "axios.get", "timeout: 10_000", `axios.get("https://api.example.com", { timeout: 10_000 })`],
    [`import axios from "axios";`, `axios.post("https://api.example.com")`, "endless", "axios.post", "timeout: 10_000", `axios.post("https://api.example.com", undefined, { timeout: 10_000 })`],
    [`import axios from "axios";`, `axios.post("https://api.example.com", body, { headers })`, "endless", "axios.post", "timeout: 10_000", `axios.post("https://api.example.com", body, { headers, timeout: 10_000 })`],
    [`import axios from "axios";`, `axios({ url: "https://api.example.com" })`, "endless", "axios", "timeout: 10_000", `axios({ url: "https://api.example.com", timeout: 10_000 })`],
    [`const axios = require("axios");`, `axios.request({ url: "https://api.example.com" })`, "endless", "axios.request", "timeout: 10_000", `axios.request({ url: "https://api.example.com", timeout: 10_000 })`],
    [`import got from "got";`, `got("https://api.example.com").json()`, "endless", "got", "timeout: { request: 10_000 }", `got("https://api.example.com", { timeout: { request: 10_000 } }).json()`],
    [`import { request } from "undici";`, `request("https://api.example.com", { method: "POST" })`, "slow", "request", signal, `request("https://api.example.com", { method: "POST", ${signal} })`],
    [`import fetch from "node-fetch";`, `fetch("https://api.example.com")`, "endless", "fetch", signal, `fetch("https://api.example.com", { ${signal} })`],
    [`import fetch from "cross-fetch";`, `fetch("https://api.example.com")`, "endless", "fetch", signal, `fetch("https://api.example.com", { ${signal} })`],
    [`import { $fetch } from "ofetch";`, `$fetch("https://api.example.com")`, "slow", "$fetch", "timeout: 10_000", `$fetch("https://api.example.com", { timeout: 10_000 })`],
    [`import request from "superagent";`, `request.get("https://api.example.com")`, "endless", "request.get", ".timeout(10_000)", `request.get("https://api.example.com").timeout(10_000)`],
    [`import needle from "needle";`, `needle("get", "https://api.example.com", null)`, "endless", "needle", "response_timeout: 10_000", `needle("get", "https://api.example.com", null, { response_timeout: 10_000 })`],
    // The time to connect is no limit of the answer.
    [`import needle from "needle";`, `needle("get", "https://api.example.com/orders", null, { open_timeout: 5_000 })`, "endless", "needle", "response_timeout: 10_000", `needle("get", "https://api.example.com/orders", null, { open_timeout: 5_000, response_timeout: 10_000 })`],
    [`import https from "node:https";`, `https.get("https://api.example.com", (response) => response.resume())`, "endless", "https.get", signal, `https.get("https://api.example.com", { ${signal} }, (response) => response.resume())`],
  ] as const
).map(([imports, call, messageId, name, deadline, output]) => ({
  ...inRoute,
  name: `${call} of ${imports}`,
  code: inGet(imports, call),
  errors: [finding(messageId, name, deadline, inGet(imports, output))],
}));

const instances: Case[] = [
  {
    ...inRoute,
    filename: "src/inngest/orders.ts",
    name: "a function of Inngest, which ends no step that is running",
    code: `import { Inngest } from "inngest";\nimport axios from "axios";\nconst inngest = new Inngest({ id: "shop" });\nexport const sync = inngest.createFunction({ id: "sync", timeouts: { finish: "1h" } }, { event: "orders/sync" }, async () => { await axios.get("https://api.example.com/orders"); });`,
    errors: [{ messageId: "endless", line: 4, data: { call: "axios.get", deadline: "timeout: 10_000", enough: "" }, suggestions: [{ messageId: "addDeadline", data: { deadline: "timeout: 10_000" }, output: `import { Inngest } from "inngest";\nimport axios from "axios";\nconst inngest = new Inngest({ id: "shop" });\nexport const sync = inngest.createFunction({ id: "sync", timeouts: { finish: "1h" } }, { event: "orders/sync" }, async () => { await axios.get("https://api.example.com/orders", { timeout: 10_000 }); });` }] }],
  },
  {
    ...inRoute,
    name: "an instance without a deadline, where it is made, and not at each of its calls",
    code: `import axios from "axios";\nconst api = axios.create({ baseURL: "https://api.example.com" });\nexport const GET = async () => { await api.get("/a"); await api.get("/b"); };`,
    errors: [
      finding(
        "endlessClient",
        "axios.create",
        "timeout: 10_000",
        `import axios from "axios";\nconst api = axios.create({ baseURL: "https://api.example.com", timeout: 10_000 });\nexport const GET = async () => { await api.get("/a"); await api.get("/b"); };`,
        { line: 2, column: 13 },
      ),
    ],
  },
  {
    ...inRoute,
    name: "an instance without options",
    code: `import got from "got";\nexport const api = got.extend();`,
    errors: [finding("endlessClient", "got.extend", "timeout: { request: 10_000 }", `import got from "got";\nexport const api = got.extend({ timeout: { request: 10_000 } });`)],
  },
  {
    ...inRoute,
    name: "a client of the team's own",
    settings: { hardening: { httpClients: [{ name: "http", from: { module: "@/lib/http" }, sends: { request: 1 }, deadline: { options: ["within"], write: "within: {ms}" }, source: "docs/http.md" }] } },
    code: `import { request } from "@/lib/http";\nexport const GET = async () => { await request("https://api.example.com"); };`,
    errors: [finding("endless", "request", "within: 10_000", `import { request } from "@/lib/http";\nexport const GET = async () => { await request("https://api.example.com", { within: 10_000 }); };`)],
  },
];

const ofFile = (call: string, deadline: string, messageId: MessageId = "slow"): Case["errors"][number] => ({ messageId, data: { call, deadline, enough: " that is long enough for the whole file" }, suggestions: [] });
const patient = "signal: AbortSignal.timeout(60_000)";

const files: Case[] = [
  { ...inRoute, name: "a file that comes back", code: `export const GET = async () => { const answer = await fetch("https://files.example.com/invoice.pdf"); return keep(await answer.arrayBuffer()); };`, errors: [ofFile("fetch", patient)] },
  { ...inRoute, name: "a file that comes back to a callback", code: `export const GET = async () => { await fetch("https://files.example.com/invoice.pdf").then((answer) => answer.blob()).then(keep); };`, errors: [ofFile("fetch", patient)] },
  { ...inRoute, name: "bytes that are asked for", code: `import axios from "axios"; export const GET = async () => { await keep(await axios.get("https://files.example.com/invoice.pdf", { responseType: "arraybuffer" })); };`, errors: [ofFile("axios.get", "timeout: 60_000", "endless")] },
  { ...inRoute, name: "a form with a file", code: `import axios from "axios"; export const POST = async () => { const form = new FormData(); form.append("scan", bytes, "scan.pdf"); await axios.post("https://ocr.example.com/read", form); };`, errors: [ofFile("axios.post", "timeout: 60_000", "endless")] },
  { ...inRoute, name: "a file that is read from disk", code: `import { readFile } from "node:fs/promises"; export const POST = async () => { const scan = await readFile("scan.pdf"); await fetch("https://ocr.example.com/read", { method: "POST", body: scan }); };`, errors: [ofFile("fetch", patient)] },
  {
    ...inRoute,
    name: "a form of words",
    code: `export const POST = async () => { const form = new FormData(); form.append("name", "Ada"); await fetch("https://api.example.com/people", { method: "POST", body: form }); };`,
    errors: [slow(`export const POST = async () => { const form = new FormData(); form.append("name", "Ada"); await fetch("https://api.example.com/people", { method: "POST", body: form, ${signal} }); };`)],
  },
];

ruleTester.run("require-request-timeout", rule, {
  valid: [...roles, ...addresses, ...ended, ...streams, ...halfTyped],
  invalid: [...invalidFetch, ...libraries, ...instances, ...files],
});

describe("the defaults of a client that the whole app shares", () => {
  const found = (files: Files): string[] =>
    lintProject(
      {
        "package.json": { name: "shop", dependencies: { axios: "^1.0.0", express: "^5.0.0" } },
        "server/notify.js": 'const axios = require("axios");\nexports.notify = async (text) => { await axios.post("https://hooks.example.com", { text }); };\n',
        ...files,
      },
      "server/notify.js",
      "require-request-timeout",
    );
  const set = (value: string): string => `const axios = require("axios");\naxios.defaults.timeout = ${value};\n`;

  it("may hold a deadline", () => expect(found({ "server/index.js": set("300 * 1000") })).toEqual([]));
  it("may be for ever", () => expect(found({ "server/index.js": set("0") })).toHaveLength(1));
  it("of a page are not the server's", () => expect(found({ "src/page.js": `"use client";\n${set("300")}` })).toHaveLength(1));
  it("of an instance are its own", () => expect(found({ "server/index.js": 'const api = require("axios").create();\napi.defaults.timeout = 300;\n' })).toHaveLength(1));
});
