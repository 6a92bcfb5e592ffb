/**
 * Functions of the session and the clock. Time is the account's, bound when the statement runs, never the machine's.
 * https://docs.snowflake.com/en/sql-reference/functions-context
 */
import { unsupported } from '../../errors';
import type { SqlType } from '../../values';
import type { Lowered, SessionValue } from '../compilation';
import { quoteLiteral } from '../duck-text';
import type { Context } from '../lower/expression';
import { parameter } from '../lower/values';
import { define } from './registry';
import { literalText, varchar } from './types';

const VARCHAR: SqlType = { kind: 'VARCHAR' };

function session(value: SessionValue, type: SqlType, context: Context): Lowered {
  return parameter({ from: 'session', value, type }, context);
}

const now = (context: Context): Lowered => session('now', { kind: 'TIMESTAMP_LTZ' }, context);

define('CURRENT_TIMESTAMP LOCALTIMESTAMP GETDATE SYSTIMESTAMP', [0, 1], (_, __, context) => now(context));
define('SYSDATE', 0, (_, __, context) => session('utcNow', { kind: 'TIMESTAMP_NTZ' }, context));
define('CURRENT_DATE', 0, (_, __, context) => ({
  sql: `CAST(${now(context).sql} AS DATE)`,
  type: { kind: 'DATE' },
}));
define('CURRENT_TIME LOCALTIME', [0, 1], (_, __, context) => ({
  sql: `CAST(CAST(${now(context).sql} AS TIMESTAMP) AS TIME)`,
  type: { kind: 'TIME' },
}));

const NAMES: [string, SessionValue][] = [
  ['CURRENT_DATABASE', 'database'],
  ['CURRENT_SCHEMA', 'schema'],
  ['CURRENT_ROLE', 'role'],
  ['CURRENT_USER', 'user'],
  ['CURRENT_WAREHOUSE', 'warehouse'],
  ['CURRENT_ACCOUNT', 'account'],
  ['CURRENT_ACCOUNT_NAME', 'account'],
  ['CURRENT_ORGANIZATION_NAME', 'organization'],
  ['CURRENT_SESSION', 'session'],
  ['CURRENT_STATEMENT', 'statement'],
];
for (const [name, value] of NAMES) define(name, 0, (_, __, context) => session(value, VARCHAR, context));

/** A session variable by its name; NULL when it is not set. */
define('GETVARIABLE', 1, ([name], call, context) => {
  const { environment } = context.compilation;
  context.compilation.cacheable = false;
  const value = environment.variable(literalText(name!, call.name).toUpperCase())?.value ?? null;
  return varchar(value === null ? 'CAST(NULL AS VARCHAR)' : quoteLiteral(String(value)));
});
define('CURRENT_VERSION', 0, () => varchar(`'10.35.0'`));
define('CURRENT_REGION', 0, () => varchar(`'LOCAL'`));
define('CURRENT_CLIENT', 0, () => varchar(`'local'`));
define('LAST_QUERY_ID', [0, 1], (_, call, context) => {
  const [argument] = call.args;
  const negative =
    argument?.is === 'unary' && argument.op === '-' && argument.operand.is === 'number'
      ? -Number(argument.operand.text)
      : undefined;
  const n = argument === undefined ? -1 : argument.is === 'number' ? Number(argument.text) : negative;
  if (n === undefined) throw unsupported('LAST_QUERY_ID of an expression');
  context.compilation.cacheable = false;
  const id = context.compilation.environment.lastQueryId(n);
  return varchar(id === undefined ? 'CAST(NULL AS VARCHAR)' : `'${id}'`);
});
