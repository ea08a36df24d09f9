import type { TSESTree } from "@typescript-eslint/utils";

import { type LongRunning, longRunning, shutdownPackages, shutdownSigns, startedByFramework, withoutSignals } from "../../knowledge/servers.js";
import { fileFacts } from "../../project/file.js";
import { specifiersOf } from "../../project/named-packages.js";
import { isBelowFile } from "../../project/nearby.js";
import { dependsOn, packageOf } from "../../project/package-json.js";
import { textQuestion } from "../../project/source-texts.js";
import { workspacePackages, workspaceRoot } from "../../project/workspace.js";
import { type Edit, insertStatementAfter, insertStatementBefore, isFreeName, together } from "../../syntax/edit.js";
import { hasCallsNamed } from "../../syntax/nodes.js";
import { importsModule, reachesOut } from "../../syntax/outside.js";
import type { Source } from "../../syntax/source.js";
import { memberName, numberValue, outermost, propertyOf, resolveConst, stringValue, unwrap, unwrapAwait } from "../../syntax/value.js";
import { ancestor, enclosingFunction, isWithin } from "../../syntax/walk.js";
import { entriesIn } from "../entries/entries.js";
import { callersOf } from "../program/callers.js";
import { isDevelopmentOnly } from "../program/guards.js";
import type { Presence } from "../program/presence.js";
import { originOf, stepsText } from "../program/provenance.js";
import { isForTrial } from "../program/trial-files.js";

type Start = TSESTree.CallExpression | TSESTree.NewExpression;

/** A process that starts to work for users. */
export interface ProcessStart {
  readonly kind: LongRunning;
  readonly node: Start;
  /** What it was called on: `app` of `app.listen(port)`. */
  readonly receiver: TSESTree.Node | null;
}

const lastWords = new Set(longRunning.flatMap(({ starts }) => starts.map((start) => start.replace(/\(\)$/, "").split(".").at(-1) ?? "")));

const calledName = (node: Start): string | null => {
  const callee = unwrap(node.callee);
  if (callee.type === "MemberExpression") return memberName(callee);
  return callee.type === "Identifier" ? callee.name : null;
};

/** Whether a file may start a process that works for users: a cheap first look. */
export const mayStartProcess = (source: Source): boolean => source.text.includes("Worker") || hasCallsNamed(source, (name) => lastWords.has(name));

const loopback = /^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/;

/** Whether a server is for this machine only, or takes any port that is free: a helper of something else. */
function isLocal({ arguments: given }: Start, source: Source): boolean {
  return given.some((argument) => {
    const value = resolveConst(argument, source);
    const parts = value.type === "ObjectExpression" ? ["host", "hostname", "port"].map((name) => propertyOf(value, name)) : [value];
    return parts.some((part) => part !== null && part !== "unknown" && (loopback.test(stringValue(resolveConst(part, source)) ?? "") || numberValue(part, source) === 0));
  });
}

/** Whether a process ends by itself once its work is done, in the same function: it is a command, and no server. */
function isOfCommand(start: Start): boolean {
  const fn = enclosingFunction(start);
  const statements = fn?.body.type === "BlockStatement" ? fn.body.body : ((ancestor(start, ({ type }) => type === "Program") as TSESTree.Program | null)?.body ?? []);
  const at = statements.findIndex((statement) => isWithin(start, statement));
  return at >= 0 && statements.slice(at + 1).some((statement) => statement.type === "ExpressionStatement" && isEnd(unwrapAwait(statement.expression)));
}

/** `process.exit(0)`, `app.close()` */
const isEnd = (call: TSESTree.Node): boolean => {
  const callee = call.type === "CallExpression" ? unwrap(call.callee) : null;
  if (callee?.type !== "MemberExpression" || callee.object.type !== "Identifier") return false;
  return memberName(callee) === "close" || (callee.object.name === "process" && memberName(callee) === "exit");
};

/** The start of a long-running process that a node is, where it may run in production. */
export function processStartAt(node: Start, source: Source): ProcessStart | null {
  const name = calledName(node);
  if (name === null || (!lastWords.has(name) && !importsModule("@hono/node-server", source))) return null;
  const origin = reachesOut(source) ? originOf(node, source) : null;
  const kind = origin && longRunning.find(({ modules, starts }) => modules.includes(origin.module) && starts.includes(stepsText(origin.steps)));
  if (!kind || isOfCommand(node) || isForTrial(source) || isLocal(node, source) || isDevelopmentOnly(node, source)) return null;
  const callee = unwrap(node.callee);
  return { kind, node, receiver: callee.type === "MemberExpression" ? unwrap(callee.object) : null };
}

/** What a handler can use and be done at once. */
const atOnce = /^(?:node:)?(?:fs|path|os|url|util|crypto|child_process|http|https)$/;

/** Whether a server answers each request within one step: it waits for nothing, and leads to nothing that may. */
function answersAtOnce({ kind }: ProcessStart, source: Source): boolean {
  if (kind.serves !== "requests" || /\b(?:async|await|Promise)\b|\.then\(|\.pipe\(|\bsetTimeout\b/.test(source.text)) return false;
  return [...specifiersOf(source)].every((name) => atOnce.test(name) || kind.modules.includes(name)) && entriesIn(source).length > 0;
}

/** Whether a framework's server starts the process' work, and nobody else does: that server sees to the end of it. */
function isOfFrameworksServer({ node }: ProcessStart, filename: string, source: Source): boolean {
  const { framework, file } = startedByFramework;
  if (!dependsOn(filename, framework)) return false;
  if (file.test(filename)) return true;
  const { files, isRunOnLoad } = callersOf([node], source);
  return !isRunOnLoad && files.length > 0 && files.every((caller) => file.test(caller));
}

const seesToItsEnd = textQuestion(shutdownSigns);

/** Whether the app sees to what happens when it is told to end, in whichever of its files or of the workspace's that it depends on. */
export function shutdownHandling(start: ProcessStart, source: Source): Presence {
  if (answersAtOnce(start, source)) return "unknown";
  const filename = fileFacts(source)?.filename;
  const own = filename === undefined ? null : packageOf(filename);
  if (filename === undefined || !own) return "unknown";
  if (shutdownSigns.test(source.text) || shutdownPackages.some(({ name }) => dependsOn(filename, name))) return "found";
  if (isOfFrameworksServer(start, filename, source)) return "unknown";
  if (isBelowFile(filename, withoutSignals.files) || withoutSignals.packages.some((name) => dependsOn(filename, name))) return "unknown";
  const near = [...workspacePackages(workspaceRoot(own.dir))].filter(([name]) => own.dependencies.has(name)).map(([, folder]) => folder);
  const answers = [own.dir, ...near].map(seesToItsEnd);
  if (answers.includes(true)) return "found";
  return answers.includes(null) ? "unknown" : "missing";
}

function onSignal(name: string, tells: "callback" | "promise"): string {
  const end = tells === "callback" ? `${name}.close(() => process.exit(0))` : `${name}.close().then(() => process.exit(0))`;
  return `process.on("SIGTERM", () => ${end});`;
}

const statementOf = (node: TSESTree.Node): TSESTree.Node | null => {
  const whole = outermost(node);
  const holder = whole.parent?.type === "AwaitExpression" ? whole.parent : whole;
  return holder.parent?.type === "ExpressionStatement" ? holder : null;
};

/** Ends the process in order; `null` where that takes more than a line beside the start. */
export function shutdownBeside({ kind: { ends, serves }, node, receiver }: ProcessStart, source: Source): { readonly code: string; readonly edit: Edit } | null {
  const object = receiver?.type === "Identifier" ? receiver.name : null;
  const after = (code: string, before?: Edit): { code: string; edit: Edit } | null => {
    const edit = insertStatementAfter(node, code, source);
    return edit && { code, edit: before ? together(before, edit) : edit };
  };
  if ("call" in ends) {
    const code = `${object ?? ""}.${ends.call}();`;
    const edit = object === null ? null : insertStatementBefore(node, code, source);
    return edit && { code, edit };
  }
  if (ends.close === "receiver") return object === null ? null : after(onSignal(object, ends.tells));
  const { parent } = outermost(node);
  if (parent?.type === "VariableDeclarator" && parent.id.type === "Identifier") return after(onSignal(parent.id.name, ends.tells));
  const name = serves === "requests" ? "server" : "worker";
  const statement = statementOf(node);
  if (!statement || !isFreeName(name, source)) return null;
  return after(onSignal(name, ends.tells), (fixer) => [fixer.insertTextBefore(statement, `const ${name} = `)]);
}
