import type { HttpClient } from "../../knowledge/http-clients.js";
import { fileFacts } from "../../project/file.js";
import { loadModule } from "../../project/modules.js";
import { siblingsOf } from "../../project/siblings.js";
import type { Source } from "../../syntax/source.js";
import { memberName } from "../../syntax/value.js";
import { walk } from "../../syntax/walk.js";
import { optionPresence } from "../program/options.js";
import type { Presence } from "../program/presence.js";
import { isFrom, originOf } from "../program/provenance.js";

/** What a module says about the options of the client that it brings in: bare, or with `register({ … })`. */
function optionsIn(module: Source, client: HttpClient, options: readonly string[]): Presence | null {
  const { configuredBy, from } = client;
  let result: Presence | null = null;
  if (configuredBy === undefined || !("module" in from) || !module.text.includes(configuredBy)) return null;
  walk(module.ast, module, (node) => {
    if (node.type !== "Identifier" || node.name !== configuredBy || node.parent.type.startsWith("Import") || !isFrom(originOf(node, module), from.module, configuredBy)) return true;
    const { parent } = node;
    if (parent.type === "ArrayExpression") result ??= "missing";
    if (parent.type !== "MemberExpression" || parent.object !== node || parent.parent.type !== "CallExpression") return true;
    result = memberName(parent) === "register" ? optionPresence(parent.parent.arguments[0], options, module) : "unknown";
    return true;
  });
  return result;
}

/** Whether a client that Nest injects was configured with one of the options: by the module that stands beside the file. */
export function configuredOptions(client: HttpClient, options: readonly string[], source: Source): Presence {
  const filename = fileFacts(source)?.filename;
  if (filename === undefined) return "unknown";
  for (const file of siblingsOf(filename, /\.module\.[cm]?[jt]s$/)) {
    const module = loadModule(file, source);
    const presence = module && optionsIn(module, client, options);
    if (presence) return presence;
  }
  return "unknown";
}
