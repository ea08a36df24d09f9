import { isQuestion } from "../coverage.js";
import type { AuthTopic, Coverage, Issue, Review } from "../model.js";
import { exposures, extents, impacts } from "../ranking.js";
import { counted } from "../titles.js";

/** Why an issue stands where it stands, in one line of figures. */
export const figures = ({ impact, exposure, certainty, urgency, waiting, extent, score }: Issue): string =>
  `score ${score.toFixed(2)}: ${impacts[impact].said} · ${exposures[exposure].said} · true in at least ${Math.round(certainty * 100)} of 100 cases · due ${urgency}${waiting > 1 ? " · dearer each day" : ""}${extent === 1 ? "" : extent === extents.halfMade ? " · nothing that was there is lost" : " · little of the app"}`;

/** What is in place, in a line. */
export const covered = ({ topic, found, total, unknown, note }: Coverage): string =>
  isQuestion(topic) ? `${topic}: ${found === 1 ? "yes" : "no"}${note === null ? "" : ` (${note})`}` : `${topic}: ${total === 0 ? `${unknown} could not be told` : `${found} of ${total}${unknown > 0 ? `, ${unknown} could not be told` : ""}`}${note === null ? "" : ` (${note})`}`;

/** What it says of a part of authentication that there is no issue about it: less than that all is well. */
export function silence({ understood, unknown }: AuthTopic): string {
  if (understood > 0) return `nothing wrong in ${counted(understood, "place")} that could be understood${unknown > 0 ? `; of ${unknown} more it could not be told` : ""}`;
  if (unknown > 0) return `not told: ${unknown === 1 ? "the only place could not" : `none of ${unknown} places could`} be understood`;
  return "no place was understood, which says nothing either way";
}

/** Of what is counted, what is there at least in part, what is nowhere seen, and of what nothing could be told. */
export const seen = (good: readonly Coverage[]): Readonly<Record<"there" | "nowhere" | "untold", readonly Coverage[]>> => ({
  there: good.filter(({ found }) => found > 0),
  nowhere: good.filter(({ found, total }) => found === 0 && total > 0),
  untold: good.filter(({ found, total }) => found === 0 && total === 0),
});

/** How many more there are than are shown. */
export const more = (count: number): string => `${count.toLocaleString("en-US")} more`;

/** A size in hours: nobody knows the half of one out of a thousand. */
export const hoursSaid = (hours: number): string => `about ${(hours < 20 ? hours : Math.round(hours)).toLocaleString("en-US")} h`;

/** How large what was read is, without what was not counted. */
export const sizeSaid = ({ linted, lines, entries, tables }: Review["size"]): string =>
  [counted(linted, "file"), ...(lines === 0 ? [] : [counted(lines, "line"), counted(entries, "entry point"), counted(tables, "table")])].join(", ");
