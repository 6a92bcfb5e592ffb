/** `history` as a process: what ran and what the account remembers of it, in four forms. */
import { columnsOf } from '../../src/cli/output/fit';
import { sinceMoment } from '../../src/oncall/since';
import type { TargetHistory } from '../../src/cli/commands/history';
import { BAKERY, removeProgram } from '../cli/program';
import { openServed, type Served } from './served';

const config = BAKERY.replace(
  "where: { environment: 'prod' }",
  "where: { environment: 'prod' }, zones: { startedAt: 'UTC', endedAt: 'America/Los_Angeles' }",
)
  .replace('procedureRunner }', 'executeDbtProject }')
  .replace("procedureRunner('BAKERY.OVEN.BAKE')", "executeDbtProject({ object: 'BAKERY.OVEN.BAKERY' })")
  .replace('maxAgeHours: 20', 'maxAgeHours: 20, recordFailure: false');

let served: Served;
/** One start of the task, and what it takes. */
const bakes = async (): Promise<void> => {
  await served.sql('EXECUTE TASK BAKERY.OVEN.BAKE_BREAD');
  await served.sql('SELECT SYSTEM$LOCAL_ADVANCE(600)');
};
const json = async (...args: string[]): Promise<TargetHistory> => {
  const { stdout } = await served.run('history', '--json', ...args);
  return (JSON.parse(stdout) as TargetHistory[])[0]!;
};

beforeAll(async () => {
  const nodes = [
    { name: 'dough' },
    { name: 'loaf', dependsOn: ['dough'] },
    { name: 'roll', dependsOn: ['dough'] },
  ];
  served = await openServed(config, { project: 'bakery', nodes });
  expect(await served.run('generate')).toMatchObject({ code: 0 });
  const applied = await served.run('apply', '--yes', '--allow', 'PRIVILEGED_ROLE');
  expect(applied.code === 0 ? '' : applied.stdout + applied.stderr).toBe('');
  await bakes();
  await served.sql("SELECT SYSTEM$LOCAL_DBT_FAIL('bakery', 'loaf', 1)");
  await bakes();
  await bakes();
  await served.sql("SELECT SYSTEM$LOCAL_DBT_CRASH('bakery', '', 1)");
  await bakes();
});
afterAll(async () => {
  await served.close();
  removeProgram();
});

it('lists runs, newest first, with what was decided, what failed and what was saved', async () => {
  const { code, stdout } = await served.run('history');
  const lines = stdout.split('\n');
  expect(lines[1]).toMatch(/^started +job +run +took +outcome +what$/);
  expect(lines[2]).toMatch(/^03:2\d +BAKE_BREAD +retry 1 +10 s +SUCCEEDED +ran 1, saved \d+ s, RETRY$/);
  expect(lines[3]).toMatch(
    /^03:1\d +BAKE_BREAD +full build +.* FAILED +failed loaf, ran 3, NORMAL_SCHEDULE$/,
  );
  expect(lines[4]).toMatch(/^03:0\d +BAKE_BREAD +full build +.* SUCCEEDED +ran 3, FIRST_RUN$/);
  expect(code).toBe(0);
});

it('shows the statement for dbt’s log of what failed, and it does show it', async () => {
  const { stdout } = await served.run('history');
  const [, statement = ''] = /(SELECT SYSTEM\$GET_DBT_LOG\('[^']+'\));/.exec(stdout) ?? [];
  expect(String((await served.sql(statement))[0]?.[0])).toContain('loaf');
});

it('names task runs that left no run in the log', async () => {
  const { stdout } = await served.run('history');
  expect(stdout).toMatch(
    /task runs that left no run in the log\n03:3\d +BAKE_BREAD FAILED \(query [0-9a-f-]{36}\): /,
  );
  expect((await json()).unlogged).toMatchObject([{ task: 'BAKE_BREAD', state: 'FAILED' }]);
});

it('--json holds every run with its task, decision and query', async () => {
  const { runs } = await json();
  expect(runs).toHaveLength(3);
  expect(runs[0]).toMatchObject({
    deployment: 'bakery',
    job: 'BAKE_BREAD',
    kind: 'SELECTIVE_RETRY',
    attempt: 1,
    outcome: 'SUCCEEDED',
    rootRunId: runs[1]!.runId,
    task: 'BAKE_BREAD',
    decision: expect.stringMatching(/^RETRY RETRY 🔄 RETRY #1/),
    queryId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
});

it.each([
  ['failed only', ['--failed'], ['FAILED']],
  ['one job', ['--job', 'bake_bread'], ['SUCCEEDED', 'FAILED', 'SUCCEEDED']],
  ['one project', ['--project', 'Bakery'], ['SUCCEEDED', 'FAILED', 'SUCCEEDED']],
  ['one task', ['--task', 'bake_bread'], ['SUCCEEDED', 'FAILED', 'SUCCEEDED']],
  ['since a time', ['--since', '2026-03-10T03:05'], ['SUCCEEDED', 'FAILED']],
  ['since a while', ['--since', '2m'], []],
  ['the newest', ['--limit', '1'], ['SUCCEEDED']],
])('filters: %s', async (_, args, outcomes) => {
  const { runs } = await json(...args);
  expect(runs.map(({ outcome }) => outcome)).toEqual(outcomes);
});

it('--csv is a head and a line a run, whatever the width of the terminal', async () => {
  const { stdout } = await served.run('history', '--csv');
  const [head, ...lines] = stdout.trim().split('\n');
  expect(head).toMatch(/^deployment,project,job,runId,/);
  expect(lines).toHaveLength(3);
  expect(new Set(lines.map((line) => line.replace(/"(?:[^"]|"")*"/g, 'text').split(',').length))).toEqual(
    new Set([head!.split(',').length]),
  );
});

it.each([60, 80])('fits a terminal of %i columns', async (columns) => {
  const narrow = await served.runWith({ COLUMNS: String(columns) }, 'history');
  expect(Math.max(...narrow.stdout.split('\n').map(columnsOf))).toBeLessThanOrEqual(columns);
});

it.each([
  [['--since', 'yesterday'], 'yesterday is no time'],
  [['--since', '2026-02-30'], '2026-02-30 is no time'],
  [['--limit', '0'], 'a whole number from 1 to 10000'],
  [['--csv', '--json'], 'choose one'],
  [['--job', 'BAKE_BRAED'], 'did you mean BAKE_BREAD?'],
])('refuses %j', async (args, said) => {
  const { code, stdout, stderr } = await served.run('history', ...args);
  expect(stdout + stderr).toContain(said);
  expect(code).toBe(2);
});

it('reads times as people write them', () => {
  const now = Date.UTC(2026, 2, 10, 6);
  expect(
    ['90m', '24h', '7d', '2w', '2026-03-09', '2026-03-09 04:30', 'soon', '-1h'].map((text) =>
      sinceMoment(text, now),
    ),
  ).toEqual([
    '2026-03-10T04:30:00.000Z',
    '2026-03-09T06:00:00.000Z',
    '2026-03-03T06:00:00.000Z',
    '2026-02-24T06:00:00.000Z',
    '2026-03-09T00:00:00.000Z',
    '2026-03-09T04:30:00.000Z',
    null,
    null,
  ]);
});
