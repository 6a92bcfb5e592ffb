/** What happens from outside: when, to whom, and beside what else is going on. */
import config from '../../auto-restart.config';
import { o2cDag } from '../../rehearsals/dags/o2c';
import { resolveDeployments } from '../../src/model/resolve';
import { rehearse } from '../../src/rehearse/run';
import type { Rehearsal, Rehearsed } from '../../src/rehearse/rehearsal';
import { CALL, morning, play } from './play';

const week: Rehearsal = { ...morning, end: '2026-01-10T05:00:00Z' };

/** `06 FULL_BUILD FAILED`: day of January, action and outcome of the daily builds. */
const builds = ({ steps }: Rehearsed): string[] =>
  steps
    .filter(({ task }) => task === 'O2C_DAILY_BUILD')
    .map(({ at, action, outcome }) => `${at.slice(8, 10)} ${action} ${outcome}`);

describe('a node that fails', () => {
  it('in certain runs of a task fails in those and in no other', async () => {
    const events = [{ fail: 'dm_o2c_orders', task: 'O2C_DAILY_BUILD', inRun: [2, 3] }];
    expect(builds(await play({ ...week, events }))).toEqual([
      '05 FULL_BUILD SUCCEEDED',
      '06 FULL_BUILD FAILED',
      '07 SELECTIVE_RETRY FAILED',
      '08 SELECTIVE_RETRY SUCCEEDED',
      '09 FULL_BUILD SUCCEEDED',
    ]);
  });

  it('counts the runs from the moment of the event, and not those of others', async () => {
    const events = [
      { at: '2026-01-06T12:00:00Z', fail: 'dm_o2c_orders', task: 'O2C_DAILY_BUILD', inRun: 2 },
      { at: '2026-01-06T13:00:00Z', run: CALL },
    ];
    expect(builds(await play({ ...week, events })).filter((build) => build.endsWith('FAILED'))).toEqual([
      '08 FULL_BUILD FAILED',
    ]);
  });

  it('until a moment fails in every run until then, however many there are', async () => {
    const events = [
      { at: week.start, fail: 'dm_o2c_orders', until: '2026-01-07T12:00:00Z' },
      { at: '2026-01-05T12:00:00Z', run: CALL },
    ];
    expect(builds(await play({ ...week, events }))).toEqual([
      '05 FULL_BUILD FAILED',
      '06 SELECTIVE_RETRY FAILED',
      '07 SELECTIVE_RETRY FAILED',
      '08 FULL_BUILD SUCCEEDED',
      '09 FULL_BUILD SUCCEEDED',
    ]);
  });

  it('at random stops failing when its time is over', async () => {
    const events = [
      { at: week.start, failRate: '*', probability: 1, seed: 1, until: '2026-01-06T12:00:00Z' },
    ];
    const { events: happened, ...rest } = await play({ ...week, events });
    expect(builds({ events: happened, ...rest }).filter((build) => build.endsWith('FAILED'))).toHaveLength(2);
    expect(happened.map(({ text }) => text)).toEqual([
      'any node fails with probability 1',
      'no longer: any node fails with probability 1',
    ]);
  });

  it('of two projects fails in the one that has it', async () => {
    const { o2c } = config.deployments;
    const [both] = resolveDeployments({
      deployments: {
        o2c: {
          ...o2c,
          tasks: {
            ...o2c.tasks,
            BAKE_BREAD: { ...o2c.tasks.O2C_DAILY_BUILD, project: 'bakery', comment: 'Bread' },
          },
        },
      },
    });
    const result = await play(
      {
        ...morning,
        projects: [
          o2cDag,
          { project: 'bakery', nodes: [{ name: 'dough' }, { name: 'bread', dependsOn: ['dough'] }] },
        ],
        tasks: ['O2C_DAILY_BUILD', 'BAKE_BREAD'],
        events: [{ at: morning.start, fail: 'dough' }],
      },
      { deployments: [both!] },
    );
    const bread = result.steps.find(({ task }) => task === 'BAKE_BREAD');
    expect(bread).toMatchObject({ ran: ['dough'], failed: ['dough'], skipped: ['bread'], outcome: 'FAILED' });
    expect(builds(result)).toEqual(['05 FULL_BUILD SUCCEEDED']);
  });
});

describe('dbt that dies', () => {
  it('in a certain run of a task leaves that run to be taken up again', async () => {
    const events = [{ crash: '', task: 'O2C_DAILY_BUILD', inRun: 1 }];
    expect(builds(await play({ ...week, events })).slice(0, 3)).toEqual([
      '05 FULL_BUILD FAILED',
      '06 FULL_BUILD SUCCEEDED',
      '07 FULL_BUILD SUCCEEDED',
    ]);
  });
});

describe('an operator', () => {
  it('suspends a task while a statement typed before still runs', async () => {
    const events = [
      { at: '2026-01-05T05:58:00Z', run: CALL },
      { at: '2026-01-05T05:59:00Z', suspend: 'O2C_DAILY_BUILD' },
    ];
    const { steps } = await play({ ...morning, events });
    expect(steps).toMatchObject([
      {
        task: null,
        message: '🔵 FULL BUILD: First run',
        started: '2026-01-05T05:58:00Z',
        ended: '2026-01-05T06:02:14Z',
      },
    ]);
  });

  it('who starts dbt just before the schedule makes the task wait for it', async () => {
    const { steps } = await play({ ...morning, events: [{ at: '2026-01-05T05:58:00Z', run: CALL }] });
    const [byHand, scheduled] = steps;
    expect(scheduled).toMatchObject({ task: 'O2C_DAILY_BUILD', started: '2026-01-05T06:00:00Z' });
    expect(scheduled!.dbtStarted! >= byHand!.dbtEnded!).toBe(true);
  });

  it('whose statements overlap has each shown with its own run of dbt', async () => {
    const run = (select: string): string =>
      `CALL SYSTEM$DBT_RUN('dbt_o2c_enhanced', 'run --select ${select}')`;
    const { steps } = await play({
      ...morning,
      tasks: [],
      events: [
        { at: '2026-01-05T05:10:00Z', run: run('stg_orders+') },
        { at: '2026-01-05T05:10:05Z', run: run('stg_payments') },
      ],
    });
    expect(steps.map(({ command }) => command)).toEqual([
      'run --select stg_orders+',
      'run --select stg_payments',
    ]);
    expect(steps[1]!.ended! < steps[0]!.ended!).toBe(true);
  });

  it.each([['SELEC 1'], ['UPDATE NO_SUCH_TABLE SET a = 1'], ['CALL NO_SUCH_PROCEDURE()']])(
    'who types what Snowflake cannot read has made a mistake in the rehearsal: %s',
    async (sql) => {
      const events = [{ at: '2026-01-05T05:10:00Z', run: sql }];
      await expect(play({ ...morning, events })).rejects.toMatchObject({ code: 'REQUEST', where: sql });
    },
  );

  it('cannot suspend a child while its graph is started, and is told what to do', async () => {
    const events = [{ at: '2026-01-05T05:10:00Z', suspend: 'O2C_POST_BUILD_TESTS' }];
    await expect(play({ ...morning, events })).rejects.toMatchObject({
      code: 'REQUEST',
      message: expect.stringContaining('root task is not suspended') as string,
      hint: expect.stringContaining('suspend that before') as string,
    });
  });
});

describe('a policy', () => {
  const { o2c } = config.deployments;
  const build = o2c.tasks.O2C_DAILY_BUILD;
  const impatient = {
    ...o2c,
    tasks: { ...o2c.tasks, O2C_DAILY_BUILD: { ...build, retry: { ...build.retry, maxAttempts: 1 } } },
  };
  // Resolved one by one: beside each other they would be two owners of the same objects.
  const patient = [{ o2c }, { o2c_impatient: impatient }].flatMap((deployments) =>
    resolveDeployments({ deployments }),
  );

  it('that is applied in the middle counts from then on', async () => {
    const events = [
      { at: week.start, fail: 'dm_o2c_orders', until: '2026-01-09T00:00:00Z' },
      { at: '2026-01-06T12:00:00Z', apply: 'o2c_impatient' },
    ];
    const { steps } = await play({ ...week, events }, { deployments: patient });
    expect(steps.filter(({ task }) => task === 'O2C_DAILY_BUILD').map(({ reason }) => reason)).toEqual([
      'FIRST_RUN',
      'RETRY',
      'MAX_RETRIES_REACHED',
      'RETRY',
      'MAX_RETRIES_REACHED',
    ]);
  });

  it('of another schema brings its objects with it, and its tasks are known', async () => {
    const { steps } = await play({
      ...morning,
      events: [
        { at: '2026-01-05T05:10:00Z', suspend: 'O2C_DAILY_BUILD' },
        { at: '2026-01-05T05:20:00Z', apply: 'o2c_native' },
        { at: '2026-01-05T05:30:00Z', suspend: 'O2C_DAILY_HEAL_LATER' },
      ],
    });
    expect(steps.map(({ task, mode, action }) => [task, mode, action])).toEqual([
      ['O2C_DAILY_BUILD', 'FULL_BUILD', 'FULL_BUILD'],
      ['O2C_POST_BUILD_TESTS', null, 'DBT'],
      ['O2C_DAILY_HEAL', 'RETRY_ONLY', 'NOTHING'],
    ]);
  });
});

describe('a deployment', () => {
  it('that cannot be applied is no fault of the rehearsal, and the generated file is named', async () => {
    const [o2c] = resolveDeployments(config);
    const statement = {
      id: 'x',
      kind: 'view' as const,
      object: 'X',
      file: '02_view.sql',
      why: '',
      fingerprint: null,
    };
    const applied = { deployment: o2c!, statements: [{ ...statement, sql: 'CREATE VIEW X AS SELEC 1' }] };
    const options = { deployments: new Map([['o2c', applied]]), dagOf: () => JSON.stringify(o2cDag) };
    await expect(rehearse('test', morning, options)).rejects.toMatchObject({
      code: 'FAILED',
      message: expect.stringMatching(/^o2c cannot be applied: SQL compilation error/) as string,
      where: 'generated/o2c/02_view.sql',
    });
  });
});

describe('hooks', () => {
  it('of any layout log only successes where the rehearsal says so, into the same tables', async () => {
    const { o2c } = config.deployments;
    const elementary = resolveDeployments({
      deployments: { o2c: { ...o2c, state: { kind: 'audit-tables', layout: 'elementary' } } },
    });
    const { differences } = await play(
      {
        ...morning,
        hooks: 'post-hook',
        events: [{ at: week.start, fail: 'agg_o2c_kpis' }],
        expect: {
          queries: [
            {
              sql: "SELECT COUNT(*), COUNT_IF(status NOT IN ('success', 'pass')) FROM DBT_RUN_RESULTS",
              rows: [[28, 0]],
            },
          ],
        },
      },
      { deployments: elementary },
    );
    expect(differences).toEqual([]);
  });
});

describe('time', () => {
  const long = {
    ...morning,
    projects: [
      {
        project: 'dbt_o2c_enhanced',
        nodes: [
          { name: 'slow', seconds: 20 * 3600 },
          { name: 'quick', tags: ['merge'] },
        ],
      },
    ],
  };

  it('that is over while a run goes on leaves the run as it stands', async () => {
    const { steps } = await play(long);
    expect(steps).toMatchObject([
      {
        task: 'O2C_DAILY_BUILD',
        outcome: 'EXECUTING',
        started: '2026-01-05T06:00:00Z',
        ended: null,
        ran: [],
      },
    ]);
  });

  it('loses no run that outlasts a day and other runs', async () => {
    const { o2c } = config.deployments;
    const tasks = {
      ...o2c.tasks,
      O2C_DAILY_BUILD: { ...o2c.tasks.O2C_DAILY_BUILD, timeout: '30 hours' },
      O2C_HOURLY_INCREMENTAL: {
        ...o2c.tasks.O2C_HOURLY_INCREMENTAL,
        retry: { maxAgeHours: 2, onRunInProgress: 'run' as const },
      },
    };
    const { steps } = await play(
      { ...long, end: '2026-01-06T05:30:00Z', tasks: ['O2C_DAILY_BUILD', 'O2C_HOURLY_INCREMENTAL'] },
      { deployments: resolveDeployments({ deployments: { o2c: { ...o2c, tasks } } }) },
    );
    const daily = steps.filter(({ task }) => task === 'O2C_DAILY_BUILD');
    expect(daily).toMatchObject([{ outcome: 'SUCCEEDED', ended: '2026-01-06T02:00:10Z' }]);
    expect(steps.filter(({ task }) => task === 'O2C_HOURLY_INCREMENTAL')).toHaveLength(25);
    expect(steps.map(({ at }) => at)).toEqual(steps.map(({ at }) => at).sort());
  });

  it('may be written with the offset of another zone', async () => {
    const { steps } = await play({
      ...morning,
      start: '2026-01-05T06:00:00+01:00',
      end: '2026-01-05T09:00+01:00',
    });
    expect(steps.map(({ at }) => at)).toEqual(['2026-01-05 06:00', '2026-01-05 06:04']);
  });

  it('is told how far it has come', async () => {
    const shares: number[] = [];
    await play({ ...week }, { onProgress: (_, share) => shares.push(share) });
    expect(shares).toEqual([0.2, 0.4, 0.6, 0.8, 1]);
  });
});

describe('attempts of one graph run', () => {
  it('each have the dbt run of their own', async () => {
    const { o2c } = config.deployments;
    const tasks = {
      ...o2c.tasks,
      O2C_DAILY_BUILD: { ...o2c.tasks.O2C_DAILY_BUILD, taskAutoRetryAttempts: 1 },
    };
    const { steps } = await play(
      { ...morning, events: [{ at: morning.start, fail: 'dm_o2c_orders' }] },
      { deployments: resolveDeployments({ deployments: { o2c: { ...o2c, tasks } } }) },
    );
    const daily = steps.filter(({ task }) => task === 'O2C_DAILY_BUILD');
    expect(daily.map(({ action, failed }) => [action, failed])).toEqual([
      ['FULL_BUILD', ['dm_o2c_orders']],
      ['SELECTIVE_RETRY', []],
    ]);
  });
});
