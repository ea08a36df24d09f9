import { describe, expect, it } from "vitest";

import { isRequiredAtStart } from "../../../src/semantics/environment/env-required.js";
import { makeProject } from "../../support/project.js";

const manifest = { name: "salon", dependencies: { "@nestjs/common": "^11.0.0", "@nestjs/config": "^4.0.0", "@nestjs/core": "^11.0.0", "@nestjs/passport": "^11.0.0" } };

const main = `import { NestFactory } from "@nestjs/core";\nimport { AppModule } from "./app.module";\nasync function start() { const app = await NestFactory.create(AppModule); await app.listen(3000); }\nstart();\n`;

function isRequired(files: Record<string, string>, name = "TOKEN_SECRET", file = "src/tokens.service.ts"): boolean {
  const project = makeProject({
    "package.json": manifest,
    "src/main.ts": main,
    "src/app.module.ts": `import { Module } from "@nestjs/common";\nimport { Part } from "./part";\nimport { Tokens } from "./tokens.service";\n@Module({ providers: [Part, Tokens] }) export class AppModule {}\n`,
    "src/tokens.service.ts": `import { ConfigService } from "@nestjs/config";\nexport class Tokens { constructor(private readonly config: ConfigService) {} }\n`,
    "src/part.ts": "export class Part {}\n",
    ...files,
  });
  return isRequiredAtStart(name, project.open(file));
}

const head = `import { Injectable, Scope } from "@nestjs/common";\nimport { ConfigService } from "@nestjs/config";\nimport { PassportStrategy } from "@nestjs/passport";\nimport { Strategy } from "passport-jwt";\n`;

const part = (body: string, decorator = "@Injectable()", from = ""): Record<string, string> => ({ "src/part.ts": `${head}${decorator}\nexport class Part${from} {\n${body}\n}\n` });

const constructor = (lines: string): string => `  constructor(config: ConfigService, private readonly limit: number) {\n    ${lines}\n  }`;

const asks = `const secret = config.get<string>("TOKEN_SECRET");\n    if (!secret) throw new Error("TOKEN_SECRET is not set");`;

describe("what a provider stops the start for", () => {
  it.each([
    ["in the constructor of a strategy", part(constructor(`${asks}\n    super({ secretOrKey: secret });`), "@Injectable()", " extends PassportStrategy(Strategy)")],
    ["in the constructor of a provider, with process.env", part(constructor(`if (!process.env.TOKEN_SECRET) throw new Error("no secret");`))],
    ["by the method that throws", part(constructor(`this.secret = config.getOrThrow("TOKEN_SECRET");`))],
    ["in a field", part(`  constructor(private readonly config: ConfigService) {}\n  secret = this.config.getOrThrow("TOKEN_SECRET");`)],
    ["in a method that runs before the app listens", part(`  constructor(private readonly config: ConfigService) {}\n  onModuleInit() { if (!this.config.get("TOKEN_SECRET")) throw new Error("no secret"); }`)],
    ["after another check that throws", part(constructor(`if (!config.get("MAIL_KEY")) throw new Error("no key");\n    ${asks}`))],
    ["for want of one of two", part(constructor(`if (!config.get("MAIL_KEY") || !config.get("TOKEN_SECRET")) throw new Error("not set up");`))],
    ["where there are real users", part(constructor(`if (process.env.NODE_ENV === "production" && !config.get("TOKEN_SECRET")) throw new Error("no secret");`))],
    ["in a try that ends the process", part(constructor(`try {\n    ${asks}\n    } catch (error) { console.error(error); process.exit(1); }`))],
  ])("%s", (_, files) => expect(isRequired(files)).toBe(true));

  it.each([
    ["in a class that is nobody's provider", part(constructor(asks), "")],
    ["of each request", part(constructor(asks), "@Injectable({ scope: Scope.REQUEST })")],
    ["in a method that requests run", part(`  constructor(private readonly config: ConfigService) {}\n  sign() { if (!this.config.get("TOKEN_SECRET")) throw new Error("no secret"); }`)],
    ["in a function of the constructor that may be called later", part(constructor(`this.sign = () => {\n    ${asks}\n    };`))],
    ["where a part is switched on", part(constructor(`if (this.limit > 0) {\n    ${asks}\n    }`))],
    ["behind a way out", part(constructor(`if (config.get("TOKENS_OFF")) return;\n    ${asks}`))],
    ["for want of both of two", part(constructor(`if (!config.get("OLD_SECRET") && !config.get("TOKEN_SECRET")) throw new Error("no secret");`))],
    ["in a try that goes on", part(constructor(`try {\n    ${asks}\n    } catch (error) { console.error(error); }`))],
    ["in development", part(constructor(`if (process.env.NODE_ENV === "development") {\n    ${asks}\n    }`))],
    ["of another variable", part(constructor(asks.replaceAll("TOKEN_SECRET", "TOKEN_SECRET_OLD")))],
    ["with a default of its own", part(constructor(asks.replace(`("TOKEN_SECRET")`, `("TOKEN_SECRET", "salon")`)))],
    ["with a warning", part(constructor(`if (!config.get("TOKEN_SECRET")) console.warn("no secret");`))],
  ])("nothing %s", (_, files) => expect(isRequired(files)).toBe(false));

  it("nothing in a provider that nothing leads to", () => {
    const old = part(constructor(asks))["src/part.ts"] as string;
    const steps = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`src/step${index}.ts`, `import "./step${index + 1}";\n`]));
    expect(isRequired({ ...steps, "src/step8.ts": "export {};\n", "src/part.ts": `import "./step0";\nexport class Part {}\n`, "src/old-part.ts": old })).toBe(false);
  });
});

describe("what the start itself stops for", () => {
  const start = (lines: string, call = "start();"): Record<string, string> => ({
    "src/main.ts": `import { NestFactory } from "@nestjs/core";\nimport { ConfigService } from "@nestjs/config";\nimport { AppModule } from "./app.module";\nasync function start() {\n  const app = await NestFactory.create(AppModule);\n  const config = app.get(ConfigService);\n  ${lines}\n  await app.listen(3000);\n}\n${call}\n`,
  });

  it.each([
    ["outside development", start(`if (config.get<string>("NODE_ENV") !== "development" && !config.get<string>("TOKEN_SECRET")) {\n    throw new Error("TOKEN_SECRET must be set");\n  }`)],
    ["wherever it runs", start(`if (!config.get("TOKEN_SECRET")) { console.error("no secret"); process.exit(1); }`)],
    ["and somebody hears of it", start(`if (!process.env.TOKEN_SECRET) throw new Error("no secret");`, "start().catch((error) => { console.error(error); process.exit(1); });")],
  ])("%s", (_, files) => expect(isRequired(files)).toBe(true));

  it.each([
    ["in a function that nobody calls", start(`if (!config.get("TOKEN_SECRET")) throw new Error("no secret");`, "export { start };")],
    ["that only some start", start(`if (!config.get("TOKEN_SECRET")) throw new Error("no secret");`, `if (process.argv.includes("--strict")) start();`)],
    ["in tests", start(`if (process.env.NODE_ENV === "test" && !config.get("TOKEN_SECRET")) throw new Error("no secret");`)],
  ])("nothing %s", (_, files) => expect(isRequired(files)).toBe(false));

  it("nothing of the other app in the same package", () => {
    const worker = start(`if (!config.get("TOKEN_SECRET")) throw new Error("no secret");`)["src/main.ts"] as string;
    const files = { "apps/worker/src/main.ts": worker, "apps/api/src/main.ts": main, "apps/api/src/tokens.service.ts": "export class Tokens {}\n" };
    expect(isRequired(files, "TOKEN_SECRET", "apps/api/src/tokens.service.ts")).toBe(false);
    expect(isRequired(files, "TOKEN_SECRET", "apps/worker/src/main.ts")).toBe(true);
  });
});

it("a factory of a provider runs at the start", () => {
  const factory = `import { Module } from "@nestjs/common";\nimport { JwtModule } from "@nestjs/jwt";\nimport { Part } from "./part";\nimport { Tokens } from "./tokens.service";\n@Module({ imports: [JwtModule.registerAsync({ useFactory: (config) => ({ secret: config.getOrThrow("TOKEN_SECRET") }) })], providers: [Part, Tokens] })\nexport class AppModule {}\n`;
  expect(isRequired({ "src/app.module.ts": factory })).toBe(true);
});
