/**
 * What a CALL gives. https://docs.snowflake.com/en/sql-reference/snowflake-scripting/return,
 * https://docs.snowflake.com/en/sql-reference/sql/create-procedure
 */
import { showType } from '../../../src/local/sql/types';
import type { SqlValue } from '../../../src/local/values';
import { openLocal, type Local } from './local';

let local: Local;
beforeAll(async () => {
  local = await openLocal();
});
afterAll(() => local.close());

async function called(returns: string, body: string): Promise<[string, SqlValue]> {
  await local.session.execute(`CREATE OR REPLACE PROCEDURE bake() RETURNS ${returns} AS $$${body}$$`);
  const { columns, rows } = await local.session.execute('CALL bake()');
  return [showType(columns[0]!.type), rows[0]![0]!];
}

async function refused(returns: string, body: string) {
  await local.session.execute(`CREATE OR REPLACE PROCEDURE bake() RETURNS ${returns} AS $$${body}$$`);
  return local.error('CALL bake()');
}

describe('a plain value that the body itself returns takes the type of RETURNS', () => {
  it.each<[string, string, SqlValue]>([
    ['NUMBER(5,2)', 'BEGIN RETURN 1.7777; END', '1.78'],
    ['NUMBER(5,2)', 'BEGIN RETURN -1.7777; END', '-1.78'],
    ['NUMBER(5,2)', 'BEGIN RETURN (1.7777); END', '1.78'],
    ['NUMBER(5,2)', "BEGIN RETURN '1.7777'; END", '1.78'],
    ['NUMBER(5,2)', 'BEGIN RETURN 1.7777::NUMBER(10,4); END', '1.78'],
    ['NUMBER(5,2)', 'BEGIN RETURN CAST(1.7777 + 1 AS NUMBER(10,4)); END', '2.78'],
    ['NUMBER(5,2)', 'DECLARE n NUMBER(10,4) := 1.7777; BEGIN RETURN n; END', '1.78'],
    ['NUMBER(5,2)', 'DECLARE n NUMBER(10,4) := 1.7777; BEGIN RETURN :n; END', '1.78'],
    ['NUMBER(5,2)', 'BEGIN LET n := 3; RETURN n; END', '3.00'],
    ['NUMBER(5,2)', 'BEGIN IF (FALSE) THEN RETURN 0; END IF; RETURN 1.7777; END', '1.78'],
    ['FLOAT', "BEGIN RETURN '1.5'; END", 1.5],
    ['DATE', "BEGIN RETURN '2026-01-05'; END", 20_458],
    ['TIMESTAMP_NTZ(9)', 'BEGIN RETURN 1767571200; END', 1_767_571_200_000_000n],
    ['VARCHAR(16777216)', 'BEGIN RETURN 10.50; END', '10.5'],
    ['VARCHAR(16777216)', 'BEGIN RETURN 1.50::NUMBER(3,2); END', '1.50'],
    ['VARCHAR(16777216)', 'BEGIN RETURN TRUE; END', 'true'],
    ['BOOLEAN', "BEGIN RETURN 'yes'; END", true],
    ['VARIANT', "BEGIN RETURN 'rye'; END", '"rye"'],
    ['ARRAY', 'BEGIN RETURN 5; END', '[5]'],
    ['NUMBER(5,2)', 'BEGIN RETURN NULL; END', null],
  ])('%s: %s', async (type, body, value) => {
    const returns = type.replace('(9)', '').replace('(16777216)', '');
    expect(await called(returns, body)).toEqual([type, value]);
  });

  it('but a BOOLEAN is a number without a scale', async () => {
    expect((await called('NUMBER(5,2)', 'BEGIN RETURN TRUE; END'))[1]).toBe(1);
  });

  it.each([
    [
      'NUMBER(3,0)',
      'BEGIN RETURN 12345; END',
      13,
      '100039',
      'Number out of representable range: type FIXED[SB2](3,0){not null}, value 12345',
    ],
    [
      'VARCHAR(2)',
      "BEGIN RETURN 'rye'; END",
      13,
      '100078',
      "String 'rye' is too long and would be truncated",
    ],
    ['NUMBER', "BEGIN RETURN 'rye'; END", 13, '100038', "Numeric value 'rye' is not recognized"],
    ['BOOLEAN', "BEGIN RETURN 'rye'; END", 13, '100037', "Boolean value 'rye' is not recognized"],
    ['DATE', "BEGIN LET s := 'rye'; RETURN s; END", 29, '100040', "Date 'rye' is not recognized"],
  ])('%s: %s fails at the value', async (returns, body, position, code, said) => {
    expect(await refused(returns, body)).toMatchObject({
      code,
      message: `Uncaught exception of type 'EXPRESSION_ERROR' on line 1 at position ${position} : ${said}`,
    });
  });

  it('and the handlers of the body take such a failure', async () => {
    const body = "BEGIN RETURN 'rye'; EXCEPTION WHEN EXPRESSION_ERROR THEN RETURN 7; END";
    expect((await called('NUMBER', body))[1]).toBe(7);
  });
});

describe('any other value keeps its own type', () => {
  it.each<[string, string, string, SqlValue]>([
    ['a function', 'NUMBER(5,2)', 'BEGIN RETURN ABS(1.7777); END', '1.7777'],
    ['arithmetic', 'NUMBER(5,2)', 'BEGIN RETURN 1.7777 + 1; END', '2.7777'],
    [
      'a negated variable',
      'NUMBER(5,2)',
      'DECLARE n NUMBER(10,4) := 1.7777; BEGIN RETURN -n; END',
      '-1.7777',
    ],
    ['a subquery', 'NUMBER(5,2)', 'BEGIN RETURN (SELECT 1.7777); END', '1.7777'],
    ['a choice', 'NUMBER(5,2)', 'BEGIN RETURN IFF(TRUE, 1.7777, 0); END', '1.7777'],
    ['a concatenation', 'VARCHAR(2)', "BEGIN RETURN 'ry' || 'e'; END", 'rye'],
    ['in IF', 'NUMBER(5,2)', 'BEGIN IF (TRUE) THEN RETURN 1.7777; END IF; RETURN 0; END', '1.7777'],
    ['in ELSE', 'NUMBER(5,2)', 'BEGIN IF (FALSE) THEN RETURN 0; ELSE RETURN 1.7777; END IF; END', '1.7777'],
    ['in CASE', 'NUMBER(5,2)', 'BEGIN CASE WHEN TRUE THEN RETURN 1.7777; END CASE; END', '1.7777'],
    ['in a loop', 'NUMBER(5,2)', 'BEGIN WHILE (TRUE) DO RETURN 1.7777; END WHILE; END', '1.7777'],
    ['in a nested block', 'NUMBER(5,2)', 'BEGIN BEGIN RETURN 1.7777; END; END', '1.7777'],
    [
      'in a handler',
      'NUMBER(5,2)',
      'BEGIN SELECT 1 / 0; EXCEPTION WHEN OTHER THEN RETURN 1.7777; END',
      '1.7777',
    ],
    ['too long, in a nested block', 'VARCHAR(2)', "BEGIN BEGIN RETURN 'rye'; END; END", 'rye'],
    ['a date for a number', 'NUMBER', "BEGIN RETURN TO_DATE('2026-01-05'); END", 20_458],
    ['a counter, as text', 'NUMBER', 'BEGIN FOR i IN 4 TO 4 DO RETURN i; END FOR; END', '4'],
    ['a truth, whatever it should be', 'DATE', 'BEGIN RETURN 1 = 1; END', true],
  ])('%s', async (_, returns, body, value) => {
    expect((await called(returns, body))[1]).toEqual(value);
  });

  it('and the column has it', async () => {
    expect(await called('NUMBER(5,2)', 'BEGIN RETURN (SELECT 1.7777); END')).toEqual([
      'NUMBER(5,4)',
      '1.7777',
    ]);
    expect(await called('VARCHAR', 'BEGIN RETURN 1 + 1; END')).toEqual(['NUMBER(2,0)', 2]);
  });

  it.each([
    ['a body that returns nothing', 'BEGIN LET n := 1; END', 'NUMBER(5,2)'],
    ['a RETURN that is not reached', 'BEGIN IF (FALSE) THEN RETURN 1; END IF; END', 'NUMBER(5,2)'],
    ['a RETURN without a value', 'BEGIN RETURN; END', 'VARCHAR(16777216)'],
  ])('%s gives a NULL', async (_, body, type) => {
    expect(await called('NUMBER(5,2)', body)).toEqual([type, null]);
  });
});

describe('a plain value that can never be of the type is refused when the procedure is called, before it runs', () => {
  it.each([
    ['DATE', 'BEGIN RETURN 5; END', 6, 'NUMBER(1,0)'],
    ['DATE', 'BEGIN RETURN -5.5; END', 6, 'NUMBER(2,1)'],
    ['DATE', 'BEGIN RETURN TRUE; END', 6, 'BOOLEAN'],
    ['DATE', "BEGIN RETURN '5'::NUMBER; END", 6, 'NUMBER(38,0)'],
    ['DATE', 'BEGIN RETURN NULL::NUMBER; END', 6, 'NUMBER(38,0)'],
    ['DATE', 'BEGIN LET n := 5; RETURN n; END', 18, 'NUMBER(38,0)'],
    ['DATE', 'BEGIN LET n := 1.5; RETURN n; END', 20, 'FLOAT'],
    ['DATE', 'BEGIN LET n := NOT TRUE; RETURN n; END', 25, 'BOOLEAN'],
    ['DATE', "BEGIN RETURN '2026-01-05'; RETURN 5; END", 27, 'NUMBER(1,0)'],
    ['NUMBER(38,0)', "DECLARE d DATE := '2026-01-05'; BEGIN RETURN d; END", 38, 'DATE'],
    ['FLOAT', 'BEGIN RETURN TRUE; END', 6, 'BOOLEAN'],
    ['BOOLEAN', 'DECLARE n FLOAT := 1.5; BEGIN RETURN n; END', 30, 'FLOAT'],
    ['TIME(9)', 'BEGIN RETURN 5; END', 6, 'NUMBER(1,0)'],
    ['BINARY(67108864)', 'BEGIN RETURN 5; END', 6, 'NUMBER(1,0)'],
    ['OBJECT', "BEGIN RETURN 'rye'; END", 6, 'VARCHAR(3)'],
    ['OBJECT', "BEGIN LET s := 'rye'; RETURN s; END", 22, 'VARCHAR(134217728)'],
    ['OBJECT', 'DECLARE a ARRAY := [1]; BEGIN RETURN a; END', 30, 'ARRAY'],
  ])('%s: %s', async (declared, body, position, actual) => {
    const returns = declared.replace(/\(.*/, '');
    expect(await refused(returns, body)).toEqual({
      code: '090207',
      sqlState: '42601',
      message: `SQL compilation error: error line 1 at position ${position}\n Declared return type '${declared}' is incompatible with actual return type '${actual}'`,
    });
  });

  it('unless it stands in a branch, where it keeps its type', async () => {
    const body = "BEGIN IF (TRUE) THEN RETURN 5; END IF; RETURN '2026-01-05'; END";
    expect(await called('DATE', body)).toEqual(['NUMBER(1,0)', 5]);
  });
});
