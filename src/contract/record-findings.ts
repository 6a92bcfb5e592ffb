/** Whether recordFailure can write into the run log: a row of a run that died before its first hook, the word for failed. */
import type { AuditTablesState, Deployment } from '../model/deployment';
import { recordsFailures } from '../model/policy';
import { identifier, qualified } from '../sql-text';
import { columnIn, placeOf, tableOf } from './column-findings';
import type { LogColumn, LogTable } from './columns';
import { asWritten, inConfig, listed, writeColumn } from './config-words';
import { finding, type Finding } from './finding';

/** `auto-restart-` and a query id. */
const RUN_ID_WIDTH = 'auto-restart-'.length + 36;
/** Nanoseconds since 1970. */
const RUN_ID_DIGITS = 19;
const DISABLE = 'recordFailure: false in the retry policies';

/** @param deployment one that reads the log; its policies say whether and what is written */
export function recordFindings(deployment: Deployment, tables: readonly LogTable[]): Finding[] {
  const { state } = deployment;
  if (state.kind !== 'audit-tables' || !recordsFailures(deployment)) return [];
  const table = tableOf(state.runs.table, tables);
  if (table === undefined) return [];
  if (!WRITABLE.includes(table.type)) return [notWritable(state, table)];
  return [...notNull(deployment, state, table), ...ofRunId(state, table), ...ofValues(state, table)];
}

/** https://docs.snowflake.com/en/sql-reference/info-schema/tables */
const WRITABLE = ['', 'BASE TABLE', 'TEMPORARY TABLE', 'LOCAL TEMPORARY', 'TRANSIENT TABLE'];

function notWritable(state: AuditTablesState, { type }: LogTable): Finding {
  return finding(
    'NOT_WRITABLE',
    qualified(state.runs.table),
    `it is a ${type}, and a run that dbt failed is to be marked failed in it`,
    `write ${DISABLE}, or name the table below it in the layout`,
  );
}

function notNull(deployment: Deployment, state: AuditTablesState, table: LogTable): Finding[] {
  const given = givenColumns(deployment, state);
  const without = table.columns.filter(
    ({ name, nullable, filled }) => !nullable && !filled && !given.has(name),
  );
  const values = without.map(({ name }) => `${asWritten(name)}: '...'`).join(', ');
  return [
    ...without.map(({ name }) =>
      finding(
        'NOT_NULL_COLUMN',
        placeOf(state.runs.table, name),
        'it may not be NULL, and has no default: a run that died before its first hook could not be written down',
        `write recordFailure: { values: { ${values} } } in the retry policies, or ${DISABLE}`,
      ),
    ),
    ...unknownValues(deployment, state, table),
  ];
}

/** Columns of the row that the procedure inserts. @see src/render/record-attempt.ts */
function givenColumns({ jobs }: Deployment, { runs, environment }: AuditTablesState): Set<string> {
  const { runId, startedAt, endedAt, status, project, command, selection, commandLine } = runs;
  const own = [runId, startedAt, endedAt, status, project, command, selection, commandLine];
  const values = jobs.flatMap(({ policy }) => Object.keys(policy.recordValues));
  return new Set(
    [...own, environment === null ? null : runs.environment, ...values].filter((name) => name !== null),
  );
}

function unknownValues({ jobs }: Deployment, state: AuditTablesState, table: LogTable): Finding[] {
  const values = new Set(jobs.flatMap(({ policy }) => Object.keys(policy.recordValues)));
  const names = table.columns.map(({ name }) => name);
  return [...values]
    .filter((name) => !names.includes(name))
    .map((name) =>
      finding(
        'COLUMN_MISSING',
        placeOf(state.runs.table, name),
        `recordFailure.values gives it a value, and the table has ${listed(names.map(identifier), 8)}`,
        `leave ${identifier(name)} out of recordFailure.values`,
      ),
    );
}

/** What does not fit a column, or its type. */
function ofValues(state: AuditTablesState, table: LogTable): Finding[] {
  const { runs, failedStatus } = state;
  const status = runs.status === null ? undefined : columnIn(table, runs.status);
  const lists = [runs.selection, runs.command, runs.commandLine, runs.project]
    .flatMap((name) => (name === null ? [] : (columnIn(table, name) ?? [])))
    // What cannot be read either is told as such.
    .filter(({ type }) => type === 'ARRAY');
  const failed = inConfig(failedStatus);
  const numeric = `write state.layout.statuses: { failed: ['0'] }, or the number that means failed, or ${DISABLE}`;
  return [
    ...lists.map(({ name, type }) =>
      finding(
        'NOT_WRITABLE',
        placeOf(runs.table, name),
        `it is ${type}, and a run that dbt failed is to be written down with text in it`,
        `write ${DISABLE}`,
      ),
    ),
    ...(status?.type === 'NUMBER' && !/^-?\d+$/.test(failedStatus)
      ? [
          finding(
            'NOT_WRITABLE',
            placeOf(runs.table, status.name),
            `it is NUMBER, and ${failed} is to be written in it`,
            numeric,
          ),
        ]
      : []),
    ...(status?.type === 'TEXT' && status.width !== null && status.width < failedStatus.length
      ? [tooNarrow(state, status, failedStatus.length, 'characters', `the word ${failed}`)]
      : []),
  ];
}

function tooNarrow(
  state: AuditTablesState,
  { name, width }: LogColumn,
  least: number,
  unit: string,
  what: string,
): Finding {
  return finding(
    'COLUMN_TOO_NARROW',
    placeOf(state.runs.table, name),
    `it holds ${width} ${unit}, and ${what} has ${least}`,
    `write ${DISABLE}, or widen the column`,
  );
}

function ofRunId(state: AuditTablesState, table: LogTable): Finding[] {
  const column = columnIn(table, state.runs.runId);
  if (column === undefined) return [];
  const isNumber = column.type === 'NUMBER';
  const least = isNumber ? RUN_ID_DIGITS : RUN_ID_WIDTH;
  if (column.width !== null && column.width < least) {
    const what = 'the id of a run that is written down';
    return [tooNarrow(state, column, least, isNumber ? 'digits' : 'characters', what)];
  }
  if (column.type !== 'NUMBER' && column.type !== 'FLOAT') return [];
  return [
    finding(
      'NUMERIC_RUN_ID',
      placeOf(state.runs.table, column.name),
      `it is ${column.type}: a run that dies before its hooks is written down under the nanoseconds since 1970, beside the numbers of the hooks`,
      `nothing, if no other reader minds; else write ${DISABLE}, or ${writeColumn(state, { key: 'runs.runId' }, '<a column of text>')}`,
    ),
  ];
}
