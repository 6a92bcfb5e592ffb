/**
 * Untrusted value -> config of the right shape, and every problem of the shape. What is wrong is left out of the
 * returned config, so that the checks that follow can go on and report theirs in the same breath.
 */
import { configSchema } from './schema';
import { didYouMean } from './nearest';
import { plainData } from './plain-data';
import { showValue, type FoundProblem } from './problems';
import type { Config } from './types';

type Key = string | number;
type Issue = { code?: string; path: PropertyKey[]; message: string } & Record<string, unknown>;

export interface Shaped {
  config: Config;
  /** All that was written, of the right shape or not: its order is that of the problems. */
  order: unknown;
  found: FoundProblem[];
}

export function checkShape(config: unknown): Shaped {
  const { value, order, found } = plainData(config);
  let rest = value;
  for (;;) {
    const result = configSchema.safeParse(rest);
    if (result.success) return { config: result.data as Config, order, found };
    const issues = (result.error.issues as unknown as Issue[]).flatMap((issue) => deepest(issue, rest));
    const earlier = [...found];
    for (const issue of issues) {
      // Beyond the first round, what is missing was left out here.
      const isOurs =
        issue.code !== 'unrecognized_keys' && earlier.some(({ path }) => isWithin(path, issue.path));
      if (!isOurs) found.push(...problemsOf(issue, rest));
    }
    const shrunk = issues.reduce((left, issue) => without(left, issue), rest);
    if (!isConfigLike(shrunk)) return { config: { deployments: {} }, order, found };
    rest = shrunk;
  }
}

function isConfigLike(value: unknown): boolean {
  return typeof value === 'object' && value !== null && typeof (value as Config).deployments === 'object';
}

function isWithin(path: readonly PropertyKey[], start: readonly PropertyKey[]): boolean {
  return start.every((part, index) => path[index] === part);
}

/** The issue of the branch that was meant, where a value may have several forms. */
function deepest(issue: Issue, value: unknown): Issue[] {
  const branches = issue.code === 'invalid_union' ? (issue['errors'] as Issue[][]) : [];
  if (branches.length === 0) return [issue];
  const actual = valueAt(value, issue.path);
  const isObject = typeof actual === 'object' && actual !== null;
  const wanted = branches.find(
    (branch) => !branch.some((inner) => inner.path.length === 0 && rejectsType(inner, isObject)),
  );
  return (wanted ?? branches[0] ?? []).map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

function rejectsType(issue: Issue, isObject: boolean): boolean {
  return isObject ? issue.code !== 'unrecognized_keys' : issue['expected'] === 'object';
}

function problemsOf(issue: Issue, value: unknown): FoundProblem[] {
  const path = issue.path as Key[];
  const actual = valueAt(value, path);
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(path, value);
    return (issue['keys'] as string[]).map((key) => ({
      path: [...path, key],
      message: `there is no option ${showValue(key)}`,
      hint: didYouMean(key, known),
    }));
  }
  const hint = HINTS.get(String(path.at(-1)));
  if (actual === undefined) return [{ path, message: 'it is missing', hint }];
  if (issue.code === 'invalid_value' || issue['discriminator'] !== undefined) {
    const words = ((issue['values'] ?? issue['options']) as unknown[]).map(String);
    return [
      {
        path,
        message: `${showValue(actual)} is not one of ${words.join(', ')}`,
        hint: didYouMean(typeof actual === 'string' ? actual : '', words),
      },
    ];
  }
  const expected = TYPES[String(issue['expected'])] ?? 'of that kind';
  return [{ path, message: `${showValue(actual)} is not ${expected}`, hint }];
}

const TYPES: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  nan: 'a number',
};

/** What to write, by the name of the option. */
const HINTS: ReadonlyMap<string, string> = new Map([
  ['app', "a name for this repository: 'acme-finance'"],
  ['environments', "['dev', 'prod']"],
  ['deployments', 'defineConfig({ deployments: { <name>: { ... } } })'],
  ['database', 'the database that holds procedure, view and tasks'],
  ['schema', 'the schema that holds procedure, view and tasks'],
  ['state', "auditTables({ layout: 'o2c' }) or executionHistory()"],
  ['runner', "executeDbtProject({ object: '...' }) or procedureRunner('...')"],
  ['tasks', 'tasks: { <NAME>: { job, schedule } }'],
  ['project', 'the name in dbt_project.yml'],
  ['layout', 'o2c, elementary, dbt_artifacts, or your own tables and columns'],
  ['schedule', "cron('0 6 * * *', 'UTC') or every('15 minutes')"],
  ['run', "dbt('<project>', { command: 'test' })"],
  ['timeout', "'4 hours', '90 minutes' or '30 seconds'"],
  ['kind', 'build it with the function of that name: cron, every, auditTables, executionHistory, ...'],
]);

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, key)
        ? (at as Record<PropertyKey, unknown>)[key]
        : undefined,
    value,
  );
}

/** The value without what the issue is about: the unknown keys, the wrong value, or what lacks a required one. */
function without(value: unknown, issue: Issue): unknown {
  if (issue.code === 'unrecognized_keys') {
    return (issue['keys'] as string[]).reduce((left, key) => remove(left, [...issue.path, key]), value);
  }
  if (issue.path.length === 3 && Object.hasOwn(STAND_INS, String(issue.path[2]))) {
    return replace(value, issue.path, STAND_INS[String(issue.path[2])]);
  }
  const present = valueAt(value, issue.path) !== undefined;
  return remove(value, present ? issue.path : issue.path.slice(0, -1));
}

/** What stands for a deployment's required parts that are wrong, so that its other parts are checked all the same. */
const STAND_INS: Record<string, unknown> = {
  database: 'STAND_IN',
  schema: 'STAND_IN',
  state: { kind: 'audit-tables', layout: 'o2c' },
  runner: { kind: 'procedure', procedure: 'SYSTEM$STAND_IN' },
  tasks: {},
};

function replace(value: unknown, path: readonly PropertyKey[], by: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return by;
  const inside = value as Record<PropertyKey, unknown>;
  return { ...inside, [key]: replace(inside[key], rest, by) };
}

function remove(value: unknown, path: readonly PropertyKey[]): unknown {
  const [key, ...rest] = path;
  if (key === undefined || typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) {
    // Emptied rather than shortened: later problems name entries by their place.
    return rest.length === 0
      ? []
      : value.map((inner: unknown, index) => (index === key ? remove(inner, rest) : inner));
  }
  const copy: Record<PropertyKey, unknown> = { ...value };
  const left = rest.length === 0 ? undefined : remove(copy[key], rest);
  if (left === undefined) delete copy[key];
  else copy[key] = left;
  return copy;
}

/** The keys that the schema knows at a path of the value. */
function keysAt(path: readonly Key[], value: unknown): string[] {
  let schema: unknown = configSchema;
  path.forEach((key, index) => {
    schema = step(schema, key, valueAt(value, path.slice(0, index)));
  });
  return Object.keys(definition(unwrap(schema, valueAt(value, path)))?.shape ?? {});
}

interface Definition {
  type: string;
  shape?: Record<string, unknown>;
  innerType?: unknown;
  valueType?: unknown;
  element?: unknown;
  options?: unknown[];
}

function definition(schema: unknown): Definition | undefined {
  return (schema as { _zod?: { def: Definition } } | undefined)?._zod?.def;
}

/** Optional values and alternatives taken off, by what the value says it is. */
function unwrap(schema: unknown, value: unknown): unknown {
  const def = definition(schema);
  if (def?.type === 'optional') return unwrap(def.innerType, value);
  if (def?.type !== 'union') return schema;
  const kind = (value as { kind?: string } | undefined)?.kind;
  return def.options?.find((candidate) => {
    const shape = definition(candidate)?.shape;
    if (shape === undefined) return false;
    const literal = definition(shape['kind']) as { values?: unknown[] } | undefined;
    return literal === undefined || literal.values?.[0] === kind;
  });
}

function step(schema: unknown, key: Key, value: unknown): unknown {
  const def = definition(unwrap(schema, value));
  return def?.shape?.[key] ?? def?.valueType ?? def?.element;
}
