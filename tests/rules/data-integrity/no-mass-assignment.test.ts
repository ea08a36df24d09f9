import rule from "../../../src/rules/data-integrity/no-mass-assignment.js";
import { ruleTester } from "../../support/rule-tester.js";

const prisma = `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\n`;

const express = { filename: "server/members.ts", project: "express" } as const;
const next = { filename: "app/api/members/route.ts", project: "next" } as const;
const actions = { filename: "app/members/actions.ts", project: "next" } as const;
const nest = { filename: "src/members/members.controller.ts", project: "nest" } as const;

const app = (handler: string, before = ""): string => `${prisma}import express from "express";\nconst app = express();\napp.post("/members", ${before}${handler});`;

/** A controller that writes by itself. */
const controller = (parameter: string, body: string): string => `import { Body, Controller, Post } from "@nestjs/common";
import { Repository } from "typeorm";
import { Member } from "./entities";
class MemberDto { name: string; }
@Controller("members")
export class MemberController {
  constructor(private readonly members: Repository<Member>) {}
  @Post() create(${parameter}) { ${body} }
}`;

ruleTester.run("no-mass-assignment", rule, {
  valid: [
    {
      name: "a row with nothing in it that a sender should not choose",
      filename: "server/controllers/notes.js",
      code: `const mongoose = require("mongoose");\nconst Note = mongoose.model("Note", new mongoose.Schema({ title: String, status: String }));\nexports.add = async (req, res) => {\n  const note = new Note(req.body);\n  await note.save();\n  res.json(note);\n};`,
    },
    {
      name: "a row whose guarded columns are written over what is sent",
      filename: "server/controllers/notes.js",
      code: `const mongoose = require("mongoose");\nconst Note = mongoose.model("Note", new mongoose.Schema({ title: String, ownerId: String }));\nexports.add = async (req, res) => {\n  const note = await Note.create({ ...req.body, ownerId: req.user.id });\n  res.json(note);\n};`,
    },
    {
      name: "what administrators alone may do",
      ...next,
      code: `${prisma}export async function PUT(request) {\n  const session = await auth();\n  if (session.user.role !== "admin") return new Response(null, { status: 403 });\n  return Response.json(await prisma.member.update({ where: { id: "1" }, data: await request.json() }));\n}`,
    },
    { name: "the fields are written", ...express, code: app(`async (req, res) => { const { name } = req.body; res.json(await prisma.member.create({ data: { name, email: req.body.email } })); }`) },
    { name: "a schema drops the rest", ...express, code: app(`async (req, res) => { res.json(await prisma.member.create({ data: memberSchema.parse(req.body) })); }`) },
    { name: "the body is checked, and written then", ...express, code: app(`async (req, res) => { validateMember(req.body); res.json(await prisma.member.create({ data: req.body })); }`) },
    { name: "the body is checked together with other values", ...actions, code: `"use server";\n${prisma}export async function add(id, input) { validateInputs([id, Id], [input, Member]); const { teamId, ...data } = input; await prisma.member.create({ data: { ...data, id } }); }` },
    { name: "a middleware may have dropped the rest", ...express, code: app(`async (req, res) => { res.json(await prisma.member.create({ data: req.body })); }`, "validate(memberSchema), ") },
    { name: "one value of the body", ...next, code: `${prisma}export async function POST(request) { const body = await request.json(); return Response.json(await prisma.member.create({ data: { name: body.name } })); }` },
    { name: "the body is JSON in a column", ...next, code: `${prisma}export async function POST(request) { const body = await request.json(); return Response.json(await prisma.event.create({ data: { payload: body } })); }` },
    { name: "what the code has made of it", ...next, code: `${prisma}export async function POST(request) { const body = await request.json(); const input = toMember(body); return Response.json(await prisma.member.create({ data: input })); }` },
    { name: "a wrapper may have dropped the rest", ...next, code: `${prisma}export const POST = withBody(async (request) => { const body = await request.json(); return Response.json(await prisma.member.create({ data: body })); });` },
    { name: "the app's own row", ...next, code: `${prisma}export async function POST(request) { const row = await load(); return Response.json(await prisma.member.create({ data: row })); }` },
    { name: "a helper that is no handler", filename: "server/members.ts", code: `${prisma}export const add = (data) => prisma.member.create({ data });` },
    { name: "an action whose input is parsed", ...actions, code: `"use server";\n${prisma}export async function add(input) { const data = memberSchema.parse(input); await prisma.member.create({ data }); }` },
    { name: "a pipe keeps what a Zod schema names", ...nest, project: "nest-with-zod", code: `import { MemberDto } from "./member.dto";\n${controller("@Body() dto: MemberDto", "return this.members.save(dto);").replace(/class MemberDto.*\n/, "")}` },
    { name: "a pipe keeps what the class declares", ...nest, project: "nest-with-whitelist", code: controller("@Body() dto: MemberDto", "return this.members.save(dto);") },
    { name: "half-typed code", ...express, code: app(`async (req, res) => { res.json(await prisma.member.create({ data: req })); }`) },
    {
      name: "the client speaks for who asks, who could write the same by themselves",
      ...next,
      code: `import { createClient } from "@supabase/supabase-js";\nconst supabase = createClient(url, process.env.ANON_KEY);\nexport async function POST(request) { return Response.json(await supabase.from("members").insert(await request.json())); }`,
    },
  ],
  invalid: [
    {
      name: "a body, as it came",
      ...express,
      code: app(`async (req, res) => {\n  res.json(await prisma.member.create({ data: req.body }));\n}`),
      errors: [{ messageId: "assigned", line: 6, column: 47, endColumn: 55, data: { body: "req.body", model: "member", column: "" } }],
    },
    {
      name: "spread into a row, where the schema knows whose it is",
      filename: "app/api/members/route.ts",
      project: "with-prisma",
      code: `import type { NextRequest } from "next/server";\n${prisma}export async function POST(request: NextRequest) {\n  const body = await request.json();\n  const member = await prisma.member.create({ data: { ...body, teamId: team } });\n  return Response.json(member);\n}`,
      errors: [{ messageId: "assigned", line: 6, data: { body: "body", model: "member", column: ", `userId` included" } }],
    },
    {
      name: "all but what is taken out of it",
      ...next,
      code: `${prisma}export async function POST(request) {\n  const { id, ...data } = await request.json();\n  return Response.json(await prisma.member.update({ where: { id }, data }));\n}`,
      errors: [{ messageId: "assigned", line: 5, data: { body: "data", model: "member", column: "" } }],
    },
    {
      name: "a handler that speaks of administrators, and asks for none",
      ...next,
      code: `${prisma}export async function POST(request) {\n  const data = await request.json();\n  log({ isAdmin: false });\n  return Response.json(await prisma.member.create({ data }));\n}`,
      errors: [{ messageId: "assigned", line: 6, data: { body: "data", model: "member", column: "" } }],
    },
    {
      name: "a form",
      ...next,
      code: `${prisma}export async function POST(request) {\n  const form = await request.formData();\n  return Response.json(await prisma.member.create({ data: Object.fromEntries(form) }));\n}`,
      errors: [{ messageId: "assigned", line: 5, data: { body: "Object.fromEntries(form)", model: "member", column: "" } }],
    },
    {
      name: "the type of an action's input is only said",
      ...actions,
      code: `"use server";\n${prisma}export async function add(input: MemberInput) {\n  await prisma.member.create({ data: input });\n}`,
      errors: [{ messageId: "assigned", line: 5, data: { body: "input", model: "member", column: "" } }],
    },
    {
      name: "a function that answers with its second parameter",
      filename: "server/controllers/members.ts",
      code: `${prisma}export const add = async (req, res) => {\n  const member = await prisma.member.create({ data: req.body });\n  res.status(201).json(member);\n};`,
      errors: [{ messageId: "assigned", line: 4, data: { body: "req.body", model: "member", column: "" } }],
    },
    {
      name: "Nest keeps what a class does not declare, unless it is told otherwise",
      ...nest,
      code: controller("@Body() dto: MemberDto", "return this.members.save(dto);"),
      errors: [{ messageId: "assigned", data: { body: "dto", model: "Member", column: "" } }],
    },
    {
      name: "a Zod schema that lets through what it does not name",
      ...nest,
      project: "nest-with-zod",
      code: `import { LooseMemberDto } from "./member.dto";\n${controller("@Body() dto: LooseMemberDto", "return this.members.save(dto);")}`,
      errors: [{ messageId: "assigned", data: { body: "dto", model: "Member", column: "" } }],
    },
    {
      name: "a service in another file that is given the body under another name",
      ...nest,
      project: "nest-with-zod",
      code: `import { Body, Controller, Post } from "@nestjs/common";
import { MembersService } from "./members.service";
@Controller("members")
export class MemberController {
  constructor(private readonly members: MembersService) {}
  @Post() create(@Body() body: any) { return this.members.create({ data: body, teamId: "1" }); }
}`,
      errors: [{ messageId: "assigned", line: 6, data: { body: "body", model: "Member", column: "" } }],
    },
    {
      name: "a type that no pipe knows",
      ...nest,
      project: "nest-with-whitelist",
      code: controller("@Body() dto: Partial<Member>", "return this.members.save(dto);"),
      errors: [{ messageId: "assigned", data: { body: "dto", model: "Member", column: "" } }],
    },
    {
      name: "a row of Mongoose that is made of a body",
      filename: "server/controllers/members.js",
      code: `const mongoose = require("mongoose");\nconst Member = mongoose.model("Member", new mongoose.Schema({ name: String, role: String }));\nexports.add = async (req, res) => {\n  const member = new Member(req.body);\n  await member.save();\n  res.json(member);\n};`,
      errors: [{ messageId: "assigned", line: 4, data: { body: "req.body", model: "Member", column: ", `role` included" } }],
    },
    {
      name: "a client that may do everything",
      ...next,
      code: `import { createClient } from "@supabase/supabase-js";\nconst supabase = createClient(url, process.env.SUPABASE_SERVICE_ROLE_KEY);\nexport async function POST(request) {\n  return Response.json(await supabase.from("members").insert(await request.json()));\n}`,
      errors: [{ messageId: "assigned", line: 4, data: { body: "await request.json()", model: "members", column: "" } }],
    },
  ],
});
