import { openBakery, note, type Bakery } from './bakery';

let bakery: Bakery;
beforeEach(async () => (bakery = await openBakery()));
afterEach(() => bakery.close());

/** Until the account's clock has moved on from where it was. */
async function timePasses({ account: { clock } }: Bakery) {
  for (const before = clock.now(); clock.now() === before;) await new Promise((turn) => setImmediate(turn));
}

/** Long enough for whatever could still be under way. */
async function manyTurns() {
  for (let turn = 0; turn < 100; turn += 1) await new Promise((next) => setImmediate(next));
}

describe('SYSTEM$LOCAL_SET_CLOCK', () => {
  it.each([
    ['2026-03-04', '2026-03-04 00:00:00'],
    ['2026-03-04 06:30', '2026-03-04 06:30:00'],
    ['2026-03-04T06:30:15.250Z', '2026-03-04 06:30:15.250'],
  ])('takes %s', async (text, now) => {
    expect(await bakery.sql(`SELECT SYSTEM$LOCAL_SET_CLOCK('${text}')`)).toEqual([[now]]);
  });

  it.each(['2026', '2026-02-30', '2026-13-01', 'noon', '2026-03-04 25:00', '2026-03-04 06:30 +02:00'])(
    'refuses %s',
    async (text) => {
      expect(await bakery.error(`SELECT SYSTEM$LOCAL_SET_CLOCK('${text}')`)).toMatch(
        `invalid value [${text}]`,
      );
      expect(await bakery.sql('SELECT SYSTEM$LOCAL_NOW()')).toEqual([['2026-03-01 00:00:00']]);
    },
  );
});

it.each([`CALL SYSTEM$WAIT(1e9, 'DAYS')`, 'SELECT SYSTEM$LOCAL_ADVANCE(1e300)'])(
  '%s is refused, for no timestamp reaches so far',
  async (statement) => {
    expect(await bakery.error(statement)).toMatch('001008');
    expect(await bakery.sql('SELECT SYSTEM$LOCAL_NOW()')).toEqual([['2026-03-01 00:00:00']]);
  },
);

it('SYSTEM$WAIT takes an amount and a unit and nothing more', async () => {
  expect(await bakery.error(`CALL SYSTEM$WAIT(1, 'SECONDS', 3)`)).toMatch('001008');
});

it('weeks that a client lets pass end at once when it cancels, and the schedule goes on with the next', async () => {
  await bakery.sql(`CREATE TASK bread SCHEDULE = '60 MINUTES' AS SELECT 1`);
  await bakery.sql('ALTER TASK bread RESUME');
  const other = bakery.account.openSession();
  const cancel = new AbortController();
  const weeks = other.execute('SELECT SYSTEM$LOCAL_ADVANCE(86400 * 365)', [], { signal: cancel.signal });
  await timePasses(bakery);
  cancel.abort(new Error('cancelled'));
  await expect(weeks).rejects.toThrow('SQL execution canceled');
  const before = bakery.account.clock.now();
  await manyTurns();
  expect(bakery.account.clock.now()).toBe(before);
  const runs = (await bakery.history()).length;
  await bakery.pass(120);
  expect((await bakery.history()).length).toBe(runs + 2);
});

it('a client that cancels its AWAIT leaves the run to itself', async () => {
  await bakery.sql(`CREATE TASK bread SCHEDULE = '60 MINUTES' AS CALL SYSTEM$WAIT(1800)`);
  await bakery.sql('ALTER TASK bread RESUME');
  await bakery.pass(61);
  const cancel = new AbortController();
  const waiting = bakery.session.execute('EXECUTE TASK bread AWAIT', [], { signal: cancel.signal });
  setImmediate(() => cancel.abort(new Error('cancelled')));
  await expect(waiting).rejects.toThrow('SQL execution canceled');
  await bakery.pass(60);
  expect(await bakery.history()).toEqual(
    expect.arrayContaining(['01:00 BREAD SUCCEEDED', '01:01 BREAD SUCCEEDED']),
  );
});

it('time stands still once the account is closed, and who let it pass is told', async () => {
  const closing = await openBakery();
  await closing.sql(`CREATE TASK bread SCHEDULE = '60 MINUTES' AS ${note('bread')}`);
  await closing.sql('ALTER TASK bread RESUME');
  const year = closing.session.execute('SELECT SYSTEM$LOCAL_ADVANCE(86400 * 365)');
  const ended = year.then(
    () => 'passed',
    (error: Error) => error.message,
  );
  await timePasses(closing);
  await closing.close();
  const stopped = closing.account.clock.now();
  expect(await ended).toBe('SQL execution canceled');
  await manyTurns();
  expect(closing.account.clock.now()).toBe(stopped);
});

it('tasks that execute each other leave time, sockets and timers room', async () => {
  await bakery.sql('CREATE TASK tick OVERLAP_POLICY = ALLOW_ALL_OVERLAP AS SELECT 1');
  await bakery.sql('CREATE TASK tock OVERLAP_POLICY = ALLOW_ALL_OVERLAP AS EXECUTE TASK tick');
  await bakery.sql('ALTER TASK tick MODIFY AS EXECUTE TASK tock');
  await bakery.sql('EXECUTE TASK tick');
  await bakery.pass(1);
  expect(await bakery.sql('SELECT SYSTEM$LOCAL_NOW()')).toEqual([['2026-03-01 00:01:00']]);
  expect((await bakery.history()).slice(0, 3)).toEqual([
    ...['00:00 TICK SUCCEEDED', '00:00 TOCK SUCCEEDED', '00:00 TICK SUCCEEDED'],
  ]);
});
