import type { TSESTree } from "@typescript-eslint/utils";

import type { Source } from "../syntax/source.js";
import { isUncalledAt } from "./uncalled.js";
import { isUnreached } from "./unreached.js";

/** Whether nothing leads to a place: its file, or the function around it. */
export const isLeftOverAt = (node: TSESTree.Node, source: Source): boolean => isUnreached(source) || isUncalledAt(node.range[0], source);
