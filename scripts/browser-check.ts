/**
 * Tries the page of a review in a real browser: filters, keyboard, light and dark, paper, and what axe finds.
 *
 *     npm run browser-check [-- <folder for screenshots>]
 *
 * It needs Chromium (Debian: `apt-get install chromium`), at /usr/bin/chromium or where `CHROMIUM` says.
 */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { chromium, type Page } from "playwright-core";

import { formats } from "../src/review/formats/index.js";
import { review } from "../src/review/review.js";
import { root } from "./support/rules.js";

const shots = process.argv[2];
const scratch = mkdtempSync(join(tmpdir(), "hardening-browser-"));
const file = join(scratch, "review.html");
const result = await review({ path: join(root, "examples/shop"), ownConfig: false, only: [], since: null, compare: null, onProgress: () => undefined, signal: new AbortController().signal });
writeFileSync(file, formats.html(result, { colour: false, width: 100 }));

const browser = await chromium.launch({ executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

const visibleIssues = (page: Page): Promise<number> => page.locator("details.issue:visible").count();

/** What axe calls serious or worse. */
async function faultsOn(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<{ violations: { impact: string; id: string; nodes: { target: string[] }[] }[] }>("axe.run()");
  return violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
}

async function open(colorScheme: "light" | "dark"): Promise<{ page: Page; said: string[] }> {
  const context = await browser.newContext({ colorScheme, offline: true, bypassCSP: true, viewport: { width: 1200, height: 1000 } });
  const page = await context.newPage();
  const said: string[] = [];
  page.on("console", (message) => void said.push(message.text()));
  page.on("pageerror", (error) => void said.push(error.message));
  await page.goto(pathToFileURL(file).href);
  return { page, said };
}

const checks: [name: string, check: () => Promise<void>][] = [];

for (const scheme of ["light", "dark"] as const) {
  checks.push([
    `${scheme}: nothing on the console, and nothing serious for axe, closed and open`,
    async () => {
      const { page, said } = await open(scheme);
      if (shots !== undefined) await page.screenshot({ path: join(shots, `${scheme}.png`), fullPage: true });
      assert.deepEqual(await faultsOn(page), []);
      await page.getByRole("button", { name: "Open all" }).click();
      assert.deepEqual(await faultsOn(page), []);
      assert.deepEqual(said, []);
    },
  ]);
}

checks.push([
  "filters: by bucket, concern and words; reset brings all back",
  async () => {
    const { page } = await open("light");
    const all = await visibleIssues(page);
    assert.equal(all, result.issues.length);
    await page.getByRole("checkbox", { name: "Can wait" }).uncheck();
    assert.equal(await visibleIssues(page), result.issues.filter(({ bucket }) => bucket !== "wait").length);
    await page.getByLabel("Concern").selectOption("error-handling");
    assert.equal(await visibleIssues(page), result.issues.filter(({ bucket, concern }) => bucket !== "wait" && concern === "error-handling").length);
    await page.getByRole("button", { name: "Reset" }).click();
    await page.waitForTimeout(50);
    await page.getByRole("searchbox").fill("no such words");
    assert.equal(await visibleIssues(page), 0);
    await page.getByRole("button", { name: "Reset" }).click();
    await page.waitForTimeout(50);
    assert.equal(await visibleIssues(page), all);
  },
]);

checks.push([
  "keyboard: / goes to the search, Escape leaves it, Enter opens an issue",
  async () => {
    const { page } = await open("light");
    await page.keyboard.press("/");
    assert.equal(await page.evaluate("document.activeElement.name"), "text");
    await page.keyboard.type("no such words");
    await page.keyboard.press("Escape");
    await page.waitForTimeout(50);
    assert.equal(await visibleIssues(page), result.issues.length);
    const last = page.locator("details.issue > summary").last();
    await last.focus();
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate("[...document.querySelectorAll('details.issue')].at(-1).open"), true);
  },
]);

checks.push([
  "paper: the filters are gone, and what is urgent is open",
  async () => {
    const { page } = await open("light");
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator("form.filters").isVisible(), false);
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    assert.equal(await page.evaluate("[...document.querySelectorAll('details.issue')].every((issue) => issue.open || issue.dataset.bucket === 'wait')"), true);
    const pdf = await page.pdf(shots === undefined ? {} : { path: join(shots, "review.pdf") });
    assert.ok(pdf.length > 10_000);
  },
]);

checks.push([
  "without scripts everything is there to read",
  async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, offline: true });
    const page = await context.newPage();
    await page.goto(pathToFileURL(file).href);
    assert.equal(await page.locator("details.issue").count(), result.issues.length);
    assert.equal(await page.locator("form.filters").isVisible(), false);
  },
]);

let failed = 0;
for (const [name, check] of checks) {
  try {
    await check();
    console.log(`passed  ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${(error as Error).message}`);
  }
}
await browser.close();
rmSync(scratch, { recursive: true, force: true });
console.log(`${checks.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
