import { constant } from '../../src/sql-text';
import {
  canonical,
  fingerprint,
  readMark,
  stamp,
  unfilledMark,
  withoutMark,
} from '../../src/render/fingerprint';

/** Frozen: a change here means that every deployed object would look changed. */
const VECTORS: [string, string][] = [
  ['', 'e3b0c44298fc'],
  ['SELECT 1', 'e004ebd5b553'],
  ["CREATE OR ALTER TASK A.B.C WAREHOUSE = W COMMENT = 'x' AS CALL P('it''s', 'a\\\\')", '7c70b6efebb7'],
  ['EXECUTE IMMEDIATE $$\nBEGIN\n    -- why\n    RETURN 1.5 || "Rye";\nEND;\n$$', '914ebf7e4b66'],
];

describe('the canonical form', () => {
  it('joins tokens by single blanks, in upper case', () => {
    expect(canonical('select  Crumb,\n\tCOUNT (*) from bread')).toBe('SELECT CRUMB , COUNT ( * ) FROM BREAD');
  });

  it('keeps strings and quoted names as they are', () => {
    expect(canonical(`SELECT 'it''s  -- here', "Rye ""n""  wheat" FROM t`)).toBe(
      `SELECT 'it''s  -- here' , "Rye ""n""  wheat" FROM T`,
    );
  });

  it('leaves comments out', () => {
    expect(canonical("SELECT 1 -- it's warm\n, 2")).toBe('SELECT 1 , 2');
  });

  it('leaves every COMMENT out, and only that', () => {
    const sql = "CREATE TASK T COMMENT = 'a [dbt-auto-restart 0123456789ab]' AS SELECT comment FROM t";
    expect(canonical(sql)).toBe('CREATE TASK T AS SELECT COMMENT FROM T');
  });

  it('reads a backslash before a quote as part of the string', () => {
    expect(canonical("SELECT 'a\\' -- b', 2")).toBe("SELECT 'a\\' -- b' , 2");
  });
});

describe('the fingerprint', () => {
  it.each(VECTORS)('of %j is %s', (sql, expected) => {
    expect(fingerprint(sql)).toBe(expected);
  });

  it('differs when a literal differs', () => {
    expect(fingerprint("CALL P('bread')")).not.toBe(fingerprint("CALL P('Bread')"));
  });

  it('fills the mark, and is what it was before', () => {
    const comment = constant(`loaves ${unfilledMark({ app: 'acme', env: 'prod', name: 'bakery' })}`);
    const { sql, fingerprint: mark } = stamp(`CREATE VIEW V COMMENT = ${comment} AS SELECT 1`);
    expect(sql).toBe(
      `CREATE VIEW V COMMENT = 'loaves [dbt-auto-restart acme/prod/bakery ${mark}]' AS SELECT 1`,
    );
    expect(fingerprint(sql)).toBe(mark);
  });

  it('is filled into no text of the user', () => {
    const text = '\\x01 [dbt-auto-restart -/-/bakery \\x01] __FINGERPRINT__';
    const sql = `CREATE VIEW V COMMENT = ${constant(text)} AS SELECT 1`;
    expect(stamp(sql).sql).toBe(sql);
  });
});

describe('the mark', () => {
  it.each([
    [
      'Daily build [dbt-auto-restart acme.fin/prod/o2c 0123456789ab]',
      { app: 'acme.fin', env: 'prod', deployment: 'o2c', fingerprint: '0123456789ab' },
    ],
    [
      'several\nlines [dbt-auto-restart -/-/o2c 0123456789ab]',
      { app: null, env: null, deployment: 'o2c', fingerprint: '0123456789ab' },
    ],
    ['[dbt-auto-restart -/-/o2c 0123456789ab] edited by hand', null],
    ['of an early version [dbt-auto-restart 0123456789ab]', null],
    ['stored procedure', null],
    ['', null],
  ])('is read from the comment %j as %j', (comment, expected) => {
    expect(readMark(comment)).toEqual(expected);
  });

  it('is left out of the comment that people wrote', () => {
    expect(withoutMark('Daily build [dbt-auto-restart -/-/o2c 0123456789ab]')).toBe('Daily build');
    expect(withoutMark('Daily build')).toBe('Daily build');
  });
});
