/**
 * How code comes by its configuration: objects and calls that read it, and validators whose schema may give a default.
 * A place is a module (`"(global)"` for the host's globals) and a path in it: `()` is a call or an instance, as in origins.
 */

export interface Place {
  readonly module: string;
  readonly path: string;
}

/** An object whose members are environment variables. */
export interface EnvironmentObject {
  /** How the file speaks of it; reads of one host are compared under this name. */
  readonly name: string;
  readonly places: readonly Place[];
  /** The values have been through a schema that was written for them. */
  readonly validated: boolean;
  readonly source: string;
}

export const environmentObjects: readonly EnvironmentObject[] = [
  {
    name: "process.env",
    places: [
      { module: "(global)", path: "process.env" },
      { module: "process", path: "env" },
      { module: "(global)", path: "NodeJS.ProcessEnv()" },
    ],
    validated: false,
    source: "https://nodejs.org/api/process.html#processenv",
  },
  {
    name: "Bun.env",
    places: [
      { module: "(global)", path: "Bun.env" },
      { module: "bun", path: "env" },
    ],
    validated: false,
    source: "https://bun.com/docs/runtime/environment-variables",
  },
  {
    name: "import.meta.env",
    places: [{ module: "(global)", path: "import.meta.env" }],
    validated: false,
    source: "https://vite.dev/guide/env-and-mode",
  },
  { name: "Deno.env", places: [{ module: "(global)", path: "Deno.env.toObject()" }], validated: false, source: "https://docs.deno.com/api/deno/~/Deno.Env" },
  // What stands in its file: a variable that the host sets is not among it.
  { name: "parsed", places: [{ module: "dotenv", path: "config().parsed" }], validated: false, source: "https://github.com/motdotla/dotenv#config" },
  { name: "env", places: [{ module: "cloudflare:workers", path: "env" }], validated: false, source: "https://developers.cloudflare.com/workers/runtime-apis/bindings/#importing-env-as-a-global" },
  {
    name: "env",
    places: [
      { module: "$env/dynamic/private", path: "env" },
      { module: "$env/dynamic/public", path: "env" },
    ],
    validated: false,
    source: "https://svelte.dev/docs/kit/environment-variables",
  },
  {
    name: "env",
    places: [
      { module: "@t3-oss/env-nextjs", path: "createEnv()" },
      { module: "@t3-oss/env-nuxt", path: "createEnv()" },
      { module: "@t3-oss/env-core", path: "createEnv()" },
    ],
    validated: true,
    source: "https://env.t3.gg/docs/introduction",
  },
  {
    name: "env",
    places: [
      { module: "envalid", path: "cleanEnv()" },
      { module: "envalid", path: "customCleanEnv()" },
    ],
    validated: true,
    source: "https://github.com/af/envalid#api",
  },
  {
    name: "env",
    places: [
      { module: "znv", path: "parseEnv()" },
      { module: "znv/compat", path: "parseEnv()" },
    ],
    validated: true,
    source: "https://github.com/lostfictions/znv#quickstart",
  },
  { name: "env", places: [{ module: "envsafe", path: "envsafe()" }], validated: true, source: "https://github.com/KATT/envsafe#basic-usage" },
  {
    name: "env",
    places: [
      { module: "arkenv", path: "default()" },
      { module: "arkenv", path: "createEnv()" },
    ],
    validated: true,
    source: "https://arktype.io/docs/ecosystem#arkenv",
  },
];

/** A call that reads one variable or setting by its name. */
export interface EnvironmentCall {
  readonly name: string;
  readonly place: Place;
  /** The argument that says which. */
  readonly key: number;
  /** The argument that takes its place when it is not set. */
  readonly fallback: number | null;
  /** Without that argument it throws for one that is not set, and nothing can be missing. */
  readonly throws?: true;
  /** The method that throws instead of answering `undefined`, and since which major version. */
  readonly required: { readonly method: string; readonly since: number } | null;
  readonly source: string;
}

export const environmentCalls: readonly EnvironmentCall[] = [
  { name: "Deno.env", place: { module: "(global)", path: "Deno.env.get" }, key: 0, fallback: null, required: null, source: "https://docs.deno.com/api/deno/~/Deno.Env" },
  {
    name: "ConfigService",
    place: { module: "@nestjs/config", path: "ConfigService().get" },
    key: 0,
    fallback: 1,
    // It came with 2.1, and has the type of its property since 2.3.
    required: { method: "getOrThrow", since: 3 },
    source: "https://docs.nestjs.com/techniques/configuration#using-the-configservice",
  },
  {
    name: "ConfigService",
    place: { module: "@nestjs/config", path: "ConfigService().getOrThrow" },
    key: 0,
    fallback: 1,
    throws: true,
    required: { method: "getOrThrow", since: 3 },
    source: "https://github.com/nestjs/config/blob/master/lib/config.service.ts",
  },
];

/** A way to write a default into a schema of the environment. */
export interface SchemaDefault {
  readonly module: string;
  /** `method`: `schema.default("x")`; `argument`: `optional(schema, "x")`; `option`: `str({ default: "x" })`. */
  readonly shape: "method" | "argument" | "option";
  /** The names of the methods, functions or options that give one. */
  readonly names: readonly string[];
  /** How the schema is written without a default, so that a missing variable is an error. */
  readonly required:
    | { readonly kind: "drop" }
    | { readonly kind: "replace"; readonly text: string }
    | { readonly kind: "rename"; readonly name: string }
    | null;
  readonly source: string;
}

/** Where an app gets Zod from: a version of it has its own path, and znv hands it on as `z`. */
const zodModules = ["zod", "zod/v3", "zod/v4", "znv", "znv/compat"];

/** The names under which Zod has its functions instead of methods. */
const miniModules = ["zod/mini", "zod/v4-mini", "zod/v4/mini"];

export const schemaDefaults: readonly SchemaDefault[] = [
  ...zodModules.flatMap((module): SchemaDefault[] => [
    { module, shape: "method", names: ["default", "prefault"], required: { kind: "drop" }, source: "https://zod.dev/api#defaults" },
    { module, shape: "method", names: ["catch"], required: { kind: "drop" }, source: "https://zod.dev/api#catch" },
  ]),
  ...miniModules.map((module): SchemaDefault => ({ module, shape: "argument", names: ["_default", "prefault", "catch"], required: { kind: "drop" }, source: "https://zod.dev/api#defaults" })),
  ...["joi", "@hapi/joi"].flatMap((module): SchemaDefault[] => [
    { module, shape: "method", names: ["default"], required: { kind: "replace", text: "required()" }, source: "https://joi.dev/api/#anydefaultvalue" },
    { module, shape: "method", names: ["failover"], required: { kind: "replace", text: "required()" }, source: "https://joi.dev/api/#anyfailovervalue" },
  ]),
  { module: "yup", shape: "method", names: ["default"], required: { kind: "replace", text: "required()" }, source: "https://github.com/jquense/yup#schemadefaultvalue-any-schema" },
  { module: "env-var", shape: "method", names: ["default"], required: { kind: "replace", text: "required()" }, source: "https://github.com/evanshortiss/env-var/blob/master/API.md#defaultdefaultvalue--string" },
  { module: "valibot", shape: "argument", names: ["optional", "nullish", "exactOptional", "undefinedable"], required: { kind: "drop" }, source: "https://valibot.dev/guides/optionals/" },
  { module: "valibot", shape: "argument", names: ["fallback"], required: { kind: "drop" }, source: "https://valibot.dev/api/fallback/" },
  { module: "envalid", shape: "option", names: ["default"], required: { kind: "rename", name: "devDefault" }, source: "https://github.com/af/envalid#validator-types" },
  { module: "envsafe", shape: "option", names: ["default"], required: { kind: "rename", name: "devDefault" }, source: "https://github.com/KATT/envsafe#built-in-validators" },
  ...["@sinclair/typebox", "typebox"].map((module): SchemaDefault => ({ module, shape: "option", names: ["default"], required: null, source: "https://sinclairzx81.github.io/typebox/#/docs/value/default" })),
];

/** Packages that read the environment by a table of object literals: the key of an entry that names the variable (`null`: its own key), and that of the default. */
export const settingTables: readonly { readonly module: string; readonly variable: string | null; readonly fallback: string; readonly source: string }[] = [
  { module: "convict", variable: "env", fallback: "default", source: "https://github.com/mozilla/node-convict/tree/master/packages/convict#the-schema" },
  { module: "env-schema", variable: null, fallback: "default", source: "https://github.com/fastify/env-schema#usage" },
  { module: "@fastify/env", variable: null, fallback: "default", source: "https://github.com/fastify/fastify-env#usage" },
  { module: "fastify-env", variable: null, fallback: "default", source: "https://github.com/fastify/fastify-env#usage" },
];

/** Packages with which real projects validate their environment at the start, in a module made for it. */
export const environmentValidators: readonly { module: string; source: string }[] = [
  ...["zod", "zod/v3", "zod/v4", ...miniModules].map((module) => ({ module, source: "https://zod.dev/basics#parsing-data" })),
  { module: "valibot", source: "https://valibot.dev/guides/parse-data/" },
  { module: "joi", source: "https://joi.dev/api/#anyvalidatevalue-options" },
  { module: "yup", source: "https://github.com/jquense/yup#getting-started" },
  { module: "@t3-oss/env-nextjs", source: "https://env.t3.gg/docs/nextjs" },
  { module: "@t3-oss/env-nuxt", source: "https://env.t3.gg/docs/nuxt" },
  { module: "@t3-oss/env-core", source: "https://env.t3.gg/docs/core" },
  { module: "envalid", source: "https://github.com/af/envalid#api" },
  { module: "envsafe", source: "https://github.com/KATT/envsafe#basic-usage" },
  { module: "znv", source: "https://github.com/lostfictions/znv#quickstart" },
  { module: "env-var", source: "https://github.com/evanshortiss/env-var/blob/master/API.md" },
  { module: "env-schema", source: "https://github.com/fastify/env-schema#usage" },
  { module: "@fastify/env", source: "https://github.com/fastify/fastify-env#usage" },
  { module: "convict", source: "https://github.com/mozilla/node-convict/tree/master/packages/convict#usage" },
  { module: "class-validator", source: "https://docs.nestjs.com/techniques/configuration#custom-validate-function" },
  { module: "arktype", source: "https://arktype.io/docs/intro/your-first-type" },
  { module: "arkenv", source: "https://arktype.io/docs/ecosystem#arkenv" },
  ...["@sinclair/typebox", "typebox"].map((module) => ({ module, source: "https://sinclairzx81.github.io/typebox/#/docs/value/parse" })),
];

/** Where such a module lives by convention, from the package's folder and without its ending; a folder stands for its index. The first that is one counts. */
export const environmentModulePaths: readonly string[] = [
  ...["", "src/", "lib/", "src/lib/", "app/", "config/", "src/config/", "server/", "src/server/", "utils/", "src/utils/", "src/common/"].flatMap((folder) =>
    ["env", "env.server", "env.mjs", "env/server", "environment", "config", "configuration"].map((name) => folder + name),
  ),
];
