/**
 * Session parameters as clients are told of them: at login, and with every result because ALTER SESSION changes them.
 * Names and defaults: https://docs.snowflake.com/en/sql-reference/parameters
 */
import { refuseValueNotModelled, SESSION_PARAMETERS } from '../reference/parameters';
import { words } from '../reference/words';

export interface WireParameter {
  name: string;
  value: string | number | boolean;
}

/** What clients need to know to read results, and to leave out what this server does not offer. */
const DEFAULTS: Record<string, WireParameter['value']> = {
  AUTOCOMMIT: true,
  CLIENT_PREFETCH_THREADS: 4,
  CLIENT_RESULT_CHUNK_SIZE: 160,
  CLIENT_RESULT_PREFETCH_SLOTS: 2,
  CLIENT_SESSION_KEEP_ALIVE: false,
  CLIENT_SESSION_KEEP_ALIVE_HEARTBEAT_FREQUENCY: 3600,
  // No stages here: binds always travel with the statement, however many there are.
  CLIENT_STAGE_ARRAY_BINDING_THRESHOLD: Number.MAX_SAFE_INTEGER,
  CLIENT_TELEMETRY_ENABLED: false,
  CLIENT_TIMESTAMP_TYPE_MAPPING: 'TIMESTAMP_LTZ',
  JS_TREAT_INTEGER_AS_BIGINT: false,
  MULTI_STATEMENT_COUNT: 1,
  PYTHON_CONNECTOR_QUERY_RESULT_FORMAT: 'JSON',
  QUERY_CONTEXT_CACHE_SIZE: 5,
};

/** Those of SQL that a client formats values by. */
const TOLD = words(`
  BINARY_OUTPUT_FORMAT DATE_OUTPUT_FORMAT QUERY_TAG TIMESTAMP_LTZ_OUTPUT_FORMAT TIMESTAMP_NTZ_OUTPUT_FORMAT
  TIMESTAMP_OUTPUT_FORMAT TIMESTAMP_TZ_OUTPUT_FORMAT TIMEZONE TIME_OUTPUT_FORMAT`);

/** The defaults, overlaid with the session's own; in order of name. */
export function wireParameters(session: ReadonlyMap<string, string>): WireParameter[] {
  const names = [...new Set([...Object.keys(DEFAULTS), ...TOLD, ...session.keys()])].sort();
  return names.map((name) => ({
    name,
    value: typed(DEFAULTS[name] ?? SESSION_PARAMETERS.get(name), session.get(name)),
  }));
}

/** The session keeps text; a client is told a number or a boolean where the parameter is one. */
function typed(
  standard: WireParameter['value'] | undefined,
  value: string | undefined,
): WireParameter['value'] {
  if (value === undefined) return standard ?? '';
  if (typeof standard === 'boolean') return /^true$/i.test(value);
  if (typeof standard === 'number') return Number(value);
  return value;
}

/** Parameters a client sends as JSON (SESSION_PARAMETERS, a statement's `parameters`), as the session keeps them. @throws SnowflakeError */
export function sessionParameters(sent: unknown): Record<string, string> {
  if (typeof sent !== 'object' || sent === null) return {};
  const known = Object.entries(sent).filter(([, value]) => value !== null && typeof value !== 'object');
  const parameters = known.map(([name, value]): [string, string] => [name.toUpperCase(), String(value)]);
  for (const [name, value] of parameters) refuseValueNotModelled(name, value);
  return Object.fromEntries(parameters);
}
