/** Packages that listen to all rejections that nothing handled, or frameworks that do: the process goes on. */
export interface LastResort {
  readonly module: string;
  readonly source: string;
}

export const lastResorts: readonly LastResort[] = [
  { module: "next", source: "https://nextjs.org/docs/app/guides/self-hosting" },
  { module: "@sentry/node", source: "https://docs.sentry.io/platforms/javascript/guides/node/configuration/integrations/unhandledrejection/" },
];
