import type { TSESTree } from "@typescript-eslint/utils";

import { bundlerVariables, functionVariables, platformVariables, settingsFiles, variableChains } from "../../knowledge/environment.js";
import { publicPrefixes, startFiles } from "../../knowledge/public-env.js";
import { type Convention, deployedWith, modulesByConvention } from "../../project/conventions.js";
import { entriesOf, fileStamp, readText } from "../../project/disk.js";
import { fileFacts } from "../../project/file.js";
import { moduleRecord } from "../../project/module-record.js";
import { modulesBehind } from "../../project/modules-behind.js";
import { dependsOn, packageOf } from "../../project/package-json.js";
import { pathInProject } from "../../project/path.js";
import { isDisabledAt } from "../../syntax/comments.js";
import { reachesOut, usesGlobal } from "../../syntax/outside.js";
import { callsIn } from "../../syntax/nodes.js";
import { isGlobal, readsOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, outermost, stringValue, unwrap } from "../../syntax/value.js";
import { ancestor } from "../../syntax/walk.js";
import { environmentValidatorIn } from "./env-module.js";
import { type CheckedVariable, comesToSame, type EnvSchema, envSchemaOf, isNamedByEnvModule } from "./env-schema.js";
import { isBuiltAlone } from "../program/entry-alone.js";
import { chainedReadAt } from "./env-chains.js";
import { isCheckedSomewhere, isGivenToClient } from "./env-checks.js";
import { type EnvTrust, isAsserted, isLeftToOthers, trustOf } from "./env-trust.js";
import { calledName, type EnvUse, isConstant, isFieldTested, isTested, textComparedWith, useOf, useOfName } from "./env-uses.js";
import { isServerSide } from "../program/file-role.js";
import { isDevelopmentOnly, isSwitchForTests } from "../program/guards.js";
import { isFrom, originOf } from "../program/provenance.js";

/** A variable of the environment, read as the text that it is. */
interface RawRead {
  readonly name: string;
  /** The expression that holds the value, or the name in the pattern that takes it out. */
  readonly node: TSESTree.Node;
  /** The code decides on the spot what a missing value means. */
  readonly isHandled: boolean;
  /** What the code makes of the value on the spot, where that is all that it does with it. */
  readonly use: EnvUse | null;
  /** How it takes the value for granted, if it does. */
  readonly trust: EnvTrust | null;
}

/** All the reads of one variable in a file. */
export interface RawVariable {
  readonly name: string;
  readonly reads: readonly [RawRead, ...RawRead[]];
  /** What the env module makes of it; `null` where it does not have it. */
  readonly checked: CheckedVariable | null;
}

const hosts: ReadonlySet<string> = new Set(["process", "Deno", "Bun"]);

/** The package that hands over what stands in its file. */
const fileReader = "dotenv";
const namesPackage = new RegExp(`["'](?:${[fileReader, ...variableChains.map(({ module }) => module)].join("|")})["']`);

/** A look at the text, before anything is asked of the project. */
export const mayReadEnvironment = (source: Source): boolean =>
  (reachesOut(source) || [...hosts].some((host) => usesGlobal(host, source))) && source.text.includes("env") && /\b(?:process|Deno|Bun|meta)\??\.\s*env\b|\[["']env["']\]|["'](?:(?:node:)?process|bun|dotenv|env-var)["']/.test(source.text);

/** Whether a node is the environment as the host gives it: `process.env`, `import.meta.env`, `Deno.env`. */
export function isRawEnvironment(node: TSESTree.MemberExpression, source: Source): boolean {
  if (memberName(node) !== "env") return false;
  const { object } = node;
  if (object.type === "MetaProperty") return true;
  return object.type === "Identifier" && hosts.has(object.name) && isGlobal(object, source);
}

/** The places where a file holds the environment that it has imported: `import { env } from "node:process"`. */
export function importedEnvironments(declaration: TSESTree.ImportDeclaration, source: Source): TSESTree.Node[] {
  if (!/^(?:node:process|process|bun)$/.test(declaration.source.value)) return [];
  return declaration.specifiers.flatMap((specifier) => {
    const isEnv = specifier.type === "ImportSpecifier" && specifier.imported.type === "Identifier" && specifier.imported.name === "env";
    const variable = isEnv ? variableOf(specifier.local, source) : null;
    return variable ? readsOf(variable) : [];
  });
}

/** What a package hands over where a file calls it: the variables of a file (`config().parsed`), or one by its name (`get("PORT")`). */
export function handedEnvironments(source: Source): TSESTree.Node[] {
  if (!namesPackage.test(source.text)) return [];
  return callsIn(source).flatMap((node) => {
    const origin = node.type === "CallExpression" ? originOf(node.callee, source) : null;
    if (isFrom(origin, fileReader, "config")) return parsedOf(outermost(node), source);
    return node.type === "CallExpression" && chainedReadAt(node, source) ? [node] : [];
  });
}

/** `config().parsed`, `const { parsed } = config()`, and `result.parsed` of `const result = config()`. */
function parsedOf(whole: TSESTree.Node, source: Source): TSESTree.Node[] {
  const { parent } = whole;
  if (parent?.type === "MemberExpression") return parent.object === whole && memberName(parent) === "parsed" ? [parent] : [];
  if (parent?.type !== "VariableDeclarator" || parent.init !== whole) return [];
  if (parent.id.type === "Identifier") return readsBy(parent.id, source).flatMap((read) => parsedOf(outermost(read), source));
  return parent.id.type === "ObjectPattern" ? parent.id.properties.flatMap((property) => (property.type === "Property" && keyName(property.key, property.computed) === "parsed" && property.value.type === "Identifier" ? readsBy(property.value, source) : [])) : [];
}

function readsBy(name: TSESTree.Identifier, source: Source): TSESTree.Node[] {
  const variable = variableOf(name, source);
  return variable ? readsOf(variable) : [];
}

const pathOf = (source: Source): string => {
  const facts = fileFacts(source);
  return facts ? pathInProject(facts) : "";
};

/**
 * The module that a server's file should read its environment from: `"none"` where its project has none, `null` where the file is
 * itself a place for settings, feeds the module, or may not be able to read it.
 */
export function envModuleFor(source: Source): EnvSchema | "none" | null {
  const filename = fileFacts(source)?.filename;
  if (filename === undefined || !isServerSide(source)) return null;
  const path = pathOf(source);
  if (settingsFiles.some((entry) => entry.path.test(path)) || environmentValidatorIn(filename) !== null || /\bregisterAs\s*\(/.test(source.text)) return null;
  if (deployedWith(filename)?.isPackage !== true) return "none";
  const schema = envSchemaOf(source);
  if (!schema) return "none";
  return isReachable(schema, filename, source) ? schema : null;
}

function isReachable({ file }: EnvSchema, filename: string, source: Source): boolean {
  if (modulesBehind(file)?.has(filename) || isBuiltAlone(file, source)) return false;
  // JavaScript beside a module in TypeScript may be run as it is.
  const isPlain = /\.[cm]?jsx?$/.test(filename) && /\.[cm]?tsx?$/.test(file);
  return !isPlain || (moduleRecord(filename)?.specifiers.some((specifier) => /^(?:@|~)\//.test(specifier)) ?? false);
}

/** The variables that a file reads raw, of those that an app has to check: in the order of their first reads. */
export function rawVariablesIn(environments: readonly TSESTree.Node[], schema: EnvSchema | "none", source: Source): RawVariable[] {
  const byName = new Map<string, RawRead[]>();
  for (const read of environments.flatMap((node) => readsOfEnvironment(node, source))) {
    if (!isAppsOwn(read, source) || isDevelopmentOnly(read.node, source) || isSwitchForTests(read.node, source) || isStated(read.node, source)) continue;
    const reads = byName.get(read.name);
    if (reads) reads.push(read);
    else byName.set(read.name, [read]);
  }
  return [...byName].flatMap(([name, reads]) => {
    const checked = schema === "none" ? null : (schema.variables.get(name) ?? null);
    const wanted = checked ? (isSameWhenAsked(checked, schema) ? [] : readsPast(checked, reads)) : [...reads];
    const [first, ...more] = wanted.sort((a, b) => a.node.range[0] - b.node.range[0]);
    if (!first || (!checked && isAccountedFor(name, reads, schema, source))) return [];
    return [{ name, reads: [first, ...more] as const, checked }];
  });
}

/**
 * The read by which a file takes a variable for granted that nothing validates: `null` where it does not, or where a schema has it.
 * Of such a variable require-env-validation speaks, of any other no-raw-process-env, so that none is spoken of twice.
 */
export const trustedReadOf = ({ checked, reads }: RawVariable): EnvTrust | null => (checked ? null : (reads.find(({ trust }) => trust !== null)?.trust ?? null));

/** Whether nothing in the project looks at a variable, and what reads it cannot do without. */
export const isUnseen = ({ name, reads }: RawVariable, source: Source): boolean =>
  !reads.some(({ node }) => isLeftToOthers(node, name, source)) && !isCheckedSomewhere(name, source) && !isGivenToClient(name, source);

/** Whether a module that is asked for its values by a call makes nothing else of the text: nobody has asked it yet when the app starts. */
const isSameWhenAsked = ({ value }: CheckedVariable, schema: EnvSchema | "none"): boolean => schema !== "none" && schema.isFunction && value !== "converted" && value !== "changed";

/** The reads that lose something by going past the module: nobody hears that there is no value, or it is another one. */
function readsPast(checked: CheckedVariable, reads: readonly RawRead[]): RawRead[] {
  const { value, isConverted } = checked;
  if (reads.some(({ use }) => use === "demand")) return [];
  return reads.filter(({ node, use }) => {
    const text = textComparedWith(node);
    if (text !== null && comesToSame(checked, text)) return false;
    switch (use) {
      // Whether a variable is set is a question about the environment itself: a default would answer it always.
      case "question":
      case "last resort":
      case "converted and answered":
        return false;
      case "answered":
        return isConverted;
      case "conversion":
        return value !== "converted";
      default:
        return true;
    }
  });
}

/** Whether a file starts with the app that loads a module, so that a variable which that module checks is missed by then. */
function isLoadedAtStart(file: string, dir: string): boolean {
  return startFiles.some((path) => [dir, `${dir}/src`].some((folder) => fileStamp(`${folder}/${path}`) !== null && modulesBehind(`${folder}/${path}`)?.has(file) === true));
}

/** Whether the build writes the value of a variable into the code, and the module that checks it is loaded at the start whoever reads it. */
export function isWrittenIn({ name, reads, checked }: RawVariable, { file }: EnvSchema, source: Source): boolean {
  const filename = fileFacts(source)?.filename;
  const isInlined = publicPrefixes.some(({ prefix, packages, inServer }) => inServer && name.startsWith(prefix) && packages.some((module) => filename !== undefined && dependsOn(filename, module)));
  if (!checked || !isInlined || filename === undefined || checked.value === "changed" || checked.value === "converted") return false;
  const dir = packageOf(filename)?.dir;
  return reads.every(({ node }) => node.type === "MemberExpression") && dir !== undefined && isLoadedAtStart(file, dir);
}

const ruleAgainst = /(?:^|[\s,/])no-process-env(?:$|[\s,])/;

/** Whether the author has switched a linter's rule against raw reads off where the environment is read. */
export const isReadOnPurpose = (node: TSESTree.Node, source: Source): boolean => source.text.includes("no-process-env") && isDisabledAt(node, ruleAgainst, source);

/** How many lines below a comment it still speaks of. */
const reach = 3;

/** Whether a comment of the author's says why the environment is read raw, at the head of the file or a few lines above. */
function isStated(node: TSESTree.Node, { ast }: Source): boolean {
  const start = ast.body[0]?.loc.end.line ?? 0;
  const statement = ancestor(node, ({ type }) => type.endsWith("Statement") || type.endsWith("Declaration"));
  const lines = [node.loc.start.line, statement?.loc.start.line ?? 0];
  return (ast.comments ?? []).some(({ value, loc }) => {
    // Code that was commented out reads it as well, and says nothing.
    if (!/\bprocess\.env\b(?![.[]\w)/.test(value)) return false;
    return loc.end.line <= start || lines.some((line) => loc.end.line <= line && line - loc.end.line <= reach);
  });
}

const isFunctionOfPlatform = (source: Source): boolean => {
  const filename = fileFacts(source)?.filename;
  return filename !== undefined && deployedWith(filename)?.isPackage === false;
};

function isAppsOwn({ name, node }: RawRead, source: Source): boolean {
  const isAmong = (entries: readonly { readonly name: RegExp }[]): boolean => entries.some((entry) => entry.name.test(name));
  if (isAmong(platformVariables) || (isAmong(functionVariables) && isFunctionOfPlatform(source))) return false;
  return !(isAmong(bundlerVariables) && node.type === "MemberExpression" && isMetaEnvironment(unwrap(node.object)));
}

const isMetaEnvironment = (node: TSESTree.Node): boolean => node.type === "MemberExpression" && node.object.type === "MetaProperty";

/** Whether something says already what becomes of a variable that nobody has set, or may say it. */
function isAccountedFor(name: string, reads: readonly RawRead[], schema: EnvSchema | "none", source: Source): boolean {
  if (reads.some((read) => read.isHandled) || isListed(name, source)) return true;
  if (schema !== "none" && isNamedByEnvModule(name, schema)) return true;
  return isNamedBySettings(name, source);
}

/** `["DATABASE_URL", …].filter((name) => !process.env[name])` */
const isListed = (name: string, { text }: Source): boolean => /\.env\s*(?:\?\.)?\[\s*\w/.test(text) && new RegExp(`["'\`]${name}["'\`]`).test(text);

const settingsModules: Convention = {
  folders: new Set(["src", "lib", "server", "app", "config", "configs", "env", "utils", "shared", "common", "core", "services", "configuration"]),
  file: /^(?:[\w-]+[.-])?(?:env|environment|config|configuration)(?:[.-]\w+)*\.[cm]?[jt]s$/i,
  ownFolder: /^(?:config|configs|env|environment)$/,
  entry: /\.[cm]?[jt]s$/,
};

const buildConfig = /^(?:next|vite|nuxt|astro|svelte|webpack|rspack|rsbuild|tsup|esbuild|rollup)\.config(?:\.\w+)*\.[cm]?[jt]s$/;

const settingsTexts = new Map<string, { until: number; text: string }>();

/** What a package's own modules for settings say, and its build, which may write a value into the code. */
function settingsTextOf(dir: string): string {
  const known = settingsTexts.get(dir);
  if (known && Date.now() < known.until) return known.text;
  const builds = [...(entriesOf(dir) ?? [])].filter((name) => buildConfig.test(name)).map((name) => `${dir}/${name}`);
  const texts = [...modulesByConvention(dir, settingsModules), ...builds].map((file) => readText(file) ?? "").filter((text) => /\benv\b/.test(text));
  const text = texts.join("\n");
  settingsTexts.set(dir, { until: Date.now() + 1_000, text });
  return text;
}

function isNamedBySettings(name: string, source: Source): boolean {
  const filename = fileFacts(source)?.filename;
  const own = filename === undefined ? null : packageOf(filename);
  if (filename === undefined || own === null) return false;
  // Where several apps share a package, each of them has a `src`.
  const [app] = /^.*?[\\/](?:apps|packages)[\\/].*?[\\/]src(?=[\\/])/.exec(filename.slice(own.dir.length)) ?? [];
  const word = new RegExp(`\\b${name}\\b`);
  return word.test(settingsTextOf(own.dir)) || (app !== undefined && word.test(settingsTextOf(own.dir + app)));
}

function isWritten(node: TSESTree.Node): boolean {
  const { parent } = outermost(node);
  switch (parent?.type) {
    case "AssignmentExpression":
      return parent.left === outermost(node);
    case "UnaryExpression":
      return parent.operator === "delete";
    case "UpdateExpression":
      return true;
    default:
      return false;
  }
}

/** `get("PORT").asPortNumber()`, where nothing in between says what becomes of a missing one. */
function readOfChain(call: TSESTree.CallExpression, source: Source): RawRead[] {
  const read = chainedReadAt(call, source);
  return read && !read.isSettled ? [readAt(read.name, read.node, source)] : [];
}

function readsOfEnvironment(environment: TSESTree.Node, source: Source, hops = 2): RawRead[] {
  if (environment.type === "CallExpression") return readOfChain(environment, source);
  const whole = outermost(environment);
  const { parent } = whole;
  if (parent?.type === "MemberExpression" && parent.object === whole) return readOfMember(parent, source);
  if (parent?.type !== "VariableDeclarator" || parent.init !== whole) return [];
  if (parent.id.type === "ObjectPattern") return readsOfPattern(parent.id, source);
  const variable = parent.id.type === "Identifier" && hops > 0 ? variableOf(parent.id, source) : null;
  return variable ? readsOf(variable).flatMap((read) => readsOfEnvironment(read, source, hops - 1)) : [];
}

function readOfMember(member: TSESTree.MemberExpression, source: Source): RawRead[] {
  const name = memberName(member);
  const { parent } = outermost(member);
  const isDeno = unwrap(member.object).type === "MemberExpression" && source.text.slice(...member.object.range).startsWith("Deno");
  if (isDeno) {
    const key = name === "get" && parent?.type === "CallExpression" ? stringValue(parent.arguments[0]) : null;
    return key !== null && parent ? [readAt(key, parent, source)] : [];
  }
  return name !== null && /^[A-Za-z_]\w*$/.test(name) && !isWritten(member) ? [readAt(name, member, source)] : [];
}

const readsOfPattern = ({ properties }: TSESTree.ObjectPattern, source: Source): RawRead[] =>
  properties.flatMap((property) => {
    const name = property.type === "Property" ? keyName(property.key, property.computed) : null;
    if (property.type !== "Property" || name === null) return [];
    const hasDefault = property.value.type === "AssignmentPattern";
    const isHandled = hasDefault || (property.value.type === "Identifier" && isVariableHandled(property.value, source));
    const use = hasDefault ? "answered" : property.value.type === "Identifier" ? useOfName(property.value, source) : null;
    return [{ name, node: property, isHandled, use, trust: null }];
  });

const readAt = (name: string, node: TSESTree.Node, source: Source): RawRead => ({
  name,
  node,
  isHandled: isHandled(node, source),
  use: useOf(node, name, source),
  trust: trustOf(node, name, source),
});

/** Functions that are there to look at a value before it is used. */
const checking = /^(?:assert\w*|invariant|require\w*|ensure\w*|must\w*|check\w*|validate\w*|parse\w*|safeParse\w*|read\w*Env\w*|is[A-Z]\w*|expect\w*|to(?:Bool|Number|Int)\w*|Boolean|ok)$/;

const toNumber = /^(?:Number|parseInt|parseFloat|BigInt)$/;

/** Whether the value that another is held against is asked for beside: `!key || key !== process.env.KEY`. */
function isAskedBeside(comparison: TSESTree.Node, other: TSESTree.Node): boolean {
  const { parent } = outermost(comparison);
  if (other.type !== "Identifier" || parent?.type !== "LogicalExpression") return false;
  return [parent.left, parent.right].some((side) => side.type === "UnaryExpression" && side.operator === "!" && side.argument.type === "Identifier" && side.argument.name === other.name);
}

/** Whether an object has a name, or is handed out: whoever asks it may look at what is in it. */
function isNamedObject(object: TSESTree.Node): boolean {
  const { parent } = outermost(object);
  if (parent?.type === "Property") return isNamedObject(parent.parent);
  return parent !== undefined && /^(?:VariableDeclarator|ReturnStatement|ArrowFunctionExpression|AssignmentExpression|PropertyDefinition|ExportDefaultDeclaration)$/.test(parent.type);
}

/** Whether code says what becomes of a value that is not there, or passes it on to where that may be said. */
function isHandled(node: TSESTree.Node, source: Source): boolean {
  const whole = outermost(node);
  const { parent } = whole;
  if (!parent || isTested(whole) || isExplained(node, whole)) return true;
  switch (parent.type) {
    case "LogicalExpression":
      // On the right of `??` it is itself what takes the place of something.
      return parent.left === whole || parent.operator !== "&&" || isHandled(parent, source);
    case "ConditionalExpression":
      return parent.test === whole || isHandled(parent, source);
    case "BinaryExpression":
      return isConstant(parent.left === whole ? parent.right : parent.left) || isAskedBeside(parent, unwrap(parent.left === whole ? parent.right : parent.left));
    case "CallExpression":
      // `Number(process.env.COUNT) || 10`
      return parent.callee !== whole && (checking.test(calledName(parent.callee) ?? "") || (toNumber.test(calledName(parent.callee) ?? "") && isHandled(parent, source)));
    case "UnaryExpression":
      return parent.operator === "+" && isHandled(parent, source);
    // `[process.env.A, process.env.B].find(Boolean)`
    case "ArrayExpression":
      return !isAsserted(node);
    case "Property":
      return parent.value === whole && !isAsserted(node) && isNamedObject(parent.parent);
    case "VariableDeclarator":
      return parent.id.type === "Identifier" ? isVariableHandled(parent.id, source) : true;
    case "AssignmentExpression":
      return parent.left.type === "Identifier" ? isVariableHandled(parent.left, source) : isFieldTested(parent.left, source);
    case "PropertyDefinition":
      return isFieldTested(parent, source);
    // Whoever asks for it may look at it, unless it is said to be there: `const secret = () => process.env.SECRET`.
    case "ReturnStatement":
    case "ArrowFunctionExpression":
    case "ExportDefaultDeclaration":
      return !isAsserted(node);
    case "SwitchStatement":
    case "SwitchCase":
    case "AssignmentPattern":
    case "ExpressionStatement":
      return true;
    default:
      return false;
  }
}

/** `process.env.LIST?.split(",")` */
const isExplained = (node: TSESTree.Node, whole: TSESTree.Node): boolean =>
  [node, whole].some(({ parent }) => parent?.type === "MemberExpression" && parent.optional);

function isVariableHandled(name: TSESTree.Identifier, source: Source): boolean {
  const variable = variableOf(name, source);
  if (!variable) return true;
  const [definition] = variable.defs;
  const isExported = definition?.type === "Variable" && definition.parent.parent.type === "ExportNamedDeclaration";
  return isExported || readsOf(variable).some((read) => read.parent.type === "ExportSpecifier" || isHandled(read, source));
}
