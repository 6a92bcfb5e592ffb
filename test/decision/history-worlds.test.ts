import fc from '../properties';
import { live } from './generators/world';
import { worlds } from './generators/worlds';
import { openAccount, type Account } from './harness/account';
import { deploymentOf } from './harness/deployments';
import { HISTORY, OBJECT, writeHistory } from './harness/execution-history';
import { classifyAll, createJobs, decideAll } from './harness/in-bulk';
import { DAILY, HOURLY, NOW } from './logs';
import { classify } from './reference/classify';
import { decide } from './reference/decide';
import type { Call, History, LoggedRun } from './reference/history';
import { visibleIn } from './visible';

let account: Account;
beforeAll(async () => {
  account = await openAccount();
});
afterAll(async () => account.close());

/** One project object has one history, so these are decided one by one. */
const lived = fc
  .sample(worlds, { seed: 20260310, numRuns: 60 })
  .map((world) => live({ ...world, project: 'bakery' }));

/** A run that failed before it tried any node has no results. */
const unhandled = (run: LoggedRun): LoggedRun =>
  run.status === 'FAILED' && run.nodes.length === 0 ? { ...run, status: 'KILLED' } : run;

it.each(lived.map((one, index) => [index, one] as const))(
  'decides history %i of a project object',
  async (_, one) => {
    const withPolicy = [
      { ...DAILY, project: 'bakery', policy: one.daily.policy },
      { ...HOURLY, project: 'bakery', policy: one.hourly.policy },
    ];
    const deployment = deploymentOf(HISTORY, withPolicy, OBJECT);
    const runs = visibleIn('execution-history', one.history.runs.map(unhandled));
    await writeHistory(account.local, runs, deployment.jobs);
    const history: History = { kind: 'execution-history', runs };

    await createJobs(account.inside, deployment, deployment.jobs);
    const decided = await decideAll(account.inside);
    for (const job of deployment.jobs) {
      const policy = { ...job.policy, onRunInProgress: 'run' as const };
      const call: Call = {
        job: { ...job, policy },
        jobs: deployment.jobs,
        environment: null,
        mode: 'AUTO',
        now: NOW,
        maxAgeHours: null,
      };
      const { reason, attempt, selector } = decide(history, call);
      const found = decided.get(job.name);
      expect([job.name, found?.reason, found?.attempt]).toEqual([job.name, reason, attempt]);
      if (reason === 'RETRY') expect(found?.selector).toBe(selector);
    }

    const kinds = await classifyAll(account.inside);
    for (const [id, { job, runKind, retrySequence }] of classify(history, deployment.jobs, null, NOW)) {
      const expected = job === null ? [] : [{ job, runKind, attempt: retrySequence }];
      expect([id, kinds.get(id) ?? []]).toEqual([id, expected]);
    }
  },
);
