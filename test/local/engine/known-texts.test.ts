import fc from '../../properties';
import { openDuck, type Duck, type DuckConnection } from '../../../src/local/engine/duck';
import { KnownTexts } from '../../../src/local/engine/known-texts';
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

const known = (): KnownTexts => new KnownTexts(new Map([[WORK, { column: 'r1."KIND"', table: 'loaves' }]]));
const bake = (...kinds: (string | null)[]): Promise<unknown> =>
  connection.raw.run(
    `INSERT INTO loaves VALUES ${kinds.map((kind) => `(${kind === null ? 'NULL' : quoteLiteral(kind)})`).join(', ')}`,
  );
const made = async (sql: string): Promise<unknown> => (await connection.raw.run(sql)).getRows();

it('the few texts that a column holds stand in the plan with what is made of them', async () => {
  await bake('Rye', 'Spelt', 'Rye', null);
  expect(await known().writtenInto(QUERY, connection)).toContain(
    `(CASE r1."KIND" WHEN 'Rye' THEN 'ry' WHEN 'Spelt' THEN 'splt' ELSE ${WORK} END)`,
  );
});

it('a column of many texts, and an empty one, are left as they are', async () => {
  expect(await known().writtenInto(QUERY, connection)).toBe(QUERY);
  await bake('a', 'b', 'c', 'd', 'e', 'f', 'g');
  expect(await known().writtenInto(QUERY, connection)).toBe(QUERY);
});

it('texts that come later are found after a while', async () => {
  await bake('Rye');
  const texts = known();
  for (let execution = 1; execution < 20; execution += 1) {
    expect(await texts.writtenInto(QUERY, connection)).not.toContain('Spelt');
    if (execution === 1) await bake('Spelt');
  }
  expect(await texts.writtenInto(QUERY, connection)).toContain("WHEN 'Spelt' THEN 'splt'");
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
      const written = await known().writtenInto(QUERY, connection);
      await bake(...after);
      expect(await made(written)).toEqual(await made(QUERY));
    }),
    { numRuns: 100 },
  );
});
