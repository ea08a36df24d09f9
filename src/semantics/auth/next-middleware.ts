import type { TSESTree } from "@typescript-eslint/utils";

import { rootFile } from "../../project/nearby.js";
import { fileFacts } from "../../project/file.js";
import { loadModule } from "../../project/modules.js";
import { exportsNamed } from "../../syntax/exports.js";
import type { Source } from "../../syntax/source.js";
import { propertyOf, resolveConst, stringValue, unwrap } from "../../syntax/value.js";
import { isFunction } from "../../syntax/walk.js";
import { type Asked, askedBy } from "./asked.js";
import { declaredAs } from "../program/declarations.js";

const names = ["proxy", "middleware"].flatMap((name) => ["ts", "js", "mjs"].flatMap((ending) => [`${name}.${ending}`, `src/${name}.${ending}`]));

/** The module that Next runs before it routes a request, of the package that a file is in. */
function moduleBefore(source: Source): Source | null {
  const facts = fileFacts(source);
  const file = facts && rootFile(facts.filename, names);
  return !file || file === facts.filename ? null : loadModule(file, source);
}

function exported(module: Source): TSESTree.Node | null {
  for (const name of ["proxy", "middleware", "default"]) {
    for (const candidate of exportsNamed(name, module)) if (candidate.kind === "own") return candidate.node;
  }
  return null;
}

/** The patterns of `config.matcher`; `null` where there are none, and all requests match, `"unknown"` for what is not written out. */
function matchersOf(module: Source): readonly string[] | "unknown" | null {
  const [config] = exportsNamed("config", module);
  if (config?.kind !== "own") return null;
  const object = declaredAs(config.node, module)?.node;
  const matcher = object?.type === "ObjectExpression" ? propertyOf(object, "matcher") : "unknown";
  if (matcher === null || matcher === "unknown") return matcher;
  const inner = resolveConst(matcher, module);
  const patterns = (inner.type === "ArrayExpression" ? inner.elements : [inner]).map((element) => {
    const value = element && unwrap(element);
    const source = value?.type === "ObjectExpression" ? propertyOf(value, "source") : value;
    return source === "unknown" ? null : stringValue(source);
  });
  return patterns.every((pattern) => pattern !== null) ? patterns : "unknown";
}

/** The regular expression behind a pattern: `/admin/:path*` and `/((?!api|_next).*)`. */
function expressionFor(pattern: string): RegExp | null {
  const source = pattern
    .replaceAll(/\/:\w+\*/g, "(?:/.*)?")
    .replaceAll(/\/:\w+\+/g, "/.+")
    .replaceAll(/\/:\w+\?/g, "(?:/[^/]+)?")
    .replaceAll(/:\w+\(([^)]*)\)/g, "(?:$1)")
    .replaceAll(/:\w+/g, "[^/]+");
  try {
    return new RegExp(`^${source}/?$`);
  } catch {
    return null;
  }
}

/** Whether the middleware of a Next app runs for a path: `null` where that cannot be told. */
function isMatched(path: string, module: Source): boolean | null {
  const matchers = matchersOf(module);
  if (matchers === "unknown") return null;
  if (matchers === null) return true;
  const expressions = matchers.map(expressionFor);
  if (expressions.some((expression) => expression?.test(path))) return true;
  return expressions.includes(null) ? null : false;
}

/** What a module that looks at the path itself asks of one path, and not of another, is not followed. */
const looksAtPath = /pathname|nextUrl\.href|startsWith|createRouteMatcher|\.url\b/;

/** What is asked before Next routes a request to a path. */
export function askedBeforeRouting(path: string, source: Source): Asked | null {
  const module = moduleBefore(source);
  const node = module && exported(module);
  if (!module || !node) return null;
  const isRun = isMatched(path, module);
  if (isRun === false) return null;
  const { presence, node: where, source: its } = askedBy(node.type === "Identifier" ? (declaredAs(node, module)?.node ?? node) : node, module);
  if (presence === "missing" && !/auth/i.test(module.text)) return null;
  const inFull = presence === "found" && isRun && !looksAtPath.test(module.text);
  return { presence: inFull ? "found" : "unknown", node: isFunction(where) ? null : where, source: its };
}
