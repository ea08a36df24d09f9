import { posix } from "node:path";

import { deployJob, productionScripts, shellForUsers, trialJob } from "../../knowledge/deploy-scripts.js";
import { pushesIn } from "../../semantics/deployment/pushes.js";
import { type App, isBeside, lineOf } from "../app.js";
import type { Check } from "./check.js";
import { workflowsOf } from "./ci.js";
import { imagesOf } from "./deployments.js";

/** A text that is run on the way to production. */
interface Step {
  readonly file: string;
  readonly text: string;
  /** Where it runs, in messages. */
  readonly said: string;
}

const isForUsers = (name: string): boolean => productionScripts.some((entry) => entry.name.test(name));

/** Lines of a file that start something: comments are left out. */
const withoutComments = (text: string): string => text.replace(/^\s*#(?!!).*$/gm, "");

/** The scripts of a package that run when it is built, released or started, and those that they run. */
function packageSteps({ packages }: App): Step[] {
  return packages.flatMap(({ file, scripts }) => {
    const found = new Map([...scripts.keys()].filter(isForUsers).map((name) => [name, name]));
    for (const [name, from] of found) {
      for (const [, called = ""] of (scripts.get(name) ?? "").matchAll(/\b(?:npm|pnpm|yarn|bun)(?:\s+run(?:-script)?)?\s+([\w:.-]+)/g)) if (scripts.has(called) && !found.has(called)) found.set(called, from);
    }
    return [...found].map(([name, from]) => ({ file, text: scripts.get(name) ?? "", said: name === from ? `the script \`${name}\`` : `the script \`${name}\`, which \`${from}\` runs,` }));
  });
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

const workflowSteps = (app: App): Step[] =>
  workflowsOf(app).flatMap(({ file, json, jobs }) =>
    jobs.flatMap(({ id, json: job, steps }) =>
      steps
        .filter(({ json: step }) => {
          const words = `${id} ${textOf(job["name"])} ${textOf(step["name"])}`;
          return (deployJob.test(`${words} ${textOf(json["name"])}`) || "environment" in job) && !trialJob.test(words);
        })
        .map(({ run }) => ({ file, text: run, said: `the job \`${id}\`` })),
    ),
  );

const platformFile = /(?:^|\/)(?:Procfile|\.replit|(?:fly|railway|netlify)(?:\.[\w-]+)?\.toml|render\.ya?ml|app\.json|heroku\.yml|vercel\.json|nixpacks\.toml)$/;

/** Images, and files in which a platform is told what to run. */
const platformSteps = (app: App): Step[] =>
  [...imagesOf(app), ...app.files.filter((file) => platformFile.test(file) && !isBeside(file))].map((file) => ({ file, text: withoutComments(app.read(file) ?? ""), said: `\`${posix.basename(file)}\`` }));

/** Shell scripts that one of the steps runs, or that are for production by their names. */
function shellSteps(app: App, steps: readonly Step[]): Step[] {
  const scripts = app.files.filter((file) => /\.(?:sh|bash)$/.test(file) && !isBeside(file));
  const found = new Map<string, Step>();
  const add = (file: string, said: string): void => {
    if (found.has(file)) return;
    const text = withoutComments(app.read(file) ?? "");
    found.set(file, { file, text, said });
    for (const other of scripts) if (text.includes(posix.basename(other))) add(other, `\`${posix.basename(other)}\`, which \`${posix.basename(file)}\` runs,`);
  };
  for (const file of scripts) {
    const name = posix.basename(file);
    const by = steps.find(({ text }) => text.includes(name));
    if (by) add(file, `\`${name}\`, which ${by.said} runs,`);
    else if (shellForUsers.some((entry) => entry.name.test(name)) && !trialJob.test(name)) add(file, `\`${name}\`, which is for production by its name,`);
  }
  return [...found.values()];
}

/** Prisma's own answer to a database without foreign keys: https://www.prisma.io/docs/orm/overview/databases/planetscale */
const isPushedByDesign = (app: App): boolean => app.files.some((file) => file.endsWith(".prisma") && /relationMode\s*=\s*"prisma"|provider\s*=\s*"mongodb"/.test(app.read(file) ?? ""));

/** How many migrations of the tool that pushes there are. */
const migrationsFor = (command: string, { files }: App): number =>
  files.filter((file) => (command.startsWith("prisma") ? /\/migrations\/[^/]+\/migration\.sql$/ : /(?:^|\/)drizzle\/.+\.sql$|(?:^|\/)migrations\/[^/]+\.sql$/).test(file) && !isBeside(file)).length;

export const noSchemaPush: Check = {
  name: "no-schema-push",
  title: "The schema is pushed into the database of production",
  description: "Disallow deployments that make the database of production look like the schema, without a migration",
  concern: "deployment",
  impact: "data-loss",
  urgency: "now",
  read: { true: 3, doubtful: 0, wrong: 0, gone: 0 },
  *run(app) {
    const steps = [...packageSteps(app), ...workflowSteps(app), ...platformSteps(app)];
    const all = [...steps, ...shellSteps(app, steps)];
    if (!all.some(({ text }) => pushesIn(text).length > 0) || isPushedByDesign(app)) return;
    for (const { file, text, said } of all) {
      for (const push of pushesIn(text)) {
        const migrations = migrationsFor(push.said, app);
        const instead = migrations > 0 ? `There are ${migrations} migrations. Have them begin where the database is now (a baseline), and run` : "Give the database a baseline once, and run";
        const effect = push.loses
          ? "makes the tables of production what the schema says at once: a renamed field drops its column, and what is in it"
          : "changes the tables of production without a migration that anybody has looked at, before the new code runs, and stops there at a change that would lose data";
        yield { file, line: lineOf(app.read(file) ?? "", text.slice(push.start, push.end)), message: `\`${push.said}\` in ${said} ${effect}. ${instead} \`${push.instead}\`.` };
      }
    }
  },
};
