import { describe, expect, it } from "vitest";

import rule from "../../../src/rules/deployment/require-graceful-shutdown.js";
import { lintProject } from "../../support/lint-project.js";
import type { Files } from "../../support/project.js";
import { type Invalid, ruleTester, type Valid } from "../../support/rule-tester.js";

type MessageId = "cutOff" | "hooksOff" | "jobsCutOff" | "close";

const express = { filename: "src/server.ts", project: "express" } as const;
const nest = { filename: "src/main.ts", project: "nest" } as const;

const app = `import express from "express";\nconst app = express();\n`;

const nestApp = (before = ""): string =>
  `import { NestFactory } from "@nestjs/core";\nimport { AppModule } from "./app.module";\n\nasync function bootstrap() {\n  const app = await NestFactory.create(AppModule);\n${before}  await app.listen(process.env.PORT ?? 3000);\n}\nvoid bootstrap();\n`;

const valid: Valid<[]>[] = [
  { ...express, name: "the file listens for the signal", code: `${app}const server = app.listen(3000);\nprocess.on("SIGTERM", () => server.close(() => process.exit(0)));` },
  { ...express, project: "express-with-shutdown", name: "another file of the app listens for the signal", code: `${app}app.listen(3000);` },
  { ...express, project: "with-vercel", name: "an app that is deployed as functions", code: `${app}app.listen(3000);` },
  { ...nest, filename: "src/commands/permissions.ts", name: "a command that ends when its work is done", code: `import { NestFactory } from "@nestjs/core";\nimport { AppModule } from "../app.module";\nasync function run() {\n  const app = await NestFactory.create(AppModule);\n  await app.listen(3000);\n  await keep(app.getHttpServer());\n  process.exit(0);\n}\nvoid run();` },
  { ...express, name: "a helper on this machine", code: `import { createServer } from "node:http";\nexport const start = (answer) => createServer(answer).listen(4587, "127.0.0.1");` },
  { ...express, name: "any port that is free", code: `import { createServer } from "node:http";\nexport const start = (answer) => createServer(answer).listen({ port: 0 });` },
  { ...express, name: "a server for developers only", code: `${app}if (process.env.NODE_ENV !== "production") app.listen(3000);\nexport { app };` },
  { ...express, filename: "playground/server.ts", name: "a playground", code: `${app}app.listen(3000);` },
  { ...express, filename: "scripts/preview.ts", name: "a script", code: `${app}app.listen(3000);` },
  { ...express, filename: "tests/server.ts", name: "a test", code: `${app}app.listen(3000);` },
  { ...express, name: "somebody else's listen", code: `import { bus } from "./bus";\nbus.listen("orders");` },
  { ...express, name: "an app that is handed in", code: `export const start = (app: { listen(port: number): void }) => app.listen(3000);` },
  { ...express, name: "a server that answers each request within one step", code: `const express = require("express");\nconst fs = require("fs");\nconst app = express();\napp.get("/notes", (req, res) => res.json(JSON.parse(fs.readFileSync("notes.json", "utf8"))));\napp.listen(3000);` },
  { ...express, name: "half a call", code: `${app}app.listen` },
  { ...nest, name: "Nest is told to listen for signals", code: nestApp("  app.enableShutdownHooks();\n") },
];

/** The message, and the line that is suggested after the start of the server. */
const cutOff = (before: string): Invalid<MessageId, []>["errors"] => [
  {
    messageId: "cutOff",
    suggestions: [
      {
        messageId: "close",
        data: { code: `process.on("SIGTERM", () => server.close(() => process.exit(0)));` },
        output: `${before}const server = app.listen(3000);\nprocess.on("SIGTERM", () => server.close(() => process.exit(0)));`,
      },
    ],
  },
];

const waiting = `${app}app.get("/notes", async (req, res) => res.json(await read("notes")));\n`;
const leading = `${app}import { notes } from "./notes.js";\napp.get("/notes", (req, res) => notes(res));\n`;

const invalid: Invalid<MessageId, []>[] = [
  { ...express, name: "a server whose handler waits", code: `${waiting}app.listen(3000);`, errors: cutOff(waiting) },
  { ...express, name: "a server whose handler leads to another module", code: `${leading}app.listen(3000);`, errors: cutOff(leading) },
  {
    ...express,
    name: "an app of Express",
    code: `${app}app.listen(3000, () => console.log("up"));\n`,
    errors: [
      {
        messageId: "cutOff",
        line: 3,
        column: 5,
        endColumn: 11,
        suggestions: [
          {
            messageId: "close",
            data: { code: `process.on("SIGTERM", () => server.close(() => process.exit(0)));` },
            output: `${app}const server = app.listen(3000, () => console.log("up"));\nprocess.on("SIGTERM", () => server.close(() => process.exit(0)));\n`,
          },
        ],
      },
    ],
  },
  {
    ...express,
    name: "a server of Node's that has a name",
    code: `import { createServer } from "node:http";\nimport { handle } from "./app";\nconst http = createServer(handle).listen(process.env.PORT);\n`,
    errors: [
      {
        messageId: "cutOff",
        suggestions: [
          {
            messageId: "close",
            data: { code: `process.on("SIGTERM", () => http.close(() => process.exit(0)));` },
            output: `import { createServer } from "node:http";\nimport { handle } from "./app";\nconst http = createServer(handle).listen(process.env.PORT);\nprocess.on("SIGTERM", () => http.close(() => process.exit(0)));\n`,
          },
        ],
      },
    ],
  },
  {
    ...express,
    name: "an app of Fastify, and its name is taken",
    code: `import Fastify from "fastify";\nconst app = Fastify();\nconst server = "api";\nawait app.listen({ port: 3000 });\nexport { app, server };\n`,
    errors: [
      {
        messageId: "cutOff",
        suggestions: [
          {
            messageId: "close",
            data: { code: `process.on("SIGTERM", () => app.close().then(() => process.exit(0)));` },
            output: `import Fastify from "fastify";\nconst app = Fastify();\nconst server = "api";\nawait app.listen({ port: 3000 });\nprocess.on("SIGTERM", () => app.close().then(() => process.exit(0)));\nexport { app, server };\n`,
          },
        ],
      },
    ],
  },
  {
    ...express,
    name: "Hono on Node, where the name of the suggestion is taken",
    code: `import { serve } from "@hono/node-server";\nimport { app as server } from "./app";\nserve({ fetch: server.fetch, port: 3000 });\n`,
    errors: [{ messageId: "cutOff", line: 3, column: 1, endColumn: 6, suggestions: [] }],
  },
  {
    ...express,
    name: "Koa, once for two servers of one file",
    code: `import Koa from "koa";\nconst app = new Koa();\nconst api = app.listen(3000);\nconst admin = app.listen(3001);\n`,
    errors: [
      {
        messageId: "cutOff",
        line: 3,
        suggestions: [
          {
            messageId: "close",
            data: { code: `process.on("SIGTERM", () => api.close(() => process.exit(0)));` },
            output: `import Koa from "koa";\nconst app = new Koa();\nconst api = app.listen(3000);\nprocess.on("SIGTERM", () => api.close(() => process.exit(0)));\nconst admin = app.listen(3001);\n`,
          },
        ],
      },
    ],
  },
  {
    ...nest,
    name: "Nest, which has to be told",
    code: nestApp(),
    errors: [
      {
        messageId: "hooksOff",
        data: { framework: "Nest", hooks: "`onModuleDestroy` or `onApplicationShutdown`", call: "enableShutdownHooks" },
        line: 6,
        column: 13,
        endColumn: 19,
        suggestions: [{ messageId: "close", data: { code: "app.enableShutdownHooks();" }, output: nestApp("  app.enableShutdownHooks();\n") }],
      },
    ],
  },
  {
    ...express,
    filename: "src/worker.ts",
    name: "a worker of jobs",
    code: `import { Worker } from "bullmq";\nimport { send } from "./mail";\nnew Worker("mail", (job) => send(job.data));\n`,
    errors: [
      {
        messageId: "jobsCutOff",
        line: 3,
        column: 5,
        endColumn: 11,
        suggestions: [
          {
            messageId: "close",
            data: { code: `process.on("SIGTERM", () => worker.close().then(() => process.exit(0)));` },
            output: `import { Worker } from "bullmq";\nimport { send } from "./mail";\nconst worker = new Worker("mail", (job) => send(job.data));\nprocess.on("SIGTERM", () => worker.close().then(() => process.exit(0)));\n`,
          },
        ],
      },
    ],
  },
];

ruleTester.run("require-graceful-shutdown", rule, { valid, invalid });

describe("a port within the server of Next", () => {
  const found = (files: Files): string[] =>
    lintProject(
      {
        "package.json": { name: "shop", dependencies: { next: "^16.0.0" } },
        "src/metrics.ts": 'import { createServer } from "node:http";\nimport { answer } from "./answer";\nexport const serveMetrics = () => createServer(answer).listen(9100);\n',
        ...files,
      },
      "src/metrics.ts",
      "require-graceful-shutdown",
    );
  const starts = 'export async function register() { const { serveMetrics } = await import("./metrics"); serveMetrics(); }\n';

  it("is closed with it, where only that starts it", () => expect(found({ "src/instrumentation.ts": starts })).toEqual([]));
  it("is somebody else's, where another file starts it as well", () => expect(found({ "src/instrumentation.ts": starts, "src/server.ts": 'import { serveMetrics } from "./metrics";\nserveMetrics();\n' })).toHaveLength(1));
});
