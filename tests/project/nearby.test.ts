import { describe, expect, it } from "vitest";

import { filesAround } from "../../src/project/nearby.js";
import { makeProject } from "../support/project.js";

describe("filesAround", () => {
  it("finds files beside a file, above it and beside its folders, in its own package", () => {
    const project = makeProject({
      "package.json": { workspaces: ["api"] },
      "root.module.ts": "",
      "api/package.json": {},
      "api/src/app.module.ts": "",
      "api/src/orders/orders.module.ts": "",
      "api/src/orders/orders.controller.ts": "",
      "api/src/users/users.module.ts": "",
      "api/src/users/deep/deep.module.ts": "",
    });
    const file = project.path("api/src/orders/orders.controller.ts");
    project.open("api/src/orders/orders.controller.ts");
    expect(filesAround(file, /\.module\.ts$/).sort()).toEqual(["api/src/app.module.ts", "api/src/orders/orders.module.ts", "api/src/users/users.module.ts"].map((path) => project.path(path)));
  });
});
