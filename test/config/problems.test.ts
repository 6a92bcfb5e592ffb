import { formatPath, showValue } from '../../src/config/problems';
import { didYouMean, nearest } from '../../src/config/nearest';
import { bakery, problemsOf, problemsOfAll } from '../model/bakery';

describe('problems of the shape', () => {
  it.each<[string, unknown, string[]]>([
    ['nothing at all', undefined, [': it is missing']],
    ['a text', 'config', [': "config" is not an object']],
    ['deployments that are a list', { deployments: [] }, ['deployments: [] is not an object']],
    [
      'an unknown key at the top',
      { deployment: {} },
      ['deployment: there is no option "deployment"', 'deployments: it is missing'],
    ],
    ['a deployment that is none', { deployments: { bakery: 1 } }, ['deployments.bakery: 1 is not an object']],
  ])('%s', (_, config, problems) => {
    expect(problemsOfAll(config)).toEqual(problems);
  });

  it.each<[Record<string, unknown>, string]>([
    [{ database: undefined }, 'database: it is missing'],
    [{ state: undefined }, 'state: it is missing'],
    [
      { state: { kind: 'audit-table' } },
      'state.kind: "audit-table" is not one of audit-tables, execution-history',
    ],
    [
      { state: { kind: 'audit-tables', layout: { runs: { table: 'R' }, nodes: {} } } },
      'state.layout.runs.runId: it is missing',
    ],
    [
      { state: { kind: 'audit-tables', layout: 3 } },
      'state.layout: 3 is not one of o2c, elementary, dbt_artifacts',
    ],
    [{ runner: { kind: 'procedure', procedure: 1 } }, 'runner.procedure: 1 is not a text'],
    [
      { runner: { kind: 'execute-dbt-project', object: 'X', envVars: { DBT_A: 1 } } },
      'runner.envVars.DBT_A: 1 is not a text',
    ],
    [
      { jobs: { bread: { project: 'b', dbt: { vars: { f: () => 1 } } } }, tasks: {} },
      'jobs.bread.dbt.vars.f: a function is not a JSON value',
    ],
    [
      { jobs: { bread: { project: 'b', retry: { maxAgeHours: 'two' } } }, tasks: {} },
      'jobs.bread.retry.maxAgeHours: "two" is not a number',
    ],
    [
      { jobs: { bread: { project: 'b', retry: { recordFailure: 'yes' } } }, tasks: {} },
      'jobs.bread.retry.recordFailure: "yes" is not true or false',
    ],
    [{ grants: { BAKER: 'read' } }, 'grants.BAKER: "read" is not a list'],
    [{ grants: { BAKER: ['red'] } }, 'grants.BAKER[0]: "red" is not one of call, read, operate'],
    [{ warehouse: 'X' }, 'warehouse: there is no option "warehouse"'],
    [
      { grants: { BAKER: [{ toString: 1 }] } },
      'grants.BAKER[0]: {"toString":1} is not one of call, read, operate',
    ],
  ])('%j', (changes, problem) => {
    expect(problemsOf({ ...bakery(), ...changes })[0]).toBe(problem);
  });

  it('do not hide what is wrong elsewhere in the same deployment', () => {
    const config = {
      ...bakery(),
      database: 7,
      state: { kind: 'audit-tables', layout: 'o3c' },
      jobs: { bread: { project: 'bakery', retry: { maxAttempts: 0 } }, cake: { projekt: 'bakery' } },
      tasks: { A: { job: 'bred', schedule: { kind: 'cron', expression: '0 6 * *', timeZone: 'UTC' } } },
    };
    expect(problemsOf(config)).toEqual([
      'database: 7 is not a text',
      'state.layout: "o3c" is not one of o2c, elementary, dbt_artifacts',
      'jobs.bread.retry.maxAttempts: 0 is not a whole number above 0',
      'jobs.cake.projekt: there is no option "projekt"',
      'jobs.cake.project: it is missing',
      'tasks.A.job: there is no job "bred"',
      'tasks.A.schedule.expression: "0 6 * *" has 4 fields instead of five',
    ]);
  });

  it('do not bring problems that only follow from them', () => {
    const config = {
      ...bakery(),
      defaults: { warehuse: 'X' },
      runner: { kind: 'execute-dbt-project', object: 'X' },
      jobs: { cake: { project: 1 } },
      tasks: {
        A: { job: 'cake', shedule: 'x' },
        B: { job: 'cake', schedule: 'hourly' },
        C: 5,
        D: { job: 'cake', after: ['C'] },
      },
    };
    expect(problemsOf(config)).toEqual([
      'defaults.warehuse: there is no option "warehuse"',
      'jobs.cake.project: 1 is not a text',
      'tasks.A.shedule: there is no option "shedule"',
      'tasks.B.schedule: "hourly" is not an object',
      'tasks.C: 5 is not an object',
    ]);
  });
});

describe('paths and values', () => {
  it('are written as in code', () => {
    expect(formatPath(['deployments', 'o2c', 'tasks', 'my task', 'after', 0])).toBe(
      'deployments.o2c.tasks["my task"].after[0]',
    );
  });

  it.each([
    [undefined, 'nothing'],
    ['a', '"a"'],
    [Number.NaN, 'NaN'],
    [() => 1, 'a function'],
    [10n, '10'],
    ['x'.repeat(200), `"${'x'.repeat(76)}...`],
  ])('%s is shown short and on one line', (value, text) => {
    expect(showValue(value)).toBe(text);
  });
});

describe('the nearest name', () => {
  it.each([
    ['shedule', 'schedule'],
    ['SCHEDULE', 'schedule'],
    ['maxAtempts', 'maxAttempts'],
    ['zzz', undefined],
  ])('of %s is %s', (word, name) => {
    expect(nearest(word, ['schedule', 'after', 'maxAttempts'])).toBe(name);
  });

  it('is replaced by the list when none is near', () => {
    expect(didYouMean('zzz', ['bread', 'rolls'])).toBe('known: bread, rolls');
    expect(didYouMean('zzz', [])).toBe('there are none');
  });
});
