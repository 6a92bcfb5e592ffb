/** What starts a job, and when. */
import type { DbtCommand, RetryPolicyConfig } from './jobs';
import type { Schedule } from './schedule';

/** `auto` decides; `full-build` never retries; `retry-only` never builds; `plan` says what it would do. */
export type TaskMode = 'auto' | 'full-build' | 'retry-only' | 'plan';

export interface TaskConfig {
  /** Name of a job below `jobs`. The task calls the procedure. */
  job?: string;
  /** Shorthand for a job of its own, named after the task: its project. */
  project?: string;
  /** Shorthand: the job's dbt command. @default build */
  dbt?: DbtCommand;
  /** Shorthand: the job's retry policy. */
  retry?: RetryPolicyConfig;
  /** @default auto */
  mode?: TaskMode;
  /** A plain dbt run that is not restarted: instead of `job` or `project`. @see dbt */
  run?: PlainDbtRun;
  /** When the root of a graph starts. @see cron, every */
  schedule?: Schedule;
  /** Names of the tasks this one follows, in the same deployment. */
  after?: string[];
  /**
   * Name of a root in the same deployment whose graph this task ends: it runs after all others have ended, whatever came of them, once for
   * each run of the graph. Instead of `schedule` or `after`; no task follows it. With mode `retry-only` it retries at once, on a warehouse
   * that is still warm.
   */
  finalize?: string;
  /** Only after a predecessor that built something: a WHEN on the first word of its return value. @default false */
  onlyIfBuilt?: boolean;
  /** Default: the deployment's `defaults.warehouse`. */
  warehouse?: string;
  /** Default: the deployment's `defaults.timeout`. */
  timeout?: string;
  /** SUSPEND_TASK_AFTER_NUM_FAILURES. Only on a root. Default: `defaults.suspendAfterFailures`, else 0 for mode `retry-only` and 10 for others. */
  suspendAfterFailures?: number;
  /** TASK_AUTO_RETRY_ATTEMPTS, Snowflake's own retry of a graph. Only on a root. @default 0 */
  taskAutoRetryAttempts?: number;
  /** ERROR_INTEGRATION. Only on a root. */
  errorIntegration?: string;
  /** Whether a task that does not exist yet is started. An existing task keeps the state it has. @default started */
  initialState?: 'started' | 'suspended';
  /** First part of the task's COMMENT. */
  comment?: string;
}

export interface PlainDbtRun {
  project: string;
  dbt: DbtCommand;
}
