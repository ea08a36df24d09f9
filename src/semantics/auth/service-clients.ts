import type { TSESTree } from "@typescript-eslint/utils";

import { serviceClients } from "../../knowledge/auth-middleware.js";
import type { Source } from "../../syntax/source.js";
import { resolveConst } from "../../syntax/value.js";
import { type Origin, originOf, stepsText } from "../program/provenance.js";

/** Whether an expression is the key of a client that may do everything: by the variable that it is read from. */
function holdsKey(node: TSESTree.Node | undefined, names: RegExp, source: Source): boolean {
  if (!node || node.type === "SpreadElement") return false;
  return names.test(source.text.slice(...resolveConst(node, source).range)) || names.test(source.text.slice(...node.range));
}

/** Whether an object comes of a client that does what it is told, whoever asks: one that was made with the key of the service. */
export function isServiceClient({ creation, createdIn }: Pick<Origin, "creation" | "createdIn">): boolean {
  if (creation?.type !== "CallExpression" || !createdIn) return false;
  const made = originOf(creation.callee, createdIn);
  const path = made && stepsText(made.steps);
  const client = serviceClients.find(({ modules, calls }) => made !== null && path !== null && modules.includes(made.module) && calls.includes(path));
  return client !== undefined && holdsKey(creation.arguments[client.key], client.names, createdIn);
}
