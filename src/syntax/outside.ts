import type { TSESLint } from "@typescript-eslint/utils";

import type { Source } from "./source.js";

/** What a file has of the world outside it. */
interface Outside {
  readonly ast: Source["ast"];
  /** The names that it uses and does not declare. */
  readonly names: ReadonlySet<string>;
  /** Whether it can have anything of another module, or of what others left on the global object. */
  readonly reaches: boolean;
  /** Whether all that it does is with what it declares itself, and nothing of it can fail on its own. */
  readonly isSelfContained: boolean;
  /** What it imports from, as it is written. */
  modules?: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();

/** Globals through which anything may come. */
const ways = ["require", "globalThis", "global", "window", "self"];

/** What every import has in its text. A search hops from one first letter to the next, and there are few of these. */
const importWord = "mport";

/** How many parameters a function has that a framework may hand its errors to. */
const errorHandlerArity = 4;

/** Whether a scope belongs to code that waits, or that sees to failures. */
function mayWaitOrFail({ type, block }: TSESLint.Scope.Scope): boolean {
  switch (type) {
    case "catch":
      return true;
    case "function":
      return "params" in block && (block.async || block.params.length >= errorHandlerArity);
    case "block":
      return block.parent.type === "TryStatement";
    default:
      return false;
  }
}

const isForeignVariable = ({ defs, references }: TSESLint.Scope.Variable): boolean => defs.length === 0 && references.length > 0;

/** A schema is a file of another language, which has scopes only in name. */
const isCode = ({ visitorKeys }: Source): boolean => visitorKeys["Program"] !== undefined;

function isSelfContainedCode({ scopeManager, text }: Source): boolean {
  const scopes = scopeManager?.scopes ?? [];
  const [globals, module] = scopes;
  // The parser fills the global scope with all that its libraries declare. What a module uses of it is what the module does not resolve.
  const isForeign = module?.type === "module" ? module.through.length > 0 : [...(globals?.set.values() ?? [])].some(isForeignVariable);
  return !isForeign && !scopes.some(mayWaitOrFail) && !text.includes("catch");
}

// All rules ask about one file before the next is opened.
let last: Outside | null = null;

function outsideOf(source: Source): Outside {
  if (last?.ast === source.ast) return last;
  const globals = source.scopeManager?.scopes[0];
  const used = globals?.through.map(({ identifier }) => identifier.name) ?? [];
  const names = used.length === 0 ? none : new Set(used);
  const reaches = !globals || source.text.includes(importWord) || ways.some((way) => names.has(way) || isConfigured(way, source));
  const isSelfContained = !reaches && names === none && isCode(source) && isSelfContainedCode(source);
  last = { ast: source.ast, names, reaches, isSelfContained };
  return last;
}

function modulesOf(source: Source): ReadonlySet<string> {
  const outside = outsideOf(source);
  outside.modules ??= new Set(source.ast.body.flatMap((statement) => (statement.type === "ImportDeclaration" ? [statement.source.value] : [])));
  return outside.modules;
}

/** A global that the host's configuration names is a variable, without a definition. */
function isConfigured(name: string, { scopeManager }: Source): boolean {
  const variable = scopeManager?.scopes[0]?.set.get(name);
  return variable !== undefined && variable.defs.length === 0 && variable.references.length > 0;
}

/** Whether a file uses a global of that name anywhere: a cheap first look. */
export const usesGlobal = (name: string, source: Source): boolean => !source.scopeManager || outsideOf(source).names.has(name) || isConfigured(name, source);

/** Whether a file has an import declaration for a module, by its specifier. */
export const importsModule = (module: string, source: Source): boolean => modulesOf(source).has(module);

/**
 * Whether a file can have a value of another module: it imports or requires something, or reads the global object. What does not has no
 * client of a database and no logger but those that it is handed. A cheap first look.
 */
export const reachesOut = (source: Source): boolean => outsideOf(source).reaches;

/**
 * Whether a file is all sums and shapes: it imports nothing, uses no name that it does not declare (not even `Math`), waits for nothing,
 * and catches nothing. Nothing in it can fail on its own, whatever it is handed.
 */
export const isSelfContained = (source: Source): boolean => outsideOf(source).isSelfContained;
