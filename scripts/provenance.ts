/**
 * Counts how many of the database calls that a plain text search finds are followed to a database client.
 *
 *     npm run provenance -- <folder of a repository, or of repositories> [--only repo,repo] [--show reason]
 *
 * The text search knows clients by the names that people give them (`prisma`, `tx`, `supabase`, `orderRepository`), and so
 * finds what provenance has to do without them. What it finds in comments, strings and tests is left out. What cannot be followed is
 * grouped by what its receiver is; `--show` lists the places of the groups whose name contains the given text.
 */
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";

import * as parser from "@typescript-eslint/parser";
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { Linter } from "eslint";

import { openFile } from "../src/project/file.js";
import { isDatabaseObject, locate } from "../src/semantics/queries/databases.js";
import { roleOf } from "../src/semantics/program/file-role.js";
import { originOf } from "../src/semantics/program/provenance.js";
import { queriesIn, queryAt } from "../src/semantics/queries/queries.js";
import { variableOf } from "../src/syntax/scope.js";
import type { Source } from "../src/syntax/source.js";
import { unwrap } from "../src/syntax/value.js";
import { ancestor, isFunction, walk } from "../src/syntax/walk.js";
import { codeFiles, repositoriesIn, type Repository } from "./support/repositories.js";

const prismaWords = "findMany|findFirst|findUnique|findFirstOrThrow|findUniqueOrThrow|create|createMany|update|updateMany|upsert|delete|deleteMany|count|aggregate|groupBy";
const typeormWords = "find\\w*|save|insert|update|upsert|delete|softDelete|remove|count\\w*|createQueryBuilder|query|increment|decrement";

/** What a person would search for, by library: the last word of a match stands where the call's name does. */
const searches: readonly { name: string; dependency: string; patterns: readonly RegExp[] }[] = [
  {
    name: "Prisma",
    dependency: "@prisma/client",
    patterns: [
      // Words that mean nothing else, on whatever name.
      /\.\s*(findMany|findFirst|findUnique|findFirstOrThrow|findUniqueOrThrow|createMany|updateMany|deleteMany)\s*\(/g,
      new RegExp(`\\b(?:\\w*prisma\\w*|db|tx|trx|transaction)\\s*\\??\\.\\s*\\w+\\s*\\??\\.\\s*(${prismaWords})\\s*\\(`, "gi"),
      /\b(?:\w*prisma\w*|db|tx|trx)\s*\.\s*(\$(?:transaction|queryRaw|queryRawUnsafe|executeRaw|executeRawUnsafe))\b(?=\s*[(<`])/gi,
    ],
  },
  {
    name: "Supabase",
    dependency: "@supabase/supabase-js",
    patterns: [
      /\b\w*supabase\w*(?:\(\))?\s*\.\s*(from|rpc)\s*\(/gi,
      /\b\w*supabase\w*\s*\.\s*storage\s*\.\s*(from)\s*\(/gi,
      /\b\w*supabase\w*\s*\.\s*functions\s*\.\s*(invoke)\s*\(/gi,
      /\b\w*supabase\w*\s*\.\s*auth\s*\.\s*(?:admin\s*\.\s*)?(get\w+|sign\w+|update\w+|create\w+|delete\w+|list\w+|reset\w+)\s*\(/gi,
    ],
  },
  {
    name: "TypeORM",
    dependency: "typeorm",
    patterns: [
      new RegExp(`\\b\\w*repo(?:sitory)?\\s*\\.\\s*(${typeormWords})\\s*\\(`, "gi"),
      new RegExp(`\\b(?:\\w*manager|datasource|queryrunner)\\s*\\.\\s*(${typeormWords}|transaction)\\s*\\(`, "gi"),
    ],
  },
  {
    name: "Drizzle",
    dependency: "drizzle-orm",
    patterns: [
      /\b(?:db|tx|trx|database)\s*\.\s*(select|selectDistinct|insert|update|delete|execute|transaction|batch|\$count)\s*\(/g,
      /\b(?:db|tx|trx|database)\s*\.\s*query\s*\.\s*\w+\s*\.\s*(findMany|findFirst)\s*\(/g,
    ],
  },
];

interface Site {
  readonly library: string;
  readonly place: string;
  /** `null` where the receiver is followed to a client. */
  readonly reason: string | null;
  /** Whether the whole query is understood, and not only its receiver. */
  readonly understood: boolean;
}

interface Count {
  readonly sites: Site[];
  /** Queries that provenance finds and the text search does not. */
  unseen: number;
  /** Matches in comments and strings. */
  noise: number;
  files: number;
}

type Called = TSESTree.CallExpression | TSESTree.TaggedTemplateExpression;

const calleeOf = (node: Called): TSESTree.Node => unwrap(node.type === "CallExpression" ? node.callee : node.tag);

function callsByName(source: Source): Map<number, Called> {
  const calls = new Map<number, Called>();
  walk(source.ast, source, (node) => {
    if (node.type !== "CallExpression" && node.type !== "TaggedTemplateExpression") return;
    const callee = calleeOf(node);
    if (callee.type === "MemberExpression") calls.set(callee.property.range[0], node);
  });
  return calls;
}

function rootOf(node: TSESTree.Node): TSESTree.Node {
  let current = unwrap(node);
  for (;;) {
    if (current.type === "MemberExpression") current = unwrap(current.object);
    else if (current.type === "CallExpression") current = unwrap(current.callee);
    else if (current.type === "AwaitExpression") current = unwrap(current.argument);
    else return current;
  }
}

const textOf = (node: TSESTree.Node, source: Source): string => source.text.slice(...node.range).replaceAll(/\s+/g, " ").slice(0, 60);

function parameterReason(name: TSESTree.Node, source: Source): string {
  const isTyped = (node: TSESTree.Node): boolean => "typeAnnotation" in node && node.typeAnnotation !== undefined;
  const holder = isTyped(name) ? name : ancestor(name, (node) => isTyped(node) || isFunction(node));
  return holder && "typeAnnotation" in holder && holder.typeAnnotation ? `parameter of type ${textOf(holder.typeAnnotation, source)}` : "parameter without a type";
}

/** Why a call could not be followed, by what its receiver begins at. */
function reasonOf(node: Called, source: Source): string {
  const callee = calleeOf(node);
  const origin = originOf(callee, source);
  if (origin) return `comes from ${origin.module}`;
  const root = rootOf(callee);
  if (root.type === "ThisExpression") return `field of a class: ${textOf(callee, source).split(".").slice(0, 2).join(".")}`;
  if (root.type !== "Identifier") return root.type;
  const definition = variableOf(root, source)?.defs[0];
  if (!definition) return "undeclared name";
  switch (definition.type) {
    case "ImportBinding": {
      const { parent } = definition.node;
      return `import from ${parent.type === "ImportDeclaration" ? parent.source.value : "?"}`;
    }
    case "Parameter":
      return parameterReason(definition.name, source);
    case "Variable": {
      const { init } = definition.node;
      return `variable: ${init ? textOf(init, source).replace(/\(.*/, "(…)") : "set later"}`;
    }
    default:
      return definition.type;
  }
}

/** The outermost call of the chain that a call stands in. */
function wholeChain(node: Called): Called {
  let whole: Called = node;
  for (let current = node.parent; ; current = current.parent) {
    if (current.type === "CallExpression" && calleeOf(current).range[0] === calleeOf(node).range[0]) whole = current;
    else if (current.type !== "MemberExpression" && current.type !== "TSNonNullExpression" && current.type !== "ChainExpression") return whole;
  }
}

function isUnderstood(node: Called, source: Source): boolean {
  for (let current: TSESTree.Node = wholeChain(node); ; ) {
    if (queryAt(current, source)) return true;
    if (current === node) break;
    current = current.type === "MemberExpression" ? current.object : calleeOf(current as Called);
  }
  const origin = originOf(calleeOf(node), source);
  return origin !== null && isDatabaseObject({ module: origin.module, steps: [...origin.steps, "()"] });
}

function measure(source: Source, file: string, libraries: readonly string[], count: Count): void {
  const calls = callsByName(source);
  const seen = new Set<TSESTree.Node>();
  const matched = new Set<number>();
  for (const { name, patterns } of searches) {
    if (!libraries.includes(name)) continue;
    for (const pattern of patterns) {
      for (const match of source.text.matchAll(pattern)) {
        const word = match[1] as string;
        const at = match.index + match[0].lastIndexOf(word);
        if (matched.has(at)) continue;
        matched.add(at);
        const node = calls.get(at);
        if (!node) {
          count.noise += 1;
          continue;
        }
        seen.add(wholeChain(node));
        const origin = originOf(calleeOf(node), source);
        const resolved = origin !== null && locate(origin) !== null;
        const place = `${file}:${node.loc.start.line}`;
        count.sites.push({ library: name, place, reason: resolved ? null : reasonOf(node, source), understood: resolved && (/^\$?(?:transaction|batch)$/.test(word) || isUnderstood(node, source)) });
      }
    }
  }
  count.unseen += queriesIn(source).filter((query) => !seen.has(wholeChain(query.node))).length;
}

function librariesIn({ folder }: Repository, files: readonly string[]): string[] {
  const folders = new Set(["", ...files.map((file) => dirname(file))]);
  const manifests = [...folders].map((path) => join(folder, path, "package.json")).filter((path) => existsSync(path));
  const texts = manifests.map((path) => readFileSync(path, "utf8"));
  return searches.filter(({ dependency }) => texts.some((text) => text.includes(`"${dependency}"`))).map(({ name }) => name);
}

function run(repository: Repository): Count {
  const files = codeFiles(repository);
  const libraries = librariesIn(repository, files);
  const count: Count = { sites: [], unseen: 0, noise: 0, files: 0 };
  const linter = new Linter({ cwd: repository.folder });
  let current = "";
  const rule = {
    create(context: TSESLint.RuleContext<string, []>) {
      openFile(context);
      if (roleOf(context.sourceCode) === "test") return {};
      count.files += 1;
      return { "Program:exit": () => measure(context.sourceCode, current, libraries, count) };
    },
  };
  const config = { files: ["**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}"], languageOptions: { parser }, plugins: { count: { rules: { count: rule } } }, rules: { "count/count": "error" } };
  for (const file of files) {
    current = file;
    linter.verify(readFileSync(join(repository.folder, file), "utf8"), [config as unknown as Linter.Config], { filename: join(repository.folder, file), allowInlineConfig: false });
  }
  return count;
}

const percent = (part: number, whole: number): string => (whole === 0 ? "-" : `${((100 * part) / whole).toFixed(1)}%`);

function print(name: string, { sites, unseen, noise, files }: Count, show: string | undefined): void {
  console.log(`\n${name}: ${files} files; ${noise} matches are in comments or strings; ${unseen} queries are not found by the text search`);
  for (const { name: library } of searches) {
    const own = sites.filter((site) => site.library === library);
    if (own.length === 0) continue;
    const resolved = own.filter(({ reason }) => reason === null);
    const understood = resolved.filter((site) => site.understood);
    console.log(`  ${library}: ${resolved.length} of ${own.length} call sites resolve (${percent(resolved.length, own.length)}), ${understood.length} are understood (${percent(understood.length, own.length)})`);
    const groups = new Map<string, Site[]>();
    for (const site of own) {
      const group = site.reason ?? (site.understood ? null : "resolves, but the call is not understood");
      if (group !== null) groups.set(group, [...(groups.get(group) ?? []), site]);
    }
    for (const [reason, members] of [...groups].sort(([, one], [, other]) => other.length - one.length)) {
      console.log(`    ${String(members.length).padStart(4)}  ${reason}`);
      if (show !== undefined && reason.includes(show)) for (const { place } of members) console.log(`            ${place}`);
    }
  }
}

const { values: options, positionals } = parseArgs({ allowPositionals: true, options: { only: { type: "string", default: "" }, show: { type: "string" } } });
const [path] = positionals;
if (path === undefined) throw new Error("Say which folder holds the repository.");
const folder = resolve(path);
const repositories = existsSync(join(folder, ".git")) ? [{ name: basename(folder).replace("+", "/"), folder }] : repositoriesIn(folder, options.only);
for (const repository of repositories) print(repository.name, run(repository), options.show);
