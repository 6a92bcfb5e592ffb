/**
 * A chain ends although every attempt goes wrong in a way that leaves no trace: dbt dies before its hooks, or it
 * selects nothing. Hour after hour the task calls again; at the latest when the failure is too old there is a full build.
 */
import { openAccount, type Account } from './harness/account';
import { createFakeDbt, commandsRun, resetFakeDbt, teach } from './harness/fake-dbt';
import { install } from './harness/installed';
import type { LogLayout } from './harness/layouts/layout';
import { o2cLog } from './harness/layouts/o2c';
import { bakeryLog, plainLog } from './harness/layouts/own';
import { artifactsLog, elementaryLog } from './harness/layouts/packages';
import { createLog, writeLog } from './harness/log-tables';
import { worldsOver } from './harness/lived-worlds';
import { NOW } from './logs';
import { decide } from './reference/decide';
import { HOUR, type RestartJob } from './reference/history';

const seed = Number(process.env['WORLDS_SEED'] ?? 20261128);
const MOST_CALLS = 26;
const WORLDS = 5;

let account: Account;
beforeAll(async () => {
  account = await openAccount();
  await createFakeDbt(account.inside);
});
afterAll(async () => account.close());

/** `counts`: an attempt that left no row is written down, so that attempts are counted; elsewhere its age ends the chain. */
const LAYOUTS: { layout: LogLayout; counts: boolean }[] = [
  { layout: o2cLog(), counts: true },
  { layout: bakeryLog, counts: true },
  { layout: plainLog, counts: true },
  { layout: elementaryLog, counts: false },
  { layout: artifactsLog, counts: false },
];

async function call(job: RestartJob): Promise<void> {
  const sql = `CALL EDW.O2C_AUDIT.RUN_DBT_AUTO_RESTART('${job.project}', NULL, '${job.name}', 'AUTO')`;
  await account.client.run(sql).catch((error: Error) => {
    if (!error.message.includes('the cake is burnt')) throw error;
  });
}

/** Calls every hour until dbt was started without `--select`. @returns how many retries came before */
async function retriesUntilFullBuild(job: RestartJob, layout: LogLayout, raises: boolean): Promise<number> {
  await resetFakeDbt(account.inside);
  if (raises)
    await teach(
      account.inside,
      layout,
      1,
      Array.from({ length: MOST_CALLS + 1 }, () => ({ writes: [], raises })),
    );
  for (let hour = 0; hour < MOST_CALLS; hour += 1) {
    account.setClock(NOW + hour * HOUR);
    await call(job);
    const commands = await commandsRun(account.inside);
    const full = commands.findIndex((command) => !command.includes('--select'));
    if (full >= 0) return full;
  }
  throw new Error(`no full build of ${job.name} in ${MOST_CALLS} hours`);
}

describe.each(LAYOUTS.map((each) => [each.layout.name, each] as const))(
  'over %s',
  (_, { layout, counts }) => {
    it.each([
      ['dies before its hooks', true],
      ['selects nothing', false],
    ])(
      'a chain whose every retry %s ends with a full build',
      async (__, raises) => {
        const all = worldsOver(layout, { seed, numRuns: 60 });
        const broken = all.lived.filter((one) => {
          const jobs = all.jobsOf(one);
          const [job] = jobs;
          const asked = {
            job: job!,
            jobs,
            environment: all.environment,
            mode: 'AUTO' as const,
            now: NOW,
            maxAgeHours: null,
          };
          return decide(all.logOf(one), asked).reason === 'RETRY';
        });
        expect(broken.length).toBeGreaterThanOrEqual(WORLDS);
        for (const one of broken.slice(0, WORLDS)) {
          account.setClock(NOW);
          await createLog(account.inside, layout);
          await writeLog(account.inside, layout, one.history.runs);
          const jobs = all.jobsOf(one);
          const [job] = jobs;
          await install(account.client, { ...all.deployment, jobs });
          const retries = await retriesUntilFullBuild(job!, layout, raises);
          const most = !raises ? 1 : counts ? job!.policy.maxAttempts : job!.policy.maxAgeHours + 1;
          expect(retries).toBeLessThanOrEqual(most);
        }
      },
      240_000,
    );
  },
);
