/** https://docs.snowflake.com/en/sql-reference/functions-aggregation */
import { unsupported } from '../../errors';
import type { Call } from '../ast';
import type { Lowered } from '../compilation';
import { cast, isSemi, toVariant } from '../lower/coerce';
import { fromUnits, quotient, units, type Exact } from '../lower/division';
import { copied } from '../lower/once';
import { orderable, orderedBy } from '../lower/order';
import { OVER } from '../lower/over';
import {
  averageType,
  COUNTED,
  numberType,
  quotientType,
  totalType,
  windowAverageType,
} from '../number-types';
import { typeOf } from '../lower/operands';
import { misplaced } from '../operands';
import { compileError } from '../scope';
import { defineNumeric } from './numeric';
import { define } from './registry';
import { requireDecimals } from './statistics';
import { array, boolean, float, integer, literalInteger, numeric } from './types';

const AGGREGATE = { aggregate: true, window: true };
const distinct = (call: Call): string => (call.distinct ? 'DISTINCT ' : '');

/** COUNT takes a JSON null for a NULL: https://docs.snowflake.com/en/sql-reference/functions/count */
const counted = (value: Lowered): string =>
  isSemi(value.type) ? `CASE WHEN json_type(${value.sql}) <> 'NULL' THEN ${value.sql} END` : orderable(value);

define(
  'COUNT',
  [0, 20],
  (args, call) => {
    if (call.star || args.length === 0) return { sql: `CAST(count(*)${OVER} AS HUGEINT)`, type: COUNTED };
    const [first, ...more] = args as [Lowered, ...Lowered[]];
    if (more.length === 0)
      return {
        sql: `CAST(count(${distinct(call)}${counted(first)})${OVER} AS HUGEINT)`,
        type: COUNTED,
      };
    const anyNull = args.map((arg) => `(${counted(arg)}) IS NULL`).join(' OR ');
    return {
      sql: `CAST(count(${distinct(call)}CASE WHEN ${anyNull} THEN NULL ELSE row(${args.map((arg) => arg.sql).join(', ')}) END)${OVER} AS HUGEINT)`,
      type: COUNTED,
    };
  },
  AGGREGATE,
);

/** https://docs.snowflake.com/en/sql-reference/functions/sum */
defineNumeric(
  'SUM',
  1,
  ([a], call) => {
    const value = numeric(a!);
    const total = `sum(${distinct(call)}${value.sql})${OVER}`;
    if (value.type.kind !== 'NUMBER') return float(total);
    const type = totalType(value.type);
    return {
      sql: `CAST(${total} AS ${type.scale === 0 ? 'HUGEINT' : `DECIMAL(38,${type.scale})`})`,
      type,
    };
  },
  AGGREGATE,
);

/** The exact quotient of sum and count. https://docs.snowflake.com/en/sql-reference/functions/avg */
defineNumeric(
  'AVG',
  1,
  ([a], call) => {
    const value = numeric(a!);
    const of = `${distinct(call)}${value.sql}`;
    if (value.type.kind !== 'NUMBER') return float(`avg(${of})${OVER}`);
    const type = isWholePartition(call)
      ? requireDecimals(windowAverageType(value.type), value.type.precision + 15)
      : averageType(value.type);
    const total: Exact = { sql: `sum(${of})${OVER}`, type: totalType(value.type) };
    const shift = type.scale - value.type.scale;
    const sides = [units(total), `CAST(count(${of})${OVER} AS HUGEINT)`];
    const average = copied(sides, ([n, d]) => `CASE WHEN ${d} > 0 THEN ${quotient(n!, d!, shift)} END`);
    return fromUnits(average, type);
  },
  AGGREGATE,
);

/** Over a window with ORDER BY alone it is as without one. */
function isWholePartition({ over }: Call): boolean {
  return over !== undefined && (over.frame !== undefined || over.order.length === 0);
}

for (const name of ['MIN', 'MAX']) {
  define(
    name,
    1,
    ([a]) => {
      if (a!.type.kind === 'NULL')
        return { sql: `${name.toLowerCase()}(CAST(NULL AS VARCHAR))${OVER}`, type: { kind: 'VARCHAR' } };
      if (a!.type.kind === 'VARIANT')
        return { sql: `arg_${name.toLowerCase()}(${a!.sql}, ${orderedBy(a!)})${OVER}`, type: a!.type };
      return { sql: `${name.toLowerCase()}(${a!.sql})${OVER}`, type: a!.type };
    },
    AGGREGATE,
  );
}
define('ANY_VALUE', 1, ([a]) => ({ sql: `any_value(${a!.sql})${OVER}`, type: a!.type }), AGGREGATE);
define('MODE', 1, ([a]) => ({ sql: `mode(${a!.sql})${OVER}`, type: a!.type }), AGGREGATE);
/**
 * The value beside the largest or smallest other one, be it NULL; with a third argument so many of them, as an array.
 * https://docs.snowflake.com/en/sql-reference/functions/max_by
 */
function extreme(name: 'arg_max' | 'arg_min', [a, by, most]: Lowered[]): Lowered {
  const order = orderedBy(by!);
  if (most) {
    const count = literalInteger(most);
    if (count === undefined || count < 1 || count > 1000)
      throw unsupported('MAX_BY and MIN_BY of a number of values that is no constant from 1 to 1000');
    // Of equal ones the first: DuckDB's own would take the last.
    const sorted = `list(${toVariant(a!)} ORDER BY ${order} ${name === 'arg_max' ? 'DESC' : 'ASC'}) FILTER (WHERE ${order} IS NOT NULL)${OVER}`;
    return array(`to_json((${sorted})[1:${count}])`);
  }
  return { sql: `${name}_null(${a!.sql}, ${order})${OVER}`, type: a!.type };
}
// Their pages know no window.
define('MAX_BY', [2, 3], (args) => extreme('arg_max', args), { aggregate: true });
define('MIN_BY', [2, 3], (args) => extreme('arg_min', args), { aggregate: true });
define(
  'COUNT_IF',
  1,
  ([a], call, { compilation }) => {
    // An account makes a SUM of an IFF of it, which refuses other conditions.
    if (a!.type.kind !== 'BOOLEAN' && a!.type.kind !== 'NULL')
      throw compileError(
        compilation,
        call.at,
        '001044',
        '42P13',
        misplaced('IFF', [typeOf(a!), numberType(1, 0), numberType(1, 0)]),
      );
    return { sql: `CAST(count(CASE WHEN ${a!.sql} THEN 1 END)${OVER} AS HUGEINT)`, type: numberType(13, 0) };
  },
  AGGREGATE,
);
define('BOOLOR_AGG', 1, ([a]) => boolean(`bool_or(${cast(a!, { kind: 'BOOLEAN' }).sql})${OVER}`), AGGREGATE);
define(
  'BOOLAND_AGG',
  1,
  ([a]) => boolean(`bool_and(${cast(a!, { kind: 'BOOLEAN' }).sql})${OVER}`),
  AGGREGATE,
);
define(
  'BOOLXOR_AGG',
  1,
  ([a]) => {
    // NULL where there is nothing but NULLs.
    const { sql } = cast(a!, { kind: 'BOOLEAN' });
    return boolean(
      `(CASE WHEN count(${sql})${OVER} > 0 THEN count(CASE WHEN ${sql} THEN 1 END)${OVER} = 1 END)`,
    );
  },
  AGGREGATE,
);
for (const [bits, duck] of [
  ['AND', 'bit_and'],
  ['OR', 'bit_or'],
  ['XOR', 'bit_xor'],
] as const)
  define(
    `BIT${bits}_AGG BIT${bits}AGG BIT_${bits}_AGG BIT_${bits}AGG`,
    1,
    ([a]) => integer(`${duck}(CAST(${numeric(a!).sql} AS BIGINT))${OVER}`),
    AGGREGATE,
  );
define(
  'APPROX_COUNT_DISTINCT HLL',
  [1, 20],
  ([a, ...more], { name }) => {
    if (more.length > 0) throw unsupported(`${name} of several values`);
    return { sql: `CAST(count(DISTINCT ${orderable(a!)})${OVER} AS HUGEINT)`, type: COUNTED };
  },
  AGGREGATE,
);

define(
  'GROUPING GROUPING_ID',
  [1, 10],
  (args) => integer(`grouping(${args.map((arg) => arg.sql).join(', ')})`),
  { aggregate: true },
);
/** The share in the sum, as / has it; NULL where the sum is 0. https://docs.snowflake.com/en/sql-reference/functions/ratio_to_report */
defineNumeric(
  'RATIO_TO_REPORT',
  1,
  ([a]) => {
    const value = numeric(a!);
    if (value.type.kind !== 'NUMBER') return float(`(${value.sql} / nullif(sum(${value.sql})${OVER}, 0))`);
    const total: Exact = { sql: `nullif(sum(${value.sql})${OVER}, 0)`, type: totalType(value.type) };
    const type = quotientType(value.type, total.type);
    return fromUnits(quotient(units(value as Exact), units(total), type.scale), type);
  },
  { window: true },
);
