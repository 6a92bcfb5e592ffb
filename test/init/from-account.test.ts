/** `init --from-account`: what an account has becomes a config whose first plan can be read. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseDbtLine } from '../../src/init/dbt-line';
import { callIn } from '../../src/init/task-definition';
import { openLocal } from '../../src/local';
import { newFolder, removeProgram, runIn } from '../cli/program';

afterAll(removeProgram);

/** A local account with these statements run in it, in the file that the command finds. */
async function accountWith(statements: readonly string[]): Promise<string> {
  const folder = newFolder();
  fs.mkdirSync(path.join(folder, '.auto-restart'));
  const account = await openLocal({ file: path.join(folder, '.auto-restart', 'local.duckdb') });
  const session = account.openSession({ user: 'BAKER' });
  for (const sql of statements) await session.execute(sql);
  await session.close();
  await account.close();
  return folder;
}

const HOME = [
  'CREATE DATABASE BAKERY',
  'CREATE SCHEMA BAKERY.OVEN',
  'CREATE WAREHOUSE FLOUR_WH',
  'CREATE WAREHOUSE BIG_WH',
];
const LOG = [
  `CREATE TABLE BAKERY.OVEN.DBT_RUN_LOG (RUN_ID VARCHAR, PROJECT_NAME VARCHAR, ENVIRONMENT VARCHAR, RUN_STARTED_AT TIMESTAMP_NTZ, RUN_ENDED_AT TIMESTAMP_NTZ,
     RUN_STATUS VARCHAR, RUN_COMMAND VARCHAR, SELECTOR_USED VARCHAR, TESTS_FAILED NUMBER)`,
  `CREATE TABLE BAKERY.OVEN.DBT_MODEL_LOG (RUN_ID VARCHAR, MODEL_NAME VARCHAR, STATUS VARCHAR, STARTED_AT TIMESTAMP_NTZ, ENDED_AT TIMESTAMP_NTZ)`,
  `INSERT INTO BAKERY.OVEN.DBT_RUN_LOG (RUN_ID, PROJECT_NAME, ENVIRONMENT) VALUES ('1', 'bakery', 'ci'), ('2', 'bakery', 'ci'), ('3', 'bakery', 'prod')`,
]; // prettier-ignore
const task = (name: string, how: string, does: string): string =>
  `CREATE TASK BAKERY.OVEN.${name} WAREHOUSE = FLOUR_WH ${how} AS ${does}`;

describe('a task that executes a dbt project, and one that follows it', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await accountWith([
      ...HOME,
      ...LOG,
      task('BAKE', "SCHEDULE = 'USING CRON 30 4 * * * Europe/Berlin' USER_TASK_TIMEOUT_MS = 5400000", "EXECUTE DBT PROJECT BAKERY.OVEN.BAKERY ARGS = 'build --select tag:bread --target prod'"),
      task('TASTE', 'AFTER BAKERY.OVEN.BAKE', "EXECUTE DBT PROJECT BAKERY.OVEN.BAKERY ARGS = 'test'"),
      'CREATE TASK BAKERY.OVEN.SWEEP WAREHOUSE = BIG_WH SCHEDULE = \'60 MINUTE\' AS SELECT 1',
    ]); // prettier-ignore
    expect(runIn(folder, ['init', '--from-account', '--connection', 'local'])).toMatchObject({ code: 0 });
  });

  it('keeps names, schedule, warehouse, timeout and command; the log and its environment are found', () => {
    const config = fs.readFileSync(path.join(folder, 'auto-restart.config.ts'), 'utf8');
    for (const line of [
      "database: 'BAKERY',",
      "schema: 'OVEN',",
      "defaults: { warehouse: 'FLOUR_WH', timeout: '4 hours' },",
      "state: auditTables({ layout: 'o2c', where: { environment: 'prod' } }),",
      "runner: executeDbtProject({ object: 'BAKERY.OVEN.BAKERY' }),",
      "dbt: { command: 'build', select: ['tag:bread'], target: 'prod' },",
      "schedule: cron('30 4 * * *', 'Europe/Berlin'),",
      "timeout: '90 minutes',",
      "TASTE: { run: dbt('bakery', { command: 'test' }), after: ['BAKE'] },",
      "BAKE_HEAL: { job: 'bake', mode: 'retry-only', finalize: 'BAKE' },",
    ]) {
      expect(config).toContain(line);
    }
    expect(config).not.toContain('SWEEP');
  });

  it('rehearses, and its first plan adopts the tasks instead of replacing them in silence', () => {
    const rehearsed = runIn(folder, ['rehearse']);
    expect(rehearsed).toEqual({
      code: 0,
      stdout: expect.stringContaining('ok '),
      stderr: '1 rehearsed, all as expected\n',
    });
    const { code, stdout } = runIn(folder, ['plan', '--connection', 'local', '--adopt']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/BAKE/);
    expect(stdout).not.toMatch(/SWEEP/);
    expect(runIn(folder, ['apply', '--connection', 'local', '--adopt'])).toMatchObject({ code: 0 });
  });
});

it('a task that another product cannot take over word for word is named, and why', async () => {
  const folder = await accountWith([
    ...HOME,
    task('BAKE', "SCHEDULE = '60 MINUTE'", "EXECUTE DBT PROJECT BAKERY.OVEN.BAKERY ARGS = 'build'"),
    task('TWICE', "SCHEDULE = '60 MINUTE'", "BEGIN EXECUTE DBT PROJECT BAKERY.OVEN.BAKERY ARGS = 'seed'; EXECUTE DBT PROJECT BAKERY.OVEN.BAKERY ARGS = 'run'; END"),
  ]); // prettier-ignore
  const { code, stderr } = runIn(folder, ['init', '--from-account', '--connection', 'local']);
  expect(code).toBe(0);
  expect(stderr).toContain('not taken over: BAKERY.OVEN.TWICE: it starts dbt 2 times');
  expect(runIn(folder, ['generate', '--check'])).toMatchObject({ code: 0 });
});

it('an account without dbt gives a config to begin with, and says so', async () => {
  const folder = await accountWith(HOME);
  const { code, stderr } = runIn(folder, [
    'init',
    '--from-account',
    '--connection',
    'local',
    '--project',
    'bakery',
  ]);
  expect(code).toBe(0);
  expect(stderr).toContain('no task of the account starts dbt');
});

describe('the body of a task', () => {
  it.each([
    ["CALL SYSTEM$DBT_RUN('bakery', 'run --select a b')", { kind: 'dbt', runner: { procedure: 'SYSTEM$DBT_RUN', project: 'bakery' }, dbt: { command: 'run', select: ['a', 'b'] } }],
    ["CALL EDW.O2C_AUDIT.RUN_DBT_AUTO_RESTART('bakery', 24)", { kind: 'restart', project: 'bakery' }],
    ["-- EXECUTE DBT PROJECT NOT_ME\nexecute dbt project \"Db\".S.P args='build --vars ''{\"a\": 1}'''", { kind: 'dbt', runner: { object: '"Db".S.P' }, dbt: { command: 'build', vars: { a: 1 } } }],
    ["EXECUTE DBT PROJECT P ARGS = 'docs generate'", { kind: 'unclear', why: 'runs dbt docs generate' }],
    ['SELECT 1', null],
  ])('%s', (body, expected) => {
    expect(callIn(body)).toEqual(expected);
  }); // prettier-ignore
});

describe('a dbt command line', () => {
  it.each([
    ['build', { command: 'build' }],
    ['dbt run -s a,tag:b --exclude c --full-refresh', { command: 'run', select: ['a,tag:b'], exclude: ['c'], fullRefresh: true }],
    ['build --select=tag:x --threads 8 --fail-fast --log-level debug', { command: 'build', select: ['tag:x'], threads: 8, flags: ['--fail-fast', '--log-level=debug'] }],
    ['test --vars "{from: today}"', null],
    ['source freshness', null],
  ])('%s', (line, expected) => {
    expect(parseDbtLine(line)).toEqual(expected);
  }); // prettier-ignore
});
