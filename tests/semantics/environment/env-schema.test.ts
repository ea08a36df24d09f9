import { describe, expect, it } from "vitest";

import { type CheckedVariable, comesToSame, type EnvSchema, envSchemaOf, isNamedByEnvModule } from "../../../src/semantics/environment/env-schema.js";
import { makeProject } from "../../support/project.js";

function schemaOf(text: string, files: Record<string, string> = {}): EnvSchema | null {
  const project = makeProject({ "package.json": {}, "src/env.ts": text, ...files });
  return envSchemaOf(project.open("src/app.ts"));
}

const valueOf = (text: string, name = "A"): string | undefined => schemaOf(text)?.variables.get(name)?.value;

const zod = (schema: string): string => `import { z } from "zod"; export const env = z.object({ A: ${schema} }).parse(process.env);`;
const valibot = (schema: string): string => `import * as v from "valibot"; export const env = v.parse(v.object({ A: ${schema} }), process.env);`;
const envalid = (schema: string): string => `import { cleanEnv, num, str } from "envalid"; export const env = cleanEnv(process.env, { A: ${schema} });`;
const t3 = (schema: string, options = ""): string =>
  `import { createEnv } from "@t3-oss/env-core"; import { z } from "zod"; export const env = createEnv({ server: { A: ${schema} }, runtimeEnv: process.env${options} });`;

describe("what a schema makes of a variable", () => {
  it.each([
    [zod("z.string()"), "text"],
    [zod("z.string().min(1).max(9)"), "text"],
    [zod("z.url()"), "text"],
    [zod("z.string().optional()"), "optional text"],
    [zod(`z.string().default("x")`), "changed"],
    [zod("z.coerce.number()"), "converted"],
    [zod("z.coerce.number().default(3)"), "changed"],
    [zod(`z.string().optional().transform((text) => text ?? "x")`), "changed"],
    [zod("z.string().optional().transform((text) => Number(text || 10))"), "changed"],
    [zod(`z.string().transform((text) => text === "on" || text === "true")`), "converted"],
    [zod("z.string().trim()"), "converted"],
    [zod("z.string().transform(Number)"), "converted"],
    [zod("z.url({ normalize: true })"), "converted"],
    [zod(`z.enum(["a", "b"])`), "unknown"],
    [zod("z.string().nullish()"), "unknown"],
    [zod("selfHosted ? z.string().optional() : z.string()"), "unknown"],
    [zod("shared"), "unknown"],
    [`import { z } from "zod"; const text = z.string(); const schema = z.object({ A: text }); export const env = schema.parse(process.env);`, "text"],
    [`import { z } from "zod"; const schema = z.object({ A: z.string() }); export const env = schema.transform(f).parse(process.env);`, "unknown"],
    [valibot("v.string()"), "text"],
    [valibot("v.pipe(v.string(), v.minLength(1))"), "text"],
    [valibot("v.optional(v.string())"), "optional text"],
    [valibot("v.pipe(v.string(), v.transform(Number))"), "converted"],
    [valibot(`v.optional(v.string(), "x")`), "unknown"],
    [envalid("str()"), "text"],
    [envalid(`str({ desc: "a text" })`), "text"],
    [envalid(`str({ default: "x" })`), "changed"],
    [envalid(`str({ choices: ["a", "b"] })`), "unknown"],
    [envalid("num()"), "converted"],
    [envalid("num({ default: 3 })"), "changed"],
    [t3("z.string()"), "text"],
    [t3("z.string().optional()"), "optional text"],
    [t3("z.string().optional()", ", emptyStringAsUndefined: true"), "unknown"],
    [t3("z.string()", ", emptyStringAsUndefined: true"), "text"],
    [t3("z.string()").replace("process.env }", `{ A: process.env.A }}`.replace("}}", "} }")), "text"],
    [t3("z.string()").replace("process.env }", "{ A: process.env.A ?? other } }"), "changed"],
    [t3("z.string()", ", createFinalSchema: (shape) => shape"), "changed"],
  ])("%s: %s", (text, value) => expect(valueOf(text)).toBe(value));

  it.each([
    [zod(`z.string().default("off").transform((text) => text === "on")`), "on", true],
    [zod(`z.string().default("off").transform((text) => text === "on")`), "yes", false],
    [zod(`z.string().default("on").transform((text) => text === "on")`), "on", false],
    [zod(`z.string().default("off").transform((text) => text !== "on")`), "on", false],
    [zod(`z.string().default("off").transform((text) => { log(text); return text === "on"; })`), "on", false],
    [zod(`z.string().default("off").trim().transform((text) => text === "on")`), "on", false],
    [zod(`z.string().transform((text) => text === "on")`), "on", false],
    [zod(`z.string().default("off")`), "on", true],
    [zod("z.string().default(other)"), "on", false],
    [zod(`z.coerce.boolean().default(false)`), "on", false],
  ])("%s, held against %s", (text, against, isSame) => expect(comesToSame(schemaOf(text)?.variables.get("A") as CheckedVariable, against)).toBe(isSame));

  it("cannot tell where two schemas name it", () => {
    expect(valueOf(`import { z } from "zod"; export const env = z.object({ A: z.string() }).parse(process.env); const ai = z.object({ A: z.string().optional() });`)).toBe("unknown");
  });

  it("is read off the fields of a class that validates its instance", () => {
    const text = `import { IsUrl, validate } from "class-validator"; import environment from "./environment";
      class Environment { constructor() { validate(this); } @IsUrl() URL = environment.URL; PORT = Number(environment.PORT); other = environment.OTHER; }
      export default new Environment();`;
    expect(schemaOf(text)).toMatchObject({ exported: "default", isFunction: false });
    expect([valueOf(text, "URL"), valueOf(text, "PORT"), valueOf(text, "other")]).toEqual(["unknown", "changed", undefined]);
  });
});

describe("how others read it", () => {
  it.each([
    [t3("z.string()"), "env", false],
    [t3("z.string()").replace("const env", "const config"), "config", false],
    [`import { z } from "zod"; export const env = () => z.object({ A: z.string() }).parse(process.env);`, "env", true],
    [`import { cleanEnv, str } from "envalid"; export default cleanEnv(process.env, { A: str() });`, "default", false],
    [`import { z } from "zod"; const parsed = z.object({ A: z.string() }).parse(process.env); export { parsed as settings };`, "settings", false],
    [`import { z } from "zod"; const parsed = z.object({ A: z.string() }).safeParse(process.env); if (!parsed.success) throw parsed.error; export const env = parsed.data;`, "env", false],
    [`import { z } from "zod"; const parsed = z.object({ A: z.string() }).safeParse(process.env); export const settings = { ...parsed.data, isLocal: true };`, "settings", false],
    [`import Joi from "joi"; const schema = Joi.object({ A: Joi.string().required() }); const { value, error } = schema.validate(process.env); if (error) throw error; export const settings = value;`, "settings", false],
    [`import { z } from "zod"; let kept; export function settings() { kept ??= z.object({ A: z.string() }).parse(process.env); return kept; }`, "settings", true],
    [`import { z } from "zod"; let kept = null; export function settings() { if (kept) return kept; const report = z.object({ A: z.string() }).safeParse(process.env); if (!report.success) throw report.error; kept = report.data; return kept; }`, "settings", true],
    [`import { z } from "zod"; let kept; export const settings = () => (kept ??= z.object({ A: z.string() }).parse(process.env));`, "settings", true],
    [`import { z } from "zod"; z.object({ A: z.string() }).parse(process.env);`, null, false],
    [`import { z } from "zod"; export const env = z.object({ A: z.string() }).safeParse(process.env);`, null, false],
    [`import { z } from "zod"; export const report = z.object({ A: z.string() }).safeParse(process.env); export const settings = report.data;`, "settings", false],
    [`import { z } from "zod"; export function check() { const report = z.object({ A: z.string() }).safeParse(process.env); return report; }`, null, false],
    [`import { z } from "zod"; let kept; export function check() { kept ??= z.object({ A: z.string() }).safeParse(process.env); return kept; }`, null, false],
    [`import { z } from "zod"; export async function settings() { return z.object({ A: z.string() }).parse(process.env); }`, null, false],
    [`import { z } from "zod"; export const settings = () => z.object({ A: z.string() }).parseAsync(process.env);`, null, false],
    [`import { z } from "zod"; z.object({ A: z.string() }).parse(process.env); export function read(schema) { return schema.parse(process.env); }`, null, false],
    [`import Joi from "joi"; export const checked = Joi.object({ A: Joi.string().required() }).validate(process.env);`, null, false],
    [`import { z } from "zod"; export function charge() { const own = z.object({ A: z.string() }).parse(process.env); return send(own.A); }`, null, false],
  ])("%s", (text, exported, isFunction) => expect(schemaOf(text)).toMatchObject({ exported, isFunction }));
});

describe("names of its own", () => {
  const convict = `import convict from "convict"; const config = convict({ mail: { key: { format: String, default: null, env: "A" } } }); config.validate(); export default config;`;
  it.each([
    [`import env from "env-var"; export const key = env.get("A").required().asString();`, "key"],
    [`import { get } from "env-var"; export const settings = { mail: { key: get("A").default("x").asString() } };`, "settings.mail.key"],
    [`import env from "env-var"; export const key = env.get("A").asString();`, undefined],
    [convict, `config.get("mail.key")`],
    [`import Joi from "joi"; const { value: checked } = Joi.object({ A: Joi.string() }).validate(process.env); const settings = { mail: { key: checked.A } }; export default settings;`, "settings.mail.key"],
    [`import { z } from "zod"; const checked = z.object({ A: z.string() }).parse(process.env); export const settings = { key: checked.A };`, "settings.key"],
  ])("%s", (text, written) => expect(schemaOf(text)?.variables.get("A")?.writtenAs).toBe(written));
});

describe("where it stands", () => {
  const open = (files: Record<string, string>, dependencies: Record<string, string> = { zod: "^4.0.0" }): string | undefined => {
    const project = makeProject({ "package.json": { dependencies }, ...files });
    return envSchemaOf(project.open("src/app.ts"))?.file.slice(project.path("").length).replace(/^[\\/]/, "");
  };

  it("is told by what it does", () => expect(open({ "src/start/read-variables.ts": zod("z.string()") })).toMatch(/read-variables/));

  it.each([
    ["a package that the project does not name", { "src/start/read-variables.ts": zod("z.string()") }, {}],
    ["a script", { "scripts/read-variables.ts": zod("z.string()") }, undefined],
    ["a part that may be left out", { "src/integrations/slack.ts": zod("z.string()") }, undefined],
    ["two, of which each knows a part", { "src/a/read-variables.ts": zod("z.string()"), "src/b/read-variables.ts": zod("z.string()") }, undefined],
    ["a check on the way to something else", { "src/pay.ts": `import { z } from "zod"; export function pay() { return send(z.object({ A: z.string() }).parse(process.env).A); }` }, undefined],
    ["a module that takes all of the environment, and hands it to a program", { "src/run.ts": `import { z } from "zod"; export const run = (input) => spawn(z.string().parse(input), { env: process.env });` }, undefined],
  ])("is not %s", (_, files, dependencies) => expect(open(files as unknown as Record<string, string>, dependencies as Record<string, string> | undefined)).toBeUndefined());
});

describe("the module as a whole", () => {
  it("is none when its validation is switched off", () => expect(schemaOf(t3("z.string()", ", skipValidation: true"))).toBeNull());

  it("may switch its validation off for a build", () => expect(schemaOf(t3("z.string()", ", skipValidation: !!process.env.SKIP_ENV_VALIDATION"))).not.toBeNull());

  it("names what the modules behind it name", () => {
    const project = makeProject({ "package.json": {}, "src/env.ts": `import { mail } from "./mail-env"; ${zod("z.string()")}`, "src/mail-env.ts": `export const mail = { MAIL_KEY: 1 };` });
    const schema = envSchemaOf(project.open("src/app.ts")) as EnvSchema;
    expect(["A", "MAIL_KEY", "MAIL", "OTHER"].map((name) => isNamedByEnvModule(name, schema))).toEqual([true, true, false, false]);
  });

  it("is read anew when it changes", () => {
    const project = makeProject({ "package.json": {}, "src/env.ts": zod("z.string()") });
    const value = (): string | undefined => envSchemaOf(project.open("src/app.ts"))?.variables.get("A")?.value;
    expect(value()).toBe("text");
    project.write({ "src/env.ts": zod("z.coerce.number()") });
    expect(value()).toBe("converted");
  });

  it.each(["export const env = createEnv(", "export const env = z.object({ A: }).parse(process.env)", "export const env = z.object().parse(process.env); export const b = cleanEnv();"])(
    "survives half-typed code: %s",
    (code) => {
      expect(() => schemaOf(`import { z } from "zod"; import { createEnv } from "@t3-oss/env-core"; ${code}`)).not.toThrow();
    },
  );
});
