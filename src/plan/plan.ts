/** What has to be done to an account so that it is as the config says. Pure: the account comes in as a value. */
import type { Statement } from '../render/statement';
import type { Finding } from '../contract/finding';
import type { Templates } from '../render/templates';
import { qualified } from '../sql-text';
import { components } from './components';
import type { Deployed } from './deployed';
import { planGrants } from './grants';
import { planGraph } from './graphs';
import { hazard, type Hazard } from './hazards';
import { leftOverObjects, leftOverTasks, removedDeployments } from './left-over';
import { lockNotes } from './lock-notes';
import { planObject } from './objects';
import type { PlanOptions } from './options';
import { deploymentHazards } from './deployment-hazards';
import type { DeploymentPlan, Plan, Step } from './step';
import { compareTask } from './task-changes';
import type { Wanted } from './wanted';

export interface PlanInput {
  app: string | null;
  env: string | null;
  wanted: readonly Wanted[];
  deployed: Deployed;
  options: PlanOptions;
  /** What the check of the log found, by deployment. */
  findings?: ReadonlyMap<string, readonly Finding[]>;
}

export function makePlan(
  { app, env, wanted, deployed, options, findings }: PlanInput,
  templates: Templates,
): Plan {
  return {
    format: 1,
    app,
    env,
    account: deployed.account,
    role: deployed.role,
    now: deployed.now,
    deployments: [
      ...wanted.map((one, at) => {
        const found = findings?.get(one.owner.deployment) ?? [];
        const plan = planDeployment(one, deployed, options, templates, found);
        // Of the account as a whole: told once.
        const unseen = at === 0 ? deployed.unseen.map((text) => hazard('NOT_SEEN', text)) : [];
        return { ...plan, notes: [...unseen, ...plan.notes] };
      }),
      ...(options.removed ? removedDeployments({ app, env }, wanted, deployed, options, templates) : []),
    ],
  };
}

function planDeployment(
  wanted: Wanted,
  deployed: Deployed,
  options: PlanOptions,
  templates: Templates,
  findings: readonly Finding[],
): DeploymentPlan {
  const steps: Step[] = [];
  const unchanged: string[] = [];
  const notes: Hazard[] = [];
  const plan = (kinds: readonly Statement['kind'][]): void => {
    for (const statement of wanted.statements.filter(({ kind }) => kinds.includes(kind))) {
      const step = planObject(statement, wanted, deployed, options, templates);
      if (step === null) unchanged.push(`${statement.kind} ${statement.object}`);
      else steps.push(step);
    }
  };
  plan(['view', 'procedure']);

  const tasks = wanted.statements
    .flatMap((statement) => statement.tasks ?? [])
    .map((task) => compareTask(task, deployed, wanted, options));
  const left = leftOverTasks(wanted, deployed, options);
  for (const component of components(tasks, left, deployed.tasks)) {
    const step = planGraph(component, wanted, deployed, options, templates);
    if (step !== null) steps.push(step);
  }
  const touched = new Set(steps.flatMap(({ changes }) => changes.map(({ of }) => of)));
  unchanged.push(
    ...tasks.map(({ statement }) => `task ${qualified(statement.name)}`).filter((of) => !touched.has(of)),
  );
  notes.push(...tasks.flatMap(({ hazards }) => hazards.filter(({ code }) => code === 'STAYS_SUSPENDED')));

  plan(['table', 'alert']);

  const grants = planGrants(wanted, deployed, options);
  steps.push(...grants.steps);
  unchanged.push(...grants.unchanged);
  notes.push(...grants.notes);

  const objects = leftOverObjects(wanted, deployed, options);
  steps.push(...objects.steps);
  const dormant = left.map(({ name }) => `task ${qualified(name)}`).filter((of) => !touched.has(of));
  return {
    deployment: wanted.owner.deployment,
    folder: wanted.folder,
    database: wanted.database,
    schema: wanted.schema,
    steps: deploymentHazards(steps, wanted, deployed, options),
    unchanged,
    leftOver: [...dormant, ...objects.leftOver],
    notes: [...lockNotes(wanted, deployed), ...notes],
    findings: [...findings],
    resume: tasks.filter(({ resume }) => resume).map(({ statement }) => statement.name.name),
  };
}

/** Whether applying the plan would change anything. */
export function isEmpty({ deployments }: Plan): boolean {
  return deployments.every(({ steps }) => steps.length === 0);
}

/** What two plans have to agree in to be the same: what is sent, and where. Times and texts may differ. */
export function essence({ account, role, app, env, deployments }: Plan): string {
  const of = deployments.map(({ deployment, database, schema, steps, resume }) => ({
    deployment,
    database,
    schema,
    resume,
    steps: steps.map(({ id, sql }) => ({ id, sql })),
  }));
  return JSON.stringify({ account, role, app, env, of });
}
