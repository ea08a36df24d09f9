/** What sends words and values of an app to a service that collects them, beside its loggers. */
export interface Tracker {
  readonly name: string;
  readonly modules: RegExp;
  /** The methods that take values along, by their last step. */
  readonly methods: readonly string[];
  readonly source: string;
}

export const trackers: readonly Tracker[] = [
  {
    name: "Sentry",
    modules: /^@sentry\//,
    methods: ["captureMessage", "captureException", "captureEvent", "addBreadcrumb", "setContext", "setExtra", "setExtras", "setTag", "setTags", "setUser"],
    source: "https://docs.sentry.io/platforms/javascript/enriching-events/context/",
  },
  {
    name: "PostHog",
    modules: /^posthog-(?:node|js)$/,
    methods: ["capture", "identify", "captureException"],
    source: "https://posthog.com/docs/libraries/node",
  },
];
