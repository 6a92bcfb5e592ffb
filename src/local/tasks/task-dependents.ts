/** TABLE(INFORMATION_SCHEMA.TASK_DEPENDENTS(...)). https://docs.snowflake.com/en/sql-reference/functions/task_dependents */
import { keyOf, qualify } from '../catalog/names';
import type { TableFunction } from '../engine/contract';
import { splitName } from '../sql/token-reader';
import { TIMESTAMP_LTZ, VARCHAR, type SqlType, type SqlValue } from '../values';
import { childrenOf, finalizerOf, membersOf } from './graph';
import { flagArgument, readArguments, textArgument } from './history-arguments';
import { tasksOf, type Task } from './task';
import { invalidTask } from './task-errors';

const DEPENDENTS: [string, SqlType, (task: Task) => SqlValue][] = [
  ['CREATED_ON', TIMESTAMP_LTZ, (task) => BigInt(task.createdOn)],
  ['NAME', VARCHAR, (task) => task.name],
  ['DATABASE_NAME', VARCHAR, (task) => task.database],
  ['SCHEMA_NAME', VARCHAR, (task) => task.schema],
  ['OWNER', VARCHAR, (task) => task.owner],
  ['COMMENT', VARCHAR, (task) => task.properties.comment ?? ''],
  ['WAREHOUSE', VARCHAR, (task) => task.properties.warehouse ?? null],
  ['SCHEDULE', VARCHAR, (task) => task.properties.schedule ?? null],
  ['PREDECESSORS', VARCHAR, (task) => JSON.stringify(task.predecessors)],
  ['STATE', VARCHAR, (task) => (task.started ? 'started' : 'suspended')],
  ['DEFINITION', VARCHAR, (task) => task.definition],
  ['CONDITION', VARCHAR, (task) => task.condition],
];

/** The task itself first; RECURSIVE (the default) goes all the way down. */
export const taskDependents: TableFunction = {
  name: 'TASK_DEPENDENTS',
  columns: DEPENDENTS.map(([name, type]) => ({ name, type })),
  rows: (given, session) => {
    const args = readArguments(given, ['TASK_NAME', 'RECURSIVE'], 'TASK_DEPENDENTS');
    const name = textArgument(args, 'TASK_NAME') ?? '';
    const key = name === '' ? '' : keyOf(qualify(splitName(name), session));
    const tasks = tasksOf(session.account);
    const task = tasks.get(key);
    if (!task)
      throw invalidTask(
        `Invalid value [${name}] for function 'TASK_DEPENDENTS_SCAN', parameter 1: must be a valid task name`,
      );
    const isRecursive = args.RECURSIVE === undefined || flagArgument(args, 'RECURSIVE');
    const direct = [...childrenOf(tasks, key), finalizerOf(tasks, key)].filter((each) => each !== undefined);
    const found = isRecursive ? membersOf(tasks, task) : [task, ...direct];
    return found.map((each) => DEPENDENTS.map(([, , value]) => value(each)));
  },
};
