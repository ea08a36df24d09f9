/** What starts a file without importing it: frameworks and platforms that go by its path, and names that somebody runs. */

interface EntryFiles {
  /** The package that must be declared, `null` where the path alone tells. */
  readonly framework: string | null;
  /** Below the folder of the package, with forward slashes. */
  readonly path: RegExp;
  readonly source: string;
}

export const entryFiles: readonly EntryFiles[] = [
  {
    framework: "next",
    // A folder that begins with `_` is private, with all that is in it: https://nextjs.org/docs/app/getting-started/project-structure#private-folders
    path: /(?:^|\/)(?:app\/(?:(?!_)[^/]+\/)*(?:page|layout|route|template|default|loading|error|not-found|forbidden|unauthorized|global-error|global-not-found|sitemap|robots|manifest|icon\d?|apple-icon\d?|opengraph-image\d?|twitter-image\d?)\.[jt]sx?$|pages\/|(?:middleware|proxy|instrumentation|instrumentation-client|mdx-components)\.[jt]sx?$)/,
    source: "https://nextjs.org/docs/app/getting-started/project-structure",
  },
  { framework: "@remix-run/dev", path: /(?:^|\/)app\/(?:routes\/|(?:root|entry\.client|entry\.server|routes)\.[jt]sx?$)/, source: "https://v2.remix.run/docs/file-conventions/routes" },
  { framework: "@react-router/dev", path: /(?:^|\/)app\/(?:routes\/|(?:root|entry\.client|entry\.server|routes)\.[jt]sx?$)/, source: "https://reactrouter.com/how-to/file-route-conventions" },
  { framework: "@sveltejs/kit", path: /(?:^|\/)src\/(?:routes\/|params\/|(?:hooks|service-worker|app|instrumentation)[\w.]*\.[jt]s$)/, source: "https://svelte.dev/docs/kit/project-structure" },
  { framework: "astro", path: /(?:^|\/)src\/(?:pages\/|actions\/|content[\w/.]*config|middleware|live\.config)/, source: "https://docs.astro.build/en/basics/project-structure/" },
  { framework: "expo-router", path: /(?:^|\/)app\//, source: "https://docs.expo.dev/router/basics/notation/" },
  ...["react", "solid"].map((name): EntryFiles => ({
    framework: `@tanstack/${name}-start`,
    path: /(?:^|\/)(?:src|app)\/(?:routes\/|(?:router|client|ssr|server|start|api|global-middleware)\.tsx?$)/,
    source: `https://tanstack.com/start/latest/docs/framework/${name}/guide/routing`,
  })),
  ...["router-plugin", "router-vite-plugin", "router-cli"].map((name): EntryFiles => ({
    framework: `@tanstack/${name}`,
    path: /(?:^|\/)src\/routes\//,
    source: "https://tanstack.com/router/latest/docs/installation/with-vite",
  })),
  ...["generouted", "@generouted/react-router", "@generouted/solid-router", "@generouted/tanstack-react-router"].map((framework): EntryFiles => ({
    framework,
    path: /(?:^|\/)src\/pages\//,
    source: "https://github.com/oedotme/generouted#conventions",
  })),
  { framework: "vite-plugin-pages", path: /(?:^|\/)src\/pages\//, source: "https://github.com/hannoeru/vite-plugin-pages#configuration" },
  { framework: "gatsby", path: /^(?:src\/(?:pages|api|templates)\/|gatsby-\w+\.[jt]sx?$)/, source: "https://www.gatsbyjs.com/docs/reference/gatsby-project-structure/" },
  { framework: "@trigger.dev/sdk", path: /(?:^|\/)trigger\//, source: "https://trigger.dev/docs/config/config-file" },
  { framework: "motia", path: /\.step\.[jt]sx?$/, source: "https://www.motia.dev/docs/concepts/steps" },
  { framework: "convex", path: /(?:^|\/)convex\//, source: "https://docs.convex.dev/functions" },
  { framework: "react-email", path: /(?:^|\/)emails\//, source: "https://react.email/docs/cli" },
  { framework: null, path: /(?:^|\/)supabase\/functions\/(?!_)[^/]+\/[^/]+\.[jt]sx?$/, source: "https://supabase.com/docs/guides/functions/development-tips" },
  { framework: null, path: /(?:^|\/)netlify\/(?:edge-)?functions\//, source: "https://docs.netlify.com/functions/get-started/" },
  { framework: null, path: /^(?:src\/)?(?:api|functions|lambdas?|edge-functions)\//, source: "https://vercel.com/docs/functions/runtimes" },
  { framework: "expo", path: /^App\.[jt]sx?$/, source: "https://docs.expo.dev/versions/latest/sdk/register-root-component/" },
  { framework: "next-intl", path: /(?:^|\/)i18n(?:\/request)?\.[jt]sx?$/, source: "https://next-intl.dev/docs/usage/plugin#i18n-request" },
  { framework: "@solidjs/start", path: /^src\/(?:routes\/|(?:app|entry-client|entry-server|middleware(?:\/index)?)\.[jt]sx?$)/, source: "https://docs.solidjs.com/solid-start/v2/building-your-application/routing" },
  ...["@builder.io/qwik-city", "@qwik.dev/router"].map((framework): EntryFiles => ({ framework, path: /^src\/(?:routes\/|(?:root|entry[\w.-]*)\.[jt]sx?$)/, source: "https://qwik.dev/docs/project-structure/" })),
  { framework: "@analogjs/platform", path: /(?:^|\/)src\/(?:app\/pages\/|server\/(?:routes|middleware)\/|.+\.server\.ts$)/, source: "https://analogjs.org/docs/features/routing/overview" },
  { framework: "knex", path: /(?:^|\/)knexfile\.[cm]?[jt]s$/, source: "https://knexjs.org/guide/migrations.html#migration-cli" },
  { framework: "migrate-mongo", path: /^migrate-mongo-config\.[jt]s$/, source: "https://github.com/seppevs/migrate-mongo#initialize-a-new-project" },
  { framework: "@graphql-codegen/cli", path: /^(?:codegen|\.codegenrc)\.[cm]?[jt]s$|^codegen\.config\.js$/, source: "https://the-guild.dev/graphql/codegen/docs/config-reference/codegen-config" },
  { framework: "newrelic", path: /^newrelic\.[cm]?js$/, source: "https://docs.newrelic.com/docs/apm/agents/nodejs-agent/installation-configuration/nodejs-agent-configuration/" },
  { framework: "plop", path: /^plopfile\.[cm]?[jt]s$/, source: "https://plopjs.com/documentation/" },
  { framework: "danger", path: /^[Dd]angerfile\.m?[jt]s$/, source: "https://danger.systems/js/guides/getting_started" },
  { framework: "laravel-mix", path: /^webpack\.mix\.c?js$/, source: "https://laravel-mix.com/docs/6.0/installation" },
  { framework: "karma", path: /^(?:\.config\/)?karma\.conf\.[jt]s$/, source: "https://karma-runner.github.io/6.4/config/configuration-file.html" },
  { framework: "@wdio/cli", path: /^wdio\.conf\.[jt]s$/, source: "https://webdriver.io/docs/configurationfile/" },
  ...["@vercel/functions", "@vercel/edge"].map((framework): EntryFiles => ({ framework, path: /^middleware\.[jt]s$/, source: "https://vercel.com/docs/routing-middleware/js-reference" })),
  { framework: null, path: /(?:^|\/)amplify\//, source: "https://docs.amplify.aws/react/reference/project-structure/" },
];

/** Frameworks that read whole folders, or let files use one another without an import: nothing can be said of their packages. */
export const readingFrameworks: readonly string[] = [
  "nuxt", "@nuxt/kit", "@strapi/strapi", "@medusajs/medusa", "@medusajs/framework", "@adonisjs/core", "sails", "egg", "@midwayjs/core", "@loopback/boot", "@redwoodjs/core", "blitz", "moleculer", "meteor-node-stubs", "nitropack", "nitro", "h3", "wxt", "plasmo", "vike", "encore.dev", "@keystone-6/core", "@directus/extensions-sdk", "umi", "@umijs/max", "@docusaurus/core", "vitepress", "@ionic/angular", "@roots/bud", "@feathersjs/cli", "actionhero", "@foal/core",
];

/** Names that somebody starts in a package's folder, its `src` or a folder beside that, whatever they are called from. */
export const startedNames = /^(?:index|main|server|app|worker|handler|lambda|start|bootstrap|cli|bin|main\.server|main\.client|entry[\w.-]*|service-worker|sw|preload|background|content)$/;

/** Folders of a package whose files are each started by themselves, but for barrels and React's hooks. */
export const startedFolders =
  /(?:^|\/)(?:(?:cron|crons|cronjobs|lambdas?|workers?|bin|scripts?|jobs)\/|(?:functions|handlers|commands|tasks|processors|consumers|subscribers|plugins|extensions|events|listeners)\/(?!index\.[cm]?[jt]sx?$)|hooks\/(?!(?:.*\/)?use[A-Z-]))/;

/** Names that editors, file managers and synchronised folders give to copies: `index 2.ts`, `route copy.ts`, `page (1).tsx`, `server.bak.ts`. */
export const copiedNames = /(?: \d{1,2}|[ _.-]copy(?:[ _.-]?\d{1,2})?| \(\d{1,2}\)|\.(?:bak|old|orig|backup))$/i;

/** Names of folders in which copies of what was are kept. */
export const copyFolders =
  /(?:^|[\s_.-])(?:zips?|unzipped|backups?|bak|cop(?:y|ies)|old|archived?|snapshots?)(?:$|[\s_.-])|(?:^|\D)20\d\d[-_]?(?:0[1-9]|1[0-2])[-_]?(?:0[1-9]|[12]\d|3[01])(?:\D|$)/i;

/** Methods that the language, frameworks and libraries call by their names. */
export const calledByName =
  /^(?:then|catch|finally|valueOf|next|return|throw|render|toString|toJSON|inspect|up|down|handle|handler|execute|run|init|default|_?(?:handle|remove)File|handleEvent|componentDid\w+|componentWill\w+|getDerived\w+|ng[A-Z]\w*|on[A-Z]\w*|(?:before|after)[A-Z]\w*)$/;
