import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { extname } from "node:path";
import { pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  MessageType,
  StreamMessageReader,
  StreamMessageWriter,
  type CodeAction,
  type ConfigurationParams,
  type Diagnostic,
  type FullDocumentDiagnosticReport,
  type InitializeParams,
  type LogMessageParams,
  type TextEdit,
} from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";

const require = createRequire(import.meta.url);

const languages: Record<string, string> = {
  ".js": "javascript",
  ".mjs": "javascript",
  ".ts": "typescript",
  ".tsx": "typescriptreact",
  ".prisma": "prisma",
  ".sql": "sql",
};

/** The languages that the README tells users to list in `eslint.validate`. */
const listed = new Set(["prisma", "sql"]);

/** What VS Code's ESLint extension tells its server as long as the user sets nothing else, and TypeScript and JavaScript are "probed". */
const settingsIn = (folder: string, language = ""): object => ({
  validate: listed.has(language) ? "on" : "probe",
  packageManager: "npm",
  useESLintClass: true,
  experimental: { useFlatConfig: false },
  codeActionOnSave: { mode: "all" },
  format: false,
  quiet: false,
  onIgnoredFiles: "off",
  options: {},
  rulesCustomizations: [],
  run: "onType",
  problems: { shortenToSingleLine: false },
  nodePath: null,
  workspaceFolder: { name: folder, uri: pathToFileURL(folder).href },
  codeAction: {
    disableRuleComment: { enable: true, location: "separateLine", commentStyle: "line" },
    showDocumentation: { enable: true },
  },
});

const capabilities: InitializeParams["capabilities"] = {
  workspace: { applyEdit: true, configuration: true, workspaceFolders: true },
  textDocument: {
    diagnostic: {},
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "source.fixAll"] } } },
  },
};

/** A file that is open in the editor. */
export interface OpenFile {
  readonly text: string;
  /** The squiggles: the server lints the text as it stands. */
  problems(): Promise<Diagnostic[]>;
  /** Writes something else in the place of a text that occurs once. */
  type(instead: string, text: string): Promise<void>;
  /** What the light bulb at a squiggle offers. */
  quickFixes(problem: Diagnostic): Promise<CodeAction[]>;
  choose(action: CodeAction): Promise<void>;
  /** Saves, with `"editor.codeActionsOnSave": { "source.fixAll.eslint": "explicit" }`. */
  save(): Promise<void>;
}

export interface Editor {
  /** Opens a file of a workspace folder. */
  open(file: string, folder: string): Promise<OpenFile>;
  close(): Promise<void>;
}

/** Starts ESLint's language server as an editor does, with the part of an editor that talks to it. */
export async function startEditor(): Promise<Editor> {
  const program = require.resolve("vscode-langservers-extracted/bin/vscode-eslint-language-server");
  // Without the warnings of Node, its error output holds nothing but what went wrong.
  const server = spawn(process.execPath, [program, "--stdio"], { env: { ...process.env, NODE_NO_WARNINGS: "1" } });
  const connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  const exit = once(server, "exit").finally(() => connection.dispose());
  const documents = new Map<string, { readonly folder: string; current: TextDocument }>();
  const complaints: string[] = [];

  const complain = (complaint: string): void => void complaints.push(complaint);
  const readMessage = ({ type, message }: LogMessageParams): void => {
    if (type === MessageType.Error) complain(message);
  };
  server.stderr.on("data", (chunk: Buffer) => complain(chunk.toString()));
  connection.onNotification("window/logMessage", readMessage);
  connection.onNotification("window/showMessage", readMessage);
  connection.onNotification("eslint/exitCalled", () => complain("something called process.exit"));
  connection.onRequest("eslint/noConfig", () => complain("there is no config"));
  connection.onRequest("eslint/noLibrary", () => complain("there is no ESLint"));
  connection.onRequest("eslint/probeFailed", () => complain("ESLint does not lint the file"));
  connection.onRequest("client/registerCapability", () => null);
  connection.onRequest("workspace/configuration", ({ items }: ConfigurationParams) =>
    items.map(({ scopeUri = "" }) => settingsIn(documents.get(scopeUri)?.folder ?? "", documents.get(scopeUri)?.current.languageId)),
  );
  connection.onRequest("workspace/applyEdit", async ({ edit }: { edit: { documentChanges: { textDocument: { uri: string }; edits: TextEdit[] }[] } }) => {
    for (const { textDocument, edits } of edit.documentChanges) await change(textDocument.uri, edits);
    return { applied: true };
  });

  async function change(uri: string, edits: readonly TextEdit[]): Promise<void> {
    const document = documents.get(uri);
    if (!document || edits.length === 0) return;
    const text = TextDocument.applyEdits(document.current, [...edits]);
    const version = document.current.version + 1;
    document.current = TextDocument.create(uri, document.current.languageId, version, text);
    await connection.sendNotification("textDocument/didChange", { textDocument: { uri, version }, contentChanges: [{ text }] });
  }

  /** Nothing that goes wrong in the server may look like a file without problems. */
  async function ask<Answer>(method: string, params: object): Promise<Answer> {
    const answer = await connection.sendRequest<Answer>(method, params);
    if (complaints.length > 0) throw new Error(`${method}: ${complaints.splice(0).join("\n")}`);
    return answer;
  }

  connection.listen();
  await ask("initialize", { processId: process.pid, rootUri: null, workspaceFolders: null, capabilities });
  await connection.sendNotification("initialized", {});

  return {
    async open(file, folder) {
      const uri = pathToFileURL(file).href;
      const textDocument = { uri };
      const document = { folder, current: TextDocument.create(uri, languages[extname(file)] ?? "plaintext", 1, readFileSync(file, "utf8")) };
      documents.set(uri, document);
      const { languageId, version } = document.current;
      await connection.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId, version, text: document.current.getText() } });

      const actions = (diagnostics: Diagnostic[], only: string, range = diagnostics[0]?.range): Promise<CodeAction[]> =>
        ask("textDocument/codeAction", { textDocument, range, context: { diagnostics, only: [only] } });

      const problems = async (): Promise<Diagnostic[]> => (await ask<FullDocumentDiagnosticReport>("textDocument/diagnostic", { textDocument })).items;

      async function choose({ edit, command }: CodeAction): Promise<void> {
        for (const { edits } of (edit?.documentChanges ?? []) as { edits: TextEdit[] }[]) await change(uri, edits);
        if (command) await ask("workspace/executeCommand", command);
      }

      return {
        get text() {
          return document.current.getText();
        },
        problems,
        async type(instead, text) {
          const [before = "", after, ...more] = document.current.getText().split(instead);
          if (after === undefined || more.length > 0) throw new Error(`${instead} does not occur once in ${file}`);
          const range = { start: document.current.positionAt(before.length), end: document.current.positionAt(before.length + instead.length) };
          await change(uri, [{ range, newText: text }]);
        },
        quickFixes: (problem) => actions([problem], "quickfix"),
        choose,
        async save() {
          await problems();
          const everything = { start: { line: 0, character: 0 }, end: document.current.positionAt(Infinity) };
          for (const action of await actions([], "source.fixAll.eslint", everything)) await choose(action);
          writeFileSync(file, document.current.getText());
          await connection.sendNotification("textDocument/didSave", { textDocument });
        },
      };
    },
    async close() {
      server.kill();
      await exit;
    },
  };
}
