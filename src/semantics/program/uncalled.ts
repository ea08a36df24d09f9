import type { TSESTree } from "@typescript-eslint/utils";

import { calledByName } from "../../knowledge/entry-files.js";
import { fileFacts } from "../../project/file.js";
import { loadModule } from "../../project/modules.js";
import { packageOf } from "../../project/package-json.js";
import type { Source } from "../../syntax/source.js";
import { keyName, unwrap } from "../../syntax/value.js";
import { childrenOf, isFunction, walk } from "../../syntax/walk.js";
import { placesOf } from "../../syntax/words.js";
import { usesOf } from "./mentions.js";
import { type Reach, reachAround } from "./unreached.js";

/** What has a name by which others run it. */
interface Named {
  readonly name: string;
  /** All that is written of it: what calls it from in there is itself. */
  readonly node: TSESTree.Node;
  /** Whether code of other files may call it. */
  readonly isOpen: boolean;
  /** The class whose method it is, or the constant whose property. */
  readonly of: TSESTree.ClassBody | TSESTree.VariableDeclarator | null;
}

type Member = TSESTree.MethodDefinition | TSESTree.PropertyDefinition;

const isFunctionValue = (node: TSESTree.Node | null | undefined): boolean => node != null && isFunction(unwrap(node));

const partsOfValues = new Set<string>(
  "ObjectExpression Property ArrayExpression Literal Identifier MemberExpression LogicalExpression ConditionalExpression BinaryExpression UnaryExpression TemplateLiteral TemplateElement".split(" "),
);

/** Whether a value is made without anything else being done: where nobody uses it, nothing happens. */
function isMereValue(node: TSESTree.Node, source: Source): boolean {
  const inner = unwrap(node);
  return isFunction(inner) || (partsOfValues.has(inner.type) && childrenOf(inner, source).every((child) => isMereValue(child, source)));
}

/** Whether nobody but the project's code has to do with a class: no decorator, and nothing that says what others expect of it. */
const isPlain = (node: TSESTree.ClassDeclaration | TSESTree.ClassExpression): boolean =>
  node.superClass === null && node.implements.length === 0 && node.decorators.length === 0 && node.body.body.every((member) => !("decorators" in member) || member.decorators.length === 0);

const isMember = (node: TSESTree.Node): node is Member => node.type === "MethodDefinition" || node.type === "PropertyDefinition";

function memberAt(node: Member): Named[] {
  const { key, parent } = node;
  if (node.computed || (node.type === "MethodDefinition" ? node.kind !== "method" : !isFunctionValue(node.value))) return [];
  if ((key.type !== "Identifier" && key.type !== "PrivateIdentifier") || calledByName.test(key.name) || !isPlain(parent.parent)) return [];
  return [{ name: key.name, node, isOpen: key.type === "Identifier" && node.accessibility !== "private", of: parent }];
}

/** The properties of an object with a name: nobody sees one where all that the object is used for is others of them. */
function propertiesOf(of: TSESTree.VariableDeclarator, isOpen: boolean, { text }: Source): Named[] {
  const object = of.init && unwrap(of.init);
  if (object?.type !== "ObjectExpression" || /\bthis\b/.test(text.slice(...object.range))) return [];
  return object.properties.flatMap((node) => {
    const name = node.type === "Property" ? keyName(node.key, node.computed) : null;
    return name === null ? [] : [{ name, node, isOpen, of }];
  });
}

function variablesAt(node: TSESTree.VariableDeclarator, source: Source): Named[] {
  if (node.id.type !== "Identifier" || !node.init) return [];
  const isFixed = node.parent.kind === "const" && isMereValue(node.init, source);
  if (!isFixed && !isFunctionValue(node.init)) return [];
  const isOpen = node.parent.parent.type === "ExportNamedDeclaration";
  return [{ name: node.id.name, node, isOpen, of: null }, ...(isFixed ? propertiesOf(node, isOpen, source) : [])];
}

function namedAt(node: TSESTree.Node, source: Source): Named[] {
  if (node.type === "VariableDeclarator") return variablesAt(node, source);
  if (isMember(node)) return memberAt(node);
  if (node.type !== "FunctionDeclaration" && node.type !== "ClassDeclaration") return [];
  if (!node.id || node.parent.type === "ExportDefaultDeclaration" || (node.type === "ClassDeclaration" && !isPlain(node))) return [];
  return [{ name: node.id.name, node, isOpen: node.parent.type === "ExportNamedDeclaration", of: null }];
}

interface Names {
  readonly named: readonly Named[];
  /** What `export { … }` names, with the name that others see. */
  readonly listed: ReadonlyMap<string, string>;
  /** Stretches in which a name is no use of it. */
  readonly silent: readonly TSESTree.Range[];
}

const known = new WeakMap<Source["ast"], Names>();

function namesIn(source: Source): Names {
  const before = known.get(source.ast);
  if (before) return before;
  const named: Named[] = [];
  const listed = new Map<string, string>();
  const silent = (source.ast.comments ?? []).map((comment) => comment.range);
  walk(source.ast, source, (node) => {
    named.push(...namedAt(node, source));
    if (node.type !== "ExportNamedDeclaration" || node.source !== null) return;
    for (const { local, exported, range } of node.specifiers) {
      listed.set(local.name, exported.type === "Identifier" ? exported.name : exported.value);
      silent.push(range);
    }
  });
  const names = { named, listed, silent };
  known.set(source.ast, names);
  return names;
}

const isCodeFile = /\.[cm]?[jt]sx?$/;

const isIn = (at: number, [start, end]: TSESTree.Range): boolean => at >= start && at < end;

/** Whether a package is made for others, who call what we do not see. */
function isLibrary(file: string): boolean {
  const { json } = packageOf(file) ?? {};
  if (!json || json["private"] === true) return false;
  return ["exports", "types", "typings", "module", "publishConfig", "files", "bin"].some((field) => json[field] !== undefined);
}

/** What was taken for uncalled since a question began: what depends on an answer that turns out to be no is asked again. */
const taken: (() => void)[] = [];

class Question {
  readonly #names: Names;
  readonly #answers = new Map<Named, boolean>();

  constructor(
    readonly source: Source,
    readonly file: string,
    readonly reach: Reach,
  ) {
    this.#names = namesIn(source);
  }

  /** Whether what stands there is in something that nobody calls. */
  isUncalledAt(at: number): boolean {
    return this.#names.named.some((named) => isIn(at, named.node.range) && this.#isUncalled(named));
  }

  #isUncalled(named: Named): boolean {
    const before = this.#answers.get(named);
    if (before !== undefined) return before;
    const start = taken.length;
    taken.push(() => this.#answers.delete(named));
    // What calls itself by way of others is called by nobody else so far.
    this.#answers.set(named, true);
    try {
      const answer = named.of?.type === "VariableDeclarator" ? !this.#isPropertyRead(named, named.of) : !this.#isCalledHere(named) && !this.#isCalledElsewhere(named);
      if (!answer) {
        for (const takeBack of taken.splice(start)) takeBack();
        this.#answers.set(named, false);
      }
      return answer;
    } finally {
      if (start === 0) taken.length = 0;
    }
  }

  /** Where the file has a word, but for what is no use of it. */
  #usesOf(name: string, { range }: TSESTree.Node): number[] {
    return placesOf(name, this.source.text).filter((at) => !isIn(at, range) && !this.#names.silent.some((silent) => isIn(at, silent)));
  }

  #isCalledHere({ name, node }: Named): boolean {
    return this.#usesOf(name, node).some((at) => !this.isUncalledAt(at));
  }

  /** Whether a property may be read: the constant goes anywhere as a whole, to other files, or is asked for the property. */
  #isPropertyRead({ name, isOpen }: Named, { id }: TSESTree.VariableDeclarator): boolean {
    const owner = (id as TSESTree.Identifier).name;
    if (this.#names.listed.has(owner) || (isOpen && (!this.reach.isOnlyImported(this.file) || isLibrary(this.file) || this.reach.isSaidElsewhere(owner, this.file)))) return true;
    return this.#usesOf(owner, id).some((at) => {
      const read = /^\s*\??\.\s*([\w$]+)/.exec(this.source.text.slice(at + owner.length))?.[1];
      return read === undefined || read === name;
    });
  }

  #isCalledElsewhere({ name, isOpen, of }: Named): boolean {
    const exported = this.#names.listed.get(name);
    if (exported !== undefined && exported !== name) return true;
    if (!isOpen && exported === undefined) return false;
    if (!this.reach.isOnlyImported(this.file) || isLibrary(this.file)) return true;
    if (this.#isUsedElsewhere(name, of?.type === "ClassBody")) return true;
    return of?.type === "ClassBody" && !this.#isOwn(of, name);
  }

  /** Whether another file uses a name of this one, in what somebody calls. */
  #isUsedElsewhere(name: string, isMethod: boolean): boolean {
    const files = this.reach.filesThatSay(name, this.file);
    return (
      files === null ||
      files.some((file) => {
        const module = isCodeFile.test(file) ? loadModule(file, this.source) : null;
        return module === null || usesOf(name, isMethod, this.file, module, file).some(({ range }) => !isUncalledAt(range[0], module));
      })
    );
  }

  /** Whether the project calls other methods of a class: what it hands to a library by its shape, the library calls. */
  #isOwn({ body }: TSESTree.ClassBody, but: string): boolean {
    return body.some((member) => isMember(member) && member.key.type === "Identifier" && member.key.name !== but && member.key.name !== "constructor" && this.#isUsedElsewhere(member.key.name, true));
  }
}

const questions = new WeakMap<Source["ast"], { readonly reach: Reach; readonly question: Question }>();

/**
 * Whether what stands at a place of a file is in a function, method or class that nobody calls, or in a mere value that nobody uses: its
 * name stands nowhere in the file but in itself and in what nobody calls either, and, where others can import it, in no other file that
 * something leads to. Tests do not count. Of an object that only its file uses, a property that it does not ask for is such a value.
 *
 * @returns `false` as well for what cannot be told: what frameworks and libraries may call, modules that are handed on as a whole.
 */
export function isUncalledAt(at: number, source: Source): boolean {
  const facts = fileFacts(source);
  const reach = facts && reachAround(source);
  if (facts === null || reach === null || (source.ast.type as string) !== "Program" || !reach.isTold(facts.filename)) return false;
  let entry = questions.get(source.ast);
  if (entry?.reach !== reach) questions.set(source.ast, (entry = { reach, question: new Question(source, facts.filename, reach) }));
  return entry.question.isUncalledAt(at);
}
