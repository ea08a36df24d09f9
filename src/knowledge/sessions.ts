/** What keeps the sessions of an app, and what ends them. */

interface SessionLibrary {
  readonly module: string;
  /** The call or `new` that sets it up, as provenance gives it; without one, it is the call that is given the package itself. */
  readonly calls?: readonly string[];
  /** Where the options stand. */
  readonly options: number;
  /** Under which option those of the cookie stand; `null` where they stand among the others. */
  readonly cookie: string | null;
  /** Options that end a session. */
  readonly expiresBy: readonly string[];
  /** Whether a session ends by itself as long as nobody says otherwise. */
  readonly expiresByDefault: boolean;
  /** Values by which the code says that a session never ends. */
  readonly endless: readonly { readonly option: string; readonly value: string | number }[];
  /** The option for where the sessions are kept, all of whose stores end them by themselves. Without it, they are kept in the memory of the process. */
  readonly store: string | null;
  /** The store for development that the library itself brings. */
  readonly memoryStore: string | null;
  /** What a person adds. */
  readonly write: string;
  /** How its cookie is kept: under which option the flags stand (`null`: among the others), which option names it, how it is called without, and which flags it has as long as nobody says otherwise. */
  readonly flags: {
    readonly under: string | null;
    readonly name: string;
    readonly otherwise: string;
    readonly byDefault: readonly ("httpOnly" | "secure" | "sameSite")[];
    /** What a person writes for `secure` that goes with HTTPS and without. */
    readonly secure?: string;
  };
  readonly source: string;
}

const fastifySession = {
  options: 1,
  cookie: "cookie",
  expiresBy: ["maxAge", "expires"],
  expiresByDefault: false,
  endless: [],
  store: "store",
  memoryStore: null,
  write: "maxAge: 24 * 60 * 60 * 1000",
  flags: { under: "cookie", name: "cookieName", otherwise: "sessionId", byDefault: ["httpOnly", "secure"] },
} as const;

export const sessionLibraries: readonly SessionLibrary[] = [
  {
    module: "express-session",
    calls: ["default"],
    options: 0,
    cookie: "cookie",
    expiresBy: ["maxAge", "expires"],
    expiresByDefault: false,
    endless: [],
    store: "store",
    memoryStore: "MemoryStore",
    write: "maxAge: 24 * 60 * 60 * 1000",
    flags: { under: "cookie", name: "name", otherwise: "connect.sid", byDefault: ["httpOnly"], secure: `secure: "auto"` },
    source: "https://github.com/expressjs/session#cookiemaxage",
  },
  {
    module: "cookie-session",
    calls: ["default"],
    options: 0,
    cookie: null,
    expiresBy: ["maxAge", "expires"],
    expiresByDefault: false,
    endless: [],
    store: null,
    memoryStore: null,
    write: "maxAge: 24 * 60 * 60 * 1000",
    flags: { under: null, name: "name", otherwise: "session", byDefault: ["httpOnly", "secure"] },
    source: "https://github.com/expressjs/cookie-session#cookie-options",
  },
  { module: "@fastify/session", ...fastifySession, source: "https://github.com/fastify/session#cookie" },
  { module: "fastify-session", ...fastifySession, source: "https://github.com/SerayaEryn/fastify-session#cookie" },
  {
    module: "koa-session",
    calls: ["default"],
    options: 0,
    cookie: null,
    expiresBy: ["maxAge"],
    expiresByDefault: true,
    endless: [{ option: "maxAge", value: "session" }],
    store: null,
    memoryStore: null,
    write: "maxAge: 24 * 60 * 60 * 1000",
    flags: { under: null, name: "key", otherwise: "koa.sess", byDefault: ["httpOnly", "secure"] },
    source: "https://github.com/koajs/session#options",
  },
  {
    module: "iron-session",
    calls: ["getIronSession", "sealData"],
    options: -1,
    cookie: null,
    expiresBy: ["ttl"],
    expiresByDefault: true,
    endless: [{ option: "ttl", value: 0 }],
    store: null,
    memoryStore: null,
    write: "ttl: 14 * 24 * 60 * 60",
    flags: { under: "cookieOptions", name: "cookieName", otherwise: "the session", byDefault: ["httpOnly", "secure", "sameSite"] },
    source: "https://github.com/vvo/iron-session#session-options",
  },
];

/** What the code of an app writes that sets the life of each session for itself. */
export const ownLifetime = /\bsession\s*(?:\?\.|!?\.)\s*(?:cookie\s*(?:\?\.|!?\.)\s*)?(?:maxAge|expires|originalMaxAge)\b|\bsessionOptions\.maxAge\b/;

/** Packages that keep what they sent a visitor to a provider with in the session, until he is back. */
export const sessionBorrowers: readonly { readonly module: string; readonly source: string }[] = [
  { module: "openid-client", source: "https://github.com/panva/openid-client/blob/main/src/passport.ts" },
  { module: "passport-openidconnect", source: "https://github.com/jaredhanson/passport-openidconnect" },
  { module: "passport-oauth2", source: "https://www.passportjs.org/packages/passport-oauth2/" },
  { module: "passport-google-oauth20", source: "https://www.passportjs.org/packages/passport-google-oauth20/" },
  { module: "passport-github", source: "https://www.passportjs.org/packages/passport-github/" },
  { module: "passport-github2", source: "https://www.passportjs.org/packages/passport-github2/" },
];

/** What an app's own code has that reads a session, writes to one, or has passport do so. */
export const sessionUse = /\.\s*session\b|\bsession\s*[}\]][^\n]*=\s*(?:req|request|ctx)\b|\breq(?:uest)?\.log[iI]n\s*\(/;

/** How an app asks who is there whose guards take a token that a request brings, and no session. */
export const guardsByToken = /\bauthenticate\(\s*["'`](?:jwt|bearer)["'`]\s*,\s*\{[^}]*\bsession:\s*false\b/i;

/** What asks a session who is there. */
export const asksSession = /\b(?:req|request|ctx)\.isAuthenticated\(|\b(?:req|request|ctx)\.session\??\.(?:user\w*|userId|account\w*|passport|uid|isLogged\w*|logged\w*|authenticated)\b|\bauthenticate\(\s*["'`]session["'`]/i;

/** How an app signs somebody in whose sessions do not say who is there: they carry a visitor to a provider and back. */
export const sessionless = /\blogin\(\s*[\w.]+\s*,\s*\{[^}]*\bsession:\s*false\b/i;
