import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";

import type { Review } from "../../src/review/model.js";
import { review, type ReviewOptions } from "../../src/review/review.js";

/** Files by their paths. */
export type Files = Readonly<Record<string, string>>;

/** An app in a folder of its own, which goes when the tests are over. */
export interface TestApp {
  readonly root: string;
  /** Writes files, by their paths. */
  write(files: Files): void;
  review(options?: Partial<ReviewOptions>): Promise<Review>;
}

export function appWith(files: Files): TestApp {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "hardening-app-")));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const write = (more: Files): void => {
    for (const [file, text] of Object.entries(more)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
  };
  write(files);
  return {
    root,
    write,
    review: (options = {}) => review({ path: root, ownConfig: false, only: [], since: null, compare: null, onProgress: () => undefined, signal: new AbortController().signal, ...options }),
  };
}

/** A small shop with flaws of several kinds. */
export const shop: Files = {
  "package.json": JSON.stringify({ name: "shop", private: true, dependencies: { express: "^5.1.0", jsonwebtoken: "^9.0.0" } }),
  "server/auth.js": `import express from "express";
import jwt from "jsonwebtoken";

export const app = express();
const secret = process.env.JWT_SECRET || "correct-horse-battery";

app.post("/login", (request, response) => {
  response.json({ token: jwt.sign({ user: request.body.email }, secret) });
});
`,
  "server/rates.js": `export async function rates() {
  const response = await fetch("https://rates.example.com/latest");
  if (!response.ok) throw new Error("no rates");
  return response.json();
}
`,
  "server/orders.js": `import { Router } from "express";
import { rates } from "./rates.js";

export const orders = Router();

orders.get("/orders", async (request, response) => {
  console.log("orders for", request.query.page);
  response.json(await rates());
});
`,
  "prisma/schema.prisma": `datasource db {
  provider = "postgresql"
}

model User {
  id    Int    @id
  email String
}
`,
};
