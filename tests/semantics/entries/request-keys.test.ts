import { describe, expect, it } from "vitest";

import { entriesIn } from "../../../src/semantics/entries/entries.js";
import { outerFrame } from "../../../src/semantics/program/frames.js";
import { type Tie, tieOf } from "../../../src/semantics/entries/request-keys.js";
import { projectFolder } from "../../support/projects.js";
import { marked, openText } from "../../support/source.js";

function tie(code: string, filename: string, project = "next"): Tie {
  const source = openText(code, { filename, cwd: projectFolder(project) });
  const [entry] = entriesIn(source);
  if (!entry) throw new Error("no entry");
  return tieOf(marked(source), { entry, frame: outerFrame(entry.node, source) });
}

const inRoute = (text: string): Tie => tie(`import { z } from "zod"; import { limit } from "./limits"; const schema = z.object({}); export async function POST(request, { params }) { ${text} }`, "app/api/links/[id]/route.ts");
const inHandler = (text: string): Tie => tie(`export default async function handler(req, res) { ${text} }`, "pages/api/links.ts");
const inAction = (text: string): Tie => tie(`"use server"; export async function remove(id, form) { ${text} }`, "app/actions.ts");
const inController = (parameters: string, text: string): Tie =>
  tie(`import { Body, Controller, Param, Patch, Req } from "@nestjs/common"; @Controller() class C { @Patch() update(${parameters}) { ${text} } }`, "src/c.controller.ts", "nest");

describe("tieOf", () => {
  it.each([
    ["a parameter of the path", "const { id } = await params; __(id);"],
    ["a member of the parameters", "__((await params).id);"],
    ["the body", "const body = await request.json(); __(body.link.id);"],
    ["a field of a form", `const form = await request.formData(); __(form.get("id") as string);`],
    ["a search parameter", `const { searchParams } = new URL(request.url); __(searchParams.get("id"));`],
    ["a search parameter of Next", `__(request.nextUrl.searchParams.get("id") ?? "");`],
    ["a number of it", `__(Number((await params).id));`],
    ["a text with it", "__(`link_${(await params).id}`);"],
    ["a choice", "const body = await request.json(); __(Array.isArray(body.id) ? body.id[0] : body.id);"],
    ["an item of a list", "for (const item of await request.json()) __(item.id);"],
    ["an item of a list in a callback", "const items = await request.json(); items.map((item) => __(item.id));"],
    ["all items of a list", "const items = await request.json(); __(items.map((item) => item.id));"],
    ["what was looked at", "const { id } = schema.parse(await request.json()); __(id);"],
    ["what was looked at safely", "const parsed = schema.safeParse(await request.json()); __(parsed.data.id);"],
    ["a field of an object of one's own", "const { id } = await params; const link = { id }; __(link.id);"],
    ["what is left over", "const { id, ...rest } = await request.json(); __(rest);"],
  ])("ties %s to the request", (_, text) => expect(inRoute(text)).toBe("request"));

  it.each([
    ["a word", `__("draft");`],
    ["nothing", "__(undefined);"],
    ["the time", "__(new Date(Date.now()).toISOString());"],
    ["a constant of another file", "__(limit);"],
    ["the environment", "__(process.env.TEAM_ID);"],
    ["a field that is not there", "const link = { id: 1 }; __(link.name);"],
    ["a variable that holds one or the other", `let status = "a"; if (x) status = "b"; __(status);`],
  ])("ties %s to the code", (_, text) => expect(inRoute(text)).toBe("fixed"));

  it.each([
    ["a call", "__(await currentTeam());"],
    ["a method of another file", "__(limit.current());"],
    ["a header", `__(request.headers.get("x-team"));`],
    ["a user on the request", "__(request.user.id);"],
    ["a row", "const row = await db.find(); __(row.id);"],
    ["the request or a row", "const row = await db.find(); __((await params).id ?? row.id);"],
    ["a variable that is set to a row", "let { id } = await params; id = (await db.find()).id; __(id);"],
    ["this", "__(this.id);"],
    ["a name that nobody declares", "__(teamId);"],
  ])("does not know %s", (_, text) => expect(inRoute(text)).toBe("other"));

  it.each([
    ["the query", "const { id } = req.query as { id: string }; __(id);", "request"],
    ["the body, taken from the request", "const { body: { id } } = req; __(id);", "request"],
    ["the session of the request", "__(req.session.id);", "other"],
    ["the response", "__(res.locals.id);", "other"],
  ])("knows the pages router: %s", (_, text, expected) => expect(inHandler(text)).toBe(expected));

  it.each([
    ["an argument", "__(id);", "request"],
    ["a field of a form", `__(form.get("id"));`, "request"],
  ])("knows server actions: %s", (_, text, expected) => expect(inAction(text)).toBe(expected));

  it.each([
    ["a parameter of the path", `@Param("id") id: string`, "__(id);", "request"],
    ["the body", "@Body() { id }: Dto", "__(id);", "request"],
    ["the request", "@Req() req", "__(req.user.id);", "other"],
    ["somebody's decorator", "@User() user", "__(user.id);", "other"],
  ])("knows Nest: %s", (_, parameters, text, expected) => expect(inController(parameters, text)).toBe(expected));
});
