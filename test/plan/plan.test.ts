/** The plan against an account that was set up: empty when nothing changed, and every kind of drift found and named. */
import type { Config, DeploymentConfig } from '../../src/config/types';
import { bakery } from '../model/bakery';
import { changesOf, notesOf, openAccount, stepsOf, type TestAccount } from './account';

const config = (changes: Partial<DeploymentConfig> = {}, app = 'acme'): Config => ({
  app,
  deployments: {
    bakery: bakery({ connection: { role: 'BAKER' }, grants: { MILLER: ['read'] }, ...changes }),
  },
});

let account: TestAccount;
beforeEach(async () => {
  account = await openAccount();
  await account.prepare(config());
});
afterEach(() => account.close());

it('of an empty account makes everything, in order', async () => {
  const plan = await account.plan(config());
  expect(stepsOf(plan)).toMatchInlineSnapshot(`
    [
      "create procedure:BAKERY.OVEN.RUN_DBT_AUTO_RESTART",
      "create view:BAKERY.OVEN.V_AUTO_RESTART_HISTORY",
      "create graph:BAKERY.OVEN.BAKE_BREAD",
      "create graph:BAKERY.OVEN.BAKE_ROLLS",
      "grant grant:USAGE ON DATABASE BAKERY TO ROLE MILLER",
      "grant grant:USAGE ON SCHEMA BAKERY.OVEN TO ROLE MILLER",
      "grant grant:SELECT ON VIEW BAKERY.OVEN.V_AUTO_RESTART_HISTORY TO ROLE MILLER",
      "grant grant:MONITOR ON TASK BAKERY.OVEN.BAKE_BREAD TO ROLE MILLER",
      "grant grant:MONITOR ON TASK BAKERY.OVEN.BAKE_ROLLS TO ROLE MILLER",
    ]
  `);
});

describe('after a set-up', () => {
  beforeEach(() => account.setUp(config()));

  it('is empty', async () => {
    const plan = await account.plan(config());
    expect(stepsOf(plan)).toEqual([]);
    expect(changesOf(plan)).toEqual([]);
    expect(notesOf(plan)).toEqual([]);
  });
});
