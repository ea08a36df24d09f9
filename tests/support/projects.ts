import { fileURLToPath } from "node:url";

/** The projects that cases and pages can live in: a package.json and whatever else a rule looks up, seldom any code. */
export const projectFolder = (name: string): string => fileURLToPath(new URL(`../fixtures/projects/${name}`, import.meta.url));
