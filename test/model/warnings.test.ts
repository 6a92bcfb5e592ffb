/** Doubts about a valid config: every code, one scenario each, and the config that removes it. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { auditTables, cron, dbt, every, executeDbtProject, procedureRunner } from '../../src/config/define';
import type { CustomLayout, DeploymentConfig, TaskConfig } from '../../src/config/types';
import { WARNING_RULES } from '../../src/model/warnings/find';
import { reportedWarnings } from '../../src/cli/output/warnings';
import { warningPage } from '../../src/model/warnings/page';
import { bakery, nativeBakery, resolved } from './bakery';

/** Warnings as `code at place`. */
function warningsOf(config: DeploymentConfig): string[] {
  return resolved(config).warnings.map(({ code, where }) => `${code} at ${where}`);
}

/** With the jobs that the tasks run, and no others. */
function withTasks(tasks: Record<string, TaskConfig>): DeploymentConfig {
  const used = Object.values(tasks).map(({ job }) => job);
  const jobs = Object.fromEntries(
    Object.entries(bakery().jobs ?? {}).filter(([name]) => used.includes(name)),
  );
  return bakery({ tasks, jobs });
}

function ofProd(own: CustomLayout | 'o2c' | 'elementary' | 'dbt_artifacts'): DeploymentConfig['state'] {
  return auditTables({ layout: own, where: { environment: 'prod' } });
}

const layout: CustomLayout = {
  runs: {
    table: 'BAKES',
    runId: 'BAKE_ID',
    startedAt: 'STARTED',
    endedAt: 'ENDED',
    status: 'STATUS',
    project: 'PROJECT',
    environment: 'ENV',
    command: 'COMMAND',
    selection: 'SELECTED',
  },
  nodes: { table: 'LOAVES', runId: 'BAKE_ID', name: 'LOAF', status: 'STATUS', resourceType: 'KIND' },
};

function withoutColumns(...columns: (keyof CustomLayout['runs'])[]): CustomLayout {
  const runs = Object.fromEntries(
    Object.entries(layout.runs).filter(([column]) => !columns.includes(column as keyof CustomLayout['runs'])),
  ) as CustomLayout['runs'];
  return { ...layout, runs };
}

it('finds nothing to doubt in a careful config', () => {
  expect(warningsOf(bakery())).toEqual([]);
  expect(warningsOf(nativeBakery())).toEqual([]);
  expect(warningsOf(bakery({ state: ofProd(layout) }))).toEqual([]);
});

describe('account', () => {
  it('UNDOCUMENTED_RUNNER: a system procedure that no page describes', () => {
    expect(warningsOf(bakery({ runner: procedureRunner('system$dbt_run') }))).toEqual([
      'UNDOCUMENTED_RUNNER at runner',
    ]);
  });

  it('PROJECT_IN_OTHER_SCHEMA: tasks beside another schema than the dbt project object', () => {
    const runner = executeDbtProject({ object: 'BAKERY.RECIPES.BAKERY_DBT' });
    expect(warningsOf(nativeBakery({ runner }))).toEqual(['PROJECT_IN_OTHER_SCHEMA at runner.object']);
  });

  it.each(['ACCOUNTADMIN', 'SECURITYADMIN', 'SYSADMIN', 'ORGADMIN', 'USERADMIN'])(
    'PRIVILEGED_ROLE: %s as owner and as grantee',
    (role) => {
      const config = bakery({
        connection: { role: role.toLowerCase() },
        grants: { [role]: ['read'], BAKER: ['read'] },
      });
      expect(warningsOf(config)).toEqual([
        'PRIVILEGED_ROLE at connection.role',
        `PRIVILEGED_ROLE at grants.${role}`,
      ]);
    },
  );
});

describe('schedules', () => {
  it('RETRY_DISPLACES_SCHEDULE: a daily build whose retry takes the next one', () => {
    const tasks = (maxAgeHours: number): Record<string, TaskConfig> => ({
      BAKE: { project: 'pastry', retry: { maxAgeHours }, schedule: cron('0 4 * * *') },
    });
    expect(warningsOf(withTasks(tasks(30)))).toEqual(['RETRY_DISPLACES_SCHEDULE at tasks.BAKE.mode']);
    expect(warningsOf(withTasks(tasks(20)))).toEqual(['RETRY_NEVER_DUE at tasks.BAKE.schedule']);
  });

  it('RETRY_DISPLACES_SCHEDULE: not for an hourly job, and not in another mode', () => {
    const hourly: TaskConfig = { project: 'pastry', retry: { maxAgeHours: 30 }, schedule: cron('0 * * * *') };
    expect(warningsOf(withTasks({ BAKE: hourly }))).toEqual([]);
    expect(
      warningsOf(withTasks({ BAKE: { ...hourly, mode: 'full-build', schedule: cron('0 4 * * *') } })),
    ).toEqual([]);
  });

  it('WINDOW_EQUALS_PERIOD: an age equal to the time between two starts', () => {
    const task = (maxAgeHours: number): Record<string, TaskConfig> => ({
      BAKE: { project: 'pastry', retry: { maxAgeHours }, schedule: every('2 hours') },
    });
    expect(warningsOf(withTasks(task(2)))).toEqual(['WINDOW_EQUALS_PERIOD at tasks.BAKE.schedule']);
    expect(warningsOf(withTasks(task(3)))).toEqual([]);
  });

  it('WINDOW_EQUALS_PERIOD: the shortest of uneven gaps counts', () => {
    const task: TaskConfig = { project: 'pastry', retry: { maxAgeHours: 3 }, schedule: cron('0 4,7 * * *') };
    expect(warningsOf(withTasks({ BAKE: task }))).toEqual(['WINDOW_EQUALS_PERIOD at tasks.BAKE.schedule']);
  });

  it('SCHEDULES_COLLIDE: two schedules of one project in the same minute', () => {
    const config = withTasks({
      BREAD: { job: 'bread', mode: 'full-build', schedule: cron('0 4 * * *') },
      ROLLS: { job: 'rolls', schedule: cron('*/30 * * * *') },
    });
    const [found] = resolved(config).warnings;
    expect(found).toMatchObject({ code: 'SCHEDULES_COLLIDE', where: 'tasks.ROLLS.schedule' });
    expect(found?.message).toBe(
      'it starts in the same minute as BREAD, on the same project: Monday 04:00 UTC',
    );
  });

  it('SCHEDULES_COLLIDE: schedules of two zones that meet only in summer', () => {
    const config = withTasks({
      BREAD: { job: 'bread', mode: 'full-build', schedule: cron('0 4 * * *') },
      ROLLS: { job: 'rolls', mode: 'full-build', schedule: cron('0 6 * * *', 'Europe/Berlin') },
    });
    expect(warningsOf(config)).toEqual(['SCHEDULES_COLLIDE at tasks.ROLLS.schedule']);
  });

  it('SCHEDULES_COLLIDE: on certain days only', () => {
    const meets = (expression: string) =>
      warningsOf(
        withTasks({
          BREAD: { job: 'bread', mode: 'full-build', schedule: cron('0 4 * * SUN') },
          ROLLS: { job: 'rolls', mode: 'full-build', schedule: cron(expression) },
        }),
      );
    expect(meets('0 4 * * MON-SAT')).toEqual([]);
    expect(meets('0 4 * * FRI-SAT,SUN')).toEqual(['SCHEDULES_COLLIDE at tasks.ROLLS.schedule']);
  });

  it('SCHEDULES_COLLIDE: not for two projects, and not for an interval, which counts from an unknown moment', () => {
    const config = withTasks({
      BREAD: { job: 'bread', mode: 'full-build', schedule: cron('0 4 * * *') },
      CAKE: { project: 'pastry', mode: 'full-build', schedule: cron('0 4 * * *') },
      MEND: { job: 'bread', mode: 'retry-only', schedule: every('60 minutes') },
    });
    expect(warningsOf(config)).toEqual([]);
  });

  it('SCHEDULES_COLLIDE: an interval of a minute meets everything', () => {
    const config = withTasks({
      BREAD: { job: 'bread', mode: 'full-build', schedule: cron('0 4 * * *') },
      MEND: { job: 'bread', mode: 'retry-only', schedule: every('1 minute') },
    });
    expect(warningsOf(config)).toContain('SCHEDULES_COLLIDE at tasks.MEND.schedule');
  });
});

describe('RETRY_NEVER_DUE', () => {
  const daily = (maxAgeHours: number, heal?: TaskConfig): string[] =>
    warningsOf(
      bakery({
        jobs: { bread: { project: 'bakery', retry: { maxAgeHours } } },
        tasks: {
          BAKE: { job: 'bread', schedule: cron('0 4 * * *') },
          ...(heal === undefined ? {} : { HEAL: { job: 'bread', mode: 'retry-only', ...heal } }),
        },
      }),
    );
  const never = ['RETRY_NEVER_DUE at tasks.BAKE.schedule'];

  it('a daily job in mode auto whose failures are always too old the next day', () => {
    expect(daily(20)).toEqual(never);
    expect(daily(30)).toEqual(['RETRY_DISPLACES_SCHEDULE at tasks.BAKE.mode']);
  });

  it('not where another task retries the job in time', () => {
    expect(daily(20, { schedule: cron('0 6 * * *') })).toEqual([]);
    expect(daily(20, { schedule: every('60 minutes') })).toEqual([]);
    expect(daily(1, { schedule: cron('0 6 * * *') })).toEqual(never);
  });

  it('a task that only retries, and comes too late after each build', () => {
    const tasks = (heal: string): Record<string, TaskConfig> => ({
      BAKE: { job: 'bread', mode: 'full-build', schedule: cron('0 4 * * *') },
      HEAL: { job: 'bread', mode: 'retry-only', schedule: cron(heal) },
    });
    expect(warningsOf(withTasks(tasks('0 3 * * *')))).toEqual(['RETRY_NEVER_DUE at tasks.HEAL.schedule']);
    expect(warningsOf(withTasks(tasks('0 23 * * *')))).toEqual([]);
  });

  it('not for a job that is never retried, or that nothing builds', () => {
    expect(warningsOf(withTasks({ BAKE: { job: 'bread', mode: 'full-build', schedule: cron('0 4 * * *') } }))).toEqual([]); // prettier-ignore
    expect(warningsOf(withTasks({ HEAL: { job: 'bread', mode: 'retry-only', schedule: cron('0 4 * * *') } }))).toEqual([]); // prettier-ignore
  });
});

describe('JOB_WITHOUT_TASK', () => {
  it('a job that no task runs', () => {
    const tasks: Record<string, TaskConfig> = { BAKE_ROLLS: { job: 'rolls', schedule: cron('30 * * * *') } };
    expect(warningsOf(bakery({ tasks }))).toEqual(['JOB_WITHOUT_TASK at jobs.bread']);
  });
});

describe('ENVIRONMENT_NOT_FILTERED', () => {
  it('a log that knows environments, read without one', () => {
    const place = ['ENVIRONMENT_NOT_FILTERED at state.where.environment'];
    expect(warningsOf(bakery({ state: auditTables({ layout: 'o2c' }) }))).toEqual(place);
    expect(warningsOf(bakery({ state: auditTables({ layout }) }))).toEqual(place);
    expect(warningsOf(bakery({ state: ofProd(layout) }))).toEqual([]);
  });
});

describe('a thousand roots at one time', () => {
  const roots = (count: number): DeploymentConfig =>
    withTasks(
      Object.fromEntries(
        Array.from({ length: count }, (_, index): [string, TaskConfig] => [
          `BAKE_${index}`,
          { job: 'bread', mode: 'full-build', schedule: cron('0 4 * * *') },
        ]),
      ),
    );

  it('are one warning each, which counts those it meets', () => {
    const { warnings } = resolved(roots(1000));
    expect(warnings).toHaveLength(999);
    expect(warnings[0]?.message).toBe('it starts in the same minute as BAKE_0, on the same project: Monday 04:00 UTC'); // prettier-ignore
    expect(warnings[998]?.message).toBe('it starts in the same minute as BAKE_0 and 998 more, on the same project: Monday 04:00 UTC'); // prettier-ignore
  });

  it('are told as one with a count', () => {
    const [told, ...more] = reportedWarnings([resolved(roots(1000))]);
    expect(more).toEqual([]);
    expect(told).toMatchObject({ code: 'SCHEDULES_COLLIDE', where: 'tasks.BAKE_1.schedule', count: 999 });
    expect(told?.others[0]).toBe('deployments.bakery.tasks.BAKE_2.schedule');
  });

  it('and ten thousand are checked in seconds', () => {
    // Of the processor: a busy machine gives it a part of each second.
    const before = process.cpuUsage();
    expect(resolved(roots(10_000)).warnings).toHaveLength(9999);
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(60);
  });
});

describe('retries and timeouts', () => {
  it('RETRY_DROPS_TESTS: a build that is retried by run', () => {
    const jobs: DeploymentConfig['jobs'] = { bread: { project: 'bakery', retry: { retryCommand: 'run' } } };
    const tasks: Record<string, TaskConfig> = {
      BREAD: { job: 'bread', mode: 'full-build', schedule: cron('0 4 * * *') },
    };
    expect(warningsOf(bakery({ jobs, tasks }))).toEqual([
      'RETRY_DROPS_TESTS at jobs.bread.retry.retryCommand',
    ]);
  });

  it('RETRIES_MULTIPLY: Snowflake repeats what the procedure retries', () => {
    const config = withTasks({
      BREAD: { job: 'bread', schedule: cron('0 4,14 * * *'), taskAutoRetryAttempts: 2 },
      CAKE: {
        run: dbt('bakery', { command: 'test' }),
        schedule: cron('0 5 * * *'),
        taskAutoRetryAttempts: 2,
      },
    });
    expect(warningsOf(config)).toEqual(['RETRIES_MULTIPLY at tasks.BREAD.taskAutoRetryAttempts']);
  });

  it('TIMEOUT_LEFT_AT_ONE_HOUR: one warning that names the tasks', () => {
    const config = bakery({ defaults: { warehouse: 'FLOUR_WH' } });
    expect(warningsOf(config)).toEqual(['TIMEOUT_LEFT_AT_ONE_HOUR at defaults.timeout']);
    expect(resolved(config).warnings[0]?.message).toContain('BAKE_BREAD, BAKE_ROLLS');
  });
});

describe('logs that lack a column', () => {
  const withLayout = (own: CustomLayout, changes: Partial<DeploymentConfig> = {}) =>
    warningsOf(
      bakery({
        state: own.runs.environment === undefined ? auditTables({ layout: own }) : ofProd(own),
        ...changes,
      }),
    );

  it('LOG_WITHOUT_SELECTION: jobs of one project cannot be kept apart', () => {
    const config = bakery({ state: ofProd(withoutColumns('selection')) });
    expect(warningsOf(config)).toEqual(['LOG_WITHOUT_SELECTION at state.layout.runs.selection']);
    expect(resolved(config).warnings[0]?.message).toContain('the jobs of bakery cannot be kept apart');
  });

  it('LOG_WITHOUT_COMMAND: only where another run of the project would be taken for a full run', () => {
    const own = withoutColumns('command');
    expect(withLayout(own)).toEqual([]);
    const tasks: Record<string, TaskConfig> = {
      BREAD: { job: 'bread', mode: 'full-build', schedule: cron('0 4 * * *') },
      TASTE: { run: dbt('bakery', { command: 'test' }), after: ['BREAD'] },
    };
    const jobs: DeploymentConfig['jobs'] = { bread: { project: 'bakery' } };
    expect(withLayout(own, { jobs, tasks })).toEqual(['LOG_WITHOUT_COMMAND at jobs.bread']);
  });

  it('LOG_WITHOUT_COMMAND: always of a package, which logs every command', () => {
    const where = { environment: 'prod' };
    const state = auditTables({ layout: 'o2c', where, absentColumns: ['RUN_COMMAND'] });
    expect(warningsOf(bakery({ state }))).toEqual(['LOG_WITHOUT_COMMAND at state.absentColumns']);
  });

  it("LOG_WITHOUT_ENVIRONMENT: a developer's runs count", () => {
    expect(withLayout(withoutColumns('environment'))).toEqual([
      'LOG_WITHOUT_ENVIRONMENT at state.layout.runs.environment',
    ]);
  });

  it('LOG_WITHOUT_STATUS: failures are derived and cannot be recorded', () => {
    expect(withLayout(withoutColumns('status'))).toEqual(['LOG_WITHOUT_STATUS at state.layout.runs.status']);
    expect(warningsOf(bakery({ state: ofProd('elementary') }))).toEqual([
      'LOG_WITHOUT_STATUS at state.layout.runs.status',
    ]);
  });

  it('LOG_WITHOUT_END: ages count from the start', () => {
    expect(withLayout(withoutColumns('endedAt'))).toEqual(['LOG_WITHOUT_END at state.layout.runs.endedAt']);
    expect(warningsOf(bakery({ state: ofProd('dbt_artifacts') }))).toEqual([
      'LOG_WITHOUT_STATUS at state.layout.runs.status',
      'LOG_WITHOUT_END at state.layout.runs.endedAt',
    ]);
  });

  it('LOG_WITHOUT_RESOURCE_TYPE: only where the config says what a failed test does', () => {
    const nodes = { ...layout.nodes };
    delete nodes.resourceType;
    const own = { ...layout, nodes };
    expect(withLayout(own)).toEqual([]);
    const jobs: DeploymentConfig['jobs'] = {
      bread: { project: 'bakery', retry: { onTestFailure: 'retest' } },
    };
    const tasks: Record<string, TaskConfig> = {
      BREAD: { job: 'bread', mode: 'full-build', schedule: cron('0 4 * * *') },
    };
    expect(withLayout(own, { jobs, tasks })).toEqual([
      'LOG_WITHOUT_RESOURCE_TYPE at jobs.bread.retry.onTestFailure',
    ]);
  });
});

describe('looking', () => {
  const bread: TaskConfig = { job: 'bread', mode: 'full-build', schedule: cron('0 4 * * *') };
  const heal: TaskConfig = { job: 'bread', mode: 'retry-only' };
  const withHeal = (place: Partial<TaskConfig>) => withTasks({ BREAD: bread, HEAL: { ...heal, ...place } });

  it('POLLING_COSTS: more than 24 looks a day, with their arithmetic', () => {
    expect(warningsOf(withHeal({ schedule: cron('10 * * * *') }))).toEqual([]);
    const often = withHeal({ schedule: cron('10,50 * * * *') });
    expect(warningsOf(often)).toEqual(['POLLING_COSTS at tasks.HEAL.schedule']);
    expect(resolved(often).warnings[0]?.message).toBe(
      'it wakes FLOUR_WH each time for a minute at least, unless something else keeps it awake; 48 looks a day: at least 48 warehouse minutes a day, 24 credits a month on the smallest size',
    );
  });

  it('POLLING_COSTS: not for a finalizer, nor without a warehouse', () => {
    expect(warningsOf(withHeal({ finalize: 'BREAD' }))).toEqual([]);
    const serverless = withHeal({ schedule: cron('10,50 * * * *') });
    expect(warningsOf({ ...serverless, defaults: { timeout: '2 hours' } })).toEqual([]);
  });

  it('FINALIZER_BUILDS: after every build another', () => {
    expect(warningsOf(withHeal({ finalize: 'BREAD', mode: 'auto' }))).toEqual([
      'FINALIZER_BUILDS at tasks.HEAL.mode',
    ]);
  });

  it('FINALIZER_TOO_SOON: it is told to wait each time', () => {
    const delayed = (delayMinutes: number | number[]) => ({
      ...withHeal({ finalize: 'BREAD' }),
      jobs: { bread: { project: 'bakery', retry: { maxAgeHours: 20, delayMinutes } } },
    });
    expect(warningsOf(delayed([0, 15]))).toEqual([]);
    expect(warningsOf(delayed(15))).toEqual(['FINALIZER_TOO_SOON at tasks.HEAL.finalize']);
  });

  it('WINDOW_EQUALS_PERIOD: not for a finalizer, which comes at once', () => {
    const jobs = { bread: { project: 'bakery', retry: { maxAgeHours: 24 } } };
    expect(warningsOf({ ...withHeal({ finalize: 'BREAD' }), jobs })).toEqual([]);
  });
});

describe('what the history reaches', () => {
  const seldom = (schedule: string) => ({ BREAD: { job: 'bread', schedule: cron(schedule) } });
  const codes = (config: DeploymentConfig): string[] =>
    warningsOf(config).filter((each) => /^(HISTORY|PROJECT)/.test(each));

  it('HISTORY_SHORTER_THAN_PERIOD: a weekly job over the seven days of Snowflake', () => {
    const weekly = seldom('0 4 * * 1');
    expect(codes({ ...nativeBakery(), tasks: weekly })).toEqual([
      'HISTORY_SHORTER_THAN_PERIOD at tasks.BREAD.schedule',
    ]);
    expect(codes(withTasks(weekly))).toEqual([]);
  });

  it('HISTORY_SHORTER_THAN_PERIOD: a look-back below the schedule', () => {
    const monthly = withTasks(seldom('0 4 1 * *'));
    expect(codes(monthly)).toEqual([]);
    expect(codes({ ...monthly, lookBackDays: 20 })).toEqual([
      'HISTORY_SHORTER_THAN_PERIOD at tasks.BREAD.schedule',
    ]);
  });

  it('PROJECT_NOT_LOGGED: every run counts as one of the project', () => {
    expect(codes(bakery({ state: ofProd(withoutColumns('project')) }))).toEqual([
      'PROJECT_NOT_LOGGED at state.layout.runs.project',
    ]);
  });
});

it('explains every code on the page of warnings', () => {
  const page = fs.readFileSync(path.join(__dirname, '..', '..', 'docs', 'warnings.md'), 'utf8');
  const headings = [...page.matchAll(/^## (\w+)$/gm)].map(([, code]) => code);
  expect(headings.sort()).toEqual(Object.keys(WARNING_RULES).sort());
  expect(warningPage('RETRIES_MULTIPLY')).toBe('docs/warnings.md#retries_multiply');
});
