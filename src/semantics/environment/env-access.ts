import type { TSESTree } from "@typescript-eslint/utils";

import { fileFacts } from "../../project/file.js";
import { moduleRecord } from "../../project/module-record.js";
import { modulesBehind } from "../../project/modules-behind.js";
import { pathInProject } from "../../project/path.js";
import { resolveSpecifier } from "../../project/resolve.js";
import { specifierFor } from "../../project/specifier.js";
import { addImport, type Edit, localNameOf, together } from "../../syntax/edit.js";
import { variableNamed } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { outermost } from "../../syntax/value.js";
import type { EnvSchema } from "./env-schema.js";
import { roleOf } from "../program/file-role.js";
import type { RawVariable } from "./raw-env.js";

/** How a file writes a variable of the env module, and what that takes. */
export interface EnvAccess {
  readonly code: string;
  readonly edit: Edit;
  /** Whether the code has the same values and types as before. */
  readonly isSafe: boolean;
}

const specifiers = new WeakMap<Source["ast"], string | null>();

function specifierOf(file: string, source: Source): string | null {
  const known = specifiers.get(source.ast);
  if (known !== undefined) return known;
  const found = specifierFor(file, source);
  specifiers.set(source.ast, found);
  return found;
}

/** How the module is spoken of: its path in the project. */
export function saidOf({ file }: EnvSchema, source: Source): string {
  const facts = fileFacts(source);
  return facts ? pathInProject({ ...facts, filename: file }) : file;
}

/** How a variable of the env module is written: `env.PORT`; `null` when it could not be told what the module exports. */
export function writtenAs(name: string, { exported, isFunction, variables }: EnvSchema): string | null {
  const named = variables.get(name)?.writtenAs;
  if (named !== undefined || exported === null) return named ?? null;
  return `${exported === "default" ? "env" : exported}${isFunction ? "()" : ""}.${name}`;
}

/** Whether the file already loads the env module, with whatever it does when it is loaded. */
const isLoaded = (file: string, source: Source): boolean => {
  const filename = fileFacts(source)?.filename;
  return (
    filename !== undefined &&
    source.ast.body.some((statement) => {
      if (statement.type !== "ImportDeclaration" || statement.importKind === "type") return false;
      const target = resolveSpecifier(statement.source.value, filename);
      return target !== null && "file" in target && target.file === file;
    })
  );
};

/** Whether loading the module asks more of a file than it may be able to give: a bundler for the server, or a runtime that has all the variables. */
const mayNotLoad = (file: string, filename: string, source: Source): boolean =>
  (moduleRecord(file)?.specifiers.includes("server-only") ?? true) || roleOf(source) === "edge" || /(?:^|[\\/])(?:middleware|proxy)\.[cm]?[jt]s$/.test(filename);

/** Reads a variable through the env module, wherever the file reads it raw; `null` when that takes a person. */
export function throughEnvModule({ name, reads, checked }: RawVariable, schema: EnvSchema, source: Source): EnvAccess | null {
  const { file, exported, isFunction } = schema;
  const filename = fileFacts(source)?.filename;
  if (!checked || exported === null || isFunction || filename === undefined || reads.some(({ node }) => node.type === "Property")) return null;
  if (modulesBehind(file)?.has(filename) !== false) return null;
  const specifier = specifierOf(file, source);
  if (specifier === null) return null;
  const local = localNameOf(exported, specifier, source) ?? (exported === "default" ? "env" : exported);
  const isShadowed = reads.some(({ node }) => {
    const meant = variableNamed(local, node, source)?.defs[0];
    return meant !== undefined && meant.type !== "ImportBinding";
  });
  const bring = isShadowed ? null : addImport(specifier, [{ imported: exported, local }], source);
  if (!bring) return null;
  const code = `${local}.${name}`;
  const isSame = checked.value.endsWith("text") && reads.every(({ node }) => keepsTypes(node, source));
  const isSafe = isSame && (isLoaded(file, source) || !mayNotLoad(file, filename, source));
  const replaced = reads.map(({ node }): Edit => {
    const whole = checked.value === "text" ? asserted(node, source) : node;
    return (fixer) => [fixer.replaceText(whole, code)];
  });
  return { code, isSafe, edit: together(bring, ...replaced) };
}

/** The read with the `!` and `as string` that a text without doubts does not need. */
function asserted(node: TSESTree.Node, source: Source): TSESTree.Node {
  let current = node;
  for (let { parent } = current; parent; { parent } = current) {
    const isString = parent.type === "TSAsExpression" && source.text.slice(...parent.typeAnnotation.range) === "string";
    if (parent.type !== "TSNonNullExpression" && !isString) break;
    current = parent;
  }
  return current;
}

/** A variable that begins as a text takes nothing else later on: `let url = process.env.URL; url = undefined;` */
function keepsTypes(node: TSESTree.Node, source: Source): boolean {
  if (!source.text.slice(...node.range).startsWith("process")) return false;
  const whole = outermost(node);
  const { parent } = whole;
  const isVariable = parent?.type === "VariableDeclarator" && parent.init === whole && parent.id.type === "Identifier" && !parent.id.typeAnnotation;
  return !(isVariable && parent.parent.kind !== "const") && parent?.type !== "SwitchStatement";
}
