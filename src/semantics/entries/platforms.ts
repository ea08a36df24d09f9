import { adapters, afterAnswer, edgePlatform, hostedFrameworks, lastingHosts, type Platform, platforms } from "../../knowledge/serverless.js";
import { fileFacts } from "../../project/file.js";
import { readText } from "../../project/disk.js";
import { folderAround } from "../../project/named-files.js";
import { fileAbove, isBelowFile } from "../../project/nearby.js";
import { dependsOn, packageOf } from "../../project/package-json.js";
import { pathInProject } from "../../project/path.js";
import { resolveSpecifier } from "../../project/resolve.js";
import type { Source } from "../../syntax/source.js";
import type { Entry } from "./entries.js";
import { roleOf } from "../program/file-role.js";

export type { Platform } from "../../knowledge/serverless.js";

/** Whether an entry is of a framework that may run as a function. */
export const mayBeFunction = ({ framework }: Entry): boolean => hostedFrameworks.has(framework);

/** What a build makes. */
const built = /^(?:\.\/)?(?:\.|dist\/|build\/|out\/)/;

/** Whether settings are those of a module that is written beside the app, and hands no app of a framework on. */
function isOfAnother({ runs }: Platform, settings: string, entry: Entry): boolean {
  const module = runs?.named.exec(readText(settings) ?? "")?.[1];
  if (module === undefined || built.test(module) || (entry.by !== "file" && entry.by !== "directive")) return false;
  const target = resolveSpecifier(`./${module.replace(/^\.\//, "")}`, settings);
  return target !== null && "file" in target && !adapters.test(readText(target.file) ?? "");
}

/** The platform whose settings are the nearest; of several in one folder, nobody can tell which it is. */
function toldBySettings(filename: string, entry: Entry): Platform | null {
  const told = platforms.flatMap((platform) => {
    const settings = platform.files ? fileAbove(filename, platform.files) : null;
    return settings !== null && !isOfAnother(platform, settings, entry) ? [{ platform, folder: folderAround(settings) }] : [];
  });
  const deepest = Math.max(...told.map(({ folder }) => folder.length));
  const [first, ...others] = told.filter(({ folder }) => folder.length === deepest).map(({ platform }) => platform);
  if (!first || others.length === 0) return first ?? null;
  const { capsBodies } = first;
  const all = [first, ...others];
  return { said: all.map(({ said }) => said).join(" or "), ...(capsBodies && all.every((each) => each.capsBodies) && { capsBodies }), keeper: null, source: first.source };
}

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
  const told = toldBySettings(filename, entry) ?? platforms.find(({ packages }) => packages?.some((name) => dependsOn(filename, name)));
  // With several hosts, nobody can tell which of them answers.
  if (told && isBelowFile(filename, lastingHosts.files)) return null;
  return told ?? (roleOf(source) === "edge" ? edgePlatform : null);
}

/** Whether a platform may turn large requests away before an entry runs: the one that runs it, or, of several hosts, one that builds the app as well. */
export function mayCapBodies(entry: Entry, source: Source): boolean {
  if (platformOf(entry, source)?.capsBodies) return true;
  const filename = fileFacts(source)?.filename;
  if (filename === undefined || !mayBeFunction(entry) || !isBelowFile(filename, lastingHosts.files)) return false;
  return platforms.some(({ capsBodies, builds, files }) => {
    const settings = capsBodies && builds && files ? fileAbove(filename, files) : null;
    return settings !== null && builds?.named.test(readText(settings) ?? "") === true;
  });
}

/** The framework's own function that runs work when the answer is out, where the version in use has it. */
export function afterAnswerOf(entry: Entry, source: Source): { module: string; name: string } | null {
  const filename = fileFacts(source)?.filename;
  const range = filename === undefined ? undefined : packageOf(filename)?.dependencies.get(afterAnswer.module);
  return range !== undefined && afterAnswer.versions.test(range) && (afterAnswer.frameworks as ReadonlySet<string>).has(entry.framework) ? afterAnswer.import : null;
}
