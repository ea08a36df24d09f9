import { migrationTools } from "../../knowledge/migrations.js";
import type { App } from "../app.js";
import type { Check } from "./check.js";
import { deploymentsOf, deploymentTexts } from "./deployments.js";

/** Scripts that run when the app is built, started or released. */
const released = /^(?:pre|post)?(?:build|start|deploy|release|install|prepare|vercel-build|heroku-postbuild|prod|production|serve|up|docker)(?:[:.-][\w:.-]*)?$/;

const isMigration = (file: string): boolean => /(?:^|\/)migrations?\/.+\.(?:sql|[cm]?[jt]s)$/i.test(file) || /(?:^|\/)drizzle\/.+\.sql$/i.test(file);

/** Everything that a deployment runs, as far as it is written down. */
const steps = (app: App): string[] => [...deploymentTexts(app), ...app.packages.flatMap(({ scripts }) => [...scripts].filter(([name]) => released.test(name)).map(([, script]) => script))];

export const requireMigrationStep: Check = {
  name: "require-migration-step",
  title: "A deployment does not run the migrations",
  description: "Require a deployment to run the migrations that are there",
  concern: "deployment",
  impact: "outage",
  urgency: "next",
  read: null,
  silentOn: ["training"],
  *run(app) {
    const [deployment] = deploymentsOf(app);
    const tool = migrationTools.find(({ packages }) => app.packages.some(({ dependencies, devDependencies }) => [...dependencies.keys(), ...devDependencies.keys()].some((name) => packages.test(name))));
    const migrations = app.files.filter(isMigration).length;
    if (!deployment || !tool || tool.isRunByPlatform || migrations === 0) return;
    if (steps(app).some((text) => tool.runs.test(text) || /migrat|db[:-](?:deploy|push|setup|sync)/i.test(text)) || app.says(tool.runs) || app.says(/\bmigrate\s*\(|runMigrations|migrationsRun/)) return;
    yield {
      file: deployment.file,
      message: `There are ${migrations} migrations, and no step of a deployment runs them: no script, image or workflow says \`${tool.command}\`. New code meets the old tables until somebody remembers. Run it in a step of its own before the new version starts.`,
    };
  },
};
