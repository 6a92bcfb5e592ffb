/**
 * What PARSE_JSON takes and refuses: https://docs.snowflake.com/en/sql-reference/functions/parse_json and .../check_json;
 * wordings and positions as accounts were seen to give them.
 */
import { readJson } from '../../../src/local/sql/json-reader';
import { openBakery, type Local } from './local';

const TAKEN: [text: string, json: string | null][] = [
  ['{"b":1,"a":[true,false,null]}', '{"a":[true,false,null],"b":1}'],
  [' { "a" : { "b" : { } } , "c" : [ ] } ', '{"a":{"b":{}},"c":[]}'],
  ['{hello: NULL, world_2: 123}', '{"hello":null,"world_2":123}'],
  ["{'a':'b'}", '{"a":"b"}'],
  ['"it\'s"', '"it\'s"'],
  ['\'say "x"\'', '"say \\"x\\""'],
  ['{"a":1,}', '{"a":1}'],
  ['[1,,2]', '[1,null,2]'],
  ['[1,2,]', '[1,2,null]'],
  ['[,1]', '[null,1]'],
  ['[,]', '[null]'],
  ['[,,]', '[null,null]'],
  ['[]', '[]'],
  [
    '{a: undefined, b: Infinity, c: NaN, d: [-Infinity, undefined, NaN]}',
    '{"a":null,"b":Infinity,"c":NaN,"d":[-Infinity,null,NaN]}',
  ],
  ['.5', '0.5'],
  ['5.', '5'],
  ['.', '0'],
  ['007', '7'],
  ['+1', '1'],
  ['-0.5', '-0.5'],
  ['12345678901234567890123456789012345678', '12345678901234567890123456789012345678'],
  ['"\\u0041\\n\\/"', '"A\\n/"'],
  ['{"a":{"a":1}}', '{"a":{"a":1}}'],
  ['[{"a":1},{"a":1}]', '[{"a":1},{"a":1}]'],
  ['', null],
  ['  \n ', null],
];

const REFUSED: [text: string, fault: string][] = [
  ['cdefg', 'unknown keyword "cdefg", pos 6'],
  ['  cdefg', 'unknown keyword "cdefg", pos 8'],
  ['\tcdefg  ', 'unknown keyword "cdefg", pos 7'],
  ['\ncdefg', 'unknown keyword "cdefg", line 2, pos 6'],
  ['\n\n  cdefg', 'unknown keyword "cdefg", line 3, pos 8'],
  ['nul', 'unknown keyword "nul", pos 4'],
  ['constructor', 'unknown keyword "constructor", pos 12'],
  ['a:1', 'unknown keyword "a", pos 2'],
  ['-a', 'unknown keyword "-a", pos 3'],
  ['{"a":[1,{"b":x}]}', 'unknown keyword "x", pos 15'],
  ['}', 'misplaced }, pos 1'],
  [']', 'misplaced ], pos 1'],
  ['{bad}', 'misplaced }, pos 5'],
  ['{"a"}', 'misplaced }, pos 5'],
  ['{"a":}', 'misplaced }, pos 6'],
  ['{"Malformed -- Missing value": }', 'misplaced }, pos 32'],
  ['[1}', 'misplaced }, pos 3'],
  ['{"a":1]', 'misplaced ], pos 7'],
  ['{"a":1,"b"}', 'misplaced }, pos 11'],
  ['{"a":1,,}', 'misplaced comma, pos 8'],
  ['{"a":,}', 'misplaced comma, pos 6'],
  ['{,"a":1}', 'misplaced comma, pos 2'],
  ['{', 'incomplete object value, pos 2'],
  ['[', 'incomplete array value, pos 2'],
  ['{"a":1', 'incomplete object value, pos 7'],
  ['[1,2', 'incomplete array value, pos 5'],
  ['  [1,', 'incomplete array value, pos 6'],
  ['{"a":[1,2', 'incomplete array value, pos 10'],
  ['"abc', 'unfinished string, pos 5'],
  ['"a\nb"', 'unterminated string, line 2, pos 0'],
  ['"a\rb"', 'unterminated string, pos 3'],
  ['[1 2]', 'missing comma, pos 4'],
  ['[1,2 3]', 'missing comma, pos 6'],
  ['{"a":1 "b":2}', 'missing comma, pos 8'],
  ['{"a" 1}', 'missing colon, pos 6'],
  ['{"a":1,"a":2}', 'duplicate object attribute "a", pos 10'],
  ['{"abc":1,"abc":2}', 'duplicate object attribute "abc", pos 14'],
  ['#', "invalid character outside of a string: '#', pos 1"],
  ['{@:1}', "invalid character outside of a string: '@', pos 2"],
  ['[@]', "invalid character outside of a string: '@', pos 2"],
  ['-', 'no number after a sign, pos 2'],
  ['--1', 'stray minus sign, pos 2'],
  ['1e', "missing decimal exponent digits: '1e', pos 3"],
  ['1e+', "missing decimal exponent digits: '1e+', pos 4"],
  ['1a', 'garbage in the numeric literal: 1a , pos 3'],
  ['  1x', 'garbage in the numeric literal: 1x , pos 5'],
  ['{} {}', 'more than one document in the input'],
  ['[1] [2]', 'more than one document in the input'],
  ['"a" "b"', 'more than one document in the input'],
  ['1 {}', 'more than one document in the input'],
  ['1 2', 'garbage after valid input document'],
  ['"a"x', 'garbage after valid input document'],
  [',1', 'garbage after valid input document'],
];

describe('the reader', () => {
  it.each(TAKEN)('takes %j', (text, json) => {
    expect(readJson(text)).toEqual({ json });
  });

  it.each(REFUSED)('refuses %j: %s', (text, fault) => {
    expect(readJson(text)).toEqual({ fault });
  });

  it('keeps exponents as they are', () => {
    expect(readJson('[1e5,-2.50E-3]')).toEqual({ json: '[1e5,-2.50E-3]' });
  });

  it('refuses what is nested beyond all reason', () => {
    expect(readJson('['.repeat(100_000))).toEqual({ fault: 'nested too deeply, pos 502' });
  });
});

describe('in SQL', () => {
  let local: Local;
  beforeAll(async () => {
    local = await openBakery();
    await local.session.execute('CREATE TABLE TEXTS (ID NUMBER, T VARCHAR)');
    for (const [id, [text]] of [...TAKEN, ...REFUSED].entries()) {
      const value = `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
      await local.session.execute(`INSERT INTO TEXTS VALUES (${id}, ${value})`);
    }
  });
  afterAll(() => local.close());

  const compact = (json: string | null): string | null => json?.replace(/\s/g, '') ?? null;

  it('rows are read like literals', async () => {
    const rows = await local.rows('SELECT TRY_PARSE_JSON(T), CHECK_JSON(T) FROM TEXTS ORDER BY ID');
    expect(rows.map(([json, fault]) => [compact(json!), fault])).toEqual([
      ...TAKEN.map(([text, json], index) => [compact(index === 0 ? text : json), null]),
      // In rows of plain JSON keys keep their order, and those that come twice are not noticed.
      ...REFUSED.map(([text, fault]) => (fault.startsWith('duplicate') ? [text, null] : [null, fault])),
    ]);
  });

  it.each([
    ['SELECT PARSE_JSON(\'{"a" 1}\')', '100069 Error parsing JSON: missing colon, pos 6'],
    [
      `SELECT PARSE_JSON(T) FROM TEXTS WHERE T = 'cdefg'`,
      '100069 Error parsing JSON: unknown keyword "cdefg", pos 6',
    ],
    [
      "SELECT PARSE_JSON('{}', 'x')",
      "001015 SQL compilation error:\ninvalid value [x] for parameter 'PARSE_JSON'",
    ],
    ["SELECT PARSE_JSON('{}', 'd')", expect.stringContaining("PARSE_JSON with the parameter 'd'")],
  ])('%s is refused', async (sql, refusal) => {
    expect(await local.refusal(sql)).toEqual(refusal);
  });

  it.each([
    ["PARSE_JSON('{a: 1}'):a + 1", '2'],
    ["PARSE_JSON('{a: 1}', 's'):a", '1'],
    ["TYPEOF(PARSE_JSON('[1,,2]')[1])", 'NULL_VALUE'],
    ["ARRAY_SIZE(PARSE_JSON('[1,2,]'))", '3'],
    ["PARSE_JSON('') IS NULL", 'true'],
    ['CHECK_JSON(\'{"a":}\'::VARIANT)', 'misplaced }, pos 6'],
    ['CHECK_JSON(NULL)', null],
  ])('%s is %s', async (expression, value) => {
    expect(await local.value(expression)).toBe(value);
  });
});
