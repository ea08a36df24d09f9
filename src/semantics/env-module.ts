import { environmentModulePaths, environmentValidators } from "../knowledge/configuration.js";
import { readText } from "../project/disk.js";
import { fileFacts } from "../project/file.js";
import { loadModule, moduleRecord } from "../project/modules.js";
import { packageOf } from "../project/package-json.js";
import { packageName, packageRoot } from "../project/package-name.js";
import { resolveSpecifier } from "../project/resolve.js";
import type { Source } from "../syntax/source.js";
import { keyName, unwrap } from "../syntax/value.js";
import { walk } from "../syntax/walk.js";

/** The module in which a project validates its environment at the start. */
export interface EnvModule {
  readonly file: string;
  /** The package that it validates with. */
  readonly validator: string;
}

const validators = new Set(environmentValidators.map(({ module }) => module));

/** A whole environment, not one variable of it, a call that takes that by itself, or an instance that holds it and validates itself. */
const wholeEnvironment =
  /\b(?:process|Deno|Bun|import\.meta)\.env\b(?!\s*[.[?\w])|\b(?:createEnv|cleanEnv|parseEnv|envsafe|envSchema|convict)\s*\(|\bfrom\s*["']env-var["']|\bvalidate(?:Sync|OrReject)?\s*\(\s*this\b/;

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

function findIn(directory: string, dependencies: Iterable<string>): EnvModule | null {
  const from = `${directory}/package.json`;
  const shared = [...dependencies].filter((name) => /(?:^|[/-])env$/.test(name));
  for (const specifier of [...environmentModulePaths.map((path) => `./${path}`), ...shared]) {
    const target = resolveSpecifier(specifier, from);
    if (!target || !("file" in target)) continue;
    const validator = environmentValidatorIn(target.file);
    if (validator !== null) return { file: target.file, validator };
  }
  return null;
}

/**
 * The module in which the file's package validates its environment, found by what it does, among the places where projects keep it:
 * it imports a validator and hands it the environment.
 */
export function envModuleOf(source: Source): EnvModule | null {
  const facts = fileFacts(source);
  const own = facts && packageOf(facts.filename);
  if (!own) return null;
  const now = Date.now();
  const entry = known.get(own.dir);
  if (entry && now < entry.until) return entry.found;
  const found = findIn(own.dir, own.dependencies.keys());
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
