import type { Connection } from 'snowflake-sdk';
import { connectTo, disconnect, openBakery, run, type Bakery } from './account';

let bakery: Bakery;
let connection: Connection;

beforeAll(async () => {
  bakery = await openBakery();
  connection = await connectTo(bakery.server);
});

afterAll(async () => {
  await disconnect(connection);
  await bakery.close();
});

describe('values arrive as the driver promises them', () => {
  it('numbers, text, booleans and NULL', async () => {
    const { rows } = await run(
      connection,
      "SELECT 1 AS N, 12.5::NUMBER(10,2) AS D, 'rye' AS T, TRUE AS B, NULL AS X",
    );
    expect(rows).toEqual([{ N: 1, D: 12.5, T: 'rye', B: true, X: null }]);
  });

  it('dates and timestamps', async () => {
    await run(connection, "ALTER SESSION SET TIMEZONE = 'Europe/Berlin'");
    const { rows } = await run(
      connection,
      "SELECT '2026-01-02'::DATE AS D, '2026-01-02 03:04:05.678'::TIMESTAMP_NTZ AS TS, '2026-07-01 00:00:00'::TIMESTAMP_LTZ AS L",
    );
    const [row] = rows as [{ D: Date; TS: Date; L: Date }];
    expect(row.D.toISOString()).toBe('2026-01-02T00:00:00.000Z');
    expect(row.TS.toISOString()).toBe('2026-01-02T03:04:05.678Z');
    expect(row.L.toISOString()).toBe('2026-06-30T22:00:00.000Z');
    await run(connection, 'ALTER SESSION UNSET TIMEZONE');
  });

  it('variants as objects', async () => {
    const { rows } = await run(connection, `SELECT PARSE_JSON('{"flour": ["rye", 1]}') AS V`);
    expect(rows).toEqual([{ V: { flour: ['rye', 1] } }]);
  });

  it('columns know their type', async () => {
    const { statement } = await run(connection, "SELECT 1.25::NUMBER(10,2) AS N, 'a'::VARCHAR(20) AS T");
    const columns = statement.getColumns() ?? [];
    expect(columns.map((column) => [column.getName(), column.getType()])).toEqual([
      ['N', 'fixed'],
      ['T', 'text'],
    ]);
    expect(columns[0]!.getScale()).toBe(2);
  });

  it('100,000 rows', async () => {
    const { rows } = await run(
      connection,
      'SELECT SEQ4() AS N, CURRENT_TIMESTAMP() AS T FROM TABLE(GENERATOR(ROWCOUNT => 100000))',
    );
    expect(rows).toHaveLength(100_000);
    expect(rows[99_999]).toMatchObject({ N: 99_999 });
  });
});

describe('binds', () => {
  it('take numbers, text, booleans and NULL', async () => {
    const { rows } = await run(connection, 'SELECT ? AS N, ? AS T, ? AS B, ? AS X', {
      binds: [42, "it's", true, null],
    });
    expect(rows).toEqual([{ N: 42, T: "it's", B: true, X: null }]);
  });

  it('may be numbered', async () => {
    const { rows } = await run(connection, 'SELECT :2 AS A, :1 AS B', { binds: ['one', 'two'] });
    expect(rows).toEqual([{ A: 'two', B: 'one' }]);
  });

  it('in arrays insert many rows with one statement', async () => {
    await run(connection, 'CREATE OR REPLACE TABLE LOAVES (ID NUMBER, FLOUR VARCHAR)');
    const { statement } = await run(connection, 'INSERT INTO LOAVES VALUES (?, ?)', {
      binds: [
        [1, 'rye'],
        [2, null],
        [3, 'spelt'],
      ],
    });
    expect(statement.getNumUpdatedRows()).toBe(3);
    const { rows } = await run(connection, 'SELECT * FROM LOAVES ORDER BY ID');
    expect(rows).toEqual([
      { ID: 1, FLOUR: 'rye' },
      { ID: 2, FLOUR: null },
      { ID: 3, FLOUR: 'spelt' },
    ]);
  });
});

describe('arrays of binds', () => {
  const loaves = async (): Promise<unknown> =>
    (await run(connection, 'SELECT COUNT(*) AS N FROM LOAVES')).rows;

  beforeEach(async () => {
    await run(connection, 'CREATE OR REPLACE TABLE LOAVES (ID NUMBER, FLOUR VARCHAR)');
  });

  it('insert thousands of rows in all, however many fit into one statement of ours', async () => {
    const binds = Array.from({ length: 5000 }, (_, id) => [id, `flour ${id}`]);
    const { statement } = await run(connection, 'INSERT INTO LOAVES (ID, FLOUR) VALUES (? + 1, UPPER(?));', {
      binds,
    });
    expect(statement.getNumUpdatedRows()).toBe(5000);
    const { rows } = await run(connection, 'SELECT SUM(ID) AS S, MAX(FLOUR) AS M FROM LOAVES');
    expect(rows).toEqual([{ S: 12_502_500, M: 'FLOUR 999' }]);
  });

  it('leave nothing behind when one row fails', async () => {
    const binds = [...Array.from({ length: 2000 }, (_, id) => [id, 'rye']), ['no number', 'rye']];
    await expect(run(connection, 'INSERT INTO LOAVES VALUES (?, ?)', { binds })).rejects.toMatchObject({
      code: '002049',
    });
    expect(await loaves()).toEqual([{ N: 0 }]);
  });

  it('leave what a transaction had done before them when one row fails', async () => {
    await run(connection, 'BEGIN');
    await run(connection, "INSERT INTO LOAVES VALUES (1, 'rye')");
    const binds = [...Array.from({ length: 2000 }, (_, id) => [id, 'rye']), ['no number', 'rye']];
    await expect(run(connection, 'INSERT INTO LOAVES VALUES (?, ?)', { binds })).rejects.toThrow();
    await run(connection, 'COMMIT');
    expect(await loaves()).toEqual([{ N: 1 }]);
  });

  it('update row by row', async () => {
    await run(connection, "INSERT INTO LOAVES VALUES (1, 'rye'), (2, 'rye'), (3, 'rye')");
    const binds = [
      ['spelt', 1],
      ['oats', 3],
    ];
    const { statement } = await run(connection, 'UPDATE LOAVES SET FLOUR = ? WHERE ID = ?', { binds });
    expect(statement.getNumUpdatedRows()).toBe(2);
  });

  it('are refused by a query, which would give many results', async () => {
    await expect(run(connection, 'SELECT ?', { binds: [[1], [2]] })).rejects.toThrow(
      "Unsupported feature 'arrays of binds for SELECT'",
    );
  });
});

describe('without AUTOCOMMIT', () => {
  it('DML starts a transaction, which ROLLBACK undoes and DDL commits', async () => {
    const other = await connectTo(bakery.server);
    await run(other, 'CREATE OR REPLACE TABLE CAKES (ID NUMBER)');
    await run(other, 'ALTER SESSION SET AUTOCOMMIT = FALSE');
    await run(other, 'INSERT INTO CAKES VALUES (1)');
    await run(other, 'ROLLBACK');
    await run(other, 'INSERT INTO CAKES VALUES (2)');
    expect((await run(connection, 'SELECT ID FROM CAKES')).rows).toEqual([]);
    await run(other, 'CREATE OR REPLACE TABLE TINS (ID NUMBER)');
    expect((await run(connection, 'SELECT ID FROM CAKES')).rows).toEqual([{ ID: 2 }]);
    await disconnect(other);
  });

  it('what was not committed is gone with the session', async () => {
    const other = await connectTo(bakery.server);
    await run(other, 'CREATE OR REPLACE TABLE CAKES (ID NUMBER)');
    await run(other, 'ALTER SESSION SET AUTOCOMMIT = FALSE');
    await run(other, 'INSERT INTO CAKES VALUES (1)');
    await disconnect(other);
    expect((await run(connection, 'SELECT ID FROM CAKES')).rows).toEqual([]);
  });

  it('setting it again commits', async () => {
    const other = await connectTo(bakery.server);
    await run(other, 'CREATE OR REPLACE TABLE CAKES (ID NUMBER)');
    await run(other, 'ALTER SESSION SET AUTOCOMMIT = FALSE');
    await run(other, 'INSERT INTO CAKES VALUES (1)');
    await run(other, 'ALTER SESSION SET AUTOCOMMIT = TRUE');
    expect((await run(connection, 'SELECT ID FROM CAKES')).rows).toEqual([{ ID: 1 }]);
    await disconnect(other);
  });
});

describe('the session', () => {
  it('starts with the names the client asked for', async () => {
    const { rows } = await run(
      connection,
      'SELECT CURRENT_DATABASE() AS D, CURRENT_SCHEMA() AS S, CURRENT_USER() AS U',
    );
    expect(rows).toEqual([{ D: 'BAKERY', S: 'OVEN', U: 'BAKER' }]);
  });

  it('is told what ALTER SESSION changed', async () => {
    await run(connection, "ALTER SESSION SET TIMEZONE = 'Asia/Tokyo'");
    const { rows } = await run(connection, "SELECT '2026-01-01 09:00:00'::TIMESTAMP_LTZ AS L");
    expect(JSON.stringify(rows)).toContain('2026-01-01 09:00:00');
    await run(connection, 'ALTER SESSION UNSET TIMEZONE');
  });

  it('keeps parameters of one statement to that statement', async () => {
    const other = await connectTo(bakery.server);
    const zoned = await run(
      other,
      "SELECT TO_VARCHAR('2026-01-01 12:00:00 +0000'::TIMESTAMP_LTZ, 'HH24') AS H",
      {
        parameters: { TIMEZONE: 'Asia/Tokyo' },
      },
    );
    const after = await run(
      other,
      "SELECT TO_VARCHAR('2026-01-01 12:00:00 +0000'::TIMESTAMP_LTZ, 'HH24') AS H",
    );
    expect(zoned.rows).toEqual([{ H: '21' }]);
    expect(after.rows).not.toEqual(zoned.rows);
    await disconnect(other);
  });

  it('is its own: several at once do not see each other’s names', async () => {
    const others = await Promise.all(
      ['A', 'B', 'C'].map(async (name) => {
        const other = await connectTo(bakery.server);
        await run(other, `CREATE SCHEMA IF NOT EXISTS BAKERY.${name}`);
        await run(other, `USE SCHEMA BAKERY.${name}`);
        return other;
      }),
    );
    const schemas = await Promise.all(
      others.map(async (other) => (await run(other, 'SELECT CURRENT_SCHEMA() AS S')).rows[0]),
    );
    expect(schemas).toEqual([{ S: 'A' }, { S: 'B' }, { S: 'C' }]);
    await Promise.all(others.map(disconnect));
  });

  it('answers a heartbeat', async () => {
    expect(await connection.isValidAsync()).toBe(true);
  });

  it('is gone after it was closed', async () => {
    const other = await connectTo(bakery.server);
    await disconnect(other);
    await expect(run(other, 'SELECT 1')).rejects.toMatchObject({ code: 407002 });
  });

  it('renews its token when that has expired', async () => {
    const short = await openBakery({ tokenSeconds: 2 });
    const other = await connectTo(short.server);
    await new Promise((resolve) => setTimeout(resolve, 2100));
    await expect(run(other, 'SELECT 1 AS N')).resolves.toMatchObject({ rows: [{ N: 1 }] });
    await short.close();
  });
});

describe('errors', () => {
  it('carry code, SQLSTATE, query id, line and position', async () => {
    await expect(run(connection, 'SELECT 1\nFROM (SELECT')).rejects.toMatchObject({
      code: '001003',
      sqlState: '42000',
      data: { queryId: expect.stringMatching(/^[0-9a-f-]{36}$/), line: 2 },
    });
  });

  it('leave the session usable', async () => {
    await expect(run(connection, 'SELECT * FROM NO_SUCH_TABLE')).rejects.toMatchObject({ code: '002003' });
    await expect(run(connection, 'SELECT 1 AS N')).resolves.toMatchObject({ rows: [{ N: 1 }] });
  });
});

describe('several statements in one text', () => {
  async function runAll(sqlText: string, count: number): Promise<Record<string, unknown>[][]> {
    const results: Record<string, unknown>[][] = [];
    return new Promise((resolve, reject) => {
      connection.execute({
        sqlText,
        parameters: { MULTI_STATEMENT_COUNT: count },
        complete(error, statement, rows) {
          if (error) return reject(error);
          results.push((rows ?? []) as Record<string, unknown>[]);
          const more = statement as unknown as { hasNext(): boolean; NextResult(): void };
          if (more.hasNext()) more.NextResult();
          else resolve(results);
        },
      });
    });
  }

  it('give a result each', async () => {
    expect(await runAll('SELECT 1 AS A; SELECT 2 AS B', 2)).toEqual([[{ A: 1 }], [{ B: 2 }]]);
  });

  it('of the number that ALTER SESSION has set', async () => {
    const other = await connectTo(bakery.server);
    await run(other, 'ALTER SESSION SET MULTI_STATEMENT_COUNT = 0');
    await expect(run(other, 'SELECT 1 AS A; SELECT 2 AS B')).resolves.toMatchObject({ rows: [{ A: 1 }] });
    await run(other, 'ALTER SESSION SET MULTI_STATEMENT_COUNT = 2');
    await expect(run(other, 'SELECT 1')).rejects.toThrow('Actual statement count 1 did not match');
    await run(other, 'ALTER SESSION UNSET MULTI_STATEMENT_COUNT; SELECT 1').catch(() => undefined);
    await expect(run(other, 'SELECT 1; SELECT 2')).rejects.toThrow('Actual statement count 2 did not match');
    await disconnect(other);
  });

  it('of any number, with a block among them', async () => {
    const results = await runAll("BEGIN LET x := 1; RETURN x + 1; END; SELECT ';' AS S;", 0);
    expect(results).toHaveLength(2);
    expect(results[1]).toEqual([{ S: ';' }]);
  });

  it('are refused where one was expected', async () => {
    await expect(run(connection, 'SELECT 1; SELECT 2')).rejects.toMatchObject({ code: '000008' });
  });

  it('stop at the first that fails', async () => {
    await run(connection, 'CREATE OR REPLACE TABLE CRUMBS (N NUMBER)');
    const text = 'INSERT INTO CRUMBS VALUES (1); SELECT * FROM NO_SUCH_TABLE; INSERT INTO CRUMBS VALUES (2)';
    await expect(runAll(text, 3)).rejects.toMatchObject({ code: '002003' });
    expect((await run(connection, 'SELECT * FROM CRUMBS')).rows).toEqual([{ N: 1 }]);
  });
});

describe('DML', () => {
  it('says how many rows it changed', async () => {
    await run(connection, 'CREATE OR REPLACE TABLE ROLLS (N NUMBER)');
    const inserted = await run(connection, 'INSERT INTO ROLLS VALUES (1), (2), (3)');
    const deleted = await run(connection, 'DELETE FROM ROLLS WHERE N > 1');
    expect(inserted.statement.getNumUpdatedRows()).toBe(3);
    expect(deleted.statement.getNumUpdatedRows()).toBe(2);
  });
});

describe('describing without running', () => {
  it('gives the columns of a query, and no rows', async () => {
    const { rows, statement } = await run(connection, 'SELECT 1 AS N, CURRENT_DATE() AS D;', {
      describeOnly: true,
    });
    expect(rows).toEqual([]);
    expect(statement.getColumns()?.map((column) => column.getName())).toEqual(['N', 'D']);
  });

  it('gives the columns of DML, and changes nothing', async () => {
    await run(connection, 'CREATE OR REPLACE TABLE TINS (N NUMBER)');
    const { statement } = await run(connection, 'INSERT INTO TINS VALUES (?)', {
      describeOnly: true,
      binds: [1],
    });
    expect(statement.getColumns()?.map((column) => column.getName())).toEqual(['number of rows inserted']);
    expect((await run(connection, 'SELECT * FROM TINS')).rows).toEqual([]);
    const merge =
      'MERGE INTO TINS t USING (SELECT ? AS N) s ON t.N = s.N WHEN NOT MATCHED THEN INSERT VALUES (s.N)';
    const { statement: merges } = await run(connection, merge, { describeOnly: true, binds: [1] });
    expect(merges.getColumns()?.length).toBe(3);
  });

  it('says whether arrays of binds may follow, which Python asks before executemany', async () => {
    const login = await fetch(`${bakery.server.url}/session/v1/login-request`, {
      method: 'POST',
      body: '{"data":{}}',
    });
    const { data } = (await login.json()) as { data: { token: string } };
    const describe = async (sqlText: string) => {
      const answer = await fetch(
        `${bakery.server.url}/queries/v1/query-request?requestId=${sqlText.length}`,
        {
          method: 'POST',
          headers: { Authorization: `Snowflake Token="${data.token}"` },
          body: JSON.stringify({ sqlText, describeOnly: true }),
        },
      );
      return ((await answer.json()) as { data: object }).data;
    };
    expect(await describe('INSERT INTO BAKERY.OVEN.TINS VALUES (?, ?)')).toMatchObject({
      arrayBindSupported: true,
      numberOfBinds: 2,
    });
    expect(await describe('SELECT 1')).toMatchObject({ arrayBindSupported: false, numberOfBinds: 0 });
  });

  it('takes binds', async () => {
    const { statement } = await run(connection, 'SELECT ? AS T', { describeOnly: true, binds: ['rye'] });
    expect(statement.getColumns()?.map((column) => column.getType())).toEqual(['text']);
  });

  it('refuses what would have to run', async () => {
    const described = run(connection, 'CREATE TABLE NEVER (N NUMBER)', { describeOnly: true });
    await expect(described).rejects.toMatchObject({ code: '000002' });
    await expect(run(connection, 'SELECT * FROM NEVER')).rejects.toMatchObject({ code: '002003' });
  });
});
