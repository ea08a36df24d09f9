import { among } from "../../semantics/program/wording.js";
import type { App, AppPackage } from "../app.js";
import type { Check } from "./check.js";
import { checksNothing, workflowsOf } from "./ci.js";
import { ignoredErrorsOf } from "./ignored-builds.js";
import { mainPackage } from "./servers.js";

const runners: readonly (readonly [lock: RegExp, command: string])[] = [
  [/(?:^|\/)pnpm-lock\.yaml$/, "pnpm"],
  [/(?:^|\/)yarn\.lock$/, "yarn"],
  [/(?:^|\/)bun\.lockb?$/, "bun run"],
];

/** What can be run as it is: `next lint` asks questions where ESLint is not set up. */
function commandsOf({ scripts, folder }: AppPackage, { files }: App): string[] {
  const runner = runners.find(([lock]) => files.some((file) => lock.test(file)))?.[1] ?? "npm run";
  const hasEslint = files.some((file) => /(?:^|\/)(?:\.eslintrc(?:\.\w+)?|eslint\.config\.[cm]?[jt]s)$/.test(file));
  const names = ["typecheck", "type-check", "check-types", "lint", "test", "build"].filter((name) => scripts.has(name) && (hasEslint || !/\bnext lint\b/.test(scripts.get(name) ?? "")));
  const isTyped = files.includes(folder === "" ? "tsconfig.json" : `${folder}/tsconfig.json`) && !names.some((name) => /types?|-check/.test(name));
  return [...(isTyped ? ["npx tsc --noEmit"] : []), ...names.map((name) => `${runner} ${name}`)];
}

export const requireCiChecks: Check = {
  name: "require-ci-checks",
  title: "Nothing checks a change before it goes live",
  description: "Require types, lint, tests or a build to be run on every change",
  concern: "deployment",
  impact: "outage",
  urgency: "now",
  read: { true: 8, doubtful: 0, wrong: 0, gone: 1 },
  silentOn: ["training"],
  *run(app) {
    const own = app.packages.find(({ folder }) => folder === "") ?? mainPackage(app);
    if (!own || !checksNothing(app)) return;
    const workflows = workflowsOf(app);
    const [first] = workflows;
    const runs = commandsOf(own, app);
    const todo = runs.length > 0 ? `Run ${among(runs.map((command) => `\`${command}\``), 5)} in one` : "Run the type checker, the linter and the tests in one";
    const head = !first ? "There is no workflow that runs" : workflows.length === 1 ? "The only workflow does not run" : `None of the ${workflows.length} workflows runs`;
    const [ignored] = ignoredErrorsOf(app, []);
    // The last thing that would have said no is off as well.
    const builds = ignored ? `, and the build does not say no either: ${among(ignored.settings, 2)} (\`${ignored.file}\`) ${ignored.settings.length === 1 ? "lets" : "let"} code ${ignored.said} go live` : "";
    yield {
      file: (first ?? own).file,
      line: 1,
      message: `${head} types, lint, tests or a build on a change${builds}: what breaks is found by users. ${todo} on every push and pull request${ignored ? `, and take ${ignored.settings.length === 1 ? "that setting" : "those settings"} out` : ""}.`,
    };
  },
};
