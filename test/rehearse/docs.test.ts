/** The examples of docs/rehearsals.md, played as they stand there; and that the page names every field. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rehearseAll } from '../../src/rehearse/all';
import { loadRehearsals } from '../../src/rehearse/load';
import { deployments, root } from './play';
import { step } from './steps';

const text = readFileSync(join(root, 'docs', 'rehearsals.md'), 'utf8');
const examples = [...text.matchAll(/<!-- test: (\S+) -->\s+```ts\n([\s\S]*?)```/g)].map(([, file, code]) => ({
  file: file!,
  code: code!,
}));

it('every example happens as it expects', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'examples-'));
  mkdirSync(join(folder, 'rehearsals'));
  for (const { file, code } of examples) writeFileSync(join(folder, 'rehearsals', file), code);
  const loaded = await loadRehearsals(folder, []);
  expect(loaded.map(({ name }) => `${name}.ts`).sort()).toEqual(examples.map(({ file }) => file).sort());
  for await (const { name, differences, steps } of rehearseAll(loaded, { root: folder, deployments })) {
    expect({ name, differences }).toEqual({ name, differences: [] });
    expect(steps.length).toBeGreaterThan(2);
  }
});

it('there are examples', () => {
  expect(examples).toHaveLength(3);
  expect([...text.matchAll(/^```ts$/gm)]).toHaveLength(3);
});

it.each([...Object.keys(step()), 'counts', 'never', 'oneAtATime', 'queries', 'steps', 'tasks', 'hooks'])(
  'the page tells of %s',
  (field) => {
    expect(text).toMatch(new RegExp(`^\\|[^|]*\`${field}\``, 'm'));
  },
);
