import { type App, isBeside, lineOf } from "../app.js";
import type { Check, CheckReport } from "./check.js";
import { isCheck, workflowsOf } from "./ci.js";

const builds: readonly { readonly setting: RegExp; readonly said: string; readonly elsewhere: RegExp }[] = [
  { setting: /\bignoreBuildErrors\s*:\s*true\b/, said: "`ignoreBuildErrors` lets code with type errors go live", elsewhere: /\btsc\b|type-?check|check-types|check:types|\btypes\b/i },
  { setting: /\bignoreDuringBuilds\s*:\s*true\b/, said: "`ignoreDuringBuilds` lets code go live that the linter has not seen", elsewhere: /lint|eslint|biome|oxlint/i },
];

/** Scripts that are there to say no. */
const checkScripts = /^(?:test|lint|type-?check|check|ci|build|verify|tsc)(?:[:.-][\w-]+)*$/;

const swallowed = /\|\|\s*(?:true|exit 0|echo\b[^&|]*)\s*$|;\s*exit 0\s*$/;

/** Steps whose findings go somewhere else, or that are tried out. */
const reported = /e2e|playwright|coverage|preview|snyk|sarif|codeql|audit|scan|canary|nightly|next\b|experimental/i;

/** What comes after a step that merely tidies up. */
const tidying = /\b(?:rm|kill|pkill|docker|mkdir|cp|audit|codecov|upload|grep|curl|diff|du|ls|cat|chmod|git)\b/;

function* inConfigs(app: App, steps: readonly string[]): Generator<CheckReport> {
  for (const file of app.files.filter((each) => /(?:^|\/)next\.config\.[cm]?[jt]s$/.test(each) && !isBeside(each))) {
    const text = (app.read(file) ?? "").replace(/\/\*[\s\S]*?\*\/|(?<![:"'`])\/\/.*$/gm, (comment) => comment.replace(/[^\n]/g, " "));
    for (const { setting, said, elsewhere } of builds) {
      if (setting.test(text) && !steps.some((step) => elsewhere.test(step))) {
        yield { file, line: lineOf(text, setting), message: `${said}, and no workflow checks it instead. Take it out and mend what then fails, or check it in CI before a deployment.` };
      }
    }
  }
}

export const noIgnoredBuildErrors: Check = {
  name: "no-ignored-build-errors",
  title: "Checks that cannot fail",
  description: "Disallow builds and checks that go on when they find errors",
  concern: "deployment",
  impact: "outage",
  urgency: "next",
  certainty: 0.9,
  *run(app) {
    const workflows = workflowsOf(app);
    const steps = workflows.flatMap(({ jobs }) => jobs.flatMap((job) => job.steps.filter(({ json }) => json["continue-on-error"] !== true).map(({ run }) => run)));
    yield* inConfigs(app, steps);
    for (const { file, scripts } of app.packages) {
      for (const [name, script] of scripts) {
        if (!checkScripts.test(name) || !swallowed.test(script) || tidying.test(script)) continue;
        yield { file, line: lineOf(app.read(file) ?? "", `"${name}"`), message: `The script \`${name}\` ends well whatever it finds: what it reports stops nobody. Take \`${(swallowed.exec(script)?.[0] ?? "").trim()}\` out.` };
      }
    }
    for (const { file, text, jobs } of workflows) {
      for (const step of jobs.flatMap((job) => job.steps)) {
        const isSwallowed = step.json["continue-on-error"] === true;
        if (!isSwallowed || !isCheck(step) || tidying.test(step.run) || reported.test(JSON.stringify(step.json))) continue;
        const name = typeof step.json["name"] === "string" ? step.json["name"] : (step.run.split("\n")[0] ?? "");
        yield { file, line: lineOf(text, name), message: `The step \`${name}\` may fail, and the workflow goes on as if it had passed (\`continue-on-error\`). Take that out once it passes.` };
      }
    }
  },
};
