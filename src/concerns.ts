/** The six places where apps that demo well break in production, in the order in which we speak of them. */
export const concerns = {
  "error-handling": "error handling",
  "data-integrity": "data integrity",
  observability: "observability",
  auth: "authentication surface",
  "data-model": "data model",
  deployment: "deployment",
} as const;

export type Concern = keyof typeof concerns;

export const concernNames = Object.keys(concerns) as readonly Concern[];
