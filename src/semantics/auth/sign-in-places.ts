import type { TSESTree } from "@typescript-eslint/utils";

import { passwordPackages } from "../../knowledge/passwords.js";
import type { Source } from "../../syntax/source.js";
import { memberName, unwrap } from "../../syntax/value.js";
import { originOf } from "../program/provenance.js";
import { tokenPlacesIn } from "../queries/reset-tokens.js";
import { namesCookies, sessionCookiesAt } from "./cookies.js";
import { namesPasswords, plainComparisonAt } from "./password-storage.js";
import { namesSessionLibrary, sessionSetUpAt } from "./sessions.js";
import { issuedTokenAt, namesTokens } from "./tokens.js";

/** What a file has of signing in, as far as it is understood: by these figures somebody knows whether silence says anything. */
export interface SignInPlaces {
  /** Calls that hash or check a password, and comparisons of one. */
  readonly passwords: number;
  /** Cookies, sessions and tokens that let their holder in, as they are made. */
  readonly sessions: number;
  /** Queries by a token that was mailed. */
  readonly resets: number;
}

export const noSignInPlaces: SignInPlaces = { passwords: 0, sessions: 0, resets: 0 };

function isPasswordCall(call: TSESTree.CallExpression, source: Source): boolean {
  const callee = unwrap(call.callee);
  // A name that was imported may stand for any of them.
  if (callee.type === "MemberExpression" && !passwordPackages.some(({ calls }) => calls.test(memberName(callee) ?? ""))) return false;
  const origin = originOf(callee, source);
  if (!origin) return false;
  const entry = passwordPackages.find(({ modules }) => modules.includes(origin.module));
  return entry !== undefined && entry.calls.test(origin.steps.at(-1) ?? "");
}

/** Counts what a file has of signing in, node by node; ask it for a listener once a file. */
export function signInCounter(source: Source): { readonly visit: (node: TSESTree.Node) => void; readonly places: () => SignInPlaces } {
  const [mayPassword, maySession, mayToken] = [namesPasswords(source), namesCookies(source) || namesSessionLibrary(source), namesTokens(source)];
  const found = { passwords: 0, sessions: 0 };
  return {
    visit(node) {
      const isCall = node.type === "CallExpression" || node.type === "NewExpression";
      if (mayPassword && ((node.type === "CallExpression" && isPasswordCall(node, source)) || (node.type === "BinaryExpression" && plainComparisonAt(node, source)))) found.passwords += 1;
      if (maySession && (sessionCookiesAt(node, source).length > 0 || (isCall && sessionSetUpAt(node, source)))) found.sessions += 1;
      else if (mayToken && isCall && issuedTokenAt(node, source)) found.sessions += 1;
    },
    places: () => ({ ...found, resets: tokenPlacesIn(source) }),
  };
}
