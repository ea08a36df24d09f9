import type { Review } from "../model.js";
import { terminal } from "./terminal.js";

interface FormatOptions {
  readonly colour: boolean;
  readonly width: number;
}

type Format = (review: Review, options: FormatOptions) => string;

export const formats = {
  terminal,
  json: (review) => `${JSON.stringify(review, null, 2)}\n`,
} as const satisfies Readonly<Record<string, Format>>;

export type FormatName = keyof typeof formats;

export const formatNames = Object.keys(formats) as readonly FormatName[];

export const isFormat = (name: string): name is FormatName => Object.hasOwn(formats, name);
