import {
  connectionWords,
  givenByPlatform,
  localHost,
  personalValues,
  placeholder,
  publicNames,
  rehearsalWords,
  secretOrigins,
  type SecretUse,
  secretValues,
  secretWords,
  services,
  standIns,
  wordsAboutSecrets,
  wordsForPlaces,
  wordsOfOperators,
  wordsOfRank,
  wordsOnSecrets,
} from "../../knowledge/secrets.js";

export type { SecretUse } from "../../knowledge/secrets.js";

/** The words of a name: `JWT_SECRET`, `jwtSecret` and `jwt.secret` are `JWT SECRET`. Numbers at their ends are left out. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z]\d*)([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .split(/[^A-Za-z\d]+/)
    .map((word) => word.toUpperCase().replace(/\d+$/, ""))
    .filter((word) => word !== "" && word !== "V");
}

/** A name's words as text to look patterns up in: `^` and `$` stand for its ends. */
const asText = (words: readonly string[]): string => ` ^ ${words.join(" ")} $ `;

export const holds = (text: string, patterns: readonly string[]): boolean => patterns.some((pattern) => text.includes(` ${pattern} `));

const uses = new Map<string, SecretUse | null>();

/**
 * What a secret of that name is for, by the words of the name.
 *
 * @returns `null` for names of other things, and for those that only look like a secret's: `TOKEN_TTL`, `SECRET_NAME`,
 * `STRIPE_PUBLISHABLE_KEY`, `NEXT_PUBLIC_API_KEY`, `TEST_USER_PASSWORD`.
 */
export function secretNamed(name: string): SecretUse | null {
  let use = uses.get(name);
  if (use === undefined) {
    use = computeUse(name);
    if (uses.size > 5_000) uses.clear();
    uses.set(name, use);
  }
  return use;
}

function computeUse(name: string): SecretUse | null {
  if (!/[a-z]/i.test(name) || name === "PWD") return null;
  const words = wordsOf(name);
  if (words.some((word) => wordsAboutSecrets.has(word) || rehearsalWords.has(word))) return null;
  while (words.length > 1 && wordsOfRank.has(words.at(-1) as string)) words.pop();
  if (wordsForPlaces.has(words.at(-1) as string)) return null;
  const text = asText(words);
  // How much is done at a time: `ROWS_PER_PASS`.
  if (holds(text, ["PER PASS $"]) || publicNames.some((entry) => holds(text, entry.words))) return null;
  const entry = secretWords.find((candidate) => holds(text, candidate.words));
  if (!entry) return null;
  return entry.unlessForService && words.some((word) => services.has(word)) ? "credential" : entry.use;
}

const valueNames = new Map<string, boolean>();

/**
 * Whether what a name stands for in code is a secret itself: `password`, `accessToken`, `user.apiKey`. A name that speaks about one is none:
 * `hasPassword`, `passwordHash`, `apiKeyId`.
 */
export function isSecretValueName(name: string): boolean {
  let known = valueNames.get(name);
  if (known === undefined) {
    known = computeValueName(name);
    if (valueNames.size > 5_000) valueNames.clear();
    valueNames.set(name, known);
  }
  return known;
}

function computeValueName(name: string): boolean {
  const words = wordsOf(name);
  if (words.some(isWordOnSecret)) return false;
  const origin = words.lastIndexOf("FROM");
  if (origin > 0 && words.length === origin + 2 && secretOrigins.has(words[origin + 1] as string)) return secretNamed(words.slice(0, origin).join(" ")) !== null;
  const text = asText(words);
  return secretValues.some((entry) => holds(text, entry.words)) && !publicNames.some((entry) => holds(text, entry.words));
}

const isWordOnSecret = (word: string): boolean => wordsAboutSecrets.has(word) || rehearsalWords.has(word) || wordsOnSecrets.has(word);

/** Whether a name tells something about a secret, and is none: `passwordHash`, `maskedKey`, `hasToken`. */
export const tellsAboutSecret = (name: string): boolean => wordsOf(name).some(isWordOnSecret);

const personal = new Map<string, boolean>();

/** Whether what a name stands for tells who somebody is, or how to reach them: `email`, `customer.phoneNumber`, `dateOfBirth`. */
export function isPersonalName(name: string): boolean {
  let known = personal.get(name);
  if (known === undefined) {
    const words = wordsOf(name);
    const text = asText(words);
    known = personalValues.some((entry) => holds(text, entry.words)) && !words.some((word) => isWordOnSecret(word) || wordsOfOperators.has(word));
    if (personal.size > 5_000) personal.clear();
    personal.set(name, known);
  }
  return known;
}

/** Whether a name is that of a connection, which a password may be part of: `DATABASE_URL`, `MONGO_URI`. */
export function isConnectionName(name: string): boolean {
  const words = wordsOf(name);
  const text = asText(words);
  return holds(text, connectionWords) && !words.some((word) => rehearsalWords.has(word)) && !publicNames.some((entry) => holds(text, entry.words));
}

/** Whether a text is a URL with a password in it, for a host that is not the developer's own. */
export function hasForeignPassword(text: string): boolean {
  const [, password, hosts] = /^[a-z][\w+.-]*:\/\/[^\s/:@]*:([^\s@]+)@([^\s/?#]+)/i.exec(text) ?? [];
  if (!password || !hosts || /^[<[{$]|\*{3}/.test(password)) return false;
  return hosts.split(",").some((host) => !localHost.test(host.replace(/:\d+$/, "")));
}

const status = "(?:not|in)[ _-]?(?:set|configured|found|available|provided|defined|loaded)|missing|undefined|unset|unconfigured|unknown";
const wholeStatus = new RegExp(`^\\W*(?:${status})\\W*$`, "i");
const partStatus = new RegExp(`(?:^|[\\W_])(?:${status})(?:[\\W_]|$)|[✅❌✓✗⚠]`, "i");

/**
 * Whether a text may serve as the secret that it is given for. Words for "there is none", lengths of time, paths and addresses without a
 * password do not.
 */
export function mayServeAs(use: SecretUse, text: string): boolean {
  const value = text.trim();
  if (value === "" || standIns.some(({ values }) => values.test(value)) || wholeStatus.test(value)) return false;
  if (use !== "signing" && partStatus.test(value)) return false;
  if (/^\d+\s*(?:ms|s|sec|m|min|h|hours?|d|days?|w|weeks?|y|years?)$/i.test(value)) return false;
  if (/^(?:\.{0,2}\/|~\/|[a-z]:\\)\S*$|^\S+\.(?:pem|key|crt|cer|p12|pfx|json|txt)$/i.test(value)) return false;
  if (/^0x[\da-f]{40}$/i.test(value)) return false;
  return !/^[a-z][\w+.-]*:\/\//i.test(value) || hasForeignPassword(value);
}

/**
 * Whether a text only fills the place of a secret: it is empty, or for a credential of another service says that it is none. A secret of
 * the app's own works with any text, so `changeme` is no placeholder there.
 */
export const isPlaceholder = (use: SecretUse, text: string): boolean => text.trim() === "" || (use === "credential" && placeholder.test(text));

/** Whether a name, of a function or a key, speaks of an environment without real users: `devSecret`, `mockConfig`. */
export const isRehearsalName = (name: string): boolean => wordsOf(name).some((word) => rehearsalWords.has(word));

/** Whether a variable is there in every deployment, because the platform brings it. */
export const isGivenByPlatform = (host: string, name: string): boolean => givenByPlatform.some((entry) => entry.host === host && entry.names.includes(name));
