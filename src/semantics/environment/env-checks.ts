import { checkedByPackage, checkedOnLoad } from "../../knowledge/environment.js";
import { entriesOf, readText } from "../../project/disk.js";
import { fileFacts } from "../../project/file.js";
import { isObject } from "../../project/json.js";
import { dependsOn, packageOf } from "../../project/package-json.js";
import { textCollection, textQuestion } from "../../project/source-texts.js";
import { folderOf, manifestIn, workspacePackages, workspaceRoot } from "../../project/workspace.js";
import type { Source } from "../../syntax/source.js";
import { isRequiredAtStart } from "./env-required.js";

const host = String.raw`(?:process|Bun|import\.meta)\.env\.`;

/** The names in a list, an argument or a message, and not those that are read: `["DATABASE_URL"]`, `checkIsValidUrl("SITE_URL")`. */
const listed = /(?<!\bget(?:OrThrow)?(?:<[^>()]*>)?\(\s*|\benv\??\.?\[\s*)["'`]([A-Z][A-Z\d]*_[A-Z\d_]+)["'`]/g;

/** A variable that is asked whether it is there: `!process.env.A`, `process.env.A && …`, `if (process.env.A)`. */
const asked = [
  new RegExp(String.raw`!\s*${host}([A-Z]\w*)`, "g"),
  new RegExp(String.raw`${host}([A-Z]\w*)\s*(?:&&|\?(?![.?])|[!=]==?)`, "g"),
  // `env.get("A").required()`, `config.getOrThrow("A")`
  /\bget\(\s*["'`]([A-Z][A-Z\d_]*)["'`]\s*\)(?=[^;]{0,200}?\.(?:required|default)\()/g,
  /\bgetOrThrow(?:<[^>()]*>)?\(\s*["'`]([A-Z][A-Z\d_]*)["'`]/g,
  new RegExp(String.raw`(?:&&|\btypeof|\bif\s*\(|\bBoolean\()\s*${host}([A-Z]\w*)`, "g"),
];

/** What stands in a file with a schema of the environment, and the keys of one. */
const schema = /\b(?:createEnv|cleanEnv|parseEnv|envsafe|convict|envSchema|validationSchema|validateSync|z\.object|Joi\.object|v\.object|yup\.object|Type\.Object)\b/;
const keys = /^\s*["']?([A-Z][A-Z\d_]+)["']?\s*[:=!?]/gm;

function* checkedIn(text: string): Generator<string> {
  if (!/env|getOrThrow/i.test(text)) return;
  for (const pattern of [listed, ...asked, ...(schema.test(text) ? [keys] : [])]) for (const [, name = ""] of text.matchAll(pattern)) yield name;
}

const namesCheckedBelow = textCollection(checkedIn);

/** `new Client(process.env.A)`, `connect({ url: process.env.A })` */
const given = new RegExp(String.raw`\b(?:new\s+[\w.]+|[\w.]*(?:[cC]onnect|[cC]reate|[cC]reateClient|[cC]reatePool|[iI]nit|drizzle|neon|postgres))\s*\(\s*(?:\{[^{}]{0,160}?)?${host}([A-Z]\w*)`, "g");

function* givenIn(text: string): Generator<string> {
  for (const [, name = ""] of text.matchAll(given)) yield name;
}

const namesGivenBelow = textCollection(givenIn);

/** Whether a file of the package makes a client with a variable: most look by themselves whether there is one. */
export function isGivenToClient(name: string, source: Source): boolean {
  const filename = fileFacts(source)?.filename;
  const own = filename === undefined ? null : packageOf(filename);
  return own !== null && (namesGivenBelow(own.dir)?.has(name) ?? true);
}

/** Whether an app loads the template of its environment itself, for what nobody has set. */
const loadsTemplate = textQuestion(/(?:\bloadEnvFile|\bconfig)\(\s*(?:\{\s*path\s*:\s*)?["'`][^"'`]*\.env\.(?:example|defaults?|sample)["'`]/);

const isSetIn = (folder: string, name: string): boolean =>
  [...(entriesOf(folder) ?? [])].some((entry) => (template.test(entry) || /^\.env\.defaults?$/.test(entry)) && new RegExp(`^\\s*(?:export\\s+)?${name}\\s*=\\s*\\S`, "m").test(readText(`${folder}/${entry}`) ?? ""));

const leansOn = (folder: string, name: string): boolean => {
  const manifest = manifestIn(folder);
  return [manifest?.["dependencies"], manifest?.["devDependencies"]].some((each) => isObject(each) && name in each);
};

/** The folders of a file's package, of those that it is built on, and of those that are built on it. */
function foldersAround(filename: string): string[] {
  const own = packageOf(filename);
  if (!own) return [];
  const near = [...workspacePackages(workspaceRoot(own.dir))].filter(([name, folder]) => own.dependencies.has(name) || (own.name !== null && leansOn(folder, own.name)));
  return [...new Set([own.dir, ...near.map(([, folder]) => folder)])];
}

const template = /^\.env(?:\.local)?\.(?:example|sample|template|dist)$|^(?:env(?:\.local)?|example)\.(?:example|env)$|^ENV_?EXAMPLE$/;

/** Whether the project's template of an environment comments a variable out, or calls it optional. */
function isOptionalInTemplate(text: string, name: string): boolean {
  const lines = text.split(/\r?\n/);
  const at = lines.findIndex((line) => new RegExp(`^\\s*(?:#\\s*)?(?:export\\s+)?${name}\\s*=`).test(line));
  if (at === -1) return false;
  if (/^\s*#/.test(lines[at] ?? "") || /#.*\boptional\b/i.test(lines[at] ?? "")) return true;
  // The nearest comment above that says one or the other.
  const above = lines.slice(0, at).reverse().find((line) => /^\s*#.*\b(?:optional|required|mandatory)\b/i.test(line));
  return above !== undefined && /\boptional\b/i.test(above);
}

const isOptionalIn = (folder: string, name: string): boolean =>
  [...(entriesOf(folder) ?? [])].some((entry) => template.test(entry) && isOptionalInTemplate(readText(`${folder}/${entry}`) ?? "", name));

/**
 * Whether anything in the project looks at a variable before it is used, or says that it may be missing: a schema, a list of names, a
 * test of its own, a package that reads it, or the template of the environment.
 */
export function isCheckedSomewhere(name: string, source: Source): boolean {
  const filename = fileFacts(source)?.filename;
  const folder = filename === undefined ? null : folderOf(filename);
  const folders = filename === undefined ? [] : foldersAround(filename);
  const [own] = folders;
  if (filename === undefined || folder === null || own === undefined) return true;
  if (checkedOnLoad.some(({ module }) => dependsOn(filename, module))) return true;
  if (checkedByPackage.some((entry) => entry.name.test(name) && dependsOn(filename, entry.module))) return true;
  if (folders.some((each) => namesCheckedBelow(each)?.has(name) ?? true)) return true;
  // Libraries of a workspace that are no packages of their own stand below its root.
  if (namesCheckedBelow(workspaceRoot(folder))?.has(name)) return true;
  if (loadsTemplate(own) === true && isSetIn(own, name)) return true;
  return [own, workspaceRoot(folder)].some((each) => isOptionalIn(each, name)) || isRequiredAtStart(name, source);
}
