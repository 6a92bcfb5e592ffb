/**
 * Session parameters that Snowflake has. https://docs.snowflake.com/en/sql-reference/parameters (October 2026)
 * One that would change what a statement computes, and is not modelled, may only be set to what it is anyway.
 */
import { SnowflakeError, unsupported } from '../errors';
import { words } from './words';

/** What a session sets, and the local Snowflake goes by. */
const OBEYED: Readonly<Record<string, string>> = {
  AUTOCOMMIT: 'true',
  MULTI_STATEMENT_COUNT: '1',
  QUERY_TAG: '',
  STATEMENT_TIMEOUT_IN_SECONDS: '172800',
  TIMEZONE: 'America/Los_Angeles',
};

/** Nothing here waits for a warehouse or a lock, and results are the same with and without a cache. */
const VACUOUS: Readonly<Record<string, string>> = {
  LOCK_TIMEOUT: '43200',
  STATEMENT_QUEUED_TIMEOUT_IN_SECONDS: '0',
  USE_CACHED_RESULT: 'true',
};

const DEFAULT_ONLY: Readonly<Record<string, string>> = {
  ABORT_DETACHED_QUERY: 'false',
  ACTIVE_PYTHON_PROFILER: '',
  BINARY_INPUT_FORMAT: 'HEX',
  BINARY_OUTPUT_FORMAT: 'HEX',
  DATE_INPUT_FORMAT: 'AUTO',
  DATE_OUTPUT_FORMAT: 'YYYY-MM-DD',
  DEFAULT_NULL_ORDERING: 'LAST',
  ENABLE_GET_DDL_USE_DATA_TYPE_ALIAS: 'false',
  ENABLE_NOTEBOOK_CREATION_IN_PERSONAL_DB: 'false',
  ENABLE_UNLOAD_PHYSICAL_TYPE_OPTIMIZATION: 'true',
  ERROR_ON_NONDETERMINISTIC_MERGE: 'true',
  ERROR_ON_NONDETERMINISTIC_UPDATE: 'false',
  GEOGRAPHY_OUTPUT_FORMAT: 'GeoJSON',
  GEOMETRY_OUTPUT_FORMAT: 'GeoJSON',
  HYBRID_TABLE_LOCK_TIMEOUT: '3600',
  JSON_INDENT: '2',
  LOG_LEVEL: 'OFF',
  METRIC_LEVEL: 'NONE',
  NOORDER_SEQUENCE_AS_DEFAULT: 'true',
  OPT_OUT_ERROR_LOGGING: 'false',
  PYTHON_PROFILER_MODULES: '',
  PYTHON_PROFILER_TARGET_STAGE: '',
  QUOTED_IDENTIFIERS_IGNORE_CASE: 'false',
  ROWS_PER_RESULTSET: '0',
  S3_STAGE_VPCE_DNS_NAME: '',
  SEARCH_PATH: '$current, $public',
  SIMULATED_DATA_SHARING_CONSUMER: '',
  STRICT_JSON_OUTPUT: 'false',
  TIMESTAMP_DAY_IS_ALWAYS_24H: 'false',
  TIMESTAMP_INPUT_FORMAT: 'AUTO',
  TIMESTAMP_LTZ_OUTPUT_FORMAT: '',
  TIMESTAMP_NTZ_OUTPUT_FORMAT: 'YYYY-MM-DD HH24:MI:SS.FF3',
  TIMESTAMP_OUTPUT_FORMAT: 'YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM',
  TIMESTAMP_TYPE_MAPPING: 'TIMESTAMP_NTZ',
  TIMESTAMP_TZ_OUTPUT_FORMAT: '',
  TIME_INPUT_FORMAT: 'AUTO',
  TIME_OUTPUT_FORMAT: 'HH24:MI:SS',
  TRACE_LEVEL: 'OFF',
  TRANSACTION_ABORT_ON_ERROR: 'false',
  TRANSACTION_DEFAULT_ISOLATION_LEVEL: 'READ COMMITTED',
  TWO_DIGIT_CENTURY_START: '1970',
  UNSUPPORTED_DDL_ACTION: 'ignore',
  WEEK_OF_YEAR_POLICY: '0',
  WEEK_START: '0',
};

/** What a client does with results; the client goes by it. */
const OF_CLIENTS = words(`
  CLIENT_ENABLE_LOG_INFO_STATEMENT_PARAMETERS CLIENT_MEMORY_LIMIT CLIENT_METADATA_REQUEST_USE_CONNECTION_CTX
  CLIENT_METADATA_USE_SESSION_DATABASE CLIENT_PREFETCH_THREADS CLIENT_RESULT_CHUNK_SIZE
  CLIENT_RESULT_COLUMN_CASE_INSENSITIVE CLIENT_SESSION_CLONE CLIENT_SESSION_KEEP_ALIVE
  CLIENT_SESSION_KEEP_ALIVE_HEARTBEAT_FREQUENCY CLIENT_TIMESTAMP_TYPE_MAPPING CSV_TIMESTAMP_FORMAT GO_QUERY_RESULT_FORMAT
  JDBC_TREAT_DECIMAL_AS_INT JDBC_TREAT_TIMESTAMP_NTZ_AS_UTC JDBC_USE_SESSION_TIMEZONE JS_TREAT_INTEGER_AS_BIGINT
  ODBC_TREAT_DECIMAL_AS_INT PYTHON_CONNECTOR_QUERY_RESULT_FORMAT`);

/** Those with a default that a session can ask for, by name. */
export const SESSION_PARAMETERS: ReadonlyMap<string, string> = new Map(
  Object.entries({ ...OBEYED, ...VACUOUS, ...DEFAULT_ONLY }).sort(([a], [b]) => (a < b ? -1 : 1)),
);

/** @throws SnowflakeError 001006 for one that Snowflake does not have */
export function requireSessionParameter(name: string): void {
  if (SESSION_PARAMETERS.has(name) || OF_CLIENTS.has(name)) return;
  throw new SnowflakeError('001006', '22023', `SQL compilation error:\ninvalid parameter '${name}'`);
}

/** @throws NotModelled for a value that would change what is computed, and does not here */
export function refuseValueNotModelled(name: string, value: string): void {
  const standard = DEFAULT_ONLY[name];
  if (standard === undefined || value.toUpperCase() === standard.toUpperCase()) return;
  throw unsupported(`session parameter ${name} = ${value === '' ? "''" : value}`);
}
