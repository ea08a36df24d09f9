import type { TSESTree } from "@typescript-eslint/utils";

import { publicPrefixes, secretWord } from "../../knowledge/public-env.js";
import { fileFacts } from "../../project/file.js";
import { dependsOn } from "../../project/package-json.js";
import type { Source } from "../../syntax/source.js";

import { envReadAt } from "../environment/env.js";
import { roleOf } from "../program/file-role.js";
import { isDevelopmentOnly } from "../program/guards.js";
import { secretNamed } from "./secrets.js";

/** A secret that reaches a browser: by the name of its variable, or by the file that reads it. */
export interface PublicSecret {
  readonly by: "name" | "file";
  readonly name: string;
  readonly prefix: string;
}

const begins = new RegExp(`\\b(?:${publicPrefixes.map(({ prefix }) => prefix).join("|")})\\w*(?:SECRET|SERVICE|PRIVATE|PASSW)`);

/** Whether a file's text names a variable that is both public and secret. */
export const namesPublicSecret = (source: Source): boolean => begins.test(source.text);

/** Whether a file's text reads anything from its environment. */
export const readsEnvironment = (source: Source): boolean => source.text.includes("process.env") || source.text.includes("import.meta.env");

const prefixOf = (name: string): (typeof publicPrefixes)[number] | undefined => publicPrefixes.find(({ prefix }) => name.startsWith(prefix));

/** The secret that a read of the environment hands to whoever visits the app. */
export function publicSecretAt(node: TSESTree.MemberExpression, source: Source): PublicSecret | null {
  const read = envReadAt(node, source);
  if (!read || !/^[A-Z][A-Z\d_]+$/.test(read.name) || (read.host !== "process.env" && read.host !== "import.meta.env")) return null;
  const { name } = read;
  const known = prefixOf(name);
  const filename = fileFacts(source)?.filename;
  if (known) {
    const rest = name.slice(known.prefix.length);
    const isBuiltIn = filename !== undefined && known.packages.some((entry) => dependsOn(filename, entry));
    return isBuiltIn && secretWord.test(rest) && secretNamed(rest) !== null && !isDevelopmentOnly(node, source) ? { by: "name", name, prefix: known.prefix } : null;
  }
  const isBundled = filename !== undefined && publicPrefixes.some(({ packages }) => packages.some((entry) => dependsOn(filename, entry)));
  return isBundled && roleOf(source) === "client" && secretNamed(name) !== null && !isDevelopmentOnly(node, source) ? { by: "file", name, prefix: "" } : null;
}
