import { EXECUTE, type O2cAccount, openO2c } from './account';

let o2c: O2cAccount;
afterEach(() => o2c.account.close());

const fail = (node: string, times = 1) =>
  o2c.rows(`SELECT SYSTEM$LOCAL_DBT_FAIL('dbt_o2c_enhanced', '${node}', ${times})`);
const run = (args: string) =>
  o2c.session.execute(`${EXECUTE} ARGS = '${args}'`).then(
    () => true,
    () => false,
  );

const RUNS = `SELECT run_status, run_command, selector_used, environment, models_selected, models_run, models_success, models_failed,
  models_skipped, tests_run, tests_passed, tests_failed, run_duration_seconds::INTEGER, TO_VARCHAR(run_started_at, 'YYYY-MM-DD HH24:MI:SS'),
  TO_VARCHAR(run_ended_at, 'YYYY-MM-DD HH24:MI:SS') FROM DBT_RUN_LOG ORDER BY run_started_at`;

describe('the o2c log, written by on-run-end', () => {
  beforeEach(async () => {
    o2c = await openO2c();
  });

  it('holds a run with its counts, starts in UTC and ends in the session zone', async () => {
    await run('build --target prod');
    expect(await o2c.rows(RUNS)).toEqual([
      [
        'SUCCESS',
        'build',
        'all',
        'prod',
        25,
        25,
        25,
        0,
        0,
        4,
        4,
        0,
        254,
        '2026-11-22 06:00:00',
        '2026-11-21 22:04:14',
      ],
    ]);
  });

  it('holds failed and skipped models of a failed run', async () => {
    await fail('dm_o2c_reconciliation');
    await run('build --select dm_o2c_orders+ tag:merge');
    expect(
      await o2c.rows(`SELECT run_status, selector_used, models_failed, models_skipped FROM DBT_RUN_LOG`),
    ).toEqual([['FAILED', 'dm_o2c_orders+,tag:merge', 1, 5]]);
    expect(
      await o2c.rows(
        `SELECT status, COUNT(*), MIN(model_name) FROM DBT_MODEL_LOG GROUP BY status ORDER BY status`,
      ),
    ).toEqual([
      ['FAIL', 1, 'dm_o2c_reconciliation'],
      ['SKIPPED', 5, 'agg_o2c_by_customer'],
      ['SUCCESS', 6, 'agg_o2c_by_product'],
    ]);
  });

  it('gives each model its own times', async () => {
    await run('run --select stg_orders dm_o2c_products');
    expect(
      await o2c.rows(`SELECT model_name, TO_VARCHAR(started_at, 'HH24:MI:SS'), TO_VARCHAR(ended_at, 'HH24:MI:SS'),
        execution_seconds::INTEGER FROM DBT_MODEL_LOG ORDER BY started_at`),
    ).toEqual([
      ['stg_orders', '06:00:00', '22:00:10', 10],
      ['dm_o2c_products', '06:00:10', '22:00:20', 10],
    ]);
  });

  it('counts tests, and a failed one fails the run', async () => {
    await fail('not_null_stg_orders_order_id');
    await run('test');
    expect(
      await o2c.rows(
        'SELECT run_status, run_command, models_run, tests_run, tests_passed, tests_failed FROM DBT_RUN_LOG',
      ),
    ).toEqual([['FAILED', 'test', 0, 4, 3, 1]]);
    expect(await o2c.value('SELECT COUNT(*) FROM DBT_MODEL_LOG')).toBe(0);
  });

  it('stays RUNNING, without model rows, when dbt dies', async () => {
    await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_CRASH('dbt_o2c_enhanced', 'stg_payments')`);
    expect(await run('build')).toBe(false);
    expect(await o2c.rows('SELECT run_status, run_ended_at FROM DBT_RUN_LOG')).toEqual([['RUNNING', null]]);
    expect(await o2c.value('SELECT COUNT(*) FROM DBT_MODEL_LOG')).toBe(0);
    expect(
      await o2c.value('SELECT STATE FROM TABLE(INFORMATION_SCHEMA.DBT_PROJECT_EXECUTION_HISTORY())'),
    ).toBe('UNHANDLED ERROR');
    expect(await run('build')).toBe(true);
  });

  it('has no row of a run that dies before its first hook', async () => {
    await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_CRASH('dbt_o2c_enhanced', '')`);
    expect(await run('build')).toBe(false);
    expect(await o2c.value('SELECT COUNT(*) FROM DBT_RUN_LOG')).toBe(0);
  });

  it('has no row of a run that selected nothing, which succeeds', async () => {
    expect(await run('build --select nobody+')).toBe(true);
    expect(await o2c.value('SELECT COUNT(*) FROM DBT_RUN_LOG')).toBe(0);
  });

  it('fails the run whose selection is wider than its column, though its nodes are built', async () => {
    const selection = Array.from({ length: 30 }, () => 'dm_o2c_reconciliation+').join(' ');
    const message = await o2c.failure(`${EXECUTE} ARGS = 'run --select ${selection}'`);
    expect(message).toContain('on-run-start hook failed');
    expect(message).toContain('PASS=6 WARN=0 ERROR=0 SKIP=0 TOTAL=6');
    expect(await o2c.value('SELECT COUNT(*) FROM DBT_RUN_LOG')).toBe(0);
    expect(await o2c.value('SELECT COUNT(*) FROM DBT_MODEL_LOG')).toBe(6);
    expect(o2c.now()).toBe('2026-11-22T06:01:00.000Z');
    // No node failed, so there is nothing to retry.
    expect((await o2c.rows(`${EXECUTE} ARGS = 'retry'`))[0]![2]).toContain('Nothing to do');
  });

  it('skips all nodes of such a run from dbt 1.12 on', async () => {
    const selection = Array.from({ length: 30 }, () => 'dm_o2c_reconciliation+').join(' ');
    expect(
      await o2c.failure(`${EXECUTE} ARGS = 'run --select ${selection}' DBT_VERSION = '1.12.3'`),
    ).toContain('PASS=0 WARN=0 ERROR=0 SKIP=6 TOTAL=6');
    expect(o2c.now()).toBe('2026-11-22T06:00:00.000Z');
    expect(await o2c.rows('SELECT DISTINCT STATUS FROM DBT_MODEL_LOG')).toEqual([['SKIPPED']]);
  });

  it('is seen as RUNNING by others while dbt runs', async () => {
    const other = o2c.account.openSession({ database: 'EDW', schema: 'O2C_AUDIT' });
    let seen: unknown;
    const watcher = o2c.account.clock.start(
      async () => {
        await o2c.account.clock.sleep(60_000_000n);
        seen = (await other.run('SELECT run_status FROM DBT_RUN_LOG')).rows;
      },
      { drivesTime: false },
    );
    await run('build');
    await watcher;
    expect(seen).toEqual([['RUNNING']]);
  });

  it('is an ordinary table that anybody changes by hand', async () => {
    await run('build');
    await o2c.rows(`UPDATE DBT_RUN_LOG SET run_status = 'FAILED'`);
    await o2c.rows(`UPDATE DBT_MODEL_LOG SET status = 'FAIL' WHERE model_name = 'stg_orders'`);
    expect(await o2c.rows(`SELECT model_name FROM DBT_MODEL_LOG WHERE status = 'FAIL'`)).toEqual([
      ['stg_orders'],
    ]);
  });
});

describe('the o2c log, written by post-hooks', () => {
  beforeEach(async () => {
    o2c = await openO2c('post-hook');
  });

  it('holds successes only, and calls a failed run a success', async () => {
    await fail('dm_o2c_reconciliation');
    expect(await run('build')).toBe(false);
    expect(await o2c.rows('SELECT run_status, models_failed FROM DBT_RUN_LOG')).toEqual([['SUCCESS', 0]]);
    expect(await o2c.rows('SELECT status, COUNT(*) FROM DBT_MODEL_LOG GROUP BY status')).toEqual([
      ['SUCCESS', 19],
    ]);
  });

  it('keeps the rows that were there when dbt dies', async () => {
    await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_CRASH('dbt_o2c_enhanced', 'stg_payments')`);
    expect(await run('run')).toBe(false);
    expect(await o2c.value('SELECT run_status FROM DBT_RUN_LOG')).toBe('RUNNING');
    expect(await o2c.value('SELECT COUNT(*) FROM DBT_MODEL_LOG')).toBe(5);
  });
});

it('a cancelled run stays RUNNING, with the rows that were there by then', async () => {
  o2c = await openO2c('post-hook');
  const { clock } = o2c.account;
  const cancel = new AbortController();
  const canceller = clock.start(
    async () => {
      await clock.sleep(35_000_000n);
      cancel.abort(new Error('cancelled'));
    },
    { drivesTime: false },
  );
  await expect(
    o2c.session.execute(`${EXECUTE} ARGS = 'run'`, [], { signal: cancel.signal }),
  ).rejects.toThrow();
  await canceller;
  expect(o2c.now()).toBe('2026-11-22T06:00:35.000Z');
  expect(await o2c.value('SELECT run_status FROM DBT_RUN_LOG')).toBe('RUNNING');
  expect(await o2c.value('SELECT COUNT(*) FROM DBT_MODEL_LOG')).toBe(3);
  expect(await o2c.value('SELECT STATE FROM TABLE(INFORMATION_SCHEMA.DBT_PROJECT_EXECUTION_HISTORY())')).toBe(
    'UNHANDLED ERROR',
  );
});

it('writes nothing without hooks', async () => {
  o2c = await openO2c('none');
  expect(await run('build')).toBe(true);
  expect(await o2c.value('SELECT COUNT(*) FROM DBT_RUN_LOG')).toBe(0);
});

describe('the elementary log', () => {
  it('holds invocations without a status, and results in the words of dbt', async () => {
    o2c = await openO2c('on-run-end', 'elementary');
    await fail('dm_o2c_reconciliation');
    await run('build --select dm_o2c_reconciliation+ stg_orders --full-refresh --vars "{a: 1}"');
    expect(
      await o2c.rows(`SELECT command, selected, target_name, full_refresh, vars, run_started_at, run_completed_at, project_name
        FROM DBT_INVOCATIONS`),
    ).toEqual([
      [
        'build',
        '["dm_o2c_reconciliation+", "stg_orders"]',
        'dev',
        true,
        '{"a": 1}',
        '2026-11-22 06:00:00',
        '2026-11-22 06:00:21',
        'dbt_o2c_enhanced',
      ],
    ]);
    expect(
      await o2c.rows(`SELECT resource_type, status, COUNT(*), MIN(unique_id), MIN(execute_started_at)
        FROM DBT_RUN_RESULTS GROUP BY 1, 2 ORDER BY 1, 2`),
    ).toEqual([
      ['model', 'error', 1, 'model.dbt_o2c_enhanced.dm_o2c_reconciliation', '2026-11-22T06:00:11.000000Z'],
      ['model', 'skipped', 5, 'model.dbt_o2c_enhanced.agg_o2c_by_customer', null],
      ['model', 'success', 1, 'model.dbt_o2c_enhanced.stg_orders', '2026-11-22T06:00:00.000000Z'],
      [
        'test',
        'pass',
        1,
        'test.dbt_o2c_enhanced.not_null_stg_orders_order_id',
        '2026-11-22T06:00:10.000000Z',
      ],
      ['test', 'skipped', 2, 'test.dbt_o2c_enhanced.assert_reconciliation_balances', null],
    ]);
  });

  it('has no trace of a run that died', async () => {
    o2c = await openO2c('on-run-end', 'elementary');
    await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_CRASH('dbt_o2c_enhanced', 'stg_payments')`);
    await run('build');
    expect(await o2c.value('SELECT COUNT(*) FROM DBT_INVOCATIONS')).toBe(0);
  });
});

describe('the dbt_artifacts log', () => {
  it('holds the arguments as JSON, and a table for each kind of node', async () => {
    o2c = await openO2c('on-run-end', 'dbt_artifacts');
    await fail('dm_o2c_reconciliation');
    await run('build --select dm_o2c_reconciliation+ stg_orders');
    const [row] = await o2c.rows('SELECT dbt_command, project_name, invocation_args FROM INVOCATIONS');
    expect(row!.slice(0, 2)).toEqual(['build', 'dbt_o2c_enhanced']);
    expect(JSON.parse(row![2] as string)).toMatchObject({ select: ['dm_o2c_reconciliation+', 'stg_orders'] });
    expect(await o2c.rows('SELECT status, COUNT(*) FROM MODEL_EXECUTIONS GROUP BY 1 ORDER BY 1')).toEqual([
      ['error', 1],
      ['skipped', 5],
      ['success', 1],
    ]);
    expect(
      await o2c.rows('SELECT status, COUNT(*), MAX(failures) FROM TEST_EXECUTIONS GROUP BY 1 ORDER BY 1'),
    ).toEqual([
      ['pass', 1, 0],
      ['skipped', 2, null],
    ]);
  });
});
