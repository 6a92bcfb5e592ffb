/** Values as the columns of a log of one's own take them, whatever their types. */
import { boolean, FLOAT, integer, type SqlType, text, timestampLtz, type TypedValue } from '../../values';
import { DbtError } from '../args';
import type { Manner } from './manner';
import type { NodeRole, RunRole, Words } from './mapping';
import { dumps, timeText } from './python';
import { wallClock } from './sql';

/** A moment in a column of that type. @param zone of the clock that fills columns without a zone of their own */
export function timeIn(type: SqlType, micros: bigint | null, zone: string, { times }: Manner): TypedValue {
  if (micros === null) return { type, value: null };
  switch (type.kind) {
    case 'TIMESTAMP_NTZ':
      return wallClock(micros, zone);
    case 'TIMESTAMP_LTZ':
      return timestampLtz(micros);
    case 'TIMESTAMP_TZ':
      return { type, value: `${micros} 0` };
    case 'VARCHAR':
      return text(
        times === 'text-with-offset'
          ? `${timeText(micros)}+00:00`
          : timeText(wallClock(micros, zone).value as bigint),
      );
    case 'NUMBER':
      return integer(Number(micros / (times === 'milliseconds' ? 1000n : 1_000_000n)));
    case 'FLOAT':
      return { type: FLOAT, value: Number(micros) / 1e6 };
    case 'DATE':
      return { type, value: Number(micros / 86_400_000_000n) };
    default:
      return cannotHold(type, 'a time');
  }
}

export type Outcome = keyof Words;

export function statusIn(type: SqlType, outcome: Outcome, words: Words, { statuses }: Manner): TypedValue {
  if (type.kind === 'BOOLEAN') return boolean(outcome === 'running' ? null : outcome === 'succeeded');
  if (type.kind === 'NUMBER') return integer(outcome === 'running' ? null : Number(outcome === 'succeeded'));
  if (type.kind !== 'VARCHAR') return cannotHold(type, 'a status');
  const word = words[outcome];
  if (statuses === 'capitals') return text(word.toUpperCase());
  return text(statuses === 'padded' ? ` ${word} ` : word);
}

/** The values of an option: NULL, or what the manner has for none. */
export function listIn(type: SqlType, values: readonly string[], { selections }: Manner): TypedValue {
  if (type.kind === 'ARRAY' || type.kind === 'VARIANT') return { type, value: JSON.stringify(values) };
  if (type.kind !== 'VARCHAR') return cannotHold(type, 'a selection');
  switch (selections) {
    case 'json':
      return text(dumps(values));
    case 'python':
      return text(values.length === 0 ? 'None' : `[${values.map((value) => `'${value}'`).join(', ')}]`);
    case 'spaces':
      return text(values.join(' '));
    default:
      return text(values.length === 0 ? null : values.join(','));
  }
}

export function textIn(type: SqlType, value: string | null): TypedValue {
  return type.kind === 'VARCHAR' ? text(value) : cannotHold(type, 'text');
}

export function numberIn(type: SqlType, value: number): TypedValue {
  if (type.kind === 'NUMBER') return integer(value);
  if (type.kind === 'FLOAT') return { type: FLOAT, value };
  return type.kind === 'VARCHAR' ? text(String(value)) : cannotHold(type, 'a number');
}

/** The run's id: the invocation's, or a number of the moment or the day. */
export function idIn(
  type: SqlType,
  { invocationId, startedAt }: { invocationId: string; startedAt: bigint },
  { ids }: Manner,
): TypedValue {
  if (ids === 'day') {
    const day = timeText(startedAt).slice(0, 10);
    return type.kind === 'NUMBER' ? integer(Number(day.replaceAll('-', ''))) : textIn(type, day);
  }
  if (type.kind === 'NUMBER') return integer(Number(startedAt / 1000n));
  return textIn(type, ids === 'number' ? String(startedAt / 1000n) : invocationId);
}

const TIMES = ['TIMESTAMP_NTZ', 'TIMESTAMP_LTZ', 'TIMESTAMP_TZ', 'VARCHAR', 'NUMBER', 'FLOAT', 'DATE'];
const LISTS = ['VARCHAR', 'ARRAY', 'VARIANT'];

/** The types of columns into which a value of that role can be written; of those left out, text alone. */
const HOLDS: Readonly<Partial<Record<RunRole | NodeRole, readonly string[]>>> = {
  runId: ['VARCHAR', 'NUMBER'],
  startedAt: TIMES,
  endedAt: TIMES,
  status: ['VARCHAR', 'BOOLEAN', 'NUMBER'],
  selection: LISTS,
  exclude: LISTS,
  testsFailed: ['NUMBER', 'FLOAT', 'VARCHAR'],
};

export function holds(role: RunRole | NodeRole, kind: SqlType['kind']): boolean {
  return (HOLDS[role] ?? ['VARCHAR']).includes(kind);
}

/** `holds` is asked before hooks are set, but a table may be altered after that. */
function cannotHold({ kind }: SqlType, what: string): never {
  throw new DbtError(`a column of type ${kind} cannot hold ${what}`);
}
