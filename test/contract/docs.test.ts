/** docs/contract.md says every code, with its severity and what it means, and the layouts that ship as one would write them. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FINDINGS } from '../../src/contract/finding';
import { LAYOUTS } from '../../src/model/layouts';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'contract.md'), 'utf8');
const cells = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

it('the table of codes is that of the product', () => {
  const told = page
    .split('\n')
    .filter((line) => /^\| [A-Z_]+ +\|/.test(line))
    .map((line) => cells(line).slice(0, 3));
  expect(told).toEqual(
    Object.entries(FINDINGS).map(([code, { severity, meaning }]) => [code, severity, meaning]),
  );
});

it('every code is shown by a test', () => {
  const tests = readdirSync(__dirname)
    .filter((file) => file.endsWith('.test.ts') && file !== 'docs.test.ts')
    .map((file) => readFileSync(join(__dirname, file), 'utf8'))
    .join('\n');
  expect(Object.keys(FINDINGS).filter((code) => !tests.includes(code))).toEqual([]);
});

it.each(['o2c', 'elementary'] as const)('%s is written out column by column', (name) => {
  const { runs, nodes } = LAYOUTS[name];
  const { tables, ...columns } = nodes;
  for (const [key, column] of [...Object.entries(runs), ...Object.entries(columns)])
    expect(page).toContain(`${key}: '${column}'`);
  for (const { table } of tables) expect(page).toContain(`table: '${table}'`);
});
