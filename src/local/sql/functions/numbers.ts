/** https://docs.snowflake.com/en/sql-reference/functions-numeric and conversions to numbers */
import { SnowflakeError, unsupported } from '../../errors';
import type { SqlType } from '../../values';
import type { Lowered } from '../compilation';
import { cast } from '../lower/coerce';
import { define } from './registry';
import { bigint, double, float, int32, INTEGER, integer, numeric, varchar } from './types';

const same =
  (name: string) =>
  ([a]: Lowered[]): Lowered => ({ sql: `${name}(${numeric(a!).sql})`, type: numeric(a!).type });

define('ABS', 1, same('abs'));
define('SIGN', 1, ([a]) => integer(`sign(${numeric(a!).sql})`));
define('CEIL FLOOR', [1, 2], (args, call) => {
  const name = call.name.toLowerCase();
  const value = numeric(args[0]!);
  if (args[1]) throw unsupported(`${call.name} with a scale`);
  return value.type.kind === 'FLOAT' ? float(`${name}(${value.sql})`) : integer(`${name}(${value.sql})`);
});
define('ROUND', [1, 2], (args) => rounded('round', args));
define('TRUNC TRUNCATE', [1, 2], (args, call, context) => {
  const kind = args[0]!.type.kind;
  if (kind === 'DATE' || kind.startsWith('TIMESTAMP')) return truncateDate(args, call, context);
  return rounded('trunc', args);
});

/** TRUNC(date, part) is DATE_TRUNC(part, date). */
let truncateDate: (
  args: Lowered[],
  call: Parameters<Parameters<typeof define>[2]>[1],
  context: Parameters<Parameters<typeof define>[2]>[2],
) => Lowered = () => {
  throw unsupported('TRUNC of a date');
};
export function setDateTruncation(truncation: typeof truncateDate): void {
  truncateDate = truncation;
}

function rounded(name: 'round' | 'trunc', args: Lowered[]): Lowered {
  const value = numeric(args[0]!);
  if (!args[1])
    return { sql: `${name}(${value.sql})`, type: value.type.kind === 'FLOAT' ? value.type : INTEGER };
  const scale = /^-?\d+$/.test(args[1].sql) ? Number(args[1].sql) : undefined;
  const sql = `${name}(${value.sql}, ${int32(args[1])})`;
  if (value.type.kind !== 'NUMBER' || scale === undefined)
    return value.type.kind === 'FLOAT'
      ? float(sql)
      : {
          sql: `CAST(${name}(${double(value)}, ${int32(args[1])}) AS DECIMAL(38,${(value.type as SqlType & { kind: 'NUMBER' }).scale}))`,
          type: value.type,
        };
  const type: SqlType = {
    kind: 'NUMBER',
    precision: 38,
    scale: Math.max(0, Math.min(scale, value.type.scale)),
  };
  return { sql, type };
}

define('MOD', 2, ([a, b]) => {
  const [left, right] = [numeric(a!), numeric(b!)];
  return {
    sql: `sf_modulo(${left.sql}, ${right.sql})`,
    type: left.type.kind === 'FLOAT' ? left.type : right.type,
  };
});
define('DIV0', 2, ([a, b]) => quotient(numeric(a!), numeric(b!), '0'));
define('DIV0NULL', 2, ([a, b]) =>
  quotient(numeric(a!), { ...numeric(b!), sql: `coalesce(${numeric(b!).sql}, 0)` }, '0'),
);

/** Division whose result for a divisor of 0 is 0. */
function quotient(a: Lowered, b: Lowered, zero: string): Lowered {
  const division = `CASE WHEN ${b.sql} = 0 THEN ${zero} ELSE ${double(a)} / ${double(b)} END`;
  if (a.type.kind === 'FLOAT' || b.type.kind === 'FLOAT') return float(`(${division})`);
  const scale = a.type.kind === 'NUMBER' ? Math.max(a.type.scale, Math.min(a.type.scale + 6, 12)) : 6;
  return {
    sql: `CAST(round(${division}, ${scale}) AS DECIMAL(38,${scale}))`,
    type: { kind: 'NUMBER', precision: 38, scale },
  };
}

define('POWER POW', 2, ([a, b]) => float(`power(${double(a!)}, ${double(b!)})`));
for (const name of [
  'SQRT',
  'EXP',
  'LN',
  'SIN',
  'COS',
  'TAN',
  'ASIN',
  'ACOS',
  'ATAN',
  'CBRT',
  'DEGREES',
  'RADIANS',
])
  define(name, 1, ([a]) => float(`${name.toLowerCase()}(${double(a!)})`));
define('ATAN2', 2, ([a, b]) => float(`atan2(${double(a!)}, ${double(b!)})`));
define('LOG', 2, ([base, x]) => float(`(ln(${double(x!)}) / ln(${double(base!)}))`));
define('SQUARE', 1, ([a]) => float(`power(${double(a!)}, 2)`));
define('PI', 0, () => float('pi()'));
define('FACTORIAL', 1, ([a]) => integer(`factorial(${int32(a!)})`));
define('BITAND', 2, ([a, b]) => integer(`(${bigint(a!)} & ${bigint(b!)})`));
define('BITOR', 2, ([a, b]) => integer(`(${bigint(a!)} | ${bigint(b!)})`));
define('BITXOR', 2, ([a, b]) => integer(`xor(${bigint(a!)}, ${bigint(b!)})`));
define('BITSHIFTLEFT', 2, ([a, b]) => integer(`(${bigint(a!)} << ${bigint(b!)})`));
define('BITSHIFTRIGHT', 2, ([a, b]) => integer(`(${bigint(a!)} >> ${bigint(b!)})`));
define('RANDOM', 0, () => integer(`CAST((random() - 0.5) * 9223372036854774784 * 2 AS HUGEINT)`));
define('UNIFORM', 3, ([low, high]) => ({
  sql: `CAST(floor(random() * (${high!.sql} - ${low!.sql} + 1)) + ${low!.sql} AS HUGEINT)`,
  type: INTEGER,
}));
define('SEQ1 SEQ2 SEQ4 SEQ8', [0, 1], () => integer('(row_number() OVER () - 1)'));
define('UUID_STRING', 0, () => varchar('CAST(uuid() AS VARCHAR)'));

/** TO_NUMBER(value [, format] [, precision [, scale]]); formats are refused. */
function toNumber(tries: boolean) {
  return (args: Lowered[]): Lowered => {
    const [value, ...rest] = args as [Lowered, ...Lowered[]];
    const sizes = rest.map((each) => {
      if (!/^\d+$/.test(each.sql)) throw unsupported('TO_NUMBER with a format');
      return Number(each.sql);
    });
    if (tries && value.type.kind !== 'VARCHAR' && value.type.kind !== 'NULL') {
      throw new SnowflakeError(
        '001065',
        '22023',
        `SQL compilation error:\nFunction TRY_TO_NUMBER cannot be used with arguments of type ${value.type.kind}`,
      );
    }
    return cast(value, { kind: 'NUMBER', precision: sizes[0] ?? 38, scale: sizes[1] ?? 0 }, tries);
  };
}
define('TO_NUMBER TO_DECIMAL TO_NUMERIC', [1, 4], toNumber(false));
define('TRY_TO_NUMBER TRY_TO_DECIMAL TRY_TO_NUMERIC', [1, 4], toNumber(true));
define('TO_DOUBLE', 1, ([a]) => cast(a!, { kind: 'FLOAT' }));
define('TRY_TO_DOUBLE', 1, ([a]) => cast(a!, { kind: 'FLOAT' }, true));
define('TO_BOOLEAN', 1, ([a]) => cast(a!, { kind: 'BOOLEAN' }));
define('TRY_TO_BOOLEAN', 1, ([a]) => cast(a!, { kind: 'BOOLEAN' }, true));
