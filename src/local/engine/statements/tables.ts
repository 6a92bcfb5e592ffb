/** CREATE TABLE. https://docs.snowflake.com/en/sql-reference/sql/create-table */
import { alreadyExists, unsupported } from '../../errors';
import { grantFuture } from '../../catalog/future-grants';
import { dropGrantsOn } from '../../catalog/grants';
import { keyOf, qualify, refuseDuplicates } from '../../catalog/names';
import type { TableRecord } from '../../catalog/objects';
import { requireSchema } from '../../catalog/schemas';
import { TokenReader } from '../../sql/token-reader';
import { type EngineSession, engineSession } from '../account';
import type { ParsedStatement, QualifiedName, StatementHandler } from '../contract';
import { alterToMatch } from './alter-table';
import { readColumns } from './columns';
import { type CreateClause, objectWord, readComment, readCreate } from './create-clause';
import { acceptNoChangeTracking, acceptRetention } from './object-properties';
import { status } from './status';
import { createEmpty, isTemporary, readClusterKey, type TableFrame } from './stored-table';
import { createAs, createLike } from './table-sources';

export const createTable: StatementHandler = {
  name: 'CREATE TABLE',
  matches: (tokens) => tokens[0]?.value === 'CREATE' && objectWord(tokens) === 'TABLE',
  async run(statement, session) {
    const own = engineSession(session);
    const reader = new TokenReader(statement.text, statement.tokens);
    const create = readCreate(reader);
    reader.expect('TABLE');
    const ifMissing = reader.accept('IF', 'NOT', 'EXISTS');
    const name = qualify(reader.name(), own);
    requireSchema(name, own);
    const existing = existingTable(own, name, isTemporary(create));
    if (existing && ifMissing) return status(`${name.name} already exists, statement succeeded.`);
    const replaceable = (create.orReplace || create.orAlter) && existing?.kind === 'TABLE';
    if (existing && !replaceable) throw alreadyExists(keyOf(name));
    await define(own, statement, reader, { name, create, existing });
    return status(`Table ${name.name} successfully created.`);
  },
};

/** A temporary table is in the way of temporary ones only, and a permanent one of permanent ones. */
function existingTable(
  session: EngineSession,
  name: QualifiedName,
  temporary: boolean,
): TableRecord | undefined {
  return temporary ? session.temporary.get(keyOf(name)) : session.account.objects.tables.get(keyOf(name));
}

async function define(
  session: EngineSession,
  statement: ParsedStatement,
  reader: TokenReader,
  {
    name,
    create,
    existing,
  }: { name: QualifiedName; create: CreateClause; existing: TableRecord | undefined },
): Promise<void> {
  const columns = reader.sees('(') ? (reader.next(), readColumns(reader)) : undefined;
  if (columns) refuseDuplicates(columns);
  const source = reader.accept('LIKE') ? 'LIKE' : reader.accept('CLONE') ? 'CLONE' : undefined;
  const origin = source ? reader.name() : undefined;
  const clauses = readTableClauses(reader);
  const frame: TableFrame = { name, create, comment: clauses.comment, clusterBy: clauses.clusterBy };
  if (create.orAlter && existing) {
    reader.end();
    await alterToMatch(session, existing, columns ?? reader.fail(), clauses.comment);
    return;
  }
  if (origin) {
    reader.end();
    await createLike(session, origin, source === 'CLONE', frame);
  } else if (reader.accept('AS')) await createAs(session, statement, reader, columns, frame);
  else {
    reader.end();
    await createEmpty(session, columns ?? reader.fail(), frame);
  }
  if (existing && !clauses.copyGrants) await dropGrantsOn(session.account.catalog, 'TABLE', keyOf(name));
  if (!isTemporary(create)) await grantFuture(session, 'TABLE', name);
}

function readTableClauses(reader: TokenReader): { comment: string; copyGrants: boolean; clusterBy: string } {
  const clauses = { comment: '', copyGrants: false, clusterBy: '' };
  for (;;) {
    const text = readComment(reader);
    if (text !== undefined) clauses.comment = text;
    else if (reader.accept('COPY', 'GRANTS')) clauses.copyGrants = true;
    else if (reader.accept('CLUSTER', 'BY')) clauses.clusterBy = readClusterKey(reader);
    else if (acceptRetention(reader, 'CREATE TABLE') || acceptNoChangeTracking(reader, 'CREATE TABLE'))
      continue;
    else if (reader.done || reader.sees('AS')) return clauses;
    else throw unsupported(`CREATE TABLE ... ${reader.peek()!.text}`);
  }
}
