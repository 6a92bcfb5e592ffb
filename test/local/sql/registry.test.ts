import { define } from '../../../src/local/sql/functions/registry';
import { FUNCTIONS } from '../../../src/local/sql/functions/all';

it('a function that is defined twice is an error: which one counts would depend on the order of imports', () => {
  const before = FUNCTIONS.get('UPPER');
  expect(() => define('UPPER', 1, ([text]) => text!)).toThrow('the local function UPPER is defined twice');
  expect(FUNCTIONS.get('UPPER')).toBe(before);
});
