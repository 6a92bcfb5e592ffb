/** A small count of what `make bench` tries twenty thousand times (bench/hostile.cjs). */
import { bases, tryOne } from './random';

it('no random hostile config gets a value out of its place, an internal error, or a refusal without its path', () => {
  const from = bases();
  const tried = Array.from({ length: 400 }, (_, seed) => ({ seed, ...tryOne(seed, from) }));
  expect(tried.filter(({ fault }) => fault !== null)).toEqual([]);
  const taken = tried.filter(({ kind }) => kind === 'taken').length;
  // Both have to come, or one of the two is not tried.
  expect(taken).toBeGreaterThan(40);
  expect(taken).toBeLessThan(360);
});
