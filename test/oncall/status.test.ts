/** Twelve situations of a bad morning, and a good one: `status` names each in one line. */
import { DAILY, full, log, retry } from '../decision/logs';
import type { LoggedRun } from '../decision/reference/history';
import { openMorning, type Morning } from './morning';

let morning: Morning;
beforeAll(async () => {
  morning = await openMorning();
});
afterAll(async () => morning.account.close());

const line = async (): Promise<string> => {
  const { kind, needsPerson, text, notes, next } = await morning.status();
  const typed = next.map(({ verb, object }) => `${verb}${object === null ? '' : ` ${object}`}`).join(', ');
  return [
    `${kind}${needsPerson ? '!' : ''}: ${text}`,
    ...notes.map(({ code }) => code),
    ...(typed === '' ? [] : [`> ${typed}`]),
  ].join(' | ');
};

const succeeded = (started = 2, more: object = {}): LoggedRun =>
  full(DAILY, 'SUCCESS', { a: 'SUCCESS', b: 'SUCCESS' }, { started, ended: started - 0.25, ...more });
const failed = (started = 2): LoggedRun =>
  full(DAILY, 'FAILED', { a: 'FAIL', b: 'SKIPPED' }, { started, ended: started - 0.25 });
const retried = (started: number): LoggedRun =>
  retry(DAILY, 'a+ b+', 'FAILED', { a: 'FAIL', b: 'SKIPPED' }, { started, ended: started - 0.1 });

describe('a job', () => {
  it('is healthy after a good night', async () => {
    await morning.logged(...log(succeeded()));
    expect(await line()).toBe('healthy: succeeded 04:15; next Wed 04:00 by DAILY_BUILD');
  });

  it('is healthy when a retry healed it, and says so', async () => {
    await morning.logged(
      ...log(
        failed(),
        retry(DAILY, 'a+ b+', 'SUCCESS', { a: 'SUCCESS', b: 'SUCCESS' }, { started: 1, ended: 0.5 }),
      ),
    );
    expect(await line()).toBe('healthy: succeeded 05:30, healed by retry 1; next Wed 04:00 by DAILY_BUILD');
  });

  it('has failed, and is retried soon', async () => {
    await morning.logged(...log(failed()));
    expect(await line()).toBe(
      'failed: 04:15, attempt 1 of 3, until Wed 04:15, next 06:15 by DAILY_HEAL: a+ (and 1 skipped) | > heal daily, explain daily',
    );
  });

  it('is being retried', async () => {
    await morning.logged(...log(failed(), retried(1)));
    expect(await line()).toBe(
      'retrying: 05:06, attempt 2 of 3, until Wed 05:06, next 06:15 by DAILY_HEAL: a+ (and 1 skipped) | > heal daily, explain daily',
    );
  });

  it('was given up after its last retry', async () => {
    await morning.logged(...log(failed(), retried(1.5), retried(1), retried(0.5)));
    expect(await line()).toBe(
      'given up!: all 3 retries failed, the last at 05:36; next full build Wed 04:00 by DAILY_BUILD | > explain daily, force-full daily',
    );
  });

  it('was given up because its failure is too old', async () => {
    await morning.logged(...log(failed(25.5)));
    expect(await line()).toMatch(
      /^given up!: the failure at Mon 04:45 was to be retried until 04:45; next full build Wed 04:00 by DAILY_BUILD \| > explain daily/,
    );
  });

  it('needs a person where nothing that failed is named', async () => {
    await morning.logged(...log(full(DAILY, 'FAILED', { a: 'SUCCESS' }, { started: 2, ended: 1.75 })));
    expect(await line()).toBe(
      'needs a person!: failed 04:15: No failed models identified (NO_FAILED_MODELS); next full build Wed 04:00 by DAILY_BUILD | > explain daily, force-full daily',
    );
  });

  it('never shows a name that is not safe', async () => {
    await morning.logged(...log(full(DAILY, 'FAILED', { "x'; drop": 'FAIL' }, { started: 2, ended: 1.75 })));
    const shown = await line();
    expect(shown).toMatch(/^needs a person!: .*\(UNSAFE_NAME\)/);
    expect(shown).not.toContain('drop');
  });

  it('has crashed: its run never ended', async () => {
    await morning.logged(...log(succeeded(30), full(DAILY, 'RUNNING', { a: 'SUCCESS' }, { started: 7 })));
    expect(await line()).toMatch(
      /^crashed: Mon 23:07, attempt 1 of 3, until 23:07, next 06:15 by DAILY_HEAL: b\+ \| > heal daily/,
    );
  });

  it('is running', async () => {
    await morning.logged(...log(succeeded(26), full(DAILY, 'RUNNING', {}, { started: 0.2 })));
    expect(await line()).toBe(
      'running: run run-2 of the project is in progress since 05:48 (12 min); before it: succeeded Mon 04:15 | > explain daily',
    );
  });

  it('is stuck: it runs for far longer than it ever took', async () => {
    await morning.logged(...log(succeeded(26), full(DAILY, 'RUNNING', {}, { started: 2 })));
    expect(await line()).toBe(
      'stuck!: run run-2 is logged as running since 04:00 (2 h), the longest that succeeded took 15 min | > abandon run-2',
    );
  });

  it('carries the note of a run that starts in the future', async () => {
    await morning.logged(...log(succeeded(), full(DAILY, 'RUNNING', {}, { started: -87_600 })));
    expect(await line()).toBe('healthy: succeeded 04:15; next Wed 04:00 by DAILY_BUILD | CLOCK | > doctor');
  });

  it('finds no run of its own in the log', async () => {
    await morning.logged(
      ...log(full({ ...DAILY, project: 'another' }, 'SUCCESS', {}, { environment: 'dev' })),
    );
    expect(await line()).toBe(
      "needs a person!: the log has 1 run, none of them of this project's jobs (LOG_MATCHES_NO_JOB) | > doctor",
    );
  });

  it('is overdue: a schedule has passed without a run', async () => {
    await morning.logged(...log(succeeded(26)));
    expect(await line()).toBe(
      'overdue!: task DAILY_BUILD was to start at 04:00, and the log has no run since; last success Mon 04:15 | > doctor',
    );
  });

  it('was never logged, although its task has started', async () => {
    await morning.logged();
    expect(await line()).toBe(
      'never logged!: the log has no full run of it; task DAILY_BUILD was to start at Mon 04:00 | > doctor',
    );
  });
});

describe('its tasks', () => {
  const alter = (sql: string) => morning.account.inside.run(`ALTER TASK ${sql}`);
  afterEach(async () => {
    await alter('DAILY_BUILD RESUME');
    await alter('DAILY_HEAL RESUME');
  });

  it('were suspended by a person, since when', async () => {
    await morning.logged(...log(succeeded()));
    await alter('DAILY_BUILD SUSPEND');
    await alter('DAILY_HEAL SUSPEND');
    expect(await line()).toBe(
      'suspended: task DAILY_BUILD suspended by a person since 06:00; task DAILY_HEAL suspended by a person since 06:00; before it: succeeded 04:15 | > resume DAILY_BUILD',
    );
  });

  it('were suspended by a person while something is broken: nobody repairs it', async () => {
    await morning.logged(...log(failed()));
    await alter('DAILY_BUILD SUSPEND');
    await alter('DAILY_HEAL SUSPEND');
    expect(await line()).toMatch(
      /^suspended!: .*; before it: failed 04:15: a\+ \(and 1 skipped\) \| > resume DAILY_BUILD$/,
    );
  });

  it('one of them was: what is broken is not retried by the other', async () => {
    await morning.logged(...log(failed()));
    await alter('DAILY_HEAL SUSPEND');
    expect(await line()).toBe(
      'failed!: 04:15, attempt 1 of 3, until Wed 04:15, but no task retries it by then: a+ (and 1 skipped); ' +
        'task DAILY_HEAL suspended by a person since 06:00 | > heal daily, explain daily',
    );
  });

  it('were just resumed: a start before that is none that was missed', async () => {
    await alter('DAILY_BUILD SUSPEND');
    await alter('DAILY_BUILD RESUME');
    await morning.logged();
    expect(await line()).toBe(
      'never logged: the log has no full run of it; first Wed 04:00 by DAILY_BUILD | > force-full daily',
    );
  });

  it('were suspended by their errors', async () => {
    await morning.logged(...log(failed()));
    await alter('DAILY_HEAL SUSPEND');
    await alter('DAILY_HEAL SET SUSPEND_TASK_AFTER_NUM_FAILURES = 1');
    await alter('DAILY_HEAL RESUME');
    await morning.account.inside.run('EXECUTE TASK DAILY_HEAL');
    await morning.account.inside.run('SELECT SYSTEM$LOCAL_ADVANCE(120)');
    expect(await line()).toMatch(
      /^suspended!: task DAILY_HEAL suspended by errors since 06:0\d; nothing runs it until somebody resumes it; before it: failed 0\d:\d\d: a\+.* \| > resume DAILY_HEAL$/,
    );
  });
});

it('a log that cannot be read is told in the words of the account', async () => {
  await morning.account.inside.run('ALTER TABLE DBT_RUN_LOG RENAME TO DBT_RUN_LOG_OLD');
  expect(await line()).toMatch(
    /^unreadable!: the state cannot be read, so a call is a full build or raises: .*DBT_RUN_LOG.* \| > doctor, explain daily$/,
  );
  await morning.account.inside.run('ALTER TABLE DBT_RUN_LOG_OLD RENAME TO DBT_RUN_LOG');
});

it('views of another version are told as such', async () => {
  const { inside } = morning.account;
  const { rows } = await inside.run("SELECT GET_DDL('VIEW', 'V_AUTO_RESTART_STATE') AS DDL");
  await inside.run('CREATE OR REPLACE VIEW V_AUTO_RESTART_STATE AS SELECT 1 AS JOB_NAME');
  expect(await line()).toBe(
    'unreadable!: its views are of another version of this tool: they have no column PROJECT_NAME | > plan',
  );
  await inside.run(String(rows[0]?.['DDL']));
});

it('what was never applied is told as such', async () => {
  await morning.account.inside.run('DROP VIEW V_AUTO_RESTART_STATE');
  expect(await line()).toBe(
    'unreadable!: it was not applied to this account, or this role may not see its views | > plan',
  );
});
