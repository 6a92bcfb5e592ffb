/** Each finding from a log that has it: where, what was found, what to write. */
import { checkLog, checkLogs } from '../../src/contract/check';
import type { Finding, FindingCode } from '../../src/contract/finding';
import type { CustomLayout, DeploymentConfig, StateConfig } from '../../src/config/types';
import type { Deployment } from '../../src/model/deployment';
import { resolveDeployments } from '../../src/model/resolve';
import { SnowflakeStatementError } from '../../src/snowflake/errors';
import type { Session } from '../../src/snowflake/session';
import { openAccount, type Account } from '../decision/harness/account';
import { NOW } from '../decision/logs';

let account: Account;
beforeEach(async () => {
  account = await openAccount();
  account.setClock(NOW);
});
afterEach(async () => account.close());

const layout: CustomLayout = {
  runs: {
    table: 'BAKES',
    runId: 'ID',
    startedAt: 'BEGAN',
    endedAt: 'FINISHED',
    status: 'OUTCOME',
    project: 'BOOK',
    environment: 'KITCHEN',
    command: 'VERB',
    selection: 'PICKED',
  },
  nodes: { table: 'CAKES', runId: 'ID', name: 'CAKE', status: 'OUTCOME', endedAt: 'FINISHED' },
};
const stateOf = (changes: Partial<StateConfig> = {}): StateConfig =>
  ({ kind: 'audit-tables', layout, where: { environment: 'prod' }, ...changes }) as StateConfig;

const config = (state = stateOf(), changes: Partial<DeploymentConfig> = {}): DeploymentConfig => ({
  database: 'EDW',
  schema: 'O2C_AUDIT',
  state,
  runner: { kind: 'procedure', procedure: 'EDW.O2C_AUDIT.BAKE' },
  jobs: { bread: { project: 'bakery', dbt: { command: 'build' } } },
  tasks: {},
  ...changes,
});

function deployment(each = config()): Deployment {
  return resolveDeployments({ deployments: { bakery: each } })[0]!;
}

const BAKES: Record<string, string> = {
  ID: 'VARCHAR',
  BOOK: 'VARCHAR',
  KITCHEN: 'VARCHAR',
  BEGAN: 'TIMESTAMP_NTZ',
  FINISHED: 'TIMESTAMP_NTZ',
  OUTCOME: 'VARCHAR',
  VERB: 'VARCHAR',
  PICKED: 'VARCHAR',
};
const CAKES: Record<string, string> = {
  ID: 'VARCHAR',
  CAKE: 'VARCHAR',
  OUTCOME: 'VARCHAR',
  FINISHED: 'TIMESTAMP_NTZ',
};

const tableOf = (name: string, columns: Record<string, string>): string =>
  `CREATE OR REPLACE TABLE ${name} (${Object.entries(columns)
    .map((each) => each.join(' '))
    .join(', ')})`;

async function tables(bakes: Record<string, string> = {}, cakes: Record<string, string> = {}): Promise<void> {
  await account.inside.run("ALTER SESSION SET TIMEZONE = 'UTC'");
  await account.inside.run(tableOf('BAKES', { ...BAKES, ...bakes }));
  await account.inside.run(tableOf('CAKES', { ...CAKES, ...cakes }));
}

/** Expressions by column; what is not said is that of a run that failed an hour ago. */
async function bake(
  values: Record<string, string> = {},
  cakes: Record<string, string>[] = [{}],
): Promise<void> {
  const row = {
    ID: "'1'",
    BOOK: "'bakery'",
    KITCHEN: "'prod'",
    BEGAN: "DATEADD('hour', -1, SYSDATE())",
    FINISHED: "DATEADD('minute', -50, SYSDATE())",
    OUTCOME: "'FAILED'",
    VERB: "'build'",
    PICKED: "''",
    ...values,
  };
  await insert('BAKES', row);
  for (const cake of cakes)
    await insert('CAKES', {
      ID: row.ID,
      CAKE: "'dough'",
      OUTCOME: "'FAIL'",
      FINISHED: row.FINISHED,
      ...cake,
    });
}

async function insert(table: string, row: Record<string, string>): Promise<void> {
  await account.inside.run(
    `INSERT INTO ${table} (${Object.keys(row).join(', ')}) SELECT ${Object.values(row).join(', ')}`,
  );
}

/** `CODE WHERE: message -> hint`, the database and schema left out. */
const shown = (findings: readonly Finding[]): string[] =>
  findings.map(({ code, where, message, hint }) =>
    `${code} ${where}: ${message} -> ${hint}`.replaceAll('EDW.O2C_AUDIT.', ''),
  );
const check = async (
  each = deployment(),
  session: Pick<Session, 'run'> = account.client,
): Promise<string[]> => shown(await checkLog(session, each));

async function expectOne(code: FindingCode, text: RegExp, each = deployment()): Promise<void> {
  const findings = await check(each);
  expect(findings).toEqual([expect.stringMatching(text)]);
  expect(findings[0]!.startsWith(`${code} `)).toBe(true);
}

describe('tables and columns', () => {
  it('none is there: both are named, and nothing is read', async () => {
    const findings = await check();
    expect(findings).toHaveLength(2);
    expect(findings[0]).toMatch(
      /^TABLE_MISSING BAKES: .*this role may not see it -> let dbt run once .*grant SELECT/,
    );
  });

  it('they are in another schema', async () => {
    await tables();
    await account.inside.run('CREATE SCHEMA EDW.KITCHEN');
    await account.inside.run(tableOf('EDW.KITCHEN.CAKES', CAKES));
    await account.inside.run('DROP TABLE EDW.O2C_AUDIT.CAKES');
    await expectOne(
      'TABLE_MISSING',
      /^TABLE_MISSING CAKES: .*; there is one in KITCHEN -> write state\.schema: 'KITCHEN'/,
    );
  });

  it('a database that is not there hides nothing of the others', async () => {
    await tables({ PICKED: 'OBJECT' });
    const elsewhere = config(stateOf({ database: 'NOWHERE' }));
    const named = { ...config(), schema: 'OVEN', state: stateOf({ schema: 'O2C_AUDIT' }) };
    const [first, second] = resolveDeployments({ deployments: { first: elsewhere, second: named } });
    const found = await checkLogs(account.client, [first!, second!]);
    expect(found.get('first')!.map(({ code }) => code)).toEqual(['TABLE_MISSING', 'TABLE_MISSING']);
    expect(found.get('second')!.map(({ code }) => code)).toEqual(['COLUMN_TYPE']);
  });

  it('a table in lower case', async () => {
    await tables();
    await account.inside.run('ALTER TABLE BAKES RENAME TO "bakes"');
    await expectOne(
      'NAME_IN_OTHER_CASE',
      /BAKES: there is "bakes" -> write state\.layout\.runs\.table: '"bakes"'/,
    );
  });

  it('a column in lower case', async () => {
    await tables({}, { CAKE: 'VARCHAR, "cake" VARCHAR' });
    await account.inside.run('ALTER TABLE CAKES DROP COLUMN CAKE');
    await expectOne(
      'NAME_IN_OTHER_CASE',
      /CAKES\.CAKE: there is "cake" -> write state\.layout\.nodes\.name: '"cake"'/,
    );
  });

  it('a column that is called nearly so', async () => {
    await tables();
    await account.inside.run('ALTER TABLE BAKES RENAME COLUMN FINISHED TO FINISHED_');
    await expectOne(
      'COLUMN_MISSING',
      /BAKES\.FINISHED: .*there is FINISHED_ -> write state\.layout\.runs\.endedAt: 'FINISHED_', or leave it out/,
    );
  });

  it.each([
    ['BEGAN', 'BOOLEAN', 'a timestamp, text or a number'],
    ['ID', 'DATE', 'text or a number'],
    ['OUTCOME', 'ARRAY', 'text'],
  ])('%s as %s', async (column, type, wanted) => {
    await tables({ [column]: type });
    await expectOne(
      'COLUMN_TYPE',
      new RegExp(`BAKES\\.${column}: it is ${type}, and is read as ${wanted} -> `),
    );
  });

  it('a selection that is an array can be read', async () => {
    await tables({ PICKED: 'ARRAY' });
    await bake({ PICKED: 'ARRAY_CONSTRUCT()' });
    await expectOne(
      'NOT_WRITABLE',
      /BAKES\.PICKED: it is ARRAY, .* with text in it -> write recordFailure: false/,
    );
    const jobs = { bread: { project: 'bakery', retry: { recordFailure: false } } };
    expect(await check(deployment(config(stateOf(), { jobs })))).toEqual([]);
  });
});

describe('what recordFailure writes', () => {
  it('an id that is too narrow', async () => {
    await tables({ ID: 'VARCHAR(36)' });
    await bake();
    await expectOne(
      'COLUMN_TOO_NARROW',
      /BAKES\.ID: it holds 36 characters, .* has 49 -> write recordFailure: false/,
    );
  });

  it('numbers that are too narrow', async () => {
    await tables({ ID: 'NUMBER(10,0)' }, { ID: 'NUMBER(10,0)' });
    await bake({ ID: '1' });
    await expectOne('COLUMN_TOO_NARROW', /it holds 10 digits, .* has 19/);
  });

  it('a column with a default, an identity, or a value in the config is filled', async () => {
    await tables({
      ID: "VARCHAR NOT NULL, VERSION VARCHAR NOT NULL DEFAULT 'x', NO NUMBER NOT NULL AUTOINCREMENT, OVEN VARCHAR NOT NULL",
    });
    await bake({ OVEN: "'1'" });
    const jobs = { bread: { project: 'bakery', retry: { recordFailure: { values: { OVEN: 'none' } } } } };
    expect(await check(deployment(config(stateOf(), { jobs })))).toEqual([]);
  });

  it('a word for failed that is longer than the column', async () => {
    await tables({ OUTCOME: 'VARCHAR(4)' });
    await bake({ OUTCOME: "'FAIL'" });
    await expectOne(
      'COLUMN_TOO_NARROW',
      /BAKES\.OUTCOME: it holds 4 characters, and the word 'FAILED' has 6 -> /,
    );
    const own = { ...layout, statuses: { failed: ['FAIL'] } };
    expect(await check(deployment(config(stateOf({ layout: own }))))).toEqual([]);
  });

  it('a status that is a number', async () => {
    await tables({ OUTCOME: 'NUMBER' });
    await bake({ OUTCOME: '0' });
    const findings = await check();
    expect(findings).toEqual([
      expect.stringMatching(/^NOT_WRITABLE BAKES\.OUTCOME: it is NUMBER, and 'FAILED' .* failed: \['0'\]/),
      expect.stringMatching(/^NO_KNOWN_STATUS BAKES\.OUTCOME: .*'0' \(1 row\)/),
    ]);
    const own = { ...layout, statuses: { succeeded: ['1', 'SUCCESS'], failed: ['0', 'FAIL'] } };
    expect(await check(deployment(config(stateOf({ layout: own }))))).toEqual([]);
  });

  it('a value for a column that is not there', async () => {
    await tables();
    await bake();
    const jobs = { bread: { project: 'bakery', retry: { recordFailure: { values: { OVEN: 'none' } } } } };
    await expectOne(
      'COLUMN_MISSING',
      /BAKES\.OVEN: recordFailure\.values gives it a value, .* -> leave OVEN out/,
      deployment(config(stateOf(), { jobs })),
    );
  });

  it('is no matter where nothing is recorded', async () => {
    await tables({ ID: 'VARCHAR(36), OVEN VARCHAR NOT NULL' });
    await bake({ OVEN: "'1'" });
    const jobs = { bread: { project: 'bakery', retry: { recordFailure: false } } };
    expect(await check(deployment(config(stateOf(), { jobs })))).toEqual([]);
  });

  it('a selection column that a retry does not fit', async () => {
    await tables({ PICKED: 'VARCHAR(200)' });
    await bake();
    await expectOne(
      'SELECTION_WIDTH',
      /BAKES\.PICKED: it holds 200 characters, .* with 32000: .* -> write state\.selectionWidth: 200/,
    );
    expect(await check(deployment(config(stateOf({ selectionWidth: 200 }))))).toEqual([]);
  });
});

describe('zones', () => {
  it('both times know theirs: nothing is left to say', async () => {
    await tables({ BEGAN: 'TIMESTAMP_LTZ', FINISHED: 'TIMESTAMP_TZ' });
    await bake({
      BEGAN: "DATEADD('hour', -1, CURRENT_TIMESTAMP())",
      FINISHED: 'CURRENT_TIMESTAMP()::TIMESTAMP_TZ',
    });
    expect(await check()).toEqual([]);
  });

  it('one knows its zone, and the other none', async () => {
    await tables({ BEGAN: 'TIMESTAMP_LTZ' });
    await bake({ BEGAN: "DATEADD('hour', -1, CURRENT_TIMESTAMP())" });
    await expectOne(
      'TIME_WITH_ZONE',
      /BAKES\.BEGAN: it is TIMESTAMP_LTZ, .* -> .*the other time is a wall clock: write state\.zones\.endedAt/,
    );
  });

  it('a start in Tokyo, read as UTC', async () => {
    await tables();
    await bake({ BEGAN: "DATEADD('hour', 8, SYSDATE())", FINISHED: "DATEADD('hour', 9, SYSDATE())" });
    const findings = await check();
    expect(findings).toEqual([
      expect.stringMatching(
        /TIME_IN_FUTURE BAKES\.BEGAN: 1 run lies in the future, the newest at 2026-03-10 14:00 UTC while it is 2026-03-10 06:00 UTC, when read as UTC -> write state\.zones: \{ startedAt:/,
      ),
      expect.stringMatching(/TIME_IN_FUTURE BAKES\.FINISHED/),
    ]);
    const zones = { startedAt: 'Asia/Tokyo', endedAt: 'Asia/Tokyo' };
    expect(await check(deployment(config(stateOf({ zones }))))).toEqual([]);
  });

  it('an end in Los Angeles, read as UTC', async () => {
    await tables();
    await bake({ FINISHED: "DATEADD('minute', -470, SYSDATE())" });
    await expectOne(
      'END_BEFORE_START',
      /BAKES\.FINISHED: 1 of 1 run ends before the start, .* -> write the zone of each/,
    );
  });

  it('runs that all take hours', async () => {
    await tables();
    for (const id of ['1', '2', '3']) await bake({ ID: `'${id}'`, BEGAN: "DATEADD('hour', -9, SYSDATE())" });
    await expectOne('RUNS_TOO_LONG', /BAKES\.FINISHED: the shortest of 3 runs took 8\.2 hours -> /);
  });

  it('a text that is no time', async () => {
    await tables({ BEGAN: 'VARCHAR' });
    await bake({ BEGAN: "'yesterday'" });
    await expectOne(
      'LOG_UNREADABLE',
      /BAKES: the views could not read it: .*'yesterday'.* -> correct the columns/,
    );
  });
});

describe('policies', () => {
  const asked = (sql: string): boolean => sql.includes('POLICY_REFERENCES');
  const answering = (answer: () => Record<string, unknown>[]): Pick<Session, 'run'> => ({
    run: (sql) => (asked(sql) ? Promise.resolve({ rows: answer(), queryId: '' }) : account.client.run(sql)),
  });
  const policy = {
    POLICY_DB: 'EDW',
    POLICY_SCHEMA: 'GOVERN',
    LOG_TABLE: 'EDW.O2C_AUDIT.BAKES',
    REF_COLUMN_NAME: null,
  };

  it('one on the rows is told, one on a column that nobody reads is not', async () => {
    await tables({ PICKED: 'VARCHAR, BAKER VARCHAR' });
    await bake();
    const findings = await check(
      deployment(),
      answering(() => [
        { ...policy, POLICY_KIND: 'ROW_ACCESS_POLICY', POLICY_NAME: 'OWN_ROWS' },
        { ...policy, POLICY_KIND: 'MASKING_POLICY', POLICY_NAME: 'HIDE', REF_COLUMN_NAME: 'BAKER' },
        { ...policy, POLICY_KIND: 'MASKING_POLICY', POLICY_NAME: 'HIDE', REF_COLUMN_NAME: 'OUTCOME' },
      ]),
    );
    expect(findings).toEqual([
      expect.stringMatching(
        /^POLICY_ON_LOG BAKES: row access policy EDW\.GOVERN\.OWN_ROWS: a role may see less/,
      ),
      expect.stringMatching(/^POLICY_ON_LOG BAKES\.OUTCOME: masking policy EDW\.GOVERN\.HIDE: /),
    ]);
  });

  it('it is said where they could not be looked up', async () => {
    await tables();
    await bake();
    const refused = new SnowflakeStatementError('Insufficient privileges', {
      snowflakeCode: '003001',
      sqlState: '42501',
      queryId: null,
      place: null,
      code: 'CONNECTION',
    });
    const findings = await check(
      deployment(),
      answering(() => {
        throw refused;
      }),
    );
    expect(findings).toEqual([
      expect.stringMatching(
        /^POLICIES_NOT_SEEN BAKES: .* could not be looked up: Insufficient privileges -> look as a role with APPLY ROW ACCESS POLICY/,
      ),
    ]);
  });
});

describe('runs', () => {
  it('none in the days that are looked back', async () => {
    await tables();
    await bake({ BEGAN: "DATEADD('day', -90, SYSDATE())", FINISHED: "DATEADD('day', -90, SYSDATE())" });
    const pruned = { ...layout, runs: { ...layout.runs, createdAt: 'BEGAN' } };
    await expectOne(
      'LOG_STALE',
      /BAKES: none of its 1 row is of the last 35 days/,
      deployment(config(stateOf({ layout: pruned }))),
    );
  });

  it.each([
    ['ENVIRONMENT_NOT_IN_LOG', { KITCHEN: "'production'" }, /BAKES\.KITCHEN: no run of job bread: the config says 'prod', and 1 run has 'production' -> write state\.where: \{ environment: 'production' \}/],
    ['COMMAND_NOT_IN_LOG', { VERB: "'run'" }, /BAKES\.VERB: .* 'build', and 1 run has 'run' -> nothing, if it has not run yet; else write dbt: \{ command: 'run' \} in job bread/],
    ['SELECTION_NOT_IN_LOG', { PICKED: "'tag:b tag:a'" }, /BAKES\.PICKED: .* '', and 1 run has 'tag:a,tag:b' -> nothing, if it has not run yet; else write dbt: \{ select: \['tag:a', 'tag:b'\] \} in job bread/],
    ['OTHER_CASE', { BOOK: "'Bakery '" }, /BAKES\.BOOK: the log has 'Bakery ', the config 'bakery'.* -> write project in job bread: 'Bakery '/],
    ['NO_KNOWN_STATUS', { OUTCOME: "'verbrannt'" }, /BAKES\.OUTCOME: none of its words is known: 'VERBRANNT' \(1 row\); each counts as failed -> /],
  ] as const)('%s', async (code, values, text) => {
    await tables();
    await bake(values);
    await expectOne(code, text);
  }); // prettier-ignore

  it('an environment that nobody writes', async () => {
    await tables();
    await bake({ KITCHEN: 'NULL' });
    await expectOne('ENVIRONMENT_NOT_IN_LOG', /1 run has '' -> let the hooks write target\.name/);
  });

  it('hooks that only write the start', async () => {
    await tables();
    for (const id of ['1', '2', '3'])
      await bake({ ID: `'${id}'`, OUTCOME: "'RUNNING'", FINISHED: 'NULL' }, [{ FINISHED: 'SYSDATE()' }]);
    await expectOne(
      'RUNS_NEVER_END',
      /BAKES\.OUTCOME: all 3 runs are running: .* -> let an on-run-end hook write/,
    );
  });

  it('one id for all runs of a day', async () => {
    await tables();
    for (const minutes of [50, 40, 30])
      await bake({ BEGAN: `DATEADD('minute', -${minutes}, SYSDATE())`, FINISHED: 'SYSDATE()' });
    await expectOne('RUN_ID_REPEATS', /BAKES\.ID: 1 id stands for several runs: they are taken for one -> /);
  });

  it('a row at the start and one at the end are no two runs', async () => {
    await tables();
    await bake({ OUTCOME: "'RUNNING'", FINISHED: 'NULL' }, []);
    await bake({ BEGAN: "DATEADD('minute', -50, SYSDATE())" });
    expect(await check()).toEqual([]);
  });
});

describe('node results', () => {
  it('none', async () => {
    await tables();
    await bake({}, []);
    await expectOne('NODES_EMPTY', /CAKES: 1 run, and no node result/);
  });

  it('of other runs', async () => {
    await tables();
    await bake({}, [{ ID: "'another'" }]);
    await expectOne(
      'NODES_OF_OTHER_RUNS',
      /CAKES\.ID: none of its 1 node result is of a run in BAKES\.ID -> /,
    );
  });

  it.each([
    [
      "'DOUGH'",
      /names in capitals, .* 1 of 2 rows, such as 'DOUGH' -> write state\.layout\.nodes\.nameIs: 'relation'/,
    ],
    ["'the dough'", /texts that are no names of nodes: 1 of 2 rows, such as 'the dough'/],
    ['NULL', /rows without a name: 1 of 2 rows/],
  ])('named %s', async (name, text) => {
    await tables();
    await bake({}, [{}, { CAKE: name }]);
    await expectOne('NAMES_NOT_SELECTABLE', text);
  });

  it('unique ids, versions and tests are names', async () => {
    await tables();
    await bake({}, [
      { CAKE: "'model.bakery.dough'" },
      { CAKE: "'model.bakery.dim.v2'" },
      { CAKE: "'test.bakery.not_null_dough_id.abc'" },
      { CAKE: "'operation.bakery.bakery-on-run-end-0'" },
    ]);
    expect(await check()).toEqual([]);
  });

  it('five runs without any failure are a doubt, four are none', async () => {
    await tables();
    const well = async (id: number): Promise<void> =>
      bake({ ID: `'${id}'`, OUTCOME: "'SUCCESS'" }, [{ OUTCOME: "'SUCCESS'" }]);
    for (const id of [1, 2, 3, 4]) await well(id);
    expect(await check()).toEqual([]);
    await well(5);
    await expectOne(
      'FAILURES_NOT_LOGGED',
      /CAKES\.OUTCOME: no node failed in 5 runs: all went well, or the hooks write only what did/,
    );
  });

  it('words of ones own for what was skipped can be said', async () => {
    await tables();
    await bake({}, [{}, { OUTCOME: "'uebrig'" }]);
    await expectOne(
      'UNKNOWN_STATUS',
      /'UEBRIG' \(1 row\); each counts as skipped -> .*or in failed, running or skipped/,
    );
    const own = { ...layout, statuses: { skipped: ['uebrig'] } };
    expect(await check(deployment(config(stateOf({ layout: own }))))).toEqual([]);
  });
});

it('names and values that need quotes are asked for as they are', async () => {
  const odd: CustomLayout = {
    runs: {
      table: '"the ""runs"""',
      runId: '"run id"',
      startedAt: '"a.b"',
      status: '"it\'s"',
      environment: '"; DROP TABLE X; --"',
    },
    nodes: { table: '"the nodes"', runId: 'ID', name: 'NAME', status: 'STATUS' },
  };
  for (const sql of [
    'CREATE TABLE "the ""runs""" ("run id" VARCHAR, "a.b" TIMESTAMP_NTZ, "it\'s" VARCHAR, "; DROP TABLE X; --" VARCHAR)',
    'CREATE TABLE "the nodes" (ID VARCHAR, NAME VARCHAR, STATUS VARCHAR)',
    `INSERT INTO "the ""runs""" SELECT '1', DATEADD('hour', -1, SYSDATE()), 'FAILED', 'it''s $$ & {{ x }}'`,
    `INSERT INTO "the nodes" SELECT '1', 'dough', 'FAIL'`,
  ])
    await account.inside.run(sql);
  const state: StateConfig = {
    kind: 'audit-tables',
    layout: odd,
    where: { environment: "it's $$ & {{ x }}" },
  };
  expect(await check(deployment(config(state)))).toEqual([]);
});

it('three statements are asked, however many deployments there are', async () => {
  await tables();
  await bake();
  for (const count of [1, 30]) {
    const sent: string[] = [];
    const counting: Pick<Session, 'run'> = {
      run: (sql) => {
        sent.push(sql);
        return account.client.run(sql);
      },
    };
    const names = (at: number) => ({
      procedure: `P_${at}`,
      view: `H_${at}`,
      stateView: `S_${at}`,
      jobsView: `J_${at}`,
      runsView: `R_${at}`,
      nodesView: `N_${at}`,
    });
    const deployments = resolveDeployments({
      deployments: Object.fromEntries(
        Array.from({ length: count }, (_, at) => [`bakery_${at}`, config(stateOf(), { names: names(at) })]),
      ),
    });
    const found = await checkLogs(counting, deployments);
    expect([...found.values()].flat()).toEqual([]);
    expect(sent).toHaveLength(3);
    // Its page says NULL where none matches, which no finding would notice.
    expect(sent.join('\n')).not.toContain('COUNT_IF');
  }
});

it('on Snowflake’s own history nothing is asked', async () => {
  const native = resolveDeployments({
    deployments: {
      native: config(
        { kind: 'execution-history' },
        { runner: { kind: 'execute-dbt-project', object: 'BREAD' } },
      ),
    },
  });
  const nobody: Pick<Session, 'run'> = { run: () => Promise.reject(new Error('nothing is to be asked')) };
  expect(await checkLogs(nobody, native)).toEqual(new Map());
});
