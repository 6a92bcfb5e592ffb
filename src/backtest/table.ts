/** The columns of a back-test, once: the table of the terminal and the page show them. Pure. */
import { computeSeconds, type Figures } from './figures';
import type { PolicyResult } from './backtest';

export const COLUMNS: readonly { title: string; cell(figures: Figures): string }[] = [
  { title: 'policy', cell: () => '' },
  { title: 'retries', cell: ({ retries }) => count(retries) },
  { title: 'healed', cell: ({ healed }) => count(healed) },
  { title: 'not healed', cell: ({ notHealed }) => count(notHealed) },
  { title: 'unknown', cell: ({ unknown }) => count(unknown) },
  { title: 'hours broken', cell: ({ hoursBroken }) => hoursBroken.toFixed(1) },
  { title: 'builds displaced', cell: ({ displaced }) => count(displaced) },
  { title: 'compute', cell: (figures) => hours(computeSeconds(figures)) },
  { title: 'of it retries', cell: ({ retrySeconds }) => hours(retrySeconds) },
  { title: 'of it looking', cell: ({ lookMinutes }) => hours(60 * lookMinutes) },
];

/** Jobs in the order of the policies: one that only a policy of a file has comes last. */
export function jobsOf(policies: readonly PolicyResult[]): string[] {
  return [...new Set(policies.flatMap(({ jobs }) => jobs.map(({ job }) => job)))];
}

/** @param job `null` for all jobs together @returns `undefined` for a job that the policy does not have */
export function figuresOf({ jobs, total }: PolicyResult, job: string | null): Figures | undefined {
  return job === null ? total : jobs.find((one) => one.job === job)?.figures;
}

/** A row for each policy: its name, then a cell for each column. */
export function rowsOf(policies: readonly PolicyResult[], job: string | null): string[][] {
  return policies.map((result) => {
    const figures = figuresOf(result, job);
    return [
      result.policy,
      ...COLUMNS.slice(1).map(({ cell }) => (figures === undefined ? '-' : cell(figures))),
    ];
  });
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** `3.2 h`, `14 min`, `40 s` */
function hours(seconds: number): string {
  if (seconds >= 36_000) return `${Math.round(seconds / 3600).toLocaleString('en-US')} h`;
  if (seconds >= 3600) return `${(seconds / 3600).toFixed(1)} h`;
  if (seconds >= 60) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds)} s`;
}
