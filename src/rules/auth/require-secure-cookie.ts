import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { type CookieFlag, namesCookies, sessionCookiesAt } from "../../semantics/auth/cookies.js";
import { type FileRole, isAppCode, roleOf } from "../../semantics/program/file-role.js";
import { among } from "../../semantics/program/wording.js";

type Options = [{ flags: CookieFlag[]; allowOff: boolean }];

const losses: Record<CookieFlag, string> = {
  httpOnly: "any script on the page can read it",
  secure: "it travels over plain HTTP as well",
  sameSite: "the pages of others can send it along",
};

/** What switches the flags on. A server on somebody's desk speaks plain HTTP, and a browser keeps no secure cookie of it; an edge runtime may have no `process`. */
const codesIn = (role: FileRole): Record<CookieFlag, string> => ({
  httpOnly: "httpOnly: true",
  secure: role === "server" ? `secure: process.env.NODE_ENV === "production"` : "secure: true",
  sameSite: `sameSite: "lax"`,
});

export default createRule<Options, "loose" | "addFlags">({
  name: "require-secure-cookie",
  looksAtValues: true,
  meta: {
    type: "problem",
    docs: {
      description: "Require cookies that let somebody in to be kept from scripts and from plain HTTP",
      concern: "auth",
      presets: { strict: ["error", { flags: ["httpOnly", "secure", "sameSite"], allowOff: false }] },
      urgency: "next",
    },
    hasSuggestions: true,
    messages: {
      loose: "Whoever holds the cookie `{{name}}` is signed in, and {{losses}}. Set {{flags}}.",
      addFlags: "Add `{{flags}}`.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          flags: { type: "array", uniqueItems: true, items: { type: "string", enum: ["httpOnly", "secure", "sameSite"] }, description: "The flags that such a cookie must have." },
          allowOff: { type: "boolean", description: "Whether a flag may be switched off in so many words." },
        },
      },
    ],
    defaultOptions: [{ flags: ["httpOnly", "secure"], allowOff: true }],
  },
  create(context, [{ flags, allowOff }]) {
    const { sourceCode } = context;
    if (!namesCookies(sourceCode)) return {};

    function check(node: TSESTree.Node): void {
      for (const { name, node: place, missing, off, add, secure } of sessionCookiesAt(node, sourceCode)) {
        const faults = flags.filter((flag) => missing.includes(flag) || (!allowOff && off.includes(flag)));
        // What a file is for takes longer to tell than what it sets.
        if (faults.length === 0 || !isAppCode(sourceCode)) continue;
        const codes = { ...codesIn(roleOf(sourceCode)), ...(secure !== undefined && { secure }) };
        const text = faults.map((flag) => codes[flag]).join(", ");
        const edit = faults.some((flag) => off.includes(flag)) ? null : add(text);
        context.report({
          node: place,
          messageId: "loose",
          data: { name, losses: among(faults.map((flag) => losses[flag])), flags: among(faults.map((flag) => `\`${edit ? codes[flag] : flag}\``)) },
          suggest: edit && [{ messageId: "addFlags", data: { flags: text }, fix: edit }],
        });
      }
    }

    return { CallExpression: check, Property: check, AssignmentExpression: check };
  },
});
