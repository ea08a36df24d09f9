/** A platform that runs handlers as functions: what a handler leaves running when its answer is out may be frozen, or never end. */
export interface Platform {
  /** Its name in messages. */
  readonly said: string;
  /** Files of configuration that tell of it, beside the package or above. */
  readonly files?: readonly string[];
  /** What such a file calls the module that it runs, where that may be one beside the app. */
  readonly runs?: { readonly named: RegExp; readonly source: string };
  /** Packages that are of use on it only. */
  readonly packages?: readonly string[];
  /** Paths of files that run there. */
  readonly path?: RegExp;
  /** Frameworks, by the names of their table, that run there only. */
  readonly frameworks?: readonly string[];
  /** Whether it turns away requests with more than a few megabytes by itself. */
  readonly capsBodies?: { readonly source: string };
  /** What its settings say where the app is built and run there, and not only its clock. */
  readonly builds?: { readonly named: RegExp; readonly source: string };
  /** What takes a promise and keeps the function running for it, as messages say it. */
  readonly keeper: string | null;
  readonly source: string;
}

export const platforms: readonly Platform[] = [
  {
    said: "Supabase",
    path: /(?:^|\/)supabase\/functions\//,
    keeper: "`EdgeRuntime.waitUntil(…)`",
    source: "https://supabase.com/docs/guides/functions/background-tasks",
  },
  { said: "AWS Lambda", frameworks: ["lambda"], capsBodies: { source: "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html" }, keeper: null, source: "https://docs.aws.amazon.com/lambda/latest/dg/typescript-handler.html" },
  {
    said: "Cloudflare",
    frameworks: ["workers"],
    files: ["wrangler.toml", "wrangler.json", "wrangler.jsonc"],
    runs: { named: /^\s*"?main"?\s*[=:]\s*["']([^"'\n]+)["']/m, source: "https://developers.cloudflare.com/workers/wrangler/configuration/" },
    keeper: "`ctx.waitUntil(…)`",
    source: "https://developers.cloudflare.com/workers/runtime-apis/context/#waituntil",
  },
  {
    said: "Vercel",
    files: ["vercel.json", "vercel.ts"],
    packages: ["@vercel/functions", "@vercel/analytics", "@vercel/speed-insights", "@vercel/blob", "@vercel/kv", "@vercel/postgres", "@vercel/edge-config", "@vercel/edge"],
    capsBodies: { source: "https://vercel.com/docs/functions/limitations#request-body-size" },
    builds: { named: /"?\b(?:buildCommand|framework|functions|regions|outputDirectory)"?\s*:/, source: "https://vercel.com/docs/project-configuration/vercel-json" },
    keeper: "`waitUntil` of `@vercel/functions`",
    source: "https://vercel.com/docs/functions/functions-api-reference/vercel-functions-package#waituntil",
  },
  { said: "Netlify", files: ["netlify.toml"], capsBodies: { source: "https://docs.netlify.com/functions/overview#default-deployment-options" }, keeper: null, source: "https://docs.netlify.com/functions/api" },
];

/** What a module imports that hands an app of such a framework to a platform: its adapter, or what its build makes. */
export const adapters = /open-?next|next-on-pages|virtual:|server-build|["'](?:react-router|@remix-run|@sveltejs|@astrojs|astro|nitro|nitropack|vinxi|@tanstack)\b/;

/** Files of hosts on which a server keeps running: beside them, those of a platform of functions may be left over, or only have its clock. */
export const lastingHosts: { readonly files: readonly string[]; readonly source: string } = {
  files: ["railway.json", "railway.toml", "fly.toml", "render.yaml", "Procfile", "nixpacks.toml", "captain-definition"],
  source: "https://docs.railway.com/config-as-code/reference",
};

/** Settings by which a host starts what stands in the folder that they are in, or in one that they do not say, by their names without an ending. */
export const hostSettings = /^(?:Procfile|fly|railway|netlify|app|serverless|now|nixpacks|captain-definition|.*Dockerfile.*|(?:docker-)?compose|wrangler)(?:\.\w+)*$/i;

/** Settings that say in which folders below them what they deploy stands. */
export const deployedFolders = {
  /** One for each service, or it is the folder of the settings. */
  services: {
    file: "render.yaml",
    folder: /^\s*(?:-\s*)?rootDir:\s*["']?(?:\.\/)?([\w.-][\w./-]*)/gm,
    service: /^\s*-\s*type:\s*(?!redis|keyvalue)\w/gm,
    source: "https://render.com/docs/blueprint-spec#rootdir",
  },
  /** The build of one folder is handed out, where the settings name nothing else that is to be run. */
  output: { file: "vercel.json", key: "outputDirectory", others: ["functions", "builds"], source: "https://vercel.com/docs/project-configuration#outputdirectory" },
} as const;

/** Where a function on the edge runs that names no platform. */
export const edgePlatform: Platform = { said: "the edge runtime", keeper: null, source: "https://nextjs.org/docs/app/api-reference/edge" };

/** Frameworks that are deployed as functions as often as on a server of their own. */
export const hostedFrameworks: ReadonlySet<string> = new Set([
  ...["next-route", "next-api", "next-middleware", "server-action", "next-safe-action", "trpc"],
  ...["react-router", "sveltekit", "nuxt", "astro", "hono", "workers", "lambda", "deno"],
]);

/** A framework's own function that keeps work for when the answer is out. */
export const afterAnswer = {
  frameworks: new Set(["next-route", "server-action", "next-middleware"]),
  module: "next",
  /** The versions that have it, as a range in package.json begins. */
  versions: /^[\^~>=v\s]*(?:15\.(?:[1-9]|\d\d)|1[6-9]|[2-9]\d)/,
  import: { module: "next/server", name: "after" },
  source: "https://nextjs.org/docs/app/api-reference/functions/after",
} as const;
