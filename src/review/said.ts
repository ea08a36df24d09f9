import { plugin } from "../plugin.js";

/** What a report says, besides what all reports of its rule say. */
export interface Said {
  /** Which of the rule's messages it is. */
  readonly kind: string;
  /** What stands in the places that the message leaves open: `{ table: "orders" }`. */
  readonly data: Readonly<Record<string, string | undefined>>;
}

export const nothingSaid: Said = { kind: "", data: {} };

const messages = plugin.rules as Readonly<Record<string, { readonly meta: { readonly messages?: Readonly<Record<string, string>> } }>>;

const patterns = new Map<string, RegExp>();

/** A message as a pattern, with a group for each of its open places. */
function patternOf(template: string): RegExp {
  const groups = new Set<string>();
  const parts = template.split(/\{\{\s*(\w+)\s*\}\}/).map((part, index) => {
    if (index % 2 === 0) return part.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
    if (groups.has(part)) return `\\k<${part}>`;
    groups.add(part);
    return `(?<${part}>[^]*?)`;
  });
  return new RegExp(`^${parts.join("")}$`);
}

function patternFor(template: string): RegExp {
  let pattern = patterns.get(template);
  if (!pattern) patterns.set(template, (pattern = patternOf(template)));
  return pattern;
}

/** Whether a text is what a rule says by one of its messages. */
export function isSaidBy(rule: string, kind: string, message: string): boolean {
  const template = messages[rule]?.meta.messages?.[kind];
  return template !== undefined && patternFor(template).test(message);
}

/** What a report says. A text that is no message of its rule says nothing in its places. */
export function saidIn({ rule, kind, message }: { readonly rule: string; readonly kind: string; readonly message: string }): Said {
  const template = messages[rule]?.meta.messages?.[kind];
  if (template === undefined) return { kind, data: {} };
  return { kind, data: patternFor(template).exec(message)?.groups ?? {} };
}
