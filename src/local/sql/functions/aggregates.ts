/** https://docs.snowflake.com/en/sql-reference/functions-aggregation */
import { unsupported } from '../../errors';
import type { SqlType } from '../../values';
import type { Call } from '../ast';
import type { Lowered } from '../compilation';
import { cast, isSemi, toVariant } from '../lower/coerce';
import { lower } from '../lower/expression';
import { orderable } from '../lower/order';
import { OVER } from '../lower/over';
import { define } from './registry';
import { array, bigint, boolean, double, float, integer, numeric } from './types';

const AGGREGATE = { aggregate: true, window: true };
const distinct = (call: Call): string => (call.distinct ? 'DISTINCT ' : '');

/** COUNT takes a JSON null for a NULL: https://docs.snowflake.com/en/sql-reference/functions/count */
const counted = (value: Lowered): string =>
  isSemi(value.type) ? `CASE WHEN json_type(${value.sql}) <> 'NULL' THEN ${value.sql} END` : orderable(value);

define(
  'COUNT',
  [0, 20],
  (args, call) => {
    if (call.star || args.length === 0)
      return { sql: `CAST(count(*)${OVER} AS HUGEINT)`, type: { kind: 'NUMBER', precision: 18, scale: 0 } };
    const [first, ...more] = args as [Lowered, ...Lowered[]];
    if (more.length === 0)
      return {
        sql: `CAST(count(${distinct(call)}${counted(first)})${OVER} AS HUGEINT)`,
        type: { kind: 'NUMBER', precision: 18, scale: 0 },
      };
    const anyNull = args.map((arg) => `(${counted(arg)}) IS NULL`).join(' OR ');
    return {
      sql: `CAST(count(${distinct(call)}CASE WHEN ${anyNull} THEN NULL ELSE row(${args.map((arg) => arg.sql).join(', ')}) END)${OVER} AS HUGEINT)`,
      type: { kind: 'NUMBER', precision: 18, scale: 0 },
    };
  },
  AGGREGATE,
);

define(
  'SUM',
  1,
  ([a], call) => {
    const value = numeric(a!);
    if (value.type.kind === 'FLOAT')
      return { sql: `sum(${distinct(call)}${value.sql})${OVER}`, type: value.type };
    const scale = value.type.kind === 'NUMBER' ? value.type.scale : 0;
    const type: SqlType = { kind: 'NUMBER', precision: 38, scale };
    return {
      sql: `CAST(sum(${distinct(call)}${value.sql})${OVER} AS ${scale === 0 ? 'HUGEINT' : `DECIMAL(38,${scale})`})`,
      type,
    };
  },
  AGGREGATE,
);

/** The average of exact numbers has a scale of 6 more, at least 6 and at most 12. */
define(
  'AVG',
  1,
  ([a], call) => {
    const value = numeric(a!);
    const average = `avg(${distinct(call)}${double(value)})${OVER}`;
    if (value.type.kind !== 'NUMBER') return float(average);
    const scale = Math.max(value.type.scale, Math.min(value.type.scale + 6, 12));
    return {
      sql: `CAST(round(${average}, ${scale}) AS DECIMAL(38,${scale}))`,
      type: { kind: 'NUMBER', precision: 38, scale },
    };
  },
  AGGREGATE,
);

for (const name of ['MIN', 'MAX']) {
  define(
    name,
    1,
    ([a]) => {
      if (a!.type.kind === 'NULL')
        return { sql: `${name.toLowerCase()}(CAST(NULL AS VARCHAR))${OVER}`, type: { kind: 'VARCHAR' } };
      return { sql: `${name.toLowerCase()}(${a!.sql})${OVER}`, type: a!.type };
    },
    AGGREGATE,
  );
}
define('ANY_VALUE', 1, ([a]) => ({ sql: `any_value(${a!.sql})${OVER}`, type: a!.type }), AGGREGATE);
define('MODE', 1, ([a]) => ({ sql: `mode(${a!.sql})${OVER}`, type: a!.type }), AGGREGATE);
/** The value beside the largest or smallest other one, be it NULL; with a third argument so many of them, as an array. */
function extreme(name: 'arg_max' | 'arg_min', [a, by, most]: Lowered[]): Lowered {
  const order = orderable(by!);
  return most
    ? array(`to_json(${name}(${toVariant(a!)}, ${order}, ${bigint(most)})${OVER})`)
    : { sql: `${name}_null(${a!.sql}, ${order})${OVER}`, type: a!.type };
}
define('MAX_BY', [2, 3], (args) => extreme('arg_max', args), AGGREGATE);
define('MIN_BY', [2, 3], (args) => extreme('arg_min', args), AGGREGATE);
define(
  'COUNT_IF',
  1,
  ([a]) => integer(`count(CASE WHEN ${cast(a!, { kind: 'BOOLEAN' }).sql} THEN 1 END)${OVER}`),
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
  ([a]) => boolean(`(count(CASE WHEN ${cast(a!, { kind: 'BOOLEAN' }).sql} THEN 1 END)${OVER} = 1)`),
  AGGREGATE,
);
define('BITAND_AGG', 1, ([a]) => integer(`bit_and(CAST(${numeric(a!).sql} AS BIGINT))${OVER}`), AGGREGATE);
define('BITXOR_AGG', 1, ([a]) => integer(`bit_xor(CAST(${numeric(a!).sql} AS BIGINT))${OVER}`), AGGREGATE);
define('BITOR_AGG', 1, ([a]) => integer(`bit_or(CAST(${numeric(a!).sql} AS BIGINT))${OVER}`), AGGREGATE);
define(
  'APPROX_COUNT_DISTINCT HLL',
  1,
  ([a]) => integer(`count(DISTINCT ${orderable(a!)})${OVER}`),
  AGGREGATE,
);

const STATISTICS: [string, string][] = [
  ['SKEW', 'skewness'],
  ['KURTOSIS', 'kurtosis'],
  ['STDDEV STDDEV_SAMP', 'stddev_samp'],
  ['STDDEV_POP', 'stddev_pop'],
  ['VARIANCE VAR_SAMP VARIANCE_SAMP', 'var_samp'],
  ['VAR_POP VARIANCE_POP', 'var_pop'],
];
for (const [names, duck] of STATISTICS)
  define(names, 1, ([a], call) => float(`${duck}(${distinct(call)}${double(a!)})${OVER}`), AGGREGATE);
define(
  'MEDIAN',
  1,
  ([a]) => {
    const value = numeric(a!);
    if (value.type.kind !== 'NUMBER') return float(`median(${value.sql})${OVER}`);
    const type: SqlType = { kind: 'NUMBER', precision: 38, scale: Math.min(value.type.scale + 3, 37) };
    return { sql: `CAST(median(${double(value)})${OVER} AS DECIMAL(38,${type.scale}))`, type };
  },
  AGGREGATE,
);
for (const name of ['CORR', 'COVAR_POP', 'COVAR_SAMP', 'REGR_SLOPE', 'REGR_INTERCEPT', 'REGR_R2']) {
  define(name, 2, ([y, x]) => float(`${name.toLowerCase()}(${double(y!)}, ${double(x!)})${OVER}`), AGGREGATE);
}
for (const name of ['PERCENTILE_CONT', 'PERCENTILE_DISC']) {
  define(
    name,
    1,
    ([fraction], call, context) => {
      const [item] = call.within ?? [];
      if (!item) throw unsupported(`${name} without WITHIN GROUP`);
      const value = numeric(lower(item.expression, context));
      const of = item.descending ? `(1 - ${fraction!.sql})` : fraction!.sql;
      const duck =
        name === 'PERCENTILE_CONT'
          ? `quantile_cont(${double(value)}, ${of})`
          : `quantile_disc(${value.sql}, ${of})`;
      return name === 'PERCENTILE_CONT'
        ? { sql: `CAST(${duck}${OVER} AS DECIMAL(38,6))`, type: { kind: 'NUMBER', precision: 38, scale: 6 } }
        : { sql: `${duck}${OVER}`, type: value.type };
    },
    AGGREGATE,
  );
}
define(
  'GROUPING GROUPING_ID',
  [1, 10],
  (args) => integer(`grouping(${args.map((arg) => arg.sql).join(', ')})`),
  { aggregate: true },
);
define('RATIO_TO_REPORT', 1, ([a]) => float(`(${double(a!)} / sum(${double(a!)})${OVER})`), { window: true });
