// What runs, and when a failure of it is retried.

/** The dbt command line of a job. */
export interface DbtCommand {
  /** Default `build`. Restarted jobs may `build`, `run`, `seed`, `snapshot` or `test`. */
  command?: 'build' | 'run' | 'test' | 'seed' | 'snapshot';
  /** `--select`: the union of these terms. Each may be an intersection (`tag:nightly,path:models/marts`). */
  select?: string[];
  /** `--exclude`. Kept in retries. */
  exclude?: string[];
  /** `--vars`, as an object. Kept in retries. */
  vars?: Record<string, unknown>;
  /** `--full-refresh`. Kept in retries. */
  fullRefresh?: boolean;
  /** `--target`. Kept in retries. */
  target?: string;
  /** `--threads`. Kept in retries. */
  threads?: number;
  /** Other flags, each one word or `--flag=value`. Kept in retries. */
  flags?: string[];
}

export interface JobConfig {
  /** Name of the dbt project, as the log has it. */
  project: string;
  /** Default: `build` of everything. */
  dbt?: DbtCommand;
  retry?: RetryPolicyConfig;
}

/** When a failed run is retried, and when it is given up. */
export interface RetryPolicyConfig {
  /** Retry runs in one chain before a full build. @default 3 */
  maxAttempts?: number;
  /** A failure that ended this many hours ago is not retried. @default 24 */
  maxAgeHours?: number;
  /** A run logged as running for longer than this is taken for crashed. @default the task's timeout, else 6 */
  staleRunHours?: number;
  /** What to do while a run of the project is in progress. @default wait (AUTO, FULL_BUILD), skip (RETRY_ONLY) */
  onRunInProgress?: 'wait' | 'skip' | 'raise' | 'run';
  /** How long `wait` looks before it raises, in minutes. @default 30 */
  waitMinutes?: number;
  /** What a failed test reruns: the model it tests and the test, or only the test. @default rebuild-parent */
  onTestFailure?: 'rebuild-parent' | 'retest';
  /** What happens when the log cannot be read. @default full-build */
  onStateUnreadable?: 'full-build' | 'raise';
  /** Command of a retry. @default the job's own (warning RETRY_DROPS_TESTS for `run` on a `build` job) */
  retryCommand?: 'run' | 'build';
  /**
   * Whether a run that dbt failed is marked failed in the log. `values` says what other columns of a row get that has to
   * be inserted, those that may not be NULL and that only the hooks know how to fill:
   * `{ values: { PROJECT_VERSION: 'unknown' } }`. @default true where the layout allows it
   */
  recordFailure?: boolean | { values: Record<string, string> };
  /**
   * Tasks of mode `retry-only` wait so many minutes after the chain's latest run before they retry; a list gives one for each attempt, the
   * last for all further ones: `[0, 15, 60]`. @default 0
   */
  delayMinutes?: number | number[];
  /** Run time of all retries of a chain, in minutes, after which none is made any more. Default: no limit. */
  maxRetryMinutes?: number;
  /**
   * Errors that no retry mends: names of sets (`'syntax'`, `'unknown-identifier'`, `'missing-object'`, `'missing-privilege'`, `'wrong-types'`,
   * `'grouping'`) and Snowflake's numbers (`'001003'`). Where every failed node has one of them, nothing is retried. Needs a log with messages.
   * Default: none.
   */
  permanentErrors?: string[];
  /** Longest `--select` value of a retry, in characters. @default 32000 */
  maxSelectorLength?: number;
}
