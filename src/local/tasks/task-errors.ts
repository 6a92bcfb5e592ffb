/**
 * What Snowflake says of tasks. 091421 and 091085 were seen on accounts; the other numbers of this file are in no
 * documentation and stand for "some user error", so nothing should be made to depend on them.
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

export function invalidTask(message: string): SnowflakeError {
  return new SnowflakeError('091080', '42601', `SQL compilation error:\n${message}`);
}

export function invalidValue(value: string, property: string): SnowflakeError {
  return new SnowflakeError(
    '001008',
    '22023',
    `SQL compilation error:\ninvalid value [${value}] for parameter '${property}'`,
  );
}

export function invalidProperty(property: string): SnowflakeError {
  return new SnowflakeError(
    '001420',
    '42601',
    `SQL compilation error:\ninvalid property '${property}' for 'TASK'`,
  );
}

/** A function that only a task's run can answer was called outside one. */
export function notInTask(name: string): SnowflakeError {
  return new SnowflakeError('091091', '55000', `Function ${name} must be called from within a task run.`);
}

/** 000630: the run took longer than its timeout. */
export function timedOut(milliseconds: number): SnowflakeError {
  const seconds = (milliseconds / 1000).toLocaleString('en-US');
  return new SnowflakeError(
    '000630',
    '57014',
    `Statement reached its statement or warehouse timeout of ${seconds} second(s) and was canceled.`,
  );
}

/** 000604: somebody cancelled the run. */
export function cancelled(): SnowflakeError {
  return new SnowflakeError('000604', '57014', 'SQL execution canceled');
}
