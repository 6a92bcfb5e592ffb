/** INSERT, UPDATE, DELETE, MERGE, TRUNCATE, and how many rows they have changed. */
import { SnowflakeError, unsupported } from '../../errors';
import type { Dml } from '../../sql/ast';
import type { Compiled } from '../../sql/compilation';
import { lowerDml, lowerMergeCheck, lowerMultiJoined } from '../../sql/lower/dml';
import { parseDml } from '../../sql/parse/dml';
import type { TableRecord } from '../../catalog/objects';
import { TokenReader } from '../../sql/token-reader';
import { INTEGER, type QueryResult } from '../../values';
import { type EngineSession, engineSession } from '../account';
import { compileCached } from '../compile';
import type { ParsedStatement, StatementHandler } from '../contract';
import { findChanged, tableExists } from '../resolve';
import { type Ran, runCompiled } from '../run';
import { begin, end } from '../transaction';
import { status } from './status';

export const dml: StatementHandler = {
  name: 'INSERT, UPDATE, DELETE, MERGE',
  matches: ([first]) =>
    first?.kind === 'word' && ['INSERT', 'UPDATE', 'DELETE', 'MERGE'].includes(first.value),
  async run(statement, session) {
    const own = engineSession(session);
    const verb = statement.tokens[0]!.value;
    if (verb === 'INSERT' && statement.tokens[1]?.value === 'OVERWRITE') return overwrite(statement, own);
    if (verb === 'MERGE') await refuseNondeterministic(statement, own);
    const multiJoined = verb === 'UPDATE' ? await countMultiJoined(statement, own) : 0;
    const compiled = compileDml(statement, own);
    const { rows, changed } = await runCompiled(own, compiled, statement.binds, statement.queryId);
    return verb === 'MERGE'
      ? merged(rows.map(([action]) => String(action)))
      : counted(verb, changed, multiJoined);
  },
};

function compileDml(statement: ParsedStatement, session: EngineSession): Compiled {
  return compileCached(session, statement.text, statement.binds, (compilation) => {
    const parsed = parse(statement);
    return { sql: lowerDml(parsed, targetOf(parsed, session), compilation), columns: [] };
  });
}

function targetOf(parsed: Dml, session: EngineSession): TableRecord {
  const needs = parsed.is === 'merge' ? parsed.clauses.map(({ action }) => action.is) : [parsed.is];
  const [first = 'update', ...others] = needs.map((each) => each.toUpperCase());
  const table = findChanged(session, parsed.table, first);
  for (const privilege of others) findChanged(session, parsed.table, privilege);
  if (table.kind === 'VIEW') throw unsupported(`${parsed.is.toUpperCase()} on a view`);
  return table;
}

function parse(statement: ParsedStatement): Dml {
  const reader = new TokenReader(statement.text, statement.tokens);
  const parsed = parseDml(reader);
  reader.end();
  return parsed;
}

/** The new rows come after the old ones, which the query may read, and then the old ones go: all or nothing. */
async function overwrite(
  statement: ParsedStatement,
  session: EngineSession,
): Promise<Omit<QueryResult, 'queryId'>> {
  const { duckName } = findChanged(session, parse(statement).table, 'INSERT');
  const compiled = compileDml(statement, session);
  const old = await runInternal(session, `SELECT coalesce(max(rowid), -1) AS v FROM ${duckName}`, ['V']);
  const alone = session.transaction === undefined;
  if (alone) await begin(session);
  try {
    const { changed } = await runCompiled(session, compiled, statement.binds, statement.queryId);
    await runInternal(session, `DELETE FROM ${duckName} WHERE rowid <= ${String(old.rows[0]![0])}`);
    if (alone) await end(session, 'COMMIT');
    return counted('INSERT', changed);
  } catch (error) {
    if (alone) await end(session, 'ROLLBACK');
    throw error;
  }
}

async function refuseNondeterministic(statement: ParsedStatement, session: EngineSession): Promise<void> {
  const check = compileCached(session, `check ${statement.text}`, statement.binds, (compilation) => {
    const parsed = parse(statement);
    const sql =
      parsed.is === 'merge' ? lowerMergeCheck(parsed, targetOf(parsed, session), compilation) : undefined;
    return { sql: sql ?? 'SELECT 1 AS v WHERE FALSE', columns: [{ name: 'V', type: INTEGER }] };
  });
  const { rows } = await runCompiled(session, check, statement.binds, statement.queryId);
  if (rows.length > 0) {
    throw new SnowflakeError('100090', '42P18', 'Duplicate row detected during DML action');
  }
}

async function countMultiJoined(statement: ParsedStatement, session: EngineSession): Promise<number> {
  const parsed = parse(statement);
  if (parsed.is !== 'update' || !parsed.from) return 0;
  const count = compileCached(session, `count ${statement.text}`, statement.binds, (compilation) => ({
    sql: lowerMultiJoined(parsed, targetOf(parsed, session), compilation)!,
    columns: [{ name: 'V', type: INTEGER }],
  }));
  const { rows } = await runCompiled(session, count, statement.binds, statement.queryId);
  return Number(rows[0]![0]);
}

/** A statement of DuckDB's that takes part in the transaction. */
function runInternal(session: EngineSession, sql: string, columns: readonly string[] = []): Promise<Ran> {
  const known = columns.map((name) => ({ name, type: INTEGER }));
  return runCompiled(session, { sql, columns: known, parameters: [], cacheable: false }, [], '');
}

function counted(verb: string, changed: number, multiJoined = 0): Omit<QueryResult, 'queryId'> {
  const names =
    {
      INSERT: ['number of rows inserted'],
      UPDATE: ['number of rows updated', 'number of multi-joined rows updated'],
      DELETE: ['number of rows deleted'],
    }[verb] ?? [];
  const row = names.map((_, index) => (index === 0 ? changed : multiJoined));
  return { columns: names.map((name) => ({ name, type: INTEGER })), rows: [row], rowsAffected: changed };
}

function merged(actions: readonly string[]): Omit<QueryResult, 'queryId'> {
  const count = (action: string): number => actions.filter((each) => each === action).length;
  const names = ['number of rows inserted', 'number of rows updated', 'number of rows deleted'];
  const row = [count('INSERT'), count('UPDATE'), count('DELETE')];
  return {
    columns: names.map((name) => ({ name, type: INTEGER })),
    rows: [row],
    rowsAffected: actions.length,
  };
}

export const truncate: StatementHandler = {
  name: 'TRUNCATE TABLE',
  matches: ([first]) => first?.value === 'TRUNCATE',
  async run({ text, tokens }, session) {
    const own = engineSession(session);
    const reader = new TokenReader(text, tokens);
    reader.expect('TRUNCATE');
    if (reader.sees('MATERIALIZED', 'VIEW')) throw unsupported('TRUNCATE MATERIALIZED VIEW');
    reader.accept('TABLE');
    const ifExists = reader.accept('IF', 'EXISTS');
    const parts = reader.name();
    reader.end();
    if (ifExists && !tableExists(own, parts)) return status('Statement executed successfully.');
    const { duckName } = findChanged(own, parts, 'TRUNCATE');
    await runInternal(own, `DELETE FROM ${duckName}`);
    return status('Statement executed successfully.');
  },
};
