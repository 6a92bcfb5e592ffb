/** A table as it is kept: its record, DuckDB's table behind it, the sequences of its columns. */
import { keyOf } from '../../catalog/names';
import type { ColumnRecord, TableRecord } from '../../catalog/objects';
import { createSequence, duckName, duckSchema, duckTable, quoteIdentifier } from '../../sql/duck-text';
import type { TokenReader } from '../../sql/token-reader';
import { duckType } from '../../sql/types';
import type { EngineSession } from '../account';
import type { QualifiedName } from '../contract';
import type { CreateClause } from './create-clause';

/** What CREATE TABLE says of the new table, but for its columns. */
export interface TableFrame {
  name: QualifiedName;
  create: CreateClause;
  comment: string;
  clusterBy: string;
}

export const isTemporary = ({ words }: CreateClause): boolean =>
  words.some((word) => word.startsWith('TEMP') || word === 'VOLATILE');

/** `(a, b)` as SHOW TABLES writes it: `LINEAR(a, b)`. */
export function readClusterKey(reader: TokenReader): string {
  reader.accept('LINEAR');
  const start = reader.peek()?.start ?? reader.fail();
  reader.expect('(');
  for (let depth = 1; depth > 0;) {
    const { value } = reader.next();
    if (value === '(') depth += 1;
    if (value === ')') depth -= 1;
  }
  return `LINEAR${reader.text.slice(start, reader.tokens[reader.at - 1]!.end)}`;
}

/** Makes the table in DuckDB and its record. */
export async function createEmpty(
  session: EngineSession,
  columns: ColumnRecord[],
  frame: TableFrame,
): Promise<TableRecord> {
  const { database, schema, name } = frame.name;
  const temporary = isTemporary(frame.create);
  const stored = temporary ? `${name} of ${session.id}` : name;
  const target = duckTable(database, schema, stored);
  const definitions = columns.map(
    (column) =>
      `${quoteIdentifier(duckName(column.name))} ${duckType(column.type)}${column.nullable ? '' : ' NOT NULL'}`,
  );
  await session.exclusively(async ({ raw }) => {
    await raw.run(`DROP TABLE IF EXISTS ${target}`);
    await raw.run(`CREATE TABLE ${target} (${definitions.join(', ')})`);
  });
  for (const column of columns) await createCounter(session, duckSchema(database, schema), stored, column);
  const record: TableRecord = {
    kind: 'TABLE',
    ...frame.name,
    columns,
    comment: frame.comment,
    created: session.account.clock.nowDate().getTime(),
    owner: session.role,
    durability: temporary ? 'TEMPORARY' : frame.create.words.includes('TRANSIENT') ? 'TRANSIENT' : 'TABLE',
    clusterBy: frame.clusterBy,
    duckName: target,
  };
  await keepTable(session, record);
  return record;
}

/** The sequence behind an AUTOINCREMENT column. */
export async function createCounter(
  session: EngineSession,
  schema: string,
  table: string,
  column: ColumnRecord,
): Promise<void> {
  const { autoincrement } = column;
  if (!autoincrement) return;
  autoincrement.sequence = `${quoteIdentifier(schema)}.${quoteIdentifier(`${duckName(table)} ${duckName(column.name)}`)}`;
  const { sequence, start, step } = autoincrement;
  await session.exclusively(({ raw }) => raw.run(createSequence(sequence, start, step)));
}

export async function keepTable(session: EngineSession, record: TableRecord): Promise<void> {
  if (record.durability === 'TEMPORARY') session.temporary.set(keyOf(record), record);
  else await session.account.objects.tables.set(keyOf(record), record);
  session.account.schemaVersion += 1;
}
