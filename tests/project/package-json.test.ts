import { describe, expect, it } from "vitest";

import { dependsOn, majorOf, packageOf, packagesAround } from "../../src/project/package-json.js";
import { makeProject } from "../support/project.js";

describe("the package of a file", () => {
  it("is the nearest one, with what the workspace's root declares as well", () => {
    const project = makeProject({
      "package.json": { name: "root", workspaces: ["apps/*"], devDependencies: { typescript: "^6", express: "^4" } },
      "apps/web/package.json": { name: "web", dependencies: { express: "^5" }, peerDependencies: { react: "*" }, optionalDependencies: { bcrypt: "1" } },
    });
    const file = project.path("apps/web/src/a.ts");
    expect(packageOf(file)).toMatchObject({ dir: project.path("apps/web"), name: "web", json: { name: "web" } });
    expect(Object.fromEntries(packageOf(file)?.dependencies ?? [])).toEqual({ express: "^5", react: "*", bcrypt: "1", typescript: "^6" });
    expect(dependsOn(file, "typescript")).toBe(true);
    expect(dependsOn(file, "express/lib/router")).toBe(true);
    expect(dependsOn(file, "axios")).toBe(false);
  });

  it("knows what it and the others of the workspace declare", () => {
    const project = makeProject({
      "package.json": { name: "root", workspaces: ["apps/*", "packages/*"], devDependencies: { typescript: "^6" } },
      "apps/web/package.json": { name: "web", dependencies: { next: "^15" } },
      "packages/db/package.json": { name: "@acme/db", dependencies: { pg: "^8" } },
    });
    project.open("apps/web/src/a.ts");
    const names = packagesAround(project.path("apps/web/src/a.ts"));
    expect([...(names ?? [])].sort()).toEqual(["next", "pg", "typescript"]);
    expect(packagesAround(project.path("apps/web/src/b.ts"))).toBe(names);
  });

  it("is none where no package.json stands, and then nobody knows what is declared", () => {
    const project = makeProject({ "a.ts": "" });
    project.open("a.ts");
    expect(packagesAround(project.path("a.ts"))).toBeNull();
  });

  it("stays the same object until a package.json changes, and is new in the next linted file", () => {
    const project = makeProject({ "package.json": { name: "app" } });
    const file = project.path("a.ts");
    project.open("a.ts");
    const before = packageOf(file);
    project.write({ "package.json": { name: "app", dependencies: { pino: "9" } } });
    expect(packageOf(file)).toBe(before);
    project.open("a.ts");
    expect(dependsOn(file, "pino")).toBe(true);
    const after = packageOf(file);
    project.open("a.ts");
    expect(packageOf(file)).toBe(after);
  });

  it.each([
    ["invalid", "{ name: "],
    ["no object", "[1]"],
    ["null", "null"],
    ["empty", ""],
  ])("is nothing when its package.json is %s", (_, text) => {
    const project = makeProject({ "package.json": { name: "root", workspaces: ["*"] }, "app/package.json": text });
    project.open("app/a.ts");
    expect(packageOf(project.path("app/a.ts"))).toBeNull();
    expect(dependsOn(project.path("app/a.ts"), "express")).toBe(false);
    project.write({ "app/package.json": { name: "app" } });
    project.open("app/a.ts");
    expect(packageOf(project.path("app/a.ts"))?.name).toBe("app");
  });

  it("takes no harm from fields of the wrong kind", () => {
    const project = makeProject({ "package.json": { name: 3, dependencies: ["express"], devDependencies: { a: 1, b: "2" }, workspaces: 7 } });
    const found = packageOf(project.path("a.ts"));
    expect(found?.name).toBeNull();
    expect([...(found?.dependencies ?? [])]).toEqual([["b", "2"]]);
  });

  it("is nothing for a text without a file", () => {
    expect(packageOf("<input>")).toBeNull();
    expect(majorOf("<input>", "express")).toBeNull();
  });
});

describe("the major version", () => {
  it.each([
    ["^4.17.1", 4],
    ["~0.2.0", 0],
    ["5", 5],
    ["5.x", 5],
    ["v5.1.0", 5],
    [">=4 <6", 4],
    [">= 4.0.0", 4],
    ["^5 || ^4.1", 4],
    ["4.1.0 - 5", 4],
    ["5.0.0-beta.1", 5],
    ["npm:express@^4.1.0", 4],
    ["npm:@scope/express@4", 4],
    ["*", null],
    ["", null],
    ["<6", null],
    ["latest", null],
    ["workspace:*", null],
    ["workspace:^5", null],
    ["github:expressjs/express#5.0", null],
    ["git+ssh://git@host/express.git#v5", null],
    ["file:../express", null],
    ["https://host/express-5.0.0.tgz", null],
  ])("of the range %s is %s", (range, major) => {
    const project = makeProject({ "package.json": { dependencies: { express: range } } });
    expect(majorOf(project.path("a.ts"), "express")).toBe(major);
  });

  it("is, for a package that fits several, the one that the root of the workspace asks for", () => {
    const project = makeProject({
      "package.json": { workspaces: ["libs/*"], dependencies: { express: "^5.1.0" } },
      "libs/web/package.json": { name: "web", peerDependencies: { express: "^4.0.0 || ^5.0.0", fastify: ">=4" } },
    });
    expect(majorOf(project.path("libs/web/src/a.ts"), "express")).toBe(5);
    expect(majorOf(project.path("libs/web/src/a.ts"), "fastify")).toBe(4);
  });

  it("is that of the installed package where there is one", () => {
    const project = makeProject({
      "package.json": { workspaces: ["apps/*"], dependencies: { next: "latest" } },
      "apps/web/package.json": { name: "web", dependencies: { express: "^4" } },
      "apps/web/node_modules/express/package.json": { version: "5.1.0" },
      "node_modules/next/package.json": { version: "15.0.0-rc.1" },
      "node_modules/@scope/thing/package.json": "{",
    });
    const file = project.path("apps/web/src/a.ts");
    expect(majorOf(file, "express")).toBe(5);
    expect(majorOf(file, "next/server")).toBe(15);
    expect(majorOf(file, "@scope/thing")).toBeNull();
    expect(majorOf(file, "axios")).toBeNull();
  });

  it("is looked up in a catalog", () => {
    const project = makeProject({
      "pnpm-workspace.yaml": "packages: [apps/*]\ncatalog:\n  express: ^4.1.0\ncatalogs:\n  next14:\n    next: ^14.2.0\n",
      "package.json": { name: "root" },
      "apps/web/package.json": { name: "web", dependencies: { express: "catalog:", next: "catalog:next14", axios: "catalog:none" } },
    });
    const file = project.path("apps/web/a.ts");
    expect([majorOf(file, "express"), majorOf(file, "next"), majorOf(file, "axios")]).toEqual([4, 14, null]);
  });

  it("is looked up in Bun's catalog", () => {
    const project = makeProject({
      "package.json": { workspaces: { packages: ["apps/*"], catalog: { express: "^5.1.0" } } },
      "apps/web/package.json": { name: "web", dependencies: { express: "catalog:" } },
    });
    expect(majorOf(project.path("apps/web/a.ts"), "express")).toBe(5);
  });
});
