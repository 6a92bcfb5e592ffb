/** What cannot be known from a log, said beside the numbers. Pure. */
import type { Deployment } from '../model/deployment';
import type { PolicyResult } from './backtest';
import type { Evidence } from './evidence';
import { jobsOf } from './table';

export function notKnown(
  results: readonly PolicyResult[],
  deployment: Deployment,
  { builds }: Evidence,
  noJobs: number,
  { from, to }: { from: number; to: number },
): string[] {
  const most = (of: (result: PolicyResult) => number): number => Math.max(0, ...results.map(of));
  const [unknown, displacedFailures, unlogged, retries] = [
    most(({ total }) => total.unknown),
    most(({ total }) => total.displacedFailures),
    most(({ total }) => total.unloggedBuilds),
    most(({ total }) => total.retries),
  ];
  const silent = jobsOf(results).filter((name) => (builds.get(name) ?? []).length === 0);
  return [
    ...(retries > 0
      ? [
          'a retry counts as healed when the next result that the log has of each of its nodes is a success: whether it would have succeeded at the earlier time, or only after somebody had mended something, no log tells',
          'what a retry takes is estimated from its share of the nodes in the latest full build that succeeded, unless the log has a retry at that time',
        ]
      : []),
    ...(unknown > 0
      ? [`of up to ${unknown} retries the log has no later result: they count as neither healed nor failed`]
      : []),
    ...(displacedFailures > 0
      ? [
          `up to ${displacedFailures} full builds that failed in the log would have been displaced by a retry: what they found would have been found later, or not at all`,
        ]
      : []),
    ...(unlogged > 0
      ? [
          `at up to ${unlogged} starts of a build the log has none: the task was suspended, retried instead, or did not exist yet`,
        ]
      : []),
    ...(noJobs > 0
      ? [
          `${noJobs} runs of the log are no job's (another environment, project, command or selection): nothing is said of them`,
        ]
      : []),
    ...silent.map((name) => `the log has no full run of ${name}: nothing is said of it`),
    ...(deployment.state.kind === 'execution-history'
      ? [
          "Snowflake's history names no nodes and goes seven days back: a retry counts by the next run of its job",
        ]
      : []),
    ...(to - from < 14 * 86_400_000
      ? [`the log covers ${Math.round((to - from) / 8_640_000) / 10} days: numbers of so few are chance`]
      : []),
  ];
}
