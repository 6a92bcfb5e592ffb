import { openAccount, type Account } from './harness/account';
import { deploymentOf } from './harness/deployments';
import { commandsRun, createFakeDbt, teach } from './harness/fake-dbt';
import { callProcedure, install } from './harness/installed';
import { bakeryLog } from './harness/layouts/own';
import { createLog, writeLog } from './harness/log-tables';
import { DAILY, NOW, full, log } from './logs';

const NAMES = [
  "x'; drop",
  'a"b',
  '$$',
  '--full-refresh',
  '-a',
  '🥐',
  'crème',
  'two\nlines',
  'a b',
  'a,b',
  'a+',
  '+a',
  'tag:nightly',
  '*',
  'back\\slash',
  "quote''d",
  '{{ name }}',
  '&name',
  '.',
  '',
];

let account: Account;
beforeAll(async () => {
  account = await openAccount();
  await createFakeDbt(account.inside);
  await createLog(account.inside, bakeryLog);
  await install(account.client, deploymentOf(bakeryLog.state, [DAILY]));
});
afterAll(async () => account.close());

describe('a name that cannot stand in a selector', () => {
  it.each(NAMES)('%j is neither in the plan nor in what runs', async (name) => {
    await createLog(account.inside, bakeryLog);
    await writeLog(account.inside, bakeryLog, log(full(DAILY, 'FAILED', { a: 'FAIL', [name]: 'FAIL' })));
    const message = "🔵 FULL BUILD: A failed model's name cannot be used in a selector";
    expect(await callProcedure(account.client, DAILY, 'PLAN')).toBe(
      `PLAN: ${message} | would run: dbt build`,
    );

    const before = (await commandsRun(account.inside)).length;
    const done = { ...full(DAILY, 'SUCCESS'), id: 'this-call', startedAt: NOW, endedAt: NOW };
    await teach(account.inside, bakeryLog, before + 1, [{ writes: [done], raises: false }]);
    expect(await callProcedure(account.client, DAILY, 'AUTO')).toBe(message);
    expect((await commandsRun(account.inside)).slice(before)).toEqual(['dbt build']);
  });
});
