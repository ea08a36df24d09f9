import type { Coverage, Issue } from "../model.js";
import { exposures, impacts } from "../ranking.js";

/** Why an issue stands where it stands, in one line of figures. */
export const figures = ({ impact, exposure, certainty, waiting, extent, score }: Issue): string =>
  `score ${score.toFixed(1)}: ${impacts[impact].said} · ${exposures[exposure].said} · true in at least ${Math.round(certainty * 100)} of 100 cases${waiting > 1 ? " · dearer each day" : ""}${extent < 1 ? " · little of the app" : ""}`;

/** What is in place, in a line. */
export const covered = ({ topic, found, total, unknown, note }: Coverage): string =>
  total === 1 && unknown === 0 ? `${topic}: ${found === 1 ? "yes" : "no"}${note === null ? "" : ` (${note})`}` : `${topic}: ${found} of ${total}${unknown > 0 ? `, ${unknown} could not be told` : ""}${note === null ? "" : ` (${note})`}`;
