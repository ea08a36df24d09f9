import type { TSESTree } from "@typescript-eslint/utils";

import type { Source } from "./source.js";
import { memberName, unwrap } from "./value.js";

/** What a module exports under a name: something of its own, or something that it passes on from another module. */
export type Export =
  | { kind: "own"; node: TSESTree.Node }
  /** `star`: the module passes everything on, this name included if the other one has it. */
  | { kind: "elsewhere"; specifier: string; name: string; star: boolean };

const nameOf = (node: TSESTree.Identifier | TSESTree.StringLiteral): string => (node.type === "Identifier" ? node.name : node.value);

function declared(declaration: TSESTree.Node, name: string): TSESTree.Node | null {
  switch (declaration.type) {
    case "FunctionDeclaration":
    case "ClassDeclaration":
    case "TSDeclareFunction":
    case "TSEnumDeclaration":
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
      return declaration.id?.name === name ? declaration.id : null;
    case "VariableDeclaration":
      for (const { id } of declaration.declarations) {
        if (id.type === "Identifier" && id.name === name) return id;
        if (id.type !== "ObjectPattern") continue;
        for (const property of id.properties) {
          if (property.type === "Property" && property.value.type === "Identifier" && property.value.name === name) return property.value;
        }
      }
      return null;
    default:
      return null;
  }
}

/** `module.exports = …`, `module.exports.name = …` and `exports.name = …`: the value that is exported under a name. */
function commonJsExport(statement: TSESTree.Node, name: string): TSESTree.Node | null {
  if (statement.type !== "ExpressionStatement" || statement.expression.type !== "AssignmentExpression") return null;
  const { left, right } = statement.expression;
  if (left.type !== "MemberExpression") return null;
  const isModuleExports = (node: TSESTree.Node): boolean =>
    node.type === "MemberExpression" && node.object.type === "Identifier" && node.object.name === "module" && memberName(node) === "exports";
  if (isModuleExports(left)) {
    if (name === "default") return right;
    const value = unwrap(right);
    if (value.type !== "ObjectExpression") return null;
    const property = value.properties.find((candidate) => candidate.type === "Property" && candidate.key.type === "Identifier" && candidate.key.name === name);
    return property?.type === "Property" ? property.value : null;
  }
  const onExports = isModuleExports(left.object) || (left.object.type === "Identifier" && left.object.name === "exports");
  return onExports && memberName(left) === name ? right : null;
}

/**
 * Finds what a module exports under a name (`"default"` for the default export).
 *
 * @returns the candidates in the order in which they count: a name of the module's own first, `export *` last.
 */
export function exportsNamed(name: string, source: Source): Export[] {
  const found: Export[] = [];
  const passedOn: Export[] = [];
  for (const statement of source.ast.body) {
    switch (statement.type) {
      case "ExportDefaultDeclaration":
        if (name === "default") found.push({ kind: "own", node: statement.declaration });
        break;
      case "TSExportAssignment":
        if (name === "default") found.push({ kind: "own", node: statement.expression });
        break;
      case "ExportNamedDeclaration": {
        const node = statement.declaration && declared(statement.declaration, name);
        if (node) found.push({ kind: "own", node });
        for (const specifier of statement.specifiers) {
          if (nameOf(specifier.exported) !== name) continue;
          if (statement.source) found.push({ kind: "elsewhere", specifier: statement.source.value, name: nameOf(specifier.local), star: false });
          else found.push({ kind: "own", node: specifier.local });
        }
        break;
      }
      case "ExportAllDeclaration":
        if (statement.exported) {
          if (nameOf(statement.exported) === name) found.push({ kind: "elsewhere", specifier: statement.source.value, name: "*", star: false });
        } else if (name !== "default") {
          passedOn.push({ kind: "elsewhere", specifier: statement.source.value, name, star: true });
        }
        break;
      default: {
        const node = commonJsExport(statement, name);
        if (node) found.push({ kind: "own", node });
      }
    }
  }
  return [...found, ...passedOn];
}
