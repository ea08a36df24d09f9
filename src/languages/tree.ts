/** Start and end in the text, in UTF-16 units. */
export type Range = readonly [start: number, end: number];

interface Position {
  /** From 1. */
  readonly line: number;
  /** From 0. */
  readonly column: number;
}

export interface Location {
  readonly start: Position;
  readonly end: Position;
}

/** A node of a schema file. Its type begins with the language's name, so that no selector written for another language meets it. */
export interface Node {
  readonly type: string;
  readonly range: Range;
}

export interface Comment {
  readonly type: "Line" | "Block";
  /** Without its marks. */
  readonly value: string;
  readonly range: Range;
  /** A comment that other tools read as documentation. It directs no linter. */
  readonly documents: boolean;
}

/** Something that could not be read. It costs the statement, block or field that it stands in. */
export interface Fault {
  readonly message: string;
  readonly range: Range;
}

/** The root of a schema file's tree. */
export interface Root extends Node {
  readonly comments: readonly Comment[];
  readonly faults: readonly Fault[];
}

export type VisitorKeys = Readonly<Record<string, readonly string[]>>;

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null;

/** Visits the nodes right below a node, in the order of its visitor keys. */
export function eachChild(node: Node, keys: VisitorKeys, visit: (child: Node) => void): void {
  for (const key of keys[node.type] ?? []) {
    const value = (node as unknown as Record<string, unknown>)[key];
    if (!Array.isArray(value)) {
      if (isNode(value)) visit(value);
    } else for (const each of value) if (isNode(each)) visit(each);
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** What turns a place in a text into line and column. */
function positionsIn(text: string): (index: number) => Position {
  const starts = lineStarts(text);
  const startOf = (line: number): number => starts[line] ?? text.length + 1;
  // Most places are on the line of the one before, or on the next.
  let last = 0;
  return (index) => {
    if (index >= startOf(last + 1) && index < startOf(last + 2)) last += 1;
    else if (index < startOf(last) || index >= startOf(last + 1)) {
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (startOf(middle) <= index) low = middle;
        else high = middle - 1;
      }
      last = low;
    }
    return { line: last + 1, column: index - startOf(last) };
  };
}

/**
 * What tells where the nodes and comments of a text stand, as ESLint wants it. A file has thousands of nodes, of which a handful are
 * reported, so that each is looked up when it is asked for.
 */
export function locationsIn(text: string): (node: { readonly range: Range }) => Location {
  let positionAt: ((index: number) => Position) | null = null;
  return ({ range }) => {
    positionAt ??= positionsIn(text);
    return { start: positionAt(range[0]), end: positionAt(range[1]) };
  };
}
