/** Alerts are planned, applied, left and taken away as everything else is. */
import { every } from '../../src/config/define';
import type { AlertsConfig, Config, NamesConfig } from '../../src/config/types';
import { bakery, problemsOf } from '../model/bakery';
import { notesOf, openAccount, stepsOf, type TestAccount } from '../plan/account';

const ALERTS: AlertsConfig = { integration: 'BELL', on: ['given-up', 'suspended'] };

const config = (alerts: AlertsConfig | undefined, names?: NamesConfig): Config => ({
  app: 'acme',
  deployments: {
    bakery: bakery({
      connection: { role: 'BAKER' },
      ...(alerts === undefined ? {} : { alerts }),
      ...(names === undefined ? {} : { names }),
    }),
  },
});

let account: TestAccount;
beforeEach(async () => {
  account = await openAccount();
  await account.prepare(config(ALERTS));
});
afterEach(() => account.close());

async function alerts(): Promise<Record<string, unknown>> {
  const rows = await account.run('SHOW ALERTS IN ACCOUNT');
  return Object.fromEntries(rows.map(({ name, state }) => [String(name), state]));
}

const STARTED = { AUTO_RESTART_ALERTS_CHAINS: 'started', AUTO_RESTART_ALERTS_TASKS: 'started' };

async function converges(to: Config): Promise<void> {
  expect(await account.apply(to)).toMatchObject({ ok: true });
  expect(stepsOf(await account.plan(to))).toEqual([]);
}

it('are made and started, with the table of what they have told, and then are as they should be', async () => {
  await converges(config(ALERTS));
  expect(await alerts()).toEqual(STARTED);
  await account.setUp(config(ALERTS));
  expect(stepsOf(await account.plan(config(ALERTS)))).toEqual([]);
});

it('one that an operator suspended stays so when it changes, and keeps what it has told', async () => {
  await converges(config(ALERTS));
  await account.run('ALTER ALERT BAKERY.OVEN.AUTO_RESTART_ALERTS_CHAINS SUSPEND');
  await account.run("INSERT INTO BAKERY.OVEN.AUTO_RESTART_ALERTS_TOLD SELECT 'a', 'b', 'c', SYSDATE()");
  const often = config({ ...ALERTS, schedule: every('2 hours') });
  expect(stepsOf(await account.plan(often))).toEqual([
    'replace alert:BAKERY.OVEN.AUTO_RESTART_ALERTS_CHAINS',
    'replace alert:BAKERY.OVEN.AUTO_RESTART_ALERTS_TASKS',
  ]);
  await converges(often);
  expect(await alerts()).toEqual({ ...STARTED, AUTO_RESTART_ALERTS_CHAINS: 'suspended' });
  expect(await account.run('SELECT * FROM BAKERY.OVEN.AUTO_RESTART_ALERTS_TOLD')).toHaveLength(1);
});

it.each([
  ["SET SCHEDULE = '5 MINUTES'", 'SCHEDULE'],
  ['MODIFY CONDITION EXISTS (SELECT 1)', 'IF'],
  ['MODIFY ACTION SELECT 1', 'THEN'],
])('what somebody changed with %s is told, and put back', async (change, what) => {
  await converges(config(ALERTS));
  await account.run(`ALTER ALERT BAKERY.OVEN.AUTO_RESTART_ALERTS_TASKS ${change}`);
  const plan = await account.plan(config(ALERTS));
  expect(
    plan.deployments.flatMap(({ steps }) => steps.flatMap(({ changes }) => changes.map((one) => one.what))),
  ).toEqual([what]);
  await converges(config(ALERTS));
});

it('that leave the config tell nothing more, come back started, and are dropped with consent', async () => {
  await converges(config(ALERTS));
  await converges(config(undefined));
  expect(Object.values(await alerts())).toEqual(['suspended', 'suspended']);
  expect(notesOf(await account.plan(config(undefined)))).toEqual([
    'left over: alert BAKERY.OVEN.AUTO_RESTART_ALERTS_CHAINS',
    'left over: alert BAKERY.OVEN.AUTO_RESTART_ALERTS_TASKS',
    'left over: table BAKERY.OVEN.AUTO_RESTART_ALERTS_TOLD',
  ]);
  await converges(config(ALERTS));
  expect(await alerts()).toEqual(STARTED);
  expect(await account.apply(config(undefined), { allow: ['DROP'] })).toMatchObject({ ok: true });
  expect(await alerts()).toEqual({});
});

it('that are called otherwise leave the old ones suspended', async () => {
  await converges(config(ALERTS));
  await converges(config(ALERTS, { alerts: 'BELLS' }));
  expect(await alerts()).toEqual({
    AUTO_RESTART_ALERTS_CHAINS: 'suspended',
    AUTO_RESTART_ALERTS_TASKS: 'suspended',
    BELLS_CHAINS: 'started',
    BELLS_TASKS: 'started',
  });
});

it('are refused without anything to tell, and with what does not go together', () => {
  expect(problemsOf(bakery({ alerts: { integration: 'BELL', on: [] } }))).toEqual([
    'alerts.on: they tell nothing',
  ]);
  expect(problemsOf(bakery({ alerts: { ...ALERTS, schedule: every('1 second') } }))).toEqual([
    'alerts.schedule.every: "1 seconds" is outside Snowflake\'s limits',
  ]);
  expect(problemsOf(bakery({ alerts: { ...ALERTS, kind: 'email' } }))).toEqual([
    'alerts.recipients: a message by email needs recipients',
  ]);
  expect(problemsOf(bakery({ alerts: ALERTS, tasks: {} }))).toEqual([
    'alerts.on: suspended: no task calls the procedure',
  ]);
  expect(problemsOf(bakery({ names: { alerts: 'BELLS' } }))).toEqual([
    'names.alerts: there are no alerts to name',
  ]);
});
