/**
 * A message through an integration that exists.
 * https://docs.snowflake.com/en/sql-reference/stored-procedures/system_send_snowflake_notification
 * https://docs.snowflake.com/en/sql-reference/stored-procedures/system_send_email
 */
import type { Deployment } from '../model/deployment';
import { literal, symbol } from '../sql-text';
import { indented } from './indented';
import type { Templates } from './templates';

type Notification = NonNullable<Deployment['notification']>;

/** The last allowed retry of a chain has failed, or nobody can retry any more. */
export function notifyGivenUp(deployment: Deployment, templates: Templates): string {
  return notify(deployment, ':message', templates);
}

/** The state could not be read, whether the procedure goes on with a full build or raises. */
export function notifyUnreadable(deployment: Deployment, templates: Templates): string {
  return notify(deployment, `${symbol('warning')} || ' STATE_UNREADABLE: ' || :error`, templates);
}

/** What is told is never more of the log than `message` holds, whose names have been checked. */
function notify({ notification }: Deployment, message: string, templates: Templates): string {
  if (notification === null) return '';
  const text = `'dbt-auto-restart: ' || :project || ' / ' || :job || ': '\n    || ${message}`;
  return templates.render('procedure/notify', {
    send: send(notification, text, "'dbt-auto-restart: ' || :project"),
  });
}

/** @param text SQL @param subject SQL, for an email */
export function send({ integration, kind, recipients }: Notification, text: string, subject: string): string {
  if (kind === 'email') {
    return lines([
      'SYSTEM$SEND_EMAIL(',
      `        ${literal(integration)},`,
      `        ${literal(recipients.join(', '))},`,
      `        ${subject},`,
      `        ${indented(8, text)})`,
    ]);
  }
  const message = kind === 'webhook' ? webhookMessage(text) : queueMessage(text);
  return lines([
    'SYSTEM$SEND_SNOWFLAKE_NOTIFICATION(',
    `        SNOWFLAKE.NOTIFICATION.${message},`,
    `        SNOWFLAKE.NOTIFICATION.INTEGRATION(${literal(integration)}))`,
  ]);
}

function lines(all: readonly string[]): string {
  return all.join('\n');
}

/**
 * Webhooks put the text into JSON as it is: a quote or backslash (of an error message) would break that, unseen.
 * https://docs.snowflake.com/en/user-guide/notifications/webhook-notifications
 */
function webhookMessage(text: string): string {
  return lines([
    'TEXT_PLAIN(SNOWFLAKE.NOTIFICATION.SANITIZE_WEBHOOK_CONTENT(TRANSLATE(',
    `            ${indented(12, text)},`,
    `            ${literal('"\\')}, ${literal("'/")})))`,
  ]);
}

/** Queues take JSON. https://docs.snowflake.com/en/user-guide/notifications/snowflake-notifications */
function queueMessage(text: string): string {
  return lines(["APPLICATION_JSON(TO_JSON(OBJECT_CONSTRUCT('text',", `            ${indented(12, text)})))`]);
}
