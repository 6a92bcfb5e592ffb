/** USE, ALTER SESSION, SET and UNSET: what a session is about. */
import { doesNotExist, SnowflakeError, unsupported } from '../../errors';
import { TokenReader } from '../../sql/token-reader';
import { type EngineSession, engineSession } from '../account';
import type { StatementHandler } from '../contract';
import { DEFAULT_TIMEZONE } from '../run';
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
    else if (reader.accept('SECONDARY', 'ROLES')) reader.next();
    else if (reader.accept('SCHEMA')) useSchema(own, reader.name());
    else {
      reader.accept('DATABASE');
      useDatabase(own, reader.name());
    }
    reader.end();
    return status(DONE);
  },
};

function known(session: EngineSession, kind: 'role' | 'warehouse', name: string): string {
  const { roles, warehouses } = session.account.objects;
  const exists =
    kind === 'role'
      ? roles.get(name) !== undefined || SYSTEM_ROLES.includes(name)
      : warehouses.get(name) !== undefined;
  if (!exists) throw doesNotExist(kind === 'role' ? 'Role' : 'Warehouse', name);
  return name;
}

export const SYSTEM_ROLES = ['ACCOUNTADMIN', 'ORGADMIN', 'SECURITYADMIN', 'SYSADMIN', 'USERADMIN', 'PUBLIC'];

function useSchema(session: EngineSession, parts: readonly string[]): void {
  const [name, database] = schemaName(parts, session);
  if (!session.account.objects.schemas.get(schemaKey(database, name)))
    throw doesNotExist('Schema', schemaKey(database, name));
  session.database = database;
  session.schema = name;
}

/** `USE EDW.O2C_AUDIT` means the schema. */
function useDatabase(session: EngineSession, parts: readonly string[]): void {
  if (parts.length === 2) return useSchema(session, parts);
  const [name = ''] = parts;
  if (!session.account.objects.databases.get(name)) throw doesNotExist('Database', name);
  session.database = name;
  session.schema = session.account.objects.schemas.get(schemaKey(name, 'PUBLIC')) ? 'PUBLIC' : undefined;
}

/**
 * Parameters that a session may set, with their defaults. TIMEZONE and QUERY_TAG mean something here; the others are
 * those that clients set when they connect, and change nothing of what is computed.
 * https://docs.snowflake.com/en/sql-reference/parameters
 */
export const SESSION_PARAMETERS: ReadonlyMap<string, string> = new Map([
  ['TIMEZONE', DEFAULT_TIMEZONE],
  ['QUERY_TAG', ''],
  ['AUTOCOMMIT', 'true'],
  ['STATEMENT_TIMEOUT_IN_SECONDS', '172800'],
  ['MULTI_STATEMENT_COUNT', '1'],
  ['TIMESTAMP_OUTPUT_FORMAT', 'YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM'],
  ['TIMESTAMP_NTZ_OUTPUT_FORMAT', 'YYYY-MM-DD HH24:MI:SS.FF3'],
  ['TIMESTAMP_LTZ_OUTPUT_FORMAT', ''],
  ['TIMESTAMP_TZ_OUTPUT_FORMAT', ''],
  ['DATE_OUTPUT_FORMAT', 'YYYY-MM-DD'],
  ['TIME_OUTPUT_FORMAT', 'HH24:MI:SS'],
  ['BINARY_OUTPUT_FORMAT', 'HEX'],
  ['CLIENT_SESSION_KEEP_ALIVE', 'false'],
  ['USE_CACHED_RESULT', 'true'],
  ['ROWS_PER_RESULTSET', '0'],
  ['GO_QUERY_RESULT_FORMAT', 'ARROW'],
  ['JS_TREAT_INTEGER_AS_BIGINT', 'false'],
  ['PYTHON_CONNECTOR_QUERY_RESULT_FORMAT', 'ARROW'],
]);

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
      const name = parameterName(reader);
      if (!sets) own.parameters.delete(name);
      else {
        reader.expect('=');
        const value = reader.next();
        own.parameters.set(name, checked(name, value.kind === 'word' ? value.text : value.value));
      }
      reader.accept(',');
    } while (!reader.done);
    return status(DONE);
  },
};

function parameterName(reader: TokenReader): string {
  const name = reader.identifier();
  if (!SESSION_PARAMETERS.has(name)) throw unsupported(`session parameter ${name}`);
  return name;
}

function checked(name: string, value: string): string {
  if (name === 'AUTOCOMMIT' && !/^(?:true|false)$/i.test(value)) throw invalidValue(name, value);
  if (name !== 'TIMEZONE') return value;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return value;
  } catch {
    throw invalidValue(name, value);
  }
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
