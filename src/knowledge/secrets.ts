/**
 * Which names of configuration hold a secret, and which only look like it. Names are compared word by word: `JWT_SECRET`,
 * `jwtSecret` and `jwt.secret` are `JWT SECRET`.
 */

/** What a secret is good for, and so what is lost with it. */
export type SecretUse = "signing" | "encryption" | "password" | "credential" | "shared" | UnsureUse;

/** Of what may be no secret, or one of several kinds, by its name alone: a salt is none, unless it is a key; a master key opens a service, unless it is one of a cipher. */
type UnsureUse = "salt" | "master";

export interface SecretWords {
  readonly use: SecretUse;
  /** Words that follow one another anywhere in the name; `^` and `$` stand for the name's ends. */
  readonly words: readonly string[];
  /** With a service's name beside them, the words mean a credential for that service. */
  readonly unlessForService?: true;
  readonly source: string;
}

/** The first entry that a name matches counts. */
export const secretWords: readonly SecretWords[] = [
  {
    use: "encryption",
    words: ["ENCRYPTION KEY", "ENCRYPTION SECRET", "ENCRYPTION PASSWORD", "ENCRYPT KEY", "ENC KEY", "CIPHER KEY", "CRYPTO KEY", "AES KEY", "FIELD KEY", "ENCRYPTION MASTER KEY", "CIPHER MASTER KEY"],
    source: "https://cheatsheetseries.owasp.org/cheatsheets/Cryptographic_Storage_Cheat_Sheet.html#key-management",
  },
  {
    use: "signing",
    words: [
      "JWT SECRET",
      "JWT KEY",
      "JWT REFRESH SECRET",
      "JWT ACCESS SECRET",
      "JWT PRIVATE KEY",
      "SESSION SECRET",
      "SESSION KEY",
      "SESSION PASSWORD",
      "COOKIE SECRET",
      "COOKIE KEY",
      "COOKIE PASSWORD",
      "NEXTAUTH SECRET",
      "STATE SECRET",
      "CSRF SECRET",
      "SIGNING SECRET",
      "SIGNING KEY",
      "SIGNATURE SECRET",
      "SIGNATURE KEY",
      "HMAC SECRET",
      "HMAC KEY",
      "SECRET KEY BASE",
    ],
    source: "https://cheatsheetseries.owasp.org/cheatsheets/JSON_Web_Token_Cheat_Sheet.html#mac",
  },
  {
    use: "signing",
    words: ["AUTH SECRET", "TOKEN SECRET", "REFRESH SECRET", "HASH SECRET", "APP SECRET", "APP KEY $", "^ SECRET KEY $"],
    unlessForService: true,
    source: "https://authjs.dev/reference/core/errors#missingsecret",
  },
  {
    use: "password",
    words: ["PASSWORD $", "PASSWD $", "PASSPHRASE $", "PGPASSWORD $", "PASS $", "PWD $"],
    source: "https://cwe.mitre.org/data/definitions/1392.html",
  },
  {
    use: "shared",
    words: [
      "CRON SECRET",
      "WEBHOOK SECRET",
      "ADMIN SECRET",
      "ADMIN TOKEN",
      "ADMIN KEY",
      "ADMIN API KEY",
      "INTERNAL SECRET",
      "INTERNAL TOKEN",
      "INTERNAL KEY",
      "INTERNAL API KEY",
      "VERIFY TOKEN",
      "REVALIDATE TOKEN",
      "REVALIDATION TOKEN",
      "REVALIDATE SECRET",
      "PEPPER $",
    ],
    source: "https://cwe.mitre.org/data/definitions/798.html",
  },
  { use: "salt", words: ["SALT $"], source: "https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#salting" },
  { use: "master", words: ["MASTER KEY"], source: "https://www.meilisearch.com/docs/resources/self_hosting/security/master_api_keys" },
  {
    use: "credential",
    words: [
      "API KEY",
      "APIKEY",
      "API TOKEN",
      "API SECRET",
      "ACCESS KEY",
      "ACCOUNT KEY",
      "PRIVATE KEY",
      "SECRET KEY",
      "SERVICE KEY",
      "SERVICE ROLE KEY",
      "SERVER KEY",
      "AUTH KEY",
      "SHARED KEY",
      "SUBSCRIPTION KEY",
      "SECRET ACCESS KEY",
      "CLIENT SECRET",
      "TOKEN $",
      "JWT $",
    ],
    source: "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",
  },
  { use: "shared", words: ["SECRET $"], unlessForService: true, source: "https://cwe.mitre.org/data/definitions/798.html" },
];

/** Services that give an app a secret of theirs, for signing in with them or for calling them. */
export const services: ReadonlySet<string> = new Set(
  `APPLE ATLASSIAN AUTHENTIK AWS AZURE BITBUCKET CLOUDFLARE CLOUDINARY COGNITO DISCORD DROPBOX FACEBOOK FIGMA GITHUB GITLAB GOOGLE HUBSPOT INSTAGRAM INTERCOM
  KEYCLOAK LINKEDIN MAILCHIMP MAILGUN META MICROSOFT NOTION OAUTH OIDC OKTA PAYPAL PLAID PUSHER RAZORPAY REDDIT SALESFORCE SHOPIFY SLACK SPOTIFY SQUARE STRAVA STRIPE
  TELEGRAM TIKTOK TRELLO TWILIO TWITCH TWITTER VERCEL WHATSAPP X YOUTUBE ZOOM`.split(/\s+/),
);

/** Words that make a name speak *about* a secret: how long it lives, how it is made, whether it is needed. */
export const wordsAboutSecrets: ReadonlySet<string> = new Set(
  `TTL EXP EXPIRE EXPIRES EXPIRED EXPIRY EXPIRATION EXPIRATIONS LIFETIME DURATION INTERVAL ROTATE ROTATION TIMEOUT AGE MAXAGE MIN MAX LENGTH SIZE LIMIT
  LIMITS ROUNDS ITERATIONS COUNT COST DAYS HOURS MINUTES SECONDS MS MILLISECONDS ENABLE ENABLED DISABLE DISABLED REQUIRE REQUIRED ALLOW ALLOWED POLICY STRENGTH
  ALGORITHM ALG ALGO FORMAT TYPE VERSION STRATEGY MODE PREFIX SUFFIX USE SKIP`.split(/\s+/),
);

/** Last words that make a name say where a secret is, or how it is called. */
export const wordsForPlaces: ReadonlySet<string> = new Set(
  `NAME NAMES ID IDS KID URL URI HOST PORT ENDPOINT PATH FILE FILENAME DIR FOLDER LOCATION HEADER COOKIE FIELD PARAM QUERY ISSUER AUDIENCE ARN REGION SCOPE SCOPES
  STORE BUCKET VAULT MANAGER PROVIDER PROJECT ADDRESS SYMBOL MINT DECIMALS CONTRACT LABEL HINT USER USERNAME EMAIL TEMPLATE SUBJECT MESSAGE MODEL`.split(/\s+/),
);

/** Words of names for values that are made to be seen by everybody, wherever in the name they stand. */
export const publicNames: readonly { words: readonly string[]; source: string }[] = [
  { words: ["NEXT PUBLIC"], source: "https://nextjs.org/docs/app/guides/environment-variables#bundling-environment-variables-for-the-browser" },
  { words: ["PUBLIC"], source: "https://svelte.dev/docs/kit/$env-static-public" },
  { words: ["^ VITE"], source: "https://vite.dev/guide/env-and-mode#env-variables" },
  { words: ["^ REACT APP"], source: "https://create-react-app.dev/docs/adding-custom-environment-variables/" },
  { words: ["^ GATSBY"], source: "https://www.gatsbyjs.com/docs/how-to/local-development/environment-variables/" },
  { words: ["^ VUE APP"], source: "https://cli.vuejs.org/guide/mode-and-env.html#using-env-variables-in-client-side-code" },
  { words: ["PUBLISHABLE"], source: "https://docs.stripe.com/keys" },
  { words: ["ANON"], source: "https://supabase.com/docs/guides/functions/secrets" },
  { words: ["SITE KEY", "SITEKEY"], source: "https://developers.google.com/recaptcha/docs/display" },
  { words: ["FIREBASE API KEY"], source: "https://firebase.google.com/docs/projects/api-keys" },
  { words: ["POSTHOG KEY", "POSTHOG API KEY", "POSTHOG PROJECT"], source: "https://posthog.com/docs/api" },
  { words: ["AMPLITUDE API KEY", "AMPLITUDE KEY"], source: "https://amplitude.com/docs/apis/keys-and-tokens" },
  { words: ["MAPBOX TOKEN", "MAPBOX ACCESS TOKEN", "MAPBOX API KEY"], source: "https://docs.mapbox.com/help/dive-deeper/access-tokens" },
  { words: ["INKEEP"], source: "https://docs.inkeep.com/ui-components/public-api-keys" },
  { words: ["ALGOLIA SEARCH", "SEARCH ONLY"], source: "https://www.algolia.com/doc/guides/building-search-ui/going-further/api-keys-security/js" },
  { words: ["GOOGLE MAPS", "MAPS API KEY"], source: "https://developers.google.com/maps/api-security-best-practices" },
  { words: ["MIXPANEL TOKEN", "MIXPANEL PROJECT TOKEN"], source: "https://docs.mixpanel.com/docs/orgs-and-projects/managing-projects" },
  { words: ["WRITE KEY"], source: "https://segment.com/docs/connections/find-writekey/" },
];

/** Words of names that mean an environment without real users. */
export const rehearsalWords: ReadonlySet<string> = new Set("TEST TESTING TESTS E2E MOCK FAKE DUMMY EXAMPLE SAMPLE DEMO DEV DEVELOPMENT LOCAL STAGING SANDBOX CI PLAYWRIGHT CYPRESS VITEST JEST".split(" "));

/** Last words that say which of several secrets it is, and nothing else. */
export const wordsOfRank: ReadonlySet<string> = new Set("PROD PRODUCTION LIVE OLD NEW DEFAULT PRIMARY SECONDARY CURRENT PREVIOUS LEGACY FALLBACK".split(" "));

/** Names of what is reached with a user and a password in one text. */
export const connectionWords: readonly string[] = [
  "URL $",
  "URI $",
  "DSN $",
  "CONNECTION STRING",
  "CONNECTION $",
  "DATABASE $",
  "DB $",
  "MONGO $",
  "MONGODB $",
  "REDIS $",
  "BROKER $",
];

/** Values that stand for "there is none", by what whole text they are. Local model servers want a key and look at none. */
export const standIns: readonly { values: RegExp; source: string }[] = [
  { values: /^(?:true|false|yes|no|on|off|null|undefined|none|unset|disabled|enabled|auto|n\/?a|unknown|empty|unused|anonymous|public|-+)$/i, source: "https://12factor.net/config" },
  { values: /^(?:ollama|lm-?studio|not?[-_ ]?needed|not[-_ ]?required|(?:sk-)?no-?key(?:[-_](?:required|needed))?)$/i, source: "https://docs.ollama.com/api/openai-compatibility" },
];

/** Values that nobody could take for a credential: they fill the place of one. */
export const placeholder = /dummy|place-?holder|fake|mock|stub|your[-_ ]|(?:^|[-_])x{3,}|change[-_ ]?(?:me|this)|replace[-_ ]?(?:me|this|with)|insert[-_ ]|todo|example|not[-_ ]?(?:set|configured)|unconfigured|missing|build[-_ ]?time|(?:^|[-_])test[-_]?(?:key|token|secret)?$/i;

/** Hosts on which a password in a URL is no secret: the developer's machine, and a container's neighbours. */
export const localHost = /^(?:localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[?::1\]?|[^.:]+|.+\.(?:local|localhost|internal|test|example|invalid)|(?:.+\.)?example\.(?:com|org|net))$/i;

/** Variables that a platform gives to every deployment: they are never missing there. */
export const givenByPlatform: readonly { host: string; names: readonly string[]; source: string }[] = [
  {
    host: "Deno.env",
    names: ["SUPABASE_URL", "SUPABASE_ANON_KEY", "SUPABASE_SERVICE_ROLE_KEY", "SUPABASE_DB_URL", "SUPABASE_PUBLISHABLE_KEYS", "SUPABASE_SECRET_KEYS", "SUPABASE_JWKS"],
    source: "https://supabase.com/docs/guides/functions/secrets",
  },
  {
    host: "process.env",
    names: ["VERCEL_AUTOMATION_BYPASS_SECRET"],
    source: "https://vercel.com/docs/deployment-protection/methods-to-bypass-deployment-protection/protection-bypass-automation",
  },
];

/**
 * Ends of names, in any code, whose value opens something to whoever reads it. These are fewer than the names of configuration: most that
 * is called `token` or `key` there is none.
 */
export const secretValues: readonly { readonly words: readonly string[]; readonly source: string }[] = [
  {
    words: ["PASSWORD $", "PASSWD $", "PASSPHRASE $"],
    source: "https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html#data-to-exclude",
  },
  {
    words: [
      "ACCESS TOKEN $",
      "REFRESH TOKEN $",
      "AUTH TOKEN $",
      "BEARER TOKEN $",
      "SESSION TOKEN $",
      "RESET TOKEN $",
      "ID TOKEN $",
      "API TOKEN $",
      "JWT TOKEN $",
      "SERVICE TOKEN $",
      "VERIFICATION TOKEN $",
      "MAGIC TOKEN $",
      "AUTHORIZATION HEADER $",
      "AUTH HEADER $",
      "JWT $",
    ],
    source: "https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html#data-to-exclude",
  },
  {
    words: [
      "API KEY $",
      "APIKEY $",
      "API SECRET $",
      "CLIENT SECRET $",
      "SECRET KEY $",
      "PRIVATE KEY $",
      "SECRET ACCESS KEY $",
      "SERVICE ROLE KEY $",
      "SERVICE KEY $",
      "SIGNING SECRET $",
      "SIGNING KEY $",
      "ENCRYPTION KEY $",
      "WEBHOOK SECRET $",
      "JWT SECRET $",
      "AUTH SECRET $",
      "SESSION SECRET $",
      "CRON SECRET $",
    ],
    source: "https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html#data-to-exclude",
  },
  {
    words: ["CARD NUMBER $", "CVV $", "CVC $", "SSN $", "SOCIAL SECURITY NUMBER $"],
    source: "https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html#data-to-exclude",
  },
];

/** Last words that say where a secret was read: `tokenFromEnv` is the token. */
export const secretOrigins: ReadonlySet<string> = new Set("ENV ENVIRONMENT HEADER HEADERS COOKIE COOKIES REQUEST".split(" "));

/** Ends of names whose value tells who somebody is, or how to reach them. */
export const personalValues: readonly { readonly words: readonly string[]; readonly source: string }[] = [
  {
    words: ["EMAIL $", "EMAIL ADDRESS $", "PHONE $", "PHONE NUMBER $", "MOBILE NUMBER $", "DATE OF BIRTH $", "BIRTH DATE $", "PASSPORT NUMBER $", "NATIONAL ID $", "IBAN $"],
    source: "https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html#data-to-exclude",
  },
];

/** Words of names for addresses of whoever runs the app. */
export const wordsOfOperators: ReadonlySet<string> = new Set("ADMIN SUPPORT SENDER FROM REPLY NOREPLY SYSTEM COMPANY BUSINESS SERVICE ACCOUNT SEND".split(" "));

/** Words that make of a secret's name an answer about it, something done with it, or what is left of it. */
export const wordsOnSecrets: ReadonlySet<string> = new Set(
  `IS HAS HAD NEEDS NEED SHOULD CAN MUST SHOW HIDE FORGOT FORGOTTEN CHANGE CHANGED UPDATE UPDATED VALIDATE VALID INVALID WRONG MISSING NO WITHOUT SET HASH HASHED
  ENCRYPTED MASKED REDACTED HIDDEN OBFUSCATED TRUNCATED SAFE WEAK STRONG FAKE PUBLIC BAD`.split(/\s+/),
);

/** Headers of a request that say who sends it, in a way that others can repeat. */
export const secretHeaders: ReadonlySet<string> = new Set(["authorization", "proxy-authorization", "cookie", "x-api-key", "x-auth-token", "x-access-token", "apikey"]);

/** Parameters of a link that let in whoever has it. */
export const secretParameter = /[?&#](?:access_|refresh_|reset_?|auth_?|invite_?|verification_?|magic_?|session_?)?(?:token|password|secret|api_?key)=$/i;

/** Words before a value that say what kind of token it is. */
export const tokenLabel = /\b(?:access|refresh|auth|bearer|(?:password[ _-])?reset|session|api|id|verification|invite|magic[ _-]link)[ _-]?token\s*(?:(?:is|=|:|->|=>|→)\s*)?$/i;

/** What brings a session with its tokens: packages, and the steps to it. */
export const sessionsWithTokens: readonly { readonly modules: readonly string[]; readonly steps: RegExp; readonly source: string }[] = [
  {
    modules: ["@supabase/supabase-js", "@supabase/ssr", "@supabase/auth-helpers-nextjs"],
    steps: /\.auth\.(?:getSession|signInWithPassword|signInWithOtp|refreshSession|signUp|setSession|exchangeCodeForSession|verifyOtp)\(\)\.data(?:\.session)?$/,
    source: "https://supabase.com/docs/reference/javascript/auth-getsession",
  },
];

/** Files and functions that people sign in or up with. */
export const signingIn = /(?:^|[/._-])(?:log-?in|sign-?in|sign-?up|register|registration|credentials|(?:reset|change|forgot|set|update)-?password)(?:$|[/._-])/i;

/** Words of what leaves secrets out of a text or an object before it is logged. */
export const leavesOut = /redact|mask|sanit|scrub|filterSensitive|strip(?:Secret|Credential|Token)/i;
