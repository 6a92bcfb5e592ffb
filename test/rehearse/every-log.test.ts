/** The example that plays one story over every log. */
import { join } from 'node:path';
import config, { ownColumns } from '../../examples/every-log/auto-restart.config';
import { story } from '../../examples/every-log/story';
import { resolveDeployments } from '../../src/model/resolve';
import { rehearseAll } from '../../src/rehearse/all';
import { loadRehearsals } from '../../src/rehearse/load';
import type { Rehearsal } from '../../src/rehearse/rehearsal';
import { play, root } from './play';

const deployments = resolveDeployments(config);
const example = join(root, 'examples', 'every-log');

it('every rehearsal of the example happens as it expects', async () => {
  const loaded = await loadRehearsals(example, []);
  expect(loaded).not.toEqual([]);
  for await (const { name, differences } of rehearseAll(loaded, { root: example, deployments })) {
    expect({ name, differences }).toEqual({ name, differences: [] });
  }
});

const MANNERS: Rehearsal['hooks'][] = [
  'post-hook',
  { rows: 'end' },
  { rows: 'start-and-end', nodeRows: 'start-and-end' },
  { times: 'ltz' },
  { times: 'tz' },
  { times: 'text-with-offset' },
  { times: 'seconds' },
  { times: 'milliseconds' },
  { statuses: 'padded' },
  { statuses: 'boolean' },
  { selections: 'python' },
  { selections: 'json' },
  { commands: 'line' },
  { names: 'unique-id', operations: true },
  { views: true },
  { times: 'text' },
  { ids: 'number' },
  { statuses: 'capitals' },
  { selections: 'spaces' },
  { required: { VERSION: '1.0' } },
];

it.each(MANNERS)('the retry is the same where hooks of one’s own write %j', async (hooks) => {
  expect((await play(story('own_columns', hooks), { deployments })).differences).toEqual([]);
});

it.each(['unique_id', 'relation'] as const)('nodes are named as the mapping says: %s', async (nameIs) => {
  const { own_columns: own } = config.deployments;
  const layout = { ...ownColumns, nodes: { ...ownColumns.nodes, nameIs } };
  const named = resolveDeployments({
    deployments: {
      own_columns: { ...own!, state: { kind: 'audit-tables', layout, where: { environment: 'prod' } } },
    },
  });
  expect((await play(story('own_columns'), { deployments: named })).differences).toEqual([]);
});
