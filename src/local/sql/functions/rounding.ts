/** CEIL, FLOOR, ROUND and TRUNC. https://docs.snowflake.com/en/sql-reference/functions/round, .../ceil, .../floor, .../trunc */
import { unsupported } from '../../errors';
import type { Lowered } from '../compilation';
import { cast, isTemporal } from '../lower/coerce';
import { fromUnits, units, type Exact } from '../lower/division';
import { copied } from '../lower/once';
import { compileError } from '../scope';
import { OF_TEXT, roundedSomewhere, roundedType } from '../number-types';
import { truncateDate } from './date-truncation';
import { defineNumeric } from './numeric';
import { bigint, float, int32, literalInteger, literalOf, numeric } from './types';

type Way = 'ceil' | 'floor' | 'round' | 'round_even' | 'trunc';

for (const [name, way] of [
  ['CEIL', 'ceil'],
  ['FLOOR', 'floor'],
] as const)
  defineNumeric(name, [1, 2], ([value, scale]) => rounded(way, value!, scale), {
    names: ['INPUT_EXPR', 'SCALE_EXPR'],
  });

defineNumeric(
  'ROUND',
  [1, 3],
  ([value, scale, mode], call, { compilation }) => {
    if (!mode) return rounded('round', value!, scale);
    if (numeric(value!).type.kind === 'FLOAT' && value!.type.kind !== 'VARCHAR')
      throw compileError(
        compilation,
        call.at,
        '000939',
        '22023',
        'too many arguments for function [ROUND], expected 2, got 3',
      );
    if (mode.type.kind === 'NULL')
      return rounded('round', value!, { sql: 'CAST(NULL AS INTEGER)', type: scale!.type });
    return rounded(wayOf(mode), value!, scale);
  },
  { names: ['EXPR', 'SCALE', 'ROUNDING_MODE'] },
);

/** Of a date it is its beginning. */
defineNumeric(
  'TRUNC TRUNCATE',
  [1, 2],
  ([value, second]) =>
    isTemporal(value!.type) ? truncateDate(value!, second) : rounded('trunc', value!, second),
  {},
  ([value]) => isTemporal(value!.type),
);

function wayOf(mode: Lowered): Way {
  const name = literalOf(mode)?.toUpperCase();
  if (name === 'HALF_TO_EVEN') return 'round_even';
  if (name === 'HALF_AWAY_FROM_ZERO') return 'round';
  throw unsupported(`ROUND with the mode ${mode.sql}`);
}

function rounded(way: Way, value: Lowered, scale: Lowered | undefined): Lowered {
  const number = scale && value.type.kind === 'VARCHAR' ? cast(value, OF_TEXT) : numeric(value);
  if (number.type.kind !== 'NUMBER') return roundedFloat(way, number.sql, scale);
  const decimals = scale ? literalInteger(scale) : 0;
  return decimals === undefined
    ? roundedByRow(way, number as Exact, scale!)
    : roundedTo(way, number as Exact, decimals);
}

/** To so many decimals, in units of that place. */
function roundedTo(way: Way, value: Exact, decimals: number): Lowered {
  const { scale } = value.type;
  const type = roundedType(value.type, decimals);
  if (decimals >= scale) return value;
  if (scale - decimals > 37)
    return { sql: `(CASE WHEN ${value.sql} IS NOT NULL THEN CAST(0 AS HUGEINT) END)`, type };
  const unit = `CAST(${10n ** BigInt(scale - decimals)} AS HUGEINT)`;
  const places = copied([units(value)], ([of]) => `sf_${way}_units(${of}, ${unit})`);
  return fromUnits(decimals < 0 ? `(${places} * ${10n ** BigInt(-decimals)})` : places, type);
}

/** To a place that each row says; the decimals stay. */
function roundedByRow(way: Way, value: Exact, scale: Lowered): Lowered {
  const unit = `sf_unit(${value.type.scale} - ${bigint(scale)})`;
  const whole = copied(
    [units(value), unit],
    ([of, place]) => `(sf_${way}_units(${of}, ${place}) * ${place})`,
  );
  return fromUnits(whole, roundedSomewhere(value.type));
}

function roundedFloat(way: Way, sql: string, scale: Lowered | undefined): Lowered {
  if (!scale) return float(`${way}(${sql})`);
  const towards = way === 'ceil' || way === 'floor';
  return float(towards ? `sf_${way}_at(${sql}, ${int32(scale)})` : `${way}(${sql}, ${int32(scale)})`);
}
