/** Functions that a task's body and WHEN may call. They answer from the run that the session belongs to. */
import { doesNotExist } from '../errors';
import type { Session, SystemFunction, TaskRunContext } from '../engine/contract';
import { keyOf, qualify } from '../catalog/names';
import { splitName } from '../sql/token-reader';
import { VARCHAR, type SqlValue, type TypedValue } from '../values';
import { resumeGraph } from './alter-task';
import { requireSuspendedRoot } from './graph';
import { configValue } from './graph-config';
import { schedulerOf } from './scheduler';
import { invalidTask, invalidValue, notInTask } from './task-errors';
import { keyOfTask, tasksOf } from './task';

const MOST_RETURN_VALUE_BYTES = 10_240;

/** https://docs.snowflake.com/en/sql-reference/functions/system_set_return_value */
const setReturnValue: SystemFunction = {
  name: 'SYSTEM$SET_RETURN_VALUE',
  returns: VARCHAR,
  call: (args, session) => {
    const run = runOf(session, 'SYSTEM$SET_RETURN_VALUE');
    const value = textArgument(args, 0, 'SYSTEM$SET_RETURN_VALUE');
    if (Buffer.byteLength(value, 'utf8') > MOST_RETURN_VALUE_BYTES)
      throw invalidTask(`The return value of a task cannot be longer than ${MOST_RETURN_VALUE_BYTES} bytes.`);
    run.returnValue = value;
    return null;
  },
};

/** https://docs.snowflake.com/en/sql-reference/functions/system_get_predecessor_return_value */
const getPredecessorReturnValue: SystemFunction = {
  name: 'SYSTEM$GET_PREDECESSOR_RETURN_VALUE',
  returns: VARCHAR,
  call: (args, session) => {
    const run = runOf(session, 'SYSTEM$GET_PREDECESSOR_RETURN_VALUE');
    const name =
      args.length > 0 ? textArgument(args, 0, 'SYSTEM$GET_PREDECESSOR_RETURN_VALUE') : onlyPredecessor(run);
    if (!Object.hasOwn(run.predecessorReturnValues, name))
      throw invalidTask(`Task ${run.taskName} has no enabled predecessor ${name}.`);
    return run.predecessorReturnValues[name] ?? null;
  },
};

function onlyPredecessor({ taskName, predecessors = [] }: TaskRunContext): string {
  if (predecessors.length === 1) return predecessors[0]!;
  throw invalidTask(
    `Task ${taskName} has ${predecessors.length} enabled predecessors: the name of one has to be given.`,
  );
}

/** https://docs.snowflake.com/en/sql-reference/functions/system_get_task_graph_config */
const getTaskGraphConfig: SystemFunction = {
  name: 'SYSTEM$GET_TASK_GRAPH_CONFIG',
  returns: VARCHAR,
  call: (args, session) => {
    const { config } = runOf(session, 'SYSTEM$GET_TASK_GRAPH_CONFIG');
    if (config === undefined) return null;
    if (args.length === 0) return config;
    const path = textArgument(args, 0, 'SYSTEM$GET_TASK_GRAPH_CONFIG');
    return configValue(config, path);
  },
};

/** https://docs.snowflake.com/en/sql-reference/functions/system_task_runtime_info */
const taskRuntimeInfo: SystemFunction = {
  name: 'SYSTEM$TASK_RUNTIME_INFO',
  returns: VARCHAR,
  call: (args, session) => {
    const run = runOf(session, 'SYSTEM$TASK_RUNTIME_INFO');
    const asked = textArgument(args, 0, 'SYSTEM$TASK_RUNTIME_INFO').toUpperCase();
    const answer = RUNTIME_INFO[asked];
    if (!answer) throw invalidValue(asked, 'SYSTEM$TASK_RUNTIME_INFO');
    return answer(run);
  },
};

const RUNTIME_INFO: Record<string, (run: TaskRunContext) => string | null> = {
  CURRENT_TASK_NAME: (run) => run.taskName,
  CURRENT_ROOT_TASK_NAME: (run) => run.rootTaskName,
  CURRENT_ROOT_TASK_UUID: (run) => run.rootTaskId ?? null,
  CURRENT_TASK_GRAPH_RUN_GROUP_ID: (run) => run.runGroupId,
  CURRENT_TASK_GRAPH_ORIGINAL_SCHEDULED_TIMESTAMP: (run) => timestampText(run.scheduledAt),
  LAST_SUCCESSFUL_TASK_GRAPH_RUN_GROUP_ID: (run) => run.lastSuccess?.runGroupId ?? null,
  LAST_SUCCESSFUL_TASK_GRAPH_ORIGINAL_SCHEDULED_TIMESTAMP: (run) =>
    run.lastSuccess ? timestampText(run.lastSuccess.scheduledAt) : null,
};

/** A text that casts to every kind of timestamp: `2026-03-01 06:00:00.000 Z`. */
function timestampText(micros: bigint): string {
  return new Date(Number(micros / 1000n)).toISOString().replace('T', ' ').replace('Z', ' Z');
}

/** https://docs.snowflake.com/en/sql-reference/functions/system_current_user_task_name */
const currentUserTaskName: SystemFunction = {
  name: 'SYSTEM$CURRENT_USER_TASK_NAME',
  returns: VARCHAR,
  call: (_args, session) => runOf(session, 'SYSTEM$CURRENT_USER_TASK_NAME').taskName,
};

/** https://docs.snowflake.com/en/sql-reference/functions/system_task_dependents_enable */
const taskDependentsEnable: SystemFunction = {
  name: 'SYSTEM$TASK_DEPENDENTS_ENABLE',
  returns: VARCHAR,
  call: async (args, session) => {
    const task = taskArgument(args, session, 'SYSTEM$TASK_DEPENDENTS_ENABLE');
    requireSuspendedRoot(tasksOf(session.account), task);
    await resumeGraph(session, task);
    return `Task ${task.name} and all its dependents have been resumed.`;
  },
};

/** https://docs.snowflake.com/en/sql-reference/functions/system_user_task_cancel_ongoing_executions */
const cancelOngoingExecutions: SystemFunction = {
  name: 'SYSTEM$USER_TASK_CANCEL_ONGOING_EXECUTIONS',
  returns: VARCHAR,
  call: (args, session) => {
    const task = taskArgument(args, session, 'SYSTEM$USER_TASK_CANCEL_ONGOING_EXECUTIONS');
    const key = keyOfTask(task);
    const ongoing = [...schedulerOf(session.account).active].filter(
      (graph) => keyOfTask(graph.root) === key || [...graph.running].some(({ run }) => run.task === key),
    );
    for (const graph of ongoing) graph.cancel(key);
    return ongoing.length > 0
      ? `Cancelled ongoing executions of task ${key}.`
      : `No ongoing executions of task ${key}.`;
  },
};

function runOf(session: Session, name: string): TaskRunContext {
  if (!session.task) throw notInTask(name);
  return session.task;
}

function textArgument(args: readonly TypedValue[], index: number, name: string): string {
  const value: SqlValue | undefined = args[index]?.value;
  if (typeof value !== 'string') throw invalidValue(String(value ?? 'NULL'), name);
  return value;
}

function taskArgument(args: readonly TypedValue[], session: Session, name: string) {
  const key = keyOf(qualify(splitName(textArgument(args, 0, name)), session));
  const task = tasksOf(session.account).get(key);
  if (!task) throw doesNotExist('Task', key);
  return task;
}

export const taskFunctions: SystemFunction[] = [
  setReturnValue,
  getPredecessorReturnValue,
  getTaskGraphConfig,
  taskRuntimeInfo,
  currentUserTaskName,
  taskDependentsEnable,
  cancelOngoingExecutions,
];
