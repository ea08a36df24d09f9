import { RuleTester, type InvalidTestCase, type ValidTestCase } from "@typescript-eslint/rule-tester";

import type { HardeningRule } from "../../src/create-rule.js";
import { plainProject, projectFolder } from "./projects.js";

type Options = readonly unknown[];

interface InOurs {
  /** A sentence about the app. */
  name: string;
  /** The folder of `tests/fixtures/projects` that the file belongs to, "plain" if left out. `filename` is relative to it. */
  project?: string;
}

export type Valid<O extends Options = Options> = ValidTestCase<O> & InOurs;

export type Invalid<M extends string = string, O extends Options = Options> = InvalidTestCase<M, O> &
  InOurs & {
    /** The code has more findings than one fix or suggestion mends, so what is written is not expected to be silent. */
    remains?: true;
  };

export interface Cases<M extends string = string, O extends Options = Options> {
  valid: readonly Valid<O>[];
  invalid: readonly Invalid<M, O>[];
}

const identity = ({ code, filename, project, options, settings, languageOptions }: Valid): string =>
  JSON.stringify([code, filename, project, options, settings, languageOptions]);

function written<M extends string, O extends Options>({ output, errors, remains }: Invalid<M, O>): string[] {
  if (remains) return [];
  const fixed = typeof output === "string" ? output : output?.at(-1);
  const suggested = errors.flatMap(({ suggestions }) => suggestions ?? []).map((suggestion) => suggestion.output);
  return fixed === undefined ? suggested : [fixed, ...suggested];
}

/** What the fixes and suggestions of the invalid cases write, each as a valid case in the same file of the same project. */
export function writtenCases<M extends string, O extends Options>({ valid, invalid }: Cases<M, O>): Valid<O>[] {
  const seen = new Set(valid.map((test) => identity(test)));
  return invalid.flatMap((test) => {
    const { errors: _errors, output: _output, remains: _remains, dependencyConstraints: _constraints, ...place } = test;
    return written(test)
      .map((code) => ({ ...place, name: `what we write satisfies us: ${test.name}`, code }))
      .filter((candidate) => seen.size !== seen.add(identity(candidate)).size);
  });
}

const testers = new Map<string, RuleTester>();

function testerFor(project: string): RuleTester {
  const known = testers.get(project);
  if (known) return known;
  const tester = new RuleTester({ languageOptions: { parserOptions: { tsconfigRootDir: projectFolder(project) } } });
  testers.set(project, tester);
  return tester;
}

const projectOf = ({ project = plainProject }: InOurs): string => project;

const inProject = <T extends InOurs>(tests: readonly T[], wanted: string): Omit<T, "project" | "remains">[] =>
  tests
    .filter((test) => projectOf(test) === wanted)
    .map((test) => {
      const { project: _project, remains: _remains, ...rest } = test as T & { remains?: true };
      return rest;
    });

export const ruleTester = {
  /**
   * Runs a rule's cases with typescript-eslint's `RuleTester` and its parser; JSX goes by the file name, as in TypeScript.
   *
   * Whatever a fix or a suggestion writes is run as a valid case of its own: what we write must satisfy us.
   */
  run<O extends Options, M extends string>(name: string, rule: HardeningRule<O, M>, cases: Cases<NoInfer<M>, NoInfer<O>>): void {
    const valid = [...cases.valid, ...writtenCases(cases)];
    for (const project of new Set([...valid, ...cases.invalid].map(projectOf))) {
      testerFor(project).run(`${name} (${project})`, rule, {
        assertionOptions: { requireData: true },
        valid: inProject(valid, project),
        invalid: inProject(cases.invalid, project),
      });
    }
  },
};
