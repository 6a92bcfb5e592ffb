/**
 * The simulated hooks of the packages beside what the packages themselves have written (test/decision/real-logs, whose
 * README says how): the same columns of the same types, and no word or form of a value that they do not write. A drift
 * on either side fails here.
 */
import { resolve } from 'node:path';
import { tableStatements } from '../../../src/local/dbt/hooks/layouts';
import { type RecordedLog, recordedLogs, type RecordedTable } from '../../decision/real-logs/recorded';
import { EXECUTE, type O2cAccount, openO2c } from './account';

const MANIFEST = resolve(__dirname, 'expected/manifest.json');
const PACKAGES = ['elementary', 'dbt_artifacts'] as const;
type Package = (typeof PACKAGES)[number];

/** Left out of the recordings, for they would be most of them. */
const NOT_RECORDED = ['COMPILED_CODE', 'ADAPTER_RESPONSE'];

const recorded: Record<Package, RecordedLog[]> = { elementary: [], dbt_artifacts: [] };
for (const log of recordedLogs()) recorded[log.package].push(log);

let o2c: O2cAccount;
afterEach(() => o2c.account.close());

describe.each(PACKAGES)('the tables of %s', (layout) => {
  it.each(Object.keys(recorded[layout][0]!.tables))('have the columns of the real %s', async (table) => {
    o2c = await openO2c('none', layout);
    const described = await o2c.rows(`DESCRIBE TABLE ${table}`);
    expect(
      described
        .map(([name, type]) => ({ name, type }))
        .filter(({ name }) => !NOT_RECORDED.includes(String(name))),
    ).toEqual(recorded[layout][0]!.tables[table]!.columns.map(({ name, type }) => ({ name, type })));
  });

  it('are all that were recorded, in every recording', () => {
    const names = tableStatements(layout, 'EDW', 'O2C_AUDIT').map((sql) => /\.(\w+) \(/.exec(sql)![1]);
    for (const { tables } of recorded[layout]) expect(names.sort()).toEqual(Object.keys(tables).sort());
  });
});

/** Everything that a log tells apart: nodes of each kind that succeed, fail, warn, are skipped, and how runs are asked for. */
async function eventfulRuns(layout: Package): Promise<void> {
  o2c = await openO2c('none', layout);
  await o2c.rows(
    `CREATE OR REPLACE DBT PROJECT DBT_O2C_ENHANCED FROM 'file://${MANIFEST}' DEFAULT_TARGET = 'prod'`,
  );
  await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_HOOKS('DBT_O2C_ENHANCED', 'on-run-end', '${layout}')`);
  const failing = async (nodes: string[], ...runs: string[]) => {
    for (const node of nodes)
      await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_FAIL('DBT_O2C_ENHANCED', '${node}', 1)`);
    for (const args of runs) await o2c.rows(`${EXECUTE} ARGS = '${args}'`).catch(() => undefined);
  };
  await failing([], 'build', 'build --target dev --threads 4 --full-refresh --vars "{a: 1}"');
  await failing(['stg_customers'], 'build --exclude tag:none', 'retry');
  await failing(['stg_orders'], 'build --fail-fast');
  await failing(['assert_sales_add_up', 'assert_days_complete'], 'build --select fct_sales+');
  for (const node of ['breads', 'snap_customers', 'loyalty_counts', 'agg_sales_daily'])
    await failing([node], 'build');
}

async function written(layout: Package): Promise<Record<string, RecordedTable>> {
  await eventfulRuns(layout);
  const tables: Record<string, RecordedTable> = {};
  for (const [name, { columns }] of Object.entries(recorded[layout][0]!.tables)) {
    const shown = columns.map(({ name: column, type }) =>
      type.startsWith('TIMESTAMP') ? `${column}::VARCHAR` : column,
    );
    const rows = await o2c.rows(`SELECT ${shown.join(', ')} FROM ${name}`);
    tables[name] = {
      columns,
      rows: rows.map((row) =>
        row.map((value, index) =>
          columns[index]!.type === 'OBJECT' && value ? JSON.parse(String(value)) : value,
        ),
      ),
    } as RecordedTable;
  }
  return tables;
}

/** What a text looks like; words that only name things of the project are all alike. */
function formOf(column: string, value: unknown): string {
  if (value === null || typeof value !== 'string') return value === null ? 'null' : typeof value;
  if (VOCABULARY.includes(column)) return value;
  if (column === 'MESSAGE')
    return value
      .replace(/ in (\w+) [\s\S]*$/, ' in $1')
      .replace(/expected:[\s\S]*$/, 'expected:')
      .replace(/\d+ results?/, 'n results')
      .replace(/\d+$/, 'n');
  for (const [form, pattern] of Object.entries(FORMS)) if (pattern.test(value)) return form;
  return value === '' ? 'empty' : 'text';
}

/** Columns whose words are dbt's or the package's own. */
const VOCABULARY = ['STATUS', 'RESOURCE_TYPE', 'MATERIALIZATION', 'COMMAND', 'DBT_COMMAND'];

const FORMS = {
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  'uuid and id': /^[0-9a-f-]{36}\.[a-z_]+\./,
  seconds: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/,
  'time of a table': /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+$/,
  iso: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/,
  'no entries': /^\[\]$/,
  list: /^\["[^"]*"(?:, "[^"]*")*\]$/,
  'no members': /^\{\}$/,
  mapping: /^\{"[^"]*": .*\}$/,
  thread: /^Thread-\d+ \(worker\)$/,
  version: /^\d+\.\d+\.\d+$/,
};

/** By what the row is about: the forms that each column takes there. */
function formsIn(tables: Readonly<Record<string, RecordedTable>>): Map<string, Map<string, Set<string>>> {
  const found = new Map<string, Map<string, Set<string>>>();
  for (const [table, { columns, rows }] of Object.entries(tables)) {
    for (const row of rows) {
      const valueOf = (name: string) => row[columns.findIndex((column) => column.name === name)];
      const about = [table, valueOf('RESOURCE_TYPE'), valueOf('STATUS')]
        .filter((part) => part !== undefined)
        .join(' ');
      const forms = found.get(about) ?? new Map<string, Set<string>>();
      found.set(about, forms);
      for (const [index, { name }] of columns.entries())
        forms.set(name, (forms.get(name) ?? new Set()).add(formOf(name, row[index])));
    }
  }
  return found;
}

function formsOfAll(logs: readonly RecordedLog[]): Map<string, Map<string, Set<string>>> {
  const all: Record<string, RecordedTable> = {};
  for (const { tables } of logs)
    for (const [name, { columns, rows }] of Object.entries(tables))
      all[name] = { columns, rows: [...(all[name]?.rows ?? []), ...rows] };
  return formsIn(all);
}

/** What the recordings hold no example of: a project without vars of its own, and `--vars`. */
const BEYOND: Readonly<Record<string, readonly string[]>> = {
  INVOCATION_VARS: ['mapping'],
  VARS: ['no members', 'mapping'],
};

describe.each(PACKAGES)('the rows of %s', (layout) => {
  it('take no form that the package does not write', async () => {
    const real = formsOfAll(recorded[layout]);
    const strange: string[] = [];
    for (const [about, columns] of formsIn(await written(layout)))
      for (const [column, forms] of columns)
        for (const form of forms)
          if (!real.get(about)?.get(column)?.has(form) && !BEYOND[column]?.includes(form))
            strange.push(
              `${about}: ${column} is ${form}, really ${[...(real.get(about)?.get(column) ?? [])].join(' or ')}`,
            );
    expect(strange).toEqual([]);
  });

  it('tell the same kinds of results apart', async () => {
    const ours = [...formsIn(await written(layout)).keys()];
    // A unit test whose model does not exist yet is an error: without data there is no such thing.
    const real = [...formsOfAll(recorded[layout]).keys()].filter(
      (about) => about !== 'DBT_RUN_RESULTS unit_test error',
    );
    expect(ours.sort()).toEqual(real.sort());
  });
});

describe('INVOCATION_ARGS of dbt_artifacts', () => {
  const argsIn = ({ columns, rows }: RecordedTable) => {
    const at = columns.findIndex(({ name }) => name === 'INVOCATION_ARGS');
    return rows.map((row) => row[at] as Record<string, unknown>);
  };
  const kind = (value: unknown) => (Array.isArray(value) ? 'array' : typeof value);
  /** Options that are left out unless they are given, as dbt leaves out what is None (and these, where they are off). */
  const GIVEN = ['target', 'threads', 'state', 'full_refresh', 'warn_error'];

  it('has no key and no kind of value that dbt does not write', async () => {
    const real = recorded.dbt_artifacts.flatMap(({ tables }) => argsIn(tables['INVOCATIONS']!));
    const kinds = new Map(
      real.flatMap((args) => Object.entries(args).map(([key, value]) => [key, kind(value)])),
    );
    for (const args of argsIn((await written('dbt_artifacts'))['INVOCATIONS']!))
      for (const [key, value] of Object.entries(args))
        if (!GIVEN.includes(key)) expect([key, kind(value)]).toEqual([key, kinds.get(key)]);
  });

  it('tells a retry by the command as it was typed, beside the selection of the run that it repeats', async () => {
    const real = recorded.dbt_artifacts.find(({ name }) => name.endsWith('dbt-retry-succeeds'))!;
    const wanted = (args: Record<string, unknown>) => [
      args['invocation_command'],
      args['which'],
      args['select'],
    ];
    expect(argsIn(real.tables['INVOCATIONS']!).map(wanted)).toEqual([
      ['dbt build', 'build', []],
      ['dbt retry', 'build', []],
    ]);
    const ours = argsIn((await written('dbt_artifacts'))['INVOCATIONS']!);
    expect(ours.map(wanted)).toContainEqual(['dbt retry', 'build', []]);
  });
});
