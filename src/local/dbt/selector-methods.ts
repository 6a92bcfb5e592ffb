/** What `method:value` matches. https://docs.getdbt.com/reference/node-selection/methods */
import { DbtError } from './args';
import { type DagNode, type Graph, isTest, type ResourceType } from './dag';
import type { DeployedNodes } from './fingerprint';
import { fqnPattern, pathPattern, wildcard } from './selector-patterns';
import { stateMatch } from './selector-state';
import { DEFAULT_SECONDS } from './read-manifest';

/** Status of each node in an earlier run, by unique id. */
export type PreviousResults = ReadonlyMap<string, string>;

/** What `--state` names: the artifacts of an earlier run, as far as it left any. */
export interface PreviousState {
  results?: PreviousResults;
  manifest?: DeployedNodes;
}

type Match = (node: DagNode) => boolean;

interface Context {
  /** What stands behind the dots of `config.materialized`. */
  config: readonly string[];
  previous: PreviousState | undefined;
  graph: Graph;
}

/** Makes the test of one value. */
export type Method = (value: string, context: Context) => Match;

export const METHODS: Readonly<Record<string, Method>> = {
  fqn: (value) => {
    const matches = fqnPattern(value);
    return (node) => node.resourceType !== 'source' && matches(node);
  },
  tag: (value) => {
    const matches = wildcard(value);
    return (node) => node.resourceType !== 'semantic_model' && node.tags.some(matches);
  },
  path: (value, { graph }) => pathPattern(value, filesOf(graph)),
  file: (value) => {
    const matches = wildcard(value);
    return (node) => {
      const name = node.path.slice(node.path.lastIndexOf('/') + 1);
      return matches(name) || matches(name.replace(/(?<=.)\.[^.]*$/, ''));
    };
  },
  package: (value, { graph }) => {
    const matches = wildcard(value === 'this' ? graph.dag.project : value);
    return (node) => matches(node.package);
  },
  resource_type: (value) => {
    if (!RESOURCE_TYPES.includes(value)) throw new DbtError(`Invalid resource_type selector "${value}"`);
    return (node) => node.resourceType === value;
  },
  source: (value) => {
    const parts = value.split('.');
    if (parts.length > 3) {
      throw new DbtError(
        `Invalid source selector value "${value}". Sources must be of the form \`\${source_name}\`, ` +
          '`${source_name}.${target_name}`, or `${package_name}.${source_name}.${target_name}',
      );
    }
    const [source, table, packageName] =
      parts.length === 3 ? [parts[1]!, parts[2]!, parts[0]!] : [parts[0]!, parts[1] ?? '*', '*'];
    const matches = [wildcard(packageName), wildcard(source), wildcard(table)] as const;
    return (node) =>
      node.resourceType === 'source' &&
      matches[0](node.package) &&
      matches[1](node.sourceName ?? '') &&
      matches[2](node.name);
  },
  exposure: (value) => named('exposure', value),
  metric: (value) => named('metric', value),
  semantic_model: (value) => named('semantic_model', value),
  saved_query: (value) => named('saved_query', value),
  unit_test: (value) => named('unit_test', value),
  config: (value, { config }) => configMatch(value, config),
  group: (value) => {
    const matches = wildcard(value);
    return (node) => {
      const group = node.config?.group;
      return typeof group === 'string' && GROUPABLE(node) && matches(group);
    };
  },
  access: (value) => (node) => node.resourceType === 'model' && node.access === value,
  version: (value) => versionMatch(value),
  test_name: (value) => {
    const matches = wildcard(value);
    return (node) =>
      node.resourceType === 'unit_test'
        ? matches(node.name)
        : node.testName !== undefined && matches(node.testName);
  },
  test_type: (value) => testTypeMatch(value),
  state: (value, { previous }) => stateMatch(value, previous?.manifest),
  result: (value, { previous }) => {
    const results = previous?.results;
    if (!results) throw new DbtError('No comparison run_results');
    return (node) => results.get(node.uniqueId) === value;
  },
};

/** dbt knows them; `source_status` needs the freshness of sources, `selector` comes with dbt 1.12. */
export const REFUSED_METHODS: readonly string[] = ['source_status', 'selector'];

/** All that dbt has a name for, whether anything here is one or not. */
const RESOURCE_TYPES: readonly string[] = [
  ...Object.keys(DEFAULT_SECONDS),
  ...['operation', 'rpc', 'sql_operation', 'doc', 'macro', 'group', 'fixture'],
];

export function* matchNodes(
  graph: Graph,
  method: Method,
  value: string,
  config: readonly string[],
  previous: PreviousState | undefined,
): Generator<string> {
  const matches = method(value, { config, previous, graph });
  for (const node of graph.dag.nodes) if (matches(node)) yield node.uniqueId;
}

const files = new WeakMap<Graph, ReadonlySet<string>>();

/** The files of the root project, as far as nodes come from them. */
function filesOf(graph: Graph): ReadonlySet<string> {
  const known = files.get(graph);
  if (known) return known;
  const own = graph.dag.nodes.filter((node) => node.package === graph.dag.project);
  const found = new Set(own.flatMap(({ path, patchPath }) => [path, ...(patchPath ? [patchPath] : [])]));
  files.set(graph, found);
  return found;
}

const GROUPABLE: Match = ({ resourceType }) =>
  !NOT_IN_NODES.includes(resourceType) || resourceType === 'metric';

/** What has a part of its own in a manifest, beside `nodes`. */
const NOT_IN_NODES: readonly ResourceType[] = [
  'source',
  'unit_test',
  'exposure',
  'metric',
  'semantic_model',
  'saved_query',
  'function',
];

/** `name` or `package.name`. */
function named(type: ResourceType, value: string): Match {
  const parts = value.split('.');
  const [name = '', packageName = '*'] = parts.reverse();
  if (parts.length > 2) {
    const what = type.replace('_', ' ');
    throw new DbtError(
      `Invalid ${what} selector value "${value}". ${what[0]!.toUpperCase()}${what.slice(1)}s must be of the form ` +
        `\${${type}_name} or \${${type}_package.${type}_name}`,
    );
  }
  const [isName, isPackage] = [wildcard(name), wildcard(packageName)];
  return (node) => node.resourceType === type && isPackage(node.package) && isName(node.name);
}

/** A value in a list counts as the value; only severity ignores letter case. */
function configMatch(value: string, keys: readonly string[]): Match {
  const isSame = (found: unknown): boolean =>
    found === value ||
    (typeof found === 'boolean' && String(found) === value.toLowerCase()) ||
    (keys.join('.') === 'severity' && String(found).toUpperCase() === value.toUpperCase());
  return ({ resourceType, config }) => {
    if (NOT_IN_NODES.includes(resourceType) && resourceType !== 'source') return false;
    let found: unknown = config;
    for (const key of keys) found = (found as Record<string, unknown> | null | undefined)?.[key];
    return Array.isArray(found) ? found.some(isSame) : isSame(found);
  };
}

function testTypeMatch(value: string): Match {
  if (value === 'unit') return ({ resourceType }) => resourceType === 'unit_test';
  if (!['generic', 'schema', 'singular', 'data'].includes(value)) {
    throw new DbtError(
      `Invalid test type selector ${value}: expected "generic", "singular", "unit", or "data"`,
    );
  }
  return (node) => {
    if (!isTest(node) || node.resourceType === 'unit_test') return false;
    return value === 'data' || (value === 'singular') === isSingular(node);
  };
}

/** A list of nodes does not say; a test that has a file of SQL to itself is singular. */
function isSingular({ testName, path }: DagNode): boolean {
  return testName === undefined && path.endsWith('.sql');
}

function versionMatch(value: string): Match {
  const kinds: Record<string, (node: DagNode) => boolean> = {
    latest: ({ version, latestVersion }) => version !== undefined && version === latestVersion,
    prerelease: ({ version, latestVersion }) => compareVersions(version, latestVersion) > 0,
    old: ({ version, latestVersion }) => compareVersions(version, latestVersion) < 0,
    none: ({ version }) => version === undefined,
  };
  const isKind = kinds[value];
  if (!isKind) {
    throw new DbtError(
      `Invalid version type selector ${value}: expected one of: "latest", "prerelease", "old", or "none"`,
    );
  }
  return (node) => node.resourceType === 'model' && isKind(node);
}

/** As numbers where both are, else as text; 0 for a model without versions. */
function compareVersions(a: DagNode['version'], b: DagNode['version']): number {
  if (a === undefined || b === undefined) return 0;
  const [left, right] = [Number(a), Number(b)];
  if (!Number.isNaN(left) && !Number.isNaN(right)) return left - right;
  return String(a) < String(b) ? -1 : Number(String(a) !== String(b));
}
