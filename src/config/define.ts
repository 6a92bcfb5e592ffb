/**
 * What `auto-restart.config.ts` is written with. Each function only builds the plain value that `types.ts`
 * describes; nothing is checked here, so that all problems of a config can be reported at once.
 */
import type {
  AuditTablesConfig,
  Config,
  CronSchedule,
  DbtCommand,
  EnvironmentsConfig,
  ExecuteDbtProjectConfig,
  ExecutionHistoryConfig,
  IntervalSchedule,
  PlainDbtRun,
  ProcedureRunnerConfig,
} from './types';

/** The default export of `auto-restart.config.ts`; with `environments`, `deployments` may be a function of `{ env }`. */
export function defineConfig<Input extends Config>(config: Input): Input;
export function defineConfig<const Env extends string>(
  config: EnvironmentsConfig<Env>,
): EnvironmentsConfig<Env>;
export function defineConfig(config: unknown): unknown {
  return config;
}

/** State is read from run logs that dbt hooks write. */
export function auditTables(options: Omit<AuditTablesConfig, 'kind'>): AuditTablesConfig {
  return { kind: 'audit-tables', ...options };
}

/** State is read from Snowflake's DBT_PROJECT_EXECUTION_HISTORY (seven days). Only with `executeDbtProject`. */
export function executionHistory(): ExecutionHistoryConfig {
  return { kind: 'execution-history' };
}

/** dbt is started with EXECUTE DBT PROJECT. https://docs.snowflake.com/en/sql-reference/sql/execute-dbt-project */
export function executeDbtProject(options: Omit<ExecuteDbtProjectConfig, 'kind'>): ExecuteDbtProjectConfig {
  return { kind: 'execute-dbt-project', ...options };
}

/** dbt is started with `CALL <procedure>('<project>', '<dbt command line>')`. */
export function procedureRunner(procedure: string): ProcedureRunnerConfig {
  return { kind: 'procedure', procedure };
}

/**
 * `cron('0 6 * * *', 'UTC')`: minute, hour, day of month, month, day of week.
 * https://docs.snowflake.com/en/sql-reference/sql/create-task
 * @param timeZone an IANA name
 */
export function cron(expression: string, timeZone = 'UTC'): CronSchedule {
  return { kind: 'cron', expression, timeZone };
}

const INTERVAL = /^\s*(\d+)\s*(seconds?|minutes?|hours?)\s*$/i;

/**
 * `every('15 minutes')`; the units are seconds (from 10), minutes and hours, up to eight days.
 * A text of another form becomes an interval that the config check refuses, with the text.
 */
export function every(interval: string): IntervalSchedule {
  const [, amount, unit] = INTERVAL.exec(interval) ?? [];
  if (amount === undefined || unit === undefined) {
    return { kind: 'interval', every: Number.NaN, unit: interval as IntervalSchedule['unit'] };
  }
  const plural = `${unit.toUpperCase().replace(/S$/, '')}S` as IntervalSchedule['unit'];
  return { kind: 'interval', every: Number(amount), unit: plural };
}

/** A plain dbt run for a task's `run`: not restarted. `dbt('dbt_o2c_enhanced', { command: 'test' })` */
export function dbt(project: string, command: DbtCommand = {}): PlainDbtRun {
  return { project, dbt: command };
}
