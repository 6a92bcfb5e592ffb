import { EXECUTE, type O2cAccount, openO2c } from './account';

let o2c: O2cAccount;
beforeEach(async () => {
  o2c = await openO2c('none');
});
afterEach(() => o2c.account.close());

const HISTORY = 'TABLE(SNOWFLAKE.INFORMATION_SCHEMA.DBT_PROJECT_EXECUTION_HISTORY';
const fail = (node: string) => o2c.rows(`SELECT SYSTEM$LOCAL_DBT_FAIL('dbt_o2c_enhanced', '${node}', 1)`);
const run = (args: string) =>
  o2c.session.execute(`${EXECUTE} ARGS = '${args}'`).then(
    () => true,
    () => false,
  );
const lastQuery = () =>
  o2c.value(`SELECT QUERY_ID FROM ${HISTORY}()) ORDER BY QUERY_START_TIME DESC LIMIT 1`);

/** Lets simulated time pass. */
const pass = (days: number) => {
  const { clock } = o2c.account;
  clock.set(new Date(clock.nowDate().getTime() + days * 24 * 3600 * 1000));
};

describe('DBT_PROJECT_EXECUTION_HISTORY', () => {
  it('holds each run with its command, arguments, times and state', async () => {
    await fail('stg_orders');
    await run('build --select stg_orders  --target prod');
    await run('run -s stg_orders');
    expect(
      await o2c.rows(`SELECT OBJECT_NAME, OBJECT_TYPE, DATABASE_NAME, SCHEMA_NAME, COMMAND, ARGS, STATE, DBT_VERSION, WAREHOUSE,
        DATEDIFF('second', QUERY_START_TIME, QUERY_END_TIME) FROM ${HISTORY}()) ORDER BY QUERY_START_TIME`),
    ).toEqual([
      [
        'DBT_O2C_ENHANCED',
        'DBT PROJECT',
        'EDW',
        'O2C_AUDIT',
        'build',
        '--select stg_orders  --target prod',
        'HANDLED_ERROR',
        '1.9.4',
        'COMPUTE_WH',
        10,
      ],
      [
        'DBT_O2C_ENHANCED',
        'DBT PROJECT',
        'EDW',
        'O2C_AUDIT',
        'run',
        '-s stg_orders',
        'SUCCESS',
        '1.9.4',
        'COMPUTE_WH',
        10,
      ],
    ]);
  });

  it('filters before it cuts', async () => {
    for (let index = 0; index < 3; index += 1) await run('build --select stg_orders');
    await run('run --select stg_orders');
    expect(await o2c.rows(`SELECT COMMAND FROM ${HISTORY}(RESULT_LIMIT => 1))`)).toEqual([['run']]);
    expect(
      await o2c.rows(`SELECT COMMAND FROM ${HISTORY}(RESULT_LIMIT => 2, COMMAND => 'build'))`),
    ).toHaveLength(2);
    expect(
      await o2c.rows(
        `SELECT 1 FROM ${HISTORY}(OBJECT_NAME => 'DBT_O2C_ENHANCED', DATABASE => 'EDW', SCHEMA => 'O2C_AUDIT'))`,
      ),
    ).toHaveLength(4);
    expect(await o2c.rows(`SELECT 1 FROM ${HISTORY}(OBJECT_NAME => 'OTHER'))`)).toEqual([]);
    expect(
      await o2c.rows(
        `SELECT 1 FROM ${HISTORY}(START_TIME_RANGE_START => '2026-11-22 06:00:15Z'::TIMESTAMP_TZ))`,
      ),
    ).toHaveLength(2);
    expect(await o2c.failure(`SELECT 1 FROM ${HISTORY}(RESULT_LIMIT => 10001))`)).toContain('RESULT_LIMIT');
  });

  it('forgets after seven days', async () => {
    await run('build');
    pass(6.9);
    expect(await o2c.rows(`SELECT 1 FROM ${HISTORY}())`)).toHaveLength(1);
    pass(0.2);
    expect(await o2c.rows(`SELECT 1 FROM ${HISTORY}())`)).toEqual([]);
  });

  it('shows nothing to a role without MONITOR', async () => {
    await run('build');
    await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_HISTORY_BLIND('dbt_o2c_enhanced', true)`);
    expect(await o2c.rows(`SELECT 1 FROM ${HISTORY}())`)).toEqual([]);
    expect(await o2c.failure(`SELECT SYSTEM$DBT_GET_LAST_RUN_TARGET('DBT_O2C_ENHANCED')`)).toContain(
      'privileges',
    );
    await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_HISTORY_BLIND('dbt_o2c_enhanced', false)`);
    expect(await o2c.rows(`SELECT 1 FROM ${HISTORY}())`)).toHaveLength(1);
  });

  it('goes with the object, but not with a deployment', async () => {
    await run('build');
    await o2c.rows('DROP DBT PROJECT DBT_O2C_ENHANCED');
    expect(await o2c.rows(`SELECT 1 FROM ${HISTORY}())`)).toEqual([]);
  });

  it('shows a run in progress without end and state', async () => {
    const other = o2c.account.openSession({ database: 'EDW', schema: 'O2C_AUDIT' });
    let seen: unknown;
    const watcher = o2c.account.clock.start(
      async () => {
        await o2c.account.clock.sleep(60_000_000n);
        seen = (await other.run(`SELECT STATE, QUERY_END_TIME FROM ${HISTORY}())`)).rows;
      },
      { drivesTime: false },
    );
    await run('build');
    await watcher;
    expect(seen).toEqual([[null, null]]);
  });
});

describe('artifacts', () => {
  it('are where Snowflake says, with a log', async () => {
    await run('run --select stg_orders');
    const id = await lastQuery();
    const location = `snow://dbt/EDW.O2C_AUDIT.DBT_O2C_ENHANCED/results/query_id_${id}/`;
    expect(await o2c.value(`SELECT SYSTEM$LOCATE_DBT_ARTIFACTS('${id}')`)).toBe(location);
    expect(await o2c.value(`SELECT SYSTEM$LOCATE_DBT_ARCHIVE('${id}')`)).toBe(`${location}dbt_artifacts.zip`);
    expect(await o2c.value(`SELECT SYSTEM$GET_DBT_LOG('${id}', 1)`)).toBe(
      'Done. PASS=1 WARN=0 ERROR=0 SKIP=0 TOTAL=1',
    );
  });

  it('have no place for NULL, for another query, for a run in progress, after 14 days', async () => {
    expect(await o2c.failure('SELECT SYSTEM$LOCATE_DBT_ARTIFACTS(NULL)')).toContain('may not be null');
    expect(await o2c.failure(`SELECT SYSTEM$LOCATE_DBT_ARTIFACTS('abc')`)).toContain(
      "'abc' is not the query id",
    );
    const other = o2c.account.openSession({ database: 'EDW', schema: 'O2C_AUDIT' });
    let whileItRan: unknown;
    const watcher = o2c.account.clock.start(
      async () => {
        await o2c.account.clock.sleep(60_000_000n);
        const [running] = (await other.run(`SELECT QUERY_ID FROM ${HISTORY}())`)).rows;
        whileItRan = await other
          .run(`SELECT SYSTEM$LOCATE_DBT_ARTIFACTS('${String(running![0])}')`)
          .catch((error: Error) => error.message);
      },
      { drivesTime: false },
    );
    await run('build');
    await watcher;
    expect(whileItRan).toContain('still in progress');
    const id = await lastQuery();
    pass(13.9);
    expect(await o2c.value(`SELECT SYSTEM$LOCATE_DBT_ARTIFACTS('${id}')`)).toContain(`query_id_${id}`);
    pass(0.2);
    expect(await o2c.failure(`SELECT SYSTEM$LOCATE_DBT_ARTIFACTS('${id}')`)).toContain('is not the query id');
    expect(await o2c.failure(`SELECT SYSTEM$LOCATE_DBT_ARCHIVE('${id}')`)).toContain('is not the query id');
    expect(await o2c.failure(`SELECT SYSTEM$GET_DBT_LOG('${id}')`)).toContain('is not the query id');
  });

  it('have a place whether or not dbt left any: the locating function promises nothing', async () => {
    await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_CRASH('dbt_o2c_enhanced', 'stg_orders')`);
    await run('build');
    const crashed = await lastQuery();
    await run('build --select result:error+');
    const refused = await lastQuery();
    expect(await o2c.value(`SELECT STATE FROM ${HISTORY}()) WHERE QUERY_ID = '${refused}'`)).toBe(
      'HANDLED_ERROR',
    );
    for (const id of [crashed, refused])
      expect(await o2c.value(`SELECT SYSTEM$LOCATE_DBT_ARTIFACTS('${id}')`)).toBe(
        `snow://dbt/EDW.O2C_AUDIT.DBT_O2C_ENHANCED/results/query_id_${id}/`,
      );
  });

  it('of the last failed and the last successful run are found by command', async () => {
    expect(await o2c.value(`SELECT SYSTEM$DBT_GET_LAST_FAILED_RUN_TARGET('DBT_O2C_ENHANCED')`)).toBeNull();
    await fail('stg_orders');
    await run('run');
    const failed = await lastQuery();
    await run('test');
    const tested = await lastQuery();
    const at = (id: unknown) => `snow://dbt/EDW.O2C_AUDIT.DBT_O2C_ENHANCED/results/query_id_${id}/target`;
    const call = (kind: string, args = '') =>
      o2c.value(`SELECT SYSTEM$DBT_GET_LAST_${kind}('EDW.O2C_AUDIT.DBT_O2C_ENHANCED'${args})`);
    expect(await call('FAILED_RUN_TARGET')).toBe(at(failed));
    expect(await call('FAILED_RUN_TARGET', ", 'build'")).toBeNull();
    expect(await call('SUCCESSFUL_RUN_TARGET')).toBeNull();
    expect(await call('SUCCESSFUL_RUN_TARGET', ", 'run,test'")).toBe(at(tested));
    expect(await call('RUN_TARGET', ", 'run,test'")).toBe(at(tested));
    pass(8);
    expect(await call('FAILED_RUN_TARGET')).toBeNull();
  });

  it('imported by query id heal with result selectors', async () => {
    await fail('dm_o2c_reconciliation');
    await run('build');
    const id = await lastQuery();
    const [row] = await o2c.rows(`${EXECUTE}
      ARGS = 'build --state ./imports/daily/target --select result:error+ result:skipped+'
      IMPORTS = (SYSTEM$LOCATE_DBT_ARTIFACTS('${id}') AS 'daily')`);
    expect(row![2]).toContain('TOTAL=8');
  });

  it('imported as the last failed run heal in the same way', async () => {
    await fail('unique_agg_o2c_by_customer_customer_id');
    await run('build');
    const [row] = await o2c.rows(`${EXECUTE}
      ARGS = 'build --state ./imports/state --select 1+result:fail+ --exclude result:nothing'
      IMPORTS = (SYSTEM$DBT_GET_LAST_FAILED_RUN_TARGET('EDW.O2C_AUDIT.DBT_O2C_ENHANCED', 'run,build') AS 'state')`);
    expect(row![2]).toContain('1 of 2 SUCCESS model agg_o2c_by_customer');
  });

  it('have to be imported at the path that --state names', async () => {
    await fail('dm_o2c_reconciliation');
    await run('build');
    const id = await lastQuery();
    const imports = `IMPORTS = (SYSTEM$LOCATE_DBT_ARTIFACTS('${id}') AS 'daily')`;
    expect(
      await o2c.failure(`${EXECUTE} ARGS = 'build --state ./imports/daily --select result:error' ${imports}`),
    ).toContain('is not the path of an import');
    expect(await o2c.failure(`${EXECUTE} ARGS = 'build --select result:error' ${imports}`)).toContain(
      'No comparison run_results',
    );
    expect(
      await o2c.failure(
        `${EXECUTE} ARGS = 'build' IMPORTS = (SYSTEM$DBT_GET_LAST_SUCCESSFUL_RUN_TARGET('DBT_O2C_ENHANCED') AS 's')`,
      ),
    ).toContain('found no run');
  });
});
