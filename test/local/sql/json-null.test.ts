/** A JSON null is a value of its own: https://docs.snowflake.com/en/user-guide/semistructured-considerations */
import { openBakery, type Local } from './local';
import { givesValues } from './values';

const parsed = (json: string): string => `PARSE_JSON('${json}')`;

givesValues({
  'a JSON null inside a value': [
    [`${parsed('{"a":null}')}:a IS NULL`, 'false'],
    [`${parsed('{"a":null}')}:b IS NULL`, 'true'],
    [`${parsed('{"a":null}')}['a'] IS NULL`, 'false'],
    [`${parsed('[null, 1]')}[0] IS NULL`, 'false'],
    [`${parsed('[null, 1]')}[2] IS NULL`, 'true'],
    [`GET(${parsed('[null, 1]')}, 0)`, 'null'],
    [`GET(${parsed('[null, 1]')}, 2)`, null],
    [`GET(${parsed('{"a":null}')}, 'a')`, 'null'],
    [`GET(${parsed('{"a":null}')}, 'A')`, null],
    [`GET_PATH(${parsed('{"a":[null]}')}, 'a[0]')`, 'null'],
    [`TYPEOF(GET(${parsed('{"a":null}')}, 'a'))`, 'NULL_VALUE'],
    [`IS_NULL_VALUE(GET(${parsed('[null]')}, 0))`, 'true'],
    [`GET(${parsed('[null]')}, 0)::VARCHAR`, null],
    [`GET(${parsed('[null]')}, 0)::NUMBER`, null],
    [`STRIP_NULL_VALUE(GET(${parsed('[null]')}, 0))`, null],
    [`STRIP_NULL_VALUE(${parsed('{"a":null}')}:a)`, null],
  ],
  'a JSON null through functions that make another value': [
    [`OBJECT_DELETE(${parsed('{"a":null,"b":1}')}, 'b')`, '{"a":null}'],
    [`OBJECT_PICK(${parsed('{"a":null,"b":1}')}, 'a')`, '{"a":null}'],
    [`OBJECT_INSERT(${parsed('{"a":null}')}, 'b', 1)`, '{"a":null,"b":1}'],
    [`OBJECT_KEYS(${parsed('{"a":null,"b":1}')})`, '["a","b"]'],
    [`ARRAY_CAT(${parsed('[null]')}, ${parsed('[1]')})`, '[null,1]'],
    [`ARRAY_SLICE(${parsed('[1,null,2]')}, 1, 2)`, '[null]'],
    [`ARRAY_APPEND(${parsed('[null]')}, 1)`, '[null,1]'],
    [`ARRAY_SIZE(${parsed('[null,null]')})`, '2'],
    [`ARRAY_TO_STRING(${parsed('[1,null,2]')}, ',')`, '1,,2'],
    [`ARRAY_DISTINCT(${parsed('[null,1,null]')})`, '[null,1]'],
  ],
});

describe('FLATTEN over a JSON null', () => {
  let local: Local;
  beforeAll(async () => {
    local = await openBakery();
  });
  afterAll(() => local.close());

  const over = (json: string, what: string, more = ''): string =>
    `SELECT ${what} FROM TABLE(FLATTEN(INPUT => ${parsed(json)}${more})) f ORDER BY f.INDEX, f.KEY, f.PATH`;

  it.each([
    ['[null]', 'f.VALUE IS NULL', '', [['false']]],
    ['[null, 1]', 'TYPEOF(f.VALUE)', '', [['NULL_VALUE'], ['INTEGER']]],
    ['[null]', 'IS_NULL_VALUE(f.VALUE)', '', [['true']]],
    ['[null]', 'f.VALUE::VARCHAR', '', [[null]]],
    ['{"a":null}', 'f.KEY, f.VALUE', '', [['a', 'null']]],
    ['{"a":{"b":null}}', 'f.KEY, f.VALUE', ", PATH => 'a'", [['b', 'null']]],
    [
      '{"a":{"b":null}}',
      'f.PATH, f.VALUE',
      ', RECURSIVE => TRUE',
      [
        ['a', '{"b":null}'],
        ['a.b', 'null'],
      ],
    ],
    ['{"a":null}', 'f.VALUE', ', OUTER => TRUE', [['null']]],
  ])('of %s gives %s%s', async (json, what, more, rows) => {
    expect(await local.rows(over(json, what, more))).toEqual(rows);
  });

  it('is not counted by COUNT, as a SQL NULL is not', async () => {
    expect(
      await local.rows(
        "SELECT COUNT(*), COUNT(f.VALUE), COUNT(DISTINCT f.VALUE), COUNT(f.SEQ, f.VALUE), COUNT_IF(f.VALUE IS NULL) FROM TABLE(FLATTEN(PARSE_JSON('[null, 1, null, 1]'))) f",
      ),
    ).toEqual([['4', '2', '1', '2', '0']]);
    expect(
      await local.rows(
        "SELECT COUNT(*), COUNT(f.VALUE) FROM TABLE(FLATTEN(INPUT => PARSE_JSON('null'), OUTER => TRUE)) f",
      ),
    ).toEqual([['1', '0']]);
  });

  it('has no rows without OUTER when the input itself is one', async () => {
    expect(await local.rows("SELECT * FROM TABLE(FLATTEN(INPUT => PARSE_JSON('null')))")).toEqual([]);
  });
});
