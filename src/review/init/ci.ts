import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Outcome } from "./change.js";

const folder = ".github/workflows";
const file = `${folder}/hardening.yml`;

const workflow = `name: Hardening

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
`;

/** Other places that describe what is run on a change. */
const others: readonly (readonly [file: string, step: string])[] = [
  [".gitlab-ci.yml", "GitLab"],
  [".circleci/config.yml", "CircleCI"],
  ["azure-pipelines.yml", "Azure Pipelines"],
  ["bitbucket-pipelines.yml", "Bitbucket"],
];

/** A workflow of its own; those that a project has are left as they are. */
export function ciStep(root: string): Outcome {
  const names = existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : [];
  const running = names.find((name) => /\.ya?ml$/.test(name) && readFileSync(join(root, folder, name), "utf8").includes("eslint-plugin-hardening"));
  if (running !== undefined) return { done: `${folder}/${running} runs the review already.` };
  const other = others.find(([name]) => existsSync(join(root, name)));
  if (other && names.length === 0) {
    if (readFileSync(join(root, other[0]), "utf8").includes("eslint-plugin-hardening")) return { done: `${other[0]} runs the review already.` };
    return { todo: `For ${other[1]}, add this step to ${other[0]}:\n\n    npx --yes eslint-plugin-hardening --fail-on now\n` };
  }
  if (existsSync(join(root, file))) return { todo: `${file} is there and does something else, so it was left alone. The step is:\n\n    npx --yes eslint-plugin-hardening --fail-on now\n` };
  return { change: { file, before: null, after: workflow } };
}
