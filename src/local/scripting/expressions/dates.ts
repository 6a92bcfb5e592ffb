/** Date functions of TIMESTAMP_NTZ and DATE whose units have a fixed length. */
import { integer, type TypedValue } from '../../values';
import { isSlow, SLOW, type Computed, type Fast, type FastExpression } from './fast-value';

const SECOND = 1_000_000n;
const DAY = 86_400n * SECOND;

/** Microseconds. https://docs.snowflake.com/en/sql-reference/functions-date-time#supported-date-and-time-parts */
const UNITS: Readonly<Record<string, bigint>> = {
  second: SECOND,
  seconds: SECOND,
  minute: 60n * SECOND,
  minutes: 60n * SECOND,
  hour: 3600n * SECOND,
  hours: 3600n * SECOND,
  day: DAY,
  days: DAY,
};

/** Functions whose first argument names a unit; `undefined` for other units and other numbers of arguments. */
export const DATE_FUNCTIONS: Readonly<
  Record<string, (unit: string, args: FastExpression[]) => FastExpression | undefined>
> = {
  DATEADD: withUnit(2, dateAdd),
  TIMESTAMPADD: withUnit(2, dateAdd),
  DATEDIFF: withUnit(2, dateDiff),
  TIMESTAMPDIFF: withUnit(2, dateDiff),
  DATE_TRUNC: withUnit(1, (unit, stamp) => dateTrunc(unit, stamp)),
};

function withUnit(count: number, apply: (unit: bigint, a: TypedValue, b: TypedValue) => Fast) {
  return (unit: string, args: FastExpression[]): FastExpression | undefined => {
    const length = Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined;
    if (length === undefined || args.length !== count) return undefined;
    return (lookup) => {
      const [a, b = a] = args.map((arg): Computed => arg(lookup));
      return isSlow(a!) || isSlow(b!) ? SLOW : apply(length, a!, b!);
    };
  };
}

function dateAdd(unit: bigint, amount: TypedValue, to: TypedValue): Fast {
  if (to.type.kind !== 'TIMESTAMP_NTZ' && !(to.type.kind === 'DATE' && unit === DAY)) return SLOW;
  if (amount.type.kind !== 'NUMBER' || amount.type.scale !== 0) return SLOW;
  if (amount.value === null || to.value === null) return { type: to.type, value: null };
  if (!Number.isSafeInteger(amount.value)) return SLOW;
  if (to.type.kind === 'DATE') return inRange(to, BigInt(to.value) * DAY + BigInt(amount.value) * DAY, DAY);
  return inRange(to, BigInt(to.value) + BigInt(amount.value) * unit, 1n);
}

/** Years 1 to 9999; what lies beyond is the database's. */
function inRange({ type }: TypedValue, micros: bigint, unit: bigint): Fast {
  if (micros < -719_162n * DAY || micros >= 2_932_897n * DAY) return SLOW;
  return { type, value: type.kind === 'DATE' ? Number(micros / unit) : micros };
}

/** Boundaries of the unit between the two. https://docs.snowflake.com/en/sql-reference/functions/datediff */
function dateDiff(unit: bigint, from: TypedValue, to: TypedValue): Fast {
  if (from.type.kind !== 'TIMESTAMP_NTZ' || to.type.kind !== 'TIMESTAMP_NTZ') return SLOW;
  if (from.value === null || to.value === null) return integer(null);
  return integer(Number(floor(BigInt(to.value), unit) - floor(BigInt(from.value), unit)));
}

function dateTrunc(unit: bigint, stamp: TypedValue): Fast {
  if (stamp.type.kind !== 'TIMESTAMP_NTZ') return SLOW;
  if (stamp.value === null) return stamp;
  return { type: stamp.type, value: floor(BigInt(stamp.value), unit) * unit };
}

function floor(micros: bigint, unit: bigint): bigint {
  return micros >= 0n ? micros / unit : -((-micros + unit - 1n) / unit);
}
