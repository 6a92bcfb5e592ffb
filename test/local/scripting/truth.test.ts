/** What a condition takes. https://docs.snowflake.com/en/developer-guide/snowflake-scripting/branch, .../loops */
import { openLocal, type Local } from './local';

let local: Local;
beforeAll(async () => {
  local = await openLocal();
});
afterAll(() => local.close());

const branch = (condition: string, declare = ''): Promise<unknown> =>
  local.block(`IF (${condition}) THEN RETURN 'yes'; END IF; RETURN 'no';`, declare);

describe('a condition holds', () => {
  it.each([
    'TRUE',
    "'true'",
    "'True'",
    "'1'",
    "'tr' || 'ue'",
    '1',
    '1.00',
    '1e0',
    '1::FLOAT',
    "PARSE_JSON('true')",
    "PARSE_JSON('1')",
    "TO_BOOLEAN('yes')",
    "(SELECT 'TRUE')",
    "2 = 3 OR 'true'",
  ])('for %s', async (condition) => {
    expect(await branch(condition)).toBe('yes');
  });

  it.each([
    ['loaves', 'loaves NUMBER := 1.0;'],
    ['loaves', "loaves VARCHAR := 'tRUE';"],
    ['loaves', 'loaves BOOLEAN := TRUE;'],
    ['loaves', "loaves VARIANT := PARSE_JSON('true');"],
    ['weight - 0.5', 'weight FLOAT := 1.5;'],
  ])('for %s of %s', async (condition, declare) => {
    expect(await branch(condition, declare)).toBe('yes');
  });
});

describe('a condition does not hold, and is no error', () => {
  it.each([
    'NULL',
    'FALSE',
    "'yes'",
    "'y'",
    "'t'",
    "'on'",
    "'x'",
    "''",
    "' true'",
    "'TRUE '",
    "'01'",
    "'1.0'",
    '0',
    '2',
    '-1',
    '0.5',
    '10 / 10',
    '1.5 - 0.5',
    'CAST(1 AS NUMBER(3,1))',
    `PARSE_JSON('"true"')`,
    "DATE '1970-01-02'",
    '[1]',
  ])('for %s', async (condition) => {
    expect(await branch(condition)).toBe('no');
  });

  it.each([
    ['loaves', 'loaves NUMBER(3,1) := 1;'],
    ['loaves + 0', 'loaves NUMBER(3,1) := 1;'],
    ['loaves', "loaves VARCHAR := 'yes';"],
    ['loaves', "loaves VARIANT := '1.0';"],
  ])('for %s of %s', async (condition, declare) => {
    expect(await branch(condition, declare)).toBe('no');
  });
});

describe('the same rule', () => {
  it.each([
    ['ELSEIF', "IF (FALSE) THEN RETURN 1; ELSEIF ('yes') THEN RETURN 2; END IF; RETURN 3;", 3],
    ['a searched CASE', "CASE WHEN 'yes' THEN RETURN 1; WHEN 1 THEN RETURN 2; END CASE; RETURN 3;", 2],
    ['WHILE', 'LET n := 0; WHILE (2) DO n := n + 1; BREAK; END WHILE; RETURN n;', 0],
    ['UNTIL', "LET n := 0; REPEAT n := n + 1; UNTIL (n = 3 OR 'true') END REPEAT; RETURN n;", 1],
  ])('goes for %s', async (_, statements, expected) => {
    expect(await local.block(statements)).toBe(expected);
  });

  it('ends at AND, OR and NOT, which want BOOLEANs', async () => {
    expect(await local.error("BEGIN IF ('x' AND TRUE) THEN RETURN 1; END IF; END;")).toMatchObject({
      code: '100037',
      message:
        "Uncaught exception of type 'EXPRESSION_ERROR' on line 1 at position 10 : Boolean value 'x' is not recognized",
    });
  });
});
