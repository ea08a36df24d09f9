import type { TSESTree } from "@typescript-eslint/utils";

import { type EnvironmentCall, environmentCalls, type EnvironmentObject, environmentObjects, environmentValidators, type Place } from "../../knowledge/configuration.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, outermost, stringValue, unwrap } from "../../syntax/value.js";
import { contains, type FunctionNode, isFunction, walk } from "../../syntax/walk.js";
import { definitionOf, type Origin, originOf, stepsText } from "../program/provenance.js";

/** A piece of configuration that code reads from its environment. */
export interface EnvRead {
  readonly name: string;
  /** The expression that holds the value: a member, a call, or a name that one of them was given to. */
  readonly node: TSESTree.Node;
  /** What it is read from: `process.env`, `Deno.env`, `import.meta.env`, `ConfigService` … */
  readonly host: string;
  /** The project has checked it at the start, with a schema. */
  readonly validated: boolean;
  /** What takes its place when it is not set, where that is said on the spot. */
  readonly fallback: TSESTree.Node | null;
  /** The call that reads it, where that is one. */
  readonly call: TSESTree.CallExpression | null;
  /** The method that throws instead of answering `undefined`, where the host has one. */
  readonly required: EnvironmentCall["required"];
}

const keyOf = ({ module, path }: Place): string => `${module} ${path}`;

const objectsByPlace = new Map(environmentObjects.flatMap((entry) => entry.places.map((place) => [keyOf(place), entry] as const)));
const callsByPlace = new Map(environmentCalls.map((entry) => [keyOf({ ...entry.place, path: `${entry.place.path}()` }), entry]));
const validators = new Set(environmentValidators.map(({ module }) => module));

type Follow = (node: TSESTree.Node, source: Source) => Origin | null;

/** Follows into whatever file the project has, for the few places that are worth it. */
const followEverywhere: Follow = (node, source) => {
  const value = definitionOf(node, source);
  return value?.kind === "external" ? value : null;
};

/** The object of variables that an origin is, whose schema may be the project's own: `schema.parse(process.env)`. */
function objectBehind(module: string, steps: readonly string[], { creation, createdIn }: Origin): Pick<EnvironmentObject, "name" | "validated"> | null {
  const known = objectsByPlace.get(keyOf({ module, path: stepsText(steps) }));
  if (known) return known;
  if (!validators.has(module) || !createdIn || creation?.type !== "CallExpression" || steps.lastIndexOf("()") < steps.length - 2) return null;
  return creation.arguments.some((argument) => isEnvironment(argument, createdIn)) ? { name: "env", validated: true } : null;
}

/** Whether an expression is an object of environment variables: `process.env`, `import.meta.env`, a spread of one. */
export function isEnvironment(node: TSESTree.Node, source: Source): boolean {
  const inner = unwrap(node);
  if (inner.type === "ObjectExpression") return inner.properties.some((property) => property.type === "SpreadElement" && isEnvironment(property.argument, source));
  const origin = originOf(inner, source);
  return origin !== null && objectsByPlace.has(keyOf({ module: origin.module, path: stepsText(origin.steps) }));
}

function readFrom(node: TSESTree.Node, origin: Origin): EnvRead | null {
  const { module, steps, creation } = origin;
  const entry = callsByPlace.get(keyOf({ module, path: stepsText(steps) }));
  if (entry && creation?.type === "CallExpression") {
    const name = stringValue(creation.arguments[entry.key]);
    if (name === null) return null;
    const fallback = entry.fallback === null ? undefined : creation.arguments[entry.fallback];
    const isValue = fallback !== undefined && unwrap(fallback).type !== "ObjectExpression";
    if (entry.throws && !isValue) return null;
    return { name, node, host: entry.name, validated: false, call: creation, required: entry.required, fallback: isValue ? fallback : besides(node) };
  }
  const name = steps.at(-1);
  if (name === undefined || !/^[A-Za-z_]\w*$/.test(name)) return null;
  const object = objectBehind(module, steps.slice(0, -1), origin);
  return object && { name, node, host: object.name, validated: object.validated, call: null, required: null, fallback: besides(node) };
}

/** What stands on the other side of the operator or ternary that a value is read in, or behind `=` in a pattern. */
function besides(node: TSESTree.Node): TSESTree.Node | null {
  if (node.parent?.type === "AssignmentPattern" && node.parent.left === node) return node.parent.right;
  for (let current = outermost(node); current.parent; current = outermost(current.parent)) {
    const { parent } = current;
    if (parent.type === "ConditionalExpression" && parent.test !== current) return parent.consequent === current ? parent.alternate : parent.consequent;
    if (parent.type !== "LogicalExpression" || parent.operator === "&&") return null;
    if (parent.left === current) return parent.right;
  }
  return null;
}

/**
 * The variable that an expression holds: `process.env.PORT`, `Deno.env.get("PORT")`, `config.get("PORT")` of Nest, a name that was
 * destructured from `process.env`, or one that was given such a value.
 */
export function envReadAt(node: TSESTree.Node, source: Source, follow: Follow = originOf): EnvRead | null {
  const inner = unwrap(node);
  if (inner.type !== "MemberExpression" && inner.type !== "CallExpression" && inner.type !== "Identifier") return null;
  const origin = follow(inner, source);
  return origin && readFrom(inner, origin);
}

/**
 * Like {@link envReadAt}, through other files and the project's own helpers as well: `env.PORT` of a validated object, `getEnv("PORT", "3000")`.
 * It parses the modules on the way, so ask only for what looks like it.
 */
export function settingReadAt(node: TSESTree.Node, source: Source): EnvRead | null {
  return envReadAt(node, source) ?? envReadAt(node, source, followEverywhere) ?? readByHelper(node, source);
}

const nameOfParameter = (parameter: TSESTree.Parameter | undefined): string | null => {
  const pattern = parameter?.type === "AssignmentPattern" ? parameter.left : parameter;
  return pattern?.type === "Identifier" ? pattern.name : null;
};

/** The environment that a node reads the variable from which a parameter names: `process.env[key]`, `Deno.env.get(key)`. */
function hostAsked(node: TSESTree.Node, key: string, source: Source): string | null {
  const isKey = (candidate: TSESTree.Node): boolean => candidate.type === "Identifier" && candidate.name === key;
  const asks = node.type === "MemberExpression" ? node.computed && isKey(node.property) : node.type === "CallExpression" && node.arguments.some(isKey);
  const origin = asks ? originOf(node.type === "MemberExpression" ? node.object : node, source) : null;
  if (!origin) return null;
  const place = keyOf({ module: origin.module, path: stepsText(origin.steps) });
  return (node.type === "MemberExpression" ? objectsByPlace : callsByPlace).get(place)?.name ?? null;
}

/** What a function of the project's own reads the variable from that its first parameter names, and which parameter it falls back on. */
function helperOf(fn: FunctionNode, source: Source): { host: string; fallback: number | null } | null {
  const key = nameOfParameter(fn.params[0]);
  if (key === null) return null;
  const hosts: string[] = [];
  walk(fn.body, source, (node) => {
    const host = hostAsked(node, key, source);
    if (host !== null) hosts.push(host);
  });
  const [host] = hosts;
  if (host === undefined) return null;
  const fallback = nameOfParameter(fn.params[1]);
  const isUsed = fallback !== null && contains(fn.body, source, (node) => node.type === "Identifier" && node.name === fallback);
  return { host, fallback: isUsed ? 1 : null };
}

function readByHelper(node: TSESTree.Node, source: Source): EnvRead | null {
  const call = unwrap(node);
  if (call.type !== "CallExpression") return null;
  const name = stringValue(call.arguments[0]);
  const definition = name === null ? null : definitionOf(call.callee, source);
  if (name === null || definition?.kind !== "definition" || !isFunction(definition.node)) return null;
  const helper = helperOf(definition.node, definition.source);
  if (!helper) return null;
  // What it does where there are real users is its own affair.
  const [start, end] = definition.node.range;
  const knowsPlaces = /NODE_ENV|prod/i.test(definition.source.text.slice(start, end));
  const fallback = helper.fallback === null || knowsPlaces ? undefined : call.arguments[helper.fallback];
  return { name, node: call, host: helper.host, validated: false, call: null, required: null, fallback: fallback ?? besides(call) };
}

/** The name by which code asks for a value, before anything is followed: the last one of a chain, or the text that a call is given. */
export function nameAskedFor(node: TSESTree.Node): string | null {
  const inner = unwrap(node);
  switch (inner.type) {
    case "Identifier":
      return inner.name;
    case "MemberExpression":
      return memberName(inner);
    case "CallExpression":
      return stringValue(inner.arguments[0]);
    case "Property":
      return keyName(inner.key, inner.computed);
    default:
      return null;
  }
}
