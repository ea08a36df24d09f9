import type { Node, Root, VisitorKeys } from "../tree.js";

/** The name of a block, field, attribute or argument; that of an attribute with its dots (`db.VarChar`). */
export interface PrismaName extends Node {
  readonly type: "PrismaName";
  readonly text: string;
}

export interface PrismaString extends Node {
  readonly type: "PrismaString";
  readonly value: string;
}

interface PrismaNumber extends Node {
  readonly type: "PrismaNumber";
  readonly value: number;
}

/** A bare word: a column, an action, an enum's value, `true`, `false`. */
interface PrismaReference extends Node {
  readonly type: "PrismaReference";
  readonly name: string;
}

/** `now()`, `env("DATABASE_URL")`, or a column with settings of its own: `title(sort: Desc)`. */
interface PrismaCall extends Node {
  readonly type: "PrismaCall";
  readonly name: string;
  readonly arguments: readonly PrismaArgument[];
}

interface PrismaList extends Node {
  readonly type: "PrismaList";
  readonly items: readonly PrismaValue[];
}

export type PrismaValue = PrismaString | PrismaNumber | PrismaReference | PrismaCall | PrismaList;

export interface PrismaArgument extends Node {
  readonly type: "PrismaArgument";
  readonly name: PrismaName | null;
  /** `null` where it is still to be written. */
  readonly value: PrismaValue | null;
}

/** `@id`, `@relation(fields: [authorId], references: [id])`. */
export interface PrismaAttribute extends Node {
  readonly type: "PrismaAttribute";
  readonly name: PrismaName;
  readonly arguments: readonly PrismaArgument[];
}

/** `@@index([authorId])`. */
export interface PrismaBlockAttribute extends Node {
  readonly type: "PrismaBlockAttribute";
  readonly name: PrismaName;
  readonly arguments: readonly PrismaArgument[];
}

export interface PrismaFieldType extends Node {
  readonly type: "PrismaFieldType";
  /** `Unsupported` for what Prisma has no word for. */
  readonly name: string;
  /** What stands in the brackets of `Unsupported("…")`. */
  readonly unsupported: PrismaString | null;
  readonly isList: boolean;
  readonly isOptional: boolean;
}

export interface PrismaField extends Node {
  readonly type: "PrismaField";
  readonly name: PrismaName;
  /** `null` where it is still to be written. */
  readonly fieldType: PrismaFieldType | null;
  readonly attributes: readonly PrismaAttribute[];
}

export interface PrismaEnumValue extends Node {
  readonly type: "PrismaEnumValue";
  readonly name: PrismaName;
  readonly attributes: readonly PrismaAttribute[];
}

/** A line of a datasource or generator. */
export interface PrismaSetting extends Node {
  readonly type: "PrismaSetting";
  readonly name: PrismaName;
  readonly value: PrismaValue | null;
}

/** A table, a view or a type that is kept within a row. */
export interface PrismaModel extends Node {
  readonly type: "PrismaModel" | "PrismaView" | "PrismaType";
  readonly name: PrismaName | null;
  readonly members: readonly (PrismaField | PrismaBlockAttribute)[];
}

interface PrismaEnum extends Node {
  readonly type: "PrismaEnum";
  readonly name: PrismaName | null;
  readonly members: readonly (PrismaEnumValue | PrismaBlockAttribute)[];
}

/** A datasource or a generator. */
export interface PrismaConfiguration extends Node {
  readonly type: "PrismaDatasource" | "PrismaGenerator";
  readonly name: PrismaName | null;
  readonly members: readonly PrismaSetting[];
}

export type PrismaBlock = PrismaModel | PrismaEnum | PrismaConfiguration;

export interface PrismaSchema extends Root {
  readonly type: "PrismaSchema";
  readonly blocks: readonly PrismaBlock[];
}

const block = ["name", "members"];

export const visitorKeys: VisitorKeys = {
  PrismaSchema: ["blocks"],
  PrismaModel: block,
  PrismaView: block,
  PrismaType: block,
  PrismaEnum: block,
  PrismaDatasource: block,
  PrismaGenerator: block,
  PrismaField: ["name", "fieldType", "attributes"],
  PrismaEnumValue: ["name", "attributes"],
  PrismaSetting: ["name", "value"],
  PrismaFieldType: ["unsupported"],
  PrismaAttribute: ["name", "arguments"],
  PrismaBlockAttribute: ["name", "arguments"],
  PrismaArgument: ["name", "value"],
  PrismaCall: ["arguments"],
  PrismaList: ["items"],
  PrismaName: [],
  PrismaString: [],
  PrismaNumber: [],
  PrismaReference: [],
};
