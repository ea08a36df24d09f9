import type { TSESTree } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";

import { environmentCalls, environmentObjects, environmentValidators, type Place, type SchemaDefault, schemaDefaults, settingTables } from "../src/knowledge/configuration.js";
import { globalGuards, guardDecorators, guards, plainDecorators, plainParameters, requestScopes } from "../src/knowledge/auth-guards.js";
import { patientClients } from "../src/knowledge/client-timeouts.js";
import { errorTrackers } from "../src/knowledge/error-trackers.js";
import { jobRunners } from "../src/knowledge/job-runners.js";
import { laterCallbacks } from "../src/knowledge/later-callbacks.js";
import { type HttpClient, httpClients, standardResponse } from "../src/knowledge/http-clients.js";
import { middlewares, passingWrappers, serviceClients } from "../src/knowledge/auth-middleware.js";
import { identityApis, principalFields } from "../src/knowledge/principals.js";
import { inputDecorators, requestInputs, validators } from "../src/knowledge/request-input.js";
import { sdks } from "../src/knowledge/sdks.js";
import { givenByPlatform, publicNames, secretValues, secretWords, sessionsWithTokens } from "../src/knowledge/secrets.js";
import { cookieMethods, cookieSetters } from "../src/knowledge/cookies.js";
import { digestMakers, fastDigests, passwordHashes, unguessable } from "../src/knowledge/passwords.js";
import { sessionLibraries } from "../src/knowledge/sessions.js";
import { addedSigners, tokenBuilders, tokenDecoders, tokenSigners, tokenVerifiers } from "../src/knowledge/tokens.js";
import { uploadParsers } from "../src/knowledge/uploads.js";
import { answers, type Registration, webFrameworks } from "../src/knowledge/web-frameworks.js";
import { configDefaultAt } from "../src/semantics/environment/config-defaults.js";
import { entriesIn, entryAt } from "../src/semantics/entries/entries.js";
import { bundlerVariables, functionVariables, platformVariables, schemaReaders, settingsFiles, textSchemas } from "../src/knowledge/environment.js";
import { envModuleOf } from "../src/semantics/environment/env-module.js";
import { envSchemaOf } from "../src/semantics/environment/env-schema.js";
import { envReadAt } from "../src/semantics/environment/env.js";
import { externalCallAt } from "../src/semantics/calls/external-calls.js";
import { type HttpCall, httpCallAt } from "../src/semantics/calls/http-calls.js";
import { gateOf } from "../src/semantics/auth/nest-guards.js";
import { askedBy } from "../src/semantics/auth/asked.js";
import { identityAt } from "../src/semantics/auth/principals.js";
import { responseAt } from "../src/semantics/entries/responses.js";
import { sessionCookiesAt } from "../src/semantics/auth/cookies.js";
import { weakPasswordAt } from "../src/semantics/auth/password-storage.js";
import { sessionSetUpAt } from "../src/semantics/auth/sessions.js";
import { issuedTokenAt } from "../src/semantics/auth/tokens.js";
import { unverifiedTokenAt } from "../src/semantics/auth/unverified-tokens.js";
import { isGivenByPlatform, isSecretValueName, secretNamed } from "../src/semantics/auth/secrets.js";
import { makeProject } from "./support/project.js";
import { projectFolder } from "./support/projects.js";
import { find, marked, openText } from "./support/source.js";

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

describe("configuration", () => {
  /** Code that brings the first name of a place in, and the expression that is there. */
  function reach({ module, path }: Place): { before: string; expression: string } {
    const [first = "", ...rest] = path.split(".");
    const name = first.replace(/\(\)$/, "");
    const called = first.endsWith("()");
    const type = called && (module === "(global)" || /^[A-Z]/.test(name));
    const member = rest.map((step) => `.${step}`).join("");
    const before = module === "(global)" ? "" : name === "default" ? `import made from "${module}";` : `import { ${name} } from "${module}";`;
    if (module === "(global)" && /(?:^|\.)[A-Z]\w*\(\)$/.test(path)) return { before: `declare const it: ${path.slice(0, -2)};`, expression: "it" };
    if (type) return { before: `${before} declare const it: ${name};`, expression: `it${member}` };
    const binding = name === "default" ? "made" : name;
    return { before, expression: `${called ? `${binding}({})` : binding}${member}` };
  }

  const objects = environmentObjects.flatMap((entry) => entry.places.map((place) => [`${place.module} ${place.path}`, entry, place] as const));
  it.each(objects)("variables of %s", (_, entry, place) => {
    expect(entry.source).toMatch(page);
    const { before, expression } = reach(place);
    const source = openText(`${before} __(${expression}.JWT_SECRET)`);
    expect(envReadAt(marked(source), source), source.text).toMatchObject({ name: "JWT_SECRET", host: entry.name });
  });

  it.each(environmentCalls.map((entry) => [entry.name, entry] as const))("variables that %s is asked for", (_, entry) => {
    expect(entry.source).toMatch(page);
    const { before, expression } = reach(entry.place);
    const given = Array.from({ length: (entry.fallback ?? entry.key) + 1 }, (__, index) => (index === entry.key ? `"JWT_SECRET"` : `"x"`));
    const source = openText(`${before} __(${expression}(${given.join(", ")}))`);
    const read = envReadAt(marked(source), source);
    expect(read, source.text).toMatchObject({ name: "JWT_SECRET", host: entry.name });
    expect(read?.fallback === null).toBe(entry.fallback === null);
  });

  const written = ({ shape, module }: SchemaDefault, name: string): string => {
    if (module === "env-var") return `lib.get("JWT_SECRET").${name}("x")`;
    if (shape === "method") return `lib.string().${name}("x")`;
    return shape === "argument" ? `lib.${name}(lib.string(), "x")` : `lib.str({ ${name}: "x" })`;
  };
  const defaults = schemaDefaults.flatMap((entry) => entry.names.map((name) => [`${entry.module} ${name}`, entry, name] as const));
  it.each(defaults)("the default of %s", (_, entry, name) => {
    expect(entry.source).toMatch(page);
    const code = (module: string): string => `import * as lib from "${module}"; export const schema = { JWT_SECRET: ${written(entry, name)} };`;
    const found = (module: string): unknown => {
      const source = openText(code(module));
      const call = find(source, (node) => node.type === "CallExpression" && node.arguments.some((argument) => source.text.slice(...argument.range).includes(`"x"`)));
      return configDefaultAt(call, source, () => true);
    };
    expect(found(entry.module)).toMatchObject({ name: "JWT_SECRET", text: "x", requirement: "schema" });
    expect(found("somebody-else")).toBeNull();
  });

  it.each(settingTables.map((entry) => [entry.module, entry] as const))("the settings of %s", (module, entry) => {
    expect(entry.source).toMatch(page);
    const key = entry.variable === null ? "JWT_SECRET" : "secret";
    const source = openText(`import lib from "${module}"; lib({ ${key}: { ${entry.variable ?? "type"}: "JWT_SECRET", ${entry.fallback}: "x" } });`);
    const property = find(source, (node) => node.type === "Property" && source.text.slice(...node.value.range) === `"x"`);
    expect(configDefaultAt(property, source, () => true)).toMatchObject({ name: "JWT_SECRET", text: "x" });
  });

  it.each(environmentValidators.map((entry) => [entry.module, entry] as const))("a module that validates with %s", (module, entry) => {
    expect(entry.source).toMatch(page);
    const project = makeProject({ "package.json": {}, "src/env.ts": `import * as lib from "${module}"; export const env = lib.read(process.env);` });
    expect(envModuleOf(project.open("src/app.ts"))).toEqual({ file: project.path("src/env.ts"), validator: module.replace(/^zod\/.+/, "zod"), isUsual: true });
  });
});

describe("the environment", () => {
  it.each([...platformVariables, ...bundlerVariables, ...functionVariables, ...settingsFiles, ...schemaReaders].map((entry) => [String("name" in entry ? entry.name : entry.path), entry.source]))(
    "%s says where it comes from",
    (_, source) => expect(source).toMatch(page),
  );

  it.each(textSchemas.flatMap((entry) => entry.starts.map((start) => [entry.module, start, entry] as const)))("%s: %s is the text that it was", (module, start, entry) => {
    expect(entry.source).toMatch(page);
    const schema = `${module.startsWith("znv") ? "lib.z" : "lib"}.${start}()`;
    const readings: Record<string, string> = {
      valibot: `lib.parse(lib.object({ A: ${schema} }), process.env)`,
      envalid: `lib.cleanEnv(process.env, { A: ${schema} })`,
      envsafe: `lib.envsafe({ A: ${schema} })`,
      znv: `lib.parseEnv(process.env, { A: ${schema} })`,
    };
    const read = readings[module.replace(/\/compat$/, "")] ?? `lib.object({ A: ${schema} }).parse(process.env)`;
    const project = makeProject({ "package.json": {}, "src/env.ts": `import * as lib from "${module}"; export const env = ${read};` });
    expect(envSchemaOf(project.open("src/app.ts"))?.variables.get("A")?.value).toBe("text");
  });
});

describe("secrets", () => {
  const asName = (words: string): string => `${words.startsWith("^") ? "" : "MY_"}${words.replace(/[$^]/g, "").trim().replaceAll(" ", "_")}`;

  it.each(secretWords.flatMap((entry) => entry.words.map((words) => [words, entry] as const)))("%s", (words, entry) => {
    expect(entry.source).toMatch(page);
    expect(secretNamed(asName(words))).toBe(entry.use);
    if (entry.unlessForService) expect(secretNamed(`GITHUB_${asName(words)}`)).toBe("credential");
  });

  it.each(secretValues.flatMap((entry) => entry.words.map((words) => [words, entry] as const)))("%s, as a value", (words, entry) => {
    expect(entry.source).toMatch(page);
    expect(isSecretValueName(asName(words))).toBe(true);
    expect(isSecretValueName(`HAS_${asName(words)}`)).toBe(false);
  });

  it.each([...sessionsWithTokens, ...errorTrackers.flatMap(({ source, takes }) => [{ source }, ...(takes ? [takes] : [])])].map(({ source }) => [source]))("%s is a page", (source) => expect(source).toMatch(page));

  it.each(publicNames.flatMap((entry) => entry.words.map((words) => [words, entry] as const)))("%s is for everybody", (words, entry) => {
    expect(entry.source).toMatch(page);
    expect(secretNamed(`${asName(words)}_TOKEN`)).toBeNull();
  });

  it.each(givenByPlatform.flatMap((entry) => entry.names.map((name) => [name, entry] as const)))("%s is given", (name, entry) => {
    expect(entry.source).toMatch(page);
    expect(isGivenByPlatform(entry.host, name)).toBe(true);
  });
});

describe("web frameworks", () => {
  const handler = "function (a, b, c) { __(x); }";

  /** What a registration is called on, or by, in a program of its own, and the name of its first part. */
  function registering({ on = [] }: Registration, module: string, method: string): string[] {
    if (module === "(global)") return [`${method}(${handler})`];
    if (on.length === 0) {
      const [name = "", ...rest] = method.split(".");
      const [binding, call] = name === "default" ? ["made", ["made", ...rest].join(".")] : [`{ ${name} }`, method];
      return [`import ${binding} from "${module}"; ${/^[A-Z]/.test(rest.at(-1) ?? name) ? "new " : ""}${call}(${handler})`];
    }
    return on.map((from) => {
      const [, name = "", call = ""] = /^(\w+)(.*)$/.exec(from) ?? [];
      const binding = name === "default" ? "made" : `{ ${name} as made }`;
      return `import ${binding} from "${module}"; const app = made${call}; app.${method}("/", ${handler})`;
    });
  }

  const entryIn = (code: string, filename = "server.ts", dependencies: Record<string, string> = {}): ReturnType<typeof entryAt> => {
    const project = makeProject({ "package.json": { dependencies } });
    const source = openText(code, { filename: project.path(filename), cwd: project.dir });
    return entryAt(marked(source), source);
  };

  describe.each([...webFrameworks, ...jobRunners].map((framework) => [framework.name, framework] as const))("%s", (name, framework) => {
    it("cites a page", () => expect(framework.source).toMatch(page));

    for (const registration of framework.registrations ?? []) {
      const calls = registration.modules.flatMap((module) => Object.entries(registration.methods).flatMap(([method, { kind }]) => registering(registration, module, method).map((code) => [code, kind] as const)));
      it.each(calls)("%s", (code, kind) => expect(entryIn(code)).toMatchObject({ framework: name, kind, by: "registration" }));
    }

    for (const { modules, shapes } of framework.handlerTypes ? [framework.handlerTypes] : []) {
      const types = modules.flatMap((module) => Object.entries(shapes).map(([type, { kind }]) => [`import type { ${type} } from "${module}"; const f: ${type} = (a, b) => { __(x); };`, kind] as const));
      it.each(types)("%s", (code, kind) => expect(entryIn(code)).toMatchObject({ framework: name, kind, by: "type" }));
    }

    for (const { modules, roles } of framework.types ? [framework.types] : []) {
      const types = modules.flatMap((module) => Object.entries(roles).filter(([, role]) => role !== "next").map(([type, role]) => [`import type { ${type} } from "${module}"; function f(a: ${type}) { __(x); }`, role] as const));
      it.each(types)("%s", (code, role) => expect(Object.keys(entryIn(code)?.params ?? {})).toEqual([role]));
    }
  });

  const conventions: [framework: string, filename: string, code: string][] = [
    ["next-route", "app/api/orders/[id]/route.ts", "export function PATCH() { __(x); }"],
    ["next-api", "src/pages/api/orders.ts", "export default function handler() { __(x); }"],
    ["next-middleware", "proxy.ts", "export function proxy() { __(x); }"],
    ["react-router", "app/routes/orders.tsx", "export async function loader() { __(x); }"],
    ["sveltekit", "src/routes/orders/+server.ts", "export const GET = () => { __(x); };"],
    ["sveltekit", "src/routes/orders/+page.server.ts", "export const load = async () => { __(x); };"],
    ["sveltekit", "src/routes/orders/+page.server.ts", "export const actions = { default: () => { __(x); } };"],
    ["sveltekit", "src/hooks.server.ts", "export const handle = () => { __(x); };"],
    ["nuxt", "server/api/orders.get.ts", "export default defineEventHandler(() => { __(x); });"],
    ["astro", "src/pages/orders.json.ts", "export const GET = () => { __(x); };"],
    ["workers", "src/index.ts", "export default { async fetch(request) { __(x); } };"],
  ];

  it.each(conventions)("%s: %s", (name, filename, code) => {
    const dependencies = Object.fromEntries((webFrameworks.find((framework) => framework.name === name)?.files ?? []).flatMap((file) => file.dependencies ?? []).map((dependency) => [dependency, "1"]));
    expect(entryIn(code, filename, dependencies)).toMatchObject({ framework: name, by: "file" });
  });

  it("has an example of every convention", () => {
    const shown = new Set(conventions.map(([name]) => name));
    expect(webFrameworks.filter(({ files, name }) => files && !shown.has(name))).toEqual([]);
  });

  it.each(answers.map((answer) => [`${answer.module} ${answer.call}`, answer] as const))("%s answers", (_, { module, call, body, status, source: cited }) => {
    expect(cited).toMatch(page);
    const name = call.split(".")[0] ?? "";
    const places = [{ place: body, text: "sent" }, ...(typeof status === "number" ? [] : [{ place: status, text: "503" }])];
    const at = (index: number): string => {
      const here = places.filter(({ place }) => place.at === index);
      if (here.some(({ place }) => place.key !== undefined)) return `{ ${here.map(({ place, text }) => `${place.key ?? "body"}: ${text}`).join(", ")} }`;
      return here[0]?.text ?? "undefined";
    };
    const text = `${module === "(global)" ? "" : `import { ${name} } from "${module}"; `}new ${call}(${at(0)}, ${at(1)});`;
    const source = openText(text);
    const response = responseAt(find(source, ({ type }) => type === "NewExpression"), source);
    expect(response?.body && source.text.slice(...response.body.node.range)).toBe("sent");
    expect(response?.statuses).toEqual([typeof status === "number" ? status : 503]);
  });
});

describe("who asks", () => {
  const written = (path: string): string => path.replace(/^default/, "made");
  const importing = (module: string, path: string): string => {
    const [name = ""] = /^\w+/.exec(path) ?? [];
    return name === "default" ? `import made from "${module}";` : `import { ${name} } from "${module}";`;
  };
  const calls = identityApis.flatMap(({ modules, calls: paths, throws }) => modules.flatMap((module) => paths.map((path) => [module, path, throws === true ? "throwing" : "identity"] as const)));

  it.each(identityApis.map((api) => [api.calls[0] ?? "", api] as const))("%s cites a page", (_, { source }) => expect(source).toMatch(page));

  it.each(calls)("%s: %s", (module, path, expected) => {
    const source = openText(`${importing(module, path)} __(${written(path)}());`);
    expect(identityAt(marked(source) as TSESTree.CallExpression, source)).toBe(expected);
  });
});

describe("middleware of packages", () => {
  it.each([...middlewares, ...passingWrappers, ...principalFields, ...serviceClients].map(({ source }) => [source] as const))("cites %s", (source) => expect(source).toMatch(page));

  it.each(principalFields.map(({ example, fields }) => [example, fields] as const))("%s is who asks", (example, fields) => expect(example).toMatch(fields));

  const handed = middlewares.flatMap(({ modules, calls, asks }) => modules.flatMap((module) => (calls === "any" ? ["anything()"] : calls).map((path) => [module, path, asks] as const)));
  it.each(handed)("%s: %s", (module, path, asks) => {
    const name = path.replace("()", "");
    const source = openText(`${name === "default" ? `import made from "${module}";` : `import { ${name} } from "${module}";`} __(${path.replace(/^default/, "made")});`);
    expect(askedBy(marked(source), source).presence).toBe(asks === "nothing" ? "missing" : "found");
  });
});

describe("what stands before handlers", () => {
  it.each([...guards, ...guardDecorators, ...globalGuards, ...plainDecorators, ...plainParameters, ...requestScopes, ...requestInputs, ...inputDecorators, ...validators].map((entry) => [entry.source] as const))("cites %s", (source) =>
    expect(source).toMatch(page));

  const gate = (decorators: string, imports: string): string => {
    const source = openText(`import { Controller, Get, Param } from "@nestjs/common"; ${imports} @Controller() class C { @Get() ${decorators} one(@Param() id) {} }`, { filename: "src/c.controller.ts", cwd: projectFolder("nest") });
    return entriesIn(source).map((entry) => gateOf(entry, source))[0] ?? "no entry";
  };

  it.each(guards.map((guard) => [guard.path, guard] as const))("the guard %s", (path, { module, kind }) => {
    const name = path.replace("()", "");
    expect(gate(`@UseGuards(${path})`, `import { UseGuards } from "@nestjs/common"; import { ${name} } from "${module}";`)).toBe(kind === "authentication" ? "authentication" : "open");
  });

  const named = plainDecorators.flatMap(({ module, names }) => (names === "any" ? ["Anything"] : names.filter((name) => !/^(?:Controller|Injectable|UseGuards|Get)$/.test(name))).map((name) => [module, name] as const));
  it.each(named)("the decorator %s %s", (module, name) => expect(gate(`@${name}()`, `import { ${name} } from "${module}";`)).toBe("open"));
});

describe("clients that wait, parsers of uploads, responses", () => {
  it.each(laterCallbacks.map(({ source }) => [source]))("%s is a page", (source) => expect(source).toMatch(page));

  it.each(patientClients.flatMap(({ name, limits }) => limits.map((limit) => [`${name}: ${limit.options.join(", ")}`, limit] as const)))("%s cites a page, and writes what it asks for", (_, limit) => {
    expect(limit.source).toMatch(page);
    expect(limit.options.some((option) => limit.write.startsWith(`${option}${limit.offInAddress ? "=" : ": "}`))).toBe(true);
  });

  it.each(uploadParsers.map((parser) => [parser.name, parser.source]))("%s cites a page", (_, source) => expect(source).toMatch(page));

  it("what a response has is told by a page", () => expect(standardResponse.source).toMatch(page));

  it.each(httpClients.map((client) => [client.name, client] as const))("what %s gives for a refusal is of a call that sends", (_, { refused = [], sends }) => {
    for (const call of refused) expect(sends).toHaveProperty([call]);
  });
});

describe("signed tokens", () => {
  /** Code that brings a call in, and the callee that is there. */
  function reach(module: string, call: string): { before: string; callee: string } {
    const [first = "", ...rest] = call.split(".");
    const name = first.replace("()", "");
    const before = name === "default" ? `import it from "${module}";` : `import { ${name} as It } from "${module}";`;
    const start = name === "default" ? "it" : "It";
    if (!first.endsWith("()")) return { before, callee: [start, ...rest].join(".") };
    return rest.length === 0 ? { before, callee: `new ${start}` } : { before: `${before} declare const made: ${start};`, callee: ["made", ...rest].join(".") };
  }

  const callIn = (text: string): { call: TSESTree.CallExpression | TSESTree.NewExpression; source: ReturnType<typeof openText> } => {
    const source = openText(text);
    return { call: find(source, (node) => node.type === "CallExpression" || node.type === "NewExpression") as TSESTree.CallExpression, source };
  };

  const signers = tokenSigners.flatMap((entry) => entry.calls.map((call) => [`${entry.module} ${call}`, entry, call] as const));
  it.each(signers)("%s", (_, entry, call) => {
    expect(entry.source).toMatch(page);
    const { before, callee } = reach(entry.module, call);
    const options = entry.options === null ? "" : `${", key".repeat(entry.options - 1)}, { ${entry.write.text} }`;
    const ended = entry.write.at === "options" ? `${callee}({ sub: user.id }${options})` : `${callee}({ sub: user.id, ${entry.write.text} }, key)`;
    for (const [text, expiry] of [[`${callee}({ sub: user.id }, key)`, entry.setUp ? "unknown" : "missing"], [ended, "found"]] as const) {
      const { call: node, source } = callIn(`${before} ${entry.options === 1 ? text.replace(", key", "") : text}`);
      expect(issuedTokenAt(node, source)?.expiry, source.text).toBe(expiry);
    }
  });

  it.each(tokenBuilders.map((entry) => [entry.module, entry] as const))("%s", (_, { module, made, write, source: cited }) => {
    expect(cited).toMatch(page);
    const { before, callee } = reach(module, made);
    for (const [text, expiry] of [["", "missing"], [write, "found"]] as const) {
      const source = openText(`${before} ${callee}({ sub: user.id })${text}.sign(key)`);
      const node = find(source, ({ type }) => type === "NewExpression") as TSESTree.NewExpression;
      expect(issuedTokenAt(node, source)?.expiry, source.text).toBe(expiry);
    }
  });

  it.each(addedSigners.map((entry) => [entry.module, entry] as const))("%s", (_, { path, source }) => {
    expect(source).toMatch(page);
    expect(path.test("reply.jwtSign") && path.test("app.jwt.sign") && !path.test("app.sign")).toBe(true);
  });

  const decoders = tokenDecoders.flatMap(({ module, calls, source }) => calls.map((call) => [`${module} ${call}`, module, call, source] as const));
  it.each(decoders)("%s reads what nobody has checked", (_, module, call, cited) => {
    expect(cited).toMatch(page);
    const { before, callee } = reach(module, call);
    const source = openText(`${before} export const subject = (request) => ${callee}(request.headers.authorization).sub;`, { filename: "server/auth.ts" });
    const node = find(source, ({ type }) => type === "CallExpression") as TSESTree.CallExpression;
    expect(unverifiedTokenAt(node, source)?.fault, source.text).toBe("decoded");
  });

  const verifiers = tokenVerifiers.flatMap((entry) => entry.calls.map((call) => [`${entry.module} ${call}`, entry, call] as const));
  it.each(verifiers)("%s lets in what is over", (_, entry, call) => {
    expect(entry.source).toMatch(page);
    const { before, callee } = reach(entry.module, call);
    const { call: node, source } = callIn(`${before} ${callee}(${"x, ".repeat(entry.options)}{ ignoreExpiration: true })`);
    expect(unverifiedTokenAt(node, source)?.fault, source.text).toBe("expired");
  });
});

describe("libraries that keep sessions", () => {
  it.each(sessionLibraries.map((entry) => [entry.module, entry] as const))("%s", (_, entry) => {
    expect(entry.source).toMatch(page);
    const name = entry.calls?.[0] ?? "default";
    const before = name === "default" ? `import it from "${entry.module}";` : `import { ${name} as it } from "${entry.module}";`;
    const call = (options: string): string => (entry.calls ? `it(${options})` : `app.register(it, ${options})`);
    const expiryOf = (options: string): string | undefined => {
      const source = openText(`${before} ${call(options)}`);
      return sessionSetUpAt(find(source, ({ type }) => type === "CallExpression") as TSESTree.CallExpression, source)?.expiry;
    };
    const inCookie = (text: string): string => (entry.cookie === null ? `{ ${text} }` : `{ ${entry.cookie}: { ${text} } }`);
    expect(expiryOf("{ secret }")).toBe(entry.expiresByDefault ? "found" : "missing");
    expect(expiryOf(inCookie(entry.write))).toBe("found");
    for (const { option, value } of entry.endless) expect(expiryOf(`{ ${option}: ${JSON.stringify(value)} }`)).toBe("missing");
    const { under, name: named, otherwise, byDefault } = entry.flags;
    const cookieOf = (text: string, more = ""): ReturnType<typeof sessionCookiesAt>[number] | undefined => {
      const source = openText(`${before} ${call(`{ secret, ${more}${under === null ? text : `${under}: { ${text} }`} }`)}`);
      return sessionCookiesAt(find(source, ({ type }) => type === "CallExpression"), source)[0];
    };
    expect(cookieOf("")).toMatchObject({ name: otherwise, missing: ["httpOnly", "secure", "sameSite"].filter((flag) => !byDefault.some((given) => given === flag)), off: [] });
    expect(cookieOf("httpOnly: false, secure: true, sameSite: true", `${named}: "own", `)).toMatchObject({ name: "own", missing: [], off: ["httpOnly"] });
  });
});

describe("passwords", () => {
  /** The call of a module's export, and what brings it in. */
  function callOf(module: string, call: string, given: string): string {
    if (module === "(global)") return `${call}(${given})`;
    const [name = "", ...rest] = call.split(".");
    return name === "default" ? `import it from "${module}"; it(${given})` : `import { ${name} as it } from "${module}"; ${["it", ...rest].join(".")}(${given})`;
  }

  const weakIn = (text: string): ReturnType<typeof weakPasswordAt> => {
    const source = openText(text);
    return weakPasswordAt(find(source, ({ type }) => type === "CallExpression") as TSESTree.CallExpression, source);
  };

  const hashes = passwordHashes.flatMap((entry) => entry.calls.map((call) => [`${entry.module} ${call}`, entry, call] as const));
  it.each(hashes)("%s", (_, { module, cost, least, source }, call) => {
    expect(source).toMatch(page);
    const given = (number: number): string => {
      if (typeof cost === "number") return [...Array.from({ length: cost }, () => "password"), number].join(", ");
      return [...Array.from({ length: cost.options }, () => "password"), `{ ${cost.names[0] ?? ""}: ${number} }`].join(", ");
    };
    expect(weakIn(callOf(module, call, given(least - 1)))?.fault).toBe("cheap");
    expect(weakIn(callOf(module, call, given(least)))).toBeNull();
  });

  const digests = fastDigests.flatMap(({ module, calls, source }) => calls.map((call) => [`${module} ${call}`, module, call, source] as const));
  it.each(digests)("%s", (_, module, call, source) => {
    expect(source).toMatch(page);
    expect(weakIn(callOf(module, call, "password"))?.fault).toBe("fast");
  });

  it.each(digestMakers.map((entry) => [entry.module, entry] as const))("digests of %s", (_, { module, call, source }) => {
    expect(source).toMatch(page);
    const text = `${callOf(module, call, '"md5"')}.update(password)`;
    const opened = openText(text);
    const update = find(opened, (node) => node.type === "CallExpression" && opened.text.slice(...node.callee.range).endsWith("update")) as TSESTree.CallExpression;
    expect(weakPasswordAt(update, opened)?.fault).toBe("fast");
  });

  it("cites a page for the names of what must not be guessed", () => {
    for (const { source } of unguessable) expect(source).toMatch(page);
  });
});

describe("cookies", () => {
  const setters = cookieSetters.flatMap((entry) => entry.calls.map((call) => [`${entry.module} ${call}`, entry, call] as const));
  it.each(setters)("%s", (_, entry, call) => {
    expect(entry.source).toMatch(page);
    const [first = "", ...rest] = call.split(".");
    const name = first.replace("()", "");
    const made = first.endsWith("()") ? (name === "default" ? "new It()" : "It()") : "It";
    const before = name === "default" ? `import It from "${entry.module}";` : `import { ${name} as It } from "${entry.module}";`;
    const given = [...Array.from({ length: entry.name }, () => "c"), '"session"', "id"].join(", ");
    const source = openText(`${before} ${[made, ...rest].join(".")}(${given})`);
    const node = find(source, (candidate) => candidate.type === "CallExpression" && candidate.arguments.length > 1);
    expect(sessionCookiesAt(node, source)[0]?.missing, source.text).toEqual(["httpOnly", "secure", "sameSite"].filter((flag) => !entry.byDefault.includes(flag)));
  });

  it("cites a page for each method", () => {
    for (const { source } of cookieMethods) expect(source).toMatch(page);
  });
});
