import { privateKey, sampleHost, samplePassword, sampleSecret, secretStart, signedToken, tokenShapes } from "../../knowledge/hardcoded.js";
import { isObject } from "../../project/json.js";
import { hasForeignPassword } from "./secrets.js";

/** What is shorter, in characters, is no secret of any kind that is known by its looks. */
export const shortestSecret = 20;

/** How much of a line of a file is looked at. */
const longestRow = 20_000;

/** Whether a text is made of enough different signs for a secret, and of none that samples are made of. */
const isSecretText = (text: string): boolean => !sampleSecret.test(text) && new Set(text).size >= 10;

/** What a signed token says about itself. */
function claimsOf(part: string): Record<string, unknown> | null {
  try {
    const claims: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return isObject(claims) ? claims : null;
  } catch {
    return null;
  }
}

/** Whether a text is a key of Supabase that passes by its policies. The keys of its local stack are the same for all. */
function isServiceRole(text: string): boolean {
  const claims = claimsOf(signedToken.exec(text)?.[1] ?? "");
  return claims?.["role"] === "service_role" && claims["iss"] !== "supabase-demo";
}

function addressIn(text: string): string | null {
  if (!hasForeignPassword(text)) return null;
  const [, user = "", password = "", host = ""] = /^[a-z][\w+.-]*:\/\/([^\s/:@]*):([^\s@]+)@([^\s/?#,]+)/i.exec(text) ?? [];
  return samplePassword.test(password) || sampleSecret.test(`${user} ${password}`) || sampleHost.test(host) ? null : host;
}

/** What a text is that looks like a secret, and nothing like a sample. */
export type SecretText = { readonly fault: "token"; readonly service: string } | { readonly fault: "privateKey" } | { readonly fault: "serviceRole" } | { readonly fault: "address"; readonly host: string };

/** What a text is, by its own looks. */
export function secretIn(text: string): SecretText | null {
  if (privateKey.test(text)) return sampleSecret.test(text.slice(0, 200)) ? null : { fault: "privateKey" };
  if (isServiceRole(text)) return { fault: "serviceRole" };
  const token = tokenShapes.find(({ shape }) => isSecretText(shape.exec(text)?.[0] ?? ""));
  if (token) return { fault: "token", service: token.service };
  const host = addressIn(text);
  return host === null ? null : { fault: "address", host };
}

/** The secrets that stand in a text which is no code, by their lines from 1; a key is known by the line that it begins on. */
export function secretsInText(text: string): { readonly line: number; readonly secret: SecretText }[] {
  if (!secretStart.test(text)) return [];
  const rows = text.split("\n");
  return rows.flatMap((row, index) => {
    if (row.length < shortestSecret || !secretStart.test(row)) return [];
    const part = row.slice(0, longestRow) + (/PRIVATE KEY-----\s*$/.test(row) ? `\n${rows[index + 1]?.trim() ?? ""}` : "");
    // An address is one from its beginning.
    const address = /[a-z][\w+.-]*:\/\/[^\s/:@"'`]*:[^\s@"'`]+@[^\s"'`]+/i.exec(part)?.[0];
    const secret = secretIn(part) ?? (address === undefined ? null : secretIn(address));
    return secret ? [{ line: index + 1, secret }] : [];
  });
}
