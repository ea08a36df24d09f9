import { posix } from "node:path";

import { DockerfileParser, From, type Instruction, User } from "dockerfile-ast";

import type { App } from "../app.js";
import type { Check } from "./check.js";
import { imagesOf } from "./deployments.js";

interface Stage {
  readonly image: string;
  readonly name: string | null;
  readonly line: number;
  readonly instructions: readonly Instruction[];
}

/** The stages of a Dockerfile, in order. */
function stagesOf(text: string): Stage[] {
  const stages: { image: string; name: string | null; line: number; instructions: Instruction[] }[] = [];
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    if (instruction instanceof From) stages.push({ image: instruction.getImage() ?? "", name: instruction.getBuildStage(), line: instruction.getRange().start.line + 1, instructions: [] });
    else stages.at(-1)?.instructions.push(instruction);
  }
  return stages;
}

/** A stage that is built only for those who ask for it (`--target`). */
const forDevelopment = /^(?:dev|development|local|tests?|debug|ci)(?:$|[-_])/i;

/** The last stage for production, with those that it is built on, the last one first. */
function chainOf(stages: readonly Stage[]): Stage[] {
  const chain: Stage[] = [];
  for (let stage = stages.findLast(({ name }) => name === null || !forDevelopment.test(name)); stage && !chain.includes(stage); ) {
    chain.push(stage);
    const { image } = stage;
    stage = stages.find(({ name }) => name !== null && name.toLowerCase() === image.toLowerCase());
  }
  return chain;
}

/** Images that start as root unless they are told otherwise: https://github.com/nodejs/docker-node/blob/main/docs/BestPractices.md#non-root-user */
const startsAsRoot = /^(?:docker\.io\/)?(?:library\/)?(?:node|oven\/bun|denoland\/deno|alpine|debian|ubuntu|python|mcr\.microsoft\.com\/playwright|public\.ecr\.aws\/docker\/library\/node)(?:[:@]|$)/;

/** An init that starts services as users of their own, or a file system that only root can mount: https://github.com/just-containers/s6-overlay, https://fly.io/docs/litefs/getting-started-docker/ */
const hasInit = /s6-overlay|supervisord|\blitefs\b/;

const dropsRights = /\b(?:gosu|su-exec|setpriv|runuser|s6-setuidgid|chroot --userspec|su -)\b/;

const isRoot = (user: string): boolean => /^(?:root|0)(?::|$)/.test(user);

function faultOf(text: string, app: App): { line: number; message: string } | null {
  const chain = chainOf(stagesOf(text));
  const base = chain.at(-1);
  const [last] = chain;
  if (!base || !last) return null;
  const instructions = chain.flatMap((stage) => [...stage.instructions].reverse());
  const start = instructions.find((instruction) => /^(?:CMD|ENTRYPOINT)$/i.test(instruction.getKeyword()));
  const command = start?.getArgumentsContent() ?? "";
  if (start && /\b(?:npm|pnpm|yarn|bun)\b["',\s]+(?:run["',\s]+)?(?:start:)?dev\b|\bnodemon\b|\bts-node-dev\b|\bnext["',\s]+dev\b|\bvite["'\s\]]*$/.test(command)) {
    // Made for that, as it says itself.
    if (/\bdevelopment\b/i.test(text)) return null;
    return { line: start.getRange().start.line + 1, message: "This image starts the development server: it compiles on request, shows errors with their source, and is not made to be reached by anybody. Build the app in the image, and start what the build wrote." };
  }
  if (!startsAsRoot.test(base.image) || !start || hasInit.test(text)) return null;
  const scripts = app.files.filter((file) => /entrypoint|docker-start|start\.sh|run\.sh/i.test(file)).map((file) => app.read(file) ?? "");
  if (dropsRights.test(text) || scripts.some((script) => dropsRights.test(script))) return null;
  const user = instructions.find((instruction) => instruction instanceof User)?.getArgumentsContent() ?? null;
  if (user !== null && !isRoot(user)) return null;
  return {
    line: last.line,
    message: `The app in this image runs as root (\`${base.image}\` starts so, and ${user === null ? "no `USER` follows" : `\`USER ${user}\` keeps it`}): whoever gets into it owns the container and what is mounted into it. Add \`USER node\`, or another that is not root, before \`${start.getKeyword().toUpperCase()}\`.`,
  };
}

const builders = /^\.github\/workflows\/|\.(?:sh|bash|toml|ya?ml|json|hcl|tf)$|(?:^|\/)(?:Makefile|Justfile|Procfile)$/i;

const textsOfBuilders = (app: App): string[] => app.files.filter((file) => builders.test(file) && !/(?:^|\/)(?:package-lock\.json|pnpm-lock\.yaml)$/.test(file)).map((file) => app.read(file) ?? "");

/** The images that something builds: a variant (`Dockerfile.alpine`), or one beside others that are named, is left over where nothing names it. */
function builtImages(app: App): string[] {
  const texts = textsOfBuilders(app);
  const says = (text: string): boolean => texts.some((each) => each.includes(text));
  const isPlain = (file: string): boolean => /^(?:Dockerfile|Containerfile)$/i.test(posix.basename(file));
  const isNamed = (file: string): boolean => {
    const folder = posix.dirname(file);
    if (folder !== "." && says(file)) return true;
    if (!isPlain(file)) return says(posix.basename(file));
    // A folder is built by its name, and the root by a dot.
    const context = new RegExp(`(?:context|build):\\s*["']?(?:\\./)?${folder === "." ? "\\.?" : folder.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}/?["']?\\s*$|docker\\s+(?:buildx\\s+)?build\\b[^\\n]*\\s(?:\\./)?${folder === "." ? "\\." : folder.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}/?\\s*$`, "m");
    return texts.some((text) => context.test(text));
  };
  const images = imagesOf(app);
  const named = images.filter(isNamed);
  return named.length > 0 ? named : images.filter(isPlain);
}

export const noRootContainer: Check = {
  name: "no-root-container",
  title: "The container runs as root, or in development mode",
  description: "Require images to start the built app, as a user that is not root",
  concern: "deployment",
  impact: "foothold",
  urgency: "later",
  read: { true: 5, doubtful: 4, wrong: 1, mended: 1 },
  silentOn: ["training"],
  *run(app) {
    for (const file of builtImages(app)) {
      const fault = faultOf(app.read(file) ?? "", app);
      if (fault) yield { file, ...fault };
    }
  },
};
