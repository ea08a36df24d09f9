import { describe, expect, it } from "vitest";

import rule from "../../../src/rules/auth/require-authorization.js";
import { lintProject } from "../../support/lint-project.js";
import { type Invalid, ruleTester, type Valid } from "../../support/rule-tester.js";

type MessageId = "loose" | "unguarded";

const route = { filename: "app/api/links/[id]/route.ts", project: "next" } as const;
const api = { filename: "pages/api/links/[id].ts", project: "next" } as const;
const actions = { filename: "app/links/actions.ts", project: "next" } as const;
const controller = { filename: "src/orders/orders.controller.ts", project: "nest" } as const;

const prisma = `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\n`;
const nextAuth = `import { getServerSession } from "next-auth";\n`;
const signedIn = `const session = await getServerSession(options);\n  if (!session) return new Response(null, { status: 401 });`;

/** A route handler of Next for one link, whose body begins with the question who is there. */
const patch = (body: string, { before = signedIn, imports = "", after = "" } = {}): string =>
  `${nextAuth}${imports}${prisma}export async function PATCH(request: Request, { params }: { params: Promise<{ id: string }> }) {\n  ${before}\n  const { id } = await params;\n  ${body}\n}\n${after}`;

const update = `await prisma.link.update({ where: { id }, data: { archived: true } });`;

/** A handler of the pages router. */
const handler = (body: string): string =>
  `import type { NextApiRequest, NextApiResponse } from "next";\n${nextAuth}${prisma}export default async function handler(req: NextApiRequest, res: NextApiResponse) {\n  const session = await getServerSession(req, res, options);\n  if (!session) {\n    return res.status(401).end();\n  }\n  ${body}\n}\n`;

/** A module of server actions. */
const action = (body: string, parameters = "id: string"): string =>
  `"use server";\n${nextAuth}${prisma}export async function archive(${parameters}) {\n  const session = await getServerSession(options);\n  if (!session?.user) throw new Error("Sign in first");\n  ${body}\n}\n`;

interface NestParts {
  readonly imports?: string;
  readonly onClass?: string;
  readonly onMethod?: string;
  readonly parameters?: string;
  readonly body?: string;
  readonly service?: string;
  readonly inject?: string;
}

const jwtGuard = `@Injectable()\nclass JwtAuthGuard extends AuthGuard("jwt") {}\n`;
const updateStatus = `async updateStatus(id: string, status: string) {\n    const order = await this.orders.findOneBy({ id });\n    order.status = status;\n    return this.orders.save(order);\n  }`;

/** A controller of Nest and its service, in one file. */
const nest = ({ imports = "", onClass = "@UseGuards(JwtAuthGuard)", onMethod = "", parameters = `@Param("id") id: string, @Body() body: StatusDto`, body = "return this.service.updateStatus(id, body.status);", service = updateStatus, inject = "" }: NestParts = {}): string => `import { Body, Controller, Injectable, Param, Patch, UseGuards } from "@nestjs/common";
import { AuthGuard } from "@nestjs/passport";
import { Repository } from "typeorm";
import { Order } from "./order.entity";
${imports}${jwtGuard}@Injectable()
class OrdersService {
  constructor(private readonly orders: Repository<Order>${inject}) {}
  ${service}
}
@Controller("orders")
${onClass}
export class OrdersController {
  constructor(private readonly service: OrdersService) {}
  @Patch(":id/status")
  ${onMethod}
  update(${parameters}) {
    ${body}
  }
}
`;

const inTheFilter: Valid<[]>[] = [
  { name: "the user in the filter", code: patch(`await prisma.link.update({ where: { id, userId: session.user.id }, data: {} });`) },
  { name: "the team of the user in the filter", code: patch(`await prisma.link.update({ where: { id, teamId: session.user.teamId }, data: {} });`) },
  { name: "the workspace, through a variable", code: patch(`const { workspaceId } = session.user;\n  await prisma.link.update({ where: { id, workspaceId }, data: {} });`) },
  { name: "the program and the partner in the filter", code: patch(`await prisma.reward.findFirst({ where: { id, programId: session.program.id, partnerId: session.partner.id } });`) },
  { name: "the user in a relation of the filter", code: patch(`await prisma.link.findFirst({ where: { id, team: { users: { some: { userId: session.user.id } } } } });`) },
  { name: "the user in a compound key", code: patch(`await prisma.vote.delete({ where: { linkId_userId: { linkId: id, userId: session.user.id } } });`) },
  { name: "a filter that a helper builds of the user", code: patch(`await prisma.team.findFirst({ where: buildTeamWhereQuery({ teamId: id, userId: session.user.id }) });`, { imports: `import { buildTeamWhereQuery } from "./teams";\n` }) },
  { name: "a filter that is spread into", code: patch(`await prisma.link.findFirst({ where: { id, ...getEnvelopeWhereInput(session) } });`, { imports: `import { getEnvelopeWhereInput } from "./envelopes";\n` }) },
  { name: "a filter that is made elsewhere", code: patch(`const { where } = await getEnvelopeWhereInput({ id });\n  await prisma.envelope.findFirst({ where });`, { imports: `import { getEnvelopeWhereInput } from "./envelopes";\n` }) },
].map((test) => ({ ...route, ...test }));

const asked: Valid<[]>[] = [
  { name: "a policy that is asked", code: patch(`if (!(await canViewWebsite(session, id))) return forbidden();\n  ${update}`, { imports: `import { canViewWebsite, forbidden } from "./permissions";\n` }) },
  { name: "a policy of a package", code: patch(`const link = await prisma.link.findUnique({ where: { id } });\n  authorize(session.user, "read", link);`, { imports: `import { authorize } from "cancan";\n` }) },
  { name: "an ability", code: patch(`const ability = defineAbilityFor(session.user);\n  if (!ability.can("update", "Link")) return new Response(null, { status: 403 });\n  ${update}`, { imports: `import { defineAbilityFor } from "./ability";\n` }) },
  { name: "a policy that finds out by itself who asks", code: patch(`await verifyFolderAccess({ folderId: id });\n  ${update}`, { imports: `import { verifyFolderAccess } from "./folders";\n` }) },
  { name: "a policy that throws", code: patch(`await throwIfNoPermission({ linkId: id });\n  ${update}`, { imports: `import { throwIfNoPermission } from "./folders";\n` }) },
  { name: "a policy that throws when something is not there for the workspace", code: patch(`await getFolderOrThrow({ workspaceId: session.workspaceId, folderId: id });\n  ${update}`, { imports: `import { getFolderOrThrow } from "./folders";\n` }) },
  { name: "checkAuthorizationUpdated", code: patch(`await checkAuthorizationUpdated({ access: [{ type: "organization", roles: ["owner"] }] });\n  ${update}`, { imports: `import { checkAuthorizationUpdated } from "./client";\n` }) },
  { name: "hasWorkspacePermission", code: patch(`if (!(await hasWorkspacePermission(id))) throw new Error("no");\n  ${update}`, { imports: `import { hasWorkspacePermission } from "./client";\n` }) },
  { name: "a helper that nobody can see", code: patch(`await prepare(id);\n  ${update}`, { imports: `import { prepare } from "./gone";\n` }) },
  { name: "a function of the same file that asks", code: patch(`await canEdit(id);\n  ${update}`, { after: `async function canEdit(id: string) { return true; }` }) },
  { name: "an unknown helper that is given the user", code: patch(`await audit(session.user);\n  ${update}`, { imports: `import { audit } from "./audit";\n` }) },
  { name: "a role that is compared", code: patch(`if (session.user.role !== "ADMIN") return new Response(null, { status: 403 });\n  ${update}`) },
  { name: "the row's owner compared with the user", code: patch(`const link = await prisma.link.findUnique({ where: { id } });\n  if (link?.userId !== session.user.id) return new Response(null, { status: 403 });\n  ${update}`) },
  { name: "the parent's row, checked first", code: patch(`const team = await prisma.team.findFirst({ where: { id, users: { some: { userId: session.user.id } } } });\n  if (!team) return new Response(null, { status: 404 });\n  await prisma.link.updateMany({ where: { teamId: id }, data: {} });`) },
  { name: "a secret that is compared", code: patch(`if (request.headers.get("x-secret") !== process.env.CRON_SECRET) return new Response(null, { status: 401 });\n  ${update}`) },
].map((test) => ({ ...route, ...test }));

const others: Valid<[]>[] = [
  { ...route, name: "a handler that is wrapped", code: `${prisma}${nextAuth}import { withWorkspace } from "./auth";\nexport const PATCH = withWorkspace(async ({ params }) => {\n  ${signedIn}\n  const { id } = params;\n  ${update}\n}, { requiredPermissions: ["links.write"] });` },
  { ...route, name: "nobody is asked who they are", code: patch(update, { before: "" }) },
  { ...route, name: "an answer for everybody, with more for who is signed in", code: patch(`const link = await prisma.link.findUnique({ where: { id } });\n  return Response.json(link);`, { before: `const session = await getServerSession(options);\n  console.log(session);` }) },
  { ...route, name: "who is there is asked in another branch", code: patch(`if (request.method === "GET") return Response.json(await prisma.link.findUnique({ where: { id } }));\n  ${signedIn}`, { before: "" }) },
  { ...route, name: "work for who is not signed in", code: patch(`if (session) return Response.json([]);\n  return Response.json(await prisma.link.findUnique({ where: { id } }));`, { before: `const session = await getServerSession(options);` }) },
  { ...route, name: "two ways to be let in", code: patch(update, { before: `const session = await getServerSession(options);\n  const guest = request.headers.get("x-guest");\n  if (!session && !guest) return new Response(null, { status: 401 });` }) },
  { ...route, name: "a count", code: patch(`await prisma.link.update({ where: { id }, data: { clicks: { increment: 1 } } });`) },
  { ...route, name: "a write that says whose it becomes", code: patch(`await prisma.task.update({ where: { id }, data: { assigneeId: session.user.id } });`) },
  { ...route, name: "a write that is taken back", code: patch(`await prisma.$transaction(async (tx) => {\n    const link = await tx.link.update({ where: { id }, data: {} });\n    if (link.userId !== session.user.id) throw new Error("no");\n  });`) },
  { ...route, name: "a row that is compared after it is read", code: patch(`const link = await prisma.link.findUnique({ where: { id } });\n  if (!link || !owns(link)) return new Response(null, { status: 404 });\n  return Response.json(link);`, { imports: `import { owns } from "./links";\n` }) },
  { ...route, name: "what others are meant to read", code: patch(`return Response.json(await prisma.comment.findMany({ where: { postId: id } }));`) },
  { ...route, name: "what a user shows to everybody", code: patch(`return Response.json(await prisma.user.findUnique({ where: { id }, select: { id: true, name: true, image: true } }));`) },
  { ...route, name: "an invitation, whose key was sent to somebody", code: patch(`await prisma.invitation.update({ where: { id }, data: { accepted: true } });`) },
  { ...route, name: "a client that is made for the tenant", code: patch(update).replace("new PrismaClient();", "new PrismaClient().$extends({ query: { $allModels: { $allOperations: ({ args, query }) => query(withTenant(args)) } } });") },
  { ...route, name: "a path for administrators", filename: "app/api/admin/links/[id]/route.ts", code: patch(update) },
  { ...route, name: "a function that is told what to ask for", code: patch(update, { before: `const user = await signedIn("links.write");`, after: `async function signedIn(right: string) {\n  const session = await getServerSession(options);\n  if (!session) throw new Error(right);\n  return session.user;\n}` }).replace("return session.user", "return { id: session.user.id }") },
  { ...route, name: "a user who is looked for in a list", code: patch(`if (session.user.id in blocked) return new Response(null, { status: 403 });\n  ${update}`) },
  { ...route, name: "a row for everybody", code: patch(`await prisma.link.findFirst({ where: { id, isPublic: true } });`) },
  { ...route, name: "a row whose secret is sent along", code: patch(`const { token } = await request.json();\n  await prisma.invitation.update({ where: { id, token }, data: {} });`) },
  { ...route, name: "a row that is found by a secret", code: patch(`const { token } = await request.json();\n  await prisma.invitation.findUnique({ where: { token } });`) },
  { ...route, name: "reference data, not by a key", code: patch(`await prisma.country.findMany({ where: { region: "EU" } });`) },
  { ...route, name: "an OAuth code that is exchanged", code: patch(`const { contextId } = await provider.exchangeCodeForToken(request);\n  await prisma.project.findUnique({ where: { id: contextId.workspaceId } });`, { imports: `import { provider } from "./oauth";\n` }) },
  { ...route, name: "a client that speaks for the user", code: `import { createServerClient } from "@supabase/ssr";\nconst supabase = createServerClient(url, key, { cookies });\nexport async function GET(request: Request, { params }) {\n  const { data: { user } } = await supabase.auth.getUser();\n  if (!user) return new Response(null, { status: 401 });\n  const { id } = await params;\n  await supabase.from("links").delete().eq("id", id);\n}` },
  { ...route, name: "somebody else's session", code: patch(update, { imports: "" }).replace("next-auth", "./sessions") },
  { ...api, name: "the user that the request brings", code: handler(`if (req.user.plan !== "pro") return res.status(402).end();\n  await prisma.link.delete({ where: { id: req.query.id } });`) },
  { ...actions, name: "a function of the module that is not exported", code: `"use server";\n${nextAuth}${prisma}async function archive(id: string) {\n  ${signedIn}\n  ${update}\n}` },
  { ...route, name: "a test", filename: "app/api/links/[id]/route.test.ts", code: patch(update) },
];

const nestSilent: Valid<[]>[] = [
  { name: "a permission on the method", code: nest({ imports: `import { HasPermission } from "./has-permission";\n`, onMethod: `@HasPermission("orders.update")` }) },
  { name: "a role of the team and its guard", code: nest({ imports: `import { RequiresTeamRole } from "./decorators";\nimport { GqlTeamMemberGuard } from "./team-member.guard";\n`, onMethod: `@UseGuards(GqlTeamMemberGuard)\n  @RequiresTeamRole("OWNER")` }) },
  { name: "roles and their guard", code: nest({ imports: `import { Roles } from "./roles";\nimport { RolesGuard } from "./roles.guard";\n`, onMethod: `@Roles("admin")\n  @UseGuards(RolesGuard)` }) },
  { name: "a guard of the file that asks for more", code: nest({ onMethod: "@UseGuards(TenantGuard)", imports: `class TenantGuard extends AuthGuard("jwt") { canActivate(context) { return context.switchToHttp().getRequest().tenant !== null; } }\n` }) },
  { name: "a parameter that is the impersonated user", code: nest({ imports: `import { Impersonation } from "./impersonation";\n`, parameters: `@Param("id") id: string, @Body() body: StatusDto, @Impersonation() user: string` }) },
  { name: "a parameter that is the user", code: nest({ imports: `import { AuthContextUser } from "./user";\n`, parameters: `@AuthContextUser() user: User, @Param("id") id: string, @Body() body: StatusDto` }) },
  { name: "the request as a parameter", code: nest({ imports: `import { Req } from "@nestjs/common";\n`, parameters: `@Param("id") id: string, @Body() body: StatusDto, @Req() request` }) },
  { name: "a check in the controller", code: nest({ body: `await this.validateAccessToSplits(id);\n    return this.service.updateStatus(id, body.status);` }).replace("  update(", "  async update(") },
  { name: "a check in the service", code: nest({ service: `async updateStatus(id: string) {\n    await this.assertOwner(id);\n    return this.orders.update({ id }, { status: "paid" });\n  }` }) },
  { name: "no guard", code: nest({ onClass: "" }) },
  { name: "a guard that cannot be seen", code: nest({ onClass: "@UseGuards(SomeGuard)", imports: `import { SomeGuard } from "./some.guard";\n` }) },
  { name: "a key for machines", code: nest({ onClass: `@UseGuards(AuthGuard("api-key"))` }) },
  { name: "a service that is made for each request", code: nest({ imports: `import { Inject } from "@nestjs/common";\nimport { REQUEST } from "@nestjs/core";\n`, inject: `, @Inject(REQUEST) private readonly request` }) },
  { name: "a service with a store that travels with the request", code: nest({ imports: `import { ClsService } from "nestjs-cls";\n`, inject: `, private readonly cls: ClsService` }) },
  { name: "the tenant, which the service knows, in the filter", code: nest({ service: `async updateStatus(id: string) {\n    return this.orders.update({ id, tenantId: this.tenant() }, { status: "paid" });\n  }` }) },
  { name: "reference data, which is nobody's", code: nest().replace(`import { Order } from "./order.entity";`, "class Order { id: string; status: string; label: string; }") },
  { name: "rows that are not picked by a key of the request", code: nest({ body: "return this.service.find();", service: "find() { return this.orders.find(); }" }) },
].map((test) => ({ ...controller, ...test }));

const halfTyped: Valid<[]>[] = ["await prisma.link.", "await prisma.link.update(", "await prisma.link.update({ where: {", "const { } =", "await prisma.link.update({ where: { id: } })"].flatMap((code) => {
  const text = code.endsWith(".") ? `${code}x` : code.endsWith("(") ? `${code})` : code.endsWith("{") ? `${code} } })` : code.endsWith("=") ? `${code} session` : code.replace("id: ", "id: x");
  return [{ ...route, name: `half-typed: ${code}`, code: patch(text) }];
});

const compared = "Compare its owner with who is signed in, in the filter or before";

const loose = (act: "read" | "change" | "delete", model: string, key: string, principal = "session", remedy = compared): Invalid<MessageId, []>["errors"][number] => ({ messageId: "loose", data: { act, model, key, principal, remedy } });

const unguarded = (act: "read" | "change" | "delete", key = "id", call = "this.service.updateStatus"): Invalid<MessageId, []>["errors"][number] => ({ messageId: "unguarded", data: { act, model: "Order", key, call, owner: "its owner" } });

const invalid: Invalid<MessageId, []>[] = [
  { ...route, name: "a row changed by the id of the path", code: patch(update), errors: [{ ...loose("change", "link", "id"), line: 8, column: 39, endColumn: 41 }] },
  { ...route, name: "a row read by the id of the path", code: patch(`return Response.json(await prisma.link.findUnique({ where: { id } }));`), errors: [loose("read", "link", "id")] },
  { ...route, name: "a session that is also logged", code: patch(`console.log("archiving", session.user.email);\n  ${update}`), errors: [loose("change", "link", "id")] },
  { ...route, name: "a name for the user that is only tested", code: patch(update, { before: `const session = await getServerSession(options);\n  const userId = session?.user?.id;\n  if (!userId) return new Response(null, { status: 401 });` }), errors: [loose("change", "link", "id")] },
  { ...route, name: "the work inside the test", code: patch(`if (session) {\n    ${update}\n  }`, { before: `const session = await getServerSession(options);` }), errors: [loose("change", "link", "id")] },
  { ...route, name: "an id of the body", code: patch(`const { linkId } = await request.json();\n  await prisma.link.delete({ where: { id: linkId as string } });`), errors: [loose("delete", "link", "id")] },
  { ...route, name: "an id of the search parameters", code: patch(`const teamId = new URL(request.url).searchParams.get("teamId") ?? undefined;\n  await prisma.link.findMany({ where: { teamId } });`), errors: [loose("read", "link", "teamId")] },
  { ...route, name: "a body of the right shape", code: patch(`const { id: linkId } = schema.parse(await request.json());\n  await prisma.link.delete({ where: { id: linkId } });`, { imports: `import { z } from "zod";\nconst schema = z.object({ id: z.string() });\n` }), errors: [loose("delete", "link", "id")] },
  { ...route, name: "a row by its key and what nobody owns", code: patch(`await prisma.link.update({ where: { id, deletedAt: null }, data: {} });`), errors: [loose("change", "link", "id")] },
  { ...route, name: "a read and a write of one table", code: patch(`await prisma.link.findUnique({ where: { id } });\n  ${update}`), errors: [{ ...loose("change", "link", "id"), line: 9 }] },
  { ...route, name: "what others are meant to read, changed", code: patch(`await prisma.comment.delete({ where: { id } });`), errors: [loose("delete", "comment", "id")] },
  { ...route, name: "more than a user shows to everybody", code: patch(`return Response.json(await prisma.user.findUnique({ where: { id }, select: { id: true, email: true } }));`), errors: [loose("read", "user", "id")] },
  { ...route, name: "a client with an extension for something else", code: patch(update).replace("new PrismaClient();", "new PrismaClient().$extends(withAccelerate());").replace("import { P", `import { withAccelerate } from "@prisma/extension-accelerate";\nimport { P`), errors: [loose("change", "link", "id")] },
  { ...route, name: "two tables", code: patch(`${update}\n  await prisma.view.deleteMany({ where: { linkId: id } });`), errors: [loose("change", "link", "id"), loose("delete", "view", "linkId")] },
  {
    ...actions,
    name: "a row of what another function of the file asks about",
    code: `${action("await prisma.documentsToTasks.delete({ where: { id } });")}export async function rename(id: string) {\n  const user = await getUser();\n  await assertCanReadDocument(user, id);\n  await assertCanWriteTask(user, id);\n  await getTaskPermissions(id);\n}\n`,
    errors: [loose("delete", "documentsToTasks", "id", "session", "Ask `assertCanWriteTask` first, as other code does")],
  },
  { ...actions, name: "what another function of the file asks about something else", code: `${action("await prisma.invoice.delete({ where: { id } });")}export async function rename(id: string) {\n  await assertCanWriteTask(await getUser(), id);\n}\n`, errors: [loose("delete", "invoice", "id")] },
  { ...route, name: "each item of a list that was sent", code: patch(`const items = await request.json();\n  for (const item of items) await prisma.folder.update({ where: { id: item.id }, data: {} });`), errors: [loose("change", "folder", "id")] },
  { ...route, name: "a function of the same file", code: patch(`await archive(id);`, { after: `async function archive(linkId: string) {\n  await prisma.link.update({ where: { id: linkId }, data: {} });\n}` }), errors: [{ ...loose("change", "link", "id"), line: 8, column: 17, endColumn: 19 }] },
  { ...api, name: "a handler of the pages router", code: handler(`const { id } = req.query as { id: string };\n  await prisma.link.delete({ where: { id } });`), errors: [loose("delete", "link", "id")] },
  { ...api, name: "another branch that uses the session", code: handler(`if (req.method === "DELETE") {\n    await prisma.link.delete({ where: { id: req.query.id } });\n  } else if (req.method === "GET") {\n    res.json(await prisma.link.findMany({ where: { userId: session.user.id } }));\n  }`), errors: [loose("delete", "link", "id")] },
  { ...route, name: "what is noted once the row is changed", code: patch(`${update}\n  await prisma.event.create({ data: { userId: session.user.id } });`), errors: [loose("change", "link", "id")] },
  { ...route, name: "a session that is compared with null", code: patch(update, { before: `const session = await getServerSession(options);\n  if (session === null) return new Response(null, { status: 401 });` }), errors: [loose("change", "link", "id")] },
  { ...api, name: "an id of the body, in the pages router", code: handler(`await prisma.link.delete({ where: { id: req.body?.id } });`), errors: [loose("delete", "link", "id")] },
  { ...actions, name: "an argument of a server action", code: action(update), errors: [loose("change", "link", "id")] },
  { ...actions, name: "a field of a form", code: action(`await prisma.link.delete({ where: { id: String(form.get("id")) } });`, "form: FormData"), errors: [loose("delete", "link", "id")] },
  { ...actions, name: "who is there, or a redirect", code: action(update).replace(`throw new Error("Sign in first")`, `redirect("/sign-in")`), errors: [loose("change", "link", "id")] },
  {
    ...route,
    name: "NextAuth 5",
    code: `import NextAuth from "next-auth";\n${prisma}const { auth } = NextAuth({});\nexport async function DELETE(request: Request, { params }) {\n  const session = await auth();\n  if (!session) return new Response(null, { status: 401 });\n  await prisma.link.delete({ where: { id: (await params).id } });\n}`,
    errors: [loose("delete", "link", "id")],
  },
  {
    ...route,
    name: "Better Auth",
    code: `import { betterAuth } from "better-auth";\n${prisma}const auth = betterAuth({});\nexport async function DELETE(request: Request, { params }) {\n  const session = await auth.api.getSession({ headers: request.headers });\n  if (!session) return new Response(null, { status: 401 });\n  await prisma.link.delete({ where: { id: (await params).id } });\n}`,
    errors: [loose("delete", "link", "id")],
  },
  {
    ...route,
    name: "Clerk and Drizzle",
    code: `import { auth } from "@clerk/nextjs/server";\nimport { drizzle } from "drizzle-orm/node-postgres";\nimport { eq } from "drizzle-orm";\nimport { links } from "./schema";\nconst db = drizzle(url);\nexport async function DELETE(request: Request, { params }) {\n  const { userId } = await auth();\n  if (!userId) return new Response(null, { status: 401 });\n  const { id } = await params;\n  await db.delete(links).where(eq(links.id, id));\n}`,
    errors: [loose("delete", "links", "id", "userId")],
  },
  {
    ...route,
    name: "a token that is verified, and not read",
    code: `import jwt from "jsonwebtoken";\n${prisma}export async function DELETE(request: Request, { params }) {\n  const claims = jwt.verify(request.headers.get("authorization"), process.env.JWT_SECRET);\n  const { id } = await params;\n  await prisma.link.delete({ where: { id } });\n}`,
    errors: [loose("delete", "link", "id", "claims")],
  },
  {
    ...route,
    name: "a function of the app that says who is there",
    code: patch(update, { before: `const user = await currentUser();\n  if (!user) return new Response(null, { status: 401 });`, after: `async function currentUser() {\n  const session = await getServerSession(options);\n  return session?.user ?? null;\n}` }),
    errors: [loose("change", "link", "id", "user")],
  },
  { ...controller, name: "a guard that only asks who is there", code: nest(), errors: [{ ...unguarded("change"), column: 38, endColumn: 40 }] },
  { ...controller, name: "a guard on the method, and the documentation", code: nest({ imports: `import { ApiOperation } from "@nestjs/swagger";\n`, onClass: "", onMethod: `@UseGuards(AuthGuard("jwt"))\n  @ApiOperation({ summary: "Status" })` }), errors: [unguarded("change")] },
  { ...controller, name: "a method of the service that asks another for the row", code: nest({ service: `async updateStatus(id: string, status: string) {\n    const order = await this.findOne(id);\n    order.status = status;\n    return this.orders.save(order);\n  }\n  async findOne(id: string, tenantId?: string) {\n    const where: any = { id };\n    if (tenantId) where.tenantId = tenantId;\n    return this.orders.findOne({ where });\n  }` }), errors: [unguarded("change")] },
  {
    ...controller,
    name: "an entity with a tenant",
    code: nest().replace(`import { Order } from "./order.entity";`, "class Order { id: string; status: string; tenantId: string; }"),
    errors: [{ messageId: "unguarded", data: { act: "change", model: "Order", key: "id", call: "this.service.updateStatus", owner: "its `tenantId`" } }],
  },
  {
    ...controller,
    name: "an entity whose parent has a tenant",
    code: nest().replace(`import { Order } from "./order.entity";`, `import { ManyToOne } from "typeorm";\nclass Shop { id: string; tenantId: string; }\nclass Order { id: string; @ManyToOne(() => Shop) shop: Shop; }`),
    errors: [{ messageId: "unguarded", data: { act: "change", model: "Order", key: "id", call: "this.service.updateStatus", owner: "the `tenantId` of its `Shop`" } }],
  },
  { ...controller, name: "an id in the body", code: nest({ parameters: "@Body() body: StatusDto", body: "return this.service.updateStatus(body.orderId, body.status);" }), errors: [unguarded("change")] },
  { ...controller, name: "rows read by the key of something else", code: nest({ body: "return this.service.ofTable(id);", service: "ofTable(tableId: string) {\n    return this.orders.find({ where: { tableId } });\n  }" }), errors: [unguarded("read", "tableId", "this.service.ofTable")] },
];

const behindMiddleware = `import express from "express"; import { expressjwt } from "express-jwt"; import { PrismaClient } from "@prisma/client"; const prisma = new PrismaClient(); const app = express();\n`;
const procedures = `import { initTRPC, TRPCError } from "@trpc/server"; import { PrismaClient } from "@prisma/client"; const prisma = new PrismaClient(); const t = initTRPC.create();
const signedInOnly = t.procedure.use(({ ctx, next }) => { if (!ctx.session) throw new TRPCError({ code: "UNAUTHORIZED" }); return next(); });\n`;
const byId = `async (req, res) => { res.json(await prisma.invoice.findUnique({ where: { id: req.params.id } })); });`;

const chainedSilent: Valid<[]>[] = [
  { name: "middleware of Express that asks for a role", filename: "src/app.ts", code: `${behindMiddleware}const requireAdmin = (req, res, next) => (req.user.role === "admin" ? next() : res.status(403).end());\napp.get("/invoices/:id", requireAdmin, ${byId}` },
  { name: "a route of Express that nobody is asked before: another rule's", filename: "src/app.ts", code: `${behindMiddleware}app.get("/invoices/:id", ${byId}` },
  { name: "middleware of Express that cannot be followed", filename: "src/app.ts", code: `${behindMiddleware}app.get("/invoices/:id", expressjwt({ secret: key }), whatever, ${byId}` },
  { name: "a procedure that takes more than services out of its context", filename: "server/invoices.ts", code: `${procedures}export const remove = signedInOnly.input(schema).mutation(async ({ ctx: { accountId, db }, input }) => { await prisma.invoice.delete({ where: { id: input.id } }); audit(accountId); });` },
  { name: "a procedure that hands its whole context on", filename: "server/invoices.ts", code: `${procedures}export const remove = signedInOnly.input(schema).mutation(async ({ ctx, input }) => { await check(ctx); await prisma.invoice.delete({ where: { id: input.id } }); });` },
  { name: "what the caller's own client gave first", filename: "app/api/orders/[id]/route.ts", project: "next", code: `${nextAuth}${prisma}import { createServerClient } from "@supabase/ssr";\nexport async function DELETE(request, { params }) {\n  const session = await getServerSession(options);\n  if (!session) return new Response(null, { status: 401 });\n  const { id } = await params;\n  const supabase = createServerClient(url, key, { cookies: sessionCookies });\n  const { data, error } = await supabase.from("orders").select("id").eq("id", id).single();\n  if (error || !data) return new Response(null, { status: 404 });\n  await prisma.link.delete({ where: { id } });\n  return new Response(null);\n}` },
  { name: "a procedure that looks at who is there", filename: "server/invoices.ts", code: `${procedures}export const remove = signedInOnly.input(schema).mutation(async ({ ctx, input }) => { await prisma.invoice.delete({ where: { id: input.id, userId: ctx.session.userId } }); });` },
];

const chainedLoose: Invalid<MessageId, []>[] = [
  {
    name: "middleware of Express that only asks who is there",
    filename: "src/app.ts",
    code: `${behindMiddleware}app.use("/invoices", expressjwt({ secret: key }));\napp.get("/invoices/:id", ${byId}`,
    errors: [{ messageId: "unguarded", data: { act: "read", model: "invoice", key: "id", call: "prisma.invoice.findUnique", owner: "its owner" }, line: 3, column: 100 }],
  },
  {
    name: "a procedure that is built on who is there",
    filename: "server/invoices.ts",
    code: `${procedures}export const remove = signedInOnly.input(schema).mutation(async ({ input }) => { await prisma.invoice.delete({ where: { id: input.id } }); });`,
    errors: [{ messageId: "unguarded", data: { act: "delete", model: "invoice", key: "id", call: "prisma.invoice.delete", owner: "its owner" }, line: 3, column: 121 }],
  },
  {
    name: "an edge function that asks who is there, and then uses the service key",
    filename: "supabase/functions/attachment/index.ts",
    code: `import { createClient } from "npm:@supabase/supabase-js@2";
Deno.serve(async (req) => { const supabase = createClient(Deno.env.get("SUPABASE_URL")!, Deno.env.get("SUPABASE_SERVICE_ROLE_KEY")!);
const { data: { user } } = await supabase.auth.getUser(req.headers.get("Authorization")); if (!user) return new Response(null, { status: 401 });
const { id } = await req.json(); await supabase.from("attachments").delete().eq("id", id); return new Response(); });`,
    errors: [{ messageId: "loose", data: { act: "delete", model: "attachments", key: "id", principal: "user", remedy: compared }, line: 4 }],
  },
];

ruleTester.run("require-authorization", rule, { valid: [...inTheFilter, ...asked, ...others, ...nestSilent, ...chainedSilent, ...halfTyped], invalid: [...invalid, ...chainedLoose] });

describe("columns that say who entered a row", () => {
  const entered = (files: Record<string, string>, columns = "createdById String\n  createdBy User @relation(fields: [createdById], references: [id])"): string[] =>
    lintProject(
      {
        "package.json": { dependencies: { next: "16.0.0", "next-auth": "4.0.0", "@prisma/client": "6.0.0" } },
        "prisma/schema.prisma": `datasource db {\n  provider = "postgresql"\n}\nmodel User {\n  id String @id\n  deliveries Delivery[]\n}\nmodel Delivery {\n  id String @id\n  amount Int\n  ${columns}\n}\n`,
        "app/api/deliveries/[id]/route.ts": `${nextAuth}${prisma}export async function PATCH(request: Request, { params }: { params: Promise<{ id: string }> }) {\n  const session = await getServerSession(options);\n  if (!session) return new Response(null, { status: 401 });\n  const { id } = await params;\n  await prisma.delivery.update({ where: { id }, data: { amount: 0 } });\n}\n`,
        ...files,
      },
      "app/api/deliveries/[id]/route.ts",
      "require-authorization",
    ).map((message) => /Compare (.*?) with/.exec(message)?.[1] ?? message);

  it("say not whose it is, where the app goes by them nowhere", () => {
    expect(entered({})).toEqual([]);
    expect(entered({ "lib/list.ts": "export const list = (userId) => prisma.invoice.findMany({ where: { createdById: userId } });" })).toEqual([]);
    expect(entered({}, "createdById String\n  parentId String?\n  parent Delivery? @relation(\"parts\", fields: [parentId], references: [id])\n  parts Delivery[] @relation(\"parts\")")).toEqual([]);
    expect(entered({}, "approvedById String\n  approvedBy User @relation(fields: [approvedById], references: [id])")).toEqual([]);
  });
  it("say whose it is, where the app filters by them", () => expect(entered({ "lib/list.ts": "export const list = (session) => prisma.delivery.findMany({ where: { createdById: session.user.id } });" })).toEqual(["its `createdById`"]));
  it("say whose it is, where the app turns others away by them", () =>
    expect(entered({ "lib/one.ts": `export async function one(id, session) {\n  const delivery = await prisma.delivery.findUnique({ where: { id } });\n  if (delivery.createdById !== session.user.id) throw new Error("not yours");\n  return delivery;\n}` })).toEqual(["its `createdById`"]));
  it("take nothing from a column for the owner", () => expect(entered({}, "userId String\n  user User @relation(fields: [userId], references: [id])\n  createdById String")).toEqual(["its `userId`"]));
});
