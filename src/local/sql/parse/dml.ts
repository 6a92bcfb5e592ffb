/** INSERT, UPDATE, DELETE, MERGE. https://docs.snowflake.com/en/sql-reference/sql-dml */
import { unsupported } from '../../errors';
import type { Assignment, Dml, MergeClause } from '../ast';
import type { TokenReader } from '../token-reader';
import { parseExpression, parseList } from './expression';
import { parseFrom } from './from';
import { parseNames, parseQuery } from './query';
import { NOT_AN_ALIAS } from './words';

export function parseDml(reader: TokenReader): Dml {
  if (reader.accept('INSERT')) return parseInsert(reader);
  if (reader.accept('UPDATE')) return parseUpdate(reader);
  if (reader.accept('DELETE')) return parseDelete(reader);
  reader.expect('MERGE');
  return parseMerge(reader);
}

function parseInsert(reader: TokenReader): Dml {
  const overwrite = reader.accept('OVERWRITE');
  for (const word of ['ALL', 'FIRST']) if (reader.sees(word)) throw unsupported(`multi-table INSERT ${word}`);
  reader.expect('INTO');
  const at = reader.peek()?.start ?? 0;
  const table = reader.name();
  const columns = reader.sees('(') && !startsSelect(reader) ? parseNames(reader) : undefined;
  const query = parseQuery(reader);
  return { is: 'insert', table, at, columns, overwrite, query };
}

function startsSelect(reader: TokenReader): boolean {
  const word = reader.peek(1)?.value;
  return word === 'SELECT' || word === 'WITH' || word === 'VALUES' || word === '(';
}

function parseUpdate(reader: TokenReader): Dml {
  const at = reader.peek()?.start ?? 0;
  const table = reader.name();
  const alias = parseAlias(reader);
  reader.expect('SET');
  const set = parseAssignments(reader);
  const from = reader.accept('FROM') ? parseFrom(reader) : undefined;
  const where = reader.accept('WHERE') ? parseExpression(reader) : undefined;
  return { is: 'update', table, at, alias, set, from, where };
}

function parseAlias(reader: TokenReader): string | undefined {
  if (reader.accept('AS')) return reader.identifier();
  const token = reader.peek();
  return token?.kind === 'quoted' || (token?.kind === 'word' && !NOT_AN_ALIAS.has(token.value))
    ? reader.identifier()
    : undefined;
}

function parseAssignments(reader: TokenReader): Assignment[] {
  const set: Assignment[] = [];
  do {
    const at = reader.peek()?.start ?? 0;
    const parts = reader.name();
    reader.expect('=');
    set.push({ column: parts[parts.length - 1]!, value: parseExpression(reader), at });
  } while (reader.accept(','));
  return set;
}

function parseDelete(reader: TokenReader): Dml {
  reader.expect('FROM');
  const at = reader.peek()?.start ?? 0;
  const table = reader.name();
  const alias = parseAlias(reader);
  const using = reader.accept('USING') ? parseFrom(reader) : undefined;
  const where = reader.accept('WHERE') ? parseExpression(reader) : undefined;
  return { is: 'delete', table, at, alias, using, where };
}

function parseMerge(reader: TokenReader): Dml {
  reader.expect('INTO');
  const at = reader.peek()?.start ?? 0;
  const table = reader.name();
  const alias = parseAlias(reader);
  reader.expect('USING');
  const source = parseFrom(reader);
  reader.expect('ON');
  const on = parseExpression(reader);
  const clauses: MergeClause[] = [];
  while (reader.accept('WHEN')) clauses.push(parseMergeClause(reader));
  if (clauses.length === 0) reader.fail();
  return { is: 'merge', table, at, alias, source, on, clauses };
}

function parseMergeClause(reader: TokenReader): MergeClause {
  const matched = !reader.accept('NOT');
  reader.expect('MATCHED');
  const condition = reader.accept('AND') ? parseExpression(reader) : undefined;
  reader.expect('THEN');
  if (matched && reader.accept('DELETE')) return { matched, condition, action: { is: 'delete' } };
  if (matched) {
    reader.expect('UPDATE');
    if (reader.sees('ALL')) throw unsupported('MERGE ... UPDATE ALL BY NAME');
    reader.expect('SET');
    return { matched, condition, action: { is: 'update', set: parseAssignments(reader) } };
  }
  reader.expect('INSERT');
  if (reader.sees('ALL')) throw unsupported('MERGE ... INSERT ALL BY NAME');
  const columns = reader.sees('(') ? parseNames(reader) : undefined;
  reader.expect('VALUES', '(');
  return { matched, condition, action: { is: 'insert', columns, values: parseList(reader, ')') } };
}
