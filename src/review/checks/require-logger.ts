import { loggingTools } from "../../knowledge/project-tools.js";
import { packagesBehind } from "../app.js";
import { counted } from "../titles.js";
import { toolOf } from "../tools.js";
import type { Check } from "./check.js";

const ownLogger = /(?:^|\/)(?:[\w-]*logg(?:er|ing)[\w-]*|log)(?:\.(?:server|service|module|util|utils))?(?:\/index)?\.[cm]?[jt]sx?$/i;

/** How many lines on the console make a habit. */
const least = 30;

export const requireLogger: Check = {
  name: "require-logger",
  title: "The console is the only log",
  description: "Require a logger with levels and fields on a server",
  concern: "observability",
  impact: "blindness",
  urgency: "later",
  read: { true: 4, doubtful: 0, wrong: 0, gone: 0 },
  silentOn: ["training", "product"],
  *run(app) {
    for (const own of app.packages) {
      const surveys = own.files.map((file) => ({ file, survey: app.surveyOf(file) }));
      const lines = surveys.reduce((sum, { survey }) => sum + (survey?.logged.console ?? 0), 0);
      if (own.entries.length === 0 || lines < least || surveys.some(({ survey }) => (survey?.logged.structured ?? 0) > 0)) continue;
      if (toolOf(own, app, loggingTools) !== null || packagesBehind(own, app).some(({ files }) => files.some((file) => ownLogger.test(file)))) continue;
      const files = surveys.filter(({ survey }) => (survey?.logged.console ?? 0) > 0).length;
      yield {
        file: own.file,
        line: 1,
        message: `${counted(lines, "line")} in ${counted(files, "file")} of the server go to the console as text, and no logger is among the dependencies: the log has no fields to filter by (request, user, order). Add one (pino, winston, LogTape …).`,
      };
    }
  },
};
