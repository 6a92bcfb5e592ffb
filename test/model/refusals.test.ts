/** What the generator refuses: each by name, one scenario each. */
import { auditTables, cron, dbt, every, executeDbtProject, procedureRunner } from '../../src/config/define';
import type { CustomLayout, DeploymentConfig, JobConfig, TaskConfig } from '../../src/config/types';
import { resolveDeployments } from '../../src/model/resolve';
import { bakery, hintsOf, nativeBakery, problemsOf, problemsOfAll } from './bakery';

const root: TaskConfig = { job: 'bread', schedule: cron('0 4 * * *') };

function withJobs(jobs: Record<string, unknown>): unknown {
  return bakery({ jobs: jobs as Record<string, JobConfig>, tasks: {} });
}

function withTasks(tasks: Record<string, unknown>): unknown {
  return bakery({ tasks: tasks as Record<string, TaskConfig> });
}

function withDbt(dbtCommand: unknown): unknown {
  return withJobs({ bread: { project: 'bakery', dbt: dbtCommand } });
}

function withRetry(retry: unknown): unknown {
  return withJobs({ bread: { project: 'bakery', retry } });
}

const customLayout: CustomLayout = {
  runs: { table: 'BAKES', runId: 'BAKE_ID', startedAt: 'STARTED', project: 'PROJECT', selection: 'SELECTED' },
  nodes: { table: 'LOAVES', runId: 'BAKE_ID', name: 'LOAF', status: 'STATUS' },
};

describe('retries worth making', () => {
  const at = 'jobs.bread.retry';
  it.each([
    ['a delay below 0', { delayMinutes: -1 }, [`${at}.delayMinutes: -1 is not a number above 0`]],
    [
      'a delay of weeks',
      { delayMinutes: [0, 99999] },
      [`${at}.delayMinutes: 99999 is outside 0 to 10080 minutes`],
    ],
    ['no delays', { delayMinutes: [] }, [`${at}.delayMinutes: it has no minutes`]],
    ['no budget', { maxRetryMinutes: 0 }, [`${at}.maxRetryMinutes: 0 is not a number above 0`]],
    [
      'a number of an error that is none',
      { permanentErrors: ['1003'] },
      [`${at}.permanentErrors[0]: "1003" is no number of an error`],
    ],
    [
      'an unknown set',
      { permanentErrors: ['syntx'] },
      [`${at}.permanentErrors[0]: "syntx" is no number of an error`],
    ],
    [
      'errors that a retry mends, by name and by number',
      { permanentErrors: ['lock', '000630'] },
      [
        `${at}.permanentErrors[0]: "lock" is an error that a retry mends (lock)`,
        `${at}.permanentErrors[1]: "000630" is an error that a retry mends (timeout)`,
      ],
    ],
  ])('refuses %s', (_, retry, problems) => {
    expect(problemsOf(withRetry(retry))).toEqual(problems);
  });

  it('refuses permanentErrors where the log has no messages', () => {
    const jobs = { bread: { project: 'bakery', retry: { permanentErrors: ['syntax'] } } };
    const without = [`${at}.permanentErrors: the log has no messages`];
    expect(problemsOf(nativeBakery({ jobs, tasks: {} }))).toEqual(without);
    const state = auditTables({ layout: customLayout });
    expect(problemsOf(bakery({ jobs, tasks: {}, state }))).toEqual(without);
  });

  it('refuses a budget where the log does not tell how long a run took', () => {
    const jobs = { bread: { project: 'bakery', retry: { maxRetryMinutes: 30 } } };
    const state = auditTables({ layout: customLayout });
    expect(problemsOf(bakery({ jobs, tasks: {}, state }))).toEqual([
      `${at}.maxRetryMinutes: the log does not tell how long a run took`,
    ]);
  });

  it('refuses an alert of permanent errors where no job has any', () => {
    const alerts = { integration: 'BELL', on: ['permanent-error' as const] };
    expect(problemsOf(bakery({ alerts }))).toEqual(['alerts.on: no job has permanentErrors']);
  });
});

describe('jobs that could not be told apart', () => {
  it('refuses two jobs with the same selection and command', () => {
    const config = withJobs({
      bread: { project: 'bakery', dbt: { select: ['tag:a', 'tag:b'] } },
      loaves: { project: 'bakery', dbt: { select: ['tag:b tag:a'] } },
    });
    expect(problemsOf(config)).toEqual([
      'jobs.loaves: the jobs bread and loaves of bakery have the same selection and command',
    ]);
  });

  it('allows the same selection with another command, or in another project', () => {
    const config = withJobs({
      bread: { project: 'bakery' },
      tasting: { project: 'bakery', dbt: { command: 'test' } },
      cakes: { project: 'pastry' },
    });
    expect(problemsOf(config)).toEqual([]);
  });

  it('refuses the same selection with another command where the log has no command', () => {
    const config = bakery({
      state: auditTables({ layout: customLayout }),
      jobs: { bread: { project: 'bakery' }, tasting: { project: 'bakery', dbt: { command: 'test' } } },
      tasks: {},
    });
    expect(problemsOf(config)).toEqual([
      'jobs.tasting: the jobs bread and tasting of bakery have the same selection, and the log has no command column',
    ]);
  });

  it('refuses a job with name+ terms and says how to write it', () => {
    const config = withDbt({ select: ['stg_orders+', 'dm_o2c+'] });
    expect(problemsOf(config)).toEqual([
      'jobs.bread.dbt.select: "stg_orders+ dm_o2c+" looks like a retry of this tool',
    ]);
    expect(hintsOf(config)).toEqual(['write fqn:stg_orders+ fqn:dm_o2c+: it selects the same']);
    expect(problemsOf(withDbt({ select: ['fqn:stg_orders+'] }))).toEqual([]);
    // One such term is enough: the job's retries of that model could not be told from the job.
    expect(hintsOf(withDbt({ select: ['stg_orders+', 'tag:rolls'] }))).toEqual([
      'write fqn:stg_orders+ tag:rolls: it selects the same',
    ]);
  });

  it('refuses a selection that the log writes for none', () => {
    expect(problemsOf(withDbt({ select: ['all'] }))).toEqual([
      'jobs.bread.dbt.select: ["all"] cannot be told from no selection',
    ]);
  });

  it('refuses two projects on one dbt project object', () => {
    const config = nativeBakery({
      jobs: { bread: { project: 'bakery' }, cakes: { project: 'pastry' } },
      tasks: { TASTE: { run: dbt('tasting', { command: 'test' }), schedule: cron('0 9 * * *') } },
    });
    expect(problemsOf(config)).toEqual([
      'jobs.cakes.project: "pastry" beside "bakery"',
      'tasks.TASTE.run.project: "tasting" beside "bakery"',
    ]);
  });

  it('refuses two projects in a log without a project column', () => {
    const runs = { ...customLayout.runs };
    delete runs.project;
    const config = bakery({
      state: auditTables({ layout: { ...customLayout, runs } }),
      jobs: { bread: { project: 'bakery' }, cakes: { project: 'pastry' } },
      tasks: {},
    });
    expect(problemsOf(config)).toEqual(['jobs.cakes.project: "pastry" beside "bakery"']);
  });
});

describe('columns that are not there', () => {
  it.each([
    [['PROJECT_NAM'], 'state.absentColumns[0]: "PROJECT_NAM" is no column of elementary'],
    [['MESSAGE', ''], 'state.absentColumns[1]: "" is no column of elementary'],
    [['DBT_INVOCATIONS'], 'state.absentColumns[0]: "DBT_INVOCATIONS" is no column of elementary'],
    [['invocation_id'], 'state.absentColumns[0]: "invocation_id" is needed: no run can be told without it'],
    [['STATUS'], 'state.absentColumns[0]: "STATUS" is needed: no failure can be named without it'],
  ])('refuses %j of a preset', (absentColumns, problem) => {
    expect(problemsOf(bakery({ state: auditTables({ layout: 'elementary', absentColumns }) }))).toContain(
      problem,
    );
  });

  it('refuses them of a layout of one’s own', () => {
    const layout: CustomLayout = {
      runs: { table: 'RUNS', runId: 'id', startedAt: 'started' },
      nodes: { table: 'NODES', runId: 'id', name: 'node', status: 'status' },
    };
    expect(problemsOf(bakery({ state: auditTables({ layout, absentColumns: ['ENDED'] }) }))).toContain(
      'state.absentColumns: it is about preset layouts, and this one is your own',
    );
  });
});

describe('one log without a project column', () => {
  const reader = (schema: string, project: string) => {
    const own = bakery({ jobs: { bread: { project } }, tasks: {} });
    const layout: CustomLayout = {
      runs: { table: 'BAKERY.LOGS.RUNS', runId: 'id', startedAt: 'started', selection: 'selected' },
      nodes: { table: 'BAKERY.LOGS.NODES', runId: 'id', name: 'node', status: 'status' },
    };
    return { ...own, schema, state: auditTables({ layout }) };
  };

  it('is refused where two deployments read it for two projects', () => {
    const deployments = { bread: reader('BREAD', 'bakery'), cakes: reader('CAKES', 'pastry') };
    expect(() => resolveDeployments({ deployments })).toThrow(
      'cakes reads runs of pastry and bread runs of bakery from one log without a project column',
    );
  });

  it('is taken where they read it for one', () => {
    const deployments = { bread: reader('BREAD', 'bakery'), cakes: reader('CAKES', 'bakery') };
    expect(resolveDeployments({ deployments })).toHaveLength(2);
  });
});

describe('selections and flags', () => {
  it.each([
    [{ select: ["name:'a'"] }, 'jobs.bread.dbt.select[0]: "name:\'a\'" holds a quote'],
    [{ select: ['ok', '"a"'] }, 'jobs.bread.dbt.select[1]: "\\"a\\"" holds a quote'],
    [
      { select: ['--full-refresh'] },
      'jobs.bread.dbt.select[0]: "--full-refresh" is a flag, not a selection term',
    ],
    [{ select: ['bröd'] }, 'jobs.bread.dbt.select[0]: "bröd" holds a character that a command line cannot'],
    [{ select: ['a;b'] }, 'jobs.bread.dbt.select[0]: "a;b" holds a character that a command line cannot'],
    [{ select: [' '] }, 'jobs.bread.dbt.select[0]: a selection term is empty'],
    [{ exclude: ["'x'"] }, 'jobs.bread.dbt.exclude[0]: "\'x\'" holds a quote'],
    [
      { flags: ['--selector', 'nightly'] },
      'jobs.bread.dbt.flags[0]: "--selector": --selector cannot be restarted',
    ],
    [
      { flags: ['--selector=nightly'] },
      'jobs.bread.dbt.flags[0]: "--selector=nightly": --selector cannot be restarted',
    ],
    [
      { flags: ['--state=target_of_prod'] },
      'jobs.bread.dbt.flags[0]: "--state=target_of_prod": a retry has a --state of its own',
    ],
    [{ flags: ['--fail-fast', '--defer'] }, 'jobs.bread.dbt.flags[1]: "--defer" without --defer-state'],
    [{ flags: ['--select', 'a'] }, 'jobs.bread.dbt.flags[0]: "--select" has an option of its own'],
    [{ flags: ['-s'] }, 'jobs.bread.dbt.flags[0]: "-s" has an option of its own'],
    [{ flags: ['--models=a'] }, 'jobs.bread.dbt.flags[0]: "--models=a" has an option of its own'],
    [{ flags: ['--full-refresh'] }, 'jobs.bread.dbt.flags[0]: "--full-refresh" has an option of its own'],
    [{ flags: ['--log-level debug'] }, 'jobs.bread.dbt.flags[0]: "--log-level debug" is not one plain word'],
    [{ target: 'prod east' }, 'jobs.bread.dbt.target: "prod east" is not one plain word'],
    [{ threads: 0 }, 'jobs.bread.dbt.threads: 0 is not a number of threads'],
    [{ threads: 1e21 }, 'jobs.bread.dbt.threads: 1e+21 is outside 1 to 1000 threads'],
  ])('refuses %j', (command, problem) => {
    expect(problemsOf(withDbt(command))).toEqual([problem]);
  });

  it('names the option that a flag has', () => {
    expect(hintsOf(withDbt({ flags: ['-s'] }))).toEqual(['write it as dbt.select']);
  });
});

describe('retry policies', () => {
  it.each([
    [{ maxAttempts: 0 }, 'maxAttempts: 0 is not a whole number above 0'],
    [{ maxAttempts: 1.5 }, 'maxAttempts: 1.5 is not a whole number above 0'],
    [{ maxAgeHours: 0 }, 'maxAgeHours: 0 is not a number above 0'],
    [{ maxAgeHours: -1 }, 'maxAgeHours: -1 is not a number above 0'],
    [{ staleRunHours: 0 }, 'staleRunHours: 0 is not a number above 0'],
    [{ waitMinutes: 0 }, 'waitMinutes: 0 is not a number above 0'],
    [{ maxSelectorLength: -5 }, 'maxSelectorLength: -5 is not a whole number above 0'],
    [{ staleRunHours: 1e-9 }, 'staleRunHours: 1e-9 is outside 1 minute to 8760 hours'],
    [{ maxAgeHours: 1e21 }, 'maxAgeHours: 1e+21 is outside 1 minute to 8760 hours'],
    [{ waitMinutes: 0.001 }, 'waitMinutes: 0.001 is outside 1 second to 10080 minutes'],
    [{ maxAttempts: 1e6 }, 'maxAttempts: 1000000 is outside 1 to 1000 retries'],
    [{ maxSelectorLength: 1e9 }, 'maxSelectorLength: 1000000000 is outside 1 to 1000000 characters'],
    [{ retryCommand: 'test' }, 'retryCommand: "test" is not one of run, build'],
  ])('refuses %j', (retry, problem) => {
    expect(problemsOf(withRetry(retry))).toEqual([`jobs.bread.retry.${problem}`]);
  });

  it('refuses an age beyond what the execution history holds', () => {
    const config = nativeBakery({
      jobs: { bread: { project: 'bakery', retry: { maxAgeHours: 200 } } },
      tasks: {},
    });
    expect(problemsOf(config)).toEqual([
      'jobs.bread.retry.maxAgeHours: 200 hours are more than the history holds',
    ]);
  });

  it.each([
    ['elementary', []],
    ['o2c', ['RUN_STATUS']],
  ] as const)('refuses to record failures in %s without %j: it has no status', (layout, absentColumns) => {
    const retry = { recordFailure: true };
    const state = auditTables({ layout, absentColumns: [...absentColumns] });
    const config = bakery({ state, jobs: { bread: { project: 'bakery', retry } }, tasks: {} });
    expect(problemsOf(config)).toEqual([
      'jobs.bread.retry.recordFailure: the log has no run status that could be set',
    ]);
  });

  it('refuses to record failures in the execution history', () => {
    const config = nativeBakery({
      jobs: { bread: { project: 'bakery', retry: { recordFailure: true } } },
      tasks: {},
    });
    expect(problemsOf(config)).toEqual([
      'jobs.bread.retry.recordFailure: the execution history cannot be written to',
    ]);
  });
});

describe('tasks', () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ['an unknown job', { T: { ...root, job: 'bred' } }, ['tasks.T.job: there is no job "bred"']],
    ['job and project', { T: { ...root, project: 'bakery' } }, ['tasks.T: it has job and project']],
    ['job and run', { T: { ...root, run: dbt('bakery') } }, ['tasks.T: it has job and run']],
    [
      'project and run',
      { T: { project: 'p', run: dbt('p'), schedule: root.schedule } },
      ['tasks.T: it has project and run'],
    ],
    ['nothing to do', { T: { schedule: root.schedule } }, ['tasks.T.job: it does nothing']],
    ['dbt beside job', { T: { ...root, dbt: {} } }, ['tasks.T.dbt: dbt without project']],
    [
      'a policy beside a plain run',
      { T: { run: dbt('bakery'), retry: {}, schedule: root.schedule } },
      ['tasks.T.retry: retry without project'],
    ],
    [
      'a mode beside a plain run',
      { T: { run: dbt('bakery'), mode: 'plan', schedule: root.schedule } },
      ['tasks.T.mode: a plain run has no mode'],
    ],
    [
      'neither schedule nor after',
      { T: { job: 'bread' } },
      ['tasks.T.schedule: it has neither schedule nor after'],
    ],
    [
      'both schedule and after',
      { R: root, T: { ...root, after: ['R'] } },
      ['tasks.T.schedule: it has both schedule and after'],
    ],
    [
      'an unknown predecessor',
      { R: root, T: { job: 'bread', after: ['X9'] } },
      ['tasks.T.after[0]: there is no task "X9"'],
    ],
    [
      'an unknown task to finalize',
      { R: root, T: { job: 'bread', finalize: 'X9' } },
      ['tasks.T.finalize: there is no task "X9"'],
    ],
    [
      'a task that finalizes itself',
      { R: root, T: { job: 'bread', finalize: 't' } },
      ['tasks.T.finalize: T finalizes itself'],
    ],
    [
      'a finalizer of what is no root',
      { R: root, C: { job: 'bread', after: ['R'] }, T: { job: 'bread', finalize: 'C' } },
      ['tasks.T.finalize: C is not the root of a graph'],
    ],
    [
      'a finalizer of a finalizer',
      { R: root, C: { job: 'bread', finalize: 'R' }, T: { job: 'bread', finalize: 'C' } },
      ['tasks.T.finalize: C is not the root of a graph'],
    ],
    [
      'two finalizers of one root',
      { R: root, S: { job: 'bread', finalize: 'R' }, T: { job: 'bread', finalize: 'r' } },
      ['tasks.T.finalize: R has two finalizers'],
    ],
    [
      'a task after a finalizer',
      { R: root, T: { job: 'bread', finalize: 'R' }, C: { job: 'bread', after: ['T'] } },
      ['tasks.C.after: no task can follow T, which finalizes its graph'],
    ],
    [
      'what a finalizer cannot have',
      {
        R: root,
        T: {
          ...root,
          finalize: 'R',
          after: ['R'],
          onlyIfBuilt: true,
          suspendAfterFailures: 3,
          errorIntegration: 'Q',
        },
      },
      [
        'tasks.T.schedule: it has both schedule and finalize',
        'tasks.T.after: it has both after and finalize',
        'tasks.T.onlyIfBuilt: a finalizer runs whatever came of its graph',
        'tasks.T.suspendAfterFailures: a task with finalize has no suspendAfterFailures',
        'tasks.T.errorIntegration: a task with finalize has no errorIntegration',
      ],
    ],
    [
      'itself as predecessor',
      { R: root, T: { job: 'bread', after: ['t'] } },
      ['tasks.T.after[0]: T follows itself'],
    ],
    [
      'a predecessor twice',
      { R: root, T: { job: 'bread', after: ['R', 'r'] } },
      ['tasks.T.after[1]: R is named twice'],
    ],
    [
      'a cycle',
      {
        R: root,
        A: { job: 'bread', after: ['C'] },
        B: { job: 'bread', after: ['A'] },
        C: { job: 'bread', after: ['B'] },
      },
      ['tasks.A.after: the tasks form a cycle: A -> B -> C -> A'],
    ],
    [
      'two roots',
      { R: root, S: { ...root, schedule: cron('0 9 * * *') }, T: { job: 'bread', after: ['R', 'S'] } },
      ['tasks.T.after: it belongs to the graphs of R and S'],
    ],
    [
      'two tasks of one name',
      { T: root, t: { ...root, schedule: cron('0 9 * * *') } },
      ['tasks.t: two tasks are called T'],
    ],
    [
      'a name with a dot',
      { 'A.B': root },
      ['tasks["A.B"]: "A.B" is not a valid name of a task: one name is wanted, without dots'],
    ],
    [
      'a reserved word',
      { ORDER: root },
      ['tasks.ORDER: "ORDER" is not a valid name of a task: ORDER is a reserved word and has to be quoted'],
    ],
    [
      'a graph property on a child',
      {
        R: root,
        T: {
          job: 'bread',
          after: ['R'],
          suspendAfterFailures: 3,
          taskAutoRetryAttempts: 1,
          errorIntegration: 'x',
        },
      },
      [
        'tasks.T.suspendAfterFailures: a task with after has no suspendAfterFailures',
        'tasks.T.taskAutoRetryAttempts: a task with after has no taskAutoRetryAttempts',
        'tasks.T.errorIntegration: a task with after has no errorIntegration',
      ],
    ],
    [
      'onlyIfBuilt without a predecessor that says so',
      {
        R: { run: dbt('bakery'), schedule: root.schedule },
        T: { job: 'bread', after: ['R'], onlyIfBuilt: true },
      },
      ['tasks.T.onlyIfBuilt: no predecessor of this task runs a job'],
    ],
    [
      'too many auto retries',
      { T: { ...root, taskAutoRetryAttempts: 31 } },
      ["tasks.T.taskAutoRetryAttempts: 31 is outside Snowflake's limits"],
    ],
    [
      'a negative number of failures',
      { T: { ...root, suspendAfterFailures: -1 } },
      ['tasks.T.suspendAfterFailures: -1 is not a number of failures'],
    ],
    ['a timeout in no unit', { T: { ...root, timeout: '4' } }, ['tasks.T.timeout: "4" is not a duration']],
    [
      'a timeout beyond seven days',
      { T: { ...root, timeout: '8 days' } },
      ['tasks.T.timeout: "8 days" is outside Snowflake\'s limits'],
    ],
    [
      'a timeout of nothing',
      { T: { ...root, timeout: '0 hours' } },
      ['tasks.T.timeout: "0 hours" is outside Snowflake\'s limits'],
    ],
    [
      'an invalid warehouse',
      { T: { ...root, warehouse: 'a b' } },
      [
        'tasks.T.warehouse: "a b" is not a valid name of a warehouse: an unquoted name has only letters, digits, _ and $, and starts with a letter or _',
      ],
    ],
  ])('refuses %s', (_, tasks, problems) => {
    expect(problemsOf(withTasks(tasks))).toEqual(problems);
  });

  it('names the nearest job and the nearest predecessor', () => {
    expect(
      hintsOf(withTasks({ BAKE: { ...root, job: 'bred' }, T: { job: 'rolls', after: ['BAKEE'] } })),
    ).toEqual(['did you mean bread?', 'did you mean BAKE?']);
  });

  it('refuses EXECUTE DBT PROJECT without a warehouse', () => {
    const config = nativeBakery({ tasks: { T: root } });
    delete config.defaults;
    expect(problemsOf(config)).toEqual(['tasks.T.warehouse: EXECUTE DBT PROJECT needs a warehouse']);
  });

  it('says once what is wrong in the defaults that all tasks take', () => {
    const defaults = { warehouse: 'a b', errorIntegration: 'c d', timeout: 'soon', suspendAfterFailures: -1 };
    const tasks = { R: root, S: { ...root, schedule: cron('0 9 * * *') } };
    expect(problemsOf(bakery({ defaults, tasks })).map((text) => text.replace(/:.*/, ''))).toEqual([
      'defaults.warehouse',
      'defaults.errorIntegration',
      'defaults.timeout',
      'defaults.suspendAfterFailures',
    ]);
  });

  it('refuses a comment with a character that has no escape sequence', () => {
    expect(problemsOf(withTasks({ T: { ...root, comment: 'croissants \u{1F950}' } }))).toEqual([
      'tasks.T.comment: "croissants \u{1F950}" holds a character that has no escape sequence, U+1F950',
    ]);
    expect(problemsOf(withTasks({ T: { ...root, comment: 'Brötchen für alle' } }))).toEqual([]);
  });

  it.each(['"x$$; DROP TABLE T; --"', '"Brötchen"', '"rye & wheat"', '"{{ env }}"', 'A$$B'])(
    'refuses the name %s, which cannot be written in generated SQL, wherever it stands',
    (name) => {
      const config = bakery({
        connection: { role: name },
        database: name,
        state: auditTables({ layout: 'o2c', schema: name, where: { environment: 'prod' } }),
        runner: procedureRunner(name),
        tasks: { [name]: { ...root, warehouse: name } },
        grants: { [name]: ['read'] },
        notification: { integration: name },
        names: { procedure: name, view: name },
      });
      const places = problemsOf(config)
        .filter((text) => text.includes('it cannot be written in generated SQL'))
        .map((text) => text.replace(/: .*/, '').replace(/\[".*"\]|\.A\$\$B/, '[]'));
      expect(places.sort()).toEqual([
        'connection.role',
        'database',
        'grants[]',
        'names.procedure',
        'names.view',
        'notification.integration',
        'runner.procedure',
        'state.schema',
        'tasks[]',
        'tasks[].warehouse',
      ]);
      expect(new Set(hintsOf(config))).toEqual(
        new Set(['use a name of printable ASCII characters without &, $$, <%, {{, {% and {#']),
      );
    },
  );

  it('refuses more than a hundred predecessors', () => {
    const loaves = Object.fromEntries(
      Array.from({ length: 101 }, (_, index) => [`L${index}`, { job: 'bread', after: ['R'] }]),
    );
    const tasks = { R: root, ...loaves, SELL: { job: 'bread', after: Object.keys(loaves) } };
    expect(problemsOf(withTasks(tasks))).toEqual([
      'tasks.R: 101 tasks follow it',
      'tasks.SELL.after: 101 predecessors',
    ]);
  });
});

describe('schedules', () => {
  it.each([
    [cron('0 0 30 2 *'), 'expression: "0 0 30 2 *" never fires'],
    [cron('0 6 * *'), 'expression: "0 6 * *" has 4 fields instead of five'],
    [cron('0 0 6 * * *'), 'expression: "0 0 6 * * *" has 6 fields instead of five'],
    [cron('0\u00a06 * * *'), 'expression: "0\u00a06 * * *" holds a character that no cron has'],
    [cron('@daily'), 'expression: "@daily" has 1 field instead of five'],
    [cron('61 * * * *'), 'expression: "61 * * * *" is not a cron expression'],
    [cron('0 0 15W * *'), 'expression: "0 0 15W * *" has a day of month that Snowflake does not know: 15W'],
    [
      cron('0 0 * * MON#2'),
      'expression: "0 0 * * MON#2" has a day of week that Snowflake does not know: MON#2',
    ],
    [cron('0 0 * * 7'), 'expression: "0 0 * * 7" has a day of week that Snowflake does not know: 7'],
    [
      cron('0 0 * JANUARY *'),
      'expression: "0 0 * JANUARY *" has a month that Snowflake does not know: JANUARY',
    ],
    [cron('0 6 * * *', 'Mars/Olympus'), 'timeZone: "Mars/Olympus" is not a time zone'],
    [cron('0 6 * * *', '+02:00'), 'timeZone: "+02:00" is not a time zone'],
    [every('5 seconds'), 'every: "5 seconds" is outside Snowflake\'s limits'],
    [every('193 hours'), 'every: "193 hours" is outside Snowflake\'s limits'],
    [every('0 minutes'), 'every: "0 minutes" is outside Snowflake\'s limits'],
  ])('refuses %j', (schedule, problem) => {
    expect(problemsOf(withTasks({ T: { job: 'bread', schedule } }))).toEqual([`tasks.T.schedule.${problem}`]);
  });

  it('refuses an interval that is none, with its text', () => {
    expect(problemsOf(withTasks({ T: { job: 'bread', schedule: every('now and then') } }))).toEqual([
      'tasks.T.schedule: "now and then" is not an interval',
    ]);
  });

  it.each([
    '0 6 * * *',
    '*/15 9-17 * * MON-FRI',
    '0 0 L * *',
    '0 0 * * 5L',
    '0 6 * * L',
    '0 0 * JAN,JUL SUN',
    '0 0 29 2 *',
    '5/20 6 * * *',
  ])('takes %s', (expression) => {
    expect(problemsOf(withTasks({ T: { job: 'bread', schedule: cron(expression) } }))).toEqual([]);
  });
});

describe('state, runner and the rest of a deployment', () => {
  it.each<[string, Partial<Record<keyof DeploymentConfig, unknown>>, string]>([
    [
      'an invalid database',
      { database: 'my db' },
      'database: "my db" is not a valid name of a database: an unquoted name has only letters, digits, _ and $, and starts with a letter or _',
    ],
    [
      'a time zone that is none',
      { state: auditTables({ layout: 'o2c', zones: { endedAt: 'PST8' } }) },
      'state.zones.endedAt: "PST8" is not a time zone',
    ],
    [
      'a selection width of nothing',
      { state: auditTables({ layout: 'o2c', selectionWidth: 0 }) },
      'state.selectionWidth: 0 is not a number of characters',
    ],
    [
      'an empty environment, which would filter nothing',
      { state: auditTables({ layout: 'o2c', where: { environment: ' ' } }) },
      'state.where.environment: it is empty',
    ],
    [
      'an environment without a column',
      { state: auditTables({ layout: customLayout, where: { environment: 'prod' } }) },
      'state.where.environment: the layout has no environment column to compare with "prod"',
    ],
    [
      'a status word with two meanings',
      {
        state: auditTables({
          layout: { ...customLayout, statuses: { succeeded: ['DONE'], failed: ['done'] } },
        }),
      },
      'state.layout.statuses.failed: "DONE" is also a word for succeeded',
    ],
    [
      'a runner with arguments',
      { runner: procedureRunner('BAKE(1)') },
      'runner.procedure: "BAKE(1)" holds arguments',
    ],
    [
      'a dbt version that is none',
      { runner: executeDbtProject({ object: 'X', dbtVersion: "1'" }) },
      'runner.dbtVersion: "1\'" is not a dbt version',
    ],
    [
      'an environment variable without DBT_',
      { runner: executeDbtProject({ object: 'X', envVars: { OVEN: '1' } }) },
      'runner.envVars.OVEN: "OVEN" is not a valid name of an environment variable',
    ],
    [
      'a secret in an environment variable',
      { runner: executeDbtProject({ object: 'X', envVars: { DBT_GIT_TOKEN: 'hunter2' } }) },
      'runner.envVars.DBT_GIT_TOKEN: "DBT_GIT_TOKEN" looks like a secret, and the values stand in the generated SQL',
    ],
    [
      'an invalid role',
      { grants: { 'bad role': ['read'] } },
      'grants["bad role"]: "bad role" is not a valid name of a role: an unquoted name has only letters, digits, _ and $, and starts with a letter or _',
    ],
    [
      'a role that stands twice',
      { grants: { baker: ['read'], BAKER: ['call'] } },
      'grants.BAKER: the role BAKER stands here twice',
    ],
    ['a grant of nothing', { grants: { BAKER: [] } }, 'grants.BAKER: it grants nothing'],
    [
      'an email without recipients',
      { notification: { integration: 'BELL', kind: 'email' } },
      'notification.recipients: a message by email needs recipients',
    ],
    [
      'recipients of a webhook',
      { notification: { integration: 'BELL', recipients: ['a@b.c'] } },
      'notification.recipients: a webhook has no recipients',
    ],
    [
      'a recipient that is no address',
      { notification: { integration: 'BELL', kind: 'email', recipients: ["x', 'y"] } },
      'notification.recipients[0]: "x\', \'y" is not an email address',
    ],
    [
      'an account that is none',
      { connection: { account: 'a b' } },
      'connection.account: "a b" is not an account',
    ],
    [
      'a project that is none',
      { jobs: { bread: { project: "b'" } }, tasks: {} },
      'jobs.bread.project: "b\'" is not a valid name of a dbt project',
    ],
    [
      'a job name that is none',
      { jobs: { 'my job': { project: 'b' } }, tasks: {} },
      'jobs["my job"]: "my job" is not a valid name of a job',
    ],
    [
      'two jobs of one name',
      { jobs: { bread: { project: 'b' }, BREAD: { project: 'c' } }, tasks: {} },
      'jobs.BREAD: two jobs are called BREAD',
    ],
  ])('refuses %s', (_, changes, problem) => {
    expect(problemsOf(bakery(changes as Partial<DeploymentConfig>))).toEqual([problem]);
  });

  it('never repeats the value of what looks like a secret', () => {
    const config = bakery({
      runner: executeDbtProject({ object: 'X', envVars: { DBT_PASSWORD: 'hunter2' } }),
    });
    expect([...problemsOf(config), ...hintsOf(config)].join()).not.toContain('hunter2');
  });

  it('refuses the execution history with a procedure runner', () => {
    const config = nativeBakery({ runner: procedureRunner('BAKE') });
    expect(problemsOf(config)).toEqual(['state: executionHistory does not go with a procedure runner']);
  });

  it('refuses a deployment that restarts nothing', () => {
    const tasks: Record<string, TaskConfig> = { T: { run: dbt('bakery'), schedule: cron('0 4 * * *') } };
    expect(problemsOf(bakery({ jobs: {}, tasks }))).toEqual(['jobs: there is nothing to restart']);
  });

  it('refuses deployments whose folders would be one', () => {
    expect(problemsOfAll({ deployments: { bakery: bakery(), Bakery: bakery() } })).toEqual([
      'deployments.Bakery: it differs from bakery only in case',
    ]);
  });

  it('refuses a deployment whose name is a path', () => {
    expect(problemsOfAll({ deployments: { '../oven': bakery() } })).toEqual([
      'deployments["../oven"]: "../oven" is not a valid name of a deployment',
    ]);
  });

  it('refuses a config without deployments', () => {
    expect(problemsOfAll({ deployments: {} })).toEqual(['deployments: there is no deployment']);
  });
});
