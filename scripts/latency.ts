/**
 * How long a squiggle takes to come after a key is pressed, with the language server that editors run.
 *
 *     npm run latency [-- --keys 100] [--pause 250]
 *
 * A TypeScript file of 1,000 lines, made of the demo app's handlers, is open in three servers: with a config that has only a parser, with
 * `recommended` and with `strict`. A key is pressed in each of them in turn, with the pause of somebody who types; measured is what passes from the
 * change until its diagnostics are there. The first lint, which loads ESLint and the parser and reads what the file's imports say, stands apart.
 */
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";

import { startEditor, type Editor, type OpenFile } from "../tests/support/language-server.js";
import { median, quantile } from "./support/numbers.js";
import { root } from "./support/rules.js";

const { values: options } = parseArgs({ options: { keys: { type: "string", default: "100" }, pause: { type: "string", default: "250" } } });

const presets = { "only a parser": "", recommended: "...hardening.configs.recommended", strict: "...hardening.configs.strict" };

const configText = (preset: string): string => `import tseslint from "typescript-eslint";
import hardening from "../dist/index.js";

export default [{ files: ["**/*.ts"], languageOptions: { parser: tseslint.parser } }, ${preset}];
`;

const head = `import { type Request, type Response, Router } from "express";

import { getSession } from "../lib/auth";
import { env } from "../lib/env";
import { logger } from "../lib/logger";
import { sendMail } from "../lib/mail";
import { prisma } from "../lib/prisma";

export const router = Router();

// here: 
`;

/** Twenty-two lines, of which some are worth a report. */
const handlers = (index: number): string => `
interface Order${index} {
  readonly productId: string;
  readonly quantity: number;
}

router.post("/shops/${index}/orders", async (request: Request<object, unknown, Order${index}>, response: Response) => {
  const session = await getSession();
  if (!session) return response.status(401).json({ error: "sign in first" });
  try {
    const { productId, quantity } = request.body;
    const product = await prisma.product.findUniqueOrThrow({ where: { id: productId } });
    if (product.stock < quantity) return response.status(409).json({ error: "sold out" });
    const order = await prisma.order.create({ data: { userId: session.userId, productId, quantity, total: product.price * quantity } });
    await prisma.product.update({ where: { id: productId }, data: { stock: product.stock - quantity } });
    const rates = await fetch(\`\${env.SHIPPING_API_URL}/rates/${index}\`, { signal: AbortSignal.timeout(5_000) });
    if (!rates.ok) throw new Error("no rates for ${index}");
    await sendMail(session.email, "Thank you", \`Your order \${order.id} is on its way\`);
    return response.json({ order, rates: await rates.json() });
  } catch (error) {
    logger.error({ err: error, shop: ${index} }, "checkout failed");
    return response.status(500).json({ error: "try again later" });
  }
});
`;

const file = (lines: number): string => {
  let text = head;
  for (let index = 1; text.split("\n").length < lines; index += 1) text += handlers(index);
  return text;
};

interface Server {
  readonly name: string;
  readonly editor: Editor;
  readonly open: OpenFile;
  readonly first: number;
  readonly problems: number;
  readonly times: number[];
}

async function timed<Answer>(run: () => Promise<Answer>): Promise<[milliseconds: number, answer: Answer]> {
  const start = performance.now();
  const answer = await run();
  return [performance.now() - start, answer];
}

const workspace = realpathSync(mkdtempSync(join(tmpdir(), "hardening-latency-")));

async function startServer(name: string, preset: string, index: number): Promise<Server> {
  const folder = join(workspace, `shop-${index}`);
  cpSync(join(root, "examples/shop"), folder, { recursive: true });
  writeFileSync(join(folder, "eslint.config.js"), configText(preset));
  const path = join(folder, "server/orders.ts");
  writeFileSync(path, file(1_000));
  const editor = await startEditor();
  const open = await editor.open(path, folder);
  const [first, problems] = await timed(() => open.problems());
  return { name, editor, open, first, problems: problems.length, times: [] };
}

/** One letter more in a comment, and one less the next time. */
async function press({ open }: Server, key: number): Promise<void> {
  await (key % 2 === 0 ? open.type("// here: \n", "// here: a\n") : open.type("// here: a\n", "// here: \n"));
}

const servers: Server[] = [];
try {
  cpSync(join(root, "dist"), join(workspace, "dist"), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(workspace, "node_modules"), "junction");
  for (const [index, [name, preset]] of Object.entries(presets).entries()) servers.push(await startServer(name, preset, index));

  const warmUp = 10;
  for (let key = 0; key < warmUp + Number(options.keys); key += 1) {
    for (const server of servers) {
      await setTimeout(Number(options.pause));
      await press(server, key);
      const [time] = await timed(() => server.open.problems());
      if (key >= warmUp) server.times.push(time);
    }
  }

  console.log(`A file of ${file(1_000).split("\n").length} lines, ${options.keys} keys, one each ${options.pause} ms, Node ${process.version}; milliseconds`);
  console.log("| config | problems | first lint | a key: median | a key: 95th percentile |\n| --- | --- | --- | --- | --- |");
  for (const { name, problems, first, times } of servers) console.log(`| ${name} | ${problems} | ${first.toFixed(0)} | ${median(times).toFixed(0)} | ${quantile(times, 0.95).toFixed(0)} |`);
} finally {
  for (const { editor } of servers) await editor.close();
  rmSync(workspace, { recursive: true, force: true });
}
