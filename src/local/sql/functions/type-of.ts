/** The type of an expression and how it is stored. https://docs.snowflake.com/en/sql-reference/functions/system_typeof */
import type { Expression } from '../ast';
import type { Lowered } from '../compilation';
import { quoteLiteral } from '../duck-text';
import { storedAs } from '../storage';
import { showType } from '../types';
import { define } from './registry';
import { varchar } from './types';

/** Largest absolute value in so many bytes. */
const BYTES: readonly [number, number][] = [
  [1, 2 ** 7],
  [2, 2 ** 15],
  [4, 2 ** 31],
  [8, 2 ** 63],
];

define('SYSTEM$TYPEOF', 1, ([a], call) => varchar(typeSql(a!, call.args[0])));

function typeSql({ sql, type }: Lowered, argument: Expression | undefined): string {
  switch (type.kind) {
    case 'NUMBER': {
      const units = `abs(CAST(${sql} AS DOUBLE)) * 1e${type.scale}`;
      const cases = BYTES.map(([bytes, most]) => `WHEN ${units} < ${most} THEN 'SB${bytes}]'`).join(' ');
      return `(${quoteLiteral(`${showType(type)}[`)} || CASE WHEN ${sql} IS NULL THEN 'SB1]' ${cases} ELSE 'SB16]' END)`;
    }
    case 'NULL':
      return quoteLiteral('NULL[LOB]');
    case 'VARCHAR':
      return whatever(sql, `VARCHAR(${type.length ?? lengthOf(argument)})[LOB]`);
    case 'BINARY':
      return whatever(sql, 'BINARY(67108864)[LOB]');
    default:
      return whatever(sql, `${showType(type)}[${storedAs(type)}]`);
  }
}

/** The argument is computed, as a bind has to be used. */
function whatever(sql: string, shown: string): string {
  return `(CASE WHEN ${sql} IS NULL THEN ${quoteLiteral(shown)} ELSE ${quoteLiteral(shown)} END)`;
}

/** Of a literal its own, else the longest there is. */
function lengthOf(argument: Expression | undefined): number {
  return argument?.is === 'string' ? Math.max(1, [...argument.value].length) : 134_217_728;
}
