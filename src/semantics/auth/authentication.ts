import { fileFacts } from "../../project/file.js";
import { pathInProject } from "../../project/path.js";
import type { Source } from "../../syntax/source.js";
import { keyName, stringValue } from "../../syntax/value.js";
import { ancestor, isClass } from "../../syntax/walk.js";
import { type Asked, askedBy, askedByHandler, strongest } from "./asked.js";
import type { Entry } from "../entries/entries.js";
import { gateOf } from "./nest-guards.js";
import { askedBeforeRouting } from "./next-middleware.js";
import { askedOnTheWay, builderOf, chainOf, type Stage } from "../entries/route-chains.js";

/** Where an entry is found by those who send requests, and whether it, or what runs before it, asks who they are. */
export interface Access {
  /** The path of the URL, parameters as the framework writes them; `null` where there is none, or it cannot be told. */
  readonly path: string | null;
  readonly authentication: Asked;
  /** What stands before the entry, as far as it is known. */
  readonly stages: readonly Stage[];
}

/** `app/(shop)/orders/[id]/route.ts` answers `/orders/[id]`. */
function pathByFile(source: Source): string | null {
  const facts = fileFacts(source);
  if (!facts) return null;
  const path = pathInProject(facts);
  const app = /(?:^|\/)app\/(?:(.*)\/)?route\.[cm]?[jt]sx?$/.exec(path);
  if (app) return `/${(app[1] ?? "").split("/").filter((part) => part !== "" && !/^[(@]/.test(part)).join("/")}`;
  const pages = /(?:^|\/)pages\/(api\/.+)\.[cm]?[jt]sx?$/.exec(path);
  if (pages) return `/${(pages[1] ?? "").replace(/\/index$/, "")}`;
  const edge = /(?:^|\/)supabase\/functions\/([^/]+)\//.exec(path);
  return edge ? `/functions/v1/${edge[1] ?? ""}` : null;
}

/** `@Controller("orders")` and `@Post(":id")`. */
function pathByDecorators({ node }: Entry): string | null {
  const method = node.parent;
  if (method.type !== "MethodDefinition") return null;
  const owner = ancestor(method, isClass);
  const parts = [owner, method].flatMap((holder) => (holder?.decorators ?? []).flatMap(({ expression }) => {
    if (expression.type !== "CallExpression" || expression.callee.type !== "Identifier") return [];
    return /^(?:Controller|Get|Post|Put|Patch|Delete|Head|Options|All|Sse)$/.test(expression.callee.name) ? [stringValue(expression.arguments[0]) ?? ""] : [];
  }));
  return `/${parts.flatMap((part) => part.split("/")).filter(Boolean).join("/")}`;
}

const gates = { authentication: "found", open: "missing", unknown: "unknown" } as const;

const byFile: ReadonlySet<string> = new Set(["next-route", "next-api"]);
const byBuilder: ReadonlySet<string> = new Set(["trpc", "next-safe-action"]);
const byChain: ReadonlySet<string> = new Set(["express", "hono", "koa", "fastify"]);

function before(entry: Entry, source: Source): Pick<Access, "path" | "authentication"> & { readonly stages?: readonly Stage[] } {
  const none: Asked = { presence: "missing", node: null, source };
  const unknown: Asked = { presence: "unknown", node: null, source };
  if (entry.framework === "nest") {
    const method = entry.node.parent;
    const name = method.type === "MethodDefinition" && entry.kind === "procedure" ? keyName(method.key, method.computed) : null;
    return { path: name ?? pathByDecorators(entry), authentication: { presence: gates[gateOf(entry, source)], node: null, source } };
  }
  if (byChain.has(entry.framework)) {
    const chain = chainOf(entry, source);
    return { path: chain?.path ?? null, authentication: chain ? askedOnTheWay(chain, source) : unknown, stages: chain?.stages ?? [] };
  }
  if (byBuilder.has(entry.framework)) {
    const chain = builderOf(entry, source);
    return { path: null, authentication: askedOnTheWay(chain, source), stages: chain.stages };
  }
  const path = pathByFile(source);
  if (byFile.has(entry.framework)) return { path, authentication: (path === null ? null : askedBeforeRouting(path, source)) ?? none };
  // An action is sent to the page that it is used on, whichever that is.
  if (entry.framework === "server-action" || entry.framework === "deno") return { path, authentication: none };
  return { path, authentication: unknown };
}

/** How an entry is reached, and whether anything on the way to it or in it asks who is there. */
export function accessOf(entry: Entry, source: Source): Access {
  const outer = before(entry, source);
  // A wrapper that cannot be followed may do anything.
  const wrapped = entry.wrapper ? [{ node: entry.wrapper, source }] : [];
  return {
    path: outer.path,
    authentication: strongest(outer.authentication, ...wrapped.map(({ node }) => askedBy(node, source)), askedByHandler(entry.node, source)),
    stages: [...(outer.stages ?? []), ...wrapped],
  };
}
