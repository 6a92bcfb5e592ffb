/**
 * The functions by which a block logs and traces. The account's LOG_LEVEL and TRACE_LEVEL are OFF, as they are by default
 * (setting one is refused), so that the functions take their arguments and keep nothing.
 * https://docs.snowflake.com/en/developer-guide/logging-tracing/logging-snowflake-scripting, .../tracing-snowflake-scripting
 */
import type { SystemFunction } from '../engine/contract';
import { SnowflakeError } from '../errors';
import { VARCHAR, type TypedValue } from '../values';

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

/** `SYSTEM$LOG('info', 'dough is ready')`; the guide also writes the level `warning`. */
const log = nothing('SYSTEM$LOG', 2, 2, ([level]) => {
  const written = String(level?.value ?? 'NULL').toUpperCase();
  if (![...LEVELS, 'WARNING'].includes(written)) throw badLevel(written);
});

export const loggingFunctions: SystemFunction[] = [
  log,
  ...LEVELS.map((level) => nothing(`SYSTEM$LOG_${level}`, 1, 1)),
  nothing('SYSTEM$ADD_EVENT', 1, 2),
  nothing('SYSTEM$SET_SPAN_ATTRIBUTES', 1, 1),
];

function nothing(
  name: string,
  least: number,
  most: number,
  check: (args: readonly TypedValue[]) => void = () => undefined,
): SystemFunction {
  return {
    name,
    returns: VARCHAR,
    call(args) {
      if (args.length < least || args.length > most)
        throw wrongCount(name, args.length < least, least, args.length);
      check(args);
      return null;
    },
  };
}

function wrongCount(name: string, few: boolean, expected: number, got: number): SnowflakeError {
  const what = `${few ? 'not enough' : 'too many'} arguments for function [${name}] expected ${expected}, got ${got}`;
  return new SnowflakeError(few ? '000938' : '000939', '22023', `SQL compilation error: ${what}`);
}

function badLevel(level: string): SnowflakeError {
  return new SnowflakeError(
    '001044',
    '42P13',
    `SQL compilation error:\nInvalid log level '${level}' for SYSTEM$LOG.`,
  );
}
