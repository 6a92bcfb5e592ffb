/**
 * SHOW TASKS and DESCRIBE TASK.
 * https://docs.snowflake.com/en/sql-reference/sql/show-tasks, https://docs.snowflake.com/en/sql-reference/sql/desc-task
 */
import type { Session, StatementHandler } from '../engine/contract';
import { listed, readFilter } from '../catalog/show-filters';
import { visible } from '../engine/privileges';
import { TokenReader } from '../sql/token-reader';
import { TIMESTAMP_LTZ, VARCHAR, type ResultColumn, type SqlValue } from '../values';
import { finalizerOf, isRoot } from './graph';
import { namedTask } from './named-task';
import { keyOfTask, tasksOf, type Micros, type Task } from './task';

const TIMES = new Set(['created_on', 'last_committed_on', 'last_suspended_on']);

/** The columns, in the order in which accounts give them. */
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
  predecessors: (task) => JSON.stringify(task.predecessors),
  state: (task) => (task.started ? 'started' : 'suspended'),
  definition: (task) => task.definition,
  condition: (task) => task.condition,
  allow_overlapping_execution: (task) =>
    isRoot(task) ? String(task.properties.overlapPolicy === 'ALLOW_CHILD_OVERLAP') : 'null',
  error_integration: (task) => task.properties.errorIntegration ?? 'null',
  last_committed_on: (task) => time(task.lastCommittedOn),
  last_suspended_on: (task) => time(task.lastSuspendedOn),
  owner_role_type: () => 'ROLE',
  config: (task) => task.properties.config ?? null,
  task_relations: (task, session) => relations(task, session),
  last_suspended_reason: (task) => task.lastSuspendedReason,
  success_integration: (task) => task.properties.successIntegration ?? 'null',
  scheduling_mode: () => null,
  target_completion_interval: (task) => task.properties.targetCompletionInterval ?? null,
  execute_as_user: (task) => task.properties.executeAsUser ?? null,
  overlap_policy: (task) => (isRoot(task) ? (task.properties.overlapPolicy ?? 'NO_OVERLAP') : null),
  created_by_user: (task) => task.createdBy,
};

const TERSE: typeof SHOWN = {
  ...{ created_on: SHOWN.created_on!, name: SHOWN.name!, kind: () => null },
  ...{ database_name: SHOWN.database_name!, schema_name: SHOWN.schema_name!, schedule: SHOWN.schedule! },
};

function columnsOf(shown: typeof SHOWN): ResultColumn[] {
  return Object.keys(shown).map((name) => ({ name, type: TIMES.has(name) ? TIMESTAMP_LTZ : VARCHAR }));
}

export const showTasks: StatementHandler = {
  name: 'SHOW TASKS',
  matches: (tokens) => {
    const words = tokens.slice(0, 3).map(({ value }) => value);
    return words[0] === 'SHOW' && (words[1] === 'TASKS' || (words[1] === 'TERSE' && words[2] === 'TASKS'));
  },
  run: async ({ text, tokens }, session) => {
    const reader = new TokenReader(text, tokens);
    reader.expect('SHOW');
    const columns = reader.accept('TERSE') ? TERSE : SHOWN;
    reader.expect('TASKS');
    const filter = readFilter(reader, session, 'TASKS');
    const isListed = reader.accept('ROOT', 'ONLY') ? isRoot : () => true;
    const isVisible = visible(session, 'TASK');
    const all = [...tasksOf(session.account).values()].filter(
      (task) => isListed(task) && isVisible(keyOfTask(task)),
    );
    const shown = listed(all, filter, reader);
    return { columns: columnsOf(columns), rows: shown.map((task) => row(columns, task, session)) };
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
    return { columns: columnsOf(SHOWN), rows: [row(SHOWN, task, session)] };
  },
};

function row(shown: typeof SHOWN, task: Task, session: Session): SqlValue[] {
  return Object.values(shown).map((value) => value(task, session));
}

function time(micros: Micros | null): bigint | null {
  return micros === null ? null : BigInt(micros);
}

function relations(task: Task, { account }: Session): string {
  const finalizer = isRoot(task) ? finalizerOf(tasksOf(account), keyOfTask(task)) : undefined;
  return JSON.stringify({
    ...(task.finalizes !== null && { FinalizedRootTask: task.finalizes }),
    Predecessors: task.predecessors,
    ...(finalizer && { FinalizerTask: keyOfTask(finalizer) }),
  });
}
