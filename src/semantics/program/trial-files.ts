import { fileFacts } from "../../project/file.js";
import { pathInProject } from "../../project/path.js";
import type { Source } from "../../syntax/source.js";

/** Words of a path that are for a developer's machine, for trying things out, or for copying. */
const words =
  /(?:^|[/._-])(?:dev|development|local|test|tests|testing|e2e|examples?|samples?|demos?|playgrounds?|sandbox|fixtures?|mocks?|stubs?|templates?|boilerplate|docs|documentation|load-?tests?|health-?check)(?:[/._-]|$)/i;

/** Whether a file is for developers, a sample or a stand-in, as far as its path tells: not what users are served with. */
export function isForTrial(source: Source): boolean {
  const facts = fileFacts(source);
  return facts === null || words.test(pathInProject(facts));
}
