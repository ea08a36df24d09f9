import { browserTrackers, environmentTools, type ProjectTool, requestLoggers, trackingTools } from "../knowledge/project-tools.js";
import { type App, type AppPackage, uses } from "./app.js";

/** The tool of a table that a package, or one that it is built on, depends on. */
export const toolOf = (own: AppPackage, app: App, tools: readonly ProjectTool[]): string | null => tools.find(({ packages }) => uses(own, app, packages) !== null)?.name ?? null;

/** Who is told about the errors of a package's server. */
export const serverTrackerOf = (own: AppPackage, app: App): string | null =>
  trackingTools.find(({ packages }) => uses(own, app, { test: (name) => packages.test(name) && !browserTrackers.test(name) }) !== null)?.name ?? null;

const anywhere = (app: App, tools: readonly ProjectTool[]): string | null => app.packages.map((each) => toolOf(each, app, tools)).find((name) => name !== null) ?? null;

/** A validator that is handed the environment, or a module of one's own that stops the start where something is missing. */
const validated =
  /(?:parse|safeParse|validate\w*|cleanEnv|createEnv|envsafe|convict|parseEnv|check|Value\.\w+|from|decode\w*|assert\w*)\s*\(\s*(?:\w+\s*,\s*)?(?:\{\s*\.\.\.)?(?:process\.env|import\.meta\.env|Bun\.env|Deno\.env)|validationSchema\s*:|validate\s*:\s*\w*[eE]nv|\bgetRequired\w*\(|requiredEnv|requireEnv|requiredVars|REQUIRED_(?:ENV|VARS)|getOrThrow\s*\(|missing\w*\s*(?:environment|env)|(?:environment|env)\w*\s(?:\s*(?:variables?|is|are)\b)*\s*(?:missing|required|not set)/i;

/** What checks the environment at the start; `null` where nothing seems to. */
export const validatorOf = (app: App): string | null => anywhere(app, environmentTools) ?? (app.says(validated) ? "a check of the app's own" : null);

/** Who is told about the app's errors. */
export const trackerOf = (app: App): string | null => anywhere(app, trackingTools);

/** What records how long requests take. */
export const timingOf = (app: App): string | null =>
  anywhere(app, requestLoggers) ?? anywhere(app, trackingTools.filter(({ name }) => /^(?:OpenTelemetry|Datadog|New Relic|Sentry|Elastic APM|AppSignal|Application Insights|Encore)$/.test(name)));
