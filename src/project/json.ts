import { lazily, require } from "./lazy.js";

const jsonc = lazily(() => require("jsonc-parser") as typeof import("jsonc-parser"));

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value);

/** The strings of a value that may be a string, a list, or anything. */
export const stringsOf = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === "string");

/** Reads a JSON object with comments, trailing commas and whatever else a person leaves in it; `null` when there is no object in it. */
export function readJsonc(text: string): JsonObject | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = jsonc()?.parse(text, [], { allowTrailingComma: true, allowEmptyContent: true });
  }
  return isObject(value) ? value : null;
}
