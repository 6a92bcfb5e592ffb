/** Numbers of the config: what each may be. What is too small would round to nothing, what is too large to 1e+21. */
import type { ProblemSink } from '../config/problems';

export interface Bounds {
  /** Whole numbers only. */
  whole: boolean;
  least: number;
  most: number;
  /** The two as people write them, with their unit: `1 minute to 8760 hours`. */
  range: string;
  /** What the number is, or what to write instead. */
  hint: string;
}

const HOURS = { whole: false, least: 1 / 60, most: 8760, range: '1 minute to 8760 hours' } as const;

export const BOUNDS = {
  maxAttempts: {
    ...{ whole: true, least: 1, most: 1000, range: '1 to 1000 retries' },
    hint: "for a job that must never be retried, give its tasks mode 'full-build'",
  },
  maxSelectorLength: {
    ...{ whole: true, least: 1, most: 1_000_000, range: '1 to 1000000 characters' },
    hint: 'it is the longest --select value of a retry, in characters',
  },
  maxAgeHours: { ...HOURS, hint: 'it is the age, in hours, from which a failure is not retried any more' },
  staleRunHours: {
    ...HOURS,
    hint: 'it is the time, in hours, after which a run without an end is taken for crashed',
  },
  waitMinutes: {
    ...{ whole: false, least: 1 / 60, most: 10_080, range: '1 second to 10080 minutes' },
    hint: "to go on without waiting, use onRunInProgress: 'skip' or 'run'",
  },
  delayMinutes: {
    ...{ whole: false, least: 0, most: 10_080, range: '0 to 10080 minutes' },
    hint: 'it is the time, in minutes, between the end of a run and its retry',
  },
  maxRetryMinutes: {
    ...{ whole: false, least: 1 / 60, most: 10_080, range: '1 second to 10080 minutes' },
    hint: "it is the run time of all retries of a chain; for a job that must never be retried, use mode 'full-build'",
  },
  threads: {
    whole: true,
    least: 1,
    most: 1000,
    range: '1 to 1000 threads',
    hint: 'use a whole number above 0',
  },
  // https://docs.snowflake.com/en/sql-reference/data-types-text
  selectionWidth: {
    ...{ whole: true, least: 1, most: 134_217_728, range: '1 to 134217728 characters' },
    hint: 'use a whole number above 0',
  },
  suspendAfterFailures: {
    ...{ whole: true, least: 0, most: 1_000_000, range: '0 to 1000000 failures' },
    hint: 'a whole number; 0 means never',
  },
} as const satisfies Record<string, Bounds>;

/** @param wrong what it is not when it is no number of that kind at all: `a number of threads` */
export function checkNumber(
  value: number | undefined,
  key: keyof typeof BOUNDS,
  problems: ProblemSink,
  wrong?: string,
): void {
  if (value === undefined) return;
  const { whole, least, most, range, hint }: Bounds = BOUNDS[key];
  const isOfKind = whole ? Number.isInteger(value) : Number.isFinite(value);
  if (!isOfKind || value < 0 || (value === 0 && least > 0)) {
    const kind = wrong ?? `a ${whole ? 'whole number' : 'number'} above 0`;
    problems.add([key], `${value} is not ${kind}`, hint);
  } else if (value < least || value > most) {
    problems.add([key], `${value} is outside ${range}`, hint);
  }
}
