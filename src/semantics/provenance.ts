import type { TSESTree } from "@typescript-eslint/utils";

import { currentPass } from "../project/file.js";
import { follow } from "../project/modules.js";
import { createProvenance, type Origin, type Value } from "../syntax/provenance.js";
import type { Source } from "../syntax/source.js";
import { webFrameworks } from "../knowledge/web-frameworks.js";
import { clientPackages, passThroughs } from "../knowledge/packages.js";
import { isDatabasePackage } from "./databases.js";

export { GLOBAL, type Origin, stepsText, type Value } from "../syntax/provenance.js";

/** Builders that are made in one file (`publicProcedure`, `authenticatedAction`) and register handlers in many. */
const builderPackages = new Set(webFrameworks.flatMap(({ registrations = [] }) => registrations.flatMap(({ modules, through }) => (through === "any" ? modules : []))));

const isClientPackage = (name: string): boolean => clientPackages.has(name) || builderPackages.has(name) || isDatabasePackage(name);

function passesThrough({ module, steps }: Origin): number | null {
  return passThroughs.some((entry) => entry.module === module && entry.calls.includes(steps.join("."))) ? 0 : null;
}

/** Follows into those modules of the project only that lead to a package which the tables know: the rest cannot bring a client. */
const clients = createProvenance({ follow: (specifier, from) => follow(specifier, from, isClientPackage), passesThrough, pass: currentPass });

/** Follows into every module of the project that a name is imported from. */
const everything = createProvenance({ follow: (specifier, from) => follow(specifier, from, null), passesThrough, pass: currentPass });

/**
 * Where an expression comes from, when it can be followed to a package or to the host: through aliases, `require`,
 * destructuring, const hops, re-exports, other files of the workspace, client instances, fields and typed parameters.
 *
 * @returns `null` for what is the project's own, or cannot be known.
 */
export const originOf = (node: TSESTree.Node, source: Source): Origin | null => clients.originOf(node, source);

/**
 * What an expression is, the project's own functions, classes and objects included, wherever in the workspace they stand.
 * It parses the modules on the way, so ask for it last.
 */
export const definitionOf = (node: TSESTree.Node, source: Source): Value | null => everything.valueOf(node, source);

/** Whether an origin is one of a module's exports: `isFrom(origin, "axios", "get")`, `"Pool()"` for an instance. */
export const isFrom = (origin: Origin | null, module: string, ...steps: string[]): boolean =>
  origin?.module === module && origin.steps.length === steps.length && steps.every((step, index) => origin.steps[index] === step);
