import * as parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { describe, expect, it } from "vitest";

import hardening from "../../../src/index.js";
import { type Files, makeProject } from "../../support/project.js";

/** What both rules about the environment say of a file of an Express API, as `rule: code` or `rule: message`. */
function said(code: string, files: Files, dependencies: Record<string, string> = {}): string[] {
  const project = makeProject({ "package.json": { dependencies: { express: "^5.1.0", ...dependencies } }, "tsconfig.json": {}, ...files });
  const rules = { "hardening/no-raw-process-env": ["error", { everywhere: true, allow: [] }], "hardening/require-env-validation": "error" } as const;
  const config: Linter.Config = { files: ["**/*.ts"], languageOptions: { parser }, plugins: { hardening }, rules: rules as unknown as Linter.RulesRecord };
  const messages = new Linter({ cwd: project.dir }).verify(code, [config], project.path("src/server/orders.ts"));
  return messages.map(({ ruleId, message }) => `${ruleId?.replace("hardening/", "") ?? "fatal"}: ${/(?:Read|then read) `(.+?)`\.$/.exec(message)?.[1] ?? message.split(":")[0] ?? ""}`);
}

const reads = `import express from "express";\nexport const app = express();\nexport const pay = () => charge(process.env.PAYMENT_KEY);\n`;

/** A module that validates `PAYMENT_KEY`, by library, and what others write to read it there. */
const modules: readonly (readonly [library: string, text: string, code: string])[] = [
  ["zod", `import { z } from "zod";\nexport const env = z.object({ PAYMENT_KEY: z.string() }).parse(process.env);`, "env.PAYMENT_KEY"],
  ["valibot", `import * as v from "valibot";\nexport const env = v.parse(v.object({ PAYMENT_KEY: v.string() }), process.env);`, "env.PAYMENT_KEY"],
  ["@t3-oss/env-core", `import { createEnv } from "@t3-oss/env-core";\nimport { z } from "zod";\nexport const env = createEnv({ server: { PAYMENT_KEY: z.string() }, runtimeEnv: process.env });`, "env.PAYMENT_KEY"],
  ["envalid", `import { cleanEnv, str } from "envalid";\nexport const env = cleanEnv(process.env, { PAYMENT_KEY: str() });`, "env.PAYMENT_KEY"],
  ["znv", `import { parseEnv } from "znv";\nimport { z } from "zod";\nexport const settings = parseEnv(process.env, { PAYMENT_KEY: z.string() });`, "settings.PAYMENT_KEY"],
  ["arkenv", `import arkenv from "arkenv";\nexport const env = arkenv({ PAYMENT_KEY: "string" });`, "env.PAYMENT_KEY"],
  ["joi", `import Joi from "joi";\nconst { value, error } = Joi.object({ PAYMENT_KEY: Joi.string().required() }).validate(process.env);\nif (error) throw error;\nexport const env = value;`, "env.PAYMENT_KEY"],
  ["env-var", `import env from "env-var";\nexport const settings = { payments: { key: env.get("PAYMENT_KEY").required().asString() } };`, "settings.payments.key"],
  ["convict", `import convict from "convict";\nexport const config = convict({ payments: { key: { format: String, default: null, env: "PAYMENT_KEY" } } });\nconfig.validate();`, `config.get("payments.key")`],
];

describe.each(modules)("a module that validates with %s", (library, text, code) => {
  const dependencies = { [library]: "*" };

  it("is bypassed by a raw read", () => expect(said(reads, { "src/env.ts": text }, dependencies)).toEqual([`no-raw-process-env: ${code}`]));

  it("is found by what it does", () => expect(said(reads, { "src/start/read-variables.ts": text }, dependencies)).toEqual([`no-raw-process-env: ${code}`]));

  it("has checked what another file takes for granted", () => {
    const granted = reads.replace("charge(process.env.PAYMENT_KEY)", "charge(process.env.PAYMENT_KEY!)");
    expect(said(granted, { "src/env.ts": text }, dependencies)).toEqual([`no-raw-process-env: ${code}`]);
  });
});

it("a module for runtimes without Node validates as well", () => {
  const text = `import { parseEnv } from "znv/compat";\nimport { z } from "zod";\nexport const settings = parseEnv(Deno.env.toObject(), { PAYMENT_KEY: z.string() });`;
  expect(said(reads, { "src/env.ts": text }, { znv: "*" })).toEqual(["no-raw-process-env: settings.PAYMENT_KEY"]);
});

describe.each([
  ["process.env", `process.env.PAYMENT_KEY!`],
  ["process.env by its import", `given.PAYMENT_KEY!`, `import { env as given } from "node:process";\n`],
  ["import.meta.env", `import.meta.env.PAYMENT_KEY!`],
  ["Deno", `Deno.env.get("PAYMENT_KEY")!`],
  ["Bun", `Bun.env.PAYMENT_KEY!`],
  ["dotenv", `settings.PAYMENT_KEY as string`, `import dotenv from "dotenv";\nconst settings = dotenv.config().parsed!;\n`],
  ["dotenv, taken apart", `parsed!.PAYMENT_KEY!`, `import { config } from "dotenv";\nconst { parsed } = config({ path: ".env" });\n`],
  ["dotenv's result", `result.parsed?.PAYMENT_KEY!`, `const dotenv = require("dotenv");\nconst result = dotenv.config();\n`],
  ["env-var", `env.get("PAYMENT_KEY").asString()!`, `import env from "env-var";\n`],
  ["env-var by its function", `get("PAYMENT_KEY").example("sk_…").asString()!`, `import { get } from "env-var";\n`],
])("a variable of %s", (_, read, head = "") => {
  const code = `import express from "express";\n${head}export const app = express();\nexport const pay = () => charge(${read});\n`;

  it("that nothing checks", () => expect(said(code, {})).toEqual([expect.stringContaining("require-env-validation: `") as unknown as string]));

  it("that another module asks for", () => expect(said(code, { "src/start.ts": `if (!process.env.PAYMENT_KEY) throw new Error("PAYMENT_KEY is not set");` })).toEqual([]));
});

describe("a variable that several files take for granted", () => {
  const granted = `import express from "express";\nexport const app = express();\nexport const pay = () => charge(process.env.PAYMENT_KEY!);\n`;
  it.each([
    ["is spoken of in the first of them", { "src/server/baskets.ts": granted }, 0],
    ["is spoken of where users come, not the operator", { "src/server/admin/baskets.ts": granted }, 1],
    ["is not left to a test", { "src/server/baskets.test.ts": granted }, 1],
    ["is not left to a script", { "scripts/charge.ts": granted }, 1],
    ["is not left to a file that only reads it", { "src/server/baskets.ts": granted.replace("!", "") }, 1],
    ["is not left to a later file", { "src/server/payments.ts": granted }, 1],
  ])("%s", (_, files, count) => expect(said(granted, files as unknown as Files)).toHaveLength(count));
});

describe("a variable that is silent", () => {
  it.each([
    ["env-var's, which must be there", `import env from "env-var";\nexport const pay = () => charge(env.get("PAYMENT_KEY").required().asString());`],
    ["env-var's, with a default", `import env from "env-var";\nexport const pay = () => charge(env.get("PAYMENT_KEY").default("none").asString()!);`],
    ["another package's get", `import env from "some-env";\nexport const pay = () => charge(env.get("PAYMENT_KEY").asString()!);`],
    ["dotenv's parse of a text", `import dotenv from "dotenv";\nexport const pay = (text: string) => charge(dotenv.parse(text).PAYMENT_KEY!);`],
    ["half a chain", `import env from "env-var";\nexport const pay = () => charge(env.get("PAYMENT_KEY")!);`],
  ])("%s", (_, code) => expect(said(`import express from "express";\nexport const app = express();\n${code}\n`, {})).toEqual([]));

  it("one that a project which validates nothing asks for in another file", () => {
    expect(said(reads, { "src/start.ts": `for (const name of ["PAYMENT_KEY"]) if (!process.env[name]) throw new Error(name);` })).toEqual([]);
    expect(said(reads, {})).toHaveLength(1);
  });

  it("one that a service of Nest throws for elsewhere", () => {
    const other = `import { ConfigService } from "@nestjs/config";\nexport class Mail {\n  constructor(config: ConfigService) {\n    config.getOrThrow<string>("PAYMENT_KEY");\n  }\n}`;
    const code = `import express from "express";\nexport const app = express();\nexport const pay = () => charge(process.env.PAYMENT_KEY!);\n`;
    expect(said(code, { "src/mail.ts": other })).toEqual([]);
  });
});
