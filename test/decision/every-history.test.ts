import { everyHistory, type ProjectHistory } from './generators/exhaustive';
import { openAccount, type Account } from './harness/account';
import { deploymentOf } from './harness/deployments';
import {
  classifyAll,
  createJobsOfProjects,
  decideAll,
  writeLogAsText,
  type SqlDecision,
  type SqlKind,
} from './harness/in-bulk';
import { o2cLog } from './harness/layouts/o2c';
import { createLog } from './harness/log-tables';
import { DAILY, HOURLY, NOW } from './logs';
import { classify } from './reference/classify';
import { decide } from './reference/decide';
import type { Call, History, RestartJob } from './reference/history';

/** 1 + 12 + 12^2 + 12^3 + 12^4 histories over four kinds of runs and three endings. */
const LENGTH = 4;
const layout = o2cLog();
const deployment = deploymentOf(layout.state, [DAILY, HOURLY]);
const histories = everyHistory(LENGTH);

/** The views over all of them at once take more memory than the local Snowflake allows a statement. */
const HISTORIES_AT_ONCE = 6000;

let account: Account;
const decided = new Map<string, SqlDecision>();
const kinds = new Map<string, SqlKind[]>();
beforeAll(async () => {
  account = await openAccount();
  await createLog(account.inside, layout);
  await writeLogAsText(
    account.inside,
    layout,
    histories.flatMap(({ runs }) => runs),
  );
  for (let start = 0; start < histories.length; start += HISTORIES_AT_ONCE) {
    const projects = histories.slice(start, start + HISTORIES_AT_ONCE).map(({ project }) => project);
    await createJobsOfProjects(account.inside, deployment, projects);
    for (const [job, decision] of await decideAll(account.inside)) decided.set(job, decision);
    for (const [run, kind] of await classifyAll(account.inside)) kinds.set(run, kind);
  }
});
afterAll(async () => account.close());

/** The jobs as the generated SQL has them, for the reference. */
const jobsOf = ({ project }: ProjectHistory): RestartJob[] =>
  deployment.jobs.map((job) => ({ ...job, project, name: `${project}/${job.name}` }));

const logged = histories.reduce((sum, { runs }) => sum + layout.visible(runs).length, 0);
const logOf = ({ runs }: ProjectHistory): History => {
  const shown = layout.visible(runs);
  return { kind: layout.kind, runs: shown, runsElsewhere: logged - shown.length };
};

it(`decides every one of ${histories.length} histories as the reference does, for both jobs`, () => {
  const wrong: object[] = [];
  for (const history of histories) {
    const jobs = jobsOf(history);
    for (const job of jobs) {
      const call: Call = { job, jobs, environment: 'prod', mode: 'AUTO', now: NOW, maxAgeHours: null };
      const { reason, attempt, selector } = decide(logOf(history), call);
      const found = decided.get(job.name);
      if (!sameDecision(found, { reason, attempt, selector })) {
        wrong.push({ job: job.name, title: history.title, expected: { reason, attempt, selector }, found });
      }
    }
  }
  expect(decided.size).toBe(2 * histories.length);
  expect(wrong.slice(0, 10).map((each) => JSON.stringify(each))).toEqual([]);
});

it('shows every run in the view as the reference classifies it', () => {
  const wrong: object[] = [];
  for (const history of histories) {
    for (const [id, { job, runKind, retrySequence }] of classify(
      logOf(history),
      jobsOf(history),
      'prod',
      NOW,
    )) {
      const expected = job === null ? [] : [{ job, runKind, attempt: retrySequence }];
      const found = kinds.get(id) ?? [];
      if (JSON.stringify(found) !== JSON.stringify(expected))
        wrong.push({ id, title: history.title, expected, found });
    }
  }
  expect(wrong.slice(0, 10).map((each) => JSON.stringify(each))).toEqual([]);
});

function sameDecision(
  found: SqlDecision | undefined,
  { reason, attempt, selector }: Pick<SqlDecision, 'reason' | 'attempt' | 'selector'>,
): boolean {
  if (found?.reason !== reason || found.attempt !== attempt) return false;
  return reason !== 'RETRY' || found.selector === selector;
}
