/** How a project says for all handlers of a framework at once what happens when one of them fails. */
export interface ErrorHandling {
  /** The framework, by the name that it has in the table of frameworks. */
  readonly framework: string;
  /** Its name in messages. */
  readonly said: string;
  /** What stands in the code of a project that has such a handler. */
  readonly sign: RegExp;
  /** What stands in the code of the project that starts the app: where it is missing, the handler may be elsewhere as well. */
  readonly start?: RegExp;
  /** Whether each file that registers entries has one of its own. */
  readonly own?: true;
  /** Packages that bring such a handler. */
  readonly packages?: readonly string[];
  /** Whether the framework itself logs what a handler fails with, and answers with 500. */
  readonly logs?: true;
  /** What stands in the code of a project that takes failures to a place of its own, and hears nothing of those that the framework answers. */
  readonly collects?: RegExp;
  /** What to write. */
  readonly place: string;
  /** The version in which a rejection first comes to the handler at all. */
  readonly since?: { readonly module: string; readonly major: number };
  readonly source: string;
}

const sentryForNext = ["@sentry/nextjs"];
const onRequestError = /\bonRequestError\b/;
const boundary = /\bonRequestError\b|["']use client["'][^]{0,2000}\berror\b[^]{0,400}\breset\b/;

export const errorHandlings: readonly ErrorHandling[] = [
  ...["next-route", "next-api"].map(
    (framework): ErrorHandling => ({
      framework,
      said: "Next",
      sign: onRequestError,
      packages: sentryForNext,
      logs: true,
      collects: /\bprocess\s*\.\s*on\(\s*["'](?:uncaughtException|unhandledRejection)["']/,
      place: "`onRequestError` in `instrumentation.ts`",
      source: "https://nextjs.org/docs/app/api-reference/file-conventions/instrumentation#onrequesterror-optional",
    }),
  ),
  {
    framework: "server-action",
    said: "Next",
    sign: boundary,
    packages: sentryForNext,
    place: "an `error.tsx` that tells the user",
    source: "https://nextjs.org/docs/app/getting-started/error-handling",
  },
  {
    framework: "express",
    said: "Express",
    sign: /\bErrorRequestHandler\b|\(\s*_?(?:err|error|e)\w*\s*(?::[^,()]+)?,\s*\w+\s*(?::[^,()]+)?,\s*\w+\s*(?::[^,()]+)?,\s*\w+\s*(?::[^,()]+)?(?:,\s*)?\)|\berrorHandler\b|\bsetupExpressErrorHandler\b/i,
    start: /\bexpress\(\)/,
    place: "a middleware with four parameters",
    since: { module: "express", major: 5 },
    source: "https://expressjs.com/en/guide/error-handling.html",
  },
  {
    framework: "nest",
    said: "Nest",
    sign: /\bAPP_FILTER\b|\buseGlobalFilters\b|@UseFilters\b|@Catch\b|\bAPP_INTERCEPTOR\b|\buseGlobalInterceptors\b/,
    start: /\bNestFactory\b/,
    logs: true,
    place: "a global exception filter",
    source: "https://docs.nestjs.com/exception-filters#binding-filters",
  },
  { framework: "deno", said: "Deno", sign: /\bonError\b/, own: true, place: "`onError`", source: "https://docs.deno.com/api/deno/~/Deno.ServeOptions" },
  {
    framework: "fastify",
    said: "Fastify",
    sign: /\bsetErrorHandler\b/,
    start: /\bfastify\(/i,
    place: "`setErrorHandler`",
    source: "https://fastify.dev/docs/latest/Reference/Server/#seterrorhandler",
  },
  { framework: "hono", said: "Hono", sign: /\.onError\b/, start: /\bnew\s+(?:OpenAPI)?Hono\b/, place: "`app.onError`", source: "https://hono.dev/docs/api/hono#error-handling" },
  {
    framework: "koa",
    said: "Koa",
    sign: /\.on\(\s*["']error["']|try\s*\{\s*(?:return\s+)?await\s+next\(/,
    start: /\bnew\s+Koa\b/,
    place: "a middleware with a `try` around `await next()`",
    source: "https://github.com/koajs/koa/blob/master/docs/error-handling.md",
  },
  {
    framework: "trpc",
    said: "tRPC",
    sign: /\berrorFormatter\b|trpc\/server\/adapters[^]*\bonError\b/,
    start: /trpc\/server\/adapters/,
    place: "`onError` of the adapter",
    source: "https://trpc.io/docs/server/error-handling",
  },
];
