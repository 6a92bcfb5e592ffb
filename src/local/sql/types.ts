/** Snowflake's data types: their spelling, their storage in DuckDB. https://docs.snowflake.com/en/sql-reference/intro-summary-data-types */
import { noType, SnowflakeError, unsupported } from '../errors';
import type { SqlType } from '../values';
import { lineAndPosition, type Token } from './lexer';
import type { TokenReader } from './token-reader';

const INTEGERS = new Set(['INT', 'INTEGER', 'BIGINT', 'SMALLINT', 'TINYINT', 'BYTEINT']);
const DECIMALS = new Set(['NUMBER', 'DECIMAL', 'NUMERIC', 'DEC']);
const FLOATS = new Set(['FLOAT', 'FLOAT4', 'FLOAT8', 'DOUBLE', 'REAL']);
const TEXTS = new Set(['VARCHAR', 'STRING', 'TEXT', 'NVARCHAR', 'NVARCHAR2', 'CHAR', 'CHARACTER', 'NCHAR']);
const TIMESTAMPS: Record<string, 'TIMESTAMP_NTZ' | 'TIMESTAMP_LTZ' | 'TIMESTAMP_TZ'> = {
  TIMESTAMP: 'TIMESTAMP_NTZ',
  DATETIME: 'TIMESTAMP_NTZ',
  TIMESTAMP_NTZ: 'TIMESTAMP_NTZ',
  TIMESTAMPNTZ: 'TIMESTAMP_NTZ',
  TIMESTAMP_LTZ: 'TIMESTAMP_LTZ',
  TIMESTAMPLTZ: 'TIMESTAMP_LTZ',
  TIMESTAMP_TZ: 'TIMESTAMP_TZ',
  TIMESTAMPTZ: 'TIMESTAMP_TZ',
};
/** Characters in the longest text. */
const LONGEST = 134_217_728;
const PLAIN = new Set(['BOOLEAN', 'DATE', 'VARIANT', 'OBJECT', 'ARRAY']);

/** Words that begin a type, for `expression::type` and declarations. */
export function isTypeName(word: string): boolean {
  return (
    INTEGERS.has(word) ||
    DECIMALS.has(word) ||
    FLOATS.has(word) ||
    TEXTS.has(word) ||
    PLAIN.has(word) ||
    word in TIMESTAMPS ||
    word === 'TIME' ||
    word === 'BINARY' ||
    word === 'VARBINARY'
  );
}

/** Reads a data type. @throws SnowflakeError 001003, or 000002 for types that are not modelled (GEOGRAPHY, VECTOR, ...) */
export function parseType(reader: TokenReader): SqlType {
  const token = reader.peek();
  const word = token?.kind === 'word' ? token.value : '';
  if (!isTypeName(word)) {
    if (['GEOGRAPHY', 'GEOMETRY', 'VECTOR', 'MAP', 'DECFLOAT', 'FILE', 'UUID', 'INTERVAL'].includes(word))
      throw unsupported(`type ${word}`);
    if (token?.kind !== 'word') return reader.fail();
    const { line, position } = lineAndPosition(reader.text, token.start);
    throw noType(line, position, word);
  }
  reader.next();
  if (word === 'DOUBLE') reader.accept('PRECISION');
  if (word === 'CHAR' || word === 'CHARACTER') reader.accept('VARYING');
  if (INTEGERS.has(word)) return { kind: 'NUMBER', precision: 38, scale: 0 };
  const size = reader.peek(1);
  const sizes = parseSizes(reader);
  if (size && TEXTS.has(word)) checkLength(sizes[0], size, reader);
  if (DECIMALS.has(word)) return decimal(sizes[0] ?? 38, sizes[1] ?? 0);
  if (FLOATS.has(word)) return { kind: 'FLOAT' };
  if (TEXTS.has(word)) {
    const length = sizes[0] ?? (/^N?CHAR(ACTER)?$/.test(word) ? 1 : undefined);
    return length === undefined ? { kind: 'VARCHAR' } : { kind: 'VARCHAR', length };
  }
  if (word === 'TIME') return { kind: 'TIME' };
  if (word === 'BINARY' || word === 'VARBINARY') return { kind: 'BINARY' };
  const timestamp = TIMESTAMPS[word];
  if (timestamp) return { kind: timestamp };
  if ((word === 'ARRAY' || word === 'OBJECT') && reader.sees('('))
    throw unsupported(`structured type ${word}(...)`);
  return { kind: word as 'BOOLEAN' | 'DATE' | 'VARIANT' | 'OBJECT' | 'ARRAY' };
}

/** @throws SnowflakeError for sizes that no number has */
function decimal(precision: number, scale: number): SqlType {
  const wrong =
    precision > 38
      ? ['precision', precision, 38]
      : scale > precision
        ? ['scale', scale, precision]
        : undefined;
  if (!wrong) return { kind: 'NUMBER', precision, scale };
  const [what, given, most] = wrong;
  throw new SnowflakeError(
    '002262',
    '22023',
    `SQL compilation error:\nInvalid number ${what}: ${given}. Must be between 0 and ${most}.`,
  );
}

/** @throws SnowflakeError for lengths that no text has. https://docs.snowflake.com/en/sql-reference/data-types-text */
function checkLength(length: number | undefined, at: Token, reader: TokenReader): void {
  if (length === undefined || (length > 0 && length <= LONGEST)) return;
  const { line, position } = lineAndPosition(reader.text, at.start);
  throw new SnowflakeError(
    '002262',
    '22023',
    `SQL compilation error: error line ${line} at position ${position}\nInvalid character length: ${length}. Must be between 1 and 134,217,728.`,
  );
}

function parseSizes(reader: TokenReader): number[] {
  if (!reader.sees('(') || reader.peek(1)?.kind !== 'number') return [];
  reader.expect('(');
  const sizes = [reader.integer()];
  while (reader.accept(',')) sizes.push(reader.integer());
  reader.expect(')');
  return sizes;
}

/** A type as DESCRIBE TABLE and SHOW write it: `NUMBER(38,0)`, `VARCHAR(16777216)`, `TIMESTAMP_NTZ(9)`. */
export function showType(type: SqlType): string {
  switch (type.kind) {
    case 'NUMBER':
      return `NUMBER(${type.precision},${type.scale})`;
    case 'VARCHAR':
      return `VARCHAR(${type.length ?? 16777216})`;
    case 'BINARY':
      return 'BINARY(8388608)';
    case 'TIME':
    case 'TIMESTAMP_NTZ':
    case 'TIMESTAMP_LTZ':
    case 'TIMESTAMP_TZ':
      return `${type.kind}(9)`;
    default:
      return type.kind;
  }
}

/** A type as messages of the compiler show it: with the largest sizes where it has none. */
export function showFull(type: SqlType): string {
  if (type.kind === 'VARCHAR') return `VARCHAR(${type.length ?? LONGEST})`;
  return type.kind === 'BINARY' ? 'BINARY(67108864)' : showType(type);
}

/** INFORMATION_SCHEMA.COLUMNS.DATA_TYPE: `TEXT` for character types. */
export function informationSchemaType(type: SqlType): string {
  return type.kind === 'VARCHAR' ? 'TEXT' : type.kind;
}

/** How DuckDB keeps the type. TIMESTAMP_TZ is an instant with its offset in minutes. */
export function duckType(type: SqlType): string {
  switch (type.kind) {
    case 'NUMBER':
      return type.scale === 0 && type.precision === 38
        ? 'HUGEINT'
        : `DECIMAL(${type.precision},${type.scale})`;
    case 'FLOAT':
      return 'DOUBLE';
    case 'VARCHAR':
    case 'BOOLEAN':
    case 'DATE':
    case 'TIME':
      return type.kind;
    case 'TIMESTAMP_NTZ':
      return 'TIMESTAMP';
    case 'TIMESTAMP_LTZ':
      return 'TIMESTAMPTZ';
    case 'TIMESTAMP_TZ':
      return 'STRUCT(t TIMESTAMPTZ, o SMALLINT)';
    case 'BINARY':
      return 'BLOB';
    default:
      return 'JSON';
  }
}
