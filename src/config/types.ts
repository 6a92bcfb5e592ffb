/**
 * The configuration, as it is written in `auto-restart.config.ts`. This file and those of `types/` are the manual: every
 * option is described where it is typed. Values are plain data; the functions in `define.ts` (`cron`, `every`,
 * `auditTables`, ...) only build such values.
 */
import type { JobConfig } from './types/jobs';
import type { RunnerConfig } from './types/runner';
import type { StateConfig } from './types/state';
import type { TaskConfig } from './types/tasks';
import type { AlertsConfig, NotificationConfig } from './types/told';

export type * from './types/state';
export type * from './types/runner';
export type * from './types/jobs';
export type * from './types/tasks';
export type * from './types/schedule';
export type * from './types/told';

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
