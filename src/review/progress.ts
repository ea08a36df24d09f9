import { clearLine, cursorTo } from "node:readline";
import type { WriteStream } from "node:tty";

const width = 24;

/** Shows how far a run is: a bar on a terminal, a line now and then elsewhere. */
export interface Progress {
  readonly show: (done: number, total: number) => void;
  readonly end: () => void;
}

/** A bar that is drawn anew at most ten times a second. */
function bar(stream: WriteStream): Progress {
  let drawn = 0;
  return {
    show(done, total) {
      const now = Date.now();
      if (now - drawn < 100 && done < total) return;
      drawn = now;
      const filled = Math.round((done / total) * width);
      cursorTo(stream, 0);
      stream.write(`${"█".repeat(filled)}${"░".repeat(width - filled)} ${done} of ${total} files`);
      clearLine(stream, 1);
    },
    end() {
      cursorTo(stream, 0);
      clearLine(stream, 0);
    },
  };
}

/** A line at each quarter, for a log that keeps every line. */
function lines(stream: NodeJS.WritableStream): Progress {
  let last = -1;
  return {
    show(done, total) {
      const quarter = Math.floor((done / total) * 4);
      if (quarter === last) return;
      last = quarter;
      stream.write(`Reading: ${done} of ${total} files\n`);
    },
    end() {
      // Nothing to take back.
    },
  };
}

export const progressOn = (stream: WriteStream): Progress => (stream.isTTY && !process.env["CI"] ? bar(stream) : lines(stream));
