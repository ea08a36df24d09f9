import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { afterEach, describe, expect, test, vi } from "vitest";

import { root } from "../../scripts/support/rules.js";
import { plugin } from "../../src/plugin.js";
import type { Review } from "../../src/review/model.js";
import { exposures, impacts } from "../../src/review/ranking.js";
import { appWith, shop } from "../support/app.js";

const schema = JSON.parse(readFileSync(join(root, "docs/review.schema.json"), "utf8")) as object;
const ajv = new Ajv2020({ allErrors: true });
addFormats.default(ajv);
const isReview = ajv.compile(schema);

/** What is wrong with a review as data. */
const faults = (review: unknown): unknown => (isReview(JSON.parse(JSON.stringify(review))) ? null : isReview.errors);

const places = ({ findings }: Review): string[] => findings.filter(({ source }) => source === "rule").map(({ rule, file, line }) => `${rule} ${file}:${line}`).sort();

describe("an app that has never seen ESLint", () => {
  test("gets a review that is data of the documented shape", async () => {
    const review = await appWith(shop).review();
    expect(faults(review)).toBeNull();
    const expected = [
      "no-secret-fallback server/auth.js:5",
      "prefer-structured-logger server/orders.js:7",
      "require-request-timeout server/rates.js:2",
      "require-unique-login prisma/schema.prisma:7",
    ];
    expect(places(review)).toEqual(expect.arrayContaining(expected));
    expect(review.size).toMatchObject({ linted: 4, entries: 2, tables: 1 });
  });

  test("a review of another shape is seen", () => {
    expect(faults({ version: 2 })).not.toBeNull();
  });

  test("what each finding is to the app is told", async () => {
    const { findings } = await appWith(shop).review();
    const told = Object.fromEntries(findings.map(({ rule, exposure, entry, reachedFrom, bucket }) => [rule, { exposure, entry, reachedFrom, bucket }]));
    expect(told["no-secret-fallback"]).toMatchObject({ exposure: "everywhere", bucket: "now" });
    expect(told["require-request-timeout"]).toMatchObject({ exposure: "reached", entry: null, reachedFrom: 1 });
    expect(told["prefer-structured-logger"]).toMatchObject({ exposure: "entry" });
    expect(told["require-unique-login"]).toMatchObject({ exposure: "schema" });
  });
});

test("each part of authentication says how much of it was understood", async () => {
  const files = {
    "package.json": JSON.stringify({ name: "shop", dependencies: { express: "^5.1.0", bcrypt: "^6.0.0", jsonwebtoken: "^9.0.0" } }),
    "server/app.js": `import bcrypt from "bcrypt";
import express from "express";
import jwt from "jsonwebtoken";

const app = express();
app.post("/login", async (request, response) => {
  const user = await find(request.body.email);
  if (!(await bcrypt.compare(request.body.password, user.password))) return response.status(401).end();
  response.cookie("session", "x", { httpOnly: true, secure: true, sameSite: "lax" });
  response.json({ token: jwt.sign({ id: user.id }, process.env.JWT_SECRET, { expiresIn: "1h" }) });
});
app.post("/webhooks/mail", whoever, (request, response) => response.end());
`,
  };
  const { auth } = await appWith(files).review({ only: ["require-lockfile"] });
  expect(auth.topics.map(({ topic, understood, unknown }) => `${topic} ${understood}/${unknown}`)).toEqual(["Who may do what 0/2", "Login and registration 1/0", "Session lifecycle 2/0", "Password reset 0/0", "Webhooks and other machines 0/1"]);
});

describe("the id of a finding", () => {
  const idsOf = async (files: Readonly<Record<string, string>>): Promise<string[]> => (await appWith(files).review()).findings.map(({ id }) => id).sort();

  test("stays when lines move", async () => {
    const moved = Object.fromEntries(Object.entries(shop).map(([file, text]) => [file, file.endsWith(".js") ? `// one\n// two\n\n${text}` : text]));
    expect(await idsOf(moved)).toEqual(await idsOf(shop));
  });

  test("goes when the line is mended, and the others stay", async () => {
    const before = await idsOf(shop);
    const after = await idsOf({ ...shop, "server/rates.js": (shop["server/rates.js"] ?? "").replace('latest")', 'latest", { signal: AbortSignal.timeout(5_000) })') });
    expect(before.filter((id) => !after.includes(id))).toHaveLength(1);
    expect(after.filter((id) => !before.includes(id))).toEqual([]);
  });

  test("tells two of the same line apart", async () => {
    const call = 'await fetch("https://rates.example.com/latest");';
    const ids = await idsOf({ "package.json": "{}", "server/rates.js": `import "node:fs";\nexport async function twice() {\n  ${call}\n  ${call}\n}\n` });
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(2);
  });
});

describe("what is left out", () => {
  const left = shop["server/rates.js"] ?? "";
  const withIgnored = (more: Readonly<Record<string, string>>): Promise<Review> =>
    appWith({ "package.json": "{}", "server/rates.js": left, "old/server/rates.js": left, "old/server/keep.js": left, ...more }).review({ only: ["require-request-timeout"] });

  test("nothing, without any list", async () => {
    expect(places(await withIgnored({}))).toHaveLength(3);
  });

  test.for([
    [".gitignore", "old/\n"],
    ["old/.gitignore", "*\n"],
    [".eslintignore", "old\n"],
    ["eslint.config.js", 'import { defineConfig, globalIgnores } from "eslint/config";\nthrow new Error("this is run");\nexport default defineConfig([globalIgnores(["old/**"])]);\n'],
    ["eslint.config.mjs", 'export default [{ ignores: ["old/"] }, { files: ["**/*.js"], ignores: ["server/**"] }];\n'],
  ])("what %s says", async ([file = "", text = ""]) => {
    expect(places(await withIgnored({ [file]: text }))).toEqual(["require-request-timeout server/rates.js:2"]);
  });

  test("but not what a nearer list takes in again", async () => {
    expect(places(await withIgnored({ ".gitignore": "rates.js\n", "old/server/.gitignore": "!rates.js\n" }))).toEqual([
      "require-request-timeout old/server/keep.js:2",
      "require-request-timeout old/server/rates.js:2",
    ]);
  });

  test.for(["export default [{ ignores: [...more] }];", 'export default [globalIgnores(["old/**", more])];'])("what cannot be told without running it is looked at, and a note says so: %s", async (text) => {
    const review = await withIgnored({ "eslint.config.mjs": `import { more } from "./more.js";\n${text}\n` });
    expect(places(review).length).toBeGreaterThan(0);
    expect(review.notes.join("\n")).toMatch(/`ignores` of eslint\.config\.mjs are not all plain texts/);
  });

  test("files of other frameworks, and a note says so", async () => {
    const { notes } = await appWith({ ...shop, "src/App.vue": "<template></template>" }).review();
    expect(notes.join("\n")).toMatch(/1 file ending in \.vue was not looked at/);
  });

  test("what cannot be parsed, and a note says so", async () => {
    const { notes } = await appWith({ ...shop, "server/broken.ts": "const = ;" }).review();
    expect(notes.join("\n")).toMatch(/1 could not be parsed.*server\/broken\.ts/);
  });
});

describe("what a team has put off", () => {
  test("by comment is counted, and not listed", async () => {
    const text = (shop["server/auth.js"] ?? "").replace("const secret", "// eslint-disable-next-line hardening/no-secret-fallback -- a demo\nconst secret");
    const review = await appWith({ ...shop, "server/auth.js": text }).review();
    expect(places(review).join()).not.toContain("no-secret-fallback");
    expect(review.suppressed).toEqual({ comments: 1, list: 0 });
  });

  test("in ESLint's list is counted, and not listed", async () => {
    const list = { "server/auth.js": { "hardening/no-secret-fallback": { count: 1 } } };
    const review = await appWith({ ...shop, "eslint-suppressions.json": JSON.stringify(list) }).review();
    expect(places(review).join()).not.toContain("no-secret-fallback");
    expect(review.suppressed).toEqual({ comments: 0, list: 1 });
  });
});

describe("a review that cannot be", () => {
  const options = { ownConfig: false } as const;
  test.for([
    ["nothing is there", "./no/such/folder", /There is nothing at/],
    ["it is a file", join(root, "package.json"), /is a file/],
  ] as const)("%s", async ([, path, said]) => {
    await expect(appWith({}).review({ ...options, path })).rejects.toThrow(said);
  });

  test("nothing to read", async () => {
    await expect(appWith({ "notes.txt": "" }).review()).rejects.toThrow(/nothing to review/);
  });

  test("a rule that does not exist", async () => {
    await expect(appWith(shop).review({ only: ["no-such-rule"] })).rejects.toThrow(/No rule or check is called no-such-rule/);
  });

  test("no git to compare with", async () => {
    await expect(appWith(shop).review({ since: "main" })).rejects.toThrow(/no git repository/);
  });

  test("an earlier review that is none", async () => {
    const app = appWith({ ...shop, "previous.json": "{}" });
    await expect(app.review({ compare: join(app.root, "previous.json") })).rejects.toThrow(/is no review/);
  });

  test("it was interrupted", async () => {
    await expect(appWith(shop).review({ signal: AbortSignal.abort() })).rejects.toThrow();
  });
});

describe("the project's own configuration", () => {
  const config = `import plugin from ${JSON.stringify(pathToFileURL(join(root, "dist/index.js")).href)};
export default [{ files: ["**/*.js"], plugins: { hardening: plugin }, rules: { "hardening/require-request-timeout": "error" } }];
`;

  test("decides which rules are run with --config", async () => {
    const review = await appWith({ ...shop, "eslint.config.mjs": config }).review({ ownConfig: true });
    expect(places(review)).toEqual(["require-request-timeout server/rates.js:2"]);
  });

  test("is not run without it", async () => {
    const review = await appWith({ ...shop, "eslint.config.mjs": 'throw new Error("this is run");\n' }).review();
    expect(places(review)).toContain("no-secret-fallback server/auth.js:5");
  });
});

describe("a rule that throws", () => {
  afterEach(() => void vi.restoreAllMocks());

  test("is left out of that file, and a note says so", async () => {
    const rule = plugin.rules["require-request-timeout"];
    const create = rule.create.bind(rule);
    vi.spyOn(rule, "create").mockImplementation((context) => {
      if (context.filename.endsWith("rates.js")) throw new Error("cannot cope");
      return create(context);
    });
    const call = shop["server/rates.js"] ?? "";
    const review = await appWith({ ...shop, "server/more.js": call }).review();
    expect(places(review)).toContain("require-request-timeout server/more.js:2");
    expect(places(review)).not.toContain("require-request-timeout server/rates.js:2");
    expect(review.notes.join("\n")).toMatch(/require-request-timeout failed on server\/rates\.js and was left out there.*cannot cope/);
    expect(review.size.linted).toBe(5);
  });
});

test("what one change for the whole app mends is one finding", async () => {
  const route = (path: string): string => `app.get("/${path}", async (context) => context.json(await prisma.order.findMany({ take: 10 })));\n`;
  const text = `import { Hono } from "hono";\nimport { PrismaClient } from "@prisma/client";\n\nconst prisma = new PrismaClient();\nexport const app = new Hono();\n${route("one")}${route("two")}${route("three")}`;
  const files = { "package.json": JSON.stringify({ name: "shop", private: true, dependencies: { hono: "^4.6.0", "@prisma/client": "^6.0.0" } }), "src/app.ts": text };
  const { findings } = await appWith(files).review({ only: ["no-unhandled-external-call"] });
  expect(findings.map(({ line }) => line)).toEqual([6]);
  expect(findings[0]?.message).toMatch(/`app\.onError`\. It shows in 2 other places as well\.$/);
});

test("a broken package.json does not stop it, and a note says so", async () => {
  const { notes, findings } = await appWith({ ...shop, "package.json": "{ broken" }).review();
  expect(notes.join("\n")).toMatch(/package\.json cannot be read/);
  expect(findings.length).toBeGreaterThan(0);
});

test("a list of suppressions, or a package.json, of another shape is said", async () => {
  const broken = await appWith({ ...shop, "eslint-suppressions.json": "{ broken", "package.json": '{ "name": "shop", "dependencies": "x" }' }).review();
  expect(broken.notes.join("\n")).toMatch(/eslint-suppressions\.json cannot be read/);
  expect(broken.notes.join("\n")).toMatch(/`dependencies` of package\.json is no object/);
  expect((await appWith(shop).review()).notes.join("\n")).not.toMatch(/suppressions|no object/);
});

test("the findings of an earlier review are compared", async () => {
  const app = appWith(shop);
  const before = await app.review();
  app.write({ "previous.json": JSON.stringify(before), "server/rates.js": (shop["server/rates.js"] ?? "").replace('latest")', 'latest", { signal: AbortSignal.timeout(5_000) })') });
  const { comparison } = await app.review({ compare: join(app.root, "previous.json") });
  expect(comparison?.fixed.map(({ rule }) => rule)).toEqual(["require-request-timeout"]);
  expect(comparison?.added).toEqual([]);
  expect(comparison?.unchanged).toBe(before.findings.length - 1);
});

test("what a review does not look at is not called fixed", async () => {
  const app = appWith(shop);
  const before = await app.review();
  app.write({ "previous.json": JSON.stringify({ ...before, target: { ...before.target, name: "another-shop" } }) });
  const { comparison, notes } = await app.review({ compare: join(app.root, "previous.json"), only: ["require-request-timeout"] });
  expect(comparison).toMatchObject({ fixed: [], added: [], unchanged: before.findings.filter(({ rule }) => rule === "require-request-timeout").length });
  expect(notes).toContain("What this is compared with is a review of another-shop.");
});

test("the figures of an issue come to its score", async () => {
  const { issues } = await appWith(shop).review();
  const due = { now: 1, next: 0.65, later: 0.35 } as const;
  for (const { impact, exposure, certainty, urgency, waiting, extent, score } of issues) {
    // What is in very few handlers is weighed after the product was rounded.
    expect(score).toBeCloseTo(impacts[impact].weight * exposures[exposure].weight * certainty * due[urgency] * waiting * extent, 1);
  }
});

test("only what changed since a commit is listed", async () => {
  const app = appWith(shop);
  const git = (...args: readonly string[]): void => void execFileSync("git", ["-C", app.root, "-c", "user.name=Test", "-c", "user.email=test@example.com", ...args], { stdio: "ignore" });
  git("init", "--initial-branch=main");
  git("add", ".");
  git("commit", "-m", "All");
  app.write({ "server/more.js": shop["server/rates.js"] ?? "" });
  const { findings, target } = await app.review({ since: "main" });
  expect(findings.map(({ file }) => file)).toEqual(["server/more.js"]);
  expect(target.commit).toMatch(/^[0-9a-f]{40}$/);
  await expect(app.review({ since: "no-such-branch" })).rejects.toThrow(/git knows no commit, branch or tag/);
  await expect(app.review({ since: "--output=x" })).rejects.toThrow(/is no commit, branch or tag/);
});
