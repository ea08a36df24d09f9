import { dirname } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";

import { workspacePackages, workspaceRoot } from "../../src/project/workspace.js";
import { makeProject } from "../support/project.js";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

describe("the root", () => {
  it.each([
    ["that lists its packages", { "package.json": { workspaces: ["apps/*"] } }],
    ["that lists them in an object", { "package.json": { workspaces: { packages: ["apps/*"] } } }],
    ["of pnpm", { "pnpm-workspace.yaml": "# all\npackages:\n  - apps/*\n" }],
    ["of the repository", { ".git/HEAD": "", "package.json": { name: "x" } }],
    ["of a work tree", { ".git": "gitdir: elsewhere" }],
  ])("is the folder %s", (_, files) => {
    const project = makeProject({ ...files, "apps/web/package.json": { name: "web" } });
    expect(workspaceRoot(project.path("apps/web/src"))).toBe(project.dir);
  });

  it("is the nearest of several", () => {
    const project = makeProject({ "package.json": { workspaces: ["a"] }, "a/package.json": { workspaces: ["b"] }, "a/b/package.json": {} });
    expect(workspaceRoot(project.path("a/b"))).toBe(project.path("a"));
  });

  it("is not the folder of pnpm's settings for a single package", () => {
    const project = makeProject({ ".git/HEAD": "", "app/pnpm-workspace.yaml": "onlyBuiltDependencies:\n  - esbuild\n", "app/package.json": {} });
    expect(workspaceRoot(project.path("app/src"))).toBe(project.dir);
  });

  it("is the package where there is nothing else, or what is configured, or the file's own folder", () => {
    const project = makeProject({ "app/package.json": "{ broken", "app/src/a.ts": "", "other/a.ts": "", "deno/deno.json": {}, "deno/pay/deno.json": {} });
    expect(workspaceRoot(project.path("app/src"))).toBe(project.path("app"));
    expect(workspaceRoot(project.path("deno/pay"))).toBe(project.path("deno"));
    expect(workspaceRoot(project.path("other"))).toBe(project.path("other"));
  });

  it("is never the home folder or one above it", () => {
    const project = makeProject({ "package.json": { workspaces: ["*"] }, "home/package.json": { workspaces: ["*"] }, "home/notes/a.ts": "" });
    vi.stubEnv("HOME", project.path("home"));
    expect(workspaceRoot(project.path("home/notes"))).toBe(project.path("home/notes"));
  });
});

describe("the packages", () => {
  const named = (project: { dir: string }): string[] => [...workspacePackages(project.dir)].map(([name, dir]) => `${name} in ${dir.slice(project.dir.length + 1)}`);

  it("are those of the patterns, without what is excluded or installed", () => {
    const project = makeProject({
      "package.json": { workspaces: ["apps/*", "./packages/**/", "!packages/**/test/**", "tool", "../outside", 3] },
      "apps/web/package.json": { name: "web" },
      "apps/no-name/package.json": {},
      "apps/broken/package.json": "{",
      "packages/db/package.json": { name: "@acme/db" },
      "packages/deep/er/package.json": { name: "@acme/deeper" },
      "packages/db/test/fixture/package.json": { name: "fixture" },
      "packages/db/node_modules/x/package.json": { name: "x" },
      "tool/package.json": { name: "tool" },
      "other/package.json": { name: "other" },
    });
    expect(named(project).sort()).toEqual(["@acme/db in packages/db", "@acme/deeper in packages/deep/er", "tool in tool", "web in apps/web"]);
  });

  it("are read from pnpm's file", () => {
    const project = makeProject({ "pnpm-workspace.yaml": "packages:\n  - 'packages/*'\n", "package.json": {}, "packages/db/package.json": { name: "@acme/db" } });
    expect(named(project)).toEqual(["@acme/db in packages/db"]);
  });

  it("are none when pnpm's file or the root's manifest is not valid", () => {
    expect(named(makeProject({ "pnpm-workspace.yaml": "packages: [\n  - }: {" }))).toEqual([]);
    expect(named(makeProject({ "pnpm-workspace.yaml": "packages: *nobody" }))).toEqual([]);
    expect(named(makeProject({ "package.json": "{" }))).toEqual([]);
  });

  it("take no harm from links in a circle", () => {
    const project = makeProject({ "package.json": { workspaces: ["packages/**"] }, "packages/db/package.json": { name: "db" } });
    project.link("packages/db/again", dirname(project.path("packages/db")));
    expect(named(project)).toEqual(["db in packages/db"]);
  });

  it("are new at once when the root's manifest changes, and after some seconds when a package is added", () => {
    const project = makeProject({ "package.json": { workspaces: ["a"] }, "a/package.json": { name: "a" }, "b/package.json": { name: "b" } });
    project.open("x.ts");
    expect(named(project)).toEqual(["a in a"]);
    project.write({ "package.json": { workspaces: ["a", "b", "c"] } });
    project.open("x.ts");
    expect(named(project)).toEqual(["a in a", "b in b"]);
    project.write({ "c/package.json": { name: "c" } });
    project.open("x.ts");
    expect(named(project)).toEqual(["a in a", "b in b"]);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 20_000 });
    expect(named(project)).toEqual(["a in a", "b in b", "c in c"]);
  });
});
