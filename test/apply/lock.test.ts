/** One apply at a time, and a dead one is taken over once. */
import type { Config, DeploymentConfig, TaskConfig } from '../../src/config/types';
import { bakery } from '../model/bakery';
import { openAccount, type TestAccount } from '../plan/account';

const { BAKE_BREAD } = bakery().tasks as Record<string, TaskConfig>;
const config = (changes: Partial<DeploymentConfig> = {}): Config => ({
  app: 'acme',
  deployments: {
    bakery: bakery({ connection: { role: 'BAKER' }, tasks: { BAKE_BREAD: BAKE_BREAD! }, ...changes }),
  },
});
const commented = (comment: string): Config => config({ tasks: { BAKE_BREAD: { ...BAKE_BREAD!, comment } } });

let account: TestAccount;
beforeEach(async () => {
  account = await openAccount();
  await account.prepare(config());
  await account.apply(config());
});
afterEach(() => account.close());

const locks = () => account.run("SHOW VIEWS LIKE 'V_AUTO_RESTART_APPLYING%' IN SCHEMA BAKERY.OVEN");

type Ended = { ok: boolean } | { message: string };
const ended = (apply: Promise<{ ok: boolean }>): Promise<Ended> =>
  apply.then(({ ok }) => ({ ok })).catch((error: Error) => ({ message: error.message }));

it('of two at once one does it and the other is told who holds the lock, a hundred times', async () => {
  const rounds = Number(process.env['ROUNDS'] ?? 20);
  for (let round = 1; round <= rounds; round += 1) {
    const wanted = commented(`round ${round}`);
    const results = await Promise.all(['one', 'two'].map((id) => ended(account.apply(wanted, { id }))));
    const done = results.filter((result) => 'ok' in result && result.ok);
    const told = results.filter((result) => 'message' in result);
    // Who comes when the other is through finds nothing to do, or that the account has moved.
    expect([round, done.length + told.length]).toEqual([round, 2]);
    expect(done.length).toBeGreaterThanOrEqual(1);
    for (const result of told)
      expect('message' in result && result.message).toMatch(
        /is applied by a test since .* \(id (one|two)\)|has changed since the plan/,
      );
    expect(await locks()).toEqual([]);
    expect(await account.states()).toEqual({ BAKE_BREAD: 'started' });
  }
});

const DEAD = `CREATE VIEW BAKERY.OVEN.V_AUTO_RESTART_APPLYING
  COMMENT = '{"applying":"acme/-/bakery","who":"RUNNER","since":"2026-01-05T06:00:00Z","id":"dead1","to_resume":["BAKE_BREAD"]}'
  AS SELECT 1 AS N`;

describe('a dead apply', () => {
  beforeEach(async () => {
    await account.run(DEAD);
    await account.run('ALTER TASK BAKERY.OVEN.BAKE_BREAD SUSPEND');
  });

  it('is told of by name, and nothing is done', async () => {
    expect(await ended(account.apply(config()))).toEqual({
      message:
        'another apply holds the lock: acme/-/bakery is applied by RUNNER since 2026-01-05T06:00:00Z (id dead1)',
    });
    expect(await account.states()).toEqual({ BAKE_BREAD: 'suspended' });
  });

  it('is taken over by its id, and what it noted is started', async () => {
    expect(await ended(account.apply(config(), { takeOver: 'other' }))).toEqual({
      message: 'no apply with the id other holds a lock',
    });
    expect(await account.apply(config(), { takeOver: 'dead1' })).toMatchObject({ ok: true });
    expect(await account.states()).toEqual({ BAKE_BREAD: 'started' });
    expect(await locks()).toEqual([]);
  });

  it('is taken over by one of two', async () => {
    const results = await Promise.all(
      ['one', 'two'].map((id) => ended(account.apply(config(), { takeOver: 'dead1', id }))),
    );
    expect(results.filter((result) => 'ok' in result && result.ok)).toHaveLength(1);
    expect(await account.states()).toEqual({ BAKE_BREAD: 'started' });
    expect(await locks()).toEqual([]);
  });

  it('whose take-over died is found all the same', async () => {
    await account.run(
      'ALTER VIEW BAKERY.OVEN.V_AUTO_RESTART_APPLYING RENAME TO BAKERY.OVEN.V_AUTO_RESTART_APPLYING_DEAD1',
    );
    expect(await account.apply(config())).toMatchObject({ ok: true });
    expect(await account.states()).toEqual({ BAKE_BREAD: 'started' });
    expect(await locks()).toEqual([]);
  });
});

it('a view of that name that no apply wrote is told of, and not touched', async () => {
  await account.run("CREATE VIEW BAKERY.OVEN.V_AUTO_RESTART_APPLYING COMMENT = 'mine' AS SELECT 1 AS N");
  const result = await ended(account.apply(commented('x')));
  expect('message' in result && result.message).toContain('no apply of this product wrote it');
  expect(await locks()).toHaveLength(1);
});

it('a plan that the account has moved away from is not applied, and its lock goes again', async () => {
  const applied = ended(
    account.apply(commented('mine'), {
      // The plan is made; somebody is quicker.
      beforeLock: () =>
        account
          .run('ALTER TASK BAKERY.OVEN.BAKE_BREAD SUSPEND')
          .then(() => account.run("ALTER TASK BAKERY.OVEN.BAKE_BREAD SET COMMENT = 'theirs'")),
    }),
  );
  expect(await applied).toEqual({
    message: 'the account has changed since the plan was made: nothing was applied',
  });
  expect(await locks()).toEqual([]);
});
