import fc from '../../properties';
import { boolean, integer, text, timestampNtz, type TypedValue } from '../../../src/local/values';
import { openBakery, type Local } from '../sql/local';

let bakery: Local;
beforeAll(async () => {
  bakery = await openBakery();
  await bakery.session.execute('CREATE TABLE LOAVES (KIND VARCHAR)');
});
afterAll(async () => bakery.close());

/** Asked again with the same values after a change, a query runs with the values in its text. */
async function askedTwice(sql: string, binds: readonly TypedValue[]): Promise<[unknown, unknown]> {
  const ask = async (): Promise<unknown> => {
    await bakery.session.execute("INSERT INTO LOAVES VALUES ('rye')");
    const { columns, rows } = await bakery.session.execute(sql, binds);
    return { columns, row: rows[0] };
  };
  return [await ask(), await ask()];
}

const EVERY = 'SELECT ?, ?, ?, ?, TYPEOF(?::VARIANT), ? || \'$1 "$2"\' FROM LOAVES LIMIT 1';

it('a query that comes back with the same values gives the same answer with the values in its text', async () => {
  const values = fc.tuple(
    fc.option(fc.oneof(fc.string(), fc.constantFrom("'; DROP", '$1', '\\', '"', '\0a', '🍞', 'a\nb'))),
    fc.option(fc.integer()),
    fc.option(fc.boolean()),
    fc.option(fc.bigInt(-62_135_596_800_000_000n, 253_402_300_799_999_999n)),
  );
  await fc.assert(
    fc.asyncProperty(values, async ([kind, pieces, sweet, baked]) => {
      const binds = [
        text(kind),
        integer(pieces),
        boolean(sweet),
        timestampNtz(baked),
        text(kind),
        text(kind),
      ];
      const [first, second] = await askedTwice(EVERY, binds);
      expect(second).toEqual(first);
    }),
    { numRuns: 150 },
  );
});

it('values of other types are bound as before', async () => {
  const sql = 'SELECT ?, ? FROM LOAVES LIMIT 1';
  const binds: TypedValue[] = [
    { type: { kind: 'FLOAT' }, value: 0.1 },
    { type: { kind: 'NUMBER', precision: 10, scale: 2 }, value: '12.50' },
  ];
  const [first, second] = await askedTwice(sql, binds);
  expect(second).toEqual(first);
});
