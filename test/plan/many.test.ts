/** What a plan and a first apply cost, however many deployments there are. MANY=100 is what bench/README.md tells of. */
import type { Config, DeploymentConfig } from '../../src/config/types';
import { bakery } from '../model/bakery';
import { openAccount, type TestAccount } from './account';
import { recordApply, replayApply } from './replay';

jest.setTimeout(1_200_000);

const MANY = Number(process.env['MANY'] ?? 4);
const { BAKE_BREAD, BAKE_ROLLS } = bakery().tasks as Required<DeploymentConfig['tasks']>;

/** One schema and names of their own, or a schema for each. */
function deployments(count: number, schemaOf: (at: number) => string): Config {
  const all = Array.from({ length: count }, (_, at): [string, DeploymentConfig] => [
    `bakery_${at}`,
    bakery({
      connection: { role: 'BAKER' },
      schema: schemaOf(at),
      names: {
        procedure: `RUN_${at}`,
        view: `V_HISTORY_${at}`,
        stateView: `V_STATE_${at}`,
        jobsView: `V_JOBS_${at}`,
        runsView: `V_RUNS_${at}`,
        nodesView: `V_NODES_${at}`,
      },
      tasks: { [`BREAD_${at}`]: BAKE_BREAD!, [`ROLLS_${at}`]: BAKE_ROLLS! },
      grants: { MILLER: ['read'] },
    }),
  ]);
  return { app: 'acme', deployments: Object.fromEntries(all) };
}

let account: TestAccount;
beforeEach(async () => {
  account = await openAccount();
});
afterEach(() => account.close());

it('a plan in which nothing changed takes as few statements for many deployments in a schema as for one', async () => {
  const counts: number[] = [];
  for (const count of [1, MANY]) {
    const config = deployments(count, () => 'OVEN');
    await account.prepare(config);
    expect(await account.apply(config)).toMatchObject({ ok: true });
    account.sent();
    await account.plan(config);
    counts.push(account.sent().length);
  }
  // Ten, and one for the one role that is granted to.
  expect(Math.max(...counts)).toBeLessThanOrEqual(11);
  expect(new Set(counts).size).toBe(1);
});

it('many schemas are applied to as much faster as they are side by side', async () => {
  const config = deployments(MANY, (at) => `OVEN_${at}`);
  await account.prepare(config);
  const answers = await recordApply(account, config);
  const one = await replayApply(account, config, answers, { delayMs: 50, concurrency: 1 });
  const many = await replayApply(account, config, answers, { delayMs: 50, concurrency: 16 });
  expect(many.statements).toBe(one.statements);
  if (process.env['MANY'] !== undefined) process.stderr.write(`${JSON.stringify({ one, many })}\n`);
  expect(one.wallMs / many.wallMs).toBeGreaterThan(MANY >= 100 ? 8 : 1.5);
});

it('schemas are applied to side by side, up to the number that was asked for', async () => {
  const config = deployments(MANY, (at) => `OVEN_${at}`);
  await account.prepare(config);
  const { report, statements, atOnce, wallMs } = await account.applyTimed(config, {
    delayMs: 50,
    concurrency: 3,
  });
  expect(report).toMatchObject({ ok: true });
  expect(atOnce).toBe(3);
  expect(statements).toBeGreaterThan(MANY * 5);
  expect(wallMs).toBeGreaterThan(0);
});
