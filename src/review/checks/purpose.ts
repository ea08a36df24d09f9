import type { App } from "../app.js";
import { workflowsOf } from "./ci.js";

/** What a repository is for, where that is not to run one app: to show what not to do, or to be run by whoever wants to. */
export type Purpose = "training" | "product";

const training = /\b(?:deliberately|intentionally|purposely|damn)\s+(?:\w+[,\s]+){0,2}(?:insecure|vulnerable)|\bvulnerable\s+(?:by design|web|app|node|demo)|\bsophisticated insecure\b|\bsecurity trainings?\b/i;

const license = /^(?:licen[sc]e|copying)(?:\.\w+)?$/i;

const publishes = /\bdocker\s+(?:image\s+)?push\b|\bbuildx\s+build\b[^\n]*--push/;

/** Words for whoever wants to run the app, and licences for what is shared with them. */
const runByOthers = /\bself-?host|\bdocker (?:image )?(?:pull|run)\b|\bdocker[ -]compose\b/i;
const shared = /\b(?:GNU (?:AFFERO )?GENERAL PUBLIC|Business Source|Mozilla Public|Elastic|Fair Source|Functional Source) License/i;

const textOf = (app: App, name: RegExp): string => {
  const file = app.files.find((each) => name.test(each));
  return (file === undefined ? null : app.read(file)) ?? "";
};

/** Whether workflows hand images of a licensed app to everybody. */
const isProduct = (app: App, readme: string): boolean =>
  (runByOthers.test(readme) || shared.test(textOf(app, license).slice(0, 2_000))) &&
  app.files.some((file) => license.test(file)) &&
  workflowsOf(app).some(({ jobs }) => jobs.some(({ steps, json }) => /docker|image/i.test(typeof json["uses"] === "string" ? json["uses"] : "") || steps.some(({ run, uses }) => /^docker\/(?:build-push|login)-action@/.test(uses) || publishes.test(run))));

const known = new WeakMap<App, Purpose | null>();

/** What a repository is for; `null` for an app that somebody runs, and where it cannot be told. */
export function purposeOf(app: App): Purpose | null {
  let purpose = known.get(app);
  if (purpose === undefined) {
    const readme = textOf(app, /^readme(?:\.\w+)?$/i).slice(0, 12_000);
    purpose = training.test(readme.slice(0, 6_000)) ? "training" : isProduct(app, readme) ? "product" : null;
    known.set(app, purpose);
  }
  return purpose;
}
