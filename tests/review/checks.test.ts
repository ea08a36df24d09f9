import { describe, expect, test } from "vitest";

import { checks } from "../../src/review/checks/index.js";
import { appWith, type Files, shop } from "../support/app.js";

const json = (value: object): string => JSON.stringify(value);

const route = (count: number): string => Array.from({ length: count }, (_, index) => `app.get("/things/${index}", async (request, response) => response.json(await things(${index})));`).join("\n");

/** A server of Express with three routes. */
const server: Files = {
  "package.json": json({ name: "shop", private: true, dependencies: { express: "^5.1.0" }, scripts: { build: "tsc", start: "node dist/server.js" } }),
  "package-lock.json": "{}",
  "src/server.js": `import express from "express";
import { things } from "./things.js";

const app = express();
${route(3)}
app.listen(3000);
`,
};

/** The same with two routes. */
const few: Files = { ...server, "src/server.js": (server["src/server.js"] ?? "").replace(route(3), route(2)) };

const workflow = (steps: string): string => `name: Checks
on: [push]
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
${steps}
`;

const deploy = (job: string, branch = "main"): string => `on:
  push:
    branches: [${branch}]
jobs:
  ${job}:
    runs-on: ubuntu-latest
    steps:
      - run: npm test
      - run: fly deploy --remote-only
`;

const schema = `datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}

model Order {
  id    Int    @id
  total Int
}
`;

const columns = "customer text, reference text, carrier text, weight_kg int, width_cm int, height_cm int, seal_number text";
const table = (name: string, more = columns): string => `create table ${name} (id int primary key, ${more});\n`;

const with_ = (more: Files): Files => ({ ...server, ...more });
/** The server in a folder of its own. */
const monorepo = (more: Readonly<Record<string, string>>): Files => ({
  "package.json": json({ name: "all", private: true, workspaces: ["apps/*", "packages/*"] }),
  "apps/web/package.json": json({ name: "web", private: true, dependencies: { express: "^5.1.0", ...more } }),
  "apps/web/src/server.js": server["src/server.js"] ?? "",
});
const needing = (name: string): Files => with_({ "package.json": json({ name: "shop", private: true, dependencies: { express: "^5.1.0", [name]: "^1.0.0" } }) });
const fastify = (options: string, more = "fastify"): Files => ({
  "package.json": json({ name: "shop", private: true, dependencies: { fastify: "^5.1.0", [more]: "^5.1.0" } }),
  "src/server.js": `import Fastify from "fastify";\nconst app = Fastify(${options});\napp.get("/orders", async () => findOrders());\napp.get("/customers", async () => findCustomers());\nawait app.listen({ port: 3000 });\n`,
});
const lines = `import "node:fs";\n${Array.from({ length: 32 }, (_, index) => `export const say${index} = () => console.log("step", ${index});`).join("\n")}\n`;
const key = ["Ab3Cd5Ef", "7Gh9Jk2L"].join("");

/** An app on Supabase, whose page asks for orders. */
const onSupabase: Files = {
  "package.json": json({ name: "shop", private: true, dependencies: { "@supabase/supabase-js": "^2.0.0", next: "^15.0.0" } }),
  "src/client.ts": 'import { createClient } from "@supabase/supabase-js";\n\nexport const client = createClient(process.env.NEXT_PUBLIC_SUPABASE_URL!, process.env.NEXT_PUBLIC_SUPABASE_ANON_KEY!);\nexport const orders = () => client.from("orders").select("id, total").limit(20);\n',
};
const openOrders = 'alter table orders enable row level security;\ncreate policy "all of them" on orders for all using (true) with check (true);\n';
const ownOrders = 'create policy "their own" on orders for all using ((select auth.uid()) = customer);\n';

/** Five variables that nothing asks about, on a server. */
const taken = `import { createServer } from "node:http";
export const services = { mail: process.env.MAIL_KEY!, search: process.env.SEARCH_API_KEY!, files: process.env.BUCKET_NAME!, rates: process.env.RATES_TOKEN!, maps: process.env.MAPS_ACCOUNT!, server: createServer() };
`;

interface Case {
  /** Reported, with the file that is named. */
  readonly missing: readonly (readonly [name: string, files: Files, file: string])[];
  readonly silent: readonly (readonly [name: string, files: Files])[];
}

const cases: Readonly<Record<string, Case>> = {
  "no-committed-env-file": {
    missing: [
      ["a key", { "package.json": "{}", ".env": `STRIPE_SECRET_KEY=${key}\n` }, ".env"],
      ["a password in an address", { "package.json": "{}", ".env.production": `DATABASE_URL="postgres://shop:${key}@db.shop-internal.net/shop"\n` }, ".env.production"],
    ],
    silent: [
      ["what git leaves out", { "package.json": "{}", ".gitignore": ".env\n", ".env": `STRIPE_SECRET_KEY=${key}\n` }],
      ["an example", { "package.json": "{}", ".env.example": `STRIPE_SECRET_KEY=${key}\n` }],
      ["what stands for a value", { "package.json": "{}", ".env": "STRIPE_SECRET_KEY=your-key-here-1234567\nAPI_KEY=\n" }],
      ["what everybody may know", { "package.json": "{}", ".env": `NEXT_PUBLIC_SUPABASE_ANON_KEY=${key}\nPORT=3000\n` }],
      ["the developer's own database", { "package.json": "{}", ".env": "DATABASE_URL=postgres://postgres:postgres@localhost:5432/shop\n" }],
    ],
  },
  "no-committed-secret": {
    missing: [
      ["a key of a service in the settings of another tool", { "package.json": "{}", "flows/mail.json": json({ url: "https://api.stripe.com", key: `sk_live_${key}${key}` }) }, "flows/mail.json"],
      ["the service key of Supabase", { "package.json": "{}", "deploy.sh": `KEY=${["eyJhbGciOiJIUzI1NiJ9", Buffer.from(json({ iss: "supabase", role: "service_role" })).toString("base64url"), `${key}${key}`].join(".")}\n` }, "deploy.sh"],
      ["a password that stayed in an example", { "package.json": "{}", "env.local.example": `DATABASE_URL=postgres://shop:${key}@db.shop-internal.net/shop\n` }, "env.local.example"],
      ["a private key", { "package.json": "{}", "certs/server.key": `-----BEGIN RSA PRIVATE KEY-----\n${key.repeat(4)}\n-----END RSA PRIVATE KEY-----\n` }, "certs/server.key"],
    ],
    silent: [
      ["an example with nothing in it", { "package.json": "{}", ".env.example": "DATABASE_URL=postgres://user:password@localhost:5432/shop\nSTRIPE_SECRET_KEY=sk_live_your_key_here_xxxxxxxx\n" }],
      ["the developer's own database", { "package.json": "{}", "docker-compose.yml": `environment:\n  DATABASE_URL: postgres://shop:${key}@localhost:5432/shop\n` }],
      ["the key that every page has", { "package.json": "{}", "page.html": ["eyJhbGciOiJIUzI1NiJ9", Buffer.from(json({ iss: "supabase", role: "anon" })).toString("base64url"), `${key}${key}`].join(".") }],
      ["a certificate for the developer's own machine", { "package.json": "{}", "certs/localhost.pem": `-----BEGIN PRIVATE KEY-----\n${key.repeat(4)}\n` }],
      ["what tests are run with", { "package.json": "{}", "tests/settings.json": json({ key: `sk_live_${key}${key}` }) }],
      ["an app for training", { "package.json": "{}", "README.md": "# Goat\n\nA deliberately insecure shop.\n", "flows/mail.json": json({ key: `sk_live_${key}${key}` }) }],
    ],
  },
  "no-duplicate-model": {
    missing: [["a copied table", { "package.json": "{}", "migrations/1_orders.sql": table("parcels") + table("shipments") }, "migrations/1_orders.sql"]],
    silent: [
      ["two tables with little in common", { "package.json": "{}", "migrations/1_orders.sql": table("parcels") + table("shipments", "customer text, reference text, opened boolean") }],
      ["an archive", { "package.json": "{}", "migrations/1_orders.sql": table("parcels") + table("parcel_archive") }],
      ["two kinds of a thing", { "package.json": "{}", "migrations/1_orders.sql": table("team_settings") + table("user_settings") }],
    ],
  },
  "no-ignored-build-errors": {
    missing: [
      ["types that a build does not look at", with_({ "next.config.js": "export default { typescript: { ignoreBuildErrors: true } };\n" }), "next.config.js"],
      ["a script that cannot fail", with_({ "package.json": json({ scripts: { lint: "eslint . || true" } }) }), "package.json"],
      ["a step that may fail", with_({ ".github/workflows/ci.yml": workflow("      - name: Types\n        run: npm run typecheck\n        continue-on-error: true") }), ".github/workflows/ci.yml"],
    ],
    silent: [
      ["types that a workflow looks at", with_({ "next.config.js": "export default { typescript: { ignoreBuildErrors: true } };\n", ".github/workflows/ci.yml": workflow("      - run: npx tsc --noEmit") })],
      ["steps of a workflow that mends what it finds", with_({ ".github/workflows/autofix.yml": workflow("      - run: npm run lint -- --fix\n        continue-on-error: true") })],
      ["a job that looks for vulnerabilities", with_({ ".github/workflows/ci.yml": workflow("      - run: npm run check\n        continue-on-error: true").replace("  check:", "  vulnerabilities:") })],
      ["a step that asks for safety", with_({ ".github/workflows/ci.yml": workflow("      - name: Safety\n        run: npx safety check\n        continue-on-error: true") })],
      ["what is said of an app that nothing checks at all", with_({ ".github/CODEOWNERS": "", "next.config.js": "export default { typescript: { ignoreBuildErrors: true } };\n" })],
      ["what is commented out", with_({ "next.config.js": "export default {\n  // typescript: { ignoreBuildErrors: true },\n};\n" })],
      ["a script beside one that workflows run, and that is heard", with_({ "package.json": json({ scripts: { build: "tsc || true", "check-types": "tsc --noEmit" } }), ".github/workflows/ci.yml": workflow("      - run: npx turbo run lint check-types") })],
      ["a step that tidies up", with_({ ".github/workflows/ci.yml": workflow("      - run: docker rm -f test-db\n        continue-on-error: true") })],
      ["an installation that is tried again", with_({ ".github/workflows/ci.yml": workflow("      - run: npm ci\n        continue-on-error: true") })],
    ],
  },
  "no-open-policy-by-hand": {
    missing: [
      ["a file that people run by hand", { ...onSupabase, "database/orders.sql": openOrders }, "database/orders.sql"],
      ["a file that a script runs", { ...onSupabase, "scripts/setup.sql": openOrders, "scripts/setup.sh": "psql $DATABASE_URL -f scripts/setup.sql\n" }, "scripts/setup.sql"],
      ["a file that the readme says to run", { ...onSupabase, "docs/setup.sql": openOrders, "README.md": "Paste docs/setup.sql into the SQL editor.\n" }, "docs/setup.sql"],
      ["migrations of another tool", { ...onSupabase, "db/migrations/001_orders.sql": "create table orders (id int primary key);\n", "db/migrations/002_policies.sql": openOrders }, "db/migrations/002_policies.sql"],
    ],
    silent: [
      ["an example in the documentation", { ...onSupabase, "docs/policies.sql": openOrders }],
      ["a policy for the server alone", { ...onSupabase, "database/orders.sql": openOrders.replace(" using", " to service_role using") }],
      ["a policy that lets everybody read", { ...onSupabase, "database/orders.sql": openOrders.replace("for all using (true) with check (true)", "for select using (true)") }],
      ["what a migration settles", { ...onSupabase, "database/orders.sql": openOrders, "supabase/migrations/1_orders.sql": ownOrders }],
      ["what a later file settles", { ...onSupabase, "database/orders.sql": openOrders, "database/fix.sql": `drop policy "all of them" on orders;\n${ownOrders}` }],
      ["what a later migration of the same tool settles", { ...onSupabase, "db/migrations/001_orders.sql": `create table orders (id int primary key, customer uuid);\n${openOrders}`, "db/migrations/002_own.sql": `drop policy "all of them" on orders;\n${ownOrders}` }],
      ["a table that no code asks for", { ...onSupabase, "database/parcels.sql": openOrders.replaceAll("orders", "parcels") }],
      ["a database that no page has a key of", { "package.json": json({ name: "shop", dependencies: { pg: "^8.0.0" } }), "src/orders.js": 'export const orders = () => db.from("orders");\n', "database/orders.sql": openOrders }],
      ["SQL for tests", { ...onSupabase, "tests/orders.sql": openOrders }],
    ],
  },
  "no-root-container": {
    missing: [
      ["no user", with_({ Dockerfile: 'FROM node:22-alpine\nCOPY . .\nCMD ["node", "server.js"]\n' }), "Dockerfile"],
      ["no user, before a stage for development", with_({ Dockerfile: 'FROM node:22 AS production\nCMD ["node", "server.js"]\nFROM node:22 AS development\nUSER node\nCMD npm run dev\n' }), "Dockerfile"],
      ["the user of a stage that is left behind", with_({ Dockerfile: 'FROM node:22 AS build\nUSER node\nRUN npm ci\nFROM node:22\nCOPY --from=build /app /app\nCMD ["node", "server.js"]\n' }), "Dockerfile"],
      ["the development server", with_({ Dockerfile: "FROM node:22\nUSER node\nCMD npm run dev\n" }), "Dockerfile"],
    ],
    silent: [
      ["a stage for development after the one that is used", with_({ Dockerfile: 'FROM node:22 AS production\nUSER node\nCMD ["node", "server.js"]\nFROM node:22 AS development\nCMD npm run dev\n' })],
      ["another user", with_({ Dockerfile: 'FROM node:22-alpine\nUSER node\nCMD ["node", "server.js"]\n' })],
      ["the user of the stage that it is built on", with_({ Dockerfile: 'FROM node:22 AS base\nUSER node\nFROM base\nCMD ["node", "server.js"]\n' })],
      ["an image without root", with_({ Dockerfile: 'FROM gcr.io/distroless/nodejs22:nonroot\nCMD ["server.js"]\n' })],
      ["rights that are dropped at the start", with_({ Dockerfile: 'FROM node:22\nCMD ["gosu", "node", "node", "server.js"]\n' })],
      ["an image beside the one that a workflow publishes", with_({ "docker-compose.yml": "services:\n  old:\n    build:\n      context: .\n      dockerfile: old.Dockerfile\n", "old.Dockerfile": 'FROM node:22\nCMD ["node", "server.js"]\n', "prod.Dockerfile": 'FROM node:22\nUSER node\nCMD ["node", "server.js"]\n', ".github/workflows/release.yml": workflow("      - run: npm test\n      - run: docker build -f prod.Dockerfile .") })],
      ["an image beside the one that is built", with_({ "docker-compose.yml": "services:\n  app:\n    build: .\n", Dockerfile: 'FROM node:22\nUSER node\nCMD ["node", "server.js"]\n', "apps/old/Dockerfile": 'FROM node:22\nCMD ["node", "server.js"]\n' })],
      ["an image for development, as it says", with_({ Dockerfile: "# For development only\nFROM node:22\nCMD npm run dev\n" })],
      ["a variant that nothing names", with_({ "Dockerfile.alpine": 'FROM node:22-alpine\nCMD ["node", "server.js"]\n' })],
      ["an image for development", with_({ "Dockerfile.dev": "FROM node:22\nCMD npm run dev\n" })],
    ],
  },
  "require-ci-checks": {
    missing: [
      ["a workflow that only labels", with_({ ".github/workflows/label.yml": workflow("      - uses: actions/labeler@v5") }), ".github/workflows/label.yml"],
      ["a build that looks at types, and nothing that looks at the rest", with_({ ".github/CODEOWNERS": "", "tsconfig.json": "{}", "package.json": json({ name: "shop", scripts: { build: "next build" }, dependencies: { next: "^15.0.0", express: "^5.1.0" } }) }), "package.json"],
      ["a build that says nothing either", with_({ ".github/CODEOWNERS": "", "next.config.js": "export default { typescript: { ignoreBuildErrors: true } };\n" }), "package.json"],
    ],
    silent: [
      ["a workflow that tests", with_({ ".github/workflows/ci.yml": workflow("      - run: npm ci\n      - run: npm test") })],
      ["another service", with_({ ".github/CODEOWNERS": "", ".gitlab-ci.yml": "test:\n  script: npm test\n" })],
      ["a folder of a repository", server],
      ["an image in which the app is built", with_({ Dockerfile: "FROM node:22\nRUN npm run build\n", ".github/workflows/release.yml": workflow("      - uses: docker/build-push-action@v6") })],
      ["an app for training", with_({ ".github/CODEOWNERS": "", "README.md": "This shop is intentionally vulnerable.\n" })],
    ],
  },
  "require-env-module": {
    missing: [["variables that are taken for granted", with_({ "src/services.ts": taken }), "src/services.ts"]],
    silent: [
      ["a module that asks for them", with_({ "src/services.ts": taken, "src/env.ts": 'import { z } from "zod";\nexport const env = z.object({ MAIL_KEY: z.string() }).parse(process.env);\n' })],
      ["a validator", { ...needing("envalid"), "src/services.ts": taken }],
      ["variables that are asked for where they are read", with_({ "src/services.ts": `${taken}if (!process.env.MAIL_KEY || !process.env.SEARCH_API_KEY) throw new Error("not set up");\n` })],
      ["defaults", with_({ "src/services.ts": taken.replaceAll("!,", ' ?? "",') })],
    ],
  },
  "require-error-tracking": {
    missing: [
      ["three entry points, and nobody to tell", server, "package.json"],
      ["a tracker that only the app for phones has", { ...monorepo({}), "apps/mobile/package.json": json({ name: "mobile", dependencies: { "@sentry/react-native": "^6.0.0" } }) }, "apps/web/package.json"],
      ["a tracker that only the browser has", needing("posthog-js"), "package.json"],
      ["a tool that counts visits on the server, and errors in the browser", { ...needing("posthog-node"), "src/visits.js": 'import { PostHog } from "posthog-node";\nexport const visits = new PostHog(process.env.POSTHOG_KEY);\nvisits.capture({ distinctId: "shop", event: "started" });\n', "src/page.jsx": '"use client";\nimport posthog from "posthog-js";\nexport const report = (error) => posthog.captureException(error);\n' }, "package.json"],
      ["a room that code writes to where somebody thought of it", with_({ "src/alert.js": 'export const alert = (text) => fetch(process.env.SLACK_WEBHOOK_URL, { method: "POST", body: text, signal: AbortSignal.timeout(2_000) });\n' }), "package.json"],
      ["another tracker that only the browser has", needing("@newrelic/browser-agent"), "package.json"],
      ["a command of a tracker, which tells nobody", needing("@datadog/datadog-ci"), "package.json"],
      ["a word that only looks like a tracker's", with_({ "src/list.js": "export const Scrollbar = () => null;\n" }), "package.json"],
    ],
    silent: [
      ["a tracker", needing("@sentry/node")],
      ["a tool that counts visits, and is told of errors as well", { ...needing("posthog-node"), "src/errors.js": 'import express from "express";\nimport { PostHog, setupExpressErrorHandler } from "posthog-node";\nsetupExpressErrorHandler(new PostHog(process.env.POSTHOG_KEY), express());\n' }],
      ["a tracker's package for Node", needing("trackjs-node")],
      ["a tracker by its older name", needing("bugsnag")],
      ["a tracker without a package", with_({ "src/errors.js": 'export const report = (error) => fetch("https://ingest.sentry.io/api", { method: "POST", body: error });\n' })],
      ["a library", { ...server, "package.json": json({ name: "shop", main: "src/server.js", files: ["src"], dependencies: { express: "^5.1.0" } }) }],
      ["a tracker in what it is built on", { ...monorepo({ "@shop/core": "1.0.0" }), "packages/core/package.json": json({ name: "@shop/core", dependencies: { "@sentry/node": "^9.0.0" } }) }],
      ["a product that others run", with_({ LICENSE: "", "README.md": "Run it yourself: docker run shop/shop\n", ".github/workflows/release.yml": workflow("      - uses: docker/build-push-action@v6") })],
      ["no entry points", { "package.json": "{}", "src/add.js": "export const add = (a, b) => a + b;\n" }],
    ],
  },
  "require-health-check": {
    missing: [["no path for it", server, "src/server.js"]],
    silent: [
      ["a path for it", with_({ "src/health.js": 'export const routes = (app) => app.get("/healthz", (request, response) => response.end());\n' })],
      ["functions", { ...server, "src/server.js": (server["src/server.js"] ?? "").replace("app.listen(3000);", "export default app;") }],
    ],
  },
  "require-lockfile": {
    missing: [["dependencies, and no lock", { ...shop }, "package.json"]],
    silent: [
      ["a lock", server],
      ["a library", { ...shop, "package.json": json({ name: "lib", main: "index.js", files: ["dist"], dependencies: { express: "5" } }) }],
      ["no dependencies", { "package.json": "{}", "index.js": "" }],
    ],
  },
  "require-logger": {
    missing: [["many lines on the console", with_({ "src/steps.js": lines }), "package.json"]],
    silent: [
      ["a logger", { ...needing("pino"), "src/steps.js": lines }],
      ["a logger of one's own", with_({ "src/steps.js": lines, "src/logger.js": "export const logger = { info() {} };\n" })],
      ["a line or two", server],
    ],
  },
  "no-schema-push": {
    missing: [
      ["a build that pushes", { "package.json": json({ name: "shop", dependencies: { "@prisma/client": "^6.0.0" }, scripts: { build: "prisma db push && next build" } }) }, "package.json"],
      ["a shell script for production, which nothing names", { ...needing("@prisma/client"), "scripts/production-sync.sh": "#!/bin/bash\n# prisma db push is quick\nnpx prisma db push --skip-generate --accept-data-loss\n" }, "scripts/production-sync.sh"],
      ["a shell script that an image runs", { ...needing("drizzle-orm"), Dockerfile: "FROM node:22\nCMD ./boot.sh\n", "boot.sh": "npx drizzle-kit push --force\nnode server.js\n" }, "boot.sh"],
      ["an image that pushes", { ...needing("@prisma/client"), Dockerfile: "FROM node:22\nCMD npx prisma db push && node server.js\n" }, "Dockerfile"],
    ],
    silent: [
      ["a script for developers", { "package.json": json({ name: "shop", scripts: { "db:push": "prisma db push", build: "next build" } }), "scripts/reset-local.sh": "npx prisma db push --force-reset\n" }],
      ["a deployment that migrates", { ...needing("@prisma/client"), "scripts/deploy.sh": "npx prisma migrate deploy\n" }],
      ["a comment", { ...needing("@prisma/client"), "scripts/deploy.sh": "# npx prisma db push\nnpx prisma migrate deploy\n" }],
      ["PlanetScale", { ...needing("@prisma/client"), "prisma/schema.prisma": schema.replace("url ", 'relationMode = "prisma"\n  url '), "scripts/deploy.sh": "npx prisma db push\n" }],
    ],
  },
  "require-migration-step": {
    missing: [
      ["an image that does not run them", { ...needing("@prisma/client"), Dockerfile: "FROM node:22\nCMD node server.js\n", "prisma/migrations/1_init/migration.sql": table("orders") }, "Dockerfile"],
      ["a template of a platform", { ...needing("@mikro-orm/core"), ".do/deploy.template.yaml": "spec:\n  name: shop\n", "migrations/Migration1.ts": "export class Migration1 {}\n" }, ".do/deploy.template.yaml"],
      ["a deployment that upgrades snapshots alone", { ...needing("drizzle-orm"), Dockerfile: "FROM node:22\nCMD npx drizzle-kit up && node server.js\n", "drizzle/0000_init.sql": table("orders") }, "Dockerfile"],
    ],
    silent: [
      ["settings of Expo, which are no deployment", { ...needing("@prisma/client"), "app.json": json({ expo: { name: "shop" } }), "prisma/migrations/1_init/migration.sql": table("orders") }],
      ["an image that runs MikroORM's", { ...needing("@mikro-orm/core"), Dockerfile: "FROM node:22\nCMD npx mikro-orm migration:up && node server.js\n", "migrations/Migration1.ts": "export class Migration1 {}\n" }],
      ["an image that does", { ...needing("@prisma/client"), Dockerfile: "FROM node:22\nCMD npx prisma migrate deploy && node server.js\n", "prisma/migrations/1_init/migration.sql": table("orders") }],
      ["no deployment", { ...needing("@prisma/client"), "prisma/migrations/1_init/migration.sql": table("orders") }],
    ],
  },
  "require-migrations": {
    missing: [["a schema alone", with_({ "prisma/schema.prisma": schema }), "prisma/schema.prisma"]],
    silent: [
      ["a schema with migrations", with_({ "prisma/schema.prisma": schema, "prisma/migrations/1_init/migration.sql": table("orders") })],
      ["PlanetScale", with_({ "prisma/schema.prisma": schema.replace("url ", 'relationMode = "prisma"\n  url ') })],
    ],
  },
  "require-process-error-handlers": {
    missing: [["a server that listens, with too few handlers for a tracker", few, "src/server.js"]],
    silent: [
      ["what a tracker would record, which is asked for anyway", server],
      ["a tracker", { ...needing("@sentry/node"), "src/server.js": few["src/server.js"] ?? "" }],
      ["a listener", ({ ...few, "src/process.js": 'process.on("uncaughtException", (error) => { console.error(error); process.exit(1); });\n' })],
    ],
  },
  "require-request-logging": {
    missing: [
      ["a server that listens", server, "src/server.js"],
      ["Fastify, which logs nothing unless it is told to", fastify(""), "src/server.js"],
      ["Fastify, with a store for what a request is about", fastify("{ trustProxy: true }", "@fastify/request-context"), "src/server.js"],
    ],
    silent: [
      ["a request logger", needing("morgan")],
      ["a request logger of another name", needing("morgan-body")],
      ["Fastify, told to log", fastify("{ trustProxy: true, logger: true }")],
      ["Fastify, with a logger of the app's own", fastify("{ ajv: { plugins: [] }, loggerInstance: log }")],
      ["Fastify, with a logger by its name", fastify("{ logger }")],
      ["Fastify, with options from elsewhere", fastify("options")],
      ["one's own", with_({ "src/log.js": 'export const log = (request, response, next) => { response.on("finish", () => {}); next(); };\n' })],
    ],
  },
  "require-staging": {
    missing: [["one way, to production", with_({ ".github/workflows/deploy.yml": deploy("deploy") }), ".github/workflows/deploy.yml"]],
    silent: [
      ["another environment", with_({ ".github/workflows/deploy.yml": deploy("deploy-staging") })],
      ["another branch", with_({ ".github/workflows/deploy.yml": deploy("deploy", "develop") })],
      ["previews by the platform", with_({ ".github/workflows/deploy.yml": deploy("deploy"), "vercel.json": "{}" })],
      ["previews by the platform, whose settings are code", with_({ ".github/workflows/deploy.yml": deploy("deploy"), "vercel.ts": "export const config = {};\n" })],
    ],
  },
};

test("every check has its cases", () => {
  expect(Object.keys(cases).sort()).toEqual(checks.map(({ name }) => name).sort());
});

describe.for(Object.entries(cases))("%s", ([check, { missing, silent }]) => {
  test.for(missing)("reports %s", async ([, files, file]) => {
    const { findings } = await appWith(files).review({ only: [check] });
    expect(findings.map((finding) => finding.file)).toEqual([file]);
    expect(JSON.stringify(findings)).not.toContain(key);
  });

  test.for(silent)("is silent on %s", async ([, files]) => {
    const { findings } = await appWith(files).review({ only: [check] });
    expect(findings).toEqual([]);
  });
});
