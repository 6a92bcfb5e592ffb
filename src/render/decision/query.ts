/**
 * The query that decides, and its first half, which tells full builds from retries: one text for the procedure (one
 * job, given by its variables), for the view and for whoever wants to know it of all jobs at once.
 */
import type { AuditTablesState, Deployment, ExecuteDbtProjectRunner } from '../../model/deployment';
import { abilities, nodesQuery, type RunColumn, runsQuery } from '../../state/audit-tables';
import { literal } from '../../sql-text';
import type { Templates } from '../templates';
import { everyJob } from './columns';
import { compactQuery } from './compact';

/** What a name in a selector may look like, and nothing else. */
const SAFE_NAME = '[A-Za-z0-9_][A-Za-z0-9_.-]*';

export interface Scope {
  /** The present in UTC: `SYSDATE()`, `:v_now`. */
  now: string;
  /** Expression before which no run matters; `null` reads the whole log. */
  since: string | null;
  /** `jobs AS (...)`, the first common table expression. */
  jobs: string;
}

/** `runs`, `results`, ... `kinds`: every run with its run_kind and attempt, for each of the jobs. */
export function chains(deployment: Deployment, scope: Scope, templates: Templates): string {
  const { state } = deployment;
  if (state.kind === 'execution-history') return historyChains(deployment, scope, templates);
  const able = abilities(state);
  return templates.render('decision/chains', {
    ...scope,
    ...able,
    runs: indent(4, canonicalRuns(state, EVERY_COLUMN, able.selection ? scope.since : null)),
    // A streak is counted over the whole log; where results stand in for a status, all of them are needed for it.
    nodes: indent(8, compactQuery(nodesQuery(state, able.selection || able.status ? scope.since : null))),
    name: SAFE_NAME,
    ended: state.runs.endedAt === null ? 't.ended_at' : 'r.ended_at',
    state: able.status ? 'r.state' : "IFF(t.best = 1 AND t.worst < 3, 'SUCCEEDED', 'FAILED')",
    selections: [...new Set(['', ...deployment.jobs.map((job) => job.selection)])].map(literal).join(', '),
  });
}

const EVERY_COLUMN: readonly RunColumn[] = [
  'run_id',
  'project_name',
  'command',
  'selection',
  'started_at',
  'ended_at',
  'state',
  'status',
  'tests_failed',
];

function historyChains(deployment: Deployment, scope: Scope, templates: Templates): string {
  return templates.render('decision/history-chains', { ...scope, ...projectObject(deployment) });
}

/** The dbt project object whose executions are the state; the config has seen to it that there is one. */
export function projectObject({ runner }: Deployment): ExecuteDbtProjectRunner['object'] {
  if (runner.kind !== 'execute-dbt-project') throw new Error('history needs a dbt project object');
  return runner.object;
}

/**
 * One row per job: job_name, attempt (retries made so far), selector, names, state_query_id (the run whose results a
 * retry imports) and reason, a code of rows 3 to 9 of the decision table.
 */
export function decision(deployment: Deployment, scope: Scope, templates: Templates): string {
  const fromLog = deployment.state.kind === 'audit-tables';
  const outcome = templates.render(fromLog ? 'decision/outcome' : 'decision/history-outcome', {
    now: scope.now,
    name: SAFE_NAME,
    selection: fromLog && abilities(deployment.state as AuditTablesState).selection,
  });
  return `WITH ${scope.jobs},\n${chains(deployment, scope, templates).trimEnd()},\n${outcome.trimEnd()}`;
}

/** The decision for every job of the deployment. */
export function renderDecisionQuery(deployment: Deployment, templates: Templates, now = 'SYSDATE()'): string {
  return decision(deployment, { now, since: null, jobs: everyJob(deployment) }, templates);
}

/** Canonical runs, laid out for a reader; from `since` on. */
function canonicalRuns(
  state: AuditTablesState,
  columns: readonly RunColumn[],
  since: string | null = null,
): string {
  return compactQuery(
    runsQuery(state, columns, since === null ? {} : { started_at: (start) => `${start} >= ${since}` }),
  );
}

export function indent(width: number, text: string): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(width));
}
