import type { TSESTree } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";

import { policyCalls } from "../../../src/knowledge/policies.js";
import { comparesSecret, isPolicyName, isPublicWord, isSecretColumn, mayAuthorise } from "../../../src/semantics/auth/policies.js";
import { makeProject } from "../../support/project.js";
import { find, marked, openText } from "../../support/source.js";

describe("isPolicyName", () => {
  it.each([
    ...["canViewWebsite", "authorize", "canAccess", "can", "cannot", "checkAuthorizationUpdated", "hasWorkspacePermission", "throwIfNoPermission", "verifyFolderAccess"],
    ...["getFolderOrThrow", "validateAccessToSplits", "assertOwner", "requireAdmin", "isTeamMember", "ensureOrganizationAccess", "checkTeam", "enforce", "timingSafeEqual"],
    ...policyCalls.map(({ example }) => example),
  ])("knows %s", (name) => expect(isPolicyName(name)).toBe(true));

  it.each(["scan", "candidate", "canvas", "getTeam", "isArchived", "checkout", "find", "validate", "updateStatus", "authorName", "hash", "isOpen", "maybe"])("does not take %s for one", (name) => expect(isPolicyName(name)).toBe(false));
});

describe("columns", () => {
  it.each(["token", "inviteToken", "secret", "passwordHash", "code", "accessCode", "apiKey", "slug", "email", "sessionId", "stripeCustomerId"])("%s is proof", (name) => expect(isSecretColumn(name)).toBe(true));
  it.each(["id", "teamId", "status", "zipCodes", "keyboard", "documentId", "position"])("%s is none", (name) => expect(isSecretColumn(name)).toBe(false));
  it.each(["isPublic", "publishedAt", "PUBLISHED", "visible", "approved"])("%s is for everybody", (text) => expect(isPublicWord(text)).toBe(true));
  it.each(["deletedAt", "archived", "open", ""])("%s says nothing", (text) => expect(isPublicWord(text)).toBe(false));
});

describe("mayAuthorise", () => {
  const asks = (code: string, at = {}): boolean => {
    const source = openText(code, at);
    return mayAuthorise(marked(source) as TSESTree.CallExpression, source);
  };

  it.each([
    ["a policy on whatever it stands", `function f(ability) { __(ability.can("read")); }`, true],
    ["a filter of casl", `import { accessibleBy } from "@casl/prisma"; __(accessibleBy(ability));`, true],
    ["a check of casl that throws", `import { ForbiddenError } from "@casl/ability"; __(ForbiddenError.from(ability).throwUnlessCan("update", "Post"));`, true],
    ["a check of accesscontrol", `import { AccessControl } from "accesscontrol"; const rights = new AccessControl(grants); __(rights.permission({ role, resource: "video" }));`, true],
    ["a check of casbin", `import { newEnforcer } from "casbin"; const rules = await newEnforcer("model.conf"); __(rules.batchEnforce([[user, "orders", "write"]]));`, true],
    ["a function that nobody can see", `import { prepare } from "./gone"; __(prepare(id));`, true],
    ["a function that speaks of sessions", `function load() { return sessions.current(); } __(load());`, true],
    ["a function that does not", `function load() { return [1, 2]; } __(load());`, false],
    ["a package's", `import { NextResponse } from "next/server"; __(NextResponse.json({}));`, false],
    ["a method of something at hand", `function f(res) { __(res.status(401)); }`, false],
    ["a method of a list", `import { types } from "./types"; __(types.includes(type));`, false],
    ["the host's", `__(String(1));`, false],
    ["after a failure", `import { report } from "./report"; try { run(); } catch (error) { __(report(error)); }`, false],
  ])("%s", (_, code, expected) => expect(asks(code)).toBe(expected));

  it("reads functions of other files", () => {
    const project = makeProject({
      "package.json": {},
      "lib/folders.ts": `export async function openFolder(id) { if (!(await owner(id))) throw new Error("403"); }\nexport const title = (text) => text.trim();`,
    });
    const at = { filename: project.path("app/route.ts"), cwd: project.dir };
    expect(asks(`import { openFolder } from "../lib/folders"; __(openFolder(id));`, at)).toBe(true);
    expect(asks(`import { title } from "../lib/folders"; __(title(id));`, at)).toBe(false);
  });
});

describe("comparesSecret", () => {
  const compares = (code: string): boolean => comparesSecret(find(openText(code), ({ type }) => type === "BinaryExpression"));

  it.each([
    ["a header and a secret of the environment", `if (header !== process.env.CRON_SECRET) x();`, true],
    ["a text with it", "if (header === `Bearer ${process.env.CRON_SECRET}`) x();", true],
    ["a part of a checked environment", "if (header === env.secrets) x();", false],
    ["anything else", "if (a === b.c) x();", false],
    ["a sum", "x(process.env.A + 1);", false],
  ])("%s", (_, code, expected) => expect(compares(code)).toBe(expected));
});
