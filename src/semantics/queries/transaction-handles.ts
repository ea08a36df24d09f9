import type { TSESTree } from "@typescript-eslint/utils";

import { type Orm, orms } from "../../knowledge/orms.js";
import type { Edit } from "../../syntax/edit.js";
import { variableNamed, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { locate } from "./databases.js";
import type { OuterQuery } from "./outer-clients.js";
import type { Transaction } from "./transactions.js";

interface Handle {
  /** The client that takes part, as code: `tx`, `queryRunner.manager`. */
  readonly text: string;
  /** The part of the library that it is. */
  readonly part: string;
}

function ormOf({ orm }: Transaction): Orm | undefined {
  return orms.find(({ name }) => name === orm);
}

/** The client that queries of a transaction must go through. */
function handleOf(transaction: Transaction): Handle | null {
  const orm = ormOf(transaction);
  if (!orm || !transaction.handle || transaction.option !== null) return null;
  const { name } = transaction.handle;
  for (const api of orm.transactions) {
    if (transaction.form === "region" && api.as === "region") {
      const part = api.on.map((owner) => orm.parts[owner]?.leadsTo?.[api.handle]).find(Boolean);
      if (part) return { text: `${name}.${api.handle}`, part };
    }
    if (transaction.form === "callback" && api.as === "callback") {
      const part = api.on.map((owner) => orm.parts[owner]?.leadsTo?.[`${api.path}(0)`]).find(Boolean);
      if (part) return { text: name, part };
    }
  }
  return null;
}

/** What a query of a transaction must go through, as messages say it. */
export function throughText(transaction: Transaction): string {
  const { handle, option } = transaction;
  if (handle && option !== null) return handle.name === option ? `\`{ ${option} }\`` : `\`{ ${option}: ${handle.name} }\``;
  const text = handleOf(transaction)?.text ?? handle?.name;
  return text === undefined ? "the client that the callback is given" : `\`${text}\``;
}

/** The entity of a repository, as code, where its type names a class that the file has at run time. */
function entityOf({ query }: OuterQuery, source: Source): string | null {
  const { declaredAs } = query.client;
  const type = declaredAs?.type === "TSTypeReference" ? declaredAs.typeArguments?.params[0] : null;
  if (type?.type !== "TSTypeReference" || type.typeName.type !== "Identifier" || query.client.createdIn) return null;
  const [definition] = variableOf(type.typeName, source)?.defs ?? [];
  if (definition?.type === "ClassName") return type.typeName.name;
  if (definition?.type !== "ImportBinding" || definition.parent.type !== "ImportDeclaration" || definition.parent.importKind === "type") return null;
  return definition.node.type === "ImportSpecifier" && definition.node.importKind === "type" ? null : type.typeName.name;
}

/** What stands for the client of a query in its transaction: the handle itself, or what it leads to for the same table. */
function standIn(outer: OuterQuery, source: Source): string | null {
  const { query, transaction } = outer;
  const handle = handleOf(transaction);
  const located = locate(query.client);
  if (!handle || !located || located.at !== query.client.steps.length) return null;
  if (located.partName === handle.part) return handle.text;
  const leads = Object.entries(ormOf(transaction)?.parts[handle.part]?.leadsTo ?? {});
  const [, opener] = leads.map(([path, part]) => (part === located.partName ? /^(\w+)\(#\)$/.exec(path) : null)).find(Boolean) ?? [];
  const entity = opener === undefined ? null : entityOf(outer, source);
  return entity === null ? null : `${handle.text}.${opener ?? ""}(${entity})`;
}

/** Sends a query through the handle of its transaction; `null` where that has another shape, or cannot be seen from there. */
export function throughHandle(outer: OuterQuery, source: Source): { readonly text: string; readonly edit: Edit } | null {
  const { query, transaction } = outer;
  const text = standIn(outer, source);
  const receiver: TSESTree.Node = query.receiver;
  if (text === null || !transaction.handle || variableNamed(transaction.handle.name, receiver, source) !== transaction.handle) return null;
  return { text, edit: (fixer) => [fixer.replaceText(receiver, text)] };
}
