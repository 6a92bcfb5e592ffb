/** A rehearsal over a log of the user's own: its hooks fill it as it is mapped, in the manner that the rehearsal says. */
import config from '../../auto-restart.config';
import type { CustomLayout } from '../../src/config/types';
import { resolveDeployments } from '../../src/model/resolve';
import type { Rehearsal, Rehearsed } from '../../src/rehearse/rehearsal';
import { morning, play } from './play';

const layout: CustomLayout = {
  runs: {
    table: 'BAKES',
    runId: 'bake_id',
    startedAt: 'began',
    endedAt: 'finished',
    status: 'outcome',
    project: 'recipe_book',
    environment: 'kitchen',
    command: 'verb',
    selection: 'picked',
  },
  nodes: { table: 'CAKES', runId: 'bake_id', name: 'cake', status: 'outcome', resourceType: 'sort' },
  statuses: { succeeded: ['golden'], failed: ['burnt'], running: ['in the oven'] },
};

const { o2c } = config.deployments;
const deployments = resolveDeployments({
  deployments: { o2c: { ...o2c, state: { kind: 'audit-tables', layout, where: { environment: 'prod' } } } },
});

const week: Rehearsal = {
  ...morning,
  end: '2026-01-08T05:00:00Z',
  events: [{ fail: 'dm_o2c_orders', task: 'O2C_DAILY_BUILD', inRun: 1 }],
};

const builds = ({ steps }: Rehearsed) =>
  steps.filter(({ task }) => task === 'O2C_DAILY_BUILD').map(({ action, outcome }) => `${action} ${outcome}`);
const logged = (rows: unknown[][]) => ({
  queries: [{ sql: 'SELECT verb, outcome, COUNT(*) FROM BAKES GROUP BY ALL ORDER BY 1, 2', rows }],
});

it('shows the retry', async () => {
  expect(builds(await play(week, { deployments }))).toEqual([
    'FULL_BUILD FAILED',
    'SELECTIVE_RETRY SUCCEEDED',
    'FULL_BUILD SUCCEEDED',
  ]);
});

it('shows it too where hooks log successes alone', async () => {
  const events = [{ fail: 'dm_o2c_orders', task: 'O2C_DAILY_BUILD', inRun: 2 }];
  const { steps } = await play(
    { ...week, end: '2026-01-09T05:00:00Z', hooks: 'post-hook', events },
    { deployments },
  );
  expect(builds({ steps } as Rehearsed)).toEqual([
    'FULL_BUILD SUCCEEDED',
    'FULL_BUILD FAILED',
    'SELECTIVE_RETRY SUCCEEDED',
    'FULL_BUILD SUCCEEDED',
  ]);
});

it('writes in the manner that it says', async () => {
  const { differences } = await play(
    {
      ...week,
      events: [],
      end: '2026-01-05T07:00:00Z',
      hooks: { rows: 'start-and-end', ids: 'number', times: 'ltz', statuses: 'padded' },
      expect: logged([
        ['build', ' GOLDEN ', 1],
        ['build', ' IN THE OVEN ', 1],
        ['test', ' GOLDEN ', 1],
        ['test', ' IN THE OVEN ', 1],
      ]),
    },
    { deployments },
  );
  expect(differences).toEqual([]);
});
