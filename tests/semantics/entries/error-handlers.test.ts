import { describe, expect, it } from "vitest";

import type { Entry } from "../../../src/semantics/entries/entries.js";
import { projectErrorHandler } from "../../../src/semantics/entries/error-handlers.js";
import { type Files, makeProject } from "../../support/project.js";

const presence = (framework: string, files: Files): string => {
  const project = makeProject({ "package.json": {}, ...files });
  return projectErrorHandler({ framework } as Entry, project.open("src/routes/orders.ts")).presence;
};

const starts = { express: "const app = express();", nest: "await NestFactory.create(AppModule);", fastify: "const app = Fastify({});", hono: "const app = new Hono();", koa: "const app = new Koa();", trpc: `import { fetchRequestHandler } from "@trpc/server/adapters/fetch";` };

describe("what a project says of failures", () => {
  it.each([
    ["Next's hook", "next-route", { "instrumentation.ts": "export async function onRequestError() {}" }],
    ["a package that brings it", "next-api", { "package.json": { dependencies: { "@sentry/nextjs": "^9.0.0" } } }],
    ["an error page", "server-action", { "app/error.tsx": `"use client";\nexport default function Failed({ error, reset }) { return null; }` }],
    ["a middleware with four parameters", "express", { "src/app.ts": `${starts.express}\napp.use((err: Error, req: Request, res: Response, next: NextFunction) => {});` }],
    ["one in plain JavaScript", "express", { "src/app.js": `${starts.express}\napp.use(function (err, _req, res, _next) {});` }],
    ["one from another file", "express", { "src/app.ts": `${starts.express}\napp.use(errorHandler);` }],
    ["a filter", "nest", { "src/main.ts": `${starts.nest}\napp.useGlobalFilters(new Failures());` }],
    ["a filter that is provided", "nest", { "src/main.ts": starts.nest, "src/app.module.ts": "{ provide: APP_FILTER, useClass: Failures }" }],
    ["Fastify's handler", "fastify", { "src/app.ts": `${starts.fastify}\napp.setErrorHandler(fail);` }],
    ["Hono's handler", "hono", { "src/app.ts": `${starts.hono}\napp.onError(fail);` }],
    ["Koa's middleware", "koa", { "src/app.ts": `${starts.koa}\napp.use(async (ctx, next) => { try { await next(); } catch {} });` }],
    ["tRPC's formatter", "trpc", { "src/trpc.ts": "initTRPC.create({ errorFormatter })", "src/api.ts": starts.trpc }],
    ["tRPC's adapter", "trpc", { "src/api.ts": `${starts.trpc}\nfetchRequestHandler({ onError: report });` }],
  ])("found: %s", (_, framework, files) => expect(presence(framework, files as Files)).toBe("found"));

  it.each(Object.entries(starts))("missing: the project starts %s, and has none", (framework, code) => expect(presence(framework, { "src/app.ts": code })).toBe("missing"));

  it.each(["next-route", "next-api", "server-action", "deno"])("missing: nothing for %s", (framework) => expect(presence(framework, {})).toBe("missing"));

  it.each(Object.keys(starts))("unknown: %s is started elsewhere", (framework) => expect(presence(framework, {})).toBe("unknown"));

  it.each([
    ["a framework that the table does not have", "next-safe-action", {}],
    ["a version that hands rejections to nobody", "express", { "package.json": { dependencies: { express: "^4.19.0" } }, "src/app.ts": starts.express }],
  ])("unknown: %s", (_, framework, files) => expect(presence(framework, files as Files)).toBe("unknown"));

  it("does not look into tests and what is built", () => {
    expect(presence("hono", { "src/app.ts": starts.hono, "tests/app.ts": "app.onError(fail);", "dist/app.js": "app.onError(fail);", "src/app.test.ts": "app.onError(fail);" })).toBe("missing");
  });
});
