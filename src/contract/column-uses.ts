/** Which columns the views read, what for, and where the config names them. */
import type { AuditTablesState, ObjectName } from '../model/deployment';

/** What a column is read as. */
export type Use = 'id' | 'text' | 'selection' | 'time' | 'bound' | 'count' | 'arguments';

export interface ColumnUse {
  table: ObjectName;
  column: string;
  use: Use;
  /** In the config, below `state.layout`: `runs.runId`. */
  key: string;
  /** Whether a layout can do without. */
  optional: boolean;
}

type Uses = readonly (readonly [key: string, use: Use, optional: boolean])[];

const RUNS = [
  ['runId', 'id', false],
  ['startedAt', 'time', false],
  ['endedAt', 'time', true],
  ['status', 'text', true],
  ['project', 'text', true],
  ['environment', 'text', true],
  ['command', 'text', true],
  ['selection', 'selection', true],
  ['commandLine', 'text', true],
  ['exclude', 'selection', true],
  ['yamlSelector', 'selection', true],
  ['args', 'arguments', true],
  ['prunedBy', 'bound', true],
  ['testsFailed', 'count', true],
] as const satisfies Uses;

const NODES = [
  ['runId', 'id', false],
  ['name', 'text', false],
  ['status', 'text', false],
  ['endedAt', 'time', true],
  ['resourceType', 'text', true],
  ['message', 'text', true],
  ['prunedBy', 'bound', true],
] as const satisfies Uses;

/** One a column and use; a column that is read as two things is there twice. */
export function columnUses({ runs, nodes }: AuditTablesState): ColumnUse[] {
  const uses: ColumnUse[] = [];
  for (const [key, use, optional] of RUNS) {
    const column = runs[key];
    if (column !== null) uses.push({ table: runs.table, column, use, key: `runs.${named(key)}`, optional });
  }
  for (const { table } of nodes.tables) {
    for (const [key, use, optional] of NODES) {
      const column = nodes[key];
      if (column !== null) uses.push({ table, column, use, key: `nodes.${named(key)}`, optional });
    }
  }
  return uses;
}

/** All tables of a log, the run log first. */
export function tablesOf({ runs, nodes }: AuditTablesState): ObjectName[] {
  return [runs.table, ...nodes.tables.map(({ table }) => table)];
}

const named = (key: string): string => (key === 'prunedBy' ? 'createdAt' : key);

/** Types by INFORMATION_SCHEMA's names that a use cannot read. https://docs.snowflake.com/en/sql-reference/intro-summary-data-types */
const NO_TEXT = ['OBJECT', 'ARRAY', 'MAP', 'BINARY', 'GEOGRAPHY', 'GEOMETRY', 'VECTOR', 'FILE'];
const NO_TIME = [...NO_TEXT, 'BOOLEAN', 'TIME'];
const UNREADABLE: Readonly<Record<Use, readonly string[]>> = {
  id: [...NO_TIME, 'DATE'],
  text: NO_TEXT,
  selection: NO_TEXT.filter((type) => type !== 'ARRAY'),
  time: NO_TIME,
  bound: [...NO_TIME, 'NUMBER', 'FLOAT', 'VARIANT'],
  count: [...NO_TIME, 'TEXT', 'VARIANT', 'DATE', 'TIMESTAMP_NTZ', 'TIMESTAMP_LTZ', 'TIMESTAMP_TZ'],
  arguments: [...NO_TIME.filter((type) => type !== 'OBJECT'), 'NUMBER', 'FLOAT', 'DATE'],
};

export const WANTED: Readonly<Record<Use, string>> = {
  id: 'text or a number',
  text: 'text',
  selection: 'text, or an array of texts',
  time: 'a timestamp, text or a number',
  bound: 'a timestamp',
  count: 'a number',
  arguments: 'an object, a variant or text',
};

export function isReadable(use: Use, type: string): boolean {
  return !UNREADABLE[use].includes(type);
}
