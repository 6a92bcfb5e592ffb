/** The tables of a log of one's own: made for a rehearsal where they are missing, and looked at before hooks write. */
import { keyOf, showIdentifier } from '../../catalog/names';
import type { TableRecord } from '../../catalog/objects';
import { engineSession } from '../../engine/account';
import type { QualifiedName, Session } from '../../engine/contract';
import { holds } from './column-values';
import type { TypeOf } from './mapped';
import type { Manner } from './manner';
import { type Mapping, type NodeRole, type RunRole, writtenTable } from './mapping';

const TIME_TYPES: Readonly<Record<NonNullable<Manner['times']>, string>> = {
  ntz: 'TIMESTAMP_NTZ',
  ltz: 'TIMESTAMP_LTZ',
  tz: 'TIMESTAMP_TZ',
  text: 'VARCHAR',
  'text-with-offset': 'VARCHAR',
  seconds: 'NUMBER(38,0)',
  milliseconds: 'NUMBER(38,0)',
  date: 'DATE',
};

/** CREATE statements for what the mapping names, columns of the same role in the same type. */
export function mappedTableStatements({ runs, nodes, manner }: Mapping): string[] {
  const required = Object.keys(manner.required ?? {}).map(
    (name) => `${showIdentifier(name)} VARCHAR NOT NULL`,
  );
  return [
    ...creating(runs.table, definitions(runs.columns, manner), required, manner),
    ...creating(nodes.table, definitions(nodes.columns, manner), [], manner),
  ];
}

function definitions(columns: Readonly<Record<string, string | undefined>>, manner: Manner): string[] {
  const typeOf = (role: string): string => {
    if (role === 'startedAt' || role === 'endedAt') return TIME_TYPES[manner.times ?? 'ntz'];
    if (role === 'testsFailed') return 'NUMBER(38,0)';
    if (role === 'runId') return manner.ids === 'number' ? 'NUMBER(38,0)' : 'VARCHAR';
    return role === 'status' && manner.statuses === 'boolean' ? 'BOOLEAN' : 'VARCHAR';
  };
  const byName = new Map(Object.entries(columns).map(([role, name]) => [name ?? '', typeOf(role)]));
  return [...byName].map(([name, type]) => `${showIdentifier(name)} ${type}`);
}

function creating(table: QualifiedName, columns: string[], more: string[], manner: Manner): string[] {
  const written = keyOf(writtenTable(table, manner));
  const create = `CREATE TABLE IF NOT EXISTS ${written} (${[...columns, ...more].join(', ')})`;
  return manner.views
    ? [create, `CREATE VIEW IF NOT EXISTS ${keyOf(table)} AS SELECT * FROM ${written}`]
    : [create];
}

export function typesIn(session: Session): TypeOf {
  const { tables } = engineSession(session).account.objects;
  return (table, column) => tables.get(keyOf(table))?.columns.find(({ name }) => name === column)?.type;
}

/** @returns why the hooks of this mapping could not write, one sentence each */
export function obstaclesTo(mapping: Mapping, session: Session): string[] {
  const { tables } = engineSession(session).account.objects;
  const { runs, nodes, manner } = mapping;
  const found = [
    ...inTable(tables.get(keyOf(writtenTable(runs.table, manner))), runs, Object.keys(manner.required ?? {})),
    ...inTable(tables.get(keyOf(writtenTable(nodes.table, manner))), nodes, []),
  ];
  return found;
}

function inTable(
  table: TableRecord | undefined,
  mapped: Mapping['runs'] | Mapping['nodes'],
  filled: readonly string[],
): string[] {
  const name = keyOf(mapped.table);
  if (!table) return [`there is no table ${name}`];
  if (table.kind === 'VIEW') return [`${name} is a view: hooks write tables`];
  const columns = Object.entries(mapped.columns as Record<string, string>);
  const wanted = new Set([...columns.map(([, column]) => column), ...filled]);
  const known = new Map(table.columns.map((column) => [column.name, column]));
  return [
    ...[...wanted].filter((column) => !known.has(column)).map((column) => `${name} has no column ${column}`),
    ...columns.flatMap(([role, column]) => {
      const kind = known.get(column)?.type.kind;
      return kind === undefined || holds(role as RunRole | NodeRole, kind)
        ? []
        : [`${name}.${column} is ${kind}, which hooks here cannot write as ${role}`];
    }),
    ...table.columns
      .filter((column) => !column.nullable && column.default === undefined && !column.autoincrement)
      .filter((column) => !wanted.has(column.name))
      .map(
        (column) =>
          `${name}.${column.name} is NOT NULL, and nothing says what hooks write there (writes.required)`,
      ),
  ];
}
