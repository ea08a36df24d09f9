import rule from "../../../src/rules/auth/no-insecure-random-token.js";
import { ruleTester } from "../../support/rule-tester.js";

const server = { filename: "server/users.ts" } as const;

ruleTester.run("no-insecure-random-token", rule, {
  valid: [
    { ...server, name: "random bytes", code: `import { randomBytes } from "node:crypto";\nexport const resetToken = () => randomBytes(32).toString("hex");` },
    { ...server, name: "a signature that is meant not to hold", code: `export function sendTest(mode, body) {\n  const signature = sign(body);\n  const token = mode === "tampered" ? \`tampered-\${Date.now()}\` : signature;\n  return post(body, token);\n}` },
    { ...server, name: "a sample", code: `export const shouldTrace = (token: string) => Math.random() < 0.1;` },
    { ...server, name: "a delay", code: `export const wait = (tokens: number) => sleep(100 + Math.random() * 50);` },
    { ...server, name: "a number of tokens", code: `export const usage = { tokensUsed: Math.floor(Math.random() * 500) };` },
    { ...server, name: "an id", code: `export const rowId = Math.random().toString(36).slice(2);` },
    { ...server, name: "a token that a better source has made", code: `export const token = randomUUID() + Math.random().toString(36);` },
    { ...server, name: "the time in a token of random bytes that is signed", code: "import { createHmac, randomBytes } from \"node:crypto\";\nexport function createCsrfToken(secret: string) {\n  const value = randomBytes(16).toString(\"hex\");\n  const issued = Date.now().toString();\n  const mac = createHmac(\"sha256\", secret).update(`${value}.${issued}`).digest(\"hex\");\n  return `${value}.${issued}.${mac}`;\n}" },
    { ...server, name: "the time in a token that a function of the file signs", code: "const sign = async (text: string) => toHex(await crypto.subtle.sign(\"HMAC\", key, encode(text)));\nexport async function createSessionToken(userId: string) {\n  const issued = Date.now().toString(36);\n  return [userId, issued, await sign(userId + issued)].join(\".\");\n}" },
    { ...server, name: "the time beside bytes that are filled", code: "export function createResetToken() {\n  const bytes = new Uint8Array(16);\n  crypto.getRandomValues(bytes);\n  const start = Date.now().toString(36);\n  return start + toHex(bytes);\n}" },
    { ...server, name: "a nonce that need only be new", code: `export const params = { SignatureNonce: Math.random().toString() };` },
    { ...server, name: "a session's number that no cookie carries", code: `export const sessionId = \`sess_\${Math.random().toString(36)}\`;` },
    { ...server, name: "the end of a token, which is a time", code: `export const resetToken = { expires: Date.now() + 3_600_000 };` },
    { ...server, name: "a mark in a text, made of what only has to be new", code: `export function mark(html: string) {\n  const nonce = Math.random().toString(36);\n  const mentionToken = (i: number) => \`__\${nonce}\${i}__\`;\n  return html.replace("@", mentionToken(0));\n}` },
    { ...server, name: "what is left where a browser has nothing better", code: `export function generatePassword() {\n  if (crypto.getRandomValues) return encode(crypto.getRandomValues(new Uint8Array(16)));\n  return Math.random().toString(36);\n}` },
    { ...server, name: "sample data, as it is called", code: `export const variables = [{ key: "$randomPassword", value: () => {\n  const password = Math.random().toString(36);\n  return password;\n} }];` },
    { ...server, name: "a token that stands in for the real one, and opens nothing", code: "export async function POST() {\n  const token = `mock-token-${Date.now()}`;\n  const url = new URL(`https://shop.example/upload?t=${token}`);\n  url.searchParams.set(\"from\", \"qr\");\n  return Response.json({ token, url: url.href });\n}" },
    { ...server, name: "the token of a lock", code: `export async function take(redis: Redis, name: string) {\n  const token = \`\${Math.random()}\`;\n  return redis.set(name, token, { NX: true, EX: 60 });\n}` },
    { ...server, name: "a coupon", code: `export const couponCode = Math.random().toString(36).slice(2);` },
    { ...server, name: "somebody else's Math", code: `import { Math } from "./rng";\nexport const token = Math.random().toString(36);` },
    { ...server, name: "a test", filename: "tests/users.test.ts", code: `const token = Math.random().toString(36);` },
    { ...server, name: "the time until a token ends", code: `export const token = { expires: Date.now() + 3_600_000 };` },
  ],
  invalid: [
    { ...server, name: "a token that is called a mock, and kept", code: "export async function start(redis: Redis) {\n  const token = `demo-${Math.random().toString(36)}`;\n  await redis.set(`session:${token}`, 1);\n  return token;\n}", errors: [{ messageId: "random", line: 2, data: { name: "`token`", better: "crypto.randomBytes" } }] },
    { ...server, name: "a token in a variable", code: `export function reset() {\n  const token = Math.random().toString(36).substring(2, 15);\n  return save(token);\n}`, errors: [{ messageId: "random", line: 2, column: 17, endColumn: 28, data: { name: "`token`", better: "crypto.randomBytes" } }] },
    { ...server, name: "a code that a function gives back", code: `export const generateOTP = () => Math.floor(100000 + Math.random() * 900000).toString();`, errors: [{ messageId: "random", data: { name: "what `generateOTP` gives", better: "crypto.randomInt" } }] },
    { ...server, name: "a code through a variable", code: `export function generateOTP() {\n  const number = Math.floor(Math.random() * 1000000);\n  return number.toString().padStart(6, "0");\n}`, errors: [{ messageId: "random", line: 2, data: { name: "what `generateOTP` gives", better: "crypto.randomInt" } }] },
    { ...server, name: "a code that is sent by text message", code: `export const generateSMSCode = () => String(Math.floor(100000 + Math.random() * 900000));`, errors: [{ messageId: "random", data: { name: "what `generateSMSCode` gives", better: "crypto.randomInt" } }] },
    { filename: "src/pages/Users.tsx", name: "a password that the browser makes", code: `import { useState } from "react";\nexport const generatePassword = () => Math.random().toString(36).slice(-8);`, errors: [{ messageId: "random", line: 2, data: { name: "what `generatePassword` gives", better: "crypto.getRandomValues" } }] },
    { ...server, name: "a password, letter by letter, with one report", code: `export function make() {\n  let password = upper[Math.floor(Math.random() * 26)];\n  for (let i = 0; i < 8; i++) password += letters.charAt(Math.floor(Math.random() * letters.length));\n  return password;\n}`, errors: [{ messageId: "random", line: 2, data: { name: "`password`", better: "crypto.randomBytes" } }] },
    { ...server, name: "a password in each of two functions", code: `export const first = () => {\n  const password = Math.random().toString(36);\n  return save(password);\n};\nexport const second = () => {\n  const password = Math.random().toString(36);\n  return save(password);\n};`, errors: [2, 6].map((line) => ({ messageId: "random" as const, line, data: { name: "`password`", better: "crypto.randomBytes" } })) },
    { ...server, name: "a session's number that a cookie carries", code: `export function start(res) {\n  const sessionId = \`sess_\${Math.random().toString(36)}\`;\n  res.cookie("sid", sessionId);\n}`, errors: [{ messageId: "random", line: 2, data: { name: "`sessionId`", better: "crypto.randomBytes" } }] },
    { ...server, name: "a nonce by which scripts may run", code: `export function policy(req, res, next) {\n  const nonce = Math.random().toString(36).slice(2);\n  res.setHeader("Content-Security-Policy", \`script-src 'nonce-\${nonce}'\`);\n  next();\n}`, errors: [{ messageId: "random", line: 2, data: { name: "`nonce`", better: "crypto.randomBytes" } }] },
    { ...server, name: "a token of a mailed link that is nothing but the time", code: `export const resetToken = Date.now();`, errors: [{ messageId: "time", line: 1, data: { name: "`resetToken`", better: "crypto.randomBytes" } }] },
    { ...server, name: "a key under a name", code: `export const config = { apiKey: "k_" + Math.random().toString(36) };`, errors: [{ messageId: "random", data: { name: "`apiKey`", better: "crypto.randomBytes" } }] },
    { ...server, name: "a field of a row", code: `export function invite(user) {\n  user.verificationToken = \`\${Math.random().toString(36)}\${Date.now()}\`;\n}`, errors: [{ messageId: "random", line: 2, data: { name: "`verificationToken`", better: "crypto.randomBytes" } }] },
    { ...server, name: "the time beside a hash without a key", code: "import { createHash, randomBytes } from \"node:crypto\";\nexport function createSessionToken(userId: string) {\n  const salt = randomBytes(8);\n  keep(userId, salt);\n  const issued = Date.now().toString(36);\n  const sum = createHash(\"sha256\").update(userId).digest(\"hex\");\n  return `${issued}.${sum}`;\n}", errors: [{ messageId: "time", line: 5, data: { name: "what `createSessionToken` gives", better: "crypto.randomBytes" } }] },
    { ...server, name: "the time", code: `export const issue = () => {\n  const sessionToken = Date.now().toString(36);\n  return sessionToken;\n};`, errors: [{ messageId: "time", line: 2, column: 24, endColumn: 32, data: { name: "`sessionToken`", better: "crypto.randomBytes" } }] },
  ],
});
