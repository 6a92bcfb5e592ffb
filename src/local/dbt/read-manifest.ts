/**
 * Reads a Dag from dbt's own manifest.json.
 * https://docs.getdbt.com/reference/artifacts/manifest-json, https://schemas.getdbt.com/dbt/manifest/v12.json
 */
import { z } from 'zod';
import { type Dag, type DagNode, dagError, type ResourceType } from './dag';
import { fingerprintOf, macroHasher, type Written } from './fingerprint';
import type { YamlSelectors } from './yaml-selectors';

/** Seconds that a node takes when the file does not say. */
export const DEFAULT_SECONDS: Readonly<Record<ResourceType, number>> = {
  model: 10,
  snapshot: 10,
  function: 2,
  seed: 2,
  test: 1,
  unit_test: 1,
  source: 0,
  analysis: 0,
  exposure: 0,
  metric: 0,
  semantic_model: 0,
  saved_query: 0,
};

const version = z.union([z.string(), z.number()]).nullish();

const manifestNode = z.looseObject({
  unique_id: z.string(),
  name: z.string(),
  resource_type: z.string(),
  package_name: z.string(),
  original_file_path: z.string().default(''),
  patch_path: z.string().nullish(),
  fqn: z.array(z.string()).default([]),
  tags: z.array(z.string()).default([]),
  source_name: z.string().optional(),
  access: z.string().nullish(),
  alias: z.string().nullish(),
  version,
  latest_version: version,
  test_metadata: z.looseObject({ name: z.string() }).nullish(),
  config: z
    .looseObject({
      enabled: z.boolean().nullish(),
      materialized: z.string().nullish(),
      severity: z.string().nullish(),
      tags: z.union([z.string(), z.array(z.string())]).nullish(),
      meta: z.record(z.string(), z.unknown()).nullish(),
    })
    .default({}),
  depends_on: z.looseObject({ nodes: z.array(z.string()).default([]) }).default({ nodes: [] }),
});

const members = z.record(z.string(), manifestNode).default({});

export const selector = z.looseObject({
  definition: z.union([z.string(), z.record(z.string(), z.unknown())]),
  default: z.boolean().optional(),
});

const manifest = z.looseObject({
  metadata: z.looseObject({ dbt_schema_version: z.string(), project_name: z.string().nullish() }),
  nodes: z.record(z.string(), manifestNode),
  sources: members,
  exposures: members,
  metrics: members,
  semantic_models: members,
  saved_queries: members,
  unit_tests: members,
  functions: members,
  macros: z.record(z.string(), z.unknown()).default({}),
  selectors: z.record(z.string(), selector).default({}),
});

export function isManifest(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'metadata' in json && 'nodes' in json;
}

/** @throws ZodError for what is no manifest, SnowflakeError for a schema that is not read */
export function fromManifest(json: unknown): Dag {
  const read = manifest.parse(json);
  const schema = /\/v(\d+)\.json$/.exec(read.metadata.dbt_schema_version)?.[1];
  if (schema === undefined || Number(schema) < 10 || Number(schema) > 12) {
    throw dagError(`manifest.json of schema ${read.metadata.dbt_schema_version}; v10, v11 and v12 are read`);
  }
  const { nodes, sources, exposures, metrics, semantic_models, saved_queries, unit_tests, functions } = read;
  const all = [
    nodes,
    sources,
    exposures,
    metrics,
    semantic_models,
    saved_queries,
    unit_tests,
    functions,
  ].flatMap((part) => Object.values(part));
  const kept = all.filter(({ config, resource_type }) => isKept(resource_type) && config.enabled !== false);
  const macrosOf = macroHasher(read.macros);
  return {
    project: read.metadata.project_name ?? kept[0]?.package_name ?? 'project',
    version: '1.0.0',
    nodes: kept.map((node) => ({ ...nodeOf(node), fingerprint: fingerprintOf(node as Written, macrosOf) })),
    ...(Object.keys(read.selectors).length > 0 ? { selectors: selectorsOf(read.selectors) } : {}),
  };
}

export function selectorsOf(read: Readonly<Record<string, z.infer<typeof selector>>>): YamlSelectors {
  return Object.fromEntries(
    Object.entries(read).map(([name, { definition, default: isDefault }]) => [
      name,
      { definition, ...(isDefault === undefined ? {} : { default: isDefault }) },
    ]),
  );
}

/** Hooks and operations stand among the nodes too; no selector means them and no command runs them as nodes. */
function isKept(resourceType: string): boolean {
  if (resourceType in DEFAULT_SECONDS) return true;
  if (resourceType === 'operation' || resourceType === 'sql_operation' || resourceType === 'rpc')
    return false;
  throw dagError(`manifest.json with nodes of the type '${resourceType}', which is not known here`);
}

function nodeOf(node: z.infer<typeof manifestNode>): DagNode {
  const resourceType = node.resource_type as ResourceType;
  const seconds = node.config.meta?.['simulated_seconds'];
  const tags = node.tags.length > 0 ? node.tags : [node.config.tags ?? []].flat();
  return {
    uniqueId: node.unique_id,
    name: node.name,
    resourceType,
    package: node.package_name,
    path: node.original_file_path.replaceAll('\\', '/'),
    ...(node.patch_path ? { patchPath: node.patch_path.replace(/^.*?:\/\//, '').replaceAll('\\', '/') } : {}),
    fqn: node.fqn.length > 0 ? node.fqn : [node.package_name, node.name],
    tags,
    dependsOn: node.depends_on.nodes,
    seconds: typeof seconds === 'number' && seconds >= 0 ? seconds : DEFAULT_SECONDS[resourceType],
    materialized: node.config.materialized ?? defaultMaterialization(resourceType),
    ...(node.config.severity?.toLowerCase() === 'warn' ? { severity: 'warn' as const } : {}),
    ...(node.source_name === undefined ? {} : { sourceName: node.source_name }),
    ...(node.access && resourceType === 'model' ? { access: node.access } : {}),
    ...(node.version == null ? {} : { version: node.version }),
    ...(node.latest_version == null ? {} : { latestVersion: node.latest_version }),
    ...(node.alias != null && node.alias !== node.name ? { alias: node.alias } : {}),
    ...(node.test_metadata ? { testName: node.test_metadata.name } : {}),
    config: withoutEmpty(node.config),
  };
}

export function defaultMaterialization(type: ResourceType): string {
  return type === 'model' ? 'table' : type;
}

/** A config holds thirty keys, most of them unset. */
function withoutEmpty(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const isSet = (value: unknown): boolean =>
    value !== null && (typeof value !== 'object' || Object.keys(value).length > 0);
  return Object.fromEntries(Object.entries(config).filter(([, value]) => isSet(value)));
}
