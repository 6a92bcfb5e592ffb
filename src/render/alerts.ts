/**
 * Alerts that somebody asked for: one over the state view, one over the runs of the tasks, which also sees a log that cannot be read, and the
 * table that remembers what has been told.
 * https://docs.snowflake.com/en/user-guide/alerts
 * https://docs.snowflake.com/en/sql-reference/functions/task_history
 */
import type { AlertState } from '../config/types';
import type { Alerts, Deployment, ObjectName } from '../model/deployment';
import { qualified } from '../sql-text';
import { commentClause } from './comment-clause';
import { stamp, unfilledMark } from './fingerprint';
import { allTasks } from './grants';
import { indented } from './indented';
import { send } from './notify';
import type { Statement } from './statement';
import { scheduleText } from './task';
import type { Templates } from './templates';

interface Watched {
  state: AlertState;
  /** SQL that holds of a row. */
  when: string;
  /** SQL of what is said behind the subject. */
  text: string;
  /** SQL of what it is told once for. */
  chain?: string;
}

/** Over the state view. */
const CHAINS: readonly Watched[] = [
  {
    state: 'given-up',
    when: `chain_reason IN (
        'MAX_RETRIES_REACHED', 'BUDGET_USED', 'TEST_FAILED_UNNAMED',
        'NO_FAILED_MODELS', 'UNSAFE_NAME', 'SELECTOR_TOO_LONG')
        OR next_reason = 'FAILURE_TOO_OLD'`,
    text: `': given up (' || next_reason || ') after ' || attempts_made || ' retries'
            || COALESCE('; broken: ' || LEFT(NULLIF(failed_nodes, ''), 500), '')`,
  },
  {
    state: 'permanent-error',
    when: "chain_reason = 'PERMANENT_ERROR'",
    text: `': the errors are none that a retry mends (' || error_numbers || ')'
            || COALESCE('; broken: ' || LEFT(NULLIF(failed_nodes, ''), 500), '')`,
  },
  {
    state: 'stuck',
    when: "chain_status = 'CRASHED'",
    text: "': a run never ended and counts as crashed; the next call: ' || next_reason",
  },
];

/** Over the runs of the tasks. */
const TASKS: readonly Watched[] = [
  {
    state: 'suspended',
    when: "state = 'FAILED_AND_AUTO_SUSPENDED'",
    text: "name || ' was suspended by Snowflake after failures in a row, and starts no more'",
    chain: 'TO_VARCHAR(scheduled_time)',
  },
  {
    state: 'unreadable',
    when: `SPLIT_PART(return_value, ' ', 2) = 'STATE_UNREADABLE'
        OR CONTAINS(UPPER(error_message), 'STATE_UNREADABLE')`,
    text: `name || ' could not read the state of its job; '
            || 'its return value or error in TASK_HISTORY says why'`,
    chain: 'TO_VARCHAR(scheduled_time::DATE)',
  },
];

/** The table, then the alerts that have something to watch. */
export function renderAlerts(
  deployment: Deployment,
  prefixOf: (at: number) => string,
  templates: Templates,
): Statement[] {
  const { alerts } = deployment;
  if (alerts === null) return [];
  const made = [
    told(alerts, deployment, templates),
    ...over(alerts.chains, alerts, 'chains', CHAINS, deployment, templates),
    ...over(alerts.tasks, alerts, 'tasks', TASKS, deployment, templates),
  ];
  return made.map((statement, at) => ({
    ...statement,
    file: `${prefixOf(at)}_${statement.file}`,
  }));
}

function told({ told: name }: Alerts, deployment: Deployment, templates: Templates): Statement {
  const comment = `What the alerts have told, so that it is told once ${unfilledMark(deployment)}`;
  const { sql, fingerprint } = stamp(templates.render('alerts-told', { told: name, comment }).trim());
  const object = qualified(name);
  const why = 'what the alerts have told: one message for each state of each chain';
  return { id: `table:${object}`, kind: 'table', object, file: 'alerts_told.sql', sql, why, fingerprint };
}

/** What starts an alert that has just been made; `apply` sends it only for one that is new. */
export function startOf({ kind, object, file }: Statement): Statement[] {
  if (kind !== 'alert') return [];
  return [
    {
      ...{ id: `start:${object}`, kind: 'start', object, file, fingerprint: null },
      sql: `ALTER ALERT ${object} RESUME`,
      why: 'a new alert is made suspended',
    },
  ];
}

/** Those that have something to watch. */
export function alertNames({ on, chains, tasks }: Alerts): ObjectName[] {
  const watches = (watched: readonly Watched[]): boolean => watched.some(({ state }) => on.includes(state));
  return [...(watches(CHAINS) ? [chains] : []), ...(watches(TASKS) ? [tasks] : [])];
}

const REASONS = {
  chains: 'tells somebody what the state view says of a chain',
  tasks: 'tells somebody that a task is suspended or cannot read the log',
} as const;

function over(
  alert: ObjectName,
  alerts: Alerts,
  what: keyof typeof REASONS,
  watched: readonly Watched[],
  deployment: Deployment,
  templates: Templates,
): Statement[] {
  const states = watched.filter(({ state }) => alerts.on.includes(state));
  if (states.length === 0) return [];
  const { told: table, warehouse, notification } = alerts;
  const condition = indented(
    8,
    templates.render(`alert/${what}`, {
      ...{ states, views: deployment.views, told: table },
      ...{ database: deployment.database, schemaName: deployment.schema },
      tasks: allTasks(deployment).filter(({ action: { kind } }) => kind === 'call'),
    }),
  );
  const action = indented(
    8,
    templates.render('alert/tell', {
      told: table,
      keepDays: 2 * deployment.lookBackDays,
      send: send(notification, ':said', "'dbt-auto-restart: ' || :subject").replaceAll('\n', '\n    '),
    }),
  );
  const comment = `${states.map(({ state }) => state).join(', ')}: told to ${notification.integration}`;
  const schedule = scheduleText(alerts.schedule);
  const text = templates.render('alert', {
    ...{ alert, schedule, warehouse },
    commentClause: commentClause(`${comment} ${unfilledMark(deployment)}`, 4),
    ...{ condition, action },
  });
  const { sql, fingerprint } = stamp(text.trim());
  const object = qualified(alert);
  return [
    {
      ...{ id: `alert:${object}`, kind: 'alert', object, file: `alert_${what}.sql` },
      ...{ sql, why: REASONS[what], fingerprint },
      properties: {
        WAREHOUSE: warehouse,
        SCHEDULE: schedule,
        COMMENT: comment,
        IF: condition,
        THEN: action,
      },
    },
  ];
}
