/**
 * Twelve broken or surprising logs, each named by `apply` with what to write, before any statement that changes something: the command as
 * a process, over the driver.
 */
import { BAKERY, removeProgram } from '../cli/program';
import { changing, openServed, projectOf, runOver, type Served } from '../cli/served';

let served: Served;
beforeAll(async () => {
  served = await openServed();
  await served.run('CREATE DATABASE BAKERY', 'CREATE WAREHOUSE FLOUR_WH');
});
afterAll(async () => {
  await served.close();
  removeProgram();
});

const RUN_LOG = `CREATE TABLE DBT_RUN_LOG (RUN_ID VARCHAR(50), PROJECT_NAME VARCHAR(100), ENVIRONMENT VARCHAR(50),
  RUN_STARTED_AT TIMESTAMP_NTZ, RUN_ENDED_AT TIMESTAMP_NTZ, RUN_STATUS VARCHAR(20), RUN_COMMAND VARCHAR(50), TESTS_FAILED INTEGER,
  SELECTOR_USED VARCHAR(500))`;
const MODEL_LOG = `CREATE TABLE DBT_MODEL_LOG (RUN_ID VARCHAR(50), MODEL_NAME VARCHAR(200), STATUS VARCHAR(20),
  STARTED_AT TIMESTAMP_NTZ, ENDED_AT TIMESTAMP_NTZ)`;

interface Rows {
  id?: string;
  project?: string;
  environment?: string;
  status?: string;
  node?: string;
  nodeStatus?: string;
}

/** A run of an hour ago and its two nodes; `at` numbers the days before. */
function rows(at: number, { id, project, environment, status, node, nodeStatus }: Rows = {}): string[] {
  const run = id ?? `'run-${at}'`;
  const start = `DATEADD('day', -${at}, DATEADD('hour', -1, SYSDATE()))`;
  const end = `DATEADD('minute', 20, ${start})`;
  return [
    `INSERT INTO DBT_RUN_LOG (RUN_ID, PROJECT_NAME, ENVIRONMENT, RUN_STARTED_AT, RUN_ENDED_AT, RUN_STATUS, RUN_COMMAND, SELECTOR_USED)
     SELECT ${run}, '${project ?? 'bakery'}', '${environment ?? 'prod'}', ${start}, ${end}, '${status ?? 'SUCCESS'}', 'build', 'all'`,
    `INSERT INTO DBT_MODEL_LOG (RUN_ID, MODEL_NAME, STATUS, STARTED_AT, ENDED_AT)
     SELECT ${run}, '${node ?? 'flour'}', 'SUCCESS', ${start}, ${end}
     UNION ALL SELECT ${run}, '${node ?? 'dough'}', '${nodeStatus ?? 'SUCCESS'}', ${start}, ${end}`,
  ];
}

const FAILED: Rows = { status: 'FAILED', nodeStatus: 'FAIL' };
const days = (count: number, each: Rows = {}): string[] =>
  Array.from({ length: count }, (_, at) => rows(at + 1, each)).flat();

interface Log {
  name: string;
  /** What makes the log, in a schema of its own. */
  log: string[];
  /** In the config, in the place of the o2c log. */
  state?: string;
  refused: boolean;
  found: RegExp;
  write: RegExp;
}

const OWN = `auditTables({ layout: {
  runs: { table: 'DBT_RUN_LOG', runId: 'RUN_ID', startedAt: 'RUN_STARTED_AT', endedAt: 'RUN_ENDED_AT', status: 'RUN_STATUS',
    project: 'PROJECT_NAME', environment: 'ENVIRONMENT', command: 'RUN_COMMAND', selection: 'SELECTOR_USED' },
  nodes: { table: 'DBT_MODEL_LOG', runId: 'RUN_ID', name: 'MODEL_NAME', status: 'STATUS', endedAt: 'ENDED_AT' } },
  where: { environment: 'prod' }, selectionWidth: 500 })`;

const LOGS: Log[] = [
  {
    name: 'a column is missing',
    log: [RUN_LOG.replace(',\n  SELECTOR_USED VARCHAR(500)', ''), MODEL_LOG],
    refused: true,
    found: /COLUMN_MISSING BAKERY\.LOG_0\.DBT_RUN_LOG\.SELECTOR_USED: there is no such column/,
    write: /name it in state\.absentColumns: \['SELECTOR_USED'\], or let the hooks write it/,
  },
  {
    name: 'OBJECT where text is read',
    log: [RUN_LOG.replace('SELECTOR_USED VARCHAR(500)', 'SELECTOR_USED OBJECT'), MODEL_LOG],
    state: OWN,
    refused: true,
    found: /COLUMN_TYPE BAKERY\.LOG_1\.DBT_RUN_LOG\.SELECTOR_USED: it is OBJECT, and is read as text/,
    write: /leave state\.layout\.runs\.selection out/,
  },
  {
    name: 'times with a zone',
    log: [
      RUN_LOG.replace('STARTED_AT TIMESTAMP_NTZ', 'STARTED_AT TIMESTAMP_LTZ'),
      MODEL_LOG,
      ...rows(0, FAILED),
    ],
    refused: false,
    found: /TIME_WITH_ZONE BAKERY\.LOG_2\.DBT_RUN_LOG\.RUN_STARTED_AT: it is TIMESTAMP_LTZ, a point in time/,
    write: /leave state\.zones\.startedAt out/,
  },
  {
    name: 'PROD for prod',
    log: [RUN_LOG, MODEL_LOG, ...rows(0, { ...FAILED, environment: 'PROD' })],
    refused: false,
    found: /OTHER_CASE BAKERY\.LOG_3\.DBT_RUN_LOG\.ENVIRONMENT: the log has 'PROD', the config 'prod'/,
    write: /write state\.where\.environment: 'PROD'/,
  },
  {
    name: 'another project',
    log: [RUN_LOG, MODEL_LOG, ...rows(0, { ...FAILED, project: 'patisserie' })],
    refused: false,
    found:
      /PROJECT_NOT_IN_LOG BAKERY\.LOG_4\.DBT_RUN_LOG\.PROJECT_NAME: no run of job BAKE_BREAD: the config says 'bakery', and 1 run has 'patisserie'/,
    write: /write project: 'patisserie' in job BAKE_BREAD/,
  },
  {
    name: 'a status word that nobody knows',
    log: [RUN_LOG, MODEL_LOG, ...rows(0, FAILED), ...rows(1, { status: 'Gelungen' })],
    state: OWN,
    refused: false,
    found:
      /UNKNOWN_STATUS BAKERY\.LOG_5\.DBT_RUN_LOG\.RUN_STATUS: .*'GELUNGEN' \(1 row\); each counts as failed/,
    write: /state\.layout\.statuses: \{ succeeded: \[\.\.\., 'GELUNGEN'\] \}/,
  },
  {
    name: 'only successes',
    log: [RUN_LOG, MODEL_LOG, ...days(5), ...rows(0, { status: 'FAILED' })],
    refused: false,
    found:
      /FAILURES_NOT_LOGGED BAKERY\.LOG_6\.DBT_MODEL_LOG\.STATUS: 1 run failed, and none of 12 node results did/,
    write: /let an on-run-end hook write every result/,
  },
  {
    name: 'nodes named as relations',
    log: [RUN_LOG, MODEL_LOG, ...rows(0, { ...FAILED, node: 'BAKERY.OVEN.DOUGH' })],
    state: OWN,
    refused: true,
    found:
      /RELATION_NAMES BAKERY\.LOG_7\.DBT_MODEL_LOG\.MODEL_NAME: .* 2 of 2 rows, such as 'BAKERY\.OVEN\.DOUGH'/,
    write: /write state\.layout\.nodes\.nameIs: 'relation'/,
  },
  {
    name: 'a column that may not be NULL',
    log: [RUN_LOG.replace('TESTS_FAILED', 'PROJECT_VERSION VARCHAR NOT NULL, TESTS_FAILED'), MODEL_LOG],
    refused: true,
    found:
      /NOT_NULL_COLUMN BAKERY\.LOG_8\.DBT_RUN_LOG\.PROJECT_VERSION: it may not be NULL, and has no default/,
    write: /recordFailure: \{ values: \{ PROJECT_VERSION: '\.\.\.' \} \}/,
  },
  {
    name: 'a view',
    log: [
      RUN_LOG.replace('DBT_RUN_LOG', 'RUNS_BELOW'),
      'CREATE VIEW DBT_RUN_LOG AS SELECT * FROM RUNS_BELOW',
      MODEL_LOG,
    ],
    refused: true,
    found: /NOT_WRITABLE BAKERY\.LOG_9\.DBT_RUN_LOG: it is a VIEW/,
    write: /write recordFailure: false in the retry policies/,
  },
  {
    name: 'ids that are numbers',
    log: [
      RUN_LOG.replace('RUN_ID VARCHAR(50)', 'RUN_ID NUMBER AUTOINCREMENT'),
      MODEL_LOG.replace('RUN_ID VARCHAR(50)', 'RUN_ID NUMBER'),
      ...rows(0, { ...FAILED, id: '7' }),
    ],
    refused: false,
    found: /NUMERIC_RUN_ID BAKERY\.LOG_10\.DBT_RUN_LOG\.RUN_ID: it is NUMBER/,
    write: /write recordFailure: false in the retry policies/,
  },
  {
    name: 'no row at all',
    log: [RUN_LOG, MODEL_LOG],
    refused: false,
    found: /LOG_EMPTY BAKERY\.LOG_11\.DBT_RUN_LOG: it has no row yet/,
    write: /if dbt has not run yet, nothing: plan again when it has; else correct state\.database/,
  },
];

const configOf = (schema: string, state?: string): string => {
  const moved = BAKERY.replace('bakery: {', `${schema.toLowerCase()}: {`).replace(
    "schema: 'OVEN'",
    `schema: '${schema}'`,
  );
  return state === undefined ? moved : moved.replace(/auditTables\(.*?\}\)/, state);
};

it.each(LOGS.map((each, at) => [each.name, each, `LOG_${at}`] as const))(
  '%s: named by apply before anything is changed',
  async (_, { log, state, refused, found, write }, schema) => {
    await served.run(`CREATE SCHEMA BAKERY.${schema}`, `USE SCHEMA BAKERY.${schema}`, ...log);
    const folder = projectOf(configOf(schema, state));
    served.sent();
    const { code, stdout, stderr } = await runOver(served, folder, [
      'apply',
      '--yes',
      '--allow',
      'PRIVILEGED_ROLE',
    ]);
    const sent = served.sent();
    expect(stderr).toMatch(found);
    expect(stderr).toMatch(write);
    expect(code).toBe(refused ? 1 : 0);
    if (refused) {
      expect(changing(sent)).toEqual([]);
      expect(stderr).toMatch(/nothing was applied:\n +log_\d+: LOG_CONTRACT /);
      return;
    }
    // What is doubtful is said with the plan, which is shown before anything is sent.
    expect(stdout).toMatch(/done +create +procedure/);
    const looked = sent.findIndex((sql) => sql.startsWith('WITH runs_0'));
    const changed = sent.findIndex((sql) => changing([sql]).length > 0);
    expect(looked).toBeGreaterThan(0);
    expect(changed).toBeGreaterThan(looked);
  },
);
