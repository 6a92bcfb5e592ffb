/** Functions that ask the catalog. https://docs.snowflake.com/en/sql-reference/functions/get_ddl */
import { doesNotExist, SnowflakeError, unsupported } from '../../errors';
import { keyOf, qualify, showIdentifier } from '../../catalog/names';
import { splitName } from '../../sql/token-reader';
import { type TypedValue, VARCHAR } from '../../values';
import { type EngineSession, engineSession } from '../account';
import { injectFunctions } from '../injected-faults';
import type { Session, SystemFunction } from '../contract';
import { findTable, tableExists } from '../resolve';
import { schemaKey, schemaName } from './containers';
import { databaseText, relationText, schemaText, sequenceText } from './ddl';
import { keeperOf } from './keepers';

const getDdl: SystemFunction = {
  name: 'GET_DDL',
  returns: VARCHAR,
  call([kindValue, nameValue, third]: readonly TypedValue[], session: Session) {
    if ([kindValue, nameValue, third].some((each) => each?.value === null)) return null;
    const kind = String(kindValue?.value ?? '').toUpperCase();
    const own = engineSession(session);
    const text = String(nameValue?.value ?? '');
    const qualified = third !== undefined && isTrue(third.value);
    return containerDdl(kind, text, own, qualified) ?? objectDdl(kind, text, own, qualified);
  },
};

function isTrue(value: TypedValue['value']): boolean {
  const text = String(value).toLowerCase();
  if (/^(true|t|yes|y|on)$/.test(text)) return true;
  if (/^(false|f|no|n|off)$/.test(text)) return false;
  const number = Number(text);
  if (text !== '' && Number.isFinite(number)) return number !== 0;
  throw new SnowflakeError(
    '001015',
    '22023',
    `SQL compilation error:\nInvalid value [CAST('${String(value)}' AS BOOLEAN)] for function '2', parameter IMPORT_DDL: constant arguments expected`,
  );
}

/** Of a database or a schema; undefined for any other kind. */
function containerDdl(
  kind: string,
  text: string,
  session: EngineSession,
  qualified: boolean,
): string | undefined {
  const { databases, schemas } = session.account.objects;
  if (kind !== 'DATABASE' && kind !== 'SCHEMA') return undefined;
  const parts = splitName(text);
  if (parts.length > (kind === 'DATABASE' ? 1 : 2)) throw noSuchObject();
  const [name, database] = kind === 'SCHEMA' ? schemaName(parts, session) : ['', parts[0]!];
  if (!databases.get(database)) throw doesNotExist('Database', showIdentifier(database));
  if (kind === 'DATABASE') return databaseText(session, database, qualified);
  if (!schemas.get(schemaKey(database, name))) throw doesNotExist('Schema', schemaKey(database, name));
  return schemaText(session, database, name, qualified);
}

function noSuchObject(): SnowflakeError {
  const text = 'SQL compilation error:\nObject does not exist, or operation cannot be performed.';
  return new SnowflakeError('002043', '02000', text);
}

/** Kinds that GET_DDL has and this program has not, or has no text for. */
const OTHER_KINDS = new Set(
  `CONTACT DATA_METRIC_FUNCTION DYNAMIC_TABLE EVENT_TABLE EXTERNAL_TABLE FILE_FORMAT FUNCTION HYBRID_TABLE ICEBERG_TABLE INTEGRATION
   MATERIALIZED_VIEW PIPE POLICY SEMANTIC_VIEW STAGE STORAGE_INTEGRATION STREAM STREAMLIT TAG WAREHOUSE`.split(
    /\s+/,
  ),
);

function objectDdl(said: string, text: string, session: EngineSession, qualified: boolean): string {
  const kind = said.replaceAll(' ', '_');
  const { sequences } = session.account.objects;
  const bracket = text.indexOf('(');
  const parts = splitName(bracket < 0 ? text : text.slice(0, bracket));
  const name = qualify(parts, session);
  const words = kind.charAt(0) + kind.slice(1).toLowerCase().replaceAll('_', ' ');
  const missing = doesNotExist(words, parts.length === 1 ? showIdentifier(name.name) : keyOf(name));
  if (kind === 'TABLE' || kind === 'VIEW') {
    // Whatever relation has the name.
    if (!tableExists(session, parts)) throw missing;
    return relationText(findTable(session, parts), qualified);
  }
  if (kind === 'SEQUENCE') {
    const record = sequences.get(keyOf(name));
    if (!record) throw missing;
    return sequenceText(record, qualified);
  }
  const keeper = keeperOf(session, kind.replaceAll('_', ' '));
  if (OTHER_KINDS.has(kind) || (keeper && !keeper.ddl)) throw unsupported(`GET_DDL('${kind}', ...)`);
  if (!keeper?.ddl)
    throw new SnowflakeError('001003', '42000', `SQL compilation error:\nInvalid object type: '${said}'`);
  const signature = bracket < 0 ? undefined : text.slice(bracket);
  if (!keeper.exists(name, session, signature)) throw missing;
  return keeper.ddl(name, session, signature, qualified);
}

export const engineFunctions: readonly SystemFunction[] = [getDdl, ...injectFunctions];
