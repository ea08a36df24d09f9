/** A fenced block of a page, with what its info string says. */
export interface Block {
  /** The heading that it stands under. */
  section: string;
  language: string;
  line: number;
  code: string;
  /** Relative to the project. */
  filename?: string;
  project?: string;
  options?: unknown[];
  settings?: Record<string, unknown>;
}

export interface Page {
  title: string;
  /** What stands between the title and the first heading, without comments. */
  introduction: string;
  /** The `##` headings, in order. */
  sections: string[];
  /** The `###` headings, under `## Options`. */
  options: string[];
  blocks: Block[];
}

type Place = Pick<Block, "filename" | "project" | "options" | "settings">;

function attribute(word: string): Place {
  const [, key, quoted, bare] = /^(\w+)=(?:'(.*)'|(\S+))$/.exec(word) ?? [];
  const value = quoted ?? bare ?? "";
  if (key === undefined) return { filename: word };
  if (key === "project") return { project: value };
  if (key === "options" || key === "settings") return { [key]: JSON.parse(value) as never };
  throw new Error(`a fence cannot say ${word}`);
}

/** Reads `ts server/app.ts project=express options='[{ "milliseconds": 1 }]' settings='{ "hardening": {} }'`. */
function readFence(info: string): Place & Pick<Block, "language"> {
  const [language = "", ...words] = info.match(/\w+='[^']*'|\S+/g) ?? [];
  return Object.assign({ language }, ...words.map(attribute)) as Place & Pick<Block, "language">;
}

/** Reads a rule's page. */
export function readPage(text: string): Page {
  const page: Page = { title: "", introduction: "", sections: [], options: [], blocks: [] };
  let open: (Block & { fence: string }) | undefined;
  for (const [index, line] of text.split("\n").entries()) {
    const section = page.sections.at(-1) ?? "";
    const [, fence, info = ""] = /^(`{3,})(.*)$/.exec(line) ?? [];
    if (open && fence === open.fence) {
      const { fence: _fence, ...block } = open;
      page.blocks.push(block);
      open = undefined;
    } else if (open) open.code += `${line}\n`;
    else if (fence) open = { ...readFence(info), fence, section, line: index + 1, code: "" };
    else if (line.startsWith("# ")) page.title = line.slice(2).trim();
    else if (line.startsWith("## ")) page.sections.push(line.slice(3).trim());
    else if (line.startsWith("### ") && section === "Options") page.options.push(line.slice(4).trim());
    else if (section === "" && !line.startsWith("<!--")) page.introduction += `${line}\n`;
  }
  if (open) throw new Error(`the fence of line ${String(open.line)} is never closed`);
  return { ...page, introduction: page.introduction.trim() };
}
