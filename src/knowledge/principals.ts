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
  { modules: ["jose", "jose/jwt/verify"], calls: ["jwtVerify"], throws: true, source: "https://github.com/panva/jose/blob/v5.4.1/docs/functions/jwt_verify.jwtVerify.md" },
  { modules: ["jsonwebtoken"], calls: ["verify"], throws: true, source: "https://www.npmjs.com/package/jsonwebtoken" },
];
