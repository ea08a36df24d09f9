import rule from "../../../src/rules/observability/valid-logger-call.js";
import { type Cases, type Invalid, ruleTester, type Valid } from "../../support/rule-tester.js";

type Kind = "lost" | "ignored" | "text" | "emptied" | "stackless";

const inApi = { filename: "src/server/orders.ts", project: "plain" } as const;

/** A handler with a logger above it, and one statement in it. */
const within = (logger: string, statement: string): string => `${logger}\nexport async function pay(order, user, key) {\n  ${statement}\n}`;

/** A statement that runs when something failed. */
const onFailure = (statement: string): string => `try { await charge(); } catch (error) { ${statement} }`;

const pino = `import pino from "pino";\nconst logger = pino({ level: "info" });`;
const bunyan = `import bunyan from "bunyan";\nconst log = bunyan.createLogger({ name: "shop" });`;
const winston = `import winston from "winston";\nconst logger = winston.createLogger({ format: winston.format.json() });`;
const logtape = `import { getLogger } from "@logtape/logtape";\nconst logger = getLogger(["shop"]);`;

const inService = (made: string, statement: string): string =>
  `import { Logger } from "@nestjs/common";\nexport class Tickets {\n  private readonly logger = ${made};\n  async close(id: string) {\n    ${statement}\n  }\n}`;

const named = "new Logger(Tickets.name)";

interface Defect {
  readonly name: string;
  readonly logger: string;
  readonly before: string;
  /** What the fix writes; without it there is none. */
  readonly after?: string;
  readonly kind: Kind;
  readonly value: string;
  readonly library: string;
  readonly advice: string;
}

const reported = ({ name, logger, before, after, kind, value, library, advice }: Defect): Invalid<Kind, []> => ({
  ...inApi,
  name,
  code: within(logger, before),
  ...(after !== undefined && { output: within(logger, after) }),
  errors: [{ messageId: kind, data: { value, library, advice } }],
});

const silent = (name: string, logger: string, statement: string): Valid<[]> => ({ ...inApi, name, code: within(logger, statement) });

const first = "Put it into an object before the message.";

const lostByPino = (name: string, before: string, value: string, after?: string, advice?: string): Invalid<Kind, []> =>
  reported({ name, logger: pino, before, ...(after !== undefined && { after }), kind: "lost", value, library: "pino", advice: advice ?? first });

const ofPino: Cases<Kind, []> = {
  valid: [
    silent("pino: the object first", pino, `logger.info({ order }, "Paid");`),
    silent("pino: a text alone", pino, `logger.info("Paid");`),
    silent("pino: an object alone", pino, `logger.info({ order });`),
    silent("pino: directives take what follows", pino, `logger.info("Order %s of %o", order.id, user);`),
    silent("pino: directives of a message after the object", pino, `logger.info({ key }, "Order %s", order.id);`),
    silent("pino: an error first", pino, onFailure(`logger.error(error, "Failed");`)),
    silent("pino: an error under the name of its serializer", pino, onFailure(`logger.error({ err: error, key }, "Failed");`)),
    silent("pino: what an error says, under any name", pino, onFailure(`logger.error({ error: error.message }, "Failed");`)),
    silent("pino: an error of which nobody knows whether it is one", pino, `const { error } = await charge(); logger.error({ error }, "Failed");`),
    silent("pino: the same name, with a serializer for it", `import pino from "pino";\nconst logger = pino({ serializers: { error: pino.stdSerializers.err } });`, onFailure(`logger.error({ error }, "Failed");`)),
    silent("pino: errors go by another name", `import pino from "pino";\nconst logger = pino({ errorKey: "error" });`, onFailure(`logger.error({ error }, "Failed");`)),
    silent("pino: a hook that takes calls apart", `import pino from "pino";\nconst logger = pino({ hooks: { logMethod(args, method) { method.apply(this, [args[1], args[0]]); } } });`, `logger.info("Paid", { order });`),
    silent("pino: options of which nothing is known", `import pino from "pino";\nimport { options } from "./options";\nconst logger = pino(options);`, `logger.info("Paid", { order });`),
    silent("pino: nothing follows, in other words", pino, `logger.info("Paid", undefined);`),
    silent("pino: arguments that cannot be counted", pino, `logger.info("Paid", ...order);`),
    silent("a logger of which nothing is known", `import { logger } from "somewhere";`, `logger.info("Paid", { order });`),
    silent("somebody else's `info`", `import { toast } from "sonner";`, `toast.info("Paid", { order });`),
    silent("the console", "", `console.info("Paid", { order });`),
    { ...inApi, name: "pino in a test", filename: "src/server/orders.test.ts", code: within(pino, `logger.info("Paid", { order });`) },
    { ...inApi, name: "pino in a browser hands everything to the console", filename: "src/cart.tsx", code: `"use client";\n${within(pino, `logger.info("Paid", { order });`)}` },
  ],
  invalid: [
    lostByPino("pino: an object after the message", `logger.info("Paid", { order, key });`, "{ order, key }", `logger.info({ order, key }, "Paid");`, `Write \`{ order, key }, "Paid"\`.`),
    lostByPino("pino: a value after the message", `logger.info("Order:", order);`, "order", `logger.info({ order }, "Order");`, `Write \`{ order }, "Order"\`.`),
    lostByPino("pino: an id", `logger.warn("No order", order.id);`, "order.id", `logger.warn({ orderId: order.id }, "No order");`, `Write \`{ orderId: order.id }, "No order"\`.`),
    lostByPino("pino: several values", `logger.info("Order", order, user);`, "order", `logger.info({ order, user }, "Order");`, `Write \`{ order, user }, "Order"\`.`),
    lostByPino("pino: an error after the message", onFailure(`logger.error("Failed", error);`), "error", onFailure(`logger.error({ err: error }, "Failed");`), `Write \`{ err: error }, "Failed"\`.`),
    lostByPino("pino: an error and fields", onFailure(`logger.error("Failed", error, { key });`), "error", onFailure(`logger.error({ err: error, key }, "Failed");`), `Write \`{ err: error, key }, "Failed"\`.`),
    lostByPino("pino: an error after an object and the message", onFailure(`logger.error({ key }, "Failed", error);`), "error", onFailure(`logger.error({ err: error, key }, "Failed");`), `Write \`{ err: error, key }, "Failed"\`.`),
    lostByPino("pino: a template keeps its holes", "logger.info(`Order of ${user}`, order);", "order", "logger.info({ order }, `Order of ${user}`);"),
    lostByPino("pino: more values than directives", `logger.info("Order %s", order.id, user);`, "user"),
    lostByPino("pino: a value without a name", `logger.info("Total", sum(order));`, "sum(order)"),
    lostByPino("pino: a field that the logger writes itself", `logger.info("Paid", { level: key });`, "{ level: key }"),
    lostByPino("pino: a comment between the arguments", `logger.info("Paid", /* all of it */ order);`, "order"),
    {
      ...inApi,
      name: "pino: a child, made in another function",
      code: `${pino}\nexport function pay(order) {\n  const log = logger.child({ order: order.id });\n  log.info("Paid", order);\n}`,
      output: `${pino}\nexport function pay(order) {\n  const log = logger.child({ order: order.id });\n  log.info({ order }, "Paid");\n}`,
      errors: [{ messageId: "lost", line: 5, column: 20, endColumn: 25, data: { value: "order", library: "pino", advice: `Write \`{ order }, "Paid"\`.` } }],
    },
    {
      name: "pino: the logger of another module",
      filename: "app/api/orders/route.ts",
      project: "with-pino",
      code: `import { logger } from "@/lib/logger";\nexport const POST = async (order) => { logger.info("Paid", { order }); };`,
      output: `import { logger } from "@/lib/logger";\nexport const POST = async (order) => { logger.info({ order }, "Paid"); };`,
      errors: [{ messageId: "lost", data: { value: "{ order }", library: "pino", advice: `Write \`{ order }, "Paid"\`.` } }],
    },
    {
      ...inApi,
      name: "pino: a request's logger in Fastify",
      code: `import Fastify from "fastify";\nconst app = Fastify({ logger: true });\napp.get("/", async (request) => { request.log.info("Paid", { user: 1 }); });`,
      output: `import Fastify from "fastify";\nconst app = Fastify({ logger: true });\napp.get("/", async (request) => { request.log.info({ user: 1 }, "Paid"); });`,
      errors: [{ messageId: "lost", data: { value: "{ user: 1 }", library: "pino", advice: `Write \`{ user: 1 }, "Paid"\`.` } }],
    },
    {
      ...inApi,
      name: "pino: a logger that comes with a type",
      code: `import type { Logger } from "pino";\nexport const pay = (order, log: Logger) => log.info("Paid", { order });`,
      output: `import type { Logger } from "pino";\nexport const pay = (order, log: Logger) => log.info({ order }, "Paid");`,
      errors: [{ messageId: "lost", data: { value: "{ order }", library: "pino", advice: `Write \`{ order }, "Paid"\`.` } }],
    },
    reported({ name: "pino: an error under a name without serializer", logger: pino, before: onFailure(`logger.error({ error, key }, "Failed");`), after: onFailure(`logger.error({ err: error, key }, "Failed");`), kind: "emptied", value: "error", library: "pino", advice: "Write `err: error`." }),
    reported({ name: "pino: an error that is called err, under another name", logger: pino, before: `charge().catch((err) => logger.error({ reason: err }));`, after: `charge().catch((err) => logger.error({ err }));`, kind: "emptied", value: "reason: err", library: "pino", advice: "Write `err`." }),
    reported({ name: "pino: the name is taken", logger: pino, before: onFailure(`logger.error({ error, err: key }, "Failed");`), kind: "emptied", value: "error", library: "pino", advice: "Log it under a name that has one, or give the logger one for it." }),
  ],
};

const ofBunyan: Cases<Kind, []> = {
  valid: [
    silent("bunyan: the object first", bunyan, `log.info({ order }, "Paid");`),
    silent("bunyan: an error first", bunyan, onFailure(`log.error(error, "Failed");`)),
    silent("bunyan: directives", bunyan, `log.info("Order %s", order.id);`),
    silent("bunyan: an error under a name with a serializer", `import bunyan from "bunyan";\nconst log = bunyan.createLogger({ name: "shop", serializers: bunyan.stdSerializers });`, onFailure(`log.error({ err: error }, "Failed");`)),
  ],
  invalid: [
    reported({ name: "bunyan: an object after the message", logger: bunyan, before: `log.info("Paid", { order });`, after: `log.info({ order }, "Paid");`, kind: "text", value: "{ order }", library: "bunyan", advice: `Write \`{ order }, "Paid"\`.` }),
    reported({ name: "bunyan: an error after the message", logger: bunyan, before: onFailure(`log.error("Failed", error);`), after: onFailure(`log.error(error, "Failed");`), kind: "text", value: "error", library: "bunyan", advice: `Write \`error, "Failed"\`.` }),
    reported({ name: "bunyan: an error without a serializer", logger: bunyan, before: onFailure(`log.error({ err: error }, "Failed");`), kind: "emptied", value: "err: error", library: "bunyan", advice: "Log it under a name that has one, or give the logger one for it." }),
  ],
};

const second = "Put it into an object after the message.";

const ofWinston: Cases<Kind, []> = {
  valid: [
    silent("winston: an object after the message", winston, `logger.info("Paid", { order });`),
    silent("winston: an error after the message", winston, onFailure(`logger.error("Failed", error);`)),
    silent("winston: a value that may be an object", winston, `logger.info("Paid", order);`),
    silent("winston: a level, a message and fields", winston, `logger.log("info", "Paid", { order });`),
    silent("winston: `splat` takes what follows", `import winston from "winston";\nconst logger = winston.createLogger({ format: winston.format.combine(winston.format.splat(), winston.format.json()) });`, `logger.info("Order %s", order.id);`),
    silent("winston: a format of the app's own", `import winston from "winston";\nconst all = winston.format((info) => info);\nconst logger = winston.createLogger({ format: all() });`, `logger.info("Paid", "at once");`),
    silent("winston: options of which nothing is known", `import winston from "winston";\nimport { options } from "./options";\nconst logger = winston.createLogger(options);`, `logger.info("Paid", "at once");`),
    silent("winston: the logger of the package may be configured anywhere", `import winston from "winston";`, `winston.info("Paid", "at once");`),
  ],
  invalid: [
    reported({ name: "winston: a text after the message", logger: winston, before: onFailure(`logger.error("Failed:", error.message);`), after: onFailure(`logger.error("Failed", { errorMessage: error.message });`), kind: "ignored", value: "error.message", library: "winston", advice: `Write \`"Failed", { errorMessage: error.message }\`.` }),
    reported({ name: "winston: a text after level and message", logger: winston, before: onFailure(`logger.log("error", "Failed", error.message);`), after: onFailure(`logger.log("error", "Failed", { errorMessage: error.message });`), kind: "ignored", value: "error.message", library: "winston", advice: `Write \`"Failed", { errorMessage: error.message }\`.` }),
    reported({ name: "winston: a literal", logger: winston, before: `logger.info("Paid", "at once");`, kind: "ignored", value: `"at once"`, library: "winston", advice: second }),
    reported({ name: "winston: a directive that nothing takes", logger: winston, before: `logger.info("Order %s", order);`, kind: "ignored", value: "order", library: "winston", advice: second }),
    {
      ...inApi,
      name: "winston: a number by its type",
      code: `${winston}\nexport function pay(total: number) { logger.info("Paid", total); }`,
      output: `${winston}\nexport function pay(total: number) { logger.info("Paid", { total }); }`,
      errors: [{ messageId: "ignored", data: { value: "total", library: "winston", advice: `Write \`"Paid", { total }\`.` } }],
    },
    reported({
      name: "winston: where the message alone is printed, the error brings its own",
      logger: `import winston from "winston";\nconst logger = winston.createLogger({ format: winston.format.printf((info) => info.message) });`,
      before: onFailure(`logger.error("Failed:", error.message);`),
      after: onFailure(`logger.error("Failed", error);`),
      kind: "ignored",
      value: "error.message",
      library: "winston",
      advice: `Write \`"Failed", error\`.`,
    }),
  ],
};

const ofLogTape: Cases<Kind, []> = {
  valid: [silent("LogTape: an object after the message", logtape, `logger.info("Paid", { order });`), silent("LogTape: an error after the message", logtape, onFailure(`logger.error("Failed", error);`))],
  invalid: [
    reported({ name: "LogTape: a text after the message", logger: logtape, before: onFailure(`logger.error("Failed", String(error));`), kind: "ignored", value: "String(error)", library: "LogTape", advice: second }),
  ],
};

const others: Valid<[]>[] = [
  silent("consola takes what console takes", `import { consola } from "consola";`, `consola.info("Paid", order, key);`),
  silent("tslog takes any values", `import { Logger } from "tslog";\nconst logger = new Logger();`, onFailure(`logger.error("Failed", error, order);`)),
  silent("log4js takes any values", `import log4js from "log4js";\nconst logger = log4js.getLogger();`, onFailure(`logger.error("Failed", error, order);`)),
  silent("Axiom takes an error after the message", `import { log } from "next-axiom";`, onFailure(`log.error("Failed", error);`)),
  { name: "the project's own logger", filename: "app/api/orders/route.ts", project: "with-own-logger", code: `import { logger } from "../../../lib/logger";\nexport const POST = async (order) => { logger.info("Paid", order); };` },
];

const stack = `Write \`"Failed", error instanceof Error ? error.stack : String(error)\`.`;

const ofNest: Cases<Kind, []> = {
  valid: [
    { name: "Nest 10: a stack after the message", filename: "src/tickets.service.ts", project: "nest-10", code: inService(named, onFailure(`this.logger.error("Failed", error.stack);`)) },
    { name: "Nest 10: a stack and a context", filename: "src/tickets.service.ts", project: "nest-10", code: inService(named, onFailure(`this.logger.error("Failed", error.stack, "Tickets");`)) },
    { name: "Nest 10: an object after the message has a line of its own", filename: "src/tickets.service.ts", project: "nest-10", code: inService(named, `this.logger.log("Closed", { id });`) },
    { name: "Nest 10: a warning has no place for a stack", filename: "src/tickets.service.ts", project: "nest-10", code: inService(named, onFailure(`this.logger.warn("Failed", error);`)) },
    { name: "Nest 11 prints an error with its stack", filename: "src/tickets.service.ts", project: "nest", code: inService(named, onFailure(`this.logger.error("Failed", error);`)) },
    { name: "a version of Nest that nobody knows", filename: "src/tickets.service.ts", project: "plain", code: inService(named, onFailure(`this.logger.error("Failed", error);`)) },
    { name: "nestjs-pino: the object first", filename: "src/tickets.service.ts", project: "nest-with-pino", code: inService(named, onFailure(`this.logger.error({ err: error, id }, "Failed");`)) },
    { name: "nestjs-pino: the text of a stack is one", filename: "src/tickets.service.ts", project: "nest-with-pino", code: inService(named, onFailure(`this.logger.error("Failed", error.stack);`)) },
    { name: "nestjs-pino: a value that may be a stack", filename: "src/tickets.service.ts", project: "nest-with-pino", code: inService(named, `const { trace } = await charge(); this.logger.error("Failed", trace);`) },
    { name: "nestjs-pino: a logger without a name takes the last argument for it", filename: "src/tickets.service.ts", project: "nest-with-pino", code: inService("new Logger()", `this.logger.log("Closed", { id });`) },
  ],
  invalid: [
    {
      name: "Nest 10: an error where its stack belongs",
      filename: "src/tickets.service.ts",
      project: "nest-10",
      code: inService(named, onFailure(`this.logger.error("Failed", error);`)),
      output: inService(named, onFailure(`this.logger.error("Failed", error instanceof Error ? error.stack : String(error));`)),
      errors: [{ messageId: "stackless", data: { value: "error", library: "Nest's `Logger`", advice: stack } }],
    },
    {
      name: "nestjs-pino: an object after the message",
      filename: "src/tickets.service.ts",
      project: "nest-with-pino",
      code: inService(named, `this.logger.log("Closed", { id });`),
      output: inService(named, `this.logger.log({ id }, "Closed");`),
      errors: [{ messageId: "lost", data: { value: "{ id }", library: "nestjs-pino", advice: `Write \`{ id }, "Closed"\`.` } }],
    },
    {
      name: "nestjs-pino: an error after the message",
      filename: "src/tickets.service.ts",
      project: "nest-with-pino",
      code: inService(named, onFailure(`this.logger.error("Failed", error);`)),
      output: inService(named, onFailure(`this.logger.error({ err: error }, "Failed");`)),
      errors: [{ messageId: "lost", data: { value: "error", library: "nestjs-pino", advice: `Write \`{ err: error }, "Failed"\`.` } }],
    },
  ],
};

const halfTyped: Valid<[]>[] = [
  silent("half typed: no arguments", pino, `logger.info();`),
  silent("half typed: nothing but a level", winston, `logger.log("info");`),
  silent("half typed: an empty object", pino, `logger.info({}, );`),
  silent("half typed: no method", pino, `logger["in" + key]("a", "b");`),
];

const all = [ofPino, ofBunyan, ofWinston, ofLogTape, ofNest];

ruleTester.run("valid-logger-call", rule, {
  valid: [...all.flatMap(({ valid }) => valid), ...others, ...halfTyped],
  invalid: all.flatMap(({ invalid }) => invalid),
});
