/** A file that `init` would write, and what stands in it now. */
export interface Change {
  /** From the root of the project. */
  readonly file: string;
  readonly before: string | null;
  readonly after: string;
}

/** What one part of `init` found: a change, nothing to do, or what a person has to do. */
export type Outcome = { readonly change: Change } | { readonly done: string } | { readonly todo: string };
