import { describe, expect, it } from "vitest";

import { losingFrameworks } from "../../../src/knowledge/lost-handlers.js";
import { webFrameworks } from "../../../src/knowledge/web-frameworks.js";
import { losingFrameworkOf } from "../../../src/semantics/failures/lost-handlers.js";
import { makeProject } from "../../support/project.js";
import { openText } from "../../support/source.js";

describe.each(losingFrameworks.map((row) => [row.said, row] as const))("%s", (_, { framework, module, since, mended, patches, source }) => {
  const found = (dependencies: Record<string, string>): string | undefined => {
    const { dir } = makeProject({ "package.json": { dependencies } });
    return losingFrameworkOf(openText(`import app from "${module}";`, { filename: "server.ts", cwd: dir }))?.framework;
  };

  it("cites a page", () => expect(source).toMatch(/^https:\/\//));
  it("is a framework of the table", () => expect(webFrameworks.map(({ name }) => name)).toContain(framework));
  it("loses rejections before the version that does not", () => expect(found({ [module]: `^${String(since - 1)}.0.0` })).toBe(framework));
  it("loses none from then on", () => expect(found({ [module]: `^${String(since)}.0.0` })).toBeUndefined());
  it("is silent about a version that is not told", () => expect(found({ [module]: "latest" })).toBeUndefined());
  it.each(patches)("is mended by %s", (patch) => {
    expect(found({ [module]: `^${String(since - 1)}.0.0`, [patch]: "1.0.0" })).toBeUndefined();
    expect(mended.test(`import "${patch}";`)).toBe(true);
  });
});
