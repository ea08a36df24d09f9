import type { TSESTree } from "@typescript-eslint/utils";

import { webFrameworks } from "../../knowledge/web-frameworks.js";
import { currentRun, fileFacts } from "../../project/file.js";
import { loadModule } from "../../project/modules.js";
import { packageOf } from "../../project/package-json.js";
import { textSearch } from "../../project/source-texts.js";
import { callsNamed } from "../../syntax/nodes.js";
import type { Source } from "../../syntax/source.js";
import { memberName, propertyOf, stringValue, unwrap } from "../../syntax/value.js";
import { isFunction } from "../../syntax/walk.js";
import { type Asked, askedBy, isPlainCheck, strongest } from "../auth/asked.js";
import { declaredAs } from "../program/declarations.js";
import type { Entry } from "./entries.js";
import { definitionOf, stepsText } from "../program/provenance.js";

type Call = TSESTree.CallExpression;

/** A router or application, wherever it is spoken of: the file that makes it, and its name there. */
type RouterId = string;

/** What calls and constructors give that handlers are registered on. */
const routers = new Set(webFrameworks.flatMap(({ registrations = [] }) => registrations.flatMap(({ modules, on = [] }) => modules.flatMap((module) => on.map((path) => `${module} ${path}`)))));

/** The router or application that an expression is; `null` for what cannot be followed to where it is made. */
function routerOf(node: TSESTree.Node, source: Source): { id: RouterId; isApp: boolean } | null {
  const value = definitionOf(node, source);
  if (value?.kind !== "external" || !value.creation || !value.createdIn || !routers.has(`${value.module} ${stepsText(value.steps)}`)) return null;
  const file = fileFacts(value.createdIn)?.filename;
  const holder = value.creation.parent;
  const name = holder.type === "VariableDeclarator" && holder.id.type === "Identifier" ? holder.id.name : String(value.creation.range[0]);
  return file === undefined ? null : { id: `${file}#${name}`, isApp: !/Router/.test(value.steps.join(".")) && value.module !== "@koa/router" && value.module !== "koa-router" };
}

/** What a chain of registrations is called on: `app` in `app.route("/orders").get(…)`. */
function receiverOf(call: Call): { node: TSESTree.Node; path: string | null } {
  let inner = unwrap(call.callee);
  let path: string | null = null;
  for (;;) {
    if (inner.type === "MemberExpression") {
      inner = unwrap(inner.object);
    } else if (inner.type === "CallExpression" && inner.callee.type === "MemberExpression") {
      if (memberName(inner.callee) === "route") path ??= stringValue(inner.arguments[0]);
      inner = unwrap(inner.callee);
    } else {
      return { node: inner, path };
    }
  }
}

const join = (...parts: readonly (string | null)[]): string => `/${parts.flatMap((part) => (part ?? "").split("/")).filter(Boolean).join("/")}`;

/** Whether middleware that is mounted at a path runs for another: `/admin` and `/admin/*` for `/admin/users`. */
function covers(mount: string | null, path: string): boolean {
  if (mount === null) return true;
  const start = mount.replace(/\/?\*.*$/, "").replace(/\/$/, "");
  return start === "" || path === start || path.startsWith(`${start}/`);
}

interface Mount {
  readonly parent: TSESTree.Node;
  readonly path: string | null;
  readonly before: readonly TSESTree.Node[];
  readonly call: Call;
  readonly source: Source;
}

const mountingFiles = textSearch(/\.(?:use|route|mount)\s*\(/);

const methods = new Set(["use", "route", "mount"]);

/** `router.routes()`, as Koa has routers mounted. */
const mounted = (argument: TSESTree.Node): TSESTree.Node => {
  const inner = unwrap(argument);
  return inner.type === "CallExpression" && inner.callee.type === "MemberExpression" && /^(?:routes|middleware)$/.test(memberName(inner.callee) ?? "") ? inner.callee.object : inner;
};

function mountsIn(source: Source): [RouterId, Mount][] {
  const found: [RouterId, Mount][] = [];
  for (const node of callsNamed(source, (name) => methods.has(name))) {
    if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") continue;
    for (const [index, argument] of node.arguments.entries()) {
      const inner = mounted(argument);
      if (isFunction(inner) || stringValue(inner) !== null || inner.type === "ObjectExpression") continue;
      const router = routerOf(inner, source);
      if (router) found.push([router.id, { parent: node.callee.object, path: stringValue(node.arguments[0]), before: node.arguments.slice(0, index), call: node, source }]);
    }
  }
  return found;
}

const mountsByPackage = new Map<string, { run: number; mounts: readonly [RouterId, Mount][] }>();

/** The mounts in the files of a package, as they are on disk. */
function mountsOnDisk(dir: string, source: Source): readonly [RouterId, Mount][] {
  const run = currentRun();
  const known = mountsByPackage.get(dir);
  if (known?.run === run) return known.mounts;
  const mounts = mountingFiles(dir).flatMap((file) => {
    const module = loadModule(file, source);
    return module ? mountsIn(module) : [];
  });
  mountsByPackage.set(dir, { run, mounts });
  return mounts;
}

/** Where a router is mounted: in the file that is looked at as it is there, in the others of its package as they are on disk. */
function mountsOf(router: RouterId, source: Source): readonly Mount[] {
  const facts = fileFacts(source);
  const dir = facts && packageOf(facts.filename)?.dir;
  const elsewhere = facts && dir ? mountsOnDisk(dir, source).filter(([, mount]) => fileFacts(mount.source)?.filename !== facts.filename) : [];
  return [...mountsIn(source), ...elsewhere].flatMap(([id, mount]) => (id === router ? [mount] : []));
}

/** Whether some routers of a file's package are mounted behind middleware that asks who is there. */
export function mountsGuarded(source: Source): boolean {
  const facts = fileFacts(source);
  const dir = facts && packageOf(facts.filename)?.dir;
  if (!dir) return false;
  return mountsOnDisk(dir, source).some(([, { before, source: its }]) => before.some((argument) => stringValue(argument) === null && askedBy(argument, its).presence === "found"));
}

/** Something that runs before a handler. */
export interface Stage {
  readonly node: TSESTree.Node;
  readonly source: Source;
}

/** What stands before a handler on the way to it, and the path that it answers. */
export interface Chain {
  readonly path: string | null;
  readonly stages: readonly Stage[];
  /** Whether nothing else can stand there: the way was followed to an application, or to where the library begins. */
  readonly isComplete: boolean;
}

/** What a chain asks of a request. */
export function askedOnTheWay({ stages, isComplete }: Pick<Chain, "stages" | "isComplete">, source: Source): Asked {
  const begin: Asked = { presence: isComplete ? "missing" : "unknown", node: null, source };
  return strongest(begin, ...stages.map((stage) => askedBy(stage.node, stage.source)));
}

/** Whether all that a chain asks is whether somebody is signed in. */
export const asksOnlyWhoIsThere = ({ stages, isComplete }: Chain, source: Source): boolean =>
  isComplete &&
  askedOnTheWay({ stages, isComplete }, source).presence === "found" &&
  stages.every((stage) => askedBy(stage.node, stage.source).presence === "missing" || isPlainCheck(stage.node, stage.source));

const usingMethods = new Set(["use", "addHook", "all", "on"]);

/** Middleware that a router is given before a call in the same file, for a path. */
function usedBefore(router: RouterId, call: Call, path: string, source: Source): Stage[] {
  const stages: Stage[] = [];
  for (const node of callsNamed(source, (name) => usingMethods.has(name))) {
    if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression" || node.range[0] >= call.range[0] || node === call) continue;
    const method = memberName(node.callee);
    if (routerOf(receiverOf(node).node, source)?.id !== router) continue;
    const [first] = node.arguments;
    const at = method === "addHook" ? null : stringValue(first);
    if (first && at === null && method !== "use" && method !== "addHook") continue;
    if (!covers(at, path)) continue;
    const given = node.arguments.slice(at === null && method !== "addHook" ? 0 : 1);
    stages.push(...given.filter((argument) => !routerOf(mounted(argument), source)).map((argument) => ({ node: argument, source })));
  }
  return stages;
}

/** A router within more routers than this is none that we would follow. */
const mostMounts = 4;

function above(node: TSESTree.Node, call: Call, path: string, source: Source, left: number): Chain {
  const router = routerOf(node, source);
  if (!router) return { path, stages: [], isComplete: false };
  const here = usedBefore(router.id, call, path, source);
  const mounts = left > 0 ? mountsOf(router.id, source) : [];
  const chains = mounts.map((mount): Chain => {
    const before = mount.before.filter((argument) => stringValue(argument) === null).map((argument) => ({ node: argument, source: mount.source }));
    const outer = above(mount.parent, mount.call, join(mount.path, path), mount.source, left - 1);
    return { ...outer, stages: [...outer.stages, ...before, ...here] };
  });
  // A router that is mounted twice is as open as it is where it is most open.
  const open = chains.find((chain) => askedOnTheWay(chain, source).presence === "missing");
  return open ?? chains[0] ?? { path, stages: here, isComplete: router.isApp };
}

/** Options of a route that bring functions to run before its handler, as Fastify has them. */
const hookOptions = ["onRequest", "preParsing", "preValidation", "preHandler", "middleware", "middlewares"];

/** What stands before a handler that is registered with a call. */
export function chainOf(entry: Entry, source: Source): Chain | null {
  const call = entry.registration;
  if (!call) return null;
  const handler = call.arguments.findIndex((argument) => argument.range[0] <= entry.node.range[0] && entry.node.range[1] <= argument.range[1]);
  const last = handler === -1 ? call.arguments.length - 1 : handler;
  const { node, path: routed } = receiverOf(call);
  const given = call.arguments.slice(0, last).filter((argument) => stringValue(argument) === null);
  const options = call.arguments.flatMap((argument) => {
    const inner = unwrap(argument);
    return inner.type !== "ObjectExpression" ? [] : hookOptions.flatMap((name) => {
      const value = propertyOf(inner, name);
      return value === null || value === "unknown" ? [] : [value];
    });
  });
  const outer = above(node, call, join(routed, stringValue(call.arguments[0])), source, mostMounts);
  return { ...outer, stages: [...outer.stages, ...[...given, ...options].map((argument) => ({ node: argument, source }))] };
}

/** What the builder asks that a procedure or action is made with: `protectedProcedure.input(…).mutation(…)`. */
export function builderOf(entry: Entry, source: Source): Chain {
  return entry.registration ? builtOn(entry.registration.callee, source, mostMounts * 2) : { path: null, stages: [], isComplete: false };
}

function builtOn(node: TSESTree.Node, source: Source, left: number): Chain {
  if (left === 0) return { path: null, stages: [], isComplete: false };
  let inner = unwrap(node);
  const stages: Stage[] = [];
  for (;;) {
    if (inner.type === "CallExpression") {
      const method = inner.callee.type === "MemberExpression" ? (memberName(inner.callee) ?? "") : "";
      if (/^(?:use|unstable_pipe|concat)$/.test(method)) stages.unshift(...inner.arguments.map((argument) => ({ node: argument, source })));
      inner = unwrap(inner.callee);
    } else if (inner.type === "MemberExpression") {
      inner = unwrap(inner.object);
    } else {
      break;
    }
  }
  if (inner.type !== "Identifier") return { path: null, stages, isComplete: true };
  const declared = declaredAs(inner, source);
  if (!declared || declared.node === inner) return { path: null, stages, isComplete: definitionOf(inner, source)?.kind === "external" };
  const base = builtOn(declared.node, declared.source, left - 1);
  return { ...base, stages: [...base.stages, ...stages] };
}
