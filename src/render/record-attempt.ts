/** A run that failed is marked failed in the user's own log: one row changed, or one written, in a table that is there. */
import type { AuditTablesState, Deployment, Job } from '../model/deployment';
import { recordsFailures } from '../model/policy';
import { identifier, literal, qualified } from '../sql-text';
import type { Templates } from './templates';

/** @returns Scripting statements, '' where this log cannot hold it */
export function recordAttempt({ state, jobs }: Deployment, templates: Templates): string {
  if (state.kind !== 'audit-tables' || !recordsFailures({ state, jobs })) return '';
  const { runs, zones } = state;
  return templates.render('procedure/record-attempt', {
    table: qualified(runs.table),
    columns: runs,
    failedStatus: state.failedStatus,
    runId: identifier(runs.runId),
    status: identifier(runs.status!),
    endedAt: runs.endedAt === null ? null : identifier(runs.endedAt),
    startText: timeText(':called_at', 'start_type', zones.startedAt),
    endText: timeText('SYSDATE()', 'end_type', zones.endedAt),
    row: newRow(state, jobs).map(([column, value]) => ({ column: identifier(column), value })),
  });
}

/**
 * A time in UTC as text that the column reads as the same instant: a wall clock of its zone, an offset where the type
 * knows zones, seconds since 1970 for a number.
 */
function timeText(utc: string, type: string, zone: string): string {
  const wall = zone === 'UTC' ? utc : `CONVERT_TIMEZONE('UTC', ${literal(zone)}, ${utc})`;
  return [
    'CASE',
    `        WHEN ${type} LIKE 'TIMESTAMP_LTZ%' OR ${type} LIKE 'TIMESTAMP_TZ%'`,
    `            THEN TO_CHAR(${bare(utc)}, 'YYYY-MM-DD HH24:MI:SS.FF3') || ' +00:00'`,
    `        WHEN ${type} LIKE 'NUMBER%' OR ${type} LIKE 'FLOAT%'`,
    `            THEN DATE_PART(epoch_second, ${bare(utc)})::VARCHAR`,
    `        ELSE TO_CHAR(${bare(wall)}, 'YYYY-MM-DD HH24:MI:SS.FF3')`,
    '    END',
  ].join('\n');
}

/** Outside a query a variable stands without its colon. */
function bare(expression: string): string {
  return expression.replaceAll(':called_at', 'called_at');
}

/** The row of a run that died before its first hook. */
function newRow(
  { runs, environment }: AuditTablesState,
  jobs: readonly Job[],
): [column: string, value: string][] {
  const others = Object.assign({}, ...jobs.map(({ policy }) => policy.recordValues)) as Record<
    string,
    string
  >;
  const row: [string | null, string][] = [
    [runs.runId, runIdText()],
    [runs.startedAt, ':start_text'],
    [runs.endedAt, ':end_text'],
    [runs.status, ':failed_word'],
    [runs.project, ':project'],
    [runs.environment, environment === null ? 'NULL' : literal(environment)],
    [runs.command, ':sent_command'],
    [runs.selection, "COALESCE(NULLIF(:sent_selection, ''), 'all')"],
    [runs.commandLine, "IFF(:action = 'RETRY', :retry_line, :full_line)"],
    ...Object.entries(others).map(([column, value]): [string, string] => [column, literal(value)]),
  ];
  return row.filter((entry): entry is [string, string] => entry[0] !== null);
}

/** Numeric ids get the time in nanoseconds, which no sequence reaches. */
function runIdText(): string {
  return (
    "IFF(:id_type LIKE 'NUMBER%', DATE_PART(epoch_nanosecond, SYSDATE())::VARCHAR,\n" +
    "                'auto-restart-' || COALESCE(:query_id, UUID_STRING()))"
  );
}
