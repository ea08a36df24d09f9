import { isObject } from "../../project/json.js";
import { lineOf } from "../app.js";
import type { Check } from "./check.js";
import { deployJobsOf, deploymentsOf } from "./deployments.js";
import { workflowsOf } from "./ci.js";

/** Names of environments that are not the one that people use. */
const rehearsal = /\b(?:stag(?:e|ing)|stg|preview|pre-?prod\w*|uat|qa|sandbox|canary|beta|develop(?:ment)?|dev|test-?env)\b/i;

const nameOf = (environment: unknown): string => (typeof environment === "string" ? environment : isObject(environment) && typeof environment["name"] === "string" ? environment["name"] : "");

export const requireStaging: Check = {
  name: "require-staging",
  title: "Changes meet the users first",
  description: "Require an environment in which a change is tried before users meet it",
  concern: "deployment",
  impact: "outage",
  urgency: "next",
  read: null,
  silentOn: ["training", "product"],
  *run(app) {
    const deployments = deploymentsOf(app);
    const workflows = workflowsOf(app).filter((workflow) => deployJobsOf(workflow).length > 0);
    const [first] = workflows;
    if (!first || deployments.some(({ previews }) => previews)) return;
    if (app.files.some((file) => rehearsal.test(file) && /\.(?:ya?ml|toml|json|tf|env\.\w+)$/.test(file) && /^(?:\.github|deploy|k8s|infra|helm|terraform|\.do|fly)/.test(file))) return;
    // A text speaks of one where a name, a branch or a command does.
    if (workflows.some(({ text, jobs }) => rehearsal.test(text.replace(/#.*$/gm, "")) || jobs.some(({ json }) => rehearsal.test(nameOf(json["environment"])) || /\$\{\{/.test(nameOf(json["environment"]))))) return;
    const [job] = deployJobsOf(first);
    yield {
      file: first.file,
      line: lineOf(first.text, new RegExp(`^\\s+${job?.id ?? ""}:`, "m")),
      message: `\`${job?.id ?? "deploy"}\` is the only way to a place where the app runs, and that is production: whatever tests do not show, users do. Add an environment of its own that each change reaches first.`,
    };
  },
};
