import type { TSESTree } from "@typescript-eslint/utils";

import { promiseConsumers } from "../../knowledge/promise-consumers.js";
import { fileFacts } from "../../project/file.js";
import { isGlobal } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, unwrap } from "../../syntax/value.js";
import { definitionOf, GLOBAL, originOf } from "../program/provenance.js";

const names: ReadonlySet<string> = new Set(promiseConsumers.flatMap(({ calls }) => calls));

const globals: ReadonlySet<string> = new Set(promiseConsumers.flatMap(({ module, calls }) => (module === null ? calls : [])));

/** The modules whose objects throw away what such a callback returns. */
const modules = new Map<string, Set<string>>();
for (const { module, calls } of promiseConsumers) if (module !== null) modules.set(module, new Set([...(modules.get(module) ?? []), ...calls]));

const nameOfCallee = (callee: TSESTree.Node): string | null => (callee.type === "MemberExpression" ? memberName(callee) : callee.type === "Identifier" ? callee.name : null);

/** A cheap look, before a callee is followed: whether it is called as such a call is. */
export const mayIgnorePromises = ({ callee }: TSESTree.CallExpression): boolean => names.has(nameOfCallee(unwrap(callee)) ?? "");

/** Whether an emitter was told to listen to rejections itself. */
const capturesRejections = ({ text }: Source): boolean => text.includes("captureRejections");

function isKnownModule({ callee }: TSESTree.CallExpression, name: string, source: Source): boolean {
  const value = definitionOf(callee, source);
  const origin = originOf(callee, source) ?? (value?.kind === "external" ? value : null);
  if (!origin) return false;
  const { module, createdIn, steps } = origin;
  // A process that goes down anyway may go down by a failure as well.
  if (module === GLOBAL || steps.at(-1) !== name) return false;
  return (modules.get(module)?.has(name) ?? false) && !(createdIn && capturesRejections(createdIn));
}

/**
 * Whether a call takes a callback and throws away what it returns: a timer, an emitter of events. What catches the rejections of its
 * callbacks, as schedulers and queues do, is none, and neither is what cannot be followed.
 */
export function ignoresPromises(call: TSESTree.CallExpression, source: Source): boolean {
  const callee = unwrap(call.callee);
  const name = nameOfCallee(callee);
  if (name === null || !names.has(name)) return false;
  if (callee.type === "Identifier" && globals.has(name) && isGlobal(callee, source)) return true;
  if (callee.type === "MemberExpression" && globals.has(name) && callee.object.type === "Identifier" && callee.object.name === "globalThis") return true;
  return fileFacts(source) !== null && !capturesRejections(source) && isKnownModule(call, name, source);
}
