import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import type { Source } from "./source.js";
import { unwrap } from "./value.js";
import { ancestor, isFunction, walk } from "./walk.js";

/** A change of the text, for `fix` or for a suggestion. Several of them make one fix with {@link together}; none makes no fix. */
export type Edit = (fixer: TSESLint.RuleFixer) => TSESLint.RuleFix[];

type Call = TSESTree.CallExpression | TSESTree.NewExpression;
type Statement = TSESTree.ProgramStatement;

/** Whether one change is written over what another one has written: ESLint ends the run at such a fix. */
function overlap(fixes: readonly TSESLint.RuleFix[]): boolean {
  const ranges = fixes.map(({ range }) => range).sort(([start, end], [otherStart, otherEnd]) => start - otherStart || end - otherEnd);
  return ranges.some(([start], index) => start < (ranges[index - 1]?.[1] ?? 0));
}

/** Several changes as one; none where two of them are about the same text. */
export const together =
  (...edits: readonly Edit[]): Edit =>
  (fixer) => {
    const fixes = edits.flatMap((edit) => edit(fixer));
    return overlap(fixes) ? [] : fixes;
  };

const insertAt =
  (index: number, text: string): Edit =>
  (fixer) => [fixer.insertTextAfterRange([index, index], text)];

const newline = ({ text }: Source): string => (text.includes("\r\n") ? "\r\n" : "\n");

/** The white space that the line of a position begins with. */
function indentAt(index: number, { text }: Source): string {
  const start = text.lastIndexOf("\n", index - 1) + 1;
  return /^[\t ]*/.exec(text.slice(start, index))?.[0] ?? "";
}

/** Whether nothing but white space stands before a position on its line. */
const startsLine = (index: number, source: Source): boolean => indentAt(index, source).length === index - (source.text.lastIndexOf("\n", index - 1) + 1);

/** What joins a new element to the last of a list: on a line of its own where the last one has that. */
const separatorAfter = (last: TSESTree.Node, source: Source): string =>
  startsLine(last.range[0], source) ? `,${newline(source)}${indentAt(last.range[0], source)}` : ", ";

/** Adds `timeout: 1_000` to an object literal, or a name to a pattern. */
export function addProperty(object: TSESTree.ObjectExpression | TSESTree.ObjectPattern, text: string, source: Source): Edit {
  const last = object.properties.at(-1);
  if (last) return insertAt(last.range[1], `${separatorAfter(last, source)}${text}`);
  const start = object.range[0] + 1;
  const rest = source.text.slice(start, object.range[1] - 1);
  return insertAt(start, rest.trim() === "" && rest !== "" ? ` ${text}` : ` ${text} `);
}

/** The index just inside a call's closing bracket, or `null` for `new Client` without brackets. */
const closingBracket = (call: Call, { text }: Source): number | null => (text[call.range[1] - 1] === ")" ? call.range[1] - 1 : null);

/**
 * Adds an option to the options of a call: into the object literal that stands at the position, or with a new one, arguments that
 * are missing before it given as `undefined`. A callback that has taken the place of left-out options moves one to the right.
 *
 * @param text the option as code: `timeout: 1_000`.
 * @returns `null` where the options come from elsewhere, or a spread makes the position uncertain.
 */
export function addOption(call: Call, position: number, text: string, source: Source): Edit | null {
  const before = call.arguments.slice(0, position + 1);
  if (before.some((argument) => argument.type === "SpreadElement")) return null;
  const argument = before[position];
  if (argument) {
    const options = unwrap(argument);
    if (options.type === "ObjectExpression") return addProperty(options, text, source);
    if (isFunction(options)) return insertAt(argument.range[0], `{ ${text} }, `);
    const isUndefined = options.type === "Identifier" && options.name === "undefined";
    return isUndefined ? (fixer) => [fixer.replaceText(argument, `{ ${text} }`)] : null;
  }
  const missing = `${"undefined, ".repeat(position - call.arguments.length)}{ ${text} }`;
  const last = call.arguments.at(-1);
  if (last) {
    // A bracket around the last argument belongs to it: `fetch((url))`.
    const end = closingBracket(call, source);
    if (end === null) return null;
    const rest = source.text.slice(last.range[1], end);
    const brackets = /^(\s*\))*/.exec(rest)?.[0].length ?? 0;
    return insertAt(last.range[1] + brackets, `${separatorAfter(last, source)}${missing}`);
  }
  const end = closingBracket(call, source);
  return end === null ? null : insertAt(end, missing);
}

/** The statement of a body that a node stands in, or `null` in `if (x) call();` and the like, where there is no room for another. */
function statementOf(node: TSESTree.Node): Statement | null {
  const isListed = ({ parent }: TSESTree.Node): boolean =>
    parent?.type === "Program" || parent?.type === "BlockStatement" || parent?.type === "StaticBlock" || parent?.type === "SwitchCase";
  const isStatement = (candidate: TSESTree.Node): candidate is Statement =>
    (candidate.type.endsWith("Statement") || candidate.type.endsWith("Declaration")) && candidate.type !== "BlockStatement";
  const statement = isStatement(node) ? node : ancestor(node, isStatement);
  return statement && isListed(statement) ? statement : null;
}

/** Puts a statement on a line of its own before the one that a node stands in. */
export function insertStatementBefore(node: TSESTree.Node, text: string, source: Source): Edit | null {
  const statement = statementOf(node);
  if (!statement) return null;
  const [start] = statement.range;
  return insertAt(start, startsLine(start, source) ? `${text}${newline(source)}${indentAt(start, source)}` : `${text} `);
}

/** Puts a statement on a line of its own after the one that a node stands in. */
export function insertStatementAfter(node: TSESTree.Node, text: string, source: Source): Edit | null {
  const statement = statementOf(node);
  if (!statement) return null;
  const [start, end] = statement.range;
  return insertAt(end, startsLine(start, source) ? `${newline(source)}${indentAt(start, source)}${text}` : ` ${text}`);
}

/** Puts a member on a line of its own at the head of a class, indented like the others. */
export function addMember({ body }: TSESTree.ClassDeclaration | TSESTree.ClassExpression, text: string, source: Source): Edit {
  const [first] = body.body;
  const [start] = body.range;
  const end = newline(source);
  const outer = indentAt(start, source);
  if (!first) return (fixer) => [fixer.replaceTextRange(body.range, `{${end}${outer}  ${text}${end}${outer}}`)];
  const at = ("decorators" in first && first.decorators[0]) || first;
  const indent = startsLine(at.range[0], source) ? indentAt(at.range[0], source) : `${outer}  `;
  return insertAt(start + 1, `${end}${indent}${text}${startsLine(at.range[0], source) ? end : ""}`);
}

/** A name to import: its name in the module (`"default"` for the default export), and the name that the file calls it by. */
export interface ImportedName {
  readonly imported: string;
  readonly local: string;
}

const importsOf = (source: Source): TSESTree.ImportDeclaration[] => source.ast.body.filter((statement) => statement.type === "ImportDeclaration");

const isValueImport = (declaration: TSESTree.ImportDeclaration): boolean => declaration.importKind !== "type";

function importedName(specifier: TSESTree.ImportClause): string {
  if (specifier.type === "ImportDefaultSpecifier") return "default";
  if (specifier.type === "ImportNamespaceSpecifier") return "*";
  return specifier.imported.type === "Identifier" ? specifier.imported.name : specifier.imported.value;
}

/** The name by which a file already has an export of a module (`"default"`, `"*"` for its namespace), or `null`. */
export function localNameOf(imported: string, module: string, source: Source): string | null {
  for (const declaration of importsOf(source)) {
    if (declaration.source.value !== module || !isValueImport(declaration)) continue;
    for (const specifier of declaration.specifiers) {
      const isType = specifier.type === "ImportSpecifier" && specifier.importKind === "type";
      if (!isType && importedName(specifier) === imported) return specifier.local.name;
    }
  }
  return null;
}

/** Whether a file neither declares nor uses a name, so that an import under that name clashes with nothing and changes nothing. */
export const isFreeName = (name: string, source: Source): boolean =>
  source.scopeManager?.scopes.every(
    (scope) => (scope.set.get(name)?.defs.length ?? 0) === 0 && !scope.references.some(({ identifier }) => identifier.name === name),
  ) ?? false;

/** Whether a file loads its modules with `require` and has no `import` or `export`. */
function isCommonJs(source: Source): boolean {
  if (source.ast.body.some((statement) => /^(Import|Export|TSExport|TSImport)/.test(statement.type))) return false;
  return /\brequire\s*\(/.test(source.text) || /\bmodule\.exports\b/.test(source.text);
}

const isRequire = (node: TSESTree.Node | null): boolean => {
  if (node?.type === "MemberExpression") return isRequire(node.object);
  return node?.type === "CallExpression" && node.callee.type === "Identifier" && node.callee.name === "require";
};

const loadsModules = (statement: Statement): boolean =>
  statement.type === "ImportDeclaration" ||
  statement.type === "TSImportEqualsDeclaration" ||
  (statement.type === "VariableDeclaration" && statement.declarations.some(({ init }) => isRequire(init)));

const isDirective = (statement: Statement): boolean => statement.type === "ExpressionStatement" && typeof statement.directive === "string";

/** The quotes that a file puts around strings: those of its imports, of its directives, or of the first string there is. */
function quoteOf(source: Source): string {
  const [first] = importsOf(source);
  if (first) return first.source.raw[0] ?? '"';
  let quote = '"';
  walk(source.ast, source, (node) => {
    if (node.type !== "Literal" || typeof node.value !== "string" || node.parent.type === "JSXAttribute") return true;
    quote = node.raw.startsWith("'") ? "'" : '"';
    return "stop";
  });
  return quote;
}

/** Whether a file ends its statements with semicolons, by the first that could have one. */
function semicolonOf(source: Source): string {
  const statement = source.ast.body.find(({ type }) => type === "ImportDeclaration" || type === "VariableDeclaration" || type === "ExpressionStatement");
  return statement && source.text[statement.range[1] - 1] !== ";" ? "" : ";";
}

/** The end of the line that a statement ends on, where nothing but a comment follows it there. */
function lineEndAfter(statement: Statement, { text }: Source): number {
  const [, end] = statement.range;
  const rest = /^[\t ;]*(\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/[\t ]*)?(?=\r?\n|$)/.exec(text.slice(end, end + 1000))?.[0];
  return end + (rest?.length ?? 0);
}

const isHeader = (comment: TSESTree.Comment): boolean => /^\s*[!/#]|@ts-|@license|@jsx|eslint|prettier|biome/.test(comment.value);

/** Where a file's first statement of loading goes when it has none: under shebang, directives and licence, above what belongs to the code. */
function topOf(source: Source): { index: number; isEnd: boolean } {
  const directive = source.ast.body.findLast((statement, index) => isDirective(statement) && source.ast.body.slice(0, index).every(isDirective));
  if (directive) return { index: lineEndAfter(directive, source), isEnd: true };
  const start = source.ast.body[0]?.range[0] ?? source.text.length;
  const [, shebang] = /^(#!.*)/.exec(source.text) ?? [];
  let index = shebang?.length ?? -1;
  const comments = (source.ast.comments ?? []).filter(({ range }) => range[1] <= start);
  for (const [at, comment] of comments.entries()) {
    const next = comments[at + 1]?.range[0] ?? start;
    const isApart = /\n[\t ]*\r?\n/.test(source.text.slice(comment.range[1], next));
    if (isApart || isHeader(comment)) index = comment.range[1];
  }
  return index < 0 ? { index: comments[0]?.range[0] ?? start, isEnd: false } : { index, isEnd: true };
}

function insertLoading(statement: string, source: Source): Edit {
  const last = source.ast.body.findLast(loadsModules);
  if (last) return insertAt(lineEndAfter(last, source), `${newline(source)}${statement}`);
  const { index, isEnd } = topOf(source);
  return insertAt(index, isEnd ? `${newline(source)}${statement}` : `${statement}${newline(source)}`);
}

const specifierText = ({ imported, local }: ImportedName): string => (imported === local ? local : `${imported} as ${local}`);

/** `import fallback, { a, b as c }`: what stands between `import` and `from`. */
function clauseText(names: readonly ImportedName[]): string {
  const bare = names.filter(({ imported }) => imported === "default" || imported === "*");
  const named = names.filter((name) => !bare.includes(name)).map(specifierText);
  const clauses = bare.map(({ imported, local }) => (imported === "*" ? `* as ${local}` : local));
  return [...clauses, ...(named.length > 0 ? [`{ ${named.join(", ")} }`] : [])].join(", ");
}

function requireText(names: readonly ImportedName[], module: string): string {
  const bare = names.find(({ imported }) => imported === "default" || imported === "*");
  const pattern = bare?.local ?? `{ ${names.map(({ imported, local }) => (imported === local ? local : `${imported}: ${local}`)).join(", ")} }`;
  return `const ${pattern} = require(${module})`;
}

/** Adds names to a declaration that imports from the module already. */
function intoDeclaration(declaration: TSESTree.ImportDeclaration, names: readonly ImportedName[], source: Source): Edit {
  const lastNamed = declaration.specifiers.findLast(({ type }) => type === "ImportSpecifier");
  const named = names.filter(({ imported }) => imported !== "default");
  const [first] = declaration.specifiers;
  const edits: Edit[] = [];
  const standard = names.find(({ imported }) => imported === "default");
  if (standard) edits.push(insertAt(declaration.range[0] + "import".length, ` ${standard.local},`));
  if (named.length > 0 && lastNamed) {
    const separator = separatorAfter(lastNamed, source);
    edits.push(insertAt(lastNamed.range[1], named.map((name) => `${separator}${specifierText(name)}`).join("")));
  } else if (named.length > 0 && first) edits.push(insertAt(first.range[1], `, ${clauseText(named)}`));
  return together(...edits);
}

/** Whether names can be added to a declaration: it imports values, no namespace, and has room for a default where one is to come. */
function hasRoom(declaration: TSESTree.ImportDeclaration, names: readonly ImportedName[], source: Source): boolean {
  const kinds = new Set(declaration.specifiers.map(({ type }) => type));
  if (!isValueImport(declaration) || kinds.size === 0 || kinds.has("ImportNamespaceSpecifier" as never)) return false;
  if (names.some(({ imported }) => imported === "*")) return false;
  // `import fallback, {} from` has brackets that no specifier stands for.
  const hasEmptyBrackets = !kinds.has("ImportSpecifier" as never) && source.text.slice(declaration.range[0], declaration.source.range[0]).includes("{");
  if (hasEmptyBrackets) return false;
  return !kinds.has("ImportDefaultSpecifier" as never) || names.every(({ imported }) => imported !== "default");
}

/**
 * Imports names from a module, in the file's own manner: into a declaration that imports from it already, with its quotes and
 * semicolons, as `require` in CommonJS; under directives, shebang and licence where there is no import yet.
 *
 * @param names the names; one that the file already imports from there under the same local name is left out.
 * @returns an edit that may be empty, or `null` when a local name is taken in the file by something else.
 */
export function addImport(module: string, names: readonly (string | ImportedName)[], source: Source): Edit | null {
  const wanted = names
    .map((name) => (typeof name === "string" ? { imported: name, local: name } : name))
    .filter(({ imported, local }) => localNameOf(imported, module, source) !== local);
  if (wanted.some(({ local }) => !isFreeName(local, source))) return null;
  if (wanted.length === 0) return () => [];
  const declaration = importsOf(source).find((candidate) => candidate.source.value === module && hasRoom(candidate, wanted, source));
  if (declaration) return intoDeclaration(declaration, wanted, source);
  const quote = quoteOf(source);
  const quoted = `${quote}${module}${quote}`;
  const text = isCommonJs(source) ? requireText(wanted, quoted) : `import ${clauseText(wanted)} from ${quoted}`;
  return insertLoading(`${text}${semicolonOf(source)}`, source);
}
