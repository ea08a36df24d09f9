import { describe, expect, it } from "vitest";

import { calleeText } from "../../src/syntax/callee-text.js";
import { find, openText as parse } from "../support/source.js";

const textOf = (code: string): string => {
  const source = parse(code);
  const call = find(source, (node) => node.type === "CallExpression");
  return calleeText((call as { callee: Parameters<typeof calleeText>[0] }).callee, source);
};

describe("calleeText", () => {
  it.each([
    ["a function", "fetch(url)", "fetch"],
    ["a member", "prisma.user.update(change)", "prisma.user.update"],
    ["types around a part of it", "(prisma as any).user.update(change)", "prisma.user.update"],
    ["types around more than one", "(((db as Db).users)!.pending as Queue).take(1)", "db.users.pending.take"],
    ["what has to be in brackets", "(await connect()).collection(name)", "(await connect()).collection"],
    ["optional members, and those with brackets", "this.clients[0]?.send(mail)", "this.clients[0]?.send"],
    ["several lines", "supabase\n  .from('users')\n  .insert(row)", "supabase.from('users').insert"],
    ["what is too long for a message", "this.services.notifications.channels.electronicMail.transports.primary.send(mail)", "….send"],
  ])("%s", (_, code, text) => {
    expect(textOf(code)).toBe(text);
  });
});
