/** Files such as nobody writes and every linter meets some day. All are made up, in any size. */
export interface Extreme {
  readonly name: string;
  readonly filename: string;
  /** What is meant by its size, for people. */
  readonly unit: string;
  /** The size that is measured; a test takes a small part of it. */
  readonly size: number;
  readonly text: (size: number) => string;
}

const repeated = (count: number, part: (index: number) => string): string => {
  const parts: string[] = [];
  for (let index = 0; index < count; index += 1) parts.push(part(index));
  return parts.join("");
};

/** About two hundred characters of what a minifier leaves. */
const minified = (index: number): string =>
  `function a${index}(b,c){var d=b.f(c),e=process.env.K${index % 50}||"";return d?fetch("/x/"+b.id+e).then(function(g){return g.json()}).catch(function(h){console.log(h);return null}):a${Math.max(0, index - 1)}(c,b)}`;

const route = (index: number): string => `  app.get("/${index}", async (request, response) => {\n    response.json(await load${index}(request.params.id));\n  });\n`;

const model = (index: number): string => `model Thing${index} {
  id        String   @id @default(cuid())
  name      String
  email     String
  price     Float    @default(0)
  isActive  Boolean? @default(true)
  createdAt DateTime @default(now())
  ownerId   String
  owner     Thing${Math.max(index - 1, 0)} @relation("owns${index}", fields: [ownerId], references: [id])
  things    Thing${index + 1}[] @relation("owns${index + 1}")

  @@map("things_${index}")
}
`;

const table = (index: number): string => `CREATE TABLE public.t${index} (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  owner_id uuid NOT NULL REFERENCES t${Math.max(index - 1, 0)} (id),
  email text,
  price float
);
CREATE POLICY "all ${index}" ON public.t${index} FOR UPDATE USING (true);
ALTER TABLE public.t${Math.floor(index / 2)} ADD COLUMN IF NOT EXISTS note_${index} text;
INSERT INTO t${index} VALUES (1, 'it''s');
`;

export const extremes: readonly Extreme[] = [
  { name: "minified code", filename: "server/bundle.js", unit: "characters", size: 1_000_000, text: (size) => repeated(Math.ceil(size / minified(1_000).length), minified) },
  { name: "calls in calls", filename: "server/nested.ts", unit: "calls", size: 10_000, text: (size) => `export const deep = (fetch: (value: unknown) => Promise<unknown>) => ${"fetch(".repeat(size)}1${")".repeat(size)};\n` },
  { name: "a chain of calls", filename: "server/chain.ts", unit: "calls", size: 10_000, text: (size) => `import axios from "axios";\nexport const chain = axios.get("https://api.example.com")${repeated(size, (index) => `\n  .then((value) => value.data.part${index})`)};\n` },
  {
    name: "imports",
    filename: "server/routes.ts",
    unit: "imports",
    size: 5_000,
    text: (size) => `import express from "express";\n${repeated(size, (index) => `import { load as load${index} } from "./loaders/number-${index}";\n`)}\nexport function serve() {\n  const app = express();\n${repeated(size, route)}  return app;\n}\n`,
  },
  { name: "a Prisma schema", filename: "prisma/schema.prisma", unit: "lines", size: 50_000, text: (size) => `datasource db {\n  provider = "postgresql"\n}\n${repeated(Math.ceil(size / 13), model)}` },
  { name: "a file of SQL", filename: "migrations/0001_all.sql", unit: "lines", size: 50_000, text: (size) => repeated(Math.ceil(size / 9), table) },
  // One text without an end: whatever follows the quote belongs to it.
  { name: "SQL with a text that never ends", filename: "migrations/0001_open.sql", unit: "lines", size: 50_000, text: (size) => `INSERT INTO t VALUES ('\n${repeated(Math.ceil(size / 9), table)}` },
];
