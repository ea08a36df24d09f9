import { type App, type AppPackage, lineOf } from "../app.js";

/** What keeps a process running to answer requests: a socket that is listened on, by the frameworks that do so. */
const listens = /\.listen\s*\(|\bBun\.serve\s*\(|\bserve\s*\(\s*(?:\{|app\b|\w+\s*,)|\bstartStandaloneServer\s*\(/;

/** Where that is not a server of the app: in the pages of a browser, and in what tools and functions bring. */
const otherwise = /\bDeno\.serve\b|\bserveStatic\b|(?:^|\/)supabase\/functions\//;

/** A process that answers requests until it is stopped. */
export interface Server {
  readonly own: AppPackage;
  /** The file that starts it, and the line. */
  readonly file: string;
  readonly line: number;
}

const mayStart = /(?:^|\/)(?:index|main|server|app|www|start|bootstrap|http|api|entry)(?:[.-]\w+)?\.[cm]?[jt]s$/i;

/** The long-running servers of an app: packages with entries, and a file that listens. */
export function serversOf(app: App): Server[] {
  return app.packages.flatMap((own): Server[] => {
    const isOwn = own.entries.some(({ framework }) => /express|koa|nest|fastify|hono|hapi|restify|http/i.test(framework));
    if (!isOwn) return [];
    for (const file of own.files) {
      const role = app.surveyOf(file)?.role;
      if ((role !== "server" && role !== "unknown") || !mayStart.test(file) || otherwise.test(file)) continue;
      const text = app.read(file) ?? "";
      if (listens.test(text) && !otherwise.test(text)) return [{ own, file, line: lineOf(text, listens) }];
    }
    return [];
  });
}

/** The package with the most entries: where people look first. */
export const mainPackage = ({ packages }: App): AppPackage | null => [...packages].sort((one, other) => other.entries.length - one.entries.length)[0] ?? null;
