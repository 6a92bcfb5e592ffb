/**
 * Whatever a config file exports -> a copy of plain data, and a problem for each part that is none. What is no JSON
 * value (a Date, a Map, an instance of a class) would become `{}`, text or nothing on the way to SQL, without a word.
 */
import { controlCharacter, halfCharacter } from './characters';
import { showValue, type FoundProblem, type Path } from './problems';

/** Deeper than any config; what nests further is a mistake, or an attack on the stack. */
const DEEPEST = 64;
/** More values than a config of ten thousand tasks has. Lists that name each other grow beyond all bounds. */
const MOST_VALUES = 500_000;

export interface PlainData {
  value: unknown;
  /** The same with `undefined` in the place of what is no plain data: where it stands among its neighbours. */
  order: unknown;
  found: FoundProblem[];
}

/** Nothing of the user's is changed. */
export function plainData(value: unknown): PlainData {
  const found: FoundProblem[] = [];
  const order = copy(value, [], { found, ancestors: new Set(), count: 0 });
  return { value: found.length === 0 ? order : withoutGaps(order), order, found };
}

function withoutGaps(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutGaps);
  if (typeof value !== 'object' || value === null) return value;
  const present = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(present.map(([key, inner]) => [key, withoutGaps(inner)]));
}

interface State {
  found: FoundProblem[];
  ancestors: Set<object>;
  count: number;
}

const NO_JSON = 'write texts, numbers, true or false, null, and lists and objects of them';

function copy(value: unknown, path: Path, state: State): unknown {
  const refuse = (message: string, hint?: string): undefined => {
    state.found.push({ path, message, hint });
    return undefined;
  };
  state.count += 1;
  if (state.count === MOST_VALUES) return refuse(`the config has more than ${MOST_VALUES} values`);
  if (state.count > MOST_VALUES) return undefined;
  if (typeof value === 'string') return readText(value, path, state);
  if (typeof value === 'function' || typeof value === 'bigint' || typeof value === 'symbol')
    return refuse(`${showValue(value)} is not a JSON value`, NO_JSON);
  if (typeof value !== 'object' || value === null) return value;
  if (state.ancestors.has(value)) return refuse('it contains itself', 'a config is a tree of plain values');
  if (path.length > DEEPEST) return refuse(`it is nested more than ${DEEPEST} levels deep`);
  state.ancestors.add(value);
  try {
    if (Array.isArray(value)) return copyList(value, path, state);
    if (isPlainObject(value)) return copyObject(value, path, state);
    return refuse(`${nameOfKind(value)} is not a JSON value`, hintFor(value));
  } catch (error) {
    return refuse(`it cannot be read: ${messageOf(error)}`, NO_JSON);
  } finally {
    state.ancestors.delete(value);
  }
}

function copyList(list: readonly unknown[], path: Path, state: State): unknown[] {
  const keys = Reflect.ownKeys(list).filter((key) => key !== 'length' && !isIndex(key));
  for (const key of keys) {
    const message = `a list has no key ${String(key)}`;
    state.found.push({ path: [...path, String(key)], message, hint: 'write an object instead' });
  }
  return Array.from({ length: list.length }, (_, index) => {
    const place = [...path, index];
    const inner = read(list, String(index), place, state);
    if (inner === undefined && state.count < MOST_VALUES && !isReported(place, state))
      state.found.push({ path: place, message: 'an entry of the list is undefined', hint: 'leave it out' });
    return inner;
  });
}

function copyObject(object: object, path: Path, state: State): Record<string, unknown> {
  // Without a prototype, so that a key called __proto__ is one as all others, to be refused by its name.
  const plain = Object.create(null) as Record<string, unknown>;
  for (const key of Reflect.ownKeys(object)) {
    if (!Object.prototype.propertyIsEnumerable.call(object, key)) continue;
    const place = [...path, String(key)];
    if (typeof key === 'symbol' || key === '__proto__') {
      const message = `${String(key)} cannot be a key`;
      state.found.push({ path: place, message, hint: 'use a plain name' });
      continue;
    }
    if (!readKey(key, place, state)) continue;
    const before = state.found.length;
    const inner = read(object, key, place, state);
    if (inner !== undefined || state.found.length > before) plain[key] = inner;
  }
  return { ...plain };
}

/** Through a getter too, which is called once. */
function read(from: object, key: string, path: Path, state: State): unknown {
  let value: unknown;
  try {
    value = (from as Record<string, unknown>)[key];
  } catch (error) {
    state.found.push({ path, message: `it cannot be read: ${messageOf(error)}`, hint: NO_JSON });
    return undefined;
  }
  return value === undefined ? undefined : copy(value, path, state);
}

function isReported(path: Path, { found }: State): boolean {
  return found.some((problem) => path.every((part, index) => problem.path[index] === part));
}

// ------------------------------------------------------------------------------------------------ kinds

/** By its prototype, of whatever realm: the config may have run in one of its own. A module's exports have none. */
function isPlainObject(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null) return true;
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'isPrototypeOf');
}

function nameOfKind(value: object): string {
  const { constructor } = value as { constructor?: { name?: unknown } };
  const name = typeof constructor?.name === 'string' ? constructor.name : '';
  if (name === '' || name === 'Object') return 'an object that inherits from another';
  return `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${showName(name)}`;
}

function showName(name: string): string {
  return /^\w{1,60}$/.test(name) ? name : 'instance of a class';
}

function hintFor(value: object): string {
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  if (tag === 'Date') return 'write its text: date.toISOString()';
  if (tag === 'Map') return 'write Object.fromEntries(map)';
  if (tag === 'Set') return 'write [...set]';
  if (tag === 'Promise') return 'await it: export default await ...';
  return NO_JSON;
}

function isIndex(key: string | symbol): boolean {
  return typeof key === 'string' && /^\d+$/.test(key);
}

function messageOf(error: unknown): string {
  try {
    return showValue(error instanceof Error ? error.message : String(error));
  } catch {
    return 'it throws';
  }
}

// ------------------------------------------------------------------------------------------------ texts

function readText(text: string, path: Path, state: State): string | undefined {
  const problem =
    halfCharacter(text) ?? (mayHoldAny(path) ? null : controlCharacter(text, mayBreakLines(path)));
  if (problem === null) return text;
  const hint = 'it would mean something else than it looks like: leave it out';
  state.found.push({ path, message: `${showValue(text)} holds ${problem}`, hint });
  return undefined;
}

function readKey(key: string, path: Path, state: State): boolean {
  const problem = halfCharacter(key) ?? (mayHoldAny(path) ? null : controlCharacter(key, false));
  if (problem === null) return true;
  state.found.push({ path, message: `the key ${showValue(key)} holds ${problem}`, hint: 'leave it out' });
  return false;
}

/** `--vars` are JSON, in which every character is escaped and read back the same. */
function mayHoldAny(path: Path): boolean {
  return path.some((key, at) => key === 'vars' && path[at - 1] === 'dbt' && at < path.length - 1);
}

/** Prose may have lines; selection terms are split at any white space. */
function mayBreakLines(path: Path): boolean {
  const [parent, last] = [path.at(-2), path.at(-1)];
  return last === 'comment' || ((parent === 'select' || parent === 'exclude') && typeof last === 'number');
}
