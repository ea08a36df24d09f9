import { environmentModulePaths, environmentValidators } from "../../knowledge/configuration.js";
import { optionalParts } from "../../knowledge/environment.js";
import { readText } from "../../project/disk.js";
import { fileFacts } from "../../project/file.js";
import { moduleRecord } from "../../project/module-record.js";
import { loadModule } from "../../project/modules.js";
import { packageOf } from "../../project/package-json.js";
import { packageName, packageRoot } from "../../project/package-name.js";
import { pathInProject } from "../../project/path.js";
import { resolveSpecifier } from "../../project/resolve.js";
import { textSearch } from "../../project/source-texts.js";
import type { Source } from "../../syntax/source.js";
import { keyName, unwrap } from "../../syntax/value.js";
import { walk } from "../../syntax/walk.js";
import { roleOf } from "../program/file-role.js";
import { reachAround } from "../program/unreached.js";

/** The module in which a project validates its environment at the start. */
export interface EnvModule {
  readonly file: string;
  /** The package that it validates with. */
  readonly validator: string;
  /** Whether it stands where projects keep such a module, rather than being told by what it does alone. */
  readonly isUsual: boolean;
}

const validators = new Set(environmentValidators.map(({ module }) => module));

/** A whole environment, not one variable of it, a call that takes that by itself, or an instance that holds it and validates itself. */
const wholeEnvironment =
  /\b(?:process|Deno|Bun|import\.meta)\.env\b(?!\s*[.[?\w])|\bDeno\.env\.toObject\(|\b(?:createEnv|cleanEnv|customCleanEnv|parseEnv|envsafe|arkenv|envSchema|convict)\s*\(|\b(?:from\s*|require\()["']env-var["']|\bvalidate(?:Sync|OrReject)?\s*\(\s*this\b/;

/** A module that hands everything on as it is has validated nothing. */
const switchedOff = /\bskipValidation\s*:\s*true\b/;

/** The package with which a module validates the environment, or `null` when it does not. */
export function environmentValidatorIn(file: string): string | null {
  const imported = (moduleRecord(file)?.specifiers ?? []).map((specifier) => packageRoot(packageName(specifier)));
  const validator = imported.find((name) => validators.has(name));
  const text = validator === undefined ? "" : (readText(file) ?? "");
  return validator !== undefined && wholeEnvironment.test(text) && !switchedOff.test(text) ? validator : null;
}

/** How long a project is taken to have the module that it had, in milliseconds. */
const age = 1_000;

const known = new Map<string, { until: number; found: EnvModule | null }>();

/** Whether anything may load a module: one that nothing leads to validates nothing. */
const isLoaded = (file: string, source: Source): boolean => reachAround(source)?.unreached.has(file) !== true;

function findIn(directory: string, dependencies: Iterable<string>, source: Source): EnvModule | null {
  const from = `${directory}/package.json`;
  const shared = [...dependencies].filter((name) => /(?:^|[/-])env$/.test(name));
  for (const specifier of [...environmentModulePaths.map((path) => `./${path}`), ...shared]) {
    const target = resolveSpecifier(specifier, from);
    if (!target || !("file" in target)) continue;
    const validator = environmentValidatorIn(target.file);
    if (validator !== null && isLoaded(target.file, source)) return { file: target.file, validator, isUsual: true };
  }
  return null;
}

const filesWithEnvironment = textSearch(wholeEnvironment);

/** Whether a module is one of the app itself, and not of a script, a test or a part that may be left out. */
function isOfApp(file: string, source: Source): boolean {
  const facts = fileFacts(source);
  const module = loadModule(file, source);
  return facts !== null && module !== null && /^(?:server|unknown|config)$/.test(roleOf(module)) && !optionalParts.test(pathInProject({ ...facts, filename: file }));
}

/** The one module of a package that hands the environment to a validator, wherever it stands: of two, each knows a part. */
function findBelow(directory: string, source: Source): EnvModule | null {
  const found = filesWithEnvironment(directory).flatMap((file): EnvModule[] => {
    const validator = environmentValidatorIn(file);
    return validator !== null && isOfApp(file, source) && isLoaded(file, source) ? [{ file, validator, isUsual: false }] : [];
  });
  const [only] = found;
  return found.length === 1 && only ? only : null;
}

/**
 * The module in which the file's package validates its environment, found by what it does: it imports a validator and hands it the
 * environment. Where projects keep such a module is only where to look first.
 */
export function envModuleOf(source: Source): EnvModule | null {
  const facts = fileFacts(source);
  const own = facts && packageOf(facts.filename);
  if (!own) return null;
  const now = Date.now();
  const entry = known.get(own.dir);
  if (entry && now < entry.until) return entry.found;
  const mayHaveOne = [...own.dependencies.keys()].some((name) => validators.has(name));
  const found = findIn(own.dir, own.dependencies.keys(), source) ?? (mayHaveOne ? findBelow(own.dir, source) : null);
  known.set(own.dir, { until: now + age, found });
  return found;
}

const optional = /\.(?:default|prefault|optional|nullish|catch)\s*\(|\b(?:default|devDefault)\s*:|\b(?:optional|nullish)\s*\(/;

/** Whether the project does not start without a variable: its env module asks for it, and has no default. */
export function isRequiredByEnvModule(name: string, source: Source): boolean {
  const module = envModuleOf(source);
  if (!module || !readText(module.file)?.includes(name)) return false;
  const schema = loadModule(module.file, source);
  if (!schema) return false;
  return walk(schema.ast, schema, (node) => {
    if (node.type !== "Property" || keyName(node.key, node.computed) !== name || unwrap(node.value).type !== "CallExpression") return true;
    return optional.test(schema.text.slice(...node.value.range)) ? true : "stop";
  });
}
