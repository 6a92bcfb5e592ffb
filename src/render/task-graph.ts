/**
 * A task graph -> one anonymous block that creates or alters its tasks and leaves every task in the state it was in.
 * https://docs.snowflake.com/en/sql-reference/sql/create-task, https://docs.snowflake.com/en/user-guide/tasks-graphs
 */
import type { Schedule } from '../config/types';
import type { Deployment, Task, TaskGraph } from '../model/deployment';
import { unfilledMark, stamp } from './fingerprint';
import type { Statement } from './statement';
import { identifier, qualified } from '../sql-text';
import { taskBody } from './task-body';
import type { Templates } from './templates';

/** @param file generated file that holds the statement */
export function renderTaskGraph(
  graph: TaskGraph,
  deployment: Deployment,
  templates: Templates,
  file: string,
): Statement {
  const [root, ...children] = [graph.root, ...graph.children].map((task, at) =>
    taskData(task, at + 1, deployment),
  );
  const text = templates.render('task-graph', {
    schema: [graph.root.name.database, graph.root.name.schema].map(identifier).join('.'),
    root,
    children,
    tasks: [root, ...children],
    rootLast: [...children, root],
    rootFirstReversed: [root, ...children].reverse(),
  });
  const { sql, fingerprint } = stamp(text.trim());
  const object = qualified(graph.root.name);
  return { id: `graph:${object}`, kind: 'graph', object, file, sql, why: why(graph), fingerprint };
}

function why({ root, children }: TaskGraph): string {
  const follow = children.map((child) => child.name.name).join(', ');
  return `task ${root.name.name}${follow === '' ? '' : `, followed by ${follow}`}; a suspended task stays suspended`;
}

function taskData(task: Task, number: number, deployment: Deployment): object {
  return {
    ...task,
    number,
    isRoot: task.after.length === 0,
    schedule: task.schedule && scheduleText(task.schedule),
    comment: `${task.comment === '' ? purpose(task.action) : task.comment} ${unfilledMark(deployment)}`,
    builtBy: task.onlyIfBuilt.flatMap(({ name }) => BUILT.map((range) => ({ task: name, ...range }))),
    body: taskBody(task.action, deployment),
  };
}

/** The COMMENT of a task that has none of its own. */
function purpose(action: Task['action']): string {
  return action.kind === 'call'
    ? `dbt project ${action.project}, job ${action.job}, ${action.mode}`
    : `dbt project ${action.project}, plain dbt ${action.command.split(' ')[0]}`;
}

/** https://docs.snowflake.com/en/sql-reference/sql/create-task (SCHEDULE) */
export function scheduleText(schedule: Schedule): string {
  return schedule.kind === 'cron'
    ? `USING CRON ${schedule.expression} ${schedule.timeZone}`
    : `${schedule.every} ${schedule.unit}`;
}

/**
 * First words of a return value that mean "something was built". A WHEN may only compare, cast and combine: no LIKE, no
 * SPLIT_PART. So a word is a range: from itself to just below itself and `~`, the last printable character.
 *
 * A predecessor without a return value gives NULL, which is not TRUE, and the child is skipped: what nobody is known to
 * have built is not built upon. That also holds for the first words SKIPPED and NOTHING. A *suspended* predecessor makes
 * the function fail, and with it the child's run. Of several predecessors one that built something is enough.
 */
const BUILT = ['FULL_BUILD', 'RETRY'].map((word) => ({ from: word, below: `${word}~` }));
