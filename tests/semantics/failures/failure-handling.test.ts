import { describe, expect, it } from "vitest";

import { caughtBy, failureHandlerAt, isErrorKept, isOfKnownError } from "../../../src/semantics/failures/failure-handling.js";
import { outerFrame } from "../../../src/semantics/program/frames.js";
import { marked, openText } from "../../support/source.js";

function open(code: string) {
  const source = openText(code);
  const node = marked(source);
  const handler = failureHandlerAt(node, source);
  return { source, node, handler };
}

describe("failure handlers", () => {
  it.each([
    ["a catch clause", `try { a(); } catch (error) { __(x); }`, "catch error"],
    ["one that takes no error", `try { a(); } catch { __(x); }`, "catch -"],
    ["one that takes it apart", `try { a(); } catch ({ message }) { __(x); }`, "catch { message }"],
    ["a callback of catch", `a().catch((err) => { __(x); });`, "rejection err"],
    ["the second callback of then", `a().then(b, function (reason) { __(x); });`, "rejection reason"],
    ["an error handler of Express", `import express from "express"; express().use((err, req, res, next) => { __(x); });`, "error-handler err"],
    ["a filter of Nest", `import { Catch } from "@nestjs/common"; @Catch() class F { catch(exception: unknown) { __(x); } }`, "error-handler exception: unknown"],
    ["a function that is given an error", `function fail(res, error: Error) { __(x); }`, "helper error: Error"],
    ["a function that asks whether it was", `function fail(error: unknown) { const text = error instanceof Error ? error.message : ""; __(x); }`, "helper error: unknown"],
    ["the innermost", `try { a(); } catch (outer) { try { b(); } catch (inner) { __(x); } }`, "catch inner"],
  ])("%s", (_, code, expected) => {
    const { source, handler } = open(code);
    const binding = handler?.binding;
    expect(handler && `${handler.kind} ${binding ? source.text.slice(...binding.range) : "-"}`).toBe(expected);
  });

  it.each([
    ["the block that is tried", `try { __(x); } catch (error) {}`],
    ["the first callback of then", `a().then((result) => { __(x); });`],
    ["an error of one's own", `function fail(error: AppError) { __(x); }`],
    ["a filter for certain errors", `import { Catch } from "@nestjs/common"; @Catch(OrderError) class F { catch(exception) { __(x); } }`],
    ["a name", `function fail(error) { __(x); }`],
  ])("knows %s as none", (_, code) => expect(open(code).handler).toBeNull());
});

describe("the error under other names", () => {
  const is = (code: string): boolean => {
    const { source, node, handler } = open(code);
    return handler !== null && caughtBy(handler, source).is({ node, frame: outerFrame(handler.node, source) });
  };

  it.each([
    ["itself", `try {} catch (error) { __(error); }`, true],
    ["with a type", `try {} catch (error) { __(error as Error); }`, true],
    ["a const", `try {} catch (e) { const error = e as Error; __(error); }`, true],
    ["made sure to be one", `try {} catch (e) { const error = e instanceof Error ? e : new Error(String(e)); __(error); }`, true],
    ["a part of it", `try {} catch (e) { __(e.message); }`, false],
    ["the outer name", `const error = 1; try {} catch (e) { __(error); }`, false],
    ["shadowed", `try {} catch (error) { run((error) => __(error)); }`, false],
  ])("%s", (_, code, expected) => expect(is(code)).toBe(expected));
});

describe("which errors come to a node", () => {
  const known = (inner: string): boolean => {
    const { source, node, handler } = open(`async function f() { try { a(); } catch (error) { ${inner} } }`);
    return handler !== null && isOfKnownError({ node, frame: outerFrame(handler.node, source) }, caughtBy(handler, source));
  };

  it.each([
    ["a class of one's own", `if (error instanceof AppError) __(x);`],
    ["what is left after others", `if (!(error instanceof AppError)) throw error; __(x);`],
    ["one of two classes", `if (error instanceof AppError || error instanceof ZodError) __(x);`],
    ["a ternary", `const y = error instanceof AppError ? __(x) : 1;`],
    ["a test with a name", `const isOurs = error instanceof AppError; if (isOurs) __(x);`],
    ["its name", `if (error.name === "ZodError") __(x);`],
    ["its code", `if (error.code === "P2002") __(x);`],
    ["its message", `if (error.message === "Not found") __(x);`],
    ["a part of its message", `if (error.message.includes("unique constraint")) __(x);`],
    ["a message in a const", `const message = error instanceof Error ? error.message : ""; if (message === "Not found") __(x);`],
    ["a guard", `if (isAppError(error)) __(x);`],
    ["a guard of a library", `if (axios.isAxiosError(error)) __(x);`],
    ["a field that not all errors have", `if (error.isOperational) __(x);`],
    ["the same by in", `if ("statusCode" in error) __(x);`],
    ["a range of statuses", `if (error.status < 500) __(x);`],
    ["a thrown text", `if (typeof error === "string") __(x);`],
    ["a case", `switch (error.code) { case "P2002": __(x); }`],
    ["a case of true", `switch (true) { case error instanceof AppError: __(x); }`],
    ["a field of its own", `const { code } = error; if (code === "P2002") __(x);`],
  ])("some, by %s", (_, inner) => expect(known(inner)).toBe(true));

  it.each([
    ["no test", `__(x);`],
    ["any error", `if (error instanceof Error) __(x);`],
    ["any error, by a function", `if (util.types.isNativeError(error)) __(x);`],
    ["any but one class", `if (error instanceof AppError) return; __(x);`],
    ["any but one code", `if (error.code === "P2002") { return; } __(x);`],
    ["one class or anything else", `if (error instanceof AppError || loud) __(x);`],
    ["that it has a message", `if (error.message) __(x);`],
    ["that it has a stack", `if ("stack" in error) __(x);`],
    ["that it is there", `if (error) __(x);`],
    ["that it is an object", `if (typeof error === "object" && error !== null) __(x);`],
    ["the default case", `switch (error.code) { case "P2002": break; default: __(x); }`],
    ["another test", `if (res.headersSent) __(x);`],
  ])("any, by %s", (_, inner) => expect(known(inner)).toBe(false));
});

describe("what becomes of the error", () => {
  const kept = (inner: string): boolean => {
    const { source, node, handler } = open(`try { a(); } catch (error) { ${inner} }`);
    return handler !== null && isErrorKept(handler, source, [node]);
  };

  it.each([
    ["logged", `console.error(error); __(error);`, true],
    ["its message logged", `log("failed: " + error.message); __(error);`, true],
    ["logged under another name", `const e = error as Error; const text = e.message; log(text); __(error);`, true],
    ["thrown again", `if (a) throw error; __(error);`, true],
    ["wrapped and thrown", `if (a) throw new AppError("x", { cause: error }); __(error);`, true],
    ["only sent", `send(__(error));`, false],
    ["only tested", `if (error.code) b(); __(error);`, false],
    ["given a name for nothing", `const text = error.message; __(error);`, false],
  ])("%s", (_, inner, expected) => expect(kept(inner)).toBe(expected));
});
