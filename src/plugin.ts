import manifest from "../package.json" with { type: "json" };
import { prisma } from "./languages/prisma/language.js";
import { sql } from "./languages/sql/language.js";
import { rules } from "./rules/index.js";

/** The plugin without its configs: they point back at this object, so they are joined in `index.ts`. */
export const plugin = {
  meta: { name: manifest.name, version: manifest.version, namespace: "hardening" },
  languages: { prisma, sql },
  rules,
};
