/** A DAG as a person writes it: names, what depends on what, and little else. */

export interface ShortDag {
  /** Name of the dbt project. */
  project: string;
  /** The project's version. */
  version?: string;
  nodes: ShortNode[];
  /** selectors.yml, by name. https://docs.getdbt.com/reference/node-selection/yaml-selectors */
  selectors?: Record<
    string,
    { [key: string]: unknown; definition: string | Record<string, unknown>; default?: boolean }
  >;
}

export interface ShortNode {
  /** Unique in the list. */
  name: string;
  /** Names of its parents. */
  dependsOn?: string[];
  tags?: string[];
  /** @default model */
  type?: 'model' | 'seed' | 'snapshot' | 'test' | 'source';
  /** In the project; its folders are part of the fqn. @default models/<name>.sql */
  path?: string;
  /** The package it comes from. @default the project */
  package?: string;
  /** @default table */
  materialized?: string;
  /** How long it takes. @default 10 for a model or a snapshot, 2 for a seed, 1 for a test */
  seconds?: number;
  /** Of a test. @default error */
  severity?: 'error' | 'warn';
  /** Names of its tests, or more about them; a further parent of a test stands in `dependsOn`. */
  tests?: (string | ShortTest)[];
}

export interface ShortTest {
  name: string;
  /** @default error */
  severity?: 'error' | 'warn';
  dependsOn?: string[];
  tags?: string[];
  seconds?: number;
}
