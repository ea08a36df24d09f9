import type { TSESTree } from "@typescript-eslint/utils";

import { inMemoryDatabase, syncCalls, type SyncOption, syncOptions } from "../../knowledge/migrations.js";
import { fileFacts } from "../../project/file.js";
import { dependsOn } from "../../project/package-json.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, propertyOf, resolveConst, stringValue, unwrap } from "../../syntax/value.js";
import { mayBeRunByApp } from "../program/callers.js";
import { type DeployScript, deployScriptsIn } from "./deploy-scripts.js";
import { isDevelopmentOnly, isForDevelopmentOnly } from "../program/guards.js";
import { originOf, stepsText } from "../program/provenance.js";
import { type PushInText, pushesIn } from "./pushes.js";
import { schemaOf } from "../schema/tables.js";
import { isForTrial } from "../program/trial-files.js";
import { mentionsPlace, whenUnset } from "../environment/unset.js";

const optionNames = new Set(syncOptions.map(({ option }) => option));
const methodNames = new Set(syncCalls.map(({ method }) => method));
/** `sync(`, `schema.update(` */
const callsAsWritten = [...new Set(syncCalls.flatMap(({ on, method }) => on.map((path) => `${path.split(".").slice(1).map((step) => `${step}.`).join("")}${method}(`)))];

/** A first look: whether a file may have an option, or a call, with which tables follow the code. */
export const mayHaveSyncOption = ({ text }: Source): boolean => [...optionNames].some((name) => text.includes(name));
export const mayCallSync = ({ text }: Source): boolean => callsAsWritten.some((call) => text.includes(call));

/** An option of a connection with which the tables follow the code whenever the app starts. */
export interface OpenSync {
  readonly library: string;
  readonly option: string;
  /** Whether it drops all tables before. */
  readonly drops: boolean;
  readonly value: TSESTree.Node;
  /** The variable that has to be set for it to be off; `null` where it is simply on. */
  readonly unless: string | null;
}

const isOption = (node: TSESTree.Property): boolean => optionNames.has(keyName(node.key, node.computed) ?? "");

/** The library whose connection an object literal describes, as far as what stands in it says so. */
function libraryOf(object: TSESTree.ObjectExpression, option: string | null, source: Source): SyncOption | null {
  const filename = fileFacts(source)?.filename;
  if (filename === undefined) return null;
  for (const entry of syncOptions.filter((each) => each.option === option)) {
    const driver = propertyOf(object, entry.driver);
    const name = driver === null || driver === "unknown" ? null : stringValue(resolveConst(driver, source));
    if (name === null || !entry.drivers.test(name) || entry.transient.test(name)) continue;
    if (dependsOn(filename, entry.module)) return entry;
  }
  return null;
}

function isInMemory(object: TSESTree.ObjectExpression, source: Source): boolean {
  return ["database", "storage"].some((name) => {
    const value = propertyOf(object, name);
    return value !== null && value !== "unknown" && inMemoryDatabase.test(stringValue(resolveConst(value, source)) ?? "");
  });
}

/** The option that a property is, when it is on in production: written so, or wherever a variable is not set. */
export function openSyncAt(node: TSESTree.Property, source: Source): OpenSync | null {
  if (!isOption(node) || node.parent.type !== "ObjectExpression") return null;
  const value = unwrap(node.value);
  const state = mentionsPlace(value, source) ? null : whenUnset(value, source);
  if (!state || !(state.value === true || state.value === "true")) return null;
  const entry = libraryOf(node.parent, keyName(node.key, node.computed), source);
  if (!entry || isForTrial(source) || isInMemory(node.parent, source) || isForDevelopmentOnly(node.parent, source)) return null;
  return { library: entry.library, option: entry.option, drops: entry.drops === true, value: node.value, unless: state.variable };
}

/** A call that makes the tables what the models say. */
export interface SchemaSyncCall {
  readonly library: string;
  readonly node: TSESTree.CallExpression;
  readonly method: TSESTree.MemberExpression;
  /** The option with which tables that are there are changed or dropped, if it takes one; `null` where only those that are missing are made. */
  readonly rebuilds: { readonly name: string; readonly property: TSESTree.Property } | "always" | null;
}

function rebuildingOption(options: TSESTree.Node | undefined, names: readonly string[] | "always", source: Source): SchemaSyncCall["rebuilds"] | "unknown" {
  if (names === "always") return names;
  if (!options) return null;
  const object = resolveConst(options, source);
  if (object.type !== "ObjectExpression") return "unknown";
  for (const property of object.properties) {
    if (property.type !== "Property") return "unknown";
    const name = keyName(property.key, property.computed);
    if (name === null || !names.includes(name)) continue;
    const state = mentionsPlace(property.value, source) ? null : whenUnset(property.value, source);
    if (state === null) return "unknown";
    if (state.value === true || state.value === "true") return { name, property };
  }
  return null;
}

/** The call that a node is, when production may run it. */
export function schemaSyncAt(node: TSESTree.CallExpression, source: Source): SchemaSyncCall | null {
  const callee = unwrap(node.callee);
  if (callee.type !== "MemberExpression" || !methodNames.has(memberName(callee) ?? "")) return null;
  const origin = originOf(callee.object, source);
  const entry = origin && syncCalls.find(({ modules, on, method }) => method === memberName(callee) && modules.includes(origin.module) && on.includes(stepsText(origin.steps)));
  if (!entry || isForTrial(source) || isDevelopmentOnly(node, source) || !mayBeRunByApp(node, source)) return null;
  const rebuilds = rebuildingOption(node.arguments[0], entry.rebuilds, source);
  return rebuilds === "unknown" ? null : { library: entry.library, node, method: callee, rebuilds };
}

/** A command on the way to production that makes the database look like the schema. */
export interface SchemaPush extends PushInText {
  readonly script: DeployScript;
  readonly range: readonly [number, number];
}

/** The commands in a project's own files that push a schema to production, where migrations could be run. */
export const schemaPushesIn = (source: Source): SchemaPush[] =>
  deployScriptsIn(source).flatMap((script) => pushesIn(script.text).map((push) => ({ ...push, script, range: [script.start + push.start, script.start + push.end] as const })));

/** Whether the database of the project keeps no foreign keys, for which pushing is what its makers advise. */
export const isPushedByDesign = (source: Source): boolean => schemaOf(source)?.hasForeignKeys === false;
