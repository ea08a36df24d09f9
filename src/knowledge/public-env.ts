/** Beginnings of names of variables that a bundler writes into what a browser gets, and the packages that do so. */
export const publicPrefixes: readonly { readonly prefix: string; readonly packages: readonly string[]; readonly inServer?: true; readonly source: string }[] = [
  // It is written into the server's code as well, where it is read by its name alone.
  { prefix: "NEXT_PUBLIC_", packages: ["next"], inServer: true, source: "https://nextjs.org/docs/app/guides/environment-variables#bundling-environment-variables-for-the-browser" },
  { prefix: "VITE_", packages: ["vite"], source: "https://vite.dev/guide/env-and-mode#env-variables" },
  { prefix: "EXPO_PUBLIC_", packages: ["expo"], source: "https://docs.expo.dev/guides/environment-variables/" },
  { prefix: "REACT_APP_", packages: ["react-scripts"], source: "https://create-react-app.dev/docs/adding-custom-environment-variables/" },
  { prefix: "NUXT_PUBLIC_", packages: ["nuxt"], source: "https://nuxt.com/docs/guide/going-further/runtime-config#environment-variables" },
  { prefix: "GATSBY_", packages: ["gatsby"], source: "https://www.gatsbyjs.com/docs/how-to/local-development/environment-variables/" },
  { prefix: "VUE_APP_", packages: ["@vue/cli-service"], source: "https://cli.vuejs.org/guide/mode-and-env.html#using-env-variables-in-client-side-code" },
  { prefix: "PUBLIC_", packages: ["@sveltejs/kit", "astro"], source: "https://svelte.dev/docs/kit/$env-static-public" },
];

/** Files, by their paths from the package or its `src`, that such a build or its server runs before all else. */
export const startFiles: readonly string[] = ["next.config", "instrumentation", "sentry.server.config", "app/layout"].flatMap((path) => ["ts", "tsx", "mts", "js", "mjs"].map((ending) => `${path}.${ending}`));

/** Words of a name that say that nobody may see its value. */
export const secretWord = /(?:^|_)(?:SECRET|SERVICE_ROLE|SERVICE_KEY|PRIVATE_KEY|PASSWORD|PASSWD)(?:_|$)/;
