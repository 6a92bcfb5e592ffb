/** Whether the state can be read, and says something of the jobs. */
import type { JobStatus } from '../oncall/status';
import { jobScope } from '../decision/scope';
import { finding, type Finding } from './finding';
import type { DeploymentFacts, RunKind } from './facts';
import type { Job } from '../model/deployment';

export function checkState(facts: DeploymentFacts): Finding[] {
  const { deployment, unreadable, statuses } = facts;
  if (unreadable?.isMissing === true) {
    return [
      finding(
        'NOT_APPLIED',
        deployment.name,
        'its views are not there, or this role may not see them',
        'apply it, or use a role that has what `read` grants',
      ),
    ];
  }
  if (unreadable !== null && unreadable.missingColumn !== null) {
    const message = `its views are of another version of this tool: they have no column ${unreadable.missingColumn}`;
    return [finding('NOT_APPLIED', deployment.name, message, 'apply with this version')];
  }
  if (unreadable !== null) {
    return [
      finding(
        'STATE_UNREADABLE',
        deployment.name,
        unreadable.message,
        'mend what the message names: a table, a column, a grant; until then calls build everything or raise',
      ),
    ];
  }
  return statuses.flatMap((status) => ofJob(status, facts));
}

function ofJob({ job, state, notes }: JobStatus, facts: DeploymentFacts): Finding[] {
  if (state === null) {
    return [finding('NOT_APPLIED', job, 'the account does not know this job', 'apply the config')];
  }
  const found: Finding[] = notes.flatMap(({ code, meaning }) =>
    code === 'CLOCK' || code === 'TIES' ? [finding(code, job, meaning, ADVICE[code])] : [],
  );
  if (state.nextReason === 'HISTORY_BLIND') {
    found.push(
      finding(
        'HISTORY_BLIND',
        job,
        "Snowflake's history shows no run of the dbt project",
        'grant MONITOR on the dbt project to the role of the tasks, unless it has never run',
      ),
    );
  }
  if (state.nextReason === 'LOG_MATCHES_NO_JOB') {
    const named = facts.deployment.jobs.find(({ name }) => name === job);
    const differs = named === undefined ? null : difference(named, facts);
    found.push(
      finding(
        'LOG_MATCHES_NO_JOB',
        job,
        `the log has ${state.runsSeen} runs, none of this project's jobs${differs === null ? '' : `: ${differs}`}`,
        'correct the config, or what the hooks write: until they agree every run is a first run',
      ),
    );
  }
  return found;
}

const ADVICE = {
  CLOCK: 'correct the zone in state.zones, or delete the row',
  TIES: 'let the hooks log an end, or times with fractions of a second',
} as const;

/** The first column in which no run agrees with the job: looked at in the order in which runs are told apart. */
function difference(job: Job, { deployment, kinds }: DeploymentFacts): string | null {
  const scope = jobScope(job, deployment);
  const tests: {
    column: string;
    wanted: string;
    of: (kind: RunKind) => string | null;
    agrees: (kind: RunKind) => boolean;
  }[] = [
    {
      column: 'project',
      wanted: job.project,
      of: ({ project }) => project,
      agrees: ({ project }) => project === null || project.toLowerCase() === job.project.toLowerCase(),
    },
    {
      column: 'environment',
      wanted: deployment.state.kind === 'audit-tables' ? (deployment.state.environment ?? '') : '',
      of: ({ environment }) => environment,
      agrees: ({ isOurs }) => isOurs,
    },
    {
      column: 'command',
      wanted: job.command,
      of: ({ command }) => command,
      agrees: ({ command }) => command === null || command === job.command,
    },
    {
      column: 'selection',
      wanted: scope === '' ? '(none)' : scope,
      of: (kind) => kind.scope || '(none)',
      agrees: (kind) => kind.scope === scope,
    },
  ];
  let left = [...kinds];
  for (const { column, wanted, of, agrees } of tests) {
    const agreeing = left.filter(agrees);
    if (agreeing.length > 0 || left.length === 0) {
      left = agreeing;
      continue;
    }
    const most = left.reduce((one, other) => (other.runs > one.runs ? other : one));
    const total = left.reduce((sum, { runs }) => sum + runs, 0);
    return `${column} is ${JSON.stringify(of(most) ?? 'NULL')} in ${most.runs} of ${total} runs, and ${JSON.stringify(wanted)} here`;
  }
  return null;
}
