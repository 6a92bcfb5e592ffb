/** A deployment for jobs of the reference, resolved from a config as a user's would be. */
import type { JobConfig, RunnerConfig, StateConfig } from '../../../src/config/types';
import type { Deployment } from '../../../src/model/deployment';
import { resolveDeployments } from '../../../src/model/resolve';
import type { RestartJob } from '../reference/history';

export const HOME = { database: 'EDW', schema: 'O2C_AUDIT' };

export function deploymentOf(
  state: StateConfig,
  jobs: readonly RestartJob[],
  runner: RunnerConfig = { kind: 'procedure', procedure: 'EDW.O2C_AUDIT.BAKE' },
): Deployment {
  const [deployment] = resolveDeployments({
    deployments: {
      tested: {
        ...HOME,
        state,
        runner,
        jobs: Object.fromEntries(jobs.map((job) => [job.name, jobConfig(job, state)])),
        tasks: {},
      },
    },
  });
  if (!deployment) throw new Error('the config has one deployment');
  return deployment;
}

function jobConfig({ project, command, select, policy }: RestartJob, state: StateConfig): JobConfig {
  const { onRunInProgress, retryCommand, recordFailure, recordValues, maxRetryMinutes, ...retry } = policy;
  return {
    project,
    dbt: { command, ...(select.length > 0 ? { select } : {}) },
    retry: {
      ...retry,
      ...(maxRetryMinutes === null ? {} : { maxRetryMinutes }),
      ...(onRunInProgress === null ? {} : { onRunInProgress }),
      ...(retryCommand === 'run' || retryCommand === 'build' ? { retryCommand } : {}),
      ...(hasStatus(state) ? { recordFailure: recordFailure && { values: recordValues } } : {}),
    },
  };
}

/** Of a run: asked to set it where there is none, a policy is refused. */
function hasStatus(state: StateConfig): boolean {
  if (state.kind === 'execution-history') return false;
  const { layout, absentColumns = [] } = state;
  if (typeof layout !== 'string') return layout.runs.status !== undefined;
  return layout === 'o2c' && !absentColumns.some((column) => column.toUpperCase() === 'RUN_STATUS');
}
