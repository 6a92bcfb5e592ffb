/** Statements that are safe to repeat are sent again after a transient error; what may have started a run never is. */
import { isRepeatable, NotSent, PATIENCE, send, type Patience } from '../../src/apply/send';
import { SnowflakeStatementError } from '../../src/snowflake/errors';
import type { Session } from '../../src/snowflake/session';

const failure = (snowflakeCode: string): SnowflakeStatementError =>
  new SnowflakeStatementError(`error ${snowflakeCode}`, {
    snowflakeCode,
    sqlState: null,
    queryId: null,
    place: null,
  });

/** Fails with each of the codes, then answers. */
function failing(...codes: string[]): { session: Session; sent: string[] } {
  const sent: string[] = [];
  const session: Session = {
    run: (sql) => {
      sent.push(sql);
      const code = codes[sent.length - 1];
      return code === undefined ? Promise.resolve({ rows: [], queryId: 'q' }) : Promise.reject(failure(code));
    },
    close: () => Promise.resolve(),
  };
  return { session, sent };
}

function patient(random: number): { patience: Patience; waits: number[] } {
  const waits: number[] = [];
  const wait = (ms: number): Promise<void> => {
    waits.push(ms);
    return Promise.resolve();
  };
  return { patience: { ...PATIENCE, wait, random: () => random }, waits };
}

const VIEW = 'CREATE OR REPLACE VIEW V AS SELECT 1 AS N';

it('an internal error and a crowded lock are waited for, longer each time', async () => {
  const { session, sent } = failing('000603', '000625', '000603');
  const { patience, waits } = patient(1);
  expect(await send(session, VIEW, patience)).toMatchObject({ attempts: 4 });
  expect(sent).toEqual([VIEW, VIEW, VIEW, VIEW]);
  expect(waits).toEqual([500, 1000, 2000]);
});

it('half of a wait is chance', async () => {
  const { patience, waits } = patient(0);
  await send(failing('000603', '000603').session, VIEW, patience);
  expect(waits).toEqual([250, 500]);
});

it('after four times it is over, and says how often it was tried', async () => {
  const { session, sent } = failing('000603', '000603', '000603', '000603', '000603');
  const thrown = await send(session, VIEW, patient(0).patience).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(NotSent);
  expect(thrown).toMatchObject({ attempts: 4, message: 'error 000603', cause: { snowflakeCode: '000603' } });
  expect(sent).toHaveLength(4);
});

it.each(['002003', '001003', '000604', '000630', '003001'])('%s is no transient error', async (code) => {
  const { session, sent } = failing(code);
  await expect(send(session, VIEW, patient(0).patience)).rejects.toMatchObject({ attempts: 1 });
  expect(sent).toHaveLength(1);
});

it.each([
  "CALL RUN_DBT_AUTO_RESTART('bakery')",
  '  call p()',
  'EXECUTE TASK BAKE_BREAD',
  'execute\n  task BAKE_BREAD RETRY LAST',
  "EXECUTE DBT PROJECT BREAD ARGS = 'build'",
])('%s is sent once', async (sql) => {
  const { session, sent } = failing('000603');
  expect(isRepeatable(sql)).toBe(false);
  await expect(send(session, sql, patient(0).patience)).rejects.toMatchObject({ attempts: 1 });
  expect(sent).toEqual([sql]);
});
