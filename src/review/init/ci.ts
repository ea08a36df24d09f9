import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { folderInRepository, repositoryOf } from "../git.js";
import type { Outcome } from "./change.js";

const folder = ".github/workflows";

/** @param below where the project is in its repository */
const workflowFor = (below: string): string => `name: Hardening${below === "" ? "" : ` of ${below}`}

on:
  pull_request:
  push:
    branches: [main, master]

permissions:
  contents: read

jobs:
  review:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      # Needs no installation of the app, and runs nothing of it.
      - run: npx --yes eslint-plugin-hardening --fail-on now
${below === "" ? "" : `        working-directory: ${below}\n`}`;

/** Other places that describe what is run on a change. */
const others: readonly (readonly [file: string, step: string])[] = [
  [".gitlab-ci.yml", "GitLab"],
  [".circleci/config.yml", "CircleCI"],
  ["azure-pipelines.yml", "Azure Pipelines"],
  ["bitbucket-pipelines.yml", "Bitbucket"],
];

/** A workflow of its own; those that a project has are left as they are. */
export function ciStep(project: string): Outcome {
  // Nothing runs workflows that stand below the root of a repository.
  const root = repositoryOf(project) ?? project;
  const below = folderInRepository(project);
  const up = below === "" ? "" : below.replaceAll(/[^/]+/g, "..") + "/";
  const file = `${folder}/hardening${below === "" ? "" : `-${below.replaceAll(/[^\w.-]+/g, "-")}`}.yml`;
  const speaksOf = (text: string): boolean => text.includes("eslint-plugin-hardening") && (below === "" || text.includes(below));
  const names = existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : [];
  const running = names.find((name) => /\.ya?ml$/.test(name) && speaksOf(readFileSync(join(root, folder, name), "utf8")));
  if (running !== undefined) return { done: `${up}${folder}/${running} runs the review already.` };
  const other = others.find(([name]) => existsSync(join(root, name)));
  if (other && names.length === 0) {
    if (speaksOf(readFileSync(join(root, other[0]), "utf8"))) return { done: `${up}${other[0]} runs the review already.` };
    return { todo: `For ${other[1]}, add this step to ${up}${other[0]}:\n\n    npx --yes eslint-plugin-hardening ${below === "" ? "" : `${below} `}--fail-on now\n` };
  }
  if (existsSync(join(root, file))) return { todo: `${up}${file} is there and does something else, so it was left alone. The step is:\n\n    npx --yes eslint-plugin-hardening ${below === "" ? "" : `${below} `}--fail-on now\n` };
  return { change: { file: `${up}${file}`, before: null, after: workflowFor(below) } };
}
