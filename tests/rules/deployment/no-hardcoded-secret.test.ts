import rule from "../../../src/rules/deployment/no-hardcoded-secret.js";
import type { HardcodedSecret } from "../../../src/semantics/auth/hardcoded-secrets.js";
import { type Invalid, ruleTester, type Valid } from "../../support/rule-tester.js";

const server = { filename: "server/config.ts" } as const;

/** Put together, so that no tool takes this file for a leak. */
const made = (...parts: string[]): string => parts.join("");
const stripe = made("sk_", "live_", "51HqZr8KtW3mVb9Xc7PdLe2Ny");
const github = made("ghp", "_", "Zr8KtW3mVb9Xc7PdLe2NyQw6Ra4Tf0Uh1JgS");
const pem = made("-----BEGIN PRIVATE ", "KEY-----\\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJ");
const signed = (claims: object): string => [{ alg: "HS256", typ: "JWT" }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".") + made(".", "Zr8KtW3mVb9Xc7PdLe2NyQw6Ra4Tf0Uh1JgSo-kQ2x");
const serviceRole = signed({ iss: "supabase", ref: "qkzjwnvbtrmx", role: "service_role" });
const jwt = `import jwt from "jsonwebtoken";\n`;

const valid: Valid<[]>[] = [
  { ...server, name: "a key from the environment", code: `${jwt}export const sign = (user: User) => jwt.sign({ sub: user.id }, process.env.JWT_SECRET!, { expiresIn: "1h" });` },
  { ...server, name: "a key of Supabase that all may have", code: `export const anon = "${signed({ iss: "supabase", role: "anon" })}";` },
  { ...server, name: "the key of Supabase's local stack, which is the same for all", code: `export const local = "${signed({ iss: "supabase-demo", role: "service_role" })}";` },
  { ...server, name: "a key of a trial mode", code: `export const key = "${stripe.replace("live", "test")}";` },
  { ...server, name: "a key of the app's own, in a script", filename: "scripts/token.ts", code: `${jwt}console.log(jwt.sign({ sub: "1" }, "keyboard cat", { expiresIn: "1h" }));` },
  { ...server, name: "a sample", code: `export const key = "${made("sk_", "live_", "xxxxxxxxxxxxxxxxxxxxxxxx")}"; export const other = "${made("AKIA", "IOSFODNN7EXAMPLE")}";` },
  { ...server, name: "a text that fills an empty field", filename: "src/Form.tsx", code: `export const Field = () => <input placeholder="${stripe}" />;` },
  { ...server, name: "a constant that fills an empty field", filename: "src/Form.tsx", code: `const sample = "${pem}";\nexport const Field = () => <textarea placeholder={sample} />;` },
  { ...server, name: "the beginning of a key, which others are told by", code: `export const isLive = (key: string) => key.startsWith("sk_live_");` },
  { ...server, name: "an address of the developer's own machine", code: `export const url = "postgres://app:Zr8KtW3m@localhost:5432/app";` },
  { ...server, name: "an address that shows where things go", code: `export const url = "postgres://user:password@host:5432/db"; export const other = "postgres://app:Zr8KtW3m@db.example.com/app";` },
  { ...server, name: "a public key", code: `${jwt}export const check = (token: string) => jwt.verify(token, "-----BEGIN PUBLIC KEY-----MIIB", { algorithms: ["RS256"] });` },
  { ...server, name: "what takes the place of a variable, of which another rule speaks", code: `export const key = process.env.STRIPE_SECRET_KEY || "${stripe}";` },
  { ...server, name: "a secret of cookies, none of which is signed", code: `import cookieParser from "cookie-parser";\napp.use(cookieParser("keyboard cat"));` },
  { ...server, name: "a session of development", code: `import session from "express-session";\nif (process.env.NODE_ENV !== "production") app.use(session({ secret: "local" }));` },
  { ...server, name: "a text that a specification gives everybody as a key", code: `import { createHmac } from "node:crypto";\nexport const master = (seed: Buffer) => createHmac("sha512", "ed25519 seed").update(seed).digest();` },
  { ...server, name: "somebody else's sign", code: `import jwt from "./jwt";\nexport const token = jwt.sign({ sub: 1 }, "secret");` },
  { ...server, name: "a test", filename: "tests/auth.test.ts", code: `${jwt}export const token = jwt.sign({ sub: 1 }, "secret");` },
  { ...server, name: "a fixture", filename: "server/fixtures/keys.ts", code: `export const key = "${stripe}";` },
  { ...server, name: "half a call", code: `${jwt}jwt.sign({ sub: 1 }, );` },
];

const invalid: Invalid<HardcodedSecret["fault"], []>[] = [
  { ...server, name: "a key of a service", code: `export const key = "${stripe}";`, errors: [{ messageId: "token", line: 1, column: 20, data: { service: "Stripe" } }] },
  { ...server, name: "a key in a script", filename: "scripts/prices.ts", code: `const stripe = new Stripe("${stripe}");`, errors: [{ messageId: "token", data: { service: "Stripe" } }] },
  { ...server, name: "a key of another service that begins as one of Stripe's", code: `export const key = "${made("sk_", "live_", "9f3b7c1e5a2d8046f3b7c1e5a2d80469f3b7c1e5")}";`, errors: [{ messageId: "token", data: { service: "Paystack" } }] },
  { ...server, name: "a key in a header", filename: "src/api.ts", code: `export const headers = { Authorization: \`Bearer ${github}\` };`, errors: [{ messageId: "token", data: { service: "GitHub" } }] },
  { ...server, name: "a private key", code: `export const key = "${pem}";`, errors: [{ messageId: "privateKey", line: 1 }] },
  { ...server, name: "the key of Supabase that passes by all policies", filename: "src/lib/supabase.ts", code: `export const admin = createClient(url, "${serviceRole}");`, errors: [{ messageId: "serviceRole", line: 1 }] },
  { ...server, name: "an address with a password", code: `export const url = "postgresql://app:Zr8KtW3mVb9X@ep-cool-sea-2.eu-central-1.aws.neon.tech/main";`, errors: [{ messageId: "address", line: 1, data: { host: "ep-cool-sea-2.eu-central-1.aws.neon.tech" } }] },
  { ...server, name: "the key of a token", code: `${jwt}export const sign = (user: User) => jwt.sign({ sub: user.id }, "keyboard cat", { expiresIn: "1h" });`, errors: [{ messageId: "literalKey", line: 2, column: 64, endColumn: 78, data: { callee: "jwt.sign", harm: "can make a token for any user" } }] },
  { ...server, name: "a key in a constant, with one report", code: `${jwt}const SECRET = "keyboard cat";\nexport const sign = (id: string) => jwt.sign({ sub: id }, SECRET);\nexport const check = (token: string) => jwt.verify(token, SECRET);`, errors: [{ messageId: "literalKey", line: 2, data: { callee: "jwt.sign", harm: "can make a token for any user" } }] },
  { ...server, name: "a key among others in an object", code: `${jwt}const config = { secret: "keyboard cat" };\nexport const sign = (id: string) => jwt.sign({ sub: id }, config.secret);`, errors: [{ messageId: "literalKey", line: 2, data: { callee: "jwt.sign", harm: "can make a token for any user" } }] },
  { ...server, name: "a key of a builder that has a name", code: `import { SignJWT } from "jose";\nconst token = new SignJWT({ sub: id });\ntoken.setProtectedHeader({ alg: "HS256" });\nexport const signed = await token.sign(new TextEncoder().encode("keyboard cat"));`, errors: [{ messageId: "literalKey", line: 4, data: { callee: "token.sign", harm: "can make a token for any user" } }] },
  { ...server, name: "a key that tokens are encrypted with", code: `import { EncryptJWT } from "jose";\nexport const seal = (id: string) => new EncryptJWT({ sub: id }).setProtectedHeader({ alg: "dir", enc: "A256GCM" }).encrypt(new TextEncoder().encode("keyboard cat"));`, errors: [{ messageId: "literalKey", line: 2, data: { callee: "EncryptJWT", harm: "can make a token for any user" } }] },
  { ...server, name: "a key of a search service", code: `export const key = "${made("pplx", "-", "Zr8KtW3mVb9Xc7PdLe2NyQw6Ra4Tf0Uh1JgSoKq5Bz7Cv9Dn")}";`, errors: [{ messageId: "token", line: 1, data: { service: "Perplexity" } }] },
  { ...server, name: "a key as bytes", code: `import { SignJWT } from "jose";\nconst key = new TextEncoder().encode("keyboard cat");\nexport const sign = (id: string) => new SignJWT({ sub: id }).setProtectedHeader({ alg: "HS256" }).setExpirationTime("1h").sign(key);`, errors: [{ messageId: "literalKey", line: 2, data: { callee: "SignJWT", harm: "can make a token for any user" } }] },
  { ...server, name: "the secret of sessions", code: `const session = require("express-session");\napp.use(session({ secret: ["keyboard cat"], cookie: { maxAge: 1 } }));`, errors: [{ messageId: "literalKey", line: 2, data: { callee: "session", harm: "can sign the number of a session, and has only to guess one" } }] },
  { ...server, name: "the secret of sessions that a cookie holds", code: `import cookieSession from "cookie-session";\napp.use(cookieSession({ keys: ["keyboard cat"], maxAge: 1 }));`, errors: [{ messageId: "literalKey", line: 2, data: { callee: "cookieSession", harm: "can forge sessions" } }] },
  { ...server, name: "the secret of cookies that are signed", code: `import cookieParser from "cookie-parser";\napp.use(cookieParser("keyboard cat"));\napp.get("/", (req, res) => res.json(req.signedCookies));`, errors: [{ messageId: "literalKey", line: 2, data: { callee: "cookieParser", harm: "can forge sessions" } }] },
  { ...server, name: "the secret of a module of Nest", code: `import { JwtModule } from "@nestjs/jwt";\nexport const imports = [JwtModule.register({ secret: "keyboard cat", signOptions: { expiresIn: "1h" } })];`, errors: [{ messageId: "literalKey", line: 2, data: { callee: "JwtModule.register", harm: "can make a token for any user" } }] },
  { ...server, name: "the secret of a plugin of Fastify", code: `import fastifyJwt from "@fastify/jwt";\napp.register(fastifyJwt, { secret: "keyboard cat" });`, errors: [{ messageId: "literalKey", line: 2, data: { callee: "app.register", harm: "can make a token for any user" } }] },
  { ...server, name: "the key of a signature", code: `import { createHmac } from "node:crypto";\nexport const sign = (body: string) => createHmac("sha256", "keyboard cat").update(body).digest("hex");`, errors: [{ messageId: "literalKey", line: 2, data: { callee: "createHmac", harm: "can sign as this app" } }] },
];

ruleTester.run("no-hardcoded-secret", rule, { valid, invalid });
