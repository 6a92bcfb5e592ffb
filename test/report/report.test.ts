/** What a report makes of runs: chains, outages, failing models, savings, and whose task a run was. */
import { modelsText } from '../../src/rehearse/page/tips';
import { OTHER_RUNS } from '../../src/report/lanes';
import { failed, look, NOW, report, retry, run } from './runs';

const MONDAY = '2026-02-23T04:00:00.000Z';
const at = (hours: number): string => new Date(Date.parse(MONDAY) + hours * 3_600_000).toISOString();

describe('a chain', () => {
  const root = run(at(0), failed('dough'));

  it('that a retry heals has its attempts, and the time from the failure to the heal', () => {
    const { chains } = report([root, run(at(1), retry(root, 1, failed('dough'))), run(at(2), retry(root, 2))]);
    expect(chains).toEqual([
      expect.objectContaining({ job: 'daily', attempts: 2, ended: 'healed', retrySeconds: 600, seconds: 1.5 * 3600 + 300, failedModels: ['dough'] }),
    ]);
  }); // prettier-ignore

  it('is open while a node of it is outstanding, although its last retry succeeded', () => {
    const open = retry(root, 1, { openNodes: [{ name: 'sales', result: 'SKIPPED', isTest: false }] });
    expect(report([root, run(at(1), open)]).chains).toMatchObject([{ ended: 'open', endedAt: null }]);
  });

  it('is given up when the next full build comes first', () => {
    const runs = [root, run(at(1), retry(root, 1, failed('dough'))), run(at(24))];
    expect(report(runs).chains).toMatchObject([{ ended: 'given-up', endedAt: at(24) }]);
  });

  it('of one job is not ended by a run of another', () => {
    const runs = [root, run(at(1), { job: 'rolls', selection: 'tag:rolls' })];
    expect(report(runs).chains).toMatchObject([{ job: 'daily', ended: 'open' }]);
  });
});

describe('an outage', () => {
  it('goes on over full builds that fail again, and ends with what makes the job whole', () => {
    const first = run(at(0), failed('dough'));
    const second = run(at(24), failed('sales'));
    const { outages } = report([first, second, run(at(25), retry(second, 1))]);
    expect(outages).toEqual([
      { job: 'daily', from: at(0.5), to: new Date(Date.parse(at(25)) + 300_000).toISOString(), seconds: 24.5 * 3600 + 300, tries: 3, models: ['dough', 'sales'] },
    ]);
  }); // prettier-ignore

  it('that lasts is measured to the account’s clock, and comes first when it is the longest', () => {
    const healed = run(at(0), failed('a'));
    const open = run(at(48), failed('b'));
    const { outages } = report([healed, run(at(24)), open]);
    expect(outages.map(({ models, to }) => [models[0], to === null])).toEqual([
      ['b', true],
      ['a', false],
    ]);
    expect(outages[0]!.seconds).toBe((Date.parse(NOW) - Date.parse(at(48.5))) / 1000);
  });
});

describe('savings', () => {
  const root = run(at(0), failed('dough'));

  it('are the full builds that healed chains replaced, less retries, less looking', () => {
    const runs = [run(at(-24), { seconds: 1200 }), run(at(-48), { seconds: 3600 }), root, run(at(1), retry(root, 1))];
    const { savings } = report(runs, [look(at(3)), look(at(5))]);
    expect(savings).toMatchObject({ healedChains: 1, fullBuildSeconds: 2400, retrySeconds: 300, lookSeconds: 120, netSeconds: 1980, notMeasured: 0 });
  }); // prettier-ignore

  it('count a look beside a running build as free: the warehouse is awake', () => {
    const { savings } = report([run(at(0))], [look(at(0.1))]);
    expect(savings.lookSeconds).toBe(0);
  });

  it('assume nothing: without a successful full build there is no measure', () => {
    const { savings } = report([root, run(at(1), retry(root, 1))]);
    expect(savings).toMatchObject({ healedChains: 0, notMeasured: 1, fullBuildSeconds: 0, netSeconds: -300 });
  });

  it('leave out runs whose end is not in the log, and count them', () => {
    const { savings } = report([run(at(0), { seconds: 0 }), run(at(24), { seconds: 600 })]);
    expect(savings).toMatchObject({ withoutEnd: 1, fullBuilds: [{ job: 'daily', seconds: 600, runs: 1 }] });
  });

  it('say that looking was not seen where the history of tasks cannot be read', () => {
    expect(report([root], null).savings.lookSeconds).toBeNull();
  });
});

describe('models that fail most', () => {
  it('are counted by run, the most failures first', () => {
    const runs = [
      run(at(0), failed('dough, rye')),
      run(at(24), failed('rye')),
      run(at(48), failed('dough, rye')),
    ];
    expect(report(runs).models).toMatchObject([
      { name: 'rye', failures: 3, lastFailedAt: at(48), jobs: ['daily'] },
      { name: 'dough', failures: 2 },
    ]);
  });

  it('are told as unknown where the log names none', () => {
    expect(report([run(at(0), { outcome: 'CRASHED' })])).toMatchObject({ models: [], unnamedFailures: 1 });
  });
});

it('a run of which the log names no model is not said to have run none', () => {
  const { steps } = report([run(at(0), { modelsRun: null })]);
  expect(steps.map(modelsText)).toEqual(['']);
});

describe('the task of a run', () => {
  it('is the one that Snowflake saw running at the time', () => {
    const root = run(at(0), failed('dough'));
    const seen = look(at(1), { task: 'BAKE_AGAIN', endedAt: at(1.2), returned: '🔄 RETRY #1: dough+' });
    const { steps } = report([root, run(at(1.01), retry(root, 1))], [seen]);
    expect(steps.map(({ task, message }) => [task, message])).toEqual([
      ['BAKE', 'job daily'],
      ['BAKE_AGAIN', '🔄 RETRY #1: dough+'],
    ]);
  });

  it('tells its decision in words: the code before them is for programs', () => {
    const seen = look(at(1), { returned: 'NOTHING NORMAL_SCHEDULE ✅ NOTHING TO RETRY' });
    expect(report([], [seen]).steps).toMatchObject([
      { reason: 'NORMAL_SCHEDULE', message: '✅ NOTHING TO RETRY' },
    ]);
    const built = look(at(0), {
      task: 'BAKE',
      endedAt: at(1),
      returned: 'FULL_BUILD REQUESTED 🔵 FULL BUILD: Requested',
    });
    expect(report([run(at(0))], [built]).steps).toMatchObject([
      { reason: 'REQUESTED', message: '🔵 FULL BUILD: Requested' },
    ]);
  });

  it('is by the config where only one can have run it, else the job’s', () => {
    const root = run(at(0), failed('dough'));
    const { steps } = report([root, run(at(1), retry(root, 1))]);
    // Two tasks retry the job.
    expect(steps.map(({ task }) => task)).toEqual(['BAKE', 'job daily']);
  });

  it('of no job has a lane of its own', () => {
    const { lanes } = report([run(at(0), { job: null, kind: 'OTHER', environment: 'dev' })]);
    expect(lanes).toEqual(['BAKE', 'BAKE_AGAIN', 'BAKE_LATER', 'BAKE_ROLLS', OTHER_RUNS]);
  });
});

it('a run of 2036 is no part of it, and it says so', () => {
  const ahead = run('2036-01-01T00:00:00.000Z', { ...failed('dough'), isAhead: true });
  const { counts, chains, outages, models, savings, steps, notes } = report([run(at(0)), ahead]);
  expect({ counts, chains, outages, models, unmeasured: savings.withoutEnd }).toMatchObject({
    ...{ counts: { runs: 1, failures: 0 }, chains: [], outages: [], models: [], unmeasured: 0 },
  });
  expect(steps).toHaveLength(1);
  expect(notes).toEqual(['left out: 1 run that the log says start later than now (a clock or a zone)']);
});

it('a run of a task that failed before dbt began is a failure with its error', () => {
  const seen = look(at(0), { task: 'BAKE', state: 'FAILED', error: 'Insufficient privileges' });
  expect(report([], [seen]).steps).toMatchObject([
    { task: 'BAKE', action: 'RAISED', outcome: 'FAILED', message: 'Insufficient privileges' },
  ]);
});
