import type { TSESTree } from "@typescript-eslint/utils";

import type { ObjectMigrations } from "../../../knowledge/code-migrations.js";
import type { SqlName } from "../../../languages/sql/syntax.js";
import type { Source } from "../../../syntax/source.js";
import { propertyOf, resolveConst, stringValue } from "../../../syntax/value.js";
import { nameAt } from "./nodes.js";

export type ObjectNode = TSESTree.ObjectExpression;

/** What a part of a call says; `null` where it cannot be told. */
export type Told<T> = readonly T[] | null;

export const isTrue = (node: TSESTree.Node | null): boolean => node?.type === "Literal" && node.value === true;
export const isFalse = (node: TSESTree.Node | null): boolean => node?.type === "Literal" && node.value === false;

/** Whether JavaScript takes a written value for true, as do libraries that ask no more than that: `primaryKey: "pk"`. */
export const isTruthy = (node: TSESTree.Node | null): boolean => node?.type === "Literal" && Boolean(node.value);

/** All of a list, or `null` where one of it cannot be told. */
export const allOf = <T>(items: readonly (T | null)[]): Told<T> => (items.every((item): item is T => item !== null) ? items : null);

/** Reads names, lists and objects that calls are handed, as far as the file tells what they are. */
export class ObjectValues {
  protected readonly entry: ObjectMigrations;
  protected readonly source: Source;

  constructor(entry: ObjectMigrations, source: Source) {
    this.entry = entry;
    this.source = source;
  }

  /** What an expression is, as far as the file tells, out of the class that it is wrapped in. */
  valueOf(node: TSESTree.Node | null | undefined): TSESTree.Node | null {
    if (!node) return null;
    const inner = resolveConst(node, this.source);
    const { wrappers } = this.entry;
    const isWrapped = inner.type === "NewExpression" && inner.callee.type === "Identifier" && wrappers.includes(inner.callee.name);
    return isWrapped ? this.valueOf(inner.arguments[0]) : inner;
  }

  objectOf(node: TSESTree.Node | null | undefined): ObjectNode | null {
    const value = this.valueOf(node);
    return value?.type === "ObjectExpression" ? value : null;
  }

  textOf(node: TSESTree.Node | null | undefined): string | null {
    return stringValue(this.valueOf(node));
  }

  option(object: ObjectNode | null, ...names: readonly string[]): TSESTree.Node | null {
    for (const name of names) {
      const value = object && propertyOf(object, name);
      if (value && value !== "unknown") return this.valueOf(value);
    }
    return null;
  }

  /** A table by its name, or by an object with its name and its schema. */
  tableOf(node: TSESTree.Node | null | undefined): SqlName | null {
    const value = this.valueOf(node);
    const text = stringValue(value);
    if (value && text !== null) return nameAt(text, value);
    const object = this.objectOf(value);
    const name = this.textOf(this.option(object, ...this.entry.table.name));
    return object && name !== null ? nameAt(name, object, this.textOf(this.option(object, this.entry.table.schema))) : null;
  }

  names(node: TSESTree.Node | null | undefined): Told<string> {
    const value = this.valueOf(node);
    if (value?.type === "ArrayExpression") {
      return allOf(
        value.elements.map((element) => {
          const inner = this.valueOf(element);
          const object = this.objectOf(inner);
          // A column of a key, with how it is sorted; a key has columns of its own.
          return stringValue(inner) ?? (this.option(object, ...this.entry.key.columns) ? null : this.textOf(this.option(object, "name")));
        }),
      );
    }
    const text = stringValue(value);
    return text === null ? null : [text];
  }

  /** The objects of a list, of the values of an object, or one by itself. */
  objects(node: TSESTree.Node | null): Told<ObjectNode> {
    if (!node) return [];
    if (node.type === "ArrayExpression") return allOf(node.elements.map((element) => this.objectOf(element)));
    const object = this.objectOf(node);
    return object && [object];
  }
}
