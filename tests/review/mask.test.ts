import { describe, expect, test } from "vitest";

import { formatNames, formats } from "../../src/review/formats/index.js";
import { masked } from "../../src/review/mask.js";
import { isTelling, textWithout } from "../../src/review/secrets.js";
import { appWith, shop } from "../support/app.js";

// Put together here, so that no text in the repository looks like a key.
const letters = "Ab3Cd5Ef7Gh9Jk2Lm4Np6Qr8St";
const keys = [
  ["a provider's key", `const key = "${["sk", "live", letters].join("_")}";`, letters],
  ["a token of a code host", `curl -H ${["ghp", letters].join("_")}`, letters],
  ["a signed token", `token: "${["eyJhbGciOi", "eyJzdWIiOj", letters].join(".")}"`, letters],
  ["a password in an address", `url = "postgres://shop:${letters}@db.example.com/shop"`, letters],
  ["what a name calls a secret", `jwtSecret: "correct-horse-battery"`, "correct-horse-battery"],
  ["what a variable falls back on", `process.env.JWT_SECRET || "correct-horse-battery"`, "correct-horse-battery"],
  ["a password that is called pass", `auth: { user: "shop", pass: "correct-horse" }`, "correct-horse"],
  ["a password whose name ends in Pass", `smtpPass = "correct-horse"`, "correct-horse"],
  ["what a password is compared with", `if (password === "correct-horse")`, "correct-horse"],
  ["a constant with its type", `const apiSecret: string = "correct-horse"`, "correct-horse"],
  ["the secret of cookies", `app.use(cookieParser("correct-horse"))`, "correct-horse"],
  ["each key of a list", `cookieSession({ keys: ["first-horse", "correct-horse"] })`, "correct-horse"],
  ["the key of a digest", `createHmac("sha256", "correct-horse")`, "correct-horse"],
  ["a name and a password that are sent", `Authorization: "Basic ${Buffer.from("shop:horse").toString("base64")}"`, Buffer.from("shop:horse").toString("base64")],
  ["a name and a password before they are encoded", `btoa("shop:correct-horse")`, "correct-horse"],
  ["a token that is sent", `Authorization: "Bearer horse1battery2"`, "horse1battery2"],
  ["a key in an address", "fetch(`https://api.example.com/v1?units=si&appid=correct-horse`)", "correct-horse"],
  ["the header of an administrator", `request.headers["x-admin"] !== "correct-horse"`, "correct-horse"],
  ["a password of SQL", `CREATE ROLE shop LOGIN PASSWORD 'correct-horse'`, "correct-horse"],
  ["a long text of letters and digits", `const x = "${letters}${letters}"`, letters],
] as const;

test.for(keys)("%s is cut", ([, text, key]) => {
  expect(masked(text)).not.toContain(key);
});

test("a private key is cut to its last line, and lines stay where they are", () => {
  const key = (kind: string): string => `-----${kind} RSA PRIVATE KEY-----`;
  const text = `a\nconst key = \`${key("BEGIN")}\n${letters}${letters}\nshortline==\n${key("END")}\`;\nb\n`;
  expect(masked(text).split("\n")).toHaveLength(text.split("\n").length);
  for (const part of [letters, "shortline"]) expect(masked(text)).not.toContain(part);
  expect(masked(text)).toMatch(/^a\n[^]*\nb\n$/);
});

test("what only speaks of private keys stays", () => {
  const text = 'const isKey = (text) => text.startsWith("-----BEGIN PRIVATE KEY-----") && !text.includes(other);';
  expect(masked(text)).toBe(text);
});

test("values without quotes are cut in what is no code", () => {
  expect(masked("  DB_PASSWORD: correct-horse", "compose.yml")).not.toContain("correct-horse");
  expect(masked("ENV API_TOKEN=correct-horse", "Dockerfile")).not.toContain("correct-horse");
  expect(masked("  password: ${DB_PASSWORD}", "compose.yml")).toBe("  password: ${DB_PASSWORD}");
  expect(masked("  password: body.password,", "server/login.ts")).toBe("  password: body.password,");
});

test.for([
  'if (typeof token === "string" && password !== "") return;',
  'useQuery({ queryKey: ["orders", id], key: "list" });',
  'throw new Error("Basic information is missing");',
  'const passenger = { seat: "window seat" };',
  "`https://shop.example.com/search?keyword=shoes&page=2`",
  'if (request.headers["x-github-event"] === "pull_request") return;',
  'import { createOrder } from "../../server/services/orders/create-order-with-items";',
  "const response = await fetch(`https://api.example.com/v1/customers/${id}`);",
  "export async function sendPasswordResetConfirmationEmail() {}",
  "ALTER TABLE subscription_usage_by_month ENABLE ROW LEVEL SECURITY;",
])("but not %s", (text) => {
  expect(masked(text)).toBe(text);
});

describe("in a review", () => {
  test("no format and no field has the whole of a secret", async () => {
    const review = await appWith(shop).review();
    expect(review.findings.map(({ rule }) => rule)).toContain("no-secret-fallback");
    expect(JSON.stringify(review)).not.toContain("correct-horse-battery");
  });

  const dependencies = { express: "^5.1.0", jsonwebtoken: "^9.0.0", "cookie-session": "^2.0.0", bcrypt: "^6.0.0" };
  const words = ["first-zebra", "second-lion", "walrus-literal", "badger-literal", "wombat-template", "Adminbeaver@1"];
  const app = {
    "package.json": JSON.stringify({ name: "shop", private: true, dependencies }),
    "server/app.js": `import bcrypt from "bcrypt";
import cookieSession from "cookie-session";
import crypto from "node:crypto";
import express from "express";
import jwt from "jsonwebtoken";

const app = express();
app.use(cookieSession({ name: "s", keys: ["first-zebra", "second-lion"] }));
app.post("/login", async (request, response) => {
  const other = await fetch("https://rates.example.com/latest");
  const signed = jwt.sign({ id: request.body.id }, "walrus-literal");
  const mac = crypto.createHmac("sha256", "badger-literal").update(signed).digest("hex");
  const known = jwt.verify(request.headers.authorization, \`wombat-template\`);
  response.json({ signed, mac, known, other });
});
app.post("/seed", async (request, response) => {
  const hash = await bcrypt.hash("Adminbeaver@1", 10);
  await db.query("INSERT INTO users (email, password_hash, role) VALUES ($1, $2, $3)", ["admin@shop.example", hash, "admin"]);
  response.end();
});
app.listen(3000);
`,
    "server/other.js": `import "./app.js";
export async function rates() {
  check("walrus-literal");
  return await fetch("https://rates.example.com/latest");
}
`,
  };

  test.for([[[]], [["require-request-timeout"]]])("what a rule finds to be secret is shown by no other rule either: %s", async ([only = []]) => {
    const review = await appWith(app).review({ only });
    expect(review.findings.map(({ file }) => file)).toEqual(expect.arrayContaining(["server/app.js", "server/other.js"]));
    for (const name of formatNames) for (const word of words) expect(formats[name](review, { colour: false, width: 100 })).not.toContain(word);
    expect(JSON.stringify(review)).toContain("sha256");
  });

  test("nor what a team has put off", async () => {
    const text = app["server/app.js"].replace(/^(?=.*walrus)/m, "  // eslint-disable-next-line hardening/no-hardcoded-secret -- a demo\n");
    expect(JSON.stringify(await appWith({ ...app, "server/app.js": text }).review())).not.toContain("walrus-literal");
  });

  test("a secret that is a word is left alone where the word is a name", () => {
    const text = 'the answer carries `password` to "admin"';
    expect(textWithout(["password", "admin"].filter(isTelling), text)).toBe(text);
    expect(textWithout(["password"], `${text}, "password"`)).toBe(`${text}, "pa…"`);
    expect(textWithout(["walrus-literal"].filter(isTelling), "`walrus-literal`")).toBe("`wal…`");
  });

  const stripe = ["sk", "live", `${letters}${letters}`].join("_");
  const variables = `APP_NAME=lynx-value\nSTRIPE_SECRET_KEY=${stripe}\nDATABASE_URL=postgres://shop:${letters}@db.shop-internal.net/shop\nWORD=marten-value\n`;

  test.for(["config/prod.env", "env.local.example", ".env.example", "env.production", ".env.staging", "deploy/app.env.txt"])("no line of %s is shown, nor the host of an address in it", async (file) => {
    const review = await appWith({ ...shop, [file]: variables }).review({ only: ["no-committed-secret", "no-committed-env-file"] });
    expect(review.findings.map((finding) => finding.file)).toEqual([file]);
    for (const name of formatNames) expect(formats[name](review, { colour: false, width: 100 })).not.toMatch(/lynx|marten|shop-internal|Ab3Cd5/);
    expect(review.findings[0]?.excerpt).toBeNull();
    expect(formats.terminal(review, { colour: false, width: 100 })).toContain(`  ${file}`);
  });

  test("the host of an address elsewhere is named", async () => {
    const review = await appWith({ ...shop, "deploy.yml": `url: postgres://shop:${letters}@db.shop-internal.net/shop\n` }).review({ only: ["no-committed-secret"] });
    expect(review.findings.map(({ message, excerpt }) => ({ excerpt, isNamed: message.includes("db.shop-internal.net") }))).toEqual([{ excerpt: null, isNamed: true }]);
  });
});
