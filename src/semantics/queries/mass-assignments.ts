import type { TSESTree } from "@typescript-eslint/utils";

import { adminsOnly, answeringMethods, bodyFields, bodyMethods, guardedColumns, guardedStatus, ownersFlag, pickingCalls, pickingMiddleware, whitelisting, zodClasses } from "../../knowledge/mass-assignment.js";
import { loginColumns } from "../../knowledge/tables.js";
import { fileFacts } from "../../project/file.js";
import { packageOf } from "../../project/package-json.js";
import { textQuestion } from "../../project/source-texts.js";
import { isGlobal, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, outermost, unwrap } from "../../syntax/value.js";
import { type FunctionNode, isClass, isFunction, isWithin, walk } from "../../syntax/walk.js";
import { decoratorsOf, type Entry, entriesIn } from "../entries/entries.js";
import { type Frame, lookUp, type Placed } from "../program/frames.js";
import { definitionOf, originOf } from "../program/provenance.js";
import type { Query } from "./queries.js";
import { reachOf, type Sent } from "../entries/reach.js";
import { keyPattern } from "./row-keys.js";
import { settledNode } from "./columns.js";
import type { Table } from "../schema/model.js";
import { wordsOf } from "../schema/names.js";
import { schemaOf, tableCalled } from "../schema/tables.js";

/** A row that is written as the sender of a request wants it. */
export interface MassAssignment {
  readonly query: Query;
  /** What is written, as its author calls it. */
  readonly body: string;
  /** Where it stands in the handler's file. */
  readonly node: TSESTree.Node;
  /** A column of the table that the sender should not choose; `null` where none is known. */
  readonly column: string | null;
}

const keepsOnlyDeclared = textQuestion(whitelisting.text);

const parameterPattern = (parameter: TSESTree.Parameter): TSESTree.Node => {
  const inner = parameter.type === "TSParameterProperty" ? parameter.parameter : parameter;
  return inner.type === "AssignmentPattern" ? inner.left : inner;
};

/** Whether a name is a parameter of the entry, and which. */
function parameterNamed(name: TSESTree.Identifier, entry: Entry, source: Source): TSESTree.Parameter | null {
  const definition = variableOf(name, source)?.defs[0];
  if (definition?.type !== "Parameter" || definition.node !== entry.node) return null;
  return entry.node.params.find((parameter) => isWithin(definition.name, parameter)) ?? null;
}

/** Whether an object of a handler is the request, or the context that has it: `req`, `c.req`, `ctx.request`. */
function isRequest(node: TSESTree.Node, entry: Entry, frame: Frame): boolean {
  const inner = unwrap(node);
  if (inner.type === "MemberExpression") return /^(?:req|request)$/.test(memberName(inner) ?? "") && isRequest(inner.object, entry, frame);
  if (inner.type !== "Identifier") return false;
  const parameter = parameterNamed(inner, entry, frame.source);
  return parameter !== null && parameterPattern(parameter) === variableOf(inner, frame.source)?.defs[0]?.name && (parameter === entry.params.request || parameter === entry.params.context);
}

/** Whether a type is, or may be, a class that a pipe can check a value against: not `any`, a record, or a part of an entity. */
function isClassType(type: TSESTree.TypeNode | undefined, source: Source): boolean {
  if (type?.type !== "TSTypeReference") return false;
  if (type.typeName.type === "Identifier" && isGlobal(type.typeName, source)) return false;
  const value = definitionOf(type.typeName, source);
  return value === null || value.kind === "external" || (value.kind === "definition" ? isClass(value.node) : true);
}

const checksZod = textQuestion(zodClasses.pipe);

/** Whether a type is a class that is made of a Zod schema, which drops what it does not name or refuses it. */
function isOfZod(type: TSESTree.TypeNode | undefined, source: Source): boolean {
  const value = type?.type === "TSTypeReference" ? definitionOf(type.typeName, source) : null;
  if (value?.kind !== "definition" || !isClass(value.node) || !value.node.superClass) return false;
  const made = unwrap(value.node.superClass);
  const origin = made.type === "CallExpression" ? originOf(made.callee, value.source) : null;
  return origin !== null && zodClasses.modules.includes(origin.module) && origin.steps.includes(zodClasses.call) && !zodClasses.open.test(value.source.text.slice(...made.range));
}

/** Whether a parameter of an entry is itself what the sender has sent. */
function isSent(parameter: TSESTree.Parameter, entry: Entry, source: Source): boolean {
  if (entry.framework === "server-action") return true;
  if (entry.framework !== "nest" || !("decorators" in parameter)) return false;
  const isBody = parameter.decorators.some(({ expression }) => expression.type === "CallExpression" && expression.arguments.length === 0) && decoratorsOf(parameter, "@nestjs/common", source).includes("Body");
  if (!isBody) return false;
  const pattern = parameterPattern(parameter);
  const type = "typeAnnotation" in pattern ? (pattern.typeAnnotation as TSESTree.TSTypeAnnotation | undefined)?.typeAnnotation : undefined;
  if (!isClassType(type, source)) return true;
  const facts = fileFacts(source);
  const own = facts && packageOf(facts.filename);
  if (own === null || keepsOnlyDeclared(own.dir) !== false) return false;
  return !(isOfZod(type, source) && checksZod(own.dir) === true);
}

/** Whether an expression is a request's body as a whole, or all that is left of it. */
function isBody(node: TSESTree.Node, entry: Entry, frame: Frame, left = 10): boolean {
  if (left === 0) return false;
  const next = (inner: TSESTree.Node, inFrame = frame): boolean => isBody(inner, entry, inFrame, left - 1);
  const placed = lookUp({ node, frame });
  const inner = unwrap(placed.node);
  if (placed.frame !== frame) return next(inner, placed.frame);
  switch (inner.type) {
    case "AwaitExpression":
      return next(inner.argument);
    case "Identifier":
      return ofName(inner, entry, frame, left);
    case "MemberExpression":
      return (bodyFields.has(memberName(inner) ?? "") && isRequest(inner.object, entry, frame)) || (memberName(inner) !== null && !inner.computed && /^(?:data|values|body|payload|input)$/.test(memberName(inner) ?? "") && next(inner.object));
    case "CallExpression":
      return ofCall(inner, entry, frame, left);
    default:
      return false;
  }
}

function ofCall(call: TSESTree.CallExpression, entry: Entry, frame: Frame, left: number): boolean {
  const callee = unwrap(call.callee);
  const [first] = call.arguments;
  if (callee.type !== "MemberExpression") return false;
  const name = memberName(callee) ?? "";
  if (bodyMethods.has(name) && isRequest(callee.object, entry, frame)) return true;
  const object = unwrap(callee.object);
  const isHost = object.type === "Identifier" && isGlobal(object, frame.source) && (`${object.name}.${name}` === "Object.fromEntries" || `${object.name}.${name}` === "JSON.parse");
  return isHost && first !== undefined && isBody(first, entry, frame, left - 1);
}

function ofName(name: TSESTree.Identifier, entry: Entry, frame: Frame, left: number): boolean {
  const definition = variableOf(name, frame.source)?.defs[0];
  if (definition?.type === "Parameter") {
    const parameter = parameterNamed(name, entry, frame.source);
    return parameter !== null && parameterPattern(parameter) === definition.name && isSent(parameter, entry, frame.source);
  }
  if (definition?.type !== "Variable" || definition.node.id.type !== "ObjectPattern" || !definition.node.init) return false;
  // `const { password, ...rest } = await request.json()`
  const { parent } = definition.name;
  const isRest = parent.type === "RestElement";
  const isField = parent.type === "Property" && parent.parent === definition.node.id && /^(?:data|values|body|payload|input)$/.test(name.name);
  return (isRest || isField) && isBody(definition.node.init, entry, frame, left - 1);
}

/** Something that data takes in as a whole, and the keys that are written over what it brings. */
interface Whole extends Placed {
  readonly over: readonly string[];
}

const keysIn = (properties: readonly TSESTree.ObjectExpression["properties"][number][]): string[] =>
  properties.flatMap((property) => (property.type === "Property" ? (keyName(property.key, property.computed) ?? []) : []));

/** What data takes in as a whole: itself, and what is spread into it, the names of the frame looked up. */
function wholesOf(node: TSESTree.Node, frame: Frame, over: readonly string[] = [], left = 5): Whole[] {
  const inner = unwrap(node);
  if (left === 0) return [];
  const direct = { node: inner, frame };
  const placed = lookUp(direct);
  const value = placed.frame === frame ? settledNode(placed.node, frame.source) : unwrap(placed.node);
  if (value.type === "ObjectExpression") {
    return value.properties.flatMap((property, index) =>
      property.type === "SpreadElement" ? wholesOf(property.argument, placed.frame, [...over, ...keysIn(value.properties.slice(index + 1))], left - 1) : [],
    );
  }
  if (value.type === "ArrayExpression") return value.elements.flatMap((element) => (element ? wholesOf(element.type === "SpreadElement" ? element.argument : element, placed.frame, over, left - 1) : []));
  return [{ ...direct, over }];
}

/** Whether a handler, or what it calls, may have kept of the body only what may be sent. */
function isPicked(entry: Entry, calls: ReturnType<typeof reachOf>["calls"], source: Source): boolean {
  if (entry.by === "registration" && isValidatedBefore(entry, source)) return true;
  return calls.some(({ node, run }) => {
    const callee = unwrap(node.callee);
    const name = callee.type === "Identifier" ? callee.name : callee.type === "MemberExpression" ? (memberName(callee) ?? "") : "";
    return pickingCalls.test(name) && name !== "json" && node.arguments.some((argument) => takesIn(argument, entry, run.frame));
  });
}

/** Whether an argument is the body or the request, or a list or object that has it: `validate([input, schema])`. */
function takesIn(argument: TSESTree.Node, entry: Entry, frame: Frame, left = 3): boolean {
  if (left === 0 || isFunction(argument)) return false;
  const inner = unwrap(argument);
  if (inner.type === "ArrayExpression") return inner.elements.some((element) => element !== null && takesIn(element, entry, frame, left - 1));
  if (inner.type === "ObjectExpression") return inner.properties.some((property) => takesIn(property.type === "SpreadElement" ? property.argument : property.value, entry, frame, left - 1));
  return isBody(inner, entry, frame) || isRequest(inner, entry, frame);
}

/** `app.post("/", validate(schema), handler)`. */
function isValidatedBefore(entry: Entry, source: Source): boolean {
  const call = outermost(entry.node).parent;
  if (call?.type !== "CallExpression") return true;
  return call.arguments.some((argument) => argument !== entry.node && pickingMiddleware.test(source.text.slice(...argument.range)));
}

const writes: ReadonlySet<Query["kind"]> = new Set(["create", "create-many", "update", "update-many", "upsert", "save"]);

/** Whether rows of a table are somebody, or somebody's, as far as its keys and the names of its columns tell. */
const concernsPeople = ({ columns, foreignKeys, primaryKey }: Table): boolean =>
  foreignKeys.length > 0 ||
  columns.some(({ field, name }) => (keyPattern.test(field) && primaryKey?.columns.includes(name) !== true) || loginColumns.has(wordsOf(field).join("")) || (guardedColumns.test(field) && !ownersFlag.test(field)));

/** The columns of a table that no sender should choose; `null` where the table is not known. */
function guardedColumnsOf({ model }: Query, source: Source): string[] | null {
  const schema = schemaOf(source);
  const table = schema && model !== null ? tableCalled(model, schema) : null;
  const isContent = table?.isComplete === true && !concernsPeople(table);
  const isGuarded = (field: string, { name }: Table): boolean => (guardedColumns.test(field) && !(ownersFlag.test(field) && isContent)) || (guardedStatus.column.test(field) && guardedStatus.tables.test(name));
  return table && table.columns.flatMap(({ field }) => (isGuarded(field, table) ? [field] : []));
}

function assignmentOf({ query, run, through }: Sent, entry: Entry, source: Source): MassAssignment | null {
  const { data } = query;
  // A client that speaks for the user lets them write the same without us.
  if (!data || !writes.has(query.kind) || (query.rowSecurity && !speaksForService(query))) return null;
  const whole = wholesOf(data.node, run.frame).find((each) => isBody(each.node, entry, each.frame));
  if (!whole) return null;
  const guarded = guardedColumnsOf(query, run.frame.source)?.filter((column) => !whole.over.includes(column)) ?? null;
  if (guarded?.length === 0) return null;
  const node = through ? through.callee : whole.node;
  const named = lookUp(whole);
  const text = (whole.frame.source === source ? source.text.slice(...whole.node.range) : named.frame.source.text.slice(...named.node.range)).replaceAll(/\s+/g, " ");
  return { query, body: text, node: isWithin(node, entry.node) ? node : entry.node, column: guarded?.[0] ?? null };
}

const speaksForService = ({ client: { creation, createdIn } }: Query): boolean => creation !== null && createdIn !== null && /service_?role/i.test(createdIn.text.slice(...creation.range));

/** A function that answers a request, as its body shows: the body is read from its first parameter, the answer is made with its second. */
function handlerByShape(fn: FunctionNode, source: Source): Entry | null {
  const [request, response] = fn.params;
  if (request?.type !== "Identifier" || response?.type !== "Identifier") return null;
  const [reader, answerer] = [variableOf(request, source), variableOf(response, source)];
  const uses = (variable: typeof reader, names: ReadonlySet<string>): boolean =>
    variable?.references.some(({ identifier: { parent } }) => parent.type === "MemberExpression" && names.has(memberName(parent) ?? "")) ?? false;
  if (!uses(reader, bodyFields) || !uses(answerer, answeringMethods)) return null;
  return { framework: "express", kind: "route", method: null, node: fn, by: "type", registration: null, wrapper: null, params: { request, response } };
}

/** All functions of a file that answer requests, by what is known of them or by their shape. */
function handlersIn(source: Source): Entry[] {
  const known = entriesIn(source);
  const found: Entry[] = [...known];
  if (!source.text.includes(".body")) return found;
  walk(source.ast, source, (node) => {
    const shaped = isFunction(node) && !known.some((entry) => entry.node === node) ? handlerByShape(node, source) : null;
    if (shaped) found.push(shaped);
  });
  return found;
}

/** Whether a handler takes a body at all: a look at its parameters and text, before anything is followed. */
function takesBody(entry: Entry, source: Source): boolean {
  const { node, framework } = entry;
  if (framework === "nest") return node.params.some((parameter) => isSent(parameter, entry, source));
  if (framework === "server-action") return node.params.length > 0;
  return bodyReads.test(source.text.slice(...node.range));
}

const bodyReads = /\bbody\b|\.json\(\)|formData/;

/** The rows that handlers of a file write as the sender of the request wants them. */
export function massAssignmentsIn(source: Source): MassAssignment[] {
  return handlersIn(source).flatMap((entry) => {
    if (entry.kind === "middleware" || entry.kind === "error-handler" || (entry.framework !== "nest" && entry.wrapper !== null) || !takesBody(entry, source)) return [];
    if (adminsOnly.test(source.text.slice(...(entry.registration ?? entry.node).range))) return [];
    const { sent, calls } = reachOf(entry, source);
    const found = sent.flatMap((each) => assignmentOf(each, entry, source) ?? []);
    return found.length > 0 && !isPicked(entry, calls, source) ? found : [];
  });
}

const bodies = /\.body\b|\.json\(\)|formData|@Body\(\)|["']use server["']/;

/** Whether a file takes a request's body, and has somewhere to write it: a look at its text only. */
export const mayAssignBodies = ({ text }: Source): boolean => bodies.test(text) && /create|insert|update|upsert|save|values\(|set\(|await this\./.test(text);

