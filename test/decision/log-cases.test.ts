/**
 * The worked cases 31 to 46: logs as they really are. Each is written row by row into every log that can hold it, and the
 * procedure is asked, and `explain` beside it. (35 and 46 are `column-types.test.ts`, 37 and 38 `history-artifacts.test.ts`.)
 */
import type { CustomLayout, JobConfig } from '../../src/config/types';
import { resolveDeployments } from '../../src/model/resolve';
import { openAccount, type Account } from './harness/account';
import { HOME, deploymentOf } from './harness/deployments';
import { callProcedure, install } from './harness/installed';
import type { LogLayout, LogRows, LogValue } from './harness/layouts/layout';
import { o2cLog } from './harness/layouts/o2c';
import { bakeryLog, plainLog } from './harness/layouts/own';
import { artifactsLog, elementaryLog } from './harness/layouts/packages';
import { createLog, insertStatements } from './harness/log-tables';
import { DAILY, HOURLY, PROJECT, full, log, retry } from './logs';
import type { LoggedRun, RestartJob } from './reference/history';
import { expectExplained } from '../oncall/agreement';

let account: Account;
beforeAll(async () => {
  account = await openAccount();
});
afterAll(async () => account.close());

const o2c = o2cLog();
const WITH_SELECTION = [o2c, bakeryLog, elementaryLog, artifactsLog];
const EVERY = [...WITH_SELECTION, plainLog];
const WITH_STATUS = [o2c, bakeryLog, plainLog];

const NORMAL = '🔵 FULL BUILD: Normal scheduled run | would run: dbt build';
const retryOf = (number: number, selector: string, shown = selector): string =>
  `🔄 RETRY #${number}: Rerunning failed models: ${shown} | would run: dbt build --select ${selector}`;

/** What PLAN says of the log. @param change what the rows say otherwise than the layout would write them */
async function planOf(
  layout: LogLayout,
  runs: LoggedRun[],
  change: (table: LogRows, index: number) => LogRows = (same) => same,
  job: RestartJob = DAILY,
): Promise<string> {
  await createLog(account.inside, layout);
  for (const statement of layout.rows(runs).map(change).flatMap(insertStatements))
    await account.inside.run(statement);
  const jobs = layout.kind === 'no-selection' ? [job] : [DAILY, HOURLY];
  const deployment = deploymentOf(layout.state, jobs);
  await install(account.client, deployment);
  const said = (await callProcedure(account.client, job, 'PLAN')).replace(/^PLAN: /, '');
  await expectExplained(account.client, deployment, job.name, said);
  return said;
}

/** Puts `value` into every column that has one of the names. */
const set =
  (names: readonly string[], value: (before: LogValue) => LogValue) =>
  (table: LogRows): LogRows => ({
    ...table,
    rows: table.rows.map((row) =>
      row.map((each, index) => (names.includes(table.columns[index]!) ? value(each) : each)),
    ),
  });

const on = (layouts: readonly LogLayout[]) => layouts.map((layout) => [layout.name, layout] as const);

const aFails = (): LoggedRun => full(DAILY, 'FAILED', { a: 'FAIL', b: 'SUCCESS' });

it.each(on([elementaryLog, artifactsLog]))(
  '31: over %s, which has no status, a run with skipped nodes and no failed one has failed',
  async (_, layout) => {
    const skips = full(DAILY, 'SUCCESS', { a: 'SUCCESS', b: 'SKIPPED' });
    expect(await planOf(layout, log(skips))).toBe(retryOf(1, 'b+'));
  },
);

it.each(on(WITH_SELECTION))(
  "32: over %s somebody's build that left out what had failed heals nothing",
  async (_, layout) => {
    const around = full(DAILY, 'SUCCESS', { b: 'SUCCESS' }, { id: 'around' });
    expect(await planOf(layout, log(aFails(), around), excluding)).toBe(retryOf(1, 'a+'));
  },
);

it.each(on(WITH_SELECTION))('32: over %s one that rebuilt it heals', async (_, layout) => {
  const all = full(DAILY, 'SUCCESS', { a: 'SUCCESS', b: 'SUCCESS' });
  expect(await planOf(layout, log(aFails(), all))).toBe(NORMAL);
});

it('32: over elementary a run with somebody’s YAML selector is nobody’s full run', async () => {
  const selected = full(DAILY, 'SUCCESS', { b: 'SUCCESS' }, { id: 'selected' });
  const said = await planOf(elementaryLog, log(aFails(), selected), (table, index) =>
    index > 0
      ? table
      : {
          ...table,
          columns: [...table.columns, 'yaml_selector'],
          rows: table.rows.map((row) => [...row, row[0] === 'selected' ? 'nightly' : null]),
        },
  );
  expect(said).toBe(retryOf(1, 'a+'));
});

it('33: a row for the start and one for the end are one run, which is not in progress', async () => {
  const layout = ownLayout({ statuses: { running: ['started'], succeeded: ['finished'] } });
  const rows = (change: object): LogRows => ({
    table: 'RUNS',
    columns: ['id', 'project', 'started', 'ended', 'status', 'command', 'selection'],
    rows: [
      { status: 'started', ended: null },
      { status: 'finished', ended: '2026-03-10 05:30:00' },
    ].map((row) => ['one', PROJECT, '2026-03-10 05:00:00', row.ended, row.status, 'build', '']),
    ...change,
  });
  expect(await planOfRows(layout, [rows({})])).toBe(NORMAL);
});

it.each(on(EVERY))('34: over %s a retry that was logged three times is one attempt', async (_, layout) => {
  const runs = log(aFails(), retry(DAILY, 'a+', 'FAILED', { a: 'FAIL' }, { id: 'again' }));
  const said = await planOf(layout, runs, (table) => ({
    ...table,
    rows: table.rows.flatMap((row) => (row.includes('again') ? [row, row, row] : [row])),
  }));
  expect(said).toBe(retryOf(2, 'a+'));
});

it.each(on(WITH_STATUS))(
  '36: over %s a run that starts in ten years is not in progress, and told',
  async (_, layout) => {
    const ahead = full(DAILY, 'RUNNING', {}, { started: -87_600, id: 'ahead' });
    expect(await planOf(layout, log(aFails(), ahead))).toBe(
      retryOf(1, 'a+').replace(' | would', ' | CLOCK | would'),
    );
  },
);

it.each(on(WITH_SELECTION))('39: over %s the environment is compared in any case', async (_, layout) => {
  const shout = set(['environment', 'kitchen', 'target_name'], () => 'PROD');
  expect(await planOf(layout, log(aFails()), shout)).toBe(retryOf(1, 'a+'));
});

it.each(on(EVERY))(
  '40: over %s a log of another project’s runs is told from a first run',
  async (_, layout) => {
    const others = Array.from({ length: 40 }, (_, index) => ({
      ...aFails(),
      id: `other-${index}`,
      project: 'other',
    }));
    expect(await planOf(layout, log(...others))).toBe(
      "🔵 FULL BUILD: First run (the log has 40 runs, none of them of this project's jobs) | would run: dbt build",
    );
  },
);

it.each([
  ['dbt build --target prod --select tag:x', retryOf(1, 'a+,tag:x', 'a+')],
  ['dbt --no-use-colors build -s tag:x --fail-fast', retryOf(1, 'a+,tag:x', 'a+')],
  [
    'dbt build --select tag:y',
    "🔵 FULL BUILD: First run (the log has 1 runs, none of them of this project's jobs) | would run: dbt build --select tag:x",
  ],
])('41: a log with the command line alone: %s', async (line, expected) => {
  const layout = ownLayout({ runs: { commandLine: 'line' }, without: ['command', 'selection'] });
  const rows: LogRows[] = [
    {
      table: 'RUNS',
      columns: ['id', 'project', 'started', 'ended', 'status', 'line'],
      rows: [['one', PROJECT, '2026-03-10 05:00:00', '2026-03-10 05:30:00', 'FAILED', line]],
    },
    { table: 'NODES', columns: ['run_id', 'name', 'status'], rows: [['one', 'a', 'error']] },
  ];
  expect(await planOfRows(layout, rows, { build: { select: ['tag:x'] } })).toBe(expected);
});

const TWO_TERMS = retryOf(1, 'a+,tag:merge a+,tag:append_only', 'a+').replaceAll('dbt build', 'dbt run');

it.each([
  ["['tag:merge', 'tag:append_only']", HOURLY, TWO_TERMS],
  ['tag:append_only tag:merge', HOURLY, TWO_TERMS],
  ['["tag:append_only","tag:merge"]', HOURLY, TWO_TERMS],
  ['None', DAILY, retryOf(1, 'a+')],
  ['ALL', DAILY, retryOf(1, 'a+')],
  ['', DAILY, retryOf(1, 'a+')],
])('42: the selection %j is read as it is meant', async (text, job, expected) => {
  const runs = log(full(job, 'FAILED', { a: 'FAIL' }));
  expect(
    await planOf(
      o2c,
      runs,
      set(['selector_used'], () => text),
      job,
    ),
  ).toBe(expected);
});

it.each(on([o2c, elementaryLog]))(
  '43: over %s hooks and sources that failed are no nodes',
  async (_, layout) => {
    const runs = log(full(DAILY, 'FAILED', { a: 'FAIL', hook: 'FAIL', source: 'FAIL' }));
    const ids: Record<string, string> = {
      hook: `operation.${PROJECT}.${PROJECT}-on-run-end-0`,
      source: `source.${PROJECT}.raw.orders`,
    };
    const named = (before: LogValue): LogValue => {
      const node = String(before).split('.').at(-1)!;
      return ids[node] ?? `model.${PROJECT}.${node}`;
    };
    const said = await planOf(layout, runs, (table, index) =>
      index === 0 ? table : set([layout === o2c ? 'model_name' : 'unique_id'], named)(table),
    );
    expect(said).toBe(retryOf(1, 'a+'));
  },
);

it.each(on([bakeryLog, elementaryLog, artifactsLog]))(
  '44: over %s a skipped test with an endless name is left to the model that it was skipped behind',
  async (_, layout) => {
    const test = `accepted_values_${'x'.repeat(300)}`;
    const runs = log(full(DAILY, 'FAILED', { a: 'FAIL', [test]: 'SKIPPED' }, { tests: [test] }));
    const said = await planOf(layout, runs);
    expect(said).toMatch(
      /^🔄 RETRY #1: Rerunning failed models: a\+ \| |^🔄 RETRY #1: Rerunning failed models: a\+ \(and 1 skipped\) \| /,
    );
    expect(said).toContain('--select a+');
  },
);

it('45: over o2c, where tests have no names, the retry says that a failed test is not rerun', async () => {
  const runs = log(full(DAILY, 'FAILED', { a: 'FAIL' }, { testsFailed: 1 }));
  expect(await planOf(o2c, runs)).toBe(retryOf(1, 'a+').replace(' | would', ' | TESTS_UNNAMED | would'));
});

it('tables of an older elementary, without project and YAML selector, are read by the preset', async () => {
  const { inside, client } = account;
  await inside.run(
    'CREATE OR REPLACE TABLE DBT_INVOCATIONS (invocation_id VARCHAR, run_started_at VARCHAR, run_completed_at VARCHAR, command VARCHAR, target_name VARCHAR, selected VARCHAR)',
  );
  await inside.run(
    'CREATE OR REPLACE TABLE DBT_RUN_RESULTS (unique_id VARCHAR, invocation_id VARCHAR, status VARCHAR, resource_type VARCHAR, execute_started_at VARCHAR, execute_completed_at VARCHAR)',
  );
  await inside.run(
    "INSERT INTO DBT_INVOCATIONS VALUES ('one', '2026-03-10 05:00:00', '2026-03-10 05:30:00', 'build', 'prod', '[]')",
  );
  await inside.run(
    `INSERT INTO DBT_RUN_RESULTS VALUES ('model.${PROJECT}.a', 'one', 'error', 'model', '2026-03-10T05:10:00Z', '2026-03-10T05:20:00Z')`,
  );
  const state = {
    kind: 'audit-tables' as const,
    layout: 'elementary' as const,
    where: { environment: 'prod' },
    absentColumns: ['PROJECT_NAME', 'YAML_SELECTOR', 'CREATED_AT'],
  };
  await install(client, deploymentOf(state, [DAILY]));
  expect(await callProcedure(client, DAILY, 'PLAN')).toBe(`PLAN: ${retryOf(1, 'a+')}`);
});

/** dbt_artifacts tells the `--exclude`; the others show nothing of it, and the node is not among the results. */
const excluding = (table: LogRows): LogRows =>
  table.table !== 'INVOCATIONS'
    ? table
    : {
        ...table,
        rows: table.rows.map((row) =>
          row.map((value, index) =>
            row.includes('around') && table.columns[index] === 'invocation_args'
              ? JSON.stringify({ which: 'build', select: [], exclude: ['a+'] })
              : value,
          ),
        ),
      };

interface OwnLayout {
  runs?: Partial<CustomLayout['runs']>;
  without?: (keyof CustomLayout['runs'])[];
  statuses?: CustomLayout['statuses'];
}

/** Two tables of one's own, with the columns that a case is about. */
function ownLayout({ runs = {}, without = [], statuses = {} }: OwnLayout): CustomLayout {
  const columns: CustomLayout['runs'] = {
    table: 'RUNS',
    runId: 'id',
    startedAt: 'started',
    endedAt: 'ended',
    status: 'status',
    project: 'project',
    command: 'command',
    selection: 'selection',
    ...runs,
  };
  for (const column of without) delete columns[column];
  return {
    runs: columns,
    nodes: { table: 'NODES', runId: 'run_id', name: 'name', status: 'status' },
    statuses,
  };
}

async function planOfRows(
  layout: CustomLayout,
  rows: readonly LogRows[],
  { build = {} }: { build?: Partial<JobConfig['dbt']> } = {},
): Promise<string> {
  const [deployment] = resolveDeployments({
    deployments: {
      tested: {
        ...HOME,
        state: { kind: 'audit-tables', layout },
        runner: { kind: 'procedure', procedure: 'EDW.O2C_AUDIT.BAKE' },
        jobs: { daily: { project: PROJECT, dbt: { command: 'build', ...build } } },
        tasks: {},
      },
    },
  });
  const { inside, client } = account;
  await inside.run('CREATE OR REPLACE TABLE NODES (run_id VARCHAR, name VARCHAR, status VARCHAR)');
  const columns = Object.values(layout.runs)
    .slice(1)
    .map((name) => `${String(name)} ${/^(started|ended)$/.test(String(name)) ? 'TIMESTAMP_NTZ' : 'VARCHAR'}`);
  await inside.run(`CREATE OR REPLACE TABLE RUNS (${columns.join(', ')})`);
  for (const statement of rows.flatMap(insertStatements)) await inside.run(statement);
  await install(client, deployment!);
  const said = (await callProcedure(client, DAILY, 'PLAN')).replace(/^PLAN: /, '');
  await expectExplained(client, deployment!, DAILY.name, said);
  return said;
}
