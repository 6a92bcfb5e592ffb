/**
 * Interrupted at every step: whatever ends an apply, the next one converges, every task that was started is started, and every task
 * that an operator suspended stays suspended.
 */
import { cron } from '../../src/config/define';
import type { Config, DeploymentConfig, TaskConfig } from '../../src/config/types';
import { bakery } from '../model/bakery';
import { openAccount, stepsOf, type TestAccount } from '../plan/account';

const { BAKE_BREAD, BAKE_ROLLS } = bakery().tasks as Record<string, TaskConfig>;
const after = (...names: string[]): TaskConfig => ({
  run: { project: 'bakery', dbt: { command: 'test' } },
  after: names,
});

const config = (tasks: DeploymentConfig['tasks']): Config => ({
  app: 'acme',
  deployments: { bakery: bakery({ connection: { role: 'BAKER' }, tasks }) },
});
const old = config({
  BAKE_BREAD: BAKE_BREAD!,
  TASTE: after('BAKE_BREAD'),
  GLAZE: after('TASTE'),
  BAKE_ROLLS: BAKE_ROLLS!,
});
/** One root altered, with a new child; the other renamed. */
const next = config({
  BAKE_BREAD: { ...BAKE_BREAD!, schedule: cron('0 5 * * *') },
  TASTE: after('BAKE_BREAD'),
  GLAZE: after('TASTE'),
  PACK: after('GLAZE'),
  BAKE_BUNS: BAKE_ROLLS!,
});

/** GLAZE is what an operator suspended. */
const OLD_STATES = { BAKE_BREAD: 'started', BAKE_ROLLS: 'started', GLAZE: 'suspended', TASTE: 'started' };
const NEXT_STATES = {
  BAKE_BREAD: 'started',
  BAKE_BUNS: 'started',
  BAKE_ROLLS: 'suspended',
  GLAZE: 'suspended',
  PACK: 'started',
  TASTE: 'started',
};

let account: TestAccount;

beforeEach(async () => {
  account = await openAccount();
  await account.prepare(old);
  await account.apply(old);
  for (const what of ['BAKE_BREAD SUSPEND', 'GLAZE SUSPEND', 'BAKE_BREAD RESUME'])
    await account.run(`ALTER TASK BAKERY.OVEN.${what}`);
  expect(await account.states()).toEqual(OLD_STATES);
});
afterEach(() => account.close());

/** Applying some hundred times takes as long as it takes. */
async function isLocked(): Promise<boolean> {
  return (await account.run("SHOW VIEWS LIKE 'V_AUTO_RESTART_APPLYING%' IN SCHEMA BAKERY.OVEN")).length > 0;
}

/** After a take-over, or at once where nobody holds the lock. */
async function applyAgain(wanted: Config, dead: string): Promise<void> {
  const takeOver = (await isLocked()) ? { takeOver: dead } : {};
  const report = await account.apply(wanted, { ...takeOver, id: 'second' });
  expect(report).toMatchObject({ ok: true });
  expect(await isLocked()).toBe(false);
  expect(stepsOf(await account.plan(wanted))).toEqual([]);
}

async function backToOld(): Promise<void> {
  await account.apply(old, { allow: ['DROP'], id: 'back' });
  expect(await account.states()).toEqual(OLD_STATES);
}

/** No handler runs after any of them; INTERRUPTIONS=all tries all three at each statement. */
const KINDS = ['CANCEL', 'TIMEOUT', 'WAREHOUSE_GONE'];
const kindsAt = (at: number): string[] =>
  process.env['INTERRUPTIONS'] === 'all' ? KINDS : [KINDS[at % KINDS.length]!];

/** @returns whether the block had so many statements */
async function interrupt(kind: string, at: number, root: string): Promise<boolean> {
  await account.run(
    `SELECT SYSTEM$LOCAL_INJECT('${kind}', ${at}, 'CREATE OR ALTER TASK BAKERY.OVEN.${root}')`,
  );
  const report = await account.apply(next, { id: 'first' });
  const [left] = await account.run("SELECT SYSTEM$LOCAL_INJECT('NONE') AS ANSWER");
  const struck = String(left!['ANSWER']).startsWith('0');
  expect([at, report.ok]).toEqual([at, !struck]);
  return struck;
}

it.each(['BAKE_BREAD', 'BAKE_BUNS'])(
  'a cancel, a timeout and a warehouse that goes away after each statement of the graph of %s',
  async (root) => {
    let statements = 0;
    for (let at = 1; ; at += 1) {
      let struck = false;
      for (const kind of kindsAt(at)) {
        struck = await interrupt(kind, at, root);
        if (!struck) break;
        // Every other time the config has changed back meanwhile.
        if (at % 2 === 0) {
          await applyAgain(next, 'first');
          expect([at, kind, await account.states()]).toEqual([at, kind, NEXT_STATES]);
          await backToOld();
        } else {
          const takeOver = (await isLocked()) ? { takeOver: 'first' } : {};
          await account.apply(old, { ...takeOver, allow: ['DROP'], id: 'second' });
          expect([at, kind, await account.states()]).toEqual([at, kind, OLD_STATES]);
        }
      }
      if (!struck) break;
      statements = at;
    }
    expect(statements).toBeGreaterThan(8);
  },
);

it('an error in each statement of a block: what was there is back, definitions too', async () => {
  const facts = async (): Promise<unknown> =>
    (await account.run('SHOW TASKS IN SCHEMA BAKERY.OVEN')).map(
      ({ name, state, schedule, comment, predecessors, definition }) => [
        name,
        state,
        schedule,
        comment,
        predecessors,
        definition,
      ],
    );
  const before = await facts();
  for (let at = 1; ; at += 1) {
    await account.run(
      `SELECT SYSTEM$LOCAL_INJECT('ERROR', ${at}, 'CREATE OR ALTER TASK BAKERY.OVEN.BAKE_BREAD')`,
    );
    const report = await account.apply(next, { id: 'first' });
    await account.run("SELECT SYSTEM$LOCAL_INJECT('NONE')");
    // Behind the last statement only the answer is lost: the block is sent again.
    if (report.ok) {
      expect(at).toBeGreaterThan(8);
      break;
    }
    expect([at, await facts()]).toEqual([at, before]);
    expect([at, await isLocked()]).toEqual([at, false]);
  }
});

it('the client is killed before, during and after each statement', async () => {
  for (let at = 1; ; at += 1) {
    const killed = await account.applyUntil(next, at, { id: 'first' });
    if (!killed) break;
    await applyAgain(next, 'first');
    expect([at, await account.states()]).toEqual([at, NEXT_STATES]);
    await backToOld();
  }
  expect(await account.states()).toEqual(NEXT_STATES);
});
