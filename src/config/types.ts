/**
 * The configuration, as it is written in `auto-restart.config.ts`. This file is the manual: every option is
 * described where it is typed. Values are plain data; the functions in `define.ts` (`cron`, `every`,
 * `auditTables`, ...) only build such values.
 */
import type { LAYOUT_NAMES } from './layout-names';

/** What `defineConfig` takes. `deployments` may be a function where environments are declared: it is called for each. */
export type ConfigInput<Env extends string = string> = Config | EnvironmentsConfig<Env>;

export interface EnvironmentsConfig<Env extends string = string> extends Omit<
  Config,
  'environments' | 'deployments'
> {
  environments: readonly Env[];
  deployments: (context: ConfigContext<Env>) => Config['deployments'];
}

export interface ConfigContext<Env extends string = string> {
  /** One of `environments`. */
  env: Env;
}

export interface Config {
  /**
   * Names this repository in the marks of what it makes, so that two repositories in one account never take each other's objects for
   * their own: `acme-finance`. Letters, digits, `_`, `.` and `-`, at most 64. Default: none.
   */
  app?: string;
  /**
   * All environments, each with a folder below `generated/`: `['dev', 'prod']`. Commands that touch an account want `--env` where there
   * are several. Default: none, and no such folder.
   */
  environments?: string[];
  /** One entry for each place the product is installed in; the key is the name of its folder below `generated/`. */
  deployments: Record<string, DeploymentConfig>;
}

/** One procedure, its views and their tasks, in one schema of one account. */
export interface DeploymentConfig {
  /** The account this belongs to. Checked before anything is changed. */
  connection?: ConnectionConfig;
  /** Database that holds procedure, views and tasks. Unquoted names are folded to upper case, as Snowflake does. */
  database: string;
  /** Schema that holds procedure, views and tasks. */
  schema: string;
  /** Values every task takes unless it states its own. */
  defaults?: TaskDefaults;
  /** Where the outcome of earlier runs is read from. */
  state: StateConfig;
  /** How dbt is started. */
  runner: RunnerConfig;
  /** Named jobs: a project, a dbt command with its selection, and a retry policy. */
  jobs?: Record<string, JobConfig>;
  /** Tasks, by name, in any order. */
  tasks: Record<string, TaskConfig>;
  /** Privileges by role name. @see GrantKind */
  grants?: Record<string, GrantKind[]>;
  /**
   * What looks like a secret and is none, such as `vars: { token_name: 'daily' }`: the name (`token_name`), or the path below the
   * deployment (`tasks.BAKE.comment`). Secrets are refused, because every value stands in the generated SQL. Default: none.
   */
  notSecret?: string[];
  /** Message when the last allowed retry has failed and when the state could not be read. Default: none. */
  notification?: NotificationConfig;
  /** Who is told of what the state view shows, once for each state of each chain. Default: nobody. */
  alerts?: AlertsConfig;
  /** How many days the views look back. @default 35, and at least five periods of the slowest schedule */
  lookBackDays?: number;
  /** Names of the generated objects. */
  names?: NamesConfig;
}

/** Unquoted names are folded to upper case. Views without a name of their own are called after `view`. */
export interface NamesConfig {
  /** @default RUN_DBT_AUTO_RESTART */
  procedure?: string;
  /** The view of what happened. @default V_AUTO_RESTART_HISTORY */
  view?: string;
  /** The view of what is broken now and what the next call does. @default V_AUTO_RESTART_STATE */
  stateView?: string;
  /** The view of the policy. @default V_AUTO_RESTART_JOBS */
  jobsView?: string;
  /** The view of the log's runs. @default V_AUTO_RESTART_RUNS */
  runsView?: string;
  /** The view of the log's node results. @default V_AUTO_RESTART_NODES */
  nodesView?: string;
  /** What the names of alerts and their table begin with. @default AUTO_RESTART_ALERTS */
  alerts?: string;
}

export interface ConnectionConfig {
  /** Name of a Snowflake CLI connection (connections.toml, config.toml or SNOWFLAKE_CONNECTIONS_<NAME>_*). */
  name?: string;
  /** Account the deployment belongs to, as `ORGANISATION-ACCOUNT`. `apply` refuses to change any other account. */
  account?: string;
  /** Role that owns the generated objects. `apply` refuses to run as any other role. */
  role?: string;
}

export interface TaskDefaults {
  /** Warehouse of the tasks. dbt cannot run in a serverless task. */
  warehouse?: string;
  /** `'4 hours'`, `'90 minutes'`, `'30 seconds'`. Default: Snowflake's own 1 hour (warning TIMEOUT_LEFT_AT_ONE_HOUR). */
  timeout?: string;
  /** Suspend a task after so many failures in a row; 0 never. Default 10, Snowflake's own, and 0 for tasks of mode `retry-only`. */
  suspendAfterFailures?: number;
  /** Queue notification integration that Snowflake tells about failed task runs. */
  errorIntegration?: string;
}

/** `call`: USAGE on schema and procedure, SELECT on the views it reads. `read`: SELECT on the views, MONITOR on the tasks. `operate`: OPERATE on the tasks. */
export type GrantKind = 'call' | 'read' | 'operate';

// ---------------------------------------------------------------------------------------------- state

export type StateConfig = AuditTablesConfig | ExecutionHistoryConfig;

/** A run log that is known column by column: `o2c`, `elementary` or `dbt_artifacts`. */
export type LayoutName = (typeof LAYOUT_NAMES)[number];

/** Run logs that dbt hooks write: one table of runs, one of node results. */
export interface AuditTablesConfig {
  kind: 'audit-tables';
  /** A layout known by name, or the user's own tables and columns. */
  layout: LayoutName | CustomLayout;
  /** Database of the log tables. Default: the deployment's. */
  database?: string;
  /** Schema of the log tables. Default: the deployment's. */
  schema?: string;
  /** Only these rows are ours: `environment` is compared with the layout's environment column (dbt's target name). */
  where?: { environment?: string };
  /** Time zone of each time column, an IANA name. Default UTC. */
  zones?: { startedAt?: string; endedAt?: string };
  /** Width of the selection column, in characters. Default: the layout's (500 in o2c), else none. */
  selectionWidth?: number;
  /**
   * Columns of a preset layout that the log's tables do not have, because an older version of the package or of the hooks
   * made them: `['PROJECT_NAME', 'YAML_SELECTOR']`. What each costs: docs/log-layouts.md. Default: none.
   */
  absentColumns?: string[];
}

/** The user's own log tables. A column that does not exist is left out; what that costs is warned about by name. */
export interface CustomLayout {
  runs: {
    table: string;
    runId: string;
    startedAt: string;
    endedAt?: string;
    /** Without it the outcome is derived from the node results. */
    status?: string;
    project?: string;
    environment?: string;
    /** The dbt command: `build`, `run`, ..., or the whole command line, of which the command is read. */
    command?: string;
    /** The `--select` values: joined by commas or white space, a JSON list, or a list as Python prints it. */
    selection?: string;
    /** The whole command line, where there is no column of the selection: `--select` and `--exclude` are read from it. */
    commandLine?: string;
    /** The `--exclude` values. With it somebody's partial build is told from the job's own. */
    exclude?: string;
    /** Name of a YAML selector (`--selector`), likewise. */
    yamlSelector?: string;
    /** Column by which old rows are skipped, so that partitions are pruned: a timestamp of when the row was written. */
    createdAt?: string;
    /** Number of failed tests, where the log counts but does not name them. */
    testsFailed?: string;
  };
  nodes: {
    table: string;
    runId: string;
    /** The node's name. */
    name: string;
    /**
     * What `name` holds: the name that dbt's selectors match, a `unique_id` (also recognised where `name` is said), or
     * the relation (`DB.SCHEMA.NAME`, the last part counts). @default name
     */
    nameIs?: 'name' | 'unique_id' | 'relation';
    status: string;
    startedAt?: string;
    endedAt?: string;
    /** `model`, `seed`, `snapshot`, `test`. Without it a `unique_id` says so, and any other name is taken for a model. */
    resourceType?: string;
    /** The error message of a node. */
    message?: string;
    /** Column by which old rows are skipped, so that partitions are pruned: a timestamp of when the row was written. */
    createdAt?: string;
  };
  /**
   * Words of the status columns, any case. Every other word of a run counts as failed, of a node as skipped; `skipped`
   * names those for which that is right, so that nobody is warned of them. Defaults: dbt's own and those of the o2c layout.
   */
  statuses?: { succeeded?: string[]; failed?: string[]; running?: string[]; skipped?: string[] };
}

/** Snowflake's own DBT_PROJECT_EXECUTION_HISTORY: no audit tables, seven days. Only with `executeDbtProject`. */
export interface ExecutionHistoryConfig {
  kind: 'execution-history';
}

// --------------------------------------------------------------------------------------------- runner

export type RunnerConfig = ExecuteDbtProjectConfig | ProcedureRunnerConfig;

/** `EXECUTE DBT PROJECT`. https://docs.snowflake.com/en/sql-reference/sql/execute-dbt-project */
export interface ExecuteDbtProjectConfig {
  kind: 'execute-dbt-project';
  /** The dbt project object, up to three parts; missing parts are the deployment's database and schema. */
  object: string;
  /** DBT_VERSION. Default: the object's. */
  dbtVersion?: string;
  /** ENV_VARS; keys are upper case and start with DBT_. Never a secret: the values stand in the generated SQL. */
  envVars?: Record<string, string>;
  /** WRITEBACK. Default: the object's. */
  writeback?: boolean;
}

/** A procedure that takes the project's name and the dbt command line: `CALL <procedure>('<project>', 'dbt build')`. */
export interface ProcedureRunnerConfig {
  kind: 'procedure';
  /** Name of the procedure, up to three parts; `SYSTEM$...` names are left as they are. */
  procedure: string;
}

// ----------------------------------------------------------------------------------------------- jobs

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

// ---------------------------------------------------------------------------------------------- tasks

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

export type Schedule = CronSchedule | IntervalSchedule;

/** https://docs.snowflake.com/en/sql-reference/sql/create-task: `USING CRON <expression> <time zone>`. */
export interface CronSchedule {
  kind: 'cron';
  expression: string;
  timeZone: string;
}

/** `SCHEDULE = '15 MINUTES'`. */
export interface IntervalSchedule {
  kind: 'interval';
  every: number;
  unit: 'SECONDS' | 'MINUTES' | 'HOURS';
}

/** A message through an existing notification integration; the text is sanitised. */
export interface NotificationConfig {
  /** Name of a notification integration the owner role may use. */
  integration: string;
  /** `email` needs recipients. @default webhook */
  kind?: 'webhook' | 'email' | 'queue';
  /** Verified users of the account, for `email`. */
  recipients?: string[];
}

/**
 * `given-up`: what is broken is retried no more. `permanent-error`: because no retry mends it (`permanentErrors`). `stuck`: a run never ended. `suspended`: Snowflake suspended a task after failures.
 * `unreadable`: a task could not read the log.
 */
export type AlertState = 'given-up' | 'permanent-error' | 'stuck' | 'suspended' | 'unreadable';

/** Alerts over the state view and the runs of the tasks. https://docs.snowflake.com/en/user-guide/alerts */
export interface AlertsConfig extends NotificationConfig {
  /** Of what is told. */
  on: AlertState[];
  /** How often is looked. @default every('60 minutes') */
  schedule?: Schedule;
  /** A warehouse that is awake then. Default: none, Snowflake's own compute (EXECUTE MANAGED ALERT). */
  warehouse?: string;
}
