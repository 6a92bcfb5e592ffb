/**
 * What `state:` compares: two manifests, node by node and part by part.
 * https://docs.getdbt.com/reference/node-selection/state-comparison-caveats,
 * https://docs.getdbt.com/reference/node-selection/methods
 */
import { createHash } from 'node:crypto';
import type { Dag, Fingerprint } from './dag';

/** A node of a manifest as written, with everything in it. */
export type Written = Readonly<Record<string, unknown>>;

/** Unique id to what the node was. */
export type DeployedNodes = Readonly<Record<string, Fingerprint>>;

/** Where a node ends up, who owns it and how it is found are no change of what it does. */
const NOT_COMPARED: readonly string[] = ['alias', 'schema', 'database', 'tags', 'group'];
const WITH_SQL: readonly string[] = ['model', 'seed', 'snapshot', 'test', 'analysis', 'function'];

/** @param macrosOf hash of the SQL of all macros that these macros lead to */
export function fingerprintOf(node: Written, macrosOf: (ids: readonly string[]) => string): Fingerprint {
  const hasSql = WITH_SQL.includes(String(node.resource_type));
  const configured = record(node.unrendered_config);
  const compared = Object.entries(configured).filter(([key]) => !hasSql || !NOT_COMPARED.includes(key));
  const macros = record(node.depends_on).macros;
  const common = {
    configs: hash(Object.fromEntries(compared)),
    macros: macrosOf(Array.isArray(macros) ? macros.map(String) : []),
  };
  if (!hasSql) {
    const isSource = node.resource_type === 'source';
    const relation = isSource ? hash([node.database, node.schema, node.identifier]) : '';
    return { ...common, body: '', persistedDescriptions: '', contract: '', relation, rest: definition(node) };
  }
  return {
    ...common,
    // A seed is its file.
    body: hash(node.resource_type === 'seed' ? node.checksum : node.raw_code),
    persistedDescriptions: hash(persistedDescriptions(node)),
    relation: hash([configured.database, configured.schema, configured.alias]),
    contract: hash(record(node.contract).enforced === true ? node.contract : null),
    rest: hash([node.fqn, node.latest_version, node.access, node.deprecation_date]),
  };
}

function persistedDescriptions(node: Written): unknown {
  const persist = record(record(node.config).persist_docs);
  const columns = Object.values(record(node.columns)).map((column) => {
    const { name, description } = record(column);
    return [name, description];
  });
  return [persist.relation ? node.description : null, persist.columns ? columns : null];
}

/** Everything that a person writes of a source, an exposure, a metric, a unit test; not when it was parsed. */
function definition(node: Written): string {
  if (node.resource_type === 'unit_test') return hash([node.checksum, node.fqn]);
  const left = ['created_at', 'description', 'meta', 'tags', 'config', 'columns', 'patch_path', 'doc_blocks'];
  return hash(Object.entries(node).filter(([key]) => !left.includes(key)));
}

/** Of a short list of nodes, which has no SQL: a node is what is written of it. */
export function fingerprintOfShort(written: unknown): Fingerprint {
  const absent = { configs: '', persistedDescriptions: '', relation: '', contract: '', macros: '', rest: '' };
  return { ...absent, body: hash(written) };
}

/** Hashes the SQL of macros together with that of all macros they call. */
export function macroHasher(macros: Readonly<Record<string, unknown>>): (ids: readonly string[]) => string {
  const own = new Map<string, string>();
  const hashOf = (id: string): string => {
    const known = own.get(id);
    if (known !== undefined) return known;
    own.set(id, hash(record(macros[id]).macro_sql));
    return own.get(id)!;
  };
  return (ids) => {
    const all = new Set(ids);
    for (const id of all) {
      const called = record(record(macros[id]).depends_on).macros;
      if (Array.isArray(called)) for (const next of called) all.add(String(next));
    }
    return all.size === 0 ? '' : hash([...all].sort().map((id) => [id, hashOf(id)]));
  };
}

export function deployedNodes(dag: Dag): DeployedNodes {
  const known = dag.nodes.filter((node) => node.fingerprint !== undefined);
  return Object.fromEntries(known.map((node) => [node.uniqueId, node.fingerprint!]));
}

const versions = new WeakMap<Dag, string>();

/** The same text for the same nodes. */
export function versionOf(dag: Dag): string {
  const known = versions.get(dag) ?? hash(deployedNodes(dag));
  versions.set(dag, known);
  return known;
}

function record(value: unknown): Written {
  return typeof value === 'object' && value !== null ? (value as Written) : {};
}

function hash(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(value ?? null))
    .digest('hex')
    .slice(0, 16);
}
