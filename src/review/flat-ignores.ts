import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "@typescript-eslint/parser";
import type { TSESTree } from "@typescript-eslint/utils";

const flatConfigNames: readonly string[] = ["eslint.config.js", "eslint.config.mjs", "eslint.config.cjs", "eslint.config.ts", "eslint.config.mts", "eslint.config.cts"];

/** The flat config of a folder, by its name; `null` where there is none. */
export const flatConfigIn = (root: string): string | null => flatConfigNames.find((name) => existsSync(join(root, name))) ?? null;

const keyOf = ({ key }: TSESTree.Property): string | null => (key.type === "Identifier" ? key.name : key.type === "Literal" ? String(key.value) : null);

const textsOf = (node: TSESTree.Node | undefined): string[] =>
  node?.type === "ArrayExpression" ? node.elements.flatMap((element) => (element?.type === "Literal" && typeof element.value === "string" ? [element.value] : [])) : [];

/** Whether a list is of plain texts alone. */
const isPlain = (node: TSESTree.Node | undefined): boolean => node?.type === "ArrayExpression" && textsOf(node).length === node.elements.length;

/** The lists of a node that ESLint reads as "for no file at all". */
function globalIgnoresAt(node: TSESTree.Node): (TSESTree.Node | undefined)[] {
  if (node.type === "CallExpression" && node.callee.type === "Identifier" && node.callee.name === "globalIgnores") return [node.arguments[0]];
  if (node.type !== "ObjectExpression") return [];
  const properties = node.properties.filter((property) => property.type === "Property");
  const isGlobal = properties.length === node.properties.length && properties.every((property) => ["ignores", "name"].includes(keyOf(property) ?? ""));
  return isGlobal ? properties.filter((property) => keyOf(property) === "ignores").map(({ value }) => value) : [];
}

export function* nodesIn(value: unknown): Generator<TSESTree.Node> {
  if (Array.isArray(value)) for (const each of value) yield* nodesIn(each);
  else if (typeof value === "object" && value !== null && "type" in value) {
    yield value as TSESTree.Node;
    for (const [key, child] of Object.entries(value)) if (key !== "parent" && key !== "loc" && key !== "range") yield* nodesIn(child);
  }
}

/** What a flat config leaves out. */
interface ConfigIgnores {
  readonly name: string;
  readonly patterns: readonly string[];
  /** Whether that is all that it leaves out. */
  readonly isWhole: boolean;
}

/** The files that a flat config leaves out, as far as it says so in plain texts: a config is code, and code of the app is never run. */
export function ignoredByConfig(root: string): ConfigIgnores | null {
  const name = flatConfigIn(root);
  if (name === null) return null;
  try {
    const lists = [...nodesIn(parse(readFileSync(join(root, name), "utf8"), { range: false }).body)].flatMap(globalIgnoresAt);
    return { name, patterns: lists.flatMap(textsOf), isWhole: lists.every(isPlain) };
  } catch {
    return { name, patterns: [], isWhole: false };
  }
}
