import { ESLint, Linter, type Rule } from "eslint";
import { builtinRules } from "eslint/use-at-your-own-risk";
import eslintPlugin from "eslint-plugin-eslint-plugin";
import tseslint from "typescript-eslint";
import { describe, expect, test } from "vitest";

import hardening from "../../src/index.js";
import { projectFolder } from "../support/projects.js";

// eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else lists them
const coreRules = [...builtinRules.keys()];

/** A file of each language, with something of everything. */
const files: Record<string, { text: string; name: string; selector: string; at: [line: number, column: number] }> = {
  prisma: {
    name: "schema.prisma",
    text: `/// eslint is no directive in documentation
model Contact {
  id    Int    @id
  email String // as typed
  role  Role   @default(USER)

  @@index([email])
}

enum Role {
  USER
}
`,
    selector: 'PrismaModel > PrismaField > PrismaName[text="email"]',
    at: [4, 3],
  },
  sql: {
    name: "migration.sql",
    text: `CREATE TYPE role AS ENUM ('user');
CREATE TABLE users (
  id int PRIMARY KEY,
  email text, -- as typed
  role role DEFAULT 'user'
);
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON users USING (id = 1);
DO $$ BEGIN
  ALTER TABLE users ADD CONSTRAINT one UNIQUE (email);
END $$;
`,
    selector: 'SqlCreateTable > SqlColumn > SqlName[text="email"]',
    at: [4, 3],
  },
};

/** Reports what a selector finds, and doubles it. */
const probe: Rule.RuleModule = {
  meta: { fixable: "code", schema: [{ type: "string" }], defaultOptions: ["*"] },
  create(context) {
    const visit = (node: Rule.Node): void =>
      context.report({ node, message: "found", fix: (fixer) => fixer.insertTextAfter(node, context.sourceCode.getText(node)) });
    return { [context.options[0] as string]: visit };
  },
};

const linter = (): Linter => new Linter({ cwd: projectFolder() });

const config = (language: string, rules: Linter.RulesRecord, plugins: Linter.Config["plugins"] = {}): Linter.Config => ({
  files: [`**/*.${language}`],
  language: `hardening/${language}`,
  plugins: { hardening, own: { rules: { probe } }, ...plugins },
  rules,
});

describe.for(Object.entries(files))("%s", ([language, { name, text, selector, at }]) => {
  const filename = `${projectFolder()}/${name}`;
  const verify = (code: string, rules: Linter.RulesRecord): Linter.LintMessage[] => linter().verify(code, [config(language, rules)], filename);
  const rules: Linter.RulesRecord = { "own/probe": ["error", selector] };
  const lines = text.split("\n");
  const before = (comment: string): string => lines.toSpliced(at[0] - 1, 0, comment).join("\n");
  const mark = language === "sql" ? "--" : "//";

  test("selectors find nodes, where they are", () => {
    expect(verify(text, rules)).toMatchObject([{ ruleId: "own/probe", line: at[0], column: at[1] }]);
  });

  test("what a fix writes is written there", () => {
    const { output } = linter().verifyAndFix(text, [config(language, rules)], filename);
    expect(output.split("\n")[at[0] - 1]).toContain(" emailemail ");
  });

  test.for<[string, string]>([
    ["for the next line", `${mark} eslint-disable-next-line own/probe`],
    ["with a reason", `${mark} eslint-disable-next-line own/probe -- it is so`],
    ["from here on", `${mark} eslint-disable own/probe`],
    ["in a block comment", "/* eslint-disable-next-line own/probe */"],
    ["for the whole file", '/* eslint own/probe: "off" */'],
  ])("a comment turns a rule off %s", ([, comment]) => {
    expect(verify(before(comment), rules)).toEqual([]);
  });

  test("a comment turns a rule off for its own line", () => {
    const code = text.replace(`${mark} as typed`, `${mark} eslint-disable-line`);
    expect(verify(code, rules)).toEqual([]);
  });

  test("a comment that turns nothing off is told of, and mended", () => {
    const strict: Linter.Config = { ...config(language, {}), linterOptions: { reportUnusedDisableDirectives: "error" } };
    const { output } = linter().verifyAndFix(before(`${mark} eslint-disable-next-line own/probe`), [strict], filename);
    expect(output.split("\n").filter((line) => line.trim() !== "")).toEqual(lines.filter(Boolean));
  });

  test("a comment that configures nothing readable is told of", () => {
    expect(verify(before("/* eslint own/probe: [ */"), {})).toMatchObject([{ fatal: true }]);
  });

  test("the presets lint it without a finding of their own making", async () => {
    for (const preset of ["recommended", "strict"] as const) {
      const eslint = new ESLint({ cwd: projectFolder(), overrideConfigFile: true, overrideConfig: hardening.configs[preset] });
      const [result] = await eslint.lintText(text, { filePath: name });
      expect(result?.messages.filter(({ fatal }) => fatal)).toEqual([]);
    }
  });

  test("a config for code without files does not end the run", async () => {
    const theirs = { rules: Object.fromEntries(coreRules.map((rule) => [rule, "error"] as const)), languageOptions: { parser: tseslint.parser, globals: { window: true } } };
    const eslint = new ESLint({ cwd: projectFolder(), overrideConfigFile: true, overrideConfig: [theirs, ...hardening.configs.recommended] });
    const [result] = await eslint.lintText(text, { filePath: name });
    expect(result?.messages).toEqual([]);
  });

  const plugins = { "@typescript-eslint": tseslint.plugin, "eslint-plugin": eslintPlugin } as unknown as Record<string, ESLint.Plugin>;
  const foreign = [["eslint", coreRules], ...Object.entries(plugins).map(([plugin, { rules: theirs = {} }]) => [plugin, Object.keys(theirs)] as const)] as const;

  test.for(foreign)("no rule of %s falls over it, or finds something", ([plugin, theirs]) => {
    const faults = theirs.flatMap((rule) => {
      const id = plugin === "eslint" ? rule : `${plugin}/${rule}`;
      if (id === "@typescript-eslint/naming-convention") return [];
      try {
        const messages = linter().verify(text, [config(language, { [id]: "error" }, plugins)], filename);
        return messages.map(({ message }) => `${id}: ${message}`);
      } catch (error) {
        return [`${id}: ${(error as Error).message.slice(0, 200)}`];
      }
    });
    expect(faults).toEqual([]);
  });
});
