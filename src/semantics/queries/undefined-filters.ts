import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import { optionalInputs, requestDecorators } from "../../knowledge/request-input.js";
import { droppingLibraries, insistingCalls, ownerColumns, tenantColumns, whoAsks } from "../../knowledge/undefined-filters.js";
import { readText } from "../../project/disk.js";
import { fileFacts } from "../../project/file.js";
import { majorOf, packageOf } from "../../project/package-json.js";
import { textQuestion } from "../../project/source-texts.js";
import { conditionsAt } from "../../syntax/conditions.js";
import { readsOf, soleValueOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, unwrap } from "../../syntax/value.js";
import { contains, enclosingFunction, isFunction } from "../../syntax/walk.js";
import type { Column } from "./columns.js";
import { settledNode } from "./columns.js";
import { decoratorsOf, isDecorated, type MayBeDecorated, roleOfName } from "../entries/entries.js";
import { handedFor } from "../program/handed-values.js";
import { queriesIn, type Query } from "./queries.js";
import { schemaOf } from "../schema/tables.js";

type Variable = TSESLint.Scope.Variable;

/** A condition that is left out of a filter where it has no value: the filter then means the rows of everybody. */
export interface UndefinedFilter {
  readonly query: Query;
  readonly column: string;
  /** The expression that may have no value, as its author wrote it. */
  readonly value: string;
  /** Where the condition is written. */
  readonly node: TSESTree.Node;
  /** Whether nothing else picks the rows. */
  readonly isAll: boolean;
  /** Whether code is in sight that hands over a value that may be missing, or asks for it itself. */
  readonly isSeen: boolean;
}

const rows = droppingLibraries.map((row) => ({ row, isRefused: textQuestion(row.refused) }));

/** Whether a query's library leaves out what is undefined, in the version and with the settings that the project has. */
function dropsUndefined({ orm }: Query, source: Source): boolean {
  const found = rows.find(({ row }) => row.library === orm);
  const filename = fileFacts(source)?.filename;
  if (!found || filename === undefined) return false;
  const { row, isRefused } = found;
  const major = majorOf(filename, row.module);
  if (row.until !== undefined && major !== null && major >= row.until) return false;
  const own = packageOf(filename);
  if (own && isRefused(own.dir) === true) return false;
  return !schemaFilesOf(source).some((file) => row.refused.test(readText(file) ?? ""));
}

/** The files of Prisma's schema that tables stand in, and the ones beside and above them that may have nothing but settings. */
function schemaFilesOf(source: Source): readonly string[] {
  const files = new Set(schemaOf(source)?.tables.map(({ at }) => at.file).filter((file) => file.endsWith(".prisma")));
  return [...files].flatMap((file) => [file, file.replace(/[^\\/]+$/, "schema.prisma"), file.replace(/[^\\/]+[\\/][^\\/]+$/, "schema.prisma")]);
}

/** `tenantId?: string`, `tenantId: string | undefined`. */
function mayBeLeftOut(node: TSESTree.Node): boolean {
  if ("optional" in node && node.optional === true) return true;
  const type = "typeAnnotation" in node ? (node.typeAnnotation as TSESTree.TSTypeAnnotation | undefined)?.typeAnnotation : undefined;
  return type?.type === "TSUnionType" && type.types.some(({ type: each }) => each === "TSUndefinedKeyword");
}

/** The member of a parameter's type that a name is taken out of it by: `({ tenantId }: { tenantId?: string })`. */
function memberTaken(name: TSESTree.Identifier, source: Source): TSESTree.Node | null {
  const property = name.parent;
  const pattern = property.type === "Property" && property.value === name ? property.parent : null;
  const annotation = pattern?.type === "ObjectPattern" ? pattern.typeAnnotation?.typeAnnotation : undefined;
  const key = property.type === "Property" ? keyName(property.key, property.computed) : null;
  const members = annotation && membersOf(annotation, source);
  return members?.find((member) => member.type === "TSPropertySignature" && keyName(member.key, member.computed) === key) ?? null;
}

function membersOf(type: TSESTree.TypeNode, source: Source): readonly TSESTree.TypeElement[] | null {
  if (type.type === "TSTypeLiteral") return type.members;
  if (type.type !== "TSTypeReference" || type.typeName.type !== "Identifier") return null;
  const definition = variableOf(type.typeName, source)?.defs[0]?.node;
  if (definition?.type === "TSInterfaceDeclaration") return definition.body.body;
  return definition?.type === "TSTypeAliasDeclaration" && definition.typeAnnotation.type === "TSTypeLiteral" ? definition.typeAnnotation.members : null;
}

/** Whether a variable is a parameter that a caller may leave out, and nothing gives it a value then. */
function isOptional(variable: Variable, source: Source): boolean {
  const [definition] = variable.defs;
  if (definition?.type !== "Parameter" || variable.references.some((reference) => reference.isWrite())) return false;
  const name = definition.name as TSESTree.Identifier;
  const member = memberTaken(name, source);
  return mayBeLeftOut(name) || (member !== null && mayBeLeftOut(member));
}

/** Fields of a request that its sender may leave out. */
const sentFields = new Set(["query", "headers", "cookies"]);

interface Absent {
  /** The variables by which code could ask whether it is there. */
  readonly variables: readonly Variable[];
  readonly value: TSESTree.Node;
  /** Whether a caller may leave it out; otherwise it is somebody who may not be signed in. */
  readonly isParameter: boolean;
}

/** Whether code reads a variable's members as if it surely were there: a `?.` on it elsewhere says nothing. */
const isTakenForGranted = (variable: Variable): boolean =>
  readsOf(variable).some((read) => read.parent.type === "MemberExpression" && read.parent.object === read && !read.parent.optional);

/** What a value is made of, where it may be undefined. */
function absentIn(node: TSESTree.Node, source: Source, hops = 3): Absent | null {
  const inner = unwrap(node);
  if (inner.type === "Identifier") {
    const variable = variableOf(inner, source);
    if (!variable) return null;
    if (isOptional(variable, source)) return { variables: [variable], value: inner, isParameter: true };
    const made = hops > 0 ? soleValueOf(variable) : null;
    const absent = made && absentIn(made, source, hops - 1);
    return absent && { ...absent, variables: [variable, ...absent.variables], value: inner };
  }
  if (inner.type !== "MemberExpression") return null;
  let root: TSESTree.Node = inner;
  let isShort = false;
  let first: string | null = null;
  while (root.type === "MemberExpression") {
    isShort ||= root.optional;
    first = memberName(root);
    root = unwrap(root.object);
  }
  const variable = root.type === "Identifier" ? variableOf(root, source) : null;
  if (!variable || root.type !== "Identifier") return null;
  if (isShort && (!whoAsks.test(root.name) || isTakenForGranted(variable))) return null;
  const isSent = roleOfName(root, source)?.role === "request" && sentFields.has(first ?? "");
  return isShort || isSent ? { variables: [variable], value: inner, isParameter: isSent } : null;
}

const mentions = (node: TSESTree.Node, variables: readonly Variable[], source: Source): boolean =>
  contains(node, source, (current) => {
    const variable = current.type === "Identifier" ? variableOf(current, source) : null;
    return variable !== null && variables.includes(variable);
  });

/** Whether code before a node, or around it, asks whether a value is there, or has somebody insist on it: whatever it does then. */
function isAsked(node: TSESTree.Node, { variables }: Absent, source: Source): boolean {
  for (const condition of conditionsAt(node)) {
    if (mentions(condition.kind === "test" ? condition.test : condition.subject, variables, source)) return true;
  }
  let outermost: TSESTree.Node = node;
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) outermost = fn;
  return contains(outermost, source, (current) => {
    if (current.type === "IfStatement") return current.test.range[1] <= node.range[0] && mentions(current.test, variables, source);
    return current.type === "CallExpression" && current.range[1] <= node.range[0] && insists(current, variables, source);
  });
}

function insists(call: TSESTree.CallExpression, variables: readonly Variable[], source: Source): boolean {
  const callee = unwrap(call.callee);
  const name = callee.type === "Identifier" ? callee.name : callee.type === "MemberExpression" ? (memberName(callee) ?? "") : "";
  return insistingCalls.test(name) && call.arguments.some((argument) => mentions(argument, variables, source));
}

/** A condition that may be missing. */
interface Loose {
  readonly column: string;
  readonly absent: Absent;
  readonly node: TSESTree.Node;
}

const isEmpty = (node: TSESTree.Node): boolean => {
  const inner = unwrap(node);
  return (inner.type === "ObjectExpression" && inner.properties.length === 0) || (inner.type === "Identifier" && inner.name === "undefined");
};

/** `x ? { tenantId: x } : {}`, `x && { tenantId: x }`: the condition is only there where its value is. */
function ofChoice(node: TSESTree.Node, source: Source): Loose[] {
  const inner = unwrap(node);
  let chosen: TSESTree.Node | null = null;
  let test: TSESTree.Node | null = null;
  if (inner.type === "ConditionalExpression" && isEmpty(inner.alternate)) ({ consequent: chosen, test } = inner);
  else if (inner.type === "LogicalExpression" && inner.operator === "&&") ({ right: chosen, left: test } = inner);
  const object = chosen && unwrap(chosen);
  const asked = test && unwrap(test);
  if (object?.type !== "ObjectExpression" || asked?.type !== "Identifier") return [];
  return object.properties.flatMap((property) => {
    const absent = property.type === "Property" ? absentIn(property.value, source) : null;
    const column = property.type === "Property" ? keyName(property.key, property.computed) : null;
    const variable = variableOf(asked, source);
    return absent && column !== null && variable && absent.variables.includes(variable) ? [{ column, absent, node: property }] : [];
  });
}

/** `if (tenantId) where.tenantId = tenantId;` */
function ofAdditions(node: TSESTree.Node, query: Query, source: Source): Loose[] {
  const inner = unwrap(node);
  const variable = inner.type === "Identifier" ? variableOf(inner, source) : null;
  return (variable?.references ?? []).flatMap(({ identifier }) => {
    const member = identifier.parent;
    const assignment = member.type === "MemberExpression" && member.object === identifier ? member.parent : null;
    if (member.type !== "MemberExpression" || assignment?.type !== "AssignmentExpression" || assignment.left !== member || assignment.range[1] > query.node.range[0]) return [];
    const column = memberName(member);
    const absent = absentIn(assignment.right, source);
    const [nearest] = conditionsAt(assignment, enclosingFunction(assignment) ?? undefined);
    const isOnlyTest = nearest?.kind === "test" && nearest.holds && unwrap(nearest.test).type === "Identifier" && absent !== null && mentions(nearest.test, absent.variables, source);
    return column !== null && absent && isOnlyTest && !hasElse(assignment) ? [{ column, absent, node: assignment }] : [];
  });
}

/** Whether something else is done where the value is not there. */
function hasElse(node: TSESTree.Node): boolean {
  for (let current: TSESTree.Node | undefined = node; current && !isFunction(current); current = current.parent) if (current.type === "IfStatement") return current.alternate !== null;
  return false;
}

/** All conditions of a query's filter that are left out where their value is not there. */
function looseIn(query: Query, source: Source): Loose[] {
  const { filter } = query;
  if (!filter) return [];
  const written = filter.keys.flatMap(({ name, value, operator, always, node }: Column): Loose[] => {
    const absent = value && always && operator === "equals" ? absentIn(value, source) : null;
    return absent && !isAsked(query.node, absent, source) ? [{ column: name, absent, node }] : [];
  });
  const object = settledNode(filter.node, source);
  const spread = object.type === "ObjectExpression" ? object.properties.flatMap((property) => (property.type === "SpreadElement" ? ofChoice(property.argument, source) : [])) : ofChoice(object, source);
  return [...written, ...spread, ...ofAdditions(filter.node, query, source)];
}

/** Where frameworks put what a request surely has once it got there: the parts of its path, what a schema has seen, who is signed in. */
const certain: ReadonlySet<string> = new Set(["params", "body", "user", "session", "auth"]);

const isDecoratedWith = (table: typeof requestDecorators, { defs: [definition] }: Variable, source: Source): boolean =>
  definition?.type === "Parameter" && table.some(({ module, names }) => decoratorsOf(definition.name, module, source).some((name) => names.includes(name)));

/** Whether a node is the request that a handler answers. */
function isRequest(node: TSESTree.Node, source: Source): boolean {
  const variable = node.type === "Identifier" ? variableOf(node, source) : null;
  return variable !== null && node.type === "Identifier" && (roleOfName(node, source)?.role === "request" || isDecoratedWith(requestDecorators, variable, source));
}

/** `request.query.tenantId`, `(request as any).tenantId`: what the sender may leave out, or nobody says is there. */
function isOfRequest(node: TSESTree.MemberExpression, source: Source): boolean {
  const root = unwrap(node.object);
  if (root.type === "MemberExpression") return isOfRequest(root, source);
  return isRequest(root, source) && !certain.has(memberName(node) ?? "");
}

/** Whether a part of a request is asked for before something of it is taken: `request.user && request.user.tenantId`. */
function asksForRequest(node: TSESTree.Node, source: Source): boolean {
  const inner = unwrap(node);
  return inner.type === "MemberExpression" && isRequest(unwrap(inner.object), source);
}

/** `searchParams.get("tenantId") ?? undefined`, `@Headers("x-tenant-id") tenantId`: the sender of a request may leave it out. */
function isOfSender(node: TSESTree.Node, source: Source, hops = 3): boolean {
  const inner = unwrap(node);
  if (inner.type === "LogicalExpression") {
    if (inner.operator === "&&") return asksForRequest(inner.left, source);
    return (isEmpty(inner.right) || isOfSender(inner.right, source, hops)) && isOfSender(inner.left, source, hops);
  }
  if (inner.type === "MemberExpression") return isOfRequest(inner, source);
  const variable = inner.type === "Identifier" && hops > 0 ? variableOf(inner, source) : null;
  const made = variable && soleValueOf(variable);
  if (made) return isOfSender(made, source, hops - 1);
  if (variable) return isDecoratedWith(optionalInputs, variable, source);
  const callee = inner.type === "CallExpression" ? unwrap(inner.callee) : null;
  const object = callee?.type === "MemberExpression" && memberName(callee) === "get" ? unwrap(callee.object) : null;
  return (object?.type === "Identifier" ? object.name : object?.type === "MemberExpression" ? memberName(object) : null) === "searchParams";
}

/** What callers give for a parameter: a value that may be missing, always one that is there, or something that cannot be told. */
type Giving = "missing" | "there" | "unknown";

function givingOf(value: TSESTree.Node, source: Source, hops: number): Giving {
  const absent = absentIn(value, source);
  if (!absent) return isOfSender(value, source) && !isAskedAnywhere(value, source) ? "missing" : "there";
  if (isAsked(value, absent, source)) return "there";
  const parameter = absent.variables.find((variable) => variable.defs[0]?.type === "Parameter" && isOptional(variable, source));
  if (!parameter || isDecoratedParameter(parameter)) return "missing";
  return hops > 0 ? givingTo(parameter, source, hops - 1) : "unknown";
}

/** `@Query("tenantId") tenantId?: string` */
const isDecoratedParameter = ({ defs: [definition] }: Variable): boolean => definition !== undefined && isDecorated(definition.name as MayBeDecorated);

function isAskedAnywhere(value: TSESTree.Node, source: Source): boolean {
  const inner = unwrap(value);
  const variable = inner.type === "Identifier" ? variableOf(inner, source) : null;
  return variable !== null && isAsked(value, { variables: [variable], value, isParameter: true }, source);
}

function givingTo(parameter: Variable, source: Source, hops = 2): Giving {
  const givings = handedFor(parameter, source).map(({ value, source: other }) => (value === null || value === "unknown" ? "unknown" : givingOf(value, other, hops)));
  if (givings.includes("missing")) return "missing";
  return givings.length > 0 && givings.every((giving) => giving === "there") ? "there" : "unknown";
}

/** What is read to be shown together: "one tenant's, or all of them" may be what such a function is for. */
const listing: ReadonlySet<string> = new Set(["read-many", "count", "aggregate"]);

/** Whether callers are seen to leave a value out, or `null` where nobody can be meant to. */
function isSeenMissing({ kind }: Query, { absent }: Loose, source: Source): boolean | null {
  const parameter = absent.variables.find((variable) => variable.defs[0]?.type === "Parameter" && isOptional(variable, source));
  if (!parameter || isDecoratedParameter(parameter)) return true;
  const giving = givingTo(parameter, source);
  if (giving === "missing") return true;
  return giving === "there" || listing.has(kind) ? null : false;
}

const changing: ReadonlySet<string> = new Set(["update-many", "delete-many"]);

/** Whether a condition without its value gives away what belongs to others: a tenant's, or that of somebody who is not signed in. */
const isOwners = ({ column, absent }: Loose): boolean => tenantColumns.test(column) || (ownerColumns.test(column) && !absent.isParameter);

function defectOf(query: Query, source: Source): UndefinedFilter | null {
  const loose = looseIn(query, source);
  const [first] = loose;
  if (!first || !query.filter) return null;
  const firm = query.filter.keys.filter(({ name, always }) => always && !loose.some(({ column }) => column === name));
  const isAll = firm.length === 0;
  const found = loose.find(isOwners) ?? (isAll && query.filter.complete && changing.has(query.kind) ? first : null);
  // Another owner's key still holds.
  if (!found || firm.some(({ name, path }) => path.length > 0 || ownerColumns.test(name) || tenantColumns.test(name))) return null;
  if (!dropsUndefined(query, source)) return null;
  const isSeen = isSeenMissing(query, found, source);
  return isSeen === null ? null : { query, column: found.column, value: textOf(found.absent.value, source), node: found.node, isAll, isSeen };
}

const textOf = (node: TSESTree.Node, { text }: Source): string => text.slice(...node.range);

/** The queries of a file whose filter means the rows of everybody as soon as a value is missing. */
export const undefinedFiltersIn = (source: Source): UndefinedFilter[] => queriesIn(source).flatMap((query) => (query.byKey ? [] : (defectOf(query, source) ?? [])));

/** Whether a file has anything that may be undefined where a filter could be: a look at its text only. */
export const mayFilterByUndefined = ({ text }: Source): boolean => /\?\s*:|\?\.|undefined|\.(?:query|headers|cookies)\b/.test(text);

