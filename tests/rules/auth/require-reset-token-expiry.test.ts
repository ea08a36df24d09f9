import rule from "../../../src/rules/auth/require-reset-token-expiry.js";
import { ruleTester } from "../../support/rule-tester.js";

const server = { filename: "server/reset.ts" } as const;
const prisma = `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\n`;
const reset = (where: string, check = ""): string => `${prisma}export async function reset(token: string, password: string) {\n  const user = await prisma.user.findFirst({ where: ${where} });\n  if (!user${check}) throw new Error("link");\n  await prisma.user.update({ where: { id: user.id }, data: { password, resetToken: null } });\n}`;
const drizzle = (columns: string): string => `import { drizzle } from "drizzle-orm/node-postgres";\nimport { pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";\nexport const resetTokens = pgTable("reset_tokens", { id: uuid("id").primaryKey(), userId: uuid("user_id").notNull(), token: text("token").notNull()${columns} });\nconst db = drizzle(process.env.DATABASE_URL!);\nexport const issue = (userId: string, token: string) => db.insert(resetTokens).values({ userId, token });`;

ruleTester.run("require-reset-token-expiry", rule, {
  valid: [
    { ...server, name: "a query that asks for the end", code: reset(`{ resetToken: token, resetExpires: { gt: new Date() } }`) },
    { ...server, name: "a comparison after the query", code: reset(`{ resetToken: token }`, ` || user.resetExpiresAt < new Date()`) },
    { ...server, name: "a comparison with the time of its making", code: reset(`{ resetToken: token }`, ` || Date.now() - user.requested > hour`) },
    { ...server, name: "a filter that nobody can see into", code: reset(`{ resetToken: token, ...alive }`) },
    { ...server, name: "a lookup that changes nothing", code: `${prisma}export const find = (token: string) => prisma.user.findFirst({ where: { resetToken: token } });` },
    { ...server, name: "an invitation, which may be open for long", code: `${prisma}export async function accept(token: string, password: string) {\n  const invite = await prisma.invite.findUnique({ where: { inviteToken: token } });\n  await prisma.user.create({ data: { email: invite.email, password } });\n}` },
    { ...server, name: "a table that keeps a time by itself", code: drizzle(`, createdAt: timestamp("created_at").defaultNow()`) },
    { ...server, name: "a token that is cleared", code: `${prisma}export const clear = (id: string) => prisma.user.update({ where: { id }, data: { resetToken: null } });` },
    { ...server, name: "a test", filename: "tests/reset.test.ts", code: reset(`{ resetToken: token }`) },
  ],
  invalid: [
    { ...server, name: "a token that is looked up and never asked for its age", code: reset(`{ resetToken: token }`), errors: [{ messageId: "ageless", line: 4, column: 55, data: { column: "resetToken", granted: "password" } }] },
    { ...server, name: "a code of its own table", code: `${prisma}export async function confirm(code: string, password: string) {\n  const found = await prisma.passwordResetCode.findUnique({ where: { code } });\n  if (!found) return null;\n  await prisma.passwordResetCode.delete({ where: { code } });\n  return prisma.user.update({ where: { id: found.userId }, data: { password } });\n}`, errors: [{ messageId: "ageless", line: 4, data: { column: "code", granted: "password" } }] },
    { ...server, name: "a token in a table that has no time", code: drizzle(""), errors: [{ messageId: "endless", line: 5, data: { column: "token" } }] },
  ],
});
