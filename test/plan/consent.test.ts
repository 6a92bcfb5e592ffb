/** What a plan wants somebody to agree to, each from an account that is so; and what is only told. */
import type { Config, DeploymentConfig } from '../../src/config/types';
import { procedureRunner } from '../../src/config/define';
import { objections } from '../../src/plan/consent';
import type { HazardCode } from '../../src/plan/hazards';
import type { Plan } from '../../src/plan/step';
import { bakery } from '../model/bakery';
import { notesOf, openAccount, stepsOf, type TestAccount } from './account';

const config = (changes: Partial<DeploymentConfig> = {}): Config => ({
  app: 'acme',
  deployments: { bakery: bakery({ connection: { role: 'BAKER' }, ...changes }) },
});

let account: TestAccount;
beforeEach(async () => {
  account = await openAccount();
  await account.prepare(config());
});
afterEach(() => account.close());

const wants = (plan: Plan, allow: HazardCode[] = [], adopt = false): string[] =>
  objections(plan, { allow: new Set(allow), adopt }).map(({ code, message }) => `${code} ${message}`);

it('a procedure whose calls would fail is replaced only with consent to both', async () => {
  await account.run(
    "CREATE PROCEDURE BAKERY.OVEN.RUN_DBT_AUTO_RESTART(N NUMBER) RETURNS VARCHAR LANGUAGE SQL AS 'BEGIN RETURN 1; END'",
  );
  const plan = await account.plan(config());
  expect(wants(plan).sort()).toEqual([
    expect.stringMatching(/^ADOPT procedure BAKERY\.OVEN\.RUN_DBT_AUTO_RESTART\(NUMBER\) is there already/),
    'SIGNATURE_CHANGED procedure BAKERY.OVEN.RUN_DBT_AUTO_RESTART(NUMBER) becomes (VARCHAR, NUMBER, VARCHAR, VARCHAR): calls with the old arguments fail',
  ]);
  expect(wants(plan, ['SIGNATURE_CHANGED'], true)).toEqual([]);
  const asked = { allow: ['SIGNATURE_CHANGED' as const], adopt: true };
  expect(await account.apply(config(), asked)).toMatchObject({ ok: true });
  expect(stepsOf(await account.plan(config(), asked))).toEqual([]);
  const there = await account.run("SHOW PROCEDURES LIKE 'RUN_DBT_AUTO_RESTART%' IN SCHEMA BAKERY.OVEN");
  expect(there).toHaveLength(1);
});

it('a procedure that Snowflake does not document starts dbt only with consent, but on the embedded account', async () => {
  const undocumented = config({ runner: procedureRunner('SYSTEM$DBT_RUN') });
  expect(wants(await account.plan(undocumented))).toEqual([]);
  const plan = account.planFor(undocumented, await account.inspect(undocumented), { local: false });
  expect(wants(plan)).toEqual([
    'UNDOCUMENTED_RUNNER SYSTEM$DBT_RUN is in no Snowflake documentation: where an account has it not, every run fails',
  ]);
  expect(wants(plan, ['UNDOCUMENTED_RUNNER'])).toEqual([]);
});

it.each(['ACCOUNTADMIN', 'SYSADMIN', 'SECURITYADMIN'])(
  '%s owns the objects only with consent, but on the embedded account',
  async (role) => {
    const anyRole: Config = { app: 'acme', deployments: { bakery: bakery() } };
    const deployed = { ...(await account.inspect(anyRole)), role };
    expect(wants(account.planFor(anyRole, deployed))).toEqual([]);
    const plan = account.planFor(anyRole, deployed, { local: false });
    expect(wants(plan)).toEqual([
      `PRIVILEGED_ROLE ${role} will own the procedure, and the tasks run with all its rights`,
    ]);
    expect(wants(plan, ['PRIVILEGED_ROLE'])).toEqual([]);
  },
);

it('what could not be seen is told once, and no objection', async () => {
  const two: Config = {
    app: 'acme',
    deployments: { ...config().deployments, cellar: bakery({ schema: 'CELLAR' }) },
  };
  const deployed = { ...(await account.inspect(two)), unseen: ['parameters of tasks'] };
  const plan = account.planFor(two, deployed);
  expect(notesOf(plan)).toEqual(['NOT_SEEN parameters of tasks']);
  expect(wants(plan)).toEqual([]);
});

it('an error of the log refuses whatever is agreed to, a doubt does not', async () => {
  await account.run('DROP TABLE BAKERY.OVEN.DBT_MODEL_LOG');
  const plan = await account.plan(config());
  expect(wants(plan, ['ADOPT'], true)).toEqual([
    expect.stringMatching(/^LOG_CONTRACT TABLE_MISSING BAKERY\.OVEN\.DBT_MODEL_LOG: there is no such table/),
  ]);
  await account.prepare(config());
  const again = await account.plan(config());
  expect(again.deployments.flatMap(({ findings }) => findings.map(({ code }) => code))).toEqual([
    'LOG_EMPTY',
  ]);
  expect(wants(again)).toEqual([]);
});
