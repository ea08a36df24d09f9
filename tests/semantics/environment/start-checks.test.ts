import { describe, expect, it } from "vitest";

import { startChecksIn } from "../../../src/semantics/environment/start-checks.js";
import { openText } from "../../support/source.js";

const checks = (code: string, filename = "src/env.ts"): ReturnType<typeof startChecksIn> => startChecksIn(openText(code, { filename }));

describe("what is asked of the environment when a file is loaded", () => {
  it.each([
    ["a schema that is given all of it", `import { z } from "zod"; export const env = z.object({ A: z.string() }).parse(process.env);`],
    ["a schema that is given its variables by name", `import { z } from "zod"; const parsed = schema.safeParse({ A: process.env.A, B: process.env.B, C: process.env.C }); if (!parsed.success) throw new Error("incomplete");`],
    ["a validator that reads it by itself", `import { createEnv } from "@t3-oss/env-nextjs"; export const env = createEnv({ server: {} });`],
    ["a list of names", `const names = ["A", "B"]; for (const name of names) { if (!process.env[name]) throw new Error(name); }`],
    ["a list of names, and an exit", `const missing = ["A", "B"].filter((name) => !process.env[name]); if (missing.length > 0) { console.error(missing); process.exit(1); }`],
    ["a function that is called at once", `function checkEnv() { for (const name of names) if (!process.env[name]) throw new Error(name); } checkEnv();`],
    ["a start that calls it", `const assertEnv = () => { schema.parse(process.env); }; async function main() { assertEnv(); await listen(); } main().catch(console.error);`],
    ["a helper that is asked for many", `function need(name) { const value = process.env[name]; if (!value) throw new Error(name); return value; } export const config = { a: need("A"), b: need("B"), c: need("C"), d: need("D"), e: need("E") };`],
    ["a module of Nest", `import { ConfigModule } from "@nestjs/config"; import { Module } from "@nestjs/common"; @Module({ imports: [ConfigModule.forRoot({ validationSchema: schema })] }) export class AppModule {}`],
  ])("all of it: %s", (_, code) => expect(checks(code).onLoad).toBe("whole"));

  it.each([
    ["one variable", `if (!process.env.STORE_URL) throw new Error("STORE_URL is missing"); export const store = connect(process.env.STORE_URL);`],
    ["a helper that is asked for two", `function need(name) { const value = process.env[name]; if (!value) throw new Error(name); return value; } export const a = need("A"); export const b = need("B");`],
  ])("single variables: %s", (_, code) => expect(checks(code).onLoad).toBe("single"));

  it.each([
    ["a function that nobody calls here", `export function validateEnv() { for (const name of names) if (!process.env[name]) throw new Error(name); }`],
    ["a handler", `export async function POST() { schema.parse(process.env); return new Response(); }`],
    ["which environment it is", `if (process.env.NODE_ENV === "test") throw new Error("not here");`],
    ["a warning", `for (const name of names) { if (!process.env[name]) console.warn(name); }`],
    ["no environment", `export const parsed = schema.parse(input);`],
  ])("nothing: %s", (_, code) => expect(checks(code).onLoad).toBeNull());

  it("is told by the functions that ask, and by what is called", () => {
    expect(checks(`function read() { return schema.parse(process.env); } export function settings() { return read(); }`).checkers).toEqual(["read", "settings"]);
    expect(checks(`import { settings } from "./env"; const config = settings(); function later() { unused(); }`, "src/main.ts").calls).toEqual(["settings"]);
    expect(checks(`export async function register() { const { settings } = await import("./env"); settings(); }`, "src/instrumentation.ts").calls).toEqual(["settings"]);
    expect(checks(`import { settings } from "./env"; export function GET() { settings(); }`, "src/route.ts").calls).toEqual([]);
  });
});
