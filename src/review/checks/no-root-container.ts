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

/** Users that images bring along. */
const ownUsers: readonly (readonly [image: RegExp, user: string])[] = [
  [/(?:^|\/)node(?:[:@]|$)/, "node"],
  [/(?:^|\/)bun(?:[:@]|$)/, "bun"],
  [/(?:^|\/)deno(?:[:@]|$)/, "deno"],
];

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
  const own = ownUsers.find(([image]) => image.test(base.image))?.[1];
  return {
    line: last.line,
    message: `The app in this image runs as root (\`${base.image}\` starts so, and ${user === null ? "no `USER` follows" : `\`USER ${user}\` keeps it`}): whoever gets into it owns the container and what is mounted into it. ${own === undefined ? "Make a user, and add `USER` with its name" : `Add \`USER ${own}\`, or another that is not root,`} before \`${start.getKeyword().toUpperCase()}\`.`,
  };
}

const builders = /^\.github\/workflows\/|\.(?:sh|bash|toml|ya?ml|json|hcl|tf)$|(?:^|\/)(?:Makefile|Justfile|Procfile)$/i;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Whether a text builds an image: by its path, a name of its own, or its folder, which is a dot for the root. */
function builds(text: string, file: string): boolean {
  const [folder, name] = [posix.dirname(file), posix.basename(file)];
  if (folder !== "." && text.includes(file)) return true;
  if (!/^(?:Dockerfile|Containerfile)$/i.test(name)) return text.includes(name);
  const where = folder === "." ? "\\./?" : `(?:\\./)?${escaped(folder)}/?`;
  const built = new RegExp(`(?:context|build):\\s*["']?${where}["']?\\s*$|docker\\s+(?:buildx\\s+)?build\\b(?![^\\n]*\\s(?:-f|--file)\\b)[^\\n]*\\s${where}\\s*$`, "gm");
  // What is built there with another file than the usual one is not this image.
  return [...text.matchAll(built)].some(({ index, 0: found }) => !/^\s*(?:file|dockerfile):/m.test(text.slice(Math.max(0, index - 200), index + found.length + 200)));
}

/** The images that workflows build, or else those that anything does: one beside them is left over, or for development. */
function builtImages(app: App): string[] {
  const images = imagesOf(app);
  const texts = app.files.filter((file) => builders.test(file) && !/(?:^|\/)(?:package-lock\.json|pnpm-lock\.yaml)$/.test(file)).map((file) => ({ isWorkflow: file.startsWith(".github/"), text: app.read(file) ?? "" }));
  const named = (among: typeof texts): string[] => images.filter((file) => among.some(({ text }) => builds(text, file)));
  const [published, built] = [named(texts.filter(({ isWorkflow }) => isWorkflow)), named(texts)];
  if (published.length > 0) return published;
  return built.length > 0 ? built : images.filter((file) => /^(?:Dockerfile|Containerfile)$/i.test(posix.basename(file)));
}

export const noRootContainer: Check = {
  name: "no-root-container",
  title: "The container runs as root, or in development mode",
  description: "Require images to start the built app, as a user that is not root",
  concern: "deployment",
  impact: "foothold",
  urgency: "later",
  read: { true: 19, doubtful: 0, wrong: 0, gone: 4 },
  silentOn: ["training"],
  *run(app) {
    for (const file of builtImages(app)) {
      const fault = faultOf(app.read(file) ?? "", app);
      if (fault) yield { file, ...fault };
    }
  },
};
