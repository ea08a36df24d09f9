/** Tables of those who sign in, by name without underscores, in the singular. */
export const peopleTables: ReadonlySet<string> = new Set(["user", "appuser", "account", "admin", "adminuser", "member", "customeruser", "staffuser"]);

/** Columns that people sign in with, by name without underscores. */
export const loginColumns: ReadonlySet<string> = new Set(["email", "emailaddress", "mail", "username", "login", "loginname"]);

/**
 * Words in the name of a column that ties a row to somebody whom another service signs in: it has the one account per address.
 *
 * source: https://supabase.com/docs/guides/auth/managing-user-data, https://clerk.com/docs/webhooks/sync-data
 */
export const signInServices: ReadonlySet<string> = new Set([
  ...["auth", "auth0", "authing", "clerk", "cognito", "descope", "external", "firebase", "google", "idp", "keycloak", "kinde", "logto", "oauth", "oidc"],
  ...["okta", "provider", "sso", "stytch", "sub", "supabase", "supertokens", "workos"],
]);

/**
 * What code calls of a service that has the accounts itself, and signs people in: it knows one of each address.
 *
 * source: https://supabase.com/docs/reference/javascript/auth-signinwithpassword, https://clerk.com/docs, https://auth0.com/docs/quickstart/webapp/nextjs, https://firebase.google.com/docs/auth/web/start
 */
export const hostedSignIn = /\.auth\.signIn(?:With\w+)?\(|["'`](?:@clerk\/|@auth0\/|firebase\/auth|@workos-inc\/authkit|@kinde-oss\/|@descope\/|aws-amplify\/auth)/;

/** Words, anywhere in a table's name, of what keeps what was, or lives for a moment: its rows outlive those that they speak of, or do not. */
export const recordWords: ReadonlySet<string> = new Set([
  ...["activity", "activities", "analytics", "archive", "archived", "archives", "audit", "audits", "backup", "cache", "click", "clicks", "event", "events"],
  ...["history", "impression", "impressions", "log", "logs", "metric", "metrics", "session", "sessions", "snapshot", "snapshots", "staging", "stat"],
  ...["statistics", "stats", "trace", "traces", "tracking", "transition", "transitions", "usage", "view", "views", "visit", "visits", "webhook", "webhooks"],
]);

/** Words, anywhere in a table's name, in the singular, of what people set up by hand: there are few of them, however long the app runs. */
export const settingWords: ReadonlySet<string> = new Set([
  ...["config", "configuration", "integration", "mapping", "plan", "plugin", "preference", "preset", "region", "routing", "schedule", "setting", "template"],
]);

/** Columns that are called after a table of ours, and hold what another service counts by, or what lives for a moment. */
export const foreignWords: ReadonlySet<string> = new Set(["session", "request", "trace", "message", "transaction", "event", "job", "run", "external", "provider"]);

/**
 * Words before `id` for numbers in a register of the state, where the row is somebody with an address: of an invoice's line they name rows.
 *
 * source: https://docs.stripe.com/billing/taxes/tax-ids
 */
export const registerWords: ReadonlySet<string> = new Set(["tax", "vat", "gst", "national", "fiscal", "passport", "registration"]);
export const addressWords: ReadonlySet<string> = new Set(["email", "phone", "address", "street", "city", "zip", "postal", "postcode"]);

/**
 * Roles of Postgres that no visitor of a Supabase project has.
 *
 * source: https://supabase.com/docs/guides/database/postgres/roles
 */
export const trustedRoles: ReadonlySet<string> = new Set([
  ...["service_role", "postgres", "supabase_admin", "supabase_auth_admin", "supabase_storage_admin", "supabase_read_only_user", "dashboard_user", "authenticator"],
  ...["supabase_functions_admin", "supabase_replication_admin", "supabase_realtime_admin"],
]);

/** Roles that everybody who has the page has, without signing in. */
export const anonymousRoles: ReadonlySet<string> = new Set(["public", "anon"]);

/** What another service calls an app that may act for its users, and the columns beside it that say so: OAuth's client. https://www.rfc-editor.org/rfc/rfc6749#section-2.2 */
export const clientWords: ReadonlySet<string> = new Set(["app", "application", "client"]);
export const clientSecrets = /^(?:client|app|application)?_?secret$|^redirect_?ur[il]$/i;
