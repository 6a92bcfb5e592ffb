/** A plan as people read it: what is done, why, what differs, what it means, and what wants consent. */
import type { Finding } from '../../contract/finding';
import { HAZARDS, type Hazard } from '../../plan/hazards';
import type { Change, DeploymentPlan, Plan, Step, StepVerb } from '../../plan/step';
import type { Colors } from './terminal';

const SIGNS: Readonly<Record<StepVerb, string>> = {
  create: '+',
  grant: '+',
  replace: '~',
  alter: '~',
  adopt: '~',
  resume: '~',
  suspend: '-',
  drop: '-',
  revoke: '-',
};

/** @param target for people: the account and role, the local Snowflake */
export function planText(plan: Plan, target: string, paint: Colors): string {
  const parts = plan.deployments.map((deployment) => deploymentText(deployment, plan, target, paint));
  return [...parts, summary(plan)].join('\n\n');
}

function deploymentText(deployment: DeploymentPlan, plan: Plan, target: string, paint: Colors): string {
  const { steps, unchanged, leftOver, notes, findings, database, schema } = deployment;
  const title = `${paint.bold(titleOf(deployment, plan))} -> ${target}, ${database}.${schema}`;
  const grants = steps.filter(({ do: verb }) => verb === 'grant');
  const rest = steps.filter(({ do: verb }) => verb !== 'grant');
  return [
    title,
    ...rest.flatMap((step) => stepLines(step, paint)),
    ...grantLines(grants, paint),
    ...findings.flatMap((finding) => findingLines(finding, paint)),
    ...notes.map((note) => hazardLine(note, paint)),
    ...leftOver.map(
      (object) =>
        `  ${paint.yellow('left over')} ${object}: ours, no longer in the config; --allow DROP drops it`,
    ),
    ...(steps.length === 0
      ? [
          `  nothing to do: ${count(unchanged.length, 'object and grant', 'objects and grants')} as the config says`,
        ]
      : []),
  ].join('\n');
}

/** What was found in the log, and what to write. */
export function findingLines({ severity, code, where, message, hint }: Finding, paint: Colors): string[] {
  const colour = severity === 'error' ? paint.red : paint.yellow;
  return [`  ${colour(severity)} ${code} ${where}: ${message}`, `      ${paint.dim(hint)}`];
}

function titleOf({ deployment, folder }: DeploymentPlan, { env }: Plan): string {
  if (folder !== '') return folder;
  return `${env === null ? '' : `${env}/`}${deployment} (no longer in the config)`;
}

function stepLines(step: Step, paint: Colors): string[] {
  const { do: verb, kind, object, why, changes, effects, hazards } = step;
  return [
    `  ${signed(verb, paint)} ${kind} ${object}`,
    `      ${paint.dim(why)}`,
    ...changes
      .filter((change) => !isSaidAlready(change, step))
      .flatMap((change) => changeLines(change, paint)),
    ...effects.map((effect) => `      ${effect}`),
    ...hazards.map((hazard) => `    ${hazardLine(hazard, paint)}`),
  ];
}

/** That what is created is new, and what is dropped goes: the step's first line has said so. */
function isSaidAlready({ of, what, after }: Change, { do: verb, kind, object }: Step): boolean {
  if (of !== `${kind} ${object}`) return false;
  return (verb === 'create' && what === 'new' && after === null) || (verb === 'drop' && after === 'dropped');
}

function signed(verb: StepVerb, paint: Colors): string {
  const text = `${SIGNS[verb]} ${verb.padEnd(7)}`;
  if (SIGNS[verb] === '+') return paint.green(text);
  return SIGNS[verb] === '-' ? paint.red(text) : paint.yellow(text);
}

const CAUSES = {
  config: 'the config changed',
  account: 'somebody changed the account',
  unknown: 'config or account',
} as const;

function changeLines({ of, what, before, after, cause, lines }: Change, paint: Colors): string[] {
  if (what === 'new') return [`      ${of}: new${after === null ? '' : `, ${after}`}`];
  const values = before === null && after === null ? '' : `: ${shown(before)} -> ${shown(after)}`;
  return [
    `      ${of}: ${what}${values} (${CAUSES[cause]})`,
    ...(lines ?? []).map((line) => `        ${lineOf(line, paint)}`),
  ];
}

const shown = (value: string | null): string => (value === null ? 'none' : value.replace(/\s*\n\s*/g, ' '));

function lineOf(line: string, paint: Colors): string {
  if (line.startsWith('-')) return paint.red(line);
  return line.startsWith('+') ? paint.green(line) : paint.dim(line);
}

/** One line a role: what it may do is in the file of grants. */
function grantLines(grants: readonly Step[], paint: Colors): string[] {
  const byRole = new Map<string, number>();
  for (const { changes } of grants) {
    const role = changes[0]?.of ?? 'role';
    byRole.set(role, (byRole.get(role) ?? 0) + 1);
  }
  return [...byRole].map(
    ([role, privileges]) =>
      `  ${signed('grant', paint)} ${count(privileges, 'privilege', 'privileges')} to ${role}`,
  );
}

function hazardLine({ code, message }: Hazard, paint: Colors): string {
  const { consent } = HAZARDS[code];
  const colour = consent === 'tell' ? paint.dim : consent === 'refuse' ? paint.red : paint.yellow;
  return `  ${colour(code)} ${message}`;
}

const ORDER: readonly StepVerb[] = [
  'create',
  'replace',
  'alter',
  'adopt',
  'resume',
  'suspend',
  'drop',
  'grant',
  'revoke',
];

/** `2 to create, 1 to alter; 14 unchanged` */
export function summary({ deployments }: Plan): string {
  const steps = deployments.flatMap((deployment) => deployment.steps);
  const unchanged = deployments.reduce((sum, deployment) => sum + deployment.unchanged.length, 0);
  const parts = ORDER.flatMap((verb) => {
    const found = steps.filter((step) => step.do === verb).length;
    return found === 0 ? [] : [`${found} to ${verb}`];
  });
  return `${parts.length === 0 ? 'nothing to do' : parts.join(', ')}; ${unchanged} unchanged`;
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
