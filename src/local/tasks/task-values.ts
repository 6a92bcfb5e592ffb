/**
 * Which values the properties of a task may have, alone and beside each other.
 * https://docs.snowflake.com/en/sql-reference/sql/create-task, https://docs.snowflake.com/en/sql-reference/parameters
 */
import { parseConfig } from './graph-config';
import { intervalOf } from './interval';
import { parseSchedule } from './schedule';
import { requireParameters } from './session-parameters';
import { LONGEST_TIMEOUT_MS, OVERLAP_POLICIES, type TaskProperties } from './task';
import { invalidForProperty, invalidTask, invalidValue } from './task-errors';

const SIZES = [
  'XSMALL',
  'SMALL',
  'MEDIUM',
  'LARGE',
  'XLARGE',
  'XXLARGE',
  'XXXLARGE',
  'X4LARGE',
  'X5LARGE',
  'X6LARGE',
];
const LOG_LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL', 'OFF'];
const MOST_RETRIES = 30;
const COMPLETION_MS = { least: 10_000, most: 86_400_000 };

/** @throws SnowflakeError for the first that may not be */
export function requireValues(properties: TaskProperties): void {
  const { schedule, config, overlapPolicy, logLevel, targetCompletionInterval } = properties;
  if (schedule !== undefined) parseSchedule(schedule);
  if (config !== undefined) parseConfig(config);
  if (overlapPolicy !== undefined && !OVERLAP_POLICIES.some((each) => each === overlapPolicy))
    throw invalidForProperty(overlapPolicy, 'OVERLAP_POLICY');
  if (logLevel !== undefined && !LOG_LEVELS.includes(logLevel.toUpperCase()))
    throw invalidTask(`Invalid value for log level. Allowed values are ${LOG_LEVELS.join(',')}.`);
  if (targetCompletionInterval !== undefined) requireCompletionInterval(targetCompletionInterval);
  requireRange(properties.userTaskTimeoutMs, 'USER_TASK_TIMEOUT_MS', LONGEST_TIMEOUT_MS);
  requireRange(properties.suspendTaskAfterNumFailures, 'SUSPEND_TASK_AFTER_NUM_FAILURES', Infinity);
  requireRange(properties.taskAutoRetryAttempts, 'TASK_AUTO_RETRY_ATTEMPTS', MOST_RETRIES);
  requireParameters(properties.sessionParameters ?? {});
  requireSizes(properties);
}

function requireRange(value: number | undefined, name: string, most: number): void {
  if (value !== undefined && (value < 0 || value > most)) throw invalidValue(String(value), name);
}

/** From ten seconds to a day. */
function requireCompletionInterval(written: string): void {
  const milliseconds = intervalOf(written) ?? 0;
  if (milliseconds < COMPLETION_MS.least || milliseconds > COMPLETION_MS.most)
    throw invalidValue(written, 'TARGET_COMPLETION_INTERVAL');
}

/** What a serverless task has, and a task with a warehouse has not. */
function requireSizes(properties: TaskProperties): void {
  const { serverlessTaskMinStatementSize: least, serverlessTaskMaxStatementSize: most } = properties;
  const { userTaskManagedInitialWarehouseSize: initial, warehouse } = properties;
  requireSize(initial, 'USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE');
  requireSize(least, 'SERVERLESS_TASK_MIN_STATEMENT_SIZE');
  requireSize(most, 'SERVERLESS_TASK_MAX_STATEMENT_SIZE');
  if (warehouse !== undefined && initial !== undefined)
    throw invalidTask('Cannot set both WAREHOUSE and USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE.');
  for (const [name, value] of [['MIN', least] as const, ['MAX', most] as const])
    if (warehouse !== undefined && value !== undefined)
      throw invalidTask(`Cannot set SERVERLESS_TASK_${name}_STATEMENT_SIZE on a non-serverless task.`);
  requireOrder(['SERVERLESS_TASK_MIN_STATEMENT_SIZE', least], 'greater', [
    'SERVERLESS_TASK_MAX_STATEMENT_SIZE',
    most,
  ]);
  requireOrder(['USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE', initial], 'less', [
    'SERVERLESS_TASK_MIN_STATEMENT_SIZE',
    least,
  ]);
  requireOrder(['USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE', initial], 'greater', [
    'SERVERLESS_TASK_MAX_STATEMENT_SIZE',
    most,
  ]);
}

type NamedSize = [name: string, size: string | undefined];

function requireSize(size: string | undefined, name: string): void {
  if (size !== undefined && rank(size) < 0) throw invalidValue(size, name);
}

function requireOrder(
  [name, size]: NamedSize,
  refused: 'greater' | 'less',
  [otherName, other]: NamedSize,
): void {
  if (size === undefined || other === undefined) return;
  const isRefused = refused === 'greater' ? rank(size) > rank(other) : rank(size) < rank(other);
  if (isRefused) throw invalidTask(`${name} (${size}) cannot be ${refused} than ${otherName} (${other}).`);
}

/** `X2LARGE` is another name of `XXLARGE`. */
function rank(size: string): number {
  return SIZES.indexOf(size.replace('X2LARGE', 'XXLARGE').replace('X3LARGE', 'XXXLARGE'));
}
