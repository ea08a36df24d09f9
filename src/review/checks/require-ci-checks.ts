import { existsSync } from "node:fs";
import { join } from "node:path";

import type { Check } from "./check.js";
import { hasOtherCi, isCheck, workflowsOf } from "./ci.js";
import { mainPackage } from "./servers.js";

export const requireCiChecks: Check = {
  name: "require-ci-checks",
  title: "Nothing checks a change before it goes live",
  description: "Require types, lint, tests or a build to be run on every change",
  concern: "deployment",
  impact: "outage",
  urgency: "next",
  certainty: 0.9,
  *run(app) {
    // A folder of a repository does not show what is run at the repository's root.
    if (!existsSync(join(app.root, ".git")) && !app.files.some((file) => file.startsWith(".github/"))) return;
    const own = app.packages.find(({ folder }) => folder === "") ?? mainPackage(app);
    const workflows = workflowsOf(app);
    if (!own || hasOtherCi(app) || workflows.some(({ jobs }) => jobs.some(({ steps, json }) => typeof json["uses"] === "string" || steps.some(isCheck)))) return;
    const [first] = workflows;
    const runs = ["typecheck", "type-check", "lint", "test", "build"].filter((name) => own.scripts.has(name));
    const todo = runs.length > 0 ? `Run ${runs.slice(0, 3).map((name) => `\`npm run ${name}\``).join(", ")} in one` : "Run the type checker, the linter and the tests in one";
    yield first
      ? { file: first.file, line: 1, message: `${workflows.length === 1 ? "The only workflow does not run" : `None of the ${workflows.length} workflows runs`} types, lint, tests or a build on a change: what breaks is found by users. ${todo} on every pull request.` }
      : { file: own.file, line: 1, message: `There is no workflow that runs types, lint, tests or a build on a change: what breaks is found by users. ${todo} on every push and pull request.` };
  },
};
