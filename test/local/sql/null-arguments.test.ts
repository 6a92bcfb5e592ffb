/** A NULL anywhere makes the result NULL, but where a page says otherwise (https://docs.snowflake.com/en/sql-reference/functions-all). */
import { openBakery, type Local } from './local';

/** Values of the kinds that the calls below name by letter. */
const VALUES = {
  s: ["'abc'", 'VARCHAR'],
  n: ['2', 'NUMBER(5,0)'],
  d: ["'2024-03-05'::DATE", 'DATE'],
  t: ["'2024-03-05 10:11:12'::TIMESTAMP_NTZ", 'TIMESTAMP_NTZ'],
  a: ["PARSE_JSON('[[1],[2],[3]]')::ARRAY", 'ARRAY'],
  o: ['PARSE_JSON(\'{"a":1}\')::OBJECT', 'OBJECT'],
  v: ['PARSE_JSON(\'{"a":[1]}\')', 'VARIANT'],
  k: ["'a'::VARIANT", 'VARIANT'],
  b: ["TO_BINARY('6162')", 'BINARY'],
} as const;

type Kind = keyof typeof VALUES;

const CALLS: Record<string, string> = {
  n: 'ABS SIGN CEIL FLOOR ROUND TRUNC SQRT EXP LN SIN COT SQUARE FACTORIAL BITNOT CHR SPACE NULLIFZERO BOOLNOT TO_NUMBER TO_DOUBLE TO_BOOLEAN TO_CHAR',
  'n n':
    'CEIL FLOOR ROUND TRUNC MOD DIV0 POWER LOG ATAN2 BITAND BITOR BITXOR GETBIT BITSHIFTLEFT BITSHIFTRIGHT BOOLXOR GREATEST LEAST',
  'n n n n': 'HAVERSINE',
  s: 'UPPER LOWER REVERSE LENGTH ASCII UNICODE TRIM INITCAP SOUNDEX HEX_ENCODE BASE64_ENCODE MD5 SHA1 SHA2 CHECK_JSON STRTOK STRTOK_TO_ARRAY TRY_TO_NUMBER CONCAT',
  's s':
    'CONCAT TRIM LTRIM RTRIM STARTSWITH ENDSWITH CONTAINS POSITION SPLIT STRTOK EDITDISTANCE JAROWINKLER_SIMILARITY LIKE REPLACE CONCAT_WS INITCAP REGEXP_LIKE REGEXP_REPLACE REGEXP_COUNT REGEXP_SUBSTR REGEXP_INSTR',
  's s s': 'REPLACE TRANSLATE CONCAT_WS REGEXP_REPLACE',
  's n': 'LEFT RIGHT SUBSTR REPEAT LPAD RPAD',
  'b n': 'LEFT RIGHT SUBSTR',
  's n n': 'SUBSTR',
  's n s': 'LPAD RPAD',
  'b n b': 'LPAD RPAD',
  'b b': 'POSITION',
  's s n': 'SPLIT_PART STRTOK EDITDISTANCE POSITION REGEXP_COUNT REGEXP_SUBSTR REGEXP_INSTR',
  's s n n': 'REGEXP_SUBSTR REGEXP_INSTR',
  's s s n n': 'REGEXP_REPLACE',
  t: 'YEAR WEEK DAYOFWEEK HOUR SECOND DAYNAME MONTHNAME LAST_DAY TO_DATE TO_TIMESTAMP_LTZ TO_TIMESTAMP_TZ TO_TIME',
  'd n': 'ADD_MONTHS',
  'd d': 'MONTHS_BETWEEN',
  'n n n': 'DATE_FROM_PARTS TIME_FROM_PARTS',
  'n n n n n n': 'TIMESTAMP_NTZ_FROM_PARTS TIMESTAMP_LTZ_FROM_PARTS TIMESTAMP_TZ_FROM_PARTS',
  a: 'ARRAY_SIZE ARRAY_COMPACT ARRAY_DISTINCT ARRAY_REVERSE ARRAY_MAX ARRAY_SORT TO_JSON TYPEOF ARRAY_FLATTEN',
  'k a': 'ARRAY_CONTAINS ARRAY_POSITION',
  'a a': 'ARRAY_CAT ARRAY_EXCEPT ARRAY_INTERSECTION ARRAYS_OVERLAP',
  'a n n': 'ARRAY_SLICE',
  'a n': 'ARRAY_REMOVE_AT GET',
  'a k': 'ARRAY_REMOVE',
  o: 'OBJECT_KEYS TO_OBJECT',
  'o s': 'GET GET_IGNORE_CASE',
  v: 'TYPEOF IS_OBJECT AS_OBJECT AS_VARCHAR AS_NUMBER TO_JSON',
};

const calls = Object.entries(CALLS).flatMap(([kinds, names]) =>
  names.split(' ').flatMap((name) => {
    const each = kinds.split(' ') as Kind[];
    return each.map((_, at) => {
      const args = each.map((kind, index) => (index === at ? 'X' : VALUES[kind][0]));
      return [`${name}(${args.join(', ')})`, `NULL::${VALUES[each[at]!][1]}`] as const;
    });
  }),
);

let local: Local;
beforeAll(async () => void (local = await openBakery()));
afterAll(() => local.close());

it.each(calls)('%s of %s', async (call, nothing) => {
  expect(await local.rows(`SELECT ${call} FROM (SELECT ${nothing} AS X)`)).toEqual([[null]]);
});

it.each([
  ['DIV0NULL(2, X)', 'NULL::NUMBER', '0.000000'],
  ['BOOLOR(X, 1)', 'NULL::NUMBER', 'true'],
  ['BOOLAND(X, 0)', 'NULL::NUMBER', 'false'],
  ['NULLIF(2, X)', 'NULL::NUMBER', '2'],
  ['EQUAL_NULL(X, NULL)', 'NULL::NUMBER', 'true'],
  ['ZEROIFNULL(X)', 'NULL::NUMBER', '0'],
  ['GREATEST_IGNORE_NULLS(X, 2)', 'NULL::NUMBER', '2'],
])('the page of %s says otherwise', async (call, nothing, value) => {
  expect(await local.rows(`SELECT ${call} FROM (SELECT ${nothing} AS X)`)).toEqual([[value]]);
});
