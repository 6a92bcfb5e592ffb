/**
 * What Snowflake says of tasks. The wordings and the numbers 091421, 091085, 091435, 091456 and 091457 were seen on
 * accounts; 091080 and 091091 are in no documentation and stand for "some user error": nothing should depend on them.
 */
import { SnowflakeError } from '../errors';

/** 091421: a member of a started graph was to be changed. */
export function rootNotSuspended(root: string): SnowflakeError {
  return new SnowflakeError(
    '091421',
    '22000',
    `Unable to update graph with root task ${root} since that root task is not suspended.`,
  );
}

/** 091085: AFTER or FINALIZE names something that cannot be one. */
export function invalidPredecessor(name: string): SnowflakeError {
  return new SnowflakeError('091085', '42601', `Invalid predecessor ${name} was specified.`);
}

/** Told without the words `SQL compilation error`. */
export function invalidTask(message: string): SnowflakeError {
  return new SnowflakeError('091080', '42601', message);
}

/** 091435: EXECUTE TASK names a child or a finalizer. */
export function notARoot(key: string): SnowflakeError {
  return new SnowflakeError(
    '091435',
    '42601',
    `Execute task cannot be called on non-root task ${key}. Call EXECUTE TASK on the root task of its graph instead.`,
  );
}

/** 091456 */
export function ranWithoutFailures(root: string, group: string, attempt: number): SnowflakeError {
  return new SnowflakeError(
    '091456',
    '22023',
    `Cannot perform retry: run (GRAPH_RUN_GROUP_ID = ${group}, attempt = ${attempt}) of graph with root task ${root} had no failures.`,
  );
}

/** 091457 */
export function nothingToRetry(root: string): SnowflakeError {
  return new SnowflakeError(
    '091457',
    '22023',
    `Cannot perform retry: no suitable run of graph with root task ${root} to retry.`,
  );
}

export function invalidValue(value: string, property: string): SnowflakeError {
  return new SnowflakeError(
    '001008',
    '22023',
    `SQL compilation error:\ninvalid value [${value}] for parameter '${property}'`,
  );
}

/** IF NOT EXISTS beside OR REPLACE or OR ALTER. */
export function incompatible(variant: string): SnowflakeError {
  return invalidTask(`SQL compilation error:\noptions IF NOT EXISTS and ${variant} are incompatible.`);
}

/** 001422 */
export function invalidForProperty(value: string, property: string): SnowflakeError {
  return new SnowflakeError(
    '001422',
    '22023',
    `SQL compilation error:\ninvalid value '${value}' for property '${property}'`,
  );
}

export function invalidSchedule(): SnowflakeError {
  return invalidTask(
    'Invalid schedule was specified. Please refer to the docs on what constitutes a valid schedule.',
  );
}

/** @param kind what the statement makes: TASK, ALERT */
export function invalidProperty(property: string, kind: string): SnowflakeError {
  return new SnowflakeError(
    '001420',
    '42601',
    `SQL compilation error:\ninvalid property '${property}' for '${kind}'`,
  );
}

export function duplicateProperty(written: string): SnowflakeError {
  return invalidTask(`SQL compilation error:\nduplicate property '${written}';`);
}

export function outOfRange(message: string): SnowflakeError {
  return invalidTask(`SQL compilation error: \n${message}`);
}

export function nonexistentWarehouse(name: string): SnowflakeError {
  return invalidTask(`Nonexistent warehouse ${name} was specified.`);
}

/** A function that only a task's run can answer was called outside one. */
export function notInTask(name: string): SnowflakeError {
  return new SnowflakeError('091091', '55000', `Function ${name} must be called from within a task.`);
}
