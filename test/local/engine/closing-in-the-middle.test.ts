/** An account is closed in the middle of anything: all that runs ends with 000604, nothing hangs, the process lives. */
import { openLocalSnowflake } from '../../../src/local/engine/open';
import type { LocalSnowflake, Session } from '../../../src/local/engine/contract';
import { features } from '../../../src/local/features';

let account: LocalSnowflake;

async function open(): Promise<Session> {
  account = await openLocalSnowflake({ start: new Date('2026-11-22T06:00:00Z'), features });
  const session = account.openSession({});
  for (const sql of [
    'CREATE DATABASE d',
    'CREATE WAREHOUSE w',
    'CREATE TABLE loaves (n NUMBER)',
    'CREATE TABLE log (n NUMBER)',
    `CREATE TASK slow WAREHOUSE = w SCHEDULE = '1 MINUTE' AS CALL SYSTEM$WAIT(600)`,
    `CREATE TASK busy WAREHOUSE = w SCHEDULE = '1 MINUTE' AS
       BEGIN LET n := 0; LOOP n := n + 1; END LOOP; END`,
    `CREATE ALERT ring WAREHOUSE = w SCHEDULE = '1 MINUTE' IF (EXISTS (SELECT 1)) THEN INSERT INTO log VALUES (1)`,
    `SELECT SYSTEM$LOCAL_DBT_CREATE('p', '{"project": "p", "nodes": [{"name": "a", "seconds": 3600}]}')`,
    `CREATE PROCEDURE loops() RETURNS VARCHAR AS 'BEGIN WHILE (TRUE) DO INSERT INTO log VALUES (1); END WHILE; END'`,
  ])
    await session.execute(sql);
  return session;
}

const CROSS = `FROM TABLE(GENERATOR(ROWCOUNT => 200000)) A CROSS JOIN TABLE(GENERATOR(ROWCOUNT => 200000)) B`;

describe.each([
  ['an endless loop', ['BEGIN LET n := 0; LOOP n := n + 1; END LOOP; END']],
  [
    'a loop that asks the database',
    ['BEGIN LET n := 0; LOOP n := (SELECT COUNT(*) FROM loaves); END LOOP; END'],
  ],
  ['a loop of INSERTs in a procedure', ['CALL loops()']],
  [
    'a handler that catches everything',
    ['BEGIN LOOP BEGIN SELECT 1/0; EXCEPTION WHEN OTHER THEN NULL; END; END LOOP; END'],
  ],
  ['a long query', [`SELECT COUNT(*) ${CROSS}`]],
  ['a long INSERT', [`INSERT INTO loaves SELECT SEQ8() ${CROSS}`]],
  ['a CREATE TABLE AS', [`CREATE TABLE big AS SELECT SEQ8() AS n ${CROSS}`]],
  ['an open transaction', ['BEGIN', 'INSERT INTO loaves VALUES (1)', `SELECT COUNT(*) ${CROSS}`]],
  ['a wait that drives time', ['CALL SYSTEM$WAIT(170000)']],
  ['child jobs', [`BEGIN LET r RESULTSET := ASYNC (SELECT COUNT(*) ${CROSS}); AWAIT r; RETURN 1; END`]],
  ['a cursor', [`BEGIN LET c CURSOR FOR SELECT SEQ8() AS n ${CROSS}; FOR r IN c DO NULL; END FOR; END`]],
  ['EXECUTE IMMEDIATE', ["EXECUTE IMMEDIATE 'BEGIN LOOP SELECT 1; END LOOP; END'"]],
  ['dbt', [`EXECUTE DBT PROJECT p ARGS = 'run'`, `SELECT COUNT(*) ${CROSS}`]],
  ['a task that loops', ['EXECUTE TASK busy AWAIT', 'SELECT SYSTEM$LOCAL_ADVANCE(10000)']],
  ['a task that waits', ['ALTER TASK slow RESUME', 'SELECT SYSTEM$LOCAL_ADVANCE(100000000)']],
  ['an alert', ['ALTER ALERT ring RESUME', 'SELECT SYSTEM$LOCAL_ADVANCE(1000000000)']],
])('%s', (_what, statements) => {
  it.each([0, 5, 60])(
    'ends when the account is closed, after %d ms',
    async (pause) => {
      const session = await open();
      const beside = account.openSession({ database: 'D' });
      const endings: Promise<string>[] = [];
      const note = (ran: Promise<unknown>): Promise<string> =>
        ran.then(
          () => 'done',
          (error: { code?: string }) => String(error.code ?? error),
        );
      endings.push(
        note(
          (async () => {
            for (const sql of statements) await session.execute(sql);
          })(),
        ),
      );
      endings.push(note(beside.execute('SELECT COUNT(*) FROM loaves')));
      await new Promise((resolve) => setTimeout(resolve, pause));
      const began = Date.now();
      await account.close();
      const ended = await Promise.all(endings);
      expect(Date.now() - began).toBeLessThan(4000);
      for (const ending of ended) expect(['done', '000604']).toContain(ending);
      await session.close();
      await beside.close();
      await account.close();
    },
    15_000,
  );
});
