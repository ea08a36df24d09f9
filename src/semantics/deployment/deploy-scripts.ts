import { deployJob, developerCompose, productionScripts, startsServer, trialJob } from "../../knowledge/deploy-scripts.js";
import { fileFacts } from "../../project/file.js";
import { pathInProject } from "../../project/path.js";
import type { Source } from "../../syntax/source.js";

/** Text that a shell runs on the way to production. */
export interface DeployScript {
  /** As it stands in the file, quotes and escapes included. */
  readonly text: string;
  /** Where it begins in the file. */
  readonly start: number;
  /** Where it runs, in messages: `the script "build"`. */
  readonly said: string;
}

/** A node of a JSON or YAML file, as the user's own plugin for the language reads it. */
interface DataNode {
  readonly type: string;
  readonly range: readonly [number, number];
  readonly body?: unknown;
  readonly content?: unknown;
  readonly members?: readonly { readonly name: DataNode; readonly value: DataNode }[];
  readonly pairs?: readonly { readonly key: DataNode | null; readonly value: DataNode | null }[];
  readonly elements?: readonly { readonly value: DataNode }[];
  readonly entries?: readonly (DataNode | null)[];
  readonly value?: unknown;
  readonly name?: unknown;
}

const isNode = (value: unknown): value is DataNode => typeof value === "object" && value !== null && "type" in value;

/** What the whole file is: a JSON document's value, or that of the first document of a YAML file. */
function rootOf({ ast }: Source): DataNode | null {
  const root = ast as unknown as DataNode;
  if (root.type === "Document") return isNode(root.body) ? root.body : null;
  const [document] = Array.isArray(root.body) ? (root.body as unknown[]) : [];
  return isNode(document) && document.type === "YAMLDocument" && isNode(document.content) ? document.content : null;
}

/** Whether a file is data, and no code: JSON or YAML. */
export const isDataFile = (source: Source): boolean => rootOf(source) !== null;

const textOf = (node: DataNode | null | undefined): string | null => {
  if (typeof node?.value === "string") return node.value;
  return typeof node?.name === "string" ? node.name : null;
};

/** The keys of an object with what stands under them. */
function fieldsOf(node: DataNode | null | undefined): [key: string, value: DataNode][] {
  const members = node?.members?.map(({ name, value }) => [textOf(name), value] as const) ?? [];
  const pairs = node?.pairs?.map(({ key, value }) => [textOf(key), value] as const) ?? [];
  return [...members, ...pairs].flatMap(([key, value]) => (key !== null && value ? [[key, value]] : []));
}

const fieldOf = (node: DataNode | null | undefined, name: string): DataNode | null => fieldsOf(node).find(([key]) => key === name)?.[1] ?? null;

const itemsOf = (node: DataNode | null): DataNode[] => [...(node?.elements?.map(({ value }) => value) ?? []), ...(node?.entries ?? [])].filter((item) => item !== null);

function scriptAt({ range }: DataNode, said: string, { text }: Source): DeployScript {
  return { text: text.slice(...range), start: range[0], said };
}

const runsForUsers = (name: string): boolean => productionScripts.some((entry) => entry.name.test(name));

/** The scripts that another one runs by their names: `npm run x`, `pnpm x`, `yarn run x`. */
function namesRunBy(text: string, names: ReadonlySet<string>): string[] {
  const calls = text.matchAll(/\b(?:npm|pnpm|yarn|bun)(?:\s+run(?:-script)?)?(?:\s+-{1,2}[\w-]+)*\s+([\w:.-]+)/g);
  return [...calls].map(([, name = ""]) => name).filter((name) => names.has(name));
}

/** The scripts of a package.json that run when the app is built, released or started, and those that they run. */
function packageScripts(root: DataNode, source: Source): DeployScript[] {
  const scripts = new Map(fieldsOf(fieldOf(root, "scripts")).filter(([, { value }]) => typeof value === "string"));
  const names = new Set(scripts.keys());
  const found = new Map<string, string>();
  const add = (name: string, from: string): void => {
    const script = scripts.get(name);
    if (found.has(name) || !script) return;
    found.set(name, from);
    for (const next of namesRunBy(textOf(script) ?? "", names)) add(next, from);
  };
  for (const name of names) if (runsForUsers(name)) add(name, name);
  return [...found].map(([name, from]) => scriptAt(scripts.get(name) as DataNode, name === from ? `the script \`${name}\`` : `the script \`${name}\`, which \`${from}\` runs,`, source));
}

/** What the steps of a workflow run in jobs that bring something to users. */
function workflowScripts(root: DataNode, source: Source): DeployScript[] {
  const title = textOf(fieldOf(root, "name")) ?? "";
  return fieldsOf(fieldOf(root, "jobs")).flatMap(([id, job]) => {
    const name = `${id} ${textOf(fieldOf(job, "name")) ?? ""}`;
    return itemsOf(fieldOf(job, "steps")).flatMap((step) => {
      const run = fieldOf(step, "run");
      const words = `${name} ${textOf(fieldOf(step, "name")) ?? ""}`;
      const isDeploy = (deployJob.test(words) || fieldOf(job, "environment") !== null || deployJob.test(title)) && !trialJob.test(words);
      return run && isDeploy ? [scriptAt(run, `the job \`${id}\``, source)] : [];
    });
  });
}

/** What the containers of a compose file run that start a server as users have it. */
function composeScripts(root: DataNode, source: Source): DeployScript[] {
  return fieldsOf(fieldOf(root, "services")).flatMap(([name, service]) =>
    ["command", "entrypoint"]
      .map((key) => fieldOf(service, key))
      .filter((command) => command !== null && startsServer.test(source.text.slice(...command.range)))
      .map((command) => scriptAt(command as DataNode, `the service \`${name}\``, source)),
  );
}

/** What a shell runs on the way to production, in a package.json, a workflow or a compose file; nothing in other files. */
export function deployScriptsIn(source: Source): DeployScript[] {
  const facts = fileFacts(source);
  const root = facts && rootOf(source);
  if (!root) return [];
  const path = pathInProject(facts);
  if (/(?:^|\/)package\.json$/.test(path)) return packageScripts(root, source);
  if (/(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$/.test(path)) return workflowScripts(root, source);
  if (/(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$/.test(path) && !developerCompose.test(path)) return composeScripts(root, source);
  return [];
}
