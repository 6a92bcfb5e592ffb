/** Random hostile configs: texts that try to leave their place, and values that are no plain data, anywhere. */
import type { Config } from '../../src/config/types';
import { CONFIGS, HOSTILE } from './configs';
import { firstDifference, outcomeOf, placesIn, sqlOf, withText, type Path, type Place } from './check';

/** mulberry32: the same numbers for the same seed, on every machine. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Random = () => number;

function one<T>(list: readonly T[], random: Random): T {
  return list[Math.floor(random() * list.length)]!;
}

const PIECES = ["'", '"', '\\', '$', '$$', '&', '<%', '{{', '{%', '--', '/*', ';', '\n', '\t', '\0', ' ', 'a', 'B', '_', '.', '+', ':x', '?', '`', '|', '<b>', 'é', '🥐', '\u202e', '%', '#', '@', '(', ')', ',', '0', 'x41']; // prettier-ignore

function hostileText(random: Random): string {
  if (random() < 0.3) return one(HOSTILE, random);
  const text = Array.from({ length: 1 + Math.floor(random() * 8) }, () => one(PIECES, random)).join('');
  return random() < 0.4 ? `"${text.replaceAll('"', '""')}"` : text;
}

/** What is no text, or nothing that JSON knows. */
function junk(random: Random): unknown {
  const cyclic: unknown[] = [];
  cyclic.push(cyclic);
  const thrower = { get x(): never { throw new Error('no'); } }; // prettier-ignore
  return one<unknown>(
    [
      ...[null, undefined, true, 0, -1, 1.5, 1e21, 1e-9, Number.NaN, Infinity, -0, 10n, Symbol('s'), () => 1, [], {}],
      ...[[[]], [null], new Date(0), new Map(), new Set([1]), /x/, new Error('x'), Promise.resolve(1), cyclic, thrower],
      ...[Object.create({ a: 1 }), JSON.parse('{"__proto__": {"a": 1}}'), { kind: 'cron' }, { toString: 1 }, 'x', ['x']],
      ...[new Proxy({}, { ownKeys: () => { throw new Error('no'); } }), new Proxy([], {}), Object.assign([1], { a: 1 })],
    ],
    random,
  ); // prettier-ignore
}

/** Every place of a value, inner ones too. */
function allPaths(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, each]) => allPaths(each, [...path, Array.isArray(value) ? Number(key) : key])); // prettier-ignore
  return [path, ...inner];
}

function withValue(value: unknown, [key, ...rest]: Path, replacement: unknown): unknown {
  if (key === undefined) return replacement;
  if (Array.isArray(value)) return value.map((each: unknown, at) => (at === key ? withValue(each, rest, replacement) : each)); // prettier-ignore
  return {
    ...(value as object),
    [key]: withValue((value as Record<string, unknown>)[key], rest, replacement),
  };
}

export interface Tried {
  kind: 'refused' | 'taken';
  /** What is wrong with the product's answer; `null` for nothing. */
  fault: string | null;
}

export interface Base {
  config: Config;
  places: Place[];
  paths: Path[];
  sql: string[];
}

export function bases(): Base[] {
  return CONFIGS.map((config) => {
    const outcome = outcomeOf(config);
    if ('refused' in outcome) throw outcome.refused;
    const places = placesIn(config).filter(({ path }) => path.at(-1) !== 'project');
    return { config, places, paths: allPaths(config), sql: sqlOf(outcome.rendered) };
  });
}

export function tryOne(seed: number, from: readonly Base[]): Tried {
  const random = randomOf(seed);
  const base = one(from, random);
  const isJunk = random() < 0.4;
  const place = one(base.places, random);
  // A key such as 7 comes first in every object, so it moves what stands there: other SQL, rightly.
  const text = hostileText(random).replace(/^\d+$/, (digits) => (place.isKey ? `k${digits}` : digits));
  // A blank ends a term, and a comma makes two of it: other SQL, rightly.
  const isTerms = ['select', 'exclude'].includes(String(place.path.at(-2)));
  const config = isJunk
    ? withValue(base.config, one(base.paths, random), junk(random))
    : withText(base.config, place, isTerms ? text.replace(/[\s,]+/g, '') : text);
  try {
    const outcome = outcomeOf(config);
    if ('refused' in outcome) {
      const lost = outcome.refused.problems.filter(({ where }) => where === '');
      // Of the whole config there is no path.
      return { kind: 'refused', fault: lost.length === 0 || isJunk ? null : `no path: ${lost[0]?.message}` };
    }
    const sql = sqlOf(outcome.rendered);
    if (isJunk) return { kind: 'taken', fault: null };
    if (sql.length !== base.sql.length) return { kind: 'taken', fault: 'another number of statements' };
    const differences = sql.flatMap((each, at) => firstDifference(each, base.sql[at]!) ?? []);
    return { kind: 'taken', fault: differences[0] ?? null };
  } catch (error) {
    return { kind: 'taken', fault: `internal: ${(error as Error).stack ?? String(error)}` };
  }
}
