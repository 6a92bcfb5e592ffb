/** What a config exports is plain data, or a problem with its path: nothing is dropped or changed without a word. */
import { plainData } from '../../src/config/plain-data';
import { formatPath } from '../../src/config/problems';
import { bakery, problemsOf, problemsOfAll, resolved } from '../model/bakery';

function refusals(value: unknown): string[] {
  return plainData(value).found.map(({ path, message }) => `${formatPath(path)}: ${message}`);
}

function withVars(vars: unknown): unknown {
  return bakery({ jobs: { bread: { project: 'bakery', dbt: { vars: vars as never } } }, tasks: {} });
}

class Oven {
  heat = 220;
}

describe('what is no plain data', () => {
  const cyclic: Record<string, unknown> = {};
  cyclic['self'] = cyclic;
  const broken = {
    get heat(): number {
      throw new Error('the oven is cold');
    },
  };
  const broad = { get deep(): unknown { return broad; } }; // prettier-ignore

  it.each<[string, unknown, string]>([
    ['a Date', { v: new Date(0) }, 'v: a Date is not a JSON value'],
    ['a Map', { v: new Map([['a', 1]]) }, 'v: a Map is not a JSON value'],
    ['a Set', { v: new Set([1]) }, 'v: a Set is not a JSON value'],
    ['a regular expression', { v: /a/ }, 'v: a RegExp is not a JSON value'],
    ['a promise', { v: Promise.resolve(1) }, 'v: a Promise is not a JSON value'],
    ['bytes', { v: new Uint8Array(2) }, 'v: an Uint8Array is not a JSON value'],
    ['an instance of a class', { v: new Oven() }, 'v: an Oven is not a JSON value'],
    ['an Error', { v: new Error('x') }, 'v: an Error is not a JSON value'],
    ['a wrapped text', { v: new String('x') }, 'v: a String is not a JSON value'],
    ['what inherits', { v: Object.create({ a: 1 }) }, 'v: an object that inherits from another is not a JSON value'],
    ['a literal with __proto__', { v: { __proto__: { a: 1 } } }, 'v: an object that inherits from another is not a JSON value'],
    ['an own key __proto__', { v: JSON.parse('{"__proto__": {"a": 1}}') }, 'v.__proto__: __proto__ cannot be a key'],
    ['a key that is a symbol', { v: { [Symbol('a')]: 1 } }, 'v["Symbol(a)"]: Symbol(a) cannot be a key'],
    ['a function', { v: () => 1 }, 'v: a function is not a JSON value'],
    ['a big integer', { v: [1n] }, 'v[0]: 1 is not a JSON value'],
    ['a hole in a list', { v: [1, , 2] }, 'v[1]: an entry of the list is undefined'],
    ['a list with a key', { v: Object.assign([1], { a: 2 }) }, 'v.a: a list has no key a'],
    ['a cycle', cyclic, 'self: it contains itself'],
    ['a getter that throws', { v: broken }, 'v.heat: it cannot be read: "the oven is cold"'],
    ['a getter without end', broad, 'deep: it contains itself'],
    ['a revoked proxy', { v: revoked() }, 'v: it cannot be read: "Cannot perform \'IsArray\' on a proxy that has been revoked"'],
    ['half a character', { v: 'a\ud83e' }, 'v: "a\\ud83e" holds half a character, U+D83E'],
  ])('is refused with its path: %s', (_, value, problem) => {
    expect(refusals(value)).toEqual([problem]);
  }); // prettier-ignore

  it('is refused where nothing else would look: in the vars of a job', () => {
    expect(problemsOf(withVars({ from: new Date(0), of: { m: new Map() }, ok: [1, 'a', null] }))).toEqual([
      'jobs.bread.dbt.vars.from: a Date is not a JSON value',
      'jobs.bread.dbt.vars.of.m: a Map is not a JSON value',
    ]);
  });

  it('is refused as the whole config, and as all deployments', () => {
    expect(problemsOfAll(new Map())).toEqual([': a Map is not a JSON value']);
    expect(problemsOfAll({ deployments: new Map() })).toEqual(['deployments: a Map is not a JSON value']);
  });

  it('is refused when it nests without end, or is more than any config', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 10_000; level += 1) deep = [deep];
    expect(refusals(deep)).toHaveLength(1);
    expect(refusals(deep)[0]).toMatch(/^\[0\].*: it is nested more than 64 levels deep$/);
    let wide: unknown = [1];
    for (let level = 0; level < 30; level += 1) wide = [wide, wide];
    expect(refusals(wide).map((text) => text.replace(/^.*: /, ''))).toEqual([
      'the config has more than 500000 values',
    ]);
  });
});

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

describe('what is plain data', () => {
  it('is copied as it is, shared parts and null prototypes too', () => {
    const shared = { a: 1 };
    const bare = Object.assign(Object.create(null) as object, { b: [shared, shared] });
    expect(plainData({ bare, left: undefined, constructor: 'x', toString: 1 })).toMatchObject({
      value: { bare: { b: [{ a: 1 }, { a: 1 }] }, constructor: 'x', toString: 1 },
      found: [],
    });
  });

  it('may come from getters, which are read once, as those of a module are', () => {
    let reads = 0;
    const module = Object.defineProperty({}, 'jobs', { enumerable: true, get: () => (reads += 1) });
    expect(plainData(module)).toMatchObject({ value: { jobs: 1 }, found: [] });
    expect(reads).toBe(1);
  });

  it('may be named like what every object has', () => {
    const deployment = resolved(
      bakery({ jobs: { constructor: { project: 'bakery' }, toString: { project: 'pastry' } }, tasks: {} }),
    );
    expect(deployment.jobs.map(({ name }) => name)).toEqual(['constructor', 'toString']);
    expect(problemsOf({ ...bakery(), grants: { constructor: 5 } })).toEqual([
      'grants.constructor: 5 is not a list',
    ]);
  });
});

describe('characters that mean something else than they look like', () => {
  it.each([
    ['a line break', 'prod\n'],
    ['a tab', 'pr\tod'],
    ['the control character U+001B', '\u001b[31mprod'],
    ['the control character U+009B', '\u009b31mprod'],
    ['the invisible character U+200B', 'pr\u200bod'],
    ['the invisible character U+202E', 'pr\u202eod'],
    ['the invisible character U+2028', 'prod\u2028'],
    ['the invisible character U+FEFF', '\ufeffprod'],
  ])('are refused in values and keys: %s', (name, text) => {
    const [value, key] = refusals({ value: text, [text]: 1 });
    expect(value).toMatch(/^value: ".*" holds /);
    expect(value?.endsWith(`holds ${name}`)).toBe(true);
    expect(key?.endsWith(`holds ${name}`)).toBe(true);
    // Nor do they reach whoever reads the error.
    expect(`${value}${key}`).not.toMatch(/[^\x20-\x7e]/);
  });

  it('are refused in a schedule, which would be read as another', () => {
    const schedule = { kind: 'cron' as const, expression: '0 6 * * *\n', timeZone: 'UTC' };
    expect(problemsOf(bakery({ tasks: { BAKE: { job: 'bread', schedule } } }))).toEqual([
      'tasks.BAKE.schedule.expression: "0 6 * * *\\n" holds a line break',
    ]);
  });

  it('are allowed where every character has an escape, and lines in prose and selections', () => {
    expect(problemsOf(withVars({ note: 'a\u0007b\nc\u202e', 'k\ney': 1 }))).toEqual([]);
    const task = { run: { project: 'bakery', dbt: { select: ['a\n  b'] } }, schedule: { kind: 'cron' as const, expression: '0 6 * * *', timeZone: 'UTC' }, comment: 'bread\n\tand rolls' }; // prettier-ignore
    expect(problemsOf(bakery({ tasks: { BAKE: task } }))).toEqual([]);
  });
});
