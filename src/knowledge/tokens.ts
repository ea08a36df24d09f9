/** What makes signed tokens, what ends their life, and what reads them. Paths are written as provenance gives them. */

interface TokenSigner {
  readonly module: string;
  /** Calls that sign. */
  readonly calls: readonly string[];
  /** Where the claims stand among the arguments. */
  readonly payload: number;
  /** Where the options stand; `null` when there are none. */
  readonly options: number | null;
  /** Where the key stands; `null` where the library is set up with it. */
  readonly key: number | null;
  /** Options that end the token. */
  readonly expiresBy: readonly string[];
  /** What a person adds: an option, or a claim. */
  readonly write: { readonly at: "options" | "payload"; readonly text: string };
  /** Where the library is set up, with defaults for all tokens. */
  readonly setUp?: {
    /** What a file has in its text that may do so. */
    readonly text: RegExp;
    /** The calls that do; without any, it is the call that is given the package itself. */
    readonly calls?: readonly string[];
  };
  readonly source: string;
}

const expClaim = { at: "payload", text: "exp: Math.floor(Date.now() / 1000) + 60 * 60" } as const;
const expiresIn = { at: "options", text: `expiresIn: "1h"` } as const;

export const tokenSigners: readonly TokenSigner[] = [
  {
    module: "jsonwebtoken",
    calls: ["sign"],
    payload: 0,
    key: 1,
    options: 2,
    expiresBy: ["expiresIn"],
    write: expiresIn,
    source: "https://github.com/auth0/node-jsonwebtoken#jwtsignpayload-secretorprivatekey-options-callback",
  },
  {
    module: "@nestjs/jwt",
    calls: ["JwtService().sign", "JwtService().signAsync"],
    payload: 0,
    key: null,
    options: 1,
    expiresBy: ["expiresIn"],
    write: expiresIn,
    setUp: { text: /\bJwtModule\b|\bnew\s+JwtService\b/, calls: ["JwtModule.register", "JwtModule.registerAsync", "JwtService"] },
    source: "https://docs.nestjs.com/security/authentication#jwt-token",
  },
  { module: "hono/jwt", calls: ["sign"], payload: 0, key: 1, options: null, expiresBy: [], write: expClaim, source: "https://hono.dev/docs/helpers/jwt#sign" },
  { module: "jwt-simple", calls: ["encode"], payload: 0, key: 1, options: null, expiresBy: [], write: expClaim, source: "https://www.npmjs.com/package/jwt-simple" },
  {
    module: "@tsndr/cloudflare-worker-jwt",
    calls: ["sign"],
    payload: 0,
    key: 1,
    options: null,
    expiresBy: [],
    write: expClaim,
    source: "https://www.npmjs.com/package/@tsndr/cloudflare-worker-jwt",
  },
];

/** Methods that a plugin adds to a server and its replies: nothing imports them, so the package must be among the dependencies. */
export const addedSigners: readonly (TokenSigner & { readonly path: RegExp })[] = [
  {
    module: "@fastify/jwt",
    path: /(?:^|\.)jwt\.sign$|\.jwtSign$/,
    calls: [],
    payload: 0,
    key: null,
    options: 1,
    expiresBy: ["expiresIn", "sign"],
    write: expiresIn,
    setUp: { text: /["']@fastify\/jwt["']/ },
    source: "https://github.com/fastify/fastify-jwt#sign",
  },
];

/** Builders of tokens: `new SignJWT(claims).setExpirationTime("1h").sign(key)`. */
export const tokenBuilders: readonly { readonly module: string; readonly made: string; readonly payload: number; readonly expiresBy: string; readonly ends: string; readonly write: string; readonly source: string }[] = [
  {
    module: "jose",
    made: "SignJWT()",
    payload: 0,
    expiresBy: "setExpirationTime",
    ends: "sign",
    write: `.setExpirationTime("1h")`,
    source: "https://github.com/panva/jose/blob/main/docs/jwt/sign/classes/SignJWT.md#setexpirationtime",
  },
];

/** Claims that end a token, or by which whoever checks it can tell its age. */
export const lifetimeClaims: readonly string[] = ["exp", "expires", "expiresAt", "expires_at", "expiry", "expiration", "expirationDate", "createdAt", "issuedAt", "validUntil", "ttl"];

/** Claims that name a row which the token can be looked up by, and so revoked: an API key's token lives as long as its row. */
export const lookupClaims: readonly string[] = ["jti", "tokenId", "token_id", "sessionId", "session_id", "sid", "apiKeyId", "keyId", "refreshTokenId"];

/** What a claim is read off that changes as soon as a token must count no more: a hash of the password, the number of its changes. */
export const revocableValue = /\.(?:\w*password\w*|passwd|token_?version|security_?stamp)\b/i;

/** Claims that name a person or what they may do, and values that are read off one. */
export const personalClaim = /^(?:sub|user|uid|user_?id|user_?name|login|email|account_?id|member_?id|customer_?id|admin|is_?admin|roles?|permissions|scopes?)$/i;
export const personalValue = /(?:^|[^\w])(?:\w*[a-z])?(?:user|account|member|customer|admin|employee|patient|student)\w*[?!]?\./i;

/** Words of a key's name that say nothing about whose it is. */
export const keyWords: ReadonlySet<string> = new Set(
  `JWT JWS SECRET SECRETS KEY KEYS PRIVATE TOKEN TOKENS ACCESS REFRESH AUTH AUTHENTICATION SESSION SESSIONS SIGN SIGNING SIGNATURE APP API SERVER CONFIG CONFIGURATION ENV ENVIRONMENT
  NEXTAUTH HMAC ENCRYPTION HASH SALT DEFAULT CURRENT USER ADMIN LOGIN MY THE RSA PEM HS RS ES ED PASSWORD RESET EMAIL VERIFICATION VERIFY PROCESS THIS SERVICE OPTIONS SETTINGS PARAMS
  NEW GET FROM CREATE LOAD READ FILE SYNC FS PATH JOIN RESOLVE DIRNAME CWD TEXT ENCODER ENCODE BUFFER UINT8ARRAY STRING AS UTF UTF8 BASE64 ALG CRYPTO IMPORT OR THROW AWAIT REQUIRE INSTANCE`.split(/\s+/),
);

/** What reads the claims of a token without asking who has signed it. */
export const tokenDecoders: readonly { readonly module: string; readonly calls: readonly string[]; readonly source: string }[] = [
  { module: "jsonwebtoken", calls: ["decode"], source: "https://github.com/auth0/node-jsonwebtoken#jwtdecodetoken--options" },
  { module: "@nestjs/jwt", calls: ["JwtService().decode"], source: "https://docs.nestjs.com/security/authentication" },
  { module: "jose", calls: ["decodeJwt", "UnsecuredJWT.decode"], source: "https://github.com/panva/jose/blob/main/docs/util/decode_jwt/functions/decodeJwt.md" },
  { module: "jwt-decode", calls: ["jwtDecode", "default"], source: "https://github.com/auth0/jwt-decode#readme" },
  { module: "hono/jwt", calls: ["decode"], source: "https://hono.dev/docs/helpers/jwt#decode" },
  { module: "@tsndr/cloudflare-worker-jwt", calls: ["decode"], source: "https://www.npmjs.com/package/@tsndr/cloudflare-worker-jwt" },
];

interface TokenVerifier {
  readonly module: string;
  readonly calls: readonly string[];
  readonly key: number;
  readonly options: number;
  readonly source: string;
}

/** What checks the signature of a token. */
export const tokenVerifiers: readonly TokenVerifier[] = [
  { module: "jsonwebtoken", calls: ["verify"], key: 1, options: 2, source: "https://github.com/auth0/node-jsonwebtoken#jwtverifytoken-secretorpublickey-options-callback" },
  { module: "@nestjs/jwt", calls: ["JwtService().verify", "JwtService().verifyAsync"], key: -1, options: 1, source: "https://docs.nestjs.com/security/authentication" },
  { module: "jose", calls: ["jwtVerify", "compactVerify"], key: 1, options: 2, source: "https://github.com/panva/jose/blob/main/docs/jwt/verify/functions/jwtVerify.md" },
  { module: "express-jwt", calls: ["expressjwt", "default"], key: -1, options: 0, source: "https://github.com/auth0/express-jwt#usage" },
  { module: "passport-jwt", calls: ["Strategy()"], key: -1, options: 0, source: "https://www.passportjs.org/packages/passport-jwt/" },
];

/** The option that lets in tokens whose time is over. */
export const ignoresExpiry = "ignoreExpiration";

/**
 * Up to this major, jsonwebtoken takes whichever algorithm the token names, as far as the key's text allows it: with a public key, that
 * of a token which anybody has signed with the public key itself.
 */
export const choosesByKeySince: { readonly module: string; readonly major: number; readonly source: string } = {
  module: "jsonwebtoken",
  major: 9,
  source: "https://github.com/auth0/node-jsonwebtoken/wiki/Migration-Notes:-v8-to-v9",
};

/** Names of keys that everybody may have. */
export const publicKeyName = /public|cert|jwks/i;

/** What the text of a program has that takes tokens which nobody has signed, or reads tokens without asking who has. */
export const unsignedTaken = /\balgorithms["']?\s*:[^\]}\n]*["'`]none["'`]|\bjwt\.decode\(|\bjwtDecode\(|\bdecodeJwt\(|\bjwt_decode\(|UnsecuredJWT/i;

/** What the text of a project has that checks the signature of any token, itself or through a library or gateway. */
export const verifyingText =
  /\bverify(?:Async|Jwt|JWT|Token|AccessToken|IdToken|SessionCookie|Signature)?\s*\(|jwtVerify|compactVerify|passport-jwt|express-jwt|expressjwt|koa-jwt|createRemoteJWKSet|jwks|verify_jwt|\bauth(?:enticate)?Token\b|\.auth\.getUser\(/i;
