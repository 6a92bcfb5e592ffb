/** Models that fail most, by what the history view names. */
import type { HistoryRun } from '../readings/history';
import { isFailure } from './chains';

export interface FailingModel {
  name: string;
  /** Runs in which it failed. */
  failures: number;
  /** Jobs in whose runs. */
  jobs: string[];
  lastFailedAt: string;
}

/** The most failures first, then the name. */
export function failingModels(runs: readonly HistoryRun[]): FailingModel[] {
  const found = new Map<string, FailingModel>();
  for (const { failedModels, startedAt, job } of runs) {
    if (failedModels === null || startedAt === null) continue;
    for (const name of new Set(failedModels.split(', '))) {
      const model = found.get(name) ?? { name, failures: 0, jobs: [], lastFailedAt: '' };
      found.set(name, model);
      model.failures += 1;
      if (job !== null && !model.jobs.includes(job)) model.jobs.push(job);
      if (startedAt > model.lastFailedAt) model.lastFailedAt = startedAt;
    }
  }
  return [...found.values()].sort((a, b) => b.failures - a.failures || (a.name < b.name ? -1 : 1));
}

/** Failed runs of which the log names no model: Snowflake's history names none, and dbt may die before its hooks. */
export function unnamedFailures(runs: readonly HistoryRun[]): number {
  return runs.filter((run) => isFailure(run) && run.failedModels === null).length;
}
