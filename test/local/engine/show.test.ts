import { openBakery, type Local } from '../sql/local';

let local: Local;
beforeEach(async () => {
  local = await openBakery();
  for (const sql of [
    'CREATE TABLE LOAVES (ID NUMBER)',
    'CREATE TABLE "Odd one" (ID NUMBER)',
    'CREATE VIEW FRESH AS SELECT ID FROM LOAVES',
    'CREATE SCHEMA ARCHIVE',
    'CREATE TABLE ARCHIVE.OLD (ID NUMBER)',
    'USE SCHEMA PUBLIC',
    'CREATE ROLE BAKER',
    'CREATE WAREHOUSE OVEN WITH WAREHOUSE_SIZE = XSMALL AUTO_SUSPEND = 60',
  ])
    await local.session.execute(sql);
});
afterEach(() => local.close());

const run = (sql: string): Promise<unknown> => local.session.execute(sql);
const names = (sql: string): Promise<unknown> =>
  local.rows(`${sql} ->> SELECT "name" FROM $1 ORDER BY 1`).then((rows) => rows.flat());

describe('SHOW', () => {
  it.each([
    [
      'SCHEMAS',
      'created_on name is_default is_current database_name owner comment options retention_time owner_role_type classification_profile_database classification_profile_schema classification_profile object_visibility is_nested',
    ],
    [
      'OBJECTS',
      'created_on name database_name schema_name kind comment cluster_by rows bytes owner retention_time owner_role_type is_hybrid is_dynamic is_iceberg is_interactive',
    ],
    [
      'SEQUENCES',
      'name database_name schema_name next_value interval created_on owner comment owner_role_type ordered',
    ],
    [
      'VIEWS',
      'created_on name reserved database_name schema_name owner comment text is_secure is_materialized owner_role_type change_tracking',
    ],
    [
      'DATABASES',
      'created_on name is_default is_current origin owner comment options retention_time kind owner_role_type object_visibility data_quality_monitoring_settings resharing_settings',
    ],
    [
      'TABLES',
      'created_on name database_name schema_name kind comment cluster_by rows bytes owner retention_time automatic_clustering change_tracking search_optimization search_optimization_progress search_optimization_bytes is_external enable_schema_evolution owner_role_type is_event is_hybrid is_iceberg is_dynamic is_immutable is_interactive row_timestamp error_logging',
    ],
    [
      'COLUMNS',
      'table_name schema_name column_name data_type null? default kind expression comment database_name autoincrement schema_evolution_record write_default',
    ],
    [
      'WAREHOUSES',
      'name state type size min_cluster_count max_cluster_count started_clusters running queued is_default is_current auto_suspend auto_resume available provisioning quiescing other created_on resumed_on updated_on owner comment enable_query_acceleration query_acceleration_max_scale_factor resource_monitor actives pendings failed suspended uuid scaling_policy owner_role_type resource_constraint generation query_throughput_multiplier max_query_performance_level disabled_reasons tables',
    ],
    [
      'ROLES',
      'created_on name is_default is_current is_inherited assigned_to_users granted_to_roles granted_roles owner comment is_from_organization_user_group',
    ],
    [
      'USERS',
      'name created_on login_name display_name first_name last_name email mins_to_unlock days_to_expiry comment disabled must_change_password snowflake_lock default_warehouse default_namespace default_role default_secondary_roles ext_authn_duo ext_authn_uid mins_to_bypass_mfa owner last_success_login expires_at_time locked_until_time has_password has_rsa_public_key type has_mfa has_pat has_workload_identity is_from_organization_user',
    ],
    ['GRANTS', 'created_on privilege granted_on name role granted_to grantee_name grant_option granted_by'],
    [
      'GRANTS ON TABLE LOAVES',
      'created_on privilege granted_on name granted_to grantee_name grant_option granted_by granted_by_role_type',
    ],
    [
      'GRANTS TO ROLE BAKER',
      'created_on privilege granted_on name granted_to grantee_name grant_option granted_by',
    ],
    ['GRANTS OF ROLE BAKER', 'created_on role granted_to grantee_name granted_by'],
    [
      'FUTURE GRANTS IN SCHEMA PUBLIC',
      'created_on privilege grant_on name grant_to grantee_name grant_option',
    ],
    ['PARAMETERS', 'key value default level description type'],
    ['TERSE TABLES', 'created_on name kind database_name schema_name'],
    ['TERSE VIEWS', 'created_on name kind database_name schema_name'],
    ['TERSE OBJECTS', 'created_on name kind database_name schema_name'],
    ['TERSE SCHEMAS', 'created_on name kind database_name schema_name'],
    ['TERSE DATABASES', 'created_on name kind database_name schema_name'],
  ])('%s has the columns of an account, in its order', async (kind, columns) => {
    const result = await local.session.execute(`SHOW ${kind}`);
    expect(result.columns.map(({ name }) => name)).toEqual(columns.split(' '));
  });

  it('says whether a sequence is ordered', async () => {
    await run('CREATE SEQUENCE FIRST_SEQ ORDER');
    await run('CREATE SEQUENCE SECOND_SEQ NOORDER');
    expect(await local.rows('SHOW SEQUENCES ->> SELECT "name", "ordered" FROM $1 ORDER BY 1')).toEqual([
      ['FIRST_SEQ', 'Y'],
      ['SECOND_SEQ', 'N'],
    ]);
  });

  it('has lower-case columns', async () => {
    const { columns } = await local.session.execute('SHOW TABLES');
    expect(columns.map((column) => column.name).slice(0, 4)).toEqual([
      'created_on',
      'name',
      'database_name',
      'schema_name',
    ]);
  });

  it.each([
    ['SHOW TABLES', ['LOAVES', 'Odd one']],
    ["SHOW TABLES LIKE 'loa%'", ['LOAVES']],
    ['SHOW TABLES IN SCHEMA ARCHIVE', ['OLD']],
    ['SHOW TABLES IN DATABASE BAKERY', ['LOAVES', 'OLD', 'Odd one']],
    ['SHOW TABLES IN ACCOUNT', ['LOAVES', 'OLD', 'Odd one']],
    ["SHOW TABLES STARTS WITH 'L' LIMIT 1", ['LOAVES']],
    ['SHOW TERSE TABLES IN BAKERY.ARCHIVE', ['OLD']],
    ['SHOW VIEWS', ['FRESH']],
    ['SHOW SCHEMAS IN DATABASE BAKERY', ['ARCHIVE', 'INFORMATION_SCHEMA', 'PUBLIC']],
    ["SHOW DATABASES LIKE 'BAK%'", ['BAKERY']],
    ["SHOW ROLES LIKE 'BAKER'", ['BAKER']],
    ['SHOW WAREHOUSES', ['OVEN']],
  ])('%s', async (sql, expected) => {
    expect(await names(sql)).toEqual(expected);
  });

  it('OBJECTS, COLUMNS, USERS and SEQUENCES', async () => {
    await run('CREATE SEQUENCE S');
    await run("CREATE USER BEA PASSWORD = 'x' DEFAULT_ROLE = BAKER");
    expect(await names('SHOW OBJECTS')).toEqual(['FRESH', 'LOAVES', 'Odd one']);
    expect(await names('SHOW SEQUENCES')).toEqual(['S']);
    expect(await names('SHOW USERS')).toEqual(['BEA']);
    expect(
      await local.rows('SHOW COLUMNS IN TABLE LOAVES ->> SELECT "table_name", "column_name" FROM $1'),
    ).toEqual([['LOAVES', 'ID']]);
  });

  it.each([
    ['NUMBER', '{"type":"FIXED","precision":38,"scale":0,"nullable":true}'],
    ['NUMBER(9,2) NOT NULL', '{"type":"FIXED","precision":9,"scale":2,"nullable":false}'],
    ['FLOAT', '{"type":"REAL","nullable":true}'],
    ['VARCHAR', '{"type":"TEXT","length":16777216,"byteLength":16777216,"nullable":true,"fixed":false}'],
    ['CHAR', '{"type":"TEXT","length":1,"byteLength":4,"nullable":true,"fixed":false}'],
    ['BINARY', '{"type":"BINARY","length":8388608,"byteLength":8388608,"nullable":true,"fixed":true}'],
    ['BOOLEAN', '{"type":"BOOLEAN","nullable":true}'],
    ['DATE', '{"type":"DATE","nullable":true}'],
    ['TIME', '{"type":"TIME","precision":0,"scale":9,"nullable":true}'],
    ['TIMESTAMP_TZ', '{"type":"TIMESTAMP_TZ","precision":0,"scale":9,"nullable":true}'],
    ['VARIANT', '{"type":"VARIANT","nullable":true}'],
  ])('COLUMNS says what a column of type %s is', async (type, expected) => {
    await run(`CREATE TABLE CRUMBS (A ${type})`);
    expect(await local.rows('SHOW COLUMNS IN TABLE CRUMBS ->> SELECT "data_type" FROM $1')).toEqual([
      [expected],
    ]);
  });

  it('COLUMNS and DESCRIBE say where a number comes from that an INSERT leaves out', async () => {
    await run(
      'CREATE TABLE CRUMBS (A NUMBER IDENTITY (1, 10), B NUMBER AUTOINCREMENT START 5 INCREMENT 2 ORDER)',
    );
    const expected = ['IDENTITY START 1 INCREMENT 10 NOORDER', 'IDENTITY START 5 INCREMENT 2 ORDER'];
    const shown = await local.rows('SHOW COLUMNS IN TABLE CRUMBS ->> SELECT "autoincrement" FROM $1');
    expect(shown.flat()).toEqual(expected);
    const described = await local.rows('DESCRIBE TABLE CRUMBS ->> SELECT "default" FROM $1');
    expect(described.flat()).toEqual(expected);
  });

  it('TERSE DATABASES and SCHEMAS have no kind, VIEWS say VIEW', async () => {
    const terse = (what: string) =>
      local.rows(`SHOW TERSE ${what} ->> SELECT "name", "kind", "database_name", "schema_name" FROM $1`);
    expect(await terse("DATABASES LIKE 'BAKERY'")).toEqual([['BAKERY', null, null, null]]);
    expect(await terse("SCHEMAS LIKE 'ARCHIVE'")).toEqual([['ARCHIVE', null, 'BAKERY', null]]);
    expect(await terse('VIEWS')).toEqual([['FRESH', 'VIEW', 'BAKERY', 'PUBLIC']]);
  });

  it.each(['ROLES', 'USERS', 'SEQUENCES', 'COLUMNS', 'PARAMETERS', 'VARIABLES'])(
    'TERSE %s is refused by name',
    async (kind) => {
      expect(await local.refusal(`SHOW TERSE ${kind}`)).toMatch(`Unsupported feature 'SHOW TERSE ${kind}'`);
    },
  );

  it.each([
    'SHOW DATABASES HISTORY',
    'SHOW SCHEMAS HISTORY',
    'SHOW TABLES HISTORY',
    'SHOW DATABASES WITH PRIVILEGES USAGE, MODIFY',
    'SHOW WAREHOUSES WITH PRIVILEGES USAGE',
    'SHOW TABLES IN APPLICATION A',
    'SHOW ROLES IN CLASS SNOWFLAKE.CORE.BUDGET',
    'SHOW PARAMETERS IN ACCOUNT',
    'SHOW PARAMETERS IN WAREHOUSE OVEN',
    'SHOW GRANTS TO SHARE S',
    'SHOW GRANTS OF SHARE S',
    'SHOW GRANTS TO DATABASE ROLE R',
    'SHOW MASKING POLICIES',
    'SHOW DYNAMIC TABLES',
    'SHOW STREAMS',
    'SHOW PIPES',
    'SHOW FILE FORMATS',
    'SHOW SHARES',
    'SHOW TAGS',
    'SHOW NETWORK POLICIES',
    'SHOW RESOURCE MONITORS',
    'SHOW LOCKS',
    'SHOW TRANSACTIONS',
    'SHOW PRIMARY KEYS',
    'SHOW FUNCTIONS',
    'SHOW SEMANTIC VIEWS',
    'SHOW COMPUTE POOLS',
    'SHOW MATERIALIZED VIEWS',
  ])('%s is refused by name', async (sql) => {
    expect(await local.refusal(sql)).toMatch(/^000002 Unsupported feature 'SHOW /);
  });

  it.each(['DATABASES', 'WAREHOUSES', 'ROLES', 'USERS'])('%s are in no schema', async (kind) => {
    expect(await local.refusal(`SHOW ${kind} IN SCHEMA PUBLIC`)).toMatch(/^001003 .*unexpected 'SCHEMA'/s);
  });

  it('LIMIT cuts what is sorted, FROM goes on behind a name', async () => {
    const names = async (sql: string) => (await local.session.execute(sql)).rows.map((row) => row[1]);
    expect(await names('SHOW TABLES LIMIT 1')).toEqual(['LOAVES']);
    expect(await names("SHOW TABLES LIMIT 5 FROM 'LOAVES'")).toEqual(['Odd one']);
    expect(await names("SHOW TABLES IN ACCOUNT STARTS WITH 'O' LIMIT 1")).toEqual(['OLD']);
    expect(await names('SHOW TABLES IN DATABASE')).toEqual(['OLD', 'LOAVES', 'Odd one']);
    expect(await names('SHOW TABLES IN SCHEMA')).toEqual(['LOAVES', 'Odd one']);
  });

  it('COLUMNS come in the order of the table', async () => {
    await run('CREATE TABLE PANTRY (ZUCCHINI NUMBER, APPLES NUMBER)');
    expect((await local.session.execute('SHOW COLUMNS IN TABLE PANTRY')).rows.map((row) => row[2])).toEqual([
      'ZUCCHINI',
      'APPLES',
    ]);
  });

  it('TABLES tells of clusters, SCHEMAS that nobody owns INFORMATION_SCHEMA', async () => {
    await run('CREATE TRANSIENT TABLE SEEDS (ID NUMBER, KIND VARCHAR) CLUSTER BY (ID, KIND)');
    expect(
      await local.rows(
        `SHOW TABLES LIKE 'SEEDS' ->> SELECT "kind", "cluster_by", "automatic_clustering", "change_tracking", "is_dynamic" FROM $1`,
      ),
    ).toEqual([['TRANSIENT', 'LINEAR(ID, KIND)', 'ON', 'OFF', 'N']]);
    expect(await local.rows(`SHOW OBJECTS LIKE 'SEEDS' ->> SELECT "kind" FROM $1`)).toEqual([['TABLE']]);
    expect(
      await local.rows(`SHOW SCHEMAS LIKE 'INF%' ->> SELECT "owner", "owner_role_type" FROM $1`),
    ).toEqual([['', '']]);
  });

  it('refuses what is not there', async () => {
    expect(await local.refusal('SHOW SEQUENCES IN SCHEMA NONE')).toMatch(
      /^002003 .*Schema 'BAKERY.NONE' does not exist/s,
    );
    for (const kind of ['TABLES', 'VIEWS', 'OBJECTS'])
      for (const scope of ['SCHEMA NONE', 'NONE.PUBLIC', 'DATABASE NONE'])
        expect(await local.refusal(`SHOW ${kind} IN ${scope}`)).toBe(
          '002043 SQL compilation error:\nObject does not exist, or operation cannot be performed.',
        );
    expect(await local.refusal('SHOW STAGES')).toMatch(/Unsupported feature 'SHOW STAGES'/);
    expect(await local.refusal('DESCRIBE STAGE S')).toMatch(/Unsupported feature 'DESCRIBE STAGE S'/);
  });

  it('PARAMETERS tells value and default', async () => {
    await run("ALTER SESSION SET TIMEZONE = 'UTC', QUERY_TAG = 'oven'");
    expect(
      await local.rows(
        `SHOW PARAMETERS LIKE 'TIMEZONE' IN SESSION ->> SELECT "key", "value", "default", "level" FROM $1`,
      ),
    ).toEqual([['TIMEZONE', 'UTC', 'America/Los_Angeles', 'SESSION']]);
    await run('ALTER SESSION UNSET TIMEZONE');
    expect(await local.rows(`SHOW PARAMETERS LIKE 'TIMEZONE' ->> SELECT "value" FROM $1`)).toEqual([
      ['America/Los_Angeles'],
    ]);
  });
});

describe('SHOW ROLES', () => {
  const roles = (columns: string) =>
    local.rows(`SHOW ROLES ->> SELECT "name", ${columns} FROM $1 ORDER BY 1`);

  it('counts who has a role, and which roles it has', async () => {
    await run('CREATE ROLE "Night shift"');
    await run('CREATE USER BEA');
    await run('GRANT ROLE "Night shift" TO ROLE BAKER');
    await run('GRANT ROLE BAKER TO ROLE SYSADMIN');
    await run('GRANT ROLE BAKER TO USER BEA');
    expect(await roles('"assigned_to_users", "granted_to_roles", "granted_roles"')).toEqual([
      ['ACCOUNTADMIN', '0', '0', '2'],
      ['BAKER', '1', '1', '1'],
      ['Night shift', '0', '1', '0'],
      ['ORGADMIN', '0', '0', '0'],
      ['PUBLIC', '0', '0', '0'],
      ['SECURITYADMIN', '0', '1', '1'],
      ['SYSADMIN', '0', '1', '1'],
      ['USERADMIN', '0', '1', '0'],
    ]);
  });

  it('tells what the role of the session inherits, and the default one of its user', async () => {
    await run('GRANT ROLE BAKER TO ROLE SYSADMIN');
    await run(`CREATE USER ${local.session.user} DEFAULT_ROLE = BAKER`);
    expect(await roles('"is_current", "is_inherited", "is_default"')).toEqual([
      ['ACCOUNTADMIN', 'Y', 'N', 'N'],
      ['BAKER', 'N', 'Y', 'Y'],
      ['ORGADMIN', 'N', 'N', 'N'],
      ['PUBLIC', 'N', 'Y', 'N'],
      ['SECURITYADMIN', 'N', 'Y', 'N'],
      ['SYSADMIN', 'N', 'Y', 'N'],
      ['USERADMIN', 'N', 'Y', 'N'],
    ]);
    await run('USE ROLE BAKER');
    expect((await roles('"is_inherited"')).filter(([, inherited]) => inherited === 'Y')).toEqual([
      ['PUBLIC', 'Y'],
    ]);
  });

  it('says what the roles of the system are for', async () => {
    expect(await local.rows(`SHOW ROLES LIKE 'SYSADMIN' ->> SELECT "comment", "owner" FROM $1`)).toEqual([
      ['System administrator can create and manage databases and warehouses.', ''],
    ]);
  });
});

describe('SHOW USERS', () => {
  const user = (columns: string) => local.rows(`SHOW USERS LIKE 'BEA' ->> SELECT ${columns} FROM $1`);

  it('shows what was given', async () => {
    await run(
      `CREATE USER BEA LOGIN_NAME = 'bea_login' DISPLAY_NAME = 'Bea B' FIRST_NAME = 'Bea' LAST_NAME = 'B' EMAIL = 'bea@example.com'
       PASSWORD = 'x' MUST_CHANGE_PASSWORD = TRUE DEFAULT_SECONDARY_ROLES = () TYPE = SERVICE COMMENT = 'bakes'`,
    );
    expect(await user('"login_name", "display_name", "first_name", "last_name", "email", "comment"')).toEqual(
      [['BEA_LOGIN', 'Bea B', 'Bea', 'B', 'bea@example.com', 'bakes']],
    );
    expect(await user('"must_change_password", "has_password", "default_secondary_roles", "type"')).toEqual([
      ['true', 'true', '[]', 'SERVICE'],
    ]);
  });

  it('and what holds where nothing was', async () => {
    await run('CREATE USER BEA');
    expect(
      await user('"login_name", "display_name", "email", "default_role", "default_secondary_roles", "type"'),
    ).toEqual([['BEA', 'BEA', '', '', '["ALL"]', 'PERSON']]);
    expect(await user('"disabled", "has_password", "has_rsa_public_key", "last_success_login"')).toEqual([
      ['false', 'false', 'false', null],
    ]);
  });
});

describe('SHOW WAREHOUSES', () => {
  const oven = (columns: string) => local.rows(`SHOW WAREHOUSES LIKE 'OVEN' ->> SELECT ${columns} FROM $1`);

  it.each([
    ['XSMALL', 'X-Small'],
    ["'X-SMALL'", 'X-Small'],
    ['medium', 'Medium'],
    ['XXLARGE', '2X-Large'],
    ["'4x-large'", '4X-Large'],
    ['X6LARGE', '6X-Large'],
  ])('spells the size %s %s', async (given, shown) => {
    await run(`CREATE OR REPLACE WAREHOUSE OVEN WAREHOUSE_SIZE = ${given}`);
    expect(await oven('"size"')).toEqual([[shown]]);
  });

  it.each([
    ['WAREHOUSE_SIZE = HUGE', "invalid value [HUGE] for parameter 'WAREHOUSE_SIZE'"],
    ["AUTO_SUSPEND = 'soon'", "invalid value [soon] for parameter 'AUTO_SUSPEND'"],
    ['AUTO_RESUME = 3', "invalid value [3] for parameter 'AUTO_RESUME'"],
    ["WAREHOUSE_TYPE = 'SNOWPARK-OPTIMIZED'", 'Unsupported feature'],
    ['MAX_CLUSTER_COUNT = 3', 'Unsupported feature'],
  ])('%s is refused', async (property, message) => {
    expect(await local.refusal(`CREATE WAREHOUSE STOVE ${property}`)).toContain(message);
  });

  it('ALTER changes what it names and nothing else', async () => {
    await run("ALTER WAREHOUSE OVEN SET WAREHOUSE_SIZE = LARGE COMMENT = 'hot'");
    expect(await oven('"size", "auto_suspend", "auto_resume", "state", "comment"')).toEqual([
      ['Large', '60', 'true', 'STARTED', 'hot'],
    ]);
    await run('ALTER WAREHOUSE OVEN SUSPEND');
    await run('ALTER WAREHOUSE OVEN SET AUTO_SUSPEND = NULL');
    expect(await oven('"state", "started_clusters", "auto_suspend"')).toEqual([['SUSPENDED', '0', null]]);
  });

  it('ALTER of one that is not there is an error, but for IF EXISTS', async () => {
    expect(await local.refusal('ALTER WAREHOUSE NONE SUSPEND')).toMatch(/^002003/);
    expect(await local.rows('ALTER WAREHOUSE IF EXISTS NONE SUSPEND')).toEqual([
      ['Statement executed successfully.'],
    ]);
  });
});

describe('grants', () => {
  const granted = (sql: string): Promise<unknown> =>
    local.rows(`${sql} ->> SELECT "privilege", "granted_on", "name", "grantee_name" FROM $1 ORDER BY 1, 2`);

  it('are shown on the object, to the role, and gone when revoked', async () => {
    await run('GRANT SELECT, INSERT ON TABLE LOAVES TO ROLE BAKER');
    await run('GRANT USAGE ON SCHEMA BAKERY.PUBLIC TO ROLE BAKER');
    await run('GRANT USAGE ON WAREHOUSE OVEN TO ROLE BAKER WITH GRANT OPTION');
    const one = ['INSERT', 'TABLE', 'BAKERY.PUBLIC.LOAVES', 'BAKER'];
    const two = ['SELECT', 'TABLE', 'BAKERY.PUBLIC.LOAVES', 'BAKER'];
    expect(await granted('SHOW GRANTS TO ROLE BAKER')).toEqual([
      one,
      two,
      ['USAGE', 'SCHEMA', 'BAKERY.PUBLIC', 'BAKER'],
      ['USAGE', 'WAREHOUSE', 'OVEN', 'BAKER'],
    ]);
    await run('REVOKE INSERT ON TABLE LOAVES FROM ROLE BAKER');
    expect(
      await local.rows(
        `SHOW GRANTS ON TABLE LOAVES ->> SELECT "privilege", "grantee_name" FROM $1 ORDER BY 1`,
      ),
    ).toEqual([
      ['OWNERSHIP', 'ACCOUNTADMIN'],
      ['SELECT', 'BAKER'],
    ]);
  });

  it('go with a table that is replaced, and stay with COPY GRANTS', async () => {
    await run('GRANT SELECT ON TABLE LOAVES TO ROLE BAKER');
    await run('CREATE OR REPLACE TABLE LOAVES (ID NUMBER) COPY GRANTS');
    expect(await granted('SHOW GRANTS TO ROLE BAKER')).toHaveLength(1);
    await run('CREATE OR REPLACE TABLE LOAVES (ID NUMBER)');
    expect(await granted('SHOW GRANTS TO ROLE BAKER')).toEqual([]);
  });

  it('on all tables of a schema reach those there are, on future ones those to come', async () => {
    await run('GRANT SELECT ON ALL TABLES IN SCHEMA PUBLIC TO ROLE BAKER');
    await run('GRANT SELECT ON FUTURE TABLES IN SCHEMA PUBLIC TO ROLE BAKER');
    await run('CREATE TABLE NEWER (ID NUMBER)');
    expect(await local.rows(`SHOW GRANTS TO ROLE BAKER ->> SELECT "name" FROM $1 ORDER BY 1`)).toEqual([
      ['BAKERY.PUBLIC."Odd one"'],
      ['BAKERY.PUBLIC.LOAVES'],
      ['BAKERY.PUBLIC.NEWER'],
    ]);
    expect(
      await local.rows(
        `SHOW FUTURE GRANTS IN SCHEMA PUBLIC ->> SELECT "privilege", "grant_on", "grantee_name" FROM $1`,
      ),
    ).toEqual([['SELECT', 'TABLE', 'BAKER']]);
  });

  it('of a role to a role and to a user', async () => {
    await run("CREATE USER BEA PASSWORD = 'x'");
    await run('GRANT ROLE BAKER TO ROLE SYSADMIN');
    await run('GRANT ROLE BAKER TO USER BEA');
    expect(
      await local.rows(
        `SHOW GRANTS OF ROLE BAKER ->> SELECT "role", "granted_to", "grantee_name" FROM $1 ORDER BY 2`,
      ),
    ).toEqual([
      ['BAKER', 'ROLE', 'SYSADMIN'],
      ['BAKER', 'USER', 'BEA'],
    ]);
  });

  it('to come name the kind in their place', async () => {
    await run('GRANT SELECT ON FUTURE TABLES IN SCHEMA PUBLIC TO ROLE BAKER');
    expect(
      await local.rows(`SHOW FUTURE GRANTS IN SCHEMA PUBLIC ->> SELECT "name", "grant_to" FROM $1`),
    ).toEqual([['BAKERY.PUBLIC.<TABLE>', 'ROLE']]);
  });

  it.each([
    ['WAREHOUSE OVEN', 'OVEN', 'WAREHOUSE'],
    ['ROLE BAKER', 'BAKER', 'ROLE'],
    ['SCHEMA ARCHIVE', 'BAKERY.ARCHIVE', 'SCHEMA'],
    ['DATABASE BAKERY', 'BAKERY', 'DATABASE'],
  ])('ON %s begin with its owner', async (object, name, on) => {
    expect(await granted(`SHOW GRANTS ON ${object}`)).toEqual([['OWNERSHIP', on, name, 'ACCOUNTADMIN']]);
  });

  it.each([
    ['WAREHOUSE NONE', "002003 SQL compilation error:\nWarehouse 'NONE' does not exist"],
    ['ROLE NONE', "Role 'NONE' does not exist"],
    ['SEQUENCE NONE', "Sequence 'NONE' does not exist"],
    ['TABLE FRESH', "Table 'FRESH' does not exist"],
    ['TAG T', "000002 Unsupported feature 'SHOW GRANTS ON TAG'"],
    ['MASKING POLICY P', "000002 Unsupported feature 'SHOW GRANTS ON MASKING'"],
    ['FROB F', "001003 SQL compilation error:\nsyntax error line 1 at position 15 unexpected 'FROB'"],
  ])('ON %s are refused', async (object, message) => {
    expect(await local.refusal(`SHOW GRANTS ON ${object}`)).toContain(message);
  });

  it('of a user are the roles it has', async () => {
    await run('CREATE USER BEA');
    await run('GRANT ROLE BAKER TO USER BEA');
    expect(
      await local.rows(`SHOW GRANTS TO USER BEA ->> SELECT "privilege", "role", "grantee_name" FROM $1`),
    ).toEqual([['USAGE', 'BAKER', 'BEA']]);
  });

  it('of ownership change the owner', async () => {
    await run('GRANT OWNERSHIP ON TABLE LOAVES TO ROLE BAKER COPY CURRENT GRANTS');
    expect(await local.rows(`SHOW TABLES LIKE 'LOAVES' ->> SELECT "owner" FROM $1`)).toEqual([['BAKER']]);
  });

  it.each([
    ['GRANT SELECT ON TABLE NONE TO ROLE BAKER', "Table 'NONE' does not exist"],
    ['GRANT SELECT ON TABLE LOAVES TO ROLE NONE', "Role 'NONE' does not exist"],
    ['GRANT USAGE ON WAREHOUSE NONE TO ROLE BAKER', "Warehouse 'NONE' does not exist"],
    ['GRANT FLY ON TABLE LOAVES TO ROLE BAKER', 'FLY'],
    ['USE ROLE NONE', 'NONE'],
  ])('%s is refused', async (sql, expected) => {
    expect(await local.refusal(sql)).toContain(expected);
  });
});

describe('INFORMATION_SCHEMA', () => {
  it('lists tables, columns, views and schemata of its database', async () => {
    expect(
      await local.rows(
        "SELECT TABLE_NAME, TABLE_TYPE FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'PUBLIC' ORDER BY 1",
      ),
    ).toEqual([
      ['FRESH', 'VIEW'],
      ['LOAVES', 'BASE TABLE'],
      ['Odd one', 'BASE TABLE'],
    ]);
    expect(
      await local.rows(
        "SELECT COLUMN_NAME, DATA_TYPE FROM BAKERY.INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = 'OLD'",
      ),
    ).toEqual([['ID', 'NUMBER']]);
    expect(await local.rows('SELECT VIEW_DEFINITION FROM INFORMATION_SCHEMA.VIEWS')).toEqual([
      ['CREATE VIEW FRESH AS SELECT ID FROM LOAVES'],
    ]);
    expect(await local.rows('SELECT COUNT(*) FROM INFORMATION_SCHEMA.SCHEMATA')).toEqual([['3']]);
  });

  it.each([
    ['DATABASES', 11, 'DATABASE_NAME', 'OBJECT_VISIBILITY'],
    ['SCHEMATA', 16, 'CATALOG_NAME', 'OBJECT_VISIBILITY'],
    ['TABLES', 29, 'TABLE_CATALOG', 'IS_HYBRID'],
    ['VIEWS', 14, 'TABLE_CATALOG', 'COMMENT'],
    ['COLUMNS', 45, 'TABLE_CATALOG', 'DATA_TYPE_ALIAS'],
  ])('%s has all %d columns that are documented', async (view, count, first, last) => {
    const { columns } = await local.session.execute(`SELECT * FROM INFORMATION_SCHEMA.${view}`);
    expect(columns).toHaveLength(count);
    expect([columns[0]!.name, columns[count - 1]!.name]).toEqual([first, last]);
  });

  it('tells what kind of table a table is, and when it was made', async () => {
    await run('CREATE TRANSIENT TABLE ARCHIVE.SEEDS (ID NUMBER) CLUSTER BY (ID)');
    expect(
      await local.rows(
        'SELECT TABLE_NAME, CLUSTERING_KEY IS NULL, AUTO_CLUSTERING_ON, RETENTION_TIME, LAST_DDL, IS_TRANSIENT, IS_DYNAMIC, IS_ICEBERG, IS_HYBRID, IS_IMMUTABLE, ROW_COUNT ' +
          "FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'ARCHIVE' ORDER BY 1",
      ),
    ).toEqual([
      ['OLD', 'true', 'NO', '1', '2026-03-02T15:04:05Z', 'NO', 'NO', 'NO', 'NO', 'NO', null],
      ['SEEDS', 'false', 'YES', '1', '2026-03-02T15:04:05Z', 'YES', 'NO', 'NO', 'NO', 'NO', null],
    ]);
  });

  it('tells how large columns are and how identities count', async () => {
    await run(
      'CREATE TABLE ARCHIVE.SEEDS (ID NUMBER(10,2) IDENTITY(5, 2) ORDER, NAME VARCHAR(10), NOTE VARCHAR, BYTES BINARY, MADE DATE)',
    );
    expect(
      await local.rows(
        'SELECT COLUMN_NAME, CHARACTER_MAXIMUM_LENGTH, CHARACTER_OCTET_LENGTH, NUMERIC_PRECISION, NUMERIC_PRECISION_RADIX, NUMERIC_SCALE, IS_IDENTITY, IDENTITY_GENERATION, IDENTITY_START, IDENTITY_INCREMENT, IDENTITY_ORDERED, DTD_IDENTIFIER ' +
          "FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = 'SEEDS' ORDER BY ORDINAL_POSITION",
      ),
    ).toEqual([
      ['ID', null, null, '10', '10', '2', 'YES', 'BY DEFAULT', '5', '2', 'YES', null],
      ['NAME', '10', '40', null, null, null, 'NO', null, null, null, null, null],
      ['NOTE', '16777216', '16777216', null, null, null, 'NO', null, null, null, null, null],
      ['BYTES', '8388608', '8388608', null, null, null, 'NO', null, null, null, null, null],
      ['MADE', null, null, null, null, null, 'NO', null, null, null, null, null],
    ]);
    expect((await local.rows("SELECT GET_DDL('TABLE', 'ARCHIVE.SEEDS')"))[0]![0]).toContain(
      'autoincrement start 5 increment 2 order',
    );
  });

  it('answers what `dbt docs generate` asks for its catalog', async () => {
    const catalog = `WITH tables AS (
        SELECT table_catalog AS "table_database", table_schema AS "table_schema", table_name AS "table_name",
          CASE WHEN is_dynamic = 'YES' AND table_type = 'BASE TABLE' THEN 'DYNAMIC TABLE' ELSE table_type END AS "table_type",
          row_count AS "stats:row_count:value", (bytes IS NOT NULL) AS "stats:bytes:include",
          to_varchar(convert_timezone('UTC', last_altered), 'yyyy-mm-dd HH24:MI'||'UTC') AS "stats:last_modified:value"
        FROM BAKERY.INFORMATION_SCHEMA.tables
        WHERE ("table_schema" ILIKE 'ARCHIVE' AND upper("table_schema") = upper('ARCHIVE'))),
      columns AS (
        SELECT table_catalog AS "table_database", table_schema AS "table_schema", table_name AS "table_name",
          column_name AS "column_name", ordinal_position AS "column_index", data_type AS "column_type"
        FROM BAKERY.INFORMATION_SCHEMA.columns)
      SELECT * FROM tables JOIN columns USING ("table_database", "table_schema", "table_name") ORDER BY "column_index"`;
    expect(await local.rows(catalog)).toEqual([
      [
        ...['BAKERY', 'ARCHIVE', 'OLD', 'BASE TABLE', null, 'false', '2026-03-02 15:04UTC'],
        ...['ID', '1', 'NUMBER'],
      ],
    ]);
  });

  it('refuses a view it does not have', async () => {
    expect(await local.refusal('SELECT * FROM INFORMATION_SCHEMA.LOAVES')).toMatch(/^002003/);
  });
});
