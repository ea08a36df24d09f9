import type { App } from "./app.js";
import type { AuthReview, Endpoint, Issue } from "./model.js";

/** The parts of authentication that a senior engineer looks at first, and the rules and checks that speak of each. */
const topics: readonly { readonly topic: string; readonly rules: RegExp }[] = [
  { topic: "Who may do what", rules: /authori[sz]ation|authentication|role-check|client-supplied-principal|fail-open|rls/ },
  { topic: "Login and registration", rules: /password|credentials|unique-login|rate-limit|enumeration|timing-unsafe/ },
  { topic: "Session lifecycle", rules: /session|cookie|token-expiry|long-lived|unverified-jwt|secret-fallback/ },
  { topic: "Password reset", rules: /reset-token|insecure-random/ },
  { topic: "Webhooks and other machines", rules: /webhook|cors/ },
];

/** The ways into an app, with what each asks before it acts. */
export const endpointsOf = (app: App): Endpoint[] =>
  app.files.flatMap((file) =>
    (app.surveyOf(file)?.endpoints ?? []).map(
      ({ at, name, framework, method, path, writes, authentication, authorization }): Endpoint => ({
        file,
        line: at.line,
        name,
        framework,
        method,
        path,
        writes,
        authentication: { presence: authentication.presence, by: authentication.by },
        authorization: { presence: authorization.presence, by: authorization.by },
      }),
    ),
  );

/** What the review says about authentication, in one place. */
export function authReviewOf(issues: readonly Issue[], endpoints: readonly Endpoint[]): AuthReview {
  const isAuth = ({ concern, rule }: Issue): boolean => concern === "auth" || topics.some(({ rules }) => rules.test(rule));
  const found = topics.map(({ topic, rules }) => ({ topic, issues: issues.filter((issue) => isAuth(issue) && rules.test(issue.rule)).map(({ id }) => id) }));
  return { topics: found, endpoints };
}
