/** ALTER TABLE, and what CREATE OR ALTER TABLE changes. https://docs.snowflake.com/en/sql-reference/sql/alter-table */
import { alreadyExists, SnowflakeError, unsupported } from '../../errors';
import { moveGrants } from '../../catalog/grants';
import { keyOf, qualify } from '../../catalog/names';
import type { ColumnRecord, TableRecord } from '../../catalog/objects';
import { newCompilation } from '../../sql/compilation';
import { duckName, duckSchema, duckTable, quoteIdentifier } from '../../sql/duck-text';
import { defaultSql, hasDefault } from '../../sql/lower/dml';
import { TokenReader } from '../../sql/token-reader';
import { duckType, parseType, showType } from '../../sql/types';
import { type EngineSession, engineSession } from '../account';
import { environmentOf } from '../compile';
import type { StatementHandler } from '../contract';
import { findTable } from '../resolve';
import { runCompiled } from '../run';
import { readColumn, readTableConstraint } from './columns';
import { readComment } from './create-clause';
import { acceptNoChangeTracking, acceptRetention } from './object-properties';
import { status } from './status';
import { createCounter, keepTable, readClusterKey } from './stored-table';

export const alterTable: StatementHandler = {
  name: 'ALTER TABLE',
  matches: (tokens) => tokens[0]?.value === 'ALTER' && tokens[1]?.value === 'TABLE',
  async run({ text, tokens }, session) {
    const own = engineSession(session);
    const reader = new TokenReader(text, tokens);
    reader.expect('ALTER', 'TABLE');
    const ifExists = reader.accept('IF', 'EXISTS');
    const parts = reader.name();
    const known =
      own.temporary.get(keyOf(qualify(parts, own))) ??
      own.account.objects.tables.get(keyOf(qualify(parts, own)));
    if (!known && ifExists) return status('Statement executed successfully.');
    const table = structuredClone(findTable(own, parts));
    if (reader.accept('RENAME', 'TO')) await rename(own, table, reader);
    else {
      await change(own, table, reader);
      await keepTable(own, table);
    }
    reader.end();
    return status('Statement executed successfully.');
  },
};

async function change(session: EngineSession, table: TableRecord, reader: TokenReader): Promise<void> {
  if (reader.accept('ADD')) return add(session, table, reader);
  if (reader.accept('DROP')) return drop(session, table, reader);
  if (reader.accept('ALTER') || reader.accept('MODIFY')) return modify(session, table, reader);
  if (reader.accept('RENAME', 'COLUMN')) return renameColumn(session, table, reader);
  if (reader.accept('CLUSTER', 'BY')) table.clusterBy = readClusterKey(reader);
  else if (reader.accept('SET')) set(table, reader);
  else if (reader.accept('UNSET', 'COMMENT')) table.comment = '';
  else throw unsupported(`ALTER TABLE ... ${reader.peek()?.text ?? ''}`);
}

function set(table: TableRecord, reader: TokenReader): void {
  if (reader.sees('COMMENT')) table.comment = readComment(reader)!;
  else if (!acceptRetention(reader, 'ALTER TABLE') && !acceptNoChangeTracking(reader, 'ALTER TABLE'))
    throw unsupported(`ALTER TABLE ... SET ${reader.peek()?.text ?? ''}`);
}

const quoted = (column: { name: string }): string => quoteIdentifier(duckName(column.name));

function columnOf(table: TableRecord, name: string): ColumnRecord {
  const found = table.columns.find((column) => column.name === name);
  if (!found)
    throw new SnowflakeError('000904', '42000', `SQL compilation error:\ninvalid identifier '${name}'`);
  return found;
}

function columnExists(name: string): SnowflakeError {
  return new SnowflakeError('001430', '42601', `SQL compilation error:\ncolumn '${name}' already exists`);
}

async function alter(session: EngineSession, table: TableRecord, what: string): Promise<void> {
  await session.exclusively(({ raw }) => raw.run(`ALTER TABLE ${table.duckName} ${what}`));
}

async function add(session: EngineSession, table: TableRecord, reader: TokenReader): Promise<void> {
  if (readTableConstraint(reader, table.columns)) return;
  reader.accept('COLUMN');
  const ifMissing = reader.accept('IF', 'NOT', 'EXISTS');
  do {
    const column = readColumn(reader);
    const exists = table.columns.some((each) => each.name === column.name);
    if (exists && !ifMissing) throw columnExists(column.name);
    if (!exists) await addColumn(session, table, column);
  } while (reader.accept(',') && (reader.accept('COLUMN') || true));
}

/** Rows that are there get the default. */
async function addColumn(session: EngineSession, table: TableRecord, column: ColumnRecord): Promise<void> {
  await alter(session, table, `ADD COLUMN ${quoted(column)} ${duckType(column.type)}`);
  await createCounter(session, duckSchema(table.database, table.schema), table.name, column);
  if (hasDefault(column)) {
    const compilation = newCompilation(environmentOf(session, []), '');
    const sql = `UPDATE ${table.duckName} SET ${quoted(column)} = ${defaultSql(column, compilation)}`;
    await runCompiled(
      session,
      { sql, columns: [], parameters: compilation.parameters, cacheable: false },
      [],
      '',
    );
  }
  if (!column.nullable) await alter(session, table, `ALTER COLUMN ${quoted(column)} SET NOT NULL`);
  table.columns.push(column);
}

async function drop(session: EngineSession, table: TableRecord, reader: TokenReader): Promise<void> {
  if (reader.accept('CLUSTERING', 'KEY')) {
    table.clusterBy = '';
    return;
  }
  for (const word of ['CONSTRAINT', 'PRIMARY', 'UNIQUE', 'ROW', 'ALL', 'SEARCH'])
    if (reader.sees(word)) throw unsupported(`ALTER TABLE ... DROP ${word}`);
  reader.accept('COLUMN');
  const ifExists = reader.accept('IF', 'EXISTS');
  do {
    const name = reader.identifier();
    if (ifExists && !table.columns.some((each) => each.name === name)) continue;
    await dropColumn(session, table, columnOf(table, name));
  } while (reader.accept(','));
}

async function dropColumn(session: EngineSession, table: TableRecord, column: ColumnRecord): Promise<void> {
  await alter(session, table, `DROP COLUMN ${quoted(column)}`);
  table.columns = table.columns.filter((each) => each !== column);
}

async function renameColumn(session: EngineSession, table: TableRecord, reader: TokenReader): Promise<void> {
  const column = columnOf(table, reader.identifier());
  reader.expect('TO');
  const name = reader.identifier();
  if (table.columns.some((each) => each.name === name)) throw columnExists(name);
  await alter(session, table, `RENAME COLUMN ${quoted(column)} TO ${quoted({ name })}`);
  column.name = name;
}

async function modify(session: EngineSession, table: TableRecord, reader: TokenReader): Promise<void> {
  const listed = reader.accept('(');
  do {
    reader.accept('COLUMN');
    await modifyColumn(session, table, columnOf(table, reader.identifier()), reader);
  } while (reader.accept(','));
  if (listed) reader.expect(')');
}

async function modifyColumn(
  session: EngineSession,
  table: TableRecord,
  column: ColumnRecord,
  reader: TokenReader,
): Promise<void> {
  if (reader.accept('COMMENT')) column.comment = reader.string();
  else if (reader.accept('UNSET', 'COMMENT')) delete column.comment;
  else if (reader.accept('DROP', 'DEFAULT')) delete column.default;
  else if (reader.accept('DROP', 'NOT', 'NULL')) await setNullable(session, table, column, true);
  else if (reader.accept('SET', 'NOT', 'NULL')) await setNullable(session, table, column, false);
  else if (reader.accept('SET', 'DATA', 'TYPE') || reader.accept('TYPE'))
    await setType(session, table, column, { ...column, type: parseType(reader) });
  else throw unsupported(`ALTER TABLE ... ALTER COLUMN ... ${reader.peek()?.text ?? ''}`);
}

async function setNullable(
  session: EngineSession,
  table: TableRecord,
  column: ColumnRecord,
  nullable: boolean,
): Promise<void> {
  if (nullable !== column.nullable)
    await alter(session, table, `ALTER COLUMN ${quoted(column)} ${nullable ? 'DROP' : 'SET'} NOT NULL`);
  column.nullable = nullable;
}

/** Text may become longer, numbers wider; anything else Snowflake refuses. */
async function setType(
  session: EngineSession,
  table: TableRecord,
  column: ColumnRecord,
  { type }: ColumnRecord,
): Promise<void> {
  const before = column.type;
  const longer =
    before.kind === 'VARCHAR' &&
    type.kind === 'VARCHAR' &&
    (type.length ?? Infinity) >= (before.length ?? Infinity);
  const wider = before.kind === 'NUMBER' && type.kind === 'NUMBER' && type.scale === before.scale;
  const shorter = before.kind === 'VARCHAR' && type.kind === 'VARCHAR' && !longer;
  if (shorter || (!longer && !wider && duckType(before) !== duckType(type))) {
    const why = shorter ? ' because reducing the byte-length of a varchar is not supported.' : '';
    const text = `cannot change column ${column.name} from type ${showType(before)} to ${showType(type)}${why}`;
    throw new SnowflakeError('002108', '22000', `SQL compilation error: ${text}`);
  }
  if (duckType(before) !== duckType(type))
    await alter(session, table, `ALTER COLUMN ${quoted(column)} SET DATA TYPE ${duckType(type)}`);
  column.type = type;
}

async function rename(session: EngineSession, table: TableRecord, reader: TokenReader): Promise<void> {
  const name = qualify(reader.name(), session);
  const { tables } = session.account.objects;
  if (table.durability === 'TEMPORARY') throw unsupported('ALTER TABLE ... RENAME TO of a temporary table');
  if (name.database !== table.database || name.schema !== table.schema)
    throw unsupported('ALTER TABLE ... RENAME TO another schema');
  if (tables.get(keyOf(name))) throw alreadyExists(keyOf(name));
  await alter(session, table, `RENAME TO ${quoteIdentifier(duckName(name.name))}`);
  await tables.delete(keyOf(table));
  await moveGrants(session.account.catalog, 'TABLE', keyOf(table), keyOf(name));
  await keepTable(session, {
    ...table,
    name: name.name,
    duckName: duckTable(name.database, name.schema, name.name),
  });
}

/** CREATE OR ALTER: the table gets these columns in this order; rows stay. */
export async function alterToMatch(
  session: EngineSession,
  existing: TableRecord,
  columns: ColumnRecord[],
  comment: string,
): Promise<void> {
  const table = structuredClone(existing);
  for (const column of [...table.columns])
    if (!columns.some((each) => each.name === column.name)) await dropColumn(session, table, column);
  for (const wanted of columns) {
    const column = table.columns.find((each) => each.name === wanted.name);
    if (!column) {
      await addColumn(session, table, wanted);
      continue;
    }
    await setType(session, table, column, wanted);
    await setNullable(session, table, column, wanted.nullable);
    const { autoincrement } = column;
    Object.assign(column, { ...wanted, autoincrement });
  }
  const order = new Map(columns.map((column, index) => [column.name, index]));
  table.columns.sort((a, b) => order.get(a.name)! - order.get(b.name)!);
  await keepTable(session, { ...table, comment });
}
