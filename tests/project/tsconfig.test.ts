import { describe, expect, it } from "vitest";

import { aliasesIn, aliasTargets } from "../../src/project/tsconfig.js";
import { makeProject, type Files, type Project } from "../support/project.js";

const targets = (project: Project, specifier: string, folder = "src"): string[] =>
  aliasesIn(project.path(folder))
    .flatMap((aliases) => aliasTargets(specifier, aliases))
    .map((path) => path.slice(project.dir.length + 1));

const withPaths = (paths: unknown, more: object = {}): object => ({ compilerOptions: { paths, ...more } });
const root = { ".git/HEAD": "" };

describe("paths", () => {
  it("stand for folders, files and endings, the longest prefix first, the exact one before all", () => {
    const project = makeProject({
      "tsconfig.json": withPaths({ "*": ["./any/*"], "@/*": ["./src/*", "./lib/*"], "@/db/*": ["./db/*"], "@/db/main": ["./main.ts"], "*.model": ["./models/*.ts"], "~": ["./src"] }),
    });
    expect(targets(project, "@/a")).toEqual(["src/a", "lib/a", "any/@/a"]);
    expect(targets(project, "@/db/main")).toEqual(["main.ts", "db/main", "src/db/main", "lib/db/main", "any/@/db/main"]);
    expect(targets(project, "user.model")).toEqual(["any/user.model", "models/user.ts"]);
    expect(targets(project, "~")).toEqual(["src", "any/~"]);
  });

  it("are relative to baseUrl where there is one", () => {
    const project = makeProject({ "tsconfig.json": withPaths({ "@/*": ["*"] }, { baseUrl: "./src" }) });
    expect(targets(project, "@/a")).toEqual(["src/a"]);
    expect(aliasesIn(project.dir)[0]?.baseUrl).toBe(project.path("src"));
  });

  it("come from a jsconfig.json, and from a tsconfig.json rather", () => {
    const project = makeProject({ "jsconfig.json": withPaths({ "@/*": ["./js/*"] }), "sub/tsconfig.json": withPaths({ "@/*": ["./ts/*"] }), "sub/jsconfig.json": withPaths({ "@/*": ["./js/*"] }) });
    expect(targets(project, "@/a")).toEqual(["js/a"]);
    expect(targets(project, "@/a", "sub/deeper")).toEqual(["sub/ts/a"]);
  });

  it("are read through comments, trailing commas and a byte order mark", () => {
    const project = makeProject({ "tsconfig.json": `\uFEFF{ // ours\n "compilerOptions": { /* "paths": {} */ "paths": { "@/*": ["./src/*",], }, }, }` });
    expect(targets(project, "@/a")).toEqual(["src/a"]);
  });
});

describe("extends", () => {
  it.each<[string, Files, string]>([
    ["a file", { "tsconfig.json": { extends: "./base.json" }, "base.json": withPaths({ "@/*": ["./src/*"] }) }, "src/a"],
    ["a file without its ending", { "tsconfig.json": { extends: "./config/base" }, "config/base.json": withPaths({ "@/*": ["../src/*"] }) }, "src/a"],
    ["a list, the last one first", { "tsconfig.json": { extends: ["./a.json", "./b.json", "./c.json"] }, "a.json": withPaths({ "@/*": ["./a/*"] }), "b.json": withPaths({ "@/*": ["./b/*"] }), "c.json": {} }, "b/a"],
    ["over several files", { "tsconfig.json": { extends: "./a" }, "a.json": { extends: "./config/b.json" }, "config/b.json": withPaths({ "@/*": ["./*"] }) }, "config/a"],
    ["but its own paths count", { "tsconfig.json": { extends: "./base.json", ...withPaths({ "@/*": ["./own/*"] }) }, "base.json": withPaths({ "@/*": ["./src/*"] }) }, "own/a"],
    ["a missing one is left out", { "tsconfig.json": { extends: "./missing", ...withPaths({ "@/*": ["./src/*"] }) } }, "src/a"],
    ["an installed one is left out", { "tsconfig.json": { extends: "@tsconfig/node20/tsconfig.json", ...withPaths({ "@/*": ["./src/*"] }) } }, "src/a"],
    ["a circle ends", { "tsconfig.json": { extends: "./a.json" }, "a.json": { extends: "./tsconfig.json", ...withPaths({ "@/*": ["./src/*"] }) } }, "src/a"],
    ["the folder of the extending file", { "tsconfig.json": { extends: "./config/base.json" }, "config/base.json": withPaths({ "@/*": ["${configDir}/src/*"] }) }, "src/a"],
  ])("%s", (_, files, target) => expect(targets(makeProject({ ...root, ...files }), "@/a")).toEqual([target]));

  it("a package of the workspace", () => {
    const project = makeProject({
      "package.json": { workspaces: ["apps/*", "packages/*"] },
      "packages/tsconfig/package.json": { name: "@acme/tsconfig" },
      "packages/tsconfig/next.json": withPaths({ "@/*": ["${configDir}/src/*"] }),
      "packages/base/package.json": { name: "base", tsconfig: "shared.json" },
      "packages/base/shared.json": withPaths({ "#/*": ["${configDir}/lib/*"] }),
      "apps/web/tsconfig.json": { extends: "@acme/tsconfig/next" },
      "apps/api/tsconfig.json": { extends: "base" },
    });
    expect(targets(project, "@/a", "apps/web/src")).toEqual(["apps/web/src/a"]);
    expect(targets(project, "#/a", "apps/api/src")).toEqual(["apps/api/lib/a"]);
  });

  it("nothing outside the workspace", () => {
    const project = makeProject({ "base.json": withPaths({ "@/*": ["./src/*"] }), "app/package.json": {}, "app/tsconfig.json": { extends: "../base.json" } });
    expect(targets(project, "@/a", "app")).toEqual([]);
  });
});

describe("references", () => {
  const vite = {
    "tsconfig.json": { files: [], references: [{ path: "./tsconfig.node.json" }, { path: "./tsconfig.app.json" }] },
    "tsconfig.app.json": withPaths({ "@/*": ["./src/*"] }, { baseUrl: "." }),
    "tsconfig.node.json": {},
  };

  it("bring their paths where the file has none", () => expect(targets(makeProject(vite), "@/a")).toEqual(["src/a"]));

  it("may be folders, missing, or the file itself", () => {
    const project = makeProject({ "tsconfig.json": { references: [{ path: "./missing" }, { path: "." }, { path: "./app" }, 3, null, { path: 4 }] }, "app/tsconfig.json": withPaths({ "@/*": ["./*"] }) });
    expect(targets(project, "@/a")).toEqual(["app/a"]);
  });

  it("do not count beside its own paths", () => {
    const project = makeProject({ ...vite, "tsconfig.json": { ...vite["tsconfig.json"], ...withPaths({ "@/*": ["./own/*"] }) } });
    expect(targets(project, "@/a")).toEqual(["own/a"]);
  });
});

describe("what is not valid is nothing", () => {
  it.each([
    ["broken JSON", "{ compilerOptions: {{{"],
    ["an empty file", ""],
    ["a list", "[]"],
    ["options of the wrong kind", `{ "compilerOptions": 3, "extends": 4, "references": 5 }`],
    ["paths of the wrong kind", `{ "compilerOptions": { "paths": ["@/*"], "baseUrl": {} } }`],
    ["targets of the wrong kind", `{ "compilerOptions": { "paths": { "@/*": 3 } } }`],
  ])("%s", (_, text) => expect(targets(makeProject({ "tsconfig.json": text }), "@/a")).toEqual([]));
});

describe("an edit is seen in the next linted file", () => {
  it("of the file, of what it extends, and of what was missing", () => {
    const project = makeProject({ "tsconfig.json": { extends: ["./missing", "./base.json"] }, "base.json": withPaths({ "@/*": ["./src/*"] }) });
    const next = (files: Files): string[] => {
      project.write(files);
      project.open("x.ts");
      return targets(project, "@/a");
    };
    expect(next({})).toEqual(["src/a"]);
    const before = aliasesIn(project.dir);
    expect(next({})).toEqual(["src/a"]);
    expect(aliasesIn(project.dir)).toBe(before);
    expect(next({ "base.json": withPaths({ "@/*": ["./lib/*"] }) })).toEqual(["lib/a"]);
    expect(next({ "base.json": "{" })).toEqual([]);
    expect(next({ "missing.json": withPaths({ "@/*": ["./found/*"] }) })).toEqual(["found/a"]);
    expect(next({ "tsconfig.json": withPaths({ "@/*": ["./own/*"] }) })).toEqual(["own/a"]);
    project.remove("tsconfig.json");
    expect(next({})).toEqual([]);
  });
});
