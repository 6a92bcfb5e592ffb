/** Hazards of a deployment as a whole, told on the first step that they are about. */
import { PRIVILEGED_ROLES } from '../model/warnings/account';
import { canonical } from '../render/fingerprint';
import type { Deployed } from './deployed';
import { hazard, type Hazard } from './hazards';
import type { PlanOptions } from './options';
import type { Step } from './step';
import type { Wanted } from './wanted';
import { isMarkOf } from './whose';

export function deploymentHazards(
  steps: readonly Step[],
  wanted: Wanted,
  deployed: Deployed,
  options: PlanOptions,
): Step[] {
  const found = [
    {
      on: makesProcedure,
      hazards: [...undocumentedRunner(wanted, options), ...privilegedRole(deployed, options)],
    },
    { on: readsLog, hazards: logChanged(wanted, deployed) },
  ];
  const result = [...steps];
  for (const { on, hazards } of found) {
    const at = result.findIndex(on);
    if (at >= 0 && hazards.length > 0)
      result[at] = { ...result[at]!, hazards: [...result[at]!.hazards, ...hazards] };
  }
  return result;
}

const MAKES = new Set(['create', 'replace', 'adopt']);
const makesProcedure = (step: Step): boolean => step.kind === 'procedure' && MAKES.has(step.do);
const readsLog = (step: Step): boolean =>
  (step.kind === 'view' || step.kind === 'procedure') && MAKES.has(step.do);

function undocumentedRunner({ undocumentedRunner: runner }: Wanted, { local }: PlanOptions): Hazard[] {
  if (runner === null || local) return [];
  return [
    hazard(
      'UNDOCUMENTED_RUNNER',
      `${runner} is in no Snowflake documentation: where an account has it not, every run fails`,
    ),
  ];
}

function privilegedRole({ role }: Deployed, { local }: PlanOptions): Hazard[] {
  if (local || role === null || !PRIVILEGED_ROLES.includes(role)) return [];
  return [hazard('PRIVILEGED_ROLE', `${role} will own the procedure, and the tasks run with all its rights`)];
}

/** What is deployed reads no table that this deployment reads: the chains that are known are in another log. */
function logChanged({ owner, logTables }: Wanted, { views, procedures }: Deployed): Hazard[] {
  const bodies = [
    ...views.filter(({ comment }) => isMarkOf(comment, owner)).map(({ text }) => text),
    ...procedures.filter(({ comment }) => isMarkOf(comment, owner)).map(({ body }) => body),
  ];
  if (logTables.length === 0 || bodies.length === 0 || bodies.some((body) => body === null)) return [];
  const deployed = bodies.map((body) => canonical(body ?? '')).join('\n');
  if (logTables.some((table) => deployed.includes(canonical(table)))) return [];
  return [
    hazard(
      'LOG_CHANGED',
      `the log is now read from ${logTables.join(', ')}: every job starts anew, as FIRST_RUN`,
    ),
  ];
}
