import type { Source } from "../../syntax/source.js";
import { isUncalledAt } from "./uncalled.js";
import { isUnreached } from "./unreached.js";

/** Whether nothing leads to a place of a file, by its index in the text: to the file, or to the function around it. */
export const isLeftOverAt = (at: number, source: Source): boolean => isUnreached(source) || isUncalledAt(at, source);
