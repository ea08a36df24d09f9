import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { fileFacts } from "../../../src/project/file.js";
import { isUnreached } from "../../../src/semantics/program/unreached.js";
import { type Files, makeProject } from "../../support/project.js";

const manifest = (dependencies: object = {}, more: object = {}): object => ({ name: "shop", dependencies, ...more });

/** A small server, of which everything is used. */
const shop: Files = {
  "package.json": manifest({ express: "^5.1.0" }, { scripts: { start: "node dist/server.js" } }),
  "src/server.ts": 'import express from "express";\nimport { orders } from "./routes/orders.js";\nexpress().use(orders).listen(3000);\n',
  "src/routes/orders.ts": 'import { Router } from "express";\nimport { findOrder } from "../services/orders.js";\nexport const orders = Router();\norders.get("/:id", (request, response) => response.json(findOrder(request.params.id)));\n',
  "src/services/orders.ts": 'import { money } from "../format/money.js";\nexport const findOrder = (id: string) => ({ id, total: money(12) });\n',
  "src/format/money.ts": "export const money = (cents: number) => `${cents / 100} €`;\n",
  "src/format/dates.ts": 'export const day = (date: Date) => date.toISOString().slice(0, 10);\n',
  "src/format/index.ts": 'export * from "./money.js";\nexport * from "./dates.js";\n',
  "src/routes/customers.ts": 'import { day } from "../format/index.js";\nexport const since = (date: Date) => day(date);\n',
  "src/main.ts": 'import "./routes/customers.js";\n',
};

const leftover = 'import { findOrder } from "./orders.js";\nexport const refund = (id: string) => findOrder(id);\n';

const isLeftover = (files: Files, file: string, settings: object = {}): boolean => {
  const project = makeProject({ ...shop, ...files });
  const source = project.open(file, { settings });
  expect(fileFacts(source)?.filename).toBe(join(project.dir, file));
  return isUnreached(source);
};

const file = "src/services/refunds.ts";

describe("a file that nothing leads to", () => {
  it.each<[string, Files]>([
    ["is imported by nobody", {}],
    ["is imported by a test only", { "src/services/refunds.test.ts": 'import { refund } from "./refunds.js";\nrefund("1");\n' }],
    ["is imported by another one that nothing leads to", { "src/services/returns.ts": 'import { refund } from "./refunds.js";\nexport const take = refund;\n' }],
    ["goes by a name that another file has, which is the one that is imported", { "src/refunds/refunds.ts": "export {};\n", "src/main.ts": 'import "./routes/customers.js";\nimport "./refunds/refunds.js";\n' }],
    ["is imported, and nothing is made of it", { "src/main.ts": 'import "./routes/customers.js";\nimport { refund } from "./services/refunds.js";\n' }],
    ["is imported for its types", { "src/main.ts": 'import "./routes/customers.js";\nimport type { refund } from "./services/refunds.js";\nexport type Refund = typeof refund;\n' }],
    ["says by which command another one is run", { [file]: `// After this: npx tsx src/services/returns.ts\n${leftover}` }],
    ["speaks of itself", { [file]: `// refunds.ts: what tsx makes of it nobody knows\n${leftover}` }],
    ["has the name that ends an address", { "src/main.ts": 'import "./routes/customers.js";\nfetch("/api/refunds");\n' }],
    ["stands in a folder that goes by a step of an address", { "src/main.ts": 'import "./routes/customers.js";\nexport const load = (id: string) => fetch(`/services/${id}`);\n' }],
    ["is named in a comment", { "src/main.ts": 'import "./routes/customers.js";\n// import "./services/refunds.js";\n/**\n * See `src/services/refunds.ts`.\n */\n' }],
    ["is named by a text that is there to be read", { "docs/files.json": { files: ["src/services/refunds.ts"] } }],
    ["is named by the settings of what looks at files", { "knip.json": { ignore: ["src/services/refunds.ts"] } }],
    ["goes by the name of a style", { "components.json": { css: "src/refunds.css" } }],
    ["is imported by a script that nobody names", { "scripts/refund-all.ts": 'import { refund } from "../src/services/refunds.js";\nrefund("1");\n' }],
    ["is tried out by a script", { "scripts/test-refunds.ts": 'import { refund } from "../src/services/refunds.js";\nrefund("1");\n', "package.json": manifest({}, { scripts: { try: "tsx scripts/test-refunds.ts" } }) }],
    ["is read by a test", { "src/main.ts": 'import "./routes/customers.js";\nexport const files = "src/services/refunds.test.ts";\n', "src/services/refunds.test.ts": 'import { refund } from "./refunds.js";\nrefund("1");\n' }],
    ["is spoken of in words", { "src/main.ts": 'import "./routes/customers.js";\nconsole.log("refunds");\n' }],
    ["has comments of which a documentation is made", { "src/main.ts": 'import "./routes/customers.js";\nimport swaggerJsdoc from "swagger-jsdoc";\nexport const spec = swaggerJsdoc({ definition: {}, apis: ["./src/services/*.ts"] });\n' }],
    ["stands in a folder whose files are counted", { "src/main.ts": 'import "./routes/customers.js";\nimport { readdirSync } from "node:fs";\nimport { join } from "node:path";\nexport const count = readdirSync(join(process.cwd(), "src", "services")).length;\n' }],
    ["stands in a folder of which something speaks that was built", { "src/main.ts": 'import "./routes/customers.js";\nimport "./generated/client.js";\n', "src/generated/client.js": 'const fs = require("fs"), path = require("path");\nfor (const n of fs.readdirSync(path.join(__dirname, "services"))) require(n);\n' }],
    ["is copied in an example of a container", { "Dockerfile.sample": 'FROM node:22\nCMD ["node", "dist/services/refunds.js"]\n' }],
    ["stands in a folder of the same name as one of whose files one is imported", { "public/page.js": "export const load = (name) => import(`./services/${name}.js`);\n", "public/sw.js": 'importScripts("/page.js");\n' }],
    ["stands beside translations that are imported", { "src/services/orders.ts": 'export const findOrder = (id: string) => ({ id });\nexport const load = (name: string) => import(`./${name}.json`);\n' }],
    ["is in the report of what looked at it", { "error-handling-audit.json": { files: ["src/services/refunds.ts"] }, "test-results.json": [{ file: "./src/services/refunds.ts" }] }],
    ["is looked for by a script of a shell", { "check.sh": 'if [ ! -f "src/services/refunds.ts" ]; then exit 1; fi\ngrep -q TODO src/services/refunds.ts && echo "src/services/refunds.ts has some"\n# src/services/refunds.ts\n' }],
    ["is one of a list that a script looks through", { "check.sh": 'FILES=(\n  "src/services/refunds.ts"\n  "src/services/orders.ts"\n)\nfor file in "${FILES[@]}"; do test -f "$file"; done\n' }],
    ["stands in what a script writes", { "new.sh": "cat > src/services/returns.ts <<'EOF'\nimport { refund } from './refunds.ts';\nEOF\n" }],
    ["is looked for by a workflow", { ".github/workflows/ci.yml": "jobs:\n  check:\n    steps:\n      - run: test -f src/services/refunds.ts\n" }],
    ["is counted by the settings of tests that are named by one more word", { "package.json": manifest({ express: "^5.1.0" }, { scripts: { start: "node dist/server.js", "test:unit": "jest -c jest.config.unit.js" } }), "jest.config.unit.js": 'module.exports = { collectCoverageFrom: ["src/**/*.ts", "!src/**/*.d.ts"], moduleNameMapper: { "^@/(.*)$": "<rootDir>/src/$1" } };\n' }],
    ["has the name of a page in a list of addresses", { "tests/e2e/routes.json": '[\n  "/",\n  "/orders",\n  "/services/refunds"\n]\n' }],
    ["stands in a folder that an option's values are named after, where the option is called as what loads folders", { "src/main.ts": 'import "./routes/customers.js";\nimport { useOrders } from "./routes/use-orders.js";\nuseOrders({ autoLoad: true, root: "services", isTried: import.meta.env.DEV });\n', "src/routes/use-orders.ts": "export const useOrders = (options: object) => options;\n" }],
    ["stands beside one that asks what it is built for, and has such an option", { "src/services/orders.ts": 'export const findOrder = (id: string, { autoLoad = false } = {}) => ({ id, autoLoad, isTried: import.meta.env.DEV });\n' }],
    ["is named by the settings, in code, of what looks at files", { ".eslintrc.js": 'module.exports = { overrides: [{ files: ["src/services/refunds.ts"], rules: { "no-console": "off" } }] };\n' }],
    ["is looked at by a tool", { "eslint.config.js": 'export default [{ files: ["src/services/**/*.ts"] }];\n', "tsconfig.json": { include: ["src/**/*"] } }],
  ])("%s", (_, files) => {
    expect(isLeftover({ [file]: leftover, ...files }, file)).toBe(true);
  });

  it("has a page's place without being one", () => {
    const app = { "package.json": manifest({ next: "^16.0.0" }), "app/page.tsx": "export default () => null;\n", "app/api/orders/route.ts": "export const GET = () => Response.json([]);\n" };
    expect(isLeftover({ ...app, "app/api/orders/versions.ts": "export default () => null;\n" }, "app/api/orders/versions.ts")).toBe(true);
    expect(isLeftover(app, "app/api/orders/route.ts")).toBe(false);
  });
});

describe("what Next serves", () => {
  const app = { "package.json": manifest({ next: "^16.0.0" }), "app/page.tsx": "export default () => null;\n", "app/api/orders/route.ts": "export const GET = () => Response.json([]);\n" };

  it.each<[string, string, boolean]>([
    ["a route", "app/api/returns/route.ts", false],
    ["a route of a group", "app/(shop)/returns/route.ts", false],
    ["a route that is about copies", "app/api/backup/route.ts", false],
    ["a route of an app that stands in a folder", "frontend/app/api/returns/route.ts", false],
    ["no route of a private folder", "app/_api/returns/route.ts", true],
    ["no route of a private folder further down", "app/shop/_old/returns/route.ts", true],
    ["a page of the older router, whose folders are never private", "pages/_shop/returns.tsx", false],
    ["no route of a copy", "backup/app/api/returns/route.ts", true],
    ["no middleware of a copy", "old-site/middleware.ts", true],
  ])("is %s", (_, path, isLeft) => {
    expect(isLeftover({ ...app, [path]: "export const GET = () => Response.json([]);\n" }, path)).toBe(isLeft);
  });
});

describe("a copy of an app", () => {
  const copy = (folder: string): Files => ({ ".git/HEAD": "ref: refs/heads/main\n", [`${folder}/package.json`]: manifest({ express: "^4.0.0" }, { scripts: { start: "node src/server.js" } }), [`${folder}/src/server.ts`]: 'import { send } from "./mail.js";\nsend();\n', [`${folder}/src/mail.ts`]: "export const send = () => 1;\n" });

  it.each(["Shop Zip/shop", "shop_20260323", "backup/shop", "shop-old"])("is left over in `%s`", (folder) => {
    expect(isLeftover(copy(folder), `${folder}/src/server.ts`)).toBe(true);
    expect(isLeftover(copy(folder), `${folder}/src/mail.ts`)).toBe(true);
  });

  it.each<[string, string, Files]>([
    ["stands beside another app", "backend", {}],
    ["is built by a workflow", "shop-old", { ".github/workflows/build.yml": "jobs:\n  build:\n    steps:\n      - run: npm ci\n        working-directory: shop-old\n" }],
    ["is of the workspace", "shop-old", { "package.json": manifest({}, { workspaces: ["shop-old"] }) }],
    ["is imported", "shop-old", { "src/main.ts": 'import "./routes/customers.js";\nimport "../shop-old/src/server.js";\n' }],
  ])("%s, and is none", (_, folder, files) => {
    const named = Object.fromEntries(Object.entries(copy(folder)).map(([path, text]) => [path, path.endsWith("package.json") ? { ...(text as object), name: "old-shop" } : text]));
    expect(isLeftover({ ...named, ...files }, `${folder}/src/server.ts`)).toBe(false);
  });
});

describe("a library of the workspace", () => {
  const at = "packages/loyalty/src/index.ts";
  const library = (more: object = {}): Files => ({
    "package.json": manifest({ express: "^5.1.0" }, { workspaces: ["packages/*"], scripts: { start: "node dist/server.js" } }),
    "packages/loyalty/package.json": { name: "@shop/loyalty", private: true, main: "src/index.ts", scripts: { test: "vitest run", lint: "eslint ." }, ...more },
    [at]: 'export * from "./points.js";\n',
    "packages/loyalty/src/points.ts": "export const points = (cents: number) => cents / 100;\n",
  });

  it.each<[string, Files]>([
    ["that nobody has", {}],
    ["that only its own files speak of", { "packages/loyalty/src/more.ts": 'import { points } from "@shop/loyalty";\nexport const all = points;\n' }],
    ["that an app would compile, and does not have", { "next.config.js": 'export default { transpilePackages: ["@shop/loyalty"] };\n' }],
    ["of which an app has the types", { "src/main.ts": 'import "./routes/customers.js";\nimport type { points } from "@shop/loyalty";\nexport type Points = typeof points;\n' }],
  ])("is left over, %s", (_, files) => {
    expect(isLeftover({ ...library(), ...files }, at)).toBe(true);
    expect(isLeftover({ ...library(), ...files }, "packages/loyalty/src/points.ts")).toBe(true);
  });

  it.each<[string, Files]>([
    ["that another package asks for", { "packages/site/package.json": { name: "@shop/site", private: true, dependencies: { "@shop/loyalty": "workspace:*" } } }],
    ["that code imports without asking for it", { "src/main.ts": 'import "./routes/customers.js";\nimport { points } from "@shop/loyalty";\nexport const all = points;\n' }],
    ["that code imports by its path", { "src/main.ts": 'import "./routes/customers.js";\nimport { points } from "../packages/loyalty/src/index.js";\nexport const all = points;\n' }],
    ["whose folder a workflow goes to", { ".github/workflows/deploy.yml": "jobs:\n  deploy:\n    steps:\n      - run: npx wrangler deploy\n        working-directory: packages/loyalty\n" }],
    ["whose folder code hands to a worker", { "src/main.ts": 'import "./routes/customers.js";\nimport { fork } from "node:child_process";\nfork("packages/loyalty/dist");\n' }],
    ["that is published", library({ private: false })],
    ["that is started by a script of its own", library({ scripts: { "start:worker": "node ." } })],
    ["that is a command", library({ bin: { loyalty: "src/index.ts" } })],
    ["that is put into a container", { "packages/loyalty/Dockerfile": 'FROM node:22\nCMD ["node", "."]\n' }],
  ])("is none of these, %s", (_, files) => expect(isLeftover({ ...library(), ...files }, at)).toBe(false));
});

describe("a file that something leads to", () => {
  it("is what a tool looks for by its name", () => {
    const app = { "package.json": manifest({ knex: "^3.1.0" }), "knexfile.js": 'module.exports = require("./config/database.js");\n', "config/database.js": 'module.exports = { client: "pg" };\n' };
    expect(isLeftover(app, "knexfile.js")).toBe(false);
    expect(isLeftover(app, "config/database.js")).toBe(false);
  });

  it.each([
    ["SolidStart", "@solidjs/start", "src/middleware/index.ts"],
    ["Qwik", "@qwik.dev/router", "src/routes/plugin@auth.ts"],
    ["Analog", "@analogjs/platform", "apps/shop/src/server/routes/api/refunds.ts"],
    ["Analog, as a server function", "@analogjs/platform", "src/app/refunds/refunds.server.ts"],
    ["TanStack Start for Solid", "@tanstack/solid-start", "src/routes/refunds.tsx"],
    ["Trigger.dev", "@trigger.dev/sdk", "src/trigger/refund.ts"],
    ["Vercel", "@vercel/functions", "middleware.ts"],
    ["the agent of New Relic", "newrelic", "newrelic.mjs"],
    ["TanStack Router, whose tree of routes is not kept", "@tanstack/router-plugin", "src/routes/refunds.tsx"],
    ["generouted", "@generouted/react-router", "src/pages/(app)/refunds/[id].tsx"],
    ["a plugin of Vite for pages", "vite-plugin-pages", "src/pages/refunds.tsx"],
  ])("is one that %s starts by its path", (_, framework, file) => {
    expect(isLeftover({ "package.json": manifest({ express: "^5.1.0", [framework]: "^1.0.0" }, { scripts: { start: "node dist/server.js" } }), [file]: leftover }, file)).toBe(false);
  });

  it.each([
    ["beside the routes of Analog", "@analogjs/platform", "src/server/refunds/refund.ts"],
    ["in a folder that Trigger.dev is not told of", "@trigger.dev/sdk", "src/refunds/refund.ts"],
    ["in a folder for mails of another name", "react-email", "src/email/refund.ts"],
    ["in a folder for pages that nothing reads", "vite", "src/pages/refunds.tsx"],
    ["beside the pages of generouted", "@generouted/react-router", "src/components/refunds.tsx"],
    ["below the folder in which Vercel looks", "@vercel/functions", "src/billing/middleware.ts"],
  ])("is not one %s", (_, framework, file) => {
    expect(isLeftover({ "package.json": manifest({ express: "^5.1.0", [framework]: "^1.0.0" }, { scripts: { start: "node dist/server.js" } }), [file]: leftover }, file)).toBe(true);
  });

  it("is one of a folder whose files are each started", () => {
    expect(isLeftover({ "src/jobs/nightly.ts": leftover }, "src/jobs/nightly.ts")).toBe(false);
  });

  it("is left over from a folder whose files somebody imports", () => {
    const jobs = { "src/jobs/old.ts": leftover, "src/jobs/hourly.ts": "export const run = () => 1;\n", "src/jobs/daily.ts": "export const run = () => 2;\n" };
    expect(isLeftover({ ...jobs, "src/main.ts": 'import "./routes/customers.js";\nimport "./jobs/hourly.js";\nimport "./jobs/daily.js";\n' }, "src/jobs/old.ts")).toBe(true);
  });

  it("stands beside one that reads what people have uploaded, and is not read with it", () => {
    const reader = (what: string): Files => ({
      "src/main.ts": 'import "./routes/customers.js";\nimport "./services/uploads.js";\n',
      "src/services/refunds.ts": leftover,
      "src/services/uploads.ts": `import { readdirSync } from "node:fs";\nexport const all = readdirSync(new URL(".", import.meta.url)).map((name) => ${what});\n`,
    });
    expect(isLeftover(reader("name.length"), "src/services/refunds.ts")).toBe(true);
    expect(isLeftover(reader("import(`./${name}`)"), "src/services/refunds.ts")).toBe(false);
  });

  it("is a hook that nobody uses", () => {
    expect(isLeftover({ "src/hooks/useRefunds.ts": "export const useRefunds = () => 1;\n" }, "src/hooks/useRefunds.ts")).toBe(true);
  });

  it("is a script that developers run by hand", () => {
    expect(isLeftover({ "scripts/refund-all.ts": leftover }, "scripts/refund-all.ts")).toBe(false);
    expect(isLeftover({ "migrate-refunds.ts": leftover }, "migrate-refunds.ts")).toBe(true);
  });

  it("is behind a barrel that nobody imports, with more files than most", () => {
    const parts = Array.from({ length: 14 }, (_, index) => `part${index}`);
    const feature = { "src/returns/index.ts": parts.map((name) => `export * from "./${name}.js";\n`).join(""), ...Object.fromEntries(parts.map((name) => [`src/returns/${name}.ts`, `export const ${name} = 1;\n`])) };
    const rest = Object.fromEntries(parts.map((name) => [`src/routes/${name}.ts`, "export {};\n"]));
    const main = { "package.json": manifest({}, { main: "dist/index.js" }), "src/main.ts": `import "./routes/customers.js";\n${parts.map((name) => `import "./routes/${name}.js";\n`).join("")}` };
    expect(isLeftover({ ...feature, ...rest, ...main }, "src/returns/part3.ts")).toBe(true);
  });

  it("hangs together with many that only export things", () => {
    const steps = Array.from({ length: 14 }, (_, index) => `step${index}`);
    const group = (last: string): Files => ({
      ...Object.fromEntries(steps.map((name, index) => [`src/loyalty/${name}.ts`, `import { step${index + 1} } from "./step${index + 1}.js";\nexport const ${name} = step${index + 1} + 1;\n`])),
      "src/loyalty/step14.ts": "export const step14 = 1;\n",
      "src/loyalty/points.module.ts": last,
      ...Object.fromEntries(steps.map((name) => [`src/routes/${name}.ts`, "export {};\n"])),
      "src/main.ts": `import "./routes/customers.js";\n${steps.map((name) => `import "./routes/${name}.js";\n`).join("")}`,
    });
    const module = 'import { Module } from "@nestjs/common";\nimport { step0 } from "./step0.js";\n@Module({ providers: [step0] })\n';
    expect(isLeftover(group(`${module}export class PointsModule {}\n`), "src/loyalty/step3.ts")).toBe(true);
    expect(isLeftover(group('import { step0 } from "./step0.js";\nconsole.log(step0);\n'), "src/loyalty/step3.ts")).toBe(false);
    expect(isLeftover(group('import { step0 } from "./step0.js";\nexport const handler = async () => step0;\n'), "src/loyalty/step3.ts")).toBe(false);
    expect(isLeftover(group('const { step0 } = require("./step0.js");\nexports.handler = async () => step0;\n'), "src/loyalty/step3.ts")).toBe(false);
  });

  it("is one of a great part of the app, at whose head nothing can be started", () => {
    const names = Array.from({ length: 70 }, (_, index) => index);
    const rest = Object.fromEntries(names.map((name) => [`src/routes/page${name}.ts`, "export {};\n"]));
    const main = { "src/main.ts": `import "./routes/customers.js";\n${names.map((name) => `import "./routes/page${name}.js";\n`).join("")}` };
    const group = (toNext: (name: number) => string): Files => Object.fromEntries(names.map((name) => [`src/loyalty/part${name}.ts`, `${toNext(name)}export const part${name} = 1;\n`]));
    const chain = group((name) => `export { part${name + 1} } from "./part${name + 1}.js";\n`);
    const star = group((name) => (name === 0 ? "" : 'export { part0 } from "./part0.js";\n'));
    expect(isLeftover({ ...rest, ...main, ...chain }, "src/loyalty/part3.ts")).toBe(true);
    expect(isLeftover({ ...rest, ...main, ...star }, "src/loyalty/part3.ts")).toBe(false);
  });

  it("is one of a great part of the app, at whose heads are barrels", () => {
    const names = Array.from({ length: 70 }, (_, index) => index);
    const rest = Object.fromEntries(names.map((name) => [`src/routes/page${name}.ts`, "export {};\n"]));
    const main = { "src/main.ts": `import "./routes/customers.js";\n${names.map((name) => `import "./routes/page${name}.js";\n`).join("")}` };
    const chain = Object.fromEntries(names.map((name) => [`src/loyalty/part${name}.ts`, `${name === 69 ? "" : `import { part${name + 1} } from "./part${name + 1}.js";\n`}export const part${name} = ${name === 69 ? "1" : `part${name + 1} + 1`};\n`]));
    const heads = (more: string): Files => Object.fromEntries(names.slice(0, 10).map((name) => [`src/loyalty/heads${name}/head${name}.ts`, `/* What others take. */\nexport { part${name} } from "../part${name}.js"; // and no more\n${more}`]));
    expect(isLeftover({ ...rest, ...main, ...chain, ...heads("") }, "src/loyalty/part3.ts")).toBe(true);
    expect(isLeftover({ ...rest, ...main, ...chain, ...heads("export default () => null;\n") }, "src/loyalty/part3.ts")).toBe(false);
  });

  it("stands outside of the folder that is put on a host, in a package of which most is left over", () => {
    const more = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`parts/part${index}.ts`, "export {};\n"]));
    const service = (more: string): string => `services:\n  - type: web\n    name: shop\n${more}    startCommand: npm start\n`;
    const render = service("    rootDir: src\n");
    const left = { ...more, "mock-server.ts": 'import express from "express";\nexport const app = express().listen(4000);\n' };
    const vercel = { outputDirectory: "site/dist", rewrites: [{ source: "/(.*)", destination: "/index.html" }] };
    expect(isLeftover({ ...left, "render.yaml": render }, "mock-server.ts")).toBe(true);
    expect(isLeftover({ ...left, "render.yaml": render, "vercel.json": vercel }, "mock-server.ts")).toBe(true);
    expect(isLeftover({ ...left, "render.yaml": render, [file]: leftover }, file)).toBe(false);
    for (const other of [{}, { "render.yaml": service("") }, { "render.yaml": render + service("").replace("services:\n", "") }, { "render.yaml": render, Dockerfile: "FROM node:22\n" }, { "render.yaml": render, "vercel.json": { ...vercel, functions: { "mock-*.ts": {} } } }, { "render.yaml": render, "vercel.json": {} }]) {
      expect(isLeftover({ ...left, ...other }, "mock-server.ts")).toBe(false);
    }
  });

  it("hangs together with many that were run once to try them out", () => {
    const names = Array.from({ length: 14 }, (_, index) => index);
    const rest = Object.fromEntries(names.map((name) => [`src/routes/page${name}.ts`, "export {};\n"]));
    const main = { "src/main.ts": `import "./routes/customers.js";\n${names.map((name) => `import "./routes/page${name}.js";\n`).join("")}` };
    const trials = Object.fromEntries(names.map((name) => [`src/services/test-refunds-${name}.ts`, 'import { refund } from "./refunds.js";\nrefund("1");\n']));
    expect(isLeftover({ [file]: leftover, ...rest, ...main, ...trials }, file)).toBe(true);
  });

  it("stands beside a folder for copies in which is more than in the app", () => {
    const copies = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`old/parts/part${index}.ts`, "export {};\n"]));
    expect(isLeftover({ [file]: leftover, ...copies }, file)).toBe(true);
    const parts = Object.fromEntries(Object.entries(copies).map(([path, text]) => [path.replace("old", "more"), text]));
    expect(isLeftover({ [file]: leftover, ...parts }, file)).toBe(false);
  });

  it("is what was run once to try it out", () => {
    expect(isLeftover({ "src/services/debug-refunds.ts": `// npx tsx src/services/debug-refunds.ts\n${leftover}` }, "src/services/debug-refunds.ts")).toBe(true);
  });

  it.each<[string, Files]>([
    ["is imported", { "src/main.ts": 'import "./services/refunds.js";\n' }],
    ["is imported under another name", { "src/main.ts": 'import { refund as giveBack } from "./services/refunds.js";\ngiveBack("1");\n' }],
    ["is imported as a whole", { "src/main.ts": 'import * as refunds from "./services/refunds.js";\nObject.values(refunds);\n' }],
    ["is imported beside a type of it", { "src/main.ts": 'import { type Refund, refund } from "./services/refunds.js";\nexport const first: Refund = refund("1");\n' }],
    ["is imported for its types, and when it is needed", { "src/main.ts": 'import type { refund } from "./services/refunds.js";\nexport const load = (): Promise<{ refund: typeof refund }> => import("./services/refunds.js");\n' }],
    ["is imported when it is needed", { "src/main.ts": 'export const load = () => import("./services/refunds.js");\n' }],
    ["is handed on by a barrel", { "src/main.ts": 'import "./services/index.js";\n', "src/services/index.ts": 'export * from "./refunds.js";\n' }],
    ["is in a list of files", { "modules.json": '[\n  "/src/services/refunds.js",\n  "src/services/orders"\n]\n' }],
    ["is in a list of names without an ending", { "modules.json": '["services/refunds"]\n' }],
    ["is started by a script of the package", { "package.json": manifest({}, { scripts: { refunds: "node dist/services/refunds.js" } }) }],
    ["is imported by a script that is named", { "package.json": manifest({}, { scripts: { all: "tsx scripts/refund-all.ts" } }), "scripts/refund-all.ts": 'import { refund } from "../src/services/refunds.js";\nrefund("1");\n' }],
    ["is loaded by a path that is put together", { "src/main.ts": 'const file = (name: string) => `${import.meta.dirname}/services/${name}.js`;\nexport const load = (name: string) => import(file(name));\n' }],
    ["is named beside its folder", { "src/main.ts": 'import { join } from "node:path";\nimport { Worker } from "node:worker_threads";\nnew Worker(join(import.meta.dirname, "services", "refunds.js"));\n' }],
    ["is started by the settings of a tool that reports", { "audit.config.json": { run: "src/services/refunds.ts" } }],
    ["is started by a script of a shell", { "run.sh": "if [ -f dist/services/refunds.js ]; then node dist/services/refunds.js; fi\n" }],
    ["is one of a list that a script runs", { "run.sh": 'FILES=(\n  "src/services/refunds.ts"\n)\nfor file in "${FILES[@]}"; do npx tsx "$file"; done\n' }],
    ["is started by what a script writes", { "install.sh": "cat > shop.service <<EOF\nExecStart=node dist/services/refunds.js\nEOF\n" }],
    ["is handed to a tool that nobody knows", { "deploy.sh": "upload-function src/services/refunds.ts\n" }],
    ["is run where an app is written in a browser", { ".replit": 'run = "npx tsx src/services/refunds.ts"\n' }],
    ["is started by a container", { Dockerfile: 'FROM node:22\nCMD ["node", "dist/services/refunds.js"]\n' }],
    ["is a function that a platform is told of", { "serverless.yml": "functions:\n  refunds:\n    handler: src/services/refunds.refund\n" }],
    ["is a worker's file", { "src/main.ts": 'new Worker(new URL("./services/refunds.ts", import.meta.url));\n' }],
    ["is compiled by name", { "tsconfig.build.json": { files: ["src/services/refunds.ts"] } }],
    ["is read with its folder", { "src/main.ts": 'import { readdirSync } from "node:fs";\nfor (const name of readdirSync(new URL("services", import.meta.url))) await import(`./services/${name}`);\n' }],
    ["is imported by a name that is filled in", { "src/main.ts": 'import "./routes/customers.js";\nexport const load = (name: string) => import(`./services/${name}.js`);\n' }],
    ["is imported by a name that is added to its folder", { "src/main.ts": 'import "./routes/customers.js";\nexport const load = (name: string) => require("./services/" + name);\n' }],
    ["is imported from beside by a name that is filled in", { "src/services/orders.ts": 'export const findOrder = (id: string) => ({ id });\nexport const load = (name: string) => import(/* @vite-ignore */ `./${name}.js`);\n' }],
    ["is read with its folder by a plugin of a server", { "src/main.ts": 'import "./routes/customers.js";\nimport fastify from "fastify";\nimport autoLoad from "@fastify/autoload";\nimport { join } from "node:path";\nfastify().register(autoLoad, { dir: join(import.meta.dirname, "services") });\n' }],
    ["is read with its folder by a loader of the project", { "src/main.ts": 'import "./routes/customers.js";\nimport { autoload } from "./routes/load.js";\nawait autoload("./services", { root: "services" });\n', "src/routes/load.ts": "export const autoload = async (folder: string, options: object) => [folder, options];\n" }],
    ["is a rule of its own that a linter loads", { "eslint.config.js": 'import { refund } from "./src/services/refunds.js";\nexport default [{ plugins: { own: { rules: { refund } } } }];\n' }],
    ["is one of a pattern", { "src/main.ts": 'export const modules = import.meta.glob("./services/*.ts");\n' }],
    ["is handed out by a pattern of the package", { "package.json": manifest({}, { exports: { "./*": "./src/services/*.ts" } }) }],
    ["is of a framework that reads folders", { "package.json": manifest({ "@strapi/strapi": "^5.0.0" }) }],
    ["is used by a component", { "src/App.vue": '<script setup>\nimport { refund } from "./services/refunds";\n</script>\n' }],
    ["is imported by one that is longer than most", { "src/main.ts": `import "./routes/customers.js";\n${"// a route of many\n".repeat(30_000)}export const load = () => import("./services/refunds.js");\n` }],
    ["is imported by one that is longer than any that somebody wrote", { "src/main.ts": `import "./routes/customers.js";\nimport "./services/refunds.js";\n${"// a route of many\n".repeat(120_000)}` }],
    ["is loaded by a worker of a browser", { "public/sw.js": 'if(!self.x){let a="not here";self.x=1}importScripts("/refunds.js","/push.js");\n' }],
    ["says by which command it is run", { [file]: `/**\n * Run every night: npx tsx src/services/refunds.ts\n */\n${leftover}` }],
    ["says so at the end of a line", { [file]: `// $ bun run src/services/refunds.ts --all\n${leftover}` }],
    ["cannot be told from a name that is mapped nowhere", { "src/main.ts": 'import "~services/refunds";\n' }],
  ])("%s", (_, files) => {
    expect(isLeftover({ [file]: leftover, ...files }, file)).toBe(false);
  });

  it("differs in nothing but its ending from one that is imported: a bundler may take either", () => {
    const files = { "src/main.ts": 'import "./routes/customers.js";\nimport { refund } from "./services/refunds";\nrefund("1");\n', [file]: leftover, "src/services/refunds.tsx": leftover };
    expect(isLeftover(files, file)).toBe(false);
    expect(isLeftover(files, "src/services/refunds.tsx")).toBe(false);
  });

  it("has the whole path that something names, where another file has no more than its end", () => {
    const files = { "old-shop/services/refunds.ts": leftover, "services/refunds.ts": leftover };
    const named = (script: string): Files => ({ ...files, "run.sh": script });
    expect(isLeftover(named("node services/refunds.ts\n"), "services/refunds.ts")).toBe(false);
    expect(isLeftover(named("node services/refunds.ts\n"), "old-shop/services/refunds.ts")).toBe(true);
    expect(isLeftover(named("cd old-shop && node services/refunds.ts\n"), "old-shop/services/refunds.ts")).toBe(false);
  });

  it("cannot be told from a module that is not there, where few files have its name", () => {
    const named = (count: number): Files => ({ "src/main.ts": 'import "./routes/customers.js";\nimport { refund } from "@/billing/refunds";\nrefund("1");\n', ...Object.fromEntries(Array.from({ length: count }, (_, index) => [`src/shop${index}/refunds.ts`, leftover])) });
    expect(isLeftover(named(3), "src/shop1/refunds.ts")).toBe(false);
    expect(isLeftover(named(7), "src/shop1/refunds.ts")).toBe(true);
  });

  it("goes by a name that only few files have", () => {
    const named = (count: number): Files => ({ "Dockerfile": 'FROM node:22\nCMD ["node", "/app/refunds.js"]\n', ...Object.fromEntries(Array.from({ length: count }, (_, index) => [`src/shop${index}/refunds.ts`, leftover])) });
    expect(isLeftover(named(3), "src/shop1/refunds.ts")).toBe(false);
    expect(isLeftover(named(7), "src/shop1/refunds.ts")).toBe(true);
    const own = { "src/shop1/serverless.yml": "custom:\n  cwd: build\nfunctions:\n  refunds:\n    handler: src/refunds.refund\n", "src/shop1/src/refunds.ts": leftover };
    expect(isLeftover({ ...named(7), ...own }, "src/shop1/src/refunds.ts")).toBe(false);
  });

  it("has an ending that tools only look for", () => {
    const service = "src/refunds/refunds.service.ts";
    const pattern = 'export default [{ files: ["**/*.service.ts"] }];\n';
    expect(isLeftover({ [service]: leftover, "eslint.config.js": pattern }, service)).toBe(true);
    expect(isLeftover({ [service]: leftover, "container.config.js": pattern }, service)).toBe(false);
  });

  it("is read by the ending of its name", () => {
    const source = 'export const options = { entities: [__dirname + "/**/*.entity{.ts,.js}"] };\n';
    expect(isLeftover({ "src/orders/order.entity.ts": "export class Order {}\n", "src/main.ts": source }, "src/orders/order.entity.ts")).toBe(false);
  });

  it("is a function of a platform, and not a copy that a file manager has made of it", () => {
    const functions = { "supabase/functions/refund/index.ts": leftover, "supabase/functions/refund/index 2.ts": leftover };
    expect(isLeftover(functions, "supabase/functions/refund/index.ts")).toBe(false);
    expect(isLeftover(functions, "supabase/functions/refund/index 2.ts")).toBe(true);
  });

  it("is what the settings say", () => {
    expect(isLeftover({ [file]: leftover }, file, { entries: ["src/services/**"] })).toBe(false);
  });

  it("hangs together with so many that somebody must start them", () => {
    const jobs = Object.fromEntries(Array.from({ length: 14 }, (_, index) => [`src/nightly/step${index}.ts`, `import "./step${index + 1}.js";\n`]));
    expect(isLeftover(jobs, "src/nightly/step3.ts")).toBe(false);
  });

  it("stands in a project too small to tell", () => {
    const project = makeProject({ "package.json": manifest(), "src/a.ts": "export {};\n", "src/b.ts": "export {};\n" });
    expect(isUnreached(project.open("src/b.ts"))).toBe(false);
  });

  it("is none that is on no disk", () => {
    expect(isLeftover({}, "src/services/unwritten.ts")).toBe(false);
  });
});
