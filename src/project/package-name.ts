const cdnPrefixes: readonly RegExp[] = [
  /^https?:\/\/(?:cdn\.)?esm\.sh\/(?:(?:stable|v\d+)\/)?\*?/,
  /^https?:\/\/cdn\.skypack\.dev\/(?:new\/|pin\/)?/,
  /^https?:\/\/unpkg\.com\//,
  /^https?:\/\/cdn\.jsdelivr\.net\/npm\//,
  /^https?:\/\/esm\.run\//,
  /^https?:\/\/(?:\w+\.)?jspm\.(?:io|dev)\/(?:npm:)?/,
];

const version = /^((?:@[^/@]+\/)?[^/@]+)@[^/]*/;

/**
 * The name that a package goes by, whatever way it is imported.
 *
 * `node:fs` and `fs`, `npm:stripe@12` and `https://esm.sh/stripe@12?target=deno` are the same package. The path within the package stays
 * (`next/server`). Other addresses lose their protocol and versions (`deno.land/std/http/server.ts`).
 *
 * @param specifier what stands in the import; a relative path comes back as it is.
 */
export function packageName(specifier: string): string {
  // Nearly every specifier is a name or a path, and neither has a colon.
  if (!specifier.includes(":")) return specifier;
  if (specifier.startsWith("node:")) return specifier.slice("node:".length);
  const scheme = /^(?:npm|jsr):\/?/.exec(specifier);
  if (scheme) return specifier.slice(scheme[0].length).replace(version, "$1");
  if (!/^https?:\/\//.test(specifier)) return specifier;

  const address = specifier.replace(/[?#].*$/, "");
  for (const prefix of cdnPrefixes) {
    if (!prefix.test(address)) continue;
    return address.replace(prefix, "").replace(version, "$1").replace(/\/\+esm$/, "");
  }
  return address.replace(/^https?:\/\//, "").replaceAll(/@[^/]*/g, "");
}

/** The package of a normalised name, without the path within it: `@acme/db/client` belongs to `@acme/db`. */
export function packageRoot(name: string): string {
  const end = name.indexOf("/", name.startsWith("@") ? name.indexOf("/") + 1 || name.length : 0);
  return end === -1 ? name : name.slice(0, end);
}
