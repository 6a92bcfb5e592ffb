/** Functions that an alert's condition and action may call. They answer from the run that the session belongs to. */
import type { AlertRunContext, Session, SystemFunction } from '../engine/contract';
import { SnowflakeError } from '../errors';
import { configValue } from '../tasks/graph-config';
import { invalidValue } from '../tasks/task-errors';
import { TIMESTAMP_LTZ, VARCHAR } from '../values';

const EPOCH = 0n;

/** https://docs.snowflake.com/en/sql-reference/functions/scheduled_time */
const scheduledTime: SystemFunction = {
  name: 'SNOWFLAKE.ALERT.SCHEDULED_TIME',
  returns: TIMESTAMP_LTZ,
  call: (_args, session) => runOf(session, 'SNOWFLAKE.ALERT.SCHEDULED_TIME').scheduledAt,
};

/** The epoch before the first success. https://docs.snowflake.com/en/sql-reference/functions/last_successful_scheduled_time */
const lastSuccessfulScheduledTime: SystemFunction = {
  name: 'SNOWFLAKE.ALERT.LAST_SUCCESSFUL_SCHEDULED_TIME',
  returns: TIMESTAMP_LTZ,
  call: (_args, session) =>
    runOf(session, 'SNOWFLAKE.ALERT.LAST_SUCCESSFUL_SCHEDULED_TIME').lastSuccess ?? EPOCH,
};

/** https://docs.snowflake.com/en/sql-reference/functions/get_condition_query_uuid */
const getConditionQueryUuid: SystemFunction = {
  name: 'SNOWFLAKE.ALERT.GET_CONDITION_QUERY_UUID',
  returns: VARCHAR,
  call: (_args, session) =>
    runOf(session, 'SNOWFLAKE.ALERT.GET_CONDITION_QUERY_UUID').conditionQueryId ?? null,
};

/** https://docs.snowflake.com/en/sql-reference/functions/system_get_alert_config */
const getAlertConfig: SystemFunction = {
  name: 'SYSTEM$GET_ALERT_CONFIG',
  returns: VARCHAR,
  call: (args, session) => {
    const { config } = runOf(session, 'SYSTEM$GET_ALERT_CONFIG');
    const path = args[0]?.value;
    if (args.length > 0 && typeof path !== 'string')
      throw invalidValue(String(path ?? 'NULL'), 'SYSTEM$GET_ALERT_CONFIG');
    if (config === undefined) return null;
    return typeof path === 'string' ? configValue(config, path) : config;
  },
};

/** The number is in no documentation. */
function runOf(session: Session, name: string): AlertRunContext {
  if (session.alert) return session.alert;
  throw new SnowflakeError('091091', '55000', `Function ${name} must be called from within an alert.`);
}

export const alertFunctions: SystemFunction[] = [
  scheduledTime,
  lastSuccessfulScheduledTime,
  getConditionQueryUuid,
  getAlertConfig,
];
