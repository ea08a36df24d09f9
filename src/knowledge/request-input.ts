/**
 * Where a handler's parameters bring what the sender of a request has chosen: by framework and the parameter's role. `"any"` for a
 * parameter that is nothing else.
 */
interface RequestInput {
  readonly frameworks: readonly string[];
  readonly parameter: "request" | "context" | "any";
  readonly fields: readonly string[] | "any";
  readonly source: string;
}

export const requestInputs: readonly RequestInput[] = [
  {
    frameworks: ["next-route"],
    parameter: "request",
    fields: ["json", "formData", "text", "nextUrl", "url"],
    source: "https://nextjs.org/docs/app/api-reference/file-conventions/route",
  },
  { frameworks: ["next-route"], parameter: "context", fields: ["params"], source: "https://nextjs.org/docs/app/api-reference/file-conventions/route" },
  {
    frameworks: ["next-api"],
    parameter: "request",
    fields: ["query", "body", "url"],
    source: "https://nextjs.org/docs/pages/building-your-application/routing/api-routes",
  },
  { frameworks: ["server-action"], parameter: "any", fields: "any", source: "https://nextjs.org/docs/app/guides/data-security" },
];

/** Decorators of parameters that bring what the sender of a request has chosen. */
export const inputDecorators: readonly { module: string; names: readonly string[]; source: string }[] = [
  { module: "@nestjs/common", names: ["Param", "Query", "Body"], source: "https://docs.nestjs.com/controllers#request-object" },
];

/** Calls that give back what they were given, once it has the right shape: by package, the last member. */
export const validators: readonly { modules: readonly string[]; calls: readonly string[]; source: string }[] = [
  { modules: ["zod", "zod/v3", "zod/v4", "zod/mini"], calls: ["parse", "safeParse", "parseAsync", "safeParseAsync"], source: "https://zod.dev/basics" },
  { modules: ["yup"], calls: ["validate", "validateSync", "cast"], source: "https://github.com/jquense/yup" },
  { modules: ["joi"], calls: ["validate", "validateAsync", "attempt"], source: "https://joi.dev/api/" },
];
