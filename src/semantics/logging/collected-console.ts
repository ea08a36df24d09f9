import { errorTrackers } from "../../knowledge/error-trackers.js";
import { fileFacts } from "../../project/file.js";
import { packageOf } from "../../project/package-json.js";
import { textCollection } from "../../project/source-texts.js";
import type { Source } from "../../syntax/source.js";
import type { ConsoleCall } from "./console-calls.js";

/** What sets a tracker up in browsers says nothing of the server. */
const ofBrowser = /client|browser/i;

const rows = errorTrackers.flatMap((tracker) =>
  tracker.console
    ? [
        {
          packages: tracker.packages,
          methodsIn: textCollection((text) => (tracker.console ?? []).flatMap((way) => (way.needs && !way.needs.test(text) ? [] : methodsOf(text, way))), false, (path) => !ofBrowser.test(path)),
        },
      ]
    : [],
);

/** The methods of the console that a file has a tracker take: those in the options of the integration (`{ levels: ["error"] }`), else its own. */
function methodsOf(text: string, { integration, methods }: { readonly integration: string; readonly methods: readonly string[] }): readonly string[] {
  return [...text.matchAll(new RegExp(`\\b${integration}\\(([^)]*)\\)`, "g"))].flatMap(([, options = ""]) => {
    const levels = /\blevels\s*:\s*\[([^\]]*)\]/.exec(options)?.[1];
    const named = levels === undefined ? [] : [...levels.matchAll(/["'](\w+)["']/g)].map(([, name]) => name as string);
    return named.length > 0 ? named : methods;
  });
}

/** Whether the project's error tracker takes what a call writes to the console, with its level: people are told of it there, and find it. */
export function isCollected({ method }: ConsoleCall, source: Source): boolean {
  const filename = fileFacts(source)?.filename;
  const own = filename === undefined ? null : packageOf(filename);
  return own !== null && rows.some(({ packages, methodsIn }) => packages.some((name) => own.dependencies.has(name)) && methodsIn(own.dir)?.has(method) === true);
}
