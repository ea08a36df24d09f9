import { describe, expect, it } from "vitest";

import { namesModule, namesPackage, packagesNamedIn, specifiersOf } from "../../src/project/named-packages.js";
import { openText } from "../support/source.js";

const named = (text: string): string[] => [...packagesNamedIn(openText(text))].sort();

describe("the packages that a file names", () => {
  it.each([
    ["what it imports", 'import { Pool } from "pg";\nimport "./setup.js";\nimport type { Redis } from "ioredis";', ["./setup.js", "ioredis", "pg"]],
    ["what it passes on", 'export * from "@acme/db";\nexport { logger } from "../log";', ["../log", "@acme/db"]],
    ["what it requires, wherever that stands", 'function connect() {\n  const { Pool } = require("pg");\n  return new Pool();\n}', ["pg"]],
    ["what it requires by a function that it has made itself", 'import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);\nconst { Pool } = require("pg");', ["module", "pg"]],
    ["what it imports when it is needed", 'import { z } from "zod";\nexport const load = async () => (await import("sharp")).default;', ["sharp", "zod"]],
    ["TypeScript's own way to require", 'import express = require("express");', ["express"]],
    ["addresses and schemes, by the package", 'import Stripe from "npm:stripe@17";\nimport { serve } from "https://deno.land/std@0.168.0/http/server.ts";\nimport fs from "node:fs";', ["deno.land/std/http/server.ts", "fs", "stripe"]],
    ["nothing where a text only speaks of one", 'export const hint = "run npm install pg";', []],
  ])("%s", (_, text, expected) => {
    expect(named(text)).toEqual(expected);
  });

  it("specifiers stay as they are written", () => {
    expect([...specifiersOf(openText('import Stripe from "npm:stripe@17";'))]).toEqual(["npm:stripe@17"]);
  });

  it("each file has its own", () => {
    const [one, other] = [openText('import "pg";'), openText('import "ioredis";')];
    expect([packagesNamedIn(one), packagesNamedIn(other), packagesNamedIn(one)].map((names) => [...names])).toEqual([["pg"], ["ioredis"], ["pg"]]);
  });

  it("a module is a path, a package all paths within it", () => {
    const source = openText('import { getIronSession } from "iron-session/edge";');
    expect([namesModule(new Set(["iron-session"]), source), namesModule(new Set(["iron-session/edge"]), source)]).toEqual([false, true]);
    expect([namesPackage(new Set(["iron-session"]), source), namesPackage(new Set(["express-session"]), source)]).toEqual([true, false]);
  });
});
