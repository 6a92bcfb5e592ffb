/** Runs of a bakery as the history view has them. */
import { resolveDeployments } from '../../src/model/resolve';
import type { HistoryRun } from '../../src/readings/history';
import type { TaskRun } from '../../src/readings/executions';
import { reportOf, type DeploymentReport } from '../../src/report/report';
import { CONFIG } from './account';

export const [BAKERY] = resolveDeployments(CONFIG);
export const NOW = '2026-03-02T12:00:00.000Z';
const FROM = '2026-02-02T12:00:00.000Z';

let number = 0;

/** A successful full build of half an hour, and what differs from it. */
export function run(startedAt: string, more: Partial<HistoryRun> = {}): HistoryRun {
  const seconds = more.seconds ?? 1800;
  number += 1;
  return {
    deployment: 'bakery',
    runId: `run-${number}`,
    startedAt,
    endedAt: new Date(Date.parse(startedAt) + seconds * 1000).toISOString(),
    seconds,
    status: 'SUCCESS',
    outcome: 'SUCCEEDED',
    project: 'bread',
    job: 'daily',
    kind: 'FULL_BUILD',
    attempt: 0,
    rootRunId: null,
    command: 'build',
    selection: null,
    environment: 'prod',
    modelsRun: 6,
    modelsFailed: 0,
    failedModels: null,
    secondsSaved: null,
    modelsNotRefreshed: null,
    isAhead: false,
    openNodes: null,
    ...more,
  };
}

export const failed = (models: string): Partial<HistoryRun> => ({ outcome: 'FAILED', failedModels: models });

/** A retry of a chain. */
export const retry = (
  root: HistoryRun,
  attempt: number,
  more: Partial<HistoryRun> = {},
): Partial<HistoryRun> => ({
  kind: 'SELECTIVE_RETRY',
  attempt,
  rootRunId: root.runId,
  selection: 'dough+',
  modelsRun: 2,
  seconds: 300,
  ...more,
});

export function look(startedAt: string, more: Partial<TaskRun> = {}): TaskRun {
  return {
    deployment: 'bakery',
    task: 'BAKE_LATER',
    queryId: null,
    state: 'SUCCEEDED',
    startedAt,
    endedAt: new Date(Date.parse(startedAt) + 2000).toISOString(),
    returned: '✅ NOTHING TO RETRY',
    error: null,
    ...more,
  };
}

export function report(
  runs: readonly HistoryRun[],
  taskRuns: readonly TaskRun[] | null = [],
): DeploymentReport {
  return reportOf(BAKERY!, { runs, taskRuns, from: FROM, now: NOW, notes: [] });
}

/** Hourly, a failure every seventh run that the next run retries. */
export function manyRuns(count: number): HistoryRun[] {
  const first = Date.parse(NOW) - count * 480_000;
  let root: HistoryRun | null = null;
  return Array.from({ length: count }, (_, at) => {
    const start = new Date(first + at * 480_000).toISOString();
    if (root !== null) {
      const own = run(start, retry(root, 1));
      root = null;
      return own;
    }
    const own = run(start, { seconds: 240, ...(at % 7 === 3 ? failed(`model_${at % 23}`) : {}) });
    root = at % 7 === 3 ? own : null;
    return own;
  });
}

/** Four weeks of a bakery as they might have been: mostly quiet, a bad week in the middle. */
export function aMonth(): { runs: HistoryRun[]; taskRuns: TaskRun[] } {
  const day = (at: number, time: string): string =>
    `${new Date(Date.UTC(2026, 1, 3) + at * 86_400_000).toISOString().slice(0, 10)}T${time}:00.000Z`;
  const bad: Record<number, string[]> = { 4: ['sales'], 11: ['rye_bread', 'rye_bread'], 12: ['rye_bread'], 19: ['sales'], 23: ['dough'] };
  const runs: HistoryRun[] = [];
  const taskRuns: TaskRun[] = [];
  for (let at = 0; at < 28; at += 1) {
    const failures = bad[at] ?? [];
    const build = run(day(at, '04:00'), { seconds: 2400, ...(failures.length > 0 ? failed(failures[0]!) : {}) });
    runs.push(build);
    failures.forEach((_, attempt) => {
      const next = failures[attempt + 1];
      const more = next === undefined ? {} : failed(next);
      runs.push(run(day(at, attempt === 0 ? '04:42' : '05:30'), retry(build, attempt + 1, { seconds: 420 + 60 * attempt, ...more })));
    });
    for (const time of ['09:15', '12:15', '15:15']) runs.push(run(day(at, time), { job: 'rolls', selection: 'tag:rolls', seconds: 300 }));
    if (at < 21) continue;
    if (failures.length === 0) taskRuns.push(look(day(at, '04:41'), { task: 'BAKE_AGAIN' }));
    for (const time of ['06:00', '07:00']) taskRuns.push(look(day(at, time)));
  }
  return { runs: runs.filter(({ startedAt }) => startedAt! < NOW), taskRuns };
} // prettier-ignore
