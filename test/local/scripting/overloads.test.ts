/**
 * Which procedure takes which arguments.
 * https://docs.snowflake.com/en/developer-guide/udf-stored-procedure-naming-conventions
 */
import { openLocal, type Local } from './local';

let local: Local;
beforeAll(async () => {
  local = await openLocal();
});
afterAll(() => local.close());

/** A procedure for each type, which returns the type's name. */
async function create(name: string, ...types: string[]): Promise<void> {
  for (const type of types)
    await local.session.execute(
      `CREATE OR REPLACE PROCEDURE ${name}(a ${type}) RETURNS VARCHAR AS $$BEGIN RETURN '${type}'; END$$`,
    );
}

const VALUES: Record<string, string> = {
  'NUMBER(1,0)': '5',
  'NUMBER(2,1)': '1.5',
  FLOAT: '1.5::FLOAT',
  BOOLEAN: 'TRUE',
  'VARCHAR(3)': "'rye'",
  DATE: "'2026-01-05'::DATE",
  'TIME(9)': "'10:00:00'::TIME",
  'TIMESTAMP_NTZ(9)': "'2026-01-05'::TIMESTAMP_NTZ",
  'TIMESTAMP_TZ(9)': "'2026-01-05 10:00:00 +0200'::TIMESTAMP_TZ",
  'BINARY(67108864)': "TO_BINARY('AB')",
  ARRAY: '[1]',
  OBJECT: "{'a': 1}",
  VARIANT: "PARSE_JSON('1')",
};

describe.each<[string, string[]]>([
  ['NUMBER', ['NUMBER(1,0)', 'NUMBER(2,1)', 'FLOAT', 'VARCHAR(3)', 'VARIANT']],
  ['FLOAT', ['NUMBER(1,0)', 'NUMBER(2,1)', 'FLOAT', 'VARCHAR(3)', 'VARIANT']],
  ['BOOLEAN', ['NUMBER(1,0)', 'NUMBER(2,1)', 'FLOAT', 'BOOLEAN', 'VARCHAR(3)', 'VARIANT']],
  ['DATE', ['VARCHAR(3)', 'DATE', 'TIMESTAMP_NTZ(9)', 'TIMESTAMP_TZ(9)', 'VARIANT']],
  ['TIME', ['VARCHAR(3)', 'TIME(9)', 'TIMESTAMP_NTZ(9)', 'TIMESTAMP_TZ(9)', 'VARIANT']],
  ['TIMESTAMP_LTZ', ['VARCHAR(3)', 'DATE', 'TIMESTAMP_NTZ(9)', 'VARIANT']],
  ['TIMESTAMP_TZ', ['VARCHAR(3)', 'DATE', 'TIMESTAMP_NTZ(9)', 'TIMESTAMP_TZ(9)', 'VARIANT']],
  ['BINARY', ['BINARY(67108864)']],
  ['VARIANT', ['NUMBER(1,0)', 'NUMBER(2,1)', 'FLOAT', 'BOOLEAN', 'ARRAY', 'OBJECT', 'VARIANT']],
  ['ARRAY', ['ARRAY', 'VARIANT']],
  ['OBJECT', ['OBJECT', 'VARIANT']],
])('an argument of type %s', (declared, takes) => {
  beforeAll(() => create('bake', declared));
  afterAll(() => local.session.execute(`DROP PROCEDURE bake(${declared})`));

  it.each(Object.entries(VALUES).filter(([type]) => !takes.includes(type)))(
    'refuses %s before the procedure runs',
    async (type, value) => {
      expect(await local.error(`CALL bake(${value})`)).toMatchObject({
        code: '001044',
        message: `SQL compilation error: error line 0 at position -1\nInvalid argument types for function 'BAKE': (${type})`,
      });
    },
  );

  it('takes NULL', async () => {
    expect(await local.value('CALL bake(NULL)')).toBe(declared);
  });
});

describe('of several procedures of one name', () => {
  it.each<[string, string[], string]>([
    ['5', ['NUMBER', 'VARCHAR'], 'NUMBER'],
    ["'5'", ['NUMBER', 'VARCHAR'], 'VARCHAR'],
    ['TRUE', ['NUMBER', 'VARCHAR'], 'VARCHAR'],
    ['1.5::FLOAT', ['NUMBER', 'VARCHAR'], 'VARCHAR'],
    ['1.5::FLOAT', ['NUMBER', 'DATE'], 'NUMBER'],
    ["'2026-01-05'", ['NUMBER', 'DATE'], 'DATE'],
    ["'5'", ['FLOAT', 'NUMBER'], 'FLOAT'],
    ['5', ['VARCHAR', 'BOOLEAN'], 'BOOLEAN'],
    ['5', ['FLOAT', 'VARCHAR'], 'FLOAT'],
    ['5', ['VARIANT', 'VARCHAR'], 'VARIANT'],
    ["'2026-01-05'", ['TIMESTAMP_LTZ', 'TIMESTAMP_TZ'], 'TIMESTAMP_LTZ'],
    ['NULL', ['NUMBER', 'VARCHAR', 'DATE'], 'DATE'],
    ['NULL', ['TIME', 'VARCHAR'], 'VARCHAR'],
    ['NULL', ['VARIANT', 'OBJECT'], 'OBJECT'],
  ])('%s means, of %j, the one with %s', async (value, types, expected) => {
    await create('knead', ...types);
    expect(await local.value(`CALL knead(${value})`)).toBe(expected);
    for (const type of types) await local.session.execute(`DROP PROCEDURE knead(${type})`);
  });
});
