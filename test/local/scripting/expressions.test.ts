/** What is computed without the database gives what the database gives. */
import { SLOW } from '../../../src/local/scripting/expressions/fast-value';
import { parseFast } from '../../../src/local/scripting/expressions/fast-parser';
import { tokenize } from '../../../src/local/sql/lexer';
import { openLocal, type Local } from './local';

let local: Local;
beforeAll(async () => {
  local = await openLocal();
});
afterAll(() => local.close());

function fast(sql: string) {
  return parseFast(tokenize(sql))?.(() => SLOW) ?? SLOW;
}

const TEXTS = ["'a'", "'B'", "''", "' flour '", "'100%'", "'grün'"];
const NUMBERS = ['0', '1', '-7', '42', '9007199254740991'];
const TRUTHS = ['TRUE', 'FALSE', 'NULL'];
const pairs = <T>(values: readonly T[]): [T, T][] => values.flatMap((a) => values.map((b): [T, T] => [a, b]));

const computed = [
  ...[
    "'it''s'",
    '$$raw$$',
    '12',
    '-3',
    'TRUE',
    'FALSE',
    '(1 + 2) * 3',
    '7 % 3',
    '-7 % 3',
    '1 - 5',
    '2 * 0 - 0',
  ],
  ...pairs(TRUTHS.slice(0, 2)).flatMap(([a, b]) => [`${a} AND ${b}`, `${a} OR ${b}`, `NOT ${a} OR ${b}`]),
  ...[
    'TRUE AND 1 = NULL',
    'FALSE AND 1 = NULL',
    'TRUE OR 1 = NULL',
    '1 = NULL',
    'NOT (1 = NULL)',
    'FALSE OR NULL = NULL',
  ],
  ...pairs(TEXTS).flatMap(([a, b]) => [`${a} = ${b}`, `${a} < ${b}`, `${a} >= ${b}`, `${a} || ${b}`]),
  ...pairs(NUMBERS.slice(0, 4)).flatMap(([a, b]) => [
    `${a} <> ${b}`,
    `${a} <= ${b}`,
    `${a} + ${b}`,
    `${a} - ${b}`,
    `${a} * ${b}`,
  ]),
  ...['1 IN (1, 2)', '3 NOT IN (1, 2)', '3 IN (1, NULL)', '2 BETWEEN 1 AND 3', '0 NOT BETWEEN 1 AND 3'],
  ...['NULL IS NULL', '1 IS NOT NULL', "'' IS NULL", "'a' || 5", "5 || ''", "'a' || NULL IS NULL"],
  ...[
    "COALESCE(NULL, 'a')",
    'COALESCE(NULL, NULL, 2)',
    "NVL('a', 'b')",
    'IFNULL(NULL, 3)',
    "NULLIF('a', 'a') IS NULL",
  ],
  ...["NULLIF('a', 'b')", "IFF(1 = 1, 'yes', 'no')", "IFF(1 = NULL, 'yes', 'no')", 'IFF(2 > 1, 5, NULL)'],
  ...TEXTS.flatMap((a) => [`LENGTH(${a})`, `TRIM(${a})`, `LTRIM(${a})`, `RTRIM(${a})`, `LEN(${a})`]),
  ...["UPPER('Rye 7')", "LOWER('Rye 7')", "REPLACE('banana', 'an', 'x')", "REPLACE('a.b', '.', '')"],
  ...[
    "LEFT('flour', 2)",
    "LEFT('flour', 99)",
    "LEFT('flour', 0)",
    "RIGHT('flour', 3)",
    "RIGHT('flour', 99)",
    "RIGHT('flour', 0)",
  ],
  ...[
    "SUBSTR('flour', 2)",
    "SUBSTR('flour', 2, 2)",
    "SUBSTRING('flour', 9)",
    "SUBSTR('flour', 1, 0)",
    "SUBSTR('flour', 4, 9)",
  ],
  ...[
    "STARTSWITH('flour', 'fl')",
    "ENDSWITH('flour', 'x')",
    "CONTAINS('flour', '')",
    "CONTAINS('flour', 'OU')",
  ],
  ...[
    "CASE WHEN 1 = 2 THEN 'a' WHEN TRUE THEN 'b' END",
    "CASE 3 WHEN 1 THEN 'x' ELSE 'y' END",
    "5::VARCHAR || 'a'::STRING",
    '1.5 + 1',
    '10 / 4',
    '-2 / 3',
    '1.5 * 3',
    "1.5 || ' kg'",
    "1 = '1'",
    '1.5 > 1',
    '9007199254740991 + 1',
    'CHR(128309)',
    "CASE WHEN 1 = 1 THEN 'a' ELSE 'b' || REGEXP_REPLACE('c', 'c', 'd') END",
    "IFF(1 = 2, ARRAY_TO_STRING(ARRAY_SORT(STRTOK_TO_ARRAY('b a', ' ')), ','), 'a')",
    'LEAST(3, 1, 2)',
    "GREATEST('a', 'b')",
  ],
];

describe('a fast expression', () => {
  it('is computed here for every form in the list', () => {
    expect(computed.filter((sql) => fast(sql) === SLOW)).toEqual([]);
  });

  it('has the value and the kind of type that the database gives', async () => {
    const different: unknown[] = [];
    for (const sql of computed) {
      const here = fast(sql);
      const there = await local.session.evaluate(sql);
      if (here === SLOW || here.value !== there.value || here.type.kind !== there.type.kind) {
        different.push({ sql, here, there });
      }
    }
    expect(different).toEqual([]);
  });

  it.each([
    ['division by zero', '1 / 0'],
    ['numbers of more than 38 digits', '9007199254740991 * 9007199254740991 * 9007199254740991'],
    ['remainders of decimals', '1.5 % 1'],
    ['mixed types', "1 = 'one'"],
    ['a choice between types', "COALESCE(NULL, 1, 'a')"],
    ['letters beyond ASCII in UPPER', "UPPER('grün')"],
    ['an order of astral characters', "'😀' < 'a'"],
    ['a start that counts from the end', "SUBSTR('flour', -2)"],
    ['an empty text to replace', "REPLACE('a', '', 'b')"],
    ['functions it does not know', "SPLIT_PART('a,b', ',', 1)"],
    ['a clock that is not there', 'SYSDATE()'],
    ['a pattern that has to be replaced', "REGEXP_REPLACE('a', 'a', 'b')"],
    ['an array', "STRTOK_TO_ARRAY('b a', ' ')"],
    ['an array beside a text', "IFF(1 = 1, 'a', ARRAY_SORT(STRTOK_TO_ARRAY('b a', ' ')))"],
    ['LIKE', "'a' LIKE 'a%'"],
    ['subqueries', '(SELECT 1)'],
    ['NULL as an argument', 'UPPER(NULL)'],
    ['other casts', "'1'::NUMBER"],
  ])('leaves %s to the database', (_, sql) => {
    expect(fast(sql)).toBe(SLOW);
  });
});
