import { keyOf, qualify, showIdentifier } from '../../../src/local/catalog/names';
import { splitName } from '../../../src/local/sql/token-reader';

describe('names', () => {
  const session = { database: 'BAKERY', schema: 'PUBLIC' };

  it('take what they lack from the session', () => {
    expect(qualify(['T'], session)).toEqual({ database: 'BAKERY', schema: 'PUBLIC', name: 'T' });
    expect(qualify(['S', 'T'], session)).toEqual({ database: 'BAKERY', schema: 'S', name: 'T' });
    expect(qualify(['D', 'S', 'T'], { database: undefined, schema: undefined })).toEqual({
      database: 'D',
      schema: 'S',
      name: 'T',
    });
  });

  it('need a current database and schema, and have three parts at most', () => {
    expect(() => qualify(['T'], { database: undefined, schema: undefined })).toThrow(
      /does not have a current database/,
    );
    expect(() => qualify(['T'], { database: 'D', schema: undefined })).toThrow(
      /does not have a current schema/,
    );
    expect(() => qualify(['A', 'B', 'C', 'D'], session)).toThrow(/invalid identifier/);
  });

  it('are shown in quotes only where they have to be', () => {
    expect(['LOAVES', '_A1$', 'Loaves', 'a"b', '1A', 'GROUP BY'].map(showIdentifier)).toEqual([
      'LOAVES',
      '_A1$',
      '"Loaves"',
      '"a""b"',
      '"1A"',
      '"GROUP BY"',
    ]);
    expect(keyOf({ database: 'D', schema: 's', name: 'T' })).toBe('D."s".T');
  });

  it('given as text are folded part by part', () => {
    expect(splitName('edw."My Schema"."a""b"')).toEqual(['EDW', 'My Schema', 'a"b']);
  });
});
