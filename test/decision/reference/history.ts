/**
 * What the reference model reads: a run log of any layout, reduced to what the specification talks about. Times are
 * milliseconds UTC; zones, column names and vocabularies of real layouts are the business of whoever writes the log.
 */
import type { Job, Policy, ProcedureMode } from '../../../src/model/deployment';

export type { Policy, ProcedureMode as Mode };

/** A job as the decision sees it: flags never matter to it. */
export type RestartJob = Pick<Job, 'name' | 'project' | 'command' | 'select' | 'policy'>;

/**
 * How much a log shows.
 * - `selection`: what each run selected
 * - `no-selection`: it does not, so the streak rule holds
 * - `execution-history`: Snowflake's own, with states and arguments but no nodes
 */
export type LogKind = 'selection' | 'no-selection' | 'execution-history';

export interface History {
  kind: LogKind;
  /** In any order. */
  runs: LoggedRun[];
  /** The log cannot be read at all: Snowflake's words for why. */
  unreadable?: string;
  /** Runs that the log holds beside these: other projects'. */
  runsElsewhere?: number;
}

export interface LoggedRun {
  id: string;
  project: string;
  environment?: string | null;
  startedAt: number;
  endedAt?: number | null;
  /** As logged, any word; none means running. In the execution history its STATE. */
  status: string | null;
  /** dbt's command; left out where the log has no such column. */
  command?: string | null;
  /** `--exclude` of the run, normalised; left out where the log cannot tell. */
  exclude?: string;
  /** As logged: a union joined by commas or white space, `all` or nothing for the whole project. */
  selection?: string | null;
  /** In the execution history: the job whose alias the imported artifacts have. Other logs cannot say this. */
  retryOf?: string;
  /** Failed tests, where the log counts them. */
  testsFailed?: number;
  /** Several rows of one node are possible. */
  nodes: LoggedNode[];
}

export interface LoggedNode {
  name: string;
  status: string | null;
  resourceType?: 'model' | 'seed' | 'snapshot' | 'test';
  endedAt?: number | null;
  /** dbt's message, where the log has one. */
  message?: string | null;
}

/** One call of the procedure, its job already found. */
export interface Call {
  job: RestartJob;
  /** All jobs of the deployment, in the order of the config. */
  jobs: RestartJob[];
  /** The environment whose runs are ours, `null` for any. */
  environment: string | null;
  mode: ProcedureMode;
  now: number;
  /** The argument MAX_RETRY_AGE_HOURS; `null` leaves it to the policy. */
  maxAgeHours: number | null;
}

export const HOUR = 3_600_000;
export const MINUTE = 60_000;
