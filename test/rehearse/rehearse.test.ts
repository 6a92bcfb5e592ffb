import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rehearseAll } from '../../src/rehearse/all';
import { loadRehearsals } from '../../src/rehearse/load';
import { morning, play, root, deployments } from './play';
import type { Rehearsal } from '../../src/rehearse/rehearsal';

describe('the shipped rehearsals', () => {
  it('are the stories of the seed, and each happens as expected', async () => {
    const loaded = await loadRehearsals(root, []);
    expect(loaded.map(({ name }) => name)).toEqual([
      '1-normal-run',
      '2-retry-after-failure',
      '3-retry-limit',
      '4-age-limit',
      '5-hourly-window',
      '6-heal-between-builds',
      '7-schedules-meet',
    ]);
    for await (const { name, differences } of rehearseAll(loaded, { root, deployments })) {
      expect({ name, differences }).toEqual({ name, differences: [] });
    }
  });
});

describe('a step', () => {
  it('names the models that ran and those that did not', async () => {
    const { steps } = await play({ ...morning, events: [{ at: morning.start, fail: 'agg_o2c_open_items' }] });
    expect(steps[0]).toMatchObject({
      at: '2026-01-05 06:00',
      task: 'O2C_DAILY_BUILD',
      mode: 'AUTO',
      action: 'FULL_BUILD',
      failed: ['agg_o2c_open_items'],
      skipped: ['agg_o2c_dunning'],
      outcome: 'FAILED',
    });
    expect(steps[0]!.ran).toHaveLength(24);
  });

  it('shares the lists of names with other steps: a year of them takes no more memory than their number', async () => {
    const { steps } = await play({ ...morning, end: '2026-01-07T08:00:00Z' });
    const builds = steps.filter(({ task }) => task === 'O2C_DAILY_BUILD');
    expect(builds.map(({ ran }) => ran.length)).toEqual([25, 25, 25]);
    expect(builds[2]!.ran).toBe(builds[0]!.ran);
    expect(builds[2]!.notSelected).toBe(builds[0]!.notSelected);
  });

  it('that raised has the name of the exception and its text', async () => {
    const hour = { project: 'dbt_o2c_enhanced', nodes: [{ name: 'slow', seconds: 3000, tags: ['merge'] }] };
    const tasks = ['O2C_DAILY_BUILD', 'O2C_HOURLY_INCREMENTAL'];
    const { steps } = await play({ ...morning, projects: [hour], start: '2026-01-05T05:30:00Z', tasks });
    expect(steps.find(({ action }) => action === 'RAISED')).toMatchObject({
      at: '2026-01-05 06:05',
      reason: 'RUN_IN_PROGRESS',
      message: 'A run of the project is still in progress',
      started: '2026-01-05T06:05:00Z',
      ended: '2026-01-05T06:35:00Z',
      dbtStarted: null,
    });
  });

  it('is the same every time it is played', async () => {
    const rehearsal: Rehearsal = {
      ...morning,
      events: [{ at: morning.start, failRate: '*', probability: 0.3, seed: 7 }],
    };
    expect(await play(rehearsal)).toEqual(await play(rehearsal));
  });
});

describe('events', () => {
  it('crash dbt, which leaves the run to be taken up again', async () => {
    const { steps } = await play({
      ...morning,
      end: '2026-01-06T08:00:00Z',
      events: [{ at: morning.start, crash: 'dm_o2c_reconciliation' }],
    });
    expect(steps.map(({ task, action, outcome }) => [task, action, outcome])).toEqual([
      ['O2C_DAILY_BUILD', 'FULL_BUILD', 'FAILED'],
      ['O2C_DAILY_BUILD', 'FULL_BUILD', 'SUCCEEDED'],
      ['O2C_POST_BUILD_TESTS', 'DBT', 'SUCCEEDED'],
    ]);
  });

  it('remove a failed model: the retry selects nothing, and a full build follows in the same call', async () => {
    const { steps } = await play({
      ...morning,
      end: '2026-01-06T08:00:00Z',
      events: [
        { at: morning.start, fail: 'agg_o2c_kpis' },
        { at: '2026-01-05T12:00:00Z', remove: 'agg_o2c_kpis' },
      ],
    });
    expect(steps[1]).toMatchObject({
      action: 'FULL_BUILD',
      reason: 'NOTHING_SELECTED',
      message: '🔵 FULL BUILD: The failed models no longer exist',
      command: 'build',
    });
  });

  it('suspend a task, which stays suspended when the deployment is applied again', async () => {
    const { steps } = await play({
      ...morning,
      events: [
        { at: '2026-01-05T05:10:00Z', suspend: 'O2C_DAILY_BUILD' },
        { at: '2026-01-05T05:20:00Z', apply: 'o2c' },
      ],
    });
    expect(steps).toEqual([]);
  });

  it('are statements of an operator, shown as steps by hand', async () => {
    const call = "CALL EDW.O2C_AUDIT.RUN_DBT_AUTO_RESTART('dbt_o2c_enhanced')";
    const { steps } = await play({
      ...morning,
      tasks: [],
      events: [{ at: '2026-01-05T05:10:00Z', run: call }],
    });
    expect(steps).toMatchObject([
      {
        task: null,
        action: 'DBT',
        message: '🔵 FULL BUILD: First run',
        command: 'build',
        outcome: 'SUCCEEDED',
      },
    ]);
  });
});

describe('a statement of an operator', () => {
  it('that runs no dbt is no step, whatever ran before it', async () => {
    const call = "CALL EDW.O2C_AUDIT.RUN_DBT_AUTO_RESTART('dbt_o2c_enhanced')";
    const { steps } = await play({
      ...morning,
      tasks: [],
      events: [
        { at: '2026-01-05T05:10:00Z', run: call },
        { at: '2026-01-05T05:40:00Z', run: "UPDATE EDW.O2C_AUDIT.DBT_RUN_LOG SET warehouse_name = 'OVEN'" },
      ],
    });
    expect(steps.map(({ message }) => message)).toEqual(['🔵 FULL BUILD: First run']);
  });
});

describe('an expectation that is not met', () => {
  it('is told field by field, with the step it is about', async () => {
    const { ok, differences } = await play({
      ...morning,
      expect: [{ action: 'SELECTIVE_RETRY', attempt: 0 }],
    });
    expect(ok).toBe(false);
    expect(differences).toEqual([
      'step 1 (2026-01-05 06:00 O2C_DAILY_BUILD): action is "FULL_BUILD", expected "SELECTIVE_RETRY"',
      'not expected: 2026-01-05 06:04 O2C_POST_BUILD_TESTS: dbt succeeded',
    ]);
  });
});

describe('loading', () => {
  function folderWith(text: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'rehearsals-'));
    mkdirSync(join(folder, 'rehearsals'));
    writeFileSync(join(folder, 'rehearsals', 'bread.ts'), text);
    return folder;
  }

  it('refuses a name that does not exist and says the nearest', async () => {
    await expect(loadRehearsals(root, ['1-normal-rum'])).rejects.toMatchObject({
      code: 'REQUEST',
      message: 'there is no rehearsal 1-normal-rum',
      hint: expect.stringContaining('1-normal-run') as string,
    });
  });

  it('refuses every name that does not exist', async () => {
    await expect(loadRehearsals(root, ['bread', '1-normal-run', 'cake'])).rejects.toMatchObject({
      code: 'REQUEST',
      message: 'there is no rehearsal bread, no cake',
    });
  });

  it('takes a name with its folder and ending, as a shell completes it', async () => {
    const loaded = await loadRehearsals(root, ['rehearsals/1-normal-run.ts']);
    expect(loaded.map(({ name }) => name)).toEqual(['1-normal-run']);
  });

  it('orders names by their numbers', async () => {
    const folder = folderWith('export default 1;');
    for (const name of ['10-rye', '9-wheat']) {
      writeFileSync(join(folder, 'rehearsals', `${name}.ts`), 'export default 1;');
    }
    expect((await loadRehearsals(folder, [])).map(({ name }) => name)).toEqual([
      '9-wheat',
      '10-rye',
      'bread',
    ]);
  });

  it('finds nothing where there is no folder', async () => {
    expect(await loadRehearsals(mkdtempSync(join(tmpdir(), 'none-')), [])).toEqual([]);
  });

  it.each([
    ["throw new Error('the oven is cold');", 'rehearsal bread: it cannot be loaded: the oven is cold'],
    ['const dough = ;', 'rehearsal bread: it cannot be loaded: Unexpected token'],
    [
      "import flour from './flour'; export default flour;",
      "rehearsal bread: it cannot be loaded: Cannot find module './flour'",
    ],
  ])('refuses a file that does not load: %s', async (text, message) => {
    await expect(loadRehearsals(folderWith(text), [])).rejects.toMatchObject({
      code: 'REQUEST',
      message,
      where: expect.stringMatching(/bread\.ts:1$/) as string,
    });
  });
});
