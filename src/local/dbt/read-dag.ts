/**
 * Reads a Dag from dbt's own manifest.json, or from the short form that a person writes.
 * https://docs.getdbt.com/reference/artifacts/manifest-json, https://schemas.getdbt.com/dbt/manifest/v12.json
 */
import { z } from 'zod';
import { type Dag, type DagNode, dagError, graphOf, type ResourceType } from './dag';

/** Seconds that a node takes when the file does not say. */
export const DEFAULT_SECONDS: Readonly<Record<ResourceType, number>> = {
  model: 10,
  snapshot: 10,
  seed: 2,
  test: 1,
  source: 0,
};

const shortTest = z.union([
  z.string(),
  z.strictObject({
    name: z.string().min(1),
    severity: z.enum(['error', 'warn']).optional(),
    dependsOn: z.array(z.string()).optional(),
    tags: z.array(z.string()).optional(),
    seconds: z.number().nonnegative().optional(),
  }),
]);

const shortNode = z.strictObject({
  name: z.string().min(1),
  dependsOn: z.array(z.string()).optional(),
  tags: z.array(z.string()).optional(),
  type: z.enum(['model', 'seed', 'snapshot', 'test', 'source']).optional(),
  path: z.string().optional(),
  package: z.string().optional(),
  materialized: z.string().optional(),
  seconds: z.number().nonnegative().optional(),
  severity: z.enum(['error', 'warn']).optional(),
  tests: z.array(shortTest).optional(),
});

const shortDag = z.strictObject({
  project: z.string().min(1),
  version: z.string().optional(),
  nodes: z.array(shortNode),
});

/** The short form: `{ project, nodes: [{ name, dependsOn?, tags?, type?, path?, seconds?, tests? }] }`. */
export type ShortDag = z.infer<typeof shortDag>;
type ShortNode = z.infer<typeof shortNode>;

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
  config: z
    .looseObject({
      enabled: z.boolean().nullish(),
      materialized: z.string().nullish(),
      severity: z.string().nullish(),
      meta: z.record(z.string(), z.unknown()).nullish(),
    })
    .default({}),
  depends_on: z.looseObject({ nodes: z.array(z.string()).default([]) }).default({ nodes: [] }),
});

const manifest = z.looseObject({
  metadata: z.looseObject({ dbt_schema_version: z.string(), project_name: z.string().nullish() }),
  nodes: z.record(z.string(), manifestNode),
  sources: z.record(z.string(), manifestNode).default({}),
});

/**
 * @param text a manifest.json (schema v10 to v12) or a DAG in the short form
 * @throws SnowflakeError naming what is wrong with it
 */
export function readDag(text: string): Dag {
  const json = parseJson(text);
  const dag = isManifest(json) ? fromManifest(json) : fromShort(json);
  graphOf(dag);
  return dag;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw dagError(`not JSON: ${(error as Error).message}`);
  }
}

function isManifest(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'metadata' in json && 'nodes' in json;
}

function checked<T>(schema: z.ZodType<T>, json: unknown): T {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const problems = result.error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw dagError(`not a manifest.json nor a DAG: ${problems.join('; ')}`);
}

const RUNNABLE: readonly string[] = ['model', 'seed', 'snapshot', 'test'] satisfies ResourceType[];

function fromManifest(json: unknown): Dag {
  const read = checked(manifest, json);
  const version = /\/v(\d+)\.json$/.exec(read.metadata.dbt_schema_version)?.[1];
  if (version === undefined || Number(version) < 10 || Number(version) > 12) {
    throw dagError(`manifest.json of schema ${read.metadata.dbt_schema_version}; v10, v11 and v12 are read`);
  }
  const members = [...Object.values(read.nodes), ...Object.values(read.sources)];
  // Analyses and operations are in the manifest too, but no command of dbt runs them as nodes.
  const kept = members.filter(
    (node) =>
      (RUNNABLE.includes(node.resource_type) || node.resource_type === 'source') &&
      node.config.enabled !== false,
  );
  return {
    project: read.metadata.project_name ?? kept[0]?.package_name ?? 'project',
    version: '1.0.0',
    nodes: kept.map((node) => nodeOfManifest(node)),
  };
}

function nodeOfManifest(node: z.infer<typeof manifestNode>): DagNode {
  const resourceType = node.resource_type as ResourceType;
  const seconds = node.config.meta?.['simulated_seconds'];
  return {
    uniqueId: node.unique_id,
    name: node.name,
    resourceType,
    package: node.package_name,
    path: node.original_file_path.replaceAll('\\', '/'),
    ...(node.patch_path ? { patchPath: node.patch_path.replace(/^.*?:\/\//, '').replaceAll('\\', '/') } : {}),
    fqn: node.fqn.length > 0 ? node.fqn : [node.package_name, node.name],
    tags: node.tags,
    dependsOn: node.depends_on.nodes,
    seconds: typeof seconds === 'number' && seconds >= 0 ? seconds : DEFAULT_SECONDS[resourceType],
    materialized: node.config.materialized ?? defaultMaterialization(resourceType),
    ...(node.config.severity?.toLowerCase() === 'warn' ? { severity: 'warn' as const } : {}),
    ...(node.source_name === undefined ? {} : { sourceName: node.source_name }),
  };
}

function defaultMaterialization(type: ResourceType): string {
  return type === 'model' ? 'table' : type;
}

function fromShort(json: unknown): Dag {
  const read = checked(shortDag, json);
  const written = read.nodes.flatMap((node) => [node, ...testsOf(node)]);
  const ids = new Map<string, string>();
  for (const node of written) {
    if (ids.has(node.name)) throw dagError(`two nodes are named '${node.name}'`);
    ids.set(node.name, `${node.type ?? 'model'}.${node.package ?? read.project}.${node.name}`);
  }
  const nodes = written.map((node) => nodeOfShort(node, read.project, ids));
  return { project: read.project, version: read.version ?? '1.0.0', nodes };
}

/** The tests written below a node, as nodes of their own beside the file that declares them. */
function testsOf(node: ShortNode): ShortNode[] {
  return (node.tests ?? []).map((test) => {
    const { dependsOn = [], ...rest } = typeof test === 'string' ? { name: test } : { ...test };
    const folder = pathOf(node).replace(/[^/]*$/, '');
    return { ...rest, type: 'test', dependsOn: [node.name, ...dependsOn], path: `${folder}schema.yml` };
  });
}

const FOLDERS: Readonly<Record<ResourceType, string>> = {
  model: 'models',
  seed: 'seeds',
  snapshot: 'snapshots',
  test: 'tests',
  source: 'models',
};

function pathOf(node: ShortNode): string {
  const type = node.type ?? 'model';
  if (type === 'source') return node.path ?? 'models/sources.yml';
  return node.path ?? `${FOLDERS[type]}/${node.name}.${type === 'seed' ? 'csv' : 'sql'}`;
}

function nodeOfShort(node: ShortNode, project: string, ids: ReadonlyMap<string, string>): DagNode {
  const type = node.type ?? 'model';
  const path = pathOf(node);
  const packageName = node.package ?? project;
  // dbt's fqn: the package, the folders below the resource folder, the name.
  const folders = path.split('/').slice(1, -1);
  return {
    uniqueId: ids.get(node.name)!,
    name: node.name,
    resourceType: type,
    package: packageName,
    path,
    fqn: [packageName, ...folders, node.name],
    tags: node.tags ?? [],
    dependsOn: (node.dependsOn ?? []).map((name) => {
      const id = ids.get(name);
      if (id === undefined) throw dagError(`'${node.name}' depends on '${name}', which is not in the DAG`);
      return id;
    }),
    seconds: node.seconds ?? DEFAULT_SECONDS[type],
    materialized: node.materialized ?? defaultMaterialization(type),
    ...(node.severity === 'warn' ? { severity: 'warn' as const } : {}),
    ...(type === 'source' ? { sourceName: folders.at(-1) ?? project } : {}),
  };
}
