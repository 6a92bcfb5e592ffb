/** The probe on the local Snowflake: every item runs, cleans up, and says what it found. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanUp, probesOf } from '../../src/probe/all';
import { probeOf, type Place } from '../../src/probe/probe';
import { judged, type ProbeReport } from '../../src/probe/report';
import { EXAMPLE, probeScript, scriptStatements } from '../../src/probe/script';
import { BAKERY, removeProgram } from '../cli/program';
import { openServed, type Served } from './served';

const config = BAKERY.replace('procedureRunner }', 'executeDbtProject }').replace(
  "procedureRunner('BAKERY.OVEN.BAKE')",
  "executeDbtProject({ object: 'BAKERY.OVEN.BAKERY' })",
);
let served: Served;
beforeAll(async () => {
  served = await openServed(config, { project: 'bakery', nodes: [{ name: 'dough' }] });
  for (const sql of [
    'CREATE SCHEMA BAKERY.SCRATCH',
    'CREATE ROLE BREAD_READER',
    'GRANT USAGE ON DATABASE BAKERY TO ROLE BREAD_READER',
    'GRANT USAGE ON SCHEMA BAKERY.SCRATCH TO ROLE BREAD_READER',
  ])
    await served.sql(sql);
});
afterAll(async () => {
  await served.close();
  removeProgram();
});

const probe = (...args: string[]) => served.run('doctor', '--probe', '--schema', 'BAKERY.SCRATCH', ...args);
/** What is in the scratch schema. */
const remains = async (): Promise<unknown[]> => {
  const shown: unknown[] = [];
  for (const kind of ['TASKS', 'VIEWS', 'TABLES', 'PROCEDURES']) {
    const rows = await served.sql(`SHOW ${kind} IN SCHEMA BAKERY.SCRATCH`);
    shown.push(
      ...rows.map((row) => row.map(String).join(' ')).filter((row) => row.includes('AUTO_RESTART_PROBE')),
    );
  }
  return shown;
};

it('every item of every kind is tried, judged, and gone again', async () => {
  const { code, stdout } = await probe('--yes', '--json', '--reader', 'bread_reader');
  const report = JSON.parse(stdout) as ProbeReport;
  expect(report).toMatchObject({ format: 1, left: [], leftOut: [{ what: 'the cost of the core views' }] });
  expect(
    Object.fromEntries(report.results.map(({ id, verdict, found }) => [id, `${verdict}: ${found}`])),
  ).toEqual({
    'cancelled-block': 'as assumed: began',
    'block-cancelled-by-hand': 'as assumed: began',
    'two-creates': 'as assumed: made, refused',
    'bare-raise': 'recorded: error -20011: the first error',
    'select-into-no-row': 'recorded: NULL',
    'count-if-nothing': 'recorded: over no row: 0, where none matches: 0',
    'sqlid-of-failure': expect.stringMatching(/^recorded: (?:NULL|an id of its own|the statement before)$/),
    'failed-compile-artifacts': 'as assumed: HANDLED_ERROR, located: yes, run_results.json: no',
    'history-through-a-view': expect.stringMatching(/^as assumed: the same/),
    'history-through-a-view-of-another': expect.stringMatching(/^recorded: \d+ runs$/),
    'pruning-by-sysdate': expect.stringMatching(/^not answered: Unsupported feature/),
    'bodies-of-another': expect.stringMatching(
      /^recorded: procedure: the (?:name|body), view: the (?:name|body)$/,
    ),
  });
  expect(stdout).not.toMatch(/BAKERY|BREAD_READER|ACCOUNTADMIN/);
  expect(code).toBe(0);
  expect(await remains()).toEqual([]);
});

it('what stands there from a probe that died is taken away first', async () => {
  await served.sql('CREATE VIEW BAKERY.SCRATCH.AUTO_RESTART_PROBE_LOCK AS SELECT 1 AS A');
  const { stdout } = await probe('--yes');
  expect(stdout).toContain('as assumed two-creates: made, refused');
  expect(stdout).toContain('everything that was made is gone again');
  expect(await remains()).toEqual([]);
});

it('says what is left out and what that wants', async () => {
  const { stdout } = await probe('--yes');
  expect(stdout).toContain('left out: what another role sees; it wants --reader ROLE');
  expect(stdout).toContain('left out: the cost of the core views; it wants a deployment that was applied');
});

it.each([
  ['no schema', ['doctor', '--probe', '--yes'], '--probe needs a schema'],
  ['no database', ['doctor', '--probe', '--schema', 'SCRATCH', '--yes'], 'SCRATCH is no schema'],
  ['nobody to ask', ['doctor', '--probe', '--schema', 'A.B'], 'nobody can be asked'],
  ['no role', ['doctor', '--probe', '--schema', 'A.B', '--yes', '--reader', 'a b'], 'a b is no role'],
  ['no probe', ['doctor', '--reader', 'X'], '--reader is for --probe'],
])('refuses: %s', async (_, args, said) => {
  const { code, stderr } = await served.run(...args);
  expect(stderr).toContain(said);
  expect(code).toBe(2);
});

it('asks in a terminal, and tries nothing on a no', async () => {
  const { code, screen } = await served.runInTerminal('n', 'doctor', '--probe', '--schema', 'BAKERY.SCRATCH');
  expect(screen).toContain('nothing was tried');
  expect(code).toBe(1);
});

describe('the script for a worksheet', () => {
  const place: Place = {
    ...EXAMPLE,
    schema: 'BAKERY.SCRATCH',
    warehouse: 'FLOUR_WH',
    role: 'ACCOUNTADMIN',
    reader: 'BREAD_READER',
    project: { database: 'BAKERY', schema: 'OVEN', name: 'BAKERY' },
    // What these ask is not modelled locally, and no handler catches that.
    log: null,
    views: null,
  };

  it('gives the same answers, in one document, and cleans up', async () => {
    const statements = scriptStatements(place);
    const at = statements.length - cleanUp(place).length - 1;
    let answer = '';
    for (const [index, sql] of statements.entries()) {
      const rows = await served.sql(sql);
      if (index === at) answer = String(rows[0]?.[0]);
    }
    const { results } = JSON.parse(answer) as ProbeReport;
    expect(results.map(({ id }) => id)).toEqual(
      probesOf(place)
        .map(({ id }) => id)
        .sort(),
    );
    expect(results).toContainEqual(
      expect.objectContaining({ id: 'two-creates', found: 'made, refused', verdict: 'as assumed' }),
    );
    expect(await remains()).toEqual([]);
  });

  it('is docs/probe.sql, with names to replace', () => {
    expect(readFileSync(join(__dirname, '..', '..', 'docs', 'probe.sql'), 'utf8')).toBe(probeScript(EXAMPLE));
  });

  it('is printed with the names of the config', async () => {
    const { code, stdout } = await probe('--script');
    expect(stdout).toContain('EXECUTE TASK BAKERY.SCRATCH.AUTO_RESTART_PROBE_ONE;');
    expect(code).toBe(0);
  });
});

it('a schema in quotes is looked for by its name', () => {
  const place: Place = { ...EXAMPLE, schema: '"my.db"."it\'s"' };
  const { ask } = probesOf(place).find(({ id }) => id === 'bodies-of-another')!;
  expect(ask).toContain("FROM \"my.db\".INFORMATION_SCHEMA.PROCEDURES WHERE PROCEDURE_SCHEMA = 'it''s' AND");
});

describe('an answer', () => {
  const place: Place = { ...EXAMPLE, log: null, views: null };
  const one = probeOf({ id: 'one', question: 'q', assumes: 'a', expected: 'made, refused', ask: 'SELECT 1' });

  it.each([
    ['made, refused', null, 'as assumed'],
    ['made, made', null, 'deviates'],
    ['error 3: no', null, 'not answered'],
    [null, 'it does not exist', 'not answered'],
  ])('%j, %j is %s', (found, error, verdict) => {
    expect(judged(one, found, error, place).verdict).toBe(verdict);
  });

  it('names nothing of the account, whole or in part', () => {
    const message = "SQL access control error: Insufficient privileges to operate on schema 'MY_SCRATCH'";
    const { found } = judged(one, null, `${message} of MY_DATABASE, role MY_ROLE; MY_ROLES is a word`, place);
    expect(found).toBe(
      "SQL access control error: Insufficient privileges to operate on schema '<name>' of <name>, role <role>; MY_ROLES is a word",
    );
    const quoted = { ...place, schema: '"my.db"."it\'s"', role: '"a role"' };
    expect(judged(one, 'in "my.db"."it\'s", in my.db, as a role', null, quoted).found).toBe(
      'in <schema>, in <name>, as <role>',
    );
  });

  it('is only recorded where nothing is assumed', () => {
    expect(judged({ ...one, expected: null }, 'error -20011: x', null, place).verdict).toBe('recorded');
  });
});
