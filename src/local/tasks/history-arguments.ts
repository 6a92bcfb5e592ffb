/** Named arguments of the history functions. */
import type { Session } from '../engine/contract';
import type { TypedValue } from '../values';
import { invalidTask, invalidValue } from './task-errors';
import type { Micros } from './task';
import { offsetAt } from './time-zone';

export type Arguments = Readonly<Record<string, TypedValue>>;

/** @throws SnowflakeError for an argument that the function does not have */
export function refuseUnknown(args: Arguments, known: readonly string[], name: string): void {
  for (const given of Object.keys(args)) {
    const positional = /^\d+$/.test(given) && Number(given) < known.length;
    if (!positional && !known.includes(given))
      throw invalidTask(`Invalid argument '${given}' for function '${name}'.`);
  }
}

export function textArgument(args: Arguments, name: string): string | undefined {
  const value = args[name]?.value;
  return value === undefined || value === null ? undefined : String(value);
}

export function flagArgument(args: Arguments, name: string): boolean {
  return args[name]?.value === true || String(args[name]?.value).toLowerCase() === 'true';
}

/** 1 to 10000. */
export function limitArgument(args: Arguments, preset: number): number {
  const value = args.RESULT_LIMIT?.value ?? preset;
  const limit = Number(value);
  if (!Number.isInteger(limit) || limit < 1 || limit > 10_000)
    throw invalidValue(String(value), 'RESULT_LIMIT');
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
