import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

import { root } from "../../scripts/support/rules.js";
import type { HardeningRule } from "../../src/create-rule.js";
import { plugin } from "../../src/plugin.js";
import { certaintyFrom } from "../../src/review/checks/check.js";
import { checks } from "../../src/review/checks/index.js";
import { settled } from "../../src/review/issues.js";
import type { Finding } from "../../src/review/model.js";
import { type Said, saidIn } from "../../src/review/said.js";
import { bucketOf, certaintyOf, extents, impactByRule, impactOf, isLight, isNarrow, scoreOf, thresholds, urgencyOf } from "../../src/review/ranking.js";
import { titleOf, titles } from "../../src/review/titles.js";

const page = readFileSync(join(root, "docs/review.md"), "utf8");
const rules = Object.entries(plugin.rules as Record<string, HardeningRule>);

describe("every rule", () => {
  test.for(rules)("%s has a title, an impact and a certainty", ([name, { meta }]) => {
    const { docs } = meta;
    if (!docs) throw new Error(`${name} has no documentation`);
    expect(titleOf(docs.description, name)).not.toMatch(/^(?:Require|Disallow|Prefer) /);
    expect(impactOf(name, docs.concern)).toBeTruthy();
    expect(certaintyOf(docs, true)).toBe(docs.presets.recommended ? (JSON.stringify(docs.presets.recommended).includes("error") ? 0.95 : 0.9) : 0.7);
    expect(certaintyOf(docs, false)).toBe(0.7);
  });

  test("no impact or title is written down for a rule that does not exist", () => {
    expect(Object.keys({ ...impactByRule, ...titles }).filter((name) => !Object.hasOwn(plugin.rules, name))).toEqual([]);
  });
});

test.for(checks.map((check) => [check.name, check] as const))("%s is a check that says what it asks for and where it is described", ([name, check]) => {
  expect(name).toMatch(/^(?:no|require)-/);
  expect(check.description).toMatch(/^(?:Require|Disallow) .*[^.]$/);
  expect(check.docs).toContain(`docs/review.md#${name}`);
  expect(page).toContain(`\n### ${name}\n\n${check.description}.`);
  const { read } = check;
  const figures = read ? [read.true + read.doubtful + read.wrong + read.gone, read.true, read.doubtful, read.wrong, read.gone] : ["none"];
  expect(page).toContain(`\n| \`${name}\` | ${figures.join(" | ")} |`);
  expect(check.certainty).toBe(certaintyFrom(read));
  expect(Object.keys(plugin.rules)).not.toContain(name);
});

describe("the certainty of a check", () => {
  test("is the share that was true, a doubtful report for a half, and never more than that of the surest rules", () => {
    expect(certaintyFrom({ true: 3, doubtful: 2, wrong: 0, gone: 0 })).toBe(0.8);
    expect(certaintyFrom({ true: 3, doubtful: 2, wrong: 3, gone: 4 })).toBe(0.5);
    expect(certaintyFrom({ true: 9, doubtful: 0, wrong: 0, gone: 0 })).toBe(0.95);
  });

  test("is that of a rule which only strict has, where too little was read", () => {
    expect([certaintyFrom(null), certaintyFrom({ true: 4, doubtful: 0, wrong: 0, gone: 3 })]).toEqual([0.7, 0.7]);
  });
});

describe("a score", () => {
  const usual = { impact: "outage", exposure: "entry", certainty: 0.9, urgency: "now", waiting: 1, extent: 1 } as const;

  test("is the product that the page describes", () => {
    expect(scoreOf(usual)).toBeCloseTo(5.4 * 0.85 * 0.9, 1);
  });

  test("grows with what is lost, who can bring it about, how sure it is, and the cost of waiting", () => {
    expect(scoreOf({ ...usual, impact: "takeover" })).toBeGreaterThan(scoreOf(usual));
    expect(scoreOf({ ...usual, exposure: "public" })).toBeGreaterThan(scoreOf(usual));
    expect(scoreOf({ ...usual, exposure: "script" })).toBeLessThan(scoreOf(usual));
    expect(scoreOf({ ...usual, certainty: 0.7 })).toBeLessThan(scoreOf(usual));
    expect(scoreOf({ ...usual, urgency: "later" })).toBeLessThan(scoreOf(usual));
    expect(scoreOf({ ...usual, waiting: 1.15 })).toBeGreaterThan(scoreOf(usual));
    expect(scoreOf({ ...usual, extent: extents.little })).toBeLessThan(scoreOf(usual));
  });

  test("of what only strict looks for is that of something less urgent", () => {
    expect([urgencyOf("now", true), urgencyOf("now", false), urgencyOf("next", false), urgencyOf("later", false)]).toEqual(["now", "next", "later", "later"]);
  });

  test("is less where little rests on the rows", () => {
    const orphan = (later: string): Said => ({ kind: "orphan", data: { first: "users", later } });
    const race = (columns: string): Said => ({ kind: "lost", data: { columns: `\`${columns}\`` } });
    expect(isLight("require-transaction", orphan("chatMessage"))).toBe(true);
    expect(isLight("require-transaction", orphan("teamMembers"))).toBe(false);
    expect(isLight("no-read-modify-write", race("view_count"))).toBe(true);
    expect(isLight("no-read-modify-write", race("balance"))).toBe(false);
    expect(isLight("no-read-modify-write", race("total_credits"))).toBe(false);
    expect(isLight("require-authorization", orphan("chatMessage"))).toBe(false);
    expect(isLight("no-unchecked-existence-read", { kind: "mistaken", data: { call: 'supabase.from("page_views").select' } })).toBe(true);
    expect(isLight("require-request-timeout", { kind: "untilKilled", data: {} })).toBe(true);
    expect(isLight("no-secret-fallback", { kind: "empty", data: { unset: "`PAYMENT_KEY` is not set" } })).toBe(true);
    expect(isLight("no-secret-fallback", { kind: "known", data: { unset: "`JWT_SECRET` is not set" } })).toBe(false);
  });

  test("is less where failures are in very few of many handlers", () => {
    expect([isNarrow("blindness", 1, 100), isNarrow("blindness", 2, 100), isNarrow("blindness", 0, 10), isNarrow("takeover", 1, 100)]).toEqual([true, false, false, false]);
  });

  test("weighs what a message says is lost", () => {
    const ignored = (library: string): Said => ({ kind: "ignored", data: { library } });
    expect(impactOf("no-unchecked-result-error", "error-handling", true, ignored("Supabase"))).toBe("data-loss");
    expect(impactOf("no-unchecked-result-error", "error-handling", true, ignored("NextAuth"))).toBe("blindness");
    const known = (name: string, loss: string): Said => ({ kind: "known", data: { unset: name, loss } });
    expect(impactOf("no-secret-fallback", "deployment", true, known("PAY_KEY", "the app starts as if all were well, and its calls fail"))).toBe("outage");
    expect(impactOf("no-secret-fallback", "deployment", true, known("OAUTH_STATE_SECRET", "anybody who has read this code knows it too"))).toBe("foothold");
  });

  test("goes by kinds and places that the rules' messages have", () => {
    const messagesOf = (rule: string): Readonly<Record<string, string>> => plugin.rules[rule as keyof typeof plugin.rules].meta.messages;
    expect(Object.keys(messagesOf("no-secret-fallback"))).toContain("placeholder");
    expect(Object.keys(messagesOf("require-request-timeout"))).toContain("untilKilled");
    expect(Object.keys(messagesOf("require-unique-login"))).toContain("sought");
    const places: Readonly<Record<string, string>> = { "no-unchecked-result-error": "library", "no-secret-fallback": "loss", "require-transaction": "later", "no-check-then-insert": "model", "no-unchecked-existence-read": "call", "no-read-modify-write": "columns" };
    for (const [rule, place] of Object.entries(places)) expect(Object.values(messagesOf(rule)).join(), rule).toContain(`{{${place}}}`);
  });

  test("decides the bucket", () => {
    expect([bucketOf(thresholds.now), bucketOf(thresholds.next), bucketOf(0)]).toEqual(["now", "next", "wait"]);
  });
});

describe("a finding that is near to a bucket", () => {
  const finding = (rule: string, score: number): Finding => ({ rule, score, bucket: bucketOf(score) }) as Finding;

  test("joins others of its rule there", () => {
    expect(settled([finding("one", 6), finding("one", 4)]).map(({ bucket }) => bucket)).toEqual(["now", "now"]);
  });

  test("stays where it is without them, or far below", () => {
    expect(settled([finding("two", 6), finding("one", 4)]).map(({ bucket }) => bucket)).toEqual(["now", "next"]);
    expect(settled([finding("one", 6), finding("one", 2.5)]).map(({ bucket }) => bucket)).toEqual(["now", "next"]);
  });
});

describe("what a report says", () => {
  test("is read off the message of its kind", () => {
    const message = "When this fails, the `users` row that was created before stays behind without its `orders`. Write both in one.";
    expect(saidIn({ rule: "require-transaction", kind: "orphan", message })).toEqual({ kind: "orphan", data: { first: "users", later: "orders", atomic: "Write both in one." } });
  });

  test("is read off places that stand twice", () => {
    const template = plugin.rules["require-rls"].meta.messages.open;
    expect(saidIn({ rule: "require-rls", kind: "open", message: template.replaceAll("{{table}}", "orders") }).data).toEqual({ table: "orders" });
  });

  test("is nothing for texts that the rule has not written", () => {
    expect(saidIn({ rule: "require-rls", kind: "open", message: "something else" })).toEqual({ kind: "open", data: {} });
    expect(saidIn({ rule: "no-such-rule", kind: "", message: "" })).toEqual({ kind: "", data: {} });
  });

  test("and weighs by it what a secret guards", () => {
    const template = plugin.rules["no-secret-fallback"].meta.messages.known;
    const said = (name: string): Said => saidIn({ rule: "no-secret-fallback", kind: "known", message: template.replace("{{unset}}", `\`${name}\` is not set`).replace("{{loss}}", "anybody who has read this code can forge what it signs").replace("{{remedy}}", "Throw when it is missing.") });
    expect(impactOf("no-secret-fallback", "deployment", true, said("OAUTH_STATE_SECRET"))).toBe("foothold");
    expect(impactOf("no-secret-fallback", "deployment", true, said("SESSION_SECRET"))).toBe("takeover");
  });
});
