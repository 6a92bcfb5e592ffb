/** Plan and apply on the local Snowflake, through the driver. */
import type { Config, DeploymentConfig } from '../../src/config/types';
import { cron } from '../../src/config/define';
import { bakery } from '../model/bakery';
import { hazardsOf, notesOf, openAccount, stepsOf, type TestAccount } from '../plan/account';

const config = (changes: Partial<DeploymentConfig> = {}): Config => ({
  app: 'acme',
  deployments: {
    bakery: bakery({ connection: { role: 'BAKER' }, grants: { MILLER: ['read'] }, ...changes }),
  },
});
const { BAKE_BREAD, BAKE_ROLLS } = bakery().tasks as Required<Pick<DeploymentConfig['tasks'], string>>;

let account: TestAccount;
beforeEach(async () => {
  account = await openAccount();
  await account.prepare(config());
});
afterEach(() => account.close());

const statusesOf = (report: Awaited<ReturnType<TestAccount['apply']>>) =>
  report.deployments.flatMap(({ steps }) => steps.map(({ status, id }) => `${status} ${id}`));

it('makes an empty account what the config says, verifies it, and leaves no lock', async () => {
  const report = await account.apply(config());
  expect(report).toMatchObject({ ok: true });
  expect(report.deployments[0]).toMatchObject({ remaining: [], problems: [] });
  expect(report.deployments[0]?.tasks).toEqual([
    { task: 'BAKERY.OVEN.BAKE_BREAD', before: null, after: 'started' },
    { task: 'BAKERY.OVEN.BAKE_ROLLS', before: null, after: 'started' },
  ]);
  expect(await account.run("SHOW VIEWS LIKE 'V_AUTO_RESTART_APPLYING%' IN SCHEMA BAKERY.OVEN")).toEqual([]);
  expect(stepsOf(await account.plan(config()))).toEqual([]);
});

it('sends no DDL to an account that is as the config says', async () => {
  await account.apply(config());
  account.sent();
  const report = await account.apply(config());
  expect(report.ok).toBe(true);
  const sent = account.sent();
  expect(sent.filter((sql) => !/^(SELECT|SHOW)\b/.test(sql))).toEqual([]);
  expect(sent.length).toBeLessThanOrEqual(11);
});

describe('what left the config', () => {
  beforeEach(() => account.apply(config()));

  it('a task is suspended and named, and dropped with consent', async () => {
    const less = config({ tasks: { BAKE_BREAD: BAKE_BREAD! } });
    expect(await account.apply(less)).toMatchObject({ ok: true });
    expect(await account.states()).toEqual({ BAKE_BREAD: 'started', BAKE_ROLLS: 'suspended' });
    const after = await account.plan(less);
    expect(stepsOf(after)).toEqual([]);
    expect(notesOf(after)).toEqual(['left over: task BAKERY.OVEN.BAKE_ROLLS']);
    expect(await account.apply(less, { allow: ['DROP'] })).toMatchObject({ ok: true });
    expect(await account.states()).toEqual({ BAKE_BREAD: 'started' });
  });

  it('a renamed task does not go on beside its successor', async () => {
    const renamed = config({ tasks: { BAKE_BREAD: BAKE_BREAD!, BAKE_BUNS: BAKE_ROLLS! } });
    expect(await account.apply(renamed)).toMatchObject({ ok: true });
    expect(await account.states()).toEqual({
      BAKE_BREAD: 'started',
      BAKE_BUNS: 'started',
      BAKE_ROLLS: 'suspended',
    });
  });

  it('a deployment is suspended and named, wherever it was', async () => {
    const other = bakery({ connection: { role: 'BAKER' }, schema: 'CELLAR' });
    const both: Config = { app: 'acme', deployments: { ...config().deployments, cellar: other } };
    await account.prepare(both);
    expect(await account.apply(both)).toMatchObject({ ok: true });
    const report = await account.apply(config());
    expect(report).toMatchObject({ ok: true });
    expect(statusesOf(report)).toEqual([
      'done suspend graph:BAKERY.CELLAR.BAKE_BREAD',
      'done suspend graph:BAKERY.CELLAR.BAKE_ROLLS',
    ]);
    const states = await account.run('SHOW TASKS IN SCHEMA BAKERY.CELLAR');
    expect(states.map(({ state }) => state)).toEqual(['suspended', 'suspended']);
    expect(notesOf(await account.plan(config()))).toEqual([
      'left over: task BAKERY.CELLAR.BAKE_BREAD',
      'left over: task BAKERY.CELLAR.BAKE_ROLLS',
      'left over: procedure BAKERY.CELLAR.RUN_DBT_AUTO_RESTART(VARCHAR, NUMBER, VARCHAR, VARCHAR)',
      'left over: view BAKERY.CELLAR.V_AUTO_RESTART_HISTORY',
      'left over: view BAKERY.CELLAR.V_AUTO_RESTART_JOBS',
      'left over: view BAKERY.CELLAR.V_AUTO_RESTART_NODES',
      'left over: view BAKERY.CELLAR.V_AUTO_RESTART_RUNS',
      'left over: view BAKERY.CELLAR.V_AUTO_RESTART_STATE',
    ]);
    expect(await account.apply(config(), { allow: ['DROP'] })).toMatchObject({ ok: true });
    for (const kind of ['TASKS', 'VIEWS', 'PROCEDURES'])
      expect(await account.run(`SHOW ${kind} IN SCHEMA BAKERY.CELLAR`)).toEqual([]);
  });
});

describe('without an `app`, a mark may be of another repository', () => {
  const ours = (schema: string): Config => ({
    deployments: { bakery: bakery({ connection: { role: 'BAKER' }, schema }) },
  });
  const statesIn = async (schema: string): Promise<unknown[]> =>
    (await account.run(`SHOW TASKS IN SCHEMA BAKERY.${schema}`)).map(({ state }) => state);

  it.each([
    ['of the same name in another schema', 'bakery'],
    ['that this config does not have', 'patisserie'],
  ])('a deployment %s is named, and goes on', async (_, name) => {
    const theirs: Config = { deployments: { [name]: ours('CELLAR').deployments['bakery']! } };
    await account.prepare(theirs);
    expect(await account.apply(theirs)).toMatchObject({ ok: true });
    await account.prepare(ours('OVEN'));
    expect(await account.apply(ours('OVEN'), { allow: ['DROP'] })).toMatchObject({ ok: true });
    expect(await statesIn('CELLAR')).toEqual(['started', 'started']);
    const plan = await account.plan(ours('OVEN'), { allow: ['DROP'] });
    expect(stepsOf(plan)).toEqual([]);
    expect(notesOf(plan).filter((note) => !note.startsWith('CHAIN'))).toEqual([
      expect.stringMatching(
        /^LEFT_OVER task BAKERY\.CELLAR\.BAKE_BREAD, task BAKERY\.CELLAR\.BAKE_ROLLS: of deployment \w+, .* nothing of it is touched/,
      ),
    ]);
  });
});

describe('graphs that change their shape', () => {
  const child = { run: { project: 'bakery', dbt: { command: 'test' } }, after: ['BAKE_BREAD'] } as const;
  const graph = config({
    tasks: { BAKE_BREAD: BAKE_BREAD!, TASTE: { ...child, after: ['BAKE_BREAD'] }, BAKE_ROLLS: BAKE_ROLLS! },
  });
  const after = (...names: string[]) => ({ ...child, after: names });

  beforeEach(async () => {
    expect(await account.apply(graph)).toMatchObject({ ok: true });
  });

  async function predecessors(): Promise<Record<string, unknown>> {
    const rows = await account.run('SHOW TASKS IN ACCOUNT');
    return Object.fromEntries(rows.map(({ name, predecessors: before }) => [String(name), before]));
  }

  it('a root with a child is renamed in one step', async () => {
    const renamed = config({
      tasks: { BAKE_LOAVES: BAKE_BREAD!, TASTE: after('BAKE_LOAVES'), BAKE_ROLLS: BAKE_ROLLS! },
    });
    const report = await account.apply(renamed);
    expect(report).toMatchObject({ ok: true });
    expect(statusesOf(report).filter((line) => line.includes('graph'))).toEqual([
      'done alter graph:BAKERY.OVEN.BAKE_LOAVES',
    ]);
    expect(await account.states()).toEqual({
      BAKE_BREAD: 'suspended',
      BAKE_LOAVES: 'started',
      BAKE_ROLLS: 'started',
      TASTE: 'started',
    });
    expect((await predecessors())['TASTE']).toBe('["BAKERY.OVEN.BAKE_LOAVES"]');
  });

  it('a task moves to another root', async () => {
    const moved = config({
      tasks: { BAKE_BREAD: BAKE_BREAD!, TASTE: after('BAKE_ROLLS'), BAKE_ROLLS: BAKE_ROLLS! },
    });
    const report = await account.apply(moved);
    expect(report).toMatchObject({ ok: true });
    expect(await account.states()).toEqual({
      BAKE_BREAD: 'started',
      BAKE_ROLLS: 'started',
      TASTE: 'started',
    });
    expect((await predecessors())['TASTE']).toBe('["BAKERY.OVEN.BAKE_ROLLS"]');
  });

  it('a graph is split in two, and put together again', async () => {
    const split = config({
      tasks: {
        BAKE_BREAD: BAKE_BREAD!,
        TASTE: { ...child, after: undefined!, schedule: cron('0 9 * * *') },
        BAKE_ROLLS: BAKE_ROLLS!,
      },
    });
    delete split.deployments['bakery']!.tasks['TASTE']!.after;
    expect(await account.apply(split)).toMatchObject({ ok: true });
    expect((await predecessors())['TASTE']).toBe('[]');
    expect(await account.apply(graph)).toMatchObject({ ok: true });
    expect((await predecessors())['TASTE']).toBe('["BAKERY.OVEN.BAKE_BREAD"]');
    expect(Object.values(await account.states())).toEqual(['started', 'started', 'started']);
  });

  it('a root and its child change places', async () => {
    const swapped = config({
      tasks: {
        TASTE: { run: child.run, schedule: cron('0 9 * * *') },
        BAKE_BREAD: { job: 'bread', mode: 'full-build', after: ['TASTE'] },
        BAKE_ROLLS: BAKE_ROLLS!,
      },
    });
    expect(await account.apply(swapped)).toMatchObject({ ok: true });
    expect(await predecessors()).toMatchObject({ BAKE_BREAD: '["BAKERY.OVEN.TASTE"]', TASTE: '[]' });
    expect(Object.values(await account.states())).toEqual(['started', 'started', 'started']);
  });

  it('a child leaves a graph that goes on', async () => {
    const without = config({ tasks: { BAKE_BREAD: BAKE_BREAD!, BAKE_ROLLS: BAKE_ROLLS! } });
    expect(await account.apply(without)).toMatchObject({ ok: true });
    expect(await account.states()).toEqual({
      BAKE_BREAD: 'started',
      BAKE_ROLLS: 'started',
      TASTE: 'suspended',
    });
    expect(await account.apply(without, { allow: ['DROP'] })).toMatchObject({ ok: true });
    expect(await account.states()).toEqual({ BAKE_BREAD: 'started', BAKE_ROLLS: 'started' });
  });
});

describe('states', () => {
  beforeEach(() => account.apply(config()));

  it('an operator who suspended a task is obeyed, and the plan says so', async () => {
    await account.run('ALTER TASK BAKERY.OVEN.BAKE_ROLLS SUSPEND');
    const changed = config({
      tasks: { BAKE_BREAD: BAKE_BREAD!, BAKE_ROLLS: { ...BAKE_ROLLS!, comment: 'fresh' } },
    });
    const plan = await account.plan(changed);
    expect(notesOf(plan)).toEqual([
      'STAYS_SUSPENDED task BAKERY.OVEN.BAKE_ROLLS stays suspended: an operator suspended it',
    ]);
    expect(hazardsOf(plan)).toEqual([]);
    expect(await account.apply(changed)).toMatchObject({ ok: true });
    expect(await account.states()).toEqual({ BAKE_BREAD: 'started', BAKE_ROLLS: 'suspended' });
  });

  it('a task that lost its owner is started again at once', async () => {
    for (const role of ['MILLER', 'BAKER'])
      await account.run(`GRANT OWNERSHIP ON TASK BAKERY.OVEN.BAKE_ROLLS TO ROLE ${role} COPY CURRENT GRANTS`);
    expect(await account.states()).toMatchObject({ BAKE_ROLLS: 'suspended' });
    expect(stepsOf(await account.plan(config()))).toEqual(['resume graph:BAKERY.OVEN.BAKE_ROLLS']);
    expect(await account.apply(config())).toMatchObject({ ok: true });
    expect(await account.states()).toEqual({ BAKE_BREAD: 'started', BAKE_ROLLS: 'started' });
  });
});
