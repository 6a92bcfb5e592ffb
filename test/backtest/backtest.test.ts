/** Logs whose answer is known by construction, and what each policy would have come to over them. */
import { backtest } from '../../src/backtest/backtest';
import type { Figures } from '../../src/backtest/figures';
import { commonPolicies, policiesOf } from '../../src/backtest/policies';
import { cron } from '../../src/config/define';
import type { DeploymentConfig, TaskConfig } from '../../src/config/types';
import { defaultTemplates } from '../../src/render/templates';
import { bakery, nativeBakery, resolved } from '../model/bakery';
import { DAY, HOUR, logOf, START, year, type Built } from './year';

const BREAD: TaskConfig = { job: 'bread', mode: 'full-build', schedule: cron('0 4 * * *') };
const ROLLS: TaskConfig = { job: 'rolls', schedule: cron('30 * * * *') };
const LATER: TaskConfig = { job: 'bread', mode: 'retry-only', schedule: cron('*/30 6-7 * * *') };
const MEND: TaskConfig = { job: 'bread', mode: 'retry-only', finalize: 'BREAD' };

const config = (tasks: DeploymentConfig['tasks']): DeploymentConfig => bakery({ tasks });

async function figures(
  builds: readonly Built[],
  tasks: DeploymentConfig['tasks'],
  policy = 'as configured',
): Promise<Record<string, Figures>> {
  const policies = commonPolicies(resolved(config(tasks))).filter(({ name }) => name === policy);
  const report = await backtest(logOf(builds), policies, { templates: defaultTemplates() });
  return Object.fromEntries(report.policies[0]!.jobs.map(({ job, figures: of }) => [job, of]));
}

const bread = (day: number, failed: string[] = []): Built => ({
  at: START + day * DAY + 4 * HOUR,
  seconds: 2400,
  job: 'bread',
  failed,
});
const last: Built = bread(20);
/** Builds of the days 0 to 20, of which some fail. */
const days = (failures: Record<number, string[]>): Built[] => [
  ...Array.from({ length: 20 }, (_, day) => bread(day, failures[day] ?? [])),
  last,
];

it('a finalizer heals at once what is well the next day', async () => {
  const { bread: of } = await figures(days({ 5: ['loaf'] }), { BREAD, MEND });
  // Two of four nodes: half of the 40 minutes of a whole build.
  expect(of).toMatchObject({
    retries: 1,
    healed: 1,
    notHealed: 0,
    unknown: 0,
    retrySeconds: 1200,
    displaced: 0,
  });
  expect(of!.hoursBroken).toBeCloseTo((1 + 1200) / 3600);
  // Each build is followed by a look, on a warehouse that is awake.
  expect(of).toMatchObject({ looks: 19, lookMinutes: 0, unloggedBuilds: 0, buildSeconds: 20 * 2400 });
});

it('without retries it stays broken until the next build', async () => {
  const { bread: of } = await figures(days({ 5: ['loaf'] }), { BREAD, MEND }, 'no retries');
  expect(of).toMatchObject({ retries: 0, looks: 0, hoursBroken: 24, buildSeconds: 20 * 2400 });
});

it('what fails the next time too is retried as often as the policy says, and looking goes on to cost', async () => {
  const { bread: of } = await figures(days({ 5: ['dough'], 6: ['dough'] }), { BREAD, MEND, LATER });
  // The finalizer and two of the window, on the first day; the same on the second, whose next result is a success.
  expect(of).toMatchObject({ retries: 4, healed: 1, notHealed: 3 });
  // 06:00, 06:30, 07:00 and 07:30: each day but that on which the first two retried.
  expect(of!.lookMinutes).toBe(20 * 4 - 2);
});

it('a delay is kept: the finalizer comes too soon, and so does the first look of the window', async () => {
  const change = { delayed: { retry: { bread: { delayMinutes: 90 } } } };
  const policies = policiesOf('bakery', config({ BREAD, MEND, LATER }), change, 'p.ts');
  const report = await backtest(logOf(days({ 5: ['loaf'] })), policies, { templates: defaultTemplates() });
  const [of] = report.policies[0]!.jobs;
  expect(of!.figures).toMatchObject({ retries: 1, healed: 1 });
  // From 04:40 to 06:30, and the twenty minutes of the retry.
  expect(of!.figures.hoursBroken).toBeCloseTo(110 / 60 + 20 / 60);
});

it('an error that no retry mends is retried by one policy, and not by another', async () => {
  const log = logOf(days({ 5: ['loaf'], 6: ['loaf'] }));
  for (const node of log.nodes) if (node.result === 'FAILED') node.error_number = '001003';
  const change = {
    all: { retry: { bread: { maxAttempts: 3 } } },
    mendable: { retry: { bread: { permanentErrors: ['syntax'] } } },
  };
  const policies = policiesOf('bakery', config({ BREAD, MEND }), change, 'p.ts');
  const report = await backtest(log, policies, { templates: defaultTemplates() });
  expect(report.policies.map(({ policy, total }) => [policy, total.retries])).toEqual([
    ['all', 2],
    ['mendable', 0],
  ]);
});

it('in mode auto a retry takes the place of the next build', async () => {
  const auto: TaskConfig = { job: 'bread', schedule: cron('0 4 * * *') };
  const policies = policiesOf(
    'bakery',
    config({ BREAD: auto }),
    { auto: { retry: { bread: { maxAgeHours: 25 } } } },
    'p.ts',
  );
  const log = logOf(days({ 5: ['loaf'], 8: ['loaf'], 9: ['flour'] }));
  const report = await backtest(log, policies, { templates: defaultTemplates() });
  expect(report.policies[0]!.jobs[0]!.figures).toMatchObject({
    ...{ retries: 2, healed: 2, displaced: 2, displacedSeconds: 4800, displacedFailures: 1 },
  });
  expect(report.notKnown.join('\n')).toContain(
    'up to 1 full builds that failed in the log would have been displaced',
  );
});

it('of what the log says nothing later, nothing is claimed', async () => {
  const { bread: of } = await figures(
    [...days({}).slice(0, 20), { ...last, failed: ['loaf'] }, { ...bread(21), job: 'rolls' }],
    {
      BREAD,
      MEND,
    },
  );
  expect(of).toMatchObject({ retries: 1, healed: 0, notHealed: 0, unknown: 1 });
});

it('a hand-made run of another job that rebuilds the node is told by the SQL: nothing is left to retry', async () => {
  const builds = days({ 5: ['loaf'] });
  const log = logOf(builds);
  const at = START + 5 * DAY + 5 * HOUR;
  const [start, end] = [new Date(at).toISOString(), new Date(at + 60_000).toISOString()];
  log.runs.push({
    ...log.runs[0]!,
    run_id: 'by-hand',
    selection: 'path:oven',
    scope: 'path:oven',
    started_at: start,
    ended_at: end,
  });
  for (const node_name of ['loaf', 'slice'])
    log.nodes.push({
      run_id: 'by-hand',
      node_name,
      is_test: false,
      result: 'SUCCEEDED',
      ended_at: end,
      error_number: null,
    });
  const policies = commonPolicies(resolved(config({ BREAD, LATER }))).slice(0, 1);
  const report = await backtest(log, policies, { templates: defaultTemplates() });
  expect(report.policies[0]!.total).toMatchObject({ retries: 0 });
});

it("Snowflake's history names no nodes: the next run of the job decides", async () => {
  const log = logOf(days({ 5: ['loaf'] }));
  log.nodes = [];
  for (const run of log.runs) Object.assign(run, { leaves_artifacts: true, scope: '', tells_exclude: true });
  const policies = commonPolicies(resolved(nativeBakery({ tasks: { BREAD, MEND } }))).slice(0, 1);
  const report = await backtest(log, policies, { templates: defaultTemplates() });
  expect(report.policies[0]!.jobs[0]!.figures).toMatchObject({ retries: 1, healed: 1 });
  expect(report.notKnown.join('\n')).toContain("Snowflake's history names no nodes");
});

it('a retry of the log that began as its build ended tells what comes of one', async () => {
  const log = logOf(days({ 5: ['loaf'], 6: ['loaf'] }));
  log.nodes = [];
  for (const run of log.runs) Object.assign(run, { leaves_artifacts: true, scope: '', tells_exclude: true });
  const failed = log.runs.find(({ state }) => state === 'FAILED')!;
  const again = {
    run_id: 'again',
    retry_of: 'auto_restart_bread',
    scope: 'retry',
    started_at: failed.ended_at!,
  };
  log.runs.push({ ...failed, ...again, state: 'SUCCEEDED', status: 'SUCCESS' });
  const policies = commonPolicies(resolved(nativeBakery({ tasks: { BREAD, MEND } }))).slice(0, 1);
  const report = await backtest(log, policies, { templates: defaultTemplates() });
  expect(report.policies[0]!.jobs[0]!.figures).toMatchObject({ retries: 2, healed: 2 });
});

it('an empty log is said to be empty', async () => {
  const report = await backtest(logOf([]), commonPolicies(resolved(config({ BREAD, MEND }))), {
    templates: defaultTemplates(),
  });
  expect(report.runs).toBe(0);
  expect(report.notKnown).toContain('the log has no full run of bread: nothing is said of it');
});

it('a year of an hourly and a daily task', async () => {
  const { bread: daily, rolls: hourly } = await figures(year(365), { BREAD, MEND, LATER, ROLLS });
  // Twelve failures of `loaf`, and `dough` on four days: on three of them the finalizer and the window use up the attempts.
  expect(daily).toMatchObject({
    retries: 12 + 3 * 3 + 1,
    healed: 13,
    notHealed: 9,
    unknown: 0,
    displaced: 0,
    unloggedBuilds: 0,
  });
  // Every 97th of 8,760 runs fails, and is retried by the next one in its place.
  expect(hourly).toMatchObject({
    retries: 90,
    healed: 90,
    notHealed: 0,
    unknown: 0,
    displaced: 90,
    displacedSeconds: 90 * 240,
  });
  // A failure at :34 stands until the retry of the next hour, which takes as long as the build: two of two nodes.
  expect(hourly!.hoursBroken).toBeCloseTo(90);
});
