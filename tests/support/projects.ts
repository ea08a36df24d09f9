import { fileURLToPath } from "node:url";

/** The project of a case or a page's block that names none. */
export const plainProject = "plain";

/** The projects that cases and blocks can live in: a package.json and whatever else a rule looks up, seldom any code. */
export const projectFolder = (name = plainProject): string => fileURLToPath(new URL(`../fixtures/projects/${name}`, import.meta.url));
