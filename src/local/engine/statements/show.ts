/** SHOW of what the engine keeps, with its filters. https://docs.snowflake.com/en/sql-reference/sql/show */
import { doesNotExist, SnowflakeError, unsupported } from '../../errors';
import { likePattern } from '../../catalog/like-pattern';
import { keyOf, showIdentifier } from '../../catalog/names';
import type { Token } from '../../sql/lexer';
import { TokenReader } from '../../sql/token-reader';
import { type EngineSession, engineSession } from '../account';
import type { StatementHandler } from '../contract';
import { isRestricted, visible } from '../privileges';
import { findTable } from '../resolve';
import { schemaKey, schemaName } from './containers';
import { showFutureGrants, showGrants } from './show-grants';
import { KINDS } from './show-kinds';
import { type Row, table } from './show-table';

export const show: StatementHandler = {
  name: 'SHOW',
  matches: (tokens) =>
    tokens[0]?.value === 'SHOW' && ['GRANTS', 'FUTURE', ...Object.keys(KINDS)].includes(kindWord(tokens)),
  async run({ text, tokens }, session) {
    const own = engineSession(session);
    const reader = new TokenReader(text, tokens);
    reader.expect('SHOW');
    if (reader.accept('GRANTS')) return showGrants(reader, own);
    if (reader.accept('FUTURE', 'GRANTS')) return showFutureGrants(reader, own);
    const terse = reader.accept('TERSE');
    const word = reader.identifier();
    const kind = KINDS[word]!;
    if (terse && kind.terse === null) throw unsupported(`SHOW TERSE ${word}`);
    const rows = filtered(reader, seen(own, word, kind.rows(own)), own, word);
    if (!terse || typeof kind.terse !== 'string') return table(kind.columns, kind.types ?? {}, rows);
    return table(kind.terse, kind.types ?? {}, kind.terseRow ? rows.map(kind.terseRow) : rows);
  },
};

/** A role sees of objects those that it has a privilege on. Names of roles are no secret. */
function seen(session: EngineSession, word: string, rows: readonly Row[]): Row[] {
  const on = SEEN_BY[word];
  if (!on || !isRestricted(session)) return [...rows];
  const isSeen = on.map((kind) => visible(session, kind));
  return rows.filter((row) => isSeen.some((test) => test(nameIn(row, word))));
}

/** On which kind of object a privilege lets it be seen. */
const SEEN_BY: Readonly<Record<string, readonly string[]>> = {
  DATABASES: ['DATABASE'],
  SCHEMAS: ['SCHEMA'],
  TABLES: ['TABLE'],
  VIEWS: ['VIEW'],
  OBJECTS: ['TABLE', 'VIEW'],
  COLUMNS: ['TABLE', 'VIEW'],
  SEQUENCES: ['SEQUENCE'],
  WAREHOUSES: ['WAREHOUSE'],
  USERS: ['USER'],
};

/** As grants name it. */
function nameIn(row: Row, word: string): string {
  const parts = ['database_name', 'schema_name', word === 'COLUMNS' ? 'table_name' : 'name'];
  return parts.flatMap((part) => (row[part] == null ? [] : showIdentifier(String(row[part])))).join('.');
}

/** The word that says what is listed. */
function kindWord(tokens: readonly Token[]): string {
  return (tokens[1]?.value === 'TERSE' ? tokens[2] : tokens[1])?.value ?? '';
}

/** They are in no database, and no IN narrows them. */
const OF_THE_ACCOUNT = new Set(['DATABASES', 'WAREHOUSES', 'ROLES', 'USERS', 'VARIABLES']);
const IN_SCHEMA = new Set(['TABLES', 'VIEWS', 'OBJECTS', 'SEQUENCES', 'COLUMNS']);

/** LIKE (case does not count), IN, STARTS WITH, LIMIT ... FROM. Without IN: the current schema, else the database, else all. */
function filtered(reader: TokenReader, all: readonly Row[], session: EngineSession, word: string): Row[] {
  let rows = [...all];
  if (reader.sees('HISTORY')) throw unsupported(`SHOW ${word} HISTORY`);
  if (reader.accept('LIKE')) {
    const pattern = likePattern(reader.string());
    rows = rows.filter((row) => pattern.test(String(row['name'])));
  }
  if (word !== 'COLUMNS') rows.sort(byName);
  rows =
    reader.accept('IN') || (word === 'PARAMETERS' && reader.accept('FOR'))
      ? within(reader, rows, session, word)
      : inCurrent(rows, session, word);
  if (reader.accept('STARTS', 'WITH')) {
    const prefix = reader.string();
    rows = rows.filter((row) => String(row['name']).startsWith(prefix));
  }
  rows = limited(reader, rows);
  if (reader.sees('WITH', 'PRIVILEGES')) throw unsupported(`SHOW ${word} WITH PRIVILEGES`);
  reader.end();
  return rows;
}

/** `LIMIT 10 FROM 'LOAVES'`: behind that name, in the order of names. */
function limited(reader: TokenReader, rows: readonly Row[]): Row[] {
  if (!reader.accept('LIMIT')) return [...rows];
  const limit = reader.integer();
  const from = reader.accept('FROM') ? reader.string() : '';
  return rows.filter((row) => from === '' || String(row['name']) > from).slice(0, limit);
}

/** As an account sorts: by database, schema and name. */
function byName(a: Row, b: Row): number {
  for (const part of ['database_name', 'schema_name', 'name']) {
    const [left, right] = [String(a[part] ?? ''), String(b[part] ?? '')];
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

function inCurrent(rows: readonly Row[], session: EngineSession, word: string): Row[] {
  if (word === 'SCHEMAS' && session.database)
    return rows.filter((row) => row['database_name'] === session.database);
  if (!IN_SCHEMA.has(word)) return [...rows];
  return rows.filter(
    (row) =>
      (!session.database || row['database_name'] === session.database) &&
      (!session.schema || row['schema_name'] === session.schema),
  );
}

/** @throws SnowflakeError 002003 for a database, schema or table that is not there */
function within(reader: TokenReader, rows: readonly Row[], session: EngineSession, word: string): Row[] {
  if (word === 'PARAMETERS' && !reader.sees('SESSION'))
    throw unsupported(`SHOW PARAMETERS IN ${reader.peek()?.text ?? ''}`);
  for (const kind of ['APPLICATION', 'CLASS'])
    if (reader.sees(kind)) throw unsupported(`SHOW ${word} IN ${kind}`);
  if (OF_THE_ACCOUNT.has(word)) reader.fail();
  if (reader.accept('ACCOUNT') || reader.accept('SESSION')) return [...rows];
  if (word === 'COLUMNS' && !reader.sees('SCHEMA') && !reader.sees('DATABASE'))
    return inTable(reader, rows, session);
  if (reader.accept('DATABASE') || (word === 'SCHEMAS' && !reader.sees('SCHEMA'))) {
    const name = isNameLeftOut(reader) ? session.database : reader.name()[0];
    if (name === undefined || !session.account.objects.databases.get(name))
      throw scopeMissing(word, 'Database', name ?? '');
    return rows.filter((row) => row['database_name'] === name);
  }
  return inSchema(reader, rows, session, word);
}

function inSchema(reader: TokenReader, rows: readonly Row[], session: EngineSession, word: string): Row[] {
  reader.accept('SCHEMA');
  const current = [session.schema ?? '', session.database ?? ''];
  const [schema = '', database = ''] = isNameLeftOut(reader) ? current : schemaName(reader.name(), session);
  const key = schemaKey(database, schema);
  const isThere = schema === 'INFORMATION_SCHEMA' || session.account.objects.schemas.get(key);
  if (!isThere) throw scopeMissing(word, 'Schema', key);
  return rows.filter((row) => row['database_name'] === database && row['schema_name'] === schema);
}

/** IN DATABASE and IN SCHEMA alone mean the current one. */
function isNameLeftOut(reader: TokenReader): boolean {
  return reader.done || reader.sees('STARTS', 'WITH') || reader.sees('LIMIT');
}

/** 002043 for tables and views, as accounts report it and dbt-snowflake looks for; 002003 for everything else. */
function scopeMissing(word: string, kind: string, name: string): SnowflakeError {
  if (!['TABLES', 'VIEWS', 'OBJECTS'].includes(word)) return doesNotExist(kind, name);
  const message = 'SQL compilation error:\nObject does not exist, or operation cannot be performed.';
  return new SnowflakeError('002043', '02000', message);
}

function inTable(reader: TokenReader, rows: readonly Row[], session: EngineSession): Row[] {
  const kind = reader.accept('VIEW') ? 'View' : 'Table';
  reader.accept('TABLE');
  const record = findTable(session, reader.name(), kind);
  return rows.filter(
    (row) =>
      keyOf(record) ===
      keyOf({
        database: String(row['database_name']),
        schema: String(row['schema_name']),
        name: String(row['table_name']),
      }),
  );
}
