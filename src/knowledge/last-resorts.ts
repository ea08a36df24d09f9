/** A package that listens to all rejections which nothing handled: the process goes on. */
export interface LastResort {
  readonly module: string;
  readonly source: string;
}

const sentry = "https://docs.sentry.io/platforms/javascript/guides/node/configuration/integrations/unhandledrejection/";

export const lastResorts: readonly LastResort[] = [
  { module: "next", source: "https://github.com/vercel/next.js/pull/77997" },
  ...["@sentry/node", "@sentry/nestjs", "@sentry/bun", "@sentry/aws-serverless"].map((module) => ({ module, source: sentry })),
];
