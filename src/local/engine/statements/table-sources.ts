/** CREATE TABLE ... AS SELECT, LIKE, CLONE. https://docs.snowflake.com/en/sql-reference/sql/create-table */
import { SnowflakeError } from '../../errors';
import { refuseDuplicates } from '../../catalog/names';
import type { ColumnRecord } from '../../catalog/objects';
import type { Compiled } from '../../sql/compilation';
import { duckName, quoteIdentifier } from '../../sql/duck-text';
import { tokenize } from '../../sql/lexer';
import { assign } from '../../sql/lower/coerce';
import { lowerQuery } from '../../sql/lower/query';
import { parseQuery } from '../../sql/parse/query';
import { TokenReader } from '../../sql/token-reader';
import type { ResultColumn, TypedValue } from '../../values';
import type { EngineSession } from '../account';
import { compileCached } from '../compile';
import type { ParsedStatement } from '../contract';
import { findTable } from '../resolve';
import { runCompiled } from '../run';
import { createEmpty, type TableFrame } from './stored-table';

/** A query with the names and types of its columns, none of its rows read. */
export async function describeQuery(
  session: EngineSession,
  query: string,
  binds: readonly TypedValue[],
  queryId: string,
): Promise<{ compiled: Compiled; columns: ResultColumn[] }> {
  const compiled = compileCached(session, query, binds, (compilation) => {
    const reader = new TokenReader(query, tokenize(query));
    const lowered = lowerQuery(parseQuery(reader), compilation, undefined);
    reader.end();
    return { sql: lowered.sql, columns: lowered.columns as unknown as ResultColumn[] };
  });
  const empty = { ...compiled, sql: `SELECT * FROM (${compiled.sql}) LIMIT 0` };
  const { columns } = await runCompiled(session, empty, binds, queryId);
  return { compiled, columns };
}

/** The columns are those of the query, or as many as are written out before AS. */
export async function createAs(
  session: EngineSession,
  statement: ParsedStatement,
  reader: TokenReader,
  written: ColumnRecord[] | undefined,
  frame: TableFrame,
): Promise<void> {
  const { compiled, columns: found } = await describeQuery(
    session,
    reader.rest(),
    statement.binds,
    statement.queryId,
  );
  if (written && written.length !== found.length)
    throw new SnowflakeError('002026', '42601', 'SQL compilation error:\nInvalid column definition list');
  const columns = written ?? found.map(({ name, type }): ColumnRecord => ({ name, type, nullable: true }));
  refuseDuplicates(columns);
  // Read and converted before the table is replaced: the query may name it, and a value that does not fit changes nothing.
  const holder = `"rows of ${statement.queryId}"`;
  const keys = compiled.columns.map((column) => (column as unknown as { key: string }).key);
  const values = columns.map((column, index) => {
    const value = assign({ sql: keys[index]!, type: found[index]!.type }, column.type);
    return `${value} AS v${index}`;
  });
  const rows = `SELECT ${values.join(', ')} FROM (${compiled.sql})`;
  const snapshot = { ...compiled, sql: `CREATE TEMP TABLE ${holder} AS ${rows}`, columns: [] };
  await runCompiled(session, snapshot, statement.binds, statement.queryId);
  const record = await createEmpty(session, columns, frame);
  const insert = `INSERT INTO ${record.duckName} SELECT * FROM ${holder}`;
  await runCompiled(
    session,
    { sql: insert, columns: [], parameters: [], cacheable: false },
    [],
    statement.queryId,
  );
  await session.exclusively(({ raw }) => raw.run(`DROP TABLE ${holder}`));
}

/** CLONE takes the rows as well. */
export async function createLike(
  session: EngineSession,
  origin: readonly string[],
  withRows: boolean,
  frame: TableFrame,
): Promise<void> {
  const table = findTable(session, origin);
  const record = await createEmpty(session, structuredClone(table.columns), {
    ...frame,
    clusterBy: frame.clusterBy || table.clusterBy,
  });
  if (!withRows) return;
  const names = table.columns.map((column) => quoteIdentifier(duckName(column.name))).join(', ');
  await session.exclusively(({ raw }) =>
    raw.run(`INSERT INTO ${record.duckName} (${names}) SELECT ${names} FROM ${table.duckName}`),
  );
}
