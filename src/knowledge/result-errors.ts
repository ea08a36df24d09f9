/**
 * Calls of packages that do not throw when they fail, and return an object that says so. Databases that do (Supabase) have it in the
 * table of databases.
 */
export interface ResultApi {
  readonly name: string;
  readonly module: string;
  /** Where the calls stand: the steps that lead to the object that has them (`Resend()`), or `""` for the module itself. */
  readonly owner: string;
  /** The calls, by their last name. */
  readonly calls: readonly string[];
  /** The members of the owner that have the calls. */
  readonly on?: readonly string[];
  /** Only a call with this option returns its failure: the argument, the option and its value. */
  readonly when?: { readonly argument: number; readonly option: string; readonly value: boolean };
  /**
   * Of which kinds the failure is returned, where the first argument says the kind: those with these names, and those that are given
   * more than the options which all take.
   */
  readonly kinds?: { readonly names: readonly string[]; readonly shared: readonly string[]; readonly source: string };
  /** Whether something is lost when the failure is: `checks` only tell something, so a call whose result nobody takes has told nobody. */
  readonly effect: "writes" | "checks";
  /** Whether a promise of the result is returned. */
  readonly promised: boolean;
  /** The fields of the result that tell of a failure: reading one of them is enough. */
  readonly fields: readonly string[];
  /** Whether `error` is an object that can be thrown as it is. */
  readonly throwable: boolean;
  readonly source: string;
}

export const resultApis: readonly ResultApi[] = [
  {
    name: "Resend",
    module: "resend",
    owner: "Resend()",
    on: ["emails", "batch", "contacts", "audiences", "segments", "broadcasts", "domains", "apiKeys", "templates", "topics"],
    calls: ["send", "create", "update", "remove", "cancel", "verify", "add"],
    effect: "writes",
    promised: true,
    fields: ["error"],
    throwable: true,
    source: "https://resend.com/docs/send-with-nodejs",
  },
  {
    name: "NextAuth",
    module: "next-auth/react",
    owner: "",
    calls: ["signIn"],
    when: { argument: 1, option: "redirect", value: false },
    // The browser leaves the page for any other provider, whatever `redirect` says.
    kinds: {
      names: ["credentials", "email", "nodemailer", "resend", "sendgrid", "mailgun", "postmark", "forwardemail", "loops", "mailjet"],
      shared: ["redirect", "callbackUrl", "redirectTo"],
      source: "https://authjs.dev/getting-started/authentication/email",
    },
    effect: "writes",
    promised: true,
    fields: ["error", "ok", "status", "url", "code"],
    throwable: false,
    source: "https://next-auth.js.org/getting-started/client#using-the-redirect-false-option",
  },
  { name: "Zod", module: "zod", owner: "*", calls: ["safeParse"], effect: "checks", promised: false, fields: ["success", "error"], throwable: true, source: "https://zod.dev/basics#handling-errors" },
  { name: "Zod", module: "zod", owner: "*", calls: ["safeParseAsync"], effect: "checks", promised: true, fields: ["success", "error"], throwable: true, source: "https://zod.dev/basics#handling-errors" },
];

/** Operations of databases whose failure needs no answer: the next call that depends on them fails by itself. */
export const harmless: readonly string[] = ["refreshSession", "initialize", "reauthenticate", "signOut"];

/** Operations that clean up, or undo what was done. */
export const undoing: readonly string[] = ["delete", "remove", "deleteUser", "signOut"];

/** The fields of a Supabase answer that tell of a failure. */
export const answerFields: readonly string[] = ["error", "status", "statusText", "success"];

/** What else such answers, and those of the calls above, carry. */
export const answerContents: readonly string[] = ["data", "count"];
