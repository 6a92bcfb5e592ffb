/** What a role may do that has been granted something and owns nothing. https://docs.snowflake.com/en/user-guide/security-access-control-privileges */
import { features } from '../../../src/local/features';
import { openBakery, type Local } from '../sql/local';
import type { Session } from '../../../src/local/engine/contract';

let local: Local;
let clerk: Session;

beforeEach(async () => {
  local = await openBakery({ features: [...features] });
  for (const sql of [
    'CREATE TABLE loaves (name VARCHAR)',
    `INSERT INTO loaves VALUES ('rye')`,
    'CREATE VIEW shelf AS SELECT name FROM loaves',
    `CREATE PROCEDURE count_loaves() RETURNS NUMBER EXECUTE AS CALLER AS
       'BEGIN LET n NUMBER := (SELECT COUNT(*) FROM BAKERY.PUBLIC.LOAVES); RETURN n; END'`,
    `CREATE PROCEDURE count_as_owner() RETURNS NUMBER EXECUTE AS OWNER AS
       'BEGIN LET n NUMBER := (SELECT COUNT(*) FROM LOAVES); RETURN n; END'`,
    'CREATE WAREHOUSE oven',
    `CREATE TASK bake WAREHOUSE = oven SCHEDULE = '60 MINUTES' AS SELECT 1`,
    `SELECT SYSTEM$LOCAL_DBT_CREATE('p', '{"project": "p", "nodes": [{"name": "a"}]}')`,
    'CREATE ROLE clerk',
    'CREATE ROLE reader',
    'GRANT USAGE ON DATABASE bakery TO ROLE clerk',
    'GRANT USAGE ON SCHEMA bakery.public TO ROLE clerk',
  ])
    await local.session.execute(sql);
  clerk = local.account.openSession({ user: 'JOE', role: 'CLERK', database: 'BAKERY' });
});
afterEach(async () => {
  await clerk.close();
  await local.close();
});

const grant = (what: string) => local.session.execute(`GRANT ${what} TO ROLE clerk`);

async function asClerk(sql: string): Promise<unknown> {
  try {
    return (await clerk.execute(sql)).rows;
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return `${code} ${message.replaceAll('\n', ' ')}`;
  }
}

const NOT_THERE = /^002003 SQL compilation error: .* does not exist or not authorized/;
const NOT_ALLOWED = /^003001 SQL access control error: Insufficient privileges to operate on/;

describe.each([
  ['SELECT name FROM shelf', 'SELECT ON VIEW bakery.public.shelf', NOT_THERE, [['rye']]],
  ['SELECT name FROM loaves', 'SELECT ON TABLE bakery.public.loaves', NOT_THERE, [['rye']]],
  [
    'CALL count_as_owner()',
    'USAGE ON PROCEDURE bakery.public.count_as_owner()',
    /^00214[01] .*Unknown (user-defined )?function/,
    [[1]],
  ],
  ['USE WAREHOUSE oven', 'USAGE ON WAREHOUSE oven', NOT_ALLOWED, [['Statement executed successfully.']]],
  [`INSERT INTO loaves VALUES ('oat')`, 'INSERT ON TABLE bakery.public.loaves', NOT_THERE, [[1]]],
  [`UPDATE loaves SET name = 'oat'`, 'UPDATE ON TABLE bakery.public.loaves', NOT_THERE, [[1, 0]]],
  ['DELETE FROM loaves', 'DELETE ON TABLE bakery.public.loaves', NOT_THERE, [[1]]],
  [
    'EXECUTE TASK bake',
    'OPERATE ON TASK bakery.public.bake',
    NOT_THERE,
    [['Task BAKE is scheduled to run immediately.']],
  ],
  [
    'ALTER TASK bake RESUME',
    'OPERATE ON TASK bakery.public.bake',
    NOT_THERE,
    [['Statement executed successfully.']],
  ],
])('%s', (sql, privilege, refusal, answer) => {
  it('needs the grant', async () => {
    expect(await asClerk(sql)).toMatch(refusal);
  });

  it(`is allowed by ${privilege}`, async () => {
    await asClerk(sql);
    await grant(privilege);
    expect(await asClerk(sql)).toEqual(answer);
  });
});

it('EXECUTE DBT PROJECT needs USAGE, and its history shows nothing without a privilege', async () => {
  expect(await asClerk(`EXECUTE DBT PROJECT p ARGS = 'run'`)).toMatch(NOT_THERE);
  await local.session.execute('USE WAREHOUSE oven');
  await local.session.execute(`EXECUTE DBT PROJECT p ARGS = 'run'`);
  const history = 'SELECT command FROM TABLE(INFORMATION_SCHEMA.DBT_PROJECT_EXECUTION_HISTORY())';
  expect(await asClerk(history)).toEqual([]);
  await grant('MONITOR ON DBT PROJECT bakery.public.p');
  expect(await asClerk(history)).toEqual([['run']]);
  expect(await asClerk(`EXECUTE DBT PROJECT p ARGS = 'run'`)).toMatch(NOT_ALLOWED);
});

it('a view reads with the rights of its owner, a caller’s-rights procedure with the caller’s', async () => {
  await grant('SELECT ON VIEW bakery.public.shelf');
  await grant('USAGE ON PROCEDURE bakery.public.count_loaves()');
  expect(await asClerk('SELECT COUNT(*) FROM shelf')).toEqual([[1]]);
  expect(await asClerk('CALL count_loaves()')).toMatch(
    /'?BAKERY.PUBLIC.LOAVES'? does not exist or not authorized/,
  );
});

it('without USAGE of the schema and the database nothing in it is there', async () => {
  await grant('SELECT ON TABLE bakery.public.loaves');
  await local.session.execute('REVOKE USAGE ON SCHEMA bakery.public FROM ROLE clerk');
  expect(await asClerk('SELECT name FROM loaves')).toMatch(
    "Schema 'BAKERY.PUBLIC' does not exist or not authorized",
  );
  await local.session.execute('REVOKE USAGE ON DATABASE bakery FROM ROLE clerk');
  expect(await asClerk('SELECT name FROM loaves')).toMatch(
    "Database 'BAKERY' does not exist or not authorized",
  );
});

it('a grant that is taken back counts no more, for a statement that ran before too', async () => {
  await grant('SELECT ON TABLE bakery.public.loaves');
  expect(await asClerk('SELECT name FROM loaves')).toEqual([['rye']]);
  await local.session.execute('REVOKE SELECT ON TABLE bakery.public.loaves FROM ROLE clerk');
  expect(await asClerk('SELECT name FROM loaves')).toMatch(NOT_THERE);
});

it('roles of roles count, and those of the user with secondary roles', async () => {
  await local.session.execute('GRANT SELECT ON TABLE bakery.public.loaves TO ROLE reader');
  await local.session.execute('CREATE USER joe');
  await local.session.execute('GRANT ROLE reader TO USER joe');
  expect(await asClerk('SELECT name FROM loaves')).toMatch(NOT_THERE);
  await asClerk('USE SECONDARY ROLES ALL');
  expect(await asClerk('SELECT name FROM loaves')).toEqual([['rye']]);
  await asClerk('USE SECONDARY ROLES NONE');
  expect(await asClerk('SELECT name FROM loaves')).toMatch(NOT_THERE);
  await grant('ROLE reader');
  expect(await asClerk('SELECT name FROM loaves')).toEqual([['rye']]);
});

it.each([
  'CREATE TABLE mine (id NUMBER)',
  'DROP TABLE loaves',
  'ALTER TABLE loaves RENAME TO mine',
  'CREATE OR REPLACE VIEW shelf AS SELECT 1 AS name',
  'GRANT SELECT ON TABLE loaves TO ROLE clerk',
  `COMMENT ON TABLE loaves IS 'mine'`,
  'DROP TASK bake',
  'ALTER WAREHOUSE oven SUSPEND',
])('%s is the owner’s business', async (sql) => {
  await grant('SELECT ON TABLE bakery.public.loaves');
  expect(await asClerk(sql)).toMatch(NOT_ALLOWED);
});

it('OPERATE on a task suspends and resumes it and changes nothing of it', async () => {
  await grant('OPERATE ON TASK bakery.public.bake');
  expect(await asClerk(`ALTER TASK bake SET COMMENT = 'mine'`)).toMatch(NOT_ALLOWED);
});

it('SHOW and TASK_HISTORY list what the role has a privilege on', async () => {
  const listed = async (sql: string) => ((await asClerk(sql)) as unknown[]).length;
  const history = 'SELECT name FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY())';
  await local.session.execute('EXECUTE TASK bake AWAIT');
  expect([
    await listed('SHOW TASKS'),
    await listed('SHOW VIEWS'),
    await listed('SHOW TABLES'),
    await listed(history),
  ]).toEqual([0, 0, 0, 0]);
  await grant('MONITOR ON TASK bakery.public.bake');
  await grant('SELECT ON VIEW bakery.public.shelf');
  expect([
    await listed('SHOW TASKS'),
    await listed('SHOW VIEWS'),
    await listed('SHOW TABLES'),
    await listed(history),
  ]).toEqual([1, 1, 0, 1]);
});

describe('a session that goes by grants only', () => {
  let strict: Session;
  const said = (sql: string): Promise<string> =>
    strict.execute(sql).then(
      ({ rows }) => JSON.stringify(rows),
      ({ code }: { code: string }) => code,
    );
  beforeEach(() => {
    strict = local.account.openSession({
      ...{ user: 'JOE', role: 'CLERK', database: 'BAKERY', schema: 'PUBLIC', grantsOnly: true },
    });
  });
  afterEach(() => strict.close());

  it('creates what it was granted to create, owns that, and nothing else', async () => {
    expect(await said('CREATE TABLE mine (id NUMBER)')).toBe('003001');
    await grant('CREATE TABLE ON SCHEMA bakery.public');
    expect(await said('CREATE TABLE mine (id NUMBER)')).toContain('successfully created');
    expect(await said('CREATE VIEW ours AS SELECT 1 AS a')).toBe('003001');
    expect(await said('INSERT INTO mine VALUES (1)')).toBe('[[1]]');
    expect(await said('SELECT id FROM mine')).toBe('[[1]]');
    expect(await said('SELECT name FROM loaves')).toBe('002003');
    expect(await said('DROP TABLE loaves')).toBe('003001');
    expect(await said('ALTER TABLE mine ADD COLUMN b NUMBER')).toContain('executed successfully');
    expect(await said(`COMMENT ON TABLE bakery.public.mine IS 'x'`)).toContain('executed successfully');
    expect(await said('DROP TABLE mine')).toContain('successfully dropped');
  });

  it('has what the roles own that were granted to it', async () => {
    await local.session.execute('GRANT OWNERSHIP ON TABLE loaves TO ROLE reader');
    expect(await said('SELECT name FROM loaves')).toBe('002003');
    await grant('ROLE reader');
    expect(await said('SELECT name FROM loaves')).toBe('[["rye"]]');
    expect(await said('ALTER TABLE loaves RENAME TO bread')).toContain('executed successfully');
  });
});

it('a role without any grant may do nothing in a session that goes by grants only', async () => {
  const session = local.account.openSession({ role: 'READER', database: 'BAKERY', grantsOnly: true });
  await expect(session.execute('SELECT name FROM loaves')).rejects.toThrow(
    "Database 'BAKERY' does not exist or not authorized",
  );
  await session.close();
});

it.each([
  ['DATABASES', 'MONITOR ON DATABASE kiosk', 1, 2],
  ['SCHEMAS IN DATABASE bakery', 'USAGE ON SCHEMA bakery.attic', 1, 2],
  ['SEQUENCES', 'USAGE ON SEQUENCE bakery.public.numbers', 0, 1],
  ['WAREHOUSES', 'USAGE ON WAREHOUSE oven', 0, 1],
  ['COLUMNS IN SCHEMA', 'SELECT ON VIEW bakery.public.shelf', 0, 1],
  ['OBJECTS', 'INSERT ON TABLE bakery.public.loaves', 0, 1],
  ['PROCEDURES', 'USAGE ON PROCEDURE bakery.public.count_loaves()', 0, 1],
  ['DBT PROJECTS', 'USAGE ON DBT PROJECT bakery.public.p', 0, 1],
  ['ALERTS', 'MONITOR ON ALERT bakery.public.ring', 0, 1],
  ['INTEGRATIONS', 'USAGE ON INTEGRATION bell', 0, 1],
])('SHOW %s lists what the role has a privilege on', async (kind, privilege, before, after) => {
  for (const sql of [
    'CREATE DATABASE kiosk',
    'CREATE SCHEMA bakery.attic',
    'USE SCHEMA bakery.public',
    'CREATE SEQUENCE numbers',
    'CREATE NOTIFICATION INTEGRATION bell TYPE = EMAIL ENABLED = TRUE',
    `CREATE ALERT ring WAREHOUSE = oven SCHEDULE = '1 MINUTE' IF (EXISTS (SELECT 1)) THEN SELECT 1`,
  ])
    await local.session.execute(sql);
  const listed = async () => ((await asClerk(`SHOW ${kind}`)) as unknown[]).length;
  expect(await listed()).toBe(before);
  await grant(privilege);
  expect(await listed()).toBe(after);
});

it('INFORMATION_SCHEMA lists what the role has a privilege on', async () => {
  const names = (view: string, column: string) =>
    asClerk(`SELECT ${column} FROM bakery.INFORMATION_SCHEMA.${view} ORDER BY 1`);
  await local.session.execute('CREATE SCHEMA bakery.attic');
  expect(await names('TABLES', 'table_name')).toEqual([]);
  await grant('SELECT ON VIEW bakery.public.shelf');
  expect(await names('TABLES', 'table_name')).toEqual([['SHELF']]);
  expect(await names('COLUMNS', 'table_name')).toEqual([['SHELF']]);
  expect(await names('VIEWS', 'table_name')).toEqual([['SHELF']]);
  expect(await names('SCHEMATA', 'schema_name')).toEqual([['INFORMATION_SCHEMA'], ['PUBLIC']]);
  expect(await names('DATABASES', 'database_name')).toEqual([['BAKERY']]);
});

it.each([
  ['the default role', 'ACCOUNTADMIN'],
  ['a role that owns something', 'BAKER'],
  ['a role without any grant', 'READER'],
])('%s may do all', async (_what, role) => {
  const session = local.account.openSession({ role, database: 'BAKERY' });
  if (role === 'BAKER') {
    await local.session.execute('CREATE ROLE baker');
    await local.session.execute('GRANT OWNERSHIP ON VIEW shelf TO ROLE baker');
    await local.session.execute('GRANT USAGE ON WAREHOUSE oven TO ROLE baker');
  }
  expect((await session.execute('SELECT name FROM loaves')).rows).toEqual([['rye']]);
  await session.execute('DROP TABLE loaves');
  await session.close();
});
