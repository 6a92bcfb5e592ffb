/** INSERT, UPDATE, DELETE, MERGE, TRUNCATE, and how many rows they have changed. */
import { lowerDml } from '../../sql/lower/dml';
import { parseDml } from '../../sql/parse/dml';
import { TokenReader } from '../../sql/token-reader';
import { INTEGER, type QueryResult } from '../../values';
import { type EngineSession, engineSession } from '../account';
import { compileCached } from '../compile';
import type { ParsedStatement, StatementHandler } from '../contract';
import { findTable } from '../resolve';
import { runCompiled } from '../run';
import { status } from './status';

export const dml: StatementHandler = {
  name: 'INSERT, UPDATE, DELETE, MERGE',
  matches: ([first]) =>
    first?.kind === 'word' && ['INSERT', 'UPDATE', 'DELETE', 'MERGE'].includes(first.value),
  async run(statement, session) {
    const own = engineSession(session);
    const verb = statement.tokens[0]!.value;
    if (verb === 'INSERT' && statement.tokens[1]?.value === 'OVERWRITE') await empty(own, statement);
    const compiled = compileCached(own, statement.text, statement.binds, (compilation) => {
      const reader = new TokenReader(statement.text, statement.tokens);
      const parsed = parseDml(reader);
      reader.end();
      return { sql: lowerDml(parsed, findTable(own, parsed.table), compilation), columns: [] };
    });
    const { rows, changed } = await runCompiled(own, compiled, statement.binds, statement.queryId);
    return verb === 'MERGE' ? merged(rows.map(([action]) => String(action))) : counted(verb, changed);
  },
};

async function empty(session: EngineSession, { text, tokens }: ParsedStatement): Promise<void> {
  const reader = new TokenReader(text, tokens);
  reader.expect('INSERT', 'OVERWRITE', 'INTO');
  const { duckName } = findTable(session, reader.name());
  await session.exclusively((connection) => connection.raw.run(`DELETE FROM ${duckName}`));
}

function counted(verb: string, changed: number): Omit<QueryResult, 'queryId'> {
  const names =
    {
      INSERT: ['number of rows inserted'],
      UPDATE: ['number of rows updated', 'number of multi-joined rows updated'],
      DELETE: ['number of rows deleted'],
    }[verb] ?? [];
  const row = names.map((_, index) => (index === 0 ? changed : 0));
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
    reader.accept('TABLE');
    reader.accept('IF', 'EXISTS');
    const { duckName } = findTable(own, reader.name());
    reader.end();
    await own.exclusively((connection) => connection.raw.run(`DELETE FROM ${duckName}`));
    return status('Statement executed successfully.');
  },
};
