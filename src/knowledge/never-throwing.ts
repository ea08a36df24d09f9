/** Packages whose functions are promised to fail for nobody, whatever they are given. */
export const neverThrowing: readonly { readonly module: string; readonly source: string }[] = [
  { module: "@opentelemetry/api", source: "https://opentelemetry.io/docs/specs/otel/error-handling/" },
];
