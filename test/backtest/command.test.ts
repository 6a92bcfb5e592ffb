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

type Log = ReturnType<typeof logOf>;
const rows = (count: number): Log => logOf(year(count).filter(({ job }) => job === 'bread'));

it.each<[string, (log: Log) => unknown, string]>([
  [
    'a flag that is none',
    ({ runs }) => Object.assign(runs[0]!, { is_ours: 'yes' }),
    'is_ours of runs[0] is "yes"',
  ],
  [
    "the log's own word for a state",
    ({ runs }) => Object.assign(runs[0]!, { state: 'success' }),
    'state of runs[0] is "success", and none of RUNNING, SUCCEEDED, FAILED',
  ],
  [
    "the log's own word for a result",
    ({ nodes }) => Object.assign(nodes[2]!, { result: 'pass' }),
    'result of nodes[2] is "pass", and none of SUCCEEDED, FAILED, SKIPPED',
  ],
  ['a run twice', ({ runs }) => runs.push(runs[0]!), 'the log has run run-1 twice'],
  ['nodes of no run', ({ runs }) => runs.pop(), 'is of run run-3, which the log does not have'],
  ['what is no row', ({ runs }) => runs.push(null as never), 'runs[3] is null'],
])('refuses a log with %s', (_, change, message) => {
  const file = join(folder, 'changed.json');
  const changed = rows(3);
  change(changed);
  writeFileSync(file, JSON.stringify(changed));
  const { code, stderr } = runIn(folder, ['backtest', '--log', file]);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});

it('leaves out what starts later than now, says so, and says of what runs it says nothing', () => {
  const file = join(folder, 'ahead.json');
  const changed = rows(30);
  changed.runs.push({ ...changed.runs[0]!, run_id: 'ahead', started_at: '2136-01-01T00:00:00Z' });
  changed.runs[1]!.is_ours = null;
  writeFileSync(file, JSON.stringify(changed));
  const { stdout, stderr } = runIn(folder, ['backtest', '--log', file, '--json']);
  expect(stderr).toContain('left out: 1 of the runs, which the log says start later than now');
  const report = JSON.parse(stdout) as { until: string; runs: number; notKnown: string[] };
  expect(report).toMatchObject({ until: '2025-01-30T04:00:00.001Z', runs: 29 });
  expect(report.notKnown.join()).toContain("1 runs of the log are no job's");
  const { code, stderr: late } = runIn(folder, ['backtest', '--log', file, '--since', '2030-01-01']);
  expect(code).toBe(2);
  expect(late).toContain('the log ends before 2030-01-01');
});

it('a job that only some policies have has figures only there', () => {
  const file = join(folder, 'jobs.ts');
  writeFileSync(
    file,
    `export default { rolls: { tasks: { ROLLS: { project: 'bakery', dbt: { command: 'run' },
      schedule: { kind: 'cron', expression: '30 * * * *', timeZone: 'UTC' } } } } };`,
  );
  const { stdout } = runIn(folder, ['backtest', '--log', log, '--policy', file]);
  const [, table = ''] = stdout.split('\nROLLS\n');
  expect(table).toMatch(/^as configured +-/m);
  expect(table).toMatch(/^rolls +0 /m);
  expect(stdout).toMatch(/no full run of\s+ROLLS/);
});

it.each([
  ['export default { x: { retries: {} } }', 'a policy has no retries'],
  ['export default { x: { retry: { bred: {} } } }', 'there is no job bred'],
  ['export default { x: { retry: { bread: { maxAttempts: -1 } } } }', 'maxAttempts'],
  ['export default []', 'the policy file exports no policies by name'],
  ['export default { x: [] }', 'the policy x is no object'],
  ['export default { x: { tasks: null } }', 'tasks of a policy is no object'],
  ['export default { x: { tasks: { MENT: null } } }', 'there is no task MENT'],
  ['export default { x: { retry: { bread: 5 } } }', '5 is not an object'],
  ['export default { finalizer: {} }', 'finalizer is the name of a policy that is compared anyway'],
])('refuses the policy file %s', (text, message) => {
  const file = join(folder, 'wrong.ts');
  writeFileSync(file, text);
  const { code, stderr } = runIn(folder, ['backtest', '--log', log, '--policy', file]);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});
