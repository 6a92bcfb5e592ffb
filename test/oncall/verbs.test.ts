/** The verbs as processes against an account: without a terminal, and in one. */
import { BAKERY, removeProgram } from '../cli/program';
import { openServed, type Served } from './served';

const config = BAKERY.replace("procedureRunner('BAKERY.OVEN.BAKE')", "procedureRunner('SYSTEM$DBT_RUN')")
  .replace(
    "where: { environment: 'prod' }",
    "where: { environment: 'prod' }, zones: { startedAt: 'UTC', endedAt: 'America/Los_Angeles' }",
  )
  .replace(
    'tasks: {',
    "tasks: {\n        SELL_BREAD: { run: { project: 'bakery', dbt: { command: 'test' } }, after: ['BAKE_BREAD'] },",
  );
const dag = {
  project: 'bakery',
  nodes: [{ name: 'dough' }, { name: 'loaf', dependsOn: ['dough'] }, { name: 'roll', dependsOn: ['dough'] }],
};

let served: Served;
beforeAll(async () => {
  served = await openServed(config, dag);
  expect(await served.run('generate')).toMatchObject({ code: 0 });
  const applied = await served.run('apply', '--yes', '--allow', 'UNDOCUMENTED_RUNNER,PRIVILEGED_ROLE');
  expect(applied.code === 0 ? '' : applied.stdout + applied.stderr).toBe('');
});
afterAll(async () => {
  await served.close();
  removeProgram();
});

const fails = (node: string, times: string): Promise<unknown> =>
  served.sql(`SELECT SYSTEM$LOCAL_DBT_FAIL('bakery', '${node}', ${times})`);
/** A run that died before it could log its end. */
const leaveRunning = (id: string): Promise<unknown> =>
  served.sql(
    `INSERT INTO BAKERY.OVEN.DBT_RUN_LOG (RUN_ID, PROJECT_NAME, ENVIRONMENT, RUN_STARTED_AT, RUN_STATUS, RUN_COMMAND, SELECTOR_USED) SELECT '${id}', 'bakery', 'prod', DATEADD('minute', -90, SYSDATE()), 'RUNNING', 'build', 'all'`,
  );
const taskState = async (name: string): Promise<string> => {
  await served.sql('SHOW TASKS IN SCHEMA BAKERY.OVEN');
  const rows = await served.sql(
    `SELECT "state" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID())) WHERE "name" = '${name}'`,
  );
  return String(rows[0]?.[0]);
};

describe('without a terminal', () => {
  it.each([
    ['heal', 'BAKE_BREAD'],
    ['force-full', 'BAKE_BREAD'],
    ['pause', 'BAKE_BREAD'],
    ['resume', 'BAKE_BREAD'],
    ['abandon', 'some-run'],
  ])('%s asks nobody: it wants --yes', async (...words) => {
    const { code, stderr } = await served.run(...words);
    expect(stderr).toContain('nobody can be asked');
    expect(code).toBe(2);
  });

  it('force-full shows its statement, waits, and reports what the procedure returned', async () => {
    const { code, stdout, stderr } = await served.run('force-full', 'bake_bread', '--yes');
    expect(stderr).toContain(
      `CALL BAKERY.OVEN.RUN_DBT_AUTO_RESTART(
    PROJECT_NAME => 'bakery',
    JOB_NAME => 'BAKE_BREAD',
    RUN_MODE => 'FULL_BUILD');`,
    );
    expect(stdout).toBe('🔵 FULL BUILD: Requested\n');
    expect(code).toBe(0);
  });

  it('heal with nothing to retry is done', async () => {
    const { code, stdout } = await served.run('heal', 'BAKE_BREAD', '--yes');
    expect(stdout).toBe('✅ NOTHING TO RETRY\n');
    expect(code).toBe(0);
  });

  it('a build that fails ends with 1 and what dbt said', async () => {
    await fails('loaf', '1');
    const { code, stdout, stderr } = await served.run('force-full', 'BAKE_BREAD', '--yes');
    expect(stdout).toBe('');
    expect(stderr).toContain('model loaf');
    expect(code).toBe(1);
  });

  it('heal then retries what failed, and --json says it as one document', async () => {
    const { code, stdout } = await served.run('heal', 'BAKE_BREAD', '--yes', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      deployment: 'bakery',
      verb: 'heal',
      object: 'BAKE_BREAD',
      sql: expect.stringContaining("RUN_MODE => 'RETRY_ONLY'"),
      returned: '🔄 RETRY #1: Rerunning failed models: loaf+',
    });
    expect(code).toBe(0);
  });

  it('heal that may not retry any more ends with 1', async () => {
    await fails('loaf', '4');
    await served.run('force-full', 'BAKE_BREAD', '--yes');
    for (let attempt = 1; attempt <= 3; attempt += 1) await served.run('heal', 'BAKE_BREAD', '--yes');
    const { code, stdout } = await served.run('heal', 'BAKE_BREAD', '--yes');
    expect(stdout).toBe('⚠️ NOT RETRIED: Max retries reached, reset with full build\n');
    expect(code).toBe(1);
  });

  it('pause and resume a root', async () => {
    const paused = await served.run('pause', 'BAKE_BREAD', '--yes');
    expect(paused.stderr).toContain('ALTER TASK BAKERY.OVEN.BAKE_BREAD SUSPEND;');
    expect(paused).toMatchObject({ code: 0, stdout: 'task BAKE_BREAD is suspended\n' });
    expect(await taskState('BAKE_BREAD')).toBe('suspended');
    expect((await served.run('pause', 'BAKE_BREAD', '--yes')).stdout).toBe(
      'task BAKE_BREAD is suspended already\n',
    );
    expect((await served.run('status')).stdout).toMatch(
      /suspended +task BAKE_BREAD suspended by a person since/,
    );
    expect(await served.run('resume', 'BAKE_BREAD', '--yes')).toMatchObject({ code: 0 });
    expect(await taskState('BAKE_BREAD')).toBe('started');
  });

  it('pause a child: its root is started again', async () => {
    const { code, stderr } = await served.run('pause', 'SELL_BREAD', '--yes');
    expect(stderr).toContain('passed over as if it had succeeded');
    expect(code).toBe(0);
    expect([await taskState('SELL_BREAD'), await taskState('BAKE_BREAD')]).toEqual(['suspended', 'started']);
    expect(await served.run('resume', 'SELL_BREAD', '--yes')).toMatchObject({ code: 0 });
    expect([await taskState('SELL_BREAD'), await taskState('BAKE_BREAD')]).toEqual(['started', 'started']);
  });

  it('abandon a run that is known to be dead: the job goes on', async () => {
    await leaveRunning('dead-1');
    const before = await served.run('status');
    expect(before.stdout).toMatch(/stuck .*dead-1.* dbt-auto-restart abandon dead-1 --connection night/);
    const { code, stdout, stderr } = await served.run('abandon', 'dead-1', '--yes');
    expect(stderr).toContain(
      "UPDATE BAKERY.OVEN.DBT_RUN_LOG\nSET RUN_STATUS = 'FAILED'\nWHERE RUN_ID::VARCHAR = 'dead-1'",
    );
    expect(stdout).toBe('run dead-1 is failed in the log: it is retried as any other failure\n');
    expect(code).toBe(0);
    expect((await served.run('status')).stdout).not.toContain('stuck');
  });

  it('abandon refuses a run that has ended, and one that is not there', async () => {
    const ended = await served.run('abandon', 'dead-1', '--yes');
    expect(ended.stderr).toContain('run dead-1 has ended: it is FAILED in the log');
    expect(ended.code).toBe(1);
    const unknown = await served.run('abandon', 'nobody', '--yes');
    expect(unknown.stderr).toContain('there is no run nobody in the log');
    expect(unknown.code).toBe(2);
  });

  it.each([
    [['heal', 'BAKE_BRAED'], 'did you mean BAKE_BREAD?'],
    [['pause', 'SELL_BRED'], 'did you mean SELL_BREAD?'],
  ])('%j names the nearest', async (words, said) => {
    const { code, stderr } = await served.run(...words, '--yes');
    expect(stderr).toContain(said);
    expect(code).toBe(2);
  });
});

describe('in a terminal', () => {
  it('asks, and sends nothing on a no', async () => {
    const { code, screen } = await served.runInTerminal('n', 'pause', 'BAKE_BREAD');
    expect(screen).toContain('ALTER TASK BAKERY.OVEN.BAKE_BREAD SUSPEND;');
    expect(screen).toContain('Send this? [y/N]');
    expect(screen).toContain('nothing was sent');
    expect(code).toBe(1);
    expect(await taskState('BAKE_BREAD')).toBe('started');
  });

  it.each([
    ['pause', 'BAKE_BREAD', 'task BAKE_BREAD is suspended'],
    ['resume', 'BAKE_BREAD', 'task BAKE_BREAD is started'],
    ['force-full', 'BAKE_BREAD', 'FULL BUILD: Requested'],
    ['heal', 'BAKE_BREAD', 'NOTHING TO RETRY'],
  ])('%s %s on a yes', async (verb, object, said) => {
    const { code, screen } = await served.runInTerminal('y', verb, object);
    expect(screen).toContain(said);
    expect(code).toBe(0);
  });

  it('abandon on a yes', async () => {
    await leaveRunning('dead-2');
    const { code, screen } = await served.runInTerminal('y', 'abandon', 'dead-2');
    expect(screen).toContain('run dead-2 is failed in the log');
    expect(code).toBe(0);
  });
});
