import type { Job } from '../../src/model/deployment';
import { openAccount, type Account } from './harness/account';
import { classifyAll, createJobs, decideAll } from './harness/in-bulk';
import { callProcedure, commandLine, install } from './harness/installed';
import { o2cLog } from './harness/layouts/o2c';
import { bakeryLog, plainLog } from './harness/layouts/own';
import { artifactsLog, elementaryLog } from './harness/layouts/packages';
import { createLog, writeLog } from './harness/log-tables';
import { expectedOfAll, worldsOver } from './harness/lived-worlds';
import { NOW } from './logs';
import { classify } from './reference/classify';
import { decide, type Decision } from './reference/decide';
import type { Call } from './reference/history';

/** Another seed or more worlds: `WORLDS=5000 WORLDS_SEED=1 npx jest test/decision/worlds`. */
const numRuns = Number(process.env['WORLDS'] ?? 300);
const seed = Number(process.env['WORLDS_SEED'] ?? 20260310);
/** Worlds in which the procedure itself is called: it looks at the runs before it asks the state view. */
const CALLED = 12;
const LAYOUTS = [o2cLog(), o2cLog('America/Los_Angeles'), bakeryLog, elementaryLog, artifactsLog, plainLog];

let account: Account;
beforeAll(async () => {
  account = await openAccount();
});
afterAll(async () => account.close());

describe.each(LAYOUTS.map((layout, index) => [`${layout.name} ${index + 1}`, layout] as const))(
  '%s',
  (_, layout) => {
    const all = worldsOver(layout, { seed, numRuns });
    const { lived, deployment, environment, jobsOf, logOf } = all;

    beforeAll(async () => {
      await createLog(account.inside, layout);
      await writeLog(account.inside, layout, all.runs);
      await createJobs(account.inside, deployment, lived.flatMap(jobsOf));
    });

    it('is decided as the reference decides', async () => {
      const decided = await decideAll(account.inside);
      const wrong = [...expectedOfAll(all)].flatMap(([job, expected]) => {
        const { reason, attempt, selector } = decided.get(job) ?? {};
        const found = { reason, attempt, selector: reason === 'RETRY' ? selector : null };
        return JSON.stringify(found) === JSON.stringify(expected) ? [] : [{ job, expected, found }];
      });
      expect(decided.size).toBe(deployment.jobs.length * lived.length);
      expect(wrong.slice(0, 3).map((each) => JSON.stringify(each))).toEqual([]);
    });

    it('shows its runs in the view as the reference classifies them', async () => {
      const kinds = await classifyAll(account.inside);
      const wrong: object[] = [];
      for (const one of lived) {
        for (const [id, { job, runKind, retrySequence }] of classify(
          logOf(one),
          jobsOf(one),
          environment,
          NOW,
        )) {
          const expected = job === null ? [] : [{ job, runKind, attempt: retrySequence }];
          const found = kinds.get(id) ?? [];
          if (JSON.stringify(found) !== JSON.stringify(expected))
            wrong.push({ id, expected, found, log: logOf(one) });
        }
      }
      expect(wrong.slice(0, 3).map((each) => JSON.stringify(each))).toEqual([]);
    });

    it('is decided by the procedure as the reference decides', async () => {
      const called = lived.slice(0, CALLED);
      await install(account.client, { ...deployment, jobs: called.flatMap(jobsOf) });
      for (const one of called) {
        const jobs = jobsOf(one);
        for (const job of jobs) {
          const call: Call = { job, jobs, environment, mode: 'PLAN', now: NOW, maxAgeHours: null };
          const said = await callProcedure(account.client, job, 'PLAN');
          expect([job.name, said]).toEqual([job.name, planOf(decide(logOf(one), call), job)]);
        }
      }
    });
  },
);

function planOf({ action, message, selector }: Decision, job: Job): string {
  const runs = action === 'FULL_BUILD' || action === 'SELECTIVE_RETRY';
  return `PLAN: ${message} | would run: ${runs ? commandLine(job, selector, 'procedure') : 'nothing'}`;
}
