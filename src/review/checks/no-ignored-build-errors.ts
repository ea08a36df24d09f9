import { lineOf } from "../app.js";
import { among } from "../../semantics/program/wording.js";
import type { Check } from "./check.js";
import { checksNothing, isCheck, type Job, type Step, workflowsOf } from "./ci.js";
import { ignoredErrorsOf } from "./ignored-builds.js";

/** Scripts that are there to say no. */
const checkScripts = /^(?:test|lint|type-?check|types|check|ci|build|verify|tsc)(?:[:.-][\w:.-]*)?$/;

const swallowed = /\|\|\s*(?:true\s*|exit 0\s*|echo\b[^&|]*)$|;\s*exit 0\s*$/;

/** Steps whose findings go somewhere else, or that are tried out. */
const reported = /e2e|playwright|coverage|preview|snyk|trivy|semgrep|bandit|safety|sarif|codeql|audit|scan|vulnerab|security|dependabot|renovate|canary|nightly|next\b|experimental/i;

/** Workflows and jobs that mend what they find and go on: https://autofix.ci */
const mending = /auto-?fix|auto-?format/i;

/** What comes after a step that merely tidies up. */
const tidying = /\b(?:rm|kill|pkill|docker|mkdir|cp|audit|codecov|upload|grep|curl|diff|du|ls|cat|chmod|git)\b/;

const nameOf = ({ json, run }: Step): string => (typeof json["name"] === "string" ? json["name"] : (run.split("\n")[0] ?? ""));

/** Whether a step is there to say no, and is not heard. */
const isUnheard = (step: Step): boolean => step.json["continue-on-error"] === true && isCheck(step) && !tidying.test(step.run) && !reported.test(JSON.stringify(step.json));

const isAside = ({ id, json, steps }: Job): boolean => {
  const name = `${id} ${typeof json["name"] === "string" ? json["name"] : ""}`;
  return reported.test(name) || mending.test(name) || steps.some(({ uses }) => mending.test(uses));
};

/** Whether workflows run another script of a package that looks at types, and is heard. */
const isCheckedBeside = (scripts: ReadonlyMap<string, string>, steps: readonly string[]): boolean =>
  [...scripts].some(([name, script]) => /\btsc\b/.test(script) && checkScripts.test(name.replace(/^check[-:]/, "")) && !swallowed.test(script) && steps.some((step) => step.split(/[\s'"]+/).includes(name)));

export const noIgnoredBuildErrors: Check = {
  name: "no-ignored-build-errors",
  title: "Checks that cannot fail",
  description: "Disallow builds and checks that go on when they find errors",
  concern: "deployment",
  impact: "outage",
  urgency: "next",
  read: { true: 1, doubtful: 0, wrong: 0, gone: 1 },
  silentOn: ["training"],
  *run(app) {
    const workflows = workflowsOf(app);
    const steps = workflows.flatMap(({ jobs }) => jobs.flatMap((job) => job.steps.filter(({ json }) => json["continue-on-error"] !== true).map(({ run }) => run)));
    // Where nothing at all checks a change, require-ci-checks says so, and this with it.
    for (const { file, line, settings, said } of checksNothing(app) ? [] : ignoredErrorsOf(app, steps)) {
      const one = settings.length === 1;
      yield { file, line, message: `${among(settings, 2)} ${one ? "lets" : "let"} code ${said} go live, and no workflow checks it instead. Take ${one ? "it" : "them"} out and mend what then fails, or check it in CI before a deployment.` };
    }
    for (const { file, scripts } of app.packages) {
      for (const [name, script] of scripts) {
        if (!checkScripts.test(name) || !swallowed.test(script) || tidying.test(script) || isCheckedBeside(scripts, steps)) continue;
        yield { file, line: lineOf(app.read(file) ?? "", `"${name}"`), message: `The script \`${name}\` ends well whatever it finds: what it reports stops nobody. Take \`${(swallowed.exec(script)?.[0] ?? "").trim()}\` out.` };
      }
    }
    for (const { file, text, json, jobs } of workflows) {
      if (mending.test(`${file} ${typeof json["name"] === "string" ? json["name"] : ""}`)) continue;
      for (const step of jobs.filter((job) => !isAside(job)).flatMap((job) => job.steps.filter(isUnheard))) {
        const name = nameOf(step);
        yield { file, line: lineOf(text, name), message: `The step \`${name}\` may fail, and the workflow goes on as if it had passed (\`continue-on-error\`). Take that out once it passes.` };
      }
    }
  },
};
