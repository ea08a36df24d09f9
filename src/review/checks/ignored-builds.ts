import { type App, isBeside, lineOf } from "../app.js";

/** What a build is told not to look at. */
export interface IgnoredErrors {
  readonly file: string;
  readonly line: number;
  /** The settings that say so, in backticks. */
  readonly settings: readonly string[];
  readonly said: string;
}

const settings: readonly { readonly name: string; readonly pattern: RegExp; readonly said: string; readonly elsewhere: RegExp }[] = [
  { name: "ignoreBuildErrors", pattern: /\bignoreBuildErrors\s*:\s*true\b/, said: "with type errors", elsewhere: /\btsc\b|type-?check|check-types|check:types|\btypes\b/i },
  { name: "ignoreDuringBuilds", pattern: /\bignoreDuringBuilds\s*:\s*true\b/, said: "that the linter has not seen", elsewhere: /lint|eslint|biome|oxlint/i },
];

const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\/|(?<![:"'`])\/\/.*$/gm, (comment) => comment.replace(/[^\n]/g, " "));

/**
 * The configurations of builds that go on when they find errors which no other step looks for, one for each file.
 *
 * @param steps what workflows run
 */
export function ignoredErrorsOf(app: App, steps: readonly string[]): IgnoredErrors[] {
  return app.files
    .filter((file) => /(?:^|\/)next\.config\.[cm]?[jt]s$/.test(file) && !isBeside(file))
    .flatMap((file): IgnoredErrors[] => {
      const text = withoutComments(app.read(file) ?? "");
      const found = settings.filter(({ pattern, elsewhere }) => pattern.test(text) && !steps.some((step) => elsewhere.test(step)));
      const [first] = found;
      return first ? [{ file, line: lineOf(text, first.pattern), settings: found.map(({ name }) => `\`${name}\``), said: found.map(({ said }) => said).join(" and code ") }] : [];
    });
}
