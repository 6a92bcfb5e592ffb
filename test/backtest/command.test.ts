/** The command, as a process. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runIn } from '../cli/program';
import { logOf, year } from './year';

const CONFIG = `
import { auditTables, cron, defineConfig, procedureRunner } from 'dbt-auto-restart';
export default defineConfig({ deployments: { bakery: {
  database: 'BAKERY', schema: 'OVEN', defaults: { warehouse: 'FLOUR_WH', timeout: '2 hours' },
  state: auditTables({ layout: 'o2c', where: { environment: 'prod' } }),
  runner: procedureRunner('BAKERY.OVEN.BAKE'),
  jobs: { bread: { project: 'bakery' } },
  tasks: {
    BREAD: { job: 'bread', mode: 'full-build', schedule: cron('0 4 * * *') },
    MEND: { job: 'bread', mode: 'retry-only', finalize: 'BREAD' },
  },
} } });
`;

const folder = mkdtempSync(join(tmpdir(), 'auto-restart-backtest-'));
const log = join(folder, 'log.json');

beforeAll(() => {
  writeFileSync(join(folder, 'auto-restart.config.ts'), CONFIG);
  writeFileSync(log, JSON.stringify(logOf(year(40).filter(({ job }) => job === 'bread'))));
});

it('compares the policy with others, as a table, as JSON and as a page', () => {
  const page = join(folder, 'page.html');
  const { code, stdout } = runIn(folder, ['backtest', '--log', log, '--html', page, '--json']);
  expect(code).toBe(0);
  const report = JSON.parse(stdout) as { policies: { policy: string; total: { retries: number } }[] };
  expect(report.policies.map(({ policy, total }) => [policy, total.retries])).toEqual([
    ['as configured', 1],
    ['no retries', 0],
    ['finalizer', 1],
  ]);
  expect(readFileSync(page, 'utf8')).toContain('<h1>Back-test of bakery</h1>');
  const text = runIn(folder, ['backtest', '--log', log, '--since', '5d']).stdout;
  expect(text).toContain('what the log cannot tell');
  expect(text).toMatch(/numbers of so few are\s+chance/);
});

it('takes policies of a file', () => {
  const file = join(folder, 'policies.ts');
  writeFileSync(
    file,
    'export default { once: { retry: { bread: { maxAttempts: 1 } }, tasks: { MEND: null } } };',
  );
  const { code, stdout } = runIn(folder, ['backtest', '--log', log, '--policy', file, '--json']);
  expect(code).toBe(0);
  const { policies } = JSON.parse(stdout) as { policies: { policy: string; total: { retries: number } }[] };
  expect(policies.at(-1)).toMatchObject({ policy: 'once', total: { retries: 0 } });
});

it.each([
  [['--log', 'nowhere.json'], 'the log cannot be read'],
  [['--since', 'yesterday', '--log', log], 'yesterday is no time to look back to'],
  [['--log', join(folder, 'auto-restart.config.ts')], 'the log is no JSON'],
  [['--log', log, '--policy', 'nowhere.ts'], 'there is no file nowhere.ts'],
])('refuses %j', (args, message) => {
  const { code, stderr } = runIn(folder, ['backtest', ...args]);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});

it.each([
  ['export default { x: { retries: {} } }', 'a policy has no retries'],
  ['export default { x: { retry: { bred: {} } } }', 'there is no job bred'],
  ['export default { x: { retry: { bread: { maxAttempts: -1 } } } }', 'maxAttempts'],
  ['export default []', 'the policy file exports no policies by name'],
])('refuses the policy file %s', (text, message) => {
  const file = join(folder, 'wrong.ts');
  writeFileSync(file, text);
  const { code, stderr } = runIn(folder, ['backtest', '--log', log, '--policy', file]);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});
