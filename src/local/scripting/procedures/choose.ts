/** Which overload a call means. https://docs.snowflake.com/en/developer-guide/udf-stored-procedure-naming-conventions */
import { SnowflakeError } from '../../errors';
import { showFull } from '../../sql/types';
import { NULL, type SqlType, type TypedValue } from '../../values';
import type { GivenArgument } from './arguments';
import type { ProcedureRecord } from './record';
import { rankOf } from './takes';

export interface Choice {
  procedure: ProcedureRecord;
  /** In order of the declared arguments; `undefined` takes the default. */
  given: (GivenArgument | undefined)[];
}

/** @throws SnowflakeError 001044 or 000939 when no overload takes the arguments */
export function chooseOverload(
  candidates: readonly ProcedureRecord[],
  args: readonly GivenArgument[],
): Choice {
  let best: (Choice & { cost: number }) | undefined;
  for (const procedure of candidates) {
    const given = place(procedure, args);
    if (!given) continue;
    const cost = given.reduce(
      (sum, one, at) => sum + (one ? costOf(one.value, procedure.args[at]!.type) : 0),
      0,
    );
    if (cost < (best?.cost ?? Infinity)) best = { procedure, given, cost };
  }
  if (!best) throw refusal(candidates, args);
  return best;
}

/** The given values at the places of the declared arguments; `undefined` when they do not fit. */
function place(
  { args: declared }: ProcedureRecord,
  args: readonly GivenArgument[],
): (GivenArgument | undefined)[] | undefined {
  if (args.length > declared.length) return undefined;
  const isNamed = args[0]?.name !== undefined;
  const given = declared.map(({ name }, at) => (isNamed ? args.find((arg) => arg.name === name) : args[at]));
  const isComplete = given.every((one, at) => one !== undefined || declared[at]!.default !== undefined);
  const allUsed = given.filter((one) => one !== undefined).length === args.length;
  return isComplete && allUsed ? given : undefined;
}

function costOf(argument: TypedValue, declared: SqlType): number {
  return rankOf(isBareNull(argument) ? 'NULL' : argument.type.kind, declared.kind);
}

/** NULL without a type. */
function isBareNull({ type, value }: TypedValue): boolean {
  return value === null && type === NULL.type;
}

/** No overload takes the arguments: their number, their names or their types are others. */
function refusal(candidates: readonly ProcedureRecord[], args: readonly GivenArgument[]): SnowflakeError {
  const [{ name, args: declared }] = candidates as [ProcedureRecord];
  const most = Math.max(...candidates.map((each) => each.args.length));
  if (args.length > most) return tooMany(name, most, args);
  if (args[0]?.name === undefined) {
    const types = args.map(({ value }) => shown(value)).join(', ');
    return mismatch('001044', '42P13', `Invalid argument types for function '${name}': (${types})`);
  }
  const given = new Set(args.map((arg) => arg.name));
  const known = declared.map((arg) => arg.name).filter((each) => given.has(each));
  const names = [...known, ...[...given].filter((each) => !known.includes(each!))].join(', ');
  return mismatch(
    '001044',
    '42P13',
    `named arguments [${names}] do not match any signature for function ${name}`,
  );
}

function tooMany(name: string, most: number, args: readonly GivenArgument[]): SnowflakeError {
  const call = `${name}(${args.map(({ text }) => text).join(', ')})`;
  return mismatch(
    '000939',
    '22023',
    `too many arguments for function [${call}] expected ${most}, got ${args.length}`,
  );
}

/** The arguments of a CALL are judged without a place. */
function mismatch(code: string, sqlState: string, what: string): SnowflakeError {
  return new SnowflakeError(code, sqlState, `SQL compilation error: error line 0 at position -1\n${what}`);
}

function shown(value: TypedValue): string {
  if (isBareNull(value)) return 'NULL';
  const { type } = value;
  if (type.kind !== 'VARCHAR' || type.length !== undefined || typeof value.value !== 'string')
    return showFull(type);
  return `VARCHAR(${Math.max(1, [...value.value].length)})`;
}
