/** One run of a task, or one statement of an operator's, as a timeline shows it. */
export interface Step {
  /** When it was due, `2026-01-05 06:00`, UTC. */
  at: string;
  /** The task; `null` for an operator's statement. */
  task: string | null;
  /** The role that an operator's statement was typed as; `null` for the one that owns the deployment, and for tasks. */
  role: string | null;
  /** The mode it called the procedure in; `null` for plain dbt. */
  mode: Mode | null;
  /** `DBT` is a plain dbt run, `RAISED` a call that failed before it decided. */
  action: Action;
  /** Reason code of the decision, or name of the exception that was raised. */
  reason: string | null;
  /** Number of the retry; 0 for a full build. */
  attempt: number;
  message: string;
  /** dbt's command line, without `dbt`; `null` when dbt did not run. */
  command: string | null;
  /** Models that dbt ran, failed ones too; the tests of a `dbt test`. */
  ran: string[];
  /** What failed, by name: models, tests, seeds and whatever else dbt runs. */
  failed: string[];
  /** Models that it was to run and did not: something upstream failed, or dbt died. */
  skipped: string[];
  /** Models of the project that were not part of the run. */
  notSelected: string[];
  /** State of the task's run. */
  outcome: Outcome;
  /** When it began, `2026-01-05T06:00:00Z`, and ended; `null` while it runs. */
  started: string;
  ended: string | null;
  /** When dbt ran, which is after any waiting; `null` when it did not, or still does. */
  dbtStarted: string | null;
  dbtEnded: string | null;
}

/** Whose step it is: a task's, or somebody's at the keyboard. */
export function doerOf({ task, role }: Pick<Step, 'task' | 'role'>): string {
  if (task !== null) return task;
  return role === null ? 'by hand' : `by hand as ${role}`;
}

export const MODES = ['AUTO', 'FULL_BUILD', 'RETRY_ONLY', 'PLAN'] as const;
export type Mode = (typeof MODES)[number];

export const ACTIONS = ['FULL_BUILD', 'SELECTIVE_RETRY', 'SKIP', 'NOTHING', 'DBT', 'RAISED'] as const;
export type Action = (typeof ACTIONS)[number];

export const OUTCOMES = [
  'SUCCEEDED',
  'FAILED',
  'FAILED_AND_AUTO_SUSPENDED',
  'CANCELLED',
  'SKIPPED',
  'EXECUTING',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Whether it did not do what it was to do. */
export function hasFailed({ outcome }: Pick<Step, 'outcome'>): boolean {
  return outcome === 'FAILED' || outcome === 'FAILED_AND_AUTO_SUSPENDED' || outcome === 'CANCELLED';
}
