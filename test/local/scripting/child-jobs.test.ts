/** https://docs.snowflake.com/en/developer-guide/snowflake-scripting/asynchronous-child-jobs and the pages of AWAIT and CANCEL */
import { tasksFeature } from '../../../src/local/tasks/feature';
import { openLocal, type Local } from './local';

let local: Local;

beforeEach(async () => {
  local = await openLocal(tasksFeature);
  await local.session.execute('CREATE TABLE sales (day NUMBER, loaves NUMBER)');
  await local.session.execute('INSERT INTO sales VALUES (1, 30), (2, 12)');
});

afterEach(() => local.close());

const elapsed = (statements: string) =>
  local.block(`LET t := SYSDATE(); ${statements} RETURN DATEDIFF('second', t, SYSDATE());`);

describe('a job for a RESULTSET', () => {
  it('gives its rows once it is awaited', async () => {
    const total = await local.value(`
      DECLARE
        total NUMBER DEFAULT 0;
        first RESULTSET DEFAULT ASYNC (SELECT loaves FROM sales WHERE day = 1);
        second RESULTSET DEFAULT ASYNC (SELECT loaves FROM sales WHERE day = 2);
        c CURSOR FOR second;
      BEGIN
        AWAIT first;
        FOR row_ IN first DO total := total + row_.loaves; END FOR;
        AWAIT second;
        FOR row_ IN c DO total := total + row_.loaves; END FOR;
        RETURN total;
      END`);
    expect(total).toBe(42);
  });

  it('gives nothing before', async () => {
    for (const use of ['RETURN TABLE(rs);', 'SELECT * FROM TABLE(rs);', 'FOR r IN rs DO NULL; END FOR;']) {
      const error = await local.error(`BEGIN LET rs RESULTSET := ASYNC (SELECT 1 AS n); ${use} END`);
      expect(error.message).toMatch(/RESULTSET 'RS' has not been awaited/);
    }
  });

  it('has its query id at once, and what it changed after AWAIT', async () => {
    const value = await local.block(`
      LET rs RESULTSET := ASYNC (UPDATE sales SET loaves = 0);
      LET id := SQLID; LET before := SQLROWCOUNT;
      AWAIT rs;
      RETURN [id = SQLID, before, SQLROWCOUNT, SQLFOUND];`);
    expect(JSON.parse(String(value))).toEqual([true, null, '2', true]);
  });

  it('may take its place again and again', async () => {
    const value = await local.block(
      'LET rs RESULTSET; FOR i IN 1 TO 3 DO rs := ASYNC (SELECT :i AS n); END FOR; AWAIT rs; FOR r IN rs DO RETURN r.n; END FOR;',
    );
    expect(value).toBe(3);
  });

  it('runs EXECUTE IMMEDIATE and CALL too', async () => {
    await local.session.execute(
      'CREATE PROCEDURE bake(n NUMBER) RETURNS NUMBER LANGUAGE SQL AS $$ BEGIN RETURN n * 12; END $$',
    );
    const value = await local.block(`
      LET q := 'SELECT loaves + ? AS n FROM sales WHERE day = 1'; LET k := 5; LET total := 0;
      LET a RESULTSET := ASYNC (EXECUTE IMMEDIATE :q USING (k));
      LET b RESULTSET := ASYNC (CALL bake(:k));
      AWAIT ALL;
      AWAIT a; AWAIT b;
      FOR r IN a DO total := total + r.n; END FOR;
      FOR r IN b DO total := total + r.bake; END FOR;
      RETURN total;`);
    expect(value).toBe(95);
  });
});

describe('SYSTEM$GET_RESULTSET_STATUS', () => {
  it('is RUNNING, then SUCCESS', async () => {
    const value = await local.block(`
      LET rs RESULTSET := ASYNC (SELECT SYSTEM$WAIT(3));
      LET before := SYSTEM$GET_RESULTSET_STATUS(rs);
      AWAIT rs;
      RETURN [before, SYSTEM$GET_RESULTSET_STATUS(rs)];`);
    expect(JSON.parse(String(value))).toEqual(['RUNNING', 'SUCCESS']);
  });

  it('is FAILED_WITH_ERROR for a job that failed', async () => {
    const value = await local.value(`
      DECLARE rs RESULTSET;
      BEGIN
        rs := ASYNC (SELECT 1 / 0); AWAIT rs;
      EXCEPTION WHEN OTHER THEN RETURN SYSTEM$GET_RESULTSET_STATUS(rs);
      END`);
    expect(value).toBe('FAILED_WITH_ERROR');
  });
});

describe('AWAIT ALL', () => {
  it('waits for all jobs, which take their time side by side', async () => {
    await local.session.execute(`
      CREATE PROCEDURE bake_slowly(n NUMBER) RETURNS NUMBER LANGUAGE SQL AS $$
      BEGIN CALL SYSTEM$WAIT(:n); INSERT INTO sales VALUES (:n, 1); RETURN n; END $$`);
    const took = await elapsed('FOR i IN 1 TO 3 DO ASYNC (CALL bake_slowly(:i * 10)); END FOR; AWAIT ALL;');
    expect(took).toBe(30);
    expect(await local.value('SELECT COUNT(*) FROM sales WHERE loaves = 1')).toBe(3);
  });

  it('fails as the first job failed', async () => {
    const error = await local.error(
      'BEGIN\n  ASYNC (SELECT 1 / 0);\n  ASYNC (SELECT * FROM missing);\n  AWAIT ALL;\nEND',
    );
    expect(error).toMatchObject({
      code: '100051',
      message: "Uncaught exception of type 'STATEMENT_ERROR' on line 4 at position 2 : Division by zero",
    });
  });

  it('tells a handler what failed', async () => {
    const value = await local.block(
      "ASYNC (SELECT 1 / 0); AWAIT ALL; EXCEPTION WHEN STATEMENT_ERROR THEN RETURN SQLCODE || ' ' || SQLSTATE;",
    );
    expect(value).toBe('100051 22012');
  });

  it('leaves the number of changed rows unknown', async () => {
    expect(await local.block('ASYNC (DELETE FROM sales); AWAIT ALL; RETURN SQLROWCOUNT;')).toBeNull();
    expect(await local.value('SELECT COUNT(*) FROM sales')).toBe(0);
  });
});

describe('CANCEL', () => {
  it('ends a job that runs', async () => {
    const took = await elapsed(
      'LET rs RESULTSET := ASYNC (SELECT SYSTEM$WAIT(60)); CALL SYSTEM$WAIT(5); CANCEL rs; AWAIT ALL;',
    );
    expect(took).toBe(5);
  });

  it('makes AWAIT fail, which a handler may take', async () => {
    const value = await local.block(
      'LET rs RESULTSET := ASYNC (SELECT SYSTEM$WAIT(60)); CANCEL rs; AWAIT rs; EXCEPTION WHEN OTHER THEN RETURN SQLCODE;',
    );
    expect(value).toBe('604');
  });

  it('has no effect on a job that has ended', async () => {
    const value = await local.block(
      'LET rs RESULTSET := ASYNC (SELECT 7 AS n); AWAIT rs; CANCEL rs; FOR r IN rs DO RETURN r.n; END FOR;',
    );
    expect(value).toBe(7);
  });
});

describe('the end of a block', () => {
  it('cancels the jobs that it did not await', async () => {
    expect(await elapsed('ASYNC (CALL SYSTEM$WAIT(60)); CALL SYSTEM$WAIT(1);')).toBe(1);
    await local.session.execute('BEGIN ASYNC (DELETE FROM sales); END');
    expect(await local.value('SELECT COUNT(*) FROM sales')).toBe(2);
  });

  it('cancels them after an error too', async () => {
    const error = await local.error('BEGIN ASYNC (DELETE FROM sales); SELECT 1 / 0; END');
    expect(error.code).toBe('100051');
    expect(await local.value('SELECT COUNT(*) FROM sales')).toBe(2);
  });

  it('comes with the cancel of the statement, for its jobs too', async () => {
    const controller = new AbortController();
    const running = local.session.execute(
      'BEGIN ASYNC (CALL SYSTEM$WAIT(60)); CALL SYSTEM$LOCAL_ADVANCE(1); LOOP NULL; END LOOP; END',
      [],
      { signal: controller.signal },
    );
    setTimeout(() => controller.abort(), 50);
    await expect(running).rejects.toMatchObject({ code: '000604' });
    expect(await local.value('SELECT COUNT(*) FROM sales')).toBe(2);
  });
});

describe('in a task', () => {
  const runs = () =>
    local.rows(`SELECT error_code, DATEDIFF('second', query_start_time, completed_time) AS took
      FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY()) WHERE state <> 'SCHEDULED'`);

  it('takes the time of the longest job', async () => {
    await local.session.execute(
      "CREATE TASK bake SCHEDULE = '60 MINUTES' AS BEGIN ASYNC (CALL SYSTEM$WAIT(60)); ASYNC (CALL SYSTEM$WAIT(30)); AWAIT ALL; END",
    );
    await local.session.execute('ALTER TASK bake RESUME');
    await local.session.execute('SELECT SYSTEM$LOCAL_ADVANCE(4000)');
    expect(await runs()).toEqual([{ ERROR_CODE: null, TOOK: 60 }]);
  });

  it('ends with its timeout, which no handler takes', async () => {
    await local.session.execute(
      `CREATE TASK bake SCHEDULE = '60 MINUTES' USER_TASK_TIMEOUT_MS = 5000 AS
       BEGIN ASYNC (CALL SYSTEM$WAIT(60)); AWAIT ALL; EXCEPTION WHEN OTHER THEN DELETE FROM sales; END`,
    );
    await local.session.execute('ALTER TASK bake RESUME');
    await local.session.execute('SELECT SYSTEM$LOCAL_ADVANCE(4000)');
    expect(await runs()).toEqual([{ ERROR_CODE: '000630', TOOK: 5 }]);
    expect(await local.value('SELECT COUNT(*) FROM sales')).toBe(2);
  });
});

it('sees the temporary tables and the rights of the session that started it', async () => {
  await local.session.execute('CREATE TEMPORARY TABLE tray (n NUMBER)');
  await local.session.execute('SET n = 3');
  const value = await local.block(
    'ASYNC (INSERT INTO tray SELECT $n); AWAIT ALL; RETURN (SELECT MAX(n) FROM tray);',
  );
  expect(value).toBe(3);
  await local.session.execute(
    "CREATE PROCEDURE owned() RETURNS NUMBER LANGUAGE SQL AS $$ BEGIN ASYNC (ALTER SESSION SET TIMEZONE = 'UTC'); AWAIT ALL; END $$",
  );
  expect(await local.error('CALL owned()')).toMatchObject({ code: '090236' });
});

it('counts as a call: jobs that start themselves end at the limit of nested calls', async () => {
  await local.session.execute(
    'CREATE PROCEDURE again() RETURNS NUMBER LANGUAGE SQL AS $$ BEGIN ASYNC (CALL again()); AWAIT ALL; END $$',
  );
  expect(await local.error('CALL again()')).toMatchObject({ code: '090206' });
});

it.each([
  ['INTO of an asynchronous child job', 'LET n := 1; ASYNC (SELECT 1 INTO :n);'],
  ['ASYNC of BEGIN, COMMIT or ROLLBACK', 'ASYNC (COMMIT);'],
  ['ASYNC CALL of a nested procedure', 'ASYNC (CALL knead());'],
])('refuses %s by name', async (name, statements) => {
  const nested = 'knead PROCEDURE () RETURNS NUMBER AS BEGIN RETURN 1; END;';
  const error = await local.error(
    `DECLARE ${nested} BEGIN ${statements} EXCEPTION WHEN OTHER THEN RETURN 'hidden'; END`,
  );
  expect(error).toMatchObject({ code: '000002', message: expect.stringContaining(`'${name}'`) });
});

it('refuses an OUT argument and names that are no RESULTSET', async () => {
  await local.session.execute(
    'CREATE PROCEDURE out_(n OUT NUMBER) RETURNS NUMBER LANGUAGE SQL AS $$ BEGIN n := 1; END $$',
  );
  const output = await local.error('BEGIN LET n := 0; ASYNC (CALL out_(:n)); AWAIT ALL; END');
  expect(output).toMatchObject({ code: '001044' });
  expect(await local.error('BEGIN AWAIT missing; END')).toMatchObject({ code: '000904' });
  expect(await local.error('BEGIN LET n := 0; CANCEL n; END')).toMatchObject({ code: '000904' });
});
