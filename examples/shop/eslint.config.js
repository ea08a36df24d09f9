import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

// In an app: import hardening from "eslint-plugin-hardening";
import hardening from "../../dist/index.js";

export default defineConfig([
  {
    files: ["**/*.{ts,tsx,mjs}"],
    languageOptions: { parser: tseslint.parser },
  },
  ...hardening.configs.recommended,
]);
