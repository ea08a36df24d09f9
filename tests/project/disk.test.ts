import { chmodSync, statSync, utimesSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { afterEach, describe, expect, it, vi } from "vitest";

import { entriesOf, fileStamp, isReallyBelow, memoByFile, nearest, readText } from "../../src/project/disk.js";
import { makeProject } from "../support/project.js";

afterEach(() => void vi.useRealTimers());

const later = (milliseconds: number): void => void vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + milliseconds });

describe("what was read", () => {
  it("is read once while the file stays as it is", () => {
    const project = makeProject({ "a.txt": "one" });
    const read = vi.fn((text: string) => text);
    const memo = memoByFile(read);
    later(1000);
    for (let pass = 0; pass < 3; pass += 1) {
      project.open("x.ts");
      expect(memo(project.path("a.txt"))).toBe("one");
    }
    expect(read).toHaveBeenCalledOnce();
  });

  it("is looked at once in a run over a repository", () => {
    const project = makeProject({ "a.txt": "one" });
    project.open("x.ts");
    expect(readText(project.path("a.txt"))).toBe("one");
    project.write({ "a.txt": "two, and longer" });
    project.open("y.ts");
    expect(readText(project.path("a.txt"))).toBe("one");
  });

  it("is looked at again when a file is linted again", () => {
    const project = makeProject({ "a.txt": "one" });
    project.open("x.ts");
    expect(readText(project.path("a.txt"))).toBe("one");
    project.write({ "a.txt": "two, and longer" });
    project.open("x.ts");
    expect(readText(project.path("a.txt"))).toBe("two, and longer");
  });

  it("is looked at once however long it takes to lint a file", () => {
    const project = makeProject({ "a.txt": "one" });
    project.open("x.ts");
    expect(readText(project.path("a.txt"))).toBe("one");
    project.write({ "a.txt": "two, and longer" });
    later(300);
    project.open("y.ts");
    expect(readText(project.path("a.txt"))).toBe("one");
  });

  it("is looked at again after a pause", async () => {
    const project = makeProject({ "a.txt": "one" });
    project.open("x.ts");
    expect(readText(project.path("a.txt"))).toBe("one");
    project.write({ "a.txt": "two, and longer" });
    await setImmediate();
    later(300);
    project.open("y.ts");
    expect(readText(project.path("a.txt"))).toBe("two, and longer");
  });

  it("is looked at again while a long run goes on", () => {
    const project = makeProject({ "a.txt": "one" });
    project.open("0.ts");
    expect(readText(project.path("a.txt"))).toBe("one");
    project.write({ "a.txt": "two, and longer" });
    for (let file = 1; file <= 310; file += 1) {
      later(200);
      project.open(`${file}.ts`);
    }
    expect(readText(project.path("a.txt"))).toBe("two, and longer");
  });

  it("is new after an edit of the same length within the same tick", () => {
    const project = makeProject({ "a.txt": "one" });
    const file = project.path("a.txt");
    for (const text of ["one", "two", "six"]) {
      const { atime, mtime } = statSync(file);
      project.write({ "a.txt": text });
      utimesSync(file, atime, mtime);
      project.open("x.ts");
      expect(readText(file)).toBe(text);
    }
  });

  it("is gone with the file, and back with it", () => {
    const project = makeProject({ "a.txt": "one" });
    project.open("x.ts");
    expect(readText(project.path("a.txt"))).toBe("one");
    project.rename("a.txt", "b.txt");
    project.open("x.ts");
    expect(readText(project.path("a.txt"))).toBeNull();
    expect(readText(project.path("b.txt"))).toBe("one");
    project.rename("b.txt", "a.txt");
    project.open("x.ts");
    expect(readText(project.path("a.txt"))).toBe("one");
  });

  it("has no byte order mark", () => {
    const project = makeProject({ "a.txt": "\uFEFFone" });
    project.open("x.ts");
    expect(readText(project.path("a.txt"))).toBe("one");
  });

  it("is forgotten past the limit, the oldest first", () => {
    const project = makeProject({ a: "a", b: "b", c: "c" });
    const read = vi.fn((text: string) => text);
    const memo = memoByFile(read, 2);
    project.open("x.ts");
    for (const name of ["a", "b", "a", "c", "a", "b"]) memo(project.path(name));
    expect(read.mock.calls.map(([text]) => text)).toEqual(["a", "b", "c", "b"]);
  });
});

describe("what cannot be read is nothing", () => {
  it("a file that is not there, a folder, a closed file, a path that is none", () => {
    const project = makeProject({ "closed.txt": "text", "folder.ts/inner.txt": "" });
    chmodSync(project.path("closed.txt"), 0o000);
    project.open("x.ts");
    expect(readText(project.path("missing.txt"))).toBeNull();
    expect(readText(project.path("folder.ts"))).toBeNull();
    expect(readText(`${project.path("a")}\0b`)).toBeNull();
    expect(readText(project.path("folder.ts/inner.txt/below"))).toBeNull();
    if (process.getuid?.() !== 0) expect(readText(project.path("closed.txt"))).toBeNull();
    expect(entriesOf(project.path("missing"))).toBeNull();
  });

  it("a link that leads to itself", () => {
    const project = makeProject({});
    project.link("a.ts", project.path("b.ts"));
    project.link("b.ts", project.path("a.ts"));
    project.open("x.ts");
    expect(fileStamp(project.path("a.ts"))).toBeNull();
  });

  it("what its reader throws at", () => {
    const project = makeProject({ "a.json": "{" });
    expect(memoByFile((text) => JSON.parse(text) as object)(project.path("a.json"))).toBeNull();
  });
});

describe("a folder", () => {
  it("is listed once in a run over a repository", () => {
    const project = makeProject({ "a.ts": "" });
    project.open("x.ts");
    expect(entriesOf(project.dir)).toEqual(new Set(["a.ts"]));
    project.write({ "b.ts": "" });
    project.open("y.ts");
    expect(entriesOf(project.dir)).toEqual(new Set(["a.ts"]));
  });

  it("is listed again when a file is linted again", () => {
    const project = makeProject({ "a.ts": "" });
    project.open("x.ts");
    for (const name of ["b.ts", "c.ts", "d.ts"]) {
      entriesOf(project.dir);
      project.write({ [name]: "" });
      project.open("x.ts");
      expect(entriesOf(project.dir)).toContain(name);
    }
    project.rename("a.ts", "z.ts");
    project.open("x.ts");
    expect(entriesOf(project.dir)).toEqual(new Set(["b.ts", "c.ts", "d.ts", "z.ts"]));
  });

  it("holds what lies in it once links are followed", () => {
    const outside = makeProject({ "secret.ts": "" });
    const project = makeProject({ "src/a.ts": "" });
    project.link("src/out", outside.dir);
    project.link("src/in", project.path("src"));
    expect(isReallyBelow(project.path("src/a.ts"), project.dir)).toBe(true);
    expect(isReallyBelow(project.path("src/in/a.ts"), project.dir)).toBe(true);
    expect(isReallyBelow(project.path("src/out/secret.ts"), project.dir)).toBe(false);
    expect(isReallyBelow(outside.path("secret.ts"), project.dir)).toBe(false);
    expect(isReallyBelow(`${project.dir}-two/a.ts`, project.dir)).toBe(false);
  });

  it("is searched upwards, up to the last one", () => {
    const project = makeProject({ "a.json": "", "one/b.json": "", "one/two/c.ts": "", "one/two/a.json/is-a-folder": "" });
    const from = project.path("one/two");
    expect(nearest(["a.json", "b.json"], from, project.dir)).toBe(project.path("one/b.json"));
    expect(nearest(["a.json"], from, project.dir)).toBe(project.path("a.json"));
    expect(nearest(["a.json"], from, project.path("one"))).toBeNull();
  });
});
