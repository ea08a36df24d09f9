import { describe, expect, it } from "vitest";

import { isFailure, type Response, responseAt, responsesAt } from "../../../src/semantics/entries/responses.js";
import { outerFrame } from "../../../src/semantics/program/frames.js";
import type { Source } from "../../../src/syntax/source.js";
import { walk } from "../../../src/syntax/walk.js";
import { makeProject } from "../../support/project.js";
import { projectFolder } from "../../support/projects.js";
import { openText } from "../../support/source.js";

const inShort = ({ name, body, statuses }: Response): string =>
  `${name} ${Array.isArray(statuses) ? statuses.join("|") : String(statuses)} ${body ? body.frame.source.text.slice(...body.node.range) : "-"}`;

function answersIn(source: Source, through: boolean): string[] {
  const found: string[] = [];
  walk(source.ast, source, (node) => {
    const responses = through ? responsesAt(node, outerFrame(source.ast, source)) : [responseAt(node, source)];
    for (const response of responses) if (response) found.push(inShort(response));
  });
  return found;
}

const answers = (code: string, filename = "app/api/route.ts"): string[] => answersIn(openText(code, { filename, cwd: projectFolder("next") }), false);

const express = `import express from "express"; const app = express(); app.get("/", (req, res) => {`;

describe("what is sent, and with which status", () => {
  it.each([
    ["NextResponse.json", `import { NextResponse } from "next/server"; NextResponse.json({ a }, { status: 500 });`, "NextResponse.json 500 { a }"],
    ["NextResponse itself", `import { NextResponse } from "next/server"; new NextResponse("no", { status: 503 });`, `new NextResponse 503 "no"`],
    ["Response.json without a status", `Response.json(x);`, "Response.json default x"],
    ["a new Response", `new Response(JSON.stringify(x), { headers, status: 500 });`, "new Response 500 JSON.stringify(x)"],
    ["headers spread before the status", `new Response(x, { ...init, status: 500 });`, "new Response 500 x"],
    ["a spread after the status", `new Response(x, { status: 500, ...init });`, "new Response unknown x"],
    ["options in a const", `const init = { status: 502 }; new Response(x, init);`, "new Response 502 x"],
    ["options from elsewhere", `new Response(x, init);`, "new Response unknown x"],
    ["a status in a const", `const status = 500; Response.json(x, { status });`, "Response.json 500 x"],
    ["one status of two", `Response.json(x, { status: known ? 404 : 500 });`, "Response.json 404|500 x"],
    ["a status of the error's own", `Response.json(x, { status: err.status || 500 });`, "Response.json unknown x"],
    ["a status that is set on the way", `let status = 500; if (known) status = 404; Response.json(x, { status });`, "Response.json 500|404 x"],
    ["a status by its name", `import { StatusCodes } from "http-status-codes"; Response.json(x, { status: StatusCodes.INTERNAL_SERVER_ERROR });`, "Response.json 500 x"],
    ["Express", `${express} res.status(500).json({ a }); });`, "res.json 500 { a }"],
    ["Express, with a header between", `${express} return res.status(400).set("x", "y").send("no"); });`, `res.send 400 "no"`],
    ["Express, without a status", `${express} res.json(x); });`, "res.json default x"],
    ["Express, the status before", `${express} res.status(500); res.json(x); });`, "res.json 500 x"],
    ["Express, the status as a field", `${express} if (x) { res.statusCode = 500; res.end(x); } });`, "res.end 500 x"],
    ["Express, the status before the branch", `${express} res.status(500); if (x) { res.send(x); } });`, "res.send 500 x"],
    ["Express, the answer under another name", `${express} const out = res; out.status(500).json(x); });`, "out.json 500 x"],
    ["Node", `import http from "node:http"; http.createServer((req, res) => { res.writeHead(500, {}); res.end(x); });`, "res.end 500 x"],
    ["a typed response", `import type { Response } from "express"; function f(res: Response) { res.status(500).json(x); }`, "res.json 500 x"],
    ["Nest's response", `import { Controller, Get, Res } from "@nestjs/common"; @Controller() class C { @Get() f(@Res() res) { res.status(500).json(x); } }`, "res.json 500 x"],
    ["Nest's filters", `import { Catch, type ArgumentsHost } from "@nestjs/common"; @Catch() class F { catch(e, host: ArgumentsHost) { const ctx = host.switchToHttp(); const response = ctx.getResponse(); response.status(500).json(x); } }`, "response.json 500 x"],
    ["Fastify", `import fastify from "fastify"; const app = fastify(); app.get("/", (request, reply) => { reply.code(500).send(x); });`, "reply.send 500 x"],
    ["Hono", `import { Hono } from "hono"; const app = new Hono(); app.get("/", (c) => c.json({ a }, 500));`, "c.json 500 { a }"],
    ["Hono, with an object", `import { Hono } from "hono"; const app = new Hono(); app.get("/", (c) => c.json({ a }, { status: 500 }));`, "c.json 500 { a }"],
    ["Hono, the status before", `import { Hono } from "hono"; const app = new Hono(); app.get("/", (c) => { c.status(500); return c.text(x); });`, "c.text 500 x"],
    ["Koa", `import Koa from "koa"; const app = new Koa(); app.use(async (ctx) => { ctx.status = 500; ctx.body = x; });`, "ctx.body 500 x"],
    ["Koa, the status after", `import Koa from "koa"; const app = new Koa(); app.use(async (ctx) => { ctx.body = x; ctx.status = 500; });`, "ctx.body 500 x"],
    ["Remix", `import { json } from "@remix-run/node"; json(x, 500);`, "json 500 x"],
    ["SvelteKit", `import { error } from "@sveltejs/kit"; error(500, x);`, "error 500 x"],
    ["Nuxt", `import { createError } from "h3"; throw createError({ statusCode: 500, message: x });`, "createError 500 x"],
    ["Nuxt, by the newer name", `import { createError } from "h3"; throw createError({ status: 404, message: x });`, "createError 404 x"],
    ["tRPC", `import { TRPCError } from "@trpc/server"; throw new TRPCError({ code: "INTERNAL_SERVER_ERROR", message: x });`, "new TRPCError 500 x"],
    ["tRPC, another code", `import { TRPCError } from "@trpc/server"; throw new TRPCError({ code: "NOT_FOUND", message: x });`, "new TRPCError 400 x"],
    ["an exception of Nest", `import { InternalServerErrorException } from "@nestjs/common"; throw new InternalServerErrorException(x);`, "new InternalServerErrorException 500 x"],
    ["an exception with a status", `import { HttpException, HttpStatus } from "@nestjs/common"; throw new HttpException(x, HttpStatus.BAD_REQUEST);`, "new HttpException 400 x"],
    ["Lambda", `import type { APIGatewayProxyEvent } from "aws-lambda"; export const handler = async (event: APIGatewayProxyEvent) => { return { statusCode: 500, body: JSON.stringify(x) }; };`, "return 500 JSON.stringify(x)"],
  ])("%s", (_, code, expected) => expect(answers(code, code.includes("Fastify") ? "server.ts" : undefined)).toEqual([expected]));

  it("knows the answer of pages/api without types", () =>
    expect(answers(`export default function handler(req, res) { res.status(500).json(x); }`, "pages/api/x.ts")).toEqual(["res.json 500 x"]));
});

describe("no answer", () => {
  it.each([
    ["somebody's res", `function f(res) { res.status(500).json(x); }`],
    ["a body that is read", `const response = await fetch(url); await response.json();`],
    ["a file's own Response", `class Response {} new Response(x, { status: 500 });`],
    ["another method", `${express} res.setHeader("a", "b"); });`],
    ["an object that is returned elsewhere", `export function f() { return { statusCode: 500, body: x }; }`],
    ["half-typed code", `${express} res; new Response; Response.json(); res.json(); });`],
  ])("%s", (_, code) => expect(answers(code).filter((answer) => !answer.endsWith(" -"))).toEqual([]));
});

describe("through a helper", () => {
  const through = (code: string): string[] => answersIn(openText(code, { filename: "supabase/functions/x/index.ts" }), true).filter((answer) => !answer.startsWith("new "));

  it.each([
    ["a helper with a status", `const json = (body, status = 200) => new Response(JSON.stringify(body), { status }); export const f = () => json(x, 500);`, ["json 500 JSON.stringify(body)"]],
    ["its default status", `function json(body: unknown, status = 200) { return new Response(JSON.stringify(body), { status }); } export const f = () => json(x);`, ["json 200 JSON.stringify(body)"]],
    ["options by name", `function fail({ message, status }) { return new Response(message, { status }); } export const f = async () => await fail({ message: x, status: 503 });`, ["fail 503 message"]],
    ["a helper of a helper", `const json = (body, status) => new Response(body, { status }); const fail = (message) => json({ message }, 500); export const f = () => fail(x);`, ["json 500 body", "fail 500 body"]],
    ["a method of the class", `class C { fail(text) { return new Response(text, { status: 500 }); } run() { return this.fail(x); } }`, ["this.fail 500 text"]],
  ])("%s", (_, code, expected) => expect(through(code)).toEqual(expected));

  it("does not follow what is called for something else", () => expect(through(`const json = (body) => new Response(body, { status: 500 }); json(x);`)).toEqual([]));

  it("follows a helper into another file", () => {
    const project = makeProject({ "lib/http.ts": `export function fail(res, text: string) { res.status(500).json({ text }); }`, "package.json": { dependencies: { express: "5" } } });
    const source = openText(`import { fail } from "./lib/http"; ${express} fail(res, x); });`, { filename: project.path("app.ts"), cwd: project.dir });
    expect(answersIn(source, true)).toEqual(["fail 500 { text }"]);
  });
});

describe("says that the server failed", () => {
  const says = (code: string, filename: string): boolean => {
    const source = openText(code, { filename, cwd: projectFolder("next") });
    const responses: Response[] = [];
    walk(source.ast, source, (node) => {
      const response = responseAt(node, source);
      if (response) responses.push(response);
    });
    return responses.some((response) => isFailure(response, source));
  };

  it.each([
    ["a status of 500", `Response.json(x, { status: 500 });`, "app/api/route.ts", true],
    ["one status of two", `Response.json(x, { status: a ? 400 : 500 });`, "app/api/route.ts", true],
    ["a client's error", `Response.json(x, { status: 400 });`, "app/api/route.ts", false],
    ["no status", `export const GET = () => Response.json(x);`, "app/api/route.ts", false],
    ["no status in an edge function", `Deno.serve(() => new Response(x));`, "supabase/functions/x/index.ts", true],
    ["what cannot be told", `Response.json(x, { status });`, "app/api/route.ts", false],
  ])("%s", (_, code, filename, expected) => expect(says(code, filename)).toBe(expected));
});
