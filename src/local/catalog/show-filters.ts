/**
 * What SHOW TASKS and SHOW ALERTS list: LIKE, IN, STARTS WITH, LIMIT ... FROM, in order of name.
 * https://docs.snowflake.com/en/sql-reference/sql/show-tasks, https://docs.snowflake.com/en/sql-reference/sql/show-alerts
 */
import type { QualifiedName, Session } from '../engine/contract';
import { unsupported } from '../errors';
import type { TokenReader } from '../sql/token-reader';
import { likePattern } from './like-pattern';
import { keyOf } from './names';
import { requireSchema } from './schemas';

type Filter = (object: QualifiedName) => boolean;

/** @param kind what is shown, in the plural @throws SnowflakeError for a schema or database that is not there */
export function readFilter(reader: TokenReader, session: Session, kind: string): Filter {
  const like = reader.accept('LIKE') ? likePattern(reader.string()) : /^/;
  const isInScope = readScope(reader, session, kind);
  const start = reader.accept('STARTS', 'WITH') ? reader.string() : '';
  return (object) => like.test(object.name) && isInScope(object) && object.name.startsWith(start);
}

/** The objects that the filter lets through, as LIMIT cuts them. */
export function listed<T extends QualifiedName>(
  objects: readonly T[],
  filter: Filter,
  reader: TokenReader,
): T[] {
  const { limit, from = '' } = readLimit(reader);
  return objects
    .filter((object) => filter(object) && (from === '' || object.name > from))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .slice(0, limit);
}

function readScope(reader: TokenReader, session: Session, kind: string): Filter {
  if (!reader.accept('IN')) return inScope(session.database, session.schema);
  if (reader.accept('ACCOUNT')) return () => true;
  if (reader.sees('APPLICATION')) throw unsupported(`SHOW ${kind} IN APPLICATION`);
  if (reader.accept('DATABASE')) {
    const name = isNameLeftOut(reader) ? session.database : reader.identifier();
    if (name !== undefined) requireSchema({ database: name }, session);
    return inScope(name, undefined);
  }
  reader.accept('SCHEMA');
  const parts = isNameLeftOut(reader) ? [] : reader.name().reverse();
  const [schema = session.schema, database = session.database] = parts;
  if (database !== undefined && schema !== undefined) requireSchema({ database, schema }, session);
  return inScope(database, schema);
}

/** IN DATABASE and IN SCHEMA alone mean the current one. */
function isNameLeftOut(reader: TokenReader): boolean {
  return reader.done || reader.sees('STARTS', 'WITH') || reader.sees('ROOT', 'ONLY') || reader.sees('LIMIT');
}

function inScope(database: string | undefined, schema: string | undefined): Filter {
  return (object) =>
    (database === undefined || object.database === database) &&
    (schema === undefined || object.schema === schema);
}

function readLimit(reader: TokenReader): { limit?: number | undefined; from?: string | undefined } {
  if (reader.sees('LIMIT', '-')) reader.fail();
  const limit = reader.accept('LIMIT') ? reader.integer() : undefined;
  const from = limit !== undefined && reader.accept('FROM') ? reader.string() : undefined;
  reader.end();
  return { limit, from };
}
