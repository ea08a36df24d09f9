import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";

const fallback: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  jsx: ts.JsxEmit.Preserve,
  esModuleInterop: true,
};

/** What holds for every project: dependencies need not be installed, and JavaScript is checked as well. */
const always: ts.CompilerOptions = { noEmit: true, skipLibCheck: true, allowJs: true, checkJs: true, types: [], composite: false, incremental: false };

const tsconfigOf = (file: string): string => ts.findConfigFile(dirname(file), (path) => existsSync(path)) ?? "";

function optionsOf(tsconfig: string): ts.CompilerOptions {
  if (tsconfig === "") return { ...fallback, ...always };
  const { config } = ts.readConfigFile(tsconfig, (path) => readFileSync(path, "utf8")) as { config?: unknown };
  const nothing: ts.ParseConfigHost = { ...ts.sys, readDirectory: () => [], useCaseSensitiveFileNames: true };
  return { ...fallback, ...ts.parseJsonConfigFileContent(config ?? {}, nothing, dirname(tsconfig)).options, ...always };
}

function program(files: readonly string[], options: ts.CompilerOptions, texts: ReadonlyMap<string, string>, old?: ts.Program): ts.Program {
  const host = ts.createCompilerHost(options, true);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, language, ...rest) => {
    const text = texts.get(name);
    return text === undefined ? (old?.getSourceFile(name) ?? read(name, language, ...rest)) : ts.createSourceFile(name, text, language, true);
  };
  return ts.createProgram([...files], options, host);
}

const flat = ({ code, messageText }: ts.Diagnostic): string => `TS${code}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;

function errorsIn(file: string, of: ts.Program): string[] {
  const source = of.getSourceFile(file);
  if (!source) throw new Error(`TypeScript does not know ${file}`);
  return [...of.getSyntacticDiagnostics(source), ...of.getSemanticDiagnostics(source)].map(flat);
}

/** Whether some package.json above a file names a module as a dependency: then it is only not installed here. */
function isDeclared(specifier: string, file: string): boolean {
  const name = specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    if (existsSync(manifest) && readFileSync(manifest, "utf8").includes(`"${name}"`)) return true;
  }
  return false;
}

const isMissingDependency = (error: string, file: string): boolean => {
  const specifier = /^TS(?:2307|2792|7016): \D*'([^']+)'/.exec(error)?.[1];
  return specifier !== undefined && !specifier.startsWith(".") && isDeclared(specifier, file);
};

/** What is left of a list when another's entries are taken from it, one for one. */
export function surplus(list: readonly string[], other: readonly string[]): string[] {
  const left = [...other];
  return list.filter((entry) => {
    const index = left.indexOf(entry);
    if (index === -1) return true;
    left.splice(index, 1);
    return false;
  });
}

/** The type errors that a change of some files brings to them: file to errors. Errors that were there before do not count. */
export function newTypeErrors(changed: ReadonlyMap<string, string>): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const projects = new Map<string, string[]>();
  for (const file of changed.keys()) projects.set(tsconfigOf(file), [...(projects.get(tsconfigOf(file)) ?? []), file]);
  for (const [tsconfig, files] of projects) {
    const options = optionsOf(tsconfig);
    const before = program(files, options, new Map());
    const after = program(files, options, changed, before);
    for (const file of files) {
      const errors = surplus(errorsIn(file, after), errorsIn(file, before)).filter((error) => !isMissingDependency(error, file));
      if (errors.length > 0) found.set(file, errors);
    }
  }
  return found;
}
