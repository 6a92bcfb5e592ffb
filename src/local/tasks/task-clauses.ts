/**
 * The properties that CREATE TASK and ALTER TASK SET share.
 * https://docs.snowflake.com/en/sql-reference/sql/create-task, https://docs.snowflake.com/en/sql-reference/sql/alter-task
 */
import { unsupported } from '../errors';
import type { TokenReader } from '../sql/token-reader';
import { parseConfig } from './graph-config';
import { parseSchedule } from './schedule';
import { isSessionParameter, readParameter } from './session-parameters';
import { LONGEST_TIMEOUT_MS, type OverlapPolicy, type TaskProperties } from './task';
import { invalidForProperty, invalidProperty, invalidTask, invalidValue } from './task-errors';

type Read = (reader: TokenReader, properties: TaskProperties, name: string) => void;

const SIZES = ['XSMALL', 'SMALL', 'MEDIUM', 'LARGE', 'XLARGE', 'XXLARGE', 'X2LARGE'];
const OVERLAP_POLICIES = ['NO_OVERLAP', 'ALLOW_CHILD_OVERLAP', 'ALLOW_ALL_OVERLAP'];
const LOG_LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL', 'OFF'];

const PROPERTIES: Record<string, Read> = {
  WAREHOUSE: (reader, properties) => (properties.warehouse = warehouse(reader)),
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
  ERROR_INTEGRATION: (reader, properties) => (properties.errorIntegration = nameOrString(reader)),
  SUCCESS_INTEGRATION: (reader, properties) => (properties.successIntegration = nameOrString(reader)),
  LOG_LEVEL: (reader, properties) => (properties.logLevel = logLevel(reader)),
  COMMENT: (reader, properties, name) => (properties.comment = text(reader, name)),
  TASK_AUTO_RETRY_ATTEMPTS: (reader, properties, name) =>
    (properties.taskAutoRetryAttempts = integer(reader, name, 0, 30)),
  USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS: (_reader, _properties, name) => {
    throw unsupported(`${name} (triggered tasks need streams)`);
  },
  TARGET_COMPLETION_INTERVAL: (reader, properties) =>
    (properties.targetCompletionInterval = completionInterval(reader)),
  SERVERLESS_TASK_MIN_STATEMENT_SIZE: (reader, properties, name) =>
    (properties.serverlessTaskMinStatementSize = size(reader, name)),
  SERVERLESS_TASK_MAX_STATEMENT_SIZE: (reader, properties, name) =>
    (properties.serverlessTaskMaxStatementSize = size(reader, name)),
};

/**
 * Reads `NAME = value` into `properties`.
 * @param seen the names that the statement has set so far, as written
 * @throws SnowflakeError for a name that is no property of a task, and one that is set twice
 */
export function readProperty(reader: TokenReader, properties: TaskProperties, seen: Set<string>): void {
  const { value: name, text: written } = reader.next();
  const read = Object.hasOwn(PROPERTIES, name) ? PROPERTIES[name] : undefined;
  if (!read && !isSessionParameter(name)) throw invalidProperty(name);
  if (seen.has(written)) throw invalidTask(`SQL compilation error:\nduplicate property '${written}';`);
  const policy = properties.overlapPolicy;
  reader.expect('=');
  if (read) read(reader, properties, name);
  else
    properties.sessionParameters = {
      ...properties.sessionParameters,
      [name]: readParameter(reader, name),
    };
  const saysOverlap = [...seen].some((each) => OVERLAP_SPELLINGS.test(each));
  if (OVERLAP_SPELLINGS.test(written) && saysOverlap && properties.overlapPolicy !== policy)
    throw invalidTask(
      'Cannot specify ALLOW_OVERLAPPING_EXECUTION and OVERLAP_POLICY to different values in the same command.',
    );
  seen.add(written);
}

/** Two names of one setting. */
const OVERLAP_SPELLINGS = /^(OVERLAP_POLICY|ALLOW_OVERLAPPING_EXECUTION)$/i;

/** Takes a property back to its default. */
export function unsetProperty(properties: TaskProperties, name: string): void {
  if (name === 'ALLOW_OVERLAPPING_EXECUTION') delete properties.overlapPolicy;
  else if (Object.hasOwn(PROPERTIES, name)) delete properties[keyOfProperty(name)];
  else if (isSessionParameter(name)) delete properties.sessionParameters?.[name];
  else throw invalidProperty(name);
}

/** `USER_TASK_TIMEOUT_MS` is kept as `userTaskTimeoutMs`. */
function keyOfProperty(name: string): keyof TaskProperties {
  return name
    .toLowerCase()
    .replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()) as keyof TaskProperties;
}

/** What no single property can tell. @throws SnowflakeError */
export function requireConsistent(properties: TaskProperties): void {
  const { serverlessTaskMinStatementSize: least, serverlessTaskMaxStatementSize: most } = properties;
  const initial = properties.userTaskManagedInitialWarehouseSize;
  if (properties.warehouse !== undefined && initial !== undefined)
    throw invalidTask('Cannot set both WAREHOUSE and USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE.');
  for (const [name, value] of [['MIN', least] as const, ['MAX', most] as const])
    if (properties.warehouse !== undefined && value !== undefined)
      throw invalidTask(`Cannot set SERVERLESS_TASK_${name}_STATEMENT_SIZE on a non-serverless task.`);
  if (least !== undefined && most !== undefined && rank(least) > rank(most))
    throw invalidTask(
      `SERVERLESS_TASK_MIN_STATEMENT_SIZE (${least}) cannot be greater than SERVERLESS_TASK_MAX_STATEMENT_SIZE (${most}).`,
    );
  if (least !== undefined && initial !== undefined && rank(initial) < rank(least))
    throw invalidTask(
      `USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE (${initial}) cannot be less than SERVERLESS_TASK_MIN_STATEMENT_SIZE (${least}).`,
    );
  if (most !== undefined && initial !== undefined && rank(initial) > rank(most))
    throw invalidTask(
      `USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE (${initial}) cannot be greater than SERVERLESS_TASK_MAX_STATEMENT_SIZE (${most}).`,
    );
}

function rank(sizeName: string): number {
  return SIZES.indexOf(sizeName === 'X2LARGE' ? 'XXLARGE' : sizeName);
}

function identifierOrString(reader: TokenReader): string {
  const token = reader.peek();
  return token?.kind === 'string' ? reader.string() : reader.identifier();
}

function warehouse(reader: TokenReader): string {
  if (reader.sees('NULL')) reader.fail();
  return nameOrString(reader);
}

function nameOrString(reader: TokenReader): string {
  return reader.peek()?.kind === 'string' ? reader.string().toUpperCase() : reader.identifier();
}

function size(reader: TokenReader, name: string): string {
  const value = identifierOrString(reader).toUpperCase().replaceAll('-', '');
  if (!SIZES.includes(value)) throw invalidValue(value, name);
  return value;
}

function schedule(reader: TokenReader): string {
  const written = identifierOrString(reader);
  parseSchedule(written);
  return written;
}

function config(reader: TokenReader): string {
  const written = reader.string();
  parseConfig(written);
  return written;
}

function logLevel(reader: TokenReader): string {
  const level = identifierOrString(reader);
  if (!LOG_LEVELS.includes(level.toUpperCase()))
    throw invalidTask(`Invalid value for log level. Allowed values are ${LOG_LEVELS.join(',')}.`);
  return level;
}

function overlapPolicy(reader: TokenReader, name: string): OverlapPolicy {
  const value = identifierOrString(reader);
  if (!OVERLAP_POLICIES.includes(value)) throw invalidForProperty(value, name);
  return value as OverlapPolicy;
}

function text(reader: TokenReader, name: string): string {
  if (reader.peek()?.kind === 'number') throw invalidValue(reader.next().text, name);
  return reader.string();
}

function integer(reader: TokenReader, name: string, least: number, most: number): number {
  if (reader.peek()?.kind === 'string') throw invalidValue(`'${reader.string()}'`, name);
  const value = reader.integer();
  if (value < least || value > most) throw invalidValue(String(value), name);
  return value;
}

/** From ten seconds to a day. */
function completionInterval(reader: TokenReader): string {
  const written = reader.string();
  const [, count, unit] = /^\+?(\d+)\s(S|SECONDS?|M|MINUTES?|H|HOURS?)\s*$/i.exec(written) ?? [];
  const seconds = Number(count) * ({ S: 1, M: 60, H: 3600 }[unit?.charAt(0).toUpperCase() ?? ''] ?? NaN);
  if (!(seconds >= 10 && seconds <= 86_400)) throw invalidValue(written, 'TARGET_COMPLETION_INTERVAL');
  return written;
}
