import { asideParts } from "../../knowledge/environment.js";
import { deployedWith } from "../../project/conventions.js";
import { currentPass, fileFacts } from "../../project/file.js";
import { loadModule } from "../../project/modules.js";
import { textIndex } from "../../project/source-texts.js";
import type { Source } from "../../syntax/source.js";
import { walk } from "../../syntax/walk.js";
import { envModuleFor, handedEnvironments, isRawEnvironment, mayReadEnvironment, rawVariablesIn, trustedReadOf } from "./raw-env.js";
import { isForTrial } from "../program/trial-files.js";

const read = /\b(?:process|Bun|import\.meta)\.env\??\.([A-Z]\w*)|\bDeno\.env\.get\(\s*["'`]([A-Z]\w*)/g;

function* namesRead(text: string): Generator<string> {
  for (const [, dotted, quoted] of text.matchAll(read)) yield dotted ?? quoted ?? "";
}

const filesByName = textIndex(namesRead);

const trusted = new WeakMap<Source["ast"], { readonly pass: number; readonly names: ReadonlySet<string> }>();

/** The variables that a file takes for granted. */
function trustedNamesIn(source: Source): ReadonlySet<string> {
  const known = trusted.get(source.ast);
  if (known?.pass === currentPass()) return known.names;
  const schema = mayReadEnvironment(source) && !isForTrial(source) ? envModuleFor(source) : null;
  const environments = schema === null ? [] : [...handedEnvironments(source)];
  if (schema !== null) {
    walk(source.ast, source, (node) => {
      if (node.type === "MemberExpression" && isRawEnvironment(node, source)) environments.push(node);
    });
  }
  const variables = schema === null || environments.length === 0 ? [] : rawVariablesIn(environments, schema, source);
  const names = new Set(variables.filter((variable) => trustedReadOf(variable) !== null).map(({ name }) => name));
  trusted.set(source.ast, { pass: currentPass(), names });
  return names;
}

/** What users come to goes before what is for the operator. */
const rankOf = (file: string): string => `${asideParts.test(file) ? 1 : 0} ${file}`;

/** Whether another file of the same package is the one to speak of a variable: one place to mend is one report. */
export function isSaidElsewhere(name: string, source: Source): boolean {
  const filename = fileFacts(source)?.filename;
  const own = filename === undefined ? null : deployedWith(filename);
  if (filename === undefined || !own) return false;
  const before = (filesByName(own.dir).get(name) ?? []).filter((file) => rankOf(file) < rankOf(filename)).sort((a, b) => (rankOf(a) < rankOf(b) ? -1 : 1));
  return before.some((file) => {
    const other = loadModule(file, source);
    return other !== null && trustedNamesIn(other).has(name);
  });
}
