import { describe, expect, it } from "vitest";

import { isNeverReached } from "../../../src/semantics/failures/cannot-fail.js";
import { failureHandlerAt } from "../../../src/semantics/failures/failure-handling.js";
import { marked, openText } from "../../support/source.js";

const isReached = (code: string): boolean => {
  const source = openText(code);
  const handler = failureHandlerAt(marked(source), source);
  if (!handler) throw new Error("no handler");
  return !isNeverReached(handler, source);
};

const probe = (body: string): string => `async function probe() { ${body} }\nasync function f() { try { const result = await probe(); show(result); } catch (error) { __(error); } }\nconst show = (result) => { console.log(result); };`;

describe("a catch that nothing comes to", () => {
  it.each([
    ["a constant", `try { const a = 1; } catch (error) { __(error); }`],
    ["a function that keeps its failures", probe("try { return { ok: true, token: await fetch(url) }; } catch (error) { return { ok: false, message: error.message.trim() }; }")],
    ["one that logs them", probe("try { await fetch(url); } catch (error) { console.error('no answer', error); } finally { count(); }\nfunction count() {}")],
    ["one that calls another", probe("return inner(); async function inner() { try { await fetch(url); } catch { return null; } }")],
    ["one that calls itself", probe("try { await fetch(url); } catch { return probe(); }")],
    ["one whose rejections are caught where they are waited for", `const probe = async () => { try { await fetch(url); } catch { return null; } };\nprobe().catch((error) => { __(error); });`],
    ["one that is traced, which fails for nobody", `import { trace } from "@opentelemetry/api";\n${probe("const span = trace.getTracer('shop').startSpan('probe'); try { await fetch(url); } catch (error) { span.recordException(error); } finally { span.end(); }")}`],
    ["a method of the class", `class Locks { async release() { try { await fetch(url); } catch (error) { console.error(error); } }\nasync f() { try { await this.release(); } catch (error) { __(error); } } }`],
  ])("%s", (_, code) => expect(isReached(code)).toBe(false));

  it.each([
    ["a function that throws on", probe("try { await fetch(url); } catch (error) { console.error(error); throw error; }")],
    ["one that throws some on", probe("try { await fetch(url); } catch (error) { if (isFatal(error)) throw error; return null; }")],
    ["one that fails before", probe("const url = readUrl(); try { await fetch(url); } catch { return null; }")],
    ["one that fails again", probe("try { await fetch(url); } catch (error) { await report(error); }")],
    ["one that gives back a promise without waiting for it", probe("try { return fetch(url); } catch { return null; }")],
    ["one with a finally only", probe("try { await fetch(url); } finally { console.log('done'); }")],
    ["a function of somebody else", `import { probe } from "probes";\ntry { await probe(); } catch (error) { __(error); }`],
    ["a parameter", `async function f(probe) { try { await probe(); } catch (error) { __(error); } }`],
    ["a promise of which nothing is known", `async function f(promise) { try { await promise; } catch (error) { __(error); } }`],
    ["text that is parsed", `try { JSON.parse(text); } catch (error) { __(error); }`],
  ])("not %s", (_, code) => expect(isReached(code)).toBe(true));
});
