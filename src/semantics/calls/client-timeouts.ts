import type { TSESTree } from "@typescript-eslint/utils";

import { type Limit, type PatientClient, patientClients } from "../../knowledge/client-timeouts.js";
import { fileFacts } from "../../project/file.js";
import { namesModule } from "../../project/named-packages.js";
import { dependsOn } from "../../project/package-json.js";
import { packageName } from "../../project/package-name.js";
import { addOption, addProperty, type Edit } from "../../syntax/edit.js";
import { importsModule, reachesOut } from "../../syntax/outside.js";
import { variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, propertyOf, resolveConst, stringValue, unwrap } from "../../syntax/value.js";
import { isFunction } from "../../syntax/walk.js";
import { optionPresence, optionsLiteral } from "../program/options.js";
import { originOf } from "../program/provenance.js";

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** A client that is built so that it waits for ever, or for very long. */
export interface EndlessClient {
  readonly limit: Limit;
  /** What it was told, where that is why it never ends: the value of the option, or the address that says so. */
  readonly told: { readonly option: string; readonly value: TSESTree.Node } | null;
  /** What to write, and the edit that writes it; `null` where there is no place for it. */
  withLimit(milliseconds: number): { readonly text: string; readonly edit: Edit | null };
}

const makerNames = new Set(patientClients.flatMap(({ makers }) => makers.map((maker) => maker.split(".").at(-1) ?? maker)));
const modules: ReadonlySet<string> = new Set(patientClients.map(({ module }) => module));

/** Whether a file's text names the package of such a client: a cheap first look. */
export const namesPatientClient = (source: Source): boolean => reachesOut(source) && namesModule(modules, source);

/** A cheap look at a callee before it is followed: it is called as what builds such a client, or is imported from its package by any name. */
function mayBuild(callee: TSESTree.Node, source: Source): boolean {
  if (callee.type === "MemberExpression") return makerNames.has(memberName(callee) ?? "");
  if (callee.type !== "Identifier") return false;
  const definition = variableOf(callee, source)?.defs[0];
  const isImported = definition?.type === "ImportBinding" && definition.parent.type === "ImportDeclaration" && modules.has(packageName(definition.parent.source.value));
  return isImported || definition?.type === "Variable" || makerNames.has(callee.name);
}

function patientClientAt(call: Call, source: Source): PatientClient | null {
  const callee = unwrap(call.callee);
  if (!mayBuild(callee, source)) return null;
  const origin = originOf(callee, source);
  if (!origin) return null;
  const [first, ...rest] = origin.steps;
  const path = (first === "default" || first === "*") && rest.length > 0 ? rest.join(".") : origin.steps.join(".");
  return patientClients.find(({ module, makers }) => module === origin.module && makers.includes(path)) ?? null;
}

/** What a client is given as its options: a literal, nothing at all, or an address in their place. */
type Given = { readonly kind: "literal"; readonly object: TSESTree.ObjectExpression; readonly node: TSESTree.Node } | { readonly kind: "nothing" } | { readonly kind: "address" };

const returned = (fn: TSESTree.Node): TSESTree.Node | null => {
  if (!isFunction(fn)) return null;
  if (fn.body.type !== "BlockStatement") return fn.body;
  const last = fn.body.body.at(-1);
  return last?.type === "ReturnStatement" ? last.argument : null;
};

function factoryResult(node: TSESTree.Node | undefined, source: Source): TSESTree.Node | null {
  const options = optionsLiteral(node, source);
  const factory = options && propertyOf(options, "useFactory", source);
  return factory === null || factory === "unknown" ? null : returned(unwrap(factory));
}

const isEnvironment = (node: TSESTree.Node, source: Source): boolean => /(?:^|\.)env(?:\.\w+|\[[^\]]+\])$/.test(source.text.slice(...node.range));

/** Whether an argument can only be an address or a number, and so no options. */
function isAddress(node: TSESTree.Node, source: Source): boolean {
  const inner = resolveConst(node, source);
  return stringValue(inner) !== null || inner.type === "TemplateLiteral" || inner.type === "Literal" || isEnvironment(inner, source);
}

function givenAt(call: Call, { optionsAt, under }: PatientClient, source: Source): Given | null {
  if (call.arguments.some(({ type }) => type === "SpreadElement")) return null;
  if (call.arguments.length === 0) return under === undefined && optionsAt !== "factory" ? { kind: "nothing" } : null;
  const argument = typeof optionsAt === "number" ? call.arguments[optionsAt] : optionsAt === "last" ? call.arguments.at(-1) : factoryResult(call.arguments[0], source);
  if (!argument) return typeof optionsAt === "number" && call.arguments.length === optionsAt ? { kind: "nothing" } : null;
  const object = optionsLiteral(argument, source);
  if (!object) return isAddress(argument, source) ? { kind: "address" } : null;
  if (under === undefined) return { kind: "literal", object, node: argument };
  const inner = propertyOf(object, under, source);
  if (inner === null || inner === "unknown") return null;
  const literal = optionsLiteral(inner, source);
  return literal ? { kind: "literal", object: literal, node: inner } : isAddress(inner, source) ? { kind: "address" } : null;
}

/** Whether the options make it the client that the table speaks of. */
function applies({ only }: PatientClient, given: Given, source: Source): boolean {
  if (!only) return true;
  if (given.kind !== "literal") return false;
  return only.options.some((option) => {
    const value = propertyOf(given.object, option);
    if (value === null || value === "unknown") return false;
    return only.value === undefined || stringValue(resolveConst(value, source)) === only.value;
  });
}

/** The value at a path of options: `datasources.db.url`. */
function valueAt(path: string, object: TSESTree.ObjectExpression, source: Source): TSESTree.Node | null {
  let current: TSESTree.Node = object;
  for (const key of path.split(".")) {
    const value: TSESTree.Node | "unknown" | null = current.type === "ObjectExpression" ? propertyOf(current, key, source) : null;
    if (value === null || value === "unknown") return null;
    current = resolveConst(value, source);
  }
  return current;
}

/** Whether an address, which nobody sees here, may say it. */
function mayBeInAddress({ addresses, addressAt }: PatientClient, { options }: Limit, call: Call, given: Given, source: Source): boolean {
  const address = addressAt === undefined ? undefined : call.arguments[addressAt];
  const text = address && stringValue(resolveConst(address, source));
  if (address && (typeof text !== "string" || options.some((option) => text.includes(option)))) return true;
  if (given.kind !== "literal") return given.kind === "address";
  return addresses.some((option) => {
    const value = propertyOf(given.object, option);
    return value !== null && (value === "unknown" || stringValue(resolveConst(value, source)) === null);
  });
}

/** The option that is given a value which says "for ever". */
function toldAt({ options, onlyWhen = 0 }: Limit, object: TSESTree.ObjectExpression, source: Source): EndlessClient["told"] {
  for (const option of options) {
    const value = propertyOf(object, option, source);
    if (value === null || value === "unknown") continue;
    const inner = resolveConst(value, source);
    if (inner.type === "Literal" && inner.value === onlyWhen) return { option, value };
  }
  return null;
}

/** The parameter of an address that says "for ever", and what to write in place of the address's text. */
function toldInAddress({ addresses }: PatientClient, { offInAddress }: Limit, object: TSESTree.ObjectExpression, source: Source): { readonly told: NonNullable<EndlessClient["told"]>; readonly text: string; readonly edit: Edit } | null {
  for (const [parameter, text] of Object.entries(offInAddress ?? {})) {
    for (const path of addresses) {
      const value = valueAt(path, object, source);
      const found = value && (value.type === "Literal" || value.type === "TemplateLiteral") ? new RegExp(`[?&](${parameter}=0)(?![\\d.])`).exec(source.text.slice(...value.range)) : null;
      if (!value || !found) continue;
      const start = value.range[0] + found.index + 1;
      return { told: { option: `${parameter}=0`, value }, text, edit: (fixer) => [fixer.replaceTextRange([start, start + `${parameter}=0`.length], text)] };
    }
  }
  return null;
}

/** What holds a client's other options may hold the limit as well: `extra` of TypeORM. */
const passesThrough = (object: TSESTree.ObjectExpression): boolean => propertyOf(object, "extra") !== null;

const readable = (milliseconds: number): string => milliseconds.toString().replaceAll(/\B(?=(\d{3})+$)/g, "_");

function endlessBy(limit: Limit, client: PatientClient, call: Call, given: Given, source: Source): EndlessClient | null {
  const object = given.kind === "literal" ? given.object : null;
  const address = object && toldInAddress(client, limit, object, source);
  if (address) return { limit, told: address.told, withLimit: () => address };
  const told = object && toldAt(limit, object, source);
  const write = (milliseconds: number): string => limit.write.replaceAll("{ms}", readable(milliseconds));
  if (told) {
    const replaced = (milliseconds: number): string => limit.write.includes("{ms}") ? `${told.option}: ${readable(milliseconds)}` : limit.write;
    return { limit, told, withLimit: (milliseconds) => ({ text: replaced(milliseconds), edit: (fixer) => [fixer.replaceText(told.value.parent ?? told.value, replaced(milliseconds))] }) };
  }
  if (limit.onlyWhen !== undefined || (limit.inAddress && mayBeInAddress(client, limit, call, given, source))) return null;
  if (given.kind === "literal" && (optionPresence(given.node, limit.options, source) !== "missing" || passesThrough(given.object))) return null;
  const place = typeof client.optionsAt === "number" ? client.optionsAt : 0;
  return {
    limit,
    told: null,
    withLimit(milliseconds) {
      const text = write(milliseconds);
      return { text, edit: object ? addProperty(object, text, source) : given.kind === "nothing" ? addOption(call, place, text, source) : null };
    },
  };
}

function isUsed(name: string, source: Source): boolean {
  const filename = fileFacts(source)?.filename;
  return importsModule(name, source) || (filename !== undefined && dependsOn(filename, name));
}

/** The first wait that nothing ends of a client that is built at a node. */
export function endlessClientAt(call: Call, isStrict: boolean, source: Source): EndlessClient | null {
  const client = patientClientAt(call, source);
  const given = client && givenAt(call, client, source);
  if (!client || !given || !applies(client, given, source)) return null;
  for (const limit of client.limits) {
    if ((limit.strict && !isStrict) || limit.exceptFor?.some((name) => isUsed(name, source))) continue;
    const endless = endlessBy(limit, client, call, given, source);
    if (endless) return endless;
  }
  return null;
}
