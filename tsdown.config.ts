import { defineConfig } from "tsdown";

import { lazyRules } from "./scripts/support/lazy-rules.js";

export default defineConfig({
  entry: { index: "src/index.ts", cli: "src/review/cli.ts", "shared/formatter": "src/review/formatter.ts", "shared/rules": "src/rules/index.ts" },
  plugins: [lazyRules(new URL("src/rules/index.ts", import.meta.url))],
  format: "esm",
  platform: "node",
  target: "node20.19",
  fixedExtension: false,
  dts: true,
  clean: true,
  // Nothing is bundled that is not named here, so a missing entry in `dependencies` breaks the build.
  deps: { onlyBundle: [] },
  // Most of the time that loading takes is reading the text. Names stay, for the stack of a report.
  minify: { compress: { keepNames: { function: true, class: true } }, mangle: { keepNames: true }, codegen: { removeWhitespace: true } },
  // For hosts that load the plugin with `require`. It stays out of the published types:
  // TypeScript before 5.6 cannot read a string as an export's name.
  outputOptions: {
    chunkFileNames: "shared/[name].js",
    footer: (chunk) => (chunk.name === "index" && chunk.fileName.endsWith(".js") ? 'export { hardening as "module.exports" };' : ""),
    // What rules share stays together: what is imported from another chunk is slower to read. What loads with the plugin is small.
    advancedChunks: {
      groups: [
        { name: "language", test: /\/(?:package\.json|src\/(?:languages\/.*|project\/lazy)(?<!\.d)\.ts)$/, priority: 2 },
        { name: "bodies", test: /\/src\/(?:knowledge|syntax|project|semantics|rules)\/.*(?<!\.d)\.ts$/, priority: 1 },
      ],
    },
  },
});
