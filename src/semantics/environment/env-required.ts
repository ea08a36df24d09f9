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

const guarded = textSearch(/\bif\s*\(\s*!\s*process\.env\b/);

/** Whether an expression is a member of `process`: `process.env`, `process.exit`. */
function isOfProcess(node: TSESTree.Node, name: string): boolean {
  const inner = unwrap(node);
  return inner.type === "MemberExpression" && memberName(inner) === name && inner.object.type === "Identifier" && inner.object.name === "process";
}

/** Whether a condition holds wherever a variable is missing: `!process.env.A`, `!process.env.A || !process.env.B`. */
function isMissing(test: TSESTree.Node, name: string): boolean {
  const inner = unwrap(test);
  if (inner.type === "LogicalExpression") return inner.operator === "||" && (isMissing(inner.left, name) || isMissing(inner.right, name));
  if (inner.type !== "UnaryExpression" || inner.operator !== "!") return false;
  const read = unwrap(inner.argument);
  return read.type === "MemberExpression" && memberName(read) === name && isOfProcess(read.object, "env");
}

/** Whether a statement ends the process, or keeps its module from being loaded. */
function endsProcess(node: TSESTree.Statement): boolean {
  if (node.type === "BlockStatement") return node.body.some(endsProcess);
  return node.type === "ThrowStatement" || (node.type === "ExpressionStatement" && node.expression.type === "CallExpression" && isOfProcess(node.expression.callee, "exit"));
}

/** Whether a module that the server loads goes no further where a variable is missing: `if (!process.env.A) process.exit(1)`, in no function. */
function isRequiredOnLoad(name: string, source: Source): boolean {
  const filename = fileFacts(source)?.filename;
  const own = filename === undefined ? null : packageOf(filename);
  if (!own) return false;
  return guarded(own.dir).some((file) => {
    const module = readText(file)?.includes(name) ? loadModule(file, source) : null;
    if (!module || !isServerSide(module) || isUnreached(module)) return false;
    return module.ast.body.some((statement) => statement.type === "IfStatement" && isMissing(statement.test, name) && endsProcess(statement.consequent));
  });
}

/** Whether the project does not start without a variable. */
export const isRequiredAtStart = (name: string, source: Source): boolean => isRequiredByEnvModule(name, source) || isRequiredByNest(name, source) || isRequiredOnLoad(name, source);
