import rule from "../../../src/rules/auth/no-default-credentials.js";
import { ruleTester } from "../../support/rule-tester.js";

const server = { filename: "server/setup.ts" } as const;
const prisma = `import { PrismaClient } from "@prisma/client";\nimport bcrypt from "bcrypt";\nconst prisma = new PrismaClient();\n`;
const setUp = (password: string): string => `${prisma}export async function setUp() {\n  const password = await bcrypt.hash(${password}, 12);\n  await prisma.user.create({ data: { email: "admin@acme.io", role: "admin", password } });\n}`;

ruleTester.run("no-default-credentials", rule, {
  valid: [
    { ...server, name: "a password from the environment", code: setUp("process.env.ADMIN_PASSWORD") },
    { ...server, name: "a password that is made at random", code: setUp(`randomBytes(16).toString("hex")`) },
    { ...server, name: "a hash that a comparison takes the same time by", code: `${prisma}const dummyHash = await bcrypt.hash("a password for nobody", 12);\nexport const check = async (user: User | null, password: string) => bcrypt.compare(password, user?.password ?? dummyHash);` },
    { ...server, name: "a hash that is kept nowhere", code: `import bcrypt from "bcrypt";\nexport const warmUp = () => bcrypt.hash("warm up", 12);` },
    { ...server, name: "an account of development", code: `${prisma}export async function setUp() {\n  if (process.env.NODE_ENV !== "production") {\n    await prisma.user.create({ data: { email, password: await bcrypt.hash("admin123", 12) } });\n  }\n}` },
    { ...server, name: "an account that somebody asks for", code: `export class Users {\n  constructor(private readonly auth: Auth) {}\n  add = (body: Body) => this.auth.register({ username: body.username, password: body.password });\n  tell = () => this.auth.register({ username: "admin", password: process.env.ADMIN_PASSWORD });\n}\nprocess.env.PORT;` },
    { ...server, name: "a field of a form", code: `export const field = register("password", { email: "x", required: true });\nprocess.env.PORT;` },
    { ...server, name: "a seed", filename: "prisma/seed.ts", code: setUp(`"admin123"`) },
    { ...server, name: "a test", filename: "tests/setup.test.ts", code: setUp(`"admin123"`) },
    { ...server, name: "a key of a cache that is hashed", code: `import { hash } from "./hash";\nexport const key = (password: string) => cache.save(hash("pages"), password);` },
    { ...server, name: "an account of a service with a password from elsewhere", code: `import { createClient } from "@supabase/supabase-js";\nconst supabase = createClient(url, key);\nexport const add = (email: string, password: string) => supabase.auth.admin.createUser({ email, password });` },
  ],
  invalid: [
    { ...server, name: "an administrator that every copy has", code: setUp(`"admin123"`), errors: [{ messageId: "known", line: 5, column: 38, endColumn: 48 }] },
    { ...server, name: "a password in a constant", code: `${prisma}const PASSWORD = "admin123";\nexport const setUp = async () => prisma.user.create({ data: { email, password: await bcrypt.hash(PASSWORD, 12) } });`, errors: [{ messageId: "known", line: 4 }] },
    { ...server, name: "a function of the project that hashes, and SQL", code: `import { Auth } from "./auth";\nexport async function setUp(database) {\n  const hashed = await Auth.hashPassword("admin123");\n  await database.prepare("INSERT INTO users (email, password_hash) VALUES (?, ?)").bind(email, hashed).run();\n}\nprocess.env.PORT;`, errors: [{ messageId: "known", line: 3 }] },
    { ...server, name: "the project's own function that makes accounts", code: `export class Users {\n  async setUp() {\n    await this.register({ username: "admin", password: "password", role: "ADMIN" });\n  }\n}\nprocess.env.PORT;`, errors: [{ messageId: "known", line: 3 }] },
    { ...server, name: "an account of Supabase", code: `import { createClient } from "@supabase/supabase-js";\nconst supabase = createClient(url, key);\nexport const setUp = () => supabase.auth.admin.createUser({ email: "admin@acme.io", password: "admin123" });`, errors: [{ messageId: "known", line: 3 }] },
  ],
});
