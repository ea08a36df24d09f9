import { helperActs, policyHelpers } from "../../knowledge/policies.js";
import { textCollection } from "../../project/source-texts.js";
import { calledName, callsIn } from "../../syntax/nodes.js";
import type { Source } from "../../syntax/source.js";
import { isWithin } from "../../syntax/walk.js";
import { codeBeside } from "../schema/code-beside.js";
import { stemOf, wordsOf } from "../schema/names.js";
import type { LooseQuery } from "./loose-queries.js";

/** A function that is exported under a name of its own. */
function* exportedHelpers(text: string): Generator<string> {
  for (const [, name = ""] of text.matchAll(/\bexport\s+(?:async\s+)?(?:function|const)\s+(\w+)/g)) if (policyHelpers.test(name)) yield name;
}

const helpersBelow = textCollection((text) => new Set(exportedHelpers(text)), true);

/** Whether a function is about a thing, by the words of its name: about any word of it, or about all of them. */
const isAbout = (helper: string, model: string, every: boolean): boolean => {
  const [said, wanted] = [wordsOf(helper), wordsOf(model)].map((words) => words.map((word) => stemOf(word)).filter((word) => word.length > 2));
  return every ? (wanted ?? []).length > 0 && (wanted ?? []).every((word) => said?.includes(word)) : (wanted ?? []).some((word) => said?.includes(word));
};

/** The one of several functions that asks for what is done: to read, or to change. */
function fitting(helpers: readonly string[], act: LooseQuery["act"]): string | null {
  const other = helperActs[act === "read" ? "change" : "read"];
  return helpers.find((name) => helperActs[act].test(name)) ?? helpers.find((name) => !other.test(name)) ?? null;
}

/**
 * The project's own function that asks who may do something to the rows of a query: one that the file calls elsewhere, else one that the
 * project has for them by its name.
 */
export function policyHelperFor({ query: { model }, act, entry }: LooseQuery, source: Source): string | null {
  if (model === null) return null;
  const called = callsIn(source).flatMap((call) => (call.type === "CallExpression" && !isWithin(call, entry.node) ? [calledName(call) ?? ""] : []));
  const beside = fitting([...new Set(called)].filter((name) => policyHelpers.test(name) && isAbout(name, model, false)), act);
  if (beside !== null) return beside;
  const folder = codeBeside(source);
  const known = folder === null ? null : helpersBelow(folder);
  return fitting([...(known ?? [])].filter((name) => isAbout(name, model, true)).sort(), act);
}
