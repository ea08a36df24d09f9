/** What a secret looks like that stands in code, and where a text that stands in code becomes one. */

export interface TokenShape {
  readonly service: string;
  /** The token as its service writes it: long enough that nothing else looks so. */
  readonly shape: RegExp;
  readonly source: string;
}

/** Where many services' shapes are collected and kept up. */
const gitleaks = "https://github.com/gitleaks/gitleaks/blob/master/config/gitleaks.toml";

export const tokenShapes: readonly TokenShape[] = [
  // Before Stripe, whose keys are of letters in both cases.
  { service: "Paystack", shape: /\bsk_live_[\da-f]{40}\b/, source: "https://paystack.com/docs/api/authentication/" },
  { service: "Stripe", shape: /\b[sr]k_live_[A-Za-z\d]{20,}/, source: gitleaks },
  { service: "Stripe's webhooks", shape: /\bwhsec_[A-Za-z\d+/]{28,}={0,2}/, source: "https://docs.stripe.com/webhooks#verify-events" },
  { service: "GitHub", shape: /\b(?:gh[pousr]_[A-Za-z\d]{36}|github_pat_[A-Za-z\d]{22}_[A-Za-z\d]{59})\b/, source: gitleaks },
  { service: "GitLab", shape: /\bglpat-[\w-]{20,}/, source: gitleaks },
  { service: "AWS", shape: /\bA(?:KI|SI)A[A-Z2-7]{16}\b/, source: gitleaks },
  { service: "OpenAI", shape: /\bsk-(?:(?:proj|svcacct|admin)-)?[\w-]{20,}T3BlbkFJ[\w-]{20,}/, source: gitleaks },
  { service: "OpenAI", shape: /\bsk-proj-[\w-]{40,}/, source: "https://platform.openai.com/docs/api-reference/authentication" },
  { service: "Anthropic", shape: /\bsk-ant-(?:api|admin)\d\d-[\w-]{80,}/, source: gitleaks },
  { service: "Slack", shape: /\b(?:xox[abeoprs]-\d{8,}-[\w-]{16,}|xapp-\d-[A-Z\d]+-\d+-[\da-f]{32,})/, source: gitleaks },
  { service: "Slack's webhooks", shape: /https:\/\/hooks\.slack\.com\/(?:services\/T\w{7,}\/B\w{7,}|workflows\/T\w{7,}\/A\w{7,}\/\d+|triggers\/T\w{7,}\/\d+)\/\w{20,}/, source: gitleaks },
  { service: "Discord's webhooks", shape: /https:\/\/(?:\w+\.)?discord(?:app)?\.com\/api\/webhooks\/\d{17,}\/[\w-]{60,}/, source: "https://docs.discord.com/developers/resources/webhook" },
  { service: "SendGrid", shape: /\bSG\.[\w-]{22}\.[\w-]{43}\b/, source: gitleaks },
  { service: "Telegram", shape: /\b\d{8,10}:AA[\w-]{33}\b/, source: gitleaks },
  { service: "npm", shape: /\bnpm_[A-Za-z\d]{36}\b/, source: gitleaks },
  { service: "Supabase", shape: /\b(?:sbp_[\da-f]{40}|sb_secret_[\w-]{20,})/, source: "https://supabase.com/docs/guides/api/api-keys" },
  { service: "Shopify", shape: /\bshp(?:at|ca|pa|ss)_[\da-fA-F]{32}\b/, source: gitleaks },
  { service: "DigitalOcean", shape: /\bdo[opr]_v1_[\da-f]{64}\b/, source: gitleaks },
  { service: "Hugging Face", shape: /\bhf_[A-Za-z]{34}\b/, source: gitleaks },
  { service: "Resend", shape: /\bre_[A-Za-z\d]{8}_[A-Za-z\d]{20,}/, source: "https://resend.com/docs/dashboard/api-keys/introduction" },
  { service: "Linear", shape: /\blin_api_[A-Za-z\d]{40}\b/, source: gitleaks },
  { service: "Perplexity", shape: /\bpplx-[A-Za-z\d]{48}\b/, source: gitleaks },
  { service: "Notion", shape: /\bntn_\d{11}[A-Za-z\d]{35}\b/, source: gitleaks },
  { service: "PlanetScale", shape: /\bpscale_(?:pw|tkn)_[\w=.-]{32,64}/, source: gitleaks },
  { service: "Sentry", shape: /\bsntry(?:u_[\da-f]{64}\b|s_eyJpYXQiO[\w+/=]{60,})/, source: gitleaks },
  { service: "Airtable", shape: /\bpat[A-Za-z\d]{14}\.[\da-f]{64}\b/, source: gitleaks },
  { service: "Groq", shape: /\bgsk_[A-Za-z\d]{52}\b/, source: "https://console.groq.com/docs/quickstart" },
];

/** What the text of a file has that holds one of them, or a private key, a key of Supabase's service, or an address with a password. */
export const secretStart = /[sr]k_live_|whsec_|gh[pousr]_|github_pat_|glpat-|A[KS]IA[A-Z2-7]|sk-|xox[abeoprs]-|xapp-|hooks\.slack|api\/webhooks\/|SG\.|:AA|npm_|sbp_|sb_secret_|shp(?:at|ca|pa|ss)_|do[opr]_v1_|hf_|\bre_|lin_api_|gsk_|pplx-|ntn_|pscale_|sntry[su]_|\bpat[A-Za-z\d]{14}\.|PRIVATE KEY-----|eyJ|:\/\/[^\s/:@"'`]*:[^\s@"'`]+@/;

/** A private key with its beginning. */
export const privateKey = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----(?:\s|\\n)+[A-Za-z\d+/]{40,}/;

/** A signed token of three parts, of which the middle one says what it is for. */
export const signedToken = /\beyJ[\w-]{10,}\.(eyJ[\w-]{10,})\.[\w-]{20,}/;

/** Texts that stand for a secret in samples. */
export const sampleSecret = /example|your|dummy|fake|test|place-?holder|sample|x{4,}|(.)\1{5,}|12345|abcdef|\.\.\.|…|\*{3}|<|redacted|change-?me|insert/i;

/** What a machine makes for a key: long runs of letters and digits, or the groups of a UUID. */
export const madeRuns = /[A-Za-z\d+/]{20,}/g;
export const madeGroups = /\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b/i;

/** Parts of an address with a password that nobody has. */
export const samplePassword = /^(?:pass(?:word|wd|wort)?|pwd|pw|p|secret|user(?:name)?|postgres|root|admin|guest|token|api-?key|key|\[.*|\{.*|\$.*|%.*)$|my-?pass/i;
export const sampleHost = /example|your|(?:^|[.-])host(?:name)?(?:$|[.-])|domain|place-?holder|server\.com$|^\d{1,3}(?:\.\d{1,3}){3}$|[<{[$]/i;

/** Names under which a text is only shown: what fills an empty field, what a manual says. */
export const shownNames = /^(?:placeholder|examples?|descriptions?|hint|label|help(?:Text)?|docs?|sample|tooltip|title|message|summary)$/i;

export type KeyUse = "tokens" | "sessions" | "numbers" | "messages" | "webhooks" | "data" | "provider";

export interface KeySink {
  readonly module: string;
  /** Calls and `new`s, as provenance gives them; without any, it is the call that is given the package itself. */
  readonly calls?: readonly string[];
  /** Where the key stands: an argument, or options under one of some names. */
  readonly key: number | { readonly options: number; readonly names: readonly string[] };
  readonly use: KeyUse;
  /** Types of the package for objects that hold those options, wherever the call is that they are given to. */
  readonly types?: readonly string[];
  /** What the file must have for the key to be used for anything. */
  readonly onlyWith?: RegExp;
  /** Where its code throws when the key is an empty text: from which major version on, where that was not always so. */
  readonly refusesEmpty?: { readonly source: string; readonly since?: number };
  readonly source: string;
}

const signedCookies = /signedCookies|signed:\s*true|unsignCookie/;

const secretOption = (options: number, ...names: string[]): { options: number; names: string[] } => ({ options, names });

export const keySinks: readonly KeySink[] = [
  { module: "jsonwebtoken", calls: ["sign", "verify"], key: 1, use: "tokens", source: "https://github.com/auth0/node-jsonwebtoken#jwtsignpayload-secretorprivatekey-options-callback", refusesEmpty: { source: "https://github.com/auth0/node-jsonwebtoken/blob/master/sign.js" } },
  { module: "jose", calls: ["jwtVerify", "compactVerify", "jwtDecrypt", "JWT.sign", "JWT.verify"], key: 1, use: "tokens", source: "https://github.com/panva/jose/blob/main/docs/jwt/verify/functions/jwtVerify.md", refusesEmpty: { source: "https://www.w3.org/TR/WebCryptoAPI/#hmac-operations-import-key" } },
  { module: "jose", calls: ["SignJWT().sign", "CompactSign().sign", "EncryptJWT().encrypt"], key: 0, use: "tokens", source: "https://github.com/panva/jose/blob/main/docs/jwt/sign/classes/SignJWT.md#sign", refusesEmpty: { source: "https://www.w3.org/TR/WebCryptoAPI/#hmac-operations-import-key" } },
  { module: "jwt-simple", calls: ["encode", "decode"], key: 1, use: "tokens", source: "https://www.npmjs.com/package/jwt-simple" },
  { module: "hono/jwt", calls: ["sign", "verify"], key: 1, use: "tokens", source: "https://hono.dev/docs/helpers/jwt#sign", refusesEmpty: { source: "https://www.w3.org/TR/WebCryptoAPI/#hmac-operations-import-key" } },
  { module: "hono/jwt", calls: ["jwt"], key: secretOption(0, "secret"), use: "tokens", source: "https://hono.dev/docs/middleware/builtin/jwt", refusesEmpty: { source: "https://github.com/honojs/hono/blob/main/src/middleware/jwt/jwt.ts" } },
  { module: "@nestjs/jwt", calls: ["JwtModule.register", "JwtService"], key: secretOption(0, "secret", "privateKey"), use: "tokens", source: "https://docs.nestjs.com/security/authentication#jwt-token", refusesEmpty: { source: "https://github.com/auth0/node-jsonwebtoken/blob/master/sign.js" } },
  { module: "@nestjs/jwt", calls: ["JwtService().sign", "JwtService().signAsync", "JwtService().verify", "JwtService().verifyAsync"], key: secretOption(1, "secret", "privateKey"), use: "tokens", source: "https://docs.nestjs.com/security/authentication#jwt-token", refusesEmpty: { source: "https://github.com/auth0/node-jsonwebtoken/blob/master/sign.js" } },
  { module: "passport-jwt", calls: ["Strategy"], key: secretOption(0, "secretOrKey"), use: "tokens", source: "https://www.passportjs.org/packages/passport-jwt/", refusesEmpty: { source: "https://github.com/mikenicholson/passport-jwt/blob/master/lib/strategy.js" } },
  { module: "express-jwt", calls: ["expressjwt", "default"], key: secretOption(0, "secret"), use: "tokens", source: "https://github.com/auth0/express-jwt#usage", refusesEmpty: { source: "https://github.com/auth0/express-jwt/blob/master/src/index.ts" } },
  { module: "@fastify/jwt", key: secretOption(1, "secret"), use: "tokens", source: "https://github.com/fastify/fastify-jwt#secret-required", refusesEmpty: { source: "https://github.com/fastify/fastify-jwt/blob/main/jwt.js" } },
  { module: "express-session", calls: ["default"], key: secretOption(0, "secret"), use: "numbers", source: "https://github.com/expressjs/session#secret", refusesEmpty: { source: "https://github.com/expressjs/session/blob/master/index.js" } },
  { module: "cookie-session", calls: ["default"], key: secretOption(0, "secret", "keys"), use: "sessions", source: "https://github.com/expressjs/cookie-session#keys" },
  { module: "cookie-parser", calls: ["default"], key: 0, use: "sessions", onlyWith: signedCookies, source: "https://github.com/expressjs/cookie-parser#cookieparsersecret-options" },
  { module: "@fastify/session", key: secretOption(1, "secret"), use: "numbers", source: "https://github.com/fastify/session#secret-required", refusesEmpty: { source: "https://github.com/fastify/session/blob/main/lib/fastifySession.js" } },
  { module: "@fastify/cookie", key: secretOption(1, "secret"), use: "sessions", onlyWith: signedCookies, source: "https://github.com/fastify/fastify-cookie#options" },
  { module: "iron-session", calls: ["getIronSession", "sealData", "unsealData"], key: secretOption(-1, "password"), use: "sessions", source: "https://github.com/vvo/iron-session#session-options", refusesEmpty: { source: "https://github.com/vvo/iron-session/blob/main/src/core.ts" } },
  { module: "next-auth", calls: ["default"], key: secretOption(-1, "secret"), use: "sessions", types: ["NextAuthOptions", "AuthOptions", "NextAuthConfig"], source: "https://next-auth.js.org/configuration/options#secret", refusesEmpty: { source: "https://next-auth.js.org/errors#no_secret", since: 4 } },
  { module: "better-auth", calls: ["betterAuth"], key: secretOption(0, "secret"), use: "sessions", source: "https://www.better-auth.com/docs/reference/options#secret" },
  ...["crypto", "node:crypto"].flatMap((module): KeySink[] => [
    { module, calls: ["createHmac"], key: 1, use: "messages", source: "https://nodejs.org/api/crypto.html#cryptocreatehmacalgorithm-key-options" },
    { module, calls: ["createCipheriv", "createDecipheriv"], key: 1, use: "data", source: "https://nodejs.org/api/crypto.html#cryptocreatecipherivalgorithm-key-iv-options", refusesEmpty: { source: "https://nodejs.org/api/crypto.html#cryptocreatecipherivalgorithm-key-iv-options" } },
  ]),
  { module: "svix", calls: ["Webhook"], key: 0, use: "webhooks", source: "https://docs.svix.com/receiving/verifying-payloads/how", refusesEmpty: { source: "https://github.com/standard-webhooks/standard-webhooks/blob/main/libraries/javascript/src/index.ts" } },
  { module: "standardwebhooks", calls: ["Webhook"], key: 0, use: "webhooks", source: "https://github.com/standard-webhooks/standard-webhooks/tree/main/libraries/javascript", refusesEmpty: { source: "https://github.com/standard-webhooks/standard-webhooks/blob/main/libraries/javascript/src/index.ts" } },
  { module: "@octokit/webhooks", calls: ["Webhooks"], key: secretOption(0, "secret"), use: "webhooks", source: "https://github.com/octokit/webhooks.js#constructor", refusesEmpty: { source: "https://github.com/octokit/webhooks.js/blob/main/src/index.ts" } },
  // Before, an empty text was as good a key as any: whoever signed with it was believed.
  {
    module: "stripe",
    calls: ["default", "Stripe"].flatMap((client) => [`${client}().webhooks.constructEvent`, `${client}().webhooks.constructEventAsync`]),
    key: 2,
    use: "webhooks",
    source: "https://docs.stripe.com/webhooks#verify-official-libraries",
    refusesEmpty: { source: "https://github.com/stripe/stripe-node/blob/master/src/Webhooks.ts", since: 22 },
  },
  { module: "crypto-js", calls: ["AES.encrypt", "AES.decrypt"], key: 1, use: "data", source: "https://cryptojs.gitbook.io/docs/#the-cipher-algorithms" },
  ...["passport-google-oauth20", "passport-github2", "passport-github", "passport-facebook", "passport-linkedin-oauth2", "passport-discord", "passport-oauth2", "passport-twitter"].map((module): KeySink => ({
    module,
    calls: ["Strategy"],
    key: secretOption(0, "clientSecret", "consumerSecret"),
    use: "provider",
    source: "https://www.passportjs.org/packages/passport-oauth2/",
  })),
];

/** Classes whose instances are told this and that before they are given the key: what stands between does not matter. */
export const keyBuilders: ReadonlySet<string> = new Set(["SignJWT", "CompactSign", "EncryptJWT"]);

/** What makes bytes or a key object of a text. */
export const keyMakers: ReadonlySet<string> = new Set(["encode", "from", "createSecretKey", "asKey", "parse", "importKey"]);

/** Functions that compare two values in the same time whatever they are. */
export const comparisons = /^(?:timingSafeEqual|(?:safe|secure|constantTime)(?:Compare|Equals?))$/;

/** Words of code that encrypts, or decrypts. */
export const ciphers = /\bcreateCipher|\bcreateDecipher|\bAES\b|\baes[-_]?\d{3}|subtle\s*\.\s*(?:en|de)crypt|\bsecretbox\b/;

/** Texts that a specification gives everybody as the key of an HMAC: the secret is what is hashed with them. */
export const publicKeys: readonly { readonly texts: readonly string[]; readonly source: string }[] = [
  { texts: ["Bitcoin seed"], source: "https://github.com/bitcoin/bips/blob/master/bip-0032.mediawiki#master-key-generation" },
  { texts: ["ed25519 seed", "Nist256p1 seed", "curve25519 seed"], source: "https://github.com/satoshilabs/slips/blob/master/slip-0010.md#master-key-generation" },
  { texts: ["ed25519 cardano seed", "Symmetric key seed"], source: "https://github.com/satoshilabs/slips/blob/master/slip-0021.md" },
  { texts: ["WebAppData"], source: "https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app" },
];
