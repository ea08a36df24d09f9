import { isQuestion } from "../coverage.js";
import type { AuthTopic, Coverage, Issue } from "../model.js";
import { exposures, extents, impacts } from "../ranking.js";
import { counted } from "../titles.js";

/** Why an issue stands where it stands, in one line of figures. */
export const figures = ({ impact, exposure, certainty, urgency, waiting, extent, score }: Issue): string =>
  `score ${score.toFixed(2)}: ${impacts[impact].said} · ${exposures[exposure].said} · true in at least ${Math.round(certainty * 100)} of 100 cases · due ${urgency}${waiting > 1 ? " · dearer each day" : ""}${extent === 1 ? "" : extent === extents.halfMade ? " · nothing that was there is lost" : " · little of the app"}`;

/** What is in place, in a line. */
export const covered = ({ topic, found, total, unknown, note }: Coverage): string =>
  isQuestion(topic) ? `${topic}: ${found === 1 ? "yes" : "no"}${note === null ? "" : ` (${note})`}` : `${topic}: ${found} of ${total}${unknown > 0 ? `, ${unknown} could not be told` : ""}${note === null ? "" : ` (${note})`}`;

/** What it says of a part of authentication that there is no issue about it: less than that all is well. */
export function silence({ understood, unknown }: AuthTopic): string {
  if (understood > 0) return `nothing wrong in ${counted(understood, "place")} that could be understood${unknown > 0 ? `; of ${unknown} more it could not be told` : ""}`;
  if (unknown > 0) return `not told: ${unknown === 1 ? "the only place could not" : `none of ${unknown} places could`} be understood`;
  return "no place was understood, which says nothing either way";
}

/** Of what is counted, what is there at least in part, and what is nowhere seen. */
export const seen = (good: readonly Coverage[]): { readonly there: readonly Coverage[]; readonly nowhere: readonly Coverage[] } => ({ there: good.filter(({ found }) => found > 0), nowhere: good.filter(({ found }) => found === 0) });
