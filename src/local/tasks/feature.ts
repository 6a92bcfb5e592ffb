/** Tasks, task graphs, their scheduler, and the functions that move and read the clock. See README.md. */
import { keyOf } from '../catalog/names';
import type { Feature } from '../engine/contract';
import { alterTask } from './alter-task';
import { createTask } from './create-task';
import { dropTask } from './drop-task';
import { executeTask } from './execute-task';
import { taskOwners, transferTasks } from './ownership';
import { install } from './scheduler';
import { showTaskParameters } from './show-task-parameters';
import { describeTask, showTasks } from './show-tasks';
import { ddlOf } from './task-ddl';
import { taskFunctions } from './task-functions';
import { taskDependents } from './task-dependents';
import { taskGraphFunctions } from './task-graph-functions';
import { taskHistory } from './task-history';
import { tasksOf } from './task';
import { timeFunctions, timeProcedures } from './time-functions';

export const tasksFeature: Feature = {
  name: 'tasks',
  install,
  statements: [createTask, alterTask, dropTask, executeTask, showTasks, showTaskParameters, describeTask],
  functions: [...taskFunctions, ...timeFunctions],
  procedures: timeProcedures,
  tableFunctions: [taskHistory, ...taskGraphFunctions, taskDependents],
  objects: [
    {
      kind: 'TASK',
      exists: (name, { account }) => tasksOf(account).get(keyOf(name)) !== undefined,
      ddl: (name, { account }, _signature, qualified) => ddlOf(tasksOf(account).get(keyOf(name))!, qualified),
      owners: taskOwners,
      transfer: transferTasks,
      all: ({ account }) => [...tasksOf(account).values()].map((task) => ({ name: task })),
    },
  ],
};
