import type { TSESTree } from "@typescript-eslint/utils";

import { currentPass } from "../../project/file.js";
import { follow } from "../../project/modules.js";
import { createProvenance, type Origin, type Value } from "../../syntax/provenance.js";
import type { Source } from "../../syntax/source.js";
import { httpClients } from "../../knowledge/http-clients.js";
import { clientPackages, type PassThrough, passThroughs } from "../../knowledge/packages.js";
import { sdks } from "../../knowledge/sdks.js";
import { webFrameworks } from "../../knowledge/web-frameworks.js";
import { isDatabaseObject, isDatabasePackage } from "../queries/databases.js";

export { GLOBAL, type Origin, stepsText, type Value } from "../../syntax/provenance.js";

const httpPackages = new Set(httpClients.flatMap(({ from, instances }) => (instances && "module" in from ? [from.module] : [])));
const isSdk = (name: string): boolean => sdks.some(({ module }) => (module.endsWith("*") ? name.startsWith(module.slice(0, -1)) : name === module));

/** Builders that are made in one file (`publicProcedure`, `authenticatedAction`) and register handlers in many. */
const builderPackages = new Set(webFrameworks.flatMap(({ registrations = [] }) => registrations.flatMap(({ modules, through }) => (through === "any" ? modules : []))));

const isClientPackage = (name: string): boolean => clientPackages.has(name) || builderPackages.has(name) || httpPackages.has(name) || isDatabasePackage(name) || isSdk(name);

const passesThrough = ({ module, steps }: Pick<Origin, "module" | "steps">): PassThrough | null =>
  passThroughs.find((entry) => entry.module === module && entry.calls.includes(steps.join("."))) ?? null;

/** Follows into those modules of the project only that lead to a package which the tables know: the rest cannot bring a client. */
const clients = createProvenance({ follow: (specifier, from, sought) => follow(specifier, from, isClientPackage, sought), passesThrough, isClient: isDatabaseObject, pass: currentPass });

/** Follows into every module of the project that a name is imported from. */
const everything = createProvenance({ follow: (specifier, from, sought) => follow(specifier, from, null, sought), passesThrough, isClient: isDatabaseObject, pass: currentPass });

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
