/** What a guard asks: whether somebody is signed in, something that has nothing to do with who asks, or whatever else. */
type GuardKind = "authentication" | "neutral";

/** Guards of packages, by the path that provenance gives to them; a class that extends one and adds nothing to it is one as well. */
export const guards: readonly { module: string; path: string; kind: GuardKind; source: string }[] = [
  { module: "@nestjs/passport", path: "AuthGuard()", kind: "authentication", source: "https://docs.nestjs.com/recipes/passport" },
  { module: "@nestjs/throttler", path: "ThrottlerGuard", kind: "neutral", source: "https://docs.nestjs.com/security/rate-limiting" },
];

/** Decorators that bind guards to a handler or to all handlers of a class. */
export const guardDecorators: readonly { module: string; name: string; source: string }[] = [
  { module: "@nestjs/common", name: "UseGuards", source: "https://docs.nestjs.com/guards#binding-guards" },
];

/** Tokens under which guards are provided for all handlers of an application, and methods that set such guards. */
export const globalGuards: readonly { token: string; method: string; source: string }[] = [
  { token: "APP_GUARD", method: "useGlobalGuards", source: "https://docs.nestjs.com/guards#binding-guards" },
];

/** Decorators of handlers and their classes that decide nothing about who may ask; `"any"` for all of a package. */
export const plainDecorators: readonly { module: string; names: readonly string[] | "any"; source: string }[] = [
  {
    module: "@nestjs/common",
    names: [
      ...["Controller", "Injectable", "Get", "Head", "Post", "Put", "Patch", "Delete", "Options", "All", "Sse"],
      ...["HttpCode", "Header", "Redirect", "Version", "UseFilters", "UsePipes", "UseGuards", "SerializeOptions"],
    ],
    source: "https://docs.nestjs.com/controllers",
  },
  { module: "@nestjs/swagger", names: "any", source: "https://docs.nestjs.com/openapi/decorators" },
  { module: "@nestjs/throttler", names: "any", source: "https://docs.nestjs.com/security/rate-limiting" },
  { module: "@nestjs/cache-manager", names: "any", source: "https://docs.nestjs.com/techniques/caching" },
];

/** Decorators of parameters that bring nothing of the one who asks. */
export const plainParameters: readonly { module: string; names: readonly string[]; source: string }[] = [
  {
    module: "@nestjs/common",
    names: ["Param", "Query", "Body", "UploadedFile", "UploadedFiles", "Ip", "HostParam"],
    source: "https://docs.nestjs.com/controllers#request-object",
  },
];

/** Those that bring what may say who asks, where somebody reads it. */
export const readParameters: readonly { module: string; names: readonly string[]; source: string }[] = [{ module: "@nestjs/common", names: ["Headers"], source: "https://docs.nestjs.com/controllers#request-object" }];

/** What brings the request into a class: under a token, or as a store that travels with the request. */
export const requestScopes: readonly { module: string; names: readonly string[]; source: string }[] = [
  { module: "@nestjs/core", names: ["REQUEST"], source: "https://docs.nestjs.com/fundamentals/injection-scopes#request-provider" },
  { module: "@nestjs/graphql", names: ["CONTEXT"], source: "https://docs.nestjs.com/fundamentals/injection-scopes#request-provider" },
  { module: "nestjs-cls", names: ["ClsService()"], source: "https://docs.nestjs.com/recipes/async-local-storage" },
  { module: "node:async_hooks", names: ["AsyncLocalStorage()"], source: "https://docs.nestjs.com/recipes/async-local-storage" },
  { module: "async_hooks", names: ["AsyncLocalStorage()"], source: "https://docs.nestjs.com/recipes/async-local-storage" },
];

/** Calls by which a guard of the project's own asks whether a token is valid, and nothing more. */
export const tokenChecks: readonly { readonly module: string; readonly calls: readonly string[]; readonly source: string }[] = [
  { module: "@nestjs/jwt", calls: ["JwtService().verify", "JwtService().verifyAsync"], source: "https://docs.nestjs.com/security/authentication#implementing-the-authentication-guard" },
];

/** What makes one decorator of several. */
export const decoratorComposers: readonly { readonly module: string; readonly name: string; readonly source: string }[] = [
  { module: "@nestjs/common", name: "applyDecorators", source: "https://docs.nestjs.com/custom-decorators#decorator-composition" },
];
