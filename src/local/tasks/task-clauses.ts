/**
 * The properties that CREATE TASK and ALTER TASK SET share, as a statement says them: which names there are, of which
 * kind their values are, that none is said twice. What a value may be is in task-values.ts, because CREATE TASK IF NOT
 * EXISTS over a task that exists does not ask.
 * https://docs.snowflake.com/en/sql-reference/sql/create-task, https://docs.snowflake.com/en/sql-reference/sql/alter-task
 */
import { unsupported } from '../errors';
import type { TokenReader } from '../sql/token-reader';
import { readBoolean, readNumber, readObjectName, readText, readUnfolded } from './property-values';
import { isSessionParameter, readParameter } from './session-parameters';
import type { TaskProperties } from './task';
import { duplicateProperty, invalidProperty, invalidTask } from './task-errors';

type Read = (reader: TokenReader, properties: TaskProperties, name: string) => void;

const PROPERTIES: Record<string, Read> = {
  WAREHOUSE: (reader, properties) => (properties.warehouse = warehouse(reader)),
  USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE: (reader, properties, name) =>
    (properties.userTaskManagedInitialWarehouseSize = size(reader, name)),
  SCHEDULE: (reader, properties, name) => (properties.schedule = readText(reader, name)),
  CONFIG: (reader, properties, name) => (properties.config = readText(reader, name)),
  OVERLAP_POLICY: (reader, properties, name) => (properties.overlapPolicy = readText(reader, name)),
  ALLOW_OVERLAPPING_EXECUTION: (reader, properties, name) => {
    // FALSE is the default's other name, which a child may say too.
    if (readBoolean(reader, name)) properties.overlapPolicy = 'ALLOW_CHILD_OVERLAP';
    else delete properties.overlapPolicy;
  },
  USER_TASK_TIMEOUT_MS: (reader, properties, name) =>
    (properties.userTaskTimeoutMs = readNumber(reader, name)),
  SUSPEND_TASK_AFTER_NUM_FAILURES: (reader, properties, name) =>
    (properties.suspendTaskAfterNumFailures = readNumber(reader, name)),
  ERROR_INTEGRATION: (reader, properties) => (properties.errorIntegration = readObjectName(reader)),
  SUCCESS_INTEGRATION: (reader, properties) => (properties.successIntegration = readObjectName(reader)),
  LOG_LEVEL: (reader, properties, name) => (properties.logLevel = readUnfolded(reader, name)),
  COMMENT: (reader, properties, name) => (properties.comment = readText(reader, name)),
  TASK_AUTO_RETRY_ATTEMPTS: (reader, properties, name) =>
    (properties.taskAutoRetryAttempts = readNumber(reader, name)),
  USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS: (_reader, _properties, name) => {
    throw unsupported(`${name} (triggered tasks need streams)`);
  },
  TARGET_COMPLETION_INTERVAL: (reader, properties, name) =>
    (properties.targetCompletionInterval = readText(reader, name)),
  SERVERLESS_TASK_MIN_STATEMENT_SIZE: (reader, properties, name) =>
    (properties.serverlessTaskMinStatementSize = size(reader, name)),
  SERVERLESS_TASK_MAX_STATEMENT_SIZE: (reader, properties, name) =>
    (properties.serverlessTaskMaxStatementSize = size(reader, name)),
};

/**
 * Reads `NAME = value` into `properties`.
 * @param said the names that the statement has given so far, as written
 * @throws SnowflakeError for a name that is no property of a task, one that is said twice, a value of another kind
 */
export function readProperty(reader: TokenReader, properties: TaskProperties, said: Set<string>): void {
  const name = readPropertyName(reader, said);
  const read = Object.hasOwn(PROPERTIES, name) ? PROPERTIES[name] : undefined;
  const policy = properties.overlapPolicy;
  reader.expect('=');
  if (read) read(reader, properties, name);
  else
    properties.sessionParameters = {
      ...properties.sessionParameters,
      [name]: readParameter(reader, name),
    };
  const contradicts = properties.overlapPolicy !== policy && bothOverlaps(said);
  if (OVERLAP_SPELLINGS.test(name) && contradicts)
    throw invalidTask(
      'Cannot specify ALLOW_OVERLAPPING_EXECUTION and OVERLAP_POLICY to different values in the same command.',
    );
}

/** Two names of one setting. */
const OVERLAP_SPELLINGS = /^(OVERLAP_POLICY|ALLOW_OVERLAPPING_EXECUTION)$/i;

function bothOverlaps(said: ReadonlySet<string>): boolean {
  return (
    new Set([...said].map((each) => each.toUpperCase()).filter((each) => OVERLAP_SPELLINGS.test(each))).size >
    1
  );
}

/** Takes the next property back to its default. @throws SnowflakeError as `readProperty` */
export function unsetProperty(reader: TokenReader, properties: TaskProperties, said: Set<string>): void {
  const name = readPropertyName(reader, said);
  if (name === 'ALLOW_OVERLAPPING_EXECUTION') delete properties.overlapPolicy;
  else if (Object.hasOwn(PROPERTIES, name)) delete properties[keyOfProperty(name)];
  else delete properties.sessionParameters?.[name];
}

/** Spelled otherwise, a name may come again. */
function readPropertyName(reader: TokenReader, said: Set<string>): string {
  const { value: name, text: written } = reader.next();
  if (!Object.hasOwn(PROPERTIES, name) && !isSessionParameter(name)) throw invalidProperty(name, 'TASK');
  if (said.has(written)) throw duplicateProperty(written);
  said.add(written);
  return name;
}

/** `USER_TASK_TIMEOUT_MS` is kept as `userTaskTimeoutMs`. */
function keyOfProperty(name: string): keyof TaskProperties {
  return name
    .toLowerCase()
    .replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()) as keyof TaskProperties;
}

function warehouse(reader: TokenReader): string {
  if (reader.sees('NULL')) reader.fail();
  return readObjectName(reader);
}

function size(reader: TokenReader, name: string): string {
  return readText(reader, name).toUpperCase().replaceAll('-', '');
}
