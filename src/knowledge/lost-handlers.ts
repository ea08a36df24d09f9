/** A framework that calls its handlers and does not look at the promises that they give, up to some version. */
export interface LosingFramework {
  /** The framework, by the name that it has in the table of frameworks. */
  readonly framework: string;
  readonly module: string;
  /** The first major version that does. */
  readonly since: number;
  /** What it is called in messages, with the versions that do not. */
  readonly said: string;
  /** What stands in the code of a project that makes it look. */
  readonly mended: RegExp;
  /** Packages that make it look. */
  readonly patches: readonly string[];
  readonly source: string;
}

export const losingFrameworks: readonly LosingFramework[] = [
  {
    framework: "express",
    module: "express",
    since: 5,
    said: "Express 4",
    mended: /express-async-errors|express-promise-patch|express\/lib\/router\/layer/,
    patches: ["express-async-errors", "@gasbuddy/express-promise-patch"],
    source: "https://expressjs.com/en/guide/error-handling.html",
  },
];
