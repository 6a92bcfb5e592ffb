/**
 * A message through an integration that exists.
 * https://docs.snowflake.com/en/sql-reference/stored-procedures/system_send_snowflake_notification
 * https://docs.snowflake.com/en/sql-reference/stored-procedures/system_send_email
 */
import type { Deployment } from '../model/deployment';
import { literal, symbol } from '../sql-text';
import type { Templates } from './templates';

type Notification = NonNullable<Deployment['notification']>;

/** The last allowed retry of a chain has failed: the next call builds everything. */
export function notifyLastRetry(deployment: Deployment, templates: Templates): string {
  const when = "v_word = 'RETRY' AND v_attempt + 1 >= v_max_attempts";
  return notify(deployment, when, ':v_message', templates);
}

/** The state could not be read, whether the procedure goes on with a full build or raises. */
export function notifyUnreadable(deployment: Deployment, templates: Templates): string {
  return notify(
    deployment,
    "v_mode <> 'PLAN'",
    `${symbol('warning')} || ' STATE_UNREADABLE: ' || :v_error`,
    templates,
  );
}

/** What is told is never more of the log than `message` holds, whose names have been checked. */
function notify({ notification }: Deployment, when: string, message: string, templates: Templates): string {
  if (notification === null) return '';
  const text = `'dbt-auto-restart: ' || :PROJECT_NAME || ' / ' || :v_job || ': ' || ${message}`;
  return templates.render('procedure/notify', { when, send: send(notification, text) });
}

function send({ integration, kind, recipients }: Notification, text: string): string {
  if (kind === 'email') {
    return `SYSTEM$SEND_EMAIL(${literal(integration)}, ${literal(recipients.join(', '))}, 'dbt-auto-restart: ' || :PROJECT_NAME, ${text})`;
  }
  const message = kind === 'webhook' ? webhookMessage(text) : queueMessage(text);
  return `SYSTEM$SEND_SNOWFLAKE_NOTIFICATION(SNOWFLAKE.NOTIFICATION.${message}, SNOWFLAKE.NOTIFICATION.INTEGRATION(${literal(integration)}))`;
}

/**
 * Webhooks put the text into JSON as it is: a quote or backslash (of an error message) would break that, unseen.
 * https://docs.snowflake.com/en/user-guide/notifications/webhook-notifications
 */
function webhookMessage(text: string): string {
  const inJson = `TRANSLATE(${text}, ${literal('"\\')}, ${literal("'/")})`;
  return `TEXT_PLAIN(SNOWFLAKE.NOTIFICATION.SANITIZE_WEBHOOK_CONTENT(${inJson}))`;
}

/** Queues take JSON. https://docs.snowflake.com/en/user-guide/notifications/snowflake-notifications */
function queueMessage(text: string): string {
  return `APPLICATION_JSON(TO_JSON(OBJECT_CONSTRUCT('text', ${text})))`;
}
