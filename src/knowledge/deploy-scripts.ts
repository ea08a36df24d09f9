/** Where a project says what is run on the way to production, in files that are not code. */

/** Scripts of package.json that run when an app is built, released or started for users. */
export const productionScripts: readonly { readonly name: RegExp; readonly source: string }[] = [
  { name: /^(?:pre|post)?(?:build|start|install)$|^prepare$/, source: "https://docs.npmjs.com/cli/using-npm/scripts#life-cycle-scripts" },
  { name: /^(?:build|start|db|migrate|docker|setup)[:-](?:prod|production|release|deploy|staging)$/, source: "https://docs.npmjs.com/cli/using-npm/scripts" },
  { name: /^(?:pre|post)?(?:deploy|release|prod|production)(?:[:-](?:prod|production|staging|web|api|server))?$/, source: "https://docs.npmjs.com/cli/using-npm/scripts" },
  { name: /^(?:vercel-build|now-build)$/, source: "https://vercel.com/docs/deployments/configure-a-build" },
  { name: /^heroku-(?:prebuild|postbuild|cleanup)$/, source: "https://devcenter.heroku.com/articles/nodejs-support#customizing-the-build-process" },
  { name: /^pm2(?:[:-](?:run|start|runtime))?$/, source: "https://pm2.keymetrics.io/docs/usage/quick-start/" },
  { name: /^gcp-build$/, source: "https://docs.cloud.google.com/appengine/docs/standard/nodejs/running-custom-build-step" },
  // What people call the build that they tell a platform to run.
  { name: /^(?:railway|render)-build$/, source: "https://render.com/docs/deploys#build-command" },
];

/** Names of shell scripts that bring something to users. */
export const shellForUsers: readonly { readonly name: RegExp; readonly source: string }[] = [
  { name: /(?:^|[-_.])(?:deploy(?:ment)?|release|prod|production|entrypoint|start-?prod|migrate-?prod)(?:[-_.]|$)/i, source: "https://12factor.net/build-release-run" },
];

/** Words of a job or a step that brings something to users, and those of one that does not. */
export const deployJob = /\b(?:deploy\w*|release\w*|publish\w*|prod|production|rollout|ship)\b/i;
export const trialJob = /\b(?:test\w*|e2e|preview|lint|check\w*|ci|verify|playwright|cypress)\b/i;

/** What starts a server as users have it, in the command of a container. */
export const startsServer = /\b(?:npm|yarn|pnpm|bun)(?:\s+run)?\s+start\b|\b(?:node|bun)\s+(?:\S*\/)?(?:dist|build|server|index|main|app|\.next|\.output)\b/;

/** Files of containers that are for a developer's machine. */
export const developerCompose = /(?:^|[/.-])(?:dev|development|local|test|testing|e2e|ci|override)(?:[/.-]|$)/i;

/** A command that is aimed at a database of its own. */
export const trialDatabase = /\b(?:test|e2e|local|localhost|dev|preview|shadow)\b|127\.0\.0\.1/i;
