import type { TSESTree } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";

import { identityAt, usesOf } from "../../../src/semantics/auth/principals.js";
import type { Source } from "../../../src/syntax/source.js";
import { makeProject } from "../../support/project.js";
import { find, marked, openText } from "../../support/source.js";

const nextAuth = `import { getServerSession } from "next-auth";`;

const call = (source: Source): TSESTree.CallExpression => marked(source) as TSESTree.CallExpression;
const kind = (code: string, at = {}): string | null => {
  const source = openText(code, at);
  return identityAt(call(source), source);
};

describe("identityAt", () => {
  it.each([
    ["a session", `${nextAuth} __(getServerSession(options));`, "identity"],
    ["an alias", `import { getServerSession as session } from "next-auth/next"; __(session());`, "identity"],
    ["the function that NextAuth makes", `import NextAuth from "next-auth"; const { auth } = NextAuth({}); __(auth());`, "identity"],
    ["an object with an API", `import { betterAuth } from "better-auth"; const auth = betterAuth({}); __(auth.api.getSession({ headers }));`, "identity"],
    ["a user of Supabase", `import { createClient } from "@supabase/supabase-js"; const client = createClient(url, key); __(client.auth.getUser());`, "identity"],
    ["a token that must be valid", `import { jwtVerify } from "jose"; __(jwtVerify(token, key));`, "throwing"],
    ["a function that gives back the session's user", `${nextAuth} const user = async () => (await getServerSession(options))?.user; __(user());`, "identity"],
    ["a function that throws without a session", `${nextAuth} async function signedIn() { const session = await getServerSession(options); if (!session) throw new Error("Sign in"); return { id: session.user.id }; } __(signedIn());`, "throwing"],
    ["a function that asks for a role as well", `${nextAuth} async function signedIn() { const session = await getServerSession(options); if (session.user.role !== "x") throw new Error("No"); return { id: session.user.id }; } __(signedIn());`, "unknown"],
    ["a function with the name of a policy", `${nextAuth} async function requireAdmin() { const session = await getServerSession(options); if (!session) throw new Error("No"); return { id: session.user.id }; } __(requireAdmin());`, "unknown"],
    ["somebody else's function", `import { getServerSession } from "./session"; __(getServerSession());`, null],
    ["another function of a package", `import { encode } from "next-auth/jwt"; __(encode({}));`, null],
    ["no name", `__((() => 1)());`, null],
  ])("knows %s", (_, code, expected) => expect(kind(code)).toBe(expected));

  it("follows into other files", () => {
    const project = makeProject({
      "package.json": { dependencies: { "next-auth": "5.0.0" } },
      "auth.ts": `import NextAuth from "next-auth"; export const { handlers, auth } = NextAuth({});`,
      "lib/session.ts": `import { auth } from "../auth"; export async function currentUser() { const session = await auth(); return session?.user ?? null; }`,
    });
    const at = { filename: project.path("app/api/route.ts"), cwd: project.dir };
    expect(kind(`import { auth } from "../../auth"; __(auth());`, at)).toBe("identity");
    expect(kind(`import { currentUser } from "../../lib/session"; __(currentUser());`, at)).toBe("identity");
  });
});

const asking = (source: Source): TSESTree.CallExpression =>
  find(source, (node) => node.type === "CallExpression" && node.callee.type === "Identifier" && node.callee.name === "getServerSession") as TSESTree.CallExpression;

describe("usesOf", () => {
  const uses = (text: string, matters = () => true): boolean => {
    const source = openText(`${nextAuth} async function f(req, res) { ${text} }`);
    return usesOf(asking(source), "identity", source, matters).onlyTested;
  };

  it.each([
    ["nothing", `await getServerSession();`],
    ["a test", `const session = await getServerSession(); if (!session) return;`],
    ["a test of a part", `const session = await getServerSession(); if (!session?.user?.id) return;`],
    ["a test of several", `const session = await getServerSession(); if (session && session.user && res.ok) res.end();`],
    ["a comparison with nothing", `const session = await getServerSession(); if (session == null || session.user === undefined) return;`],
    ["parts by name", `const { user, expires } = await getServerSession(); if (!user) return;`],
    ["a variable that is set later", `let session; session = await getServerSession(); if (!session) return;`],
    ["a name for a part", `const session = await getServerSession(); const id = (session.user as User).id; if (!id) return;`],
    ["a log", `const session = await getServerSession(); console.log("by", { id: session.user.id }, \`\${session.user.name}\`);`],
  ])("takes %s for a test", (_, text) => expect(uses(text)).toBe(true));

  it.each([
    ["an argument", `const session = await getServerSession(); audit(session);`],
    ["a part in a query", `const session = await getServerSession(); db.find({ where: { userId: session.user.id } });`],
    ["a comparison", `const session = await getServerSession(); if (row.userId !== session.user.id) return;`],
    ["a role", `const session = await getServerSession(); if (session.user.role === "ADMIN") return;`],
    ["a method", `const { has } = await getServerSession(); if (!has({ role: "x" })) return;`],
    ["what is given back", `return getServerSession();`],
    ["what is spread", `const session = await getServerSession(); const all = { ...session };`],
    ["an object that goes on", `const session = await getServerSession(); const where = { userId: session.user.id }; find(where);`],
  ])("takes %s for more", (_, text) => expect(uses(text)).toBe(false));

  it("leaves out what does not matter", () => expect(uses(`const session = await getServerSession(); audit(session);`, () => false)).toBe(true));

  it("names the first variable, and all", () => {
    const source = openText(`${nextAuth} const session = await getServerSession(); const id = session.user.id;`);
    const { name, variables } = usesOf(asking(source), "identity", source, () => true);
    expect(name).toBe("session");
    expect([...variables].map((variable) => variable.name)).toEqual(["session", "id"]);
  });
});
