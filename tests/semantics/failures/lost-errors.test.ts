import { describe, expect, it } from "vitest";

import { failureHandlerOf } from "../../../src/semantics/failures/failure-handling.js";
import { lostErrorIn } from "../../../src/semantics/failures/lost-errors.js";
import { projectFolder } from "../../support/projects.js";
import { find, openText } from "../../support/source.js";

/** The status that the handler answers with, and lets go of its error. */
function lost(statements: string): number | null {
  const code = `export async function GET() { try { return Response.json({ orders: await load() }); } catch (error) { ${statements} } }`;
  const source = openText(code, { filename: "app/api/orders/route.ts", cwd: projectFolder("next") });
  const handler = failureHandlerOf(find(source, ({ type }) => type === "CatchClause"), source);
  return handler ? (lostErrorIn(handler, source)?.status ?? null) : null;
}

describe("errors that nobody will ever know of", () => {
  it.each([
    ["a general answer and nothing else", `return Response.json({ message: "Failed" }, { status: 500 });`, 500],
    ["an error that is only asked what it is", `if (error.code === "P2025") return new Response(null, { status: 404 }); return new Response(null, { status: 502 });`, 502],
    ["cleaning up before the answer", `clearTimeout(timer); return new Response(null, { status: 500 });`, 500],
  ])("%s", (_, statements, status) => expect(lost(statements)).toBe(status));

  it.each([
    ["logged", `console.error(error); return new Response(null, { status: 500 });`],
    ["reported", `report(error); return new Response(null, { status: 500 });`],
    ["told of without being handed over", `logger.warn("failed"); return new Response(null, { status: 500 });`],
    ["thrown on", `if (isWorse()) throw error; return new Response(null, { status: 500 });`],
    ["sent", `return Response.json({ error: String(error) }, { status: 500 });`],
    ["the client's fault", `return new Response(null, { status: 400 });`],
    ["what a probe is for", `return new Response(null, { status: 503 });`],
    ["an answer with the same fields as without it", `return Response.json({ orders: [] }, { status: 500 });`],
  ])("not when it is %s", (_, statements) => expect(lost(statements)).toBeNull());
});
