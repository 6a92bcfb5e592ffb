/** ALTER DATABASE and ALTER SCHEMA. https://docs.snowflake.com/en/sql-reference/sql/alter-database, alter-schema */
import { doesNotExist, unsupported } from '../../errors';
import type { DatabaseRecord } from '../../catalog/objects';
import { TokenReader } from '../../sql/token-reader';
import { type EngineSession, engineSession } from '../account';
import type { StatementHandler } from '../contract';
import { readContainerProperty, schemaKey, schemaName } from './containers';
import { status } from './status';

export const alterContainer: StatementHandler = {
  name: 'ALTER DATABASE, ALTER SCHEMA',
  matches: (tokens) =>
    tokens[0]?.value === 'ALTER' && (tokens[1]?.value === 'DATABASE' || tokens[1]?.value === 'SCHEMA'),
  async run({ text, tokens }, session) {
    const own = engineSession(session);
    const reader = new TokenReader(text, tokens);
    reader.expect('ALTER');
    const kind = reader.next().value as 'DATABASE' | 'SCHEMA';
    if (kind === 'DATABASE' && reader.sees('ROLE')) throw unsupported('ALTER DATABASE ROLE');
    const ifExists = reader.accept('IF', 'EXISTS');
    const parts = reader.name();
    const found = kind === 'DATABASE' ? databaseNamed(parts, own) : schemaNamed(parts, own);
    if (!found && !ifExists) throw doesNotExist(kind === 'DATABASE' ? 'Database' : 'Schema', parts.join('.'));
    if (!found) return status('Statement executed successfully.');
    await found.keep(comment(reader, kind, found.record.comment));
    return status('Statement executed successfully.');
  },
};

interface Found {
  record: DatabaseRecord;
  keep(comment: string): Promise<void>;
}

function databaseNamed([name = '']: readonly string[], session: EngineSession): Found | undefined {
  const { databases } = session.account.objects;
  const record = databases.get(name);
  return record && { record, keep: (said) => databases.set(name, { ...record, comment: said }) };
}

function schemaNamed(parts: readonly string[], session: EngineSession): Found | undefined {
  const { schemas } = session.account.objects;
  const [name, database] = schemaName(parts, session);
  const key = schemaKey(database, name);
  const record = schemas.get(key);
  return record && { record, keep: (said) => schemas.set(key, { ...record, comment: said }) };
}

/** Reads SET or UNSET to the end. @returns the comment afterwards */
function comment(reader: TokenReader, kind: string, before: string): string {
  let after = before;
  if (reader.accept('SET')) {
    do {
      const property = readContainerProperty(reader, `ALTER ${kind}`);
      if (!property) throw unsupported(`ALTER ${kind} ... SET ${reader.peek()?.text ?? ''}`);
      after = property.comment ?? after;
    } while (reader.accept(',') || !reader.done);
    return after;
  }
  if (reader.accept('UNSET')) {
    do {
      if (reader.accept('COMMENT')) after = '';
      else if (
        !reader.accept('DATA_RETENTION_TIME_IN_DAYS') &&
        !reader.accept('MAX_DATA_EXTENSION_TIME_IN_DAYS')
      )
        throw unsupported(`ALTER ${kind} ... UNSET ${reader.peek()?.text ?? ''}`);
    } while (reader.accept(','));
    reader.end();
    return after;
  }
  throw unsupported(`ALTER ${kind} ... ${reader.peek()?.text ?? ''}`);
}
