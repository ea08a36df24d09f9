import type { TSESTree } from "@typescript-eslint/utils";

import { fileFacts } from "../../project/file.js";
import { isObject } from "../../project/json.js";
import { packageOf } from "../../project/package-json.js";
import { resolveSpecifier } from "../../project/resolve.js";
import type { Source } from "../../syntax/source.js";
import { stringValue } from "../../syntax/value.js";
import { walk } from "../../syntax/walk.js";

const usualEntry = /^(?:server|index|main|app|worker)(?:\.server)?\.[cm]?[jt]sx?$/;

/** Whether a package starts or builds a file by itself: a script names it, or it stands beside the package.json under such a name. */
function isEntry(path: string, { scripts, main }: { readonly scripts?: unknown; readonly main?: unknown }): boolean {
  if (usualEntry.test(path)) return true;
  const commands = [main, ...(isObject(scripts) ? Object.values(scripts) : [])].filter((command) => typeof command === "string");
  return commands.some((command) => command.split(/[\s"'=,;]+/).some((word) => word.replace(/^\.\//, "") === path));
}

const isTypeOnly = (statement: TSESTree.ImportDeclaration | TSESTree.ExportNamedDeclaration): boolean => {
  if (statement.type === "ExportNamedDeclaration") return statement.exportKind === "type";
  const { importKind, specifiers } = statement;
  return importKind === "type" || (specifiers.length > 0 && specifiers.every((specifier) => specifier.type === "ImportSpecifier" && specifier.importKind === "type"));
};

interface Taken {
  /** The modules of the workspace that a file loads when it runs. */
  readonly values: readonly string[];
  /** Whether there are others of which it takes the types alone. */
  readonly hasTypes: boolean;
}

function takenBy(source: Source, filename: string): Taken {
  const values: string[] = [];
  let hasTypes = false;
  walk(source.ast, source, (node) => {
    const specifier = specifierAt(node);
    const target = specifier === null ? null : resolveSpecifier(specifier, filename);
    if (!target || !("file" in target)) return;
    if ((node.type === "ImportDeclaration" || node.type === "ExportNamedDeclaration") && isTypeOnly(node)) hasTypes = true;
    else values.push(target.file);
  });
  return { values, hasTypes };
}

function specifierAt(node: TSESTree.Node): string | null {
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
    case "ImportExpression":
      return stringValue(node.source);
    case "CallExpression":
      return node.callee.type === "Identifier" && node.callee.name === "require" ? stringValue(node.arguments[0]) : null;
    default:
      return null;
  }
}

const firstFolder = (path: string): string | null => (path.includes("/") ? path.slice(0, path.indexOf("/")) : null);

/**
 * Whether a file is an entry of its own, which has nothing of the app at run time: it takes nothing but types from the project's modules,
 * or stands outside the folder that another module belongs to and loads nothing from there.
 */
export function isBuiltAlone(module: string, source: Source): boolean {
  const filename = fileFacts(source)?.filename;
  const own = filename === undefined ? null : packageOf(filename);
  if (filename === undefined || !own) return false;
  const pathOf = (file: string): string => (file.startsWith(own.dir) ? file.slice(own.dir.length + 1).replaceAll("\\", "/") : file);
  const path = pathOf(filename);
  if (!isEntry(path, own.json)) return false;
  const { values, hasTypes } = takenBy(source, filename);
  if (hasTypes && values.length === 0) return true;
  const folder = firstFolder(pathOf(module));
  return folder !== null && folder !== firstFolder(path) && values.every((file) => firstFolder(pathOf(file)) !== folder);
}
