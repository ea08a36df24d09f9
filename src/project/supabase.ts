import { join, sep } from "node:path";

import { readText } from "./disk.js";

const folder = `${sep}supabase${sep}`;

/** What Supabase serves without a config that says otherwise. */
const usual: ReadonlySet<string> = new Set(["public"]);

/**
 * The schemas whose tables a Supabase project serves to whoever asks, from a file below its `supabase` folder.
 *
 * @returns `null` for a file of anything else.
 */
export function servedSchemas(filename: string): ReadonlySet<string> | null {
  const at = filename.lastIndexOf(folder);
  if (at === -1) return null;
  const config = readText(join(filename.slice(0, at), "supabase", "config.toml")) ?? "";
  const api = /^\[api\]([\s\S]*?)(?=^\[|(?![\s\S]))/m.exec(config)?.[1] ?? "";
  const listed = /^\s*schemas\s*=\s*\[([^\]]*)\]/m.exec(api)?.[1];
  return listed === undefined ? usual : new Set([...listed.matchAll(/["']([^"']+)["']/g)].map((match) => match[1] ?? ""));
}
