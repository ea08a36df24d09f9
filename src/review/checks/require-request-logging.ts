import { requestLoggers } from "../../knowledge/project-tools.js";
import { packagesBehind } from "../app.js";
import { timingOf, toolOf } from "../tools.js";
import type { Check } from "./check.js";
import { serversOf } from "./servers.js";

/** Middleware of one's own that writes down what was asked for, or how long it took, and options with which a framework does; Fastify has none by itself. */
const own = /\.on\(\s*["'`]finish|hrtime|performance\.now\(|duration|elapsed|responseTime|response[-_ ]time|LoggingInterceptor|RequestLogger|requestLogger|request-logger|logRequest|loggerMiddleware|from ["']hono\/logger|from ["']hono\/timing|\blogger\s*:\s*(?:true|\{)|\bloggerInstance\s*:|\bfastify(?:Adapter)?\(\s*(?:[\w.]+\s*[,)]|[^;]{0,600}?\blogger\b(?!\s*:\s*(?:false|null|undefined)\b))|accessLog/i;

export const requireRequestLogging: Check = {
  name: "require-request-logging",
  title: "No record of requests and how long they take",
  description: "Require a server to record its requests and how long they took",
  concern: "observability",
  impact: "blindness",
  urgency: "next",
  read: { true: 1, doubtful: 0, wrong: 0, gone: 0 },
  silentOn: ["training", "product"],
  *run(app) {
    if (timingOf(app) !== null) return;
    for (const { own: server, file, line } of serversOf(app)) {
      const files = packagesBehind(server, app).flatMap((each) => each.files);
      if (toolOf(server, app, requestLoggers) !== null || app.says(own, files)) continue;
      yield {
        file,
        line,
        message: `This server records neither which requests it was asked nor how long they took: a slow or failing one cannot be found. Add a request logger (morgan, pino-http, nestjs-pino …), metrics or OpenTelemetry where it starts.`,
      };
    }
  },
};
