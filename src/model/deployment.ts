/**
 * What a config means: the value between `config` and everything after it. Resolved (defaults filled in, names
 * folded, shorthand jobs named), frozen and JSON-serialisable. No field is optional by accident: `null` says none.
 */
import type { AlertState, GrantKind, LayoutName, Schedule } from '../config/types';

export interface Deployment {
  name: string;
  /** The repository, as its marks name it. */
  app: string | null;
  /** The environment; `null` where the config declares none. */
  env: string | null;
  connection: { name: string | null; account: string | null; role: string | null };
  database: string;
  schema: string;
  procedure: ObjectName;
  views: Views;
  /** Days that the views look back. */
  lookBackDays: number;
  state: State;
  runner: Runner;
  /** In the order of the config; jobs of the shorthand stand where their task stands, after the named ones. */
  jobs: Job[];
  /** Roots first, each followed by its children in an order that can be created. */
  graphs: TaskGraph[];
  grants: Grant[];
  notification: Notification | null;
  alerts: Alerts | null;
  warnings: Warning[];
}

/** The views, from the policy and the log up to what is broken now. */
export interface Views {
  jobs: ObjectName;
  runs: ObjectName;
  nodes: ObjectName;
  history: ObjectName;
  state: ObjectName;
}

/** Parts of a qualified name as Snowflake stores them: upper case unless they were quoted. */
export interface ObjectName {
  database: string;
  schema: string;
  name: string;
}

export interface Warning {
  code: string;
  /** Config path the warning is about: `tasks.O2C_DAILY_BUILD.retry`. */
  where: string;
  message: string;
  hint: string;
}

// ---------------------------------------------------------------------------------------------- state

export type State = AuditTablesState | ExecutionHistoryState;

export interface ExecutionHistoryState {
  kind: 'execution-history';
}

/** A run log of any layout, mapped column by column; `null` where the layout has no such column. */
export interface AuditTablesState {
  kind: 'audit-tables';
  layout: LayoutName | 'custom';
  /** The value the environment column must have, `null` for any. */
  environment: string | null;
  zones: { startedAt: string; endedAt: string };
  selectionWidth: number | null;
  runs: {
    table: ObjectName;
    runId: string;
    startedAt: string;
    endedAt: string | null;
    status: string | null;
    project: string | null;
    environment: string | null;
    command: string | null;
    selection: string | null;
    /** The whole command line, read for its `--select` where there is no column of the selection. */
    commandLine: string | null;
    exclude: string | null;
    yamlSelector: string | null;
    /** dbt's arguments as an object (dbt_artifacts): `select`, `exclude`, `selector` and `invocation_command` in it. */
    args: string | null;
    /** A raw column that bounds what is read; `null`: the start, converted. */
    prunedBy: string | null;
    testsFailed: string | null;
  };
  nodes: {
    /** More than one where models, seeds, snapshots and tests are logged apart. */
    tables: { table: ObjectName; resourceType: string | null }[];
    runId: string;
    name: string;
    nameIs: 'name' | 'unique_id' | 'relation';
    status: string;
    startedAt: string | null;
    endedAt: string | null;
    resourceType: string | null;
    message: string | null;
    /** A raw column that bounds what is read, `null` for none. Rows without a value are read. */
    prunedBy: string | null;
  };
  /** Upper case. */
  statuses: { succeeded: string[]; failed: string[]; running: string[]; skipped: string[] };
  /** Whether a failed run can be written down in this log (a status column to set). */
  recordable: boolean;
  /** The word that marks a failed run in this log. */
  failedStatus: string;
}

// --------------------------------------------------------------------------------------------- runner

export type Runner = ExecuteDbtProjectRunner | ProcedureRunner;

export interface ExecuteDbtProjectRunner {
  kind: 'execute-dbt-project';
  object: ObjectName;
  dbtVersion: string | null;
  envVars: { name: string; value: string }[];
  writeback: boolean | null;
}

export interface ProcedureRunner {
  kind: 'procedure';
  /** A procedure of a schema, or one of Snowflake's own: `{ system: 'SYSTEM$DBT_RUN' }`. */
  procedure: ObjectName | { system: string };
}

// ----------------------------------------------------------------------------------------------- jobs

export interface Job {
  name: string;
  project: string;
  command: 'build' | 'run' | 'test' | 'seed' | 'snapshot';
  /** Terms of `--select`, in the order of the config; empty for the whole project. */
  select: string[];
  /** `select` as the log's selection is normalised: split, sorted, joined by commas; '' for the whole project. */
  selection: string;
  /** What follows the selection on the command line, ready for a shell-like split: `--exclude a --full-refresh`. */
  flags: string;
  /** Terms of `--exclude`, normalised like `selection`. */
  exclusion: string;
  policy: Policy;
}

export interface Policy {
  maxAttempts: number;
  maxAgeHours: number;
  staleRunHours: number;
  /** `null`: by mode. */
  onRunInProgress: 'wait' | 'skip' | 'raise' | 'run' | null;
  waitMinutes: number;
  onTestFailure: 'rebuild-parent' | 'retest';
  onStateUnreadable: 'full-build' | 'raise';
  /** The command of a retry. */
  retryCommand: Job['command'];
  recordFailure: boolean;
  /** What other columns of a run that is written down get, by column name: those that may not be NULL. */
  recordValues: Record<string, string>;
  /** By attempt; the last holds for all further ones. Never empty. */
  delayMinutes: number[];
  /** `null`: no limit. */
  maxRetryMinutes: number | null;
  /** Six digits each, in order. */
  permanentErrors: string[];
  /** The smaller of the policy's limit and the width of the log's selection column. */
  maxSelectorLength: number;
}

// ---------------------------------------------------------------------------------------------- tasks

export type ProcedureMode = 'AUTO' | 'FULL_BUILD' | 'RETRY_ONLY' | 'PLAN';

/** A root task and all that follow it: changed together, in one statement. */
export interface TaskGraph {
  root: Task;
  /** In an order in which each comes after its predecessors; the finalizer, where there is one, is the last. */
  children: Task[];
}

export interface Task {
  name: ObjectName;
  /** What the task's body does. */
  action:
    | { kind: 'call'; job: string; project: string; mode: ProcedureMode }
    | { kind: 'dbt'; project: string; command: string };
  warehouse: string | null;
  /** `null` on children and finalizers. */
  schedule: Schedule | null;
  after: ObjectName[];
  /** The root whose graph it ends, `null` for all other tasks. */
  finalizes: ObjectName | null;
  /** Predecessors whose return value must say that something was built; empty for no WHEN. */
  onlyIfBuilt: ObjectName[];
  timeoutMs: number;
  /** `null` on children. */
  suspendAfterFailures: number | null;
  /** `null` on children. */
  taskAutoRetryAttempts: number | null;
  errorIntegration: string | null;
  initialState: 'started' | 'suspended';
  comment: string;
}

export interface Grant {
  role: string;
  kinds: GrantKind[];
}

export interface Alerts {
  on: AlertState[];
  notification: Notification;
  schedule: Schedule;
  /** `null`: serverless. */
  warehouse: string | null;
  /** The alert over the state view. */
  chains: ObjectName;
  /** The alert over the runs of tasks. */
  tasks: ObjectName;
  /** The table of what has been told. */
  told: ObjectName;
}

export interface Notification {
  integration: string;
  kind: 'webhook' | 'email' | 'queue';
  recipients: string[];
}
