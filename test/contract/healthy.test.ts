/** A log that is as its layout says gives no finding, and what real packages wrote gives only true ones. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkLog } from '../../src/contract/check';
import type { Finding } from '../../src/contract/finding';
import type { JobConfig, StateConfig } from '../../src/config/types';
import { resolveDeployments } from '../../src/model/resolve';
import { openAccount, type Account } from '../decision/harness/account';
import { deploymentOf, HOME } from '../decision/harness/deployments';
import type { LogLayout } from '../decision/harness/layouts/layout';
import { o2cLog } from '../decision/harness/layouts/o2c';
import { bakeryLog, plainLog } from '../decision/harness/layouts/own';
import { artifactsLog, elementaryLog } from '../decision/harness/layouts/packages';
import { createLog, writeLog } from '../decision/harness/log-tables';
import { insertRows, type RealJob, type RealLog } from '../decision/harness/real-rows';
import { DAILY, full, HOURLY, log, NOW, retry } from '../decision/logs';

let account: Account;
beforeAll(async () => {
  account = await openAccount();
});
afterAll(async () => account.close());

const shown = (findings: readonly Finding[]): string[] =>
  findings.map(({ code, where, message }) => `${code} ${where}: ${message}`);

/** Both jobs have run, one failed and was healed by its retry. */
const HISTORY = log(
  full(DAILY, 'SUCCESS', { a: 'SUCCESS', b: 'SUCCESS', c: 'SUCCESS' }),
  full(HOURLY, 'SUCCESS', { a: 'SUCCESS' }),
  full(DAILY, 'FAILED', { a: 'SUCCESS', b: 'FAIL', c: 'SKIPPED' }),
  retry(DAILY, 'b+ c+', 'SUCCESS', { b: 'SUCCESS', c: 'SUCCESS' }),
);

describe('a healthy log gives no finding', () => {
  const layouts: LogLayout[] = [
    o2cLog(),
    o2cLog('America/Los_Angeles'),
    elementaryLog,
    artifactsLog,
    bakeryLog,
    plainLog,
  ];
  it.each(layouts.map((layout) => [layout.name, layout] as const))('%s', async (_, layout) => {
    account.setClock(NOW);
    await createLog(account.inside, layout);
    await writeLog(account.inside, layout, layout.visible(HISTORY));
    const jobs = layout.kind === 'selection' ? [DAILY, HOURLY] : [DAILY];
    expect(shown(await checkLog(account.client, deploymentOf(layout.state, jobs)))).toEqual([]);
  });
});

const FOLDER = join(__dirname, '..', 'decision', 'real-logs');
const LOGS = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as RealLog);

const jobConfig = (project: string, { command, select, flags }: RealJob): JobConfig => ({
  project,
  dbt: {
    command,
    ...(select.length === 0 ? {} : { select }),
    ...(flags === undefined ? {} : { flags }),
  },
});

describe('what real packages wrote', () => {
  it.each(LOGS.map((each) => [each.name, each] as const))('%s', async (_, real) => {
    account.setClock(Date.parse(real.now));
    for (const statement of insertRows(real)) await account.inside.run(statement);
    const jobs = Object.fromEntries(
      [real.job, ...real.otherJobs].map((job) => [job.name, jobConfig(real.project, job)]),
    );
    const state: StateConfig = {
      kind: 'audit-tables',
      layout: real.package,
      where: { environment: real.environment },
    };
    const [deployment] = resolveDeployments({
      deployments: {
        real: {
          ...HOME,
          state,
          runner: { kind: 'procedure', procedure: 'EDW.O2C_AUDIT.BAKE' },
          jobs,
          tasks: {},
        },
      },
    });
    expect(shown(await checkLog(account.client, deployment!))).toEqual([]);
  });
});
