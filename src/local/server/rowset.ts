/**
 * Results as the driver's protocol carries them: a `rowtype` that describes the columns and a `rowset` of text.
 * What the drivers read: snowflake-sdk `lib/connection/result/column.js`; snowflake-connector-python `converter.py`.
 */
import type { ResultColumn, SqlType, SqlValue } from '../values';

/** One column, as Snowflake describes it. */
export interface RowtypeColumn {
  name: string;
  database: string;
  schema: string;
  table: string;
  nullable: boolean;
  type: string;
  length: number | null;
  byteLength: number | null;
  precision: number | null;
  scale: number | null;
  collation: null;
}

/** https://docs.snowflake.com/en/sql-reference/data-types-text: 16 MB was the longest; 128 MB is. */
const LONGEST_TEXT = 134_217_728;

export function encodeRowtype(columns: readonly ResultColumn[]): RowtypeColumn[] {
  return columns.map(({ name, type }) => ({
    name,
    database: '',
    schema: '',
    table: '',
    nullable: true,
    length: null,
    byteLength: null,
    precision: null,
    scale: null,
    collation: null,
    ...describe(type),
  }));
}

function describe(type: SqlType): Pick<RowtypeColumn, 'type'> & Partial<RowtypeColumn> {
  switch (type.kind) {
    case 'NUMBER':
      return { type: 'fixed', precision: type.precision, scale: type.scale };
    case 'FLOAT':
      return { type: 'real' };
    case 'VARCHAR': {
      const length = type.length ?? LONGEST_TEXT;
      return { type: 'text', length, byteLength: Math.min(length * 4, LONGEST_TEXT) };
    }
    case 'BINARY':
      return { type: 'binary', length: LONGEST_TEXT / 2, byteLength: LONGEST_TEXT / 2 };
    case 'TIME':
    case 'TIMESTAMP_NTZ':
    case 'TIMESTAMP_LTZ':
    case 'TIMESTAMP_TZ':
      return { type: type.kind.toLowerCase(), precision: 0, scale: 9 };
    default:
      return { type: type.kind.toLowerCase() };
  }
}

/** Every value as text or NULL: dates as days, times and timestamps as seconds with nine digits of fraction. */
export function encodeRows(
  columns: readonly ResultColumn[],
  rows: readonly (readonly SqlValue[])[],
): (string | null)[][] {
  const encoders = columns.map(({ type }) => encoderOf(type));
  return rows.map((row) => encoders.map((encode, index) => encodeNullable(row[index] ?? null, encode)));
}

type Encode = (value: Exclude<SqlValue, null>) => string;

function encodeNullable(value: SqlValue, encode: Encode): string | null {
  return value === null ? null : encode(value);
}

function encoderOf(type: SqlType): Encode {
  switch (type.kind) {
    case 'BOOLEAN':
      return (value) => (value ? '1' : '0');
    case 'TIME':
    case 'TIMESTAMP_NTZ':
    case 'TIMESTAMP_LTZ':
      return (value) => secondsOf(BigInt(value as bigint));
    case 'TIMESTAMP_TZ':
      return encodeTimestampTz;
    default:
      return String;
  }
}

/** `-1500000` microseconds are `-1.500000000` seconds. */
function secondsOf(micros: bigint): string {
  const size = micros < 0n ? -micros : micros;
  const fraction = String(size % 1_000_000n).padStart(6, '0');
  return `${micros < 0n ? '-' : ''}${size / 1_000_000n}.${fraction}000`;
}

/** The offset travels as minutes above -24 hours: UTC is 1440. */
function encodeTimestampTz(value: Exclude<SqlValue, null>): string {
  const [micros = '0', offset = '0'] = String(value).split(' ');
  return `${secondsOf(BigInt(micros))} ${Number(offset) + 1440}`;
}
