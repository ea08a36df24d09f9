/** The set-ups that people have, and what is installed for each. */

/** A folder with its own node_modules. Hosts that need the same packages share one. */
export interface Installation {
  /** Name to range, beside the plugin itself. */
  readonly packages: Readonly<Record<string, string>>;
  /** The compiler that checks the types of a config there, by the name of its package. */
  readonly compiler?: string;
}

export interface Host {
  readonly name: string;
  readonly in: keyof typeof installations;
  /** The packages whose versions the table names. */
  readonly shows: readonly string[];
  readonly preset: "strict" | "code-strict";
  /** Files that this host reads with our rules. */
  readonly reads: RegExp;
  /** `eslint.config.mjs`: what stands before the preset. `null` for a host that is not ESLint. */
  readonly config: string | null;
  /** Another Node than the one that runs this. */
  readonly node?: string;
}

const parserOf8 = "^8.72.0";
const typescript6 = "~6.0.3";

/** The oldest of each line that we run on, and the newest. */
const nodes = ["20.19.0", "20", "22.13.0", "22", "24.0.0", "24", "26"];

export const installations = {
  eslint10: {
    compiler: "typescript",
    packages: {
      eslint: "10",
      "@eslint/json": "2",
      "eslint-plugin-yml": "3",
      "@typescript-eslint/parser": parserOf8,
      typescript: typescript6,
      "@babel/core": "8",
      "@babel/eslint-parser": "8",
      "vue-eslint-parser": "10",
      "svelte-eslint-parser": "1",
      svelte: "5",
      "astro-eslint-parser": "3",
    },
  },
  eslint9: {
    compiler: "typescript",
    packages: { eslint: "9", "@eslint/json": "1", "eslint-plugin-yml": "3", "@typescript-eslint/parser": parserOf8, typescript: "~5.9.3" },
  },
  "eslint9.15": { packages: { eslint: "9.15.0", "@typescript-eslint/parser": parserOf8, typescript: "~5.9.3" } },
  eslint8: {
    packages: { eslint: "8.57.1", "@typescript-eslint/parser": parserOf8, typescript: "~5.9.3", "@babel/core": "7", "@babel/eslint-parser": "7" },
  },
  // The compiler is version 7, and what asks for `typescript` gets version 6: https://github.com/microsoft/typescript-go#running-side-by-side
  typescript7: {
    compiler: "@typescript/native",
    packages: { eslint: "10", "@typescript-eslint/parser": parserOf8, typescript: "npm:@typescript/typescript6@^6.0.2", "@typescript/native": "npm:typescript@7" },
  },
  typescript7Alone: { compiler: "typescript", packages: { eslint: "10", typescript: "7" } },
  oxlint: { packages: { oxlint: "1" } },
} satisfies Record<string, Installation>;

const script = /\.[cm]?[jt]sx?$/;
const ofOurs = /\.(?:[cm]?[jt]sx?|prisma|sql)$/;
const everything = /\.(?:[cm]?[jt]sx?|prisma|sql)$|\/package\.json$|\/\.github\/workflows\/\w+\.yml$/;

const withParser = (packageName: string, options = "{}", files = "**/*.{js,mjs,cjs,jsx,ts,tsx}"): string =>
  `import * as parser from "${packageName}";\nconst before = [{ files: ["${files}"], languageOptions: { parser, parserOptions: ${options} } }];\n`;

const typescript = withParser("@typescript-eslint/parser");
const projectFiles = `import json from "@eslint/json";\nimport yml from "eslint-plugin-yml";\nconst after = hardening.projectFiles({ json, yml }, "strict");\n`;
const babel = withParser("@babel/eslint-parser", '{ requireConfigFile: false, babelOptions: { babelrc: false, configFile: false, parserOpts: { plugins: ["typescript", "jsx"] } } }');

/** A framework's own files: no preset has them, so its rules are given to them. */
const framed = (packageName: string, ending: string): string =>
  `import * as parser from "${packageName}";\nimport * as inner from "@typescript-eslint/parser";\nconst before = [{ files: ["**/*.${ending}"], languageOptions: { parser, parserOptions: { parser: inner } }, plugins: { hardening }, rules: hardening.configs["code-strict"][0].rules }];\n`;

const main: Omit<Host, "name"> = { in: "eslint10", shows: ["eslint", "@typescript-eslint/parser", "typescript"], preset: "strict", reads: ofOurs, config: typescript };

/** The first is the one that the others are compared with. */
export const hosts: readonly Host[] = [
  { ...main, name: "ESLint 10, with package.json and workflows", shows: ["eslint", "@typescript-eslint/parser", "typescript", "@eslint/json", "eslint-plugin-yml"], reads: everything, config: typescript + projectFiles },
  { ...main, name: "ESLint 9", in: "eslint9", shows: ["eslint", "@typescript-eslint/parser", "typescript", "@eslint/json", "eslint-plugin-yml"], reads: everything, config: typescript + projectFiles },
  { ...main, name: "ESLint 9.15, the first with languages", in: "eslint9.15" },
  { ...main, name: "ESLint 8.57, flat config", in: "eslint8", preset: "code-strict", reads: script },
  { ...main, name: "espree", shows: ["eslint"], reads: /\.(?:[cm]?js|prisma|sql)$/, config: "" },
  {
    ...main,
    name: "with type information",
    // Functions for Deno are in no tsconfig of the demo app.
    reads: /^(?!.*\/functions\/).*\.(?:[cm]?[jt]sx?|prisma|sql)$/,
    config: withParser("@typescript-eslint/parser", '{ projectService: { allowDefaultProject: ["shop/next.config.mjs"] }, tsconfigRootDir: import.meta.dirname }'),
  },
  { ...main, name: "Babel 8", shows: ["eslint", "@babel/eslint-parser"], config: babel, node: "24" },
  { ...main, name: "Babel 7 in ESLint 8.57", in: "eslint8", shows: ["eslint", "@babel/eslint-parser"], preset: "code-strict", reads: script, config: babel },
  { ...main, name: "Vue", shows: ["eslint", "vue-eslint-parser"], reads: /\.vue$/, config: framed("vue-eslint-parser", "vue"), node: "24" },
  { ...main, name: "Svelte", shows: ["eslint", "svelte-eslint-parser"], reads: /\.svelte$/, config: framed("svelte-eslint-parser", "svelte"), node: "24" },
  { ...main, name: "Astro", shows: ["eslint", "astro-eslint-parser"], reads: /\.astro$/, config: framed("astro-eslint-parser", "astro"), node: "24" },
  { ...main, name: "TypeScript 7 beside 6", in: "typescript7", shows: ["eslint", "@typescript-eslint/parser", "typescript", "@typescript/native"] },
  { ...main, name: "TypeScript 7 alone, JavaScript", in: "typescript7Alone", shows: ["eslint", "typescript"], reads: /\.(?:[cm]?js|prisma|sql)$/, config: "" },
  ...nodes.map((node) => ({ ...main, name: `Node ${node}`, shows: ["eslint"], node })),
  { name: "oxlint", in: "oxlint", shows: ["oxlint"], preset: "code-strict", reads: script, config: null },
];
