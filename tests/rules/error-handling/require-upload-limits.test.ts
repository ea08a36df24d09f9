import rule from "../../../src/rules/error-handling/require-upload-limits.js";
import { type Invalid, ruleTester, type Valid } from "../../support/rule-tester.js";

type Options = [{ megabytes: number; forms: boolean }];
type MessageId = "open" | "generous" | "unmeasured" | "addLimit";

const server = { filename: "src/server/files.ts" } as const;
const controller = { filename: "src/files/files.controller.ts", project: "nest" } as const;
const route = { filename: "app/api/files/route.ts", project: "next" } as const;
const forms: Options = [{ megabytes: 10, forms: true }];

const multer = `import multer from "multer";\n`;
const busboy = `import busboy from "busboy";\n`;
const nest = `import { Controller, Post, UploadedFile, UploadedFiles, UseInterceptors } from "@nestjs/common";\nimport { AnyFilesInterceptor, FileInterceptor, FilesInterceptor } from "@nestjs/platform-express";\n`;

const inController = (interceptor: string, method = "save(@UploadedFile() file) { return this.files.store(file); }"): string =>
  `${nest}@Controller("files")\nexport class FilesController {\n  @Post()\n  @UseInterceptors(${interceptor})\n  ${method}\n}`;

const limited: Valid<Options>[] = [
  { name: "a limit", code: `${multer}export const upload = multer({ dest: "uploads/", limits: { fileSize: 5_000_000 } });` },
  { name: "a limit from the configuration", code: `${multer}export const upload = multer({ limits: { fileSize: config.maxFileSize } });` },
  { name: "limits from elsewhere", code: `${multer}import { limits } from "./config";\nexport const upload = multer({ storage, limits });` },
  { name: "options from elsewhere", code: `${multer}import { options } from "./config";\nexport const upload = multer(options);` },
  { name: "a spread may bring them", code: `${multer}export const upload = multer({ ...defaults, dest: "uploads/" });\nexport const other = multer({ limits: { ...defaults } });` },
  { name: "limits that a constant holds", code: `${multer}const limits = { files: 1, fileSize: 5_000_000 };\nexport const upload = multer({ limits });` },
  { name: "forms without files", code: `${multer}const upload = multer();\nrouter.post("/", upload.none(), save);\nrouter.put("/", multer().none(), save);` },
  { name: "busboy with a limit", code: `${busboy}export const parse = (req) => req.pipe(busboy({ headers: req.headers, limits: { fileSize: 5_000_000 } }));` },
  {
    name: "busboy whose bytes are counted",
    code: `${busboy}export function parse(req) {\n  const form = busboy({ headers: req.headers });\n  form.on("file", (_, file) => { let size = 0; file.on("data", (chunk) => { size += chunk.length; if (size > max) file.destroy(); }); });\n  req.pipe(form);\n}`,
  },
  { name: "a request whose length is asked", code: `${busboy}export function parse(req) {\n  if (Number(req.headers["content-length"]) > max) throw new Error("too much");\n  req.pipe(busboy({ headers: req.headers }));\n}` },
  { name: "formidable as it comes", code: `import formidable from "formidable";\nexport const form = formidable({ multiples: true });` },
  { name: "formidable with a limit", code: `import formidable from "formidable";\nexport const form = formidable({ maxFileSize: 5_000_000 });`, options: forms },
  { name: "Fastify, which has a limit for all bodies", code: `import multipart from "@fastify/multipart";\nexport default (app) => app.register(multipart);`, options: forms },
].map((test) => ({ ...server, ...test }));

const inNest: Valid<Options>[] = [
  { ...controller, name: "an interceptor with a limit", code: inController(`FileInterceptor("file", { limits: { fileSize: 5_000_000 } })`) },
  { ...controller, name: "an interceptor with options from elsewhere", code: inController(`FileInterceptor("file", options)`) },
  { ...controller, name: "several files with a limit", code: inController(`FilesInterceptor("files", 5, { limits: { fileSize: 5_000_000 } })`) },
  {
    ...controller,
    name: "a pipe that looks at the size",
    code: inController(`FileInterceptor("file")`, `save(@UploadedFile(new ParseFilePipe({ validators: [new MaxFileSizeValidator({ maxSize: 1000 })] })) file) { return file; }`),
  },
];

const ofForms: Valid<Options>[] = [
  { ...route, name: "a host that turns large requests away", project: "with-vercel", options: forms, code: `export async function POST(request) { const form = await request.formData(); const file = form.get("file"); return store(await file.arrayBuffer()); }` },
  { ...route, name: "one of two hosts that build the app turns large requests away", project: "on-several-hosts", options: forms, code: `export async function POST(request) { const form = await request.formData(); const file = form.get("file"); return store(await file.arrayBuffer()); }` },
  { ...route, name: "files of forms, by default", code: `export async function POST(request) { const form = await request.formData(); const file = form.get("file"); return store(await file.arrayBuffer()); }` },
  {
    ...route,
    name: "the size is asked",
    code: `export async function POST(request) { const form = await request.formData(); const file = form.get("file"); if (file.size > 5_000_000) return new Response(null, { status: 413 }); return store(await file.arrayBuffer()); }`,
    options: forms,
  },
  {
    ...route,
    name: "a schema looks at the file",
    code: `export async function POST(request) { const form = await request.formData(); const file = form.get("file"); fileSchema.parse(file); return store(await file.arrayBuffer()); }`,
    options: forms,
  },
  { ...route, name: "a field that is no file", code: `export async function POST(request) { const form = await request.formData(); const name = form.get("name"); return store(String(name)); }`, options: forms },
  { ...route, name: "the form of a response", code: `export async function GET() { const form = await (await fetch(url)).formData(); const file = form.get("file"); return store(await file.arrayBuffer()); }`, options: forms },
  { filename: "src/components/upload.tsx", name: "a form in the browser", code: `"use client";\nexport async function read(request) { const form = await request.formData(); const file = form.get("file"); return file.arrayBuffer(); }`, options: forms },
];

const others: Valid<Options>[] = [
  { ...server, name: "somebody else's multer", code: `import multer from "./multer";\nexport const upload = multer({ dest: "uploads/" });` },
  { ...server, name: "another function of the package", code: `${multer}export const storage = multer.memoryStorage();` },
  { name: "a test", filename: "src/files.test.ts", code: `${multer}const upload = multer();` },
  { name: "a script", filename: "scripts/import.ts", code: `${multer}export const upload = multer({ dest: "uploads/" });` },
];

const halfTyped: Valid<Options>[] = [`${multer}multer;`, `${multer}multer(...options);`, `${multer}multer({ limits: });`.replace("limits: ", "limits"), `${busboy}busboy(headers);`].map((code) => ({
  ...server,
  name: `half-typed: ${code}`,
  code,
  options: forms,
}));

const size = "10 * 1024 * 1024";
const limits = `limits: { fileSize: ${size} }`;

interface Finding {
  name: string;
  before?: string;
  code: (added: string) => string;
  call: string;
  /** What is added to the code. */
  adds?: string;
  /** What the message asks for. */
  limit?: string;
  place?: object;
}

const open = ({ name, before = multer, code, call, adds = `, ${limits}`, limit = limits, place = {} }: Finding, where: { filename: string; project?: string } = server): Invalid<MessageId, Options> => ({
  ...where,
  name,
  code: before + code(""),
  errors: [{ messageId: "open", data: { call, limit }, suggestions: [{ messageId: "addLimit", data: { limit }, output: before + code(adds) }], ...place }],
});

const parsers: Invalid<MessageId, Options>[] = [
  open({ name: "a folder that fills", code: (added) => `export const upload = multer({ dest: "uploads/"${added} });`, call: "multer", place: { line: 2, column: 23, endColumn: 29 } }),
  open({ name: "files in memory", code: (added) => `export const upload = multer({ storage: multer.memoryStorage()${added} });`, call: "multer" }),
  open({ name: "no options", code: (added) => `export const upload = multer(${added});`, call: "multer", adds: `{ ${limits} }` }),
  open({ name: "another limit", code: (added) => `export const upload = multer({ limits: { files: 1${added} } });`, call: "multer", adds: `, fileSize: ${size}`, limit: `fileSize: ${size}` }),
  {
    ...server,
    name: "a limit that is none",
    code: `${multer}export const upload = multer({ limits: { fileSize: Infinity } });`,
    options: [{ megabytes: 2, forms: false }],
    errors: [
      {
        messageId: "open",
        data: { call: "multer", limit: "fileSize: 2 * 1024 * 1024" },
        suggestions: [{ messageId: "addLimit", data: { limit: "fileSize: 2 * 1024 * 1024" }, output: `${multer}export const upload = multer({ limits: { fileSize: 2 * 1024 * 1024 } });` }],
      },
    ],
  },
  open({ name: "forms with and without files", code: (added) => `const upload = multer({ dest: "uploads/"${added} });\nrouter.post("/", upload.none(), save);\nrouter.put("/", upload.single("file"), save);`, call: "multer" }),
  open({ name: "multer that is required", before: `const multer = require("multer");\n`, code: (added) => `exports.upload = multer({ dest: "uploads/"${added} });`, call: "multer" }),
  open({ name: "Koa", before: `import multer from "@koa/multer";\n`, code: (added) => `export const upload = multer({ dest: "uploads/"${added} });`, call: "multer" }),
  open({ name: "busboy", before: busboy, code: (added) => `export function parse(req) {\n  const form = busboy({ headers: req.headers${added} });\n  form.on("file", (_, file) => file.pipe(store()));\n  req.pipe(form);\n}`, call: "busboy" }),
  open({ name: "an older busboy", before: `const Busboy = require("busboy");\n`, code: (added) => `exports.parse = (req) => req.pipe(new Busboy({ headers: req.headers${added} }));`, call: "Busboy" }),
  open({ name: "Fastify's busboy", before: `import { Busboy } from "@fastify/busboy";\n`, code: (added) => `export const parse = (req) => req.pipe(new Busboy({ headers: req.headers${added} }));`, call: "Busboy" }),
  open({ name: "express-fileupload", before: `import fileUpload from "express-fileupload";\n`, code: (added) => `app.use(fileUpload({ useTempFiles: true${added} }));`, call: "fileUpload" }),
  open({ name: "an interceptor of Nest", before: "", code: (added) => inController(`FileInterceptor("file"${added})`), call: "FileInterceptor", adds: `, { ${limits} }` }, controller),
  open(
    { name: "an interceptor for several files", before: "", code: (added) => inController(`FilesInterceptor("files", 5${added})`, "save(@UploadedFiles() files) { return files; }"), call: "FilesInterceptor", adds: `, { ${limits} }` },
    controller,
  ),
  open({ name: "an interceptor for any files", before: "", code: (added) => inController(`AnyFilesInterceptor({ storage${added} })`), call: "AnyFilesInterceptor" }, controller),
  {
    ...server,
    name: "formidable and its two hundred megabytes",
    code: `import formidable from "formidable";\nexport const form = formidable({ multiples: true });`,
    options: forms,
    errors: [
      {
        messageId: "generous",
        data: { call: "formidable", takes: "200 MB", limit: `maxFileSize: ${size}` },
        suggestions: [{ messageId: "addLimit", data: { limit: `maxFileSize: ${size}` }, output: `import formidable from "formidable";\nexport const form = formidable({ multiples: true, maxFileSize: ${size} });` }],
      },
    ],
  },
];

const files: Invalid<MessageId, Options>[] = [
  {
    ...route,
    name: "a file of a form that is read whole",
    code: `export async function POST(request) {\n  const form = await request.formData();\n  const file = form.get("file") as File;\n  return store(await file.arrayBuffer());\n}`,
    options: forms,
    errors: [{ messageId: "unmeasured", data: { read: "file.arrayBuffer", file: "file" }, line: 4, column: 22, endColumn: 38 }],
  },
  { ...route, name: "a host that keeps a server running, beside one that only has the clock", project: "with-several-hosts", options: forms, code: `export async function POST(request) { const form = await request.formData(); const file = form.get("file"); return store(await file.arrayBuffer()); }`, errors: [{ messageId: "unmeasured", data: { read: "file.arrayBuffer", file: "file" } }] },
  {
    filename: "supabase/functions/import/index.ts",
    name: "a file in an edge function",
    code: `Deno.serve(async (request) => {\n  const file = (await request.formData()).get("file") as File;\n  const bytes = await file.arrayBuffer();\n  return store(bytes);\n});`,
    options: forms,
    errors: [{ messageId: "unmeasured", data: { read: "file.arrayBuffer", file: "file" } }],
  },
];

ruleTester.run("require-upload-limits", rule, {
  valid: [...limited, ...inNest, ...ofForms, ...others, ...halfTyped],
  invalid: [...parsers, ...files],
});
