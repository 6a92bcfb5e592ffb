import { canonical, fingerprint, readFingerprint, stamp } from '../../src/render/fingerprint';

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

  it('fills every marker, and is what it was before', () => {
    const { sql, fingerprint: mark } = stamp(
      "CREATE VIEW V COMMENT = 'loaves [dbt-auto-restart __FINGERPRINT__]' AS SELECT 1",
    );
    expect(sql).toBe(`CREATE VIEW V COMMENT = 'loaves [dbt-auto-restart ${mark}]' AS SELECT 1`);
    expect(fingerprint(sql)).toBe(mark);
  });

  it.each([
    ['Daily build [dbt-auto-restart 0123456789ab]', '0123456789ab'],
    ['several\nlines [dbt-auto-restart 0123456789ab]', '0123456789ab'],
    ['[dbt-auto-restart 0123456789ab] edited by hand', null],
    ['stored procedure', null],
    ['', null],
  ])('is read from the comment %j as %j', (comment, expected) => {
    expect(readFingerprint(comment)).toBe(expected);
  });
});
