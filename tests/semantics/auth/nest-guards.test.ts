import { describe, expect, it } from "vitest";

import { entriesIn } from "../../../src/semantics/entries/entries.js";
import { type Gate, gateOf } from "../../../src/semantics/auth/nest-guards.js";
import { makeProject } from "../../support/project.js";
import { openText } from "../../support/source.js";

interface Parts {
  readonly onClass?: string;
  readonly onMethod?: string;
  readonly parameters?: string;
  readonly before?: string;
  readonly fields?: string;
  readonly parent?: string;
}

const text = ({ onClass = "", onMethod = "", parameters = `@Param("id") id: string`, before = "", fields = "", parent = "" }: Parts): string =>
  `import { Body, Controller, Get, HttpCode, Param, Req, UseGuards } from "@nestjs/common"; import { AuthGuard } from "@nestjs/passport"; import { Throttle, ThrottlerGuard } from "@nestjs/throttler"; ${before} @Controller("orders") ${onClass} class Orders ${parent} { ${fields} @Get(":id") ${onMethod} one(${parameters}) {} }`;

function gate(parts: Parts, files: Readonly<Record<string, string>> = {}): Gate {
  const project = makeProject({ "package.json": { dependencies: { "@nestjs/common": "11.0.0" } }, ...files });
  const source = openText(text(parts), { filename: project.path("src/orders/orders.controller.ts"), cwd: project.dir });
  const [entry] = entriesIn(source);
  if (!entry) throw new Error("no entry");
  return gateOf(entry, source);
}

const jwt = `@UseGuards(AuthGuard("jwt"))`;
const appModule = (guard: string): Record<string, string> => ({
  "src/app.module.ts": `import { APP_GUARD } from "@nestjs/core"; import { AuthGuard } from "@nestjs/passport"; import { ThrottlerGuard } from "@nestjs/throttler"; class JwtGuard extends AuthGuard("jwt") {} class PoliciesGuard { canActivate() { return allowed(); } } @Module({ providers: [{ provide: APP_GUARD, ${guard} }] }) export class AppModule {}`,
});

describe("gateOf", () => {
  it.each<[name: string, parts: Parts, expected: Gate]>([
    ["no guard", {}, "open"],
    ["a guard of the class", { onClass: jwt }, "authentication"],
    ["a guard of the method", { onMethod: jwt }, "authentication"],
    ["a class that extends it", { onClass: "@UseGuards(JwtGuard)", before: `class JwtGuard extends AuthGuard("jwt") {}` }, "authentication"],
    ["an instance", { onClass: "@UseGuards(new JwtGuard())", before: `class JwtGuard extends AuthGuard("jwt") {}` }, "authentication"],
    ["one that lets marked routes through", { onClass: "@UseGuards(JwtGuard)", before: `class JwtGuard extends AuthGuard("jwt") { canActivate(context) { return this.reflector.get("public", context.getHandler()) || super.canActivate(context); } }` }, "authentication"],
    ["one that verifies a token by itself", { onClass: "@UseGuards(TokenGuard)", before: `import { JwtService } from "@nestjs/jwt"; class TokenGuard { constructor(private jwt: JwtService) {} async canActivate(context) { request.user = await this.jwt.verifyAsync(token); return true; } }` }, "authentication"],
    ["one that limits requests as well", { onClass: `@UseGuards(ThrottlerGuard, AuthGuard("jwt"))`, onMethod: "@Throttle({})" }, "authentication"],
    ["a decorator that is composed of one", { onMethod: "@Signed()", before: `import { applyDecorators } from "@nestjs/common"; const Signed = () => applyDecorators(UseGuards(AuthGuard("jwt")), HttpCode(200));` }, "authentication"],
    ["a decorator that is composed of another", { onClass: "@Inner()", before: `import { applyDecorators } from "@nestjs/common"; function Signed() { return applyDecorators(UseGuards(AuthGuard("jwt"))); } const Inner = () => applyDecorators(Signed());` }, "authentication"],
    ["a decorator that is composed of nothing that asks", { onMethod: "@Quick()", before: `import { applyDecorators } from "@nestjs/common"; const Quick = () => applyDecorators(HttpCode(200));` }, "open"],
    ["a decorator that is composed of one for roles", { onMethod: `@Auth("admin")`, before: `import { applyDecorators, SetMetadata } from "@nestjs/common"; const Auth = (...roles) => applyDecorators(Roles(...roles), UseGuards(AuthGuard("jwt"), RolesGuard)); const Roles = (...roles) => SetMetadata("roles", roles); class RolesGuard { canActivate(context) { return context.user.role; } }` }, "unknown"],
    ["a decorator that is composed under a condition", { onMethod: "@Maybe(true)", before: `import { applyDecorators } from "@nestjs/common"; const Maybe = (open) => { if (open) return applyDecorators(); return applyDecorators(UseGuards(AuthGuard("jwt"))); };` }, "unknown"],
    ["one that limits requests alone", { onClass: "@UseGuards(ThrottlerGuard)" }, "open"],
    ["a status", { onClass: jwt, onMethod: "@HttpCode(204)" }, "authentication"],
    ["one that asks for a role", { onClass: "@UseGuards(JwtGuard)", before: `class JwtGuard extends AuthGuard("jwt") { handleRequest(error, user) { if (!user.roles.includes("x")) throw error; return user; } }` }, "unknown"],
    ["one for machines", { onClass: `@UseGuards(AuthGuard("api-key"))` }, "unknown"],
    ["one that cannot be seen", { onClass: "@UseGuards(Gone)", before: `import { Gone } from "./gone";` }, "unknown"],
    ["one that checks something else", { onClass: "@UseGuards(Own)", before: "class Own { canActivate() { return clock.isDay(); } }" }, "unknown"],
    ["a decorator of the app's own", { onClass: jwt, onMethod: "@Owned()", before: `import { Owned } from "./owned";` }, "unknown"],
    ["the request among the parameters", { onClass: jwt, parameters: `@Param("id") id: string, @Req() req` }, "unknown"],
    ["a parameter without a decorator", { onClass: jwt, parameters: "id" }, "unknown"],
    ["a class that extends another", { onClass: jwt, parent: "extends Base" }, "unknown"],
    ["a controller that is given the request", { onClass: jwt, before: `import { REQUEST } from "@nestjs/core"; import { Inject } from "@nestjs/common";`, fields: "constructor(@Inject(REQUEST) private request) {}" }, "unknown"],
  ])("%s", (_, parts, expected) => expect(gate(parts)).toBe(expected));

  it.each<[name: string, guard: string, parts: Parts, expected: Gate]>([
    ["one of the application", "useClass: JwtGuard", {}, "authentication"],
    ["one that limits requests", "useClass: ThrottlerGuard", { onClass: jwt }, "authentication"],
    ["one that asks for more", "useClass: PoliciesGuard", { onClass: jwt }, "unknown"],
    ["one that is made somewhere", "useFactory: () => guard", { onClass: jwt }, "unknown"],
  ])("knows %s", (_, guard, parts, expected) => expect(gate(parts, appModule(guard))).toBe(expected));

  it("knows guards that are set at the start", () => {
    expect(gate({ onClass: jwt }, { "src/main.ts": `import { PoliciesGuard } from "./policies"; app.useGlobalGuards(new PoliciesGuard());` })).toBe("unknown");
  });
});
