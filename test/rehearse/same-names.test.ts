/** Two models of one name in two packages, two versions of one model: a rehearsal tells them apart. */
import config from '../../examples/every-log/auto-restart.config';
import { resolveDeployments } from '../../src/model/resolve';
import type { RehearsalProblems } from '../../src/rehearse/problems';
import { play } from './play';

const { elementary } = config.deployments;
const deployments = resolveDeployments({
  deployments: {
    elementary: {
      ...elementary!,
      jobs: { daily: { project: 'tearoom', dbt: { command: 'build', select: ['fqn:*'] } } },
    },
  },
});
const morning = {
  title: 'Tea in two packages',
  deployment: 'elementary',
  projects: [{ manifest: 'test/local/dbt/expected/tearoom/manifest.json' }],
  start: '2026-01-05T05:00:00Z',
  end: '2026-01-05T08:00:00Z',
};

it('in what ran, what failed and what was skipped', async () => {
  const events = [{ at: morning.start, fail: 'table.v1' }];
  const { steps } = await play({ ...morning, events }, { deployments });
  expect(steps).toMatchObject([
    {
      ran: ['tearoom.tea', 'cellar.tea', 'old_tea', 'table.v1', 'table.v2', 'tip'],
      failed: ['table.v1'],
      skipped: ['bill'],
    },
  ]);
});

it('and asks which is meant before anything is played', async () => {
  const events = [
    { at: morning.start, fail: 'tea' },
    { at: morning.start, crash: 'table' },
  ];
  const problems = await play({ ...morning, events }, { deployments }).then(
    () => [],
    (error: RehearsalProblems) => error.problems.map(({ message, hint }) => [message, hint]),
  );
  expect(problems).toEqual([
    ['2 nodes are called tea', 'write cellar.tea or tearoom.tea'],
    ['2 nodes are called table', 'write table.v1 or table.v2'],
  ]);
});
