import { expect, test } from "vitest";

import { readPage } from "./support/page.js";

const text = `# require-x

<!-- generated --> Header <!-- /generated -->

What happens.

## Incorrect

On Express:

\`\`\`ts server/app.ts project=express options='[{ "seconds": 1 }]' settings='{ "hardening": {} }'
# not a heading
run();
\`\`\`

## Options

### \`seconds\`

\`\`\`\`md
\`\`\`
\`\`\`\`
`;

test("a page is read", () => {
  expect(readPage(text)).toEqual({
    title: "require-x",
    introduction: "What happens.",
    sections: ["Incorrect", "Options"],
    options: ["`seconds`"],
    blocks: [
      {
        section: "Incorrect",
        language: "ts",
        line: 11,
        filename: "server/app.ts",
        project: "express",
        options: [{ seconds: 1 }],
        settings: { hardening: {} },
        code: "# not a heading\nrun();\n",
      },
      { section: "Options", language: "md", line: 20, code: "```\n" },
    ],
  });
});

test("a fence says nothing unknown, and ends", () => {
  expect(() => readPage("```ts projekt=next\n```")).toThrow("cannot say projekt=next");
  expect(() => readPage("```ts\nrun();")).toThrow("line 1 is never closed");
});
