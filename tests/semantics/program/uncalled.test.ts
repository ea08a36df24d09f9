import { describe, expect, it } from "vitest";

import { openFile } from "../../../src/project/file.js";
import { isUncalledAt } from "../../../src/semantics/program/uncalled.js";
import { openText } from "../../support/source.js";
import { type Files, makeProject } from "../../support/project.js";

const steps = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`src/steps/step${index}.ts`, "export {};\n"]));
const imports = Object.keys(steps).map((file) => `import "${file.replace("src", ".").replace(".ts", ".js")}";\n`).join("");

/** Whether the `debugger` of a file, which the app's main file imports a name of, is in something that nobody calls. */
function isUncalled(text: string, files: Files = {}, names = "used"): boolean {
  const main = `${imports}import { ${names} } from "./mail.js";\nconsole.log(${names});\n`;
  const project = makeProject({ "package.json": { name: "shop" }, ...steps, "src/main.ts": main, "src/mail.ts": text, ...files });
  const filename = project.path("src/mail.ts");
  const source = openText(text, { filename });
  openFile({ sourceCode: source, filename, cwd: project.dir, settings: {}, languageOptions: { parser: undefined } } as never);
  return isUncalledAt(text.indexOf("debugger"), source);
}

const used = "export const used = 1;\n";

describe("what nobody calls", () => {
  it.each<[string, string, Files?]>([
    ["a function that is exported", `${used}export function send() { debugger; }\n`],
    ["one that is exported in a list", `${used}const send = () => { debugger; };\nexport { send };\n`],
    ["one that a barrel hands on by name", `${used}export function send() { debugger; }\n`, { "src/index.ts": 'export { send } from "./mail.js";\n' }],
    ["one that a test calls", `${used}export function send() { debugger; }\n`, { "src/mail.test.ts": 'import { send } from "./mail.js";\nsend();\n' }],
    ["one that is local", `${used}function send() { debugger; }\n`],
    ["one within another", `${used}export const first = () => { const send = () => { debugger; }; return 1; };\n`],
    ["one that calls itself", `${used}export function send(times: number) { debugger; send(times - 1); }\n`],
    ["one that is spoken of in a comment", `${used}/** send: sends. */\nexport function send() { debugger; }\n`],
    ["one that only such a function calls", `${used}function deliver() { debugger; }\nexport function send() { deliver(); }\n`],
    ["two that call each other", `${used}function ping() { pong(); debugger; }\nfunction pong() { ping(); }\n`],
    ["a method of a class that is used", `class Mailer { ready() { return true; } send() { debugger; } }\nexport const used = new Mailer();\n`, { "src/main.ts": `${imports}import { used } from "./mail.js";\nused.ready();\n` }],
    ["a private method that only such a method calls", `class Mailer { ready() { return true; } send() { this.#deliver(); } #deliver() { debugger; } }\nexport const used = new Mailer();\n`, { "src/main.ts": `${imports}import { used } from "./mail.js";\nused.ready();\n` }],
    ["a class", `${used}export class Mailer { constructor() { debugger; } }\n`],
    ["a value", `${used}export const mailer = { from: process.env.FROM ?? "shop", send() { debugger; } } as const;\n`],
    ["what only such a value names", `${used}const send = () => { debugger; };\nexport const senders = [send];\n`],
    ["a property that its file does not ask for", `const mailer = { from: "shop", send: () => { debugger; } };\nexport const used = () => mailer.from;\n`],
    ["one that only such a function of another file calls", `${used}export function send() { debugger; }\n`, { "src/steps/step1.ts": 'import { send } from "../mail.js";\nexport function remind() { send(); }\n' }],
    ["one that only such a method of another file calls", `${used}export function send() { debugger; }\n`, { "src/main.ts": `${imports}import { used } from "./mail.js";\nimport { reminders } from "./reminders.js";\nconsole.log(used, reminders.ready());\n`, "src/reminders.ts": 'import { send } from "./mail.js";\nclass Reminders { ready() { return true; } remind() { send(); } }\nexport const reminders = new Reminders();\n' }],
    ["two of two files that call each other", `${used}import { answer } from "./steps/step1.js";\nexport function send() { answer(); debugger; }\n`, { "src/steps/step1.ts": 'import { send } from "../mail.js";\nexport function answer() { send(); }\n' }],
    ["one whose name another file has for its own", `${used}export function send() { debugger; }\n`, { "src/steps/step1.ts": 'const send = () => 1;\nsend();\nexport const all = { send };\n' }],
    ["one whose name another file imports from elsewhere", `${used}export function send() { debugger; }\n`, { "src/steps/step1.ts": 'import { send } from "./step2.js";\nsend();\n', "src/steps/step2.ts": "export function send() { return 1; }\n" }],
    ["one whose name a package has as well", `${used}export function send() { debugger; }\n`, { "src/steps/step1.ts": 'import { send } from "mailer";\nsend();\n', "package.json": { name: "shop", dependencies: { mailer: "^1.0.0" } } }],
    ["a method whose name other classes, keys of objects, functions and sentences have", `class Mailer { ready() { return true; } send() { debugger; } }\nexport const used = new Mailer();\n`, { "src/main.ts": `${imports}import { used } from "./mail.js";\nused.ready();\n`, "src/steps/step1.ts": 'class Letters { send() { return 1; } }\nfunction send() { console.log("could not send it"); }\nsend();\nexport const all = { send: new Letters() };\n' }],
    ["a function of a module of which others are asked for by name", `${used}export function send() { debugger; }\n`, { "src/main.ts": `${imports}import * as mail from "./mail.js";\nconsole.log(mail.used);\n` }],
  ])("is %s", (_, text, files) => {
    expect(isUncalled(text, files)).toBe(true);
  });
});

describe("what somebody calls, or may call", () => {
  it.each<[string, string, Files?]>([
    ["is called in another file", `${used}export function send() { debugger; }\n`, { "src/steps/step1.ts": 'import { send } from "../mail.js";\nsend();\n' }],
    ["is called in another file by a short name", `${used}export function go() { debugger; }\n`, { "src/steps/step1.ts": 'import { go } from "../mail.js";\ngo();\n' }],
    ["is called by one of another file that somebody calls", `${used}export function send() { debugger; }\n`, { "src/steps/step1.ts": 'import { send } from "../mail.js";\nfunction remind() { send(); }\nremind();\n' }],
    ["is handed on by another file, in what nobody calls and elsewhere", `${used}export function send() { debugger; }\n`, { "src/steps/step1.ts": 'import { send } from "../mail.js";\nexport function remind() { send(); }\nsetInterval(send, 1000);\n' }],
    ["is imported under another name", `${used}export function send() { debugger; }\n`, { "src/steps/step1.ts": 'import { send as post } from "../mail.js";\npost();\n' }],
    ["is taken from what is required", `${used}export function send() { debugger; }\n`, { "src/steps/step1.ts": 'const { send } = require("../mail.js");\nsend();\n' }],
    ["is taken from what is imported when it is needed", `${used}export function send() { debugger; }\n`, { "src/steps/step1.ts": 'const { send } = await import("../mail.js");\nsend();\n' }],
    ["is called by way of a barrel", `${used}export function send() { debugger; }\n`, { "src/steps/step1.ts": 'import { send } from "./step2.js";\nsend();\n', "src/steps/step2.ts": 'export { send } from "../mail.js";\n' }],
    ["is rendered in another file", `${used}export function Letter() { debugger; return null; }\n`, { "src/steps/step1.ts": 'import "./letters.js";\n', "src/steps/letters.tsx": 'import { Letter } from "../mail.js";\nexport default <Letter />;\n' }],
    ["is a method that another file takes from an object", `class Mailer { ready() { return true; } send() { debugger; } }\nexport const used = new Mailer();\n`, { "src/main.ts": `${imports}import { used } from "./mail.js";\nused.ready();\nconst { send } = used;\nsend();\n` }],
    ["is a method that another file names in a text", `class Mailer { ready() { return true; } send() { debugger; } }\nexport const used = new Mailer();\n`, { "src/main.ts": `${imports}import { used } from "./mail.js";\nused.ready();\nused["send"]();\n` }],
    ["is a method whose name another file has as a key, by which it calls methods", `class Mailer { ready() { return true; } send() { debugger; } }\nexport const used = new Mailer();\n`, { "src/main.ts": `${imports}import { used } from "./mail.js";\nused.ready();\nconst steps = { send: 1 };\nfor (const step of Object.keys(steps)) used[step]();\n` }],
    ["is called by one that calls it back, and by the app", `${used}import { answer } from "./steps/step1.js";\nexport function send() { answer(); debugger; }\n`, { "src/steps/step1.ts": 'import { send } from "../mail.js";\nexport function answer() { send(); }\n', "src/steps/step2.ts": 'import { answer } from "./step1.js";\nanswer();\n' }],
    ["is called where it stands", `${used}function send() { debugger; }\nsend();\n`],
    ["is handed on", `const send = () => { debugger; };\nexport const used = [send];\n`],
    ["is in a value that does something where it is made", `${used}export const mailer = connect({ send() { debugger; } });\n`],
    ["is in a value that changes", `${used}export let mailer = { send() { debugger; } };\n`],
    ["is a property that is read", `const mailer = { from: "shop", send: () => { debugger; } };\nexport const used = () => mailer.from + mailer.send();\n`],
    ["is a property of what is handed on", `const mailer = { from: "shop", send: () => { debugger; } };\nexport const used = () => Object.values(mailer);\n`],
    ["is a property of what another file reads", `${used}export const mailer = { from: "shop", send: () => { debugger; } };\n`, { "src/steps/step1.ts": 'import { mailer } from "../mail.js";\nconsole.log(mailer.from);\n' }],
    ["is a property that another one asks for", `const mailer = { first() { return this.send(); }, send() { debugger; } };\nexport const used = () => mailer.first();\n`],
    ["is exported under another name", `${used}function send() { debugger; }\nexport { send as post };\n`],
    ["is exported by default", `${used}export default function send() { debugger; }\n`],
    ["runs when its file is loaded", `${used}export const worker = new Worker(async () => { debugger; });\n`],
    ["is taken from the module by a name that is put together", `${used}export function send() { debugger; }\n`, { "src/main.ts": `${imports}import * as mail from "./mail.js";\nexport const call = (name: keyof typeof mail) => mail[name];\n` }],
    ["is handed on with all of its module", `${used}export function send() { debugger; }\n`, { "src/main.ts": `${imports}export * from "./mail.js";\n` }],
    ["is of a file that something starts", `${used}export function send() { debugger; }\n`, { "serverless.json": { functions: { mail: { handler: "src/mail.used" } } } }],
    ["is of a library", `${used}export function send() { debugger; }\n`, { "package.json": { name: "shop", exports: "./src/main.ts" } }],
    ["is a method of a class with a decorator", `@Injectable()\nclass Mailer { ready() { return true; } send() { debugger; } }\nexport const used = new Mailer();\n`, { "src/main.ts": `${imports}import { used } from "./mail.js";\nused.ready();\n` }],
    ["is a method that an interface asks for", `class Mailer implements Sender { ready() { return true; } send() { debugger; } }\nexport const used = new Mailer();\n`, { "src/main.ts": `${imports}import { used } from "./mail.js";\nused.ready();\n` }],
    ["is a method of what a library takes by its shape", `class Store { send() { debugger; } }\nexport const used = new Store();\n`],
    ["is a method that the language calls", `class Mailer { ready() { return true; } toJSON() { debugger; } }\nexport const used = new Mailer();\n`, { "src/main.ts": `${imports}import { used } from "./mail.js";\nused.ready();\n` }],
  ])("%s", (_, text, files) => {
    expect(isUncalled(text, files)).toBe(false);
  });

  it("is asked after what calls it back", () => {
    const text = `${used}function ping() { pong(); }\nfunction pong() { ping(); debugger; }\nping();\n`;
    const project = makeProject({ "package.json": { name: "shop" }, ...steps, "src/main.ts": `${imports}import { used } from "./mail.js";\nconsole.log(used);\n`, "src/mail.ts": text });
    const filename = project.path("src/mail.ts");
    const source = openText(text, { filename });
    openFile({ sourceCode: source, filename, cwd: project.dir, settings: {}, languageOptions: { parser: undefined } } as never);
    expect(isUncalledAt(text.indexOf("pong();"), source)).toBe(false);
    expect(isUncalledAt(text.indexOf("debugger"), source)).toBe(false);
  });

  it("stands in a project too small to tell", () => {
    const project = makeProject({ "package.json": { name: "shop" }, "src/mail.ts": "" });
    const source = openText("function send() { debugger; }\n", { filename: project.path("src/mail.ts") });
    openFile({ sourceCode: source, filename: project.path("src/mail.ts"), cwd: project.dir, settings: {}, languageOptions: { parser: undefined } } as never);
    expect(isUncalledAt(20, source)).toBe(false);
  });
});
