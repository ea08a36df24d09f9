import rule from "../../../src/rules/auth/no-client-supplied-principal.js";
import { ruleTester } from "../../support/rule-tester.js";

const notes = { filename: "app/api/notes/route.ts", project: "next" };
const imports = `import { PrismaClient } from "@prisma/client"; import { auth } from "@clerk/nextjs/server"; const prisma = new PrismaClient();`;
const post = (write: string, check = `const session = await auth(); if (!session.userId) return new Response(null, { status: 401 });`): string =>
  `${imports}\nexport async function POST(request: Request) { ${check}\nconst body = await request.json();\n${write}\nreturn new Response(); }`;
const everywhere = [{ everywhere: true }] as [{ everywhere: boolean }];

ruleTester.run("no-client-supplied-principal", rule, {
  valid: [
    { ...notes, name: "the session says who it is", code: post(`await prisma.note.create({ data: { userId: session.userId, text: body.text } });`) },
    { ...notes, name: "the two are compared", code: post(`if (body.userId !== session.userId) return new Response(null, { status: 403 }); await prisma.note.create({ data: { userId: body.userId } });`) },
    { ...notes, name: "a policy is asked", code: post(`if (!(await canActFor(body.userId))) return new Response(); await prisma.note.create({ data: { userId: body.userId } });`) },
    { ...notes, name: "nobody is asked who they are: another rule's", code: post(`await prisma.note.create({ data: { userId: body.userId } });`, "") },
    { ...notes, name: "somebody else is meant", code: post(`await prisma.note.create({ data: { assigneeId: body.assigneeId } });`) },
    { ...notes, filename: "app/api/admin/notes/route.ts", name: "an administrator acts for others", code: post(`await prisma.note.create({ data: { userId: body.userId } });`) },
    { ...notes, filename: "app/api/register/route.ts", name: "the role is written out", code: post(`await prisma.user.create({ data: { email: body.email, role: "member" } });`, "") },
    { name: "a role from the request, outside of strict", filename: "server/users.ts", code: `export async function update(req, res) { const user = await find(req.params.id); user.role = req.body.role; await user.save(); }` },
    { name: "strict: a role is asked for first", filename: "server/users.ts", options: everywhere, code: `export async function update(req, res) { if (!hasRole(req.user, "admin")) return res.status(403).end(); user.role = req.body.role; }` },
    { ...notes, filename: "app/api/register/route.ts", name: "an administrator who adds others", code: `${imports}\nexport async function POST(request: Request) { const session = await auth(); if (session.role !== "admin") return new Response(null, { status: 403 });\nconst { email, role } = await request.json();\nawait prisma.user.create({ data: { email, role } }); return new Response(); }` },
    { name: "half an assignment", filename: "server/users.ts", options: everywhere, code: `export function update(req) { user.role = req.body }` },
  ],
  invalid: [
    {
      ...notes,
      name: "an owner from the body",
      code: post(`await prisma.note.create({ data: { userId: body.userId, text: body.text } });`),
      errors: [{ messageId: "owner", data: { column: "userId", subject: "note", principal: "session" }, line: 4, column: 36, endColumn: 55 }],
    },
    {
      ...notes,
      filename: "app/api/register/route.ts",
      name: "a role at sign-up",
      code: `${imports}\nexport async function POST(request: Request) { const { email, role } = await request.json();\nawait prisma.user.create({ data: { email, role } }); return new Response(); }`,
      errors: [{ messageId: "privilege", data: { column: "role", subject: "user", principal: "" }, line: 3, column: 43, endColumn: 47 }],
    },
    {
      ...notes,
      filename: "app/api/register/route.ts",
      name: "a flag that what was sent decides: the role is what to look at",
      code: `${imports}\nexport async function POST(request: Request) { const body = await request.json();\nawait prisma.user.create({ data: { email: body.email, isAdmin: body.role === "admin" } }); return new Response(); }`,
      errors: [{ messageId: "privilege", data: { column: "role", subject: "user", principal: "" }, line: 3 }],
    },
    {
      name: "strict: a role that anybody may give",
      filename: "server/users.ts",
      options: everywhere,
      code: `export async function update(req, res) { const user = await find(req.params.id); user.role = req.body.role; await user.save(); }`,
      errors: [{ messageId: "privilege", data: { column: "role", subject: "user", principal: "" }, line: 1, column: 94, endColumn: 107 }],
    },
  ],
});
