/** `rehearse --manifest` without rehearsals: a normal day, a failure in the middle, and its retry, on that manifest. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { cron, every, executeDbtProject, executionHistory, procedureRunner } from '../../src/config/define';
import type { DeploymentConfig, TaskConfig } from '../../src/config/types';
import { resolveDeployments } from '../../src/model/resolve';
import { rehearseAll } from '../../src/rehearse/all';
import { ordinaryDays } from '../../src/rehearse/ordinary-days';
import type { Rehearsal } from '../../src/rehearse/rehearsal';
import { bakery } from '../model/bakery';

const MANIFEST = path.join(__dirname, '..', 'local', 'dbt', 'expected', 'manifest.json');
const manifest = fs.readFileSync(MANIFEST, 'utf8');

function deployments(changes: Partial<DeploymentConfig>) {
  const config = bakery({ runner: procedureRunner('SYSTEM$DBT_RUN'), ...changes });
  return resolveDeployments({ deployments: { bakery: config } });
}

async function played(changes: Partial<DeploymentConfig>) {
  const all = deployments(changes);
  const project = { root: __dirname, deployments: all };
  for await (const result of rehearseAll(ordinaryDays(manifest, all), project, { manifest: MANIFEST }))
    return result;
  throw new Error('nothing was played');
}

function tasks(own: Record<string, TaskConfig>): Partial<DeploymentConfig> {
  return { jobs: { bread: { project: 'bakery', retry: { maxAgeHours: 30 } } }, tasks: own };
}

describe('a daily build', () => {
  it('runs, fails in the middle the next day, and is retried', async () => {
    const { steps, ok, title } = await played(tasks({ BAKE: { job: 'bread', schedule: cron('0 4 * * *') } }));
    expect({ ok, title }).toMatchObject({ ok: true, title: expect.stringMatching(/^A normal day, then \w+ fails in BAKE/) }); // prettier-ignore
    expect(steps.map(({ at, action, outcome }) => [at, action, outcome])).toEqual([
      ['2026-01-05 04:00', 'FULL_BUILD', 'SUCCEEDED'],
      ['2026-01-06 04:00', 'FULL_BUILD', 'FAILED'],
      ['2026-01-07 04:00', 'SELECTIVE_RETRY', 'SUCCEEDED'],
    ]);
    const [normal, failed, retry] = steps;
    expect(failed?.failed).toHaveLength(1);
    expect(failed?.skipped.length).toBeGreaterThan(0);
    expect(retry?.ran).toContain(failed?.failed[0]);
    expect(retry?.notSelected.length).toBeGreaterThan(0);
    expect(normal?.notSelected).toEqual([]);
  });

  it("is healed by a second task, on Snowflake's own history", async () => {
    const { steps } = await played({
      ...tasks({
        BAKE: { job: 'bread', mode: 'full-build', schedule: cron('0 4 * * *') },
        HEAL: { job: 'bread', mode: 'retry-only', schedule: cron('0 6 * * *') },
      }),
      state: executionHistory(),
      runner: executeDbtProject({ object: 'BAKERY_DBT' }),
    });
    expect(steps.filter(({ command }) => command !== null).map(({ at, task }) => `${at} ${task}`)).toEqual([
      '2026-01-05 04:00 BAKE',
      '2026-01-06 04:00 BAKE',
      '2026-01-06 06:00 HEAL',
      '2026-01-07 04:00 BAKE',
    ]);
  });
});

describe('what is played', () => {
  const rehearsalOf = (changes: Partial<DeploymentConfig>): Rehearsal =>
    ordinaryDays(manifest, deployments(changes))[0]?.rehearsal as Rehearsal;

  it('begins a suspended build all the same, and needs no other project', () => {
    const { tasks: started, projects } = rehearsalOf(
      tasks({
        BAKE: { job: 'bread', schedule: cron('0 4 * * *'), initialState: 'suspended' },
        CAKE: { project: 'pastry', schedule: cron('0 5 * * *'), retry: { maxAgeHours: 30 } },
      }),
    );
    expect(started).toEqual(['BAKE', 'CAKE']);
    expect(projects).toMatchObject([{ project: 'pastry' }]);
  });

  it.each<[string, TaskConfig['schedule'], string, string]>([
    ['hourly', cron('30 * * * *'), '2026-01-06T00:29:00Z', '2026-01-07T00:30:00Z'],
    ['an interval', every('2 hours'), '2026-01-05T23:59:00Z', '2026-01-07T00:00:00Z'],
    ['weekly', cron('0 4 * * MON'), '2026-01-12T03:59:00Z', '2026-01-19T10:00:00Z'],
    ['monthly', cron('0 4 1 * *'), '2026-03-01T03:59:00Z', '2026-04-01T10:00:00Z'],
  ])('lasts until the retry is over: %s', (_, schedule, at, end) => {
    const rehearsal = rehearsalOf(tasks({ BAKE: { job: 'bread', schedule: schedule! } }));
    expect(rehearsal).toMatchObject({
      start: '2026-01-05T00:00:00Z',
      end,
      events: [{ at, task: 'BAKE', inRun: 1 }],
    });
  });

  it('fails a model that the job selects', () => {
    const jobs = { bread: { project: 'bakery', dbt: { select: ['fct_sales'] }, retry: { maxAgeHours: 30 } } };
    const { events } = rehearsalOf({ jobs, tasks: { BAKE: { job: 'bread', schedule: cron('0 4 * * *') } } });
    expect(events).toMatchObject([{ fail: 'model.bakery.fct_sales' }]);
  });

  it('is nothing where no task builds the project, and that is said', () => {
    expect(() =>
      ordinaryDays(manifest, deployments({ jobs: { cake: { project: 'pastry' } }, tasks: {} })),
    ).toThrow('no task builds the project of the manifest, bakery');
  });
});
