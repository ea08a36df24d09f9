/** How code looks that stands in for work which is still to be written, and says that the work was done. */

/** What an app does that matters to whoever asked for it. */
export interface Act {
  /** A word of a function's name, in lower case. */
  readonly words: readonly string[];
  /** What follows when it is only said to have been done. */
  readonly loss: "money" | "message" | "proof" | "order";
  readonly source: string;
}

export const acts: readonly Act[] = [
  {
    loss: "money",
    words: "pay payment payments charge refund payout checkout withdraw withdrawal deposit purchase renewal renew billing capture".split(" "),
    source: "https://docs.stripe.com/payments/payment-intents/verifying-status",
  },
  { loss: "proof", words: "verify verification validate authenticate authorize authorise signature captcha kyc".split(" "), source: "https://cwe.mitre.org/data/definitions/345.html" },
  { loss: "message", words: "send sending deliver notify email mail sms push post tweet".split(" "), source: "https://cwe.mitre.org/data/definitions/393.html" },
  { loss: "order", words: "submit upload backup transfer subscribe subscription unsubscribe cancel provision book reserve ship sync export webhook".split(" "), source: "https://cwe.mitre.org/data/definitions/393.html" },
];

/** Words of what tells others how the app itself is doing: it is called where something has gone wrong already. */
export const reportWords: ReadonlySet<string> = new Set("metric metrics telemetry analytics monitoring alert alerts log logs logging stats statistics trace traces".split(" "));

/** Names of what the app only keeps, counts or shows, whatever else they say. */
export const otherActs: ReadonlySet<string> = new Set("get list find load fetch read is has can should format parse render build create_template handle log track use calculate compute to on".split(" "));

/** Comments in which an author says that the real thing is still to come. */
export const confessions: readonly { readonly says: RegExp; readonly source: string }[] = [
  {
    says: /\bin (?:a |an |the )?(?:real|actual|production|prod|real[- ]world)(?: (?:implementation|application|app|system|scenario|code|environment|world|setup|version|deployment))?,? (?:this|you|we|it|here)(?:'d| would| should| will| must)\b(?! (?:be|come|only|never|not|return)\b)/i,
    source: "https://cwe.mitre.org/data/definitions/546.html",
  },
  {
    says: /\b(?:mock|dummy|fake|stub(?:bed)?|simulated?|placeholder) (?:\w+ )?(?:implementation|response|result|success\w*|payment|submission|verification|delivery|call|sending|refund|charge|transaction|logic)\b/i,
    source: "https://cwe.mitre.org/data/definitions/546.html",
  },
  {
    says: /\b(?:for now|temporarily|at the moment)\b.{0,40}\b(?:simulat\w*|mock\w*|fake|pretend|placeholder|dummy|(?:just |always )?return(?:ing)? (?:true|success|ok))\b/i,
    source: "https://cwe.mitre.org/data/definitions/546.html",
  },
  {
    says: /\bsimulat(?:e|es|ing) (?:an? |the )?(?:\w+ ){0,3}(?:payment|api|call|request|response|success\w*|processing|submission|verification|sending|delivery|email|sms|charge|refund|transaction|upload|posting)\b/i,
    source: "https://cwe.mitre.org/data/definitions/546.html",
  },
  {
    says: /\b(?:TODO|FIXME)\b\W{0,3}(?:\w+ )?(?:implement|integrate|connect|hook|wire|replace|call|use|add|send|actually)\b.{0,60}\b(?:actual\w*|real|service|provider|api|sdk|gateway|integration|sending|submission|verification|delivery|upload|backup|email|sms|stripe|logic|implementation|webhook|signature|payment)\b/i,
    source: "https://cwe.mitre.org/data/definitions/546.html",
  },
];

/** Names of functions that only do as if: `mockPayment`, `processMockPayment`, `simulateCharge`. */
export const standInName = /^(?:mock|simulated?|fake|dummy|stub|pretend)(?=[A-Z_]|$)|(?:Mock|Simulated?|Fake|Dummy|Stub|Pretend)(?=[A-Z_]|$)/;

/** Words, in the name, the route or the folder of code, of what chance is the very thing of: games, and simulations that somebody has asked for. */
export const chanceWords: ReadonlySet<string> = new Set(
  "simulate simulates simulation simulations simulator simulated shuffle roll rolls draw spin dice coinflip flip lottery raffle battle fight attack play plays game games gameplay match tournament loot gacha casino slot slots player".split(" "),
);

/** Words that say that it is about more than a game. */
export const seriousWords: ReadonlySet<string> = new Set("pay payment payments charge refund checkout invoice order email sms verify verification webhook deposit withdraw withdrawal".split(" "));

/** Words of a condition that says which stand-in is wanted, and where. */
export const standInMode = /mock|fake|dummy|stub|simulat|pretend|sandbox|demo|dry_?run|preview|offline|playground|\btest|isTest|testMode|test_mode|NODE_ENV|isDev|development|\bdev\b|debug|local/i;

/** Names of a value that says whether something went well. */
export const outcomeName =
  /^(?:(?:is|was|has|did|payment|charge|refund|transaction|delivery|api|upload|verification)_?)*(?:success(?:ful|fully)?|succeeded|succeeds|ok|valid|approved|authori[sz]ed|verified|paid|delivered|sent|accepted|passed|authenticated|captured|charged|refunded|settled|failed|failure|declined|rejected)$/i;

/** Keys and values of an answer that say that it went well. */
export const successKey = /^(?:success|succeeded|ok|valid|isValid|verified|isVerified|authorized|authenticated|approved|paid|sent|delivered|accepted|registered|submitted|active|allowed|passed)$/;
export const statusKey = /^(?:status|state|result|outcome)$/;
export const successWord = /^(?:success(?:ful)?|succeeded|ok|paid|sent|delivered|completed?|approved|verified|captured|refunded|submitted|accepted|active|processed|settled|authorized|confirmed|done)$/i;
export const failureKey = /^(?:error|errors|errorMessage|reason)$/;
export const failureWord = /\b(?:not[ _-]?(?:yet[ _-]?)?(?:implemented|supported|available|configured)|unsupported|coming soon|fail(?:ed|ure)?|error|skipped|disabled|pending|queued|draft|unknown)\b/i;

/** Functions that only wait. */
export const waiting = /^(?:sleep|delay|wait|pause|timeout|setTimeout|waitFor)$/i;

/** Packages whose functions make names and times, and do no work; of Node's `crypto`, only what makes something up. */
export const idlePackages: ReadonlySet<string> = new Set(["uuid", "nanoid", "date-fns", "dayjs", "luxon", "moment", "ulid", "cuid", "@paralleldrive/cuid2", "chalk"]);
export const idleCalls = /^random(?:UUID|Bytes|Int)$/;
