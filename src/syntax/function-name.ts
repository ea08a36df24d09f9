import { keyName, outermost } from "./value.js";
import type { FunctionNode } from "./walk.js";

/** The name that a function is called by: its own, that of the variable that holds it, or of the member that it is. */
export function functionName(fn: FunctionNode): string | null {
  const holder = outermost(fn).parent;
  if (fn.type !== "ArrowFunctionExpression" && fn.id) return fn.id.name;
  if (holder?.type === "VariableDeclarator") return holder.id.type === "Identifier" ? holder.id.name : null;
  return holder?.type === "MethodDefinition" || holder?.type === "Property" || holder?.type === "PropertyDefinition" ? keyName(holder.key, holder.computed) : null;
}
