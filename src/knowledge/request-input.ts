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
  { frameworks: ["deno"], parameter: "request", fields: ["json", "formData", "text", "url", "body"], source: "https://supabase.com/docs/guides/functions/quickstart" },
  { frameworks: ["express"], parameter: "request", fields: ["body", "params", "query"], source: "https://expressjs.com/en/4x/api.html#req" },
  { frameworks: ["fastify"], parameter: "request", fields: ["body", "params", "query"], source: "https://fastify.dev/docs/latest/Reference/Request/" },
  { frameworks: ["hono"], parameter: "context", fields: ["req"], source: "https://hono.dev/docs/api/request" },
  { frameworks: ["koa"], parameter: "context", fields: ["params", "query", "request"], source: "https://koajs.com/#request" },
  { frameworks: ["trpc"], parameter: "context", fields: ["input"], source: "https://trpc.io/docs/server/validators" },
  { frameworks: ["next-safe-action"], parameter: "context", fields: ["parsedInput", "clientInput"], source: "https://next-safe-action.dev/docs/define-actions/create-the-client" },
  { frameworks: ["react-router"], parameter: "context", fields: ["params", "request"], source: "https://reactrouter.com/start/framework/actions" },
  { frameworks: ["sveltekit"], parameter: "context", fields: ["params", "request", "url"], source: "https://svelte.dev/docs/kit/routing#server" },
  { frameworks: ["server-action"], parameter: "any", fields: "any", source: "https://nextjs.org/docs/app/guides/data-security" },
];

/** Decorators of parameters that bring what the sender of a request has chosen. */
export const inputDecorators: readonly { module: string; names: readonly string[]; source: string }[] = [
  { module: "@nestjs/common", names: ["Param", "Query", "Body"], source: "https://docs.nestjs.com/controllers#request-object" },
];

/** Decorators that hand the request itself to a handler's parameter. */
export const requestDecorators: readonly { module: string; names: readonly string[]; source: string }[] = [
  { module: "@nestjs/common", names: ["Req", "Request"], source: "https://docs.nestjs.com/controllers#request-object" },
];

/** Decorators for a part of it that give nothing where the sender has left something out. */
export const optionalInputs: readonly { module: string; names: readonly string[]; source: string }[] = [
  { module: "@nestjs/common", names: ["Query", "Headers"], source: "https://docs.nestjs.com/controllers#request-object" },
];

/** Calls that give back what they were given, once it has the right shape: by package, the last member. */
export const validators: readonly { modules: readonly string[]; calls: readonly string[]; source: string }[] = [
  { modules: ["zod", "zod/v3", "zod/v4", "zod/mini"], calls: ["parse", "safeParse", "parseAsync", "safeParseAsync"], source: "https://zod.dev/basics" },
  { modules: ["yup"], calls: ["validate", "validateSync", "cast"], source: "https://github.com/jquense/yup" },
  { modules: ["joi"], calls: ["validate", "validateAsync", "attempt"], source: "https://joi.dev/api/" },
];
