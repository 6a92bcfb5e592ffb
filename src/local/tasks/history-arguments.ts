/** Arguments of the table functions about tasks: by name or by position. */
import type { Session } from '../engine/contract';
import { offsetAt } from '../../model/time-zone';
import type { TypedValue } from '../values';
import { invalidTask, invalidValue } from './task-errors';
import type { Micros } from './task';

export type Arguments = Readonly<Record<string, TypedValue>>;

/**
 * The arguments by name.
 * @param names those that the function has, in their order
 * @throws SnowflakeError for one that it does not have, and one that is given twice
 */
export function readArguments(given: Arguments, names: readonly string[], name: string): Arguments {
  const args: Record<string, TypedValue> = {};
  for (const [key, value] of Object.entries(given)) {
    const known = /^\d+$/.test(key) ? names[Number(key)] : key;
    if (known === undefined || !names.includes(known) || Object.hasOwn(args, known))
      throw invalidTask(`Invalid argument '${key}' for function '${name}'.`);
    args[known] = value;
  }
  return args;
}

export function textArgument(args: Arguments, name: string): string | undefined {
  const value = args[name]?.value;
  return value === undefined || value === null ? undefined : String(value);
}

/** For names in histories, which do not mind upper and lower case. */
export function nameArgument(args: Arguments, name: string): (stored: string) => boolean {
  const wanted = textArgument(args, name)?.toUpperCase();
  return (stored) => wanted === undefined || stored.toUpperCase() === wanted;
}

export function flagArgument(args: Arguments, name: string): boolean {
  return args[name]?.value === true || String(args[name]?.value).toLowerCase() === 'true';
}

/** Up to 10000. */
export function limitArgument(args: Arguments, { preset, least }: { preset: number; least: number }): number {
  const value = args.RESULT_LIMIT?.value ?? preset;
  const limit = Number(value);
  if (!Number.isInteger(limit) || limit < least) throw invalidValue(String(value), 'RESULT_LIMIT');
  if (limit > 10_000)
    throw invalidTask('Value for parameter RESULT_LIMIT exceeds maximum allowable value (10,000).');
  return limit;
}

/** Any kind of timestamp, or its text; a wall clock without zone is the session's. */
export function timeArgument(args: Arguments, name: string, session: Session): Micros | undefined {
  const argument = args[name];
  if (argument?.value === undefined || argument.value === null) return undefined;
  const { type, value } = argument;
  if (type.kind === 'TIMESTAMP_LTZ') return Number(value);
  if (type.kind === 'TIMESTAMP_TZ') return Number(String(value).split(' ')[0]);
  if (type.kind === 'DATE') return fromWallClock(Number(value) * 86_400_000, session);
  if (type.kind === 'TIMESTAMP_NTZ') return fromWallClock(Number(value) / 1000, session);
  const text = String(value)
    .trim()
    .replace(/^(\d{4}-\d\d-\d\d) /, '$1T')
    .replace(/\s+/g, '');
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/.test(text);
  const parsed = Date.parse(hasZone ? text : `${text.length === 10 ? `${text}T00:00` : text}Z`);
  if (Number.isNaN(parsed)) throw invalidValue(String(value), name);
  return hasZone ? parsed * 1000 : fromWallClock(parsed, session);
}

/** Snowflake's default zone is Los Angeles. https://docs.snowflake.com/en/sql-reference/parameters */
function fromWallClock(milliseconds: number, session: Session): Micros {
  const zone = session.parameters.get('TIMEZONE') ?? 'America/Los_Angeles';
  const guess = milliseconds - offsetAt(zone, milliseconds);
  return (milliseconds - offsetAt(zone, guess)) * 1000;
}
