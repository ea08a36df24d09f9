import { deploymentPlatforms } from "../../knowledge/project-tools.js";
import { type App, isBeside } from "../app.js";
import { type Job, type Workflow, workflowsOf } from "./ci.js";

/** A file that describes how the app gets to where it runs. */
export interface Deployment {
  readonly file: string;
  readonly kind: "image" | "workflow" | "platform";
  readonly name: string;
  readonly previews: boolean;
}

const image = /(?:^|\/)(?:[\w.-]+\.)?(?:Dockerfile|Containerfile)(?:\.[\w.-]+)?$/i;

/** Images for the developer's own machine. */
const forDevelopment = /(?:^|\/)\.devcontainer\/|(?:^|[./-])(?:dev|development|local|test|e2e|ci|maildev|mailhog|mailpit|docs?|documents?|documentation|storybook)(?:$|[./-])/i;

export const imagesOf = ({ files }: App): string[] => files.filter((file) => image.test(file) && !forDevelopment.test(file) && !isBeside(file) && !/\.(?:md|txt|ya?ml|json|ts|js|sh|dockerignore)$/i.test(file));

const deploying =
  /\b(?:fly(?:ctl)?\s+deploy|vercel\s.*--prod|vercel\s+deploy|netlify\s+deploy|wrangler\s+(?:deploy|publish)|firebase\s+deploy|railway\s+up|gcloud\s+(?:run|app|functions)\s+deploy|kubectl\s+(?:apply|set|rollout)|helm\s+upgrade|eb\s+deploy|cdk\s+deploy|sst\s+deploy|serverless\s+deploy|sls\s+deploy|pulumi\s+up|terraform\s+apply|supabase\s+(?:functions\s+deploy|db\s+push)|caprover\s+deploy|docker\s+stack\s+deploy|aws\s+(?:ecs\s+update-service|lambda\s+update)|az\s+webapp\s+(?:deploy|up)|git\s+push\s+(?:heroku|dokku)|pm2\s+(?:reload|restart)|ssh\s+)/;

const deployAction = /(?:deploy|heroku|fly-actions|amplify|render-deploy|elasticbeanstalk|ssh-action|cloudrun|wrangler-action)/i;

/** Pages and packages are published, which is not the app. */
const publishing = /pages|storybook|docs|npm|package|release|chromatic/i;

/** Whether a job brings the app to where it runs. */
const isDeploy = ({ id, steps }: Job): boolean =>
  !publishing.test(id) && steps.some(({ run, uses }) => deploying.test(run) || (deployAction.test(uses) && !publishing.test(uses)));

export const deployJobsOf = (workflow: Workflow): Job[] => workflow.jobs.filter(isDeploy);

/** Every file of an app that describes a deployment. */
export function deploymentsOf(app: App): Deployment[] {
  const workflows = workflowsOf(app).filter((workflow) => deployJobsOf(workflow).length > 0);
  const platforms = deploymentPlatforms.flatMap(({ name, file: pattern, previews }) =>
    app.files.filter((file) => pattern.test(file) && !isBeside(file)).map((file): Deployment => ({ file, kind: "platform", name, previews })),
  );
  return [
    ...workflows.map(({ file }): Deployment => ({ file, kind: "workflow", name: "GitHub Actions", previews: false })),
    ...platforms,
    ...imagesOf(app).map((file): Deployment => ({ file, kind: "image", name: "Docker", previews: false })),
  ];
}

/** The texts in which the steps of a deployment would stand. */
export const deploymentTexts = (app: App): string[] =>
  app.files
    .filter((file) => image.test(file) || /^\.github\/workflows\/|\.(?:sh|bash)$|(?:^|\/)(?:docker-)?(?:compose|entrypoint)[\w.-]*$|(?:^|\/)(?:Procfile|Makefile|Justfile|Taskfile\.ya?ml)$/i.test(file) || deploymentPlatforms.some((platform) => platform.file.test(file)))
    .map((file) => app.read(file) ?? "");
