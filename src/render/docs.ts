/** The files around the objects: set-up, monitoring, verification, teardown. */
import { VIEW_ORDER } from '../model/object-names';
import type { Deployment } from '../model/deployment';
import { deploymentFolder } from '../model/folder';
import { alertNames } from './alerts';
import { callText } from './call';
import { PROCEDURE_TYPES, allTasks } from './grants';
import { identifier, literal, qualified } from '../sql-text';
import type { Statement } from './statement';
import type { Templates } from './templates';

/** Everything in apply order, each statement closed by a semicolon. */
export function renderSetup(
  deployment: Deployment,
  statements: readonly Statement[],
  templates: Templates,
): string {
  const numbered = statements.map((statement, at) => ({ ...statement, number: at + 1 }));
  return templates.render('setup', { ...header(deployment, 'Set-up'), statements: numbered });
}

/** The file of one object. */
export function renderObjectFile(
  deployment: Deployment,
  statements: readonly Statement[],
  templates: Templates,
): string {
  const { why } = statements.find(({ kind }) => kind !== 'lock')!;
  const title = why.charAt(0).toUpperCase() + why.slice(1);
  return templates.render('object-file', { ...header(deployment, title), statements });
}

export function renderGrantsFile(
  deployment: Deployment,
  grants: readonly Statement[],
  templates: Templates,
): string {
  const groups: { why: string; statements: Statement[] }[] = [];
  for (const grant of grants) {
    const last = groups.at(-1);
    if (last?.why === grant.why) last.statements.push(grant);
    else groups.push({ why: grant.why, statements: [grant] });
  }
  return templates.render('grants', { ...header(deployment, 'Grants'), groups });
}

export function renderMonitoring(deployment: Deployment, templates: Templates): string {
  return templates.render('monitoring', {
    ...common(deployment, 'Monitoring'),
  });
}

export function renderVerify(deployment: Deployment, templates: Templates): string {
  const planCalls = deployment.jobs.map((job) => callText(deployment, job, 'PLAN'));
  return templates.render('verify', { ...common(deployment, 'Verification'), planCalls });
}

export function renderTeardown(deployment: Deployment, templates: Templates): string {
  const childrenFirst = deployment.graphs.flatMap(({ root, children }) =>
    [...children].reverse().concat(root),
  );
  return templates.render('teardown', {
    ...common(deployment, 'Teardown'),
    roots: deployment.graphs.map(({ root }) => root),
    tasksChildrenFirst: childrenFirst,
    alerts: deployment.alerts === null ? [] : alertNames(deployment.alerts).map(qualified),
    told: deployment.alerts === null ? null : qualified(deployment.alerts.told),
    procedure: qualified(deployment.procedure),
    procedureTypes: PROCEDURE_TYPES,
  });
}

function header(deployment: Deployment, title: string): { title: string; deployment: string } {
  return { title, deployment: deploymentFolder(deployment) };
}

function common(deployment: Deployment, title: string): object {
  const tasks = allTasks(deployment);
  return {
    ...header(deployment, title),
    view: qualified(deployment.views.history),
    stateView: qualified(deployment.views.state),
    viewsLastFirst: [...VIEW_ORDER].reverse().map((view) => qualified(deployment.views[view])),
    database: identifier(deployment.database),
    databaseName: deployment.database,
    schema: `${identifier(deployment.database)}.${identifier(deployment.schema)}`,
    schemaName: deployment.schema,
    tasks,
    taskNames: tasks.map(({ name }) => `\n        ${literal(name.name)}`).join(','),
  };
}
