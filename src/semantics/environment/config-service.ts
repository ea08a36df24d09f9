import type { TSESTree } from "@typescript-eslint/utils";

import { fileFacts } from "../../project/file.js";
import { majorOf } from "../../project/package-json.js";
import type { Edit } from "../../syntax/edit.js";
import { importsModule } from "../../syntax/outside.js";
import type { Source } from "../../syntax/source.js";
import { outermost, unwrap } from "../../syntax/value.js";
import { envReadAt } from "./env.js";
import { type EnvTrust, trustOf } from "./env-trust.js";
import { originOf } from "../program/provenance.js";

/** A variable that code takes for granted, read through a service that has a method which throws. */
export interface TrustedSetting {
  readonly name: string;
  readonly trust: EnvTrust;
  /** The call of the method that throws; `null` where the installed version has none. */
  readonly mended: { readonly code: string; readonly edit: Edit } | null;
}

/** A first look: whether a file has a service that reads variables by their names. */
export const mayReadSettings = (source: Source): boolean => importsModule("@nestjs/config", source);

/** Settings by other names come from objects that the project puts together itself, and may be checked there. */
const screaming = /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)*$/;

export function trustedSettingAt(node: TSESTree.CallExpression, source: Source): TrustedSetting | null {
  const callee = unwrap(node.callee);
  const read = callee.type === "MemberExpression" && !callee.computed ? envReadAt(node, source) : null;
  if (!read || read.call !== node || read.fallback !== null || !screaming.test(read.name) || callee.type !== "MemberExpression") return null;
  const trust = trustOf(node, read.name, source);
  if (!trust) return null;
  const module = originOf(node, source)?.module;
  const filename = fileFacts(source)?.filename;
  const major = module === undefined || filename === undefined ? null : majorOf(filename, module);
  if (!read.required || major === null || major < read.required.since) return { name: read.name, trust, mended: null };
  const [start, end] = callee.property.range;
  const code = `${source.text.slice(node.range[0], start)}${read.required.method}${source.text.slice(end, node.range[1])}`;
  const whole = outermost(node);
  return { name: read.name, trust, mended: { code, edit: (fixer) => [fixer.replaceText(whole, code)] } };
}
