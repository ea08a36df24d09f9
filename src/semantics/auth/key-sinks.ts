import type { TSESTree } from "@typescript-eslint/utils";

import { keyBuilders, type KeySink, keySinks } from "../../knowledge/hardcoded.js";
import { fileFacts } from "../../project/file.js";
import { namesModule } from "../../project/named-packages.js";
import { majorOf } from "../../project/package-json.js";
import { reachesOut } from "../../syntax/outside.js";
import { variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, propertyOf } from "../../syntax/value.js";
import { optionsLiteral } from "../program/options.js";
import { originOf, stepsText } from "../program/provenance.js";

export type { KeySink } from "../../knowledge/hardcoded.js";

const sinkModules: ReadonlySet<string> = new Set(keySinks.map(({ module }) => module));

/** Whether a file's text names a package that works with a key. */
export const mayUseKey = (source: Source): boolean => reachesOut(source) && namesModule(sinkModules, source);

/** `new SignJWT(claims).setIssuedAt().sign` is `SignJWT().sign`: what a builder is told on the way does not matter. */
const shortened = (steps: readonly string[]): string => (keyBuilders.has(steps[0] ?? "") ? `${steps[0] ?? ""}().${steps.at(-1) ?? ""}` : stepsText(steps));

/** What a call is that takes a key; `null` for one that takes none. */
export function sinkOf(call: TSESTree.CallExpression | TSESTree.NewExpression, source: Source): KeySink | null {
  const origin = originOf(call.callee, source);
  const path = origin && shortened(origin.steps);
  const direct = keySinks.find(({ module, calls }) => calls && origin?.module === module && calls.includes(path ?? ""));
  if (direct) return direct;
  const [first] = call.arguments;
  const given = first && first.type !== "SpreadElement" && call.callee.type === "MemberExpression" && memberName(call.callee) === "register" ? originOf(first, source) : null;
  return given && stepsText(given.steps) === "default" ? (keySinks.find(({ module, calls }) => !calls && module === given.module) ?? null) : null;
}

/** The sink whose options an object is declared to be, by a type of its package: `const options: NextAuthOptions = { secret }`. */
export function sinkOfDeclared(object: TSESTree.ObjectExpression, source: Source): KeySink | null {
  const wrapper = object.parent;
  const type = wrapper.type === "TSSatisfiesExpression" || wrapper.type === "TSAsExpression" ? wrapper.typeAnnotation : wrapper.type === "VariableDeclarator" ? wrapper.id.typeAnnotation?.typeAnnotation : undefined;
  if (type?.type !== "TSTypeReference" || type.typeName.type !== "Identifier") return null;
  const imported = variableOf(type.typeName, source)?.defs[0];
  if (imported?.type !== "ImportBinding" || imported.parent.type !== "ImportDeclaration" || imported.node.type !== "ImportSpecifier") return null;
  const { source: module } = imported.parent;
  const { imported: name } = imported.node;
  return keySinks.find(({ module: own, types }) => own === module.value && name.type === "Identifier" && types?.includes(name.name)) ?? null;
}

/** The keys of options that are written out. */
const keysAmong = (options: TSESTree.ObjectExpression, names: readonly string[]): TSESTree.Node[] => names.flatMap((name) => propertyOf(options, name) ?? []).filter((value) => value !== "unknown");

/** The keys in an object that is declared to be a sink's options. */
export const keysDeclared = (object: TSESTree.ObjectExpression, { key }: KeySink): TSESTree.Node[] => (typeof key === "number" ? [] : keysAmong(object, key.names));

/** The keys that stand in a call: one, or options of several names. */
export function keysOf({ arguments: given }: TSESTree.CallExpression | TSESTree.NewExpression, { key }: KeySink, source: Source): TSESTree.Node[] {
  if (given.some(({ type }) => type === "SpreadElement")) return [];
  if (typeof key === "number") return given[key] ? [given[key]] : [];
  const options = optionsLiteral(key.options < 0 ? given.at(-1) : given[key.options], source);
  return options ? keysAmong(options, key.names) : [];
}

/** Whether a call throws when its key is an empty text, in the version that a file gets. */
export function throwsOnEmpty({ module, refusesEmpty: refusal }: KeySink, source: Source): boolean {
  if (refusal?.since === undefined) return refusal !== undefined;
  const major = majorOf(fileFacts(source)?.filename ?? "", module);
  return major !== null && major >= refusal.since;
}
