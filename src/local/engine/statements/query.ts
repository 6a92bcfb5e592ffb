/** Queries: compiled to DuckDB's SQL, kept compiled. */
import type { Query } from '../../sql/ast';
import type { Compilation } from '../../sql/compilation';
import { lowerQuery } from '../../sql/lower/query';
import { parseQuery } from '../../sql/parse/query';
import { TokenReader } from '../../sql/token-reader';
import type { ResultColumn } from '../../values';
import { engineSession } from '../account';
import { compileCached } from '../compile';
import type { ParsedStatement, StatementHandler } from '../contract';
import { runCompiled } from '../run';

export const queries: StatementHandler = {
  name: 'SELECT',
  matches: ([first]) =>
    first !== undefined && ['SELECT', 'WITH', 'VALUES', '('].includes(first.value) && first.kind !== 'string',
  async run(statement, session) {
    const own = engineSession(session);
    const compiled = compileCached(own, statement.text, statement.binds, (compilation) =>
      compileQuery(statement, compilation),
    );
    const { columns, rows } = await runCompiled(own, compiled, statement.binds, statement.queryId);
    return { columns, rows };
  },
};

function compileQuery(
  { text, tokens }: ParsedStatement,
  compilation: Compilation,
): { sql: string; columns: ResultColumn[]; readsNothing: boolean } {
  const reader = new TokenReader(text, tokens);
  const query = parseQuery(reader);
  reader.end();
  const { sql, columns } = lowerQuery(query, compilation, undefined);
  return { sql, columns: columns as unknown as ResultColumn[], readsNothing: readsNothing(query) };
}

/** `SELECT COUNT(*) FROM ... WHERE FALSE` is asked to learn whether a relation can be read at all. */
function readsNothing({ with: tables, body }: Query): boolean {
  if (tables.length > 0 || body.is !== 'select' || body.group !== undefined) return false;
  const { where, items } = body;
  const [item] = items;
  return (
    where?.is === 'boolean' &&
    !where.value &&
    items.length === 1 &&
    item?.expression.is === 'call' &&
    item.expression.name === 'COUNT' &&
    item.expression.star === true
  );
}
