import { trackingTools } from "../../knowledge/project-tools.js";
import { packagesBehind } from "../app.js";
import { toolOf } from "../tools.js";
import { untoldPackages } from "./require-error-tracking.js";
import type { Check } from "./check.js";
import { serversOf } from "./servers.js";

const handled = /["'`](?:uncaughtException|unhandledRejection|uncaughtExceptionMonitor)["'`]|handleExceptions|handleRejections|exceptionHandlers/;

export const requireProcessErrorHandlers: Check = {
  name: "require-process-error-handlers",
  title: "An error outside of a request takes the server down unseen",
  description: "Require a long-running server to record what ends it",
  concern: "observability",
  impact: "blindness",
  urgency: "next",
  read: null,
  silentOn: ["training", "product"],
  *run(app) {
    // Who has a tracker is told of this as well: require-error-tracking asks for one.
    const untold = new Set(untoldPackages(app).map(({ own }) => own));
    for (const { own, file, line } of serversOf(app)) {
      if (untold.has(own) || toolOf(own, app, trackingTools) !== null || app.says(handled, packagesBehind(own, app).flatMap((each) => each.files))) continue;
      yield {
        file,
        line,
        message:
          "An error outside of a request ends this process at once: requests that are being answered are cut off, and nobody is told, for no error tracker is among the dependencies and nothing listens to `uncaughtException` or `unhandledRejection`. Log it there, finish what is running and exit, or add a tracker, which reports it.",
      };
    }
  },
};
