/** Worlds for fast-check: small DAGs, up to a dozen runs, times that reach the age rules now and then. */
import fc from '../../properties';
import type { World, WorldEvent } from './world';

const gap = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 45, max: 180 }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 40 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1380, max: 1500 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 120, 1440) },
);

const someOf = (size: number): fc.Arbitrary<number[]> =>
  fc.subarray(Array.from({ length: size }, (_, index) => index));

const rarely = <T>(arbitrary: fc.Arbitrary<T>, others: number): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: others, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });

const anEvent = (size: number): fc.Arbitrary<WorldEvent> =>
  fc.record({
    kind: fc.oneof(
      { weight: 8, arbitrary: fc.constant('call' as const) },
      { weight: 5, arbitrary: fc.constantFrom('full' as const, 'hourly' as const, 'rerun' as const) },
      { weight: 2, arbitrary: fc.constantFrom('one node' as const, 'dbt test' as const, 'in dev' as const) },
    ),
    gap,
    takes: fc.integer({ min: 0, max: 44 }),
    failing: fc.oneof(
      { weight: 2, arbitrary: fc.constant<number[]>([]) },
      { weight: 2, arbitrary: someOf(size) },
      { weight: 6, arbitrary: fc.integer({ min: 0, max: size - 1 }).map((node) => [node]) },
    ),
    killedAfter: rarely(fc.integer({ min: 0, max: size }), 9),
    node: fc.nat({ max: 20 }),
    spoiled: rarely(fc.constant(true), 9).map((spoiled) => spoiled ?? false),
  });

export const worlds: fc.Arbitrary<World> = fc.integer({ min: 3, max: 7 }).chain((size) =>
  fc.record({
    project: fc.constant('bakery'),
    parents: fc.tuple(
      ...Array.from({ length: size }, (_, index) =>
        index === 0
          ? fc.constant<number[]>([])
          : fc.uniqueArray(fc.integer({ min: 0, max: index - 1 }), { maxLength: Math.min(2, index) }),
      ),
    ),
    tests: someOf(size).chain((nodes) => fc.subarray(nodes, { maxLength: Math.min(1, nodes.length) })),
    merged: someOf(size),
    unsafe: rarely(fc.nat({ max: size - 1 }), 19),
    hooks: fc.constantFrom('results' as const, 'results' as const, 'successes' as const),
    policy: fc.record({
      maxAttempts: fc.integer({ min: 1, max: 3 }),
      maxAgeHours: fc.constantFrom(2, 24, 24, 24),
      onRunInProgress: fc.constantFrom('skip' as const, 'run' as const, 'run' as const),
      onTestFailure: fc.constantFrom('rebuild-parent' as const, 'rebuild-parent' as const, 'retest' as const),
      maxSelectorLength: fc.constantFrom(500, 500, 500, 10),
    }),
    events: fc.array(anEvent(size), { minLength: 1, maxLength: 12, size: 'max' }),
    wait: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 45, max: 119 }) },
      { weight: 4, arbitrary: fc.integer({ min: 120, max: 600 }) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 44 }) },
      { weight: 1, arbitrary: fc.integer({ min: 1380, max: 1500 }) },
    ),
  }),
);
