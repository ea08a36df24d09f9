import rule from "../../../src/rules/auth/no-sensitive-response.js";
import { ruleTester } from "../../support/rule-tester.js";

const route = { filename: "app/api/me/route.ts", project: "with-accounts" } as const;
const server = { filename: "server/users.ts", project: "with-accounts" } as const;
const actions = { filename: "app/login/actions.ts", project: "with-accounts" } as const;
const nest = { filename: "src/users/users.controller.ts", project: "nest-with-typeorm" } as const;

const prisma = `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\n`;
const get = (body: string, imports = prisma): string => `${imports}export async function GET(request: Request, { params: { id } }) {\n  ${body}\n}`;
const express = (body: string): string => `import type { Request, Response } from "express";\n${prisma}export async function me(req: Request, res: Response) {\n  const user = await prisma.user.findUnique({ where: { id: req.params.id } });\n  ${body}\n}`;

const drizzle = `import { drizzle } from "drizzle-orm/node-postgres";\nimport { eq } from "drizzle-orm";\nimport { pgTable, text, uuid } from "drizzle-orm/pg-core";\nexport const users = pgTable("users", { id: uuid("id").primaryKey(), email: text("email"), passwordHash: text("password_hash") });\nconst db = drizzle(process.env.DATABASE_URL!);\n`;

interface Parts {
  readonly column?: string;
  readonly decorators?: string;
  readonly find?: string;
}

/** A controller and a service of Nest, and the entities that they work with. */
const orders = ({ column = "@Column()", decorators = "", find = `find({ relations: ["waiter"] })` }: Parts = {}): string => `import { Controller, Get, Injectable, UseInterceptors } from "@nestjs/common";
import { Column, Entity, ManyToOne, PrimaryGeneratedColumn, Repository } from "typeorm";
@Entity()
export class User {
  @PrimaryGeneratedColumn("uuid") id: string;
  @Column() email: string;
  ${column} password: string;
}
@Entity()
export class Order {
  @PrimaryGeneratedColumn("uuid") id: string;
  @ManyToOne(() => User) waiter: User;
}
@Injectable()
export class OrdersService {
  constructor(private readonly orders: Repository<Order>) {}
  findAll() {
    return this.orders.${find};
  }
}
@Controller("orders")
export class OrdersController {
  constructor(private readonly service: OrdersService) {}
  ${decorators}@Get()
  findAll() {
    return this.service.findAll();
  }
}`;

const whole = (value: string) => ({ messageId: "whole", data: { value, model: "User", columns: "`password` and `passwordResetToken`", more: "", instead: "omit: { password: true, passwordResetToken: true }" } }) as const;
const asked = (value: string, instead = "select({ … })") => ({ messageId: "whole", data: { value, model: "users", columns: "`passwordHash`", more: "", instead } }) as const;
const brought = (value: string) => ({ messageId: "brought", data: { value, relation: "waiter", model: "User", columns: "`password`", more: "", instead: "@Column({ select: false })`, and where code compares it `addSelect(…)" } }) as const;

ruleTester.run("no-sensitive-response", rule, {
  valid: [
    { ...route, name: "the columns that are needed", code: get(`return Response.json(await prisma.user.findUnique({ where: { id }, select: { id: true, email: true } }));`) },
    { ...route, name: "a column that is left out", code: get(`return Response.json(await prisma.user.findUnique({ where: { id }, omit: { password: true, passwordResetToken: true } }));`) },
    { ...route, name: "options that nobody can see into", code: get(`return Response.json(await prisma.user.findUnique({ where: { id }, ...shown }));`) },
    { ...route, name: "a client that leaves the column out everywhere", code: get(`return Response.json(await prisma.user.findUnique({ where: { id } }));`, `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient({ omit: { user: { password: true, passwordResetToken: true } } });\n`) },
    { ...route, name: "what is left once the password is taken out", code: get(`const user = await prisma.user.findUnique({ where: { id } });\n  const { password, passwordResetToken, ...shown } = user;\n  return Response.json(shown);`) },
    { ...route, name: "a row that somebody trims", code: get(`const user = await prisma.user.findUnique({ where: { id } });\n  hide(user);\n  return Response.json(user);`) },
    { ...route, name: "a row of which a few columns are sent", code: get(`const user = await prisma.user.findUnique({ where: { id } });\n  return Response.json({ id: user.id, email: user.email });`) },
    { ...route, name: "a row that is made into something else", code: get(`const user = await prisma.user.findUnique({ where: { id } });\n  return Response.json(toDto(user));`) },
    { ...route, name: "how many there are", code: get(`return Response.json({ users: await prisma.user.count() });`) },
    { ...route, name: "the password of a link, which its owner may look up", code: get(`return Response.json(await prisma.link.findUnique({ where: { id } }));`) },
    { ...route, name: "rows that come with a part of others", code: get(`return Response.json(await prisma.post.findMany({ include: { writer: { select: { email: true } } } }));`) },
    { ...route, name: "a helper that leaves the column out", code: get(`return Response.json(await shownUser(id));`, `import { shownUser } from "../../../lib/users";\n`) },
    { ...route, name: "a column that is put in again as nothing", code: get(`const user = await prisma.user.findUnique({ where: { id } });\n  return Response.json({ ...user, password: undefined, passwordResetToken: undefined });`) },
    { ...route, name: "a row that is asked for and not sent", code: get(`const user = await prisma.user.findUnique({ where: { id } });\n  return Response.json({ found: user !== null });`) },
    { ...server, name: "a password that is deleted before", code: express(`delete user.password;\n  delete user.passwordResetToken;\n  res.json(user);`) },
    { ...server, name: "no answer", code: `${prisma}export const find = (id: string) => prisma.user.findUnique({ where: { id } });` },
    { ...server, name: "an answer that its schema shapes", code: `import { initTRPC } from "@trpc/server";\n${prisma}const t = initTRPC.create();\nexport const me = t.procedure.input(String).output(shown).query(({ input }) => prisma.user.findUnique({ where: { id: input } }));` },
    { ...server, name: "columns that are chosen by a builder", code: `import type { Request, Response } from "express";\n${drizzle}export async function me(req: Request, res: Response) {\n  res.json(await db.select({ id: users.id }).from(users));\n}` },
    { ...nest, name: "a column that is never selected by itself", code: orders({ column: "@Column({ select: false })" }) },
    { ...nest, name: "answers that an interceptor shapes", code: orders({ decorators: "@UseInterceptors(ShownOnly)\n  " }) },
    { ...server, name: "a link, whose token is there to be sent", code: `import type { Request, Response } from "express";\n${drizzle.replace(`passwordHash: text("password_hash")`, `token: text("token")`)}export async function links(req: Request, res: Response) {\n  res.json(await db.select().from(users));\n}` },
    { ...nest, name: "rows without their relations", code: orders({ find: "find()" }) },
    { ...actions, name: "a password that is sent back, where nobody asks", code: `"use server";\nexport async function signIn(state, formData) {\n  const { email, password } = read(formData);\n  return { error: "Wrong password", email, password };\n}` },
    { ...actions, name: "an address that is sent back", options: [{ echoes: true }], code: `"use server";\nexport async function signIn(state, formData) {\n  const { email, password } = read(formData);\n  return { errors: { password: "Wrong password" }, email, hasPassword: !!password };\n}` },
    { ...server, name: "a test", filename: "tests/me.test.ts", code: express(`res.json(user);`) },
  ],
  invalid: [
    {
      ...route,
      name: "a user, as the table has it",
      code: get(`const user = await prisma.user.findUnique({ where: { id } });\n  return Response.json({ user });`),
      errors: [{ ...whole("user"), line: 5, column: 26, endColumn: 30 }],
    },
    { ...route, name: "the answer of a query at once", code: get(`return Response.json(await prisma.user.create({ data: { email: id, password: hash } }), { status: 201 });`), errors: [{ ...whole("prisma.user.create({ data: { email: id, password: hash } })"), line: 4 }] },
    { ...route, name: "a helper of another file that comes to the row", code: get(`const user = await currentUser(id);\n  return Response.json(user);`, `import { currentUser } from "../../../lib/users";\n`), errors: [{ ...whole("user"), line: 4, column: 24 }] },
    {
      ...route,
      name: "a helper of another file that sends what it is given, told where it is given",
      code: get(`const user = await prisma.user.findUnique({ where: { id } });\n  const shown = { user };\n  return answerWithAge(shown, id);`, `${prisma}import { answerWithAge } from "../../../lib/answers";\n`),
      errors: [{ ...whole("user"), line: 6, column: 19, endColumn: 23 }],
    },
    {
      ...nest,
      name: "the other secrets of the row as well, and no tokens of what is counted",
      code: orders({ column: "@Column() apiToken: string; @Column() passphraseHash: string; @Column() tokenCount: number; @Column()" }),
      errors: [{ messageId: "brought", line: 26, data: { value: "this.service.findAll()", relation: "waiter", model: "User", columns: "`apiToken`, `passphraseHash` and `password`", more: "", instead: "@Column({ select: false })`, and where code compares it `addSelect(…)" } }],
    },
    { ...route, name: "one of the two columns left out", code: get(`const user = await prisma.user.findUnique({ where: { id } });\n  return Response.json({ ...user, password: undefined });`), errors: [{ messageId: "whole", data: { value: "user", model: "User", columns: "`passwordResetToken`", more: "", instead: "omit: { passwordResetToken: true }" } }] },
    { ...route, name: "the writers of posts", code: get(`const posts = await prisma.post.findMany({ include: { writer: true } });\n  return Response.json(posts);`), errors: [{ messageId: "brought", line: 5, data: { value: "posts", relation: "writer", model: "User", columns: "`password` and `passwordResetToken`", more: "", instead: "omit: { password: true, passwordResetToken: true }" } }] },
    { ...route, name: "the same twice in a file", code: `${get(`return Response.json(await prisma.user.findUnique({ where: { id } }));`)}\nexport async function POST() {\n  return Response.json(await prisma.user.findMany());\n}`, errors: [{ messageId: "whole", line: 4, data: { value: "prisma.user.findUnique({ where: { id } })", model: "User", columns: "`password` and `passwordResetToken`", more: " (2 times in this file)", instead: "omit: { password: true, passwordResetToken: true }" } }] },
    { ...server, name: "a handler of Express", code: express(`res.status(200).json({ success: true, data: user });`), errors: [{ ...whole("user"), line: 6 }] },
    { ...server, name: "a row that is kept before it is sent", code: express(`await log(user.id);\n  res.send(user);`), errors: [{ ...whole("user"), line: 7 }] },
    { ...server, name: "a procedure, which answers with what it returns", code: `import { initTRPC } from "@trpc/server";\n${prisma}const t = initTRPC.create();\nexport const me = t.procedure.input(String).query(({ input }) => prisma.user.findUnique({ where: { id: input } }));`, errors: [{ ...whole("prisma.user.findUnique({ where: { id: input } })"), line: 5 }] },
    { ...server, name: "the first row of a builder that asks for all columns", code: `import type { Request, Response } from "express";\n${drizzle}export async function me(req: Request, res: Response) {\n  const [user] = await db.select().from(users).where(eq(users.id, req.params.id));\n  res.json(user);\n}`, errors: [{ ...asked("user"), line: 9 }] },
    { ...server, name: "rows that an insert gives back", code: `import type { Request, Response } from "express";\n${drizzle}export async function add(req: Request, res: Response) {\n  const created = await db.insert(users).values(req.body).returning();\n  res.json(created[0]);\n}`, errors: [{ ...asked("created[0]", "returning({ … })"), line: 9 }] },
    { ...actions, name: "a server action, which anybody can call", code: `"use server";\n${prisma}export async function getUser(id: string) {\n  return prisma.user.findUnique({ where: { id } });\n}`, errors: [{ ...whole("prisma.user.findUnique({ where: { id } })"), line: 5 }] },
    { ...nest, name: "the waiter of each order, by way of a service", code: orders(), errors: [{ ...brought("this.service.findAll()"), line: 26 }] },
    { ...nest, name: "relations as an object", code: orders({ find: "find({ relations: { waiter: true } })" }), errors: [{ ...brought("this.service.findAll()"), line: 26 }] },
    { ...actions, name: "a password that goes back to its form", options: [{ echoes: true }], code: `"use server";\nexport async function signIn(state, formData) {\n  const { email, password } = read(formData);\n  if (!email) return { error: "Who?", password };\n  return { error: "Wrong password", fields: { email, password } };\n}`, errors: [{ messageId: "echoed", line: 4, column: 39, data: { more: " (2 times in this file)" } }] },
  ],
});
