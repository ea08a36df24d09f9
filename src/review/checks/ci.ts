import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";

import { isObject, type JsonObject } from "../../project/json.js";
import type { App } from "../app.js";

export interface Step {
  readonly run: string;
  readonly uses: string;
  readonly json: JsonObject;
}

export interface Job {
  readonly id: string;
  readonly json: JsonObject;
  readonly steps: readonly Step[];
}

/** A workflow of GitHub Actions. */
export interface Workflow {
  readonly file: string;
  readonly text: string;
  readonly json: JsonObject;
  readonly jobs: readonly Job[];
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** A YAML file as an object; `null` where it is none. */
function yamlOf(text: string): JsonObject | null {
  try {
    const value: unknown = parseDocument(text, { logLevel: "silent" }).toJS({ maxAliasCount: 1_000 });
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

const jobsOf = (json: JsonObject): Job[] =>
  Object.entries(isObject(json["jobs"]) ? json["jobs"] : {}).flatMap(([id, job]) => {
    if (!isObject(job)) return [];
    const steps = Array.isArray(job["steps"]) ? (job["steps"] as unknown[]).filter(isObject) : [];
    return [{ id, json: job, steps: steps.map((step) => ({ run: textOf(step["run"]), uses: textOf(step["uses"]), json: step })) }];
  });

/** The workflows of an app. */
export const workflowsOf = (app: App): Workflow[] =>
  app.files
    .filter((file) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(file))
    .flatMap((file) => {
      const text = app.read(file) ?? "";
      const json = yamlOf(text);
      return json ? [{ file, text, json, jobs: jobsOf(json) }] : [];
    });

/** Other services that run checks: https://docs.gitlab.com/ci/ and its neighbours. */
const others = /^(?:\.gitlab-ci\.ya?ml|\.travis\.ya?ml|\.circleci\/config\.ya?ml|azure-pipelines.*\.ya?ml|bitbucket-pipelines\.ya?ml|Jenkinsfile|\.drone\.ya?ml|\.buildkite\/.+|cloudbuild\.ya?ml|\.woodpecker.*|\.forgejo\/.+|\.gitea\/.+|\.semaphore\/.+|appveyor\.yml|\.cirrus\.ya?ml|buildspec\.ya?ml|codemagic\.yaml|\.ci\/.+|\.depot\/workflows\/.+|\.blacksmith\/.+)$/;

const hasOtherCi = ({ files }: App): boolean => files.some((file) => others.test(file));

/** What checks code: a command of a step, or the name of the script that it runs. */
const checking = /\b(?:tests?|vitest|jest|mocha|ava|playwright|cypress|lint|eslint|biome|oxlint|tsc|vue-tsc|type-?check|types|check|checks|build|validate|verify|turbo|nx)\b/i;

/** Whether a step checks the code, rather than only install, release or deploy it. */
export const isCheck = ({ run, uses }: Step): boolean => run.split("\n").some((line) => checking.test(line) && !/^\s*(?:#|docker\s+(?:build|buildx|push)|(?:npm|pnpm|yarn|bun)\s+(?:ci|i|install|add)\b)/.test(line)) || /playwright|cypress-io|biome|eslint|super-linter|reviewdog/i.test(uses);

/** What fails in an image when the code does not compile. */
const building = /\b(?:tsc|next build|vite build|turbo|(?:npm|pnpm|yarn|bun)\s+(?:run\s+)?build)\b/;

/** Whether nothing runs types, lint, tests or a build on a change, as far as the repository shows. */
export function checksNothing(app: App): boolean {
  // A folder of a repository does not show what is run at the repository's root.
  if (!existsSync(join(app.root, ".git")) && !app.files.some((file) => file.startsWith(".github/"))) return false;
  const isBuilt = (step: Step): boolean => (/^docker\/build-push-action@/.test(step.uses) || /\bdocker\s+(?:buildx\s+)?build\b/.test(step.run)) && app.files.some((file) => /(?:^|\/)(?:[\w.-]+\.)?Dockerfile(?:\.[\w-]+)?$/i.test(file) && building.test(app.read(file) ?? ""));
  return !hasOtherCi(app) && !workflowsOf(app).some(({ jobs }) => jobs.some(({ steps, json }) => typeof json["uses"] === "string" || steps.some((step) => isCheck(step) || isBuilt(step))));
}
