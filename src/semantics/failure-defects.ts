import type { Source } from "../syntax/source.js";
import { type SentDetails, sentDetailsIn } from "./error-details.js";
import type { FailureHandler } from "./failure-handling.js";

/**
 * What is wrong with how a failure is handled. A handler has one defect at most, the gravest, whichever rules are on: details of the
 * error that are sent, then (with the rules to come) an error that is lost, then silence.
 */
export interface FailureDefect {
  readonly kind: "details sent";
  readonly sent: readonly SentDetails[];
}

const defects = new WeakMap<FailureHandler["node"], FailureDefect | null>();

/** The defect that a failure handler has; `null` when it has none of these, or it cannot be told. */
export function failureDefectAt(handler: FailureHandler, source: Source): FailureDefect | null {
  const known = defects.get(handler.node);
  if (known !== undefined) return known;
  const sent = sentDetailsIn(handler, source);
  const defect: FailureDefect | null = sent.length > 0 ? { kind: "details sent", sent } : null;
  defects.set(handler.node, defect);
  return defect;
}
