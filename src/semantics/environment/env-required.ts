import type { TSESTree } from "@typescript-eslint/utils";

import { readText } from "../../project/disk.js";
import { fileFacts } from "../../project/file.js";
import { loadModule } from "../../project/modules.js";
import { packageOf } from "../../project/package-json.js";
import { textQuestion, textSearch } from "../../project/source-texts.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, unwrap } from "../../syntax/value.js";
import { walk } from "../../syntax/walk.js";
import { isRequiredByEnvModule } from "./env-module.js";
import { stopsAtStartWithout } from "./env-stops.js";
import { isServerSide } from "../program/file-role.js";
import { originOf } from "../program/provenance.js";
import { isUnreached } from "../program/unreached.js";

/** Nest validates with it before the app starts. */
const handsSchema = textQuestion(/\bvalidationSchema\s*[:,}]/);

const schemas = textSearch(/from\s*["']joi["']|require\(\s*["']joi["']\s*\)/);

/** The methods of a chain: `string`, `min`, `required` of `Joi.string().min(32).required()`. */
function methodsOf(node: TSESTree.Node): string[] {
  const found: string[] = [];
  for (let current = unwrap(node); current.type === "CallExpression" && current.callee.type === "MemberExpression"; current = unwrap(current.callee.object)) found.push(memberName(current.callee) ?? "");
  return found;
}

/** Whether the schema that Nest's configuration is given demands a variable everywhere. Joi asks for nothing that is not called required. */
function isRequiredByNest(name: string, source: Source): boolean {
  const filename = fileFacts(source)?.filename;
  const own = filename === undefined ? null : packageOf(filename);
  if (!own || handsSchema(own.dir) !== true) return false;
  return schemas(own.dir).some((file) => {
    const schema = readText(file)?.includes(name) ? loadModule(file, source) : null;
    if (!schema) return false;
    return walk(schema.ast, schema, (node) => {
      if (node.type !== "Property" || keyName(node.key, node.computed) !== name) return true;
      const methods = methodsOf(node.value);
      return methods.includes("required") && !methods.includes("default") && originOf(node.value, schema)?.module === "joi" ? "stop" : true;
    });
  });
}

/** Files that may stop the app for want of a variable. */
const stopping = textSearch(/\bthrow\b|\bexit\s*\(|\bgetOrThrow\b/);

/** The app of several that share a package: `apps/api`. */
const appOf = (path: string): string | null => /[\\/]apps[\\/][^\\/]+(?=[\\/])/.exec(path)?.[0] ?? null;

/** Whether a module that the app loads lets it go no further where a variable is missing. */
function isRequiredOnLoad(name: string, source: Source): boolean {
  const filename = fileFacts(source)?.filename;
  const own = filename === undefined ? null : packageOf(filename);
  if (filename === undefined || !own) return false;
  return stopping(own.dir).some((file) => {
    const module = appOf(file.slice(own.dir.length)) === appOf(filename.slice(own.dir.length)) && readText(file)?.includes(name) ? loadModule(file, source) : null;
    if (!module || !isServerSide(module) || isUnreached(module)) return false;
    return walk(module.ast, module, (node) => (stopsAtStartWithout(name, node, module) ? "stop" : true));
  });
}

/** Whether the project does not start without a variable. */
export const isRequiredAtStart = (name: string, source: Source): boolean => isRequiredByEnvModule(name, source) || isRequiredByNest(name, source) || isRequiredOnLoad(name, source);
