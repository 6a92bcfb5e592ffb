import { ALL_MACROS, macroNames, macrosFor } from '../../../src/local/sql/macros';
import { openBakery } from '../sql/local';

const nameOf = (definition: string): string => /^\w+/.exec(definition)![0];

describe('the macros of a connection', () => {
  it('come before those that use them, each once', () => {
    const defined = new Set<string>();
    for (const definition of macrosFor(ALL_MACROS, new Set())) {
      const [own, ...used] = macroNames(definition);
      expect([own, used.filter((name) => !defined.has(name) && ALL_MACROS.includes(name))]).toEqual([
        own,
        [],
      ]);
      expect(defined.has(own!)).toBe(false);
      defined.add(own!);
    }
    expect([...defined].sort()).toEqual([...ALL_MACROS].sort());
  });

  it('are only those that a text needs and that are not there yet', () => {
    const known = new Set<string>();
    expect(macrosFor(macroNames("SELECT sf_array_text(sf_list(x), ',')"), known).map(nameOf)).toEqual([
      'sf_kept',
      'sf_list',
      'sf_array_text',
    ]);
    expect(macrosFor(['sf_list'], known)).toEqual([]);
  });

  it('are still there when the transaction in which they were first needed is undone', async () => {
    const bakery = await openBakery();
    await bakery.session.execute('BEGIN');
    expect(await bakery.value("SOUNDEX('Bread')")).toBe('B630');
    await bakery.session.execute('ROLLBACK');
    expect(await bakery.value("SOUNDEX('Loaf')")).toBe('L100');
    await bakery.close();
  });
});
