/** Rows that real packages wrote: see README.md. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface RecordedLog {
  name: string;
  package: 'elementary' | 'dbt_artifacts';
  packageVersion: string;
  dbtVersion: string;
  adapter: string;
  /** ISO, UTC. */
  now: string;
  project: string;
  environment: string;
  history: readonly RecordedRun[];
  job: RecordedJob;
  otherJobs: readonly RecordedJob[];
  tables: Readonly<Record<string, RecordedTable>>;
  childMap: Readonly<Record<string, readonly string[]>>;
  kind?: 'only-skipped' | 'not-a-full-run';
  expected: {
    reason: string;
    /** The next three only where a retry is expected. */
    mustRerun?: readonly string[];
    mustNotName?: readonly string[];
    mustNotBeFullBuild?: boolean;
    why: string;
  };
}

export interface RecordedRun {
  command: string;
  startedSecondsBeforeNow: number;
  /** `null` for a run that was killed. */
  exitCode: number | null;
}

export interface RecordedJob {
  name: string;
  command: string;
  select: readonly string[];
  flags?: readonly string[];
}

export interface RecordedTable {
  columns: readonly RecordedColumn[];
  rows: readonly (readonly RecordedValue[])[];
}

export interface RecordedColumn {
  name: string;
  /** As DESCRIBE TABLE shows it: `VARCHAR(4096)`, `OBJECT`. */
  type: string;
  time?: true;
}

export type RecordedValue = string | number | boolean | null | Readonly<Record<string, unknown>>;

/** All of them, in order of their names. */
export function recordedLogs(): RecordedLog[] {
  return readdirSync(__dirname)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => JSON.parse(readFileSync(join(__dirname, file), 'utf8')) as RecordedLog);
}
