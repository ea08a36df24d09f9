import rule from "../../../src/rules/error-handling/require-response-status-check.js";
import { type Invalid, ruleTester, type Valid } from "../../support/rule-tester.js";

type Options = [{ browserReads: boolean }];
type MessageId = "unchecked" | "addCheck";

const server = { filename: "src/server/rates.ts" } as const;
const edge = { filename: "supabase/functions/send-mail/index.ts" } as const;
const client = { filename: "src/components/checkout.tsx" } as const;
const react = `import { useState } from "react";\n`;

const body = (text: string): string => `export async function f(url, id) {\n  ${text}\n}`;
const inBrowser = (text: string): string => `${react}${body(text)}`;

const asked: Valid<Options>[] = [
  { name: "ok is asked", code: body(`const response = await fetch(url);\n  if (!response.ok) throw new Error("no rates");\n  const data = await response.json();\n  return data.rate;`) },
  { name: "JSON-RPC, whose errors come with 200", code: body(`const response = await fetch(url, { method: "POST", body: JSON.stringify({ jsonrpc: "2.0", method: "total", id }) });\n  const data = await response.json();\n  return data.result.length;`) },
  { name: "what is missing comes to the same as what fails", code: body(`try {\n    const response = await fetch(url);\n    const data = await response.json();\n    return data?.text || "";\n  } catch {\n    return "";\n  }`) },
  { name: "what is missing in a chain that is caught with nothing", code: body(`const profile = await fetch(url).then((response) => response.json()).catch(() => ({}));\n  return (profile as { email?: string }).email || "";`) },
  { name: "what is missing in a chain that is caught with the same", code: body(`fetch(url)\n    .then((response) => response.json())\n    .then((data) => show(data.facets ?? []))\n    .catch(() => show([]))\n    .finally(() => stop());`) },
  { name: "the status is asked", code: body(`const response = await fetch(url);\n  const data = await response.json();\n  return response.status === 200 ? data.rate : null;`) },
  { name: "the status is logged", code: body(`const response = await fetch(url);\n  const data = await response.json();\n  console.log(response.status, data.rate);`) },
  { name: "a redirect is asked", code: body(`const response = await fetch(url);\n  const page = await response.text();\n  return response.redirected ? null : page.length;`) },
  { name: "the content type is asked", code: body(`const response = await fetch(url);\n  if (!response.headers.get("content-type")?.startsWith("image/")) return null;\n  return Buffer.from(await response.arrayBuffer());`) },
  { name: "ok is taken from the response", code: body(`const { ok } = await fetch(url);\n  return ok;`) },
  { name: "ok in a continuation", code: body(`return fetch(url).then((response) => (response.ok ? response.json() : null)).then((data) => data.rate);`) },
  { name: "a continuation from elsewhere", code: body(`return fetch(url).then(checkStatus).then((response) => response.json()).then((data) => data.rate);`) },
  { name: "the response is handed on", code: body(`const response = await fetch(url);\n  await assertOk(response);\n  const data = await response.json();\n  return data.rate;`) },
  { name: "the response is returned", code: body(`return fetch(url);`) },
  { name: "a list of responses", code: body(`const responses = await Promise.all([url, id].map((each) => fetch(each)));\n  return responses.every((each) => each.ok);`) },
  { name: "the body is thrown away", code: body(`const response = await fetch(url, { method: "POST" });\n  await response.text();`) },
  { name: "nothing is read", code: body(`await fetch(url, { method: "POST" });`) },
].map((test) => ({ ...server, ...test }));

const tested: Valid<Options>[] = [
  { name: "ok in the body, as Slack has it", code: body(`const response = await fetch("https://slack.com/api/chat.postMessage");\n  const data = await response.json();\n  if (!data.ok) throw new Error(data.error);`) },
  { name: "errors in the body, as GraphQL has them", code: body(`const response = await fetch(url);\n  const { data, errors } = await response.json();\n  return errors ? null : data.rate;`) },
  { name: "a code in the body", code: body(`const data = await fetch(url).then((response) => response.json());\n  return data.code === 0 ? data.rate : null;`) },
  { name: "an error is looked for by its key", code: body(`const response = await fetch(url);\n  const data = await response.json();\n  return "error" in data ? null : data.rate;`) },
  { name: "what is missing has an answer", code: body(`const response = await fetch(url);\n  const data = await response.json();\n  if (!data.access_token) throw new Error("no token");\n  return data.access_token;`) },
  { name: "a piece under its own name has an answer", code: body(`const response = await fetch(url);\n  const data = await response.json();\n  const text = data.choices?.[0]?.message?.content ?? "";\n  if (text === "") throw new Error("no answer");\n  return text;`) },
  { name: "a list is made sure of", code: body(`const response = await fetch(url);\n  const data = await response.json();\n  return Array.isArray(data.rows) ? data.rows.length : 0;`) },
  { name: "a schema has the last word", code: body(`const response = await fetch(url);\n  return schema.parse(await response.json());`) },
  { name: "a schema that answers", code: body(`const response = await fetch(url);\n  const parsed = schema.safeParse(await response.json());\n  return parsed.data;`) },
  { name: "a text is looked into", code: body(`const response = await fetch(url);\n  const css = await response.text();\n  const match = css.match(/url/);\n  if (match) return match[0];`) },
  { name: "the size of a file is asked", code: body(`const response = await fetch(url);\n  const file = await response.blob();\n  return file.type === "image/png" ? upload(file) : null;`) },
  { name: "a switch on the answer", code: body(`const response = await fetch(url);\n  const data = await response.json();\n  switch (data.kind) { case "a": return 1; }`) },
].map((test) => ({ ...server, ...test }));

const passedOn: Valid<Options>[] = [
  { name: "the body is returned as it is", code: body(`return fetch(url).then((response) => response.json());`) },
  { name: "the body is returned later", code: body(`const response = await fetch(url);\n  const data = await response.json();\n  return data;`) },
  { name: "the body is handed on", code: body(`const response = await fetch(url);\n  return toRates(await response.json());`) },
  { name: "the body is handed to a continuation", code: body(`fetch(url).then((response) => response.json()).then(setRates);`) },
].map((test) => ({ ...server, ...test }));

const others: Valid<Options>[] = [
  { ...server, name: "a file that comes with the app", code: body(`const font = await fetch(new URL("./inter.ttf", import.meta.url)).then((response) => response.arrayBuffer());\n  return render(font);`) },
  { ...server, name: "a font at an address", code: body("const font = await fetch(`${url}/fonts/inter.woff2`).then((response) => response.arrayBuffer());\n  return render(font);") },
  { ...server, name: "axios, which rejects by itself", code: `import axios from "axios";\nexport const f = async (url) => { const response = await axios.get(url); return response.data.rate; };` },
  { ...server, name: "ky, which rejects by itself", code: `import ky from "ky";\nexport const f = async (url) => { const data = await ky.get(url).json(); return data.rate; };` },
  { ...server, name: "got, which rejects by itself", code: `import got from "got";\nexport const f = async (url) => { const data = await got(url).json(); return data.rate; };` },
  { ...server, name: "somebody else's fetch", code: `import fetch from "./fetch";\n${body(`const response = await fetch(url);\n  const data = await response.json();\n  return data.rate;`)}` },
  { ...client, name: "a browser that only reads", code: inBrowser(`const response = await fetch("/api/rates");\n  const data = await response.json();\n  show(data.rate);`) },
  { ...client, name: "a browser, and who knows what it asks", code: inBrowser(`const response = await fetch("/api/rates", id);\n  const data = await response.json();\n  show(data.rate);`) },
  {
    ...client,
    name: "a browser that turns its own preview into a file",
    code: inBrowser(`const file = await fetch(url).then((r) => r.blob());\n  upload(file);`),
    options: [{ browserReads: true }],
  },
  { name: "a file of which nobody can tell the side", filename: "lib/rates.ts", code: body(`const response = await fetch(url, { method: "POST" });\n  const data = await response.json();\n  return data.rate;`) },
  { name: "a test", filename: "src/rates.test.ts", code: body(`const response = await fetch(url);\n  const data = await response.json();\n  return data.rate;`), options: [{ browserReads: true }] },
  { name: "a script", filename: "scripts/rates.ts", code: body(`const response = await fetch(url);\n  const data = await response.json();\n  return data.rate;`), options: [{ browserReads: true }] },
];

const withoutServer: Valid<Options>[] = [
  { ...server, name: "what a canvas holds", code: `export async function f(canvas) {\n  const image = canvas.toDataURL("image/png");\n  const response = await fetch(image);\n  const data = await response.json();\n  return data.rows.length;\n}` },
  { ...server, name: "an address that holds its own bytes, as was asked before", code: body(`if (!url.startsWith("data:image/")) throw new Error("No image");\n  const response = await fetch(url);\n  const data = await response.json();\n  return data.rows.length;`) },
  { ...server, name: "one of two kinds of such addresses", code: body(`if (url.startsWith("blob:") || /^data:/.test(url)) {\n    const response = await fetch(url);\n    const data = await response.json();\n  return data.rows.length;\n  }`) },
];

const halfTyped: Valid<Options>[] = [
  `const response = await fetch`,
  `const response = await fetch();\n  const data = await response.json;`,
  `const response = await fetch(url);\n  response.x`,
  `fetch(url).then()`,
  `fetch(url).then((response) => response)`,
  `const { } = await fetch(url)`,
  `fetch(...url).then(({ json }) => json())`,
].map((code) => ({ ...server, name: `half-typed: ${code}`, code: body(code) }));

const unchecked = (read: string, asks: string, output: string, place: object = {}, call = "fetch"): Invalid<MessageId, Options>["errors"][number] => ({
  messageId: "unchecked",
  data: { call, read },
  suggestions: [{ messageId: "addCheck", data: { asks }, output }],
  ...place,
});

const check = (name: string): string => `if (!${name}.ok) throw new Error(\`Request failed with status \${${name}.status}\`);`;

const printed: Valid<Options>[] = [{ ...server, name: "what was looked up is only printed", code: `export async function look() {\n  const answer = await fetch("https://shop.example.com/session");\n  console.log("session", await answer.json());\n}` }];

const onServers: Invalid<MessageId, Options>[] = [
  {
    ...server,
    name: "an address that was asked whether it holds its own bytes, and does not",
    code: body(`if (url.startsWith("data:")) return decode(url);\n  const response = await fetch(url);\n  const data = await response.json();\n  return data.rows.length;`),
    errors: [unchecked("response.json", "response.ok", body(`if (url.startsWith("data:")) return decode(url);\n  const response = await fetch(url);\n  ${check("response")}\n  const data = await response.json();\n  return data.rows.length;`))],
  },
  {
    ...server,
    name: "an error that comes to nothing, where the body comes to something",
    code: body(`try {\n    const response = await fetch(url);\n    const data = await response.json();\n    return data.plan || "free";\n  } catch {\n    return null;\n  }`),
    errors: [unchecked("response.json", "response.ok", body(`try {\n    const response = await fetch(url);\n    ${check("response")}\n    const data = await response.json();\n    return data.plan || "free";\n  } catch {\n    return null;\n  }`))],
  },
  {
    ...server,
    name: "a chain that is caught with something else than what is missing",
    code: body(`const cities = await fetch(url).then((response) => response.json()).catch(() => saved());\n  return cities.names ?? [];`),
    errors: [unchecked("response.json", "response.ok", body(`const cities = await fetch(url).then((response) => { ${check("response")} return response.json(); }).catch(() => saved());\n  return cities.names ?? [];`))],
  },
  {
    ...server,
    name: "the error's body is taken for the data",
    code: body(`const response = await fetch(url);\n  const data = await response.json();\n  return data.rate;`),
    errors: [
      unchecked("response.json", "response.ok", body(`const response = await fetch(url);\n  ${check("response")}\n  const data = await response.json();\n  return data.rate;`), {
        line: 2,
        column: 26,
        endColumn: 31,
      }),
    ],
  },
  {
    ...server,
    name: "a field is taken from the body",
    code: body(`const response = await fetch(url);\n  const { rate } = await response.json();\n  return { rate };`),
    errors: [unchecked("response.json", "response.ok", body(`const response = await fetch(url);\n  ${check("response")}\n  const { rate } = await response.json();\n  return { rate };`))],
  },
  {
    ...server,
    name: "a continuation reads the body",
    code: body(`const rate = await fetch(url).then((r) => r.json()).then((data) => data.rate);\n  return rate;`),
    errors: [unchecked("r.json", "r.ok", body(`const rate = await fetch(url).then((r) => { ${check("r")} return r.json(); }).then((data) => data.rate);\n  return rate;`))],
  },
  {
    ...server,
    name: "a failure of the network has an answer, a 500 has none",
    code: body(`const rates = await fetch(url).then((r) => r.json()).then((data) => data.rates).catch(() => []);\n  return rates.map(String);`),
    errors: [
      unchecked("r.json", "r.ok", body(`const rates = await fetch(url).then((r) => { ${check("r")} return r.json(); }).then((data) => data.rates).catch(() => []);\n  return rates.map(String);`)),
    ],
  },
  {
    ...server,
    name: "a default makes an outage look like an empty answer",
    code: body(`const response = await fetch(url);\n  const data = await response.json();\n  return data.choices?.[0]?.message?.content ?? "Sorry";`),
    errors: [
      unchecked("response.json", "response.ok", body(`const response = await fetch(url);\n  ${check("response")}\n  const data = await response.json();\n  return data.choices?.[0]?.message?.content ?? "Sorry";`)),
    ],
  },
  {
    ...server,
    name: "an error page becomes a file",
    code: body(`const response = await fetch(url);\n  const file = Buffer.from(await response.arrayBuffer());\n  return attach(file.toString("base64"));`),
    errors: [
      unchecked("response.arrayBuffer", "response.ok", body(`const response = await fetch(url);\n  ${check("response")}\n  const file = Buffer.from(await response.arrayBuffer());\n  return attach(file.toString("base64"));`)),
    ],
  },
  {
    ...server,
    name: "bytes that are returned no longer tell",
    code: body(`const response = await fetch(url);\n  return response.blob();`),
    errors: [unchecked("response.blob", "response.ok", body(`const response = await fetch(url);\n  ${check("response")}\n  return response.blob();`))],
  },
  {
    ...edge,
    name: "an edge function logs that all went well",
    code: body(`const sent = await fetch("https://mail.example.com/send", { method: "POST" });\n  console.log("sent", await sent.json());`),
    errors: [
      unchecked("sent.json", "sent.ok", body(`const sent = await fetch("https://mail.example.com/send", { method: "POST" });\n  ${check("sent")}\n  console.log("sent", await sent.json());`)),
    ],
  },
  {
    ...server,
    name: "on the spot, where there is no name to ask",
    code: body(`const data = await (await fetch(url)).json();\n  return data.rate;`),
    errors: [{ messageId: "unchecked", data: { call: "fetch", read: "(await fetch(url)).json" }, suggestions: [] }],
  },
  {
    ...server,
    name: "a continuation of several statements",
    code: body(`fetch(url).then(async (r) => {\n    const data = await r.json();\n    store(data.rate);\n  });`),
    errors: [{ messageId: "unchecked", data: { call: "fetch", read: "r.json" }, suggestions: [] }],
  },
  ...["node-fetch", "cross-fetch"].map((module): Invalid<MessageId, Options> => {
    const write = (text: string): string => `import fetch from "${module}";\n${body(text)}`;
    return {
      ...server,
      name: module,
      code: write(`const response = await fetch(url);\n  const data = await response.json();\n  return data.rate;`),
      errors: [unchecked("response.json", "response.ok", write(`const response = await fetch(url);\n  ${check("response")}\n  const data = await response.json();\n  return data.rate;`))],
    };
  }),
  {
    ...server,
    name: "undici",
    code: `import { fetch as send } from "undici";\n${body(`const response = await send(url);\n  const data = await response.json();\n  return data.rate;`)}`,
    errors: [
      unchecked(
        "response.json",
        "response.ok",
        `import { fetch as send } from "undici";\n${body(`const response = await send(url);\n  ${check("response")}\n  const data = await response.json();\n  return data.rate;`)}`,
        {},
        "send",
      ),
    ],
  },
];

const inBrowsers: Invalid<MessageId, Options>[] = [
  {
    ...client,
    name: "a browser that buys",
    code: inBrowser(`const response = await fetch("/api/checkout", { method: "POST" });\n  const { session } = await response.json();\n  location.href = session;`),
    errors: [
      unchecked("response.json", "response.ok", inBrowser(`const response = await fetch("/api/checkout", { method: "POST" });\n  ${check("response")}\n  const { session } = await response.json();\n  location.href = session;`)),
    ],
  },
  {
    ...client,
    name: "a browser that reads, where that is asked for",
    options: [{ browserReads: true }],
    code: inBrowser(`const response = await fetch("/api/rates");\n  const data = await response.json();\n  show(data.rate);`),
    errors: [unchecked("response.json", "response.ok", inBrowser(`const response = await fetch("/api/rates");\n  ${check("response")}\n  const data = await response.json();\n  show(data.rate);`))],
  },
];

const ofNeither: Invalid<MessageId, Options>[] = [
  {
    name: "a file of which nobody can tell the side, where that is asked for",
    filename: "lib/rates.ts",
    options: [{ browserReads: true }],
    code: body(`const response = await fetch(url);\n  return read(await response.arrayBuffer());`),
    errors: [unchecked("response.arrayBuffer", "response.ok", body(`const response = await fetch(url);\n  ${check("response")}\n  return read(await response.arrayBuffer());`))],
  },
];

ruleTester.run("require-response-status-check", rule, {
  valid: [...withoutServer, ...printed, ...asked, ...tested, ...passedOn, ...others, ...halfTyped],
  invalid: [...onServers, ...inBrowsers, ...ofNeither],
});
