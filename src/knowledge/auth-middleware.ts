/**
 * Middleware of packages: functions that run before the handlers of a route, a router or a whole application. Paths are written as
 * provenance gives them, of the expression that is handed over.
 */
export interface Middleware {
  readonly modules: readonly string[];
  /** `"any"` for everything that a package exports. */
  readonly calls: readonly string[] | "any";
  /** What it asks of a request before it goes on: who is there, what they may do, or nothing about that. */
  readonly asks: "authentication" | "authorization" | "nothing";
  readonly source: string;
}

const nothing = (source: string, ...modules: readonly string[]): Middleware => ({ modules, calls: "any", asks: "nothing", source });

export const middlewares: readonly Middleware[] = [
  { modules: ["passport"], calls: ["authenticate()"], asks: "authentication", source: "https://www.passportjs.org/concepts/authentication/downloads/html" },
  { modules: ["passport"], calls: ["initialize()", "session()"], asks: "nothing", source: "https://www.passportjs.org/concepts/authentication/sessions/" },
  { modules: ["koa-passport"], calls: ["authenticate()"], asks: "authentication", source: "https://www.npmjs.com/package/koa-passport" },
  { modules: ["koa-passport"], calls: ["initialize()", "session()"], asks: "nothing", source: "https://www.npmjs.com/package/koa-passport" },
  { modules: ["express-jwt"], calls: ["expressjwt()", "default()"], asks: "authentication", source: "https://www.npmjs.com/package/express-jwt" },
  { modules: ["koa-jwt"], calls: ["default()"], asks: "authentication", source: "https://www.npmjs.com/package/koa-jwt" },
  { modules: ["express-oauth2-jwt-bearer"], calls: ["auth()"], asks: "authentication", source: "https://www.npmjs.com/package/express-oauth2-jwt-bearer" },
  { modules: ["express-oauth2-jwt-bearer"], calls: ["requiredScopes()", "claimCheck()", "claimEquals()", "claimIncludes()"], asks: "authorization", source: "https://www.npmjs.com/package/express-oauth2-jwt-bearer" },
  { modules: ["express-openid-connect"], calls: ["requiresAuth()"], asks: "authentication", source: "https://www.npmjs.com/package/express-openid-connect" },
  { modules: ["express-openid-connect"], calls: ["claimCheck()", "claimEquals()", "claimIncludes()"], asks: "authorization", source: "https://www.npmjs.com/package/express-openid-connect" },
  { modules: ["express-basic-auth"], calls: ["default()"], asks: "authentication", source: "https://www.npmjs.com/package/express-basic-auth" },
  { modules: ["connect-ensure-login"], calls: ["ensureLoggedIn()"], asks: "authentication", source: "https://www.npmjs.com/package/connect-ensure-login" },
  { modules: ["@clerk/express"], calls: ["requireAuth()"], asks: "authentication", source: "https://clerk.com/docs/reference/express/overview" },
  { modules: ["@clerk/express", "@hono/clerk-auth"], calls: ["clerkMiddleware()"], asks: "nothing", source: "https://clerk.com/docs/reference/express/overview" },
  { modules: ["hono/jwt"], calls: ["jwt()"], asks: "authentication", source: "https://hono.dev/docs/middleware/builtin/jwt" },
  { modules: ["hono/jwk"], calls: ["jwk()"], asks: "authentication", source: "https://hono.dev/docs/middleware/builtin/jwk" },
  { modules: ["hono/bearer-auth"], calls: ["bearerAuth()"], asks: "authentication", source: "https://hono.dev/docs/middleware/builtin/bearer-auth" },
  { modules: ["hono/basic-auth"], calls: ["basicAuth()"], asks: "authentication", source: "https://hono.dev/docs/middleware/builtin/basic-auth" },
  { modules: ["@auth0/nextjs-auth0"], calls: ["withApiAuthRequired()"], asks: "authentication", source: "https://auth0.github.io/nextjs-auth0/functions/index.withApiAuthRequired-1.html" },
  { modules: ["@kinde-oss/kinde-auth-nextjs/server"], calls: ["protectApi()", "withAuth()"], asks: "authentication", source: "https://docs.kinde.com/developer-tools/sdks/backend/nextjs-sdk/" },
  { modules: ["next-auth/middleware"], calls: ["withAuth()", "default"], asks: "authentication", source: "https://next-auth.js.org/configuration/nextjs#middleware" },
  nothing("https://expressjs.com/en/resources/middleware/cors.html", "cors", "@koa/cors"),
  nothing("https://expressjs.com/en/resources/middleware/body-parser.html", "body-parser", "koa-bodyparser", "koa-body"),
  nothing("https://expressjs.com/en/resources/middleware/compression.html", "compression", "koa-compress"),
  nothing("https://expressjs.com/en/resources/middleware/cookie-parser.html", "cookie-parser", "cookie-session"),
  nothing("https://expressjs.com/en/resources/middleware/session.html", "express-session", "koa-session"),
  nothing("https://expressjs.com/en/resources/middleware/morgan.html", "morgan", "koa-logger", "pino-http", "express-winston"),
  nothing("https://expressjs.com/en/resources/middleware/multer.html", "multer", "@koa/multer", "express-fileupload"),
  nothing("https://expressjs.com/en/resources/middleware/method-override.html", "method-override", "response-time", "serve-static", "serve-favicon", "connect-timeout", "errorhandler"),
  nothing("https://expressjs.com/en/4x/api.html#express", "express"),
  nothing("https://helmetjs.github.io/", "helmet", "koa-helmet", "hpp", "xss-clean", "express-mongo-sanitize"),
  nothing("https://express-rate-limit.mintlify.app/overview", "express-rate-limit", "express-slow-down", "rate-limiter-flexible", "koa-ratelimit", "hono-rate-limiter"),
  nothing("https://express-validator.github.io/docs/", "express-validator", "celebrate", "@hono/zod-validator", "hono/validator", "zod-express-middleware"),
  nothing("https://hono.dev/docs/middleware/builtin/cors", "hono/cors", "hono/logger", "hono/secure-headers", "hono/compress", "hono/pretty-json", "hono/request-id", "hono/timing", "hono/etag", "hono/body-limit", "hono/csrf", "hono/timeout", "hono/cache", "hono/trailing-slash", "hono/serve-static", "@hono/node-server/serve-static"),
];

/** Packages whose functions ask nothing themselves, and run what they are given: to make middleware of it, or to catch its errors. */
export const passingWrappers: readonly { readonly module: string; readonly source: string }[] = [
  { module: "@trpc/server", source: "https://trpc.io/docs/server/middlewares" },
  { module: "next-safe-action", source: "https://next-safe-action.dev/docs/define-actions/middleware" },
  { module: "express-async-handler", source: "https://www.npmjs.com/package/express-async-handler" },
  { module: "hono/factory", source: "https://hono.dev/docs/helpers/factory" },
];

/** Clients that do what they are told, whoever asks: by package and call, where the key is and how the variable is called that holds it. */
export const serviceClients: readonly { readonly modules: readonly string[]; readonly calls: readonly string[]; readonly key: number; readonly names: RegExp; readonly source: string }[] = [
  {
    modules: ["@supabase/supabase-js", "@supabase/ssr"],
    calls: ["createClient", "createServerClient"],
    key: 1,
    names: /SERVICE_?ROLE|SERVICE_?KEY|SUPABASE_SECRET|SB_SECRET/i,
    source: "https://supabase.com/docs/guides/api/api-keys",
  },
];
