/**
 * Session parameters that a task sets for its run. https://docs.snowflake.com/en/sql-reference/parameters,
 * https://docs.snowflake.com/en/sql-reference/sql/create-task
 */
import { unsupported } from '../errors';
import type { TokenReader } from '../sql/token-reader';
import { isTimeZone } from '../../model/time-zone';
import { invalidTask, invalidValue } from './task-errors';

/** Those that mean something here, and those that change nothing of what is computed. */
export const TAKEN: ReadonlySet<string> = new Set(
  `ABORT_DETACHED_QUERY AUTOCOMMIT BINARY_OUTPUT_FORMAT CLIENT_METADATA_REQUEST_USE_CONNECTION_CTX CLIENT_PREFETCH_THREADS
   CLIENT_RESULT_CHUNK_SIZE CLIENT_RESULT_COLUMN_CASE_INSENSITIVE CLIENT_SESSION_KEEP_ALIVE
   CLIENT_TIMESTAMP_TYPE_MAPPING DATE_OUTPUT_FORMAT LOCK_TIMEOUT MULTI_STATEMENT_COUNT QUERY_TAG
   ROWS_PER_RESULTSET STATEMENT_QUEUED_TIMEOUT_IN_SECONDS STATEMENT_TIMEOUT_IN_SECONDS TIMESTAMP_LTZ_OUTPUT_FORMAT
   TIMESTAMP_NTZ_OUTPUT_FORMAT TIMESTAMP_OUTPUT_FORMAT TIMESTAMP_TZ_OUTPUT_FORMAT TIMEZONE TIME_OUTPUT_FORMAT TRACE_LEVEL
   USE_CACHED_RESULT`.split(/\s+/),
);

/** Snowflake has them, and they would change what a body computes. */
const NOT_MODELLED = new Set(
  `BINARY_INPUT_FORMAT DATE_INPUT_FORMAT ERROR_ON_NONDETERMINISTIC_MERGE ERROR_ON_NONDETERMINISTIC_UPDATE
   GEOGRAPHY_OUTPUT_FORMAT GEOMETRY_OUTPUT_FORMAT JSON_INDENT QUOTED_IDENTIFIERS_IGNORE_CASE STRICT_JSON_OUTPUT
   TIMESTAMP_DAY_IS_ALWAYS_24H TIMESTAMP_INPUT_FORMAT TIMESTAMP_TYPE_MAPPING TIME_INPUT_FORMAT TRANSACTION_ABORT_ON_ERROR
   TRANSACTION_DEFAULT_ISOLATION_LEVEL TWO_DIGIT_CENTURY_START UNSUPPORTED_DDL_ACTION WEEK_OF_YEAR_POLICY WEEK_START`.split(
    /\s+/,
  ),
);

/** @throws SnowflakeError for one that no task has, or that is not modelled */
export function isSessionParameter(name: string): boolean {
  if (name === 'SEARCH_PATH') throw notWithTasks(name);
  if (NOT_MODELLED.has(name)) throw unsupported(`task parameter ${name}`);
  return TAKEN.has(name);
}

/** The value after `=`, as text. */
export function readParameter(reader: TokenReader, name: string): string {
  const negative = reader.accept('-');
  const token = reader.next();
  if (token.kind === 'symbol') reader.fail();
  const isBoolean = token.kind === 'word' && /^(TRUE|FALSE)$/.test(token.value);
  const value = (negative ? '-' : '') + (isBoolean ? token.value.toLowerCase() : token.value);
  if (name === 'AUTOCOMMIT' && value.toLowerCase() !== 'true') throw notWithTasks(`AUTOCOMMIT = ${value}`);
  if (name === 'QUERY_TAG' && token.kind === 'number') throw invalidValue(value, name);
  if (name === 'TIMEZONE' && !isTimeZone(value)) throw invalidValue(value, name);
  if (name.endsWith('_IN_SECONDS') && !(token.kind === 'number' && /^\d+$/.test(value)))
    throw invalidValue(token.kind === 'string' ? `'${value}'` : value, name);
  return value;
}

function notWithTasks(parameter: string) {
  return invalidTask(
    `The parameter ${parameter} is not supported with Tasks. Remove the parameter and try again.`,
  );
}
