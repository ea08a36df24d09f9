import { afterAnswer, edgePlatform, hostedFrameworks, lastingHosts, type Platform, platforms } from "../../knowledge/serverless.js";
import { fileFacts } from "../../project/file.js";
import { isBelowFile } from "../../project/nearby.js";
import { dependsOn, packageOf } from "../../project/package-json.js";
import { pathInProject } from "../../project/path.js";
import type { Source } from "../../syntax/source.js";
import type { Entry } from "./entries.js";
import { roleOf } from "../program/file-role.js";

export type { Platform } from "../../knowledge/serverless.js";

/** Whether an entry is of a framework that may run as a function. */
export const mayBeFunction = ({ framework }: Entry): boolean => hostedFrameworks.has(framework);

/** The platform that runs an entry as a function; `null` where nothing tells of one. */
export function platformOf(entry: Entry, source: Source): Platform | null {
  const facts = fileFacts(source);
  if (!facts || !mayBeFunction(entry)) return null;
  const { filename } = facts;
  const path = pathInProject(facts);
  const certain = platforms.find((platform) => platform.path?.test(path) === true || platform.frameworks?.includes(entry.framework) === true);
  if (certain) return certain;
  // A server of Deno's own keeps running.
  if (entry.framework === "deno") return null;
  const told = platforms.find(({ files, packages }) => (files && isBelowFile(filename, files)) || packages?.some((name) => dependsOn(filename, name)));
  // With several hosts, nobody can tell which of them answers.
  if (told && isBelowFile(filename, lastingHosts.files)) return null;
  return told ?? (roleOf(source) === "edge" ? edgePlatform : null);
}

/** The framework's own function that runs work when the answer is out, where the version in use has it. */
export function afterAnswerOf(entry: Entry, source: Source): { module: string; name: string } | null {
  const filename = fileFacts(source)?.filename;
  const range = filename === undefined ? undefined : packageOf(filename)?.dependencies.get(afterAnswer.module);
  return range !== undefined && afterAnswer.versions.test(range) && (afterAnswer.frameworks as ReadonlySet<string>).has(entry.framework) ? afterAnswer.import : null;
}
