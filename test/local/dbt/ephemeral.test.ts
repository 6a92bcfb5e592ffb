/** Ephemeral models that do not compile, and what `--fail-fast` and `retry` do with what has no row of its own. */
import { parseArgs } from '../../../src/local/dbt/args';
import { graphOf } from '../../../src/local/dbt/dag';
import { readDag } from '../../../src/local/dbt/read-dag';
import { nodesToRun } from '../../../src/local/dbt/run';
import { runNodes } from '../../../src/local/dbt/run-nodes';
import { selectNodes } from '../../../src/local/dbt/selectors';
import { EXECUTE, type O2cAccount, openO2c } from './account';

const BAKERY = {
  project: 'bakery',
  nodes: [
    { name: 'flour' },
    { name: 'sifted', dependsOn: ['flour'], materialized: 'ephemeral', tests: ['sifted_is_fine'] },
    { name: 'dough', dependsOn: ['sifted'], tests: ['dough_rises'] },
    { name: 'loaf', dependsOn: ['dough'] },
    { name: 'cake', dependsOn: ['flour'] },
  ],
};
const bakery = graphOf(readDag(JSON.stringify(BAKERY)));

const CAUSED = (node: string) =>
  `Compilation Error in model.bakery.${node}, caused by compilation error in referenced ephemeral model model.bakery.sifted`;

/** `dough skipped`, `dough skipped: <message>` where dbt says why. */
function run(args: string, ...fails: string[]): string[] {
  const { command, select, exclude, threads = 1, failFast } = parseArgs(args);
  const nodes = nodesToRun(bakery, command, selectNodes(bakery, { select, exclude }).nodes);
  const faults = { fails: ({ name }: { name: string }) => fails.includes(name), crashes: () => false };
  return runNodes(bakery, nodes, { command, threads, failFast, faults }).results.map(
    ({ node, status, message }) =>
      `${node.name} ${status}${status === 'skipped' && message !== null ? `: ${message}` : ''}`,
  );
}

describe('an ephemeral model that does not compile', () => {
  it('fails without a row of its own, and what is downstream is skipped', () => {
    expect(run('build', 'sifted')).toEqual([
      'flour success',
      'sifted_is_fine skipped: Compilation Error in test.bakery.sifted_is_fine, caused by compilation error in referenced ephemeral model model.bakery.sifted',
      `dough skipped: ${CAUSED('dough')}`,
      'dough_rises skipped',
      'loaf skipped',
      'cake success',
    ]);
  });

  it('is named for all that is downstream in `run`, where a skip does not go on from node to node', () => {
    expect(run('run', 'sifted')).toEqual([
      'flour success',
      `dough skipped: ${CAUSED('dough')}`,
      `loaf skipped: ${CAUSED('loaf')}`,
      'cake success',
    ]);
  });

  it('fails what refers to it where it was not selected', () => {
    expect(run('build --select dough+', 'sifted')).toEqual([
      'dough error',
      'dough_rises skipped',
      'loaf skipped',
    ]);
    expect(run('test --select sifted_is_fine dough_rises', 'sifted')).toEqual([
      'sifted_is_fine error',
      'dough_rises pass',
    ]);
  });

  it('is told as the cause in `build` too where it was only skipped itself', () => {
    expect(run('build --exclude resource_type:test', 'flour')).toEqual([
      'flour error',
      `dough skipped: ${CAUSED('dough')}`,
      'loaf skipped',
      'cake skipped',
    ]);
    expect(run('run', 'flour')).toEqual(['flour error', 'dough skipped', 'loaf skipped', 'cake skipped']);
  });

  it('is listed as skipped by --fail-fast, though it had been compiled', () => {
    expect(run('build --fail-fast --exclude resource_type:test', 'dough')).toEqual([
      'flour success',
      'sifted skipped: Skipping due to fail_fast',
      'dough error',
      'loaf skipped: Skipping due to fail_fast',
      'cake skipped: Skipping due to fail_fast',
    ]);
  });

  it('takes no time, and what refers to it waits for what it refers to', () => {
    const nodes = nodesToRun(bakery, 'run', new Set(bakery.order));
    const faults = { fails: () => false, crashes: () => false };
    const outcome = runNodes(bakery, nodes, { command: 'run', threads: 4, failFast: false, faults });
    const starts = Object.fromEntries(outcome.results.map(({ node, start }) => [node.name, start]));
    expect(starts).toEqual({ flour: 0, dough: 10, cake: 10, loaf: 20 });
  });
});

describe('in the local Snowflake', () => {
  let o2c: O2cAccount;
  beforeEach(async () => {
    o2c = await openO2c('on-run-end', 'elementary');
    await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_CREATE('BAKERY', '${JSON.stringify(BAKERY)}')`);
    await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_HOOKS('BAKERY', 'on-run-end', 'elementary')`);
  });
  afterEach(() => o2c.account.close());
  const build = (args: string) => `${EXECUTE.replace('DBT_O2C_ENHANCED', 'BAKERY')} ARGS = '${args}'`;
  const rows = () =>
    o2c.rows(
      `SELECT NAME, STATUS FROM DBT_RUN_RESULTS WHERE STATUS NOT IN ('success', 'pass') ORDER BY NAME`,
    );

  it('dbt ends with an error although no row says that anything failed', async () => {
    await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_FAIL('BAKERY', 'sifted', 1)`);
    expect(await o2c.failure(build('build'))).toContain(
      'caused by compilation error in referenced ephemeral',
    );
    expect(await rows()).toEqual([
      ['dough', 'skipped'],
      ['dough_rises', 'skipped'],
      ['loaf', 'skipped'],
      ['sifted_is_fine', 'skipped'],
    ]);
    expect(
      await o2c.value('SELECT STATE FROM TABLE(INFORMATION_SCHEMA.DBT_PROJECT_EXECUTION_HISTORY())'),
    ).toBe('HANDLED_ERROR');
  });

  it('a retry runs what was skipped, and heals once it compiles', async () => {
    await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_FAIL('BAKERY', 'sifted', 2)`);
    await o2c.failure(build('build'));
    // The ephemeral model has no result, so it is not among what is retried: its children fail in its place.
    expect(await o2c.failure(build('retry'))).toContain('Compilation Error in model sifted');
    expect((await o2c.rows(build('retry')))[0]![2]).toContain('PASS=4 WARN=0 ERROR=0 SKIP=0 TOTAL=4');
  });

  it('alone it fails nothing: dbt counts results, and there is none', async () => {
    await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_FAIL('BAKERY', 'sifted', 1)`);
    expect((await o2c.rows(build('run --select sifted')))[0]![2]).toContain('TOTAL=0');
  });
});
