/**
 * One log in columns of many types, read in sessions of many zones: every decision and every recorded failure is the one
 * of UTC.
 */
import { openAccount, type Account } from './harness/account';
import { deploymentOf } from './harness/deployments';
import { createFakeDbt, resetFakeDbt, teach } from './harness/fake-dbt';
import { bakeryLog } from './harness/layouts/own';
import type { StateConfig } from '../../src/config/types';
import { renderDeployment } from '../../src/render/render';
import { HOURS, KINDS, SESSIONS, type Kind } from './column-kinds';
import { DAILY, NOW, POLICY } from './logs';

let account: Account;
beforeAll(async () => {
  account = await openAccount();
  await createFakeDbt(account.inside);
});
afterAll(async () => account.close());

const job = { ...DAILY, policy: { ...POLICY, maxAgeHours: 4 } };

function stateOf({ zone }: Kind): StateConfig {
  return { ...bakeryLog.state, zones: { startedAt: zone, endedAt: zone } } as StateConfig;
}

async function prepare(kind: Kind, session: string, endedHoursAgo: number): Promise<void> {
  const { inside } = account;
  account.setClock(NOW);
  await inside.run("ALTER SESSION SET TIMEZONE = 'UTC'");
  await inside.run(`CREATE OR REPLACE TABLE BAKES (bake_id VARCHAR, recipe_book VARCHAR, kitchen VARCHAR, began ${kind.type},
    finished ${kind.type}, outcome VARCHAR, verb VARCHAR, picked VARCHAR, tastings_failed NUMBER)`);
  await inside.run(
    `CREATE OR REPLACE TABLE CAKES (bake_id VARCHAR, cake VARCHAR, sort VARCHAR, outcome VARCHAR, finished ${kind.type}, remark VARCHAR)`,
  );
  const ended = kind.write(NOW - endedHoursAgo * HOURS);
  await inside.run(
    `INSERT INTO BAKES SELECT 'first', '${job.project}', 'prod', ${kind.write(NOW - (endedHoursAgo + 0.25) * HOURS)}, ${ended}, 'burnt', 'build', '', 0`,
  );
  await inside.run(`INSERT INTO CAKES SELECT 'first', 'a', 'model', 'burnt', ${ended}, NULL`);
  await inside.run(`ALTER SESSION SET TIMEZONE = '${session}'`);
  for (const { kind: what, sql } of renderDeployment(deploymentOf(stateOf(kind), [job])).statements)
    if (what === 'view' || what === 'procedure') await inside.run(sql);
}

const call = (mode: string): Promise<unknown> =>
  account.inside
    .run(`CALL RUN_DBT_AUTO_RESTART('${job.project}', NULL, 'daily', '${mode}')`)
    .then(({ rows }) => Object.values(rows[0]!)[0]);

const cases = Object.entries(KINDS).flatMap(([name, kind]) =>
  SESSIONS.map((session) => [name, session, kind] as const),
);

it.each(cases)(
  '%s, read in %s: a failure of 40 minutes is retried, one of 4 hours is not',
  async (_, session, kind) => {
    await prepare(kind, session, 2 / 3);
    expect(await call('PLAN')).toContain('🔄 RETRY #1');
    await prepare(kind, session, 4.01);
    expect(await call('PLAN')).toContain('Failure too old');
  },
);

it.each(cases)(
  '%s, recorded in %s: an attempt that leaves no row counts, ended now',
  async (_, session, kind) => {
    await prepare(kind, session, 2 / 3);
    await resetFakeDbt(account.inside);
    await teach(account.inside, bakeryLog, 1, [{ writes: [], raises: true }]);
    await expect(call('AUTO')).rejects.toThrow('the cake is burnt');
    const { rows } = await account.inside.run(
      `SELECT attempts_made, DATEDIFF('second', chain_ended_at, SYSDATE()) AS ago FROM V_AUTO_RESTART_STATE`,
    );
    expect([Number(rows[0]!['ATTEMPTS_MADE']), Number(rows[0]!['AGO'])]).toEqual([1, 0]);
  },
);

it('records an attempt under numeric ids and a status that is a boolean', async () => {
  const { inside } = account;
  const kind = KINDS['TIMESTAMP_LTZ']!;
  await prepare(kind, 'UTC', 2 / 3);
  await inside.run(`CREATE OR REPLACE TABLE BAKES (bake_id NUMBER AUTOINCREMENT, recipe_book VARCHAR, kitchen VARCHAR, began TIMESTAMP_LTZ,
    finished TIMESTAMP_LTZ, outcome BOOLEAN, verb VARCHAR, picked VARCHAR, tastings_failed NUMBER)`);
  await inside.run(
    `INSERT INTO BAKES (recipe_book, kitchen, began, finished, outcome, verb, picked)
     SELECT '${job.project}', 'prod', DATEADD('hour', -1, CURRENT_TIMESTAMP()), CURRENT_TIMESTAMP(), FALSE, 'build', ''`,
  );
  await inside.run("UPDATE CAKES SET bake_id = '1'");
  const layout = (bakeryLog.state as { layout: object }).layout;
  const state = {
    ...bakeryLog.state,
    layout: {
      ...layout,
      statuses: { succeeded: ['true', 'golden'], failed: ['false', 'burnt'], running: ['none'] },
    },
  } as StateConfig;
  for (const { kind: what, sql } of renderDeployment(deploymentOf(state, [job])).statements)
    if (what === 'view' || what === 'procedure') await inside.run(sql);
  await resetFakeDbt(inside);
  await teach(inside, bakeryLog, 1, [{ writes: [], raises: true }]);
  await expect(call('AUTO')).rejects.toThrow('the cake is burnt');
  const { rows } = await inside.run('SELECT attempts_made FROM V_AUTO_RESTART_STATE');
  expect(Number(rows[0]!['ATTEMPTS_MADE'])).toBe(1);
});
