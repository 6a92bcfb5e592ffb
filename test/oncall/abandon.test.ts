/** What `abandon` sends, over logs of several types: only rows that say running, in the column's own type. */
import { resolveDeployments } from '../../src/model/resolve';
import type { AuditTablesState } from '../../src/model/deployment';
import { abandonSql } from '../../src/oncall/verbs';
import { openAccount, type Account } from '../decision/harness/account';

let account: Account;
beforeAll(async () => {
  account = await openAccount();
});
afterAll(async () => account.close());

const stateOf = (statuses: object = {}): AuditTablesState => {
  const [deployment] = resolveDeployments({
    deployments: {
      bakery: {
        database: 'EDW',
        schema: 'O2C_AUDIT',
        state: {
          kind: 'audit-tables',
          layout: {
            runs: {
              table: 'RUNS',
              runId: 'id',
              startedAt: 'started',
              status: 'status',
              selection: 'selection',
            },
            nodes: { table: 'NODES', runId: 'id', name: 'name', status: 'status' },
            statuses,
          },
        },
        runner: { kind: 'procedure', procedure: 'EDW.O2C_AUDIT.BAKE' },
        jobs: { daily: { project: 'bakery', dbt: { command: 'build' } } },
        tasks: {},
      },
    },
  });
  return deployment!.state as AuditTablesState;
};

async function abandoned(
  types: { id: string; status: string },
  rows: string,
  run: string,
  statuses: object = {},
): Promise<Record<string, unknown>> {
  const { inside } = account;
  await inside.run(
    `CREATE OR REPLACE TABLE RUNS (id ${types.id}, started TIMESTAMP_NTZ, status ${types.status}, selection VARCHAR)`,
  );
  await inside.run(`INSERT INTO RUNS (id, status) VALUES ${rows}`);
  await inside.run(abandonSql(stateOf(statuses), run, types.status === 'BOOLEAN'));
  const { rows: after } = await inside.run(
    'SELECT id::VARCHAR AS ID, status::VARCHAR AS STATUS FROM RUNS ORDER BY 1',
  );
  return Object.fromEntries(after.map(({ ID, STATUS }) => [String(ID), STATUS]));
}

it('a word: in any case, with blanks, or none', async () => {
  expect(
    await abandoned(
      { id: 'VARCHAR', status: 'VARCHAR' },
      "('a', ' Running '), ('b', 'RUNNING'), ('c', 'SUCCESS')",
      'a',
    ),
  ).toEqual({ a: 'FAILED', b: 'RUNNING', c: 'SUCCESS' });
  expect(await abandoned({ id: 'VARCHAR', status: 'VARCHAR' }, "('a', NULL)", 'a')).toEqual({ a: 'FAILED' });
});

it('a run that has ended meanwhile is left as it is', async () => {
  expect(await abandoned({ id: 'VARCHAR', status: 'VARCHAR' }, "('a', 'SUCCESS')", 'a')).toEqual({
    a: 'SUCCESS',
  });
});

it('a boolean, under a number as id', async () => {
  expect(
    await abandoned({ id: 'NUMBER', status: 'BOOLEAN' }, '(1, NULL), (2, NULL), (3, TRUE)', '1'),
  ).toEqual({
    1: 'false',
    2: null,
    3: 'true',
  });
});

it('words of one’s own', async () => {
  const own = { running: ['started'], failed: ['broken'] };
  expect(await abandoned({ id: 'VARCHAR', status: 'VARCHAR' }, "('a', 'started')", 'a', own)).toEqual({
    a: 'broken',
  });
});

it('an id that would end the statement is only an id', async () => {
  const id = "x'; DROP TABLE RUNS; --";
  expect(
    await abandoned({ id: 'VARCHAR', status: 'VARCHAR' }, `('${id.replaceAll("'", "''")}', 'RUNNING')`, id),
  ).toEqual({ [id]: 'FAILED' });
});
