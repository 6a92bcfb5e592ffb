import { SnowflakeError } from '../../../src/local/errors';
import { decodeBind, decodeBinds, positionBinds } from '../../../src/local/server/binds';
import { encodeRows, encodeRowtype } from '../../../src/local/server/rowset';
import { sessionParameters, wireParameters } from '../../../src/local/server/parameters';
import { splitStatements } from '../../../src/local/sql/split';
import { statementTypeId } from '../../../src/local/server/statement-type';
import { tokenize } from '../../../src/local/sql/lexer';
import { INTEGER, text, integer, type SqlType, type SqlValue } from '../../../src/local/values';

const micros = (iso: string): bigint => BigInt(Date.parse(iso)) * 1000n;

describe('a value on the wire', () => {
  it.each<[string, SqlType, SqlValue, string | null]>([
    ['an integer', INTEGER, 42, '42'],
    ['an integer beyond 2^53', INTEGER, 12345678901234567890n, '12345678901234567890'],
    ['a decimal', { kind: 'NUMBER', precision: 10, scale: 2 }, '12.50', '12.50'],
    ['a float', { kind: 'FLOAT' }, 0.1, '0.1'],
    ['text', { kind: 'VARCHAR' }, 'rye \u{1F504}', 'rye \u{1F504}'],
    ['true', { kind: 'BOOLEAN' }, true, '1'],
    ['false', { kind: 'BOOLEAN' }, false, '0'],
    ['a date is days', { kind: 'DATE' }, 20000, '20000'],
    ['a time is seconds', { kind: 'TIME' }, 3_600_500_000n, '3600.500000000'],
    [
      'a timestamp is seconds',
      { kind: 'TIMESTAMP_NTZ' },
      micros('2026-01-02T03:04:05.678Z'),
      '1767323045.678000000',
    ],
    ['a timestamp before 1970 is negative', { kind: 'TIMESTAMP_LTZ' }, -1_500_000n, '-1.500000000'],
    ['a timestamp with its zone', { kind: 'TIMESTAMP_TZ' }, '1500000 -480', '1.500000000 960'],
    ['binary is hex', { kind: 'BINARY' }, 'CAFE', 'CAFE'],
    ['a variant is JSON', { kind: 'VARIANT' }, '{"a":1}', '{"a":1}'],
    ['NULL', { kind: 'BOOLEAN' }, null, null],
  ])('%s', (_, type, value, expected) => {
    expect(encodeRows([{ name: 'C', type }], [[value]])).toEqual([[expected]]);
  });

  it('a column says its type, precision, scale and length', () => {
    const columns = encodeRowtype([
      { name: 'N', type: { kind: 'NUMBER', precision: 10, scale: 2 } },
      { name: 'T', type: { kind: 'VARCHAR', length: 500 } },
      { name: 'TS', type: { kind: 'TIMESTAMP_TZ' } },
    ]);
    expect(columns).toMatchObject([
      { name: 'N', type: 'fixed', precision: 10, scale: 2 },
      { name: 'T', type: 'text', length: 500, byteLength: 2000 },
      { name: 'TS', type: 'timestamp_tz', scale: 9 },
    ]);
  });
});

describe('bind variables', () => {
  it.each([
    ['FIXED', '42', { type: { kind: 'NUMBER', precision: 38, scale: 0 }, value: 42 }],
    ['FIXED', '9007199254740993', { type: { kind: 'NUMBER' }, value: 9007199254740993n }],
    ['FIXED', '1.50', { type: { kind: 'NUMBER', scale: 2 }, value: '1.50' }],
    ['REAL', '0.5', { type: { kind: 'FLOAT' }, value: 0.5 }],
    ['TEXT', 'rye', { type: { kind: 'VARCHAR' }, value: 'rye' }],
    ['BOOLEAN', 'true', { type: { kind: 'BOOLEAN' }, value: true }],
    ['DATE', '86400000', { type: { kind: 'DATE' }, value: 1 }],
    ['DATE', '-1', { type: { kind: 'DATE' }, value: -1 }],
    ['TIME', '1000000000', { type: { kind: 'TIME' }, value: 1_000_000n }],
    ['TIMESTAMP_NTZ', '1500000000', { type: { kind: 'TIMESTAMP_NTZ' }, value: 1_500_000n }],
    ['TIMESTAMP_TZ', '1500000000 1500', { type: { kind: 'TIMESTAMP_TZ' }, value: '1500000 60' }],
    ['VARIANT', '{"a":1}', { type: { kind: 'VARIANT' }, value: '{"a":1}' }],
  ])('%s %s', (type, value, expected) => {
    expect(decodeBind(type, value)).toMatchObject(expected);
  });

  it('NULL keeps its type', () => {
    expect(decodeBind('FIXED', null)).toMatchObject({ type: { kind: 'NUMBER' }, value: null });
  });

  it.each([
    ['FIXED', 'rye'],
    ['BOOLEAN', 'perhaps'],
    ['TIMESTAMP_NTZ', '2026-01-01'],
    ['FLOUR', '1'],
  ])('%s %s is refused', (type, value) => {
    expect(() => decodeBind(type, value)).toThrow(SnowflakeError);
  });

  it('values follow their positions, not the order in which they were sent', () => {
    const rows = decodeBinds({ '2': { type: 'TEXT', value: 'b' }, '1': { type: 'TEXT', value: 'a' } });
    expect(rows).toEqual([[text('a'), text('b')]]);
  });

  it('arrays make one row of binds for each run of the statement', () => {
    const rows = decodeBinds({
      '1': { type: 'FIXED', value: ['1', '2'] },
      '2': { type: 'TEXT', value: ['rye', null] },
    });
    expect(rows).toEqual([
      [integer(1), text('rye')],
      [integer(2), text(null)],
    ]);
  });

  it('no binds are one empty row', () => {
    expect(decodeBinds(undefined)).toEqual([[]]);
  });

  it('a missing position is refused', () => {
    expect(() =>
      decodeBinds({ '1': { type: 'TEXT', value: 'a' }, '3': { type: 'TEXT', value: 'c' } }),
    ).toThrow('position 2 is missing');
  });

  it('numbered binds become question marks in the order of the text', () => {
    const placed = positionBinds("SELECT :2, ':1', :1, $$:1$$", [text('a'), text('b')]);
    expect(placed).toEqual({ sql: "SELECT ?, ':1', ?, $$:1$$", binds: [text('b'), text('a')] });
  });

  it('a path into a variant is no bind', () => {
    const placed = positionBinds('SELECT src:1 FROM t WHERE a = ?', [text('a')]);
    expect(placed).toEqual({ sql: 'SELECT src:1 FROM t WHERE a = ?', binds: [text('a')] });
  });

  it('a number without a value is refused with its place', () => {
    expect(() => positionBinds('SELECT\n :3', [text('a')])).toThrow('error line 2 at position 1');
  });
});

describe('several statements in one text', () => {
  it.each<[string, string, string[]]>([
    ['are cut at semicolons', 'SELECT 1; SELECT 2;', ['SELECT 1', 'SELECT 2']],
    [
      'literals and comments hold none',
      'SELECT \';\' -- ;\n, ";" /* ; */; SELECT 2',
      ['SELECT \';\' -- ;\n, ";"', 'SELECT 2'],
    ],
    [
      '$$ bodies hold none',
      'EXECUTE IMMEDIATE $$ a; b; $$; SELECT 2',
      ['EXECUTE IMMEDIATE $$ a; b; $$', 'SELECT 2'],
    ],
    ['empty ones are none', ';; -- nothing\n ; SELECT 1 ;;', ['SELECT 1']],
    [
      'a block is one',
      'BEGIN LET x := 1; IF (x = 1) THEN RETURN 1; END IF; END; SELECT 2',
      ['BEGIN LET x := 1; IF (x = 1) THEN RETURN 1; END IF; END', 'SELECT 2'],
    ],
    [
      'a block with DECLARE is one',
      'DECLARE a INT; b INT; BEGIN a := 1; BEGIN b := 2; END; END; SELECT 2',
      ['DECLARE a INT; b INT; BEGIN a := 1; BEGIN b := 2; END; END', 'SELECT 2'],
    ],
    [
      'a CASE ends with END or END CASE',
      'BEGIN CASE (x) WHEN 1 THEN a := CASE WHEN b THEN 1 END; END CASE; END; SELECT 2',
      ['BEGIN CASE (x) WHEN 1 THEN a := CASE WHEN b THEN 1 END; END CASE; END', 'SELECT 2'],
    ],
    [
      'loops end with their own words',
      'BEGIN FOR i IN 1 TO 2 DO WHILE (a) DO b := 1; END WHILE; END FOR; LOOP BREAK; END LOOP; END; SELECT 2',
      [
        'BEGIN FOR i IN 1 TO 2 DO WHILE (a) DO b := 1; END WHILE; END FOR; LOOP BREAK; END LOOP; END',
        'SELECT 2',
      ],
    ],
    [
      'the body of a task is part of it',
      "CREATE TASK t SCHEDULE = '5 MINUTES' AS BEGIN SELECT 1; SELECT 2; END; SELECT 3",
      ["CREATE TASK t SCHEDULE = '5 MINUTES' AS BEGIN SELECT 1; SELECT 2; END", 'SELECT 3'],
    ],
    [
      'a nested procedure is part of the block that declares it',
      'DECLARE p PROCEDURE() RETURNS INT AS DECLARE y INT; BEGIN RETURN 1; END; BEGIN CALL p(); END; SELECT 2',
      [
        'DECLARE p PROCEDURE() RETURNS INT AS DECLARE y INT; BEGIN RETURN 1; END; BEGIN CALL p(); END',
        'SELECT 2',
      ],
    ],
    [
      'a transaction is no block',
      'BEGIN; INSERT INTO t VALUES (1); COMMIT; BEGIN TRANSACTION; ROLLBACK; BEGIN NAME oven; COMMIT',
      [
        'BEGIN',
        'INSERT INTO t VALUES (1)',
        'COMMIT',
        'BEGIN TRANSACTION',
        'ROLLBACK',
        'BEGIN NAME oven',
        'COMMIT',
      ],
    ],
    [
      'CASE outside of a block',
      'SELECT CASE WHEN a THEN 1 END; SELECT 2',
      ['SELECT CASE WHEN a THEN 1 END', 'SELECT 2'],
    ],
  ])('%s', (_, sql, statements) => {
    expect(splitStatements(sql)).toEqual(statements);
  });
});

describe('what kind of statement it was', () => {
  it.each([
    ['SELECT 1', 0x1000],
    ['(SELECT 1)', 0x1000],
    ['INSERT INTO t VALUES (1)', 0x3100],
    ['MERGE INTO t USING s ON a = b', 0x3400],
    ['ALTER SESSION SET TIMEZONE = 1', 0x4000],
    ['ALTER TABLE t ADD COLUMN a INT', 0x6000],
    ['CREATE TABLE t (a INT)', 0x6000],
    ['CALL p()', 0x4000],
    ['BEGIN TRANSACTION', 0x5000],
    ['BEGIN RETURN 1; END', 0x4000],
  ])('%s', (sql, id) => {
    expect(statementTypeId(tokenize(sql))).toBe(id);
  });
});

describe('session parameters', () => {
  const valueOf = (session: Map<string, string>, name: string) =>
    wireParameters(session).find((parameter) => parameter.name === name)?.value;

  it('have the type that clients expect', () => {
    const session = new Map([
      ['AUTOCOMMIT', 'FALSE'],
      ['QUERY_CONTEXT_CACHE_SIZE', '7'],
      ['TIMEZONE', 'UTC'],
    ]);
    expect(valueOf(session, 'AUTOCOMMIT')).toBe(false);
    expect(valueOf(session, 'QUERY_CONTEXT_CACHE_SIZE')).toBe(7);
    expect(valueOf(session, 'TIMEZONE')).toBe('UTC');
  });

  it('that the client does not know are sent all the same', () => {
    expect(valueOf(new Map([['OVEN_HEAT', 'high']]), 'OVEN_HEAT')).toBe('high');
  });

  it.each([
    ['TIMESTAMP_TYPE_MAPPING', 'TIMESTAMP_LTZ'],
    ['QUOTED_IDENTIFIERS_IGNORE_CASE', true],
    ['WEEK_START', 1],
    ['date_output_format', 'DD.MM.YYYY'],
  ])('that would change what is computed, and do not, are refused: %s = %p', (name, value) => {
    expect(() => sessionParameters({ [name]: value })).toThrow(
      `Unsupported feature 'session parameter ${name.toUpperCase()} = ${value}'`,
    );
  });

  it('sent by a client are kept as text', () => {
    expect(sessionParameters({ query_tag: 'rye', AUTOCOMMIT: true, NOTHING: null })).toEqual({
      QUERY_TAG: 'rye',
      AUTOCOMMIT: 'true',
    });
  });
});
