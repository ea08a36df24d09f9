/** Variables of the environment that no app has to check, files that have to read them raw, and schemas that leave a text as it is. */

/** Names that the runtime, the platform or a tool sets by itself, or reads by itself; whether one is there says where the code runs. */
export const platformVariables: readonly { readonly name: RegExp; readonly source: string }[] = [
  { name: /^NODE_ENV$/, source: "https://nodejs.org/en/learn/getting-started/nodejs-the-difference-between-development-and-production" },
  {
    name: /^(?:NODE_(?:OPTIONS|EXTRA_CA_CERTS|TLS_REJECT_UNAUTHORIZED|DEBUG|DEBUG_NATIVE|PATH|NO_WARNINGS|COMPILE_CACHE|DISABLE_COLORS|PENDING_DEPRECATION|PRESERVE_SYMLINKS(?:_MAIN)?|REDIRECT_WARNINGS|REPL_\w+|USE_ENV_PROXY|USE_SYSTEM_CA|V8_COVERAGE|TEST_CONTEXT)|FORCE_COLOR|NO_COLOR|SSL_CERT_(?:DIR|FILE)|UV_THREADPOOL_SIZE)$/,
    source: "https://nodejs.org/api/cli.html#environment-variables_1",
  },
  { name: /^(?:TZ|PATH|HOME|USER|PWD|SHELL|LANG|HOSTNAME|TMPDIR|TEMP|USERPROFILE|APPDATA|LOCALAPPDATA)$/, source: "https://pubs.opengroup.org/onlinepubs/9699919799/basedefs/V1_chap08.html" },
  { name: /^CI$/, source: "https://docs.github.com/en/actions/reference/workflows-and-actions/variables" },
  { name: /^(?:GITHUB_(?:ACTIONS?|ACTION_(?:PATH|REPOSITORY)|ACTOR|ACTOR_ID|TRIGGERING_ACTOR|(?:BASE|HEAD)_REF|REF|REF_(?:NAME|TYPE|PROTECTED)|REPOSITORY|REPOSITORY_(?:ID|OWNER|OWNER_ID)|RETENTION_DAYS|RUN_(?:ID|NUMBER|ATTEMPT)|SHA|WORKFLOW|WORKFLOW_(?:REF|SHA)|JOB|OUTPUT|STEP_SUMMARY|WORKSPACE|EVENT_NAME|EVENT_PATH)|RUNNER_(?:ARCH|DEBUG|ENVIRONMENT|NAME|OS|TEMP|TOOL_CACHE))$/, source: "https://docs.github.com/en/actions/reference/workflows-and-actions/variables" },
  { name: /^NEXT_(?:RUNTIME|PHASE)$/, source: "https://nextjs.org/docs/app/guides/instrumentation" },
  { name: /^NEXT_DEPLOYMENT_ID$/, source: "https://nextjs.org/docs/app/api-reference/config/next-config-js/deploymentId" },
  { name: /^(?:[A-Z]+_)*?VERCEL(?:_(?:ENV|TARGET_ENV|URL|BRANCH_URL|PROJECT_PRODUCTION_URL|REGION|DEPLOYMENT_ID|PROJECT_ID|SKEW_PROTECTION_ENABLED|AUTOMATION_BYPASS_SECRET|OIDC_TOKEN|GIT_\w+))?$/, source: "https://vercel.com/docs/environment-variables/system-environment-variables" },
  { name: /^(?:NETLIFY(?:_(?!\w*TOKEN$)\w+)?|COMMIT_REF|DEPLOY_URL|DEPLOY_PRIME_URL|DEPLOY_ID)$/, source: "https://docs.netlify.com/build/configure-builds/environment-variables/" },
  // Keys to a platform's own API are the app's to bring.
  { name: /^RAILWAY_(?!\w*TOKEN$)\w+$/, source: "https://docs.railway.com/variables/reference" },
  { name: /^(?:RENDER(?:_(?!\w*(?:KEY|TOKEN)$)\w+)?|IS_PULL_REQUEST)$/, source: "https://render.com/docs/environment-variables" },
  { name: /^(?:FLY_(?!\w*TOKEN$)\w+|PRIMARY_REGION)$/, source: "https://fly.io/docs/machines/runtime-environment/" },
  { name: /^(?:DYNO|HEROKU_(?!\w*(?:KEY|TOKEN)$)\w+)$/, source: "https://devcenter.heroku.com/articles/dyno-metadata" },
  { name: /^(?:PORT|K_SERVICE|K_REVISION|K_CONFIGURATION|CLOUD_RUN_(?:JOB|EXECUTION|TASK_\w+))$/, source: "https://docs.cloud.google.com/run/docs/container-contract" },
  { name: /^(?:GAE_\w+|GOOGLE_CLOUD_PROJECT)$/, source: "https://docs.cloud.google.com/appengine/docs/standard/nodejs/runtime" },
  { name: /^(?:AWS_(?:REGION|DEFAULT_REGION|EXECUTION_ENV|LAMBDA_\w+|SESSION_TOKEN)|LAMBDA_(?:TASK_ROOT|RUNTIME_DIR)|_HANDLER|_X_AMZN_TRACE_ID)$/, source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html" },
  // `WEBSITE_URL` and the like are nobody's but the app's.
  { name: /^(?:WEBSITE_(?!(?:BASE_|PUBLIC_)?(?:UR[IL]|DOMAIN|HOST|ORIGIN|NAME|TITLE|EMAIL)$)\w+|WEBSITES_\w+)$/, source: "https://learn.microsoft.com/en-us/azure/app-service/reference-app-settings" },
  { name: /^CF_PAGES(?:_\w+)?$/, source: "https://developers.cloudflare.com/pages/configuration/build-configuration/" },
  { name: /^WORKERS_CI(?:_\w+)?$/, source: "https://developers.cloudflare.com/workers/ci-cd/builds/configuration/#default-variables" },
  { name: /^(?:COOLIFY_(?:FQDN|URL|BRANCH|RESOURCE_UUID|CONTAINER_NAME)|SOURCE_COMMIT)$/, source: "https://coolify.io/docs/knowledge-base/environment-variables" },
  { name: /^KUBERNETES_\w+$/, source: "https://kubernetes.io/docs/tutorials/services/connect-applications-service/#environment-variables" },
  { name: /^DENO_(?:DEPLOYMENT_ID|REGION|TIMELINE|DEPLOY(?:_(?:ORG|APP)_(?:ID|SLUG)|_BUILD_ID)?)$/, source: "https://docs.deno.com/deploy/reference/env_vars_and_contexts/" },
  { name: /^SB_(?:REGION|EXECUTION_ID)$/, source: "https://supabase.com/docs/guides/functions/secrets" },
  { name: /^OTEL_\w+$/, source: "https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/" },
  { name: /^SENTRY_\w+$/, source: "https://docs.sentry.io/platforms/javascript/guides/node/configuration/options/" },
  { name: /^DD_\w+$/, source: "https://docs.datadoghq.com/tracing/trace_collection/library_config/nodejs/" },
  { name: /^(?:https?|all|no)_proxy$/i, source: "https://github.com/Rob--W/proxy-from-env#environment-variables" },
  { name: /^npm_\w+$/, source: "https://docs.npmjs.com/cli/using-npm/scripts" },
  { name: /^DEBUG$/, source: "https://github.com/debug-js/debug#usage" },
  { name: /^JEST_WORKER_ID$/, source: "https://jestjs.io/docs/environment-variables" },
  { name: /^SKIP_ENV_VALIDATION$/, source: "https://github.com/t3-oss/create-t3-app/blob/main/cli/template/base/src/env.js" },
];

/** What a bundler puts into `import.meta.env` by itself. */
export const bundlerVariables: readonly { readonly name: RegExp; readonly source: string }[] = [
  { name: /^(?:MODE|DEV|PROD|SSR|BASE_URL)$/, source: "https://vite.dev/guide/env-and-mode#built-in-constants" },
];

/** What the platform gives a function that it runs beside a database of its own. */
export const functionVariables: readonly { readonly name: RegExp; readonly source: string }[] = [
  { name: /^SUPABASE_(?:URL|ANON_KEY|SERVICE_ROLE_KEY|DB_URL|PUBLISHABLE_KEYS?|SECRET_KEYS?|JWKS)$/, source: "https://supabase.com/docs/guides/functions/secrets" },
];

/** Files that are read before the app is, or by a tool that does not load it, and files that are the project's place for its settings. */
export const settingsFiles: readonly { readonly path: RegExp; readonly source: string }[] = [
  { path: /(?:^|\/)instrumentation(?:[-.][\w-]+)?\.[cm]?[jt]s$/, source: "https://nextjs.org/docs/app/api-reference/file-conventions/instrumentation" },
  { path: /(?:^|\/)sentry\.[\w.-]+\.[cm]?[jt]s$/, source: "https://docs.sentry.io/platforms/javascript/guides/nextjs/manual-setup/" },
  { path: /(?:^|\/)(?:tracing|tracer|otel|opentelemetry|telemetry|instrument)\.[cm]?[jt]s$/, source: "https://opentelemetry.io/docs/languages/js/getting-started/nodejs/" },
  { path: /(?:^|\/)(?:data-?source|knexfile|ormconfig|typeorm|database\.config|drizzle)\.[cm]?[jt]s$/i, source: "https://typeorm.io/docs/using-cli" },
  { path: /(?:^|\/)(?:env|envs|environments?|config|configs|configuration|settings)\//i, source: "https://docs.nestjs.com/techniques/configuration#custom-configuration-files" },
  {
    path: /(?:^|\/)(?:[\w-]+[.-])?(?:env|environment|config|configuration|settings)(?:[.-](?:server|client|prod|production|dev|development|staging|test|local|service|module|validator|validation|guard|check|loader|config|schema))*\.[cm]?[jt]s$/i,
    source: "https://docs.nestjs.com/techniques/configuration#custom-configuration-files",
  },
];

/** Options of a client that it takes as they come; for a key of its own API, most look at the start whether it is there. */
export const neededOptions = /^(?:(?:client|auth|webhook|signing|jwt|session|app)?_?secret(?:OrKey)?|connectionString|(?:database|connection|base|service|api)_?ur[il]|endpoint)$/i;

/** Paths of what an operator may leave out: ways to sign in, and services that an app can be connected with. */
export const optionalParts = /(?:^|\/)(?:integrations?|providers?|social|plugins?|connectors?|adapters?|oauth)(?:\/|[.-]|$)|-oauth(?:[\/.-]|$)/i;

/** Names of what an app is given by a service that it may be connected with, or sign people in by. */
export const optionalNames = /_(?:CLIENT_(?:ID|SECRET|KEY)|APP_(?:ID|SECRET)|CONSUMER_(?:KEY|SECRET)|REDIRECT_UR[IL]|CALLBACK_URL)$|OAUTH/;

/** Paths of what an operator comes to rather than a user. */
export const asideParts = /(?:^|[\\/])(?:admin|cron|jobs?|tasks?|internal|backfills?|tools?)[\\/]/i;

/** Words of a condition that says whether a part of the app is wanted. */
export const switches = /\benv\b|cloud|enabled?\b|configured|self_?host|_enabled|provider/i;

/** Variables that a package reads by itself, and throws without. */
export const checkedByPackage: readonly { readonly name: RegExp; readonly module: string; readonly source: string }[] = [
  { name: /^(?:AUTH|NEXTAUTH)_SECRET$/, module: "next-auth", source: "https://authjs.dev/reference/core/errors#missingsecret" },
  ...["@auth/express", "@auth/sveltekit", "@auth/qwik"].map((module) => ({ name: /^AUTH_SECRET$/, module, source: "https://authjs.dev/reference/core/errors#missingsecret" })),
  { name: /^(?:BETTER_)?AUTH_SECRET$/, module: "better-auth", source: "https://www.better-auth.com/docs/reference/options#secret" },
];

/** Packages that, when they load the environment, throw for a variable that the project's own example of one names. */
export const checkedOnLoad: readonly { readonly module: string; readonly source: string }[] = [
  { module: "dotenv-safe", source: "https://github.com/rolodato/dotenv-safe#example" },
];

/** Packages that hand over one variable by a chain of calls: `env.get("PORT").required().asPortNumber()`. */
export interface VariableChain {
  readonly module: string;
  /** The function that is given the name. */
  readonly starts: string;
  /** What says in between that a missing one stops the app, or what takes its place. */
  readonly settles: readonly string[];
  /** What ends the chain, with the value. */
  readonly ends: RegExp;
  readonly source: string;
}

export const variableChains: readonly VariableChain[] = [
  { module: "env-var", starts: "get", settles: ["required", "default"], ends: /^as[A-Z]\w*$/, source: "https://github.com/evanshortiss/env-var/blob/master/API.md#requiredisrequired--true" },
];

/** How a library writes a variable that is a text, and stays the text that it is. */
export interface TextSchema {
  readonly module: string;
  /** What begins such a schema: `z.string()`, `str()`. */
  readonly starts: readonly string[];
  /** What may follow: a check, that is, and nothing that changes the value. */
  readonly checks: readonly string[];
  /** What makes a variable one that may be missing: a method, or a function around the schema. */
  readonly optional: readonly string[];
  /** What joins a schema and its checks: `pipe(string(), minLength(1))`. */
  readonly joins: readonly string[];
  readonly source: string;
}

const texts = "string url email uuid uuidv4 uuidv6 uuidv7 guid httpUrl hostname ipv4 ipv6 base64 base64url hex nanoid ulid xid ksuid cuid cuid2 jwt e164 emoji creditCard mac cidrv4 cidrv6".split(" ");

export const textSchemas: readonly TextSchema[] = [
  ...["zod", "zod/v3", "zod/v4", "znv", "znv/compat"].map((module): TextSchema => ({
    module,
    starts: texts,
    checks: [
      ..."min max length nonempty regex url email uuid uuidv4 uuidv6 uuidv7 guid startsWith endsWith includes describe meta register brand readonly refine superRefine check".split(" "),
      ..."ip ipv4 ipv6 cidr cidrv4 cidrv6 datetime date time duration jwt base64 base64url e164 nanoid ulid xid ksuid cuid cuid2 emoji lowercase uppercase".split(" "),
    ],
    optional: ["optional", "exactOptional"],
    joins: [],
    source: "https://zod.dev/api#strings",
  })),
  ...["zod/mini", "zod/v4-mini", "zod/v4/mini"].map((module): TextSchema => ({ module, starts: texts, checks: ["check", "register", "brand"], optional: ["optional", "exactOptional"], joins: [], source: "https://zod.dev/packages/mini" })),
  {
    module: "valibot",
    starts: ["string"],
    checks: [
      ..."minLength maxLength length notLength minBytes maxBytes bytes nonEmpty regex url email rfcEmail uuid startsWith endsWith includes excludes value values notValue notValues check rawCheck".split(" "),
      ..."ip ipv4 ipv6 mac nanoid ulid cuid2 base64 hexadecimal hexColor decimal digits octal slug hash creditCard isoDate isoDateTime isoTime isoTimestamp title description metadata brand readonly".split(" "),
    ],
    optional: ["optional", "exactOptional", "undefinedable"],
    joins: ["pipe"],
    source: "https://valibot.dev/guides/pipelines/",
  },
  { module: "envalid", starts: ["str", "url", "email", "host"], checks: [], optional: [], joins: [], source: "https://github.com/af/envalid#validator-types" },
  { module: "envsafe", starts: ["str", "url", "email"], checks: [], optional: [], joins: [], source: "https://github.com/KATT/envsafe#built-in-validators" },
];

/** What a schema says when it has a value for a variable that nobody has set, in any of the libraries. */
export const schemaDefaults: readonly string[] = "default defaults prefault catch failover devDefault testDefault fallback".split(" ");

/** What a schema says when the value that comes out of it is another than the text that went in, in any of the libraries. */
export const schemaConversions: readonly string[] = [
  ..."coerce transform rawTransform preprocess parseJson codec overwrite trim trimStart trimEnd toLowerCase toUpperCase lowercased toMinValue toMaxValue normalize slugify".split(" "),
  ..."stringbool boolean bool number num int integer port bigint json array date literalBoolean".split(" "),
];

/** Functions that take a whole schema, and where the table of variables stands. */
export interface SchemaReader {
  readonly module: string;
  /** The export, `default` for the module's own. */
  readonly name: string;
  /** Where the table of variables stands: an argument, or options of the first one. */
  readonly table: number | readonly string[];
  readonly source: string;
}

export const schemaReaders: readonly SchemaReader[] = [
  { module: "@t3-oss/env-nextjs", name: "createEnv", table: ["server", "client", "shared"], source: "https://env.t3.gg/docs/nextjs" },
  { module: "@t3-oss/env-nuxt", name: "createEnv", table: ["server", "client", "shared"], source: "https://env.t3.gg/docs/nuxt" },
  { module: "@t3-oss/env-core", name: "createEnv", table: ["server", "client", "shared"], source: "https://env.t3.gg/docs/core" },
  { module: "envalid", name: "cleanEnv", table: 1, source: "https://github.com/af/envalid#api" },
  { module: "envalid", name: "customCleanEnv", table: 1, source: "https://github.com/af/envalid#custom-middleware-advanced" },
  ...["default", "createEnv"].map((name) => ({ module: "arkenv", name, table: 0, source: "https://arktype.io/docs/ecosystem#arkenv" })),
  { module: "envsafe", name: "envsafe", table: 0, source: "https://github.com/KATT/envsafe#basic-usage" },
  ...["znv", "znv/compat"].map((module) => ({ module, name: "parseEnv", table: 1, source: "https://github.com/lostfictions/znv#quickstart" })),
];

/** Methods of a schema that answer with more than the values, or with a promise: what asks the answer for a variable finds nothing. */
export interface SchemaAnswer {
  readonly methods: readonly string[];
  readonly source: string;
}

export const schemaAnswers: readonly SchemaAnswer[] = [
  { methods: ["safeParse", "safeParseAsync", "parseAsync", "spa"], source: "https://zod.dev/basics#handling-errors" },
  { methods: ["safeDecode", "safeDecodeAsync", "decodeAsync"], source: "https://zod.dev/codecs" },
  { methods: ["validate", "validateAsync"], source: "https://joi.dev/api/?v=17.13.3#anyvalidatevalue-options" },
];

/** Decorators of classes of which a framework makes an instance when the app starts, unless they are given a scope of their own. */
export const madeAtStart: readonly { readonly module: string; readonly name: string; readonly source: string }[] = [
  ...["Injectable", "Controller"].map((name) => ({ module: "@nestjs/common", name, source: "https://docs.nestjs.com/fundamentals/injection-scopes#provider-scope" })),
  { module: "@nestjs/websockets", name: "WebSocketGateway", source: "https://docs.nestjs.com/websockets/gateways" },
  { module: "@nestjs/graphql", name: "Resolver", source: "https://docs.nestjs.com/graphql/resolvers-map" },
];

/** Methods that it calls before the app listens, and what gives it an instance in the place of a class. */
export const runAtStart: ReadonlySet<string> = new Set(["onModuleInit", "onApplicationBootstrap", "useFactory"]);
