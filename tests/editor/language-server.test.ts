import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CodeAction, Diagnostic } from "vscode-languageserver-protocol";

import { root } from "../../scripts/support/rules.js";
import { docsUrl } from "../../src/create-rule.js";
import { startEditor, type Editor, type OpenFile } from "../support/language-server.js";

/** Holds what the config of the demo app reaches, and a copy of the app for each test: `<workspace>/dist`, `<workspace>/1/shop`. */
const workspace = realpathSync(mkdtempSync(join(tmpdir(), "hardening-editor-")));

let editor: Editor;
let copies = 0;

beforeAll(async () => {
  cpSync(join(root, "dist"), join(workspace, "dist"), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(workspace, "node_modules"), "junction");
  editor = await startEditor();
}, 60_000);
afterAll(async () => {
  await editor.close();
  rmSync(workspace, { recursive: true, force: true });
});

interface Shop {
  path(file: string): string;
  /** Puts a file on disk that is not open in the editor. */
  write(file: string, text: string): void;
  open(file: string): Promise<OpenFile>;
}

function copyShop(): Shop {
  const folder = join(workspace, String((copies += 1)), "shop");
  cpSync(join(root, "examples/shop"), folder, { recursive: true });
  const path = (file: string): string => join(folder, file);
  return { path, write: (file, text) => writeFileSync(path(file), text), open: (file) => editor.open(path(file), folder) };
}

const findings = async (file: OpenFile, rule: string): Promise<Diagnostic[]> => (await file.problems()).filter(({ code }) => code === `hardening/${rule}`);

async function finding(file: OpenFile, rule: string): Promise<Diagnostic> {
  const [first] = await findings(file, rule);
  if (!first) throw new Error(`no finding of ${rule}`);
  return first;
}

// The protocol has messages in Markdown too, which ESLint's server does not send.
const messageOf = ({ message }: Diagnostic): string => (typeof message === "string" ? message : message.value);

/** Whether ESLint could not read the file: no rule has a say then. */
const isParsingError = (problem: Diagnostic): boolean => problem.code === undefined && messageOf(problem).startsWith("Parsing error");

/** What the language server offers for every problem of any rule: to switch the rule off, to read its page. */
const isOurs = ({ title }: CodeAction): boolean => !/^(?:Disable|Show documentation|Fix all)/.test(title);

/** The part of the text that a squiggle stands under. */
function underlined({ text }: OpenFile, { range: { start, end } }: Diagnostic): string {
  expect(end.line).toBe(start.line);
  return text.split("\n")[start.line]?.slice(start.character, end.character) ?? "";
}

describe("a squiggle says what will go wrong, where, how bad it is, and where to read on", () => {
  test.for([
    { rule: "no-secret-fallback", file: "lib/auth.ts", severity: 1, at: '"dev-secret-change-me"', says: "`JWT_SECRET`" },
    { rule: "require-request-timeout", file: "lib/shipping.ts", severity: 2, at: "fetch", says: "`signal: AbortSignal.timeout(10_000)`" },
    { rule: "no-error-details-in-response", file: "app/api/orders/route.ts", severity: 1, at: "error", says: "`NextResponse.json`" },
    { rule: "prefer-structured-logger", file: "server/jobs.ts", severity: 2, at: "console.log", says: "`logger` from `../lib/logger`" },
  ])("$rule", async ({ rule, file, severity, at, says }) => {
    const opened = await copyShop().open(file);
    const problem = await finding(opened, rule);
    expect(problem).toMatchObject({ source: "eslint", severity, codeDescription: { href: docsUrl(rule) } });
    expect(messageOf(problem)).toContain(says);
    expect(underlined(opened, problem)).toBe(at);
  });

  test.for(["app/api/products/route.ts", "components/add-to-cart.tsx", "next.config.mjs"])("and there is none without a flaw: %s", async (file) => {
    const opened = await copyShop().open(file);
    expect(await opened.problems()).toEqual([]);
  });
});

describe("a suggestion is a quick fix, and takes its squiggle away", () => {
  test.for([
    ["no-secret-fallback", "lib/auth.ts"],
    ["no-secret-fallback", "server/index.ts"],
    ["require-request-timeout", "lib/shipping.ts"],
    ["require-request-timeout", "lib/mail.ts"],
    ["no-error-details-in-response", "app/api/orders/route.ts"],
  ] as const)("%s in %s", async ([rule, file]) => {
    const opened = await copyShop().open(file);
    const before = await opened.problems();
    const problem = await finding(opened, rule);
    const [action, ...others] = (await opened.quickFixes(problem)).filter(isOurs);
    expect(others).toEqual([]);
    await opened.choose(action as CodeAction);

    const after = await opened.problems();
    const codes = (problems: Diagnostic[]): unknown[] => problems.map(({ code }) => code).sort();
    expect(codes([...after, problem])).toEqual(codes(before));
  });
});

describe("saving fixes what can be fixed", () => {
  test("console calls become calls of the logger, which is imported", async () => {
    const shop = copyShop();
    const file = "app/api/webhooks/stripe/route.ts";
    const webhook = await shop.open(file);
    await webhook.save();

    expect(readFileSync(shop.path(file), "utf8")).toBe(webhook.text);
    expect(webhook.text).toContain('import { logger } from "@/lib/logger";');
    expect(webhook.text).toContain('logger.info({ eventType: event.type }, "stripe event");');
    expect(await findings(webhook, "prefer-structured-logger")).toEqual([]);
  });

  test.for(["app/api/upload/route.ts", "app/api/orders/route.ts"])("%s, saved again, stays as it is", async (file) => {
    const opened = await copyShop().open(file);
    const { text } = opened;
    await opened.save();
    const saved = opened.text;
    expect(saved).not.toBe(text);
    await opened.save();
    expect(opened.text).toBe(saved);
  });
});

describe("a change in another file is seen when this one is linted again", () => {
  const route = `import { NextResponse } from "next/server";

import { explain } from "@/lib/explain";
import { prisma } from "@/lib/prisma";

export async function GET() {
  try {
    return NextResponse.json(await prisma.product.findMany({ take: 10 }));
  } catch (error) {
    return NextResponse.json({ error: explain(error) }, { status: 500 });
  }
}
`;
  const telling = "export const explain = (error: unknown) => (error as Error).message;\n";
  const discreet = 'export const explain = (_error: unknown) => "Please try again later";\n';

  test("what a helper makes of the error", async () => {
    const shop = copyShop();
    shop.write("app/api/search/route.ts", route);
    const search = await shop.open("app/api/search/route.ts");
    const count = async (): Promise<number> => (await findings(search, "no-error-details-in-response")).length;

    expect(await count()).toBe(0);
    shop.write("lib/explain.ts", telling);
    expect(await count()).toBe(1);
    shop.write("lib/explain.ts", discreet);
    expect(await count()).toBe(0);
    shop.write("lib/explain.ts", telling);
    expect(await count()).toBe(1);
    shop.write("lib/explain.ts", "export const explain = (error: unknown) =>");
    expect(await count()).toBe(0);
  });

  test("where the logger is", async () => {
    const shop = copyShop();
    const upload = await shop.open("app/api/upload/route.ts");
    const logger = async (): Promise<string[]> => {
      // Without a logger, a file has to write more than one line to be told of.
      const problem = await finding(upload, "prefer-structured-logger").catch(() => null);
      if (!problem) return ["none"];
      const [said = "none"] = /`logger`.*(?=\.)/.exec(messageOf(problem)) ?? [];
      return [said, ...(await upload.quickFixes(problem)).filter(isOurs).map(({ title }) => title)];
    };
    const fix = "Fix this hardening/prefer-structured-logger problem";

    // Which files there are is looked up again after a pause, such as a person makes between two edits.
    const becomes = (expected: string[]): Promise<void> => expect.poll(logger, { interval: 300, timeout: 30_000 }).toEqual(expected);
    expect(await logger()).toEqual(["`logger` from `@/lib/logger`", fix]);
    renameSync(shop.path("lib/logger.ts"), shop.path("lib/log.ts"));
    await becomes(["`logger` from `@/lib/log`", fix]);
    rmSync(shop.path("lib/log.ts"));
    await becomes(["none"]);
    shop.write("lib/logger.ts", 'import pino from "pino";\n\nexport const logger = pino();\n');
    await becomes(["`logger` from `@/lib/logger`", fix]);
  });
});

describe("who is let in is asked of other files as they are now", () => {
  /** With the widest question of all: whether anything that writes asks nobody. */
  const config = `import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";
import hardening from "../../dist/index.js";

export default defineConfig([
  { files: ["**/*.{ts,tsx,mjs}"], languageOptions: { parser: tseslint.parser } },
  ...hardening.configs.recommended,
  { files: ["**/*.ts"], rules: { "hardening/require-authentication": ["error", { everywhere: true }] } },
]);
`;
  const prisma = 'import { PrismaClient } from "@prisma/client";\n\nconst prisma = new PrismaClient();\n\n';
  const note = (before = "", imports = ""): string => `${imports}${prisma}export async function POST(request: Request) {
  ${before}await prisma.note.create({ data: await request.json() });
  return new Response();
}
`;
  const middleware = (matcher: string): string => `import { jwtVerify } from "jose";
import { type NextRequest, NextResponse } from "next/server";

export async function middleware(request: NextRequest) {
  await jwtVerify(request.cookies.get("session")?.value ?? "", new TextEncoder().encode(process.env.KEY));
  return NextResponse.next();
}

export const config = { matcher: ["${matcher}"] };
`;

  async function openFor(files: Record<string, string>, file: string): Promise<{ shop: Shop; isOpen: (expected: boolean) => Promise<void> }> {
    const shop = copyShop();
    shop.write("eslint.config.js", config);
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(shop.path(name)), { recursive: true });
      shop.write(name, text);
    }
    const opened = await shop.open(file);
    const count = async (): Promise<number> => (await findings(opened, "require-authentication")).length;
    // Which files there are is looked up again after a pause, such as a person makes between two edits.
    return { shop, isOpen: (expected) => expect.poll(count, { interval: 300, timeout: 30_000 }).toBe(expected ? 1 : 0) };
  }

  test("a helper that guards", async () => {
    const guard = 'import { jwtVerify } from "jose";\n\nexport async function guard(request: Request) {\n  await jwtVerify(request.headers.get("authorization") ?? "", new TextEncoder().encode(process.env.KEY));\n}\n';
    const noise = "export async function guard(request: Request) {\n  await Promise.resolve(request.url);\n}\n";
    const file = "app/api/notes/route.ts";
    const { shop, isOpen } = await openFor({ [file]: note("await guard(request);\n  ", 'import { guard } from "@/lib/guard";\n'), "lib/guard.ts": guard }, file);
    await isOpen(false);
    shop.write("lib/guard.ts", noise);
    await isOpen(true);
    renameSync(shop.path("lib/guard.ts"), shop.path("lib/gate.ts"));
    await isOpen(false);
    shop.write("lib/guard.ts", 'export { guard } from "./gate";\n');
    await isOpen(true);
    shop.write("lib/gate.ts", guard);
    await isOpen(false);
    shop.write("lib/gate.ts", noise);
    await isOpen(true);
    rmSync(shop.path("lib/gate.ts"));
    await isOpen(false);
  });

  test("the middleware of Next, by its matcher", async () => {
    const file = "app/api/notes/route.ts";
    const { shop, isOpen } = await openFor({ [file]: note(), "middleware.ts": middleware("/api/:path*") }, file);
    await isOpen(false);
    shop.write("middleware.ts", middleware("/admin/:path*"));
    await isOpen(true);
    renameSync(shop.path("middleware.ts"), shop.path("proxy.ts"));
    shop.write("proxy.ts", middleware("/api/notes").replace("function middleware", "function proxy"));
    await isOpen(false);
    rmSync(shop.path("proxy.ts"));
    await isOpen(true);
  });

  test("middleware that is mounted", async () => {
    const guard = 'import { jwtVerify } from "jose";\n\nexport async function guard(request, response, next) {\n  await jwtVerify(request.headers.authorization, key);\n  next();\n}\n';
    const router = `import { Router } from "express";\n${prisma}export const notes = Router();\nnotes.post("/", async (request, response) => {\n  await prisma.note.create({ data: request.body });\n  response.end();\n});\n`;
    const app = (mounts: string): string => `import express from "express";\nimport { guard } from "./guard";\nimport { notes } from "./notes";\n\nconst app = express();\n${mounts}\napp.listen(4000);\n`;
    const file = "notes-api/notes.ts";
    const { shop, isOpen } = await openFor({ "notes-api/guard.ts": guard, "notes-api/app.ts": app('app.use(guard);\napp.use("/notes", notes);'), [file]: router }, file);
    await isOpen(false);
    shop.write("notes-api/app.ts", app('app.use("/notes", notes);\napp.use(guard);'));
    await isOpen(true);
    renameSync(shop.path("notes-api/app.ts"), shop.path("notes-api/main.ts"));
    shop.write("notes-api/main.ts", app('app.use("/notes", guard, notes);'));
    await isOpen(false);
    shop.write("notes-api/guard.ts", "export function guard(request, response, next) {\n  next();\n}\n");
    await isOpen(true);
    rmSync(shop.path("notes-api/main.ts"));
    await isOpen(false);
  });
});

describe("schema files", () => {
  test("a Prisma schema has squiggles, and is mended by a quick fix", async () => {
    const schema = await copyShop().open("prisma/schema.prisma");
    const problem = await finding(schema, "require-unique-login");
    expect(underlined(schema, problem)).toBe("email");
    const [mend] = (await schema.quickFixes(problem)).filter(isOurs);
    expect(mend?.title).toMatch(/^Add `@unique`\./);
    if (mend) await schema.choose(mend);
    expect(schema.text).toMatch(/ {2}email +String @unique\n/);
    expect(await findings(schema, "require-unique-login")).toEqual([]);
  });

  test("a migration has them as it is typed, and not where a comment says so", async () => {
    const migration = await copyShop().open("supabase/migrations/20250304101500_receipts.sql");
    const [first] = await findings(migration, "require-rls");
    expect(first && underlined(migration, first)).toBe("public.receipts");

    await migration.type("create table public.receipt_lines", "-- eslint-disable-next-line hardening/require-rls -- the server's\ncreate table public.receipt_lines");
    await migration.type("create table public.receipts (", "alter table public.receipts enable row level security;\ncreate table public.receipts (");
    expect(await findings(migration, "require-rls")).toHaveLength(0);
    await migration.type("create table public.product_images (", "create table public.product_im");
    expect(await findings(migration, "no-permissive-rls-policy")).toHaveLength(1);
  });
});

describe("half-typed code", () => {
  test("has ESLint's own error and nothing else, and the server goes on", async () => {
    const auth = await copyShop().open("lib/auth.ts");
    const before = await auth.problems();
    await auth.type('process.env.JWT_SECRET || "dev-secret-change-me";', "process.env.JWT_SECRET || (");
    const [error, ...others] = await auth.problems();
    expect(error && isParsingError(error)).toBe(true);
    expect(others).toEqual([]);

    await auth.type("process.env.JWT_SECRET || (", 'process.env.JWT_SECRET || "dev-secret-change-me";');
    expect(before).not.toEqual([]);
    expect(await auth.problems()).toEqual(before);
  });

  test("has an answer after each character", async () => {
    const code = 'await fetch(`${process.env.MAIL_API_URL}/messages`, { method: "POST", body: JSON.stringify({ to, subject, text }) });';
    const mail = await copyShop().open("lib/mail.ts");
    await mail.type("  const { data } =", "  /* here */\n  const { data } =");
    let parsed = 0;
    for (const [index, character] of Array.from(code).entries()) {
      const typed = code.slice(0, index);
      await mail.type(`${typed}/* here */`, `${typed}${character}/* here */`);
      if (!(await mail.problems()).some(isParsingError)) parsed += 1;
    }
    expect(parsed).toBeGreaterThan(10);
    expect(await findings(mail, "require-request-timeout")).toHaveLength(2);
  });
});
