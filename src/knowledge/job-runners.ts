/** How queues, clocks and platforms for jobs are given the functions that they run: no request is waiting, and a failure is what the function throws. */
import type { HandlerShape, WebFramework } from "./web-frameworks.js";

const job: HandlerShape = { kind: "job", params: [] };

/** A job under a name of the module, however the module is imported. */
const exported = (...names: readonly string[]): Record<string, HandlerShape> => Object.fromEntries(names.flatMap((name) => [[name, job], [`default.${name}`, job]]));

export const jobRunners: readonly WebFramework[] = [
  { name: "bullmq", registrations: [{ modules: ["bullmq"], methods: { Worker: job } }], source: "https://docs.bullmq.io/guide/workers" },
  {
    name: "bull",
    registrations: [{ modules: ["bull"], on: ["default()"], methods: { process: job } }],
    source: "https://github.com/OptimalBits/bull/blob/develop/REFERENCE.md#queueprocess",
  },
  { name: "node-cron", registrations: [{ modules: ["node-cron"], methods: exported("schedule", "createTask") }], source: "https://nodecron.com" },
  {
    name: "cron",
    registrations: [{ modules: ["cron"], methods: { CronJob: job, "CronJob.from": job }, options: { onTick: "same" } }],
    source: "https://github.com/kelektiv/node-cron#cronjob-class",
  },
  { name: "node-schedule", registrations: [{ modules: ["node-schedule"], methods: exported("scheduleJob") }], source: "https://github.com/node-schedule/node-schedule#jobs-and-scheduling" },
  {
    name: "trigger.dev",
    registrations: [{ modules: ["@trigger.dev/sdk", "@trigger.dev/sdk/v3"], methods: { task: job, schemaTask: job, "schedules.task": job }, options: { run: "same" } }],
    source: "https://trigger.dev/docs/tasks/overview",
  },
  {
    name: "inngest",
    registrations: [{ modules: ["inngest"], on: ["Inngest()"], methods: { createFunction: job } }],
    source: "https://www.inngest.com/docs/features/inngest-functions/error-retries/retries",
  },
];
