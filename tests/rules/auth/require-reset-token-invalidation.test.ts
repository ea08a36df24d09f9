import rule from "../../../src/rules/auth/require-reset-token-invalidation.js";
import { ruleTester } from "../../support/rule-tester.js";

const server = { filename: "server/reset.ts" } as const;
const prisma = `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\n`;
const reset = (body: string): string => `${prisma}export async function reset(token: string, password: string) {\n  const user = await prisma.user.findFirst({ where: { resetToken: token, resetExpires: { gt: new Date() } } });\n  if (!user) throw new Error("link");\n${body}\n}`;
const mongoose = `import { model, Schema } from "mongoose";\nconst User = model("User", new Schema({ password: String, resetPasswordToken: String, resetPasswordExpires: Date }));\n`;
const save = (lines: string): string => `${mongoose}export async function reset(token: string, password: string) {\n  const user = await User.findOne({ resetPasswordToken: token, resetPasswordExpires: { $gt: Date.now() } });\n  if (!user) throw new Error("link");\n${lines}\n  await user.save();\n}`;

ruleTester.run("require-reset-token-invalidation", rule, {
  valid: [
    { ...server, name: "a token that is cleared in the same write", code: reset(`  await prisma.user.update({ where: { id: user.id }, data: { password: await hash(password), resetToken: null } });`) },
    { ...server, name: "a token whose row is deleted", code: `${prisma}export async function reset(token: string, password: string) {\n  const row = await prisma.passwordResetToken.findUnique({ where: { token } });\n  if (!row || row.expiresAt < new Date()) throw new Error("link");\n  await prisma.$transaction(async (tx) => {\n    await tx.user.update({ where: { id: row.userId }, data: { password: await hash(password) } });\n    await tx.passwordResetToken.delete({ where: { id: row.id } });\n  });\n}` },
    { ...server, name: "a token that is marked as used", code: reset(`  await prisma.user.update({ where: { id: user.id }, data: { password, resetUsedAt: new Date(), usedAt: new Date() } });`) },
    { ...server, name: "a helper that ends it", code: reset(`  await prisma.user.update({ where: { id: user.id }, data: { password } });\n  await consumeResetToken(token);`) },
    { ...server, name: "a row that goes to a helper", code: reset(`  await prisma.user.update({ where: { id: user.id }, data: { password } });\n  await finish(user);`) },
    { ...server, name: "a write that nobody can see into", code: reset(`  await prisma.user.update({ where: { id: user.id }, data: { password, ...cleared } });`) },
    { ...server, name: "a document whose token is cleared", code: save(`  user.password = password;\n  user.resetPasswordToken = undefined;`) },
    { ...server, name: "a lookup that only tells whether the link is right", code: reset(`  return user.email;`) },
    { ...server, name: "a password that is changed with the old one", code: `${prisma}export async function change(id: string, password: string) {\n  const user = await prisma.user.findUnique({ where: { id } });\n  await prisma.user.update({ where: { id: user.id }, data: { password, verificationCode: code } });\n}` },
    { ...server, name: "a test", filename: "tests/reset.test.ts", code: reset(`  await prisma.user.update({ where: { id: user.id }, data: { password } });`) },
  ],
  invalid: [
    { ...server, name: "a token that is left in its column", code: reset(`  await prisma.user.update({ where: { id: user.id }, data: { password: await hash(password) } });`), errors: [{ messageId: "reusable", line: 6, column: 9, data: { column: "resetToken", granted: "password" } }] },
    { ...server, name: "an address that is verified by a token of its own table", code: `${prisma}export async function verify(code: string) {\n  const row = await prisma.verificationToken.findFirst({ where: { token: code } });\n  if (row) await prisma.user.update({ where: { id: row.userId }, data: { emailVerified: new Date() } });\n}`, errors: [{ messageId: "reusable", line: 5, data: { column: "token", granted: "emailVerified" } }] },
    { ...server, name: "a document that is saved with its token", code: save(`  user.password = password;`), errors: [{ messageId: "reusable", line: 6, data: { column: "resetPasswordToken", granted: "password" } }] },
  ],
});
