/** Finalizers come, go and change places: a root has one, nothing follows it, and an apply converges whatever was there. */
import { cron } from '../../src/config/define';
import type { Config, DeploymentConfig, TaskConfig } from '../../src/config/types';
import { bakery } from '../model/bakery';
import { openAccount, stepsOf, type TestAccount } from '../plan/account';

const BREAD: TaskConfig = { job: 'bread', mode: 'full-build', schedule: cron('0 4 * * *') };
const ROLLS: TaskConfig = { job: 'rolls', schedule: cron('30 * * * *') };
const mend = (place: Pick<TaskConfig, 'finalize' | 'schedule' | 'after'>): TaskConfig => ({
  job: 'bread',
  mode: 'retry-only',
  ...place,
});
const taste = (...after: string[]): TaskConfig => ({
  run: { project: 'bakery', dbt: { command: 'test' } },
  after,
});

const config = (tasks: DeploymentConfig['tasks']): Config => ({
  app: 'acme',
  deployments: { bakery: bakery({ connection: { role: 'BAKER' }, tasks }) },
});

const healed = config({ BREAD, MEND: mend({ finalize: 'BREAD' }), ROLLS });

let account: TestAccount;
beforeEach(async () => {
  account = await openAccount();
  await account.prepare(healed);
});
afterEach(() => account.close());

/** Of each task: whom it finalizes, or whom it follows. */
async function links(): Promise<Record<string, string | null>> {
  const rows = await account.run('SHOW TASKS IN SCHEMA BAKERY.OVEN');
  return Object.fromEntries(
    rows.map(({ name, predecessors, task_relations: relations }) => {
      const { FinalizedRootTask: root } = JSON.parse(String(relations)) as { FinalizedRootTask?: string };
      const [before] = JSON.parse(String(predecessors)) as string[];
      const short = (text: string): string => text.split('.').at(-1)!.replaceAll('"', '');
      return [
        String(name),
        root !== undefined ? `finalizes ${short(root)}` : before ? `after ${short(before)}` : null,
      ];
    }),
  );
}

async function converges(to: Config, asked: Parameters<TestAccount['apply']>[1] = {}): Promise<void> {
  const report = await account.apply(to, asked);
  expect(report.deployments.flatMap(({ steps }) => steps).filter(({ status }) => status !== 'done')).toEqual(
    [],
  );
  expect(report).toMatchObject({ ok: true });
  expect(stepsOf(await account.plan(to))).toEqual([]);
}

it('makes a finalizer, and finds nothing to do the second time', async () => {
  await converges(healed);
  expect(await links()).toEqual({ BREAD: null, MEND: 'finalizes BREAD', ROLLS: null });
  expect(await account.states()).toEqual({ BREAD: 'started', MEND: 'started', ROLLS: 'started' });
});

it('a scheduled task with a child becomes the finalizer, and the child follows another', async () => {
  await account.apply(
    config({ BREAD, MEND: mend({ schedule: cron('15 * * * *') }), TASTE: taste('MEND'), ROLLS }),
  );
  await converges(
    config({
      BREAD,
      MEND: mend({ finalize: 'BREAD' }),
      LATER: mend({ schedule: cron('*/30 7-9 * * *') }),
      TASTE: taste('LATER'),
      ROLLS,
    }),
  );
  expect(await links()).toMatchObject({ MEND: 'finalizes BREAD', TASTE: 'after LATER' });
  expect(Object.values(await account.states())).toEqual(Array(5).fill('started'));
});

it('a scheduled task becomes the finalizer while its child leaves the config', async () => {
  await account.apply(
    config({ BREAD, MEND: mend({ schedule: cron('15 * * * *') }), TASTE: taste('MEND'), ROLLS }),
  );
  await converges(healed);
  expect(await links()).toMatchObject({ MEND: 'finalizes BREAD', TASTE: null });
  expect(await account.states()).toMatchObject({ MEND: 'started', TASTE: 'suspended' });
});

it('a finalizer is renamed', async () => {
  await account.apply(healed);
  const renamed = config({ BREAD, HEAL: mend({ finalize: 'BREAD' }), ROLLS });
  await converges(renamed);
  expect(await links()).toMatchObject({ HEAL: 'finalizes BREAD', MEND: null });
  expect(await account.states()).toMatchObject({ HEAL: 'started', MEND: 'suspended' });
  await converges(renamed, { allow: ['DROP'] });
  expect(Object.keys(await account.states())).toEqual(['BREAD', 'HEAL', 'ROLLS']);
});

it('a finalizer that an operator had suspended makes way when another takes its place', async () => {
  await account.apply(healed);
  for (const what of ['BREAD SUSPEND', 'MEND SUSPEND', 'BREAD RESUME'])
    await account.run(`ALTER TASK BAKERY.OVEN.${what}`);
  await converges(config({ BREAD, HEAL: mend({ finalize: 'BREAD' }), ROLLS }));
  expect(await account.states()).toEqual({
    BREAD: 'started',
    HEAL: 'started',
    MEND: 'suspended',
    ROLLS: 'started',
  });
});

it('two finalizers change places', async () => {
  const one = { ...mend({ finalize: 'BREAD' }) };
  const other: TaskConfig = { job: 'rolls', mode: 'retry-only', finalize: 'ROLLS' };
  await account.apply(config({ BREAD, ROLLS, A: one, B: other }));
  await converges(
    config({ BREAD, ROLLS, A: { ...one, finalize: 'ROLLS' }, B: { ...other, finalize: 'BREAD' } }),
  );
  expect(await links()).toMatchObject({ A: 'finalizes ROLLS', B: 'finalizes BREAD' });
});

it('a root that has a finalizer becomes a child of a new root', async () => {
  await account.apply(healed);
  await converges(
    config({
      MILL: { job: 'rolls', mode: 'full-build', schedule: cron('0 3 * * *') },
      BREAD: { job: 'bread', mode: 'full-build', after: ['MILL'] },
      MEND: mend({ finalize: 'MILL' }),
      ROLLS,
    }),
  );
  expect(await links()).toEqual({ BREAD: 'after MILL', MEND: 'finalizes MILL', MILL: null, ROLLS: null });
});

it('a finalizer gets a schedule of its own, and a drift in the account is put back', async () => {
  await account.apply(healed);
  await converges(config({ BREAD, MEND: mend({ schedule: cron('15 5 * * *') }), ROLLS }));
  expect(await links()).toMatchObject({ MEND: null });
  await converges(healed);
  for (const what of ['BREAD SUSPEND', 'MEND UNSET FINALIZE', 'BREAD RESUME'])
    await account.run(`ALTER TASK BAKERY.OVEN.${what}`);
  expect(stepsOf(await account.plan(healed))).toEqual(['alter graph:BAKERY.OVEN.BREAD']);
  await converges(healed);
  expect(await links()).toMatchObject({ MEND: 'finalizes BREAD' });
});

it('an error in each statement of a change of places: what was there is back', async () => {
  const other: TaskConfig = { job: 'rolls', mode: 'retry-only', finalize: 'ROLLS' };
  const before = config({ BREAD, ROLLS, A: mend({ finalize: 'BREAD' }), B: other });
  const after = config({ BREAD, ROLLS, A: mend({ finalize: 'ROLLS' }), B: { ...other, finalize: 'BREAD' } });
  await account.apply(before);
  const was = await links();
  const states = await account.states();
  for (let at = 1; ; at += 1) {
    await account.run(`SELECT SYSTEM$LOCAL_INJECT('ERROR', ${at}, 'CREATE OR ALTER TASK BAKERY.OVEN.A')`);
    const report = await account.apply(after, { id: 'first' });
    await account.run("SELECT SYSTEM$LOCAL_INJECT('NONE')");
    if (report.ok) {
      expect(at).toBeGreaterThan(10);
      break;
    }
    expect([at, await links()]).toEqual([at, was]);
    expect([at, await account.states()]).toEqual([at, states]);
  }
});
