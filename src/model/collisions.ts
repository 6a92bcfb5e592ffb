/** Deployments that would overwrite each other's objects: one schema of one account, and an object of one name. */
import type { ProblemSink } from '../config/problems';
import type { Deployment, ObjectName } from './deployment';

export interface Collision {
  deployment: Deployment;
  other: Deployment;
  /** `procedure RUN_DBT_AUTO_RESTART`, in the order of the deployment. */
  objects: string[];
}

/**
 * PROJECT_NOT_LOGGED: two projects in one log that does not say which is which. A failure of one would be retried by
 * the other.
 */
export function checkSharedLogs(deployments: readonly Deployment[], problems: ProblemSink): void {
  const readers = new Map<string, Deployment>();
  for (const deployment of deployments) {
    const { state, jobs, name } = deployment;
    if (state.kind !== 'audit-tables' || state.runs.project !== null) continue;
    const { table } = state.runs;
    const log = JSON.stringify([
      deployment.connection,
      table.database,
      table.schema,
      table.name,
      state.environment,
    ]);
    const other = readers.get(log);
    if (other === undefined) {
      readers.set(log, deployment);
      continue;
    }
    const [project, known] = [jobs[0]?.project, other.jobs[0]?.project];
    if (project === undefined || known === undefined || project === known) continue;
    problems.add(
      ['deployments', name, 'state', 'layout', 'runs', 'project'],
      `${name} reads runs of ${project} and ${other.name} runs of ${known} from one log without a project column`,
      'PROJECT_NOT_LOGGED: name the column in layout.runs.project, or give each project a log of its own',
    );
  }
}

export function checkCollisions(deployments: readonly Deployment[], problems: ProblemSink): void {
  for (const { deployment, other, objects } of findCollisions(deployments)) {
    problems.add(
      ['deployments', deployment.name],
      collisionText(other.name, deployment, objects),
      COLLISION_HINT,
    );
  }
}

export const COLLISION_HINT = 'give it a schema of its own, or other names (names) and other tasks';

export function collisionText(
  other: string,
  { database, schema }: Deployment,
  objects: readonly string[],
): string {
  const [first = ''] = objects;
  const more = objects.length > 1 ? ` and ${objects.length - 1} more` : '';
  return `${other} has ${first}${more} in ${database}.${schema} too: each would overwrite the other's`;
}

/** Each deployment with the first one before it that has an object of the same name in the same place. */
export function findCollisions(deployments: readonly Deployment[]): Collision[] {
  return deployments.flatMap((deployment, at) => {
    for (const other of deployments.slice(0, at)) {
      if (!mayShareSchema(deployment, other)) continue;
      const taken = new Set(objectsOf(other));
      const objects = objectsOf(deployment).filter((object) => taken.has(object));
      if (objects.length > 0) return [{ deployment, other, objects }];
    }
    return [];
  });
}

/** Two accounts that are both named and differ are apart, and so are two connections where no account is named. */
function mayShareSchema(a: Deployment, b: Deployment): boolean {
  if (a.database !== b.database || a.schema !== b.schema) return false;
  const [left, right] = [a.connection, b.connection];
  if (left.account !== null && right.account !== null) {
    return left.account.toUpperCase() === right.account.toUpperCase();
  }
  return left.name === null || right.name === null || left.name === right.name;
}

function objectsOf({ procedure, views, graphs, alerts }: Deployment): string[] {
  const tasks = graphs.flatMap(({ root, children }) => [root, ...children]);
  return [
    `procedure ${procedure.name}`,
    ...Object.values(views).map(({ name }: ObjectName) => `view ${name}`),
    ...tasks.map(({ name }) => `task ${name.name}`),
    ...(alerts === null ? [] : [`table ${alerts.told.name}`]),
  ];
}
