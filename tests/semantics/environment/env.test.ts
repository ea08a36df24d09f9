import { describe, expect, it } from "vitest";

import { envModuleOf, isRequiredByEnvModule } from "../../../src/semantics/environment/env-module.js";
import { envReadAt, settingReadAt } from "../../../src/semantics/environment/env.js";
import { makeProject } from "../../support/project.js";
import { find, marked, openText } from "../../support/source.js";

interface Found {
  name: string;
  host: string;
  fallback: string | null;
}

function found(code: string, read = envReadAt): Found | null {
  const source = openText(code);
  const answer = read(marked(source), source);
  return answer && { name: answer.name, host: answer.host, fallback: answer.fallback && source.text.slice(...answer.fallback.range) };
}

describe("what is read from the environment", () => {
  it.each([
    ["a member", `__(process.env.PORT)`, "PORT", "process.env"],
    ["a member in brackets", `__(process.env["PORT"])`, "PORT", "process.env"],
    ["a member that is sure to be there", `__(process.env.PORT!)`, "PORT", "process.env"],
    ["a const hop of the object", `const env = process.env; __(env.PORT)`, "PORT", "process.env"],
    ["a const hop of the value", `const port = process.env.PORT; __(port)`, "PORT", "process.env"],
    ["destructuring", `const { PORT } = process.env; __(PORT)`, "PORT", "process.env"],
    ["destructuring under another name", `const { PORT: port } = process.env; __(port)`, "PORT", "process.env"],
    ["the module of Node", `import { env } from "node:process"; __(env.PORT)`, "PORT", "process.env"],
    ["the type of Node", `export const read = (env: NodeJS.ProcessEnv) => __(env.PORT)`, "PORT", "process.env"],
    ["Vite", `__(import.meta.env.SECRET)`, "SECRET", "import.meta.env"],
    ["Deno", `__(Deno.env.get("PORT"))`, "PORT", "Deno.env"],
    ["Bun", `__(Bun.env.PORT)`, "PORT", "Bun.env"],
    ["a Worker", `import { env } from "cloudflare:workers"; __(env.TOKEN)`, "TOKEN", "env"],
    ["Nest", `import { ConfigService } from "@nestjs/config"; class A { constructor(private config: ConfigService) {} f() { return __(this.config.get<string>("db.host")); } }`, "db.host", "ConfigService"],
    ["a validated object", `import { createEnv } from "@t3-oss/env-nextjs"; const env = createEnv({}); __(env.PORT)`, "PORT", "env"],
    ["an object that zod has read", `import { z } from "zod"; const env = z.object({}).parse(process.env); __(env.PORT)`, "PORT", "env"],
    ["an object that valibot has read", `import * as v from "valibot"; const env = v.parse(Schema, process.env); __(env.PORT)`, "PORT", "env"],
  ])("%s", (_, code, name, host) => expect(found(code)).toMatchObject({ name, host }));

  it("says whether the project has checked it", () => {
    const validated = (code: string): boolean | undefined => {
      const source = openText(code);
      return envReadAt(marked(source), source)?.validated;
    };
    expect(validated(`import { createEnv } from "@t3-oss/env-core"; const env = createEnv({}); __(env.PORT)`)).toBe(true);
    expect(validated(`__(process.env.PORT)`)).toBe(false);
  });

  it.each([
    ["somebody's own process", `const process = { env: {} }; __(process.env.PORT)`],
    ["a name that is known only at run time", `__(process.env[name])`],
    ["a schema that reads something else", `import { z } from "zod"; const body = z.object({}).parse(request.body); __(body.PORT)`],
    ["a service of the project's own", `class ConfigService {} class A { constructor(private config: ConfigService) {} f() { return __(this.config.get("PORT")); } }`],
    ["half a call", `__(Deno.env.get())`],
  ])("but not %s", (_, code) => expect(found(code)).toBeNull());
});

describe("what it falls back on", () => {
  const nest = `import { ConfigService } from "@nestjs/config"; export const f = (config: ConfigService) => `;
  it.each([
    [`const x = process.env.A || "b";`, "process.env.A", `"b"`],
    [`const x = (process.env.A as string) ?? other;`, "process.env.A", "other"],
    [`const x = process.env.B ?? process.env.A ?? "c";`, "process.env.A", `"c"`],
    [`const x = process.env.B ?? process.env.A ?? "c";`, "process.env.B", "process.env.A"],
    [`const x = process.env.A ? process.env.A.trim() : "d"; use(process.env.A);`, "process.env.A", null],
    [`const x = isSet ? process.env.A : "e";`, "process.env.A", `"e"`],
    [`const { A: a = "f" } = process.env;`, "a", `"f"`],
    [`${nest}config.get("A", "g");`, `config.get("A", "g")`, `"g"`],
    [`${nest}config.get("A", { infer: true });`, `config.get("A", { infer: true })`, null],
    [`const x = process.env.A && "h";`, "process.env.A", null],
    [`start(process.env.A);`, "process.env.A", null],
  ])("%s: %s", (code, expression, fallback) => {
    const source = openText(code);
    const textOf = ({ range }: { range: readonly [number, number] }): string => source.text.slice(...range);
    const node = find(source, (candidate) => textOf(candidate) === expression);
    const read = envReadAt(node, source);
    expect(read?.fallback ? textOf(read.fallback) : null).toBe(fallback);
  });
});

describe("the project's own helpers", () => {
  it("is a read of the variable that they are asked for", () => {
    expect(found(`function getEnv(name, fallback) { return process.env[name] ?? fallback; } __(getEnv("PORT", "3000"))`, settingReadAt)).toEqual({ name: "PORT", host: "process.env", fallback: `"3000"` });
  });

  it("has no fallback in the second argument when they make nothing of it", () => {
    expect(found(`const env = (name, _old) => Deno.env.get(name); __(env("PORT", "3000"))`, settingReadAt)).toEqual({ name: "PORT", host: "Deno.env", fallback: null });
  });

  it("leaves the fallback to helpers that know where they run", () => {
    const code = `function getEnv(name, fallback) { if (process.env.NODE_ENV === "production") check(name); return process.env[name] ?? fallback; } __(getEnv("PORT", "3000"))`;
    expect(found(code, settingReadAt)).toMatchObject({ fallback: null });
  });

  it("is no read when they read something else", () => expect(found(`const get = (name, fallback) => cache[name] ?? fallback; __(get("PORT", "3000"))`, settingReadAt)).toBeNull());

  it("finds them in other files", () => {
    const project = makeProject({ "package.json": {}, "lib/env.ts": `export const env = (name: string) => process.env[name];` });
    const source = openText(`import { env } from "./lib/env"; __(env("PORT"))`, { filename: project.path("app.ts"), cwd: project.dir });
    expect(settingReadAt(marked(source), source)).toMatchObject({ name: "PORT", host: "process.env" });
  });
});

describe("the env module", () => {
  const schema = `import { z } from "zod"; export const env = z.object({ JWT_SECRET: z.string().min(32), MAIL_TOKEN: z.string().optional() }).parse(process.env);`;

  it.each([
    ["src/env.ts", schema],
    ["lib/env.ts", `import { createEnv } from "@t3-oss/env-nextjs"; export const env = createEnv({ server: {} });`],
    ["src/config/env.ts", `import Joi from "joi"; export default Joi.object({}).validate(process.env);`],
    ["config/index.js", `const { cleanEnv } = require("envalid"); module.exports = cleanEnv(process.env, {});`],
  ])("is found at %s by what it does", (file, text) => {
    const project = makeProject({ "package.json": {}, "app/page.ts": "", [file]: text });
    expect(envModuleOf(project.open("app/page.ts"))?.file).toBe(project.path(file));
  });

  it("may be a package of the workspace", () => {
    const project = makeProject({
      "package.json": { workspaces: ["packages/*", "apps/*"] },
      "packages/env/package.json": { name: "@acme/env", main: "./src/index.ts" },
      "packages/env/src/index.ts": schema,
      "apps/web/package.json": { dependencies: { "@acme/env": "*" } },
      "apps/web/page.ts": "",
    });
    expect(envModuleOf(project.open("apps/web/page.ts"))?.file).toBe(project.path("packages/env/src/index.ts"));
  });

  it.each([
    ["reads variables one by one", `export const env = { secret: process.env.JWT_SECRET };`],
    ["validates something else", `import { z } from "zod"; export const body = z.object({}); export const port = process.env.PORT;`],
  ])("is none when it only %s", (_, text) => {
    const project = makeProject({ "package.json": {}, "src/env.ts": text });
    expect(envModuleOf(project.open("app.ts"))).toBeNull();
  });

  it("is none when nothing loads it", () => {
    const pages = Array.from({ length: 8 }, (_, index) => `src/pages/page${index}.ts`);
    const app = (imports: string): string => {
      const main = `${imports}${pages.map((page) => `import "${page.replace("src", ".").replace(".ts", ".js")}";\n`).join("")}`;
      const project = makeProject({ "package.json": {}, "src/env.ts": schema, "src/main.ts": main, ...Object.fromEntries(pages.map((page) => [page, "export {};\n"])) });
      return envModuleOf(project.open(pages[0] ?? ""))?.file.slice(project.dir.length + 1) ?? "none";
    };
    expect(app('import "./env.js";\n')).toBe("src/env.ts");
    expect(app("")).toBe("none");
  });

  it("says which variables the project does not start without", () => {
    const project = makeProject({ "package.json": {}, "src/env.ts": schema });
    const source = project.open("app.ts");
    expect(["JWT_SECRET", "MAIL_TOKEN", "OTHER"].map((name) => isRequiredByEnvModule(name, source))).toEqual([true, false, false]);
  });
});
