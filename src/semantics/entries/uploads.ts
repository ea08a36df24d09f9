import type { TSESTree } from "@typescript-eslint/utils";

import { fileReads, measures, type UploadParser, uploadParsers } from "../../knowledge/uploads.js";
import { fileFacts } from "../../project/file.js";
import { loadModule } from "../../project/modules.js";
import { namesModule } from "../../project/named-packages.js";
import { siblingsOf } from "../../project/siblings.js";
import { addOption, addProperty, type Edit } from "../../syntax/edit.js";
import { readsOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, outermost, propertyOf, resolveConst, stringValue, unwrap, unwrapAwait } from "../../syntax/value.js";
import { ancestor, contains, enclosingFunction, isFunction } from "../../syntax/walk.js";
import { entryAt } from "./entries.js";
import { optionPresence, optionsLiteral } from "../program/options.js";
import { mayCapBodies } from "./platforms.js";
import { originOf } from "../program/provenance.js";

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** A parser of uploads that takes files of any size, or of a very large one. */
export interface OpenUpload {
  /** How much it takes; `null` for whatever comes. */
  readonly takes: string | null;
  /** What to write, and the edit that writes it; `null` where there is no place for it. */
  withLimit(megabytes: number): { readonly text: string; readonly edit: Edit | null };
}

const modules: ReadonlySet<string> = new Set(uploadParsers.map(({ module }) => module));

/** Whether a file's text names a parser of uploads: a cheap first look. */
export const namesUploadParser = (source: Source): boolean => namesModule(modules, source);

function parserAt(call: Call, source: Source): { parser: UploadParser; optionsAt: readonly number[] } | null {
  const callee = unwrap(call.callee);
  if (callee.type !== "Identifier" && callee.type !== "MemberExpression") return null;
  const origin = originOf(callee, source);
  const parser = origin && uploadParsers.find(({ module }) => module === origin.module);
  if (!parser || origin.steps.includes("()")) return null;
  const [first = "default", ...rest] = origin.steps;
  const name = rest.length === 0 ? (first === "*" ? "default" : first) : first === "default" || first === "*" ? rest.join(".") : null;
  const optionsAt = name === null || !Object.hasOwn(parser.makers, name) ? undefined : parser.makers[name];
  return optionsAt ? { parser, optionsAt } : null;
}

/** Whether all that is made of a parser takes no files: `upload.none()`. */
function takesNoFiles(call: Call, { without }: UploadParser, source: Source): boolean {
  if (without === undefined) return false;
  const isNone = (node: TSESTree.Node): boolean => {
    const { parent } = outermost(node);
    return parent?.type === "MemberExpression" && memberName(parent) === without;
  };
  const { parent } = outermost(call);
  if (parent?.type !== "VariableDeclarator" || parent.id.type !== "Identifier") return isNone(call);
  const variable = variableOf(parent.id, source);
  const reads = variable ? readsOf(variable) : [];
  return reads.length > 0 && reads.every(isNone);
}

/** Whether the module beside the file gives such parsers their options. */
function isConfigured({ configuredBy }: UploadParser, source: Source): boolean {
  const filename = fileFacts(source)?.filename;
  if (configuredBy === undefined || filename === undefined) return false;
  return siblingsOf(filename, /\.module\.[cm]?[jt]s$/).some((file) => loadModule(file, source)?.text.includes(configuredBy) ?? false);
}

/** The function, class member or file that a parser works for. */
const surroundings = (call: Call, source: Source): TSESTree.Node =>
  ancestor(call, (node) => isFunction(node) || node.type === "MethodDefinition") ?? source.ast;

/** Whether the code around a parser looks at sizes itself. */
function isMeasured(call: Call, { streams, configuredBy }: UploadParser, source: Source): boolean {
  if (streams !== true && configuredBy === undefined) return false;
  const around = surroundings(call, source);
  if (measures.test(source.text.slice(...around.range))) return true;
  const isCount = (node: TSESTree.Node): boolean => node.type === "BinaryExpression" && /^[<>]=?$/.test(node.operator) && /size|length|bytes|total|max|limit/i.test(source.text.slice(...node.range));
  return streams === true && contains(around, source, isCount);
}

const sizeText = (megabytes: number): string => `${megabytes.toString()} * 1024 * 1024`;

const isInfinite = (node: TSESTree.Node, source: Source): boolean => {
  const inner = resolveConst(node, source);
  return (inner.type === "Identifier" && inner.name === "Infinity") || (inner.type === "MemberExpression" && /^(?:POSITIVE_INFINITY|MAX_SAFE_INTEGER)$/.test(memberName(inner) ?? ""));
};

/** Where a limit is missing: in the options, in the object for limits within them, or in a call without options. */
function openIn(options: TSESTree.ObjectExpression | null, { within, limit }: UploadParser, source: Source): { readonly in: TSESTree.ObjectExpression | null; readonly nested: boolean; readonly value?: TSESTree.Node } | null {
  const holder = options && within !== undefined ? propertyOf(options, within, source) : options;
  if (holder === "unknown") return null;
  if (holder === null) return { in: options, nested: within !== undefined };
  const object = optionsLiteral(holder, source);
  if (!object) return null;
  const value = propertyOf(object, limit, source);
  if (value !== null && value !== "unknown") return isInfinite(value, source) ? { in: object, nested: false, value } : null;
  return optionPresence(holder, [limit], source) === "missing" ? { in: object, nested: false } : null;
}

/** The parser of uploads that is made at a node, where nothing limits the size of a file. */
export function openUploadAt(call: Call, source: Source): OpenUpload | null {
  const found = parserAt(call, source);
  if (!found || call.arguments.some(({ type }) => type === "SpreadElement")) return null;
  const { parser, optionsAt } = found;
  const argument = optionsAt.map((at) => call.arguments[at]).find((given) => given !== undefined && unwrap(given).type !== "Literal");
  const options = argument ? optionsLiteral(argument, source) : null;
  if (argument && !options) return null;
  const open = openIn(options, parser, source);
  if (!open || takesNoFiles(call, parser, source) || isConfigured(parser, source) || isMeasured(call, parser, source)) return null;
  return {
    takes: open.value ? null : parser.takes,
    withLimit(megabytes) {
      const size = sizeText(megabytes);
      const own = `${parser.limit}: ${size}`;
      const text = parser.within === undefined ? own : `${parser.within}: { ${own} }`;
      const { value } = open;
      if (value) return { text: own, edit: (fixer) => [fixer.replaceText(value, size)] };
      const place = Math.max(...optionsAt.filter((at) => at <= call.arguments.length), Math.min(...optionsAt));
      return { text: open.in && !open.nested ? own : text, edit: open.in ? addProperty(open.in, open.nested ? text : own, source) : addOption(call, place, text, source) };
    },
  };
}

/** A file of a form that is read whole, whatever its size. */
export interface UnmeasuredFile {
  readonly name: string;
  /** What reads it. */
  readonly read: TSESTree.MemberExpression;
}

/** Whether an expression is the form of a request that a function is handed: `await request.formData()`. */
function isFormOfRequest(node: TSESTree.Node, source: Source): boolean {
  const form = unwrapAwait(resolveConst(node, source));
  if (form.type !== "CallExpression") return false;
  const callee = unwrap(form.callee);
  if (callee.type !== "MemberExpression" || memberName(callee) !== "formData") return false;
  const request = unwrap(callee.object);
  return request.type === "Identifier" && variableOf(request, source)?.defs[0]?.type === "Parameter";
}

/** Whether somebody else is given a file to look at: a schema. */
const isGivenToSchema = (read: TSESTree.Node): boolean => {
  const call = ancestor(read, (node) => node.type === "CallExpression" || isFunction(node));
  if (call?.type !== "CallExpression") return false;
  const callee = unwrap(call.callee);
  return callee.type === "MemberExpression" && /^(?:safe)?[pP]arse(?:Async)?$/.test(memberName(callee) ?? "");
};

/** Whether the host turns large requests away before the handler runs. */
function isCapped(node: TSESTree.Node, source: Source): boolean {
  const entry = entryAt(node, source);
  return entry !== null && mayCapBodies(entry, source);
}

/** The file of a form that a call takes out, where it is read whole and nothing asks for its size. */
export function unmeasuredFileAt(call: TSESTree.CallExpression, source: Source): UnmeasuredFile | null {
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression" || memberName(callee) !== "get" || stringValue(call.arguments[0]) === null) return null;
  const { parent } = outermost(call);
  if (parent?.type !== "VariableDeclarator" || parent.id.type !== "Identifier" || !isFormOfRequest(callee.object, source)) return null;
  const fn = enclosingFunction(call);
  const variable = variableOf(parent.id, source);
  if (!fn || !variable || measures.test(source.text)) return null;
  const reads = readsOf(variable);
  if (reads.some(isGivenToSchema) || isCapped(call, source)) return null;
  for (const read of reads) {
    const member = outermost(read).parent;
    if (member?.type === "MemberExpression" && member.object === outermost(read) && fileReads.includes(memberName(member) ?? "")) return { name: parent.id.name, read: member };
  }
  return null;
}
