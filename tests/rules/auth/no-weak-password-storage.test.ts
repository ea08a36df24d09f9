import rule from "../../../src/rules/auth/no-weak-password-storage.js";
import { type Invalid, ruleTester, type Valid } from "../../support/rule-tester.js";

type Options = [{ anyKey: boolean }];

const server = { filename: "server/users.ts" } as const;
const crypto = `import crypto from "node:crypto";\n`;
const bcrypt = `import bcrypt from "bcrypt";\n`;

const calling = (body: string): string => `${crypto}function digestOf(password: string): string {\n  return crypto.createHash("sha512").update(password).digest("hex");\n}\nexport async function dial(number: string, password: string) {\n  const secret = digestOf(password);\n  ${body}\n}`;
const ciphering = (given: string): string => `${crypto}export class Vault {\n  private readonly key: Buffer;\n  constructor(passphrase: string) {\n    this.key = this.derive(${given});\n  }\n  private derive(password: string): Buffer {\n    return crypto.createHash("sha256").update(password).digest();\n  }\n  seal(text: string, iv: Buffer) {\n    return crypto.createCipheriv("aes-256-cbc", this.key, iv).update(text);\n  }\n}`;

const valid: Valid<Options>[] = [
  { ...server, name: "a digest that another service wants in a form", code: calling(`const form = new URLSearchParams({ number, pass: secret });\n  return fetch("https://pbx.example.com/dial", { method: "POST", body: form.toString() });`) },
  { ...server, name: "the same in a form that is filled bit by bit, and in JSON", code: calling(`const form = new URLSearchParams();\n  form.append("pass", secret);\n  await fetch("https://pbx.example.com/dial", { method: "POST", body: form });\n  return fetch("https://pbx.example.com/log", { method: "POST", body: JSON.stringify({ number, pass: secret.toUpperCase() }) });`) },
  { ...server, name: "a digest of the same call, in the address", code: `${crypto}export const dial = (password: string) => fetch(\`https://pbx.example.com/dial?pass=\${crypto.createHash("md5").update(password).digest("hex")}\`);` },
  { ...server, name: "the key of a cipher that a setting gives", code: ciphering("process.env.VAULT_KEY!") },
  { ...server, name: "a slow hash of an item of a list, which is nobody's", code: `${bcrypt}const markOf = async (value: string) => bcrypt.hash(value, 1);\nexport const marks = async (feed: Feed) => Promise.all(feed.items.map((item) => markOf(JSON.stringify(item))));` },
  { ...server, name: "a slow hash of what was fetched", code: `${bcrypt}export async function mark(url: string) {\n  const page = await load(url);\n  return bcrypt.hash(page.title, 4);\n}` },
  { ...server, name: "the digest of a whole request, by which it is known again", code: `${crypto}export const keyOf = (id: string, password: string, name: string) => crypto.createHash("sha256").update(JSON.stringify({ id, name, password })).digest("hex");` },
  { ...server, name: "a mark of the request, beside the slow hash that is stored", code: `${crypto}${bcrypt}async function stored(password: string) {\n  return bcrypt.hash(password, 12);\n}\nexport async function change(id: string, password: string) {\n  const mark = crypto.createHash("sha256").update(password).digest("hex");\n  const next = await stored(password);\n  return once({ id, mark }, (tx) => tx.update(users).set({ password: next }));\n}` },
  { ...server, name: "rounds that are enough", code: `${bcrypt}export const hash = (password: string) => bcrypt.hash(password, 12);` },
  { ...server, name: "rounds from elsewhere", code: `${bcrypt}export const hash = (password: string) => bcrypt.hash(password, config.rounds);` },
  { ...server, name: "a salt that is handed in", code: `${bcrypt}export const hash = (password: string, salt: string) => bcrypt.hash(password, salt);` },
  { ...server, name: "few iterations for a key that the app has made up itself, and for a cipher", options: [{ anyKey: true }], code: `${crypto}export const derive = (master: string) => crypto.pbkdf2Sync(process.env.MASTER!, salt, 4096, 32, "sha512");\nexport const other = (masterKey: string) => crypto.pbkdf2Sync(masterKey, salt, 4096, 32, "sha512");` },
  { ...server, name: "a digest that WSSE prescribes", code: `${crypto}export const wsse = (nonce: string, created: string, password: string) => crypto.createHash("sha1").update(nonce + created + password).digest("base64");` },
  { ...server, name: "a digest of something else", code: `${crypto}export const tag = (body: string) => crypto.createHash("sha256").update(body).digest("hex");` },
  { ...server, name: "a signature of another service", code: `${crypto}export const sign = (id: string, apiPassword: string) => crypto.createHash("sha512").update(id + apiPassword).digest("hex");` },
  { ...server, name: "a digest that a protocol asks for", code: `${crypto}export const response = (user: string, realm: string, password: string) => crypto.createHash("md5").update([user, realm, password].join(":")).digest("hex");` },
  { ...server, name: "a digest before the slow hash, which takes no long passwords", code: `${crypto}${bcrypt}export const hash = (password: string) => bcrypt.hash(crypto.createHash("sha256").update(password).digest("base64"), 12);` },
  { ...server, name: "a question whether it was leaked", code: `${crypto}export async function isLeaked(password: string) {\n  const digest = crypto.createHash("sha1").update(password).digest("hex");\n  return fetch("https://api.pwnedpasswords.com/range/" + digest.slice(0, 5));\n}` },
  { ...server, name: "iterations that are enough", code: `${crypto}export const derive = (password: string) => crypto.pbkdf2Sync(password, salt, 210_000, 64, "sha512");` },
  { ...server, name: "few iterations for a key that is long by itself", code: `${crypto}export const derive = (master: string) => crypto.pbkdf2Sync(master, salt, 1000, 32, "sha512");` },
  { ...server, name: "the same password typed twice", code: `export const isSame = (body) => body.password === body.confirmPassword;` },
  { ...server, name: "a digest that is compared", code: `export function check(user, password) {\n  password = sha(password);\n  return user.password === password;\n}` },
  { ...server, name: "a digest that is held against earlier ones, which somebody else has stored", code: `${crypto}export function isReused(password: string, earlier: string[]) {\n  const digest = crypto.createHash("sha256").update(password).digest("hex");\n  return earlier.some((each) => crypto.timingSafeEqual(Buffer.from(digest), Buffer.from(each)));\n}` },
  { ...server, name: "a comparison by the library", code: `${bcrypt}export const check = (user, password: string) => bcrypt.compare(password, user.password);` },
  { ...server, name: "a test", filename: "tests/users.test.ts", code: `${bcrypt}bcrypt.hash(password, 1);` },
];

const invalid: Invalid<"fast" | "cheap" | "plain", Options>[] = [
  { ...server, name: "few rounds, by a function that says nothing of what it is given", code: `${bcrypt}const slow = async (value: string) => bcrypt.hash(value, 4);\nexport const register = async (body: Body) => insert({ password: await slow(body.password) });`, errors: [{ messageId: "cheap", line: 2, data: { given: "4", least: "10", unit: "rounds" } }] },
  { ...server, name: "few rounds for a PIN, and for what others hand in", code: `${bcrypt}export const store = (pin: string) => bcrypt.hash(pin, 4);\nexport const seal = (value: string) => bcrypt.hash(value, 4);`, errors: [2, 3].map((line) => ({ messageId: "cheap" as const, line, data: { given: "4", least: "10", unit: "rounds" } })) },
  { ...server, name: "a digest with salt in an object", code: `${crypto}export const store = (salt: string, password: string) => crypto.createHash("sha256").update(JSON.stringify({ salt, password })).digest("hex");`, errors: [{ messageId: "fast", line: 2, data: { digest: "sha256" } }] },
  { ...server, name: "a fast hash that is stored beside the slow one", code: `${crypto}${bcrypt}async function slow(password: string) {\n  return bcrypt.hash(password, 12);\n}\nexport async function change(id: string, password: string) {\n  const old = crypto.createHash("sha256").update(password).digest("hex");\n  return db.update({ id, legacyHash: old, password: await slow(password) });\n}`, errors: [{ messageId: "fast", line: 7, data: { digest: "sha256" } }] },
  { ...server, name: "a digest that is sent and stored", code: calling(`await fetch("https://pbx.example.com/dial", { method: "POST", body: JSON.stringify({ pass: secret }) });\n  await db.lines.insert({ number, secret });`), errors: [{ messageId: "fast", line: 3, data: { digest: "sha512" } }] },
  { ...server, name: "a digest that another program is given to keep", code: calling(`return fetch("https://users.internal/users", { method: "POST", body: JSON.stringify({ number, passwordHash: secret }) });`), errors: [{ messageId: "fast", line: 3, data: { digest: "sha512" } }] },
  { ...server, name: "a digest that a database is given by HTTP", code: calling("return fetch(`${url}/rest/v1/lines`, { method: \"POST\", body: JSON.stringify({ number, pass: secret }) });"), errors: [{ messageId: "fast", line: 3, data: { digest: "sha512" } }] },
  { ...server, name: "a digest that nobody tells the end of", code: calling("return save(secret);"), errors: [{ messageId: "fast", line: 3, data: { digest: "sha512" } }] },
  { ...server, name: "the key of a cipher that somebody has thought up", code: ciphering("passphrase"), errors: [{ messageId: "fast", line: 8, data: { digest: "sha256" } }] },
  { ...server, name: "a fast digest", code: `${crypto}export const hash = (password: string) => crypto.createHash("sha256").update(password).digest("hex");`, errors: [{ messageId: "fast", line: 2, column: 78, endColumn: 86, data: { digest: "sha256" } }] },
  { ...server, name: "the same with salt, and the digest in a variable", code: `${crypto}export function hash(user) {\n  const digest = crypto.createHash("md5");\n  digest.update(user.password + salt);\n  return digest.digest("hex");\n}`, errors: [{ messageId: "fast", line: 4, data: { digest: "md5" } }] },
  { ...server, name: "a package for it", code: `import md5 from "md5";\nexport const hash = (password: string) => md5(password);`, errors: [{ messageId: "fast", line: 2, data: { digest: "md5" } }] },
  { ...server, name: "a digest that is held against that of a row", code: `${crypto}export function isRight(password: string, user: User) {\n  const digest = crypto.createHash("sha256").update(password).digest("hex");\n  return digest === user.passwordHash;\n}`, errors: [{ messageId: "fast", line: 3, data: { digest: "sha256" } }] },
  { ...server, name: "a digest that is compared and kept", code: `${crypto}export function reuse(password: string, earlier: string[]) {\n  const digest = crypto.createHash("sha256").update(password).digest("hex");\n  if (!earlier.includes(digest)) save(digest);\n}`, errors: [{ messageId: "fast", line: 3, data: { digest: "sha256" } }] },
  { ...server, name: "few rounds", code: `${bcrypt}const ROUNDS = 8;\nexport const hash = (password: string) => bcrypt.hash(password, ROUNDS);`, errors: [{ messageId: "cheap", line: 3, data: { given: "8", least: "10", unit: "rounds" } }] },
  { ...server, name: "few iterations", code: `import { pbkdf2Sync } from "node:crypto";\nconst KDF = { iterations: 1000 } as const;\nexport const hash = (password: string) => pbkdf2Sync(password, salt, KDF.iterations, 64, "sha512");`, errors: [{ messageId: "cheap", line: 3, data: { given: "1000", least: "100000", unit: "iterations" } }] },
  { ...server, name: "few iterations for what nobody calls a password, where that is asked for", options: [{ anyKey: true }], code: `${crypto}export const derive = (input: string) => crypto.pbkdf2Sync(input, salt, 2 ** 12, 32, "sha512");`, errors: [{ messageId: "cheap", data: { given: "4096", least: "100000", unit: "iterations" } }] },
  { ...server, name: "a password as it was typed", code: `export async function login(req, res) {\n  const user = await findUser(req.body.email);\n  if (user.password === req.body.password) return res.json(user);\n}`, errors: [{ messageId: "plain", line: 3, column: 7, endColumn: 42 }] },
  { ...server, name: "the same in a file that has nothing from outside", code: `export const isRight = (user: User, password: string) => user.password === password;`, errors: [{ messageId: "plain", line: 1 }] },
];

ruleTester.run("no-weak-password-storage", rule, { valid, invalid });
