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
  const loaded = await eslint.loadFormatter(join(root, "dist/shared/formatter.js"));
  expect(await loaded.format([], { cwd: app.root, rulesMeta: {} } as never)).toContain("Nothing.");
});
