import { describe, expect, test } from "vitest";

import { issuesOf } from "../../src/review/issues.js";
import type { Finding } from "../../src/review/model.js";
import { bucketOf } from "../../src/review/ranking.js";
import { appWith, type Files } from "../support/app.js";

const json = (value: object): string => JSON.stringify(value);

/** What looks like a key, and is none. */
const liveKey = ["sk_live_", "Ab3Cd5Ef7Gh9", "Jk2Lm4Np6Qr8"].join("");

/** A shop whose payments anybody can make up, with a live key in a script. */
const files: Files = {
  "package.json": json({ name: "shop", private: true, dependencies: { next: "^15.0.0", stripe: "^18.0.0", "@prisma/client": "^6.0.0" } }),
  "package-lock.json": "{}",
  ".github/CODEOWNERS": "",
  "scripts/prices.ts": `import Stripe from "stripe";

const stripe = new Stripe("${liveKey}");
export const prices = await stripe.prices.list({ limit: 10 });
`,
  "app/api/billing/route.ts": `import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();

export async function POST(request: Request) {
  const event = JSON.parse(await request.text());
  if (event.type === "checkout.session.completed") await prisma.order.update({ where: { id: event.data.object.client_reference_id }, data: { paid: true } });
  return new Response();
}
`,
};

describe("the order of a review", () => {
  test("a live key comes first, wherever it stands, and doors after it", async () => {
    const { issues, findings } = await appWith(files).review();
    expect(issues.slice(0, 2).map(({ title, bucket }) => `${bucket}: ${title}`)).toEqual(["now: Secrets that stand in the code", "now: Payment events that anybody can send"]);
    expect(findings.find(({ rule }) => rule === "no-hardcoded-secret")?.exposure).toBe("known");
    expect(JSON.stringify(findings)).not.toContain(liveKey);
  });

  test("so does a committed file of variables, before what strangers reach", async () => {
    const { "scripts/prices.ts": _, ...rest } = files;
    const { issues } = await appWith({ ...rest, ".env": `STRIPE_SECRET_KEY=${liveKey}\n` }).review();
    expect(issues[0]).toMatchObject({ rule: "no-committed-env-file", exposure: "known", bucket: "now" });
  });

  test("the plan has the order of the issues, but for what protects the changes that follow: that comes right after the keys", async () => {
    const { issues, plan } = await appWith(files).review();
    const due = issues.filter(({ bucket }) => bucket !== "wait");
    const protects = ["require-ci-checks", "require-error-tracking"].flatMap((rule) => due.filter((issue) => issue.rule === rule));
    const [keys, ...others] = due.filter((issue) => !protects.includes(issue));
    expect(protects.length).toBeGreaterThan(0);
    expect(plan.map((step) => step.title)).toEqual([keys, ...protects, ...others].map((issue) => issue?.title));
    expect(plan[0]?.reason).toMatch(/^Keys that are out/);
    expect(plan[1]?.reason).toBe("It protects every change that follows.");
  });

  test("no title stands twice", () => {
    const place = (id: string, file: string, score: number): Finding => ({ id, rule: "require-request-timeout", source: "rule", concern: "error-handling", file, line: 1, column: 1, endLine: 1, endColumn: 5, message: "", excerpt: null, remedy: "suggestion", exposure: "entry", entry: null, reachedFrom: 0, impact: "outage", certainty: 0.9, urgency: "now", extent: 1, score, bucket: bucketOf(score) });
    const titles = issuesOf([place("a", "app/api/rates/route.ts", 4.6), place("b", "app/api/news/route.ts", 3), place("c", "lib/weather.ts", 1)], { entryFiles: 2, tables: 0 }).map(({ title }) => title);
    expect(titles).toEqual(["Calls to other services wait for too long", "Calls to other services wait for too long, where less depends on it", "Calls to other services wait for too long, where little depends on it"]);
  });
});

describe("what is committed is named once", () => {
  test("a file of variables by one check", async () => {
    const { findings } = await appWith({ "package.json": "{}", ".env": `STRIPE_SECRET_KEY=${liveKey}\nDATABASE_URL=postgres://shop:${liveKey}@db.shop-internal.net/shop\n` }).review();
    expect(findings.map(({ rule, file }) => `${rule} ${file}`)).toEqual(["no-committed-env-file .env"]);
  });

  test("another file with several secrets in one report", async () => {
    const { findings } = await appWith({ "package.json": "{}", "deploy.sh": `STRIPE=${liveKey}\nDATABASE=postgres://shop:${liveKey.slice(8)}@db.shop-internal.net/shop\n` }).review();
    expect(findings.map(({ message }) => message)).toEqual([
      "Git keeps a key of Stripe and the password of a database or service at `db.shop-internal.net` in this file (2 places in all): whoever has ever seen the repository can use them. Make new ones where they were made, which ends these, and read them from the environment.",
    ]);
  });

  test("and where files have the same ones, in one for all of them", async () => {
    const { findings } = await appWith({ "package.json": "{}", "flows/a.json": json({ key: liveKey }), "flows/b.json": json({ key: liveKey }) }).review();
    expect(findings.map(({ message }) => message)).toEqual([
      "Git keeps a key of Stripe in this file (2 places in all; `flows/b.json` has the same): whoever has ever seen the repository can use them. Make new ones where they were made, which ends these, and read them from the environment.",
    ]);
  });
});

describe("commands", () => {
  const said = async (more: Files): Promise<string> => {
    const { findings } = await appWith({ ".github/CODEOWNERS": "", ...more }).review({ only: ["require-ci-checks"] });
    return /Run (.*?) in one/.exec(findings[0]?.message ?? "")?.[1] ?? "";
  };
  const manifest = (scripts: Readonly<Record<string, string>>, more: object = {}): string => json({ name: "shop", private: true, devDependencies: { typescript: "^5.8.0" }, scripts, ...more });

  test.for([
    ["package-lock.json", "`npx tsc --noEmit`, `npm run lint` and `npm test`"],
    ["pnpm-lock.yaml", "`pnpm exec tsc --noEmit`, `pnpm run lint` and `pnpm test`"],
    ["yarn.lock", "`yarn tsc --noEmit`, `yarn lint` and `yarn test`"],
    ["bun.lock", "`bunx tsc --noEmit`, `bun run lint` and `bun run test`"],
  ] as const)("are those of the package manager with %s", async ([lock, commands]) => {
    expect(await said({ "package.json": manifest({ lint: "eslint .", test: "vitest run" }), "eslint.config.js": "", "tsconfig.json": "{}", [lock]: "" })).toBe(commands);
  });

  test("are those of the one that package.json names, or that workflows install with, where there are several locks", async () => {
    const locks = { "package-lock.json": "{}", "bun.lockb": "" };
    expect(await said({ "package.json": manifest({ build: "vite build" }, { packageManager: "bun@1.2.0" }), ...locks })).toBe("`bun run build`");
    expect(await said({ "package.json": manifest({ build: "vite build" }), ...locks, ".github/workflows/publish.yml": "jobs:\n  publish:\n    steps:\n      - run: bun install\n" })).toBe("`bun run build`");
    expect(await said({ "package.json": manifest({ build: "vite build" }), ...locks })).toBe("`npm run build`");
  });

  test("name no script that is not there, or that cannot work", async () => {
    expect(await said({ "package.json": manifest({ test: 'echo "Error: no test specified" && exit 1', lint: "eslint .", build: "vite build" }) })).toBe("`npm run build`");
    expect(await said({ "package.json": manifest({ lint: "next lint", build: "next build" }, { dependencies: { next: "^16.0.0" } }), ".eslintrc.json": "{}" })).toBe("`npm run build`");
  });

  test("look at types where a configuration only points at others", async () => {
    const parts = { "tsconfig.json": '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }, { "path": "./tsconfig.node.json" }] }', "tsconfig.app.json": "{}" };
    expect(await said({ "package.json": manifest({}), ...parts })).toBe("`npx tsc -b --noEmit`");
    expect(await said({ "package.json": manifest({}, { devDependencies: { typescript: "^5.2.2" } }), ...parts })).toBe("`npx tsc --noEmit -p tsconfig.app.json`");
    expect(await said({ "package.json": manifest({ build: "tsc -b && vite build" }), ...parts })).toBe("`npm run build`");
  });

  test("are run where the app is, in a repository without a package.json at its root", async () => {
    const { findings } = await appWith({ ".github/CODEOWNERS": "", "backend/src/add.ts": "export const add = (one: number, other: number) => one + other;\n", "backend/package.json": manifest({ build: "nest build" }) }).review({ only: ["require-ci-checks"] });
    expect(findings[0]?.message).toContain("Run `npm run build` in one (in `backend`)");
  });
});
