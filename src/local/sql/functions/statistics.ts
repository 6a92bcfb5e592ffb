/** Deviations, correlations and percentiles. https://docs.snowflake.com/en/sql-reference/functions-aggregation */
import { SnowflakeError, unsupported } from '../../errors';
import type { Call } from '../ast';
import type { Lowered } from '../compilation';
import { lower, type Context } from '../lower/expression';
import { OVER } from '../lower/over';
import { medianType, OF_NULL, varianceType, type NumberType } from '../number-types';
import { defineNumeric } from './numeric';
import { double, float, numeric } from './types';

const AGGREGATE = { aggregate: true, window: true };
const distinct = (call: Call): string => (call.distinct ? 'DISTINCT ' : '');

/** Without a window on its page. */
defineNumeric('SKEW', 1, ([a], call) => float(`skewness(${distinct(call)}${double(a!)})${OVER}`), {
  aggregate: true,
});
/**
 * Of exact numbers it has 12 decimals, the last of which DuckDB's misses.
 * https://docs.snowflake.com/en/sql-reference/functions/kurtosis
 */
defineNumeric(
  'KURTOSIS',
  1,
  ([a], call) => {
    if (numeric(a!).type.kind === 'NUMBER') throw unsupported('KURTOSIS of exact numbers');
    return float(`kurtosis(${distinct(call)}${double(a!)})${OVER}`);
  },
  AGGREGATE,
);

/** Exact numbers have an exact variance, rounded to its type's decimals; others a FLOAT. */
function variance(duck: 'var_samp' | 'var_pop', a: Lowered, call: Call): Lowered {
  const value = numeric(a);
  const sql = `${duck}(${distinct(call)}${double(value)})${OVER}`;
  if (value.type.kind !== 'NUMBER') return float(sql);
  const type = varianceType(value.type);
  return { sql: `CAST(round(${sql}, ${type.scale}) AS DECIMAL(38,${type.scale}))`, type };
}

for (const [variances, deviations, duck] of [
  ['VARIANCE VAR_SAMP VARIANCE_SAMP', 'STDDEV STDDEV_SAMP', 'var_samp'],
  ['VAR_POP VARIANCE_POP', 'STDDEV_POP', 'var_pop'],
] as const) {
  defineNumeric(variances, 1, ([a], call) => variance(duck, a!, call), AGGREGATE);
  // The root of the rounded variance, as accounts compute it.
  defineNumeric(
    deviations,
    1,
    ([a], call) => float(`sqrt(CAST(${variance(duck, a!, call).sql} AS DOUBLE))`),
    AGGREGATE,
  );
}

for (const name of ['CORR', 'COVAR_POP', 'COVAR_SAMP', 'REGR_SLOPE', 'REGR_INTERCEPT', 'REGR_R2'])
  defineNumeric(
    name,
    2,
    ([y, x]) => float(`${name.toLowerCase()}(${double(y!)}, ${double(x!)})${OVER}`),
    AGGREGATE,
  );

/** @throws SnowflakeError for more decimals than a number has; `precision` as accounts say it */
export function requireDecimals(type: NumberType, precision: number): NumberType {
  if (type.scale <= 38) return type;
  throw new SnowflakeError(
    '002261',
    '22023',
    `SQL compilation error: \nInvalid intermediate datatype: NUMBER(${precision},${type.scale}).`,
  );
}

/** Between two values: three decimals more. */
function between(value: Lowered, compute: (of: string) => string, exact: boolean): Lowered {
  if (value.type.kind !== 'NUMBER') return float(`${compute(value.sql)}${OVER}`);
  const type = requireDecimals(medianType(value.type), value.type.precision + 3);
  const decimals = `DECIMAL(38,${type.scale})`;
  // In their middle a decimal is exact; elsewhere DuckDB cuts decimals off.
  const sql = exact
    ? `${compute(`CAST(${value.sql} AS ${decimals})`)}${OVER}`
    : `CAST(round(${compute(double(value))}${OVER}, ${type.scale}) AS ${decimals})`;
  return { sql, type };
}

/** @throws NotModelled for texts and variants, which accounts order by what they are and round to whole numbers */
function ordered(value: Lowered, name: string): Lowered {
  if (value.type.kind === 'NULL') return { sql: 'CAST(NULL AS HUGEINT)', type: OF_NULL };
  if (value.type.kind === 'NUMBER' || value.type.kind === 'FLOAT') return value;
  throw unsupported(`${name} of ${value.type.kind} values`);
}

defineNumeric('MEDIAN', 1, ([a]) => between(ordered(a!, 'MEDIAN'), (of) => `median(${of})`, true), AGGREGATE);
defineNumeric(
  'PERCENTILE_CONT',
  1,
  ([fraction], call, context) => {
    const { value, at, descending } = within(fraction!, call, context);
    const place = descending ? `(1 - ${at})` : String(at);
    return between(value, (of) => `quantile_cont(${of}, ${place})`, at === 0.5);
  },
  AGGREGATE,
);
defineNumeric(
  'PERCENTILE_DISC',
  1,
  ([fraction], call, context) => {
    const { value, at, descending } = within(fraction!, call, context);
    // A fraction below zero DuckDB counts from the largest on; zero has no sign, but the smallest is the last.
    const place = !descending ? at : at === 0 ? 1 : -at;
    return { sql: `quantile_disc(${value.sql}, ${place})${OVER}`, type: value.type };
  },
  AGGREGATE,
);

interface Place {
  value: Lowered;
  at: number;
  descending: boolean;
}

/**
 * What WITHIN GROUP orders by, and the fraction.
 * https://docs.snowflake.com/en/sql-reference/functions/percentile_cont
 */
function within(fraction: Lowered, call: Call, context: Context): Place {
  const [item] = call.within ?? [];
  if (!item) throw unsupported(`${call.name} without WITHIN GROUP`);
  const value = ordered(lower(item.expression, context), call.name);
  const at = /^\d*\.?\d+$/.test(fraction.sql) ? Number(fraction.sql) : NaN;
  if (!(at >= 0 && at <= 1)) throw unsupported(`${call.name} of what is no constant between 0 and 1`);
  return { value, at, descending: item.descending };
}
