import { isBeside, isLibrary } from "../app.js";
import { counted } from "../titles.js";
import type { Check } from "./check.js";

const locks = /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|deno\.lock)$/;

export const requireLockfile: Check = {
  name: "require-lockfile",
  title: "No lock file for the dependencies",
  description: "Require the versions of all dependencies to be kept with the code",
  concern: "deployment",
  impact: "outage",
  urgency: "next",
  read: { true: 1, doubtful: 0, wrong: 0, gone: 0 },
  silentOn: ["training"],
  *run(app) {
    const { files, packages } = app;
    const [first] = packages.filter(({ folder }) => folder === "");
    if (!first || first.dependencies.size === 0 || isLibrary(first)) return;
    if (files.some((file) => locks.test(file) && !isBeside(file))) return;
    yield {
      file: first.file,
      message: `Each build installs other versions of ${counted(first.dependencies.size, "dependency", "dependencies")} than the last one did, and one of them breaks some day without a change of yours. ${/^\/?(?:package-lock\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?)\s*$/m.test(app.read(".gitignore") ?? "") ? "Take the lock file out of `.gitignore`, and commit it." : "Commit the lock file of your package manager."}`,
    };
  },
};
