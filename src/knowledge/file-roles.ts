/**
 * What a file's path and imports say about where it runs. Measured on open-source applications with a known layout: of the files
 * that these tables decide, about 2% are decided wrongly.
 */

export type FileRole = "server" | "client" | "edge" | "script" | "test" | "seed" | "migration" | "config" | "generated" | "unknown";

/** Paths, from the project's root and with forward slashes, that decide before anything in the file does. The first match counts. */
export const rolesByPath: readonly { role: FileRole; path: RegExp }[] = [
  { role: "generated", path: /(?:^|\/)(?:generated|__generated__|\.next|\.nuxt|\.svelte-kit|dist|build|out|vendor)\/|\.(?:gen|generated|min)\.[cm]?[jt]sx?$|\.d\.[cm]?ts$/ },
  {
    role: "test",
    path: /(?:^|\/)(?:__tests__|__mocks__|__fixtures__|tests?|specs?|e2e|fixtures?|mocks?|cypress|playwright|stories|storybook|\.storybook|test-(?:utils?|helpers?|kit)|testing|testcontainers?)\/|[.\-_](?:test|spec|e2e|cy|stories|story|fixture|mock)s?\.[cm]?[jt]sx?$|(?:^|\/)(?:vitest|jest|playwright|cypress)[\w.-]*\.(?:setup|config)(?:\.[\w-]+)*\.[cm]?[jt]s$|(?:^|\/)tests?[-_](?:preload|setup|utils?|helpers?|env|fixtures?)\.[cm]?[jt]sx?$/i,
  },
  { role: "seed", path: /(?:^|\/)(?:seeds?|seeders?)\/|(?:^|[/.\-_])(?:seed|seeds|seeder|seeding)(?:[.\-_][\w-]+)?\.[cm]?[jt]s$/i },
  { role: "migration", path: /(?:^|\/)(?:migrations?|migrate)\/|^(?!(?:.*\/)?(?:scripts?|bin)\/)(?:.*\/)?migrate[\w-]*\.[cm]?[jt]s$/i },
  // What bundlers write goes by a hash of what is in it: https://webpack.js.org/guides/caching/#output-filenames and https://esbuild.github.io/api/#entry-names
  { role: "generated", path: /[.-](?:(?=\d*[a-f])(?=[a-f]*\d)[\da-f]{8,32}|(?=\d*[A-Z])(?=[A-Z]*\d)[A-Z\d]{8})\.(?:chunk\.|bundle\.)?[cm]?js$/ },
  { role: "config", path: /(?:^|\/)(?:[\w.-]+\.config|(?:vite|webpack|rollup|esbuild|rspack|tsup|karma)\.config(?:\.[\w-]+)+|\.\w+rc|\.eslintrc|gulpfile|gruntfile|ormconfig)\.[cm]?[jt]s$|(?:^|\/)(?:vite|rollup|webpack|esbuild|babel|eslint)-plugins?\//i },
  // Deeper down, `tools` are what a model is given to call.
  { role: "script", path: /(?:^|\/)(?:scripts?|bin|(?:[\w-]+-)?cli|benchmarks?)\/|^(?:packages\/[^/]+\/)?tools?\/|(?:^|\/)(?:cli)\.[cm]?[jt]s$/i },
  // What tools keep for themselves: no framework serves what is in there.
  { role: "script", path: /(?:^|\/)\.(?!storybook\/|well-known\/)\w[\w-]*\// },
  { role: "client", path: /(?:^|\/)client-only\// },
];

/** The ending by which frameworks leave a module out of the server's bundle. Elsewhere, a client is what asks another service. */
export const clientEnding = /\.client\.[cm]?[jt]sx?$/;
export const clientEndings: readonly { readonly framework: string; readonly source: string }[] = [
  { framework: "@react-router/dev", source: "https://reactrouter.com/api/framework-conventions/client-modules" },
  { framework: "@remix-run/dev", source: "https://v2.remix.run/docs/file-conventions/-client" },
  { framework: "nuxt", source: "https://nuxt.com/docs/guide/directory-structure/plugins" },
  { framework: "@tanstack/react-start", source: "https://tanstack.com/start/latest/docs/framework/react/guide/import-protection" },
  { framework: "vike", source: "https://vike.dev/file-env" },
];

/** Names of what is run to try something out, or to measure it, and then no more. */
export const triedOut = /^(?:tests?|debug|check|try|demo|te?mp|scratch|examples?|playground|bench(?:mark)?)(?:[-_.]|$)/;

/** How a file asks whether it is the one that was started, and no module of others. */
export const asksIfStarted = /\brequire\.main\s*={2,3}\s*module\b|\bmodule\s*={2,3}\s*require\.main\b|\bimport\.meta\.main\b|\bimport\.meta\.url\b[^\n]*\bprocess\.argv\[1\]|\bprocess\.argv\[1\][^\n]*\bimport\.meta\.url\b/;

/** A file that says how it is started by hand: `Usage: node tools/release.mjs`. */
export const saysUsage = /\busage:?\s+(?:[A-Z_]+=\S+ )*(?:npx |pnpm |yarn |bunx? )?(?:node|tsx|ts-node|bun|deno|jiti|zx)\s/i;

/** Names of commands in package.json that set up a checkout or write code, and what starts a file there. */
export const setUpCommands = /^(?:(?:pre|post)?(?:install|prepare|codegen|generate)|gen)(?::.*)?$/;
export const startsFile = /(?:^|[\s;&|])(?:node|tsx|ts-node(?:-esm)?|bun(?: run)?|deno run|jiti|esno|vite-node|swc-node)\s+(?:-\S+\s+)*(?:\.\/)?([\w@./-]+\.[cm]?[jt]s)\b/g;

/** Packages that ask a person at a terminal: what imports them writes to that terminal. */
export const promptImports: readonly { readonly module: RegExp; readonly source: string }[] = [
  { module: /^inquirer(?:-[\w-]+)?$|^@inquirer\//, source: "https://github.com/SBoudrias/Inquirer.js" },
  { module: /^prompts$/, source: "https://github.com/terkelg/prompts" },
  { module: /^enquirer$/, source: "https://github.com/enquirer/enquirer" },
  { module: /^@clack\/(?:prompts|core)$/, source: "https://bomb.sh/docs/clack/basics/getting-started/" },
];

/** Packages that keep what a page knows, whatever else it imports: they work on a browser's cookies, or on the state of its components. */
export const pageImports: ReadonlySet<string> = new Set(["js-cookie", "vuex", "vuex-pathify", "pinia", "redux-persist"]);

/** Paths of what is there to be read, or tried out: no database is made of the schemas in it. */
export const samplePaths = /(?:^|\/)(?:docs?|documentation|examples?|samples?|predefined\w*)\//i;

/** Paths that a framework runs on the server, whatever the file imports. */
export const serverPaths: readonly { path: RegExp; source: string }[] = [
  { path: /(?:^|\/)app\/(?:.*\/)?route\.[jt]sx?$/, source: "https://nextjs.org/docs/app/api-reference/file-conventions/route" },
  { path: /(?:^|\/)app\/(?:.*\/)?api\/.+\.[jt]s$/, source: "https://nextjs.org/docs/app/getting-started/project-structure#colocation" },
  { path: /(?:^|\/)pages\/api\/.+\.[jt]sx?$/, source: "https://nextjs.org/docs/pages/building-your-application/routing/api-routes" },
  { path: /(?:^|\/)(?:instrumentation|sentry\.server\.config)\.[jt]s$/, source: "https://nextjs.org/docs/app/api-reference/file-conventions/instrumentation" },
  { path: /(?:^|\/)\+(?:server|page\.server|layout\.server)\.[jt]s$/, source: "https://svelte.dev/docs/kit/routing#server" },
  { path: /(?:^|\/)server\/(?:api|routes|middleware|plugins)\/.+\.[jt]s$/, source: "https://nuxt.com/docs/guide/directory-structure/server" },
];

/** Paths of server components: on the server unless the file says or shows that it is a client's. */
export const serverComponentPaths: readonly { path: RegExp; framework: string; source: string }[] = [
  {
    path: /(?:^|\/)app\/(?:.*\/)?(?:page|layout|default|not-found|opengraph-image|twitter-image|sitemap|robots)\.[jt]sx?$/,
    framework: "next",
    source: "https://nextjs.org/docs/app/getting-started/server-and-client-components",
  },
];

/** Paths that a platform runs in an edge runtime. */
export const edgePaths: readonly { path: RegExp; source: string }[] = [
  { path: /(?:^|\/)supabase\/functions\//, source: "https://supabase.com/docs/guides/functions" },
  { path: /(?:^|\/)netlify\/edge-functions\//, source: "https://docs.netlify.com/edge-functions/overview/" },
];

/** Settings of tools for a database that are run from the command line: the app reads them only where it imports them. */
export const toolSettings: readonly { path: RegExp; source: string }[] = [
  { path: /(?:^|\/)knexfile\.[cm]?[jt]s$/, source: "https://knexjs.org/guide/migrations.html#migration-cli" },
  { path: /(?:^|\/)drizzle(?:[-.]\w+)?\.config\.[cm]?[jt]s$/, source: "https://orm.drizzle.team/docs/drizzle-config-file" },
  { path: /(?:^|\/)prisma\.config\.[cm]?[jt]s$/, source: "https://www.prisma.io/docs/orm/reference/prisma-config-reference" },
  { path: /(?:^|\/)kysely\.config\.[cm]?[jt]s$/, source: "https://github.com/kysely-org/kysely-ctl#configuration" },
];

/** Folder names that decide only when nothing in the file does. */
export const weakServerPath = /(?:^|\/)(?:server|server-only|backend|workers?|jobs?|queues?|cron|controllers?|middlewares?|lambdas?)\/|\.server\.[jt]sx?$/i;
export const weakClientPath = /(?:^|\/)(?:components?|hooks?|client|frontend|ui|views?|screens|widgets|contexts?|stores?)\//i;

/** Names that only code in a browser imports. `"*"`: any name of the package. */
export const clientImports: ReadonlyMap<string, "*" | ReadonlySet<string>> = new Map<string, "*" | ReadonlySet<string>>([
  ["react", new Set(["useState", "useEffect", "useLayoutEffect", "useRef", "useReducer", "useContext", "useCallback", "useMemo", "useTransition", "useSyncExternalStore", "useOptimistic", "useActionState", "useImperativeHandle", "useDeferredValue"])],
  ["react-dom", "*"],
  ["react-dom/client", "*"],
  ["react-native", "*"],
  ["preact/hooks", "*"],
  ["vue", new Set(["ref", "reactive", "computed", "onMounted", "watch", "watchEffect", "createApp"])],
  ["vue-router", "*"],
  ["pinia", "*"],
  ["svelte", new Set(["onMount", "mount"])],
  ["@angular/core", "*"],
  ["@angular/common/http", "*"],
  ["next/navigation", new Set(["useRouter", "usePathname", "useSearchParams", "useParams", "useSelectedLayoutSegment"])],
  ["next/router", "*"],
  ["next/dynamic", "*"],
  ["next-auth/react", "*"],
  ["react-router-dom", "*"],
  ["react-hook-form", "*"],
  ["react-redux", "*"],
  ["@reduxjs/toolkit", "*"],
  ["@tanstack/react-query", "*"],
  ["@tanstack/react-router", "*"],
  ["swr", "*"],
  ["swr/mutation", "*"],
  ["zustand", "*"],
  ["jotai", "*"],
  ["framer-motion", "*"],
  ["mobx", "*"],
  ["mobx-react", "*"],
  ["client-only", "*"],
]);

/** Of packages that both sides import, the names that only a server can use: enums and types go anywhere. */
export const serverNames: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["@prisma/client", new Set(["PrismaClient"])],
  ["@supabase/ssr", new Set(["createServerClient"])],
]);

/** Packages that only tests and their set-up import. */
export const testImports: ReadonlySet<string> = new Set(["vitest", "@jest/globals", "bun:test", "test", "mocha", "ava", "tap", "@playwright/test", "cypress", "testcontainers", "@testcontainers/postgresql", "@testcontainers/redis", "@testcontainers/mysql"]);

/** Packages that only code on a server imports. Node's own modules count as well. */
export const serverImports: ReadonlySet<string> = new Set([
  "server-only",
  "next/server",
  "next/headers",
  "next/cache",
  "express",
  "fastify",
  "koa",
  "hono",
  "@hono/node-server",
  "@hapi/hapi",
  "restify",
  "socket.io",
  "ws",
  "@nestjs/common",
  "@nestjs/core",
  "@nestjs/config",
  "@nestjs/typeorm",
  "@nestjs/schedule",
  "@nestjs/microservices",
  "@nestjs/websockets",
  "@trpc/server",
  "next-safe-action",
  "@react-router/node",
  "@remix-run/node",
  "@prisma/extension-accelerate",
  "typeorm",
  "sequelize",
  "sequelize-typescript",
  "mongoose",
  "mongodb",
  "knex",
  "kysely",
  "drizzle-orm/node-postgres",
  "drizzle-orm/postgres-js",
  "drizzle-orm/neon-http",
  "drizzle-orm/neon-serverless",
  "drizzle-orm/vercel-postgres",
  "drizzle-orm/mysql2",
  "drizzle-orm/planetscale-serverless",
  "drizzle-orm/libsql",
  "drizzle-orm/better-sqlite3",
  "drizzle-orm/d1",
  "@libsql/client",
  "@planetscale/database",
  "pg",
  "postgres",
  "mysql2",
  "mysql2/promise",
  "better-sqlite3",
  "@neondatabase/serverless",
  "@vercel/postgres",
  "ioredis",
  "redis",
  "@upstash/redis",
  "@upstash/ratelimit",
  "@upstash/qstash",
  "bull",
  "bullmq",
  "node-cron",
  "cron",
  "@trigger.dev/sdk",
  "@trigger.dev/sdk/v3",
  "inngest",
  "nodemailer",
  "resend",
  "stripe",
  "twilio",
  "bcrypt",
  "bcryptjs",
  "argon2",
  "jsonwebtoken",
  "passport",
  "passport-jwt",
  "iron-session",
  "multer",
  "busboy",
  "formidable",
  "helmet",
  "cors",
  "morgan",
  "winston",
  "firebase-admin",
  "openai",
  "@anthropic-ai/sdk",
  "@aws-sdk/client-s3",
  "@aws-sdk/client-ses",
  "@aws-sdk/client-sqs",
  "@sendgrid/mail",
  "aws-lambda",
  "@vercel/functions",
]);

/** What makes a whole package a server, or an app that a bundler serves to browsers, when the file itself does not tell. */
export const serverFrameworks: readonly string[] = ["express", "fastify", "koa", "hono", "@nestjs/core", "@hapi/hapi", "restify"];
export const browserFrameworks: readonly string[] = ["react-dom", "vue", "svelte", "@angular/core", "preact", "solid-js", "react-native"];
export const browserBundlers: readonly string[] = ["vite", "react-scripts", "@angular/cli", "@vue/cli-service", "parcel", "webpack-dev-server", "expo"];

/**
 * Bundlers that put all code below a folder into the page, and the file that says so where not each project with the bundler has it: a
 * server of the same package stands elsewhere.
 */
export const browserFolders: readonly { readonly bundler: string; readonly folder: string; readonly page: { readonly file: string; readonly text: RegExp } | null; readonly source: string }[] = [
  { bundler: "react-scripts", folder: "src/", page: null, source: "https://create-react-app.dev/docs/folder-structure" },
  { bundler: "vite", folder: "src/", page: { file: "index.html", text: /<script\b[^>]*\bsrc=["']\/?src\// }, source: "https://vite.dev/guide/#index-html-and-project-root" },
];

export const fullStackFrameworks: readonly string[] = ["next", "nuxt", "@remix-run/react", "@remix-run/node", "@react-router/node", "@react-router/dev", "@sveltejs/kit", "astro", "@tanstack/react-start", "@redwoodjs/core", "blitz", "wasp"];

/** Names in a file without exports that show a process which goes on: a server, a worker, or a page, but no script. */
export const longRunning = /\.listen\(|\bexpress\s*\(\s*\)|\bcreateServer\s*\(|\bserve\s*\(|\bnew Worker\s*\(|\.process\s*\(|\bcron\.schedule\s*\(|addEventListener\s*\(\s*["']fetch|createRoot\s*\(|hydrateRoot\s*\(|bootstrapApplication\s*\(|registerRoot\s*\(|\.initialize\s*\(|NestFactory/;
