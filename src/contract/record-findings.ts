/** Whether recordFailure can write into the run log: a row of a run that died before its first hook, the word for failed. */
import type { AuditTablesState, Deployment } from '../model/deployment';
import { identifier, qualified } from '../sql-text';
import { columnIn, placeOf, tableOf } from './column-findings';
import type { LogTable } from './columns';
import { asWritten, listed, writeColumn } from './config-words';
import { finding, type Finding } from './finding';
import { records } from './log';

/** `auto-restart-` and a query id. */
const RUN_ID_WIDTH = 'auto-restart-'.length + 36;
/** Nanoseconds since 1970. */
const RUN_ID_DIGITS = 19;
const DISABLE = 'recordFailure: false in the retry policies';

/** @param deployment one that reads the log; its policies say whether and what is written */
export function recordFindings(deployment: Deployment, tables: readonly LogTable[]): Finding[] {
  const { state } = deployment;
  if (state.kind !== 'audit-tables' || !records(deployment)) return [];
  const table = tableOf(state.runs.table, tables);
  if (table === undefined) return [];
  if (!WRITABLE.includes(table.type)) return [notWritable(state, table)];
  return [...notNull(deployment, state, table), ...ofRunId(state, table)];
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

function ofRunId(state: AuditTablesState, table: LogTable): Finding[] {
  const column = columnIn(table, state.runs.runId);
  if (column === undefined) return [];
  const where = placeOf(state.runs.table, column.name);
  const least = column.type === 'NUMBER' ? RUN_ID_DIGITS : RUN_ID_WIDTH;
  if (column.width !== null && column.width < least) {
    const unit = column.type === 'NUMBER' ? 'digits' : 'characters';
    return [
      finding(
        'RUN_ID_TOO_NARROW',
        where,
        `it holds ${column.width} ${unit}, and the id of a run that is written down has ${least}`,
        `write ${DISABLE}, or widen the column`,
      ),
    ];
  }
  if (column.type !== 'NUMBER' && column.type !== 'FLOAT') return [];
  return [
    finding(
      'NUMERIC_RUN_ID',
      where,
      `it is ${column.type}: a run that dies before its hooks is written down under the nanoseconds since 1970, beside the numbers of the hooks`,
      `nothing, if no other reader minds; else write ${DISABLE}, or ${writeColumn(state, { key: 'runs.runId' }, '<a column of text>')}`,
    ),
  ];
}
