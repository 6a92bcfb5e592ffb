/** Tables, views and sequences by name. */
import { doesNotExist, type SnowflakeError, unsupported } from '../errors';
import { keyOf, qualify } from '../catalog/names';
import type { TableRecord } from '../catalog/objects';
import type { Relation, Within } from '../sql/compilation';
import type { EngineSession } from './account';
import type { QualifiedName, Session } from './contract';
import { requirePrivilege } from './privileges';
import { isViewOfSnowflake } from '../reference/views';
import { informationSchemaView } from './information-schema';

/** @throws SnowflakeError 002003 */
export function findRelation(session: EngineSession, parts: readonly string[], within: Within): Relation {
  const name = qualifyWithin(parts, within);
  if (name.schema === 'INFORMATION_SCHEMA') {
    const table = informationSchemaView(name.name, session);
    if (table && session.account.objects.databases.get(name.database))
      return { is: 'virtual', table, database: name.database };
    throw notFound(parts, name);
  }
  const record = session.temporary.get(keyOf(name)) ?? session.account.objects.tables.get(keyOf(name));
  if (!record) throw notFound(parts, name);
  // What a view reads, it reads with the rights of its owner.
  if (!within.ofView && record.durability !== 'TEMPORARY')
    requirePrivilege(session, ['SELECT'], record.kind, name);
  if (record.kind === 'TABLE') return { is: 'table', duckName: record.duckName, columns: record.columns };
  return {
    is: 'view',
    text: record.query!,
    columns: record.columns.map((column) => column.name),
    database: record.database,
    schema: record.schema,
  };
}

function qualifyWithin(parts: readonly string[], within: Within): QualifiedName {
  return qualify(parts, within as Session);
}

function notFound(parts: readonly string[], name: QualifiedName): SnowflakeError {
  if (isViewOfSnowflake(name)) return unsupported(`the view ${keyOf(name)}`);
  return doesNotExist('Object', parts.length > 1 ? keyOf(name) : parts.join('.'));
}

export function tableExists(session: EngineSession, parts: readonly string[]): boolean {
  const key = keyOf(qualify(parts, session));
  return session.temporary.has(key) || session.account.objects.tables.get(key) !== undefined;
}

/** The table or view of that name. @throws SnowflakeError 002003 */
export function findTable(session: EngineSession, parts: readonly string[], kind = 'Table'): TableRecord {
  const name = qualify(parts, session);
  const record = session.temporary.get(keyOf(name)) ?? session.account.objects.tables.get(keyOf(name));
  if (!record || (kind === 'View') !== (record.kind === 'VIEW' && kind === 'View'))
    throw doesNotExist(kind, keyOf(name));
  return record;
}

/** The table that DML changes. @throws SnowflakeError 002003, 003001 where the role may not */
export function findChanged(
  session: EngineSession,
  parts: readonly string[],
  privilege: string,
): TableRecord {
  const record = findTable(session, parts);
  if (record.durability !== 'TEMPORARY') requirePrivilege(session, [privilege], record.kind, record);
  return record;
}

export function findSequence(
  session: EngineSession,
  parts: readonly string[],
  within: Within,
): string | undefined {
  return session.account.objects.sequences.get(keyOf(qualifyWithin(parts, within)))?.duckName;
}
