/** CREATE, ALTER and DROP TABLE. https://docs.snowflake.com/en/sql-reference/sql/create-table, alter-table, drop-table */
import { alreadyExists, doesNotExist, unsupported } from '../../errors';
import { dropGrantsOn } from '../../catalog/grants';
import { keyOf, qualify } from '../../catalog/names';
import type { ColumnRecord, TableRecord } from '../../catalog/objects';
import { duckName, duckSchema, duckTable, quoteIdentifier } from '../../sql/duck-text';
import { tokenize } from '../../sql/lexer';
import { parseQuery } from '../../sql/parse/query';
import { lowerQuery } from '../../sql/lower/query';
import { TokenReader } from '../../sql/token-reader';
import { duckType } from '../../sql/types';
import type { ResultColumn } from '../../values';
import { type EngineSession, engineSession } from '../account';
import { compileCached } from '../compile';
import type { ParsedStatement, QualifiedName, StatementHandler } from '../contract';
import { findTable } from '../resolve';
import { runCompiled } from '../run';
import { readColumn, readColumns } from './columns';
import { schemaKey } from './containers';
import { type CreateClause, objectWord, readComment, readCreate } from './create-clause';
import { status } from './status';

export const createTable: StatementHandler = {
  name: 'CREATE TABLE',
  matches: (tokens) => tokens[0]?.value === 'CREATE' && objectWord(tokens) === 'TABLE',
  async run(statement, session) {
    const own = engineSession(session);
    const reader = new TokenReader(statement.text, statement.tokens);
    const create = readCreate(reader);
    if (create.orAlter) throw unsupported('CREATE OR ALTER TABLE');
    reader.expect('TABLE');
    const ifMissing = reader.accept('IF', 'NOT', 'EXISTS');
    const name = qualify(reader.name(), own);
    requireSchema(own, name);
    const existing = tableNamed(own, name);
    if (existing && ifMissing) return status(`${name.name} already exists, statement succeeded.`);
    if (existing && (!create.orReplace || existing.kind === 'VIEW')) throw alreadyExists(keyOf(name));
    const columns = reader.sees('(') ? (reader.next(), readColumns(reader)) : undefined;
    const copyGrants = { value: false };
    const comment = readTableClauses(reader, copyGrants);
    if (reader.accept('AS')) await createAs(own, statement, reader, { name, columns, comment, create });
    else {
      reader.end();
      await createEmpty(own, { name, columns: columns ?? reader.fail(), comment, create });
    }
    if (existing && !copyGrants.value) await dropGrantsOn(own.account.catalog, 'TABLE', keyOf(name));
    return status(`Table ${name.name} successfully created.`);
  },
};

interface NewTable {
  name: QualifiedName;
  columns: ColumnRecord[] | undefined;
  comment: string;
  create: CreateClause;
}

function readTableClauses(reader: TokenReader, copyGrants: { value: boolean }): string {
  let comment = '';
  for (;;) {
    const text = readComment(reader);
    if (text !== undefined) comment = text;
    else if (reader.accept('COPY', 'GRANTS')) copyGrants.value = true;
    else if (
      reader.accept('DATA_RETENTION_TIME_IN_DAYS', '=') ||
      reader.accept('MAX_DATA_EXTENSION_TIME_IN_DAYS', '=')
    )
      reader.integer();
    else if (reader.accept('CHANGE_TRACKING', '=')) reader.boolean();
    else if (reader.done || reader.sees('AS')) return comment;
    else throw unsupported(`CREATE TABLE ... ${reader.peek()!.text}`);
  }
}

export function requireSchema(session: EngineSession, { database, schema }: QualifiedName): void {
  const { databases, schemas } = session.account.objects;
  if (!databases.get(database)) throw doesNotExist('Database', database);
  if (!schemas.get(schemaKey(database, schema))) throw doesNotExist('Schema', schemaKey(database, schema));
}

function tableNamed(session: EngineSession, name: QualifiedName): TableRecord | undefined {
  return session.temporary.get(keyOf(name)) ?? session.account.objects.tables.get(keyOf(name));
}

async function createEmpty(
  session: EngineSession,
  table: NewTable & { columns: ColumnRecord[] },
): Promise<TableRecord> {
  const { database, schema, name } = table.name;
  const { words } = table.create;
  const temporary = words.some((word) => word.startsWith('TEMP') || word === 'VOLATILE');
  const stored = temporary ? `${name} of ${session.id}` : name;
  const target = duckTable(database, schema, stored);
  const definitions = table.columns.map(
    (column) =>
      `${quoteIdentifier(duckName(column.name))} ${duckType(column.type)}${column.nullable ? '' : ' NOT NULL'}`,
  );
  await session.exclusively(async ({ raw }) => {
    await raw.run(`DROP TABLE IF EXISTS ${target}`);
    await raw.run(`CREATE TABLE ${target} (${definitions.join(', ')})`);
    for (const column of table.columns.filter((each) => each.autoincrement)) {
      const sequence = `${quoteIdentifier(duckSchema(database, schema))}.${quoteIdentifier(`${duckName(stored)} ${duckName(column.name)}`)}`;
      column.autoincrement!.sequence = sequence;
      await raw.run(
        `CREATE OR REPLACE SEQUENCE ${sequence} START ${column.autoincrement!.start} INCREMENT ${column.autoincrement!.step}`,
      );
    }
  });
  const record: TableRecord = {
    kind: 'TABLE',
    ...table.name,
    columns: table.columns,
    comment: table.comment,
    created: session.account.clock.nowDate().getTime(),
    owner: session.role,
    durability: temporary ? 'TEMPORARY' : words.includes('TRANSIENT') ? 'TRANSIENT' : 'TABLE',
    clusterBy: '',
    duckName: target,
  };
  if (temporary) session.temporary.set(keyOf(table.name), record);
  else await session.account.objects.tables.set(keyOf(table.name), record);
  session.account.schemaVersion += 1;
  return record;
}

/** The columns are those of the query, under the names given. */
async function createAs(
  session: EngineSession,
  statement: ParsedStatement,
  reader: TokenReader,
  table: NewTable,
): Promise<void> {
  const query = reader.rest();
  const compiled = compileCached(session, query, statement.binds, (compilation) => {
    const body = new TokenReader(query, tokenize(query));
    const lowered = lowerQuery(parseQuery(body), compilation, undefined);
    body.end();
    return { sql: lowered.sql, columns: lowered.columns as unknown as ResultColumn[] };
  });
  const empty = { ...compiled, sql: `SELECT * FROM (${compiled.sql}) LIMIT 0` };
  const types = (await runCompiled(session, empty, statement.binds, statement.queryId)).columns;
  const columns = types.map((column, index) => ({
    name: table.columns?.[index]?.name ?? column.name,
    type: table.columns?.[index]?.type ?? column.type,
    nullable: true,
  }));
  // Read before the table is replaced: the query may name it.
  const holder = `"snapshot of ${statement.queryId}"`;
  await runCompiled(
    session,
    { ...compiled, sql: `CREATE TEMP TABLE ${holder} AS ${compiled.sql}`, columns: [] },
    statement.binds,
    statement.queryId,
  );
  const record = await createEmpty(session, { ...table, columns });
  await session.exclusively(async ({ raw }) => {
    await raw.run(`INSERT INTO ${record.duckName} SELECT * FROM ${holder}`);
    await raw.run(`DROP TABLE ${holder}`);
  });
}

export const dropTable: StatementHandler = {
  name: 'DROP TABLE, DROP VIEW',
  matches: (tokens) =>
    tokens[0]?.value === 'DROP' && (tokens[1]?.value === 'TABLE' || tokens[1]?.value === 'VIEW'),
  async run({ text, tokens }, session) {
    const own = engineSession(session);
    const reader = new TokenReader(text, tokens);
    reader.expect('DROP');
    const kind = reader.next().value === 'VIEW' ? 'View' : 'Table';
    const ifExists = reader.accept('IF', 'EXISTS');
    const parts = reader.name();
    if (!reader.accept('CASCADE')) reader.accept('RESTRICT');
    reader.end();
    const name = qualify(parts, own);
    const record = tableNamed(own, name);
    if (!record || (record.kind === 'VIEW') !== (kind === 'View')) {
      if (ifExists && !record)
        return status(`Drop statement executed successfully (${name.name} already dropped).`);
      throw doesNotExist(kind, keyOf(name));
    }
    if (record.kind === 'TABLE') await own.exclusively(({ raw }) => raw.run(`DROP TABLE ${record.duckName}`));
    if (!own.temporary.delete(keyOf(name))) await own.account.objects.tables.delete(keyOf(name));
    await dropGrantsOn(own.account.catalog, kind.toUpperCase(), keyOf(name));
    own.account.schemaVersion += 1;
    return status(`${name.name} successfully dropped.`);
  },
};

export const alterTable: StatementHandler = {
  name: 'ALTER TABLE',
  matches: (tokens) => tokens[0]?.value === 'ALTER' && tokens[1]?.value === 'TABLE',
  async run({ text, tokens }, session) {
    const own = engineSession(session);
    const reader = new TokenReader(text, tokens);
    reader.expect('ALTER', 'TABLE');
    const ifExists = reader.accept('IF', 'EXISTS');
    const name = qualify(reader.name(), own);
    const record = tableNamed(own, name);
    if (!record && ifExists) return status('Statement executed successfully.');
    const table = findTable(own, [name.database, name.schema, name.name]);
    const changed = structuredClone(table);
    const sql = alteration(reader, changed);
    reader.end();
    if (sql !== '') await own.exclusively(({ raw }) => raw.run(`ALTER TABLE ${table.duckName} ${sql}`));
    if (changed.durability === 'TEMPORARY') own.temporary.set(keyOf(name), changed);
    else await own.account.objects.tables.set(keyOf(name), changed);
    own.account.schemaVersion += 1;
    return status('Statement executed successfully.');
  },
};

/** Changes the record and returns what DuckDB has to do. */
function alteration(reader: TokenReader, table: TableRecord): string {
  const columnNamed = (name: string): ColumnRecord => {
    const found = table.columns.find((column) => column.name === name);
    if (!found) throw doesNotExist('Column', name);
    return found;
  };
  const quoted = (name: string): string => quoteIdentifier(duckName(name));
  if (reader.accept('ADD')) {
    reader.accept('COLUMN');
    if (
      reader.accept('IF', 'NOT', 'EXISTS') &&
      table.columns.some((column) => column.name === reader.peek()?.value)
    ) {
      readColumn(reader);
      return '';
    }
    const column = readColumn(reader);
    table.columns.push(column);
    return `ADD COLUMN ${quoted(column.name)} ${duckType(column.type)}`;
  }
  if (reader.accept('DROP')) {
    reader.accept('COLUMN');
    const column = columnNamed(reader.identifier());
    table.columns = table.columns.filter((each) => each !== column);
    return `DROP COLUMN ${quoted(column.name)}`;
  }
  if (reader.accept('RENAME', 'COLUMN')) {
    const column = columnNamed(reader.identifier());
    reader.expect('TO');
    const before = column.name;
    column.name = reader.identifier();
    return `RENAME COLUMN ${quoted(before)} TO ${quoted(column.name)}`;
  }
  if (reader.accept('SET', 'COMMENT', '=')) {
    table.comment = reader.string();
    return '';
  }
  throw unsupported(`ALTER TABLE ... ${reader.peek()?.text ?? ''}`);
}
