import { openBakery, note, type Bakery } from './bakery';

let bakery: Bakery;
beforeEach(async () => (bakery = await openBakery()));
afterEach(() => bakery.close());

/** A started standalone task. */
async function start(name: string, clauses: string, body: string) {
  await bakery.sql(`CREATE OR ALTER TASK ${name} WAREHOUSE = OVEN_WH ${clauses} AS ${body}`);
  await bakery.sql(`ALTER TASK ${name} RESUME`);
}

describe('the schedule', () => {
  it('runs a task at its cron times while a client lets time pass', async () => {
    await start('bread', `SCHEDULE = 'USING CRON 0 6 * * * UTC'`, note('bread'));
    await bakery.pass(48 * 60);
    expect(await bakery.log()).toEqual(['06:00 bread', '06:00 bread']);
    expect(await bakery.history()).toEqual(['06:00 BREAD SUCCEEDED', '06:00 BREAD SUCCEEDED']);
  });

  it('runs nothing while nobody lets time pass', async () => {
    await start('bread', `SCHEDULE = '1 MINUTE'`, note('bread'));
    await bakery.sql('SELECT 1');
    expect(await bakery.log()).toEqual([]);
  });

  it('counts intervals from the moment of the resume', async () => {
    await bakery.pass(3);
    await start('rolls', `SCHEDULE = '10 MINUTES'`, note('rolls'));
    await bakery.pass(25);
    expect(await bakery.log()).toEqual(['00:13 rolls', '00:23 rolls']);
  });

  it('runs what falls due in the very moment until which a client waits', async () => {
    await start('rolls', `SCHEDULE = '10 MINUTES'`, note('rolls'));
    await bakery.pass(10);
    expect(await bakery.log()).toEqual(['00:10 rolls']);
  });

  it('passes over what lies between when the clock is set', async () => {
    await start('bread', `SCHEDULE = 'USING CRON 0 6 * * * UTC'`, note('bread'));
    await bakery.sql(`SELECT SYSTEM$LOCAL_SET_CLOCK('2026-03-05 05:59:00')`);
    expect(await bakery.sql('SELECT SYSTEM$LOCAL_NOW()')).toEqual([['2026-03-05 05:59:00']]);
    await bakery.pass(2);
    expect(await bakery.log()).toEqual(['06:00 bread']);
  });

  it('goes on when the clock is set back', async () => {
    await start('rolls', `SCHEDULE = '10 MINUTES'`, note('rolls'));
    await bakery.sql(`SELECT SYSTEM$LOCAL_SET_CLOCK('2026-02-01')`);
    await bakery.pass(11);
    expect(await bakery.log()).toEqual(['00:10 rolls']);
  });

  it('stops at once when the task is suspended', async () => {
    await start('rolls', `SCHEDULE = '10 MINUTES'`, note('rolls'));
    await bakery.pass(10);
    await bakery.sql('ALTER TASK rolls SUSPEND');
    await bakery.pass(30);
    expect(await bakery.log()).toEqual(['00:10 rolls']);
  });

  it('takes a new schedule at once', async () => {
    await start('rolls', `SCHEDULE = '10 MINUTES'`, note('rolls'));
    await bakery.sql(`ALTER TASK rolls SET SCHEDULE = 'USING CRON 30 * * * * UTC'`);
    await bakery.pass(60);
    expect(await bakery.log()).toEqual(['00:30 rolls']);
  });

  it('counts another interval from the moment it is set, and the same one as before', async () => {
    await start('rolls', `SCHEDULE = '10 MINUTES'`, note('rolls'));
    await bakery.pass(12);
    await bakery.sql(`ALTER TASK rolls SET SCHEDULE = '15 MINUTES'`);
    await bakery.pass(16);
    await bakery.sql(`ALTER TASK rolls SET SCHEDULE = '15 MINUTES' COMMENT = 'warm'`);
    await bakery.pass(15);
    expect(await bakery.log()).toEqual(['00:10 rolls', '00:27 rolls', '00:42 rolls']);
  });

  it('runs two tasks of one moment in the order of their creation', async () => {
    await start(
      'b_bread',
      `SCHEDULE = '10 MINUTES'`,
      `INSERT INTO log SELECT 'b', COUNT(*)::VARCHAR FROM log`,
    );
    await start(
      'a_cake',
      `SCHEDULE = '10 MINUTES'`,
      `INSERT INTO log SELECT 'a', COUNT(*)::VARCHAR FROM log`,
    );
    await bakery.pass(10);
    expect(await bakery.sql('SELECT what FROM log ORDER BY at')).toEqual([['b'], ['a']]);
  });

  it('follows daylight saving of the zone', async () => {
    await bakery.sql(`SELECT SYSTEM$LOCAL_SET_CLOCK('2026-03-28 00:00:00')`);
    await start('bread', `SCHEDULE = 'USING CRON 0 6 * * * Europe/Zurich'`, note('bread'));
    await bakery.pass(48 * 60);
    expect(await bakery.log()).toEqual(['05:00 bread', '04:00 bread']);
  });
});

describe('runs that take time', () => {
  it('are EXECUTING for a client in between and end by themselves', async () => {
    await start('bread', `SCHEDULE = 'USING CRON 0 6 * * * UTC'`, "CALL SYSTEM$WAIT(20, 'MINUTES')");
    await bakery.pass(6 * 60 + 10);
    expect(await bakery.history()).toEqual(['06:00 BREAD EXECUTING']);
    await bakery.pass(10);
    expect(await bakery.history()).toEqual(['06:00 BREAD SUCCEEDED']);
  });

  it('make the schedule pass over the ticks they cover', async () => {
    await start('bread', `SCHEDULE = '10 MINUTES'`, 'CALL SYSTEM$WAIT(1500)');
    await bakery.pass(70);
    expect(await bakery.history()).toEqual([
      '00:10 BREAD SUCCEEDED',
      '00:40 BREAD SUCCEEDED',
      '01:10 BREAD EXECUTING',
    ]);
  });

  it('do not hinder the tick of the moment in which they end', async () => {
    await start('bread', `SCHEDULE = '10 MINUTES'`, 'CALL SYSTEM$WAIT(600)');
    await bakery.pass(30);
    expect(await bakery.history()).toEqual([
      '00:10 BREAD SUCCEEDED',
      '00:20 BREAD SUCCEEDED',
      '00:30 BREAD EXECUTING',
    ]);
  });

  it('overlap with ALLOW_ALL_OVERLAP', async () => {
    await start(
      'bread',
      `SCHEDULE = '10 MINUTES' OVERLAP_POLICY = ALLOW_ALL_OVERLAP`,
      'CALL SYSTEM$WAIT(1500)',
    );
    await bakery.pass(30);
    expect(await bakery.history()).toEqual([
      '00:10 BREAD EXECUTING',
      '00:20 BREAD EXECUTING',
      '00:30 BREAD EXECUTING',
    ]);
  });

  it('let the root begin again while children run with ALLOW_CHILD_OVERLAP', async () => {
    await bakery.sql(
      `CREATE TASK dough SCHEDULE = '10 MINUTES' OVERLAP_POLICY = ALLOW_CHILD_OVERLAP AS ${note('dough')}`,
    );
    await bakery.sql('CREATE TASK bread AFTER dough AS CALL SYSTEM$WAIT(900)');
    await bakery.sql(`SELECT SYSTEM$TASK_DEPENDENTS_ENABLE('dough')`);
    await bakery.pass(20);
    expect(await bakery.history()).toEqual([
      ...['00:10 DOUGH SUCCEEDED', '00:10 BREAD EXECUTING', '00:20 DOUGH SUCCEEDED', '00:20 BREAD EXECUTING'],
    ]);
  });

  it('let others run in between', async () => {
    await start('bread', `SCHEDULE = 'USING CRON 0 6 * * * UTC'`, 'CALL SYSTEM$WAIT(1200)');
    await start('rolls', `SCHEDULE = 'USING CRON 10 6 * * * UTC'`, note('rolls'));
    await bakery.pass(24 * 60);
    expect(await bakery.history()).toEqual(['06:00 BREAD SUCCEEDED', '06:10 ROLLS SUCCEEDED']);
  });

  it('are let time pass by a waiting statement of a client', async () => {
    await start('rolls', `SCHEDULE = '10 MINUTES'`, note('rolls'));
    expect(await bakery.sql('CALL SYSTEM$WAIT(1200)')).toEqual([['waited 1200 seconds']]);
    expect(await bakery.log()).toEqual(['00:10 rolls', '00:20 rolls']);
  });
});

describe('timeouts', () => {
  it('fail a run after the time its task has', async () => {
    await start(
      'bread',
      `SCHEDULE = 'USING CRON 0 6 * * * UTC' USER_TASK_TIMEOUT_MS = 300000`,
      'CALL SYSTEM$WAIT(600)',
    );
    await bakery.pass(8 * 60);
    const [run] = await bakery.sql(
      `SELECT state, error_code, error_message, DATEDIFF('second', query_start_time, completed_time)
       FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY(TASK_NAME => 'BREAD')) WHERE query_id IS NOT NULL`,
    );
    expect(run).toEqual([
      'FAILED',
      '000630',
      'Statement reached its statement or warehouse timeout of 300 second(s) and was canceled.',
      300,
    ]);
  });

  it('are one hour when the task does not say', async () => {
    await start('bread', `SCHEDULE = 'USING CRON 0 6 * * * UTC'`, "CALL SYSTEM$WAIT(2, 'HOURS')");
    await bakery.pass(7 * 60);
    expect(await bakery.history()).toEqual(['06:00 BREAD FAILED']);
  });

  it('leave a run alone that ends in time', async () => {
    await start(
      'bread',
      `SCHEDULE = 'USING CRON 0 6 * * * UTC' USER_TASK_TIMEOUT_MS = 300000`,
      'CALL SYSTEM$WAIT(300)',
    );
    await bakery.pass(7 * 60);
    expect(await bakery.history()).toEqual(['06:00 BREAD SUCCEEDED']);
  });

  it('take STATEMENT_TIMEOUT_IN_SECONDS when that is shorter', async () => {
    await start(
      'bread',
      `SCHEDULE = 'USING CRON 0 6 * * * UTC' STATEMENT_TIMEOUT_IN_SECONDS = 60`,
      'CALL SYSTEM$WAIT(120)',
    );
    await bakery.pass(7 * 60);
    expect(await bakery.history()).toEqual(['06:00 BREAD FAILED']);
  });

  it('of a root cover the whole graph', async () => {
    await bakery.sql(
      `CREATE TASK dough SCHEDULE = '60 MINUTES' USER_TASK_TIMEOUT_MS = 600000 AS CALL SYSTEM$WAIT(400)`,
    );
    await bakery.sql('CREATE TASK bread AFTER dough AS CALL SYSTEM$WAIT(400)');
    await bakery.sql(`SELECT SYSTEM$TASK_DEPENDENTS_ENABLE('dough')`);
    await bakery.pass(80);
    expect(await bakery.history()).toEqual(['01:00 DOUGH SUCCEEDED', '01:06 BREAD FAILED']);
  });

  it("of a child go before the root's", async () => {
    await bakery.sql(
      `CREATE TASK dough SCHEDULE = '60 MINUTES' USER_TASK_TIMEOUT_MS = 600000 AS CALL SYSTEM$WAIT(400)`,
    );
    await bakery.sql('CREATE TASK bread USER_TASK_TIMEOUT_MS = 900000 AFTER dough AS CALL SYSTEM$WAIT(400)');
    await bakery.sql(`SELECT SYSTEM$TASK_DEPENDENTS_ENABLE('dough')`);
    await bakery.pass(80);
    expect(await bakery.history()).toEqual(['01:00 DOUGH SUCCEEDED', '01:06 BREAD SUCCEEDED']);
  });
});

describe('failures', () => {
  it('leave code and message in the history', async () => {
    await start('bread', `SCHEDULE = '10 MINUTES'`, 'SELECT 1/0');
    await bakery.pass(10);
    const [run] = await bakery.sql(
      `SELECT state, error_code, error_message FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY()) WHERE query_id IS NOT NULL`,
    );
    expect(run).toEqual(['FAILED', '100051', 'Division by zero']);
  });

  it('suspend the task after so many in a row', async () => {
    await start('bread', `SCHEDULE = '10 MINUTES' SUSPEND_TASK_AFTER_NUM_FAILURES = 3`, 'SELECT 1/0');
    await bakery.pass(60);
    expect(await bakery.history()).toEqual([
      '00:10 BREAD FAILED',
      '00:20 BREAD FAILED',
      '00:30 BREAD FAILED_AND_AUTO_SUSPENDED',
    ]);
    expect(await bakery.show('state')).toEqual({ BREAD: 'suspended' });
    expect(await bakery.show('last_suspended_reason')).toEqual({ BREAD: 'SUSPENDED_DUE_TO_ERRORS' });
  });

  it('suspend after ten when the task does not say, and never with 0', async () => {
    await start('bread', `SCHEDULE = '10 MINUTES'`, 'SELECT 1/0');
    await start('cake', `SCHEDULE = '10 MINUTES' SUSPEND_TASK_AFTER_NUM_FAILURES = 0`, 'SELECT 1/0');
    await bakery.pass(150);
    const runs = await bakery.history();
    expect(runs.filter((run) => run.includes('BREAD'))).toHaveLength(10);
    expect(runs.filter((run) => run.includes('CAKE'))).toHaveLength(15);
  });

  it('are forgotten after a success', async () => {
    await start(
      'bread',
      `SCHEDULE = '10 MINUTES' SUSPEND_TASK_AFTER_NUM_FAILURES = 2`,
      'SELECT 1 / MOD(MINUTE(SYSDATE()), 20)',
    );
    await bakery.pass(60);
    expect(await bakery.history()).toEqual([
      ...['00:10 BREAD SUCCEEDED', '00:20 BREAD FAILED', '00:30 BREAD SUCCEEDED'],
      ...['00:40 BREAD FAILED', '00:50 BREAD SUCCEEDED', '01:00 BREAD FAILED'],
    ]);
  });
});
