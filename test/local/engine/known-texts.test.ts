import fc from '../../properties';
import { openDuck, type Duck, type DuckConnection } from '../../../src/local/engine/duck';
import { fromDuckError } from '../../../src/local/engine/duck-errors';
import { KnownTexts } from '../../../src/local/engine/known-texts';
import { SnowflakeError } from '../../../src/local/errors';
import { quoteLiteral } from '../../../src/local/sql/duck-text';

const WORK = `regexp_replace(lower(r1."KIND"), '[aeiou]', '')`;
const QUERY = `SELECT ${WORK} AS made FROM loaves AS r1 ORDER BY r1.rowid`;

let duck: Duck;
let connection: DuckConnection;
beforeEach(async () => {
  duck = await openDuck(undefined);
  connection = await duck.borrow();
  await connection.raw.run('CREATE TABLE loaves ("KIND" VARCHAR)');
});
afterEach(() => duck.close());

const known = (isCostly = true): KnownTexts =>
  new KnownTexts(new Map([[WORK, { column: 'r1."KIND"', table: 'loaves', isCostly }]]));
const bake = (...kinds: (string | null)[]): Promise<unknown> =>
  connection.raw.run(
    `INSERT INTO loaves VALUES ${kinds.map((kind) => `(${kind === null ? 'NULL' : quoteLiteral(kind)})`).join(', ')}`,
  );
/** What ends it, as the engine has it. */
const failing = async (sql: string): Promise<unknown> =>
  connection.raw.run(sql).then(() => undefined, fromDuckError);
const made = async (sql: string): Promise<unknown> => (await connection.raw.run(sql)).getRows();

it('the few texts that a column holds stand in the plan with what is made of them, and so does NULL', async () => {
  await bake('Rye', 'Spelt', 'Rye', null);
  expect(await known().writtenInto(QUERY, connection)).toContain(
    `(CASE WHEN r1."KIND" = 'Rye' THEN 'ry' WHEN r1."KIND" = 'Spelt' THEN 'splt' WHEN r1."KIND" IS NULL THEN NULL ELSE error(`,
  );
});

it('cheap work is written down for a statement that comes back often', async () => {
  await bake('Rye');
  const texts = known(false);
  for (let execution = 1; execution < 20; execution += 1)
    expect(await texts.writtenInto(QUERY, connection)).toBe(QUERY);
  expect(await texts.writtenInto(QUERY, connection)).toContain("= 'Rye' THEN 'ry'");
});

it('a column of many texts, and an empty one, are left as they are', async () => {
  expect(await known().writtenInto(QUERY, connection)).toBe(QUERY);
  await bake('a', 'b', 'c', 'd', 'e', 'f', 'g');
  expect(await known().writtenInto(QUERY, connection)).toBe(QUERY);
});

it('a text that is new ends the statement, which then knows it, and those that it knew', async () => {
  await bake('Rye');
  const texts = known();
  const written = await texts.writtenInto(QUERY, connection);
  await bake('Spelt');
  await connection.raw.run(`DELETE FROM loaves WHERE "KIND" = 'Rye'`);
  expect(texts.miss(await failing(written))).toBe(true);
  const again = await texts.writtenInto(QUERY, connection);
  await bake('Rye');
  expect(await made(again)).toEqual([['splt'], ['ry']]);
});

it('a statement that meets new texts again and again is left as it is', async () => {
  await bake('Rye');
  const texts = known();
  let misses = 0;
  for (let n = 1; n < 40; n += 1) {
    const written = await texts.writtenInto(QUERY, connection);
    await connection.raw.run(`UPDATE loaves SET "KIND" = 'loaf ${n % 5}'`);
    if (written !== QUERY && texts.miss(await failing(written))) misses += 1;
  }
  expect(misses).toBeLessThan(6);
  await connection.raw.run(`UPDATE loaves SET "KIND" = 'loaf 7'`);
  await connection.raw.run(`INSERT INTO loaves VALUES ('loaf 8')`);
  const written = await texts.writtenInto(QUERY, connection);
  if (written !== QUERY) texts.miss(await failing(written));
  expect(await texts.writtenInto(QUERY, connection)).toBe(QUERY);
});

it('no other error is taken for a new text', () => {
  expect(known().miss(new SnowflakeError('100038', '22018', "Numeric value 'a' is not recognized"))).toBe(
    false,
  );
  expect(known().miss(new Error('SF:000000:00000:'))).toBe(false);
});

it('what is written gives what the work gives, of texts that were there and that were not', async () => {
  const kinds = fc.array(
    fc.option(fc.oneof(fc.string(), fc.constantFrom("'", "Rye' THEN", '$1', '\0', ''))),
    {
      minLength: 1,
      maxLength: 9,
    },
  );
  await fc.assert(
    fc.asyncProperty(kinds, kinds, async (before, after) => {
      await connection.raw.run('DELETE FROM loaves');
      await bake(...before);
      const texts = known();
      const written = await texts.writtenInto(QUERY, connection);
      await bake(...after);
      const right = await made(QUERY);
      if (texts.miss(await failing(written)))
        expect(await made(await texts.writtenInto(QUERY, connection))).toEqual(right);
      else expect(await made(written)).toEqual(right);
    }),
    { numRuns: 100 },
  );
});
