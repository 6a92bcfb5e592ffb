/**
 * Properties of warehouses, users, roles and tables: which are kept, and which Snowflake has beside them.
 * https://docs.snowflake.com/en/sql-reference/sql/create-warehouse, create-user, create-role
 */
import { SnowflakeError, unsupported } from '../../errors';
import { words } from '../../reference/words';
import type { TokenReader } from '../../sql/token-reader';

type Kind = 'WAREHOUSE' | 'USER' | 'ROLE';

const KEPT: Record<Kind, ReadonlySet<string>> = {
  WAREHOUSE: words(
    'AUTO_RESUME AUTO_SUSPEND COMMENT INITIALLY_SUSPENDED STATEMENT_TIMEOUT_IN_SECONDS WAREHOUSE_SIZE WAREHOUSE_TYPE',
  ),
  // Any credentials log in, so theirs mean nothing.
  USER: words(`COMMENT DEFAULT_NAMESPACE DEFAULT_ROLE DEFAULT_SECONDARY_ROLES DEFAULT_WAREHOUSE DISPLAY_NAME EMAIL FIRST_NAME
    LAST_NAME LOGIN_NAME MIDDLE_NAME MUST_CHANGE_PASSWORD PASSWORD RSA_PUBLIC_KEY RSA_PUBLIC_KEY_2 TYPE`),
  ROLE: words('COMMENT'),
};

const NOT_MODELLED: Record<Kind, ReadonlySet<string>> = {
  WAREHOUSE:
    words(`ENABLE_QUERY_ACCELERATION GENERATION MAX_CLUSTER_COUNT MAX_CONCURRENCY_LEVEL MIN_CLUSTER_COUNT
    QUERY_ACCELERATION_MAX_SCALE_FACTOR RESOURCE_CONSTRAINT RESOURCE_MONITOR SCALING_POLICY
    STATEMENT_QUEUED_TIMEOUT_IN_SECONDS TAG`),
  USER: words(`ALLOWED_INTERFACES DAYS_TO_EXPIRY DISABLED DISABLE_MFA ENABLE_UNREDACTED_QUERY_SYNTAX_ERROR
    ENABLE_UNREDACTED_SECURE_OBJECT_ERROR MINS_TO_BYPASS_MFA MINS_TO_UNLOCK NETWORK_POLICY PREVENT_UNLOAD_TO_INLINE_URL
    PREVENT_UNLOAD_TO_INTERNAL_STAGES QUERY_TAG STATEMENT_TIMEOUT_IN_SECONDS TAG TIMEZONE WORKLOAD_IDENTITY`),
  ROLE: words('TAG'),
};

/** `WITH? KEY = value ...` to the end. @throws SnowflakeError for a property that is not kept */
export function readObjectProperties(reader: TokenReader, kind: Kind, verb: string): Record<string, string> {
  const properties: Record<string, string> = {};
  reader.accept('WITH');
  while (!reader.done) {
    const name = reader.identifier();
    if (NOT_MODELLED[kind].has(name)) throw unsupported(`${verb} ${kind} ... ${name}`);
    if (!KEPT[kind].has(name)) throw invalidProperty(name, kind);
    reader.expect('=');
    properties[name] = readValue(reader);
    reader.accept(',');
  }
  return properties;
}

function readValue(reader: TokenReader): string {
  if (!reader.accept('(')) return reader.next().value;
  const listed: string[] = [];
  while (!reader.accept(')')) {
    listed.push(reader.next().value);
    reader.accept(',');
  }
  return listed.join(',');
}

/** 001420 */
export function invalidProperty(name: string, kind: string): SnowflakeError {
  return new SnowflakeError(
    '001420',
    '22023',
    `SQL compilation error:\ninvalid property '${name}' for '${kind}'`,
  );
}

/** Nothing that was dropped or changed can be had back here, for however many days. */
const RETENTION: Readonly<Record<string, number>> = {
  DATA_RETENTION_TIME_IN_DAYS: 1,
  MAX_DATA_EXTENSION_TIME_IN_DAYS: 14,
};

/** Steps over one of them, if it comes next, at its default. @throws NotModelled for another number of days */
export function acceptRetention(reader: TokenReader, verb: string): boolean {
  for (const [name, standard] of Object.entries(RETENTION)) {
    if (!reader.accept(name, '=')) continue;
    const days = reader.integer();
    if (days !== standard) throw unsupported(`${verb} ... ${name} = ${days}`);
    return true;
  }
  return false;
}

/** Steps over CHANGE_TRACKING = FALSE, if it comes next. */
export function acceptNoChangeTracking(reader: TokenReader, verb: string): boolean {
  if (!reader.accept('CHANGE_TRACKING', '=')) return false;
  if (reader.boolean()) throw unsupported(`${verb} ... CHANGE_TRACKING = TRUE`);
  return true;
}
