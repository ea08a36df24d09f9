import type { TSESTree } from "@typescript-eslint/utils";

import {
  type Answer,
  answers,
  type Place,
  type Responder,
  responseDecorators,
  responseObjects,
  serverErrorNames,
  statusObjects,
  telltales,
  type WebFramework,
  webFrameworks,
} from "../../knowledge/web-frameworks.js";
import { fileFacts } from "../../project/file.js";
import { dependsOn } from "../../project/package-json.js";
import { variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, numberValue, outermost, propertyOf, stringValue, unwrap } from "../../syntax/value.js";
import { enclosingFunction, isFunction, walk } from "../../syntax/walk.js";
import { decoratorsOf, entryAt, isDecorated, roleOfName } from "./entries.js";
import { roleOf } from "../program/file-role.js";
import { type Frame, frameOfCall, lookUp, outerFrame, type Placed } from "../program/frames.js";
import { definitionOf, originOf, stepsText } from "../program/provenance.js";

/** The statuses that an answer may have, as far as they are written out; `"default"`: none is given; `"unknown"`: it depends on what we cannot tell. */
type Statuses = readonly number[] | "default" | "unknown";

/** Something that is sent to whoever asked. */
export interface Response {
  readonly framework: string;
  /** The call, construction, assignment or returned object that sends it. */
  readonly node: TSESTree.Node;
  /** How the author sends it, in short: `res.json`, `new Response`, `ctx.body`. */
  readonly name: string;
  /** What is sent; `null` when nothing is, or it cannot be told. */
  readonly body: Placed | null;
  readonly statuses: Statuses;
  /** The body is an exception's: a framework's filter has the last word on it. */
  readonly thrown: boolean;
}

type Sender = TSESTree.CallExpression | TSESTree.NewExpression;

const frameworks = new Map(webFrameworks.map((framework) => [framework.name, framework]));

const answersByModule = groupAnswers();

function groupAnswers(): Map<string, Answer[]> {
  const groups = new Map<string, Answer[]>();
  for (const answer of answers) groups.set(answer.module, [...(groups.get(answer.module) ?? []), answer]);
  return groups;
}

const union = (first: Statuses, second: Statuses): Statuses => {
  if (first === "unknown" || second === "unknown" || first === "default" || second === "default") return "unknown";
  return [...new Set([...first, ...second])];
};

function statusNamed(node: TSESTree.MemberExpression, source: Source): Statuses {
  const name = memberName(node);
  const origin = name === null ? null : originOf(node.object, source);
  const known = origin && statusObjects.some(({ module, name: object }) => module === origin.module && (object === stepsText(origin.steps) || object === ""));
  return known && name !== null ? [serverErrorNames[name] ?? 400] : "unknown";
}

/** The statuses that an expression can have. */
function statusesOf(placed: Placed): Statuses {
  const { node, frame } = lookUp(placed);
  const number = numberValue(node, frame.source);
  if (number !== null) return [number];
  const code = stringValue(node);
  if (code !== null && /^[A-Z_]+$/.test(code)) return [serverErrorNames[code] ?? 400];
  switch (node.type) {
    case "ConditionalExpression":
      return union(statusesOf({ node: node.consequent, frame }), statusesOf({ node: node.alternate, frame }));
    case "LogicalExpression":
      return union(statusesOf({ node: node.left, frame }), statusesOf({ node: node.right, frame }));
    case "MemberExpression":
      return statusNamed(node, frame.source);
    case "Identifier":
      return statusesWritten(node, frame);
    default:
      return "unknown";
  }
}

/** `let status = 500; if (…) status = 404;` */
function statusesWritten(name: TSESTree.Identifier, frame: Frame): Statuses {
  const variable = variableOf(name, frame.source);
  if (variable?.defs[0]?.type !== "Variable") return "unknown";
  let statuses: Statuses = [];
  for (const reference of variable.references) {
    if (!reference.isWrite()) continue;
    if (!reference.writeExpr || reference.writeExpr === (name as TSESTree.Node)) return "unknown";
    const number = numberValue(reference.writeExpr, frame.source);
    statuses = union(statuses, number === null ? "unknown" : [number]);
  }
  return statuses.length === 0 ? "unknown" : statuses;
}

function statusesIn({ at, key, alias }: Place, call: Sender, frame: Frame): Statuses {
  const argument = call.arguments[at];
  if (!argument) return "default";
  if (argument.type === "SpreadElement") return "unknown";
  const { node, frame: within } = lookUp({ node: argument, frame });
  if (key === undefined && node.type !== "ObjectExpression") return statusesOf({ node: argument, frame });
  if (node.type !== "ObjectExpression") return node.type === "Identifier" && node.name === "undefined" ? "default" : statusesOf({ node, frame: within });
  // Where a number is wanted, an object with it does as well: `c.json(body, { status: 500 })`.
  const value = propertyOf(node, key ?? "status") ?? (alias === undefined ? null : propertyOf(node, alias));
  if (value === null) return "default";
  return value === "unknown" ? "unknown" : statusesOf({ node: value, frame: within });
}

function bodyIn({ at, key }: Place, call: Sender, frame: Frame): Placed | null {
  const argument = call.arguments[at];
  if (!argument || argument.type === "SpreadElement") return null;
  if (key === undefined) return { node: argument, frame };
  const { node, frame: within } = lookUp({ node: argument, frame });
  const value = node.type === "ObjectExpression" ? propertyOf(node, key) : null;
  return value === null || value === "unknown" ? null : { node: value, frame: within };
}

const nameOf = (node: TSESTree.Node): string => {
  const inner = unwrap(node);
  if (inner.type === "Identifier") return inner.name;
  if (inner.type === "ThisExpression") return "this";
  if (inner.type === "CallExpression") return nameOf(inner.callee.type === "MemberExpression" ? inner.callee.object : inner.callee);
  return inner.type === "MemberExpression" ? `${nameOf(inner.object)}.${memberName(inner) ?? "…"}` : "…";
};

const senderName = (call: Sender): string => (call.type === "NewExpression" ? `new ${nameOf(call.callee)}` : nameOf(call.callee));

const answerNames = new Set(answers.map(({ call }) => call.split(".").at(-1)));

/** A cheap look at a name before it is followed: what it is called, or was called where it is imported from. */
function isAnswerName(callee: TSESTree.Node, source: Source): boolean {
  if (callee.type === "MemberExpression") return answerNames.has(memberName(callee) ?? "");
  if (callee.type !== "Identifier") return false;
  if (answerNames.has(callee.name)) return true;
  const [definition] = variableOf(callee, source)?.defs ?? [];
  if (definition?.type !== "ImportBinding") return false;
  const { node } = definition;
  return node.type === "ImportSpecifier" && node.imported.type === "Identifier" && answerNames.has(node.imported.name);
}

function byAnswer(call: Sender, frame: Frame): Response | null {
  const callee = unwrap(call.callee);
  if (!isAnswerName(callee, frame.source)) return null;
  const origin = originOf(callee, frame.source);
  const answer = origin && answersByModule.get(origin.module)?.find(({ call: name }) => name === stepsText(origin.steps));
  if (!answer) return null;
  return {
    framework: answer.module,
    node: call,
    name: senderName(call),
    body: bodyIn(answer.body, call, frame),
    statuses: typeof answer.status === "number" ? [answer.status] : statusesIn(answer.status, call, frame),
    thrown: answer.thrown ?? false,
  };
}

/** The framework whose response (or context) object an expression is. */
function frameworkAnswering(placed: Placed): (WebFramework & { responder: Responder }) | null {
  const { node, frame } = lookUp(placed);
  const ways = node.type === "Identifier" ? [byRole(node, frame.source), byDecorator(node, frame.source), byName(node, frame.source)] : [];
  for (const name of [...ways, byOrigin(node, frame.source)]) {
    const framework = frameworks.get(name ?? "");
    if (framework?.responder) return { ...framework, responder: framework.responder };
  }
  return null;
}

function byRole(name: TSESTree.Identifier, source: Source): string | null {
  const found = roleOfName(name, source);
  return found && (found.role === "response" || found.role === "context") ? found.entry.framework : null;
}

/** `res` in a piece of code that has lost its handler, where the app has the framework whose handlers call it so. */
function byName(name: TSESTree.Identifier, source: Source): string | null {
  const filename = fileFacts(source)?.filename;
  const framework = filename !== undefined && !variableOf(name, source) && webFrameworks.find(({ named }) => named && Object.hasOwn(named.roles, name.name) && named.roles[name.name] === "response" && dependsOn(filename, named.dependency));
  return framework ? framework.name : null;
}

function byDecorator(name: TSESTree.Identifier, source: Source): string | null {
  const definition = variableOf(name, source)?.defs[0];
  if (definition?.type !== "Parameter") return null;
  const parameter = definition.name as TSESTree.Identifier;
  if (!isDecorated(parameter)) return null;
  const row = responseDecorators.find(({ module, names }) => decoratorsOf(parameter, module, source).some((decorator) => names.includes(decorator)));
  return row?.framework ?? null;
}

function byOrigin(node: TSESTree.Node, source: Source): string | null {
  const origin = originOf(node, source);
  if (!origin) return null;
  const from = stepsText(origin.steps);
  const object = responseObjects.find((row) => row.module === origin.module && row.from === from);
  if (object) return object.framework;
  const type = /^(\w+)\(\)$/.exec(from)?.[1];
  const framework = type !== undefined && webFrameworks.find(({ types }) => types?.modules.includes(origin.module) && (types.roles[type] === "response" || types.roles[type] === "context"));
  return framework ? framework.name : null;
}

/** `res.status(500).type("json")`: the object at the root, and the calls on the way to it, last first. */
function chainOf(node: TSESTree.Node): { root: TSESTree.Node; calls: { name: string; call: TSESTree.CallExpression }[] } {
  const calls: { name: string; call: TSESTree.CallExpression }[] = [];
  let root = unwrap(node);
  while (root.type === "CallExpression") {
    const callee = unwrap(root.callee);
    if (callee.type !== "MemberExpression") break;
    calls.push({ name: memberName(callee) ?? "", call: root });
    root = unwrap(callee.object);
  }
  return { root, calls };
}

function byResponder(call: TSESTree.CallExpression, frame: Frame): Response | null {
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression") return null;
  const name = memberName(callee);
  if (name === null || !mayAnswer.has(name)) return null;
  const { root, calls } = chainOf(callee.object);
  const framework = frameworkAnswering({ node: root, frame });
  const send = framework && Object.hasOwn(framework.responder.send, name) ? framework.responder.send[name] : undefined;
  if (!framework || !send) return null;
  const along = send.status === undefined ? "default" : statusesIn({ at: send.status }, call, frame);
  const setter = calls.find((link) => framework.responder.status.includes(link.name));
  const inChain = setter ? statusesIn({ at: 0 }, setter.call, frame) : "default";
  const given = along === "default" ? inChain : along;
  return {
    framework: framework.name,
    node: call,
    name: `${nameOf(root)}.${name}`,
    body: bodyIn({ at: send.body }, call, frame),
    statuses: given === "default" ? statusesSetNear(call, root, framework.responder, frame) : given,
    thrown: false,
  };
}

const mayAnswer = new Set(webFrameworks.flatMap(({ responder }) => Object.keys(responder?.send ?? {})));

/** `ctx.body = …` */
function byField(assignment: TSESTree.AssignmentExpression, frame: Frame): Response | null {
  const { left, right } = assignment;
  if (left.type !== "MemberExpression") return null;
  const name = memberName(left);
  if (name === null || !bodyFields.has(name)) return null;
  const framework = frameworkAnswering({ node: left.object, frame });
  if (!framework?.responder.bodyFields.includes(name)) return null;
  return {
    framework: framework.name,
    node: assignment,
    name: nameOf(left),
    body: { node: right, frame },
    statuses: statusesSetNear(assignment, left.object, framework.responder, frame),
    thrown: false,
  };
}

const bodyFields = new Set(webFrameworks.flatMap(({ responder }) => responder?.bodyFields ?? []));

/** What an earlier statement (`res.status(500);`, `res.statusCode = 500;`), or one beside it, sets the status to. */
function statusesSetNear(node: TSESTree.Node, responder: TSESTree.Node, { status, statusFields }: Responder, frame: Frame): Statuses {
  const owner = nameOf(responder);
  const set = (statement: TSESTree.Node): Statuses => {
    if (statement.type !== "ExpressionStatement") return "default";
    const expression = unwrap(statement.expression);
    if (expression.type === "AssignmentExpression" && expression.left.type === "MemberExpression") {
      const { left, right } = expression;
      return statusFields.includes(memberName(left) ?? "") && nameOf(left.object) === owner ? statusesOf({ node: right, frame }) : "default";
    }
    const { root, calls } = chainOf(expression);
    const setter = nameOf(root) === owner ? calls.find((link) => status.includes(link.name)) : undefined;
    return setter ? statusesIn({ at: 0 }, setter.call, frame) : "default";
  };
  const around = enclosingFunction(node);
  for (let current = node, own = true; current.parent && current !== around; current = current.parent) {
    const { parent } = current;
    const siblings: readonly TSESTree.Node[] = parent.type === "BlockStatement" ? parent.body : parent.type === "SwitchCase" ? parent.consequent : [];
    if (siblings.length === 0) continue;
    const before = siblings.slice(0, siblings.indexOf(current)).reverse();
    // In its own block a status may follow the body, where that is a field.
    for (const sibling of own ? [...before, ...siblings.slice(siblings.indexOf(current) + 1)] : before) {
      const found = set(sibling);
      if (found !== "default") return found;
    }
    own = false;
  }
  return "default";
}

/** `return { statusCode: 500, body: … }` of a function whose platform answers with what it returns. */
function byReturn(statement: TSESTree.ReturnStatement, frame: Frame): Response | null {
  const object = statement.argument && unwrap(statement.argument);
  if (object?.type !== "ObjectExpression") return null;
  const framework = frameworks.get(entryAt(statement, frame.source)?.framework ?? "");
  if (!framework?.returned) return null;
  const [body, status] = [propertyOf(object, framework.returned.body), propertyOf(object, framework.returned.status)];
  if (body === null || body === "unknown" || status === null) return null;
  return {
    framework: framework.name,
    node: object,
    name: "return",
    body: { node: body, frame },
    statuses: status === "unknown" ? "unknown" : statusesOf({ node: status, frame }),
    thrown: false,
  };
}

function direct(node: TSESTree.Node, frame: Frame): Response | null {
  switch (node.type) {
    case "CallExpression":
      return byResponder(node, frame) ?? byAnswer(node, frame);
    case "NewExpression":
      return byAnswer(node, frame);
    case "AssignmentExpression":
      return byField(node, frame);
    case "ReturnStatement":
      return byReturn(node, frame);
    default:
      return null;
  }
}

/** Whether a call makes a middleware that answers failures with their stack traces. */
export function isTelltale(call: TSESTree.CallExpression, source: Source): boolean {
  const origin = originOf(call.callee, source);
  return origin !== null && telltales.some((row) => row.module === origin.module && row.call === stepsText(origin.steps));
}

/** The answer that a call, a construction, an assignment or a return statement is by itself, or `null`. */
export const responseAt = (node: TSESTree.Node, source: Source): Response | null => direct(node, outerFrame(source.ast, source));

/** A helper within a helper within a helper sends nothing that we would follow. */
const deepest = 2;

const always = (): boolean => true;

/**
 * The answers that a node sends: by itself, or through a function of the project that it calls
 * (`json(body, 500)`, `sendError(res, error)`), with the parameters read as what this call gives.
 *
 * @param mayMatter whether to look into the function that a call leads to, which may have to be parsed for that.
 */
export function responsesAt(node: TSESTree.Node, frame: Frame, mayMatter: (call: TSESTree.CallExpression) => boolean = always, depth = 0): readonly Response[] {
  const response = direct(node, frame);
  if (response) return [response];
  return node.type === "CallExpression" && depth < deepest ? throughHelper(node, frame, mayMatter, depth) : [];
}

/** Whether a call's value is what its function gives back, or what a promise of an answer resolves to. */
function isResult(call: TSESTree.CallExpression): boolean {
  let node = outermost(call);
  if (node.parent?.type === "AwaitExpression") node = outermost(node.parent);
  const { parent } = node;
  if (parent?.type === "CallExpression") return parent.callee.type === "Identifier" && parent.arguments[0] === node;
  if (parent?.type === "ConditionalExpression" || parent?.type === "LogicalExpression") return true;
  return parent?.type === "ReturnStatement" || (parent?.type === "ArrowFunctionExpression" && parent.body === node);
}

const isResponder = (node: TSESTree.Node, frame: Frame): boolean => unwrap(node).type === "Identifier" && frameworkAnswering({ node, frame }) !== null;

function throughHelper(call: TSESTree.CallExpression, frame: Frame, mayMatter: (call: TSESTree.CallExpression) => boolean, depth: number): readonly Response[] {
  const callee = unwrap(call.callee);
  if (callee.type !== "Identifier" && !(callee.type === "MemberExpression" && unwrap(callee.object).type === "ThisExpression")) return [];
  if (!isResult(call) && !call.arguments.some((argument) => isResponder(argument, frame))) return [];
  if (!mayMatter(call)) return [];
  const definition = definitionOf(callee, frame.source);
  if (definition?.kind !== "definition" || !isFunction(definition.node)) return [];
  const fn = definition.node;
  const within = frameOfCall(call, fn, definition.source, frame);
  const found: Response[] = [];
  walk(fn.body, definition.source, (node) => {
    if (isFunction(node)) return false;
    if (node.type !== "CallExpression" && node.type !== "NewExpression" && node.type !== "AssignmentExpression") return true;
    found.push(...responsesAt(node, within, always, depth + 1).map((response) => ({ ...response, node: call, name: senderName(call) })));
    return true;
  });
  return found;
}

/**
 * Whether an answer can say that the server failed: with a status of its own, or with none in an edge function, where
 * people leave it to the body.
 */
export function isFailure({ statuses, framework, node }: Response, source: Source): boolean {
  if (statuses === "unknown") return false;
  if (statuses !== "default") return statuses.some((status) => status >= 500);
  return framework === "(global)" && roleOf(source) === "edge" && entryAt(node, source)?.framework !== "next-route";
}
