/** A year of a bakery whose answer is known by construction: an hourly job, a daily job, and failures at known times. */
import type { BacktestLog, NodeRow, RunRow } from '../../src/backtest/log';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const START = Date.UTC(2025, 0, 1);

/** A build of the log. */
export interface Built {
  at: number;
  seconds: number;
  job: 'bread' | 'rolls';
  /** Of the job's nodes, in order; those behind a failed one are skipped. */
  failed?: string[];
}

export const NODES = {
  bread: ['flour', 'dough', 'loaf', 'slice'],
  rolls: ['roll_dough', 'roll'],
} as const;

const SELECTION = { bread: '', rolls: 'tag:rolls' } as const;

export function logOf(builds: readonly Built[]): BacktestLog {
  const runs: RunRow[] = [];
  const nodes: NodeRow[] = [];
  builds.forEach(({ at, seconds, job, failed = [] }, index) => {
    const id = `run-${index + 1}`;
    const end = new Date(at + seconds * 1000).toISOString();
    runs.push({
      ...{ run_id: id, project_name: 'bakery', environment: 'prod', is_ours: true },
      command: job === 'bread' ? 'build' : 'run',
      ...{ selection: SELECTION[job], scope: SELECTION[job], tells_exclude: false, retry_of: null },
      ...{ leaves_artifacts: null, started_at: new Date(at).toISOString(), ended_at: end, has_end: true },
      status: failed.length > 0 ? 'FAILED' : 'SUCCESS',
      state: failed.length > 0 ? 'FAILED' : 'SUCCEEDED',
      tests_failed: 0,
    });
    let isBehind = false;
    for (const node_name of NODES[job]) {
      const result: string = isBehind ? 'SKIPPED' : failed.includes(node_name) ? 'FAILED' : 'SUCCEEDED';
      isBehind ||= result === 'FAILED';
      nodes.push({ run_id: id, node_name, is_test: false, result, ended_at: end, error_number: null });
    }
  });
  return { format: 1, deployment: 'bakery', runs, nodes };
}

/**
 * Bread each day at 04:00 for 40 minutes, rolls each hour at :30 for 4 minutes. Bread: on each 30th day `loaf` fails, and is well the day
 * after; on days 100 to 103 `dough` fails. Rolls: each 97th run `roll_dough` fails, and is well the hour after.
 */
export function year(days: number): Built[] {
  const builds: Built[] = [];
  for (let day = 0; day < days; day += 1) {
    const failed = day >= 100 && day < 104 ? ['dough'] : day % 30 === 29 ? ['loaf'] : [];
    builds.push({ at: START + day * DAY + 4 * HOUR, seconds: 2400, job: 'bread', failed });
    for (let hour = 0; hour < 24; hour += 1) {
      const run = day * 24 + hour;
      builds.push({
        at: START + day * DAY + hour * HOUR + HOUR / 2,
        seconds: 240,
        job: 'rolls',
        failed: run % 97 === 96 ? ['roll_dough'] : [],
      });
    }
  }
  return builds.sort((a, b) => a.at - b.at);
}
