/** `report` on an account that has days of schedule behind it. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { removeProgram, runIn } from '../cli/program';
import { playedAccount } from './account';

afterAll(removeProgram);

let folder: string;
beforeAll(async () => {
  folder = await playedAccount(10);
});

const report = (...args: string[]) => runIn(folder, ['report', '--connection', 'local', ...args]);

it('says in a few lines what happened, and what is broken now', () => {
  const { code, stdout } = report();
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^bakery in the local Snowflake, .* UTC\n {2}\d+ runs, \d+ full builds, \d+ retries, \d+ failures, \d+ looks\n/,
  );
  expect(stdout).toMatch(/chains? healed by retries; .* saved against full builds/);
  expect(stdout).toMatch(/broken now: daily since .*\n.*fails most: dough/);
});

it('writes one page, and the same as data', () => {
  const { code, stdout, stderr } = report('--html', 'out/report.html', '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: 'wrote out/report.html\n' });
  const [{ target, reports }] = JSON.parse(stdout) as [
    { target: string; reports: { deployment: string; savings: object }[] },
  ];
  expect(target).toBe('the local Snowflake');
  expect(reports).toMatchObject([{ deployment: 'bakery', savings: { withoutEnd: 0 } }]);
  const html = fs.readFileSync(path.join(folder, 'out', 'report.html'), 'utf8');
  expect(html).toContain('Longest without being healed');
  expect(html).toContain('BAKE_LATER');
});

it('finds the task of every run of the last seven days', () => {
  const [{ reports }] = JSON.parse(report('--days', '6', '--json').stdout) as [
    { reports: { lanes: string[] }[] },
  ];
  expect(reports[0]!.lanes).toEqual(['BAKE', 'BAKE_AGAIN', 'BAKE_LATER', 'BAKE_ROLLS']);
});

it.each([
  [['--days', '0'], 2, 'it is no number of days'],
  [['--html', 'auto-restart.config.ts/x.html'], 1, 'the page cannot be written'],
])('%j is refused', (args, exit, sentence) => {
  const { code, stderr } = report(...args);
  expect(code).toBe(exit);
  expect(stderr).toContain(sentence);
});
