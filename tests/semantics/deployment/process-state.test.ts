import * as parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { describe, expect, it } from "vitest";

import hardening from "../../../src/index.js";
import { makeProject } from "../../support/project.js";

const limiter = `const rateLimits = new Map<string, number>();
export async function POST(request: Request) {
  const address = request.headers.get("x-forwarded-for") ?? "";
  if ((rateLimits.get(address) ?? 0) > 5) return new Response(null, { status: 429 });
  rateLimits.set(address, (rateLimits.get(address) ?? 0) + 1);
  return new Response(null);
}
`;

/** How often the limiter of a Next app is reported, beside the files of a platform. */
function reports(files: Record<string, string>): number {
  const project = makeProject({ "package.json": { dependencies: { next: "^15.0.0" } }, ...files });
  const config: Linter.Config = { files: ["**/*.ts"], languageOptions: { parser }, plugins: { hardening }, rules: { "hardening/no-in-memory-state": "error" } };
  return new Linter({ cwd: project.dir }).verify(limiter, [config], project.path("app/api/contact/route.ts")).length;
}

describe("how many instances a platform starts", () => {
  it.each([
    ["nothing says it", {}, 1],
    ["one, on DigitalOcean", { ".do/app.yaml": "services:\n  - name: web\n    instance_count: 1\n" }, 0],
    ["one here and three there", { ".do/app.yaml": "services:\n  - name: web\n    instance_count: 1\n  - name: api\n    instance_count: 3\n" }, 1],
    ["as many as are needed", { ".do/app.yaml": "services:\n  - name: web\n    autoscaling:\n      min_instance_count: 1\n      max_instance_count: 4\n" }, 1],
    ["one, on Render", { "render.yaml": "services:\n  - type: web\n    numInstances: 1\n" }, 0],
    ["a file without a number", { "render.yaml": "services:\n  - type: web\n" }, 1],
  ] as const)("%s", (_, files, count) => expect(reports(files)).toBe(count));
});
