/** Which argument a call takes its options in: its index. Of several, the last is the usual one, and an earlier one means a shorter form. */
export type OptionsAt = number | readonly number[];

interface Deadline {
  /** Options that end a call; one of them is enough. */
  readonly options: readonly string[];
  /** Methods that end a call when they are called on what it returns. */
  readonly chain?: readonly string[];
  /** The milliseconds after which a call ends by itself when nothing is said. */
  readonly default?: number;
  /** What to write, `{ms}` being the milliseconds: an option, or a call on the result when it begins with a dot. */
  readonly write: string;
  /** Options that ended a call before a major version of the module, and say nothing since. */
  readonly until?: { readonly major: number; readonly options: readonly string[] };
}

/**
 * A client for HTTP: one that the table knows, or one of a team's own in `settings.hardening.httpClients`.
 *
 * `sends` and `instances` are keyed by what stands after the module: `get`, `create()`; `()` is a call of the client itself.
 */
export interface HttpClient {
  readonly name: string;
  readonly from: { readonly module: string } | { readonly global: string };
  /** The exports of the module that are the client themselves, beside its default export. */
  readonly exports?: readonly string[];
  /** The calls that send a request, with the place of their options. */
  readonly sends: Readonly<Record<string, OptionsAt>>;
  /** Where the address stands, for the calls that do not begin with it. */
  readonly addresses?: Readonly<Record<string, number>>;
  /** What gives another client of the kind, with the place of the options that hold for all its calls; `null` where they cannot be seen. */
  readonly instances?: Readonly<Record<string, number | null>>;
  /** The member that has the options of all calls of the client itself, and of the instances made since; anybody may write to it. */
  readonly defaults?: string;
  /** What its calls give, where that is no promise of a request that is under way: a rejection of these takes another way. */
  readonly gives?: "emitter" | "observable" | "lazy promise";
  /** The export that is given an instance's options where it is not made by hand: a module of a framework. */
  readonly configuredBy?: string;
  /** The calls whose promise gives the standard's `Response` for a refusal (404, 500) as well, and leaves it to the caller to look. */
  readonly refused?: readonly string[];
  readonly deadline: Deadline;
  /** Options that leave the end of a call to somebody else: a cache of the framework, a transport with limits of its own. */
  readonly leaves?: readonly string[];
  /** The option that a relative address of an instance's calls is added to, or several names of it. */
  readonly base?: string | readonly string[];
  /** What it waits in Node, in milliseconds, for the headers and for each next piece of the body. Left out: for ever. */
  readonly patience?: number;
  /** The page that makes it true. */
  readonly source: string;
}

const signal = "signal: AbortSignal.timeout({ms})";

/** `get(url, options)` and the like; `post(url, body, options)` and the like. */
const axiosMethods = {
  request: 0,
  get: 1,
  delete: 1,
  head: 1,
  options: 1,
  post: 2,
  put: 2,
  patch: 2,
  postForm: 2,
  putForm: 2,
  patchForm: 2,
} as const;

const methodsOnUrl = { get: 1, post: 1, put: 1, patch: 1, head: 1, delete: 1 } as const;

export const httpClients: readonly HttpClient[] = [
  {
    // Node, Deno, Bun and edge runtimes. What Node does is what its undici does.
    name: "fetch",
    from: { global: "fetch" },
    sends: { "()": 1 },
    refused: ["()"],
    deadline: { options: ["signal"], write: signal },
    leaves: ["next", "dispatcher"],
    patience: 300_000,
    source: "https://undici.nodejs.org/#/docs/api/Client",
  },
  {
    name: "undici",
    from: { module: "undici" },
    sends: { fetch: 1, request: 1 },
    refused: ["fetch"],
    deadline: { options: ["signal", "headersTimeout", "bodyTimeout"], write: signal },
    leaves: ["dispatcher"],
    patience: 300_000,
    source: "https://undici.nodejs.org/#/docs/api/Dispatcher",
  },
  {
    name: "axios",
    from: { module: "axios" },
    sends: { "()": [0, 1], ...axiosMethods },
    instances: { "create()": 0, "Axios()": 0, "AxiosInstance()": null, "AxiosStatic()": null },
    deadline: { options: ["timeout", "signal", "cancelToken"], write: "timeout: {ms}" },
    base: "baseURL",
    // https://axios-http.com/docs/config_defaults
    defaults: "defaults",
    source: "https://axios-http.com/docs/req_config",
  },
  {
    name: "HttpService",
    from: { module: "@nestjs/axios" },
    sends: axiosMethods,
    instances: { "HttpService()": null, axiosRef: null },
    configuredBy: "HttpModule",
    gives: "observable",
    deadline: { options: ["timeout", "signal", "cancelToken"], write: "timeout: {ms}" },
    base: "baseURL",
    source: "https://docs.nestjs.com/techniques/http-module#configuration",
  },
  {
    name: "got",
    from: { module: "got" },
    exports: ["got"],
    sends: { "()": [0, 1], ...methodsOnUrl },
    instances: { "extend()": 0 },
    deadline: { options: ["timeout", "signal"], write: "timeout: { request: {ms} }" },
    base: "prefixUrl",
    source: "https://github.com/sindresorhus/got/blob/main/documentation/6-timeout.md",
  },
  {
    name: "ky",
    from: { module: "ky" },
    sends: { "()": 1, ...methodsOnUrl },
    instances: { "create()": 0, "extend()": 0 },
    deadline: { options: ["timeout", "totalTimeout", "signal"], default: 10_000, write: "timeout: {ms}" },
    // The first until version 2, the others since.
    base: ["prefixUrl", "prefix", "baseUrl"],
    source: "https://github.com/sindresorhus/ky#timeout",
  },
  {
    name: "ofetch",
    from: { module: "ofetch" },
    exports: ["ofetch", "$fetch"],
    sends: { "()": 1, raw: 1, native: 1 },
    instances: { "create()": 0 },
    deadline: { options: ["timeout", "signal"], write: "timeout: {ms}" },
    leaves: ["dispatcher"],
    base: "baseURL",
    patience: 300_000,
    source: "https://github.com/unjs/ofetch#%EF%B8%8F-timeout",
  },
  {
    name: "node-fetch",
    from: { module: "node-fetch" },
    sends: { "()": 1 },
    refused: ["()"],
    deadline: { options: ["signal"], write: signal, until: { major: 3, options: ["timeout"] } },
    source: "https://github.com/node-fetch/node-fetch/blob/main/docs/v3-UPGRADE-GUIDE.md",
  },
  {
    // In Node it is node-fetch 2.
    name: "cross-fetch",
    from: { module: "cross-fetch" },
    exports: ["fetch"],
    sends: { "()": 1 },
    refused: ["()"],
    deadline: { options: ["signal", "timeout"], write: signal },
    source: "https://github.com/node-fetch/node-fetch/tree/2.x#options",
  },
  {
    name: "superagent",
    from: { module: "superagent" },
    sends: { "()": 1, get: 1, post: 1, put: 1, patch: 1, head: 1, delete: 1, del: 1 },
    addresses: { "()": 1 },
    gives: "lazy promise",
    deadline: { options: [], chain: ["timeout", "abort"], write: ".timeout({ms})" },
    source: "https://ladjs.github.io/superagent/#timeouts",
  },
  {
    // `timeout` is left out, another name of `open_timeout`: it ends no wait for an answer, only that for a connection, as ten seconds do anyway.
    name: "needle",
    from: { module: "needle" },
    sends: { "()": [2, 3], request: 3, get: 1, head: 1, delete: 2, post: 2, put: 2, patch: 2 },
    addresses: { "()": 1, request: 1 },
    deadline: { options: ["response_timeout", "read_timeout", "signal"], write: "response_timeout: {ms}" },
    source: "https://github.com/tomas/needle#request-options",
  },
  ...["http", "https"].map(
    (module): HttpClient => ({
      name: module,
      from: { module },
      sends: { request: [0, 1], get: [0, 1] },
      gives: "emitter",
      deadline: { options: ["signal", "timeout"], chain: ["setTimeout", "destroy", "abort"], write: signal },
      source: "https://nodejs.org/api/http.html#httprequesturl-options-callback",
    }),
  ),
];

/** What a `Response` has: how the other side answered, and what reads the body. */
export const standardResponse = {
  body: ["json", "text", "blob", "arrayBuffer", "bytes", "formData"],
  /** Bytes tell nobody that they are those of an error page. */
  opaque: ["blob", "arrayBuffer", "bytes"],
  source: "https://developer.mozilla.org/en-US/docs/Web/API/Window/fetch#exceptions",
} as const;

/**
 * Hosts that work for a while before they answer: what runs language models, makes pictures and speech, and fetches pages for others.
 *
 * source: https://platform.openai.com/docs/guides/latency-optimization, https://docs.firecrawl.dev/features/scrape
 */
export const slowHosts: { readonly text: RegExp; readonly milliseconds: number } = {
  text: /\b(?:api\.openai\.com|openai\.azure\.com|api\.anthropic\.com|generativelanguage\.googleapis\.com|aiplatform\.googleapis\.com|openrouter\.ai|ai\.gateway\.\w+|api\.(?:cohere|deepseek|elevenlabs|firecrawl|groq|mistral|perplexity|replicate|stability|together|x)\.(?:ai|com|dev|io|xyz)|fal\.(?:ai|run))\b/i,
  milliseconds: 60_000,
};

/**
 * What makes a request or an answer a whole file, which takes as long as it takes to send it: the deadlines of the standard's `fetch` and of other
 * clients go on until the last byte of the body.
 *
 * source: https://developer.mozilla.org/en-US/docs/Web/API/AbortSignal/timeout_static, https://developer.mozilla.org/en-US/docs/Web/API/FormData/append
 */
export const files = {
  /** Methods of a response that give its body as bytes, and values of the option that asks for them. */
  read: new Set(["arrayBuffer", "blob", "bytes", "buffer"]),
  asked: new Set(["arraybuffer", "blob", "buffer"]),
  /** What makes a value of a file: calls and classes by their last name. */
  made: new Set(["createReadStream", "readFile", "readFileSync", "openAsBlob", "Blob", "File"]),
  milliseconds: 60_000,
} as const;

/**
 * Addresses of databases that are asked by HTTP.
 *
 * source: https://docs.postgrest.org/en/stable/references/api/tables_views.html, https://supabase.com/docs/guides/api, https://firebase.google.com/docs/firestore/use-rest-api, https://hasura.io/docs/2.0/api-reference/overview/
 */
export const databaseAddress = /\/rest\/v1|graphql|firestore|supabase|firebaseio|hasura|postgrest/i;

/** Files that are part of an app, by the end of their address: they are there, or the app was not deployed whole. */
export const assetAddress = /\.(?:ttf|otf|woff2?|svg|png|jpe?g|gif|webp|ico|wasm|css|lottie|pdf)(?:[?#]|$)/i;

/** The standard's requests, which carry their own signal: given in place of an address, they may bring the deadline. */
export const requests: readonly { readonly module: string | null; readonly name: string; readonly source: string }[] = [
  { module: null, name: "Request", source: "https://developer.mozilla.org/en-US/docs/Web/API/Request/signal" },
  { module: "next/server", name: "NextRequest", source: "https://nextjs.org/docs/app/api-reference/functions/next-request" },
];

/** What a call of JSON-RPC or XML-RPC has in its text, whose errors come with status 200: https://www.jsonrpc.org/specification#response_object */
export const remoteProcedures = /\bjson-?rpc\b|\bxml-?rpc\b|<methodCall>/i;
