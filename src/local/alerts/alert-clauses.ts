/**
 * The properties that CREATE ALERT and ALTER ALERT share: read first, weighed second, as those of tasks.
 * https://docs.snowflake.com/en/sql-reference/sql/create-alert, https://docs.snowflake.com/en/sql-reference/sql/alter-alert
 */
import { unsupported } from '../errors';
import type { TokenReader } from '../sql/token-reader';
import { parseConfig } from '../tasks/graph-config';
import { readNumber, readObjectName, readText } from '../tasks/property-values';
import { parseSchedule } from '../tasks/schedule';
import { duplicateProperty, invalidProperty, invalidTask, invalidValue } from '../tasks/task-errors';
import type { AlertProperties } from './alert';

type Read = (reader: TokenReader, properties: AlertProperties, name: string) => void;

const LONGEST_RUNBOOK = 2048;

const PROPERTIES: Record<string, Read> = {
  WAREHOUSE: (reader, properties) => (properties.warehouse = readObjectName(reader)),
  SCHEDULE: (reader, properties, name) => {
    // Without a schedule it is an alert on new data, which NULL says too.
    if (reader.accept('NULL')) delete properties.schedule;
    else properties.schedule = readText(reader, name);
  },
  COMMENT: (reader, properties, name) => (properties.comment = readText(reader, name)),
  CONFIG: (reader, properties, name) => (properties.config = readText(reader, name)),
  RUNBOOK: (reader, properties, name) => (properties.runbook = readText(reader, name)),
  SUSPEND_ALERT_AFTER_NUM_FAILURES: (reader, properties, name) =>
    (properties.suspendAlertAfterNumFailures = readNumber(reader, name)),
};

const UNSETTABLE: Record<string, keyof AlertProperties> = {
  WAREHOUSE: 'warehouse',
  COMMENT: 'comment',
  CONFIG: 'config',
  RUNBOOK: 'runbook',
  SUSPEND_ALERT_AFTER_NUM_FAILURES: 'suspendAlertAfterNumFailures',
};

/**
 * Reads `NAME = value`.
 * @param said the names that the statement has given so far, as written
 * @throws SnowflakeError for a name that is no property of an alert, one that is said twice, a value of another kind
 */
export function readAlertProperty(reader: TokenReader, properties: AlertProperties, said: Set<string>): void {
  refuseTags(reader);
  const name = readName(reader, PROPERTIES, said);
  reader.expect('=');
  PROPERTIES[name]!(reader, properties, name);
}

/** Takes the next property back to its default. @throws SnowflakeError */
export function unsetAlertProperty(
  reader: TokenReader,
  properties: AlertProperties,
  said: Set<string>,
): void {
  refuseTags(reader);
  delete properties[UNSETTABLE[readName(reader, UNSETTABLE, said)]!];
}

/** Which values they may have. @throws SnowflakeError */
export function requireAlertValues({ schedule, config, runbook, ...rest }: AlertProperties): void {
  if (schedule !== undefined) parseSchedule(schedule);
  if (config !== undefined) parseConfig(config);
  if ((runbook?.length ?? 0) > LONGEST_RUNBOOK)
    throw invalidTask(`The runbook of an alert cannot be longer than ${LONGEST_RUNBOOK} characters.`);
  const { suspendAlertAfterNumFailures: failures = 0 } = rest;
  if (failures < 0) throw invalidValue(String(failures), 'SUSPEND_ALERT_AFTER_NUM_FAILURES');
}

function refuseTags(reader: TokenReader): void {
  if (reader.sees('TAG') || reader.sees('WITH', 'TAG')) throw unsupported('ALERT ... TAG');
}

function readName(reader: TokenReader, known: Record<string, unknown>, said: Set<string>): string {
  const { value: name, text: written } = reader.next();
  if (!Object.hasOwn(known, name)) throw invalidProperty(name, 'ALERT');
  if (said.has(written)) throw duplicateProperty(written);
  said.add(written);
  return name;
}
