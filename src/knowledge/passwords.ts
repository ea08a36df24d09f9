/** What makes a password safe to keep, how little of it is too little, and what makes values that nobody can guess. */

interface PasswordHash {
  readonly module: string;
  readonly calls: readonly string[];
  /** Where the number stands that makes it slow, or under which options. */
  readonly cost: number | { readonly options: number; readonly names: readonly string[] };
  /** Less than that is too little by any count; what the page asks for may be more. */
  readonly least: number;
  readonly unit: "cost" | "iterations";
  /** Where the password stands; `null` where there is none. */
  readonly password: number | null;
  readonly source: string;
}

const bcrypt = { cost: 1, least: 10, unit: "cost", source: "https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#bcrypt" } as const;
// The page asks for 220,000 with SHA-512, and 600,000 with SHA-256.
const pbkdf2 = { least: 100_000, unit: "iterations", password: 0, source: "https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#pbkdf2" } as const;
const nodeModules = ["crypto", "node:crypto", "(global)"] as const;

export const passwordHashes: readonly PasswordHash[] = [
  ...["bcrypt", "bcryptjs", "bcrypt-nodejs", "@node-rs/bcrypt"].flatMap((module): PasswordHash[] => [
    { module, calls: ["hash", "hashSync"], password: 0, ...bcrypt },
    { module, calls: ["genSalt", "genSaltSync"], password: null, ...bcrypt, cost: 0 },
  ]),
  ...nodeModules.flatMap((module): PasswordHash[] => [
    { module, calls: module === "(global)" ? ["crypto.pbkdf2", "crypto.pbkdf2Sync"] : ["pbkdf2", "pbkdf2Sync"], cost: 2, ...pbkdf2 },
    {
      module,
      calls: module === "(global)" ? ["crypto.subtle.deriveBits", "crypto.subtle.deriveKey"] : ["webcrypto.subtle.deriveBits", "webcrypto.subtle.deriveKey", "subtle.deriveBits", "subtle.deriveKey"],
      cost: { options: 0, names: ["iterations"] },
      ...pbkdf2,
      password: null,
    },
  ]),
  { module: "crypto-js", calls: ["PBKDF2"], cost: { options: 2, names: ["iterations"] }, ...pbkdf2 },
];

/** Packages that hash and check passwords, and services that sign somebody in by one: a call of theirs is where a password is dealt with. */
export const passwordPackages: readonly { readonly modules: readonly string[]; readonly calls: RegExp; readonly source: string }[] = [
  { modules: ["bcrypt", "bcryptjs", "bcrypt-nodejs", "@node-rs/bcrypt"], calls: /^(?:hash|compare|verify)(?:Sync)?$/, source: "https://www.npmjs.com/package/bcrypt" },
  { modules: ["argon2", "@node-rs/argon2"], calls: /^(?:hash|verify)(?:Sync)?$/, source: "https://www.npmjs.com/package/argon2" },
  { modules: ["crypto", "node:crypto"], calls: /^(?:scrypt|pbkdf2)(?:Sync)?$/, source: "https://nodejs.org/api/crypto.html#cryptoscryptpassword-salt-keylen-options-callback" },
  { modules: ["better-auth/crypto"], calls: /^(?:hash|verify)Password$/, source: "https://better-auth.com/docs/authentication/email-password" },
  { modules: ["@supabase/supabase-js", "@supabase/ssr"], calls: /^(?:signInWithPassword|signUp)$/, source: "https://supabase.com/docs/reference/javascript/auth-signinwithpassword" },
  { modules: ["firebase/auth"], calls: /^(?:signInWithEmailAndPassword|createUserWithEmailAndPassword)$/, source: "https://firebase.google.com/docs/auth/web/password-auth" },
];

/** Digests that a graphics card computes by the billion each second. */
export const fastDigests: readonly { readonly module: string; readonly calls: readonly string[]; readonly source: string }[] = [
  { module: "crypto-js", calls: ["MD5", "SHA1", "SHA256", "SHA512", "SHA3", "SHA224", "SHA384"], source: "https://cryptojs.gitbook.io/docs/#hashing" },
  { module: "md5", calls: ["default"], source: "https://www.npmjs.com/package/md5" },
  { module: "blueimp-md5", calls: ["default"], source: "https://www.npmjs.com/package/blueimp-md5" },
  { module: "sha1", calls: ["default"], source: "https://www.npmjs.com/package/sha1" },
  { module: "js-sha256", calls: ["sha256", "default"], source: "https://www.npmjs.com/package/js-sha256" },
];

/** The first step to a digest of Node, whose algorithm it is given. */
export const digestMakers: readonly { readonly module: string; readonly call: string; readonly source: string }[] = nodeModules.map((module) => ({
  module,
  call: module === "(global)" ? "crypto.createHash" : "createHash",
  source: "https://nodejs.org/api/crypto.html#cryptocreatehashalgorithm-options",
}));

/** Last words of names for what somebody types to sign in, and of names that only speak about it. */
export const passwordNames: readonly string[] = ["PASSWORD $", "PASSWD $", "PASSPHRASE $", "PWD $", "PASSWORT $", "PASSCODE $"];

/** Words that make of a password one between programs, which nobody has thought up. */
export const serviceWords: ReadonlySet<string> = new Set("API CLIENT SERVICE MERCHANT DB DATABASE SMTP REDIS MAIL KEYSTORE WALLET SHARED MASTER APP".split(" "));

/** Names of what is put beside a password before both are hashed. */
export const besidePassword = /salt|pepper|secret|nonce|user(?:name)?$|login|e-?mail/i;

/** Words for other short things that people choose or type, and let in by. */
export const chosenWord = /pin\b|code|otp|phrase|secret/i;

/** Names of what a table keeps of a password. */
export const storedAs = /hash|digest|pass|pwd/i;

/** Words for what an app has made up itself, and nobody can guess. */
export const ownKey = /key|secret|master|seed|token|\benv\b/i;

/** What the text has of a program that asks whether a password has been leaked: it sends the start of a digest. */
export const leakedPasswordCheck = /pwnedpasswords|haveibeenpwned|hibp/i;

/** What the text has of a protocol that says itself how a password is hashed: NTLM, HTTP's digests, SCRAM, WSSE. */
export const passwordProtocol = /ntlm|\bmd4\b|\brealm\b|scram|wsse|UsernameToken/i;

/** Last words of names for what must not be guessed. A nonce need only be new, in most protocols. */
export const unguessable: readonly { readonly words: readonly string[]; readonly source: string }[] = [
  {
    words: [
      ...["TOKEN $", "SECRET $", "OTP $", "PASSWORD $", "PASSWD $", "PASSCODE $", "API KEY $", "APIKEY $", "PIN CODE $"],
      ...["VERIFICATION CODE $", "VERIFY CODE $", "RESET CODE $", "RESET LINK $", "LOGIN CODE $", "CONFIRMATION CODE $", "ACCESS CODE $", "RECOVERY CODE $", "BACKUP CODE $", "AUTH CODE $", "CODE VERIFIER $"],
      ...["SECRET KEY $", "PRIVATE KEY $", "ENCRYPTION KEY $", "CSRF $", "OTP CODE $", "SMS CODE $", "MFA CODE $", "SECURITY CODE $", "TEMP PASS $"],
    ],
    source: "https://cheatsheetseries.owasp.org/cheatsheets/Cryptographic_Storage_Cheat_Sheet.html#secure-random-number-generation",
  },
];

/** Last words of names for what a cookie of a session carries, and for what a policy lets scripts run by. */
export const sessionNumbers: readonly string[] = ["SESSION ID $", "SESSIONID $", "SID $"];
export const scriptNonces: readonly string[] = ["NONCE $"];

/** Words that make of such a name something else: a count, a test, an idempotency or cache key, a name that only a page uses. */
export const guessableWords: ReadonlySet<string> = new Set("MAX MIN COUNT TOTAL USED LIMIT COST PRICE INPUT OUTPUT PROMPT COMPLETION CANCEL REQUEST RENDER REFRESH_COUNT CACHE COUPON PROMO DEVICE GAME ROOM TRACKING ANALYTICS MOCK FAKE DUMMY SAMPLE DEMO TEST".split(" "));

/** Words around a value, or of its name, that is meant not to hold. */
export const falseValues = /(?:^|[^A-Za-z]|[a-z](?=[A-Z]))(?:tampered|bogus|invalid|broken|dummy|fake|false|wrong)(?![a-z])/i;

/** The beginning of a text that says itself that it only stands in for the real one: `mock-token-…`. */
export const standInText = /["'`](?:\w+[-_])?(?:mock|test|demo)[-_]/i;

/** Names of calls by which something is kept, or made to hold, wherever they are made. */
export const keeping = /^(?:create\w*|insert\w*|update\w*|upsert\w*|save\w*|store\w*|persist\w*|register\w*|write\w*|set\w*|put\w*|add\w*|push|cookie|sign\w*|exec\w*|query)$/i;

/** Names of the project's own functions that make an account. */
export const accountMakers = /^(?:register|sign[uU]p|(?:create|add|make)_?(?:User|Account|Admin)|registerUser)$/;

/** Names of the project's own functions that hash a password. */
export const hashNames = /^(?:hash|encrypt|generate|make)_?(?:user_?)?pass(?:word|wd)(?:_?hash)?$/i;

/** What a function has that keeps an account: a row is written. */
export const keepsUser = /insert\s+into|update\s\W*users|\.(?:create|createMany|insert|insertOne|insertMany|save|upsert|update|values|findOrCreate)\s*\(/i;

/** Texts and names for passwords that nobody signs in with: what a comparison takes the same time by, what is left out. */
export const dummyPassword = /dummy|fake|timing|place-?holder|invalid|unused|never|random|oauth|no-?pass/i;

/** Calls of services that make an account, and the way to its password among what they are given. */
export const userMakers: readonly { readonly modules: readonly string[]; readonly call: string; readonly path: string; readonly way: readonly string[]; readonly source: string }[] = [
  { modules: ["@supabase/supabase-js", "@supabase/ssr"], call: "createUser", path: "auth.admin.createUser", way: ["password"], source: "https://supabase.com/docs/reference/javascript/auth-admin-createuser" },
  { modules: ["better-auth"], call: "signUpEmail", path: "api.signUpEmail", way: ["body", "password"], source: "https://www.better-auth.com/docs/concepts/api" },
  { modules: ["firebase-admin", "firebase-admin/auth"], call: "createUser", path: "createUser", way: ["password"], source: "https://firebase.google.com/docs/auth/admin/manage-users#create_a_user" },
];
