/** What it costs to look whether there is something to retry. */
import { cron, every } from '../../src/config/define';
import type { TaskConfig } from '../../src/config/types';
import { explain } from '../../src/model/explain';
import { looksOf } from '../../src/model/looks';
import { bakery, resolved } from './bakery';

const BREAD: TaskConfig = { job: 'bread', mode: 'full-build', schedule: cron('0 4 * * *') };

function deploymentWith(heal: TaskConfig) {
  return resolved(bakery({ tasks: { BREAD, HEAL: heal } }));
}

function looks(heal: TaskConfig) {
  const { graphs } = deploymentWith(heal);
  for (const graph of graphs)
    for (const task of [graph.root, ...graph.children])
      if (task.name.name === 'HEAL') return looksOf(task, graph);
  throw new Error('no HEAL');
}

function explained(heal: TaskConfig): string | undefined {
  const [found] = explain(deploymentWith(heal), 'HEAL');
  return found?.facts.find(({ topic }) => topic === 'looks')?.text;
}

it('every 15 minutes is 96 minutes a day and 48 credits in 30 days', () => {
  expect(looks({ job: 'bread', mode: 'retry-only', schedule: every('15 minutes') })).toEqual({
    perDay: 96,
    warehouseMinutesPerDay: 96,
    creditsPerMonth: 48,
  });
  expect(explained({ job: 'bread', mode: 'retry-only', schedule: every('15 minutes') })).toBe(
    '96 looks a day: at least 96 warehouse minutes a day, 48 credits a month on the smallest size',
  );
});

it('a window is only what is in it, also where it is not every day', () => {
  expect(looks({ job: 'bread', mode: 'retry-only', schedule: cron('*/30 7-9 * * *') })).toMatchObject({
    perDay: 6,
    creditsPerMonth: 3,
  });
  expect(looks({ job: 'bread', mode: 'retry-only', schedule: cron('*/30 7-9 * * MON') })?.perDay).toBeCloseTo(
    6 / 7,
  );
});

it('a day has no more minutes than it has', () => {
  expect(looks({ job: 'bread', mode: 'plan', schedule: every('10 seconds') })).toMatchObject({
    perDay: 8640,
    warehouseMinutesPerDay: 1440,
    creditsPerMonth: 720,
  });
});

it('a finalizer looks for free on the warehouse of its root, and not on another', () => {
  const finalizer: TaskConfig = { job: 'bread', mode: 'retry-only', finalize: 'BREAD' };
  expect(looks(finalizer)).toBeNull();
  expect(explained(finalizer)).toBe('on FLOUR_WH while it is still awake: some seconds each time');
  expect(looks({ ...finalizer, warehouse: 'OTHER_WH' })).toMatchObject({ perDay: 1, creditsPerMonth: 0.5 });
});

it('what builds is no look', () => {
  expect(looks({ job: 'rolls', schedule: every('15 minutes') })).toBeNull();
  expect(explained({ job: 'rolls', schedule: every('15 minutes') })).toBeUndefined();
});
