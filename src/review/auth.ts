import type { App } from "./app.js";
import type { AuthReview, AuthTopic, Endpoint, Issue } from "./model.js";
import type { FileSurvey } from "./survey.js";

interface Topic {
  readonly topic: string;
  /** The rules and checks that speak of it. */
  readonly rules: RegExp;
  /** The places that are about it. */
  readonly places: (app: App, endpoints: readonly Endpoint[]) => Pick<AuthTopic, "understood" | "unknown">;
}

const told = (endpoints: readonly Endpoint[], what: "authentication" | "authorization"): Pick<AuthTopic, "understood" | "unknown"> => {
  const unknown = endpoints.filter((endpoint) => endpoint[what].presence === "unknown").length;
  return { understood: endpoints.length - unknown, unknown };
};

const counted = (of: keyof FileSurvey["signIn"]) => (app: App): Pick<AuthTopic, "understood" | "unknown"> => ({ understood: [...app.survey.values()].reduce((sum, { signIn }) => sum + signIn[of], 0), unknown: 0 });

/** The parts of authentication that a senior engineer looks at first. */
const topics: readonly Topic[] = [
  { topic: "Who may do what", rules: /authori[sz]ation|authentication|role-check|client-supplied-principal|fail-open|rls/, places: (_, endpoints) => told(endpoints, "authorization") },
  { topic: "Login and registration", rules: /password|credentials|unique-login|rate-limit|enumeration|timing-unsafe/, places: counted("passwords") },
  { topic: "Session lifecycle", rules: /session|cookie|token-expiry|long-lived|unverified-jwt|secret-fallback/, places: counted("sessions") },
  { topic: "Password reset", rules: /reset-token|insecure-random/, places: counted("resets") },
  { topic: "Webhooks and other machines", rules: /webhook|cors/, places: (_, endpoints) => told(endpoints.filter(({ file, path, name }) => /webhook/i.test(`${file} ${path ?? ""} ${name}`)), "authentication") },
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
export function authReviewOf(app: App, issues: readonly Issue[], endpoints: readonly Endpoint[]): AuthReview {
  const isAuth = ({ concern, rule }: Issue): boolean => concern === "auth" || topics.some(({ rules }) => rules.test(rule));
  const found = topics.map(({ topic, rules, places }) => ({ topic, ...places(app, endpoints), issues: issues.filter((issue) => isAuth(issue) && rules.test(issue.rule)).map(({ id }) => id) }));
  return { topics: found, endpoints };
}
