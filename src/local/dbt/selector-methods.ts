/** What `method:value` matches. https://docs.getdbt.com/reference/node-selection/methods */
import { DbtError } from './args';
import type { DagNode, Graph } from './dag';

/** Status of each node in an earlier run, by unique id. */
export type PreviousResults = ReadonlyMap<string, string>;

type Match = (node: DagNode) => boolean;
/** Makes the test of one value; `config` is what stands behind the dots of `config.materialized`. */
type Method = (
  value: string,
  context: { config: readonly string[]; previous: PreviousResults | undefined; project: string },
) => Match;

export const METHODS: Readonly<Record<string, Method>> = {
  fqn: (value) => (node) =>
    node.resourceType !== 'source' && (matchesFqn(node.fqn, value) || matchesFqn(node.fqn.slice(1), value)),
  tag: (value) => {
    const matches = wildcard(value);
    return (node) => node.tags.some(matches);
  },
  path: (value) => {
    const matches = pathPattern(value);
    return (node) =>
      pathAndParents(node.path).some(matches) || (node.patchPath ? matches(node.patchPath) : false);
  },
  file: (value) => {
    const matches = wildcard(value);
    return (node) => {
      const name = node.path.slice(node.path.lastIndexOf('/') + 1);
      return matches(name) || matches(name.replace(/\.[^.]*$/, ''));
    };
  },
  package: (value, { project }) => {
    const matches = wildcard(value === 'this' ? project : value);
    return (node) => matches(node.package);
  },
  resource_type: (value) => {
    if (!RESOURCE_TYPES.includes(value)) throw new DbtError(`Invalid resource_type selector "${value}"`);
    return (node) => node.resourceType === value && node.resourceType !== 'source';
  },
  source: (value) => sourceMatch(value),
  config: (value, { config }) => configMatch(value, config),
  result: (value, { previous }) => {
    if (!previous) throw new DbtError('No comparison run_results');
    return (node) => previous.get(node.uniqueId) === value;
  },
  test_type: (value) => (node) =>
    node.resourceType === 'test' &&
    (value === 'singular') === node.path.endsWith('.sql') &&
    TEST_TYPES.includes(value),
};

/** dbt knows them; a DAG does not hold what they ask for. */
export const REFUSED_METHODS: readonly string[] = [
  'state',
  'source_status',
  'exposure',
  'metric',
  'group',
  'access',
  'version',
  'semantic_model',
  'saved_query',
  'unit_test',
  'test_name',
];

const RESOURCE_TYPES: readonly string[] = [
  'model',
  'seed',
  'snapshot',
  'test',
  'source',
  'analysis',
  'operation',
];
const TEST_TYPES: readonly string[] = ['generic', 'singular', 'data'];

export function* matchNodes(
  graph: Graph,
  method: Method,
  value: string,
  config: readonly string[],
  previous: PreviousResults | undefined,
): Generator<string> {
  const matches = method(value, { config, previous, project: graph.dag.project });
  for (const node of graph.dag.nodes) if (matches(node)) yield node.uniqueId;
}

/** The name itself, or the beginning of the fqn; from the first part with a wildcard on, the rest is one pattern. */
function matchesFqn(fqn: readonly string[], value: string): boolean {
  if (fqn.at(-1) === value) return true;
  const parts = fqn.flatMap((part) => part.split('.'));
  const wanted = value.split('.');
  if (parts.length < wanted.length) return false;
  for (const [index, part] of wanted.entries()) {
    if (/[*?[\]]/.test(part)) return wildcard(wanted.slice(index).join('.'))(parts.slice(index).join('.'));
    if (parts[index] !== part) return false;
  }
  return true;
}

function sourceMatch(value: string): Match {
  const parts = value.split('.');
  if (parts.length > 3) throw new DbtError(`Invalid source selector value "${value}"`);
  const [source, table, packageName] =
    parts.length === 3 ? [parts[1]!, parts[2]!, parts[0]!] : [parts[0]!, parts[1] ?? '*', '*'];
  const matches = [wildcard(packageName), wildcard(source), wildcard(table)] as const;
  return (node) =>
    node.resourceType === 'source' &&
    matches[0](node.package) &&
    matches[1](node.sourceName ?? '') &&
    matches[2](node.name);
}

function configMatch(value: string, config: readonly string[]): Match {
  const key = config.join('.');
  if (key === 'materialized') return (node) => node.materialized === value;
  if (key === 'severity') return (node) => (node.severity ?? 'error') === value.toLowerCase();
  if (key === 'tags') return (node) => node.tags.includes(value);
  if (key === 'enabled') return () => value.toLowerCase() === 'true';
  throw new DbtError(`the local dbt does not know 'config.${key}:' (materialized, severity, tags, enabled)`);
}

/** Python's fnmatch on POSIX: `*`, `?`, `[abc]`, `[!abc]`; letter case counts. */
function wildcard(pattern: string): (text: string) => boolean {
  if (!/[*?[]/.test(pattern)) return (text) => text === pattern;
  const source = pattern.replace(/\*|\?|\[(!?)([^\]]+)\]|[\s\S]/g, (token, not, set) => {
    if (token === '*') return '[\\s\\S]*';
    if (token === '?') return '[\\s\\S]';
    if (set !== undefined) return `[${not ? '^' : ''}${set.replace(/[\\^]/g, '\\$&')}]`;
    return escapeRegExp(token);
  });
  const regExp = new RegExp(`^(?:${source})$`, 'u');
  return (text) => regExp.test(text);
}

/** A glob over files and folders, in which `*` stays inside a folder and `**` does not. */
function pathPattern(value: string): (path: string) => boolean {
  const trimmed = value.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '');
  const source = trimmed.replace(/\*\*\/?|\*|\?|[\s\S]/g, (token) => {
    if (token === '**/') return '(?:[^/]+/)*';
    if (token === '**') return '.*';
    if (token === '*') return '[^/]*';
    if (token === '?') return '[^/]';
    return escapeRegExp(token);
  });
  const regExp = new RegExp(`^${source}$`, 's');
  return (path) => regExp.test(path);
}

function pathAndParents(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
