import { readText } from "../../project/disk.js";
import { fileFacts } from "../../project/file.js";
import { loadModule } from "../../project/modules.js";
import { siblingsOf } from "../../project/siblings.js";
import type { Source } from "../../syntax/source.js";
import { enclosingFunction, type FunctionNode, isWithin } from "../../syntax/walk.js";
import { queriesIn, type Query } from "./queries.js";

const code = /(?<!\.d|\.test|\.spec)\.[cm]?[jt]sx?$/;

const namesOf = (columns: { readonly keys: readonly { readonly name: string }[] } | null): string[] => columns?.keys.map(({ name }) => name) ?? [];

/** Whether a create is for whoever reads the one row of a key and finds none. */
function isMadeOnRead(create: Query, all: readonly Query[]): boolean {
  const fn = enclosingFunction(create.node);
  const made = namesOf(create.data);
  return all.some((read) => {
    const keys = namesOf(read.filter);
    return read.model === create.model && (read.kind === "read-one" || read.kind === "read-many") && enclosingFunction(read.node) === fn && read.node.range[1] < create.node.range[0] && keys.length === 1 && made.includes(keys[0] as string);
  });
}

function makes(model: string, source: Source, but: FunctionNode | null): boolean {
  const all = queriesIn(source);
  return all.some((query) => query.model === model && !(but && isWithin(query.node, but)) && (query.kind === "upsert" || (query.kind === "create" && isMadeOnRead(query, all))));
}

/** Whether a row that was not created is made up for by code of the same file or folder: it is created where it is read, or written by an upsert. */
export function isHealed({ model }: Query, fn: FunctionNode, source: Source): boolean {
  if (model === null) return false;
  if (makes(model, source, fn)) return true;
  const filename = fileFacts(source)?.filename;
  const beside = filename === undefined ? [] : siblingsOf(filename, code).filter((file) => file !== filename);
  return beside.some((file) => {
    const other = readText(file)?.includes(model) ? loadModule(file, source) : null;
    return other !== null && makes(model, other, null);
  });
}
