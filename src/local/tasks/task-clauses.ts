/**
 * The properties that CREATE TASK and ALTER TASK SET share.
 * https://docs.snowflake.com/en/sql-reference/sql/create-task, https://docs.snowflake.com/en/sql-reference/sql/alter-task
 */
import { unsupported } from '../errors';
import type { TokenReader } from '../sql/token-reader';
import { parseSchedule } from './schedule';
import { LONGEST_TIMEOUT_MS, type OverlapPolicy, type TaskProperties } from './task';
import { invalidProperty, invalidTask, invalidValue } from './task-errors';

type Read = (reader: TokenReader, properties: TaskProperties, name: string) => void;

const SIZES = ['XSMALL', 'SMALL', 'MEDIUM', 'LARGE', 'XLARGE', 'XXLARGE', 'X2LARGE'];
const OVERLAP_POLICIES = ['NO_OVERLAP', 'ALLOW_CHILD_OVERLAP', 'ALLOW_ALL_OVERLAP'];

const PROPERTIES: Record<string, Read> = {
  WAREHOUSE: (reader, properties) => (properties.warehouse = identifierOrString(reader)),
  USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE: (reader, properties, name) =>
    (properties.userTaskManagedInitialWarehouseSize = size(reader, name)),
  SCHEDULE: (reader, properties) => (properties.schedule = schedule(reader)),
  CONFIG: (reader, properties) => (properties.config = config(reader)),
  OVERLAP_POLICY: (reader, properties, name) => (properties.overlapPolicy = overlapPolicy(reader, name)),
  ALLOW_OVERLAPPING_EXECUTION: (reader, properties) =>
    (properties.overlapPolicy = reader.boolean() ? 'ALLOW_CHILD_OVERLAP' : 'NO_OVERLAP'),
  USER_TASK_TIMEOUT_MS: (reader, properties, name) =>
    (properties.userTaskTimeoutMs = integer(reader, name, 0, LONGEST_TIMEOUT_MS)),
  SUSPEND_TASK_AFTER_NUM_FAILURES: (reader, properties, name) =>
    (properties.suspendTaskAfterNumFailures = integer(reader, name, 0, Number.MAX_SAFE_INTEGER)),
  ERROR_INTEGRATION: (reader, properties) => (properties.errorIntegration = reader.identifier()),
  SUCCESS_INTEGRATION: (reader, properties) => (properties.successIntegration = reader.identifier()),
  LOG_LEVEL: (reader, properties) => (properties.logLevel = identifierOrString(reader)),
  COMMENT: (reader, properties) => (properties.comment = reader.string()),
  TASK_AUTO_RETRY_ATTEMPTS: (reader, properties, name) =>
    (properties.taskAutoRetryAttempts = integer(reader, name, 0, 30)),
  USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS: (reader, properties, name) =>
    (properties.userTaskMinimumTriggerIntervalInSeconds = integer(reader, name, 10, 604_800)),
  TARGET_COMPLETION_INTERVAL: (reader, properties) =>
    (properties.targetCompletionInterval = completionInterval(reader)),
  SERVERLESS_TASK_MIN_STATEMENT_SIZE: (reader, properties, name) =>
    (properties.serverlessTaskMinStatementSize = size(reader, name)),
  SERVERLESS_TASK_MAX_STATEMENT_SIZE: (reader, properties, name) =>
    (properties.serverlessTaskMaxStatementSize = size(reader, name)),
};

/** Session parameters a task can set for its run. https://docs.snowflake.com/en/sql-reference/parameters */
const SESSION_PARAMETERS = new Set(
  `ABORT_DETACHED_QUERY AUTOCOMMIT BINARY_INPUT_FORMAT BINARY_OUTPUT_FORMAT DATE_INPUT_FORMAT DATE_OUTPUT_FORMAT
   ERROR_ON_NONDETERMINISTIC_MERGE ERROR_ON_NONDETERMINISTIC_UPDATE GEOGRAPHY_OUTPUT_FORMAT GEOMETRY_OUTPUT_FORMAT
   JSON_INDENT LOCK_TIMEOUT MULTI_STATEMENT_COUNT QUERY_TAG QUOTED_IDENTIFIERS_IGNORE_CASE ROWS_PER_RESULTSET
   STATEMENT_QUEUED_TIMEOUT_IN_SECONDS STATEMENT_TIMEOUT_IN_SECONDS STRICT_JSON_OUTPUT TIME_INPUT_FORMAT
   TIME_OUTPUT_FORMAT TIMESTAMP_DAY_IS_ALWAYS_24H TIMESTAMP_INPUT_FORMAT TIMESTAMP_LTZ_OUTPUT_FORMAT
   TIMESTAMP_NTZ_OUTPUT_FORMAT TIMESTAMP_OUTPUT_FORMAT TIMESTAMP_TYPE_MAPPING TIMESTAMP_TZ_OUTPUT_FORMAT TIMEZONE
   TRACE_LEVEL TRANSACTION_ABORT_ON_ERROR TRANSACTION_DEFAULT_ISOLATION_LEVEL TWO_DIGIT_CENTURY_START
   UNSUPPORTED_DDL_ACTION USE_CACHED_RESULT WEEK_OF_YEAR_POLICY WEEK_START`.split(/\s+/),
);

/** Reads `NAME = value` into `properties`. @throws SnowflakeError for a name that is no property of a task */
export function readProperty(reader: TokenReader, properties: TaskProperties): void {
  const name = reader.next().value;
  if (name === 'SEARCH_PATH') throw invalidProperty(name);
  const read = PROPERTIES[name];
  if (!read && !SESSION_PARAMETERS.has(name)) throw invalidProperty(name);
  reader.expect('=');
  if (read) read(reader, properties, name);
  else properties.sessionParameters = { ...properties.sessionParameters, [name]: parameter(reader, name) };
}

/** Takes a property back to its default. */
export function unsetProperty(properties: TaskProperties, name: string): void {
  const key = PROPERTY_KEYS[name];
  if (key) {
    delete properties[key];
  } else if (SESSION_PARAMETERS.has(name)) {
    delete properties.sessionParameters?.[name];
  } else {
    throw invalidProperty(name);
  }
}

const PROPERTY_KEYS: Record<string, keyof TaskProperties> = {
  ALLOW_OVERLAPPING_EXECUTION: 'overlapPolicy',
  ...Object.fromEntries(
    Object.keys(PROPERTIES)
      .filter((name) => name !== 'ALLOW_OVERLAPPING_EXECUTION')
      .map((name) => [name, name.toLowerCase().replace(/_(.)/g, (_, c: string) => c.toUpperCase())]),
  ),
} as Record<string, keyof TaskProperties>;

/** What no single property can tell. @throws SnowflakeError */
export function requireConsistent(properties: TaskProperties): void {
  if (properties.warehouse !== undefined && properties.userTaskManagedInitialWarehouseSize !== undefined)
    throw invalidTask('Cannot set both WAREHOUSE and USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE.');
  const sizes = [properties.serverlessTaskMinStatementSize, properties.serverlessTaskMaxStatementSize];
  const [least, most] = sizes.map((name) => (name === undefined ? undefined : rank(name)));
  if (least !== undefined && most !== undefined && least > most)
    throw invalidTask(
      'SERVERLESS_TASK_MIN_STATEMENT_SIZE must not be larger than SERVERLESS_TASK_MAX_STATEMENT_SIZE.',
    );
  if (properties.userTaskMinimumTriggerIntervalInSeconds !== undefined)
    throw unsupported('USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS (triggered tasks need streams)');
}

function rank(sizeName: string): number {
  return SIZES.indexOf(sizeName === 'X2LARGE' ? 'XXLARGE' : sizeName);
}

function identifierOrString(reader: TokenReader): string {
  const token = reader.peek();
  return token?.kind === 'string' ? reader.string().toUpperCase() : reader.identifier();
}

function size(reader: TokenReader, name: string): string {
  const value = identifierOrString(reader).toUpperCase().replaceAll('-', '');
  if (!SIZES.includes(value)) throw invalidValue(value, name);
  return value;
}

function schedule(reader: TokenReader): string {
  const text = reader.string();
  parseSchedule(text);
  return text;
}

function config(reader: TokenReader): string {
  const text = reader.string();
  parseConfig(text);
  return text;
}

/** @throws SnowflakeError unless the text is a JSON object */
export function parseConfig(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalidTask(`CONFIG must be a JSON object: '${text}'.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalidTask(`CONFIG must be a JSON object: '${text}'.`);
  return value as Record<string, unknown>;
}

function overlapPolicy(reader: TokenReader, name: string): OverlapPolicy {
  const value = identifierOrString(reader);
  if (!OVERLAP_POLICIES.includes(value)) throw invalidValue(value, name);
  return value as OverlapPolicy;
}

function integer(reader: TokenReader, name: string, least: number, most: number): number {
  const value = reader.integer();
  if (value < least || value > most) throw invalidValue(String(value), name);
  return value;
}

function completionInterval(reader: TokenReader): string {
  const text = reader.string();
  if (!/^\s*\d+\s*(S|SECONDS?|M|MINUTES?|H|HOURS?)\s*$/i.test(text))
    throw invalidValue(text, 'TARGET_COMPLETION_INTERVAL');
  return text;
}

function parameter(reader: TokenReader, name: string): string {
  const negative = reader.accept('-');
  const token = reader.next();
  if (token.kind === 'symbol') reader.fail();
  const value = (negative ? '-' : '') + (token.kind === 'word' ? token.value.toLowerCase() : token.value);
  if (name === 'AUTOCOMMIT' && value.toLowerCase() !== 'true') throw invalidValue(value, name);
  return value;
}
