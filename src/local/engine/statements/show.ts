/** SHOW of what the engine keeps, with its filters. https://docs.snowflake.com/en/sql-reference/sql/show */
import { doesNotExist, unsupported } from '../../errors';
import { likePattern } from '../../catalog/like-pattern';
import { keyOf } from '../../catalog/names';
import type { Token } from '../../sql/lexer';
import { TokenReader } from '../../sql/token-reader';
import { type EngineSession, engineSession } from '../account';
import type { StatementHandler } from '../contract';
import { visible } from '../privileges';
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
    const { columns, types, rows } = KINDS[word]!;
    const shown = terse
      ? columns
          .split(' ')
          .filter((name) => TERSE.has(name))
          .join(' ')
      : columns;
    return table(shown, types ?? {}, filtered(reader, seen(own, word, rows(own)), own, word));
  },
};

/** A role sees of tables and views those that it has a privilege on. */
function seen(session: EngineSession, word: string, rows: readonly Row[]): Row[] {
  if (!['TABLES', 'VIEWS', 'OBJECTS'].includes(word)) return [...rows];
  const [tables, views] = [visible(session, 'TABLE'), visible(session, 'VIEW')];
  return rows.filter((row) => {
    const name = {
      database: String(row['database_name']),
      schema: String(row['schema_name']),
      name: String(row['name']),
    };
    return tables(keyOf(name)) || views(keyOf(name));
  });
}

const TERSE = new Set(['created_on', 'name', 'kind', 'database_name', 'schema_name']);

/** The word that says what is listed. */
function kindWord(tokens: readonly Token[]): string {
  return (tokens[1]?.value === 'TERSE' ? tokens[2] : tokens[1])?.value ?? '';
}

const IN_SCHEMA = new Set(['TABLES', 'VIEWS', 'OBJECTS', 'SEQUENCES', 'COLUMNS']);

/** LIKE (case does not count), IN, STARTS WITH, LIMIT. Without IN: the current schema, else the database, else all. */
function filtered(reader: TokenReader, all: readonly Row[], session: EngineSession, word: string): Row[] {
  let rows = [...all];
  if (reader.sees('HISTORY')) throw unsupported(`SHOW ${word} HISTORY`);
  if (reader.accept('LIKE')) {
    const pattern = likePattern(reader.string());
    rows = rows.filter((row) => pattern.test(String(row['name'])));
  }
  rows =
    reader.accept('IN') || (word === 'PARAMETERS' && reader.accept('FOR'))
      ? within(reader, rows, session, word)
      : inCurrent(rows, session, word);
  if (reader.accept('STARTS', 'WITH')) {
    const prefix = reader.string();
    rows = rows.filter((row) => String(row['name']).startsWith(prefix));
  }
  if (reader.accept('LIMIT')) rows = rows.slice(0, reader.integer());
  reader.end();
  return rows.sort((a, b) => (String(a['name']) < String(b['name']) ? -1 : 1));
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
  if (reader.sees('APPLICATION')) throw unsupported(`SHOW ${word} IN APPLICATION`);
  if (reader.accept('ACCOUNT') || reader.accept('SESSION')) return [...rows];
  const { databases, schemas } = session.account.objects;
  if (word === 'COLUMNS' && !reader.sees('SCHEMA') && !reader.sees('DATABASE'))
    return inTable(reader, rows, session);
  if (reader.accept('DATABASE') || (word === 'SCHEMAS' && !reader.sees('SCHEMA'))) {
    const [name = ''] = reader.name();
    if (!databases.get(name)) throw doesNotExist('Database', name);
    return rows.filter((row) => row['database_name'] === name);
  }
  reader.accept('SCHEMA');
  const [schema, database] = schemaName(reader.name(), session);
  const key = schemaKey(database, schema);
  if (!schemas.get(key)) throw doesNotExist('Schema', key);
  return rows.filter((row) => row['database_name'] === database && row['schema_name'] === schema);
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
