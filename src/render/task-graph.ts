/**
 * A task graph -> one anonymous block that creates or alters its tasks and leaves every task in the state it was in.
 * https://docs.snowflake.com/en/sql-reference/sql/create-task, https://docs.snowflake.com/en/user-guide/tasks-graphs
 */
import type { Deployment, TaskGraph } from '../model/deployment';
import { qualified } from '../sql-text';
import { fingerprintOfAll } from './fingerprint';
import { renderGraphBlock } from './graph-block';
import type { Statement } from './statement';
import { renderTask } from './task';
import type { Templates } from './templates';

/** @param file generated file that holds the statement */
export function renderTaskGraph(
  graph: TaskGraph,
  deployment: Deployment,
  templates: Templates,
  file: string,
): Statement {
  const all = [graph.root, ...graph.children];
  const tasks = all.map((task) => renderTask(task, graph.root, deployment, templates));
  const sql = renderGraphBlock(
    all.map(({ name, initialState }, at) => ({
      name,
      initialState,
      change: indented(tasks[at]!.sql),
      end: 'as-before',
      comment: '',
      cut: null,
      finalizes: all[at]!.finalizes !== null,
      isRoot: at === 0,
      wasRoot: at === 0,
      rank: at,
    })),
    templates,
  );
  const object = qualified(graph.root.name);
  const fingerprint = fingerprintOfAll(tasks);
  return {
    id: `graph:${object}`,
    kind: 'graph',
    object,
    file,
    sql: sql.trim(),
    why: why(graph),
    fingerprint,
    tasks,
  };
}

/** As it stands inside a block. */
export function indented(sql: string): string {
  return sql.replaceAll('\n', '\n    ');
}

function why({ root, children }: TaskGraph): string {
  const follow = children.map((child) => child.name.name).join(', ');
  return `task ${root.name.name}${follow === '' ? '' : `, followed by ${follow}`}; a suspended task stays suspended`;
}
