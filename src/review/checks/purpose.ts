import { type App, isBeside } from "../app.js";
import { workflowsOf } from "./ci.js";

/** What a repository is for, where that is not to run one app: to show what not to do, or to be run by whoever wants to. */
export type Purpose = "training" | "product";

const training = /\b(?:deliberately|intentionally|purposely|damn)\s+(?:\w+[,\s]+){0,2}(?:insecure|vulnerable)|\bvulnerable\s+(?:by design|web|app|node|demo)|\bsophisticated insecure\b|\bsecurity trainings?\b/i;

const publishes = /\bdocker\s+(?:image\s+)?push\b|\bbuildx\s+build\b[^\n]*--push/;

/** Whether workflows hand images of a licensed app to everybody. */
const isProduct = (app: App): boolean =>
  app.files.some((file) => /^licen[sc]e(?:\.\w+)?$/i.test(file)) &&
  workflowsOf(app).some(({ jobs }) => jobs.some(({ steps, json }) => /docker|image/i.test(typeof json["uses"] === "string" ? json["uses"] : "") || steps.some(({ run, uses }) => /^docker\/(?:build-push|login)-action@/.test(uses) || publishes.test(run))));

const known = new WeakMap<App, Purpose | null>();

/** What a repository is for; `null` for an app that somebody runs, and where it cannot be told. */
export function purposeOf(app: App): Purpose | null {
  let purpose = known.get(app);
  if (purpose === undefined) {
    const readme = app.files.find((file) => /^readme(?:\.\w+)?$/i.test(file) && !isBeside(file));
    purpose = training.test((readme === undefined ? null : app.read(readme))?.slice(0, 6_000) ?? "") ? "training" : isProduct(app) ? "product" : null;
    known.set(app, purpose);
  }
  return purpose;
}
