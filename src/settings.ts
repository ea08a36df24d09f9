import type { FileRole } from "./knowledge/file-roles.js";
import type { HttpClient } from "./knowledge/http-clients.js";
import type { LoggerStyle } from "./knowledge/loggers.js";

/** What `settings.hardening` may say. */
export interface HardeningSettings {
  /** Where files run, if their path, imports and globals do not tell: globs from the project's root. */
  readonly roles?: Readonly<Partial<Record<FileRole, string | readonly string[]>>>;
  /** The logger that fixes write: its module, the export, and how it wants to be called: as a library does, or in so many words. */
  readonly logger?: { readonly module: string; readonly name?: string; readonly style?: string | LoggerStyle };
  /** A team's own clients for HTTP, as the plugin describes those of libraries. */
  readonly httpClients?: readonly HttpClient[];
  /** Files that something starts which the project does not name, such as jobs of another system: globs from the project's root. */
  readonly entries?: string | readonly string[];
  /** Whether there is one process of the app at a time, which may forget when it restarts. */
  readonly singleInstance?: boolean;
}

type Check = (value: unknown, path: string) => string | null;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

const wanted =
  (what: string, test: (value: unknown) => boolean): Check =>
  (value, path) =>
    test(value) ? null : `\`${path}\` is to be ${what}`;

const text = wanted("a string", (value) => typeof value === "string" && value !== "");
const flag = wanted("true or false", (value) => typeof value === "boolean");
const texts = wanted("a string, or a list of strings", (value) => [value].flat().every((item) => typeof item === "string"));
const object = wanted("an object", isRecord);

/** An object with some members, of which those with a `!` must be there, and no others unless it is `open`. */
const members =
  (checks: Readonly<Record<string, Check>>, { open = false } = {}): Check =>
  (value, path) => {
    if (!isRecord(value)) return object(value, path);
    const names = Object.keys(checks).map((name) => name.replace("!", ""));
    const stray = open ? undefined : Object.keys(value).find((name) => !names.includes(name));
    if (stray !== undefined) return `\`${path}.${stray}\` is unknown. There are: ${names.join(", ")}`;
    for (const [key, check] of Object.entries(checks)) {
      const name = key.replace("!", "");
      const member = value[name];
      const fault = member === undefined && name === key ? null : check(member, `${path}.${name}`);
      if (fault !== null) return fault;
    }
    return null;
  };

const listOf =
  (check: Check): Check =>
  (value, path) =>
    Array.isArray(value) ? (value.map((item, index) => check(item, `${path}[${String(index)}]`)).find((fault) => fault !== null) ?? null) : `\`${path}\` is to be a list`;

const either =
  (one: Check, other: Check): Check =>
  (value, path) =>
    typeof value === "string" ? one(value, path) : other(value, path);

const roles: Readonly<Record<FileRole, Check>> = {
  server: texts, client: texts, edge: texts, script: texts, test: texts, seed: texts, migration: texts, config: texts, generated: texts, unknown: texts,
};

const style = members({ "levels!": object, "fields!": text, "error!": either(text, object), "reserved!": listOf(text) }, { open: true });

const client = members({ "from!": object, "sends!": object, "deadline!": members({ "options!": listOf(text), "write!": text }, { open: true }) }, { open: true });

const check = members({
  roles: members(roles),
  logger: members({ "module!": text, name: text, style: either(text, style) }),
  httpClients: listOf(client),
  entries: texts,
  singleInstance: flag,
});

/** What is wrong with the settings, in words for whoever wrote them; `null` where nothing is. */
export const settingsFault = (settings: unknown): string | null => check(settings, "settings.hardening");
