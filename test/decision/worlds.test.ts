import fc from 'fast-check';
import type { Job } from '../../src/model/deployment';
import { live, type Lived } from './generators/world';
import { worlds } from './generators/worlds';
import { openAccount, type Account } from './harness/account';
import { deploymentOf } from './harness/deployments';
import { classifyAll, createJobs, decideAll } from './harness/in-bulk';
import { callProcedure, commandLine, install } from './harness/installed';
import { o2cLog } from './harness/layouts/o2c';
import { bakeryLog, plainLog } from './harness/layouts/own';
import { artifactsLog, elementaryLog } from './harness/layouts/packages';
import { createLog, writeLog } from './harness/log-tables';
import { DAILY, HOURLY, NOW } from './logs';
import { classify } from './reference/classify';
import { decide, type Decision } from './reference/decide';
import type { Call, History } from './reference/history';

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
    const lived = fc
      .sample(worlds, { seed, numRuns })
      .map((world, index) => live({ ...world, project: `p${index}` }));
    const own = layout.kind === 'no-selection' ? [DAILY] : [DAILY, HOURLY];
    const environment = layout.kind === 'no-selection' ? null : 'prod';
    const deployment = deploymentOf(layout.state, own);
    const width = deployment.jobs[0]?.policy.maxSelectorLength ?? 0;

    /** The deployment's jobs with the world's policy, as narrow as the log's column. */
    const jobsOf = ({ daily, hourly, world }: Lived): Job[] =>
      deployment.jobs.map((job) => {
        const { policy } = job.name === DAILY.name ? daily : hourly;
        const maxSelectorLength = Math.min(width, policy.maxSelectorLength);
        return {
          ...job,
          project: world.project,
          name: `${world.project}/${job.name}`,
          policy: { ...policy, maxSelectorLength },
        };
      });
    const logged = lived.map(({ history }) => layout.visible(history.runs).length);
    const inAll = logged.reduce((sum, count) => sum + count, 0);
    const logOf = ({ history }: Lived): History => {
      const runs = layout.visible(history.runs);
      return { kind: layout.kind, runs, runsElsewhere: inAll - runs.length };
    };

    beforeAll(async () => {
      await createLog(account.inside, layout);
      await writeLog(
        account.inside,
        layout,
        lived.flatMap(({ history }) => history.runs),
      );
      await createJobs(account.inside, deployment, lived.flatMap(jobsOf));
    });

    it('is decided as the reference decides', async () => {
      const decided = await decideAll(account.inside);
      const wrong: object[] = [];
      for (const one of lived) {
        const jobs = jobsOf(one);
        for (const job of jobs) {
          const expected = expectedOf(logOf(one), {
            job,
            jobs,
            environment,
            mode: 'AUTO',
            now: NOW,
            maxAgeHours: null,
          });
          const { reason, attempt, selector } = decided.get(job.name) ?? {};
          const found = { reason, attempt, selector: reason === 'RETRY' ? selector : null };
          if (JSON.stringify(found) !== JSON.stringify(expected))
            wrong.push({ job, expected, found, log: logOf(one) });
        }
      }
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
    }, 240_000);
  },
);

/** Row 1 is the procedure's: the query decides as if no run was in progress. */
function expectedOf(history: History, call: Call): object {
  const policy = { ...call.job.policy, onRunInProgress: 'run' as const };
  const { reason, attempt, selector } = decide(history, { ...call, job: { ...call.job, policy } });
  return { reason, attempt, selector };
}

function planOf({ action, message, selector }: Decision, job: Job): string {
  const runs = action === 'FULL_BUILD' || action === 'SELECTIVE_RETRY';
  return `PLAN: ${message} | would run: ${runs ? commandLine(job, selector, 'procedure') : 'nothing'}`;
}
