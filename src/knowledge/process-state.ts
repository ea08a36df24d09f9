/** What apps keep that every instance has to see, and that has to outlive a deployment, by the names that it goes by. */
export interface SharedState {
  readonly purpose: "limit" | "session" | "revocation" | "code" | "once" | "lock";
  readonly name: RegExp;
  readonly source: string;
}

const holder = "(?:s|es)?(?:Map|Store|Storage|Set|List|Table|Record|Registry|By[A-Z]\\w*|_?(?:map|store|by_\\w+))?s?";

export const sharedStates: readonly SharedState[] = [
  {
    purpose: "limit",
    name: new RegExp(`(?:rate_?limit(?!er)\\w*|throttl\\w*|(?:login|sign_?in|auth|failed|password|otp|ip|user)_?\\w*attempt|^attempt|request_?count|requests_?(?:by|per)_?\\w+|ip_?request)${holder}$`, "i"),
    source: "https://cheatsheetseries.owasp.org/cheatsheets/Authentication_Cheat_Sheet.html#login-throttling",
  },
  { purpose: "session", name: new RegExp(`^(?:active|user|auth|login|logged_?in|admin|server)?_?session${holder}$`, "i"), source: "https://12factor.net/processes" },
  {
    purpose: "revocation",
    name: new RegExp(`(?:(?:token|jwt|session)\\w*(?:black|deny|block|revocation)_?list|(?:blacklisted|revoked|invalidated|denied)_?(?:token|jwt|session))${holder}$`, "i"),
    source: "https://cheatsheetseries.owasp.org/cheatsheets/JSON_Web_Token_Cheat_Sheet.html#jwt-revocation",
  },
  {
    purpose: "code",
    name: new RegExp(`(?:^|[a-z_])(?:otp|(?:verification|reset|login|sign_?in|two_?factor|mfa|confirmation)_?(?:code|token)|magic_?link|csrf_?token|(?:reset|verification)_?request)${holder}$`, "i"),
    source: "https://cheatsheetseries.owasp.org/cheatsheets/Forgot_Password_Cheat_Sheet.html#url-tokens",
  },
  {
    purpose: "once",
    name: new RegExp(`(?:^(?:processed|handled|seen|recent)_?(?:event|webhook|message|request|payment|notification|delivery|charge|transaction)(?:_?id)?|idempotency_?(?:key|token)?|used_?nonce|seen_?nonce)${holder}$`, "i"),
    source: "https://docs.stripe.com/webhooks#handle-duplicate-events",
  },
  {
    purpose: "lock",
    name: /^(?:\w*[a-z]L|l)ock(?:s|s?(?:Map|Set|Store|Table)|s?By[A-Z]\w*)$|^locked(?:User|Account|Order|Job|Row|Resource|Record|Document|Seat|Slot|Id|Key)s?(?:Map|Set|By[A-Z]\w*)?$/,
    source: "https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS",
  },
];

/** Stores that several instances share: where a file speaks of one, its own memory is what is left when that is away. */
export const sharedStores = /\b(?:redis|ioredis|upstash|valkey|memcached?|dragonfly|kv)\b|durable/i;

/** Files of a platform that say how many instances of an app it starts. */
export const instanceCounts: readonly { readonly files: readonly string[]; readonly count: RegExp; readonly source: string }[] = [
  { files: [".do/app.yaml", ".do/deploy.template.yaml"], count: /\b(?:instance_count|min_instance_count|max_instance_count):\s*(\d+)/g, source: "https://docs.digitalocean.com/products/app-platform/reference/app-spec/" },
  { files: ["render.yaml"], count: /\b(?:numInstances|maxInstances):\s*(\d+)/g, source: "https://render.com/docs/blueprint-spec" },
];
