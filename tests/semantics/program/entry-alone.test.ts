import { describe, expect, it } from "vitest";

import { loadModule } from "../../../src/project/modules.js";
import { isBuiltAlone } from "../../../src/semantics/program/entry-alone.js";
import { makeProject } from "../../support/project.js";
import type { Source } from "../../../src/syntax/source.js";

const manifest = { scripts: { build: "bundle --out dist ./src/main.ts", start: "node tools/start.js" }, main: "./src/boot.ts" };

function isAlone(file: string, text: string): boolean {
  const project = makeProject({
    "package.json": manifest,
    "src/env.ts": "export const env = {};",
    "src/orders.ts": "export const orders = 1; export type Order = number;",
    "shared/log.ts": "export const log = 1;",
    [file]: text,
  });
  const source = loadModule(project.path(file), project.open("src/other.ts"));
  return isBuiltAlone(project.path("src/env.ts"), source as Source);
}

describe("an entry that has nothing of the app", () => {
  it.each([
    ["takes types alone", "src/main.ts", `import type { Order } from "./orders"; import http from "node:http"; export const a: Order = 1;`],
    ["takes types alone, one by one", "src/boot.ts", `import { type Order } from "./orders"; export const a: Order = 1;`],
    ["stands outside the folder", "server.ts", `import http from "node:http"; http.createServer();`],
    ["takes things from elsewhere", "server.ts", `import { log } from "./shared/log"; import type { Order } from "./src/orders"; log;`],
    ["is named by a script, outside the folder", "tools/start.js", `import { log } from "../shared/log"; log;`],
  ])("%s", (_, file, text) => expect(isAlone(file, text)).toBe(true));

  it.each([
    ["takes a value", "src/main.ts", `import { orders } from "./orders"; orders;`],
    ["takes a value beside a type", "src/main.ts", `import { orders, type Order } from "./orders"; orders;`],
    ["takes nothing of the project's, inside the folder", "src/main.ts", `import http from "node:http"; http.createServer();`],
    ["loads the app later", "server.ts", `export const start = () => import("./src/orders");`],
    ["requires the app", "server.ts", `const { orders } = require("./src/orders"); orders;`],
    ["loads it for its effects", "server.ts", `import "./src/orders";`],
    ["hands it on", "server.ts", `export * from "./src/orders";`],
    ["is no entry", "src/mail.ts", `import type { Order } from "./orders"; export const a: Order = 1;`],
    ["is no entry, outside the folder", "proxy.ts", `import http from "node:http"; http.createServer();`],
  ])("not one that %s", (_, file, text) => expect(isAlone(file, text)).toBe(false));
});
