/** USE, ALTER SESSION, SET and UNSET: what a session is about. */
import { doesNotExist, SnowflakeError, unsupported } from '../../errors';
import { isTimeZone } from '../../../model/time-zone';
import { refuseValueNotModelled, requireSessionParameter } from '../../reference/parameters';
import { TokenReader } from '../../sql/token-reader';
import { type EngineSession, engineSession } from '../account';
import { SYSTEM_ROLES } from '../roles';
import type { StatementHandler } from '../contract';
import { schemaKey, schemaName } from './containers';
import { status } from './status';

const DONE = 'Statement executed successfully.';

/** https://docs.snowflake.com/en/sql-reference/sql/use */
export const use: StatementHandler = {
  name: 'USE',
  matches: ([first]) => first?.value === 'USE',
  async run({ text, tokens }, session) {
    const own = engineSession(session);
    if (own.rights === 'owner') throw unsupportedInOwners('USE');
    const reader = new TokenReader(text, tokens);
    reader.expect('USE');
    if (reader.accept('ROLE')) own.role = known(own, 'role', reader.identifier());
    else if (reader.accept('WAREHOUSE')) own.warehouse = known(own, 'warehouse', reader.identifier());
    else if (reader.accept('SECONDARY', 'ROLES')) own.secondaryRoles = secondaryRoles(reader);
    else if (reader.accept('SCHEMA')) useSchema(own, reader.name());
    else {
      reader.accept('DATABASE');
      useDatabase(own, reader.name());
    }
    reader.end();
    return status(DONE);
  },
};

function secondaryRoles(reader: TokenReader): 'ALL' | 'NONE' {
  const named = reader.identifier();
  if (named === 'ALL' || named === 'NONE') return named;
  throw unsupported('USE SECONDARY ROLES of some roles');
}

function known(session: EngineSession, kind: 'role' | 'warehouse', name: string): string {
  const { roles, warehouses } = session.account.objects;
  const exists =
    kind === 'role'
      ? roles.get(name) !== undefined || SYSTEM_ROLES.includes(name)
      : warehouses.get(name) !== undefined;
  if (!exists) throw doesNotExist(kind === 'role' ? 'Role' : 'Warehouse', name);
  return name;
}

function useSchema(session: EngineSession, parts: readonly string[]): void {
  const [name, database] = schemaName(parts, session);
  if (!session.account.objects.schemas.get(schemaKey(database, name)))
    throw missing('Schema', database, schemaKey(database, name));
  session.database = database;
  session.schema = name;
}

const isShared = (database: string): boolean =>
  database === 'SNOWFLAKE' || database === 'SNOWFLAKE_SAMPLE_DATA';

/** Every account has the shared database SNOWFLAKE, and new ones the sample data. */
function missing(kind: string, database: string, name: string): SnowflakeError {
  return isShared(database) ? unsupported(`the database ${database}`) : doesNotExist(kind, name);
}

/** `USE EDW.O2C_AUDIT` means the schema. */
function useDatabase(session: EngineSession, parts: readonly string[]): void {
  if (parts.length === 2) return useSchema(session, parts);
  const [name = ''] = parts;
  if (!session.account.objects.databases.get(name)) throw missing('Database', name, name);
  session.database = name;
  session.schema = session.account.objects.schemas.get(schemaKey(name, 'PUBLIC')) ? 'PUBLIC' : undefined;
}

export const alterSession: StatementHandler = {
  name: 'ALTER SESSION',
  matches: ([first, second]) => first?.value === 'ALTER' && second?.value === 'SESSION',
  async run({ text, tokens }, session) {
    const own = engineSession(session);
    if (own.rights === 'owner') throw unsupportedInOwners('ALTER SESSION');
    const reader = new TokenReader(text, tokens);
    reader.expect('ALTER', 'SESSION');
    const sets = reader.accept('SET');
    if (!sets) reader.expect('UNSET');
    do {
      const name = reader.identifier();
      requireSessionParameter(name);
      if (!sets) own.parameters.delete(name);
      else {
        reader.expect('=');
        own.parameters.set(name, checkedParameter(name, readValue(reader)));
      }
      reader.accept(',');
    } while (!reader.done);
    return status(DONE);
  },
};

function readValue(reader: TokenReader): string {
  const negative = reader.accept('-') ? '-' : '';
  const value = reader.next();
  if (value.kind === 'symbol') reader.fail();
  return negative + (value.kind === 'word' ? value.text : value.value);
}

const BOOLEANS = ['AUTOCOMMIT', 'USE_CACHED_RESULT'];

/** Inclusive. https://docs.snowflake.com/en/sql-reference/parameters */
const RANGES: Readonly<Record<string, number>> = {
  LOCK_TIMEOUT: 2_147_483_647,
  MULTI_STATEMENT_COUNT: 2_147_483_647,
  STATEMENT_QUEUED_TIMEOUT_IN_SECONDS: 2_147_483_647,
  STATEMENT_TIMEOUT_IN_SECONDS: 604_800,
};

/** The value of a session parameter. @throws SnowflakeError where it has no such value, or that is not modelled */
export function checkedParameter(name: string, value: string): string {
  const most = RANGES[name];
  const isValid =
    most !== undefined
      ? /^\d+$/.test(value) && Number(value) <= most
      : BOOLEANS.includes(name)
        ? /^(?:true|false)$/i.test(value)
        : name !== 'TIMEZONE' || isTimeZone(value);
  if (!isValid) throw invalidValue(name, value);
  refuseValueNotModelled(name, value);
  return value;
}

function invalidValue(name: string, value: string): SnowflakeError {
  return new SnowflakeError(
    '001006',
    '22023',
    `SQL compilation error:\ninvalid value [${value}] for parameter '${name}'`,
  );
}

function unsupportedInOwners(what: string): SnowflakeError {
  return new SnowflakeError(
    '090236',
    '42601',
    `Stored procedure execution error: Unsupported statement type '${what}'.`,
  );
}

/** https://docs.snowflake.com/en/sql-reference/session-variables */
export const setVariable: StatementHandler = {
  name: 'SET, UNSET',
  matches: ([first]) => first?.value === 'SET' || first?.value === 'UNSET',
  async run({ text, tokens, binds }, session) {
    const own = engineSession(session);
    const reader = new TokenReader(text, tokens);
    const sets = reader.next().value === 'SET';
    const names = reader.accept('(') ? listed(reader) : [reader.identifier()];
    if (!sets) {
      reader.end();
      for (const name of names) own.variables.delete(name);
      return status(DONE);
    }
    reader.expect('=');
    const values = reader.rest();
    const { rows, columns } = await own.run(
      `SELECT ${names.length > 1 ? values.replace(/^\(|\)$/g, '') : values}`,
      binds,
    );
    names.forEach((name, index) =>
      own.variables.set(name, { type: columns[index]!.type, value: rows[0]?.[index] ?? null }),
    );
    return status(DONE);
  },
};

function listed(reader: TokenReader): string[] {
  const names = [reader.identifier()];
  while (reader.accept(',')) names.push(reader.identifier());
  reader.expect(')');
  return names;
}
