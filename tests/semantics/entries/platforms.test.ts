import { describe, expect, it } from "vitest";

import { hostedFrameworks, platforms } from "../../../src/knowledge/serverless.js";
import { webFrameworks } from "../../../src/knowledge/web-frameworks.js";
import { entriesIn } from "../../../src/semantics/entries/entries.js";
import { platformOf } from "../../../src/semantics/entries/platforms.js";
import { type Files, makeProject } from "../../support/project.js";
import { openText } from "../../support/source.js";

const said = (files: Files, filename = "app/api/orders/route.ts", code = "export async function POST() {}"): string | undefined => {
  const { dir } = makeProject(files);
  const source = openText(code, { filename, cwd: dir });
  const [entry] = entriesIn(source);
  if (!entry) throw new Error("no entry");
  return platformOf(entry, source)?.said;
};

const next = { dependencies: { next: "^16.0.0" } };

describe("the platform that runs a handler as a function", () => {
  it.each(platforms.flatMap((platform) => (platform.files ?? []).map((file) => [file, platform.said] as const)))("is told by %s", (file, name) => {
    expect(said({ "package.json": next, [file]: "" })).toBe(name);
  });

  it.each(platforms.flatMap((platform) => (platform.packages ?? []).map((module) => [module, platform.said] as const)))("is told by %s", (module, name) => {
    expect(said({ "package.json": { dependencies: { ...next.dependencies, [module]: "1.0.0" } } })).toBe(name);
  });

  const worker = { "wrangler.toml": 'name = "chat"\nmain = "workers/chat.ts"\n', "workers/chat.ts": "export default { fetch: () => new Response() };" };
  it("is not that of a worker beside the app", () => expect(said({ "package.json": next, ...worker, "vercel.json": "{}" })).toBe("Vercel"));
  it("is not known where all that there is is a worker beside the app", () => expect(said({ "package.json": next, ...worker })).toBeUndefined());
  it("is that of a worker which is made of the app", () => expect(said({ "package.json": next, "wrangler.jsonc": '{ "main": ".open-next/worker.js" }' })).toBe("Cloudflare"));
  it("is that of a worker which hands the app on", () => expect(said({ "package.json": next, ...worker, "workers/chat.ts": 'import app from "virtual:react-router/server-build";' })).toBe("Cloudflare"));
  it("is that of the nearest settings", () => expect(said({ "package.json": { workspaces: ["apps/*"] }, "wrangler.toml": "", "apps/shop/package.json": next, "apps/shop/vercel.json": "{}" }, "apps/shop/app/api/orders/route.ts")).toBe("Vercel"));
  it("may be one of two", () => expect(said({ "package.json": next, "netlify.toml": "", "vercel.json": "{}" })).toBe("Vercel or Netlify"));
  it("is told by the path of a function", () => expect(said({ "package.json": {} }, "supabase/functions/orders/index.ts", "Deno.serve(async () => new Response());")).toBe("Supabase"));
  it("is told by the runtime that a file asks for", () => expect(said({ "package.json": next }, undefined, `export const runtime = "edge"; export async function POST() {}`)).toBe("the edge runtime"));
  it("is not known where nothing tells", () => expect(said({ "package.json": next })).toBeUndefined());
  it("is none for a server of its own", () => expect(said({ "package.json": {}, "vercel.json": "" }, "src/server.ts", "Deno.serve(async () => new Response());")).toBeUndefined());
});

it.each(platforms.map((platform) => [platform.said, platform] as const))("%s cites a page", (_, { source }) => expect(source).toMatch(/^https:\/\//));

it("names frameworks of the table", () => {
  const names = new Set([...webFrameworks.map(({ name }) => name), "server-action"]);
  expect([...hostedFrameworks].filter((name) => !names.has(name))).toEqual([]);
});
