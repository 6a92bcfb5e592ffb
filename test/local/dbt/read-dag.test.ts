import { graphOf } from '../../../src/local/dbt/dag';
import { readDag } from '../../../src/local/dbt/read-dag';

const manifest = (version = 12, more: object = {}) => ({
  metadata: {
    dbt_schema_version: `https://schemas.getdbt.com/dbt/manifest/v${version}.json`,
    project_name: 'bakery',
  },
  nodes: {
    'model.bakery.loaf': {
      unique_id: 'model.bakery.loaf',
      name: 'loaf',
      resource_type: 'model',
      package_name: 'bakery',
      original_file_path: 'models\\marts\\loaf.sql',
      patch_path: 'bakery://models/marts/schema.yml',
      fqn: ['bakery', 'marts', 'loaf'],
      tags: ['daily'],
      config: { enabled: true, materialized: 'incremental', meta: { simulated_seconds: 42 } },
      depends_on: { macros: [], nodes: ['source.bakery.raw.flour'] },
    },
    'test.bakery.unique_loaf.1': {
      unique_id: 'test.bakery.unique_loaf.1',
      name: 'unique_loaf',
      resource_type: 'test',
      package_name: 'bakery',
      original_file_path: 'models/marts/schema.yml',
      fqn: ['bakery', 'marts', 'unique_loaf'],
      tags: [],
      config: { enabled: true, materialized: 'test', severity: 'WARN' },
      depends_on: { nodes: ['model.bakery.loaf'] },
    },
    'model.bakery.old': {
      unique_id: 'model.bakery.old',
      name: 'old',
      resource_type: 'model',
      package_name: 'bakery',
      config: { enabled: false },
    },
    'analysis.bakery.look': {
      unique_id: 'analysis.bakery.look',
      name: 'look',
      resource_type: 'analysis',
      package_name: 'bakery',
    },
    ...more,
  },
  sources: {
    'source.bakery.raw.flour': {
      unique_id: 'source.bakery.raw.flour',
      name: 'flour',
      source_name: 'raw',
      resource_type: 'source',
      package_name: 'bakery',
      original_file_path: 'models/sources.yml',
      fqn: ['bakery', 'raw', 'flour'],
      tags: [],
    },
  },
});

describe('reading a manifest.json', () => {
  it.each([10, 11, 12])('reads nodes, tests and sources of schema v%s', (version) => {
    const dag = readDag(JSON.stringify(manifest(version)));
    expect(dag.project).toBe('bakery');
    expect(dag.nodes.map((node) => node.uniqueId)).toEqual([
      'model.bakery.loaf',
      'test.bakery.unique_loaf.1',
      'analysis.bakery.look',
      'source.bakery.raw.flour',
    ]);
  });

  it('names a kind of node that it does not know', () => {
    const oven = { unique_id: 'oven.bakery.big', name: 'big', resource_type: 'oven', package_name: 'bakery' };
    expect(() => readDag(JSON.stringify(manifest(12, { 'oven.bakery.big': oven })))).toThrow(
      "nodes of the type 'oven'",
    );
  });

  it('keeps what selectors ask for', () => {
    const [loaf, test] = readDag(JSON.stringify(manifest())).nodes;
    expect(loaf).toMatchObject({
      uniqueId: 'model.bakery.loaf',
      name: 'loaf',
      resourceType: 'model',
      package: 'bakery',
      path: 'models/marts/loaf.sql',
      patchPath: 'models/marts/schema.yml',
      fqn: ['bakery', 'marts', 'loaf'],
      tags: ['daily'],
      dependsOn: ['source.bakery.raw.flour'],
      seconds: 42,
      materialized: 'incremental',
      config: { enabled: true, materialized: 'incremental', meta: { simulated_seconds: 42 } },
    });
    expect(test).toMatchObject({ severity: 'warn', seconds: 1 });
  });

  it('refuses a schema it does not know', () => {
    expect(() => readDag(JSON.stringify(manifest(4)))).toThrow('v10, v11 and v12 are read');
  });
});

describe('reading the short form', () => {
  const read = (nodes: object[]) => readDag(JSON.stringify({ project: 'bakery', nodes }));

  it('makes ids, paths and fqns as dbt does', () => {
    const [flour, loaf, test] = read([
      { name: 'flour', type: 'seed' },
      { name: 'loaf', dependsOn: ['flour'], path: 'models/marts/loaf.sql', tests: ['unique_loaf'] },
    ]).nodes;
    expect(flour).toMatchObject({ uniqueId: 'seed.bakery.flour', path: 'seeds/flour.csv', seconds: 2 });
    expect(loaf).toMatchObject({
      uniqueId: 'model.bakery.loaf',
      fqn: ['bakery', 'marts', 'loaf'],
      dependsOn: ['seed.bakery.flour'],
      materialized: 'table',
    });
    expect(test).toMatchObject({
      uniqueId: 'test.bakery.unique_loaf',
      path: 'models/marts/schema.yml',
      dependsOn: ['model.bakery.loaf'],
    });
  });

  it.each([
    [[{ name: 'a', dependsOn: ['b'] }], "'a' depends on 'b', which is not in the DAG"],
    [[{ name: 'a' }, { name: 'a' }], "two nodes are named 'a'"],
    [
      [
        { name: 'a', dependsOn: ['b'] },
        { name: 'b', dependsOn: ['a'] },
      ],
      'Found a cycle: model.bakery.a --> model.bakery.b',
    ],
    [[{ nme: 'a' }], 'nodes.0.name'],
  ])('refuses a DAG that cannot be run', (nodes, message) => {
    expect(() => read(nodes)).toThrow(message);
  });

  it('refuses what is not JSON', () => {
    expect(() => readDag('models:')).toThrow('not JSON');
  });
});

it('orders ten thousand nodes at once', () => {
  const nodes = Array.from({ length: 10_000 }, (_, index) => ({
    name: `n${index}`,
    dependsOn: index === 0 ? [] : [`n${Math.floor(index / 2)}`],
  }));
  const graph = graphOf(readDag(JSON.stringify({ project: 'big', nodes })));
  expect(graph.order[9_999]).toBe('model.big.n9999');
});
