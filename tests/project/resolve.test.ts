import { chmodSync } from "node:fs";
import { describe, expect, it } from "vitest";

import { resolveSpecifier } from "../../src/project/resolve.js";
import { makeProject, type Files, type Project } from "../support/project.js";

/** What a specifier leads to: a path in the project, the name of a package after a colon, or `null`. */
function lead(project: Project, specifier: string, from = "src/a.ts"): string | null {
  const found = resolveSpecifier(specifier, project.path(from));
  if (!found) return null;
  return "file" in found ? found.file.slice(project.dir.length + 1) : `:${found.package}`;
}

const leads = (files: Files, specifier: string, from?: string): string | null => lead(makeProject({ "package.json": { name: "app" }, ...files }), specifier, from);

describe("relative paths", () => {
  const files = Object.fromEntries(
    ["src/b.ts", "src/c.tsx", "src/d.js", "src/e.mts", "src/f.cjs", "src/g.test.ts", "src/both.ts", "src/both/index.ts", "src/folder/index.tsx", "src/index.ts", "index.js", "src/built.js", "src/built.ts", "src/only.d.ts", "src/style.css", "src/data.json", "src/not.ts/inner.txt"].map((path) => [path, ""]),
  );
  it.each([
    ["./b", "src/b.ts"],
    ["./b.ts", "src/b.ts"],
    ["./b.js", "src/b.ts"],
    ["./c.jsx", "src/c.tsx"],
    ["./c", "src/c.tsx"],
    ["./d", "src/d.js"],
    ["./e.mjs", "src/e.mts"],
    ["./e", "src/e.mts"],
    ["./f.cjs", "src/f.cjs"],
    ["./g.test", "src/g.test.ts"],
    ["./both", "src/both.ts"],
    ["./both/", "src/both/index.ts"],
    ["./folder", "src/folder/index.tsx"],
    ["./built.js", "src/built.ts"],
    ["./b?raw", "src/b.ts"],
    [".", "src/index.ts"],
    ["./", "src/index.ts"],
    ["..", "index.js"],
    ["../src/../src/b", "src/b.ts"],
    ["./only", null],
    ["./only.d.ts", null],
    ["./style.css", null],
    ["./data.json", null],
    ["./missing", null],
    ["./not", null],
    ["./not.ts", null],
    ["../../outside", null],
    ["/src/b", null],
    ["", null],
  ])("%s is %s", (specifier, file) => expect(leads(files, specifier)).toBe(file));
});

describe("packages", () => {
  it.each([
    ["axios", ":axios"],
    ["@prisma/client/edge", ":@prisma/client/edge"],
    ["node:fs", ":fs"],
    ["npm:stripe@12", ":stripe"],
    ["https://esm.sh/@supabase/supabase-js@2", ":@supabase/supabase-js"],
    ["https://deno.land/std@0.168.0/http/server.ts", ":deno.land/std/http/server.ts"],
    ["bun:sqlite", ":bun:sqlite"],
    ["JSONStream", ":JSONStream"],
    ["@/lib/db", null],
    ["~/lib/db", null],
    ["$lib/db", null],
    ["#db", null],
    ["@", null],
    ["~", null],
    ["virtual:pages", null],
    ["data:text/javascript,1", null],
    ["!!raw-loader!./a", null],
    ["${name}", null],
  ])("%s is %s", (specifier, name) => expect(leads({}, specifier)).toBe(name));

  it("installed ones are not entered", () => {
    const installed = { "node_modules/x/index.ts": "", "node_modules/x/package.json": { name: "x", main: "index.ts" } };
    expect(leads(installed, "x")).toBe(":x");
    expect(leads(installed, "../node_modules/x/index")).toBeNull();
    expect(leads({ ...installed, "tsconfig.json": { compilerOptions: { paths: { "x/*": ["./node_modules/x/*"] } } } }, "x/index")).toBeNull();
  });

  it("are known in a text without a file", () => {
    expect(resolveSpecifier("axios", "<input>")).toEqual({ package: "axios" });
    expect(resolveSpecifier("./a", "<input>")).toBeNull();
  });
});

describe("aliases", () => {
  const tsconfig = (compilerOptions: object): Files => ({ "tsconfig.json": { compilerOptions } });

  it.each<[string, Files, string, string | null]>([
    ["of a tsconfig", { ...tsconfig({ paths: { "@/*": ["./src/*"] } }), "src/lib/db.ts": "" }, "@/lib/db", "src/lib/db.ts"],
    ["with a second target", { ...tsconfig({ paths: { "@/*": ["./gen/*", "./src/*"] } }), "src/db/index.ts": "" }, "@/db", "src/db/index.ts"],
    ["with its own ending", { ...tsconfig({ paths: { "@/*": ["./src/*"] } }), "src/db.ts": "" }, "@/db.js", "src/db.ts"],
    ["that leads nowhere", tsconfig({ paths: { "@/*": ["./src/*"] } }), "@/db", null],
    ["that stands for everything, and is a package after all", tsconfig({ paths: { "*": ["./types/*"] } }), "axios", ":axios"],
    ["to a package's folder", { ...tsconfig({ paths: { "@acme/db": ["./packages/db"] } }), "packages/db/package.json": { main: "./dist/index.js" }, "packages/db/src/index.ts": "" }, "@acme/db", "packages/db/src/index.ts"],
    ["outside the workspace", tsconfig({ paths: { "@/*": ["../../*"] } }), "@/tmp", null],
    ["by baseUrl", { ...tsconfig({ baseUrl: "./src" }), "src/server/db.ts": "" }, "server/db", "src/server/db.ts"],
    ["by baseUrl, of a package", { ...tsconfig({ baseUrl: "." }), "express/notes.md": "" }, "express", ":express"],
    ["by a Vite reference", { "tsconfig.json": { references: [{ path: "tsconfig.app.json" }] }, "tsconfig.app.json": { compilerOptions: { paths: { "@/*": ["./src/*"] } } }, "src/db.ts": "" }, "@/db", "src/db.ts"],
    ["by the package's imports", { "package.json": { imports: { "#db": { types: "./types/db.d.ts", default: "./src/db.ts" } } }, "src/db.ts": "" }, "#db", "src/db.ts"],
    ["by the package's imports, with a pattern", { "package.json": { imports: { "#*": "./src/*" } }, "src/db.ts": "" }, "#db.js", "src/db.ts"],
    ["by the package's imports, unbuilt", { "package.json": { imports: { "#*": "./dist/*.js" } }, "src/db.ts": "" }, "#db", "src/db.ts"],
    ["by the package's imports, to a package", { "package.json": { imports: { "#http": "undici" } } }, "#http", ":undici"],
    ["by the package's imports, of another name", { "package.json": { imports: { "#http": "undici" } } }, "#other", null],
    ["by imports of the wrong kind", { "package.json": { imports: ["#db"] } }, "#db", null],
  ])("%s", (_, files, specifier, file) => expect(leads(files, specifier)).toBe(file));
});

describe("Deno", () => {
  const map = { imports: { "@supabase/supabase-js": "npm:@supabase/supabase-js@2", "std/": "https://deno.land/std@0.200.0/", shared: "./_shared/index.ts", "@/": "./", stripe: "https://esm.sh/stripe@12?target=deno" } };
  const from = "supabase/functions/pay/index.ts";
  it.each([
    ["@supabase/supabase-js", ":@supabase/supabase-js"],
    ["std/http/server.ts", ":deno.land/std/http/server.ts"],
    ["stripe", ":stripe"],
    ["shared", "supabase/functions/_shared/index.ts"],
    ["@/_shared/cors.ts", "supabase/functions/_shared/cors.ts"],
    ["../_shared/cors.ts", "supabase/functions/_shared/cors.ts"],
    ["axios", ":axios"],
  ])("%s is %s", (specifier, expected) => {
    const functions = { "supabase/functions/_shared/index.ts": "", "supabase/functions/_shared/cors.ts": "" };
    expect(leads({ ...functions, "supabase/functions/deno.json": map }, specifier, from)).toBe(expected);
    expect(leads({ ...functions, "supabase/functions/import_map.json": map }, specifier, from)).toBe(expected);
    expect(leads({ ...functions, "supabase/functions/import_map.json": map, "supabase/functions/pay/deno.jsonc": `{ "importMap": "../import_map.json", /* no more */ }` }, specifier, from)).toBe(expected);
  });

  it("a map that is not valid is none", () => {
    expect(leads({ "deno.json": "{ imports" }, "axios")).toBe(":axios");
    expect(leads({ "deno.json": { imports: { axios: 3 } } }, "axios")).toBe(":axios");
  });
});

describe("packages of the workspace", () => {
  const npm = { "package.json": { workspaces: ["packages/*"] } };
  const pnpm = { "package.json": {}, "pnpm-workspace.yaml": "packages:\n  - packages/*\n" };
  const db = (manifest: object, ...sources: string[]): Files => ({
    "packages/db/package.json": { name: "@acme/db", ...manifest },
    ...Object.fromEntries(sources.map((path) => [`packages/db/${path}`, ""])),
  });

  it.each<[string, Files, string, string | null]>([
    ["by main", db({ main: "./lib/main.ts" }, "lib/main.ts", "index.ts"), "@acme/db", "lib/main.ts"],
    ["by source rather than main", db({ source: "./src/all.ts", main: "./dist/index.js" }, "src/all.ts", "dist/index.js"), "@acme/db", "src/all.ts"],
    ["without a field, by its index", db({}, "index.ts"), "@acme/db", "index.ts"],
    ["without a field, by the index in src", db({}, "src/index.ts"), "@acme/db", "src/index.ts"],
    ["unbuilt, by the source of main", db({ main: "dist/main.js" }, "src/main.ts", "src/index.ts"), "@acme/db", "src/main.ts"],
    ["unbuilt, of another name", db({ main: "dist/bundle.js" }, "src/index.ts"), "@acme/db", "src/index.ts"],
    ["unbuilt, with the source at the root", db({ main: "./dist/index.js", types: "./dist/index.d.ts" }, "index.ts"), "@acme/db", "index.ts"],
    ["unbuilt, in a folder per format", db({ main: "./dist/cjs/index.cjs" }, "src/index.ts"), "@acme/db", "src/index.ts"],
    ["built, by the source all the same", db({ main: "./dist/index.js" }, "dist/index.js", "src/index.ts"), "@acme/db", "src/index.ts"],
    ["built, with the source elsewhere", db({ main: "./lib/thing.js" }, "lib/thing.js"), "@acme/db", "lib/thing.js"],
    ["by types to the source", db({ types: "./src/index.ts", main: "./dist/x.js" }, "src/index.ts"), "@acme/db", "src/index.ts"],
    ["by exports", db({ exports: "./src/main.ts" }, "src/main.ts", "index.ts"), "@acme/db", "src/main.ts"],
    ["by exports with conditions", db({ exports: { ".": { types: "./dist/index.d.ts", import: "./dist/index.mjs", require: "./dist/index.cjs" } } }, "src/index.ts"), "@acme/db", "src/index.ts"],
    ["by exports for require alone", db({ exports: { ".": { require: "./main.cjs" } } }, "main.cjs"), "@acme/db", "main.cjs"],
    ["by nested conditions", db({ exports: { ".": { node: { import: { default: "./src/node.ts" } } } } }, "src/node.ts"), "@acme/db", "src/node.ts"],
    ["by exports with a source", db({ exports: { ".": { source: "./code/index.ts", default: "./dist/index.js" } } }, "code/index.ts", "src/index.ts"), "@acme/db", "code/index.ts"],
    ["a subpath by exports", db({ exports: { "./client": "./src/client.ts" } }, "src/client.ts"), "@acme/db/client", "src/client.ts"],
    ["a subpath by a pattern", db({ exports: { "./*": { types: "./dist/*.d.ts", default: "./dist/*.js" } } }, "src/orders/client.ts"), "@acme/db/orders/client", "src/orders/client.ts"],
    ["a subpath by a list of patterns", db({ exports: { "./*": ["./src/*.ts", "./src/*/index.ts"] } }, "src/orders/index.ts"), "@acme/db/orders", "src/orders/index.ts"],
    ["a subpath by its file", db({}, "orders/list.ts"), "@acme/db/orders/list", "orders/list.ts"],
    ["a subpath by its file in src", db({}, "src/orders.ts"), "@acme/db/orders", "src/orders.ts"],
    ["a subpath in dist", db({}, "src/orders.ts"), "@acme/db/dist/orders", "src/orders.ts"],
    ["a subpath that is not there", db({ exports: { ".": "./index.ts" } }, "index.ts"), "@acme/db/orders", null],
    ["one without a source", db({ main: "dist/index.js" }), "@acme/db", null],
    ["one with declarations alone", db({ types: "./index.d.ts" }, "index.d.ts"), "@acme/db", null],
    ["exports of the wrong kind", db({ exports: 7, main: 8 }, "index.ts"), "@acme/db", "index.ts"],
    ["exports that contradict themselves", db({ exports: { ".": "./a.ts", import: "./b.ts" } }, "index.ts"), "@acme/db", "index.ts"],
    ["main that leaves the package", db({ main: "../../../etc/passwd" }, "index.ts"), "@acme/db", "index.ts"],
    ["nobody's package", db({}, "index.ts"), "@acme/database", ":@acme/database"],
  ])("%s", (_, files, specifier, expected) => {
    const inWorkspace = expected === null || expected.startsWith(":") ? expected : `packages/db/${expected}`;
    expect(leads({ ...npm, ...files }, specifier, "packages/web/a.ts")).toBe(inWorkspace);
    expect(leads({ ...pnpm, ...files }, specifier, "packages/web/a.ts")).toBe(inWorkspace);
  });

  it("an app that is called as the package which it is about", () => {
    const files = { ...npm, "packages/storybook/package.json": { name: "storybook" }, "packages/web/package.json": { name: "web", dependencies: { storybook: "^8.0.0" } } };
    expect(leads(files, "storybook/test", "packages/web/a.ts")).toBe(":storybook/test");
    expect(leads(files, "storybook/test", "packages/other/a.ts")).toBeNull();
  });

  it("a package by its own name", () => {
    const files = { "package.json": { name: "app", exports: { "./db": "./src/db.ts" } }, "src/db.ts": "" };
    expect(leads(files, "app/db")).toBe("src/db.ts");
    expect(leads({ "package.json": { name: "app" }, "src/db.ts": "" }, "app/db")).toBe(":app/db");
  });
});

describe("Prisma's client is the package, wherever it is generated to", () => {
  const schema = (output: string): string => `generator zod {\n  provider = "zod-prisma-types"\n  output = "../src/zod"\n}\ngenerator client {\n  provider = "prisma-client"\n  output   = "${output}"\n}\n`;
  it.each<[string, Files, string, string | null]>([
    ["not there", { "prisma/schema.prisma": schema("../src/generated/prisma") }, "./generated/prisma/client", ":@prisma/client"],
    ["there", { "prisma/schema.prisma": schema("../src/generated/prisma"), "src/generated/prisma/index.js": "" }, "./generated/prisma", ":@prisma/client"],
    ["by an alias", { "prisma/schema/main.prisma": schema("../../src/db/client"), "tsconfig.json": { compilerOptions: { paths: { "@/*": ["./src/*"] } } } }, "@/db/client/enums.js", ":@prisma/client/enums"],
    ["in a package of the workspace", { "package.json": { workspaces: ["packages/*"] }, "packages/db/package.json": { name: "db", exports: { "./client": "./generated/client.ts" } }, "packages/db/schema.prisma": schema("./generated") }, "db/client", ":@prisma/client"],
    ["but not what another generator makes", { "prisma/schema.prisma": schema("../src/generated/prisma") }, "./zod", null],
    ["and not without an output", { "prisma/schema.prisma": `generator client {\n  provider = "prisma-client-js"\n}` }, "./generated/prisma", null],
    ["and not in a folder that holds the schema too", { "prisma/schema.prisma": schema(".."), "src/db.ts": "" }, "./db", "src/db.ts"],
    ["and not with a broken schema", { "prisma/schema.prisma": `generator client {\n  output = "../src/generated` }, "./generated/prisma", null],
  ])("%s", (_, files, specifier, expected) => expect(leads(files, specifier)).toBe(expected));
});

describe("links", () => {
  it("out of the workspace are not followed", () => {
    const outside = makeProject({ "secret.ts": "" });
    const project = makeProject({ "package.json": {}, "src/here.ts": "" });
    project.link("src/out", outside.dir);
    project.link("src/linked.ts", outside.path("secret.ts"));
    project.link("src/alias.ts", project.path("src/here.ts"));
    expect(lead(project, "./out/secret")).toBeNull();
    expect(lead(project, "./linked")).toBeNull();
    expect(lead(project, "./alias")).toBe("src/alias.ts");
  });

  it("in a circle end", () => {
    const project = makeProject({ "package.json": {} });
    project.link("src/loop", project.path("src"));
    project.link("src/self.ts", project.path("src/self.ts"));
    expect(lead(project, "./loop/loop/self")).toBeNull();
    expect(lead(project, "./self")).toBeNull();
  });
});

describe("a change on disk", () => {
  const next = (project: Project, specifier: string): string | null => {
    project.open("src/a.ts");
    return lead(project, specifier);
  };

  it("that takes a file away is seen in the next linted file", () => {
    const project = makeProject({ "package.json": {}, "src/b.ts": "", "src/b/index.ts": "" });
    expect(next(project, "./b")).toBe("src/b.ts");
    project.remove("src/b.ts");
    expect(next(project, "./b")).toBe("src/b/index.ts");
    project.remove("src/b");
    expect(next(project, "./b")).toBeNull();
  });

  it("that renames a file is seen in both places", () => {
    const project = makeProject({ "package.json": {}, "src/b.ts": "" });
    expect(next(project, "./b")).toBe("src/b.ts");
    expect(next(project, "./c")).toBeNull();
    project.rename("src/b.ts", "src/c.ts");
    expect(next(project, "./b")).toBeNull();
    expect(next(project, "./c")).toBe("src/c.ts");
  });

  it("that adds a file, or a folder, is seen in the next linted file", () => {
    const project = makeProject({ "package.json": {} });
    expect(next(project, "./b")).toBeNull();
    expect(next(project, "./lib/c")).toBeNull();
    project.write({ "src/b.ts": "" });
    expect(next(project, "./b")).toBe("src/b.ts");
    project.write({ "src/lib/c.ts": "" });
    expect(next(project, "./lib/c")).toBe("src/lib/c.ts");
  });

  it("of an alias is seen in the next linted file", () => {
    const project = makeProject({ "package.json": {}, "tsconfig.json": { compilerOptions: { paths: { "@/*": ["./src/*"] } } }, "src/b.ts": "", "lib/b.ts": "" });
    expect(next(project, "@/b")).toBe("src/b.ts");
    project.write({ "tsconfig.json": { compilerOptions: { paths: { "@/*": ["./lib/*"] } } } });
    expect(next(project, "@/b")).toBe("lib/b.ts");
  });

  it.skipIf(process.getuid?.() === 0)("a closed folder is an empty one", () => {
    const project = makeProject({ "package.json": {}, "src/closed/b.ts": "" });
    chmodSync(project.path("src/closed"), 0o000);
    expect(lead(project, "./closed/b")).toBeNull();
    chmodSync(project.path("src/closed"), 0o755);
  });
});
