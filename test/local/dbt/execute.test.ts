import { EXECUTE, type O2cAccount, openO2c } from './account';

describe('EXECUTE DBT PROJECT', () => {
  let o2c: O2cAccount;
  beforeEach(async () => {
    o2c = await openO2c('none');
  });
  afterEach(() => o2c.account.close());

  it('returns one row that says success and what dbt printed', async () => {
    const result = await o2c.session.execute(`${EXECUTE} ARGS = 'run --select dm_o2c_reconciliation+'`);
    expect(result.columns.map(({ name }) => name)).toEqual([
      '0|1 Success',
      'EXCEPTION',
      'STDOUT',
      'OUTPUT_ARCHIVE_URL',
    ]);
    const [[success, exception, stdout, archive]] = result.rows as [string[]];
    expect([success, exception]).toEqual([true, 'None']);
    expect(stdout).toContain('Done. PASS=6 WARN=0 ERROR=0 SKIP=0 TOTAL=6');
    expect(archive).toContain('snow://dbt/EDW.O2C_AUDIT.DBT_O2C_ENHANCED/results/query_id_');
  });

  it('takes as long as its nodes', async () => {
    await o2c.rows(`${EXECUTE} ARGS = 'run'`);
    expect(o2c.now()).toBe('2026-11-22T06:04:10.000Z');
  });

  it('has no more threads than nodes, however many are asked for', async () => {
    await o2c.rows(`${EXECUTE} ARGS = 'build --threads 1000000000'`);
    expect(o2c.now()).toBe('2026-11-22T06:01:00.000Z');
  });

  it('runs dbt run for options alone', async () => {
    await o2c.rows(`${EXECUTE} ARGS = '--select stg_orders'`);
    expect(o2c.now()).toBe('2026-11-22T06:00:10.000Z');
  });

  it('fails when a node fails, naming it', async () => {
    await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_FAIL('dbt_o2c_enhanced', 'dm_o2c_reconciliation', 1)`);
    const message = await o2c.failure(`${EXECUTE} ARGS = 'build'`);
    expect(message).toContain('Database Error in model dm_o2c_reconciliation');
    expect(message).toContain('Done. PASS=21 WARN=0 ERROR=1 SKIP=7 TOTAL=29');
    await o2c.rows(`${EXECUTE} ARGS = 'build'`);
  });

  it.each([
    [`ARGS = 'build --foo'`, 'No such option: --foo'],
    [`ARGS = 'bake'`, "No such command 'bake'."],
    [`ARGS = 'run --select "a'`, 'No closing quotation'],
    [`ARGS = 'run --select result:error'`, 'No comparison run_results'],
    [`ARGS = 'run --select state:modified'`, 'Got a state selector method, but no comparison manifest'],
    [`ARGS = 'run --state ./imports/x --select a'`, '--state ./imports/x is not the path of an import'],
    [`ARGS = 'build --select nobody+ --warn-error'`, "criterion 'nobody+' does not match any enabled nodes"],
    [`ARGS = 'retry'`, 'Could not find previous run'],
  ])('fails as dbt does on %s', async (args, message) => {
    expect(await o2c.failure(`${EXECUTE} ${args}`)).toContain(message);
    expect(
      await o2c.value(
        'SELECT STATE FROM TABLE(SNOWFLAKE.INFORMATION_SCHEMA.DBT_PROJECT_EXECUTION_HISTORY())',
      ),
    ).toBe('HANDLED_ERROR');
  });

  it.each([
    ['EXECUTE DBT PROJECT FROM WORKSPACE user$.public."shop" ARGS = \'run\'', 'FROM WORKSPACE'],
    [`${EXECUTE} PROJECT_ROOT = 'sub'`, 'PROJECT_ROOT'],
    [`${EXECUTE} ARGS = 'docs serve'`, 'dbt docs'],
    [`${EXECUTE} ARGS = 'retry --state target'`, 'dbt retry --state'],
    [`${EXECUTE} ARGS = 'build --select source_status:fresher+'`, 'source_status:'],
    [`${EXECUTE} ARGS = 'build' ENV_VARS = ('DBT_A' = '{{ select 1 }}')`, 'ENV_VARS'],
    [`${EXECUTE} ARGS = 'build' IMPORTS = ('snow://dbt/x' AS 'x')`, 'IMPORTS'],
    [`${EXECUTE} ARGS = 'build' IMPORTS = (SYSTEM$LOCATE_DBT_ARCHIVE('x') AS 'x')`, 'IMPORTS'],
  ])('names what it does not model: %s', async (sql, construct) => {
    const message = await o2c.failure(sql);
    expect(message).toContain('Unsupported feature');
    expect(message).toContain(construct);
    expect(await o2c.rows('SELECT 1 FROM TABLE(INFORMATION_SCHEMA.DBT_PROJECT_EXECUTION_HISTORY())')).toEqual(
      [],
    );
  });

  it('takes ARGS as a literal only', async () => {
    expect(await o2c.failure(`${EXECUTE} ARGS = :args`)).toContain("unexpected ':'");
    expect(await o2c.failure(`${EXECUTE} ARGS = 'bu' || 'ild'`)).toContain('syntax error');
  });

  it('accepts quotes and backslashes in ARGS as both Snowflake and dbt read them', async () => {
    await o2c.rows(`${EXECUTE} ARGS = 'build --select stg_orders --vars ''{"a": "it\\'\\\\\\'\\'s"}'''`);
    expect(
      await o2c.value('SELECT ARGS FROM TABLE(INFORMATION_SCHEMA.DBT_PROJECT_EXECUTION_HISTORY())'),
    ).toBe(`--select stg_orders --vars '{"a": "it'\\''s"}'`);
  });

  it('checks versions and the keys of variables', async () => {
    await o2c.rows(
      `${EXECUTE} ARGS = 'build' DBT_VERSION = '1.10.15' ENV_VARS = ('DBT_A' = 'x', 'DBT_B' = 'y') WRITEBACK = FALSE`,
    );
    expect(await o2c.failure(`${EXECUTE} DBT_VERSION = '0.21.0'`)).toContain("'0.21.0'");
    expect(await o2c.failure(`${EXECUTE} ENV_VARS = ('A' = 'x')`)).toContain("'A'");
  });

  it('knows only projects that exist', async () => {
    expect(await o2c.failure(`EXECUTE DBT PROJECT NOBODY ARGS = 'build'`)).toContain(
      "'EDW.O2C_AUDIT.NOBODY' does not exist or not authorized",
    );
    await o2c.rows(`EXECUTE DBT PROJECT IF EXISTS NOBODY ARGS = 'build'`);
  });

  it('is refused with the rights of an owner', async () => {
    o2c.session.rights = 'owner';
    expect(await o2c.failure(`${EXECUTE} ARGS = 'build'`)).toContain('Unsupported statement type');
  });

  it('is refused in a serverless task', async () => {
    const session = o2c.account.openSession({
      database: 'EDW',
      schema: 'O2C_AUDIT',
      task: {
        taskName: 'T',
        rootTaskName: 'T',
        runGroupId: '1',
        scheduledAt: 0n,
        config: undefined,
        predecessorReturnValues: {},
        returnValue: undefined,
        serverless: true,
      },
    });
    await expect(session.execute(`${EXECUTE} ARGS = 'build'`)).rejects.toThrow('serverless');
  });

  it('retries what did not finish, with the command that failed', async () => {
    await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_FAIL('dbt_o2c_enhanced', 'dm_o2c_reconciliation', 1)`);
    await o2c.failure(`${EXECUTE} ARGS = 'run'`);
    expect(await o2c.rows(`${EXECUTE} ARGS = 'retry'`).then(([row]) => row![2])).toContain('PASS=6');
    expect(await o2c.rows(`${EXECUTE} ARGS = 'retry'`).then(([row]) => row![2])).toContain('Nothing to do');
  });

  it('has nothing to retry after a run that did not write back', async () => {
    await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_FAIL('dbt_o2c_enhanced', 'dm_o2c_reconciliation', 1)`);
    await o2c.failure(`${EXECUTE} ARGS = 'run' WRITEBACK = FALSE`);
    expect(await o2c.failure(`${EXECUTE} ARGS = 'retry'`)).toContain('Could not find previous run');
  });

  it('lists what a selection holds', async () => {
    const [row] = await o2c.rows(`${EXECUTE} ARGS = 'list --select tag:append_only --resource-type model'`);
    expect(row![2]).toBe(
      'Running with dbt=1.9.4\ndbt_o2c_enhanced.marts.dm_o2c_payments\ndbt_o2c_enhanced.marts.dm_o2c_shipments\n',
    );
  });
});

describe('SYSTEM$DBT_RUN', () => {
  let o2c: O2cAccount;
  beforeEach(async () => {
    o2c = await openO2c();
  });
  afterEach(() => o2c.account.close());

  it('does not exist, as on an account', async () => {
    expect(await o2c.failure(`CALL SYSTEM$DBT_RUN('dbt_o2c_enhanced', 'dbt build')`)).toBe(
      'SQL compilation error:\nUnknown function SYSTEM$DBT_RUN',
    );
  });

  it('exists once it is enabled, and raises when dbt fails', async () => {
    await o2c.rows('SELECT SYSTEM$LOCAL_DBT_RUN_ENABLE(true)');
    await o2c.rows(`CALL SYSTEM$DBT_RUN('dbt_o2c_enhanced', 'dbt build --select stg_orders')`);
    await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_FAIL('dbt_o2c_enhanced', 'stg_orders', 1)`);
    expect(await o2c.failure(`CALL SYSTEM$DBT_RUN('DBT_O2C_ENHANCED', 'dbt run')`)).toContain('stg_orders');
    expect(
      await o2c.rows(
        'SELECT run_command, run_status, selector_used FROM DBT_RUN_LOG ORDER BY run_started_at',
      ),
    ).toEqual([
      ['build', 'SUCCESS', 'stg_orders'],
      ['run', 'FAILED', 'all'],
    ]);
  });

  it('names projects that it does not find', async () => {
    await o2c.rows('SELECT SYSTEM$LOCAL_DBT_RUN_ENABLE(true)');
    expect(await o2c.failure(`CALL SYSTEM$DBT_RUN('nobody', 'dbt build')`)).toContain(
      "'nobody' does not exist",
    );
  });
});
