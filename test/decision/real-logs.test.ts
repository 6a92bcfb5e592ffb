/**
 * Logs that real dbt packages wrote, decided by the generated views and procedure. Reader and simulated writer may share
 * an assumption; these rows were written by neither.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JobConfig } from '../../src/config/types';
import { resolveDeployments } from '../../src/model/resolve';
import { openAccount, type Account } from './harness/account';
import { HOME } from './harness/deployments';
import { createFakeDbt } from './harness/fake-dbt';
import { install } from './harness/installed';
import { insertRows, type RealJob, type RealLog } from './harness/real-rows';

const FOLDER = join(__dirname, 'real-logs');
const LOGS = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as RealLog);

let account: Account;
beforeAll(async () => {
  account = await openAccount();
  await createFakeDbt(account.inside);
});
afterAll(async () => account.close());

const jobConfig = (project: string, { command, select, flags }: RealJob): JobConfig => ({
  project,
  dbt: {
    command,
    ...(select.length === 0 ? {} : { select }),
    ...(flags === undefined ? {} : { flags }),
  },
});

it.each(LOGS.map((log) => [log.name, log.expected.why, log] as const))('%s: %s', async (_, __, log) => {
  account.setClock(Date.parse(log.now));
  const jobs = Object.fromEntries(
    [log.job, ...log.otherJobs].map((job) => [job.name, jobConfig(log.project, job)]),
  );
  const [deployment] = resolveDeployments({
    deployments: {
      real: {
        ...HOME,
        state: {
          kind: 'audit-tables',
          layout: log.package,
          where: { environment: log.environment },
        },
        runner: { kind: 'procedure', procedure: 'EDW.O2C_AUDIT.BAKE' },
        jobs,
        tasks: {},
      },
    },
  });
  for (const statement of insertRows(log)) await account.inside.run(statement);
  await install(account.client, deployment!);

  const { rows } = await account.client.run(
    `SELECT next_reason, selector FROM V_AUTO_RESTART_STATE WHERE job_name = '${log.job.name}'`,
  );
  const { NEXT_REASON: reason, SELECTOR: selector } = rows[0]!;
  expect(reason).toBe(log.expected.reason);
  if (reason !== 'RETRY') return;
  const rerun = rerunBy(String(selector), log);
  expect(log.expected.mustRerun.filter((node) => !rerun.has(node))).toEqual([]);
  const named = namesIn(String(selector));
  expect(log.expected.mustNotName.filter((node) => named.includes(node))).toEqual([]);
});

/** `a+ 1+b c+,tag:x` -> a, b, c */
function namesIn(selector: string): string[] {
  return selector.split(' ').map((unit) => unit.split(',')[0]!.replace(/^1\+|\+$/g, ''));
}

/** What dbt runs of it: each node named, and what is downstream of it. */
function rerunBy(selector: string, { childMap }: RealLog): Set<string> {
  const reached = new Set<string>();
  const visit = (node: string): void => {
    if (reached.has(node)) return;
    reached.add(node);
    for (const child of childMap[node] ?? []) visit(child);
  };
  for (const unit of selector.split(' ')) {
    const [name = ''] = unit.split(',');
    const node = name.replace(/^1\+|\+$/g, '');
    if (name.startsWith('1+')) {
      reached.add(node);
      for (const [parent, children] of Object.entries(childMap))
        if (children.includes(node)) reached.add(parent);
    } else visit(node);
  }
  return reached;
}
