import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import { loadModule } from "../../project/modules.js";
import { functionName } from "../../syntax/function-name.js";
import { callsNamed } from "../../syntax/nodes.js";
import type { Source } from "../../syntax/source.js";
import { keyName, unwrap } from "../../syntax/value.js";
import { type FunctionNode, isFunction, isWithin } from "../../syntax/walk.js";
import { filesThatUse } from "./callers.js";

/** What one call gives for a parameter. */
export interface Handed {
  /** `null` where the call leaves it out, "unknown" where it cannot be told. */
  readonly value: TSESTree.Node | null | "unknown";
  readonly source: Source;
}

/** Where a function takes a value: the place of the argument, and the member of it that a pattern takes. */
interface Taken {
  readonly fn: FunctionNode;
  readonly at: number;
  readonly member: string | null;
}

function takenBy({ defs: [definition] }: TSESLint.Scope.Variable): Taken | null {
  const fn = definition?.type === "Parameter" ? (definition.node as TSESTree.Node) : null;
  if (!definition || !fn || !isFunction(fn)) return null;
  const own = definition.name as TSESTree.Identifier;
  const property = own.parent.type === "Property" ? own.parent : null;
  const at = fn.params.findIndex((parameter) => parameter === own || (property !== null && parameter === property.parent));
  return at < 0 ? null : { fn, at, member: property && keyName(property.key, property.computed) };
}

/** What a call gives at a place. */
function givenAt(call: TSESTree.CallExpression, { at, member }: Taken): Handed["value"] {
  if (call.arguments.slice(0, at + 1).some(({ type }) => type === "SpreadElement")) return "unknown";
  const argument = call.arguments[at];
  if (!argument || member === null) return argument ?? null;
  const object = unwrap(argument);
  if (object.type !== "ObjectExpression" || object.properties.some(({ type }) => type === "SpreadElement")) return "unknown";
  const property = object.properties.find((each) => each.type === "Property" && keyName(each.key, each.computed) === member);
  return property?.type === "Property" ? property.value : null;
}

/** A call of a function, and the file that it stands in. */
interface CallOf {
  readonly call: TSESTree.CallExpression;
  readonly source: Source;
}

/** What the function calls by its own name is another one, such as that of a repository. */
const callsIn = (source: Source, wanted: string, fn: FunctionNode): CallOf[] =>
  callsNamed(source, (name) => name === wanted).flatMap((call) => (call.type === "CallExpression" && !isWithin(call, fn) ? [{ call, source }] : []));

/** The calls of a function by its name, in its own file and in those that import it. */
export function callsOf(fn: FunctionNode, source: Source): CallOf[] {
  const name = functionName(fn);
  if (name === null) return [];
  const others = filesThatUse(new Set([name]), source).flatMap((file) => loadModule(file, source) ?? []);
  return [source, ...others].flatMap((each) => callsIn(each, name, fn));
}

/** What the calls of a function give for one of its parameters, in its own file and in those that import it. */
export function handedFor(parameter: TSESLint.Scope.Variable, source: Source): Handed[] {
  const taken = takenBy(parameter);
  return taken ? callsOf(taken.fn, source).map((each) => ({ value: givenAt(each.call, taken), source: each.source })) : [];
}
