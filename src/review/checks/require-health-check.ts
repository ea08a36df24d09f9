import { packagesBehind } from "../app.js";
import type { Check } from "./check.js";
import { serversOf } from "./servers.js";

const path = /["'`/](?:\w*health[\w-]*|readyz?|readiness|livez?|liveness|ping|status|heartbeat|alive|up|monitor(?:ing)?)["'`/?)]|@nestjs\/terminus|lightship|@godaddy\/terminus|HealthController|healthcheck/i;

/** How many entry points make a service that a platform looks after. */
const least = 3;

export const requireHealthCheck: Check = {
  name: "require-health-check",
  title: "Nobody can ask the server whether it is well",
  description: "Require a long-running server to have a path that says whether it is well",
  concern: "deployment",
  impact: "outage",
  urgency: "next",
  read: null,
  silentOn: ["training"],
  *run(app) {
    for (const { own, file, line } of serversOf(app).filter((server) => server.own.entries.length >= least)) {
      const files = packagesBehind(own, app).flatMap((each) => each.files);
      if (app.says(path, files) || files.some((each) => /health/i.test(each))) continue;
      yield {
        file,
        line,
        message: `No path of this server is for asking whether it is well (none called health, ready, live, ping or status): a platform sends requests to it before it is ready, and goes on when its database is gone. Add \`/health\`, which asks the database as well.`,
      };
    }
  },
};
