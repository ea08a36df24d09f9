import rule from "../../../src/rules/auth/no-fail-open-catch.js";
import { ruleTester } from "../../support/rule-tester.js";

const file = { filename: "server/auth.ts" };

ruleTester.run("no-fail-open-catch", rule, {
  valid: [
    { ...file, name: "the answer is no", code: `function isAuthorized(token) { try { return verifyToken(token).valid; } catch { return false; } }` },
    { ...file, name: "the error goes on", code: `function isAuthorized(token) { try { return verifyToken(token).valid; } catch (error) { throw new Error("No", { cause: error }); } }` },
    { ...file, name: "nothing about who may", code: `function isReachable(url) { try { ping(url); return false; } catch { return true; } }` },
    { ...file, name: "a limiter that lets through when its store is away", code: `async function isRateAllowed(user) { try { return await checkPermissionLimit(user); } catch { return true; } }` },
    { ...file, name: "a limiter that is a guard", code: `export class StoreThrottlerGuard extends ThrottlerGuard { async canActivate(context) { try { return await super.canActivate(context); } catch { return true; } } }` },
    { ...file, name: "middleware that answers", code: `export const protect = (req, res, next) => { if (!req.headers.authorization) return res.status(401).end(); try { req.user = verifyToken(req.headers.authorization); next(); } catch { res.status(401).end(); } };` },
    { ...file, name: "middleware that hands the error on", code: `export const protect = (req, res, next) => { if (!req.headers.authorization) return res.status(401).end(); try { req.user = verifyToken(req.headers.authorization); next(); } catch (error) { next(error); } };` },
    { ...file, name: "middleware that never denies: who is there is asked later", code: `export const attachUser = (req, res, next) => { try { req.user = verifyToken(req.headers.authorization); } catch { req.user = null; } next(); };` },
    ...["req.user = undefined", "req.session.userId = null", "delete req.user", 'res.locals.set("currentUser", null)'].map((cleared) => ({
      ...file,
      name: `middleware that leaves nobody behind: ${cleared}`,
      code: `export const readSession = async (req, res, next) => { if (req.query.revoked) return res.status(401).end(); try { req.user = await validateSession(req.cookies.session); next(); } catch (error) { console.error(error); ${cleared}; next(); } };`,
    })),
    { ...file, name: "an outcome that is no, and denies in the lines behind it", code: `import { timingSafeEqual } from "node:crypto"; export function verifySignature(req, res, next) { const given = req.get("x-signature"); if (!given) return res.status(401).end(); let isValid = false; try { isValid = verifyToken(given) && timingSafeEqual(Buffer.from(given), expected(req)); } catch { isValid = false; } if (!isValid) { log(req.id); return res.status(401).end(); } next(); }` },
    { ...file, name: "optional by its name", code: `export const optionalAuth = (req, res, next) => { if (req.query.strict) return res.status(401).end(); try { req.user = verifyToken(req.token); } catch {} next(); };` },
    { ...file, name: "a check whose failure ends the function", code: `async function remove(user, id) { try { assertAdmin(user); } catch { return null; } await db.remove(id); }` },
    { ...file, name: "a check whose failure is answered", code: `async function remove(req, res) { try { assertAdmin(req); } catch { res.status(403).end(); } }` },
    { ...file, name: "what is done when a setup fails", code: `async function start() { try { await ensureAdminExists(); } catch (error) { log(error); } listen(); }` },
    { filename: "src/components/guard.tsx", name: "a browser keeps nothing from anybody", code: `"use client"; function isAuthorized(token) { try { return verifyToken(token); } catch { return true; } }` },
    { ...file, name: "half a catch", code: `function isAuthorized(token) { try { return verifyToken(token); } catch {} }` },
  ],
  invalid: [
    {
      ...file,
      name: "an outcome that is yes, by which the lines behind it let through",
      code: `import jwt from "jsonwebtoken";\nexport const protect = (req, res, next) => { if (!req.headers.authorization) return res.status(401).end(); let isValid = false;\n try { req.user = jwt.verify(req.headers.authorization, key); isValid = true; } catch { isValid = true; }\n if (!isValid) return res.status(401).end(); next(); };`,
      errors: [{ messageId: "continues", data: { check: "verify" }, line: 3 }],
    },
    {
      ...file,
      name: "the answer is yes",
      code: `function isAuthorized(token) {\n  try {\n    return verifyToken(token).valid;\n  } catch {\n    return true;\n  }\n}`,
      errors: [{ messageId: "passes", data: { check: "verifyToken" }, line: 5, column: 5, suggestions: [{ messageId: "deny", output: `function isAuthorized(token) {\n  try {\n    return verifyToken(token).valid;\n  } catch {\n    return false;\n  }\n}` }] }],
    },
    {
      ...file,
      name: "a guard of Nest",
      code: `import { Injectable } from "@nestjs/common"; import { JwtService } from "@nestjs/jwt";\n@Injectable() export class AuthGuard { constructor(private readonly jwt: JwtService) {}\n canActivate(context) { try { this.jwt.verify(context.token); return true; } catch { return true; } } }`,
      errors: [{ messageId: "passes", data: { check: "verify" }, line: 3, column: 86, suggestions: [{ messageId: "deny", output: `import { Injectable } from "@nestjs/common"; import { JwtService } from "@nestjs/jwt";\n@Injectable() export class AuthGuard { constructor(private readonly jwt: JwtService) {}\n canActivate(context) { try { this.jwt.verify(context.token); return true; } catch { return false; } } }` }] }],
    },
    {
      ...file,
      name: "middleware that runs what is behind it",
      code: `import jwt from "jsonwebtoken";\nexport const protect = (req, res, next) => { if (!req.headers.authorization) return res.status(401).end();\n try { req.user = jwt.verify(req.headers.authorization, key); next(); } catch (error) { console.error(error); next(); } };`,
      errors: [{ messageId: "continues", data: { check: "verify" }, line: 3, column: 111 }],
    },
    {
      ...file,
      name: "middleware that clears something else",
      code: `import jwt from "jsonwebtoken";\nexport const protect = (req, res, next) => { if (!req.headers.authorization) return res.status(401).end();\n try { req.user = jwt.verify(req.headers.authorization, key); next(); } catch (error) { req.error = null; next(); } };`,
      errors: [{ messageId: "continues", data: { check: "verify" }, line: 3, column: 107 }],
    },
    {
      ...file,
      name: "middleware that goes on after an empty catch",
      code: `import jwt from "jsonwebtoken";\nexport const protect = (req, res, next) => { if (!req.headers.authorization) return res.status(401).end();\n try { req.user = jwt.verify(req.headers.authorization, key); } catch (error) { console.error(error); }\n next(); };`,
      errors: [{ messageId: "continues", data: { check: "verify" }, line: 3 }],
    },
    {
      filename: "middleware.ts",
      project: "next",
      name: "middleware of Next",
      code: `import { NextResponse } from "next/server"; import { jwtVerify } from "jose";\nexport async function middleware(request) { const token = request.cookies.get("session"); if (!token) return NextResponse.redirect(new URL("/login", request.url));\n try { await jwtVerify(token.value, key); return NextResponse.next(); } catch { return NextResponse.next(); } }`,
      errors: [{ messageId: "continues", data: { check: "jwtVerify" }, line: 3 }],
    },
    { ...file, name: "a check that nobody minds", code: `async function remove(user, id) { try { assertAdmin(user); } catch (error) { console.error(error); } await db.remove(id); }`, errors: [{ messageId: "ignored", data: { check: "assertAdmin" }, line: 1, column: 76 }] },
  ],
});
