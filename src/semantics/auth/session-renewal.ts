import type { TSESTree } from "@typescript-eslint/utils";

import { tokenBuilders, tokenSigners, tokenVerifiers } from "../../knowledge/tokens.js";
import { fileFacts } from "../../project/file.js";
import type { Source } from "../../syntax/source.js";
import { resolveConst, unwrapAwait } from "../../syntax/value.js";
import { contains, isFunction } from "../../syntax/walk.js";
import { definitionOf, originOf, stepsText } from "../program/provenance.js";

/** Words by which code remembers when somebody signed in. */
const remembers = /auth_?time|signed_?in_?at|logged_?in_?at|login_?at|started_?at|created_?at|issued_?at|absolute|\biat\b/i;

/** Whether a file stands before all requests, and may give a session back with another end. */
export function mayRenewSessions(source: Source): boolean {
  const filename = fileFacts(source)?.filename ?? "";
  return /(?:^|[\\/])(?:middleware|proxy)\.[cm]?[jt]s$/.test(filename) && source.text.includes("...") && !remembers.test(source.text);
}

/** Whether a function of the project's own calls one of some functions of packages. */
function callsOneOf(callee: TSESTree.Node, table: readonly { readonly module: string; readonly calls: readonly string[] }[], source: Source): boolean {
  const value = definitionOf(callee, source);
  if (value?.kind === "external") return table.some(({ module, calls }) => module === value.module && calls.includes(stepsText(value.steps)));
  if (value?.kind !== "definition" || !isFunction(value.node)) return false;
  return contains(value.node.body, value.source, (node) => {
    if (node.type !== "CallExpression" && node.type !== "NewExpression") return false;
    const origin = originOf(node.callee, value.source);
    return table.some(({ module, calls }) => origin?.module === module && calls.includes(stepsText(origin.steps)));
  });
}

const signers = [...tokenSigners, ...tokenBuilders.map(({ module, made }) => ({ module, calls: [made.replace("()", "")] }))];

/** Whether a call signs again what a session says, with another end: `sign({ ...(await verify(cookie)), expires })`. */
export function renewedForEver(call: TSESTree.CallExpression, source: Source): boolean {
  const [claims] = call.arguments;
  if (claims?.type !== "ObjectExpression") return false;
  return claims.properties.some((property) => {
    if (property.type !== "SpreadElement") return false;
    const before = unwrapAwait(resolveConst(property.argument, source));
    return before.type === "CallExpression" && callsOneOf(before.callee, tokenVerifiers, source) && callsOneOf(call.callee, signers, source);
  });
}
