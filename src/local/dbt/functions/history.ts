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
    return [...executionsOf(session.account.catalog).values()]
      .filter(askedFor(args, session))
      .sort((a, b) => b.startedAt - a.startedAt)
      .slice(0, limit)
      .map(rowOf);
  },
};

/** The filters come before the limit, as the page says. A role without MONITOR sees no rows. */
function askedFor(args: Arguments, session: Session): (execution: Execution) => boolean {
  const named = {
    objectName: nameAsked(args['OBJECT_NAME']),
    database: nameAsked(args['DATABASE']),
    schema: nameAsked(args['SCHEMA']),
    user: nameAsked(args['USER_NAME']),
  };
  const type = args['OBJECT_TYPE']?.value ?? null;
  const isOfType = type === null || String(type).toUpperCase() === 'DBT PROJECT';
  const command = args['COMMAND']?.value ?? null;
  const asked = command === null ? undefined : String(command).toLowerCase();
  const kept = Number(session.account.clock.now()) - HISTORY_MICROS;
  const from = Math.max(microsUtc(args['START_TIME_RANGE_START']) ?? kept, kept);
  const to = microsUtc(args['START_TIME_RANGE_END']) ?? Infinity;
  const isSeen = seesHistoryOf(session);
  return (execution) =>
    execution.startedAt >= from &&
    execution.startedAt <= to &&
    isOfType &&
    (asked === undefined || asked === execution.command) &&
    named.objectName(execution.objectName) &&
    named.database(execution.database) &&
    named.schema(execution.schema) &&
    named.user(execution.user) &&
    isSeen(execution);
}

function nameAsked(argument: TypedValue | undefined): (name: string) => boolean {
  const value = argument?.value ?? null;
  if (value === null) return () => true;
  const asked = String(value);
  const last = splitName(asked).at(-1);
  return (name) => name === last || name === asked;
}

/** Found out once for each project: a history has many runs of few. */
function seesHistoryOf(session: Session): (execution: Execution) => boolean {
  const seen = new Map<string, boolean>();
  return ({ database, schema, objectName }) => {
    const place = JSON.stringify([database, schema, objectName]);
    const known = seen.get(place);
    if (known !== undefined) return known;
    const project = { database, schema, name: objectName };
    const sees =
      !controlsOf(session.account.catalog, project).historyBlind &&
      maySee(session, 'DBT PROJECT', keyOf(project));
    seen.set(place, sees);
    return sees;
  };
}

/** @throws SnowflakeError for what is no timestamp */
function microsUtc(argument: TypedValue | undefined): number | undefined {
  if (argument === undefined || argument.value === null) return undefined;
  const { type, value } = argument;
  if (type.kind === 'TIMESTAMP_LTZ' || type.kind === 'TIMESTAMP_NTZ') return Number(value);
  if (type.kind === 'TIMESTAMP_TZ') return Number(String(value).split(' ')[0]);
  throw invalidArgument('START_TIME_RANGE_START and START_TIME_RANGE_END are timestamps');
}

const rows = new WeakMap<Execution, SqlValue[]>();

/** Of an execution that has ended always the same one. */
function rowOf(execution: Execution): SqlValue[] {
  const known = rows.get(execution);
  if (known || execution.endedAt === null) return known ?? newRow(execution);
  const row = newRow(execution);
  Object.freeze(row);
  rows.set(execution, row);
  return row;
}

function newRow(execution: Execution): SqlValue[] {
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
