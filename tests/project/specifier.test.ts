import { describe, expect, it } from "vitest";

import { specifierFor } from "../../src/project/specifier.js";
import { type Files, makeProject } from "../support/project.js";
import { openText } from "../support/source.js";

const withAlias = { "tsconfig.json": { compilerOptions: { paths: { "@/*": ["./src/*"] } } } };
const logger = { "src/lib/logger.ts": "export const logger = 1;", "src/db.ts": "", "src/app/db.ts": "", "src/lib/db.ts": "" };

/** How a file with this text would import another one of the project. */
function specifier(text: string, { files = {}, file = "src/app/orders/save.ts", target = "src/lib/logger.ts" }: { files?: Files; file?: string; target?: string } = {}): string | null {
  const project = makeProject({ "package.json": {}, ...logger, ...files });
  return specifierFor(project.path(target), openText(text, { filename: project.path(file), cwd: project.dir }));
}

describe("the way to a module", () => {
  it("goes by the alias that the file uses", () => expect(specifier(`import "@/db";`, { files: withAlias })).toBe("@/lib/logger"));
  it("goes by the alias that nobody uses yet, where nothing speaks for another way", () => expect(specifier(`import "zod";`, { files: withAlias })).toBe("@/lib/logger"));
  it("is relative, where the file imports like that", () => expect(specifier(`import "../db";`, { files: withAlias })).toBe("../../lib/logger"));
  it("is relative within a folder", () => expect(specifier(`import "@/db";`, { files: withAlias, file: "src/lib/orders.ts" })).toBe("./logger"));
  it("is relative without an alias", () => expect(specifier("")).toBe("../../lib/logger"));
  it("goes by a base folder, where the file does", () =>
    expect(specifier(`import "src/db";`, { files: { "tsconfig.json": { compilerOptions: { baseUrl: "." } } } })).toBe("src/lib/logger"));
  it("does not go by a base folder otherwise", () => expect(specifier(`import "zod";`, { files: { "tsconfig.json": { compilerOptions: { baseUrl: "." } } } })).toBe("../../lib/logger"));
  it("does not go by an alias that leads elsewhere", () =>
    expect(specifier(`import "@/db";`, { files: { "tsconfig.json": { compilerOptions: { paths: { "@/*": ["./other/*", "./src/*"] } } }, "other/lib/logger.ts": "" } })).toBe("../../lib/logger"));
});

describe("the ending", () => {
  it("is that of compiled code, where the file writes it", () => expect(specifier(`import "../db.js";`)).toBe("../../lib/logger.js"));
  it("is that of the file itself, where the file writes it", () => expect(specifier(`import "../db.ts";`)).toBe("../../lib/logger.ts"));
  it("is left out with the name of an index", () => expect(specifier(`import "../db";`, { files: { "src/log/index.ts": "" }, target: "src/log/index.ts" })).toBe("../../log"));
  it("stays on an index otherwise", () => expect(specifier(`import "../db.js";`, { files: { "src/log/index.ts": "" }, target: "src/log/index.ts" })).toBe("../../log/index.js"));
  it("is learned from the module, where the file has nothing to learn from", () =>
    expect(specifier("", { files: { "package.json": { type: "module" }, "src/lib/logger.ts": `import "./db.js";` } })).toBe("../../lib/logger.js"));
  it("is that on disk from JavaScript to JavaScript, where nothing is to learn from", () =>
    expect(specifier("", { files: { "package.json": { type: "module" }, "src/lib/log.js": "" }, file: "src/app/save.js", target: "src/lib/log.js" })).toBe("../lib/log.js"));
  it("may be needed, and cannot be told", () => expect(specifier("", { files: { "package.json": { type: "module" } } })).toBeNull());
});

describe("JavaScript", () => {
  it("that is run as it is imports no TypeScript", () => expect(specifier(`const db = require("./db");`, { file: "server.js" })).toBeNull());
  it("that is compiled may", () => expect(specifier(`import "./src/db";`, { file: "server.js" })).toBe("./src/lib/logger"));
  it("imports JavaScript", () => expect(specifier("", { file: "server.js", files: { "lib/log.js": "" }, target: "lib/log.js" })).toBe("./lib/log"));
});

describe("a package of the workspace", () => {
  const workspace = (json: object): Files => ({
    "package.json": { workspaces: ["packages/*"] },
    "packages/api/package.json": { name: "@shop/api", dependencies: { "@shop/lib": "*" } },
    "packages/lib/package.json": { name: "@shop/lib", ...json },
    "packages/lib/src/index.ts": "",
    "packages/lib/src/logger.ts": "",
  });
  const from = { file: "packages/api/src/orders.ts", target: "packages/lib/src/logger.ts" };

  it("is entered by the path below it, where it lets everyone in", () => expect(specifier("", { files: workspace({}), ...from })).toBe("@shop/lib/src/logger"));
  it("is entered by what it exports", () => expect(specifier("", { files: workspace({ exports: { "./logger": "./src/logger.ts" } }), ...from })).toBe("@shop/lib/logger"));
  it("is entered by a pattern", () => expect(specifier("", { files: workspace({ exports: { "./*": "./src/*.ts" } }), ...from })).toBe("@shop/lib/logger"));
  it("goes by its name alone for its entry", () =>
    expect(specifier("", { files: workspace({ exports: "./src/index.ts" }), file: from.file, target: "packages/lib/src/index.ts" })).toBe("@shop/lib"));
  it("keeps the rest to itself", () => expect(specifier("", { files: workspace({ exports: "./src/index.ts" }), ...from })).toBeNull());
});
