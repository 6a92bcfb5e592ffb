import fc from '../../properties';
import { openDuck, type Duck } from '../../../src/local/engine/duck';
import { KeptPlans } from '../../../src/local/engine/kept-plans';
import { text, type TypedValue } from '../../../src/local/values';
import { openBakery, type Local } from '../sql/local';

/** Shapes that a planner is tempted to answer from what it knows of the data at the time. */
const QUERIES = [
  "SELECT COUNT(*) FROM LOAVES WHERE KIND = 'rye'",
  "SELECT COUNT(*) FROM LOAVES WHERE KIND = 'spelt' AND PIECES > 5",
  'SELECT COUNT(*), COUNT(KIND), MIN(PIECES), MAX(PIECES) FROM LOAVES',
  'SELECT COUNT(*) FROM LOAVES WHERE KIND IS NULL',
  "SELECT COALESCE(KIND, 'none') AS K, COUNT(*) FROM LOAVES GROUP BY K ORDER BY K",
  'SELECT SUM(PIECES) FROM LOAVES WHERE PIECES BETWEEN 3 AND 40',
  'SELECT PIECES, KIND FROM LOAVES ORDER BY PIECES DESC NULLS LAST, KIND LIMIT 3',
  'SELECT KIND, SUM(PIECES) OVER (PARTITION BY KIND ORDER BY PIECES) AS S FROM LOAVES ORDER BY 1, 2',
  'SELECT COUNT(*) FROM LOAVES A JOIN LOAVES B ON A.PIECES = B.PIECES',
  'SELECT COUNT(*) FROM LOAVES A LEFT JOIN SHELVES S ON S.KIND = A.KIND WHERE S.KIND IS NULL',
  'SELECT COUNT(*) FROM LOAVES WHERE KIND IN (SELECT KIND FROM SHELVES WHERE PLACE > 1)',
  "SELECT LISTAGG(ARRAY_TO_STRING(ARRAY_SORT(STRTOK_TO_ARRAY(COALESCE(KIND, ''), 'e,')), '|'), ';') WITHIN GROUP (ORDER BY KIND, PIECES) FROM LOAVES",
  "SELECT MAX(IFF(KIND = 'rye' AND REGEXP_REPLACE(ARRAY_TO_STRING(ARRAY_SORT(STRTOK_TO_ARRAY(COALESCE(KIND, ''), ',')), ','), '^rye$', '') = '', PIECES, NULL)) FROM (SELECT KIND, MAX(PIECES) AS PIECES FROM LOAVES GROUP BY 1)",
  'SELECT DISTINCT PIECES FROM LOAVES QUALIFY ROW_NUMBER() OVER (PARTITION BY PIECES ORDER BY KIND) = 1 ORDER BY 1',
];

const kind = fc.constantFrom("'rye'", "'spelt'", "'a,b'", 'NULL', "'pumpernickel, sliced'");
const pieces = fc.oneof(fc.integer({ min: -3, max: 60 }), fc.constantFrom(1_000_000_000_000));
const change: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(kind, pieces).map(([k, n]) => `INSERT INTO LOAVES VALUES (${k}, ${n})`),
  fc.tuple(kind, pieces).map(([k, n]) => `UPDATE LOAVES SET KIND = ${k} WHERE PIECES > ${n}`),
  pieces.map((n) => `DELETE FROM LOAVES WHERE PIECES < ${n}`),
  fc.tuple(kind, fc.integer({ min: 0, max: 3 })).map(([k, n]) => `INSERT INTO SHELVES VALUES (${k}, ${n})`),
  fc.constant('CREATE OR REPLACE TABLE CRUMBS (A NUMBER)'),
  fc.constant("SELECT SOUNDEX('a new macro')"),
);

let asked = 0;
/** The same query under a text that has no plan yet. */
const anew = (query: string): string =>
  query.startsWith('WITH ')
    ? query.replace('WITH ', `WITH ASKED AS (SELECT ${(asked += 1)} AS N), `)
    : `WITH ASKED AS (SELECT ${(asked += 1)} AS N) ${query}`;

let bakery: Local;
beforeEach(async () => {
  bakery = await openBakery();
});
afterEach(async () => bakery.close());

it('a query that comes back sees the data as they are, not as they were when it was first asked', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 3, maxLength: 10 }), async (changes) => {
      await bakery.session.execute('CREATE OR REPLACE TABLE LOAVES (KIND VARCHAR, PIECES NUMBER)');
      await bakery.session.execute('CREATE OR REPLACE TABLE SHELVES (KIND VARCHAR, PLACE NUMBER)');
      for (const sql of changes) {
        await bakery.session.execute(sql);
        for (const query of QUERIES) {
          const [kept, fresh] = [await bakery.rows(query), await bakery.rows(anew(query))];
          expect({ query, rows: kept }).toEqual({ query, rows: fresh });
        }
      }
    }),
    { numRuns: 12 },
  );
});

/** Shapes in which the clock stands: as a bound, in the list, grouped by, in a lambda, in a join, in a window. */
const CLOCKS = [
  'SELECT COUNT(*) FROM LOAVES WHERE BAKED >= DATEADD(minute, -90, SYSDATE())',
  'SELECT MAX(DATEDIFF(minute, BAKED, SYSDATE())), MIN(SYSDATE()) FROM LOAVES',
  "SELECT COUNT(*) FROM LOAVES WHERE BAKED >= DATEADD('day', -1, DATE_TRUNC('day', SYSDATE()))",
  'SELECT DATEDIFF(hour, BAKED, SYSDATE()) AS H, COUNT(*) FROM LOAVES GROUP BY DATEDIFF(hour, BAKED, SYSDATE()) ORDER BY 1',
  'SELECT DATEDIFF(hour, BAKED, SYSDATE()) AS H, COUNT(*) FROM LOAVES GROUP BY H HAVING MAX(BAKED) < SYSDATE() ORDER BY 1',
  'SELECT A.PIECES FROM LOAVES A LEFT JOIN LOAVES B ON B.PIECES = A.PIECES + 1 AND B.BAKED > DATEADD(hour, -2, SYSDATE()) WHERE B.PIECES IS NULL ORDER BY 1',
  'SELECT PIECES, ROW_NUMBER() OVER (PARTITION BY BAKED > DATEADD(hour, -1, SYSDATE()) ORDER BY PIECES) FROM LOAVES ORDER BY 1',
  "SELECT PIECES FROM LOAVES QUALIFY MAX(BAKED) OVER () < DATEADD('minute', -10, SYSDATE()) ORDER BY 1",
  'WITH A AS (SELECT * FROM LOAVES WHERE BAKED < SYSDATE()), B AS (SELECT MAX(PIECES) AS M FROM A) SELECT COUNT(*) FROM A, B WHERE A.PIECES < M',
];

it('a text that was not there in twenty-five executions is answered for when it comes', async () => {
  await bakery.session.execute('CREATE OR REPLACE TABLE LOAVES (KIND VARCHAR, PIECES NUMBER)');
  await bakery.session.execute("INSERT INTO LOAVES VALUES (' Rye ', 1)");
  const query =
    'SELECT UPPER(TRIM(KIND)) AS K, SUM(PIECES) AS N FROM LOAVES GROUP BY 1 ORDER BY 1 NULLS LAST';
  let last: unknown;
  for (let execution = 1; execution <= 25; execution += 1) {
    await bakery.session.execute('UPDATE LOAVES SET PIECES = PIECES + 1');
    last = await bakery.rows(query);
  }
  expect(last).toEqual([['RYE', '26']]);
  await bakery.session.execute("INSERT INTO LOAVES VALUES ('spelt', 2), (NULL, 3), ('stra\u00dfe', 4)");
  expect(await bakery.rows(query)).toEqual([
    ['RYE', '26'],
    ['SPELT', '2'],
    ['STRASSE', '4'],
    [null, '3'],
  ]);
});

it('a query that asks for the clock sees it as it is, whatever its plan was made for', async () => {
  await bakery.session.execute('CREATE TABLE LOAVES (BAKED TIMESTAMP_NTZ, PIECES NUMBER)');
  const { clock } = bakery.account;
  for (let round = 0; round < 12; round += 1) {
    if (round % 3 !== 2)
      await bakery.session.execute(
        `INSERT INTO LOAVES SELECT DATEADD(second, -${round}, SYSDATE()), ${round}`,
      );
    for (const query of CLOCKS) {
      const [kept, fresh] = [await bakery.rows(query), await bakery.rows(anew(query))];
      expect({ round, query, rows: kept }).toEqual({ round, query, rows: fresh });
    }
    clock.set(new Date(clock.nowDate().getTime() + 47 * 60 * 1000));
  }
});

it('a query that comes back with another text every time gives what it gives when it is new', async () => {
  await bakery.session.execute('CREATE TABLE LOAVES (ID VARCHAR, KIND VARCHAR)');
  const query = 'SELECT COUNT(*), MAX(KIND) FROM LOAVES WHERE ID = ? AND KIND <> ?';
  for (const id of ['a', "b'", '$1', '\\', 'e', '', '🍞', 'h', 'i', 'j']) {
    await bakery.session.execute("INSERT INTO LOAVES VALUES (?, 'rye'), (?, 'spelt'), ('other', 'rye')", [
      text(id),
      text(id),
    ]);
    const { rows } = await bakery.session.execute(query, [text(id), text('rye')]);
    expect({ id, rows }).toEqual({ id, rows: [[1, 'spelt']] });
  }
});

describe('the day in a kept plan', () => {
  const TODAY: TypedValue = { type: { kind: 'TIMESTAMP_NTZ' }, value: 1_795_219_200_000_000n };
  let duck: Duck;
  beforeEach(async () => {
    duck = await openDuck(undefined);
  });
  afterEach(() => duck.close());

  /** The text of the plan of a query over so many rows. */
  async function planOver(rows: number): Promise<string> {
    const connection = await duck.borrow();
    await connection.raw.run(`CREATE TABLE loaves AS SELECT range AS n FROM range(${rows})`);
    const plans = new KeptPlans({
      sql: 'SELECT count(*) FROM loaves WHERE $1 IS NOT NULL',
      columns: [],
      parameters: [{ from: 'session', value: 'utcToday', type: TODAY.type }],
      cacheable: true,
      tables: new Set(['loaves']),
    });
    await plans.planFor([TODAY], connection);
    return (await plans.planFor([TODAY], connection))!.sql;
  }

  it('is asked for over small tables, so that the plan lasts', async () => {
    expect(await planOver(122_880)).toContain('sf_asked_instant');
  });

  it('is written down over large ones, where DuckDB skips old rows by it', async () => {
    expect(await planOver(122_881)).toContain('make_timestamp(CAST(1795219200000000 AS BIGINT))');
  });
});
