import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";

import { addImport, addMember, addOption, addProperty, type Edit, insertStatementAfter, insertStatementBefore, isFreeName, localNameOf, together } from "../../src/syntax/edit.js";
import { find, openText as parse } from "../support/source.js";

const first = <T extends `${TSESTree.Node["type"]}`>(type: T, source: ReturnType<typeof parse>): Extract<TSESTree.Node, { type: T }> =>
  find(source, (node) => node.type === type) as Extract<TSESTree.Node, { type: T }>;

type Range = readonly [number, number];

/** The text that an edit makes, `null` for none. */
function apply(edit: Edit | null, text: string): string | null {
  if (!edit) return null;
  const replace = (range: Range, by: string): TSESLint.RuleFix => ({ range: [...range], text: by });
  const fixer = {
    insertTextAfterRange: (range: Range, by: string) => replace([range[1], range[1]], by),
    replaceTextRange: replace,
    replaceText: ({ range }: { range: Range }, by: string) => replace(range, by),
  } as unknown as TSESLint.RuleFixer;
  return edit(fixer)
    .toSorted((a, b) => b.range[0] - a.range[0])
    .reduce((done, { range, text: by }) => done.slice(0, range[0]) + by + done.slice(range[1]), text);
}

describe("together", () => {
  const over =
    (start: number, end: number, text: string): Edit =>
    (fixer) => [fixer.replaceTextRange([start, end], text)];
  it("makes one fix of changes that touch, in any order", () => {
    expect(apply(together(over(4, 7, "two"), over(0, 3, "one"), over(3, 3, "+")), "abc def")).toBe("one+ two");
  });
  it("makes none of changes of the same text", () => {
    const edit = together(over(0, 7, "all"), over(4, 7, "part"));
    expect(edit({ replaceTextRange: (range: [number, number], text: string) => ({ range, text }) } as unknown as TSESLint.RuleFixer)).toEqual([]);
  });
});

describe("addOption", () => {
  const withOption = (code: string, position: number): string | null => {
    const source = parse(code);
    const call = code.startsWith("new") ? first("NewExpression", source) : first("CallExpression", source);
    return apply(addOption(call, position, "timeout: 1_000", source), code);
  };
  it.each([
    ["no options", `fetch(url)`, 1, `fetch(url, { timeout: 1_000 })`],
    ["a trailing comma", `fetch(url,)`, 1, `fetch(url, { timeout: 1_000 },)`],
    ["no arguments", `got()`, 0, `got({ timeout: 1_000 })`],
    ["arguments that are missing before it", `axios.post(url)`, 2, `axios.post(url, undefined, { timeout: 1_000 })`],
    ["no argument at all, with the options second", `http.get()`, 1, `http.get(undefined, { timeout: 1_000 })`],
    ["options", `fetch(url, { method: "POST" })`, 1, `fetch(url, { method: "POST", timeout: 1_000 })`],
    ["options over several lines", `fetch(url, {\n  method: "POST",\n  body,\n})`, 1, `fetch(url, {\n  method: "POST",\n  body,\n  timeout: 1_000,\n})`],
    ["empty options", `fetch(url, {})`, 1, `fetch(url, { timeout: 1_000 })`],
    ["empty options with room", `fetch(url, { })`, 1, `fetch(url, { timeout: 1_000 })`],
    ["empty options with a comment", `fetch(url, { /* none */ })`, 1, `fetch(url, { timeout: 1_000  /* none */ })`],
    ["options with type syntax", `fetch(url, { body } as RequestInit)`, 1, `fetch(url, { body, timeout: 1_000 } as RequestInit)`],
    ["undefined options", `fetch(url, undefined)`, 1, `fetch(url, { timeout: 1_000 })`],
    ["a callback in their place", `http.get(url, (response) => {})`, 1, `http.get(url, { timeout: 1_000 }, (response) => {})`],
    ["brackets", `fetch((url))`, 1, `fetch((url), { timeout: 1_000 })`],
    ["arguments on lines of their own", `fetch(\n  url,\n)`, 1, `fetch(\n  url,\n  { timeout: 1_000 },\n)`],
    ["a template of several lines", "fetch(`a\n  b`)", 1, "fetch(`a\n  b`, { timeout: 1_000 })"],
    ["a constructor", `new Client(key)`, 1, `new Client(key, { timeout: 1_000 })`],
  ])("writes past %s", (_, code, position, expected) => expect(withOption(code, position)).toBe(expected));
  it.each([
    ["options from elsewhere", `fetch(url, options)`, 1],
    ["a spread", `fetch(...args)`, 1],
    ["a constructor without brackets", `new Client`, 0],
  ])("leaves %s alone", (_, code, position) => expect(withOption(code, position)).toBeNull());
});

describe("addProperty", () => {
  it("keeps a spread", () => {
    const code = `const a = { ...b };`;
    const source = parse(code);
    expect(apply(addProperty(first("ObjectExpression", source), "c: 1", source), code)).toBe(`const a = { ...b, c: 1 };`);
  });
});

describe("addMember", () => {
  it.each([
    ["before the others, indented like them", `class A {\n\tx = 1;\n}`, `class A {\n\ty = 2;\n\n\tx = 1;\n}`],
    ["before a decorator", `class A {\n  @Get()\n  list() {}\n}`, `class A {\n  y = 2;\n\n  @Get()\n  list() {}\n}`],
    ["to an empty class", `  class A {}`, `  class A {\n    y = 2;\n  }`],
    ["to a class on one line", `class A { x = 1; }`, `class A {\n  y = 2; x = 1; }`],
  ])("adds a member %s", (_, code, expected) => {
    const source = parse(code);
    expect(apply(addMember(first("ClassDeclaration", source), "y = 2;", source), code)).toBe(expected);
  });
});

describe("addImport", () => {
  const imported = (code: string, names: Parameters<typeof addImport>[1] = ["log"], module = "@/lib/log"): string | null => apply(addImport(module, names, parse(code)), code);
  const standard = [{ imported: "default", local: "log" }];
  it.each([
    ["after the imports", `import a from "a";\n\na();\n`, `import a from "a";\nimport { log } from "@/lib/log";\n\na();\n`],
    ["after the comment of the last import", `import a from "a"; // why\na();\n`, `import a from "a"; // why\nimport { log } from "@/lib/log";\na();\n`],
    ["between two statements of one line", `import a from "a"; a();\n`, `import a from "a";\nimport { log } from "@/lib/log"; a();\n`],
    ["with the file's quotes", `import a from 'a';\na();\n`, `import a from 'a';\nimport { log } from '@/lib/log';\na();\n`],
    ["without semicolons", `import a from 'a'\na()\n`, `import a from 'a'\nimport { log } from '@/lib/log'\na()\n`],
    ["with the file's line ends", `import a from "a";\r\na();\r\n`, `import a from "a";\r\nimport { log } from "@/lib/log";\r\na();\r\n`],
    ["at the top", `export const a = 1;\n`, `import { log } from "@/lib/log";\nexport const a = 1;\n`],
    ["at the top, with the quotes of the code", `export const a = 'b';\n`, `import { log } from '@/lib/log';\nexport const a = 'b';\n`],
    ["under a directive", `'use server'\n\nexport const a = 1\n`, `'use server'\nimport { log } from '@/lib/log'\n\nexport const a = 1\n`],
    ["under a shebang", `#!/usr/bin/env node\nrun();\n`, `#!/usr/bin/env node\nimport { log } from "@/lib/log";\nrun();\n`],
    ["under a licence", `/*! MIT */\n\n/** Runs. */\nrun();\n`, `/*! MIT */\nimport { log } from "@/lib/log";\n\n/** Runs. */\nrun();\n`],
    ["under a pragma", `// @ts-check\nrun();\n`, `// @ts-check\nimport { log } from "@/lib/log";\nrun();\n`],
    ["above the comment of the first statement", `/** Runs. */\nrun();\n`, `import { log } from "@/lib/log";\n/** Runs. */\nrun();\n`],
    ["into an empty file", ``, `import { log } from "@/lib/log";\n`],
    ["into the declaration that is there", `import { a } from "@/lib/log";\n`, `import { a, log } from "@/lib/log";\n`],
    ["into a declaration of several lines", `import {\n  a,\n  b,\n} from "@/lib/log";\n`, `import {\n  a,\n  b,\n  log,\n} from "@/lib/log";\n`],
    ["beside a default import", `import a from "@/lib/log";\n`, `import a, { log } from "@/lib/log";\n`],
    ["beside an import of types", `import type { Log } from "@/lib/log";\n`, `import type { Log } from "@/lib/log";\nimport { log } from "@/lib/log";\n`],
    ["beside an inline type", `import { type Log } from "@/lib/log";\n`, `import { type Log, log } from "@/lib/log";\n`],
    ["beside a namespace", `import * as l from "@/lib/log";\n`, `import * as l from "@/lib/log";\nimport { log } from "@/lib/log";\n`],
    ["beside an import for its effect", `import "@/lib/log";\n`, `import "@/lib/log";\nimport { log } from "@/lib/log";\n`],
    ["beside empty brackets", `import {} from "@/lib/log";\n`, `import {} from "@/lib/log";\nimport { log } from "@/lib/log";\n`],
    ["as require in CommonJS", `const a = require("a");\nmodule.exports = a();\n`, `const a = require("a");\nconst { log } = require("@/lib/log");\nmodule.exports = a();\n`],
    ["once only", `import { log } from "@/lib/log";\n`, `import { log } from "@/lib/log";\n`],
  ])("goes %s", (_, code, expected) => expect(imported(code)).toBe(expected));

  it("imports under another name", () => expect(imported(`import a from "a";`, [{ imported: "logger", local: "log" }])).toBe(`import a from "a";\nimport { logger as log } from "@/lib/log";`));
  it("imports the default", () => expect(imported(`import a from "a";`, standard)).toBe(`import a from "a";\nimport log from "@/lib/log";`));
  it("imports the default beside names", () => expect(imported(`import { a } from "@/lib/log";`, standard)).toBe(`import log, { a } from "@/lib/log";`));
  it("imports the namespace", () => expect(imported(`import { a } from "m";`, [{ imported: "*", local: "m" }], "m")).toBe(`import { a } from "m";\nimport * as m from "m";`));
  it("requires the default", () => expect(imported(`const a = require("a")\n`, standard)).toBe(`const a = require("a")\nconst log = require("@/lib/log")\n`));
  it("requires under another name", () =>
    expect(imported(`const a = require("a").b;\n`, [{ imported: "logger", local: "log" }])).toBe(`const a = require("a").b;\nconst { logger: log } = require("@/lib/log");\n`));
  it.each([
    ["declared", `const log = 1;`],
    ["declared in a function", `function f(log) {}`],
    ["imported from elsewhere", `import { log } from "console";`],
    ["a global", `log("here");`],
  ])("refuses a name that is %s", (_, code) => expect(imported(code)).toBeNull());
});

describe("names", () => {
  it("finds the name that a file has for an export", () => expect(localNameOf("logger", "m", parse(`import { logger as log } from "m";`))).toBe("log"));
  it("finds the default", () => expect(localNameOf("default", "m", parse(`import log from "m";`))).toBe("log"));
  it("leaves types out", () => expect(localNameOf("Log", "m", parse(`import { type Log } from "m";`))).toBeNull());
  it("knows a free name", () => expect(isFreeName("log", parse(`const logs = a.log;`))).toBe(true));
});

describe("statements", () => {
  const code = `function f() {\n  before();\n  return call(1);\n}`;
  const source = parse(code);
  it("go before, with the indentation", () =>
    expect(apply(insertStatementBefore(first("Literal", source), "x();", source), code)).toBe(`function f() {\n  before();\n  x();\n  return call(1);\n}`));
  it("go after, with the indentation", () =>
    expect(apply(insertStatementAfter(first("CallExpression", source), "x();", source), code)).toBe(`function f() {\n  before();\n  x();\n  return call(1);\n}`));
  it("go into a line", () => {
    const line = parse(`if (a) { b(); }`);
    expect(apply(insertStatementBefore(first("CallExpression", line), "x();", line), line.text)).toBe(`if (a) { x(); b(); }`);
  });
  it("find no room where there is no body", () => {
    const bare = parse(`if (a) b();`);
    expect(insertStatementBefore(first("CallExpression", bare), "x();", bare)).toBeNull();
  });
});
