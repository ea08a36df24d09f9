import type { TSESTree } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";

import { type HttpClient, httpClients } from "../src/knowledge/http-clients.js";
import { sdks } from "../src/knowledge/sdks.js";
import { externalCallAt } from "../src/semantics/external-calls.js";
import { type HttpCall, httpCallAt } from "../src/semantics/http-calls.js";
import { makeProject } from "./support/project.js";
import { find, openText } from "./support/source.js";

const page = /^https:\/\/[^ ]+$/;

const isCallOf = (node: TSESTree.Node, callee: string, text: string): boolean =>
  (node.type === "CallExpression" || node.type === "NewExpression") && text.slice(...node.callee.range) === callee;

describe("HTTP clients", () => {
  const first = (at: number | readonly number[]): number => (typeof at === "number" ? at : (at.at(-1) ?? 0));
  const importOf = ({ from }: HttpClient): string => ("global" in from ? `const client = ${from.global};` : `import client from "${from.module}";`);
  const callee = (name: string, send: string): string => (send === "()" ? name : `${name}.${send}`);
  const before = (at: number): string[] => Array.from({ length: at }, (_, index) => (index === 0 ? `"https://example.com"` : `"text"`));
  const own = ({ deadline }: HttpClient, at: number): string[] => [...before(at), `{ ${deadline.write.replaceAll("{ms}", "1_000")} }`];

  /** What a call is to the table, in a package whose module brings the client in without options. */
  function callIn(client: HttpClient, text: string, callee: string): HttpCall {
    const { configuredBy = "None", from } = client;
    const module = `import { ${configuredBy} } from "${"module" in from ? from.module : "none"}"; @Module({ imports: [${configuredBy}] }) class OrdersModule {}`;
    const project = makeProject({ "package.json": {}, "src/orders.module.ts": module });
    const source = openText(`${importOf(client)} ${text}`, { filename: project.path("src/orders.service.ts"), cwd: project.dir });
    const call = httpCallAt(find(source, (node) => isCallOf(node, callee, source.text)), source);
    if (!call) throw new Error(`no call: ${source.text}`);
    return call;
  }

  const missing = ({ deadline }: HttpClient): string => (deadline.default === undefined ? "missing" : "found");

  describe.each(httpClients.map((client) => [client.name, client] as const))("%s", (_, client) => {
    const { deadline, sends, instances = {}, source } = client;
    const isChained = deadline.write.startsWith(".");
    const injected = client.configuredBy !== undefined;
    const name = injected ? "this.client" : "client";
    const inClass = (call: string): string => (injected ? `import { HttpService } from "@nestjs/axios"; class S { constructor(private readonly client: HttpService) {} m() { ${call}; } }` : call);

    it("cites a page", () => expect(source).toMatch(page));

    it.each(Object.entries(sends))("%s without a deadline", (send, at) => {
      const text = `${callee(name, send)}(${before(first(at)).join(", ") || "{}"})`;
      expect(callIn(client, inClass(text), callee(name, send)).deadline).toBe(missing(client));
    });

    it.each(Object.entries(sends))("%s with the deadline that the entry writes", (send, at) => {
      const bare = `${callee(name, send)}(${before(first(at)).join(", ")})`;
      const text = isChained ? bare + deadline.write.replaceAll("{ms}", "1_000") : `${callee(name, send)}(${own(client, first(at)).join(", ")})`;
      expect(callIn(client, inClass(text), callee(name, send)).deadline).not.toBe("missing");
    });

    it.each(deadline.options)("the option %s ends a call", (option) => {
      const [send, at] = Object.entries(sends)[0] as [string, number];
      const text = `${callee(name, send)}(${[...before(first(at)), `{ ${option}: 1_000 }`].join(", ")})`;
      expect(callIn(client, inClass(text), callee(name, send)).deadline).toBe("found");
    });

    const makers = Object.entries(instances).filter((entry): entry is [string, number] => entry[1] !== null);
    it.each(makers)("%s", (maker, at) => {
      const made = (given: string[]): string => `${/^[A-Z]/.test(maker) ? "new " : ""}client.${maker.slice(0, -2)}(${given.join(", ")})`;
      const send = Object.keys(sends).find((key) => key !== "()") ?? "()";
      const makes = `client.${maker.slice(0, -2)}`;
      expect(callIn(client, made(before(at)), makes).deadline).toBe(missing(client));
      expect(callIn(client, made(own(client, at)), makes).deadline).toBe("found");
      const sent = callIn(client, `const made = ${made(own(client, at))}; ${callee("made", send)}("https://example.com")`, callee("made", send));
      expect(sent.deadline).toBe("found");
      expect(sent.instance).not.toBeNull();
    });
  });
});

describe("vendors' packages", () => {
  it.each(sdks.map((sdk) => [sdk.module, sdk] as const))("%s", (_, sdk) => {
    expect(sdk.source).toMatch(page);
    const module = sdk.module.replace("*", "any");
    for (const client of sdk.clients) {
      const name = client.replace("*", "Any").replace("()", "");
      const receiver = client === "" ? "sdk" : client === "default()" ? "new sdk()" : `new sdk.${name}()`;
      const source = openText(`import sdk from "${module}"; ${receiver}.${sdk.sends?.[0] ?? "anything.create"}({})`);
      const call = find(source, (node) => node.type === "CallExpression");
      expect(externalCallAt(call, source), source.text).toMatchObject({ kind: "sdk", failure: sdk.failure });
    }
  });
});
