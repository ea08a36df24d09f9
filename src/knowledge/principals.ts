/**
 * The calls that say who is asking. Paths are written as provenance gives them; the result of the call, and everything read off it, is
 * the principal.
 */
interface IdentityApi {
  readonly modules: readonly string[];
  readonly calls: readonly string[];
  /** Whether the call fails where nobody is signed in, rather than give nothing. */
  readonly throws?: true;
  readonly source: string;
}

const supabaseAuth = (...clients: readonly string[]): string[] => clients.flatMap((client) => ["getUser", "getSession", "getClaims"].map((name) => `${client}().auth.${name}`));

export const identityApis: readonly IdentityApi[] = [
  {
    modules: ["next-auth", "next-auth/next"],
    calls: ["getServerSession", "unstable_getServerSession", "default().auth"],
    source: "https://next-auth.js.org/configuration/nextjs",
  },
  { modules: ["next-auth/jwt", "@auth/core/jwt"], calls: ["getToken"], source: "https://next-auth.js.org/configuration/options" },
  { modules: ["next-auth/react"], calls: ["getSession"], source: "https://next-auth.js.org/getting-started/client" },
  { modules: ["better-auth", "better-auth/minimal"], calls: ["betterAuth().api.getSession"], source: "https://better-auth.com/docs/concepts/api" },
  {
    modules: ["@clerk/nextjs", "@clerk/nextjs/server"],
    calls: ["auth", "currentUser", "getAuth"],
    source: "https://clerk.com/docs/nextjs/guides/users/reading",
  },
  {
    modules: ["@supabase/supabase-js", "@supabase/ssr"],
    calls: supabaseAuth("createClient", "createServerClient", "SupabaseClient"),
    source: "https://supabase.com/docs/reference/javascript/auth-getuser",
  },
  {
    modules: ["@supabase/auth-helpers-nextjs"],
    calls: supabaseAuth("createServerComponentClient", "createRouteHandlerClient", "createServerActionClient", "createPagesServerClient"),
    source: "https://supabase.com/docs/guides/auth/auth-helpers/nextjs",
  },
  { modules: ["iron-session"], calls: ["getIronSession"], source: "https://www.npmjs.com/package/iron-session" },
  { modules: ["jose", "jose/jwt/verify"], calls: ["jwtVerify"], throws: true, source: "https://github.com/panva/jose/blob/main/docs/jwt/verify/functions/jwtVerify.md" },
  { modules: ["jsonwebtoken"], calls: ["verify"], throws: true, source: "https://www.npmjs.com/package/jsonwebtoken" },
  { modules: ["@clerk/express", "@clerk/fastify", "@hono/clerk-auth"], calls: ["getAuth"], source: "https://clerk.com/docs/reference/express/overview" },
  { modules: ["@clerk/backend"], calls: ["verifyToken"], throws: true, source: "https://clerk.com/docs/reference/backend/verify-token" },
  { modules: ["@workos-inc/authkit-nextjs"], calls: ["withAuth"], source: "https://www.npmjs.com/package/@workos-inc/authkit-nextjs" },
  { modules: ["@auth0/nextjs-auth0"], calls: ["getSession"], source: "https://auth0.github.io/nextjs-auth0/types/session_get_session.GetSession.html" },
  { modules: ["@auth0/nextjs-auth0/server"], calls: ["Auth0Client().getSession"], source: "https://www.mintlify.com/auth0/nextjs-auth0/server/get-session" },
  {
    modules: ["@kinde-oss/kinde-auth-nextjs/server", "@kinde-oss/kinde-auth-nextjs"],
    calls: ["getKindeServerSession().getUser", "getKindeServerSession().isAuthenticated"],
    source: "https://docs.kinde.com/developer-tools/sdks/backend/nextjs-sdk/",
  },
  {
    modules: ["firebase-admin/auth"],
    calls: ["getAuth().verifyIdToken", "getAuth().verifySessionCookie"],
    throws: true,
    source: "https://firebase.google.com/docs/auth/admin/verify-id-tokens",
  },
  {
    modules: ["firebase-admin"],
    calls: ["auth().verifyIdToken", "auth().verifySessionCookie"],
    throws: true,
    source: "https://firebase.google.com/docs/auth/admin/verify-id-tokens",
  },
  { modules: ["lucia"], calls: ["Lucia().validateSession"], source: "https://v3.lucia-auth.com/basics/sessions" },
  { modules: ["hono/jwt"], calls: ["verify"], throws: true, source: "https://hono.dev/docs/helpers/jwt" },
  { modules: ["google-auth-library"], calls: ["OAuth2Client().verifyIdToken"], throws: true, source: "https://cloud.google.com/nodejs/docs/reference/google-auth-library/latest" },
];

/**
 * Fields of a handler's request or context under which middleware leaves who is asking: by framework, and the way to the field. A call
 * on the way is written with what it is asked for: `get(user)`.
 */
export const principalFields: readonly { readonly frameworks: readonly string[]; readonly fields: RegExp; readonly example: string; readonly source: string }[] = [
  {
    frameworks: ["express", "next-api", "node", "next-middleware"],
    fields: /^(?:user|currentUser|auth|authUser|account|userId|isAuthenticated|session\.\w*(?:user|account|member|auth|uid|login)\w*|(?:locals|context|decoded|token)(?:\.|$).*)/i,
    example: "session.userId",
    source: "https://www.passportjs.org/concepts/authentication/sessions/",
  },
  {
    frameworks: ["fastify"],
    fields: /^(?:user|currentUser|auth|jwtVerify|session\.\w*(?:user|account|member|auth|uid|login)\w*)/i,
    example: "jwtVerify",
    source: "https://github.com/fastify/fastify-jwt",
  },
  { frameworks: ["hono"], fields: /^(?:get|var)[.(]\w*(?:user|session|auth|jwt|account|actor|member|principal)/i, example: "get(user)", source: "https://hono.dev/docs/middleware/builtin/jwt" },
  {
    frameworks: ["koa"],
    fields: /^(?:user|session\.\w+|isAuthenticated|state\.\w*(?:user|auth|session|account)\w*)/i,
    example: "state.user",
    source: "https://www.npmjs.com/package/koa-jwt",
  },
  { frameworks: ["trpc", "next-safe-action"], fields: /^(?:opts\.)?(?:ctx\.)?\w*(?:user|session|auth|account|actor|member|principal)\w*/i, example: "ctx.session", source: "https://trpc.io/docs/server/authorization" },
  { frameworks: ["sveltekit", "astro"], fields: /^locals\.\w*(?:user|session|auth|account)\w*/i, example: "locals.user", source: "https://svelte.dev/docs/kit/auth" },
];

/** Headers, cookies and the like by which a caller shows who it is. Reading one says that somebody wants to know. */
export const credentialNames = /auth|token|secret|signature|cookie|session|api[-_]?key|^x-[\w-]*key|hmac|svix|jwt|bearer|webhook/i;
