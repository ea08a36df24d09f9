import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { ESLint } from "eslint";
import { beforeAll, describe, expect, test } from "vitest";

import strict from "../../configs/strict.js";
import { root } from "../../scripts/support/rules.js";
import format from "../../src/review/formatter.js";
import { formatNames, formats } from "../../src/review/formats/index.js";
import { silence } from "../../src/review/formats/said.js";
import type { Review } from "../../src/review/model.js";
import { appWith, shop } from "../support/app.js";

const style = { colour: false, width: 100 };

/** What must not be taken for markup, wherever it is shown. */
const hostile = '<script>alert("x")</script>|`*_';

let review: Review;

beforeAll(async () => {
  const quoted = (shop["server/rates.js"] ?? "").replace("no rates", '<script>alert("x")</script>');
  review = await appWith({ ...shop, "server/rates.js": quoted, "package.json": JSON.stringify({ name: hostile, dependencies: { express: "^5.1.0" } }) }).review();
});

test.for(formatNames)("%s names every issue, and shows no secret", (name) => {
  const text = formats[name](review, style);
  for (const { rule } of review.issues) expect(text).toContain(rule);
  expect(text).not.toContain("correct-horse-battery");
});

describe("on the terminal", () => {
  test("no line is wider than it may be, but for addresses and commands", () => {
    const wide = formats.terminal(review, { colour: false, width: 80 }).split("\n").filter((line) => line.length > 80 && !/npx|·/.test(line));
    expect(wide).toEqual([]);
  });

  test("colours are used when they are wanted", () => {
    expect(formats.terminal(review, { colour: true, width: 80 })).toContain("\u001B[");
    expect(formats.terminal(review, { colour: false, width: 80 })).not.toContain("\u001B[");
  });
});

test("markdown has the plan with the command that shows that it is done", () => {
  const text = formats.markdown(review, style);
  for (const { done } of review.plan) expect(text).toContain(`\`${done}\``);
  expect(text).not.toMatch(/<script>alert(?![^`\n]*`)/);
});

test("that nothing was found is told from that nothing was understood", () => {
  const topic = (understood: number, unknown: number): string => silence({ topic: "", issues: [], understood, unknown });
  expect(topic(12, 0)).toBe("nothing wrong in 12 places that could be understood");
  expect(topic(1, 3)).toBe("nothing wrong in 1 place that could be understood; of 3 more it could not be told");
  expect(topic(0, 3)).toBe("not told: none of 3 places could be understood");
  expect(topic(0, 1)).toBe("not told: the only place could not be understood");
  expect(topic(0, 0)).toBe("no place was understood, which says nothing either way");
});

test("what is nowhere seen is not listed as in place", () => {
  const text = formats.markdown(review, style);
  const [, there = "", nowhere = ""] = /## In place already\n([^]*?)## Not in place, or not seen\n([^]*)/.exec(text) ?? [];
  expect(there).toContain("Tables with a primary key: 1 of 1");
  expect(there).not.toMatch(/: no\b|: 0 of/);
  expect(nowhere).toContain("Errors reach a tracker: no");
});

describe("the page", () => {
  test("needs nothing from elsewhere", () => {
    const text = formats.html(review, style);
    expect(text).not.toMatch(/\b(?:src|href)="(?:https?:)?\/\/(?!github\.com)/);
    expect(text).toContain("default-src 'none'");
  });

  test("takes nothing of the app for markup", () => {
    const text = formats.html(review, style);
    expect(text).not.toContain("<script>alert");
    expect(text).toContain("&lt;script&gt;alert");
  });
});

test("what could not be told is not called missing, and what was put off is not called unseen", () => {
  const untold: Review = { ...review, notes: ["One."], suppressed: { comments: 2, list: 0 }, good: [{ topic: "Entry points", concern: "auth", found: 0, total: 0, unknown: 52, note: null }] };
  for (const name of ["terminal", "markdown", "html"] as const) {
    const text = formats[name](untold, style);
    expect(text).toContain("Could not be told");
    expect(text).toContain("Entry points: 52 could not be told");
    expect(text).not.toContain("Not in place");
  }
  expect(formats.html(untold, style)).toMatch(/<h2 id="put-off">Put off by the team<\/h2>/);
});

test("large numbers are written as such", () => {
  const [step] = review.plan;
  if (!step) throw new Error("no plan");
  const large: Review = { ...review, plan: [{ ...step, hours: 2000.5 }] };
  for (const name of ["terminal", "markdown", "html"] as const) expect(formats[name](large, style).replace(/\s+/g, " ")).toContain("about 2,001 h");
});

describe("sarif", () => {
  const require = createRequire(import.meta.url);
  const schema = JSON.parse(readFileSync(require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8")) as { $schema?: string; id?: string };
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  delete schema.$schema;
  delete schema.id;
  const isSarif = ajv.compile(schema);

  test("is what the standard's schema asks for", () => {
    expect(isSarif(JSON.parse(formats.sarif(review, style)))).toBe(true);
    expect(isSarif({ version: "2.1.0", runs: [{}] })).toBe(false);
  });

  test("says what files are written in, and where they are from the root of the repository", () => {
    interface Log { runs: { originalUriBaseIds: object; artifacts: { sourceLanguage?: string; location: { uri: string } }[]; results: { locations: { physicalLocation: { artifactLocation: object } }[] }[] }[] }
    const [finding] = review.findings;
    if (!finding) throw new Error("no finding");
    const below: Review = { ...review, target: { ...review.target, folder: "apps/web" }, findings: [{ ...finding, file: "src/page.tsx" }, { ...finding, file: "schema.prisma" }] };
    const log = JSON.parse(formats.sarif(below, style)) as Log;
    expect(isSarif(log)).toBe(true);
    expect(log.runs[0]?.artifacts.map(({ sourceLanguage, location }) => `${location.uri} ${sourceLanguage ?? ""}`)).toEqual(["apps/web/src/page.tsx TypeScript", "apps/web/schema.prisma Prisma"]);
    expect(log.runs[0]?.results[0]?.locations[0]?.physicalLocation.artifactLocation).toMatchObject({ uri: "apps/web/src/page.tsx", uriBaseId: "%SRCROOT%" });
    expect(log.runs[0]?.originalUriBaseIds).toHaveProperty("%SRCROOT%");
  });

  test("carries an id that stays when lines move, and where and how urgent it is", () => {
    const { runs } = JSON.parse(formats.sarif(review, style)) as { runs: { results: { ruleId: string; level: string; partialFingerprints: Record<string, string> }[] }[] };
    const results = runs[0]?.results ?? [];
    expect(results).toHaveLength(review.findings.length);
    expect(results.map(({ partialFingerprints }) => partialFingerprints["hardening/v1"])).toEqual(review.findings.map(({ id }) => id));
    expect(results.find(({ ruleId }) => ruleId === "no-secret-fallback")?.level).toBe("error");
  });
});

test("ESLint takes it as a formatter", async () => {
  const app = appWith(shop);
  const eslint = new ESLint({ cwd: app.root, overrideConfigFile: true, overrideConfig: strict });
  const text = format(await eslint.lintFiles(["server"]), { cwd: app.root });
  expect(text).toContain("Fix now");
  expect(text).toContain("server/auth.js:5");
  expect(text).not.toMatch(/0 lines|in 0 s/);
  const loaded = await eslint.loadFormatter(join(root, "dist/shared/formatter.js"));
  expect(await loaded.format([], { cwd: app.root, rulesMeta: {} } as never)).toContain("Nothing.");
});
