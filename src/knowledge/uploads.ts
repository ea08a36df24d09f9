/** What takes the files of a request apart, and how much of them it takes when nobody says. */
export interface UploadParser {
  readonly name: string;
  readonly module: string;
  /** What makes it, with the places where its options may stand; `"default"` is the module's default export. */
  readonly makers: Readonly<Record<string, readonly number[]>>;
  /** The option that holds the limits, where they are not at the top. */
  readonly within?: string;
  /** The option that limits the size of a file. */
  readonly limit: string;
  /** How much it takes when nothing is said; `null` for whatever comes. */
  readonly takes: string | null;
  /** What of it takes no files at all. */
  readonly without?: string;
  /** The module of a framework that may give all of them their options. */
  readonly configuredBy?: string;
  /** Whether files come as streams, which code may count for itself. */
  readonly streams?: true;
  readonly source: string;
}

const limits = { within: "limits", limit: "fileSize", takes: null } as const;

/** `@fastify/multipart` is left out: it takes files of one megabyte (1,048,576 bytes) when nobody says more. */
export const uploadParsers: readonly UploadParser[] = [
  { name: "multer", module: "multer", makers: { default: [0] }, ...limits, without: "none", source: "https://github.com/expressjs/multer#limits" },
  { name: "@koa/multer", module: "@koa/multer", makers: { default: [0] }, ...limits, without: "none", source: "https://github.com/koajs/multer" },
  {
    // multer underneath.
    name: "Nest",
    module: "@nestjs/platform-express",
    makers: { FileInterceptor: [1], FilesInterceptor: [2, 1], FileFieldsInterceptor: [1], AnyFilesInterceptor: [0] },
    ...limits,
    configuredBy: "MulterModule",
    source: "https://docs.nestjs.com/techniques/file-upload",
  },
  { name: "busboy", module: "busboy", makers: { default: [0] }, ...limits, streams: true, source: "https://github.com/mscdex/busboy#exports" },
  { name: "@fastify/busboy", module: "@fastify/busboy", makers: { default: [0], Busboy: [0] }, ...limits, streams: true, source: "https://github.com/fastify/busboy#readme" },
  { name: "express-fileupload", module: "express-fileupload", makers: { default: [0] }, ...limits, source: "https://github.com/richardgirges/express-fileupload#using-busboy-options" },
  {
    name: "formidable",
    module: "formidable",
    makers: { default: [0], formidable: [0], IncomingForm: [0] },
    limit: "maxFileSize",
    takes: "200 MB",
    source: "https://github.com/node-formidable/formidable#options",
  },
];

/** Words by which code shows that it looks at the size of a file after all. */
export const measures = /\.size\b|content-length|contentLength|MaxFileSizeValidator|addMaxSizeValidator|maxSize|MAX_(?:FILE_)?SIZE/;

/** What reads a file of a form whole. */
export const fileReads: readonly string[] = ["arrayBuffer", "stream", "bytes"];
