import { expect, test } from "vitest";

import { follow } from "../../src/project/modules.js";
import { fileFacts } from "../../src/project/file.js";
import { makeProject } from "../support/project.js";

test("an import of a local module is followed to what was parsed", () => {
  const app = makeProject({ "package.json": { name: "app" }, "src/db.ts": "import { PrismaClient } from '@prisma/client';\nexport const db = new PrismaClient();" });
  const source = app.open("src/a.ts");
  const followed = follow("./db", source, (name) => name === "@prisma/client");
  expect(followed && "source" in followed && fileFacts(followed.source)?.filename).toBe(app.path("src/db.ts"));
  expect(follow("./db", source, (name) => name === "axios")).toBeNull();
  expect(follow("axios", source, null)).toEqual({ package: "axios" });
});
