/**
 * Session parameters that a task sets for its run. https://docs.snowflake.com/en/sql-reference/parameters,
 * https://docs.snowflake.com/en/sql-reference/sql/create-task
 */
import { unsupported } from '../errors';
import type { TokenReader } from '../sql/token-reader';
import { isTimeZone } from '../../model/time-zone';
import { readBoolean, readNumber, readText, readUnfolded } from './property-values';
import { invalidTask, invalidValue, outOfRange } from './task-errors';

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

/** Numbers and switches; the others are text. */
const NUMBERS =
  /^(CLIENT_PREFETCH_THREADS|CLIENT_RESULT_CHUNK_SIZE|LOCK_TIMEOUT|MULTI_STATEMENT_COUNT|ROWS_PER_RESULTSET|.*_IN_SECONDS)$/;
const SWITCHES =
  /^(ABORT_DETACHED_QUERY|AUTOCOMMIT|CLIENT_METADATA_REQUEST_USE_CONNECTION_CTX|CLIENT_RESULT_COLUMN_CASE_INSENSITIVE|CLIENT_SESSION_KEEP_ALIVE|USE_CACHED_RESULT)$/;

const TRACE_LEVELS = ['ALWAYS', 'ON_EVENT', 'PROPAGATE', 'OFF'];
const LONGEST_STATEMENT_SECONDS = 604_800;

/** @throws SnowflakeError for one that is not modelled */
export function isSessionParameter(name: string): boolean {
  if (NOT_MODELLED.has(name)) throw unsupported(`task parameter ${name}`);
  return TAKEN.has(name) || name === 'SEARCH_PATH';
}

/** The value after `=`, as text. @throws SnowflakeError for one of another kind */
export function readParameter(reader: TokenReader, name: string): string {
  if (NUMBERS.test(name)) return String(readNumber(reader, name));
  if (SWITCHES.test(name)) return String(readBoolean(reader, name));
  return name === 'TRACE_LEVEL' ? readUnfolded(reader, name) : readText(reader, name);
}

/** Which values they may have. @throws SnowflakeError */
export function requireParameters(parameters: Record<string, string>): void {
  if (parameters.AUTOCOMMIT === 'false') throw notWithTasks('AUTOCOMMIT = false');
  if (parameters.SEARCH_PATH !== undefined) throw notWithTasks('SEARCH_PATH');
  const { TIMEZONE, TRACE_LEVEL } = parameters;
  if (TIMEZONE !== undefined && !(isTimeZone(TIMEZONE) && /[A-Z]/.test(TIMEZONE)))
    throw invalidValue(TIMEZONE, 'TIMEZONE');
  if (TRACE_LEVEL !== undefined && !TRACE_LEVELS.includes(TRACE_LEVEL.toUpperCase()))
    throw invalidTask(`Invalid value for trace level. Allowed values are ${TRACE_LEVELS.join(',')}.`);
  for (const [name, value] of Object.entries(parameters))
    if (name.endsWith('_IN_SECONDS')) requireSeconds(value);
}

function requireSeconds(value: string): void {
  if (Number(value) >= 0 && Number(value) <= LONGEST_STATEMENT_SECONDS) return;
  const most = LONGEST_STATEMENT_SECONDS.toLocaleString('en-US');
  throw outOfRange(`parameter value out of range: ${value}. Must be between 0 and ${most}.`);
}

function notWithTasks(parameter: string) {
  return invalidTask(
    `The parameter ${parameter} is not supported with Tasks. Remove the parameter and try again.`,
  );
}
