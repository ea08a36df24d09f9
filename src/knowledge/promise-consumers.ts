/** Calls that take a callback and throw away what it returns, so that nothing sees the rejection of an asynchronous one. */
export interface PromiseConsumer {
  /** `null` for the host's globals. */
  readonly module: string | null;
  /** The calls, by their last name. */
  readonly calls: readonly string[];
  readonly source: string;
}

/** What an `EventEmitter` of Node and all that extend it are given listeners with. */
const listening = ["on", "once", "addListener", "prependListener", "prependOnceListener"] as const;

const emitters = (source: string, ...modules: string[]): PromiseConsumer[] => modules.map((module) => ({ module, calls: listening, source }));

const timers = ["setTimeout", "setInterval", "setImmediate"] as const;

/** Packages whose awaited calls reach another process, beside HTTP clients, databases and vendors: a browser that is driven from here. */
export const remoteModules: ReadonlySet<string> = new Set(["playwright", "playwright-core", "puppeteer", "puppeteer-core"]);

export const promiseConsumers: readonly PromiseConsumer[] = [
  { module: null, calls: [...timers, "queueMicrotask"], source: "https://nodejs.org/api/timers.html#settimeoutcallback-delay-args" },
  { module: "timers", calls: timers, source: "https://nodejs.org/api/timers.html#settimeoutcallback-delay-args" },
  ...emitters(
    "https://nodejs.org/api/events.html#capture-rejections-of-promises",
    ...["events", "http", "https", "http2", "net", "tls", "dgram", "stream", "fs", "child_process", "cluster", "worker_threads", "readline"],
  ),
  ...emitters("https://github.com/websockets/ws/blob/master/doc/ws.md", "ws"),
  ...emitters("https://socket.io/docs/v4/listening-to-events/#error-handling", "socket.io", "socket.io-client"),
  ...emitters("https://github.com/redis/ioredis#connection-events", "ioredis"),
  ...emitters("https://github.com/redis/node-redis#events", "redis", "@redis/client"),
  ...emitters("https://node-postgres.com/apis/pool#events", "pg"),
  ...emitters("https://docs.bullmq.io/guide/events", "bullmq"),
  ...emitters("https://github.com/OptimalBits/bull/blob/develop/REFERENCE.md#events", "bull"),
  ...emitters("https://github.com/paulmillr/chokidar#methods--events", "chokidar"),
  ...emitters("https://playwright.dev/docs/events", "playwright", "playwright-core"),
  ...emitters("https://pptr.dev/api/puppeteer.eventemitter", "puppeteer", "puppeteer-core"),
  ...emitters("https://discord.js.org/docs/packages/discord.js/main/Client:Class", "discord.js"),
  ...emitters("https://github.com/googleapis/google-api-nodejs-client#handling-refresh-tokens", "googleapis", "google-auth-library"),
  ...emitters("https://expressjs.com/en/api.html#res", "express"),
  ...emitters("https://mongoosejs.com/docs/connections.html#connection-events", "mongoose"),
  ...emitters("https://github.com/mqttjs/MQTT.js#event-message", "mqtt"),
  { module: "amqplib", calls: [...listening, "consume"], source: "https://amqp-node.github.io/amqplib/channel_api.html#channel_consume" },
];
