import type { Review } from "../model.js";
import { page } from "./html.js";
import { markdown } from "./markdown.js";
import { sarif } from "./sarif.js";
import { type FormatOptions, terminal } from "./terminal.js";

type Format = (review: Review, options: FormatOptions) => string;

export type FormatName = "terminal" | "markdown" | "html" | "sarif" | "json";

export const formats: Readonly<Record<FormatName, Format>> = {
  terminal,
  markdown,
  html: page,
  sarif,
  json: (review) => `${JSON.stringify(review, null, 2)}\n`,
};

export const formatNames = Object.keys(formats) as readonly FormatName[];

export const isFormat = (name: string): name is FormatName => Object.hasOwn(formats, name);
