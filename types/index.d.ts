// The public API. Made from src/index.ts by `make generate`; not to be edited.

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
  recordFailure?:
    | boolean
    | {
        values: Record<string, string>;
      };
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
declare const LAYOUT_NAMES: readonly ['o2c', 'elementary', 'dbt_artifacts'];
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
  where?: {
    environment?: string;
  };
  /** Time zone of each time column, an IANA name. Default UTC. */
  zones?: {
    startedAt?: string;
    endedAt?: string;
  };
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
  statuses?: {
    succeeded?: string[];
    failed?: string[];
    running?: string[];
    skipped?: string[];
  };
}
/** Snowflake's own DBT_PROJECT_EXECUTION_HISTORY: no audit tables, seven days. Only with `executeDbtProject`. */
export interface ExecutionHistoryConfig {
  kind: 'execution-history';
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
/** The default export of `auto-restart.config.ts`; with `environments`, `deployments` may be a function of `{ env }`. */
export declare function defineConfig<Input extends Config>(config: Input): Input;
export declare function defineConfig<const Env extends string>(
  config: EnvironmentsConfig<Env>,
): EnvironmentsConfig<Env>;
/** State is read from run logs that dbt hooks write. */
export declare function auditTables(options: Omit<AuditTablesConfig, 'kind'>): AuditTablesConfig;
/** State is read from Snowflake's DBT_PROJECT_EXECUTION_HISTORY (seven days). Only with `executeDbtProject`. */
export declare function executionHistory(): ExecutionHistoryConfig;
/** dbt is started with EXECUTE DBT PROJECT. https://docs.snowflake.com/en/sql-reference/sql/execute-dbt-project */
export declare function executeDbtProject(
  options: Omit<ExecuteDbtProjectConfig, 'kind'>,
): ExecuteDbtProjectConfig;
/** dbt is started with `CALL <procedure>('<project>', '<dbt command line>')`. */
export declare function procedureRunner(procedure: string): ProcedureRunnerConfig;
/**
 * `cron('0 6 * * *', 'UTC')`: minute, hour, day of month, month, day of week.
 * https://docs.snowflake.com/en/sql-reference/sql/create-task
 * @param timeZone an IANA name
 */
export declare function cron(expression: string, timeZone?: string): CronSchedule;
/**
 * `every('15 minutes')`; the units are seconds (from 10), minutes and hours, up to eight days.
 * A text of another form becomes an interval that the config check refuses, with the text.
 */
export declare function every(interval: string): IntervalSchedule;
/** A plain dbt run for a task's `run`: not restarted. `dbt('dbt_o2c_enhanced', { command: 'test' })` */
export declare function dbt(project: string, command?: DbtCommand): PlainDbtRun;
/** A DAG as a person writes it: names, what depends on what, and little else. */
export interface ShortDag {
  /** Name of the dbt project. */
  project: string;
  /** The project's version. */
  version?: string;
  nodes: ShortNode[];
  /** selectors.yml, by name. https://docs.getdbt.com/reference/node-selection/yaml-selectors */
  selectors?: Record<
    string,
    {
      [key: string]: unknown;
      definition: string | Record<string, unknown>;
      default?: boolean;
    }
  >;
}
export interface ShortNode {
  /** Unique in the list. */
  name: string;
  /** Names of its parents. */
  dependsOn?: string[];
  tags?: string[];
  /** @default model */
  type?: 'model' | 'seed' | 'snapshot' | 'test' | 'source';
  /** In the project; its folders are part of the fqn. @default models/<name>.sql */
  path?: string;
  /** The package it comes from. @default the project */
  package?: string;
  /** @default table */
  materialized?: string;
  /** How long it takes. @default 10 for a model or a snapshot, 2 for a seed, 1 for a test */
  seconds?: number;
  /** Of a test. @default error */
  severity?: 'error' | 'warn';
  /** Names of its tests, or more about them; a further parent of a test stands in `dependsOn`. */
  tests?: (string | ShortTest)[];
}
export interface ShortTest {
  name: string;
  /** @default error */
  severity?: 'error' | 'warn';
  dependsOn?: string[];
  tags?: string[];
  seconds?: number;
}
/** How hooks write, as a person says it of a log. */
/**
 * - `on-run-end`: every node's result is logged, and the run's status is right
 * - `post-hook`: the way many projects log by mistake: a row for each success only, and a status counted from the rows
 *   of failures, which never come, so it says SUCCESS
 * - `none`: nothing is logged
 */
export type HookMode = 'on-run-end' | 'post-hook' | 'none';
/** In which manner hooks that a team wrote by hand fill their tables; what is left out is the first of each. */
export interface Manner {
  /** One row that is inserted at the start and updated at the end; one for each; one at the end. */
  rows?: 'updated' | 'start-and-end' | 'end';
  nodeRows?: 'end' | 'start-and-end';
  /** dbt's invocation_id, a number, or one for all runs of a day. */
  ids?: 'invocation' | 'number' | 'day';
  /** The type of the time columns where the tables are made for the rehearsal; else what stands in text and numbers. */
  times?: 'ntz' | 'ltz' | 'tz' | 'text' | 'text-with-offset' | 'seconds' | 'milliseconds' | 'date';
  /** Of a node: its name, dbt's unique id, `{{ this }}`, its name in capitals. */
  names?: 'name' | 'unique-id' | 'relation' | 'capitals';
  /** Between the values of --select, or all of them as JSON or as Python prints a list. */
  selections?: 'commas' | 'spaces' | 'json' | 'python';
  /** What the command column holds: `build`, or `dbt build --select a`. */
  commands?: 'word' | 'line';
  /** Words of the status columns as mapped, in capitals, with blanks around them; or TRUE, FALSE and NULL. */
  statuses?: 'words' | 'capitals' | 'padded' | 'boolean';
  /** Rows of hooks among those of nodes: `operation.shop.shop-on-run-end-0`. */
  operations?: boolean;
  /** Further columns of the table of runs, NOT NULL, and what the hooks write there. */
  required?: Record<string, string>;
  /** The tables are views over others, which the hooks write. */
  views?: boolean;
}
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
declare const MODES: readonly ['AUTO', 'FULL_BUILD', 'RETRY_ONLY', 'PLAN'];
export type Mode = (typeof MODES)[number];
declare const ACTIONS: readonly ['FULL_BUILD', 'SELECTIVE_RETRY', 'SKIP', 'NOTHING', 'DBT', 'RAISED'];
export type Action = (typeof ACTIONS)[number];
declare const OUTCOMES: readonly [
  'SUCCEEDED',
  'FAILED',
  'FAILED_AND_AUTO_SUSPENDED',
  'CANCELLED',
  'SKIPPED',
  'EXECUTING',
];
export type Outcome = (typeof OUTCOMES)[number];
/** A step by the fields that matter; a text may be a pattern: `{ action: 'SELECTIVE_RETRY', message: /dm_o2c_orders/ }`. */
export type Expected = {
  [Field in keyof Step]?: Step[Field] | (string extends Step[Field] ? RegExp : never);
};
/** All that is named must hold. */
export interface Expectations {
  /** Every step, in order. */
  steps?: Expected[];
  /** Every step of a task, in order. */
  tasks?: Record<string, Expected[]>;
  /** How many steps are like that. */
  counts?: Count[];
  /** No step is like that. */
  never?: Expected[];
  /** No two runs of dbt at the same time: of these tasks, or (`true`) of anything. */
  oneAtATime?: true | string[];
  /** Every message that was sent, in order: its text, or a pattern of it. */
  messages?: (string | RegExp)[];
  /** What a query answers at the end, in the deployment's schema, or how it is refused. */
  queries?: Query[];
}
export interface Count {
  of: Expected;
  /** Exactly so many; or a bound, or two. */
  is?: number;
  atLeast?: number;
  atMost?: number;
}
export interface Query {
  sql: string;
  /** Row by row. Numbers are compared as numbers, everything else as its text. */
  rows?: (string | number | boolean | null)[][];
  /** In place of rows: the error it ends with, on one line. */
  error?: string | RegExp;
  /** A role that the config grants to asks. @default the role that owns the deployment */
  role?: string;
}
export interface Summary {
  /** Runs of tasks and statements of operators that did something: skipped ones are not among them. */
  runs: number;
  fullBuilds: number;
  retries: number;
  failures: number;
  /** Models that the retries did not have to run, against building everything again each time. */
  modelRunsSaved: number;
  /** Calls of tasks that only retry, or only plan, which found nothing to do. */
  looks: number;
  /** Minutes for which they kept a warehouse awake: one at least for each that found nothing else running. */
  lookMinutes: number;
}
export interface Rehearsal {
  /** One sentence: what it shows. */
  title: string;
  /** Name of a deployment of the config. */
  deployment: string;
  /** The dbt projects of the deployment's jobs: DAGs in the short form, or paths of a manifest.json below the config. */
  projects: (
    | ShortDag
    | {
        manifest: string;
      }
  )[];
  /** When it starts: `2026-01-05T00:00:00Z`, or with another offset, `+01:00`. To the second. */
  start: string;
  /** When it ends: what runs then is shown as it stands. */
  end: string;
  /** The root tasks that are started, with their children; every other task is suspended. @default those the deployment starts */
  tasks?: string[];
  /**
   * What dbt's hooks log: all results, only successes (the broken way), nothing; and for a layout of the user's own, in
   * which manner: a row for the start and one for the end, numbers for ids, times of other types. @default on-run-end
   */
  hooks?:
    | HookMode
    | ({
        mode?: HookMode;
      } & Manner);
  /** What happens from outside, in any order. */
  events?: RehearsalEvent[];
  /** Every step, in order, by the fields that matter; or what must hold of them. Left out, nothing is expected. */
  expect?: Expected[] | Expectations;
}
/**
 * What goes wrong, or is done by somebody. `at` is a moment between the rehearsal's start and end; what the schedule has
 * at the same moment comes first.
 */
export type RehearsalEvent =
  /** The node fails in its next run, in so many (`times`), or in all until a moment; `error`: Snowflake's words, `000904 (42000): ...`. */
  | {
      at: string;
      fail: string;
      times?: number;
      error?: string;
    }
  | {
      at: string;
      fail: string;
      until: string;
      error?: string;
    }
  /** dbt dies before the node ends; with an empty name before its first hook. */
  | {
      at: string;
      crash: string;
      times?: number;
    }
  | {
      at: string;
      crash: string;
      until: string;
    }
  /** The same in certain runs of dbt that a task starts, counted from 1 since `at`. @default at the start */
  | {
      at?: string;
      fail: string;
      task: string;
      inRun: number | number[];
      error?: string;
    }
  | {
      at?: string;
      crash: string;
      task: string;
      inRun: number | number[];
    }
  /** Each run of the node (`*` for any) fails with this probability, the same way in every rehearsal of one seed. */
  | {
      at: string;
      failRate: string;
      probability: number;
      seed: number;
      until?: string;
    }
  /** The model is deployed away, with its tests. */
  | {
      at: string;
      remove: string;
    }
  /** An operator suspends or resumes a task. */
  | {
      at: string;
      suspend: string;
    }
  | {
      at: string;
      resume: string;
    }
  /**
   * Any statement, as an operator types it, in a session of its own: a CALL, an UPDATE of the log. With `role`, a role that the
   * config grants to: it may do what was granted to it and nothing else. @default the role that owns the deployment
   */
  | {
      at: string;
      run: string;
      role?: string;
    }
  /** The deployment of this name is applied: a change of policy in the middle. */
  | {
      at: string;
      apply: string;
    };
/** What a rehearsal has shown. */
export interface Rehearsed {
  name: string;
  title: string;
  /** Whether all happened as expected. */
  ok: boolean;
  steps: Step[];
  /** Where the steps differ from what was expected, one sentence each. */
  differences: string[];
  /** Of what it was played. */
  start: string;
  end: string;
  /** Every task of the deployments that were applied, in their order, by name. */
  tasks: string[];
  /** In the order in which they happened. */
  events: Happened[];
  /** What somebody was told: by alerts, and by the procedure where the config has a notification. */
  messages: Message[];
  summary: Summary;
}
/** A message as it left through an integration. */
export interface Message {
  /** `2026-01-05 06:30`, UTC. */
  at: string;
  integration: string;
  text: string;
}
/** An event as people read it. */
export interface Happened {
  at: string;
  kind: 'fail' | 'failRate' | 'crash' | 'remove' | 'suspend' | 'resume' | 'run' | 'apply';
  /** The task it is about; `null` when it is about all. */
  task: string | null;
  /** `dm_o2c_orders fails in its next 3 runs`. */
  text: string;
}
/** Types a rehearsal; changes nothing. */
export declare function defineRehearsal(rehearsal: Rehearsal): Rehearsal;
/**
 * The one error this product throws on purpose.
 *
 * `message` says what is wrong and with which value, in lower case and without a full stop; `where` names
 * the place (a config path, a file and line); `hint` says what to do. Only `src/cli` prints errors and turns
 * `code` into an exit code.
 */
export declare class AutoRestartError extends Error {
  readonly code: ErrorCode;
  readonly where: string | undefined;
  readonly hint: string | undefined;
  constructor(
    code: ErrorCode,
    message: string,
    details?: {
      where?: string;
      hint?: string;
      cause?: unknown;
    },
  );
}
/**
 * - `REQUEST`: arguments or config are wrong
 * - `REFUSED`: valid, but it must not be done now: stale files, a missing consent
 * - `FAILED`: it was tried and did not work
 * - `CONNECTION`: no connection, or not authorised
 *
 * The exit code of each stands in `cli/output/exit-codes`.
 */
export type ErrorCode = 'REQUEST' | 'REFUSED' | 'FAILED' | 'CONNECTION';
export interface ConfigProblem {
  /** Config path, `deployments.o2c.tasks.O2C_DAILY_BUILD.schedule`; empty for the config itself. */
  where: string;
  /** What is wrong, with the value; lower case, no full stop. */
  message: string;
  /** What to do. */
  hint?: string;
}
/** The one error of a wrong config: it carries every problem that was found, in the order of the config. */
export declare class ConfigProblems extends AutoRestartError {
  readonly problems: readonly ConfigProblem[];
  constructor(problems: readonly ConfigProblem[]);
}
export interface Deployment {
  name: string;
  /** The repository, as its marks name it. */
  app: string | null;
  /** The environment; `null` where the config declares none. */
  env: string | null;
  connection: {
    name: string | null;
    account: string | null;
    role: string | null;
  };
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
  zones: {
    startedAt: string;
    endedAt: string;
  };
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
    tables: {
      table: ObjectName;
      resourceType: string | null;
    }[];
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
  statuses: {
    succeeded: string[];
    failed: string[];
    running: string[];
    skipped: string[];
  };
  /** Whether a failed run can be written down in this log (a status column to set). */
  recordable: boolean;
  /** The word that marks a failed run in this log. */
  failedStatus: string;
}
export type Runner = ExecuteDbtProjectRunner | ProcedureRunner;
export interface ExecuteDbtProjectRunner {
  kind: 'execute-dbt-project';
  object: ObjectName;
  dbtVersion: string | null;
  envVars: {
    name: string;
    value: string;
  }[];
  writeback: boolean | null;
}
export interface ProcedureRunner {
  kind: 'procedure';
  /** A procedure of a schema, or one of Snowflake's own: `{ system: 'SYSTEM$DBT_RUN' }`. */
  procedure:
    | ObjectName
    | {
        system: string;
      };
}
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
    | {
        kind: 'call';
        job: string;
        project: string;
        mode: ProcedureMode;
      }
    | {
        kind: 'dbt';
        project: string;
        command: string;
      };
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
/**
 * The deployments of one environment.
 * @param config what `auto-restart.config.ts` exports, its `deployments` called; of any type, it is checked here
 * @param env `null` where the config declares no environments
 * @returns the deployments in the order of the config, frozen
 * @throws ConfigProblems with every problem, none twice
 */
export declare function resolveDeployments(config: unknown, env?: string | null): Deployment[];
/** Why an object is there is in `why`; `lock`, `unlock` and `start` are only for whoever runs them all by hand. */
export interface Statement {
  /** Stable name of what it makes: `procedure:EDW.O2C_AUDIT.RUN_DBT_AUTO_RESTART`, `graph:EDW.O2C_AUDIT.O2C_DAILY_BUILD`. */
  id: string;
  kind: 'lock' | 'procedure' | 'view' | 'graph' | 'table' | 'alert' | 'start' | 'grant' | 'unlock';
  /** Qualified name of the object, as it stands in SQL; a procedure with its types. */
  object: string;
  /** Generated file that holds it, relative to the deployment's folder. */
  file: string;
  /** One statement, without the closing semicolon. */
  sql: string;
  /** One line for people: what it does and why. */
  why: string;
  /** Short hash that ends the object's COMMENT; `null` where there is no comment. */
  fingerprint: string | null;
  /** Of a graph only: its tasks, the root first. */
  tasks?: TaskStatement[];
  /** Of an alert only, as those of a task; `IF` and `THEN` are its condition and action. */
  properties?: Record<string, string | null>;
  /** Of a grant only. */
  grant?: GrantFacts;
}
/** One task of a graph's block: what the plan compares with the account. */
export interface TaskStatement {
  name: ObjectName;
  /** Name of the root of its graph; its own for a root. */
  root: string;
  /** Its CREATE OR ALTER TASK. */
  sql: string;
  fingerprint: string;
  initialState: 'started' | 'suspended';
  /** By Snowflake's names of the properties, as it shows them; `null` for one that is not set. COMMENT is without the mark. */
  properties: Record<string, string | null>;
}
export interface GrantFacts {
  privilege: string;
  /** `DATABASE`, `SCHEMA`, `VIEW`, `PROCEDURE`, `TASK`, `DBT PROJECT`. */
  on: string;
  /** Qualified, as it stands in SQL; a procedure with its types. */
  name: string;
  /** As Snowflake stores it. */
  role: string;
}
export interface RenderedDeployment {
  deployment: string;
  /** The deployment's folder below `generated/`: `o2c`, `prod/o2c`. */
  folder: string;
  /** In apply order. */
  statements: Statement[];
  /** Every generated file, path relative to `generated/<folder>/`, in path order. */
  files: Record<string, string>;
}
export interface Templates {
  /**
   * @param name path below `templates/` without `.hbs`: `task-graph`, `decision/chain`
   * @param data what the template names; a name that is missing is an error
   */
  render(name: string, data: object): string;
}
/** @param templates default: the package's own */
export declare function renderDeployment(deployment: Deployment, templates?: Templates): RenderedDeployment;

export {};
