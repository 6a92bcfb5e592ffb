/** The account after an apply, beside the one before. */
import { qualified } from '../sql-text';
import type { DeploymentPlan } from '../plan/step';
import type { Planned } from './apply';
import type { Outcomes } from './execute';
import type { DeploymentReport } from './report';

export function verified(before: Planned, after: Planned, outcomes: Outcomes): DeploymentReport[] {
  return before.plan.deployments.map((deployment) => {
    const now = after.plan.deployments.find(
      (other) =>
        other.deployment === deployment.deployment &&
        other.database === deployment.database &&
        other.schema === deployment.schema,
    );
    return {
      ...about(deployment, outcomes),
      leftOver: now?.leftOver ?? [],
      tasks: taskStates(deployment, before, after),
      remaining: now?.steps.map(({ id }) => id) ?? [],
    };
  });
}

/** Where nobody looked afterwards: nothing was to be done, or the account could not be asked. */
export function notVerified(before: Planned, outcomes?: Outcomes): DeploymentReport[] {
  return before.plan.deployments.map((deployment) => ({
    ...about(deployment, outcomes),
    leftOver: deployment.leftOver,
    tasks: taskStates(deployment, before, before),
    remaining: outcomes === undefined ? [] : null,
  }));
}

function about(
  plan: DeploymentPlan,
  outcomes?: Outcomes,
): Omit<DeploymentReport, 'leftOver' | 'tasks' | 'remaining'> {
  const { deployment, folder, database, schema, unchanged, findings } = plan;
  const steps = outcomes?.get(plan) ?? [];
  return { deployment, folder, database, schema, steps, unchanged, problems: [], findings };
}

/** Of every task of the schema that is a step's or as it should be: those of others are not told. */
function taskStates(plan: DeploymentPlan, before: Planned, after: Planned): DeploymentReport['tasks'] {
  const ours = new Set(
    [
      ...plan.unchanged,
      ...plan.leftOver,
      ...plan.steps.flatMap(({ kind, changes }) => (kind === 'graph' ? changes.map(({ of }) => of) : [])),
    ]
      .filter((of) => of.startsWith('task '))
      .map((of) => of.slice('task '.length)),
  );
  const stateIn = ({ deployed }: Planned, task: string): string | null =>
    deployed.tasks.find(({ name }) => qualified(name) === task)?.state ?? null;
  return [...ours]
    .sort()
    .map((task) => ({ task, before: stateIn(before, task), after: stateIn(after, task) }));
}
