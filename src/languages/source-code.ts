import type { DirectiveType, RulesConfig, TextSourceCode, VisitTraversalStep } from "@eslint/plugin-kit";

import { neutralAnswers } from "./neutral-answers.js";
import { pluginKit } from "./plugin-kit.js";
import { eachChild, locationsIn, type Comment, type Location, type Node, type Root, type VisitorKeys } from "./tree.js";

interface Types {
  LangOptions: Record<string, unknown>;
  RootNode: Root;
  SyntaxElementWithLoc: { readonly range: readonly [number, number] };
  ConfigNode: Comment;
}

export type SchemaSourceCode = TextSourceCode<Types> & { readonly ast: Root; readonly visitorKeys: VisitorKeys };

interface Parsed {
  readonly text: string;
  readonly ast: Root;
  readonly visitorKeys: VisitorKeys;
}

interface Problem {
  readonly ruleId: null;
  readonly message: string;
  readonly loc: Location;
}

type SourceCodeClass = new (parsed: Parsed) => SchemaSourceCode;

const disabling = new Map<string, DirectiveType>([
  ["eslint-disable", "disable"],
  ["eslint-enable", "enable"],
  ["eslint-disable-line", "disable-line"],
  ["eslint-disable-next-line", "disable-next-line"],
]);

function makeClass(): SourceCodeClass {
  const { ConfigCommentParser, Directive, TextSourceCodeBase, VisitNodeStep } = pluginKit();
  const comments = new ConfigCommentParser();

  class SourceCode extends TextSourceCodeBase<Types> {
    readonly hasBOM = false;
    readonly visitorKeys: VisitorKeys;
    #parents: Map<unknown, Node> | null = null;
    #steps: VisitTraversalStep[] | null = null;
    readonly #locationOf: ReturnType<typeof locationsIn>;

    constructor({ text, ast, visitorKeys }: Parsed) {
      super({ text, ast });
      this.visitorKeys = visitorKeys;
      this.#locationOf = locationsIn(text);
      Object.assign(this, neutralAnswers(ast));
    }

    override getLoc(node: Types["SyntaxElementWithLoc"]): Location {
      return this.#locationOf(node);
    }

    override getParent(node: object): Node | undefined {
      this.#parents ??= this.#parentsOf(this.ast, new Map());
      return this.#parents.get(node);
    }

    #parentsOf(node: Node, parents: Map<unknown, Node>): Map<unknown, Node> {
      eachChild(node, this.visitorKeys, (child) => this.#parentsOf(child, parents.set(child, node)));
      return parents;
    }

    override traverse(): VisitTraversalStep[] {
      if (this.#steps) return this.#steps;
      const steps: VisitTraversalStep[] = (this.#steps = []);
      const visit = (node: Node, parent?: Node): void => {
        const args = [node, parent];
        steps.push(new VisitNodeStep({ target: node, phase: 1, args }));
        eachChild(node, this.visitorKeys, (child) => visit(child, node));
        steps.push(new VisitNodeStep({ target: node, phase: 2, args }));
      };
      visit(this.ast);
      return steps;
    }

    /** The comments that speak to the linter. Documentation may begin with the same word. */
    getInlineConfigNodes(): Comment[] {
      return this.ast.comments.filter(({ documents, value }) => !documents && /^\s*eslint(?:-(?:disable|enable)\S*)?\s/.test(`${value} `));
    }

    getDisableDirectives(): { directives: InstanceType<typeof Directive>[]; problems: Problem[] } {
      const directives: InstanceType<typeof Directive>[] = [];
      const problems: Problem[] = [];
      for (const node of this.getInlineConfigNodes()) {
        const { label, value, justification } = comments.parseDirective(node.value) ?? {};
        const type = disabling.get(label ?? "");
        if (!type) continue;
        const loc = this.#locationOf(node);
        if (type === "disable-line" && loc.start.line !== loc.end.line) {
          problems.push({ ruleId: null, message: "An eslint-disable-line comment must not span several lines.", loc });
        } else {
          directives.push(new Directive({ type, node, value: value ?? "", justification: justification ?? "" }));
        }
      }
      return { directives, problems };
    }

    applyInlineConfig(): { configs: { config: { rules: RulesConfig }; loc: Location }[]; problems: Problem[] } {
      const configs: { config: { rules: RulesConfig }; loc: Location }[] = [];
      const problems: Problem[] = [];
      for (const node of this.getInlineConfigNodes()) {
        const { label, value } = comments.parseDirective(node.value) ?? {};
        if (label !== "eslint" || value === undefined) continue;
        const loc = this.#locationOf(node);
        const parsed = comments.parseJSONLikeConfig(value);
        if (parsed.ok) configs.push({ config: { rules: parsed.config }, loc });
        else problems.push({ ruleId: null, message: parsed.error.message, loc });
      }
      return { configs, problems };
    }
  }

  return SourceCode as unknown as SourceCodeClass;
}

let made: SourceCodeClass | null = null;

/** The source code of a schema file, as rules get it from ESLint. */
export function createSourceCode(parsed: Parsed): SchemaSourceCode {
  made ??= makeClass();
  return new made(parsed);
}
