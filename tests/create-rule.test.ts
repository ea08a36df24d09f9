import { join } from "node:path";
import { expect, test } from "vitest";

import { createRule } from "../src/create-rule.js";
import { fileFacts } from "../src/project/file.js";
import { openText } from "./support/source.js";
import { projectFolder } from "./support/projects.js";

const cwd = projectFolder();

test("a host that hands out one source code for all files, as oxlint does, has each of them opened", () => {
  const opened: (string | undefined)[] = [];
  const rule = createRule({
    name: "no-surprise",
    meta: { type: "problem", docs: { description: "Disallow surprises", concern: "deployment", presets: {}, urgency: "later" }, messages: {}, schema: [], defaultOptions: [] },
    looksAtValues: true,
    create({ sourceCode }) {
      opened.push(fileFacts(sourceCode)?.filename);
      return {};
    },
  });
  const files = ["server/one.ts", "server/two.ts"].map((file) => join(cwd, file));
  const sourceCode = {};
  for (const filename of files) {
    // Parsed under another name, so that nothing but the rule can have opened it under this one.
    const { ast, text, scopeManager, visitorKeys } = openText("export const one = 1;", { filename: "parsed.ts" });
    Object.assign(sourceCode, { ast: { ...ast }, text, scopeManager, visitorKeys });
    rule.create({ sourceCode, filename, cwd, settings: {}, options: [], languageOptions: {} } as unknown as Parameters<typeof rule.create>[0]);
  }
  expect(opened).toEqual(files);
});
