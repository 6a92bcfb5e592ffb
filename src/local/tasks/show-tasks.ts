/**
 * SHOW TASKS and DESCRIBE TASK.
 * https://docs.snowflake.com/en/sql-reference/sql/show-tasks, https://docs.snowflake.com/en/sql-reference/sql/desc-task
 */
import { unsupported } from '../errors';
import type { Session, StatementHandler } from '../engine/contract';
import { TokenReader } from '../sql/token-reader';
import { TIMESTAMP_LTZ, VARCHAR, type ResultColumn, type SqlValue } from '../values';
import { finalizerOf, isRoot } from './graph';
import { likePattern, namedTask } from './named-task';
import { keyOfTask, tasksOf, type Micros, type Task } from './task';

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

function row(task: Task, session: Session): SqlValue[] {
  return Object.values(SHOWN).map((value) => value(task, session));
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
