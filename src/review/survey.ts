import type { TSESTree } from "@typescript-eslint/utils";
import type { Rule } from "eslint";

import { openFile, type RuleContext } from "../project/file.js";
import { resolveSpecifier } from "../project/resolve.js";
import { consoleCallAt, isMeant, usesConsole } from "../semantics/logging/console-calls.js";
import { type Endpoint, endpointsIn } from "../semantics/auth/endpoints.js";
import { noSignInPlaces, signInCounter, type SignInPlaces } from "../semantics/auth/sign-in-places.js";
import { entriesIn, nameOfEntryAt } from "../semantics/entries/entries.js";
import { nothingChecked, type StartChecks, startChecksIn } from "../semantics/environment/start-checks.js";
import { type FileRole, isServerSide, roleOf } from "../semantics/program/file-role.js";
import { httpCallAt } from "../semantics/calls/http-calls.js";
import { namesHttpClient } from "../semantics/calls/http-clients.js";
import { loggerCallAt } from "../semantics/logging/logging.js";
import { eachTable } from "../semantics/schema/tables.js";
import { isUnreached } from "../semantics/program/unreached.js";
import type { Source } from "../syntax/source.js";

export interface SurveyedEntry {
  readonly name: string;
  readonly framework: string;
  readonly kind: string;
  readonly method: string | null;
  readonly line: number;
  readonly endLine: number;
}

/** What a file is to the app, from the same questions that the rules ask. */
export interface FileSurvey {
  readonly role: FileRole;
  /** Whether nothing leads to it: what it has of entries, calls and lines of the log is left out then. */
  readonly isLeftover: boolean;
  readonly entries: readonly SurveyedEntry[];
  /** Those that the outside world can call, with what is known of who may. */
  readonly endpoints: readonly Endpoint[];
  /** What it imports from other files of the app. */
  readonly imports: readonly SurveyedImport[];
  /** What stands at its top, in order. */
  readonly parts: readonly SurveyedPart[];
  /** Calls to other services, by whether they end by themselves. */
  readonly calls: { found: number; missing: number; unknown: number };
  readonly logged: { structured: number; plain: number; console: number };
  readonly tables: SurveyedTable[];
  /** What it asks of the environment before anything else runs. */
  readonly startChecks: StartChecks;
  /** What it has of signing in, as far as it is understood. */
  signIn: SignInPlaces;
}

/** A name that a file takes from another one; `*` stands for all that it exports. */
export interface SurveyedImport {
  readonly file: string;
  readonly name: string;
  /** What it is called here; `null` where it is only handed on. */
  readonly local: string | null;
  /** Under which name it is handed on; `null` where it is not. */
  readonly handedOn: string | null;
}

/** A function, class or value at the top of a file. */
export interface SurveyedPart {
  readonly names: readonly string[];
  /** Under which names others import it. */
  readonly exported: readonly string[];
  readonly line: number;
  readonly endLine: number;
}

export interface SurveyedTable {
  readonly name: string;
  readonly model: string;
  readonly hasKey: boolean;
  readonly line: number;
  /** All of its columns are known. */
  readonly isComplete: boolean;
  /** By the name in the database, and the one in the code, and whether it points at a row of another table: then it may be used through that. */
  readonly columns: readonly { readonly name: string; readonly field: string; readonly type: string; readonly refers: boolean }[];
}

export type Survey = ReadonlyMap<string, FileSurvey>;

const nameOf = (node: TSESTree.Identifier | TSESTree.StringLiteral): string => (node.type === "Identifier" ? node.name : node.value);

type Taken = Omit<SurveyedImport, "file">;

const everything = "*";

/** What a statement takes from another module; nothing where it is only types. */
function takenBy(node: TSESTree.ProgramStatement): Taken[] {
  switch (node.type) {
    case "ExportAllDeclaration":
      return node.exportKind === "type" ? [] : [{ name: everything, local: null, handedOn: node.exported ? nameOf(node.exported) : everything }];
    case "ExportNamedDeclaration":
      return node.exportKind === "type" ? [] : node.specifiers.flatMap((each): Taken[] => (each.exportKind === "type" ? [] : [{ name: nameOf(each.local), local: null, handedOn: nameOf(each.exported) }]));
    case "ImportDeclaration":
      if (node.importKind === "type") return [];
      // Loaded for what it does.
      if (node.specifiers.length === 0) return [{ name: "", local: null, handedOn: null }];
      return node.specifiers.flatMap((each): Taken[] => {
        if (each.type === "ImportSpecifier") return each.importKind === "type" ? [] : [{ name: nameOf(each.imported), local: each.local.name, handedOn: null }];
        return [{ name: each.type === "ImportDefaultSpecifier" ? "default" : everything, local: each.local.name, handedOn: null }];
      });
    default:
      return [];
  }
}

const importsIn = (source: Source, filename: string): SurveyedImport[] =>
  source.ast.body.flatMap((node): SurveyedImport[] => {
    const specifier = "source" in node ? node.source?.value : null;
    const taken = typeof specifier === "string" ? takenBy(node) : [];
    const target = taken.length > 0 && typeof specifier === "string" ? resolveSpecifier(specifier, filename) : null;
    return target && "file" in target ? taken.map((each) => ({ file: target.file, ...each })) : [];
  });

function namesDeclaredBy(node: TSESTree.Node): string[] {
  if (node.type === "FunctionDeclaration" || node.type === "ClassDeclaration") return node.id ? [node.id.name] : [];
  return node.type === "VariableDeclaration" ? node.declarations.flatMap(({ id }) => (id.type === "Identifier" ? [id.name] : [])) : [];
}

function partsIn({ ast }: Source): SurveyedPart[] {
  const renamed = new Map<string, string[]>();
  for (const node of ast.body) {
    if (node.type !== "ExportNamedDeclaration" || node.source) continue;
    for (const { local, exported } of node.specifiers) renamed.set(nameOf(local), [...(renamed.get(nameOf(local)) ?? []), nameOf(exported)]);
  }
  return ast.body.flatMap((node): SurveyedPart[] => {
    if (node.type === "ImportDeclaration" || node.type === "ExportAllDeclaration") return [];
    const isDefault = node.type === "ExportDefaultDeclaration";
    const inner = isDefault || node.type === "ExportNamedDeclaration" ? node.declaration : node;
    if (!inner) return [];
    const names = namesDeclaredBy(inner);
    const exported = [...(isDefault ? ["default"] : []), ...(node.type === "ExportNamedDeclaration" ? names : []), ...names.flatMap((name) => renamed.get(name) ?? [])];
    return [{ names, exported, line: node.loc.start.line, endLine: node.loc.end.line }];
  });
}

function entriesOf(source: Source): SurveyedEntry[] {
  return entriesIn(source)
    .filter(({ by }) => by !== "type")
    .map((entry) => ({
      name: nameOfEntryAt(entry.node, source),
      framework: entry.framework,
      kind: entry.kind,
      method: entry.method,
      line: entry.node.loc.start.line,
      endLine: entry.node.loc.end.line,
    }));
}

/** A rule that reports nothing, and writes down what each file is: the review asks while ESLint has the file open anyway. */
export function surveyRule(found: Map<string, FileSurvey>): Rule.RuleModule {
  const create = (context: Readonly<RuleContext<never>>): Record<string, unknown> => {
    openFile(context);
    const { sourceCode, filename } = context;
    const isCode = (sourceCode.ast.type as string) === "Program";
    const isLeftover = isCode && isUnreached(sourceCode);
    const survey: FileSurvey = {
      role: isCode ? roleOf(sourceCode) : "migration",
      isLeftover,
      entries: isCode && !isLeftover ? entriesOf(sourceCode) : [],
      endpoints: isCode && !isLeftover ? endpointsIn(sourceCode) : [],
      imports: isCode ? importsIn(sourceCode, filename) : [],
      parts: isCode ? partsIn(sourceCode) : [],
      calls: { found: 0, missing: 0, unknown: 0 },
      logged: { structured: 0, plain: 0, console: 0 },
      tables: [],
      startChecks: isCode && !isLeftover ? startChecksIn(sourceCode) : nothingChecked,
      signIn: noSignInPlaces,
    };
    found.set(filename, survey);
    const tables = eachTable(context, ({ name, model, primaryKey, at, isComplete, columns, foreignKeys }) => {
      const { line } = sourceCode.getLocFromIndex(at.range[0]);
      const references = new Set(foreignKeys.flatMap((key) => key.columns));
      survey.tables.push({ name, model, hasKey: primaryKey !== null, line, isComplete, columns: columns.map((column) => ({ name: column.name, field: column.field, type: column.type, refers: references.has(column.name) })) });
    });
    if (!isCode || isLeftover || !isServerSide(sourceCode)) return tables;

    const sends = namesHttpClient(sourceCode);
    const console_ = usesConsole(sourceCode);
    const counter = signInCounter(sourceCode);
    return {
      ...tables,
      "NewExpression, BinaryExpression, Property"(node: TSESTree.Node) {
        counter.visit(node);
      },
      "Program:exit"() {
        survey.signIn = counter.places();
      },
      CallExpression(node: Parameters<typeof loggerCallAt>[0]) {
        counter.visit(node);
        const call = sends ? httpCallAt(node, sourceCode) : null;
        if (call && call.does !== "makes-client") survey.calls[call.deadline] += 1;
        const line = console_ ? consoleCallAt(node, sourceCode) : null;
        if (line) {
          if (!isMeant(line, sourceCode)) survey.logged.console += 1;
        } else {
          const logged = loggerCallAt(node, sourceCode);
          // A logger that takes no fields writes a line of text, as the console does.
          if (logged) survey.logged[logged.style?.fields === "none" ? "plain" : "structured"] += 1;
        }
      },
    };
  };
  return { meta: { type: "suggestion", schema: [], languages: ["*"] }, create: create as unknown as Rule.RuleModule["create"] };
}
