/** Functions that ask the catalog. https://docs.snowflake.com/en/sql-reference/functions/get_ddl */
import { doesNotExist, unsupported } from '../../errors';
import { keyOf, qualify } from '../../catalog/names';
import { splitName } from '../../sql/token-reader';
import { type TypedValue, VARCHAR } from '../../values';
import { type EngineSession, engineSession } from '../account';
import { injectFunctions } from '../injected-faults';
import type { Session, SystemFunction } from '../contract';
import { schemaKey, schemaName } from './containers';
import { databaseText, relationText, schemaText, sequenceText } from './ddl';
import { keeperOf } from './keepers';

const getDdl: SystemFunction = {
  name: 'GET_DDL',
  returns: VARCHAR,
  call([kindValue, nameValue, qualified]: readonly TypedValue[], session: Session) {
    if (qualified?.value === true) throw unsupported('GET_DDL with fully qualified names');
    const kind = String(kindValue?.value ?? '')
      .toUpperCase()
      .replace('_', ' ');
    const text = String(nameValue?.value ?? '');
    return containerDdl(kind, text, engineSession(session)) ?? objectDdl(kind, text, engineSession(session));
  },
};

/** Of a database or a schema; undefined for any other kind. */
function containerDdl(kind: string, text: string, session: EngineSession): string | undefined {
  const { databases, schemas } = session.account.objects;
  if (kind === 'DATABASE') {
    const [name = ''] = splitName(text);
    if (!databases.get(name)) throw doesNotExist('Database', text);
    return databaseText(session, name);
  }
  if (kind !== 'SCHEMA') return undefined;
  const [name, database] = schemaName(splitName(text), session);
  if (!schemas.get(schemaKey(database, name))) throw doesNotExist('Schema', text);
  return schemaText(session, database, name);
}

function objectDdl(kind: string, text: string, session: EngineSession): string {
  const { sequences, tables } = session.account.objects;
  const bracket = text.indexOf('(');
  const name = qualify(splitName(bracket < 0 ? text : text.slice(0, bracket)), session);
  const missing = doesNotExist(kind.charAt(0) + kind.slice(1).toLowerCase(), text);
  if (kind === 'TABLE' || kind === 'VIEW') {
    const record = tables.get(keyOf(name));
    if (record?.kind !== kind) throw missing;
    return relationText(record);
  }
  if (kind === 'SEQUENCE') {
    const record = sequences.get(keyOf(name));
    if (!record) throw missing;
    return sequenceText(record);
  }
  const keeper = keeperOf(session, kind);
  if (!keeper?.ddl) throw unsupported(`GET_DDL('${kind}', ...)`);
  const signature = bracket < 0 ? undefined : text.slice(bracket);
  if (!keeper.exists(name, session, signature)) throw missing;
  return keeper.ddl(name, session, signature);
}

export const engineFunctions: readonly SystemFunction[] = [getDdl, ...injectFunctions];
