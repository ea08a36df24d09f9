/** Commands of a shell that look at files, write, copy or move them. */
const looks =
  /(?:^|&&|\|\|?|;|\(|\bif|\bthen|\bdo|\bwhile|!|\bsudo|\bxargs|\brun:|^\s*-)\s*(?:\[\[?|test|echo|printf|[ef]?grep|rg|ack|sed|awk|cat|head|tail|less|wc|ls|find|cp|mv|rm|ln|touch|mkdir|chmod|chown|diff|cmp|stat|file|git|sort|uniq|cut|tee|rsync|scp|perl\s+-p?i)\s/;

/** What makes code run, or builds it. */
const runs =
  /(?:^|[\s/`"'$(=])(?:node|nodemon|tsx|ts-node(?:-esm)?|vite-node|bunx?|deno|pm2|forever|npx|pnpm|yarn|npm|esbuild|swc|tsc|tsup|tsdown|rollup|webpack|ncc|vercel|wrangler|serverless|sls|sam|docker|k6|artillery)["']?\s/;

/** The same, of a name that stands in a variable. */
const runsNamed = /\b(?:node|tsx|ts-node|bun|deno|npx|esbuild)["']?\s[^\n$]*\$/;

/** A name that a script keeps, alone on its line or in a variable: `"src/report.ts"`, `FILE=src/report.ts`. */
const keepsName = /^\s*(?:(?:local|export|declare|readonly)\s+)?(?:\w+\+?=)?[("']*[\w@./[\]*{}$-]+\.[cm]?[jt]sx?(?:["']|:[^"']*["'])?[)\s\\]*$/;

const isComment = (line: string): boolean => /^\s*#/.test(line);

/** A text that a script writes to somewhere, with what stands behind its mark. */
const hereDocument = /<<-?[ \t]*["']?(\w+)(?!\w)([^\n]*)\n((?:[^\n]*\n)*?)[ \t]*\1[ \t]*$/gm;

/**
 * The lines of a shell's script, or of a workflow with such, that may run the files which they name: not what looks at them, changes or
 * copies them, and of what a script writes down the commands alone.
 */
export function runLinesIn(text: string, isScript: boolean): string {
  const isRun = (line: string): boolean => runs.test(line);
  if (!isScript) return text.split("\n").filter((line) => isRun(line) || !looks.test(line)).join("\n");
  const isNameRun = runsNamed.test(text);
  return text
    .replace(hereDocument, (_, _mark, rest: string, body: string) => [rest, ...body.split("\n").filter(isRun)].join("\n"))
    .split("\n")
    .filter((line) => isRun(line) || !(looks.test(line) || isComment(line) || (!isNameRun && keepsName.test(line))))
    .join("\n");
}
