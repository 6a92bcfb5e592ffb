/** Reads a Dag from dbt's own manifest.json, or from the short form that a person writes. */
import { z } from 'zod';
import { type Dag, type DagNode, dagError, graphOf } from './dag';
import { fingerprintOfShort } from './fingerprint';
import {
  DEFAULT_SECONDS,
  defaultMaterialization,
  fromManifest,
  isManifest,
  selector,
  selectorsOf,
} from './read-manifest';
import type { SameType } from '../same-type';
import type { ShortDag, ShortNode } from './short-dag';

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
  /** selectors.yml, by name. */
  selectors: z.record(z.string(), selector).optional(),
});

/** What is checked is what the types say. */
export const shortDagIsTyped: SameType<ShortDag, z.infer<typeof shortDag>> = true;
type ShortType = NonNullable<ShortNode['type']>;

/**
 * @param text a manifest.json (schema v10 to v12) or a DAG in the short form
 * @throws SnowflakeError naming what is wrong with it
 */
export function readDag(text: string): Dag {
  const json = parseJson(text);
  const dag = checked(() => (isManifest(json) ? fromManifest(json) : fromShort(json)));
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

function checked(read: () => Dag): Dag {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const problems = error.issues.slice(0, 5).map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw dagError(`not a manifest.json nor a DAG: ${problems.join('; ')}`);
  }
}

function fromShort(json: unknown): Dag {
  const read = shortDag.parse(json);
  const written = read.nodes.flatMap((node) => [node, ...testsOf(node)]);
  const ids = new Map<string, string>();
  for (const node of written) {
    if (ids.has(node.name)) throw dagError(`two nodes are named '${node.name}'`);
    ids.set(node.name, `${node.type ?? 'model'}.${node.package ?? read.project}.${node.name}`);
  }
  const nodes = written.map((node) => nodeOfShort(node, read.project, ids));
  const { project, version = '1.0.0', selectors } = read;
  return { project, version, nodes, ...(selectors ? { selectors: selectorsOf(selectors) } : {}) };
}

/** The tests written below a node, as nodes of their own beside the file that declares them. */
function testsOf(node: ShortNode): ShortNode[] {
  return (node.tests ?? []).map((test) => {
    const { dependsOn = [], ...rest } = typeof test === 'string' ? { name: test } : { ...test };
    const folder = pathOf(node).replace(/[^/]*$/, '');
    return { ...rest, type: 'test', dependsOn: [node.name, ...dependsOn], path: `${folder}schema.yml` };
  });
}

const FOLDERS: Readonly<Record<ShortType, string>> = {
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
  const materialized = node.materialized ?? defaultMaterialization(type);
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
    materialized,
    ...(node.severity === 'warn' ? { severity: 'warn' as const } : {}),
    ...(type === 'source' ? { sourceName: folders.at(-1) ?? project } : {}),
    config: {
      enabled: true,
      ...(type === 'source' ? {} : { materialized }),
      ...(type === 'test' ? { severity: node.severity ?? 'error' } : {}),
      tags: node.tags ?? [],
    },
    fingerprint: fingerprintOfShort({ ...node, tests: undefined, seconds: undefined }),
  };
}
