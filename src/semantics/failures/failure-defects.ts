import type { Source } from "../../syntax/source.js";
import { isNeverReached } from "./cannot-fail.js";
import { type SentDetails, sentDetailsIn } from "./error-details.js";
import type { ProjectTracker } from "./error-trackers.js";
import type { FailureHandler } from "./failure-handling.js";
import { type LostError, lostErrorIn } from "./lost-errors.js";
import { unansweredAfter } from "./open-requests.js";
import type { Response } from "../entries/responses.js";
import { type Silence, silenceOf } from "./silent-failures.js";
import { unheardBy } from "./uncaptured-failures.js";

/**
 * What is wrong with how a failure is handled. A handler has one defect at most, the gravest, whichever rules are on: details of the
 * error that are sent, then a request that is left open, then an error that is lost, then silence, then a tracker that does not hear of it.
 */
export type FailureDefect =
  | { readonly kind: "details sent"; readonly sent: readonly SentDetails[] }
  | { readonly kind: "request left open"; readonly answer: Response }
  | { readonly kind: "error lost"; readonly lost: LostError }
  | { readonly kind: "silence"; readonly silence: Silence }
  | { readonly kind: "unheard"; readonly tracker: ProjectTracker };

const defects = new WeakMap<FailureHandler["node"], FailureDefect | null>();

function find(handler: FailureHandler, source: Source): FailureDefect | null {
  const sent = sentDetailsIn(handler, source);
  if (sent.length > 0) return { kind: "details sent", sent };
  const answer = unansweredAfter(handler, source);
  if (answer) return { kind: "request left open", answer };
  const lost = lostErrorIn(handler, source);
  if (lost) return { kind: "error lost", lost };
  const silence = silenceOf(handler, source);
  if (silence) return { kind: "silence", silence };
  const tracker = unheardBy(handler, source);
  return tracker && { kind: "unheard", tracker };
}

/** The defect that a failure handler has; `null` when it has none of these, is never reached, or it cannot be told. */
export function failureDefectAt(handler: FailureHandler, source: Source): FailureDefect | null {
  const known = defects.get(handler.node);
  if (known !== undefined) return known;
  const found = find(handler, source);
  const defect = found && isNeverReached(handler, source) ? null : found;
  defects.set(handler.node, defect);
  return defect;
}
