/**
 * A message through an integration that exists.
 * https://docs.snowflake.com/en/sql-reference/stored-procedures/system_send_snowflake_notification
 * https://docs.snowflake.com/en/sql-reference/stored-procedures/system_send_email
 */
import type { Deployment } from '../model/deployment';
import { literal } from './sql-text';
import type { Templates } from './templates';

/** What is told: never a name from the log beyond what the message already holds, which has been checked. */
const TEXT = "'dbt-auto-restart: ' || :PROJECT_NAME || ' / ' || :v_job || ': ' || :v_message";

/** @param when a Scripting condition; '' when nobody wants to be told */
export function notifyUnlessSilent({ notification }: Deployment, when: string, templates: Templates): string {
  if (notification === null) return '';
  return templates.render('procedure/notify', { when, send: send(notification) });
}

function send({ integration, kind, recipients }: NonNullable<Deployment['notification']>): string {
  if (kind === 'email') {
    return `SYSTEM$SEND_EMAIL(${literal(integration)}, ${literal(recipients.join(', '))}, 'dbt-auto-restart: ' || :PROJECT_NAME, ${TEXT})`;
  }
  const text = kind === 'webhook' ? `SNOWFLAKE.NOTIFICATION.SANITIZE_WEBHOOK_CONTENT(${TEXT})` : TEXT;
  return `SYSTEM$SEND_SNOWFLAKE_NOTIFICATION(SNOWFLAKE.NOTIFICATION.TEXT_PLAIN(${text}), SNOWFLAKE.NOTIFICATION.INTEGRATION(${literal(integration)}))`;
}
