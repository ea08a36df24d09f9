import { defineConfig, globalIgnores } from "eslint/config";
import eslintPlugin from "eslint-plugin-eslint-plugin";
import regexp from "eslint-plugin-regexp";
import tseslint from "typescript-eslint";

import hardening from "./dist/index.js";

export default defineConfig([
  globalIgnores(["dist", "coverage", ".ledger", "examples", "tests/fixtures", "tests/apps"]),
  { linterOptions: { reportUnusedDisableDirectives: "error", reportUnusedInlineConfigs: "error" } },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports", disallowTypeAnnotations: false }],
      "@typescript-eslint/explicit-module-boundary-types": "error",
      // A one-line arrow function that calls something for its effect reads well.
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      // `const { unwanted: _unwanted, ...rest }` is how a property is left out.
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true, argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // A visitor answers something, or nothing.
      "@typescript-eslint/no-invalid-void-type": "off",
      // Node types are compared as strings: their enum would have to be loaded at run time.
      "@typescript-eslint/no-unsafe-enum-comparison": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
  {
    files: ["src/**/*.ts", "configs/**/*.ts"],
    plugins: { regexp },
    rules: {
      // They read other people's code: none may take longer than the text is long.
      "regexp/no-super-linear-backtracking": "error",
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          paths: [
            { name: "@typescript-eslint/utils", message: "At run time it loads ESLint itself. Import from a subpath, or the type only.", allowTypeImports: true },
            { name: "eslint", message: "The host brings ESLint, if it is ESLint at all. Import the type only.", allowTypeImports: true },
          ],
          patterns: [{ group: ["@typescript-eslint/utils/*"], importNamePattern: "^AST_", message: "Node types are strings here.", allowTypeImports: true }],
        },
      ],
    },
  },
  {
    files: ["src/rules/*/*.ts"],
    extends: [eslintPlugin.configs.recommended],
    rules: {
      "eslint-plugin/meta-property-ordering": ["error", ["type", "docs", "fixable", "hasSuggestions", "messages", "schema", "defaultOptions"]],
      "eslint-plugin/require-meta-default-options": "error",
      "eslint-plugin/require-meta-docs-description": ["error", { pattern: "^(Require|Disallow|Prefer) .*[^.]$" }],
      "eslint-plugin/require-meta-schema-description": "error",
      "no-warning-comments": ["error", { terms: ["todo", "fixme"], location: "anywhere" }],
    },
  },
  hardening.configs.strict,
]);
