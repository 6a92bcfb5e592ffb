/** A task -> its CREATE OR ALTER TASK, and the same as properties. https://docs.snowflake.com/en/sql-reference/sql/create-task */
import type { Schedule } from '../config/types';
import type { Deployment, Task } from '../model/deployment';
import { qualified } from '../sql-text';
import { commentClause } from './comment-clause';
import { stamp, unfilledMark } from './fingerprint';
import { indented } from './indented';
import type { TaskStatement } from './statement';
import { taskBody } from './task-body';
import { taskCondition } from './task-condition';
import type { Templates } from './templates';

export function renderTask(
  task: Task,
  root: Task,
  deployment: Deployment,
  templates: Templates,
): TaskStatement {
  const isRoot = task === root;
  const comment = task.comment === '' ? purpose(task.action) : task.comment;
  const schedule = task.schedule && scheduleText(task.schedule);
  const condition = taskCondition(task.onlyIfBuilt.map(({ name }) => name));
  const body = taskBody(task.action, deployment);
  const text = templates.render('task', {
    ...task,
    isRoot,
    schedule,
    commentClause: commentClause(`${comment} ${unfilledMark(deployment)}`, 8),
    after: indented(8, oneLineOrMore(task.after.map(qualified))),
    condition,
    body: indented(4, body),
  });
  const { sql, fingerprint } = stamp(text.trim());
  return {
    name: task.name,
    root: root.name.name,
    sql,
    fingerprint,
    initialState: task.initialState,
    properties: {
      WAREHOUSE: task.warehouse,
      SCHEDULE: schedule,
      USER_TASK_TIMEOUT_MS: String(task.timeoutMs),
      SUSPEND_TASK_AFTER_NUM_FAILURES: isRoot ? String(task.suspendAfterFailures) : null,
      ERROR_INTEGRATION: task.errorIntegration,
      COMMENT: comment,
      TASK_AUTO_RETRY_ATTEMPTS: isRoot ? String(task.taskAutoRetryAttempts) : null,
      AFTER: task.after.length === 0 ? null : task.after.map(qualified).sort().join(', '),
      FINALIZE: task.finalizes && qualified(task.finalizes),
      WHEN: condition,
      AS: body,
    },
  };
}

/** Predecessors: as many as fit a line, else one a line. */
function oneLineOrMore(names: readonly string[]): string {
  const line = names.join(', ');
  return line.length <= 120 - 14 ? line : names.join(',\n');
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
