/** Functions that are given promises and wait for all of them: what they are given needs a deadline of its own. */
export const waitingForAll: readonly { readonly module: string | null; readonly calls: readonly string[]; readonly source: string }[] = [
  { module: null, calls: ["Promise.all", "Promise.allSettled", "Promise.resolve"], source: "https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/Promise/all" },
  { module: "rxjs", calls: ["firstValueFrom", "lastValueFrom"], source: "https://rxjs.dev/api/index/function/firstValueFrom" },
];

/**
 * What defines a job that its runner ends by itself: the calls in it have a deadline, if a late one. Inngest is left out: it ends no step that
 * is running (https://www.inngest.com/docs/durable-execution/guides-and-advanced/cancellation).
 */
export const limitedJobs: readonly { readonly module: string; readonly definedBy: readonly string[]; readonly source: string }[] = [
  { module: "@trigger.dev/sdk", definedBy: ["task", "schemaTask", "schedules.task"], source: "https://trigger.dev/docs/runs/max-duration" },
  { module: "@trigger.dev/sdk/v3", definedBy: ["task", "schemaTask", "schedules.task"], source: "https://trigger.dev/docs/runs/max-duration" },
];

/**
 * The words that configuration calls an app's own address by: `NEXTAUTH_URL`, `NEXT_PUBLIC_APP_URL`, `VERCEL_URL`, `getBaseUrl`.
 * `SUPABASE_URL` is the project that an edge function is a part of; its gateway answers within 150 seconds.
 */
export const ownAddressWords: Readonly<Record<"last" | "before" | "certain", ReadonlySet<string>>> = {
  last: new Set(["url", "uri", "origin", "domain", "host"]),
  before: new Set(
    "absolute app application auth base better branch current deployment domain full get host internal my next nextauth ngrok nuxt own private production project public react root self server site supabase url vercel vite web webapp website with".split(" "),
  ),
  // A parameter or field of an API client may be called `baseUrl` or `host` as well; one of these says whose it is.
  certain: new Set(["app", "application", "my", "nextauth", "own", "self", "site", "supabase", "vercel", "webapp", "website"]),
};
