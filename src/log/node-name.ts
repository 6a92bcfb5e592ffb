/** The name by which dbt selects a node, and what a row is of, from what the log has. */
import type { AuditTablesState } from '../model/deployment';
import { literal } from '../sql-text';

type Nodes = AuditTablesState['nodes'];

/** What dbt logs or counts but does not build. */
const NO_NODES = [
  'operation',
  'source',
  'analysis',
  'exposure',
  'metric',
  'semantic_model',
  'saved_query',
  'macro',
  'doc',
  'group',
  'sql_operation',
];

/**
 * A `unique_id` (`model.shop.orders`, `model.shop.customers.v2`, `test.shop.not_null_orders_id.0fe12ab345`,
 * `unit_test.shop.orders.adds_up`) gives its name and version, a relation its last part, in lower case where it has no
 * lower case of its own.
 * @param name an expression of type VARCHAR
 */
export function nodeName(name: string, nameIs: Nodes['nameIs'], indent: number): string {
  if (nameIs === 'relation') {
    const part = `REPLACE(SPLIT_PART(${name}, '.', -1), '"', '')`;
    return `COALESCE(IFF(${part} = UPPER(${part}), LOWER(${part}), ${part}), '')`;
  }
  const isOf = (...kinds: string[]): string =>
    `${kindOf(name)} ${kinds.length === 1 ? `= ${literal(kinds[0]!)}` : `IN (${kinds.map(literal).join(', ')})`}`;
  const lines = [
    'CASE',
    `    WHEN SPLIT_PART(${name}, '.', 3) = '' THEN ${name}`,
    `    WHEN ${isOf('model', 'seed', 'snapshot')}`,
    `        THEN REGEXP_REPLACE(${name}, '^[^.]+[.][^.]+[.]', '')`,
    `    WHEN ${isOf('test')}`,
    `        THEN SPLIT_PART(${name}, '.', 3)`,
    `    WHEN ${isOf('unit_test')}`,
    `        THEN SPLIT_PART(${name}, '.', -1)`,
    `    ELSE COALESCE(${name}, '')`,
    'END',
  ];
  return lines.join(`\n${' '.repeat(indent)}`);
}

/** @param ofTable what the table holds, where it holds one kind of node */
export function isTest(name: string, ofTable: string | null, resourceType: string | null): string {
  if (resourceType !== null) return `LOWER(TRIM(${resourceType})) IN ('test', 'unit_test')`;
  if (ofTable !== null) return ofTable === 'test' ? 'TRUE' : 'FALSE';
  return [
    `COALESCE(SPLIT_PART(${name}, '.', 3) <> ''`,
    `            AND ${kindOf(name)} IN ('test', 'unit_test'), FALSE)`,
  ].join('\n');
}

/** A condition: the row is of something that dbt builds. */
export function isNode(name: string, resourceType: string | null, indent: number): string {
  const half = Math.ceil(NO_NODES.length / 2);
  const kinds = [NO_NODES.slice(0, half), NO_NODES.slice(half)].map((some) => some.map(literal).join(', '));
  const notIn = (text: string): string[] => [`${text} NOT IN (`, `    ${kinds[0]},`, `    ${kinds[1]}`];
  const lines = [
    `(SPLIT_PART(COALESCE(${name}, ''), '.', 3) = ''`,
    ...notIn(`OR ${kindOf(name)}`),
    '))',
    ...(resourceType === null ? [] : [...notIn(`AND LOWER(TRIM(COALESCE(${resourceType}, '')))`), ')']),
  ];
  return lines.join(`\n${' '.repeat(indent)}`);
}

function kindOf(name: string): string {
  return `SPLIT_PART(${name}, '.', 1)`;
}
