import { concernNames, type Concern } from "../../src/concerns.js";
import type { RulePlace } from "./rules.js";

const verbs = { require: "Require", no: "Disallow", prefer: "Prefer" } as const;

type Prefix = keyof typeof verbs;

const isConcern = (word: string): word is Concern => (concernNames as readonly string[]).includes(word);

const fail = (reason: string): never => {
  throw new Error(reason);
};

/** Reads `error-handling/require-x`, and refuses what would not be a rule's name here. */
export function readPlace(argument: string | undefined, existing: readonly RulePlace[]): RulePlace {
  const [concern = "", name = "", ...rest] = (argument ?? "").split("/");
  if (!name || rest.length > 0) return fail("Say concern and name, as in: npm run new -- error-handling/require-x");
  if (!isConcern(concern)) return fail(`"${concern}" is not a concern. These are: ${concernNames.join(", ")}.`);
  if (!/^(?:require|no|prefer)(?:-[a-z\d]+)+$/.test(name)) {
    return fail(`"${name}" is not a rule's name: lower-case words with hyphens, beginning with require-, no- or prefer-.`);
  }
  const taken = existing.find((place) => place.name === name);
  if (taken) return fail(`"${name}" exists already, in ${taken.concern}. Names are unique across concerns.`);
  return { concern, name };
}

const description = (name: string): string => {
  const [prefix, ...words] = name.split("-");
  return `${verbs[prefix as Prefix]} ${words.join(" ")}`;
};

const rule = ({ concern, name }: RulePlace): string => `import { createRule } from "../../create-rule.js";

export default createRule<[], "fault">({
  name: "${name}",
  meta: {
    type: "problem",
    docs: {
      description: "${description(name)}",
      concern: "${concern}",
      presets: { strict: "error" },
      urgency: "later",
    },
    messages: {
      fault: "TODO: what will happen, then what to write.",
    },
    schema: [],
    defaultOptions: [],
  },
  create(context) {
    return {
      DebuggerStatement(node) {
        context.report({ node, messageId: "fault" });
      },
    };
  },
});
`;

const test = ({ concern, name }: RulePlace): string => `import rule from "../../../src/rules/${concern}/${name}.js";
import { ruleTester } from "../../support/rule-tester.js";

ruleTester.run("${name}", rule, {
  valid: [{ name: "TODO: the nearest code that is as it should be", code: "start();" }],
  invalid: [
    {
      name: "TODO: the fault, in a sentence about the app",
      code: "debugger;\\nstart();",
      errors: [{ messageId: "fault", line: 1, column: 1, endColumn: 10 }],
    },
  ],
});
`;

const page = ({ name }: RulePlace): string => `# ${name}

<!-- generated --><!-- /generated -->

TODO: what happens to the owner, in two or three sentences.

## Incorrect

\`\`\`ts server/app.ts
debugger;
start();
\`\`\`

## Correct

\`\`\`ts server/app.ts
start();
\`\`\`

## What it cannot see

TODO: the limits, honestly.

## Precision

**Fresh readers:** not yet.

TODO: true / judged, n, on which repositories.

## References

- TODO: the library pages, CWE or twelve-factor chapter that make it true.
`;

/** The three files of a new rule: path to text. They compile, their test passes, and each TODO wants to be filled in. */
export const skeleton = (place: RulePlace): Map<string, string> =>
  new Map([
    [`src/rules/${place.concern}/${place.name}.ts`, rule(place)],
    [`tests/rules/${place.concern}/${place.name}.test.ts`, test(place)],
    [`docs/rules/${place.name}.md`, page(place)],
  ]);
