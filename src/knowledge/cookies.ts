/** How cookies are set, and which of them let their holder in. */

interface CookieSetter {
  readonly module: string;
  /** Calls, as provenance gives them. */
  readonly calls: readonly string[];
  readonly name: number;
  readonly options: number;
  /** Flags that are set as long as nobody says otherwise. */
  readonly byDefault: readonly string[];
  /** An option beside `secure` that sets it. */
  readonly securedBy?: string;
  readonly source: string;
}

export const cookieSetters: readonly CookieSetter[] = [
  { module: "hono/cookie", calls: ["setCookie"], name: 1, options: 3, byDefault: [], securedBy: "prefix", source: "https://hono.dev/docs/helpers/cookie#options" },
  { module: "hono/cookie", calls: ["setSignedCookie"], name: 1, options: 4, byDefault: [], securedBy: "prefix", source: "https://hono.dev/docs/helpers/cookie#options" },
  { module: "h3", calls: ["setCookie", "setChunkedCookie"], name: 1, options: 3, byDefault: [], source: "https://h3.dev/utils/cookie#setcookieevent-name-value-options" },
  { module: "cookie", calls: ["serialize"], name: 0, options: 2, byDefault: [], source: "https://github.com/jshttp/cookie/blob/v1.0.2/README.md#cookieserializename-value-options" },
  // Name, value and flags may stand in one object; since version 2 they do.
  { module: "cookie", calls: ["stringifySetCookie"], name: 0, options: 2, byDefault: [], source: "https://github.com/jshttp/cookie#cookiestringifysetcookiesetcookieobj-options" },
  { module: "cookies", calls: ["default().set"], name: 0, options: 2, byDefault: ["httpOnly", "secure"], source: "https://github.com/pillarjs/cookies#cookiessetname--values--options" },
  { module: "next/headers", calls: ["cookies().set"], name: 0, options: 2, byDefault: [], source: "https://nextjs.org/docs/app/api-reference/functions/cookies" },
  {
    module: "next/server",
    calls: ["NextResponse.next().cookies.set", "NextResponse.json().cookies.set", "NextResponse.redirect().cookies.set", "NextResponse.rewrite().cookies.set", "NextResponse().cookies.set"],
    name: 0,
    options: 2,
    byDefault: [],
    source: "https://nextjs.org/docs/app/api-reference/functions/next-response#setname-value",
  },
];

/** Methods of what a handler is given. Nothing imports them, so the package must be among the dependencies. */
export const cookieMethods: readonly (Omit<CookieSetter, "module" | "calls"> & {
  readonly packages: readonly string[];
  readonly method: string;
  /** What the text of a project has that gives all cookies their flags. */
  readonly setUp?: RegExp;
})[] = [
  { packages: ["express", "@nestjs/platform-express", "@nestjs/core"], method: "cookie", name: 0, options: 2, byDefault: [], source: "https://expressjs.com/en/api.html#res.cookie" },
  { packages: ["@fastify/cookie", "fastify-cookie"], method: "setCookie", name: 0, options: 2, byDefault: [], setUp: /\bparseOptions\b/, source: "https://github.com/fastify/fastify-cookie#sending" },
  { packages: ["koa"], method: "cookies.set", name: 0, options: 2, byDefault: ["httpOnly", "secure"], source: "https://koajs.com/#ctx-cookies-set-name-value-options-" },
];

/** Ends of names of cookies that let their holder in, and words of names that only look so: what a page must read, and what is over in a moment. */
export const sessionCookie =
  /(?:^|[-_.])(?:sess|session|sid|sessionid|session[-_.]?id|jwt|auth|auth[-_.]?key|auth[-_.]?token|token|access[-_.]?token|refresh[-_.]?token|id[-_.]?token|bearer|api[-_.]?key)$/;
export const otherCookie = /csrf|xsrf|state|nonce|verifier|pkce|consent|has|is|flag|redirect|challenge|anon|guest|cart|share$|playback|visitor|tracking|analytics|device|push|fcm/;

/** How code of a page reads a cookie, up to its name; the same function of a server is given the request as well. */
export const pageReads = (name: string): RegExp => new RegExp(`\\bCookies\\.get\\([^)]*\\b${name}["'\`]|\\bgetCookie\\(\\s*["'\`]${name}["'\`]\\s*\\)`);

/** What a comment says of a flag that is off for a reason, and what it says of one that somebody has still to switch on. */
export const offOnPurpose = /\b(?:plain|also|even|without|not)\b[^\n]*\bhttps?\b|self-?hosted|on purpose|intentional|deliberate/i;
export const offForNow = /\b(?:todo|fixme|true|production|prod|dev\w*|localhost|deploy\w*|later)\b/i;

/** Values that say that there is no session any more. */
export const clearedValue = /^(?:none|null|undefined|deleted|removed|cleared|empty|expired|revoked|invalid|logged[-_ ]?out|logout|signed[-_ ]?out)$/i;

/** Names of values that let in whoever brings them, for cookies whose own name says nothing. */
export const sessionValue = /(?:sess|session|auth|access|refresh|bearer|login)-(?:[a-z]+-)?(?:token|jwt|id)$|(?:^|-)jwt$/;

/**
 * Middleware that tells the requests of an app's own pages from those of others: `sameSite` adds little to it.
 *
 * source: https://docs.nestjs.com/security/csrf, https://github.com/expressjs/csurf#readme, https://github.com/krakenjs/lusca#readme
 */
export const requestGuards: readonly string[] = ["csurf", "lusca", "csrf-csrf", "csrf-sync", "tiny-csrf", "koa-csrf", "@fastify/csrf-protection"];
