import { Linter } from "eslint";
import { describe, expect, it } from "vitest";

import hardening from "../src/index.js";
import { settingsFault } from "../src/settings.js";

describe("settings that say something", () => {
  it.each([
    ["where files run", { roles: { server: ["src/core/**"], script: "tools/**" } }],
    ["a logger by a library's name", { logger: { module: "@/lib/logger", name: "log", style: "pino" } }],
    ["a logger in so many words", { logger: { module: "./src/log", style: { levels: { error: "error" }, fields: "first", error: "none", reserved: [] } } }],
    ["a client of the team", { httpClients: [{ name: "api", from: { module: "@acme/http" }, sends: { get: 1 }, deadline: { options: ["timeout"], write: "timeout: {ms}" }, source: "https://acme.example/http" }] }],
    ["how many processes there are", { singleInstance: true }],
    ["nothing", {}],
  ])("%s", (_, settings) => {
    expect(settingsFault(settings)).toBeNull();
  });
});

describe("settings that nobody understands", () => {
  it.each([
    ["a name that is spelled wrong", { rolse: {} }, "`settings.hardening.rolse` is unknown. There are: roles, logger, httpClients, entries, singleInstance"],
    ["a role that there is not", { roles: { backend: ["api/**"] } }, "`settings.hardening.roles.backend` is unknown. There are: server, client, edge, script, test, seed, migration, config, generated, unknown"],
    ["globs that are no texts", { roles: { server: [3] } }, "`settings.hardening.roles.server` is to be a string, or a list of strings"],
    ["a logger without a module", { logger: { name: "log" } }, "`settings.hardening.logger.module` is to be a string"],
    ["a logger that is a name only", { logger: "pino" }, "`settings.hardening.logger` is to be an object"],
    ["a client that says no deadline", { httpClients: [{ from: { module: "x" }, sends: {} }] }, "`settings.hardening.httpClients[0].deadline` is to be an object"],
    ["clients that are no list", { httpClients: { name: "api" } }, "`settings.hardening.httpClients` is to be a list"],
    ["yes for true", { singleInstance: "yes" }, "`settings.hardening.singleInstance` is to be true or false"],
    ["no object at all", 3, "`settings.hardening` is to be an object"],
  ])("%s", (_, settings, fault) => {
    expect(settingsFault(settings)).toBe(fault);
  });

  it("end the run, and ESLint shows why", () => {
    const config: Linter.Config[] = [...hardening.configs["code-recommended"], { settings: { hardening: { rolse: {} } } }];
    expect(() => new Linter().verify("export const a = 1;", config, { filename: "a.js" })).toThrow(/Error while loading rule 'hardening\/[\w-]+': `settings\.hardening\.rolse` is unknown\./);
  });
});
