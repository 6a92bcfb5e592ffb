import fc from '../properties';
import { isRetryUnit, normaliseSelection, selectTerms } from '../../src/model/selection';

describe('normaliseSelection', () => {
  it.each([
    [null, ''],
    [undefined, ''],
    ['', ''],
    ['  ', ''],
    ['all', ''],
    ['ALL', ''],
    ['tag:b tag:a', 'tag:a,tag:b'],
    ['tag:b,tag:a', 'tag:a,tag:b'],
    [' tag:a ,\n tag:b ', 'tag:a,tag:b'],
    ['a b a', 'a,a,b'],
    ['B a', 'B,a'],
    ['all a', 'a,all'],
  ])('makes %j into %j', (selection, normalised) => {
    expect(normaliseSelection(selection)).toBe(normalised);
  });

  it('does not change what is normalised, nor tell orders and separators apart', () => {
    const word = fc.stringMatching(/^[a-z0-9_:+.]{1,8}$/);
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1 }),
        fc.constantFrom(' ', ',', ' , ', '\n'),
        (words, separator) => {
          const once = normaliseSelection(words.join(separator));
          expect(normaliseSelection(once)).toBe(once);
          expect(normaliseSelection([...words].reverse().join(' '))).toBe(once);
        },
      ),
    );
  });
});

it('splits the entries of select at white space', () => {
  expect(selectTerms(['tag:a  tag:b,path:x', ' c '])).toEqual(['tag:a', 'tag:b,path:x', 'c']);
});

it.each([
  ['a+', true],
  ['9_a.b-c+', true],
  ['fqn:a+', false],
  ['a', false],
  ['+a+', false],
  ['-a+', false],
  ['a+,tag:b', false],
  ['+', false],
  ['ä+', false],
])('says of %s whether a retry names nodes so: %s', (term, expected) => {
  expect(isRetryUnit(term)).toBe(expected);
});
