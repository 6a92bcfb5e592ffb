/**
 * SHOW TASKS, DESCRIBE TASK, SHOW PARAMETERS IN TASK and GET_DDL.
 * https://docs.snowflake.com/en/sql-reference/sql/show-tasks, https://docs.snowflake.com/en/sql-reference/sql/desc-task
 */
import { keyOf, qualify, showIdentifier } from '../catalog/names';
import { doesNotExist, unsupported } from '../errors';
import type { Session, StatementHandler } from '../engine/contract';
import { TokenReader } from '../sql/token-reader';
import { TIMESTAMP_LTZ, VARCHAR, type ResultColumn, type SqlValue } from '../values';
import { finalizerOf, isRoot } from './graph';
import {
  DEFAULT_FAILURES_BEFORE_SUSPENSION,
  DEFAULT_TIMEOUT_MS,
  keyOfTask,
  tasksOf,
  type Micros,
  type Task,
} from './task';

const TIMES = new Set(['created_on', 'last_committed_on', 'last_suspended_on']);

const SHOWN: Record<string, (task: Task, session: Session) => SqlValue> = {
  created_on: (task) => time(task.createdOn),
  name: (task) => task.name,
  id: (task) => task.id,
  database_name: (task) => task.database,
  schema_name: (task) => task.schema,
  owner: (task) => task.owner,
  comment: (task) => task.properties.comment ?? '',
  warehouse: (task) => task.properties.warehouse ?? null,
  schedule: (task) => task.properties.schedule ?? null,
  scheduling_mode: () => null,
  target_completion_interval: (task) => task.properties.targetCompletionInterval ?? null,
  predecessors: (task) => JSON.stringify(task.predecessors),
  state: (task) => (task.started ? 'started' : 'suspended'),
  definition: (task) => task.definition,
  condition: (task) => task.condition,
  allow_overlapping_execution: (task) =>
    String((task.properties.overlapPolicy ?? 'NO_OVERLAP') !== 'NO_OVERLAP'),
  error_integration: (task) => task.properties.errorIntegration ?? 'null',
  success_integration: (task) => task.properties.successIntegration ?? 'null',
  last_committed_on: (task) => time(task.lastCommittedOn),
  last_suspended_on: (task) => time(task.lastSuspendedOn),
  owner_role_type: () => 'ROLE',
  config: (task) => task.properties.config ?? null,
  last_suspended_reason: (task) => task.lastSuspendedReason,
  task_relations: (task, session) => relations(task, session),
  execute_as_user: (task) => task.properties.executeAsUser ?? null,
};

const COLUMNS: ResultColumn[] = Object.keys(SHOWN).map((name) => ({
  name,
  type: TIMES.has(name) ? TIMESTAMP_LTZ : VARCHAR,
}));

export const showTasks: StatementHandler = {
  name: 'SHOW TASKS',
  matches: (tokens) => {
    const words = tokens.slice(0, 3).map(({ value }) => value);
    return words[0] === 'SHOW' && (words[1] === 'TASKS' || (words[1] === 'TERSE' && words[2] === 'TASKS'));
  },
  run: async ({ text, tokens }, session) => {
    const reader = new TokenReader(text, tokens);
    reader.expect('SHOW');
    if (reader.accept('TERSE')) throw unsupported('SHOW TERSE TASKS');
    reader.expect('TASKS');
    const filters = readFilters(reader, session);
    const shown = [...tasksOf(session.account).values()]
      .filter((task) => filters.every((filter) => filter(task)))
      .sort((a, b) => (keyOfTask(a) < keyOfTask(b) ? -1 : 1));
    const { limit, from } = readLimit(reader);
    const rest = from === undefined ? shown : shown.filter(({ name }) => name > from);
    return { columns: COLUMNS, rows: rest.slice(0, limit).map((task) => row(task, session)) };
  },
};

export const describeTask: StatementHandler = {
  name: 'DESCRIBE TASK',
  matches: ([first, second]) =>
    (first?.value === 'DESCRIBE' || first?.value === 'DESC') && second?.value === 'TASK',
  run: async ({ text, tokens }, session) => {
    const reader = new TokenReader(text, tokens);
    reader.at = 2;
    const task = namedTask(reader, session);
    reader.end();
    return { columns: COLUMNS, rows: [row(task, session)] };
  },
};

/** https://docs.snowflake.com/en/sql-reference/sql/show-parameters */
export const showTaskParameters: StatementHandler = {
  name: 'SHOW PARAMETERS IN TASK',
  matches: (tokens) => {
    const words = tokens.map(({ value }) => value);
    const at = words.findIndex((word) => word === 'IN' || word === 'FOR');
    return words[0] === 'SHOW' && words[1] === 'PARAMETERS' && at > 0 && words[at + 1] === 'TASK';
  },
  run: async ({ text, tokens }, session) => {
    const reader = new TokenReader(text, tokens);
    reader.expect('SHOW', 'PARAMETERS');
    const like = reader.accept('LIKE') ? likePattern(reader.string()) : /^/;
    reader.at += 2;
    const { properties } = namedTask(reader, session);
    reader.end();
    const columns = ['key', 'value', 'default', 'level', 'description', 'type'];
    const parameters = parametersOf(properties).filter(([key]) => like.test(key));
    return {
      columns: columns.map((name) => ({ name, type: VARCHAR })),
      rows: parameters.map(([key, value, preset, type]) => [
        ...[key, value ?? preset, preset, value === undefined ? '' : 'TASK'],
        ...['', type],
      ]),
    };
  },
};

function parametersOf(properties: Task['properties']): [string, string | undefined, string, string][] {
  const number = (value: number | undefined) => (value === undefined ? undefined : String(value));
  const session = Object.entries(properties.sessionParameters ?? {});
  return [
    ['SERVERLESS_TASK_MAX_STATEMENT_SIZE', properties.serverlessTaskMaxStatementSize, 'XXLARGE', 'STRING'],
    ['SERVERLESS_TASK_MIN_STATEMENT_SIZE', properties.serverlessTaskMinStatementSize, 'XSMALL', 'STRING'],
    [
      'SUSPEND_TASK_AFTER_NUM_FAILURES',
      number(properties.suspendTaskAfterNumFailures),
      String(DEFAULT_FAILURES_BEFORE_SUSPENSION),
      'NUMBER',
    ],
    ['TASK_AUTO_RETRY_ATTEMPTS', number(properties.taskAutoRetryAttempts), '0', 'NUMBER'],
    [
      'USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE',
      properties.userTaskManagedInitialWarehouseSize,
      'Medium',
      'STRING',
    ],
    ['USER_TASK_TIMEOUT_MS', number(properties.userTaskTimeoutMs), String(DEFAULT_TIMEOUT_MS), 'NUMBER'],
    ...session.map(([key, value]): [string, string, string, string] => [key, value, '', 'STRING']),
  ];
}

type Filter = (task: Task) => boolean;

function readFilters(reader: TokenReader, session: Session): Filter[] {
  const filters: Filter[] = [];
  if (reader.accept('LIKE')) {
    const pattern = likePattern(reader.string());
    filters.push(({ name }) => pattern.test(name));
  }
  filters.push(readScope(reader, session));
  if (reader.accept('STARTS', 'WITH')) {
    const start = reader.string();
    filters.push(({ name }) => name.startsWith(start));
  }
  if (reader.accept('ROOT', 'ONLY')) filters.push(isRoot);
  return filters;
}

function readScope(reader: TokenReader, session: Session): Filter {
  if (!reader.accept('IN')) return inScope(session.database, session.schema);
  if (reader.accept('ACCOUNT')) return () => true;
  if (reader.accept('DATABASE'))
    return inScope(reader.done ? session.database : reader.identifier(), undefined);
  reader.accept('SCHEMA');
  const [schema = session.schema, database = session.database] = reader.done ? [] : reader.name().reverse();
  return inScope(database, schema);
}

function inScope(database: string | undefined, schema: string | undefined): Filter {
  return (task) =>
    (database === undefined || task.database === database) &&
    (schema === undefined || task.schema === schema);
}

function readLimit(reader: TokenReader): { limit?: number; from?: string } {
  const limit = reader.accept('LIMIT') ? reader.integer() : undefined;
  const from = limit !== undefined && reader.accept('FROM') ? reader.string() : undefined;
  reader.end();
  return { limit, from };
}

/** SHOW's LIKE does not mind upper and lower case. */
function likePattern(like: string): RegExp {
  const inside = like
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
  return new RegExp(`^${inside}$`, 'is');
}

function row(task: Task, session: Session): SqlValue[] {
  return Object.values(SHOWN).map((value) => value(task, session));
}

function namedTask(reader: TokenReader, session: Session): Task {
  const key = keyOf(qualify(reader.name(), session));
  const task = tasksOf(session.account).get(key);
  if (!task) throw doesNotExist('Task', key);
  return task;
}

function time(micros: Micros | null): bigint | null {
  return micros === null ? null : BigInt(micros);
}

function relations(task: Task, { account }: Session): string {
  const finalizer = isRoot(task) ? finalizerOf(tasksOf(account), keyOfTask(task)) : undefined;
  return JSON.stringify({
    Predecessors: task.predecessors,
    ...(finalizer && { FinalizerTask: keyOfTask(finalizer) }),
    ...(task.finalizes !== null && { FinalizedRootTask: task.finalizes }),
  });
}

/** For GET_DDL. */
export function ddlOf(task: Task): string {
  const { properties } = task;
  const quote = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const clauses = [
    properties.warehouse !== undefined && `warehouse=${showIdentifier(properties.warehouse)}`,
    properties.userTaskManagedInitialWarehouseSize !== undefined &&
      `user_task_managed_initial_warehouse_size=${quote(properties.userTaskManagedInitialWarehouseSize)}`,
    properties.schedule !== undefined && `schedule=${quote(properties.schedule)}`,
    properties.config !== undefined && `config=${quote(properties.config)}`,
    properties.overlapPolicy !== undefined && `overlap_policy=${properties.overlapPolicy}`,
    ...Object.entries(properties.sessionParameters ?? {}).map(([key, value]) => `${key}=${quote(value)}`),
    properties.userTaskTimeoutMs !== undefined && `user_task_timeout_ms=${properties.userTaskTimeoutMs}`,
    properties.suspendTaskAfterNumFailures !== undefined &&
      `suspend_task_after_num_failures=${properties.suspendTaskAfterNumFailures}`,
    properties.taskAutoRetryAttempts !== undefined &&
      `task_auto_retry_attempts=${properties.taskAutoRetryAttempts}`,
    properties.errorIntegration !== undefined && `error_integration=${properties.errorIntegration}`,
    properties.successIntegration !== undefined && `success_integration=${properties.successIntegration}`,
    properties.comment !== undefined && `comment=${quote(properties.comment)}`,
    task.finalizes !== null && `finalize=${task.finalizes}`,
    task.predecessors.length > 0 && `after ${task.predecessors.join(', ')}`,
    properties.executeAsUser !== undefined && `execute as user ${showIdentifier(properties.executeAsUser)}`,
    task.condition !== null && `when ${task.condition}`,
  ].filter((clause) => clause !== false);
  return [`create or replace task ${showIdentifier(task.name)}`, ...clauses, `as ${task.definition};`].join(
    '\n\t',
  );
}
