/** All checks of one deployment, errors first. */
import { checkPrivileges } from './check-privileges';
import { checkProject } from './check-project';
import { checkRuns } from './check-runs';
import { checkState } from './check-state';
import { checkTasks } from './check-tasks';
import { checkTimeouts } from './check-timeouts';
import type { DeploymentFacts } from './facts';
import { finding, ordered, type Finding } from './finding';

/** What is looked at, in the order of the report. */
export const CHECKS = {
  state: checkState,
  runs: checkRuns,
  tasks: checkTasks,
  privileges: checkPrivileges,
  'dbt project': checkProject,
  timeouts: checkTimeouts,
} as const satisfies Record<string, (facts: DeploymentFacts) => Finding[]>;

/** @param ofLog what the contract check found */
export function diagnose(facts: DeploymentFacts, ofLog: readonly Finding[]): Finding[] {
  const unanswered = facts.unanswered.map(({ what, message }) =>
    finding('NOT_CHECKED', what, message, 'use a role that may ask it, or look by hand'),
  );
  return ordered([...Object.values(CHECKS).flatMap((check) => check(facts)), ...ofLog, ...unanswered]);
}
