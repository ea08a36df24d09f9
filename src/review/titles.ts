const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const forms: readonly [pattern: RegExp, said: (...parts: string[]) => string][] = [
  [/^Disallow (.+)$/, (fault = "") => fault],
  [/^Require that (.+)$/, (wanted = "") => `nothing makes sure that ${wanted}`],
  [/^Require to (.+)$/, (wanted = "") => `left out: to ${wanted}`],
  [/^Require (.+?) to be (.+)$/, (what = "", wanted = "") => `${what}: not ${wanted}`],
  [/^Require ((?:an?|what) .+?) to (.+)$/, (what = "", wanted = "") => `${what} does not ${wanted}`],
  [/^Require (.+?) to (.+)$/, (what = "", wanted = "") => `${what} that do not ${wanted}`],
  [/^Require (?:an? )?(.+)$/, (what = "") => `no ${what}`],
  [/^Prefer (.+) to (the console|\S+)(\s.*)?$/, (better = "", worse = "", rest = "") => `${worse} instead of ${better}${rest}`],
];

/** What is wrong, where turning the description around would not say it well. */
export const titles: Readonly<Record<string, string>> = {
  "no-sensitive-response": "Answers carry whole rows, with passwords or tokens in them",
  "no-in-memory-state": "Limits, locks and sessions that each instance keeps for itself, and loses when it restarts",
  "no-outer-client-in-transaction": "Changes that stay when the transaction they belong to is undone",
  "no-unchecked-result-error": "Failed calls to the database that nobody notices",
  "no-undefined-filter": "Filters mean everybody's rows as soon as a value is missing",
  "require-authentication": "Anybody can change or send something, without signing in",
  "require-authorization": "Who is signed in gets at the rows of others by sending their key",
  "no-client-supplied-principal": "Requests may say themselves who sends them, or what the sender may do",
  "require-client-timeout": "Clients of databases, caches and mail servers wait for too long",
  "require-env-validation": "Nothing checks variables of the environment before code relies on them",
  "require-error-object-in-log": "Logs of caught errors leave out where they came from",
  "require-request-timeout": "Calls to other services wait for too long",
  "require-response-status-check": "Answers of other services are used whatever their status is",
  "require-reset-token-expiry": "Links that let somebody in never end",
  "require-reset-token-invalidation": "Links that let somebody in work again after they were used",
  "require-rls": "Supabase serves tables to everybody, without row level security",
  "require-session-expiry": "Sessions never end",
  "require-unique-constraint": "Nothing in the database keeps a row from being there twice",
  "require-unique-login": "Nothing keeps two people from having the same address or name",
  "require-upload-limits": "Uploads may be as large as they like",
  "require-webhook-signature": "Anybody can post an event to a webhook, which believes it",
  "valid-logger-call": "Log lines lose the error that they are about",
};

/** What is wrong where the worst report is of one kind of its rule's. */
export const titlesByKind: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "require-webhook-signature": { payment: "Payment events that anybody can send" },
};

/** What is wrong, from a rule's description, which says what it asks for. */
export function titleOf(description: string, name = ""): string {
  const title = titles[name];
  if (title !== undefined) return title;
  for (const [pattern, said] of forms) {
    const match = pattern.exec(description);
    if (match) return capital(said(...match.slice(1)));
  }
  return description;
}

/** A count with its noun: `1 place`, `3 places`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
