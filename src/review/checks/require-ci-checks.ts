import { among } from "../../semantics/program/wording.js";
import { checkCommandsOf } from "../commands.js";
import type { Check } from "./check.js";
import { checksNothing, workflowsOf } from "./ci.js";
import { ignoredErrorsOf } from "./ignored-builds.js";
import { mainPackage } from "./servers.js";

export const requireCiChecks: Check = {
  name: "require-ci-checks",
  title: "No workflow checks a change before it goes live",
  description: "Require types, lint, tests or a build to be run on every change",
  concern: "deployment",
  impact: "blindness",
  urgency: "now",
  read: { true: 12, doubtful: 0, wrong: 0, gone: 1 },
  silentOn: ["training"],
  *run(app) {
    const own = app.packages.find(({ folder }) => folder === "") ?? mainPackage(app);
    if (!own || !checksNothing(app)) return;
    const workflows = workflowsOf(app);
    const [first] = workflows;
    const runs = checkCommandsOf(own, app);
    const todo = runs.length > 0 ? `Run ${among(runs.map((command) => `\`${command}\``), 5)} in one${own.folder === "" ? "" : ` (in \`${own.folder}\`)`}` : "Run the type checker, the linter and the tests in one";
    const head = !first ? "There is no workflow that runs" : workflows.length === 1 ? "The only workflow does not run" : `None of the ${workflows.length} workflows runs`;
    const [ignored] = ignoredErrorsOf(app, []);
    // The last thing that would have said no is off as well.
    const builds = ignored ? `, and the build does not say no either: ${among(ignored.settings, 2)} (\`${ignored.file}\`) ${ignored.settings.length === 1 ? "lets" : "let"} code ${ignored.said} go live` : "";
    // `next build` checks types by itself: https://nextjs.org/docs/app/api-reference/config/next-config-js/typescript
    const isBuilt = !ignored && /\bnext build\b/.test(own.scripts.get("build") ?? "") && app.files.includes(own.folder === "" ? "tsconfig.json" : `${own.folder}/tsconfig.json`);
    if (isBuilt) {
      yield {
        file: (first ?? own).file,
        exposure: "server",
        message: `${head} lint or tests on a change, and its types are looked at only when the app is built: the rest of what breaks is found by users. ${todo} on every push and pull request.`,
      };
      return;
    }
    yield {
      file: (first ?? own).file,
      message: `${head} types, lint, tests or a build on a change${builds}: what breaks is found by users. ${todo} on every push and pull request${ignored ? `, and take ${ignored.settings.length === 1 ? "that setting" : "those settings"} out` : ""}.`,
    };
  },
};
