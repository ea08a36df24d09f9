import escapeHtml from "escape-html";

/** A piece of HTML that is safe to put on a page. */
export class Markup {
  constructor(readonly text: string) {}
}

export type Content = Markup | string | number | null | false | readonly Content[];

const textOf = (content: Content): string => {
  if (content instanceof Markup) return content.text;
  if (content === null || content === false) return "";
  return typeof content === "object" ? content.map(textOf).join("") : escapeHtml(String(content));
};

/** HTML with values in it: whatever is no piece of HTML itself is escaped. */
export const html = (texts: TemplateStringsArray, ...values: readonly Content[]): Markup =>
  new Markup(texts.map((text, index) => text + (index < values.length ? textOf(values[index] ?? null) : "")).join(""));

/** What stands in backticks, as code. */
export const inCode = (text: string): Content => text.split("`").map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));
