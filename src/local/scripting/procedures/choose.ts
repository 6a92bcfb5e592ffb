/** Which overload a call means. https://docs.snowflake.com/en/developer-guide/udf-stored-procedure-naming-conventions */
import { SnowflakeError } from '../../errors';
import { showType } from '../../sql/types';
import { NULL, type SqlType, type TypedValue } from '../../values';
import type { GivenArgument } from './arguments';
import type { ProcedureRecord } from './record';

export interface Choice {
  procedure: ProcedureRecord;
  /** In order of the declared arguments; `undefined` takes the default. */
  given: (GivenArgument | undefined)[];
}

/** @throws SnowflakeError 001044 when no overload takes the arguments */
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
  if (!best) throw wrongArguments(candidates[0]!.name, args);
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

/** How far a value's type is from the declared one; Infinity where Snowflake does not coerce. */
function costOf({ type, value }: TypedValue, declared: SqlType): number {
  if (type.kind === declared.kind || (value === null && type === NULL.type)) return 0;
  if (type.kind === 'NUMBER' && declared.kind === 'FLOAT') return 1;
  if (type.kind === 'DATE' || isTimestamp(type))
    return isTimestamp(declared) ? 1 : declared.kind === 'VARCHAR' ? 3 : 9;
  if (declared.kind === 'VARIANT') return 2;
  if (type.kind === 'ARRAY' || type.kind === 'OBJECT') return Infinity;
  if (declared.kind === 'ARRAY' || declared.kind === 'OBJECT') return type.kind === 'VARIANT' ? 4 : Infinity;
  return declared.kind === 'VARCHAR' ? 3 : 4;
}

function isTimestamp({ kind }: SqlType): boolean {
  return kind.startsWith('TIMESTAMP');
}

function wrongArguments(name: string, args: readonly GivenArgument[]): SnowflakeError {
  const types = args.map(
    ({ name: label, value }) => (label === undefined ? '' : `${label} => `) + showType(value.type),
  );
  const message = `Invalid argument types for function '${name}': (${types.join(', ')})`;
  return new SnowflakeError(
    '001044',
    '42P13',
    `SQL compilation error: error line 1 at position 5\n${message}`,
  );
}
