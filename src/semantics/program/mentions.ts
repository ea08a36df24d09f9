import type { TSESTree } from "@typescript-eslint/utils";

import { moduleRecord } from "../../project/module-record.js";
import { packageRoot } from "../../project/package-name.js";
import { resolveSpecifier } from "../../project/resolve.js";
import { folderOf, workspacePackages, workspaceRoot } from "../../project/workspace.js";
import { variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { stringValue, unwrap } from "../../syntax/value.js";
import { walk } from "../../syntax/walk.js";

/** How a file has a name: it asks something for a member of that name, says it in a text, or means a variable. */
interface Mention {
  readonly node: TSESTree.Node;
  readonly as: "member" | "text" | "variable" | "key";
}

/** Code that calls a method whose name it has put together, or taken from an object's keys. */
const callsByKey = /\]\s*(?:\?\.\s*)?\(/;

/** A text that may name a method, where one with spaces speaks of it. */
const namingText = /^[\w$.#:/@-]{1,80}$/;

const isKeyOf = (node: TSESTree.Node, parent: TSESTree.Node): boolean => "key" in parent && parent.key === node && !("computed" in parent && parent.computed);

/** Whether a declaration takes apart what `require` or `import()` gives: its names are as good as imported. */
function isOfRequire(node: TSESTree.Node): boolean {
  if (node.type !== "VariableDeclarator" || !node.init) return false;
  const value = unwrap(node.init);
  const call = value.type === "AwaitExpression" ? unwrap(value.argument) : value;
  return call.type === "ImportExpression" || (call.type === "CallExpression" && call.callee.type === "Identifier" && call.callee.name === "require");
}

function asIdentifier(node: TSESTree.Identifier): Mention["as"] | null {
  const { parent } = node;
  switch (parent.type) {
    case "MemberExpression":
      return parent.property === node && !parent.computed ? "member" : "variable";
    case "Property":
      if (parent.parent.type !== "ObjectPattern") return isKeyOf(node, parent) && !parent.shorthand ? "key" : "variable";
      if (!isKeyOf(node, parent)) return null;
      return parent.shorthand && isOfRequire(parent.parent.parent) ? null : "member";
    // What goes by another name from here on is not followed.
    case "ImportSpecifier":
    case "ExportSpecifier":
      return "local" in parent && parent.local.type === "Identifier" && parent.local.name !== ("imported" in parent ? nameOf(parent.imported) : nameOf(parent.exported)) ? "text" : null;
    default:
      return isKeyOf(node, parent) ? null : "variable";
  }
}

const nameOf = (node: TSESTree.Identifier | TSESTree.StringLiteral): string => (node.type === "Identifier" ? node.name : node.value);

const known = new WeakMap<Source["ast"], ReadonlyMap<string, readonly Mention[]>>();

function mentionsIn(source: Source): ReadonlyMap<string, readonly Mention[]> {
  const before = known.get(source.ast);
  if (before) return before;
  const found = new Map<string, Mention[]>();
  const add = (name: string, node: TSESTree.Node, as: Mention["as"] | null): void => {
    if (as === null) return;
    const others = found.get(name);
    if (others) others.push({ node, as });
    else found.set(name, [{ node, as }]);
  };
  walk(source.ast, source, (node) => {
    if (node.type === "Identifier") add(node.name, node, asIdentifier(node));
    else if (node.type === "JSXIdentifier") add(node.name, node, node.parent.type === "JSXAttribute" ? null : node.parent.type === "JSXMemberExpression" && node.parent.property === node ? "member" : "variable");
    else if (node.type === "Literal" && typeof node.value === "string" && namingText.test(node.value)) for (const word of node.value.match(/[\w$]+/g) ?? []) add(word, node, "text");
    else if (node.type === "TemplateElement") for (const word of node.value.raw.match(/[\w$]+/g) ?? []) add(word, node, namingText.test(node.value.raw) ? "text" : null);
  });
  known.set(source.ast, found);
  return found;
}

/** Where a module takes what a variable holds from: `null` for what it declares itself, no specifier where that cannot be told. */
function sourceOf(node: TSESTree.Identifier | TSESTree.JSXIdentifier, source: Source): { readonly specifier: string | null } | null {
  const [definition, ...others] = variableOf(node, source)?.defs ?? [];
  if (!definition || others.length > 0) return { specifier: null };
  if (definition.type === "ImportBinding") return { specifier: definition.parent.type === "ImportDeclaration" ? definition.parent.source.value : null };
  if (definition.type === "Variable" && isOfRequire(definition.node)) {
    const call = definition.node.init && unwrap(definition.node.init);
    return { specifier: call?.type === "CallExpression" ? stringValue(call.arguments[0]) : null };
  }
  return null;
}

/** Whether a module that is named is another one than a file, which it does not hand on either. */
function isOtherModule(specifier: string, from: string, file: string): boolean {
  const target = resolveSpecifier(specifier, from);
  if (target === null) return false;
  // What a package of the workspace hands out may be built of anything.
  if ("package" in target) return !workspacePackages(workspaceRoot(folderOf(from) ?? from)).has(packageRoot(target.package));
  return target.file !== file && moduleRecord(target.file)?.reexports === false;
}

/**
 * Where a module may use what another file calls by a name: for a method, where it asks an object for a member of that name, or says the
 * name in a text; else, where it means what it has imported as well. What it declares under that name itself, what it imports from other
 * modules, keys of its objects and what is written in sentences are none of these.
 *
 * @param file the file that has what is looked for.
 */
export function usesOf(name: string, isMethod: boolean, file: string, source: Source, from: string): readonly TSESTree.Node[] {
  return (mentionsIn(source).get(name) ?? []).flatMap(({ node, as }) => {
    if (as === "text") return [node];
    if (as === "key") return isMethod && callsByKey.test(source.text) ? [node] : [];
    if (as === "variable") {
      if (isMethod || (node.type !== "Identifier" && node.type !== "JSXIdentifier")) return [];
      const origin = sourceOf(node, source);
      return origin === null || (origin.specifier !== null && isOtherModule(origin.specifier, from, file)) ? [] : [node];
    }
    return [node];
  });
}
