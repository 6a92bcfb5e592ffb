/** What is wrong with the files of `rehearsals/`: thrown all at once. */
import { problemText, type ConfigProblem } from '../config/problems';
import { AutoRestartError } from '../errors';

/** `where` starts with the name of the rehearsal: `2-retry: events[0].fail`. */
export class RehearsalProblems extends AutoRestartError {
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    super('REQUEST', `the rehearsals have ${count}\n${problems.map(problemText).join('\n')}`);
    this.name = 'RehearsalProblems';
    this.problems = problems;
  }
}
