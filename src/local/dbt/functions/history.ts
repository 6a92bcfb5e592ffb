/** https://docs.snowflake.com/en/sql-reference/functions/dbt_project_execution_history */
import { keyOf } from '../../catalog/names';
import type { Session, TableFunction } from '../../engine/contract';
import { maySee } from '../../engine/privileges';
import { SnowflakeError } from '../../errors';
import { splitName } from '../../sql/token-reader';
import { INTEGER, type SqlValue, TIMESTAMP_LTZ, type TypedValue, VARCHAR } from '../../values';
import { controlsOf } from '../controls';
import { type Execution, executionsOf, HISTORY_MICROS } from '../executions';
import { invalidArgument, optionalInteger } from './arguments';

const ARGUMENTS = [
  'OBJECT_NAME',
  'OBJECT_TYPE',
  'START_TIME_RANGE_START',
  'START_TIME_RANGE_END',
  'RESULT_LIMIT',
  'COMMAND',
  'USER_NAME',
  'DATABASE',
  'SCHEMA',
];

type Arguments = Readonly<Record<string, TypedValue>>;

export const executionHistory: TableFunction = {
  name: 'DBT_PROJECT_EXECUTION_HISTORY',
  columns: [
    { name: 'QUERY_ID', type: VARCHAR },
    { name: 'QUERY_START_TIME', type: TIMESTAMP_LTZ },
    { name: 'QUERY_END_TIME', type: TIMESTAMP_LTZ },
    { name: 'USER_NAME', type: VARCHAR },
    { name: 'OBJECT_NAME', type: VARCHAR },
    { name: 'OBJECT_TYPE', type: VARCHAR },
    { name: 'DATABASE_NAME', type: VARCHAR },
    { name: 'SCHEMA_NAME', type: VARCHAR },
    { name: 'COMMAND', type: VARCHAR },
    { name: 'ARGS', type: VARCHAR },
    { name: 'ERROR_CODE', type: INTEGER },
    { name: 'ERROR_MESSAGE', type: VARCHAR },
    { name: 'WAREHOUSE', type: VARCHAR },
    { name: 'STATE', type: VARCHAR },
    { name: 'DBT_VERSION', type: VARCHAR },
    { name: 'DBT_SNOWFLAKE_VERSION', type: VARCHAR },
  ],
  rows: (args, session) => {
    for (const name of Object.keys(args)) {
      if (!ARGUMENTS.includes(name))
        throw invalidArgument(`DBT_PROJECT_EXECUTION_HISTORY has no argument ${name}`);
    }
    const limit = args['RESULT_LIMIT'] ? optionalInteger([args['RESULT_LIMIT']], 0) : 100;
    if (limit === null || limit < 1 || limit > 10_000) {
      throw new SnowflakeError('001044', '42P13', `RESULT_LIMIT must be from 1 to 10000, not ${limit}.`);
    }
    for (const name of ['START_TIME_RANGE_START', 'START_TIME_RANGE_END']) {
      const time = args[name];
      if (time && time.value !== null) microsUtc(time);
    }
    return [...executionsOf(session.account.catalog).values()]
      .filter((execution) => isAskedFor(execution, args, session))
      .sort((a, b) => b.startedAt - a.startedAt)
      .slice(0, limit)
      .map(row);
  },
};

/** The filters come before the limit, as the page says. A role without MONITOR sees no rows. */
function isAskedFor(execution: Execution, args: Arguments, session: Session): boolean {
  const { catalog, clock } = session.account;
  if (execution.startedAt < Number(clock.now()) - HISTORY_MICROS) return false;
  const { database, schema, objectName } = execution;
  const project = { database, schema, name: objectName };
  if (controlsOf(catalog, project).historyBlind || !maySee(session, 'DBT PROJECT', keyOf(project)))
    return false;
  const named = (name: string, value: string): boolean => {
    const asked = args[name]?.value ?? null;
    return asked === null || splitName(String(asked)).at(-1) === value || String(asked) === value;
  };
  const type = args['OBJECT_TYPE']?.value ?? null;
  const command = args['COMMAND']?.value ?? null;
  const from = args['START_TIME_RANGE_START'];
  const to = args['START_TIME_RANGE_END'];
  return (
    named('OBJECT_NAME', objectName) &&
    named('DATABASE', database) &&
    named('SCHEMA', schema) &&
    named('USER_NAME', execution.user) &&
    (type === null || String(type).toUpperCase() === 'DBT PROJECT') &&
    (command === null || String(command).toLowerCase() === execution.command) &&
    (from === undefined || from.value === null || execution.startedAt >= microsUtc(from)) &&
    (to === undefined || to.value === null || execution.startedAt <= microsUtc(to))
  );
}

function microsUtc({ type, value }: TypedValue): number {
  if (type.kind === 'TIMESTAMP_LTZ' || type.kind === 'TIMESTAMP_NTZ') return Number(value);
  if (type.kind === 'TIMESTAMP_TZ') return Number(String(value).split(' ')[0]);
  throw invalidArgument('START_TIME_RANGE_START and START_TIME_RANGE_END are timestamps');
}

function row(execution: Execution): SqlValue[] {
  return [
    execution.queryId,
    BigInt(execution.startedAt),
    execution.endedAt === null ? null : BigInt(execution.endedAt),
    execution.user,
    execution.objectName,
    'DBT PROJECT',
    execution.database,
    execution.schema,
    execution.command,
    execution.args,
    execution.errorMessage === null ? null : 100357,
    execution.errorMessage,
    execution.warehouse,
    execution.state,
    execution.dbtVersion,
    execution.dbtVersion,
  ];
}
