/**
 * The functions that build what SYSTEM$SEND_SNOWFLAKE_NOTIFICATION takes: JSON text.
 * https://docs.snowflake.com/en/sql-reference/functions-notification
 */
import type { SystemFunction } from '../engine/contract';
import { SnowflakeError } from '../errors';
import { type TypedValue, VARCHAR } from '../values';

/** `SNOWFLAKE_WEBHOOK_SECRET`, `SNOWFLAKE_WEBHOOK_MESSAGE`: what an integration's template holds. */
const PLACEHOLDER = /SNOWFLAKE_WEBHOOK_(?:SECRET|MESSAGE)/g;

const BUILT: Record<string, (text: string) => string> = {
  /** https://docs.snowflake.com/en/sql-reference/functions/text_plain */
  TEXT_PLAIN: (text) => JSON.stringify({ 'text/plain': text }),
  /** https://docs.snowflake.com/en/sql-reference/functions/text_html */
  TEXT_HTML: (text) => JSON.stringify({ 'text/html': text }),
  /** https://docs.snowflake.com/en/sql-reference/functions/application_json */
  APPLICATION_JSON: (text) => JSON.stringify({ 'application/json': text }),
  /** https://docs.snowflake.com/en/sql-reference/functions/integration */
  INTEGRATION: (name) => JSON.stringify({ [name]: {} }),
  /** https://docs.snowflake.com/en/sql-reference/functions/sanitize_webhook_content */
  SANITIZE_WEBHOOK_CONTENT: (text) => text.replace(PLACEHOLDER, 'REDACTED'),
};

export const messageFunctions: SystemFunction[] = Object.entries(BUILT).map(([name, build]) => ({
  name: `SNOWFLAKE.NOTIFICATION.${name}`,
  returns: VARCHAR,
  call: (args) => {
    const value = onlyArgument(args, name);
    return value === null ? null : build(String(value));
  },
}));

function onlyArgument(args: readonly TypedValue[], name: string): TypedValue['value'] {
  const [argument] = args;
  if (argument && args.length === 1) return argument.value;
  const problem = argument ? 'too many' : 'not enough';
  throw new SnowflakeError(
    argument ? '000939' : '000938',
    '22023',
    `SQL compilation error:\n${problem} arguments for function [${name}], expected 1, got ${args.length}`,
  );
}
