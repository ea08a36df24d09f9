import type { TSESTree } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";

import { promiseConsumers } from "../../../src/knowledge/promise-consumers.js";
import { ignoresPromises, mayIgnorePromises } from "../../../src/semantics/failures/promise-consumers.js";
import { find, openText } from "../../support/source.js";

const ignores = (code: string): boolean => {
  const source = openText(code);
  const call = find(source, (node) => node.type === "CallExpression" && node.arguments.some((argument) => argument.type === "ArrowFunctionExpression")) as TSESTree.CallExpression;
  return mayIgnorePromises(call) && ignoresPromises(call, source);
};

describe("who throws away what a callback returns", () => {
  it.each(
    promiseConsumers.flatMap(({ module, calls }) =>
      calls.map((call) => (module === null ? [call, `${call}(async () => {});`] : [`${call} of ${module}`, `import { thing } from "${module}"; thing.${call}(async () => {});`])),
    ),
  )("%s", (_, code) => expect(ignores(code)).toBe(true));

  it.each([
    ["an emitter of one's own", `import { EventEmitter } from "node:events"; class Bus extends EventEmitter {} const bus = new Bus(); bus.on("a", async () => {});`],
    ["itself as an emitter", `import { EventEmitter } from "node:events"; class Bus extends EventEmitter { start() { this.on("a", async () => {}); } }`],
    ["a field by its type", `import { Socket } from "socket.io"; class Room { constructor(private socket: Socket) {} start() { this.socket.on("a", async () => {}); } }`],
    ["what a callback is handed", `import { Server } from "socket.io"; new Server().on("connection", (socket) => socket.on("a", async () => {}));`],
    ["the host by its name", `globalThis.setTimeout(async () => {}, 1);`],
  ])("%s", (_, code) => {
    const source = openText(code);
    const call = find(source, (node) => node.type === "CallExpression" && node.arguments.some((argument) => argument.type === "ArrowFunctionExpression" && argument.async)) as TSESTree.CallExpression;
    expect(ignoresPromises(call, source)).toBe(true);
  });

  it.each([
    ["a process on its way down", `process.on("SIGTERM", async () => {});`],
    ["somebody else's emitter", `import { bus } from "./bus"; bus.on("a", async () => {});`],
    ["a timer of one's own", `import { setTimeout } from "./timers"; setTimeout(async () => {}, 1);`],
    ["an emitter that listens to rejections", `import { EventEmitter } from "node:events"; const bus = new EventEmitter({ captureRejections: true }); bus.on("a", async () => {});`],
    ["another method", `import { Server } from "socket.io"; new Server().use(async () => {});`],
    ["a list", `items.map(async () => {});`],
  ])("not %s", (_, code) => expect(ignores(code)).toBe(false));
});
