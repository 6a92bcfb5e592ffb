/** Values that come as they are: numbers of the text, parameters, binds, session variables. */
import { SnowflakeError } from '../../errors';
import type { SqlType, TypedValue } from '../../values';
import type { Lowered, Parameter } from '../compilation';
import { quoteLiteral } from '../duck-text';
import { exactNumber } from '../number-literal';
import { duckType } from '../types';
import type { Context } from './expression';

/** DuckDB counts the zero before the point as a digit, and takes more than 38 for a DOUBLE. */
export function lowerNumber(written: string): Lowered {
  const exact = exactNumber(written);
  if (!exact)
    return { sql: /[eE]/.test(written) ? written : `CAST('${written}' AS DOUBLE)`, type: { kind: 'FLOAT' } };
  const { text, type } = exact;
  return { sql: type.scale > 0 && type.precision > 36 ? text.replace(/^0+/, '') : text, type };
}

/** Registers where a parameter's value comes from; the same source is bound once. */
export function parameter(source: Parameter & { type: SqlType }, context: Context): Lowered {
  const { parameters, numbers } = context.compilation;
  if (source.from !== 'bind' && source.from !== 'session')
    return { sql: parameterSql(parameters.push(source), source.type), type: source.type };
  const key = JSON.stringify(source);
  const number = numbers.get(key) ?? parameters.push(source);
  numbers.set(key, number);
  return { sql: parameterSql(number, source.type), type: source.type };
}

/** A parameter with its type written out, so that DuckDB need not guess it. */
function parameterSql(number: number, type: SqlType): string {
  const raw = `$${number}`;
  switch (type.kind) {
    case 'NUMBER':
      return type.scale === 0
        ? `CAST(${raw} AS HUGEINT)`
        : `CAST(CAST(${raw} AS VARCHAR) AS ${duckType(type)})`;
    case 'TIMESTAMP_TZ':
      return `{'t': make_timestamptz(CAST(split_part(CAST(${raw} AS VARCHAR), ' ', 1) AS BIGINT)), 'o': CAST(split_part(CAST(${raw} AS VARCHAR), ' ', 2) AS SMALLINT)}`;
    case 'VARIANT':
    case 'ARRAY':
    case 'OBJECT':
      return `CAST(CAST(${raw} AS VARCHAR) AS JSON)`;
    case 'BINARY':
      return `unhex(CAST(${raw} AS VARCHAR))`;
    default:
      return `CAST(${raw} AS ${duckType(type)})`;
  }
}

export function lowerBind(index: number, context: Context): Lowered {
  const value = context.compilation.environment.binds[index];
  if (!value)
    throw new SnowflakeError(
      '100132',
      '42601',
      `SQL compilation error:\nBind variable ${index + 1} not set.`,
    );
  return parameter({ from: 'bind', index, type: value.type }, context);
}

export function lowerVariable(name: string, context: Context): Lowered {
  const value = context.compilation.environment.variable(name);
  if (!value) {
    throw new SnowflakeError(
      '002211',
      '02000',
      `SQL compilation error:\nSession variable '$${name}' does not exist`,
    );
  }
  context.compilation.cacheable = false;
  return literal(value);
}

/** A value as a literal of DuckDB. */
function literal({ type, value }: TypedValue): Lowered {
  if (value === null) return { sql: `CAST(NULL AS ${duckType(type)})`, type };
  switch (type.kind) {
    case 'TIMESTAMP_NTZ':
      return { sql: `make_timestamp(${value})`, type };
    case 'TIMESTAMP_LTZ':
      return { sql: `make_timestamptz(${value})`, type };
    case 'DATE':
      return { sql: `(DATE '1970-01-01' + ${value})`, type };
    case 'TIME':
      return { sql: `CAST(make_timestamp(${value}) AS TIME)`, type };
    case 'NUMBER':
      return { sql: `CAST(${quoteLiteral(String(value))} AS ${duckType(type)})`, type };
    case 'TIMESTAMP_TZ': {
      const [micros, offset] = String(value).split(' ');
      return { sql: `{'t': make_timestamptz(${micros}), 'o': CAST(${offset} AS SMALLINT)}`, type };
    }
    case 'BINARY':
      return { sql: `unhex(${quoteLiteral(String(value))})`, type };
    default:
      return { sql: `CAST(${quoteLiteral(String(value))} AS ${duckType(type)})`, type };
  }
}
