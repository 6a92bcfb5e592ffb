/** `explain` on each worked case of the specification names the row that matched, and what would run. */
import { gatherEvidence } from '../../src/cli/gather-evidence';
import { REASONS } from '../../src/decision/reasons';
import type { Deployment, ProcedureMode } from '../../src/model/deployment';
import type { Evidence } from '../../src/oncall/evidence';
import { CASES, FURTHER_CASES, type WorkedCase } from '../decision/cases';
import { openAccount, type Account } from '../decision/harness/account';
import { deploymentOf } from '../decision/harness/deployments';
import { HISTORY, OBJECT, writeHistory } from '../decision/harness/execution-history';
import { callProcedure, install } from '../decision/harness/installed';
import type { LogLayout } from '../decision/harness/layouts/layout';
import { bakeryLog, plainLog } from '../decision/harness/layouts/own';
import { createLog, writeLog } from '../decision/harness/log-tables';
import { DAILY, NOW } from '../decision/logs';
import { visibleIn } from '../decision/visible';
import { expectExplained } from './agreement';

let account: Account;
beforeAll(async () => {
  account = await openAccount();
});
afterAll(async () => account.close());

const ALL = [...CASES, ...FURTHER_CASES];
const withJob = ({ jobs, job }: WorkedCase) => jobs.map((one) => (one.name === job.name ? job : one));

async function explained(deployment: Deployment, { job, mode }: WorkedCase): Promise<Evidence> {
  return gatherEvidence(
    { session: account.client },
    {
      deployment,
      job: deployment.jobs.find(({ name }) => name === job.name)!,
      task: null,
      mode: mode as ProcedureMode,
      now: new Date(NOW).toISOString(),
    },
  );
}

const ACTIONS: Record<string, string> = { SELECTIVE_RETRY: 'RETRY', SKIP: 'SKIPPED' };

function namesTheRow(evidence: Evidence, { expect: expected }: WorkedCase): void {
  const { decision, action } = evidence;
  expect(decision.matched).toEqual({ row: REASONS[expected.reason].row, code: expected.reason });
  expect(action).toBe(ACTIONS[expected.action] ?? expected.action);
  const at = decision.rows.findIndex(({ verdict }) => verdict === 'matched');
  expect(decision.rows[at]).toMatchObject({ code: expected.reason, why: expect.stringMatching(/\S/) });
  const above = decision.rows.slice(0, at);
  expect(above.filter(({ verdict, why }) => verdict !== 'no' || why === '')).toEqual([]);
  expect(decision.rows.slice(at + 1).every(({ verdict }) => verdict === 'not looked at')).toBe(true);
}

/** The log without selections knows no tests either. */
function showsAll({ kind }: LogLayout, { log }: WorkedCase): boolean {
  const isTest = ({ resourceType }: { resourceType?: string | null }): boolean => resourceType === 'test';
  return kind !== 'no-selection' || !log.some((run) => run.nodes.some(isTest) || run.testsFailed);
}

describe.each([bakeryLog, plainLog].map((log): [string, LogLayout] => [log.name, log]))('on %s', (_, log) => {
  const rows = ALL.filter((worked) => worked.on.includes(log.kind) && showsAll(log, worked)).map(
    (worked) => [worked.number, worked.title, worked] as const,
  );

  it.each(rows)('%i: %s', async (_number, _title, worked) => {
    const deployment = deploymentOf(log.state, log.kind === 'no-selection' ? [worked.job] : withJob(worked));
    await createLog(account.inside, log);
    await writeLog(account.inside, log, worked.log);
    await install(account.client, deployment);
    if (worked.unreadable !== undefined) await account.inside.run(`DROP TABLE ${log.rows([])[0]!.table}`);
    const evidence = await explained(deployment, worked);
    namesTheRow(evidence, worked);
    if (worked.expect.selector !== null) {
      expect(evidence.wouldRun).toContain(worked.expect.selector);
      expect(evidence.outstanding).not.toEqual([]);
      expect(evidence.chain).not.toEqual([]);
    }
    expect(JSON.stringify({ ...evidence, chain: [] })).not.toContain('drop');
  });
});

describe("on Snowflake's history", () => {
  const rows = ALL.filter(({ on }) => on.includes('execution-history')).map(
    (worked) => [worked.number, worked.title, worked] as const,
  );
  beforeAll(async () => {
    const dag = JSON.stringify({ project: 'bakery', nodes: [{ name: 'a' }] });
    await account.inside.run(`SELECT SYSTEM$LOCAL_DBT_CREATE('EDW.O2C_AUDIT.BAKERY', '${dag}')`);
  });

  it.each(rows)('%i: %s', async (_number, _title, worked) => {
    const deployment = deploymentOf(HISTORY, withJob(worked), OBJECT);
    await writeHistory(account.local, visibleIn('execution-history', worked.log), deployment.jobs);
    await install(account.client, deployment);
    const { reason } = worked.expect;
    // An empty history is one that nobody sees.
    const expected = reason === 'FIRST_RUN' && worked.log.length === 0 ? 'HISTORY_BLIND' : reason;
    namesTheRow(await explained(deployment, worked), {
      ...worked,
      expect: { ...worked.expect, reason: expected as WorkedCase['expect']['reason'] },
    });
  });

  // The two cases in which the state view alone is wrong: only the procedure looks at files.
  it.each([
    ['37: a run that left no results', 'CRASH', 'NO_FAILED_MODELS'],
    ['3: a run that left some', 'FAIL', 'RETRY'],
  ])('%s', async (_title, what, reason) => {
    const deployment = deploymentOf(HISTORY, [DAILY], OBJECT);
    await writeHistory(account.local, [], deployment.jobs);
    await install(account.client, deployment);
    const node = what === 'CRASH' ? '' : 'a';
    await account.inside.run(`SELECT SYSTEM$LOCAL_DBT_${what}('EDW.O2C_AUDIT.BAKERY', '${node}', 1)`);
    await expect(callProcedure(account.client, DAILY, 'FULL_BUILD')).rejects.toThrow();
    const said = (await callProcedure(account.client, DAILY, 'PLAN')).replace(/^PLAN: /, '');
    const evidence = await expectExplained(account.client, deployment, DAILY.name, said);
    expect(evidence).toMatchObject({ decision: { matched: { code: reason } }, isProvisional: false });
  });
});
