import manifest from "../../package.json" with { type: "json" };

const pages = `${manifest.homepage}/blob/main/docs`;

/** Where a project check is described. */
export const docsUrlOf = (name: string): string => `${pages}/review.md#${name}`;

/** Where the schema of a review as data is. */
export const schemaUrl = `${pages}/review.schema.json`;
