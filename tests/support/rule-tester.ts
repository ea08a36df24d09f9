import { RuleTester, type InvalidTestCase, type ValidTestCase } from "@typescript-eslint/rule-tester";

import type { HardeningRule } from "../../src/create-rule.js";
import hardening from "../../src/index.js";
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

/** Where a case is run: its project, and the language of a schema file. */
interface Place {
  project: string;
  language: string | null;
}

const placeOf = ({ project = plainProject, filename = "" }: InOurs & { filename?: string | undefined }): Place => ({
  project,
  language: /\.(prisma|sql)$/.exec(filename)?.[1] ?? null,
});

const nameOf = ({ project, language }: Place): string => (language === null ? project : `${project}, ${language}`);

const testers = new Map<string, RuleTester>();

function testerFor(place: Place): RuleTester {
  const name = nameOf(place);
  const known = testers.get(name);
  if (known) return known;
  const languageOptions = { parserOptions: { tsconfigRootDir: projectFolder(place.project) } };
  const language = place.language === null ? {} : { files: [`**/*.${place.language}`], language: `hardening/${place.language}`, plugins: { hardening } };
  const tester = new RuleTester({ languageOptions, ...language });
  testers.set(name, tester);
  return tester;
}

const inPlace = <T extends InOurs & { filename?: string | undefined }>(tests: readonly T[], wanted: string): Omit<T, "project" | "remains">[] =>
  tests
    .filter((test) => nameOf(placeOf(test)) === wanted)
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
    const places = new Map([...valid, ...cases.invalid].map((test) => [nameOf(placeOf(test)), placeOf(test)] as const));
    for (const [where, place] of places) {
      testerFor(place).run(`${name} (${where})`, rule, {
        assertionOptions: { requireData: true },
        valid: inPlace(valid, where),
        invalid: inPlace(cases.invalid, where),
      });
    }
  },
};
