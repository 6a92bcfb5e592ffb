/** DuckDB's errors in Snowflake's words: none of DuckDB's text reaches a client unless nothing else is known. */
import { bytesFor } from '../sql/storage';
import { valueTooLarge } from '../sql/value-limit';
import { canceled, NotModelled, SnowflakeError, unsupported } from '../errors';

const TOO_MUCH_MEMORY = 'a statement that takes more than 512 MB of memory';

interface Rule {
  pattern: RegExp;
  error(match: RegExpExecArray): SnowflakeError;
}

const compile = (code: string, state: string, text: string): SnowflakeError =>
  new SnowflakeError(code, state, `SQL compilation error:\n${text}`);

/** Of JavaScript's stack, for our parsers and compilers call themselves, and of DuckDB's parser. */
export const TOO_DEEP = /Maximum call stack size exceeded|Max expression depth limit/;

export function tooDeep(): SnowflakeError {
  return unsupported('a statement this long or nested this deeply');
}

const RULES: Rule[] = [
  {
    pattern: /SF:(-?\d+):(\w{5}):([\s\S]*)$/,
    error: ([, code, state, text]) =>
      code === NotModelled.CODE
        ? new NotModelled(text!.trimEnd())
        : new SnowflakeError(code!, state!, text!.trimEnd()),
  },
  {
    pattern:
      /Could not convert string ['"]([\s\S]*?)['"] to (?:'?)(?:U?INT\d*|HUGEINT|BIGINT|DECIMAL|DOUBLE|INTEGER)/,
    error: ([, text]) => (isNumber(text!) ? outOfRange(text!) : notNumeric(text!)),
  },
  {
    pattern: /(?:Could not cast value|Casting value) "?([-+.\de]+)"? to (?:type )?DECIMAL\((\d+),(\d+)\)/,
    error: ([, value, precision, scale]) => doesNotFit(value!, Number(precision), Number(scale)),
  },
  {
    pattern: /with value (\S+) can't be cast because the value is out of range for the destination type/,
    error: ([, value]) => doesNotFit(value!, 38, 0),
  },
  {
    // Of a function outside of where it is defined.
    pattern:
      /cannot take (square root|logarithm) of (zero|a negative number)|(A(?:COS|SIN)) is undefined outside/,
    error: ([, what, , arc]) =>
      new SnowflakeError(
        '100063',
        '22023',
        `Invalid floating point operation: ${arc?.toLowerCase() ?? (what === 'logarithm' ? 'ln' : 'sqrt')}`,
      ),
  },
  {
    pattern: /(?:invalid timestamp field format|timestamp field value out of range): "([^"]*)"/,
    error: ([, text]) => new SnowflakeError('100035', '22007', `Timestamp '${text}' is not recognized`),
  },
  {
    pattern: /(?:invalid date field format|date field value out of range): "([^"]*)"/,
    error: ([, text]) => new SnowflakeError('100040', '22007', `Date '${text}' is not recognized`),
  },
  {
    pattern: /(?:invalid time field format|time field value out of range): "([^"]*)"/,
    error: ([, text]) => new SnowflakeError('100108', '22007', `Time '${text}' is not recognized`),
  },
  {
    pattern: /Could not parse string "([^"]*)" according to format specifier "([^"]*)"/,
    error: ([, text]) =>
      new SnowflakeError('100096', '22007', `Can't parse '${text}' as timestamp with the given format`),
  },
  {
    pattern: /Could not convert string ['"]([\s\S]*?)['"] to BOOL/,
    error: ([, text]) => new SnowflakeError('100037', '22018', `Boolean value '${text}' is not recognized`),
  },
  {
    pattern: /Could not decode string "([\s\S]*?)" as base64/,
    error: ([, text]) =>
      new SnowflakeError(
        '100116',
        '22000',
        `The following string is not a legal base64-encoded value: '${text}'`,
      ),
  },
  {
    // A text where a VARIANT, an OBJECT or an ARRAY belongs, and types that only an account converts or refuses.
    pattern: /Malformed JSON at byte|Unimplemented type for cast/,
    error: () => unsupported('a conversion between values of these types'),
  },
  {
    pattern: /Out of Memory Error/,
    error: () => unsupported(TOO_MUCH_MEMORY),
  },
  {
    pattern: /Cannot create a string longer than|Invalid string length/,
    error: () => valueTooLarge(2 ** 29),
  },
  {
    pattern: TOO_DEEP,
    error: () => tooDeep(),
  },
  {
    pattern: /NOT NULL constraint failed: [^.]*\.(.+)$/m,
    error: () => new SnowflakeError('100072', '22000', 'NULL result in a non-nullable column'),
  },
  {
    pattern: /More than one row returned by a subquery/,
    error: () => new SnowflakeError('090150', '22000', 'Single-row subquery returns more than one row.'),
  },
  {
    pattern: /column "?([^"\s]*)"? must appear in the GROUP BY clause|must be part of an aggregate function/,
    error: ([, name]) =>
      compile('000979', '42601', `[${shownColumn(name)}] is not a valid group by expression`),
  },
  {
    pattern:
      /aggregate function calls cannot be nested|cannot contain aggregates|WHERE clause cannot contain aggregates/i,
    error: () => compile('002036', '42601', 'Invalid use of an aggregate function'),
  },
  {
    pattern: /cannot contain window functions/,
    error: () =>
      compile('002303', '42601', 'Window function appears outside of SELECT, QUALIFY, and ORDER BY clauses.'),
  },
  {
    pattern: /at least one window function must appear/,
    error: () => compile('002303', '42601', 'QUALIFY requires at least one window function'),
  },
  {
    pattern: /Overflow in|out of range/i,
    error: () => new SnowflakeError('100046', '22003', 'Number out of representable range'),
  },
  {
    pattern: /Conflict on|TransactionContext Error|write-write conflict/i,
    error: () =>
      new SnowflakeError(
        '000625',
        '57014',
        'Statement was aborted because it conflicts with a concurrent change of the same rows',
      ),
  },
  { pattern: /INTERRUPT/i, error: canceled },
  {
    pattern: /Unknown TimeZone '([^']*)'/,
    error: ([, zone]) => new SnowflakeError('100103', '22023', `Unknown timezone: '${zone}'`),
  },
  {
    // What RE2 says of an expression that it cannot read.
    pattern:
      /Invalid Input Error: ((?:missing [\])]|unexpected \)|no argument for repetition|bad repetition|invalid (?:escape sequence|character class|repetition size|perl operator|named capture|UTF-8))[^\n]*)/,
    error: ([, text]) => new SnowflakeError('100048', '2201B', `Invalid regular expression: ${text}`),
  },
  {
    pattern: /Invalid escape string/,
    error: () => new SnowflakeError('100050', '22019', 'Invalid escape character: it must be one character'),
  },
];

/** A stored column has its own name in DuckDB, any other one of the compiler's (`k7`). */
function shownColumn(name: string | undefined): string {
  return name === undefined || /^[krc]\d+$/.test(name)
    ? 'an expression of the select list'
    : name.replaceAll('^', '');
}

/** What DuckDB says of a text that it cannot compile: what we made of the statement, and should have refused. */
const NOT_COMPILED = /^(?:Error: )?(?:Parser|Binder|Catalog|Not implemented|Syntax) Error/;

/** A client reads Snowflake's words or ours; the error itself is the cause. */
export function fromDuckError(error: unknown): SnowflakeError {
  if (error instanceof SnowflakeError) return error;
  const text = error instanceof Error ? error.message : String(error);
  for (const { pattern, error: make } of RULES) {
    const match = pattern.exec(text);
    if (match) return make(match);
  }
  if (NOT_COMPILED.test(text)) return unsupported('a statement of this form', error);
  return new SnowflakeError(
    '000603',
    'XX000',
    'SQL execution internal error:\nthe local Snowflake could not run the statement, which is its fault and not that of the statement.',
    error,
  );
}

/** https://docs.snowflake.com/en/sql-reference/functions/try_to_decimal */
function outOfRange(text: string): SnowflakeError {
  return new SnowflakeError('100039', '22003', `Numeric value '${text.trim()}' is out of range`);
}

function doesNotFit(value: string, precision: number, scale: number): SnowflakeError {
  const type = `FIXED[SB${bytesFor(precision)}](${precision},${scale}){nullable}`;
  const shown = /\./.test(value) ? value.replace(/\.?0+$/, '') : value;
  return new SnowflakeError(
    '100046',
    '22003',
    `Number out of representable range: type ${type}, value ${shown}`,
  );
}

const isNumber = (text: string): boolean => /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(text);

function notNumeric(text: string): SnowflakeError {
  return new SnowflakeError('100038', '22018', `Numeric value '${text}' is not recognized`);
}

export function isOutOfMemory(error: unknown): boolean {
  return error instanceof SnowflakeError && error.message.includes(TOO_MUCH_MEMORY);
}
