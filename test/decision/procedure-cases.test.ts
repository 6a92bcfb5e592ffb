import type { Deployment } from '../../src/model/deployment';
import { CASES, FURTHER_CASES, type WorkedCase } from './cases';
import { openAccount, type Account } from './harness/account';
import { deploymentOf } from './harness/deployments';
import { HISTORY, OBJECT, writeHistory } from './harness/execution-history';
import { createFakeDbt, commandsRun, resetFakeDbt, teach } from './harness/fake-dbt';
import { callProcedure, commandLine, install, readView } from './harness/installed';
import type { LogLayout } from './harness/layouts/layout';
import { o2cLog } from './harness/layouts/o2c';
import { bakeryLog, plainLog } from './harness/layouts/own';
import { artifactsLog, elementaryLog } from './harness/layouts/packages';
import { createLog, writeLog } from './harness/log-tables';
import { NOW } from './logs';
import { classify } from './reference/classify';
import { decide, type Decision } from './reference/decide';
import type { Call, History, LoggedRun, RestartJob } from './reference/history';
import { visibleIn } from './visible';

let account: Account;
beforeAll(async () => {
  account = await openAccount();
  await createFakeDbt(account.inside);
});
afterAll(async () => account.close());

const LAYOUTS = [o2cLog(), bakeryLog, elementaryLog, artifactsLog, plainLog];

/** The jobs as the config resolves them: the log's width limits their selectors. */
function resolved(
  worked: WorkedCase,
  { kind }: LogLayout,
  deployment: Deployment,
): { job: RestartJob; jobs: RestartJob[] } {
  const jobs = deployment.jobs;
  const job = jobs.find(({ name }) => name === worked.job.name);
  if (!job) throw new Error(`${kind}: the deployment has no job ${worked.job.name}`);
  return { job, jobs };
}

function decidedBy(history: History, call: Omit<Call, 'now' | 'maxAgeHours'>): Decision {
  return decide(history, { ...call, now: NOW, maxAgeHours: null });
}

function planOf(decision: Decision, job: RestartJob, deployment: Deployment, state = ''): string {
  const runs = decision.action === 'FULL_BUILD' || decision.action === 'SELECTIVE_RETRY';
  const command = runs ? `${commandLine(job, decision.selector, deployment.runner.kind)}${state}` : 'nothing';
  return `PLAN: ${decision.message} | would run: ${command}`;
}

describe.each(LAYOUTS.map((layout) => [layout.name, layout] as const))(
  'the generated procedure on %s',
  (_, layout) => {
    const rows = [...CASES, ...FURTHER_CASES]
      .filter(({ on }) => on.includes(layout.kind))
      .map((worked) => [worked.number, worked.title, worked] as const);

    it.each(rows)('%i: %s', async (_, __, worked) => {
      const log = layout.name === 'o2c' && worked.zones ? o2cLog(worked.zones.endedAt) : layout;
      const jobs = log.kind === 'no-selection' ? [worked.job] : worked.jobs;
      const withJob = jobs.map((job) => (job.name === worked.job.name ? worked.job : job));
      const deployment = deploymentOf(log.state, withJob);
      await createLog(account.inside, log);
      await writeLog(account.inside, log, worked.log);
      await install(account.client, deployment);
      await resetFakeDbt(account.inside);

      const environment = log.kind === 'no-selection' ? null : worked.environment;
      const history: History = { kind: log.kind, runs: log.visible(worked.log) };
      if (worked.unreadable !== undefined) {
        await account.inside.run(`DROP TABLE ${log.rows([])[0]?.table}`);
        const said = await callProcedure(account.client, worked.job, 'PLAN');
        expect(said).toMatch(
          /^PLAN: ⚠️ ERROR in retry logic: .* \| Executed full build as fallback \| would run: dbt build$/,
        );
        return;
      }
      const call = { ...resolved(worked, log, deployment), environment, mode: worked.mode };
      const decision = decidedBy(history, call);
      if (showsAll(log, worked)) expect(decision).toMatchObject(worked.expect);

      if (worked.mode === 'AUTO') {
        expect(await callProcedure(account.client, worked.job, 'PLAN')).toBe(
          planOf(decision, call.job, deployment),
        );
      } else {
        await teach(account.inside, log, 1, [{ writes: [retriedNow(worked.job, decision)], raises: false }]);
        expect(await callProcedure(account.client, worked.job, worked.mode)).toBe(decision.message);
        const ran =
          decision.action === 'NOTHING' ? [] : [commandLine(call.job, decision.selector, 'procedure')];
        expect(await commandsRun(account.inside)).toEqual(ran);
        return;
      }
      const shown = await readView(account.client);
      const kinds = classify(history, call.jobs, environment, NOW);
      expect(Object.fromEntries([...shown].map(([id, { status: _, ...kind }]) => [id, kind]))).toEqual(
        Object.fromEntries(kinds),
      );
    });
  },
);

/** Whether the log holds all that the case is about: the bakery's does, the packages lose killed runs and statuses. */
function showsAll({ name, kind }: LogLayout, { log }: WorkedCase): boolean {
  if (name === 'own tables') return true;
  const aboutTests = log.some(
    (run) => run.nodes.some((node) => node.resourceType === 'test') || run.testsFailed,
  );
  return name === 'o2c' || kind === 'no-selection' ? !aboutTests : false;
}

function retriedNow(job: RestartJob, { selector }: Decision): LoggedRun {
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

describe('the generated procedure on the execution history', () => {
  const rows = [...CASES, ...FURTHER_CASES]
    .filter(({ on, mode }) => on.includes('execution-history') && mode === 'AUTO')
    .map((worked) => [worked.number, worked.title, worked] as const);

  beforeAll(async () => {
    const dag = JSON.stringify({ project: 'bakery', nodes: [{ name: 'a' }] });
    await account.inside.run(`SELECT SYSTEM$LOCAL_DBT_CREATE('EDW.O2C_AUDIT.BAKERY', '${dag}')`);
  });

  it.each(rows)('%i: %s', async (_, __, worked) => {
    const withJob = worked.jobs.map((job) => (job.name === worked.job.name ? worked.job : job));
    const deployment = deploymentOf(HISTORY, withJob, OBJECT);
    const runs = visibleIn('execution-history', worked.log);
    await writeHistory(account.local, runs, deployment.jobs);
    await install(account.client, deployment);

    const job = deployment.jobs.find(({ name }) => name === worked.job.name);
    if (!job) throw new Error(`no job ${worked.job.name}`);
    const call = { job, jobs: deployment.jobs, environment: null, mode: worked.mode };
    const history: History = { kind: 'execution-history', runs };
    const decision = decidedBy(history, call);
    const state = decision.selector === null ? '' : ` --state ./imports/auto_restart_${job.name}/target`;
    expect(await callProcedure(account.client, worked.job, 'PLAN')).toBe(
      planOf(decision, job, deployment, state),
    );

    const shown = await readView(account.client);
    const kinds = classify(history, deployment.jobs, null, NOW);
    expect(Object.fromEntries([...shown].map(([id, { status: _, ...kind }]) => [id, kind]))).toEqual(
      Object.fromEntries(kinds),
    );
  });
});
