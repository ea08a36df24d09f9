/**
 * How web frameworks are given the functions that answer requests, and how an answer is sent. Calls and types are named as
 * provenance names them: `default()` is an instance of a default export, `Router()` what a call of `Router`, or its type, gives.
 */

/** What a handler's parameter is. A `context` brings request and answer in one object. */
export type Role = "request" | "response" | "next" | "context" | "error";

export type EntryKind = "route" | "middleware" | "error-handler" | "action" | "procedure" | "loader" | "job";

export interface HandlerShape {
  readonly kind: EntryKind;
  /** The HTTP method, in capitals, where the place says it. */
  readonly method?: string;
  readonly params: readonly Role[];
}

/** A call that registers handlers: every function among its arguments is one. */
export interface Registration {
  readonly modules: readonly string[];
  /** What the method is called on, itself or a chain of such calls. Left out when the exported function itself registers. */
  readonly on?: readonly string[];
  /** Steps that may stand between, beside further registrations: `route` in `app.route("/").get(…)`. `"any"` for builders. */
  readonly through?: readonly string[] | "any";
  readonly methods: Readonly<Record<string, HandlerShape>>;
  /** The keys under which an options object brings handlers: as the method has them, or of a shape of their own. */
  readonly options?: Readonly<Record<string, "same" | HandlerShape>>;
}

/** Exports of certain files that a framework calls. */
export interface FileConvention {
  readonly path: RegExp;
  readonly exports: Readonly<Record<string, HandlerShape>>;
  /** One of these is among the dependencies; left out where the path is telling enough. */
  readonly dependencies?: readonly string[];
  /** The export is an object that has the handlers under these keys. */
  readonly keys?: readonly string[] | "any";
}

/** Decorators that make a class's method a handler. */
interface Decoration {
  readonly module: string;
  readonly onClass: string;
  /** Decorators of the methods that are handlers. */
  readonly onMethod?: Readonly<Record<string, HandlerShape>>;
  /** Names of the methods that are handlers without a decorator of their own. */
  readonly methods?: Readonly<Record<string, HandlerShape>>;
}

export interface WebFramework {
  readonly name: string;
  readonly registrations?: readonly Registration[];
  readonly files?: readonly FileConvention[];
  readonly decorations?: readonly Decoration[];
  /** Types that a handler's parameters are declared as, by module: they make a function a handler wherever it is registered. */
  readonly types?: { readonly modules: readonly string[]; readonly roles: Readonly<Record<string, Role>> };
  /** Types of whole handlers. */
  readonly handlerTypes?: { readonly modules: readonly string[]; readonly shapes: Readonly<Record<string, HandlerShape>> };
  /** What handlers call their parameters where nothing declares a type, in apps that depend on a package: the names count where the response is used as one. */
  readonly named?: { readonly dependency: string; readonly roles: Readonly<Record<string, Role>>; readonly orders: readonly (readonly Role[])[] };
  /** How the object with the role `response` or `context` answers. */
  readonly responder?: Responder;
  /** The function answers with what it returns: where body and status are in it. */
  readonly returned?: { readonly body: string; readonly status: string };
  readonly source: string;
}

/** An object that answers requests. */
export interface Responder {
  /** Methods that send: where the body is, and the status when it is given along. */
  readonly send: Readonly<Record<string, { readonly body: number; readonly status?: number }>>;
  /** Methods whose first argument is the status of what is sent next. */
  readonly status: readonly string[];
  /** Fields that hold the status. */
  readonly statusFields: readonly string[];
  /** Fields that hold the body: setting one sends. */
  readonly bodyFields: readonly string[];
}

/** A place among a call's arguments, or under a key of an object there. */
export interface Place {
  readonly at: number;
  readonly key?: string;
  /** Another name of the key. */
  readonly alias?: string;
}

/** A function or constructor whose result is an answer by itself. */
export interface Answer {
  readonly module: string;
  readonly call: string;
  readonly body: Place;
  /** Where the status is given, or the only one that it has. */
  readonly status: Place | number;
  /** Thrown rather than returned: the framework turns it into the response. */
  readonly thrown?: true;
  readonly source: string;
}

const route = (params: readonly Role[], method?: string): HandlerShape => ({ kind: "route", params, ...(method ? { method } : {}) });

const verbs = ["get", "head", "post", "put", "patch", "delete", "options"] as const;

const lowerCase = (params: readonly Role[]): Record<string, HandlerShape> =>
  ({ ...Object.fromEntries(verbs.map((verb) => [verb, route(params, verb.toUpperCase())])), all: route(params) });

const upperCase = (params: readonly Role[]): Record<string, HandlerShape> =>
  Object.fromEntries(verbs.map((verb) => [verb.toUpperCase(), route(params, verb.toUpperCase())]));

const capitalised = (params: readonly Role[]): Record<string, HandlerShape> => ({
  Get: route(params, "GET"),
  Head: route(params, "HEAD"),
  Post: route(params, "POST"),
  Put: route(params, "PUT"),
  Patch: route(params, "PATCH"),
  Delete: route(params, "DELETE"),
  Options: route(params, "OPTIONS"),
  All: route(params),
  Sse: route(params),
});

const nodeParams: readonly Role[] = ["request", "response", "next"];
const webParams: readonly Role[] = ["request", "context"];

/** `http.ServerResponse`, and what Express and Next add to it. */
const nodeResponder: Responder = {
  send: { json: { body: 0 }, jsonp: { body: 0 }, send: { body: 0 }, end: { body: 0 }, write: { body: 0 } },
  status: ["status", "writeHead"],
  statusFields: ["statusCode"],
  bodyFields: [],
};

export const webFrameworks: readonly WebFramework[] = [
  {
    name: "next-route",
    files: [{ path: /(?:^|\/)app\/(?:.*\/)?route\.[cm]?[jt]sx?$/, exports: upperCase(webParams) }],
    source: "https://nextjs.org/docs/app/api-reference/file-conventions/route",
  },
  {
    name: "next-api",
    files: [{ path: /(?:^|\/)pages\/api\/.+\.[cm]?[jt]sx?$/, exports: { default: route(["request", "response"]) }, dependencies: ["next"] }],
    types: { modules: ["next", "next/types"], roles: { NextApiRequest: "request", NextApiResponse: "response" } },
    handlerTypes: { modules: ["next", "next/types"], shapes: { NextApiHandler: route(["request", "response"]) } },
    responder: nodeResponder,
    source: "https://nextjs.org/docs/pages/building-your-application/routing/api-routes",
  },
  {
    name: "next-middleware",
    files: [
      {
        path: /(?:^|\/)(?:src\/)?(?:middleware|proxy)\.[cm]?[jt]s$/,
        exports: { default: { kind: "middleware", params: webParams }, middleware: { kind: "middleware", params: webParams }, proxy: { kind: "middleware", params: webParams } },
        dependencies: ["next"],
      },
    ],
    source: "https://nextjs.org/docs/app/api-reference/file-conventions/proxy",
  },
  {
    name: "express",
    registrations: [
      {
        modules: ["express"],
        on: ["default()", "Router()", "Express()", "Application()", "IRouter()"],
        through: ["route"],
        methods: { ...lowerCase(nodeParams), use: { kind: "middleware", params: nodeParams }, param: { kind: "middleware", params: nodeParams } },
      },
    ],
    types: { modules: ["express", "express-serve-static-core"], roles: { Request: "request", Response: "response", NextFunction: "next" } },
    handlerTypes: {
      modules: ["express", "express-serve-static-core"],
      shapes: { RequestHandler: route(nodeParams), Handler: route(nodeParams), ErrorRequestHandler: { kind: "error-handler", params: ["error", ...nodeParams] } },
    },
    named: {
      dependency: "express",
      roles: { req: "request", request: "request", _req: "request", res: "response", response: "response", next: "next", _next: "next", err: "error", error: "error" },
      orders: [["request", "response"], nodeParams, ["error", ...nodeParams]],
    },
    responder: nodeResponder,
    source: "https://expressjs.com/en/guide/error-handling.html",
  },
  {
    name: "nest",
    decorations: [
      { module: "@nestjs/common", onClass: "Controller", onMethod: capitalised([]) },
      { module: "@nestjs/common", onClass: "Catch", methods: { catch: { kind: "error-handler", params: ["error"] } } },
      {
        module: "@nestjs/graphql",
        onClass: "Resolver",
        onMethod: {
          Query: { kind: "procedure", params: [] },
          Mutation: { kind: "procedure", params: [] },
          Subscription: { kind: "procedure", params: [] },
          ResolveField: { kind: "procedure", params: [] },
        },
      },
    ],
    source: "https://docs.nestjs.com/controllers",
  },
  {
    name: "deno",
    registrations: [
      {
        modules: ["(global)"],
        methods: { "Deno.serve": route(webParams) },
        options: { handler: "same", onError: { kind: "error-handler", params: ["error"] } },
      },
      {
        modules: ["deno.land/std/http/server.ts", "deno.land/std/http/mod.ts", "@std/http", "@std/http/server"],
        methods: { serve: route(webParams) },
      },
    ],
    source: "https://docs.deno.com/api/deno/~/Deno.serve",
  },
  {
    name: "node",
    registrations: [{ modules: ["http", "https"], methods: { createServer: route(["request", "response"]) } }],
    types: { modules: ["http", "https"], roles: { IncomingMessage: "request", ServerResponse: "response" } },
    responder: nodeResponder,
    source: "https://nodejs.org/api/http.html",
  },
  {
    name: "fastify",
    registrations: [
      {
        modules: ["fastify"],
        on: ["default()", "fastify()", "FastifyInstance()"],
        through: ["withTypeProvider", "after", "register"],
        methods: {
          ...lowerCase(["request", "response"]),
          route: route(["request", "response"]),
          addHook: { kind: "middleware", params: ["request", "response", "next"] },
          setErrorHandler: { kind: "error-handler", params: ["error", "request", "response"] },
        },
        options: { handler: "same" },
      },
    ],
    types: { modules: ["fastify"], roles: { FastifyRequest: "request", FastifyReply: "response" } },
    responder: { send: { send: { body: 0 } }, status: ["code", "status"], statusFields: ["statusCode"], bodyFields: [] },
    source: "https://fastify.dev/docs/latest/Reference/Reply/",
  },
  {
    name: "hono",
    registrations: [
      {
        modules: ["hono", "hono/tiny", "hono/quick", "@hono/hono", "@hono/zod-openapi"],
        on: ["Hono()", "OpenAPIHono()"],
        through: ["basePath", "route", "mount"],
        methods: {
          ...lowerCase(["context", "next"]),
          on: route(["context", "next"]),
          openapi: route(["context", "next"]),
          use: { kind: "middleware", params: ["context", "next"] },
          notFound: route(["context"]),
          onError: { kind: "error-handler", params: ["error", "context"] },
        },
      },
    ],
    types: { modules: ["hono", "@hono/hono"], roles: { Context: "context" } },
    handlerTypes: {
      modules: ["hono", "hono/types", "@hono/hono"],
      shapes: {
        Handler: route(["context", "next"]),
        MiddlewareHandler: { kind: "middleware", params: ["context", "next"] },
        ErrorHandler: { kind: "error-handler", params: ["error", "context"] },
      },
    },
    responder: {
      send: { json: { body: 0, status: 1 }, text: { body: 0, status: 1 }, html: { body: 0, status: 1 }, body: { body: 0, status: 1 }, newResponse: { body: 0, status: 1 } },
      status: ["status"],
      statusFields: [],
      bodyFields: [],
    },
    source: "https://hono.dev/docs/api/context",
  },
  {
    name: "koa",
    registrations: [
      { modules: ["koa"], on: ["default()"], methods: { use: { kind: "middleware", params: ["context", "next"] } } },
      {
        modules: ["@koa/router", "koa-router"],
        on: ["default()", "Router()"],
        methods: { ...lowerCase(["context", "next"]), del: route(["context", "next"], "DELETE"), use: { kind: "middleware", params: ["context", "next"] } },
      },
    ],
    types: { modules: ["koa"], roles: { Context: "context", ParameterizedContext: "context", DefaultContext: "context", Next: "next" } },
    responder: { send: {}, status: [], statusFields: ["status"], bodyFields: ["body"] },
    source: "https://koajs.com/#context",
  },
  {
    name: "trpc",
    registrations: [
      {
        modules: ["@trpc/server"],
        on: ["initTRPC"],
        through: "any",
        methods: {
          query: { kind: "procedure", params: ["context"] },
          mutation: { kind: "procedure", params: ["context"] },
          subscription: { kind: "procedure", params: ["context"] },
          middleware: { kind: "middleware", params: ["context"] },
          use: { kind: "middleware", params: ["context"] },
        },
      },
    ],
    source: "https://trpc.io/docs/server/procedures",
  },
  {
    name: "next-safe-action",
    registrations: [
      {
        modules: ["next-safe-action"],
        on: ["createSafeActionClient()"],
        through: "any",
        methods: {
          action: { kind: "action", params: ["context"] },
          stateAction: { kind: "action", params: ["context"] },
          use: { kind: "middleware", params: ["context"] },
        },
      },
    ],
    source: "https://next-safe-action.dev/docs/define-actions/create-the-client",
  },
  {
    name: "react-router",
    files: [
      {
        path: /(?:^|\/)(?:app|src)\/(?:.*\/)?(?:routes\/.+|root|entry\.server)\.[jt]sx?$/,
        exports: { loader: { kind: "loader", params: ["context"] }, action: { kind: "action", params: ["context"] } },
        dependencies: ["@react-router/node", "@react-router/dev", "@remix-run/node", "@remix-run/react", "@remix-run/cloudflare", "@remix-run/server-runtime"],
      },
    ],
    types: { modules: ["react-router", "@remix-run/node", "@remix-run/cloudflare", "@remix-run/server-runtime"], roles: { LoaderFunctionArgs: "context", ActionFunctionArgs: "context" } },
    handlerTypes: {
      modules: ["react-router", "@remix-run/node", "@remix-run/cloudflare", "@remix-run/server-runtime"],
      shapes: { LoaderFunction: { kind: "loader", params: ["context"] }, ActionFunction: { kind: "action", params: ["context"] } },
    },
    source: "https://reactrouter.com/start/framework/actions",
  },
  {
    name: "sveltekit",
    files: [
      { path: /(?:^|\/)\+server\.[jt]s$/, exports: { ...upperCase(["context"]), fallback: route(["context"]) } },
      { path: /(?:^|\/)\+(?:page|layout)\.server\.[jt]s$/, exports: { load: { kind: "loader", params: ["context"] } } },
      { path: /(?:^|\/)\+page\.server\.[jt]s$/, exports: { actions: { kind: "action", params: ["context"] } }, keys: "any" },
      { path: /(?:^|\/)hooks\.server\.[jt]s$/, exports: { handle: { kind: "middleware", params: ["context"] } }, dependencies: ["@sveltejs/kit"] },
    ],
    source: "https://svelte.dev/docs/kit/routing#server",
  },
  {
    name: "nuxt",
    registrations: [
      {
        modules: ["h3", "nitropack/runtime", "nuxt/server"],
        methods: { defineEventHandler: route(["context"]), eventHandler: route(["context"]), defineCachedEventHandler: route(["context"]) },
        options: { handler: "same" },
      },
    ],
    files: [
      {
        path: /(?:^|\/)server\/(?:api|routes|middleware)\/.+\.[jt]s$/,
        exports: { default: route(["context"]) },
        dependencies: ["nuxt", "nitropack"],
      },
    ],
    source: "https://nuxt.com/docs/guide/directory-structure/server",
  },
  {
    name: "astro",
    files: [{ path: /(?:^|\/)src\/pages\/.+\.[jt]s$/, exports: { ...upperCase(["context"]), ALL: route(["context"]) }, dependencies: ["astro"] }],
    handlerTypes: { modules: ["astro"], shapes: { APIRoute: route(["context"]), MiddlewareHandler: { kind: "middleware", params: ["context", "next"] } } },
    source: "https://docs.astro.build/en/guides/endpoints/",
  },
  {
    name: "workers",
    files: [
      {
        path: /\.[cm]?[jt]s$/,
        exports: { default: { kind: "route", params: ["request"] } },
        dependencies: ["wrangler", "@cloudflare/workers-types"],
        keys: ["fetch"],
      },
    ],
    source: "https://developers.cloudflare.com/workers/runtime-apis/handlers/fetch/",
  },
  {
    name: "lambda",
    types: {
      modules: ["aws-lambda"],
      roles: { APIGatewayProxyEvent: "request", APIGatewayProxyEventV2: "request", APIGatewayEvent: "request", LambdaFunctionURLEvent: "request" },
    },
    handlerTypes: {
      modules: ["aws-lambda"],
      shapes: { APIGatewayProxyHandler: route(["request"]), APIGatewayProxyHandlerV2: route(["request"]), LambdaFunctionURLHandler: route(["request"]) },
    },
    returned: { body: "body", status: "statusCode" },
    source: "https://docs.aws.amazon.com/lambda/latest/dg/typescript-handler.html",
  },
];

/**
 * Frameworks whose request stays open until the responder sends: what a handler gives back, or that it ends, is no answer.
 * https://expressjs.com/en/guide/writing-middleware.html, https://nodejs.org/api/http.html#responseenddata-encoding-callback
 */
export const waitsForAnswer: ReadonlySet<string> = new Set(["express", "next-api", "node"]);

/** Objects that answer and are no handler's parameter: by module, where they come from, and the framework whose responder they are. */
export const responseObjects: readonly { module: string; from: string; framework: string; source: string }[] = [
  { module: "@nestjs/common", from: "ArgumentsHost().switchToHttp().getResponse()", framework: "express", source: "https://docs.nestjs.com/exception-filters" },
  { module: "@nestjs/common", from: "ExecutionContext().switchToHttp().getResponse()", framework: "express", source: "https://docs.nestjs.com/fundamentals/execution-context" },
];

/** Decorators that hand the response object to a handler's parameter. */
export const responseDecorators: readonly { module: string; names: readonly string[]; framework: string; source: string }[] = [
  { module: "@nestjs/common", names: ["Res", "Response"], framework: "express", source: "https://docs.nestjs.com/controllers#library-specific-approach" },
];

const body: Place = { at: 0 };
const init: Place = { at: 1, key: "status" };

const fetchSource = "https://developer.mozilla.org/en-US/docs/Web/API/Response";
const nextSource = "https://nextjs.org/docs/app/api-reference/functions/next-response";
const nestSource = "https://docs.nestjs.com/exception-filters#built-in-http-exceptions";

const remixModules = ["react-router", "@remix-run/node", "@remix-run/cloudflare", "@remix-run/deno", "@remix-run/server-runtime"];

const nestExceptions: Readonly<Record<string, number>> = {
  BadRequestException: 400,
  UnauthorizedException: 401,
  ForbiddenException: 403,
  NotFoundException: 404,
  MethodNotAllowedException: 405,
  NotAcceptableException: 406,
  RequestTimeoutException: 408,
  ConflictException: 409,
  GoneException: 410,
  PreconditionFailedException: 412,
  PayloadTooLargeException: 413,
  UnsupportedMediaTypeException: 415,
  UnprocessableEntityException: 422,
  InternalServerErrorException: 500,
  NotImplementedException: 501,
  BadGatewayException: 502,
  ServiceUnavailableException: 503,
  GatewayTimeoutException: 504,
};

export const answers: readonly Answer[] = [
  { module: "(global)", call: "Response", body, status: init, source: fetchSource },
  { module: "(global)", call: "Response.json", body, status: init, source: fetchSource },
  { module: "next/server", call: "NextResponse", body, status: init, source: nextSource },
  { module: "next/server", call: "NextResponse.json", body, status: init, source: nextSource },
  ...remixModules.flatMap((module): Answer[] => [
    { module, call: "data", body, status: init, source: "https://reactrouter.com/how-to/status" },
    { module, call: "json", body, status: init, source: "https://v2.remix.run/docs/utils/json" },
  ]),
  { module: "@sveltejs/kit", call: "json", body, status: init, source: "https://svelte.dev/docs/kit/@sveltejs-kit#json" },
  { module: "@sveltejs/kit", call: "text", body, status: init, source: "https://svelte.dev/docs/kit/@sveltejs-kit#text" },
  { module: "@sveltejs/kit", call: "error", body: { at: 1 }, status: { at: 0 }, thrown: true, source: "https://svelte.dev/docs/kit/errors" },
  { module: "h3", call: "createError", body: { at: 0, key: "message" }, status: { at: 0, key: "statusCode", alias: "status" }, thrown: true, source: "https://nuxt.com/docs/api/utils/create-error" },
  { module: "hono/http-exception", call: "HTTPException", body: { at: 1, key: "message" }, status: { at: 0 }, thrown: true, source: "https://hono.dev/docs/api/exception" },
  { module: "@trpc/server", call: "TRPCError", body: { at: 0, key: "message" }, status: { at: 0, key: "code" }, thrown: true, source: "https://trpc.io/docs/server/error-handling" },
  { module: "@nestjs/common", call: "HttpException", body, status: { at: 1 }, thrown: true, source: nestSource },
  ...Object.entries(nestExceptions).map(([call, status]): Answer => ({ module: "@nestjs/common", call, body, status, thrown: true, source: nestSource })),
];

/** Middleware that answers failures with all that there is to say about them. */
export const telltales: readonly { module: string; call: string; source: string }[] = [{ module: "errorhandler", call: "default", source: "https://github.com/expressjs/errorhandler" }];

/** Objects whose members name statuses: `HttpStatus.INTERNAL_SERVER_ERROR`. */
export const statusObjects: readonly { module: string; name: string; source: string }[] = [
  { module: "@nestjs/common", name: "HttpStatus", source: "https://docs.nestjs.com/exception-filters#throwing-standard-exceptions" },
  { module: "http-status-codes", name: "StatusCodes", source: "https://www.npmjs.com/package/http-status-codes" },
  { module: "http-status", name: "default", source: "https://www.npmjs.com/package/http-status" },
  { module: "http-status", name: "", source: "https://www.npmjs.com/package/http-status" },
];

/** Names of statuses, as HTTP, the libraries above and tRPC's codes have them. What is not among them is some client error. */
export const serverErrorNames: Readonly<Record<string, number>> = {
  INTERNAL_SERVER_ERROR: 500,
  NOT_IMPLEMENTED: 501,
  BAD_GATEWAY: 502,
  SERVICE_UNAVAILABLE: 503,
  GATEWAY_TIMEOUT: 504,
};
