/** Every mode with every kind of age argument, over worlds in which the age decides now and then. */
import { openAccount, type Account } from './harness/account';
import { createFakeDbt, resetFakeDbt, teach } from './harness/fake-dbt';
import { commandLine, install } from './harness/installed';
import type { LogLayout } from './harness/layouts/layout';
import { o2cLog } from './harness/layouts/o2c';
import { bakeryLog, plainLog } from './harness/layouts/own';
import { artifactsLog, elementaryLog } from './harness/layouts/packages';
import { createLog, writeLog } from './harness/log-tables';
import { worldsOver, type LivedWorlds } from './harness/lived-worlds';
import { NOW } from './logs';
import { decide, type Decision } from './reference/decide';
import type { LoggedRun, Mode, RestartJob } from './reference/history';

const seed = Number(process.env['WORLDS_SEED'] ?? 20261127);
const AGES = [null, 0, 1, 10_000];
const LAYOUTS = [o2cLog('America/Los_Angeles'), bakeryLog, elementaryLog, artifactsLog, plainLog];

let account: Account;
beforeAll(async () => {
  account = await openAccount();
  await createFakeDbt(account.inside);
});
afterAll(async () => account.close());

async function prepare(layout: LogLayout, all: LivedWorlds): Promise<void> {
  await createLog(account.inside, layout);
  await writeLog(account.inside, layout, all.runs);
  await install(account.client, { ...all.deployment, jobs: all.lived.flatMap(all.jobsOf) });
}

async function call(job: RestartJob, age: number | null, mode: Mode): Promise<string> {
  const { rows } = await account.client.run(
    `CALL EDW.O2C_AUDIT.RUN_DBT_AUTO_RESTART('${job.project}', ${age ?? 'NULL'}, '${job.name}', '${mode}')`,
  );
  return String(Object.values(rows[0] ?? {})[0]);
}

function planOf({ action, message, selector }: Decision, job: RestartJob): string {
  const runs = action === 'FULL_BUILD' || action === 'SELECTIVE_RETRY';
  return `PLAN: ${message} | would run: ${runs ? commandLine(job, selector, 'procedure') : 'nothing'}`;
}

describe.each(LAYOUTS.map((layout) => [layout.name, layout] as const))('over %s', (_, layout) => {
  const all = worldsOver(layout, { seed, numRuns: 10 });

  it('PLAN says what the reference decides, whatever the age', async () => {
    await prepare(layout, all);
    for (const one of all.lived) {
      const jobs = all.jobsOf(one);
      const [job] = jobs;
      for (const maxAgeHours of AGES) {
        const decision = decide(all.logOf(one), {
          job: job!,
          jobs,
          environment: all.environment,
          mode: 'PLAN',
          now: NOW,
          maxAgeHours,
        });
        expect([job!.name, maxAgeHours, await call(job!, maxAgeHours, 'PLAN')]).toEqual([
          job!.name,
          maxAgeHours,
          planOf(decision, job!),
        ]);
      }
    }
  });
});

describe.each(['AUTO', 'FULL_BUILD', 'RETRY_ONLY'] as const)('%s', (mode) => {
  it('does what the reference decides, whatever the age', async () => {
    const layout = bakeryLog;
    const all = worldsOver(layout, { seed: seed + 1, numRuns: 12 });
    await prepare(layout, all);
    for (const one of all.lived) {
      const jobs = all.jobsOf(one);
      const [job] = jobs;
      for (const maxAgeHours of AGES) {
        const decision = decide(all.logOf(one), {
          job: job!,
          jobs,
          environment: all.environment,
          mode,
          now: NOW,
          maxAgeHours,
        });
        await resetFakeDbt(account.inside);
        await teach(account.inside, layout, 1, [{ writes: [thisCall(job!, decision)], raises: false }]);
        expect([job!.name, maxAgeHours, await call(job!, maxAgeHours, mode)]).toEqual([
          job!.name,
          maxAgeHours,
          decision.message,
        ]);
        await account.inside.run("DELETE FROM BAKES WHERE bake_id = 'this-call'");
      }
    }
  });
});

function thisCall(job: RestartJob, { selector }: Decision): LoggedRun {
  return {
    id: 'this-call',
    project: job.project,
    environment: 'prod',
    startedAt: NOW,
    endedAt: NOW,
    status: 'SUCCESS',
    command: selector === null ? job.command : job.policy.retryCommand,
    selection: selector === null ? job.select.join(',') || 'all' : selector.replaceAll(' ', ','),
    nodes: [],
  };
}
