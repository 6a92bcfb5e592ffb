/** Histories as Snowflake's own execution history has them, put straight into the local account's memory. */
import type { ExecuteDbtProjectConfig, ExecutionHistoryConfig } from '../../../src/config/types';
import { executionsOf, type Execution, type ExecutionState } from '../../../src/local/dbt/executions';
import type { LocalSnowflake } from '../../../src/local/engine/contract';
import type { Job } from '../../../src/model/deployment';
import { importAlias } from '../../../src/decision/result-selector';
import type { LoggedRun } from '../reference/history';
import { HOME } from './deployments';
import { selectionList } from './layouts/layout';

export const HISTORY: ExecutionHistoryConfig = { kind: 'execution-history' };
export const OBJECT: ExecuteDbtProjectConfig = {
  kind: 'execute-dbt-project',
  object: 'EDW.O2C_AUDIT.BAKERY',
};

/** Replaces what the account remembers. @param runs as the execution history shows them */
export async function writeHistory(
  local: LocalSnowflake,
  runs: readonly LoggedRun[],
  jobs: readonly Job[],
): Promise<void> {
  const executions = executionsOf(local.catalog);
  for (const key of [...executions.entries()].map(([id]) => id)) await executions.delete(key);
  for (const run of runs) await executions.set(run.id, execution(run, jobs));
}

function execution(run: LoggedRun, jobs: readonly Job[]): Execution {
  const state = run.status === 'RUNNING' ? null : (run.status as ExecutionState | null);
  return {
    queryId: run.id,
    ...HOME,
    objectName: 'BAKERY',
    user: 'BAKER',
    warehouse: null,
    command: run.command ?? 'build',
    args: args(run, jobs),
    dbtVersion: '1.10.0',
    startedAt: run.startedAt * 1000,
    endedAt: run.endedAt == null ? null : run.endedAt * 1000,
    state,
    errorMessage: null,
    results: {},
    log: '',
  } as Execution;
}

/** A retry imports results under its job's name; a full run has the job's own arguments, in the job's order. */
function args(run: LoggedRun, jobs: readonly Job[]): string {
  const job = jobs.find(({ name }) => name === run.retryOf);
  if (job) return `--select result:error+ --state ./imports/${importAlias(job, jobs)}/target`;
  const own = jobs.find(({ select }) => [...select].sort().join() === [...selectionList(run)].sort().join());
  const select = own ? own.select : selectionList(run);
  return select.length === 0 ? '' : `--select ${select.join(' ')}`;
}
