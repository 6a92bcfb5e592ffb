/** Ours, and no longer in the config: objects of a deployment, and whole deployments. */
import { leftComment, readMark, type Owner } from '../render/fingerprint';
import type { ObjectName } from '../model/deployment';
import type { Templates } from '../render/templates';
import { constant, qualified } from '../sql-text';
import { components } from './components';
import type { Deployed, DeployedAlert, DeployedTask } from './deployed';
import { planGraph } from './graphs';
import { hazard, type Hazard } from './hazards';
import type { PlanOptions } from './options';
import { procedureName } from './procedure-name';
import { ASIDE } from './overloads';
import type { DeploymentPlan, Step } from './step';
import type { Wanted } from './wanted';
import { isMarkOf } from './whose';

/** Tasks in the schema with this deployment's mark that neither it nor another deployment of the config wants. */
export function leftOverTasks(
  { owner, database, schema }: Pick<Wanted, 'owner' | 'database' | 'schema'>,
  { tasks }: Deployed,
  { claimed }: Pick<PlanOptions, 'claimed'>,
): DeployedTask[] {
  return tasks.filter(
    ({ name, comment }) =>
      name.database === database &&
      name.schema === schema &&
      isMarkOf(comment, owner) &&
      !claimed.has(qualified(name)),
  );
}

export function leftOverObjects(
  wanted: Pick<Wanted, 'owner' | 'statements' | 'database' | 'schema'>,
  { views, procedures, tables, alerts }: Deployed,
  { allow }: PlanOptions,
): { steps: Step[]; leftOver: string[] } {
  const names = new Set(wanted.statements.map(({ kind, object }) => `${kind} ${object}`));
  const here = ({ database, schema }: { database: string; schema: string }): boolean =>
    database === wanted.database && schema === wanted.schema;
  const overloaded = new Set(
    wanted.statements
      .filter(({ kind }) => kind === 'procedure')
      .map(({ object }) => object.slice(0, object.lastIndexOf('('))),
  );
  const ours = <Kind extends 'view' | 'table' | 'alert'>(
    kind: Kind,
    objects: readonly { name: ObjectName; comment: string }[],
  ): { kind: Kind; object: string }[] =>
    objects
      .filter(({ name, comment }) => here(name) && isMarkOf(comment, wanted.owner))
      .map(({ name }) => ({ kind, object: qualified(name) }));
  const found = [
    ...ours('alert', alerts),
    ...ours('table', tables),
    ...procedures
      .filter(({ name, comment }) => here(name) && isMarkOf(comment, wanted.owner))
      // What has the wanted name and other arguments is replaced, not left over.
      .filter(
        ({ name }) =>
          !overloaded.has(qualified({ ...name, name: name.name.replace(new RegExp(`${ASIDE}$`), '') })),
      )
      .map((each) => ({ kind: 'procedure' as const, object: procedureName(each) })),
    ...ours('view', views),
  ].filter(({ kind, object }) => !names.has(`${kind} ${object}`));
  if (!allow.has('DROP')) {
    const running = alerts.filter(
      ({ name, comment, state }) =>
        here(name) && isMarkOf(comment, wanted.owner) && state === 'started' && isFound(found, name),
    );
    return {
      steps: running.map(suspendAlert),
      leftOver: found
        .filter(({ object }) => !running.some(({ name }) => qualified(name) === object))
        .map(({ kind, object }) => `${kind} ${object}`),
    };
  }
  return { steps: found.map(({ kind, object }) => dropStep(kind, object)), leftOver: [] };
}

function isFound(found: readonly { kind: string; object: string }[], name: ObjectName): boolean {
  return found.some(({ kind, object }) => kind === 'alert' && object === qualified(name));
}

/** It would go on telling. Its mark says that it was started, for the day on which the config has it again. */
function suspendAlert({ name, comment }: DeployedAlert): Step {
  const object = qualified(name);
  const of = `alert ${object}`;
  return {
    id: `suspend ${of.replace(' ', ':')}`,
    do: 'suspend',
    kind: 'alert',
    object,
    sql: `EXECUTE IMMEDIATE $$
BEGIN
    ALTER ALERT ${object} SUSPEND;
    ALTER ALERT ${object} SET COMMENT = ${constant(leftComment(comment))};
END;
$$`,
    file: null,
    why: 'ours, and no longer in the config',
    changes: [{ of, cause: 'config', what: 'left over', before: 'started', after: 'suspended' }],
    effects: [],
    hazards: [],
  };
}

export function dropStep(kind: 'view' | 'procedure' | 'table' | 'alert', object: string): Step {
  const of = `${kind} ${object}`;
  return {
    id: `drop ${kind}:${object}`,
    do: 'drop',
    kind,
    object,
    sql: `DROP ${kind.toUpperCase()} IF EXISTS ${object}`,
    file: null,
    why: 'ours, and no longer in the config',
    changes: [{ of, cause: 'config', what: 'left over', before: 'there', after: 'dropped' }],
    effects: [],
    hazards: [hazard('DROP', `${of} is dropped, with its grants`)],
  };
}

/**
 * Deployments that the config has no more, and places that a deployment has left: one plan for each and each schema. Without an `app` a mark
 * could be another repository's, so that what is not in this config is only named.
 */
export function removedDeployments(
  { app, env }: Pick<Owner, 'app' | 'env'>,
  wanted: readonly Wanted[],
  deployed: Deployed,
  options: PlanOptions,
  templates: Templates,
): DeploymentPlan[] {
  const plans: DeploymentPlan[] = [];
  for (const { owner, database, schema } of strangers({ app, env }, wanted, deployed, options)) {
    const gone = {
      owner,
      folder: '',
      database,
      schema,
      role: null,
      undocumentedRunner: null,
      logTables: [],
      statements: [],
    };
    const tasks = leftOverTasks(gone, deployed, options);
    const objects = leftOverObjects(gone, deployed, options);
    const mayTouch = app !== null || options.certain;
    const steps = mayTouch
      ? [
          ...components([], tasks, deployed.tasks).flatMap(
            (component) => planGraph(component, gone, deployed, options, templates) ?? [],
          ),
          ...objects.steps,
        ]
      : [];
    const touched = new Set(steps.flatMap(({ changes }) => changes.map(({ of }) => of)));
    const all = [...tasks.map(({ name }) => `task ${qualified(name)}`), ...objects.leftOver];
    plans.push({
      deployment: owner.deployment,
      folder: '',
      database,
      schema,
      steps,
      unchanged: [],
      leftOver: mayTouch ? all.filter((of) => !touched.has(of)) : [],
      notes: mayTouch ? [] : [foreign(owner.deployment, all)],
      findings: [],
      resume: [],
    });
  }
  return plans;
}

function foreign(deployment: string, objects: readonly string[]): Hazard {
  const of = `deployment ${deployment}, which this config does not have there`;
  return hazard(
    'LEFT_OVER',
    `${objects.join(', ')}: of ${of}; without \`app\` it may be another repository's, so nothing of it is touched: if it is of this one, suspend and drop it by hand`,
  );
}

/** Marks of this app and environment on what no planned deployment wants where it is. */
function strangers(
  { app, env }: Pick<Owner, 'app' | 'env'>,
  wanted: readonly Wanted[],
  { tasks, views, procedures, tables, alerts }: Deployed,
  { claimed, known }: PlanOptions,
): { owner: Owner; database: string; schema: string }[] {
  const objects = new Set([
    ...claimed,
    ...wanted.flatMap(({ statements }) => statements.map(({ object }) => object)),
  ]);
  const all = [
    ...tasks.map((task) => ({ ...task, object: qualified(task.name) })),
    ...[...views, ...tables, ...alerts].map((one) => ({ ...one, object: qualified(one.name) })),
    ...procedures.map((procedure) => ({ ...procedure, object: procedureName(procedure) })),
  ];
  const found = new Map<string, { owner: Owner; database: string; schema: string }>();
  for (const { name, comment, object } of all) {
    const mark = readMark(comment);
    if (mark === null || mark.app !== app || mark.env !== env || objects.has(object)) continue;
    const { database, schema } = name;
    const isPlanned = known.some(
      (one) => one.deployment === mark.deployment && one.database === database && one.schema === schema,
    );
    if (isPlanned) continue;
    const owner = { app, env, deployment: mark.deployment };
    found.set(JSON.stringify([mark.deployment, database, schema]), { owner, database, schema });
  }
  return [...found.values()];
}
